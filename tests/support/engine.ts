// The engine that a run proves: SQLite in memory, or PostgreSQL where vitest.config.ts says so.
import { onTestFinished } from 'vitest';
import type { Engine } from '../../src/payments/store.ts';
import { Link } from '../../storage/postgres-link.ts';
import { emptyDatabase, makeDatabase, newDatabase, openAt } from './postgres.ts';
import { COUNTED, DATA_KEY, openWithConnection } from './sqlite.ts';

const isPostgres = process.env.TEST_ENGINE === 'postgres';
export const ENGINE = isPostgres ? 'PostgreSQL' : 'SQLite';

/** The environment of a house with an empty database of its own. */
export async function houseEnv(): Promise<Readonly<Record<string, string>>> {
  if (!isPostgres) return { DATABASE_URL: 'sqlite::memory:' };
  return { DATABASE_URL: await newDatabase(), SANJI_DATA_KEY: DATA_KEY };
}

/** Rows that no finder shows, by SQL that both engines know; a `?` for each value. */
/** For a process started from a test: the environment of the tests with something in it changed. */
export function ownEnvWith(over: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...over };
}

export type Look = (sql: string, ...values: readonly (string | number)[]) => Promise<unknown[]>;
export type Watched = {
  readonly store: Engine;
  readonly look: Look;
  readonly close: () => Promise<void>;
};

/** An empty store beside a way to look at its rows. */
export async function openWatched(): Promise<Watched> {
  if (isPostgres) return openWatchedServer();
  const { store, db } = openWithConnection();
  const known = new Map<string, ReturnType<typeof db.prepare>>();
  return {
    store,
    look: async (sql, ...values) => {
      const statement = known.get(sql) ?? db.prepare(sql);
      known.set(sql, statement);
      return statement.all(...values);
    },
    close: () => store.close(),
  };
}

/** One database of a file is used again and again: a test opens hundreds of stores. */
let free: string[] = [];

async function openWatchedServer(): Promise<Watched> {
  const url = free.pop() ?? (await makeDatabase());
  await emptyDatabase(url);
  const store = openAt(url);
  const link = await Link.open(url);
  const names = new Map<string, string>();
  return {
    store,
    look: async (text, ...values) => {
      const name = names.get(text) ?? `look_${names.size}`;
      names.set(text, name);
      let no = 0;
      const sql = text.replaceAll('?', () => `$${++no}`);
      return [...(await link.ask({ name, sql, values }))];
    },
    close: async () => {
      await Promise.all([store.close(), link.close()]);
      free = [...free, url];
    },
  };
}

export type Counts = Readonly<Record<string, number>>;

/** How many rows each table holds, the last ids given, and how far the counters are. */
export async function countAll(look: Look): Promise<Counts> {
  const parts = COUNTED.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  const last = ['events', 'outbox'].map(
    (table) => `(SELECT coalesce(max(id), 0) FROM ${table}) AS last_${table}`,
  );
  const used = '(SELECT coalesce(sum(value), 0) FROM counters) AS used';
  const [row] = await look(`SELECT ${[...parts, ...last, used].join(', ')}`);
  return row as Counts;
}

/** Closes what a test opened, before its database is given to the next. */
export function closeAfter(open: { readonly close: () => Promise<void> }): void {
  onTestFinished(() => open.close());
}
