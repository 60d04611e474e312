// A large shop copied from SQLite to PostgreSQL and back: what each of the three can tell is compared, byte by
// byte, store by store.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Store } from '../../src/orders/store.ts';
import { copyEngine, openStore } from '../../storage/index.ts';
import { type Exports, exportAll } from './export.ts';
import { startServer } from './postgres-server.ts';
import { type Farm, openFarm, TUESDAY } from './shop.ts';
import { DATA_KEY, HOLD_FOR } from './sqlite.ts';

const STORES = 20;
const AT_ONCE = 500;
const OPTIONS = { dataKey: DATA_KEY, isProduction: false, holdFor: HOLD_FOR };

export type CopiedBack = {
  readonly rows: number;
  readonly there: number;
  readonly back: number;
  /** Of all stores together. */
  readonly bytes: number;
  readonly faults: string[];
};

export async function copyThereAndBack(orders: number): Promise<CopiedBack> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-copy-'));
  const server = await startServer({ isDurable: true });
  try {
    const client = new pg.Client({ connectionString: server.url('postgres') });
    await client.connect();
    await client.query('CREATE DATABASE shop');
    await client.end();
    const [first, second] = [`sqlite:${join(folder, '1.db')}`, `sqlite:${join(folder, '2.db')}`];
    const url = server.url('shop');
    await using(first, (store) => fill(store, orders));
    const there = await timed(() => copy(first, url));
    const back = await timed(() => copy(url, second));
    const [of, ...others] = [
      await using(first, told),
      await using(url, told),
      await using(second, told),
    ];
    const faults = others.flatMap((one, at) => [
      ...one.faults,
      ...differences(of.exports, one.exports).map((fault) => `copy ${at + 1}: ${fault}`),
    ]);
    const bytes = [...of.exports.values()].reduce((sum, file) => sum + file.bytes, 0);
    return { rows: there.value.rows, there: there.seconds, back: back.seconds, bytes, faults };
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function using<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ ...OPTIONS, url });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function told(store: Store) {
  const broken = (await store.doctor()).filter(({ ok }) => !ok);
  return { exports: await exportAll(store), faults: broken.map(({ detail }) => detail) };
}

function copy(from: string, to: string) {
  return copyEngine(OPTIONS, { from, to, now: () => new Date() });
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const since = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - since) / 1000 };
}

/** Of every four orders one is not paid and one is cancelled. */
async function fill(store: Store, orders: number): Promise<void> {
  const policy = { dailyCapBoxes: 1_000_000, closedWeekdays: [] };
  const farms: Farm[] = [];
  for (let no = 0; no < STORES; no++)
    farms.push(await openFarm(store, { id: `farm-${no}`, policy }));
  const order = async (no: number) => {
    const farm = farms[no % STORES];
    const id = `ord_${no}`;
    await farm?.place(id, { boxes: 1 + (no % 3) }, { boxes: 2 });
    if (no % 4 !== 0) await farm?.pay(id);
    if (no % 4 === 1) await farm?.cancel(id);
  };
  for (let from = 0; from < orders; from += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, orders - from) }, (_, at) => order(from + at)),
    );
  for (const farm of farms) await farm.freeze(TUESDAY);
}

function differences(wanted: Exports, found: Exports): string[] {
  const ids = new Set([...wanted.keys(), ...found.keys()]);
  return [...ids].flatMap((id) => {
    const [of, to] = [wanted.get(id), found.get(id)];
    return of?.hash === to?.hash ? [] : [`${id}: ${of?.bytes} bytes became ${to?.bytes}`];
  });
}
