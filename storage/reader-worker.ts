// Long reads on a thread and a read-only connection of their own: nobody who writes waits for them.
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import compiled from './compiled/sqlite.json' with { type: 'json' };
import { checkRule, RULES } from './doctor.ts';
import type { LongRead } from './reader.ts';
import type { Compiled } from './statement.ts';

const COMPILED: Readonly<Record<string, Compiled>> = compiled;
/** All in one step: a copy in steps begins anew each time another connection writes. */
const ALL_PAGES = 0x7fff_ffff;
/** So many rows cross to the event loop at a time: taking them over blocks it for a millisecond. */
const ROWS_AT_ONCE = 1000;

// Set by `reader.ts`, the only one that starts this.
const work = workerData as LongRead;
const db = new Sqlite(work.path, { readonly: true });
if (work.task === 'copy') await db.backup(work.target, { progress: () => ALL_PAGES });
else if (work.task === 'rows') tellRows(work);
else
  for (const rule of RULES)
    parentPort?.postMessage(checkRule(rule, (sql) => db.prepare(sql).pluck().all().map(String)));
db.close();

function tellRows({ query, values }: LongRead & { readonly task: 'rows' }): void {
  const statement = COMPILED[query];
  if (statement === undefined) throw new Error(`statement ${query} was not compiled`);
  const bound = statement.names.map((name) => values[name] ?? null);
  const some: unknown[] = [];
  const tell = () => parentPort?.postMessage(some.splice(0));
  for (const row of db.prepare(statement.sql).iterate(...bound))
    if (some.push(row) === ROWS_AT_ONCE) tell();
  tell();
}
