// Place + pay through the Store with 64 callers, against a hand-written loop that does the same
// reads, sealing, statements and group commits with nothing between.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import * as ordering from '../src/orders/ordering.ts';
import type { OrderRequest } from '../src/orders/placing.ts';
import { DEFAULT_POLICY, NEW_PRODUCT, type Product, type Shop } from '../src/orders/shop.ts';
import { Vault } from '../storage/crypto.ts';
import { ShopMemory } from '../storage/shops.ts';
import { openSqlite, type SqliteStore } from '../storage/sqlite.ts';
import { interleave, ratioLine } from './measure.ts';

const CALLERS = 64;
const PAIRS = 4000;
const ROUNDS = 5;
const START = Date.parse('2026-07-20T03:00:00.000Z');
const POLICY = { ...DEFAULT_POLICY, dailyCapBoxes: 1_000_000, closedWeekdays: [] };
const PEACH: Product = {
  id: 'peach-4kg',
  name: '복숭아 4kg',
  priceKrw: 35_000,
  ...NEW_PRODUCT,
};
const PERSONAL = { buyer: { name: null, phone: null }, sender: null, depositor: null, memo: null };
const PARCEL = {
  recipient: '박철수',
  phone: '01012345678',
  postcode: null,
  address: '서울 노원구 동일로 1729 한솔마을 103동 1204호',
  memo: null,
};

