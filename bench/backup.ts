// What a backup costs those who order meanwhile: orders at a steady rate through the store on a large
// file, each timed from the moment it was due, until two seconds after the copy has its name.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import * as ordering from '../src/orders/ordering.ts';
import { Vault } from '../storage/crypto.ts';
import type { SqliteStore } from '../storage/sqlite.ts';
import { openBenchStore, requestOf } from './store.ts';

const FILE_MB = 400;
const ORDERS_PER_SECOND = 200;
const CALM_MS = 5_000;
/** The flush of the copy may hold everybody up after it is done. */
const AFTER_MS = 2_000;
const ROUNDS = 3;

export async function benchBackup(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-bench-'));
  try {
    const path = join(folder, 'sanji.db');
    const store = await openBenchStore(path, new Vault(randomBytes(32)));
    fill(path);
    // Steps on its own connection are the server's way.
    await store.acquireLease(new Date());
    const calm: number[] = [];
    const busy: number[] = [];
    let tookMs = 0;
    for (let round = 0; round < ROUNDS; round++) {
      calm.push(...(await paced(store, `c${round}`, () => wait(CALM_MS))));
      const copying = async () => {
        const since = performance.now();
        await store.backup(join(folder, `copy-${round}.db`), new Date());
        tookMs += performance.now() - since;
        await wait(AFTER_MS);
      };
      busy.push(...(await paced(store, `b${round}`, copying)));
      rmSync(join(folder, `copy-${round}.db`));
    }
    await store.close();
    return [
      `${ORDERS_PER_SECOND} orders/s, no backup: ${told(calm)}`,
      `the same beside a backup of ${FILE_MB} MB (${(tookMs / ROUNDS / 1_000).toFixed(1)} s): ${told(busy)}; p99 ratio ${(at(busy, 0.99) / at(calm, 0.99)).toFixed(1)}`,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fill(path: string): void {
  const db = new Sqlite(path);
  const insert = db.prepare("INSERT INTO requests (key, sealed, at) VALUES (?, ?, '')");
  for (let no = 0; no < FILE_MB; no++) insert.run(`filler ${no}`, randomBytes(1_000_000));
  db.close();
}

/** Places orders at the rate until `work` is done; answers how late each was, in milliseconds. */
async function paced(
  store: SqliteStore,
  name: string,
  work: () => Promise<void>,
): Promise<number[]> {
  const shop = await store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  const person = await store.meet({ platform: 'kakao', bot: 'bot', user: name }, new Date());
  const lateMs: number[] = [];
  const orders: Promise<void>[] = [];
  const since = performance.now();
  let no = 0;
  const timer = setInterval(() => {
    for (; no * (1_000 / ORDERS_PER_SECOND) <= performance.now() - since; no++) {
      const dueAt = since + no * (1_000 / ORDERS_PER_SECOND);
      const placing = {
        id: `ord_${name}${no}`,
        buyerId: person.id,
        request: requestOf('peach-4kg'),
      };
      const command = ordering.place({ shop, now: new Date(), who: 'buyer' }, placing);
      orders.push(store.submit(command).then(() => void lateMs.push(performance.now() - dueAt)));
    }
  }, 1);
  await work();
  clearInterval(timer);
  await Promise.all(orders);
  return lateMs;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function told(lateMs: readonly number[]): string {
  const [p50, p99, max] = [0.5, 0.99, 1].map((part) => at(lateMs, part).toFixed(0));
  return `p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms (n=${lateMs.length})`;
}

function at(lateMs: readonly number[], part: number): number {
  const sorted = lateMs.toSorted((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
}
