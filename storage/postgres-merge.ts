// Statements of one name that different queues ask at the same moment go out as one that takes arrays: messages
// that were sent together are settled by one statement.
import compiled from './compiled/postgres.json' with { type: 'json' };
import type { Asked, Link, Row, Rows } from './postgres-link.ts';
import type { Compiled } from './statement.ts';

/**
 * The types of their values in order. Each of them changes one row by its id, no two queues have the same row,
 * and each answers only of the row that it changed.
 */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  settleOutbox: ['text', 'text', 'text', 'bytea', 'text', 'text', 'bigint', 'bigint'],
};

const UPDATE = /^(update "\w+" set .+?) (where .+) (returning .+)$/;

/** By their names; `no` tells which of the statements a row is the answer of, from 1. */
export const MERGED: ReadonlyMap<string, string> = new Map(
  Object.entries(TYPES).map(([name, types]) => {
    const { sql } = (compiled as Readonly<Record<string, Compiled>>)[name] ?? { sql: '' };
    const [, set, where, returning] = UPDATE.exec(sql.replaceAll(/\$(\d+)/g, 'v.p$1')) ?? [];
    if (set === undefined) throw new Error(`statement ${name} cannot take arrays: ${sql}`);
    const arrays = types.map((type, at) => `$${at + 1}::${type}[]`).join(', ');
    const names = types.map((_, at) => `p${at + 1}`).join(', ');
    const from = `from unnest(${arrays}) with ordinality as v (${names}, no)`;
    return [name, `${set} ${from} ${where} ${returning}, v.no`];
  }),
);

/** As `askAll` of a link; of a queue that has more to say than one statement nothing is merged. */
export async function askMerged(
  link: Link,
  groups: readonly (readonly Asked[])[],
): Promise<readonly Rows[]> {
  const bundles = Map.groupBy(groups.keys(), (at) => mergedName(groups[at] ?? []) ?? at);
  const answered = await link.askAll([...bundles].map(([by, own]) => asOne(by, own, groups)));
  const answers: Rows[] = groups.map(() => []);
  for (const [index, [by, own]] of [...bundles].entries()) {
    const rows = answered[index] ?? [];
    if (typeof by === 'number') answers[by] = rows;
    else for (const row of rows[0] ?? []) answers[own[Number(row.no) - 1] ?? -1] = [[row]];
  }
  return answers;
}

function mergedName([only, another]: readonly Asked[]): string | null {
  if (only === undefined || another !== undefined) return null;
  return MERGED.has(only.name) ? only.name : null;
}

function asOne(
  by: string | number,
  own: readonly number[],
  groups: readonly (readonly Asked[])[],
): readonly Asked[] {
  if (typeof by === 'number') return groups[by] ?? [];
  const all = own.flatMap((at) => groups[at] ?? []);
  const sql = MERGED.get(by) ?? '';
  const values = (all[0]?.values ?? []).map((_, no) =>
    all.map((asked) => asked.values[no] as Row[string]),
  );
  return [{ name: `${by}_merged`, sql, values: values as Asked['values'] }];
}
