// Compiles every statement of `queries.ts` into `compiled/`, to be run after each change there:
// `npm run compile-sql`. A test fails when it was forgotten.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ENGINES, type Engine } from './define.ts';
import * as queries from './queries.ts';
import type { Compiled } from './statement.ts';

export function compileAll(engine: Engine): Record<string, Compiled> {
  return Object.fromEntries(
    Object.entries(queries).map(([name, definition]) => {
      if (definition.name !== name)
        throw new Error(`statement ${definition.name} is exported as ${name}`);
      return [name, definition.compile(engine)];
    }),
  );
}

// Not `import.meta.main`: the launcher imports this file.
if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const engine of ENGINES) {
    const file = new URL(`compiled/${engine}.json`, import.meta.url);
    writeFileSync(file, `${JSON.stringify(compileAll(engine), null, 2)}\n`);
  }
