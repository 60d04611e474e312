// Drives a body over a wire: what it only writes is gathered, what it asks is waited for.
import compiled from './compiled/postgres.json' with { type: 'json' };
import type { Asked, Link, Row } from './postgres-link.ts';
import type { Body, Compiled, Step, Values } from './statement.ts';

const STATEMENTS = new Map(
  Object.entries(compiled as Readonly<Record<string, Compiled>>).map(([name, { sql, names }]) => {
    const isWrite = !sql.startsWith('select ');
    return [name, { sql, names, isWrite, isAnswered: !isWrite || / returning /.test(sql) }];
  }),
);

/** Drives a body; what it writes without asking for rows is left gathered. */
export async function drive<T>(body: Body<T>, link: Link, isPlain = false): Promise<T> {
  let step = body.next([]);
  while (step.done !== true) {
    const { asked, isAnswered } = askedIn(step.value);
    if (isPlain) {
      const rows: (readonly Row[])[] = [];
      for (const one of asked) rows.push(await link.ask(one));
      step = body.next(rows);
    } else if (isAnswered) {
      const [rows = []] = await link.askAll([asked]);
      step = body.next(rows);
    } else {
      for (const one of asked) link.post(one);
      step = body.next([]);
    }
  }
  return step.value;
}

export type Asking = {
  readonly asked: readonly Asked[];
  /** Somebody waits for the rows of one of them. */
  readonly isAnswered: boolean;
  readonly isWrite: boolean;
};

export function askedIn(step: Step): Asking {
  const statements = step.map(([{ name }]) => {
    const statement = STATEMENTS.get(name);
    if (statement === undefined) throw new Error(`statement ${name} was not compiled`);
    return { name, ...statement };
  });
  return {
    asked: statements.map(({ name, sql, names }, at) => {
      const values: Values = step[at]?.[1] ?? {};
      return { name, sql, values: names.map((value) => values[value] ?? null) };
    }),
    isAnswered: statements.some(({ isAnswered }) => isAnswered),
    isWrite: statements.some(({ isWrite }) => isWrite),
  };
}
