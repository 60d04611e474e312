// Numbered migrations: each runs once, in order, in a transaction of its own.
import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

const FOLDER = new URL('migrations/sqlite/', import.meta.url);

/** Brings a SQLite file to the newest schema; refuses a file that a newer program wrote. */
export function migrateSqlite(db: Database): void {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const current = Number(db.pragma('user_version', { simple: true }));
  if (current > files.length)
    throw new Error(
      `the database has schema ${current}, this program knows up to ${files.length}: use a newer program`,
    );
  for (const [index, name] of files.entries()) {
    if (index < current) continue;
    const sql = readFileSync(new URL(name, FOLDER), 'utf8');
    db.transaction(() => {
      // Another process may have migrated while this one waited for the lock.
      if (Number(db.pragma('user_version', { simple: true })) > index) return;
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}
