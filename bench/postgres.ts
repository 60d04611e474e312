// PostgreSQL: what grouping commits brings, what a store costs that everybody wants, and the outbox against a
// bare queue. The server, the callers and the store share the machine.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import * as ordering from '../src/orders/ordering.ts';
import { DEFAULT_POLICY, NEW_PRODUCT, type Shop } from '../src/orders/shop.ts';
import type { Store } from '../src/orders/store.ts';
import { Vault } from '../storage/crypto.ts';
import { PostgresStore } from '../storage/postgres.ts';
import { preparePostgres } from '../storage/postgres-open.ts';
import { ShopMemory } from '../storage/shops.ts';
import { type Server, startServer } from '../tests/support/postgres-server.ts';
import { interleave, ratioLine } from './measure.ts';
import { requestOf } from './store.ts';

const CALLERS = 64;
const PAIRS = 1500;
/** Orders before the clock starts, so that there is something to look at for the server's statistics. */
const WARM_PAIRS = 300;
const ROUNDS = 5;
const STORES = 100;
const ROWS = 2000;
const CLAIMED = 100;
/** Fewer than a queue of a store takes. */
const AT_ONCE = 500;
const START = Date.parse('2026-07-20T03:00:00.000Z');
const POLICY = { ...DEFAULT_POLICY, dailyCapBoxes: 1_000_000, closedWeekdays: [] };

export async function benchPostgres(): Promise<string[]> {
  const server = await startServer({ isDurable: true });
  try {
    const run =
      (stores: number, isPlain = false) =>
      async () =>
        (await placeAndPay(server, { stores, isPlain })).perSecond;
    const grouping = await interleave(ROUNDS, { subject: run(STORES), peer: run(STORES, true) });
    const hot = await interleave(ROUNDS, { subject: run(1), peer: run(STORES) });
    const outbox = await interleave(ROUNDS, {
      subject: () => throughOutbox(server),
      peer: () => bareQueue(server),
    });
    return [
      ratioLine(
        'place + pay, 64 callers, 100 stores, grouped against statement by statement',
        grouping,
        '≥ 1.5',
      ),
      ratioLine('one store against 100, both grouped', hot, '≥ 0.5'),
      ratioLine(
        'outbox rows leased and settled against a bare SKIP LOCKED dequeue',
        outbox,
        '≥ 0.4',
      ),
    ];
  } finally {
    await server.remove();
  }
}

async function newStore(
  server: Server,
  isPlain = false,
): Promise<{ store: PostgresStore; url: string }> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  await on(server.url('postgres'), (client) => client.query(`CREATE DATABASE ${name}`));
  const vault = new Vault(randomBytes(32));
  const url = server.url(name);
  await preparePostgres(url, vault.fingerprint);
  const context = {
    vault,
    holdFor: new Set(['kakao']),
    policyOverride: {},
    shops: new ShopMemory(),
  };
  return { store: new PostgresStore(url, context, { isPlain }), url };
}

async function open(store: Store, stores: number): Promise<readonly Shop[]> {
  const shops: Shop[] = [];
  for (let no = 0; no < stores; no++) {
    const id = `farm-${no}`;
    await store.putShop({ id, name: id, state: 'open', policy: POLICY, business: null });
    await store.putProduct(id, { id: 'peach', name: '복숭아', priceKrw: 35_000, ...NEW_PRODUCT });
    const shop = await store.findShop(id);
    if (shop !== null) shops.push(shop);
  }
  return shops;
}

