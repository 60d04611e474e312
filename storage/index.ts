// Opens the engine that a database URL names, with the key its personal data is sealed by.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Policy } from '../src/orders/shop.ts';
import type { Store } from '../src/orders/store.ts';
import { parseDataKey, Vault } from './crypto.ts';
import { ShopMemory } from './shops.ts';

export type StoreOptions = {
  /** `sqlite:./data/sanji.db` or `sqlite::memory:`. */
  readonly url: string;
  /** Null: made beside the file on the first start, which production refuses. */
  readonly dataKey: string | null;
  readonly isProduction: boolean;
  /** Platforms that cannot speak first: their notices wait for the next contact. */
  readonly holdFor: ReadonlySet<string>;
  /** Policy values that stand above every store's own; for tests. */
  readonly policyOverride?: Partial<Policy>;
};

export async function openStore(options: StoreOptions): Promise<Store> {
  if (!options.url.startsWith('sqlite:'))
    throw new Error(`no engine for ${options.url.split(':')[0]}: databases; use sqlite:<path>`);
  const path = options.url.replace(/^sqlite:(\/\/(?=\/))?/, '');
  if (path !== ':memory:') makeFolder(path);
  const vault = new Vault(dataKeyFor(path, options));
  const { openSqlite } = await import('./sqlite.ts');
  const { holdFor, policyOverride = {} } = options;
  return openSqlite(path, { vault, holdFor, policyOverride, shops: new ShopMemory() });
}

/** The file's own folder only: a path whose parents are missing is a mistake to be told. */
function makeFolder(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) mkdirSync(folder);
}

function dataKeyFor(path: string, { dataKey, isProduction }: StoreOptions): Uint8Array {
  if (dataKey !== null) return parseDataKey(dataKey);
  if (path === ':memory:') return randomBytes(32);
  const keyFile = join(dirname(path), 'sanji.key');
  if (existsSync(keyFile)) return parseDataKey(readFileSync(keyFile, 'utf8'));
  if (isProduction)
    throw new Error('SANJI_DATA_KEY is missing: 32 random bytes as hex or base64 are needed');
  if (existsSync(path))
    throw new Error(`SANJI_DATA_KEY is missing and ${keyFile} is gone: the data cannot be read`);
  const made = randomBytes(32).toString('hex');
  // 'wx': of two processes that start at once, one makes the key and the other reads it.
  try {
    writeFileSync(keyFile, `${made}\n`, { mode: 0o600, flag: 'wx' });
  } catch {
    return parseDataKey(readFileSync(keyFile, 'utf8'));
  }
  return parseDataKey(made);
}
