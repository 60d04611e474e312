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

/** What an operation yields: run this, give me its rows. */
export type Step = readonly [Statement<never, unknown>, Values];
export type Body<T> = Generator<Step, T, readonly unknown[]>;

/** All statements; a test holds the compiled ones to `queries.ts`, whose types these are. */
export const q = Object.fromEntries(
  Object.keys(compiled).map((name) => [name, { name }]),
) as unknown as Omit<typeof Queries, 'compileAll'>;

/** Runs a statement inside a body: its rows in order. */
export function* all<P extends Values, R>(
  query: Statement<P, R>,
  values: P,
): Generator<Step, readonly R[], readonly unknown[]> {
  // The engine answers with the rows of the statement it was given.
  return (yield [query as Statement<never, unknown>, values]) as readonly R[];
}

/** The first row or null. */
export function* first<P extends Values, R>(
  query: Statement<P, R>,
  values: P,
): Generator<Step, R | null, readonly unknown[]> {
  return (yield* all(query, values))[0] ?? null;
}
