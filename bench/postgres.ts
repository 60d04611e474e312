// PostgreSQL: what grouping commits brings, what a store costs that everybody wants, and the outbox against a
// bare queue. The server, the callers and the store share the machine.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import * as ordering from '../src/orders/ordering.ts';
import { DEFAULT_POLICY, NEW_PRODUCT, type Shop } from '../src/orders/shop.ts';
import type { Store } from '../src/orders/store.ts';
import { Vault } from '../storage/crypto.ts';
import type { Context } from '../storage/operations.ts';
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
const OUTBOX_ROUNDS = 9;
const STORES = 100;
const ROWS = 8000;
/** Taken and committed at once by both sides. */
const CLAIMED = 100;
/** Of one person; all that is due to him is claimed with it. */
const ROWS_EACH = 10;
/** Claims under way at once, as with several people spoken to at the same time. */
const LANES = 2;
/** Fewer than a queue of a store takes. */
const AT_ONCE = 500;
const SAID = { texts: ['P7-001 입금이 확인됐어요. 7/21(화)에 수확해서 보내 드려요.'], choices: [] };
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
    const outbox = await benchOutbox(server);
    return [
      ratioLine(
        'place + pay, 64 callers, 100 stores, grouped against statement by statement',
        grouping,
        '≥ 1.5',
      ),
      ratioLine('one store against 100, both grouped', hot, '≥ 0.5'),
      outbox,
    ];
  } finally {
    await server.remove();
  }
}

type Database = { readonly url: string; readonly context: Context };

async function newDatabase(server: Server, template = 'template1'): Promise<Database> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  await on(server.url('postgres'), (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`),
  );
  const vault = new Vault(randomBytes(32));
  const url = server.url(name);
  if (template === 'template1') await preparePostgres(url, vault.fingerprint);
  const shops = new ShopMemory();
  return { url, context: { vault, holdFor: () => new Set(['kakao']), policyOverride: {}, shops } };
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
  const { url, context } = await newDatabase(server);
  const store = new PostgresStore(url, context, { isPlain });
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

/** Both sides take the same rows: copies of a shop in which so many words are owed. */
async function benchOutbox(server: Server): Promise<string> {
  const { url: owing, context } = await newDatabase(server);
  await oweAll(new PostgresStore(owing, context));
  const copied = async () => {
    const { url } = await newDatabase(server, new URL(owing).pathname.slice(1));
    await on(url, (client) => client.query('ANALYZE'));
    return url;
  };
  const rounds = await interleave(OUTBOX_ROUNDS, {
    subject: async () => deliverAll(new PostgresStore(await copied(), context)),
    peer: async () => dequeueAll(await copied()),
  });
  return ratioLine(
    `outbox rows leased and settled, ${CLAIMED} to a commit, against a bare SKIP LOCKED dequeue of the same rows`,
    rounds,
    '≥ 0.4',
  );
}

async function oweAll(store: PostgresStore): Promise<void> {
  const [shop] = await open(store, 1);
  if (shop === undefined) throw new Error('no shop');
  const now = new Date(START);
  const buyers = await Promise.all(
    Array.from({ length: ROWS / ROWS_EACH }, (_, no) =>
      store.meet({ platform: 'telegram', bot: 'b', user: `u${no}` }, now),
    ),
  );
  const asked = { shop, now, who: 'seller' } as const;
  const money = { amountKrw: 75_000, method: 'manual', reference: null, depositor: null } as const;
  const placeAndPay = async (n: number) => {
    const id = `ord_${n}`;
    const buyerId = buyers[n % buyers.length]?.id ?? '';
    await store.submit(ordering.place(asked, { id, buyerId, request: requestOf('peach') }));
    await store.submit(ordering.pay(asked, id, { ...money, at: now.toISOString() }));
  };
  for (let from = 0; from < ROWS; from += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => placeAndPay(from + n)));
  await store.close();
}

async function deliverAll(store: PostgresStore): Promise<number> {
  const now = new Date(START);
  // Its connections are made, as they are in a server that runs.
  await store.queueFigures(now);
  await store.claimOutbox({ now: new Date(0), leaseMs: 1, limit: 1 });
  const claim = { now, leaseMs: 60_000, limit: CLAIMED / ROWS_EACH };
  const end = { state: 'done', content: SAID } as const;
  let rows = 0;
  const start = performance.now();
  const deliver = async () => {
    for (;;) {
      const claimed = await store.claimOutbox(claim);
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((row) => store.settleOutbox(row, end, now)));
      rows += claimed.length;
    }
  };
  await Promise.all(Array.from({ length: LANES }, deliver));
  const seconds = (performance.now() - start) / 1000;
  await store.close();
  if (rows !== ROWS) throw new Error(`${rows} rows were delivered of ${ROWS}`);
  return rows / seconds;
}

/** Rows marked as done when they are taken: half of the work of a lease, and no word of it read. */
async function dequeueAll(url: string): Promise<number> {
  return on(url, async (client) => {
    const values = [new Date(START).toISOString()];
    const start = performance.now();
    let rows = 0;
    for (;;) {
      const { rowCount } = await client.query({
        name: 'dequeue',
        text: `UPDATE outbox SET state = 'done', due_at = NULL WHERE id IN (
          SELECT id FROM outbox WHERE state = 'due' AND due_at <= $1
          ORDER BY due_at, id LIMIT ${CLAIMED} FOR UPDATE SKIP LOCKED) RETURNING id, data`,
        values,
      });
      if (rowCount === 0 || rowCount === null) break;
      rows += rowCount;
    }
    if (rows !== ROWS) throw new Error(`${rows} rows were taken of ${ROWS}`);
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
