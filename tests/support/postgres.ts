// Empty PostgreSQL databases for tests, gone with the server or at the end of the run.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { Vault } from '../../storage/crypto.ts';
import type { Context } from '../../storage/operations.ts';
import { PostgresStore } from '../../storage/postgres.ts';
import { preparePostgres } from '../../storage/postgres-open.ts';
import { ShopMemory } from '../../storage/shops.ts';
import { TEST_DATABASE } from './postgres-setup.ts';
import { DATA_KEY, HOLD_FOR } from './sqlite.ts';

/** In this order nothing is referred to any more when it goes. */
const TABLES = [
  ...['cron_runs', 'page_entries', 'links', 'asked_days', 'daily_status_off', 'open_changes'],
  ...['questions', 'deposit_acts', 'deposits', 'receipts', 'outbox', 'events', 'refunds', 'ledger'],
  ...['list_versions', 'list_revisions', 'list_rows', 'waybills', 'days', 'parcels', 'orders'],
  ...['requests', 'conversations', 'wrong_tries', 'invites', 'roles', 'people'],
  ...['products', 'counters', 'holidays', 'stores'],
];
const NUMBERED = ['page_entries', 'outbox', 'events', 'ledger', 'deposit_acts'];
const HOLIDAYS = new URL('../../storage/migrations/postgres/0002-holidays.sql', import.meta.url);

const emptied: string[] = [];

/** The address of a database with the newest schema and nothing in it; after the test it is used again. */
export async function newDatabase(): Promise<string> {
  const url = emptied.pop() ?? (await makeDatabase());
  onTestFinished(() => void emptied.push(url));
  await emptyDatabase(url);
  return url;
}

export async function emptyDatabase(url: string): Promise<void> {
  await on(url, async (client) => {
    const deletes = TABLES.map((table) => `DELETE FROM ${table}`);
    const restarts = NUMBERED.map((table) => `ALTER TABLE ${table} ALTER id RESTART`);
    await client.query([...deletes, ...restarts, readFileSync(HOLIDAYS, 'utf8')].join(';'));
  });
}

export async function makeDatabase(): Promise<string> {
  const url = await bareDatabase();
  await preparePostgres(url, contextFor().vault.fingerprint);
  return url;
}

/** The address of a database without any table. */
export async function bareDatabase(): Promise<string> {
  const name = `${TEST_DATABASE}${randomBytes(6).toString('hex')}`;
  await atServer((client) => client.query(`CREATE DATABASE ${name} STRATEGY FILE_COPY`));
  return urlOf(name);
}

function urlOf(name: string): string {
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

/** On the database from which others are made. */
export async function atServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  return on(inject('postgresUrl'), work);
}

/** On a connection of its own, to look at rows that no finder shows. */
export async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function contextFor(dataKey = DATA_KEY): Context {
  const vault = new Vault(Buffer.from(dataKey, 'hex'));
  return { vault, holdFor: HOLD_FOR, policyOverride: {}, shops: new ShopMemory() };
}

export async function openPostgresStore(): Promise<PostgresStore> {
  return openAt(await newDatabase());
}

/** A process on a database; several may be on the same one. */
export function openAt(url: string): PostgresStore {
  const store = new PostgresStore(url, contextFor());
  onTestFinished(() => store.close());
  return store;
}
