// The lease of the one server on a file. Commands beside it never take it.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { LeaseTaken } from '../src/orders/errors.ts';
import { all, type Body, first, q } from './statement.ts';

/** Longer than a commit may wait for its lock, several beats long. */
const SILENT_MS_MAX = 15_000;

/** As it stands in the table. */
export type LeaseRow = {
  readonly holder: string;
  readonly host: string;
  readonly pid: number;
  readonly started_at: string;
  readonly heartbeat_at: string;
};

export type HeldLease = {
  readonly host: string;
  readonly pid: number;
  readonly heartbeatAt: string;
};

/** Answers the holder's token. */
export function* takeLeaseBody(now: Date): Body<string> {
  const holder = livingHolder(yield* first(q.findLease, {}), now);
  if (holder !== null) throw new LeaseTaken(holder);
  const token = randomBytes(12).toString('base64url');
  const at = now.toISOString();
  const { pid } = process;
  yield* all(q.putLease, {
    holder: token,
    host: hostname(),
    pid,
    started_at: at,
    heartbeat_at: at,
  });
  return token;
}

export function* renewLeaseBody(holder: string, now: Date): Body<boolean> {
  const values = { holder, heartbeat_at: now.toISOString() };
  return (yield* first(q.beatLease, values)) !== null;
}

export function* releaseLeaseBody(holder: string): Body<void> {
  yield* all(q.dropLease, { holder });
}

/** Who holds the lease, or null when nobody does or the holder is dead. */
export function livingHolder(
  row: LeaseRow | null,
  now: Date,
): { readonly pid: number; readonly host: string; readonly since: string } | null {
  if (row === null) return null;
  const { pid, host, started_at: since, heartbeat_at: heartbeatAt } = row;
  const isLiving = isHeld({ host, pid, heartbeatAt }, { now, host: hostname(), isAlive });
  return isLiving ? { pid, host, since } : null;
}

/** A holder that is silent too long is dead, and so is one whose process is gone from this machine. */
export function isHeld(
  held: HeldLease,
  here: {
    readonly now: Date;
    readonly host: string;
    readonly isAlive: (pid: number) => boolean;
  },
): boolean {
  // Both ways: a clock that was set back must not leave a dead server's lease for an hour.
  const silentMs = Math.abs(here.now.getTime() - Date.parse(held.heartbeatAt));
  if (silentMs > SILENT_MS_MAX) return false;
  return held.host !== here.host || here.isAlive(held.pid);
}

function isAlive(pid: number): boolean {
  // In a container every server has the same number: whoever had mine before me is dead.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Killed, but not yet asked after by its parent: Linux still answers for it. */
function isZombie(pid: number): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
