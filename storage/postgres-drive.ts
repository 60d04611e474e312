// Drives a body over a wire: what it only writes is gathered, what it asks is waited for.
import compiled from './compiled/postgres.json' with { type: 'json' };
import type { Asked, Link } from './postgres-link.ts';
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
    if (isAnswered || isPlain) step = body.next(await link.ask(asked));
    else {
      link.post(asked);
      step = body.next([]);
    }
  }
  return step.value;
}

export type Asking = {
  readonly asked: Asked;
  /** Somebody waits for its rows. */
  readonly isAnswered: boolean;
  readonly isWrite: boolean;
};

export function askedIn([query, values]: Step): Asking {
  const statement = STATEMENTS.get(query.name);
  if (statement === undefined) throw new Error(`statement ${query.name} was not compiled`);
  const { sql, names, isAnswered, isWrite } = statement;
  const bound = names.map((name) => (values as Values)[name] ?? null);
  return { asked: { name: query.name, sql, values: bound }, isAnswered, isWrite };
}
