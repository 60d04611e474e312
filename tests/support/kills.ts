// Kills a loaded server process again and again and compares what it had acknowledged with the file.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SqliteStore } from '../../storage/sqlite.ts';
import { openFarm } from './shop.ts';

const WORKER = fileURLToPath(new URL('../kills/worker.ts', import.meta.url));
const CALLERS = 64;
/** Acknowledgements after which the process dies: from right at the start to well under way. */
const ACKS_MAX = 600;

type Said = 'placed' | 'paid' | 'cancelled';
export type Acknowledged = ReadonlyMap<string, Said>;

/** Runs a server on the file until it has acknowledged `acks` things, then kills it outright. */
export async function runUntilKilled(
  path: string,
  { run, acks, callers = CALLERS }: { run: string; acks: number; callers?: number },
): Promise<Acknowledged> {
  const child = spawn(process.execPath, [WORKER, path, run, String(callers)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  const said = new Map<string, Said>();
  let heard = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, id] = line.split(' ');
    if (id === undefined || what === 'started') continue;
    said.set(id, what as Said);
    heard += 1;
    if (heard === acks) child.kill('SIGKILL');
  }
  if (heard < acks) throw new Error(`the server ended by itself: ${complaint}`);
  return said;
}

/** What is wrong with a file after a kill; nothing, when every acknowledged thing is there once. */
export async function faultsAfterKill(
  store: SqliteStore,
  acknowledged: Acknowledged,
): Promise<readonly string[]> {
  const faults = (await store.doctor()).filter(({ ok }) => !ok).map(({ detail }) => detail);
  const farm = await openFarm(store, { policy: { dailyCapBoxes: 10_000 } });
  for (const [id, said] of acknowledged) {
    const order = await store.findOrder('peach', id);
    if (order === null) {
      faults.push(`${id} was acknowledged as ${said} and is gone`);
      continue;
    }
    const events = (await store.findHistory('peach', id)).map(({ event }) => event);
    const times = (event: string) => events.filter((one) => one === event).length;
    const isPaid = said !== 'placed';
    if (times('placed') !== 1) faults.push(`${id} was placed ${times('placed')} times`);
    if (isPaid && (times('paid') !== 1 || order.paidKrw !== order.terms.feeKrw + 35_000))
      faults.push(`${id} was paid ${times('paid')} times: ${order.paidKrw}`);
    if (said === 'cancelled' && (times('cancelled') !== 1 || order.refundDueKrw !== order.paidKrw))
      faults.push(`${id} was cancelled ${times('cancelled')} times`);
    if (order.state === 'awaiting_payment' && isPaid) faults.push(`${id} is ${order.state}`);
  }
  faults.push(...(await sayAgain(farm, acknowledged)));
  return faults;
}

const SAID_AGAIN_MAX = 20;

/** A caller that got no answer asks again with its key: one effect, whatever had happened. */
async function sayAgain(
  farm: Awaited<ReturnType<typeof openFarm>>,
  acknowledged: Acknowledged,
): Promise<string[]> {
  const faults: string[] = [];
  for (const [id, said] of [...acknowledged].slice(-SAID_AGAIN_MAX)) {
    const pay = { ...farm.paying(id), request: { key: `pay-${id}` } };
    const { repeated } = await farm.store.submit(pay);
    if (said !== 'placed' && !repeated) faults.push(`${id} was paid anew`);
    const order = await farm.store.findOrder('peach', id);
    if (order?.paidKrw !== 40_000) faults.push(`${id} has ${order?.paidKrw} after asking again`);
  }
  return faults;
}

/** From 1 to a few hundred, by a generator whose seed can be told. */
export function killPoints(seed: number, count: number): readonly number[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 1 + (state % ACKS_MAX);
  });
}
