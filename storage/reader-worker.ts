// Long reads on a thread and a read-only connection of their own: nobody who writes waits for them.
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { checkRule, RULES } from './doctor.ts';
import type { LongRead } from './reader.ts';

/** All in one step: a copy in steps begins anew each time another connection writes. */
const ALL_PAGES = 0x7fff_ffff;

// Set by `reader.ts`, the only one that starts this.
const work = workerData as LongRead;
const db = new Sqlite(work.path, { readonly: true });
if (work.task === 'copy') await db.backup(work.target, { progress: () => ALL_PAGES });
else
  for (const rule of RULES)
    parentPort?.postMessage(checkRule(rule, (sql) => db.prepare(sql).pluck().all().map(String)));
db.close();
