// A PostgreSQL database as one end of a copy. As the source it is locked against writing meanwhile.
import { COPIED_TABLES, COPYING, type CopiedRow, type CopiedTable, type Side } from './copy.ts';
import { placeOf } from './postgres-failures.ts';
import { type Asked, Link } from './postgres-link.ts';

/** What a statement takes: arrays are given as PostgreSQL writes them. */
const CASTS: Readonly<Record<string, string>> = {
  text: 'text[]',
  bigint: 'bigint[]',
  bytea: 'bytea[]',
};
const PATIENCE = 'SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0';

type Column = { readonly name: string; readonly type: string };

/** `isSource`: nobody writes until the copy ends; a program that does hears that we are busy. */
export async function openPostgresSide(
  url: string,
  { isSource, fingerprint }: { readonly isSource: boolean; readonly fingerprint: string },
): Promise<Side> {
  const link = await Link.open(url);
  const ask = (sql: string, values: Asked['values'] = []) => link.ask({ name: '', sql, values });
  const columns = new Map<string, readonly Column[]>();
  try {
    await link.script(PATIENCE);
    for (const { name } of COPIED_TABLES) columns.set(name, await columnsOf(name, ask));
    const tables = COPIED_TABLES.map(({ name }) => name).join(', ');
    if (isSource) await link.script(`BEGIN; LOCK TABLE ${tables} IN SHARE MODE`);
  } catch (error) {
    await link.close();
    throw error;
  }
  const of = (table: CopiedTable) => columns.get(table.name) ?? [];
  const installed = async (name: string) =>
    (await ask('SELECT value FROM install WHERE name = $1', [name]))[0]?.value as
      | string
      | undefined;
  return {
    name: placeOf(url),
    fingerprint: async () => (await installed('data_key')) ?? null,
    async page({ name, key }, after, limit) {
      const names = key.map(quoted).join(', ');
      const behind = `(${names}) > (${key.map((_, no) => `$${no + 1}`).join(', ')})`;
      const where = after === null ? '' : `WHERE ${behind}`;
      const values = after === null ? [] : key.map((column) => after[column] ?? null);
      const sql = `SELECT * FROM ${name} ${where} ORDER BY ${names} LIMIT ${limit}`;
      return [...(await ask(sql, values))] as CopiedRow[];
    },
    async sums(table) {
      const parts = of(table).map(({ name, type }) => {
        const size = type === 'bigint' ? quoted(name) : `octet_length(${quoted(name)})`;
        return `coalesce(sum(${size}), 0)::text AS ${quoted(name)}`;
      });
      const [row] = await ask(
        `SELECT count(*)::text AS count, ${parts.join(', ')} FROM ${table.name}`,
      );
      return row as Record<string, string>;
    },
    async lastNumber({ name, key }) {
      if (key.join() !== 'id' || of({ name, key })[0]?.type !== 'bigint') return null;
      const sql = `SELECT CASE WHEN is_called THEN last_value END AS last FROM ${name}_id_seq`;
      const [row] = await ask(sql);
      return (row?.last as number | null | undefined) ?? null;
    },
    async last({ name, key }) {
      const order = key.map((column) => `${quoted(column)} DESC`).join(', ');
      const [row] = await ask(`SELECT * FROM ${name} ORDER BY ${order} LIMIT 1`);
      return (row ?? null) as CopiedRow | null;
    },
    async isEmpty() {
      return (await ask('SELECT 1 FROM stores UNION SELECT 1 FROM people')).length === 0;
    },
    mark: async () => (await installed(COPYING)) ?? null,
    async begin(source) {
      const put = (name: string, value: string) =>
        ask(
          `INSERT INTO install VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
          [name, value],
        );
      await ask('DELETE FROM holidays');
      await put('data_key', fingerprint);
      await put(COPYING, source);
    },
    async write(table, rows) {
      const own = of(table);
      const names = own.map(({ name }) => quoted(name)).join(', ');
      const arrays = own.map(({ type }, no) => `$${no + 1}::${CASTS[type] ?? 'text[]'}`);
      await link.ask({
        name: `copy_${table.name}`,
        sql: `INSERT INTO ${table.name} (${names}) SELECT * FROM unnest(${arrays.join(', ')})`,
        values: own.map(({ name }) => rows.map((row) => row[name] ?? null)),
      });
    },
    async setLater({ name, later = '' }, rows) {
      if (rows.length === 0) return;
      const sql = `UPDATE ${name} SET ${quoted(later)} = v.later
        FROM unnest($1::bigint[], $2::bigint[]) AS v (id, later) WHERE ${name}.id = v.id`;
      await ask(sql, [rows.map(({ id }) => id ?? null), rows.map((row) => row[later] ?? null)]);
    },
    async setNumber({ name }, last) {
      await ask(`SELECT setval('${name}_id_seq', $1)`, [last]);
    },
    async end() {
      await ask('DELETE FROM install WHERE name = $1', [COPYING]);
      // Until the server looks by itself, a minute later, it would plan as for empty tables.
      await link.script('ANALYZE');
    },
    beat: () => undefined,
    close: () => link.close(),
  };
}

async function columnsOf(
  table: string,
  ask: (
    sql: string,
    values: Asked['values'],
  ) => Promise<readonly Readonly<Record<string, unknown>>[]>,
): Promise<readonly Column[]> {
  const rows = await ask(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  );
  return rows.map(({ name, type }) => ({ name: String(name), type: String(type) }));
}

function quoted(name: string): string {
  return `"${name}"`;
}
