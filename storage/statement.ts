// Statements by name, with the types of their values and rows. What they are is declared with Kysely in
// `queries.ts` and compiled ahead into `compiled/`: a start neither loads the builder nor runs it.
import compiled from './compiled/sqlite.json' with { type: 'json' };
import type * as Queries from './queries.ts';

export type Value = string | number | null | Uint8Array;
export type Values = Readonly<Record<string, Value>>;

/** One compiled statement; `names` are the values it takes, in the order of its placeholders. */
export type Compiled = { readonly sql: string; readonly names: readonly string[] };

/** A statement by name; `P` are its values, `R` the rows it answers. */
export type Statement<P, R> = {
  readonly name: string;
  /** Only for the types of `P` and `R`. */
  readonly types?: (values: P) => R;
};

export type Question = readonly [Statement<never, unknown>, Values];
/** What an operation yields: run these in their order, none of which waits for another; the rows of each. */
export type Step = readonly Question[];
export type Answers = readonly (readonly unknown[])[];
export type Body<T> = Generator<Step, T, Answers>;

/** All statements; a test holds the compiled ones to `queries.ts`, whose types these are. */
export const q = Object.fromEntries(
  Object.keys(compiled).map((name) => [name, { name }]),
) as unknown as Omit<typeof Queries, 'compileAll'>;

/** Runs a statement inside a body: its rows in order. */
export function* all<P extends Values, R>(query: Statement<P, R>, values: P): Body<readonly R[]> {
  const [rows = []] = yield [[query as Statement<never, unknown>, values]];
  // The engine answers with the rows of the statement it was given.
  return rows as readonly R[];
}

/** The first row or null. */
export function* first<P extends Values, R>(query: Statement<P, R>, values: P): Body<R | null> {
  return (yield* all(query, values))[0] ?? null;
}

type Answer<B> = B extends Body<infer T> ? T : null;

/**
 * Runs bodies side by side: what they want to know at the same time is one step, over a wire one round
 * trip. None may need what another writes. Where there is nothing to run stands null, and comes back.
 */
export function* together<const B extends readonly (Body<unknown> | null)[]>(
  ...bodies: B
): Body<{ readonly [K in keyof B]: Answer<B[K]> }> {
  const values: unknown[] = bodies.map(() => null);
  let waiting = bodies.flatMap((body, at) =>
    body === null ? [] : [{ body, at, rows: [] as Answers }],
  );
  for (;;) {
    const step: Question[] = [];
    const asking: { readonly one: (typeof waiting)[number]; readonly count: number }[] = [];
    for (const one of waiting) {
      const next = one.body.next(one.rows);
      if (next.done === true) values[one.at] = next.value;
      else {
        step.push(...next.value);
        asking.push({ one, count: next.value.length });
      }
    }
    // Each value is what the body in its place has returned.
    if (asking.length === 0) return values as { readonly [K in keyof B]: Answer<B[K]> };
    const rows = yield step;
    let from = 0;
    waiting = asking.map(({ one, count }) => {
      from += count;
      return { ...one, rows: rows.slice(from - count, from) };
    });
  }
}
