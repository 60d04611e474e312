// Opens the engine that a database URL names, with the key its personal data is sealed by.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Policy } from '../src/orders/shop.ts';
import type { OnProgress } from '../src/orders/store.ts';
import type { Engine } from '../src/payments/store.ts';
import type { Copied } from './copy.ts';
import { parseDataKey, Vault } from './crypto.ts';
import { dataKeyFor, findKey, keyFileOf, keyIn, nextKeyFileOf, replaceKeyFile } from './keys.ts';
import type { Context, HoldFor } from './operations.ts';
import type { Rekeyed } from './rekey.ts';
import type { Restored, Restoring } from './restore.ts';
import { ShopMemory } from './shops.ts';

export type StoreOptions = {
  /** `sqlite:./data/sanji.db`, `sqlite::memory:` or `postgres://user@host/database`. */
  readonly url: string;
  /** Null: made beside the file on the first start, which production refuses. */
  readonly dataKey: string | null;
  readonly isProduction: boolean;
  readonly holdFor: HoldFor;
  /** Policy values that stand above every store's own; for tests. */
  readonly policyOverride?: Partial<Policy>;
};

export async function openStore(options: StoreOptions): Promise<Engine> {
  if (isPostgres(options.url)) return openOnServer(options);
  const path = pathOf(options.url);
  if (path !== ':memory:') makeFolder(path);
  const vault = new Vault(await dataKeyFor(path, options));
  const { openSqlite } = await import('./sqlite.ts');
  return openSqlite(path, contextOf(vault, options));
}

async function openOnServer(options: StoreOptions): Promise<Engine> {
  // A key in a file of one machine would leave the next process without it.
  if (options.dataKey === null)
    throw new Error('SANJI_DATA_KEY is missing: with PostgreSQL it is never made by itself');
  const vault = new Vault(parseDataKey(options.dataKey));
  const { openPostgres } = await import('./postgres-open.ts');
  return openPostgres(options.url, contextOf(vault, options));
}

function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url);
}

/** Puts a backup in the place of the database; its data key must be here already. */
export async function restoreStore(
  options: StoreOptions,
  restoring: Omit<Restoring, 'path'>,
): Promise<Restored> {
  const path = pathOf(options.url);
  const key = await findKey(path, options);
  if (key === null) throw new Error(`SANJI_DATA_KEY is missing, and ${keyFileOf(path)} too`);
  const { restoreSqlite } = await import('./restore.ts');
  const vault = new Vault(key);
  return restoreSqlite({ ...restoring, path }, contextOf(vault, options));
}

/** Mends what can be mended without harm; no server may run. Answers the rules that hold again. */
export async function mendStore(options: StoreOptions, now: Date): Promise<readonly string[]> {
  const path = pathOf(options.url);
  if (!existsSync(path)) return [];
  const [{ openPlain }, { mend }] = await Promise.all([import('./sqlite.ts'), import('./mend.ts')]);
  const db = openPlain(path);
  try {
    return mend(db, now);
  } finally {
    db.close();
  }
}

export type KeyChange = Rekeyed & {
  /** Where the new key is. */
  readonly keyFile: string;
  /** Where the old one is now; null when it came from the environment. Older backups need it. */
  readonly oldKeyFile: string | null;
};

/**
 * Changes the data key. `keyFile` holds the new one, or is made with a random one; it may be left out
 * when the key is a file beside the database, which is then replaced.
 */
export async function changeKey(
  options: StoreOptions,
  change: { readonly keyFile: string | null; readonly now: () => Date; readonly told?: OnProgress },
): Promise<KeyChange> {
  if (isPostgres(options.url)) return changeKeyOnServer(options, change);
  const path = pathOf(options.url);
  const key = await findKey(path, options);
  if (key === null || !existsSync(path)) throw new Error(`SANJI_DATA_KEY or ${path} is missing`);
  const isReplaced = options.dataKey === null && change.keyFile === null;
  const keyFile = change.keyFile ?? nextKeyFileOf(path);
  const [from, to] = [new Vault(key), new Vault(keyIn(keyFile))];
  const { fingerprintIn, openPlain } = await import('./sqlite.ts');
  const db = openPlain(path);
  try {
    const current = fingerprintIn(db);
    const { rekey } = await import('./rekey.ts');
    // Cut short between the change and this program's last words: it is done.
    const done =
      current === to.fingerprint
        ? { fingerprint: current, rows: 0, invitesEnded: 0, linksEnded: 0 }
        : await rekey(db, { ...change, from: mustFit(from, current), to });
    if (!isReplaced) return { ...done, keyFile, oldKeyFile: null };
    return { ...done, keyFile: keyFileOf(path), oldKeyFile: replaceKeyFile(path) };
  } finally {
    db.close();
  }
}

