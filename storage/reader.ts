// Starts long reads beside the event loop and gathers what they tell.
import { Worker } from 'node:worker_threads';
import type { Check, OnProgress } from '../src/orders/store.ts';
import { RULES } from './doctor.ts';

export type LongRead = { readonly path: string } & (
  | { readonly task: 'check' }
  | { readonly task: 'copy'; readonly target: string }
);

/** Checks the books of a file; `told` hears how many rules are done. */
export async function checkFile(path: string, told?: OnProgress): Promise<Check[]> {
  const checks: Check[] = [];
  await onThread({ path, task: 'check' }, (check) => {
    checks.push(check);
    told?.(checks.length, RULES.length);
  });
  return checks;
}

/** Copies a file as it is at one moment, in one go. */
export function copyFileAtOnce(path: string, target: string): Promise<void> {
  return onThread({ path, task: 'copy', target }, () => undefined);
}

function onThread(work: LongRead, hear: (check: Check) => void): Promise<void> {
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
