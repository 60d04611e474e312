import { defineConfig } from 'vitest/config';

/** What is proved on both engines. */
const ON_BOTH = ['conversations', 'stories', 'streams'].map((part) => `tests/${part}/**/*.test.ts`);

export default defineConfig({
  test: {
    testTimeout: 60_000,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/postgres/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ['tests/postgres/**/*.test.ts', ...ON_BOTH],
          globalSetup: ['tests/support/postgres-setup.ts'],
          env: { TEST_ENGINE: 'postgres' },
        },
      },
    ],
  },
});