async function changeKeyOnServer(
  { url, dataKey }: StoreOptions,
  { keyFile, told }: { readonly keyFile: string | null; readonly told?: OnProgress },
): Promise<KeyChange> {
  if (dataKey === null || keyFile === null)
    throw new Error('SANJI_DATA_KEY is missing: with PostgreSQL it is never in a file of its own');
  const [from, to] = [new Vault(parseDataKey(dataKey)), new Vault(keyIn(keyFile))];
  const { preparePostgres } = await import('./postgres-open.ts');
  await preparePostgres(url, null);
  const { rekeyPostgres } = await import('./rekey-postgres.ts');
  const fits = (current: string) => void mustFit(from, current);
  const keys = { from, to, mustFit: fits, ...(told && { told }) };
  return { ...(await rekeyPostgres(url, keys)), keyFile, oldKeyFile: null };
}

export type Copying = {
  readonly from: string;
  readonly to: string;
  readonly now: () => Date;
  readonly told?: OnProgress;
};

/** Copies everything from a SQLite file to PostgreSQL or back; the target is empty or begun before. */
export async function copyEngine(
  options: Pick<StoreOptions, 'dataKey'>,
  { from, to, now, told }: Copying,
): Promise<Copied> {
  const { CopyRefused, copyAll } = await import('./copy.ts');
  if (isPostgres(from) === isPostgres(to))
    throw new CopyRefused(
      'a copy goes from SQLite to PostgreSQL or back; a file is copied by backup',
    );
  const path = pathOf(isPostgres(from) ? to : from);
  if (isPostgres(to) && !existsSync(path)) throw new CopyRefused(`there is no file ${path}`);
  if (isPostgres(from)) makeFolder(path);
  const key = await findKey(path, options);
  if (key === null) throw new Error(`SANJI_DATA_KEY is missing, and ${keyFileOf(path)} too`);
  const { fingerprint } = new Vault(key);
  const [{ openSqliteSide }, { openPostgresSide }, { preparePostgres }] = await Promise.all([
    import('./copy-sqlite.ts'),
    import('./copy-postgres.ts'),
    import('./postgres-open.ts'),
  ]);
  await preparePostgres(isPostgres(from) ? from : to, null);
  const file = openSqliteSide(path, now, fingerprint);
  try {
    const isSource = isPostgres(from);
    const server = await openPostgresSide(isSource ? from : to, { isSource, fingerprint });
    try {
      const [source, target] = isSource ? [server, file] : [file, server];
      if ((await source.fingerprint()) !== fingerprint)
        throw new Error('SANJI_DATA_KEY is not the key this database was made with');
      return await copyAll(source, target, told);
    } finally {
      await server.close();
    }
  } finally {
    await file.close();
  }
}

function mustFit(vault: Vault, fingerprint: string | null): Vault {
  if (vault.fingerprint !== fingerprint)
    throw new Error('SANJI_DATA_KEY is not the key this database was made with');
  return vault;
}

function pathOf(url: string): string {
  if (!url.startsWith('sqlite:'))
    throw new Error(`this is for SQLite files; ${url.split(':')[0]}: is cared for by its server`);
  return url.replace(/^sqlite:(\/\/(?=\/))?/, '');
}

function contextOf(vault: Vault, { holdFor, policyOverride = {} }: StoreOptions): Context {
  return { vault, holdFor, policyOverride, shops: new ShopMemory() };
}

/** The file's own folder only: a path whose parents are missing is a mistake to be told. */
function makeFolder(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) mkdirSync(folder);
}
