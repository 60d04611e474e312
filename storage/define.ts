// Declares statements with Kysely: typed against the schema, built once, never per call.
import {
  type Compilable,
  type Dialect,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database } from './schema.ts';
import type { Compiled, Statement, Values } from './statement.ts';

export const ENGINES = ['sqlite', 'postgres'] as const;
export type Engine = (typeof ENGINES)[number];

export type Definition<P, R> = Statement<P, R> & { readonly compile: (engine: Engine) => Compiled };

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Builder<P, R> = (db: Kysely<Database>, values: P, engine: Engine) => Compilable<R>;

/** Declares a statement; `build` runs once for each engine, with placeholders standing for the values. */
export function statement<P extends Values>() {
  return <R>(name: string, build: Builder<P, R>): Definition<P, R> => ({
    name,
    compile: (engine) => {
      // Placeholders only travel through the builder into its parameter list, so their type is a fiction.
      const placeholders = new Proxy({}, { get: (_, key) => new Placeholder(String(key)) }) as P;
      const { sql, parameters } = build(BUILDERS[engine], placeholders, engine).compile();
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

const DIALECTS: Readonly<Record<Engine, Dialect>> = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
};
const BUILDERS: Readonly<Record<Engine, Kysely<Database>>> = {
  sqlite: new Kysely<Database>({ dialect: DIALECTS.sqlite }),
  postgres: new Kysely<Database>({ dialect: DIALECTS.postgres }),
};
