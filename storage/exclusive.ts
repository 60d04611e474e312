// For maintenance that suffers no server beside it: takes the server's own lease on a plain connection.
import { hostname } from 'node:os';
import type { Database } from 'better-sqlite3';
import { LeaseTaken } from '../src/orders/errors.ts';
import { type LeaseRow, livingHolder } from './lease.ts';

const HOLDER = 'maintenance';
/** Of no machine: such a lease holds by its time alone, also when its process has ended. */
export const NO_HOST = '(maintenance)';

/** Throws LeaseTaken while a server lives. */
export function refuseWhileServed(db: Database, now: Date): void {
  const row = db.prepare('SELECT * FROM lease').get() as LeaseRow | undefined;
  const holder = livingHolder(row ?? null, now);
  if (holder !== null) throw new LeaseTaken(holder);
}

/** From here on a server that starts is refused, for as long as `beat` is called every few seconds. */
export function keepServersOut(db: Database, now: Date, host = hostname()): void {
  const at = now.toISOString();
  db.transaction(() => {
    refuseWhileServed(db, now);
    db.prepare('DELETE FROM lease').run();
    const insert = 'INSERT INTO lease VALUES (?, ?, ?, ?, ?, ?)';
    db.prepare(insert).run('server', HOLDER, host, process.pid, at, at);
  }).immediate();
}

export function beat(db: Database, now: Date): void {
  db.prepare('UPDATE lease SET heartbeat_at = ? WHERE holder = ?').run(now.toISOString(), HOLDER);
}

export function letServersIn(db: Database): void {
  db.prepare('DELETE FROM lease WHERE holder = ?').run(HOLDER);
}