export async function benchStore(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-bench-'));
  try {
    const commits: number[] = [];
    const levels: number[] = [];
    let file = 0;
    const rounds = await interleave(ROUNDS, {
      subject: async () => {
        const rate = await throughStore(join(folder, `store-${file++}.db`), CALLERS, PAIRS);
        commits.push(rate.commitsPerCommand);
        levels.push(rate.synchronous);
        return rate.perSecond;
      },
      peer: async () => byHand(join(folder, `hand-${file++}.db`)),
    });
    const lone = await throughStore(join(folder, 'lone.db'), 1, 200);
    return [
      ratioLine('place + pay, 64 callers', rounds, '≥ 0.60'),
      `COMMITs per acknowledged command: ${Math.max(...commits).toFixed(3)} at 64 callers (goal ≤ 0.1), ${lone.commitsPerCommand} at one (goal 1)`,
      `synchronous: ${[...new Set(levels)].join()} (2 = FULL)`,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function openBenchStore(path: string, vault: Vault): Promise<SqliteStore> {
  const holdFor = () => new Set(['kakao']);
  const shops = new ShopMemory();
  const store = openSqlite(path, { vault, holdFor, policyOverride: {}, shops });
  await store.putShop({
    id: 'peach',
    name: '햇살농원',
    state: 'open',
    policy: POLICY,
    business: null,
  });
  await store.putProduct('peach', PEACH);
  return store;
}

async function throughStore(path: string, callers: number, pairs: number) {
  const vault = new Vault(randomBytes(32));
  const store = await openBenchStore(path, vault);
  const shop = await store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  const person = await store.meet({ platform: 'kakao', bot: 'b', user: 'u' }, new Date(START));
  const before = { ...store.counts };
  const start = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < pairs) await placeAndPay(store, { shop, buyerId: person.id, n: next++ });
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const commits = store.counts.commits - before.commits;
  const commands = store.counts.commands - before.commands;
  const { synchronous } = store;
  await store.close();
  return { perSecond: pairs / seconds, commitsPerCommand: commits / commands, synchronous };
}

/** Two boxes for one recipient. */
export function requestOf(product: string): OrderRequest {
  const parcels = [{ ...PARCEL, wanted: null, items: [{ product, boxes: 2 }] }];
  return { ...PERSONAL, parcels };
}

async function placeAndPay(
  store: SqliteStore,
  { shop, buyerId, n }: { shop: Shop; buyerId: string; n: number },
): Promise<void> {
  const now = new Date(START + n);
  const asked = { shop, now, who: 'buyer' } as const;
  const id = `ord_${n}`;
  await store.submit(ordering.place(asked, { id, buyerId, request: requestOf('peach-4kg') }));
  const payment = {
    amountKrw: 75_000,
    method: 'manual',
    reference: null,
    depositor: null,
    at: now.toISOString(),
  } as const;
  await store.submit(ordering.pay({ ...asked, who: 'seller' }, id, payment));
}

/** The same rows by prepared statements, 64 commands to a transaction, a savepoint each. */
async function byHand(path: string): Promise<number> {
  const vault = new Vault(randomBytes(32));
  const store = await openBenchStore(path, vault);
  const person = await store.meet({ platform: 'kakao', bot: 'b', user: 'u' }, new Date(START));
  await store.close();
  const db = new Sqlite(path);
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  const run = handWritten(db, vault, person.id);
  const start = performance.now();
  for (let from = 0; from < PAIRS; from += CALLERS) {
    const batch = Array.from(
      { length: Math.min(CALLERS, PAIRS - from) },
      (_, index) => from + index,
    );
    // Each caller waits for its place before it pays: two commits a round, as through the Store.
    run(batch.map((n) => () => run.place(n)));
    run(batch.map((n) => () => run.pay(n)));
    await new Promise(setImmediate);
  }
  const seconds = (performance.now() - start) / 1000;
  db.close();
  return PAIRS / seconds;
}

function handWritten(db: Sqlite.Database, vault: Vault, buyerId: string) {
  const terms = JSON.stringify({
    boxesPerFee: 2,
    feeKrw: 5000,
    jejuFeeKrw: 0,
    islandFeeKrw: 0,
    freeFromKrw: null,
    transitDays: 1,
  });
  const items = JSON.stringify([
    { product: 'peach-4kg', name: '복숭아 4kg', boxes: 2, priceKrw: 35_000 },
  ]);
  const packages = JSON.stringify([
    { no: 1, boxes: 2, carrier: null, waybill: null, state: null, lastEvent: null },
  ]);
  const s = {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    savepoint: db.prepare('SAVEPOINT command'),
    release: db.prepare('RELEASE command'),
    counter: db.prepare(
      "INSERT INTO counters VALUES ('peach', 'order', 1) ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value",
    ),
    days: db.prepare("SELECT * FROM days WHERE store_id = 'peach' AND date >= ?"),
    unpaid: db.prepare(
      "SELECT harvest_date, sum(boxes) FROM parcels WHERE store_id = 'peach' AND state = 'waiting' AND booking_seq IS NULL AND harvest_date > '' GROUP BY harvest_date",
    ),
    order: db.prepare('SELECT * FROM orders WHERE store_id = ? AND id = ?'),
    parcels: db.prepare(
      'SELECT parcels.*, list_rows.row FROM parcels LEFT JOIN list_rows ON list_rows.store_id = parcels.store_id AND list_rows.parcel_id = parcels.id AND list_rows.struck_revision IS NULL WHERE parcels.store_id = ? AND parcels.order_id = ? ',
    ),
    insertOrder: db.prepare(
      "INSERT INTO orders (store_id, id, code, buyer_id, placed_at, terms_version, terms, sealed, state, goods_krw, shipping_krw, surcharge_krw, total_krw, paid_krw, refunded_krw, refund_due_krw, pay_by) VALUES ('peach', ?, ?, ?, ?, 'v', ?, ?, 'awaiting_payment', 70000, 5000, 0, 75000, 0, 0, 0, ?)",
    ),
    insertParcel: db.prepare(
      "INSERT INTO parcels (store_id, id, order_id, no, buyer_id, items, boxes, region, shipping_krw, surcharge_krw, state, harvest_date, packages, sealed) VALUES ('peach', ?, ?, 1, ?, ?, 2, 'mainland', 5000, 0, 'waiting', '2026-07-21', ?, ?)",
    ),
    event: db.prepare(
      "INSERT INTO events (store_id, order_id, parcel_id, at, who, event, detail) VALUES ('peach', ?, ?, ?, 'buyer', ?, ?)",
    ),
    ledger: db.prepare(
      "INSERT INTO ledger (store_id, order_id, kind, amount_krw, method, at, booked_at) VALUES ('peach', ?, 'payment', 75000, 'manual', ?, ?) RETURNING id",
    ),
    updateOrder: db.prepare(
      "UPDATE orders SET state = 'paid', paid_krw = 75000, paid_at = ?, deposited_at = ?, booking_seq = ? WHERE store_id = 'peach' AND id = ?",
    ),
    schedule: db.prepare(
      "UPDATE parcels SET state = 'scheduled', harvest_date = '2026-07-21', deposited_at = ?, booking_seq = ? WHERE store_id = 'peach' AND id = ?",
    ),
    person: db.prepare('SELECT * FROM people WHERE id = ?'),
    outbox: db.prepare(
      "INSERT INTO outbox (store_id, person_id, key, kind, order_id, data, state, created_at, attempts) VALUES ('peach', ?, ?, 'paid', ?, '{\"code\":\"P7-001\",\"moved\":[]}', 'held', ?, 0) ON CONFLICT DO NOTHING",
    ),
    day: db.prepare(
      "INSERT INTO days VALUES ('peach', '2026-07-21', 1000000, 'default', ?, ?, 0, 0, NULL, 0) ON CONFLICT DO UPDATE SET reserved_boxes = excluded.reserved_boxes, product_boxes = excluded.product_boxes",
    ),
  };
  function run(commands: readonly (() => void)[]): void {
    s.begin.run();
    for (const command of commands) {
      s.savepoint.run();
      command();
      s.release.run();
    }
    s.commit.run();
  }
  run.place = (n: number) => {
    const at = new Date(START + n).toISOString();
    s.counter.get();
    s.days.all('2026-07-20');
    s.unpaid.all();
    const id = `ord_${n}`;
    const parcelId = `par_${n}-1`;
    const own = vault.sealFor(buyerId, id, PERSONAL);
    s.insertOrder.run(id, `P7-${n}`, buyerId, at, terms, own, at);
    s.insertParcel.run(
      parcelId,
      id,
      buyerId,
      items,
      packages,
      vault.sealFor(buyerId, parcelId, PARCEL),
    );
    s.event.run(id, null, at, 'placed', '{"totalKrw":75000}');
  };
  run.pay = (n: number) => {
    const at = new Date(START + n).toISOString();
    const id = `ord_${n}`;
    s.order.all('peach', id);
    s.parcels.all('peach', id);
    const days = s.days.all('2026-07-20') as { reserved_boxes: number }[];
    const reserved = (days[0]?.reserved_boxes ?? 0) + 2;
    const row = s.ledger.get(id, at, at) as { id: number };
    s.updateOrder.run(at, at, row.id, id);
    s.schedule.run(at, row.id, `par_${n}-1`);
    s.event.run(id, null, at, 'paid', '{"amountKrw":75000,"method":"manual"}');
    s.event.run(id, `par_${n}-1`, at, 'scheduled', '{"date":"2026-07-21"}');
    s.person.all(buyerId);
    s.outbox.run(buyerId, `paid:${id}:${at}:0:${buyerId}`, id, at);
    s.day.run(reserved, JSON.stringify({ 'peach-4kg': reserved }));
  };
  return run;
}
