// One transaction of several commands: opened, run body by body, committed. A commit whose answer was lost
// is looked up by the number of its transaction.
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../src/orders/errors.ts';
import type { InContext, Queue } from './body-store.ts';
import type { Context } from './operations.ts';
import { drive } from './postgres-drive.ts';
import { AGAIN, codeOf, failureOf } from './postgres-failures.ts';
import type { Asked, Link, Row } from './postgres-link.ts';
import type { LinkPool } from './postgres-pool.ts';
import { runTogether } from './postgres-together.ts';

/** How long the answer to a lost commit is looked for: a server that was killed recovers first. */
const SETTLE_MS_MAX = 30_000;
const SETTLE_EVERY_MS = 100;

export type Job = {
  readonly queue: Queue;
  readonly body: InContext<unknown>;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
  /** Such as one that changes stores, which others know from memory: nobody else is in its transaction. */
  readonly isAlone: boolean;
};
/** How a job ended, to be told once that is on disk. */
export type End = () => void;

export const BEGIN = plain('begin', 'BEGIN');
export const COMMIT = plain('commit', 'COMMIT');
const ROLLBACK = plain('rollback', 'ROLLBACK');
const SAVEPOINT = plain('savepoint', 'SAVEPOINT command');
const RELEASE = plain('release', 'RELEASE SAVEPOINT command');
const UNDO = plain('undo', 'ROLLBACK TO SAVEPOINT command');
/** Rows of the history have ids before they can be seen: who reads it waits for those under way. */
const HISTORY = `hashtextextended('/history', 0)`;
const SHARE_HISTORY = plain('share_history', `SELECT pg_advisory_xact_lock_shared(${HISTORY})`);
export const PASS_HISTORY = plain('pass_history', `SELECT pg_advisory_xact_lock(${HISTORY})`);
/** One after another in the order of the list, the same in every process. */
const LOCK =
  'SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS name';
export const SHOPS_VERSION = `coalesce(
  (SELECT value FROM counters WHERE store_id = '' AND name = 'shops'), 0)`;
const OPENING = plain(
  'opening',
  `SELECT ${SHOPS_VERSION} AS version, (SELECT value FROM install WHERE name = 'data_key') AS key`,
);
const NUMBER = `INSERT INTO commits (link, number) VALUES ($1, $2)
  ON CONFLICT (link) DO UPDATE SET number = excluded.number, at = now()`;
/** Waits for a transaction of this connection that is still under way; 0 where none ever committed. */
const LAST_NUMBER = `INSERT INTO commits (link, number) VALUES ($1, 0)
  ON CONFLICT (link) DO UPDATE SET at = now() RETURNING number`;

export type Committing = {
  readonly writers: LinkPool;
  /** The version of the stores that was seen last: most often it is still the same. */
  readonly lastVersion: number;
  /** The context of a transaction that saw this version of the stores. */
  readonly contextAt: (shopsVersion: number, isAlone: boolean) => Context;
  readonly how: How;
};

/**
 * `together`: what jobs of different queues ask goes over the wire in one go; fails when one of them must be
 * taken back that has written. `in turn`: one after another, each with a savepoint. `plain`: every statement
 * waits for its answer, for the benchmark to compare with.
 */
export type How = 'together' | 'in turn' | 'plain';

/**
 * Runs jobs in one transaction and answers how each ended, all of which is on disk then. What a body throws
 * takes back that body alone; a statement that fails takes back everything, and is thrown.
 */
export async function commit(jobs: readonly Job[], committing: Committing): Promise<End[]> {
  const link = await committing.writers.take();
  let open: Opened | null = null;
  let ends: End[] | null = null;
  try {
    open = begin(link, jobs);
    const { flushes } = link.mark;
    const context = await contextOf(link, jobs, committing);
    // Whether they knew the stores is told before anything is said or done for good.
    const check = async () => void (link.mark.flushes === flushes && (await link.settle()));
    ends = await run(link, jobs, { context, how: committing.how }).catch(async (error: unknown) => {
      await check();
      throw error;
    });
    await check();
    link.post(COMMIT);
    await link.settle();
    return ends;
  } catch (error) {
    const isAway = failureOf(error) === 'away';
    if (isAway) await link.close();
    else await takeBack(link);
    if (!isAway || open === null || ends === null) throw error;
  } finally {
    committing.writers.giveBack(link);
  }
  if (!(await wasCommitted(open, committing))) throw new LostCommit();
  return ends;
}

