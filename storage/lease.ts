// The lease of the one server on a file. Commands beside it never take it.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { LeaseTaken } from '../src/orders/errors.ts';
import { all, type Body, first, q } from './statement.ts';

/** Longer than a commit may wait for its lock, several beats long. */
const SILENT_MS_MAX = 15_000;

export type HeldLease = {
  readonly host: string;
  readonly pid: number;
  readonly heartbeatAt: string;
};

/** Answers the holder's token. */
export function* takeLeaseBody(now: Date): Body<string> {
  const held = yield* first(q.findLease, {});
  if (
    held !== null &&
    isHeld({ ...held, heartbeatAt: held.heartbeat_at }, { now, host: hostname(), isAlive })
  )
    throw new LeaseTaken({ pid: held.pid, host: held.host, since: held.started_at });
  const holder = randomBytes(12).toString('base64url');
  const at = now.toISOString();
  const { pid } = process;
  yield* all(q.putLease, { holder, host: hostname(), pid, started_at: at, heartbeat_at: at });
  return holder;
}

export function* renewLeaseBody(holder: string, now: Date): Body<boolean> {
  const values = { holder, heartbeat_at: now.toISOString() };
  return (yield* first(q.beatLease, values)) !== null;
}

export function* releaseLeaseBody(holder: string): Body<void> {
  yield* all(q.dropLease, { holder });
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
