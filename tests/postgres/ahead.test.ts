// What the commands of a store want to know first is asked for all of them at once. Whatever they are, the books
// afterwards are those of the same commands one after another.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyDatabase, newDatabase, on, openAt } from '../support/postgres.ts';
import { type Farm, openFarm, TUESDAY } from '../support/shop.ts';

const RUNS = 60;
const LIMIT_MS = 120_000;
const STORES = ['plum', 'peach'];

/** Ids and marks that are drawn anew are left out, and so is what is sealed. */
const BOOKS = [
  `SELECT store_id, id, code, state, total_krw, paid_krw, refunded_krw, refund_due_krw, paid_at,
     CASE WHEN booking_seq IS NOT NULL THEN rank() OVER (PARTITION BY store_id ORDER BY booking_seq) END AS place
   FROM orders ORDER BY store_id, id`,
  `SELECT store_id, id, order_id, items, boxes, state, harvest_date, deposited_at, packages,
     CASE WHEN booking_seq IS NOT NULL THEN rank() OVER (PARTITION BY store_id ORDER BY booking_seq) END AS place
   FROM parcels ORDER BY store_id, id`,
  'SELECT * FROM days ORDER BY store_id, date',
  `SELECT * FROM counters WHERE store_id <> '' ORDER BY store_id`,
  'SELECT store_id, order_id, kind, amount_krw, method, at FROM ledger ORDER BY store_id, id',
  'SELECT store_id, order_id, amount_krw, state FROM refunds ORDER BY store_id, order_id, amount_krw',
  'SELECT store_id, order_id, parcel_id, who, event, detail FROM events ORDER BY store_id, id',
  'SELECT * FROM list_rows ORDER BY store_id, date, "row"',
  `SELECT store_id, order_id, kind, state, audience, due_at FROM outbox
   ORDER BY store_id, order_id, kind, data`,
];

const acts = fc.array(
  fc.record({
    store: fc.nat({ max: STORES.length - 1 }),
    what: fc.constantFrom('place', 'place', 'pay', 'pay', 'pay', 'cancel', 'cap', 'freeze'),
    /** Of the orders that were placed before. */
    order: fc.nat({ max: 30 }),
    boxes: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 2, maxLength: 30 },
);
type Act = (typeof acts extends fc.Arbitrary<infer T> ? T : never)[number];

function starter(farms: readonly Farm[]): (act: Act) => Promise<unknown> {
  const placed = new Map<Farm, string[]>();
  return ({ store, what, order, boxes }) => {
    const farm = farms[store];
    if (farm === undefined) throw new Error('no farm');
    const ids = placed.get(farm) ?? [];
    const id = ids[order % Math.max(1, ids.length)] ?? 'ord_none';
    if (what === 'pay') return farm.pay(id);
    if (what === 'cancel') return farm.cancel(id);
    if (what === 'freeze') return farm.freeze(TUESDAY);
    if (what === 'cap') return farm.cap(TUESDAY, 2 * boxes);
    const fresh = `ord_${farm.shop.id}_${ids.length}`;
    placed.set(farm, [...ids, fresh]);
    return farm.place(fresh, { boxes }, { boxes: 1, recipient: '이영희' });
  };
}

const endOf = (end: PromiseSettledResult<unknown>) =>
  end.status === 'fulfilled' ? 'done' : ((end.reason as { code?: string }).code ?? 'broken');

async function play(url: string, all: readonly (readonly Act[])[], isAtOnce: boolean) {
  await emptyDatabase(url);
  const store = openAt(url);
  const policy = { dailyCapBoxes: 6, closedWeekdays: [] };
  const farms: Farm[] = [];
  for (const id of STORES) farms.push(await openFarm(store, { id, policy }));
  const start = starter(farms);
  const ends: string[] = [];
  for (const together of all)
    if (isAtOnce) ends.push(...(await Promise.allSettled(together.map(start))).map(endOf));
    else
      for (const act of together) ends.push(...(await Promise.allSettled([start(act)])).map(endOf));
  const { commits } = store.counts;
  await store.close();
  const books = await on(url, async (client) => {
    const found = [];
    for (const sql of BOOKS) found.push((await client.query(sql)).rows);
    return found;
  });
  return { ends, books, commits };
}

test(
  'commands that come at once end as the same commands one after another, with the same books',
  async () => {
    const [one, other] = [await newDatabase(), await newDatabase()];
    let saved = 0;
    const rounds = fc.array(acts, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const inTurn = await play(one, all, false);
        const atOnce = await play(other, all, true);
        expect(atOnce.ends).toEqual(inTurn.ends);
        expect(atOnce.books).toEqual(inTurn.books);
        saved += inTurn.commits - atOnce.commits;
      }),
      { numRuns: RUNS },
    );
    expect(saved).toBeGreaterThan(RUNS);
  },
  LIMIT_MS,
);
