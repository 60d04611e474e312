// Puts a backup in the place of the database: looked through first, exchanged in one step, the old
// file kept beside it.
import { existsSync } from 'node:fs';
import { copyFile, link, rename, rm } from 'node:fs/promises';
import Sqlite, { type Database } from 'better-sqlite3';
import { DomainError } from '../src/orders/errors.ts';
import type { Check, OnProgress } from '../src/orders/store.ts';
import { keepServersOut, NO_HOST, refuseWhileServed } from './exclusive.ts';
import type { Context } from './operations.ts';
import { openSqlite } from './sqlite.ts';

export type Restoring = {
  readonly from: string;
  /** The database's own place. */
  readonly path: string;
  readonly now: Date;
  /** Also when the books have faults; the file itself must be sound in any case. */
  readonly evenWithFaults?: boolean;
  readonly told?: OnProgress;
};

export type Restored = {
  readonly file: string;
  /** What was there before, or null. */
  readonly keptOld: string | null;
  readonly orders: number;
  readonly people: number;
  /** Of people who were erased after the backup was made, erased again. */
  readonly erasedAgain: number;
  readonly checks: readonly Check[];
};

/** Throws and changes nothing when a server runs, the key is another or the backup is not sound. */
export async function restoreSqlite(restoring: Restoring, context: Context): Promise<Restored> {
  const { from, path, now } = restoring;
  if (!existsSync(from)) throw new DomainError('not_found', `there is no file ${from}`);
  const old = openOld(path);
  const copy = `${path}.restoring`;
  try {
    if (old !== null) refuseWhileServed(old, now);
    await removeDatabase(copy);
    await copyFile(from, copy);
    if (existsSync(`${from}-wal`)) await copyFile(`${from}-wal`, `${copy}-wal`);
    const told = await prepare(copy, { restoring, context, old });
    if (old !== null) closeForGood(old, now);
    const keptOld = await exchange(path, { copy, now, isReadable: old !== null });
    return { file: path, keptOld, ...told };
  } finally {
    if (old?.open) old.close();
    await removeDatabase(copy);
  }
}

/** Null when there is none, or none that can be read: then it is only put aside. */
function openOld(path: string): Database | null {
  if (!existsSync(path)) return null;
  const old = new Sqlite(path);
  try {
    old.pragma('busy_timeout = 2000');
    old.prepare('SELECT count(*) FROM lease').get();
    return old;
  } catch (error) {
    old.close();
    const code = error instanceof Sqlite.SqliteError ? error.code : '';
    if (/^SQLITE_(NOTADB|CORRUPT|ERROR)/.test(code)) return null;
    throw error;
  }
}

/** Brings the copy to this program's schema, erases whom the old file says is erased, and checks it. */
async function prepare(
  copy: string,
  {
    restoring,
    context,
    old,
  }: { readonly restoring: Restoring; readonly context: Context; readonly old: Database | null },
): Promise<Pick<Restored, 'orders' | 'people' | 'erasedAgain' | 'checks'>> {
  // The lease of the server that was copied along.
  const plain = new Sqlite(copy);
  try {
    plain.exec('DELETE FROM lease');
  } catch {
    throw new DomainError('conflict', `${restoring.from} is no backup of Sanji`);
  } finally {
    plain.close();
  }
  const store = openSqlite(copy, context);
  let erasedAgain = 0;
  let checks: readonly Check[] = [];
  try {
    for (const personId of erasedIn(old))
      if ((await store.forgetPerson(personId, restoring.now)) !== null) erasedAgain += 1;
    checks = await store.doctor(restoring.told);
  } finally {
    await store.close();
  }
  const faults = checks.filter(({ ok }) => !ok);
  const isSound = !faults.some(({ name }) => name === 'the file is sound');
  if (faults.length > 0 && !(isSound && restoring.evenWithFaults === true)) {
    const told = faults.map(({ name, detail }) => `${name}: ${detail}`).join('; ');
    throw new DomainError('conflict', `the backup is not in order: ${told}`);
  }
  const looked = new Sqlite(copy, { readonly: true });
  const count = (table: string) =>
    Number(looked.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  const counts = { orders: count('orders'), people: count('people') };
  looked.close();
  return { ...counts, erasedAgain, checks };
}

function erasedIn(old: Database | null): string[] {
  if (old === null) return [];
  const columns = old.prepare("SELECT name FROM pragma_table_info('people')").pluck().all();
  // A file of an older program knows of nobody.
  if (!columns.includes('forget_at')) return [];
  const sql = 'SELECT id FROM people WHERE forget_at IS NOT NULL';
  return old.prepare(sql).pluck().all().map(String);
}

/** The new file must not meet the old one's log, which SQLite would take for its own. */
function closeForGood(old: Database, now: Date): void {
  old.pragma('busy_timeout = 2000');
  // Whoever opened the old file a moment ago must not serve it now.
  keepServersOut(old, now, NO_HOST);
  old.pragma('wal_checkpoint(TRUNCATE)');
  old.close();
}

/** Answers where the old file is now. */
async function exchange(
  path: string,
  { copy, now, isReadable }: { copy: string; now: Date; isReadable: boolean },
): Promise<string | null> {
  const aside = `${path}.before-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const isThere = existsSync(path);
  if (isThere && isReadable) {
    await rm(`${path}-wal`, { force: true });
    await rm(`${path}-shm`, { force: true });
    // Two names for a moment: at no time is there no database.
    await link(path, aside);
  } else if (isThere) {
    for (const ending of ['-wal', '-shm', ''])
      if (existsSync(path + ending)) await rename(path + ending, aside + ending);
  }
  await rename(copy, path);
  return isThere ? aside : null;
}

async function removeDatabase(path: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm']) await rm(path + ending, { force: true });
}
