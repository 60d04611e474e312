// Declares statements with Kysely: typed against the schema, built once, never per call.
import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database } from './schema.ts';
import type { Compiled, Statement, Values } from './statement.ts';

export type Definition<P, R> = Statement<P, R> & { readonly compile: () => Compiled };

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Builder<P, R> = (db: Kysely<Database>, values: P) => Compilable<R>;

/** Declares a statement; `build` runs with placeholders standing for the values. */
export function statement<P extends Values>() {
  return <R>(name: string, build: Builder<P, R>): Definition<P, R> => ({
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

const builder = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});
