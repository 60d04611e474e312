// Statements typed by Kysely, compiled once per dialect, then run with values by name. Nothing is
// built per call: that would cost more than running it.
import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database } from './schema.ts';

export type Dialect = 'sqlite';
export type Value = string | number | null | Uint8Array;
export type Values = Readonly<Record<string, Value>>;

/** One compiled statement; `names` are the values it takes, in the order of its placeholders. */
export type Compiled = { readonly sql: string; readonly names: readonly string[] };

/** A statement by name; `P` are its values, `R` the rows it answers. */
export type Statement<P, R> = {
  readonly name: string;
  readonly compile: (dialect: Dialect) => Compiled;
  /** Only for the types of `P` and `R`. */
  readonly types?: (values: P) => R;
};

/** What an operation yields: run this, give me its rows. */
export type Step = readonly [Statement<never, unknown>, Values];
export type Body<T> = Generator<Step, T, readonly unknown[]>;

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Builder<P, R> = (db: Kysely<Database>, values: P) => Compilable<R>;

/** Declares a statement; `build` runs once per dialect, with placeholders standing for the values. */
export function statement<P extends Values>() {
  return <R>(name: string, build: Builder<P, R>): Statement<P, R> => ({
    name,
    compile: () => {
      // Placeholders only travel through the builder into its parameter list, so their type is a fiction.
      const placeholders = new Proxy({}, { get: (_, key) => new Placeholder(String(key)) }) as P;
      const { sql, parameters } = build(builder, placeholders).compile();
      const names = parameters.map((parameter) => {
        if (parameter instanceof Placeholder) return parameter.name;
        throw new Error(
          `statement ${name}: write constants with sql.lit, got ${String(parameter)}`,
        );
      });
      return { sql, names };
    },
  });
}

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

const builder = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});
