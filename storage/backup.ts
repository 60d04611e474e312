// Copies the database while it is in use. What hurts the others is not the copying but the flush at
// its end, so the copy is flushed all the while; it gets its name only when it is whole.
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { DomainError } from '../src/orders/errors.ts';
import type { OnProgress } from '../src/orders/store.ts';
import { copyFileAtOnce } from './reader.ts';

const PAGES_PER_STEP = 200;
/** Then it goes on all the same: under a load without gaps it would never end. */
const PAUSE_MS_MAX = 20;
const FLUSH_EVERY_MS = 30;
/** A write of another process makes a copy in steps begin anew; after this many it is made at once. */
const RESTARTS_MAX = 3;
/** Copies kept in the database's own folder of backups, one a day. */
const BACKUPS_KEPT = 14;
const DATED = /^sanji-\d{8}T\d{6}Z\.db$/;

export type Copying = {
  readonly target: string;
  /** True in the process that does nearly all the writing: steps on its own connection never restart. */
  readonly isServer: boolean;
  /** While commands wait the copy pauses, for a little while each time. */
  readonly isBusy: () => boolean;
  readonly told?: OnProgress;
};

/** Answers the size of the copy in bytes. */
export async function backUp(db: Database, copying: Copying): Promise<number> {
  const { target, isServer } = copying;
  if (existsSync(target)) throw new DomainError('conflict', `${target} is there already`);
  const part = `${target}.part`;
  await rm(part, { force: true });
  await rm(`${part}-journal`, { force: true });
  const flush = flushing(part);
  try {
    const isDone = (db.memory || isServer) && (await copyInSteps(db, part, copying));
    if (!isDone) await copyFileAtOnce(db.name, part);
  } catch (error) {
    await flush.end();
    await rm(part, { force: true });
    throw error;
  }
  await flush.end();
  await rename(part, target);
  await flushFile(dirname(target), 'r');
  return (await stat(target)).size;
}

/** False when others wrote so often that it would never end. */
async function copyInSteps(db: Database, part: string, copying: Copying): Promise<boolean> {
  let least = Number.POSITIVE_INFINITY;
  let restarts = 0;
  let lastStep = performance.now();
  class Hopeless extends Error {}
  try {
    await db.backup(part, {
      progress({ totalPages, remainingPages }) {
        if (remainingPages > least + PAGES_PER_STEP) restarts += 1;
        if (restarts > RESTARTS_MAX && !db.memory) throw new Hopeless();
        least = remainingPages;
        copying.told?.(totalPages - remainingPages, totalPages);
        const now = performance.now();
        if (copying.isBusy() && now - lastStep < PAUSE_MS_MAX) return 0;
        lastStep = now;
        return PAGES_PER_STEP;
      },
    });
    return true;
  } catch (error) {
    if (!(error instanceof Hopeless)) throw error;
    await rm(part, { force: true });
    return false;
  }
}

/** Brings a growing file to the disk bit by bit; `end` brings the rest. */
function flushing(path: string): { readonly end: () => Promise<void> } {
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      await wait(FLUSH_EVERY_MS);
      if (existsSync(path)) await flushFile(path, 'r+');
    }
  })();
  return {
    async end() {
      isOver = true;
      await running;
    },
  };
}

async function flushFile(path: string, flags: string): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, flags);
    await file.datasync();
  } finally {
    await file?.close();
  }
}

/** A place for today's copy in the folder beside the database. */
export async function datedTarget(databasePath: string, now: Date): Promise<string> {
  const folder = join(dirname(databasePath), 'backups');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const at = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return join(folder, `sanji-${at}.db`);
}

/** Removes all but the newest copies, and what a killed process left half made. */
export async function forgetOldCopies(target: string): Promise<void> {
  const folder = dirname(target);
  const names = await readdir(folder);
  const old = names
    .filter((name) => DATED.test(name))
    .toSorted()
    .slice(0, -BACKUPS_KEPT);
  const halves = names.filter((name) => /\.db\.part(-journal)?$/.test(name));
  for (const name of [...old, ...halves]) await rm(join(folder, name), { force: true });
}
