// Commands that share a transaction: what one of them does is neither lost nor taken back with another.
import { expect, test } from 'vitest';
import type { Command } from '../../src/orders/store.ts';
import { newDatabase, openAt } from '../support/postgres.ts';
import { type Farm, openFarm } from '../support/shop.ts';

const STORES = ['a', 'b', 'c', 'd', 'e'];
const EACH = 8;

async function openAll() {
  const store = openAt(await newDatabase());
  const farms: Farm[] = [];
  for (const id of STORES)
    farms.push(await openFarm(store, { id, policy: { dailyCapBoxes: 500 } }));
  const before = { ...store.counts };
  const commitsSince = () => store.counts.commits - before.commits;
  return { store, farms, commitsSince };
}

const kindOf = (end: PromiseSettledResult<unknown>) =>
  end.status === 'fulfilled' ? 'done' : ((end.reason as { code?: string }).code ?? 'broken');

test('of many stores go over the wire together, and share a commit', async () => {
  const { store, farms, commitsSince } = await openAll();
  const ids = Array.from({ length: EACH }, (_, no) => no);
  await Promise.all(
    farms.flatMap((farm) => ids.map((no) => farm.place(`ord_${farm.shop.id}${no}`))),
  );
  expect(commitsSince()).toBeLessThan((STORES.length * EACH) / 3);
  for (const { shop } of farms) {
    const orders = await store.findOrders({ storeId: shop.id, limit: 100 });
    expect(new Set(orders.map(({ code }) => code)).size).toBe(EACH);
  }
  await store.close();
});

test('one that is refused after it has written is taken back alone, not a code of its store is lost', async () => {
  const { store, farms } = await openAll();
  const ends = await Promise.allSettled(
    farms.flatMap((farm) => [
      farm.place(`ord_${farm.shop.id}1`),
      // It draws a code before the rules refuse it.
      farm.place(`ord_${farm.shop.id}2`, { boxes: 501 }),
      farm.place(`ord_${farm.shop.id}3`),
    ]),
  );
  expect(ends.map(kindOf)).toEqual(STORES.flatMap(() => ['done', 'over_capacity', 'done']));
  for (const { shop } of farms) {
    const orders = await store.findOrders({ storeId: shop.id, limit: 10 });
    expect(orders.map(({ code }) => code.slice(-3)).toSorted()).toEqual(['001', '002']);
  }
  expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
  await store.close();
});

test('one that breaks, one whose id is taken and one whose key is used elsewhere harm no other', async () => {
  const { store, farms } = await openAll();
  const [a, b, c, d] = farms;
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error();
  await a.place('ord_taken');
  const broken: Command<never> = {
    ...b.placing('ord_broken'),
    decide: () => {
      throw new TypeError('a bug');
    },
  };
  const keyed = (farm: Farm, id: string) => ({ ...farm.placing(id), request: { key: 'one' } });
  const ends = await Promise.allSettled([
    a.place('ord_taken'),
    store.submit(broken),
    store.submit(keyed(c, 'ord_c')),
    store.submit(keyed(d, 'ord_d')),
    ...farms.map((farm) => farm.place(`ord_${farm.shop.id}9`)),
  ]);
  expect(ends.slice(0, 2).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(ends.slice(2).map(kindOf)).toEqual(Array.from({ length: 7 }, () => 'done'));
  // One of both had the effect, the other its answer.
  const found = await Promise.all([store.findOrder('c', 'ord_c'), store.findOrder('d', 'ord_d')]);
  expect(found.filter((order) => order !== null)).toHaveLength(1);
  expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
  await store.close();
});

test('messages that were sent together are settled together, and what another worker has by now is his', async () => {
  const store = openAt(await newDatabase());
  const farm = await openFarm(store, { platform: 'telegram', policy: { dailyCapBoxes: 500 } });
  for (let no = 0; no < 30; no++) await farm.placePaid(`ord_${no}`);
  const { now } = farm.asked();
  const rows = await store.claimOutbox({ now, leaseMs: 60_000, limit: 30 });
  expect(rows).toHaveLength(30);
  const [lost, failed, ...sent] = rows;
  if (lost === undefined || failed === undefined) throw new Error('nothing is owed');
  const before = store.counts.commits;
  const ends = await Promise.all([
    store.settleOutbox({ ...lost, claims: lost.claims + 1 }, { state: 'done', content: 'x' }, now),
    store.settleOutbox(failed, { state: 'dead', cause: 'blocked', content: null }, now),
    ...sent.map((row) =>
      store.settleOutbox(
        row,
        { state: 'done', content: { texts: [`{"${row.id}"}, NULL \\`] } },
        now,
      ),
    ),
  ]);
  expect(store.counts.commits - before).toBeLessThan(5);
  expect(ends).toEqual(['taken', 'settled', ...sent.map(() => 'settled')]);
  const states = new Map(
    (await store.listOutbox({ limit: 50 })).map(({ id, state }) => [id, state]),
  );
  expect(states.get(lost.id)).toBe('due');
  expect(states.get(failed.id)).toBe('dead');
  expect(sent.every(({ id }) => states.get(id) === 'done')).toBe(true);
  await store.close();
});
