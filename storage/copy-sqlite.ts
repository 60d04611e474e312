// A SQLite file as one end of a copy. Servers are kept out of it by their own lease.
import type { Database } from 'better-sqlite3';
import { COPIED_TABLES, COPYING, type CopiedRow, type CopiedTable, type Side } from './copy.ts';
import { beat, keepServersOut, letServersIn } from './exclusive.ts';
import { fingerprintIn, openPlain } from './sqlite.ts';

type Column = { readonly name: string; readonly type: string };

export function openSqliteSide(path: string, now: () => Date, fingerprint: string): Side {
  const db = openPlain(path);
  try {
    keepServersOut(db, now());
  } catch (error) {
    db.close();
    throw error;
  }
  const columns = new Map(COPIED_TABLES.map(({ name }) => [name, columnsOf(db, name)]));
  const of = (table: CopiedTable) => columns.get(table.name) ?? [];
  const installed = (name: string) =>
    db.prepare('SELECT value FROM install WHERE name = ?').pluck().get(name) as string | undefined;
  return {
    name: `sqlite:${path}`,
    fingerprint: async () => fingerprintIn(db),
    async page({ name, key }, after, limit) {
      const names = key.map(quoted).join(', ');
      const behind = `(${names}) > (${key.map(() => '?').join(', ')})`;
      const where = after === null ? '' : `WHERE ${behind}`;
      const values = after === null ? [] : key.map((column) => after[column] ?? null);
      const sql = `SELECT * FROM ${name} ${where} ORDER BY ${names} LIMIT ?`;
      return db.prepare(sql).all(...values, limit) as CopiedRow[];
    },
    async sums(table) {
      const parts = of(table).map(({ name, type }) => {
        const size = type === 'INTEGER' ? quoted(name) : `length(CAST(${quoted(name)} AS BLOB))`;
        return `CAST(coalesce(sum(${size}), 0) AS TEXT) AS ${quoted(name)}`;
      });
      const sql = `SELECT CAST(count(*) AS TEXT) AS count, ${parts.join(', ')} FROM ${table.name}`;
      return db.prepare(sql).get() as Record<string, string>;
    },
    async lastNumber({ name }) {
      const sql = 'SELECT seq FROM sqlite_sequence WHERE name = ?';
      return (db.prepare(sql).pluck().get(name) as number | undefined) ?? null;
    },
    async last({ name, key }) {
      const order = key.map((column) => `${quoted(column)} DESC`).join(', ');
      return (db.prepare(`SELECT * FROM ${name} ORDER BY ${order} LIMIT 1`).get() ??
        null) as CopiedRow | null;
    },
    isEmpty: async () =>
      db.prepare('SELECT 1 FROM stores UNION SELECT 1 FROM people').get() === undefined,
    mark: async () => installed(COPYING) ?? null,
    async begin(source) {
      db.transaction(() => {
        db.exec('DELETE FROM holidays');
        const put = db.prepare(
          'INSERT INTO install VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
        );
        put.run('data_key', fingerprint);
        put.run(COPYING, source);
      }).immediate();
    },
    async write(table, rows) {
      const names = of(table).map(({ name }) => name);
      const insert = db.prepare(
        `INSERT INTO ${table.name} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      );
      db.transaction(() => {
        for (const row of rows) insert.run(...names.map((name) => row[name] ?? null));
      }).immediate();
    },
    async setLater({ name, later = '' }, rows) {
      const update = db.prepare(`UPDATE ${name} SET ${quoted(later)} = ? WHERE id = ?`);
      db.transaction(() => {
        for (const row of rows) update.run(row[later] ?? null, row.id);
      }).immediate();
    },
    async setNumber({ name }, last) {
      const update = 'UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?';
      if (db.prepare(update).run(last, name).changes > 0) return;
      db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(name, last);
    },
    async end() {
      db.prepare('DELETE FROM install WHERE name = ?').run(COPYING);
    },
    beat: () => beat(db, now()),
    async close() {
      letServersIn(db);
      db.close();
    },
  };
}

function columnsOf(db: Database, table: string): readonly Column[] {
  return db.prepare('SELECT name, type FROM pragma_table_info(?)').all(table) as Column[];
}

function quoted(name: string): string {
  return `"${name}"`;
}
