// One server for all test files of the PostgreSQL engine, or the one that TEST_DATABASE_URL names.
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startServer } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of a database from which others may be made. */
    readonly postgresUrl: string;
  }
}

/** How the names of all databases begin that tests make. */
export const TEST_DATABASE = `sanji_test_`;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_DATABASE_URL: existing } = process.env;
  if (existing) {
    project.provide('postgresUrl', existing);
    return () => dropDatabases(existing);
  }
  const server = await startServer();
  project.provide('postgresUrl', server.url('postgres'));
  return server.remove;
}

async function dropDatabases(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [TEST_DATABASE],
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  await client.end();
}