/** The transaction ended with its connection, and took nothing with it. */
class LostCommit extends Error {
  constructor() {
    super('connection terminated before the commit');
    this.name = 'LostCommit';
  }
}

/** The connection, and the number of the transaction on it. */
type Opened = { readonly link: string; readonly number: number };

function begin(link: Link, jobs: readonly Job[]): Opened {
  const guarded = new Set(jobs.flatMap(({ queue }) => (queue.isFree ? [] : [queue.name])));
  link.post(BEGIN);
  link.post(SHARE_HISTORY);
  if (guarded.size > 0) link.post({ name: 'lock', sql: LOCK, values: [[...guarded].sort()] });
  const number = link.nextNumber();
  link.post({ name: 'number', sql: NUMBER, values: [link.name, number] });
  return { link: link.name, number };
}

/** Asks for the version of the stores with whatever is asked first, and fails there when it is another one. */
async function contextOf(
  link: Link,
  jobs: readonly Job[],
  { lastVersion, contextAt, how }: Committing,
): Promise<Context> {
  const isAlone = jobs[0]?.isAlone === true;
  if (isAlone || lastVersion < 0 || how === 'plain') {
    const [row] = await link.ask(OPENING);
    const context = contextAt(Number(row?.version), isAlone);
    checkKey(row, context);
    return context;
  }
  const hear = ([row]: readonly Row[]) => {
    checkKey(row, contextAt(lastVersion, false));
    const version = Number(row?.version);
    if (version === lastVersion) return;
    contextAt(version, false);
    throw new OtherStores();
  };
  link.post({ ...OPENING, hear });
  return contextAt(lastVersion, false);
}

/** What this process would seal nobody could read any more. */
function checkKey(row: Row | undefined, { vault }: Context): void {
  if (typeof row?.key === 'string' && row.key !== vault.fingerprint)
    throw new Error('SANJI_DATA_KEY was changed while this program ran: start it again');
}

/** Another process changed a store: what was decided by the one in memory is decided again. */
class OtherStores extends Error {
  readonly code = AGAIN;
}

type Running = { readonly context: Context; readonly how: How };

function run(link: Link, jobs: readonly Job[], { context, how }: Running): Promise<End[]> {
  return how === 'together' && jobs.length > 1
    ? runTogether(link, jobs, context)
    : runInTurn(link, jobs, { context, isPlain: how === 'plain' });
}

async function runInTurn(
  link: Link,
  jobs: readonly Job[],
  { context, isPlain }: { readonly context: Context; readonly isPlain: boolean },
): Promise<End[]> {
  const isMany = jobs.length > 1;
  const ends: End[] = [];
  for (const job of jobs) {
    const mark = link.mark;
    if (isMany) link.post(SAVEPOINT);
    try {
      const value = await drive(job.body(context), link, isPlain);
      ends.push(() => job.done(value));
    } catch (error) {
      // Of a body alone nothing is left to commit; among others it is taken back by itself.
      if (!isMany || isOfDatabase(error)) throw error;
      ends.push(() => job.failed(error));
      if (!link.backTo(mark)) continue;
      link.post(UNDO);
    }
    if (isMany) link.post(RELEASE);
  }
  return ends;
}

function isOfDatabase(error: unknown): boolean {
  if (error instanceof DomainError) return false;
  return failureOf(error) !== 'own' || codeOf(error) !== null;
}

async function takeBack(link: Link): Promise<void> {
  link.backTo({ flushes: -1, length: 0 });
  await link.ask(ROLLBACK).catch(() => link.close());
}

/** Throws `busy` when nobody can say: with its request key the command can be asked for again. */
async function wasCommitted(lost: Opened, { writers }: Committing): Promise<boolean> {
  const until = performance.now() + SETTLE_MS_MAX;
  while (performance.now() < until) {
    const last = await lastNumber(lost.link, writers).catch(() => null);
    if (last !== null) return last === lost.number;
    await pause(SETTLE_EVERY_MS);
  }
  throw new DomainError('busy', 'the database went away at the commit, and nobody knows its end');
}

async function lastNumber(name: string, writers: LinkPool): Promise<number> {
  const link = await writers.take();
  try {
    const [row] = await link.ask({ name: 'last_number', sql: LAST_NUMBER, values: [name] });
    return Number(row?.number);
  } finally {
    writers.giveBack(link);
  }
}

function plain(name: string, sql: string): Asked {
  return { name, sql, values: [] };
}
