// Opens a PostgreSQL database: its schema brought up to date, its data key compared.
import { readdirSync, readFileSync } from 'node:fs';
import { COPYING, UNFINISHED } from './copy.ts';
import type { Context } from './operations.ts';
import { PostgresStore } from './postgres.ts';
import { openingProblem } from './postgres-failures.ts';
import { Link } from './postgres-link.ts';

const FOLDER = new URL('migrations/postgres/', import.meta.url);
/** The first that knows `IS JSON`. */
const SERVER_MIN = 160_000;
/** Of several processes that start at once one migrates, and the others find it done. */
const MIGRATING = `SELECT pg_advisory_xact_lock(hashtextextended('/migrate', 0))`;
/** A migration of a large table takes longer than any command may. */
const PATIENCE = 'SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0';

/** Nobody asks any more after a commit of yesterday. */
const FORGET_COMMITS = `DELETE FROM commits WHERE at < now() - interval '1 day'`;

export async function openPostgres(url: string, context: Context): Promise<PostgresStore> {
  await preparePostgres(url, context.vault.fingerprint);
  return new PostgresStore(url, context);
}

/**
 * Throws with words for whoever starts the program; none of them holds the password. Without a
 * fingerprint the tables are made and nobody asks whose they are: for a copy that is to fill them.
 */
export async function preparePostgres(url: string, fingerprint: string | null): Promise<void> {
  let link: Link;
  try {
    link = await Link.open(url);
  } catch (error) {
    throw openingProblem(url, error);
  }
  try {
    await migratePostgres(link).catch((error: unknown) => {
      throw error instanceof SchemaError ? error : openingProblem(url, error);
    });
    if (fingerprint === null) return;
    await checkKey(link, fingerprint);
    await link.ask(plain(FORGET_COMMITS));
  } finally {
    await link.close();
  }
}

/** Said as it is: it names what to do. */
class SchemaError extends Error {}

/** Brings a database to the newest schema; refuses one that a newer program wrote. */
async function migratePostgres(link: Link): Promise<void> {
  const [server] = await link.ask(
    plain("SELECT current_setting('server_version_num')::int AS version"),
  );
  if (Number(server?.version) < SERVER_MIN)
    throw new SchemaError('DATABASE_URL: the server is older than PostgreSQL 16, which is needed');
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  await link.script(`BEGIN; ${PATIENCE}; ${MIGRATING};
    CREATE TABLE IF NOT EXISTS schema_versions (
      version bigint PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL DEFAULT now())`);
  try {
    const [row] = await link.ask(
      plain('SELECT coalesce(max(version), 0) AS version FROM schema_versions'),
    );
    const current = Number(row?.version);
    if (current > files.length)
      throw new SchemaError(
        `the database has schema ${current}, this program knows up to ${files.length}: use a newer program`,
      );
    for (const [index, name] of files.entries()) {
      if (index < current) continue;
      await link.script(readFileSync(new URL(name, FOLDER), 'utf8'));
      const values = [index + 1, name];
      await link.ask({ ...INSERT_VERSION, values });
    }
    await link.script('COMMIT');
    // New columns and indexes have no statistics yet.
    if (current < files.length) await link.script('ANALYZE');
  } catch (error) {
    await link.script('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const INSERT_VERSION = {
  name: 'insert_version',
  sql: 'INSERT INTO schema_versions (version, name) VALUES ($1, $2)',
};

async function checkKey(link: Link, fingerprint: string): Promise<void> {
  const asked = { name: '', sql: 'SELECT 1 FROM install WHERE name = $1', values: [COPYING] };
  if ((await link.ask(asked)).length > 0) throw new Error(UNFINISHED);
  link.post({
    name: 'put_key',
    sql: `INSERT INTO install VALUES ('data_key', $1) ON CONFLICT DO NOTHING`,
    values: [fingerprint],
  });
  const [row] = await link.ask(plain(`SELECT value FROM install WHERE name = 'data_key'`));
  if (row?.value !== fingerprint)
    throw new Error('SANJI_DATA_KEY is not the key this database was made with');
}

function plain(sql: string) {
  return { name: '', sql, values: [] };
}
