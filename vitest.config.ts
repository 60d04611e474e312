import { defineConfig } from 'vitest/config';

/** What is proved on both engines. */
const ON_BOTH = [
  ...['conversations', 'stories', 'streams'].map((part) => `tests/${part}/**/*.test.ts`),
  'tests/browser/live-*.test.ts',
  'tests/browser/board.test.ts',
];

/** What is read out of many sentences is the same on both, and takes minutes. */
const OF_LANGUAGE = ['tests/conversations/farmer-strangers.test.ts'];

const ON_POSTGRES = ['tests/postgres/**/*.test.ts', 'tests/processes/postgres.test.ts'];

/** Vitest hands `--exclude` to no project: each is told here. */
const excluded = process.argv.filter((_, at) => process.argv[at - 1] === '--exclude');

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // By default one processor is left idle: half of a machine that has two.
    maxWorkers: '100%',
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['tests/**/*.test.ts'],
          exclude: [...ON_POSTGRES, ...excluded],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...ON_POSTGRES, ...ON_BOTH],
          exclude: [...OF_LANGUAGE, ...excluded],
          globalSetup: ['tests/support/postgres-setup.ts'],
          env: { TEST_ENGINE: 'postgres' },
        },
      },
    ],
  },
});
