// SQLite stores for tests: in memory, in a folder that goes away, and with the connection in hand.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { Engine } from '../../src/payments/store.ts';
import { Vault } from '../../storage/crypto.ts';
import { openStore } from '../../storage/index.ts';
import { migrateSqlite } from '../../storage/migrate.ts';
import type { Context, HoldFor } from '../../storage/operations.ts';
import { ShopMemory } from '../../storage/shops.ts';
import { openSqlite, SqliteStore } from '../../storage/sqlite.ts';

/** Platforms of the tests that cannot speak first. */
export const HOLD_FOR: HoldFor = () => new Set(['kakao']);

export function openMemoryStore(): Promise<Engine> {
  return openStore({
    url: 'sqlite::memory:',
    dataKey: null,
    isProduction: false,
    holdFor: HOLD_FOR,
  });
}

function contextFor(vault: Vault, holdFor = HOLD_FOR): Context {
  return { vault, holdFor, policyOverride: {}, shops: new ShopMemory() };
}

/** The image of an empty store: generated histories open thousands, and each migration takes a while. */
let image: Buffer | null = null;

function migrated(): Buffer {
  if (image !== null) return image;
  const db = new Sqlite(':memory:');
  migrateSqlite(db);
  image = db.serialize();
  db.close();
  return image;
}

/** A store in memory beside its own connection, to look at rows that no finder shows. */
export function openWithConnection(holdFor = HOLD_FOR): {
  readonly store: SqliteStore;
  readonly db: Database;
  readonly vault: Vault;
} {
  const db = new Sqlite(migrated());
  db.pragma('foreign_keys = ON');
  const vault = new Vault(randomBytes(32));
  return { db, vault, store: new SqliteStore(db, contextFor(vault, holdFor)) };
}

export const DATA_KEY = '11'.repeat(32);

export function contextWith(dataKey = DATA_KEY, holdFor = HOLD_FOR): Context {
  return contextFor(new Vault(Buffer.from(dataKey, 'hex')), holdFor);
}

/** A file that is gone after the test, and the way to open it as often as one likes. */
export function fileForTest(): {
  readonly path: string;
  readonly open: (dataKey?: string, holdFor?: HoldFor) => SqliteStore;
} {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'sanji.db');
  return { path, open: (dataKey, holdFor) => openFile(path, dataKey, holdFor) };
}

export function openFile(path: string, dataKey = DATA_KEY, holdFor = HOLD_FOR): SqliteStore {
  return openSqlite(path, contextWith(dataKey, holdFor));
}

export type Counts = Readonly<Record<string, number>>;

export const COUNTED = [
  'stores',
  'counters',
  'people',
  'roles',
  'conversations',
  'requests',
  'orders',
  'parcels',
  'days',
  'list_rows',
  'list_revisions',
  'list_versions',
  'ledger',
  'refunds',
  'events',
  'outbox',
] as const;

/** How many rows each table holds, and how far the counters are. */
export function countRows(db: Database): Counts {
  const parts = COUNTED.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  const used = '(SELECT coalesce(sum(value), 0) FROM counters) AS used';
  return db.prepare(`SELECT ${[...parts, used].join(', ')}`).get() as Counts;
}