async function placeAndPay(
  server: Server,
  { stores, isPlain }: { readonly stores: number; readonly isPlain: boolean },
): Promise<{ readonly perSecond: number }> {
  const { store, url } = await newStore(server, isPlain);
  const shops = await open(store, stores);
  const person = await store.meet({ platform: 'kakao', bot: 'b', user: 'u' }, new Date(START));
  let next = 0;
  const call = async (until: number) => {
    while (next < until) {
      const n = next++;
      const shop = shops[n % shops.length];
      if (shop === undefined) return;
      const asked = { shop, now: new Date(START + n), who: 'buyer' } as const;
      const placing = { id: `ord_${n}`, buyerId: person.id, request: requestOf('peach') };
      await store.submit(ordering.place(asked, placing));
      const money = {
        amountKrw: 75_000,
        method: 'manual',
        reference: null,
        depositor: null,
      } as const;
      const payment = { ...money, at: asked.now.toISOString() };
      await store.submit(ordering.pay({ ...asked, who: 'seller' }, placing.id, payment));
    }
  };
  const callTo = (until: number) => Promise.all(Array.from({ length: CALLERS }, () => call(until)));
  await callTo(WARM_PAIRS);
  // A server does this by itself within a minute; until then it walks through all parcels of a store.
  await on(url, (client) => client.query('ANALYZE'));
  const start = performance.now();
  await callTo(WARM_PAIRS + PAIRS);
  const seconds = (performance.now() - start) / 1000;
  await store.close();
  return { perSecond: PAIRS / seconds };
}

async function throughOutbox(server: Server): Promise<number> {
  const { store } = await newStore(server);
  const [shop] = await open(store, 1);
  if (shop === undefined) throw new Error('no shop');
  const now = new Date(START);
  const buyers = await Promise.all(
    Array.from({ length: ROWS / 10 }, (_, no) =>
      store.meet({ platform: 'telegram', bot: 'b', user: `u${no}` }, now),
    ),
  );
  const asked = { shop, now, who: 'seller' } as const;
  const placed = async (n: number) => {
    const buyerId = buyers[n % buyers.length]?.id ?? '';
    await store.submit(
      ordering.place(asked, { id: `ord_${n}`, buyerId, request: requestOf('peach') }),
    );
    const money = {
      amountKrw: 75_000,
      method: 'manual',
      reference: null,
      depositor: null,
    } as const;
    await store.submit(ordering.pay(asked, `ord_${n}`, { ...money, at: now.toISOString() }));
  };
  for (let from = 0; from < ROWS; from += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => placed(from + n)));
  const start = performance.now();
  let rows = 0;
  for (;;) {
    const claimed = await store.claimOutbox({ now, leaseMs: 60_000, limit: CLAIMED });
    if (claimed.length === 0) break;
    const end = { state: 'done', content: null } as const;
    await Promise.all(claimed.map((row) => store.settleOutbox(row, end, now)));
    rows += claimed.length;
  }
  const seconds = (performance.now() - start) / 1000;
  await store.close();
  return rows / seconds;
}

/** Rows marked as done when they are taken: half of the work of a lease, and no word of it read. */
async function bareQueue(server: Server): Promise<number> {
  return on(server.url('postgres'), async (client) => {
    await client.query(`DROP TABLE IF EXISTS queue; CREATE TABLE queue (id bigint PRIMARY KEY,
      state text NOT NULL, due_at text NOT NULL, data text NOT NULL);
      CREATE INDEX queue_due ON queue (due_at) WHERE state = 'due';
      INSERT INTO queue SELECT n, 'due', '2026', '{"code":"P7-001"}' FROM generate_series(1, ${ROWS * 10}) n`);
    const start = performance.now();
    let rows = 0;
    for (;;) {
      const { rowCount } = await client.query({
        name: 'dequeue',
        text: `UPDATE queue SET state = 'done' WHERE id IN (SELECT id FROM queue WHERE state = 'due'
          AND due_at <= '2027' ORDER BY due_at, id LIMIT ${CLAIMED} FOR UPDATE SKIP LOCKED)
          RETURNING id, data`,
      });
      if (rowCount === 0 || rowCount === null) break;
      rows += rowCount;
    }
    return rows / ((performance.now() - start) / 1000);
  });
}

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
