// Starts long reads beside the event loop and gathers what they tell.
import { Worker } from 'node:worker_threads';
import type { Check, OnProgress } from '../src/orders/store.ts';
import { RULES } from './doctor.ts';
import type { Statement, Values } from './statement.ts';

export type LongRead = { readonly path: string } & (
  | { readonly task: 'check' }
  | { readonly task: 'copy'; readonly target: string }
  | { readonly task: 'rows'; readonly query: string; readonly values: Values }
);

/** Checks the books of a file; `told` hears how many rules are done. */
export async function checkFile(path: string, told?: OnProgress): Promise<Check[]> {
  const checks: Check[] = [];
  await onThread<Check>({ path, task: 'check' }, (check) => {
    checks.push(check);
    told?.(checks.length, RULES.length);
  });
  return checks;
}

/** Copies a file as it is at one moment, in one go. */
export function copyFileAtOnce(path: string, target: string): Promise<void> {
  return onThread({ path, task: 'copy', target }, () => undefined);
}

/** The rows of one statement, as all of them are at one moment. */
export async function rowsOfFile<P extends Values, R>(
  path: string,
  { name: query }: Statement<P, R>,
  values: P,
): Promise<readonly R[]> {
  const rows: R[] = [];
  await onThread<readonly R[]>({ path, task: 'rows', query, values }, (some) => {
    rows.push(...some);
  });
  return rows;
}

/** What a read tells is decided by its task alone. */
function onThread<T>(work: LongRead, hear: (told: T) => void): Promise<void> {
  const worker = new Worker(new URL('reader-worker.ts', import.meta.url), { workerData: work });
  return new Promise((resolve, reject) => {
    worker.on('message', hear);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a long read of ${work.path} ended with ${code}`));
    });
  });
}
