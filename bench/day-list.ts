// The list of a day with five hundred rows in a store of a million orders, against the bare query for its rows.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { addDays } from '../src/orders/dates.ts';
import * as ordering from '../src/orders/ordering.ts';
import type { Shop } from '../src/orders/shop.ts';
import { Vault } from '../storage/crypto.ts';
import type { SqliteStore } from '../storage/sqlite.ts';
import { interleave, median } from './measure.ts';
import { openBenchStore, requestOf } from './store.ts';

const ORDERS = 1_000_000;
const ROWS = 500;
const ROUNDS = 25;
const TODAY = '2026-07-20';
const NOW = new Date('2026-07-20T03:00:00.000Z');
const DATE = addDays(TODAY, 1);
/** Orders of earlier days lie between any two of the list, as a season leaves them. */
const SLICE = ORDERS / ROWS;

export async function benchDayList(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-bench-'));
  const path = join(folder, 'sanji.db');
  const vault = new Vault(randomBytes(32));
  const store = await openBenchStore(path, vault);
  try {
    const shop = await store.findShop('peach');
    if (shop === null) throw new Error('no shop');
    await fill(store, shop, path);
    const list = async () => (await store.findDayList('peach', DATE)).rows.length;
    const paper = async () =>
      (await store.findPaper('peach', DATE, { revision: 1, now: NOW }))?.rows.length ?? 0;
    const lines = [await measured(path, { name: 'the draft', read: list })];
    await store.submit(ordering.freezeList({ shop, now: NOW, who: 'system' }, DATE));
    lines.push(await measured(path, { name: 'the frozen list', read: list }));
    lines.push(await measured(path, { name: 'what it said with its first revision', read: paper }));
    return lines;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

type Reading = { readonly name: string; readonly read: () => Promise<number> };

async function measured(path: string, { name, read }: Reading): Promise<string> {
  const db = new Sqlite(path, { readonly: true });
  const bare = db.prepare(
    "SELECT * FROM parcels JOIN orders ON orders.store_id = parcels.store_id AND orders.id = parcels.order_id JOIN people ON people.id = orders.buyer_id WHERE parcels.store_id = 'peach' AND harvest_date = ? AND parcels.state NOT IN ('waiting', 'cancelled') ORDER BY parcels.deposited_at, parcels.booking_seq",
  );
  const rounds = await interleave(ROUNDS, {
    subject: () =>
      timed(async () => {
        const rows = await read();
        if (rows !== ROWS) throw new Error(`${name}: ${rows} rows`);
      }),
    peer: () =>
      timed(async () => {
        if (bare.all(DATE).length !== ROWS) throw new Error('the bare query found other rows');
      }),
  });
  db.close();
  const ratios = rounds.map(({ subject, peer }) => subject / peer);
  const spread = `${Math.min(...ratios).toFixed(1)}–${Math.max(...ratios).toFixed(1)}`;
  const [subject, peer] = (['subject', 'peer'] as const).map((of) =>
    median(rounds.map((round) => round[of])).toFixed(1),
  );
  return `${name}, ${ROWS} rows of ${ORDERS} orders: ${median(ratios).toFixed(1)} of the bare query (${spread}, n=${ROUNDS}; goal ≤ 5); ${subject} ms against ${peer} ms`;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Each row of the list is ordered and paid through the store; between them stand copies of earlier days. */
async function fill(store: SqliteStore, shop: Shop, path: string): Promise<void> {
  const db = new Sqlite(path);
  db.pragma('synchronous = OFF');
  const copies = ['orders', 'parcels'].map((table) => copyOf(db, table));
  for (let row = 0; row < ROWS; row++) {
    const now = new Date(NOW.getTime() + row);
    const { id: buyerId } = await store.meet({ platform: 'kakao', bot: 'b', user: `u${row}` }, now);
    const asked = { shop, now, who: 'buyer' } as const;
    const id = `ord_${String(row).padStart(6, '0')}`;
    await store.submit(ordering.place(asked, { id, buyerId, request: requestOf('peach-4kg') }));
    const money = { amountKrw: null, method: 'manual', reference: null, depositor: null } as const;
    await store.submit(ordering.pay(asked, id, { ...money, at: now.toISOString() }));
    db.transaction(() => {
      for (let no = 1; no < SLICE; no++) for (const copy of copies) copy(id, row * SLICE + no);
    })();
  }
  db.exec('ANALYZE');
  db.close();
}

/** Inserts a row like one that is there, of an order that was delivered in an earlier season. */
function copyOf(db: Sqlite.Database, table: string): (id: string, no: number) => void {
  const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const made: Readonly<Record<string, string>> = {
    id: "'old_' || @no",
    ...(table === 'parcels'
      ? { order_id: "'old_' || @no", state: "'delivered'", harvest_date: '@date', untold: '0' }
      : { code: "'Z9-' || @no", placed_at: '@date' }),
  };
  const values = columns.map((name) => made[name] ?? name);
  const of = table === 'parcels' ? 'order_id' : 'id';
  const insert = db.prepare(
    `INSERT INTO ${table} (${columns.join()}) SELECT ${values.join()} FROM ${table} WHERE store_id = 'peach' AND ${of} = @id LIMIT 1`,
  );
  return (id, no) => void insert.run({ id, no, date: addDays('2024-01-01', no % 900) });
}
