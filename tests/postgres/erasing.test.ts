// A person is erased by one process while another one takes his order: either he is gone before it, or he stays.
import { expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { newDatabase, on, openAt } from '../support/postgres.ts';
import { MONDAY_NOON, openFarm, refused, requestFor } from '../support/shop.ts';

async function openTwo() {
  const url = await newDatabase();
  const [one, other] = [openAt(url), openAt(url)];
  const farm = await openFarm(one);
  const close = () => Promise.all([one.close(), other.close()]);
  return { url, one, other, farm, close };
}

/** Ends when so many wait for a lock on this database. */
async function untilWaiting(url: string, count: number): Promise<void> {
  // On a connection of its own: within a transaction the server shows the same moment again and again.
  await on(url, async (client) => {
    for (;;) {
      const { rows } = await client.query(`SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`);
      if (rows.length >= count) return;
    }
  });
}

test('an order for whom another process has erased is refused, though his key is still known', async () => {
  const { one, other, farm, close } = await openTwo();
  await other.forgetPerson(farm.buyerId, MONDAY_NOON);
  expect(await refused(farm.place('ord_late'))).toBe('not_found');
  expect(await one.findOrder('peach', 'ord_late')).toBeNull();
  await close();
});

test('who is to be erased while his order is being written stays as long as it is open', async () => {
  const { url, one, other, farm, close } = await openTwo();
  await on(url, async (client) => {
    // The order waits for its code, with all it has read.
    await client.query(`BEGIN; INSERT INTO counters VALUES ('peach', 'order', 0)`);
    const placed = farm.place('ord_1');
    await untilWaiting(url, 1);
    const forgotten = other.forgetPerson(farm.buyerId, MONDAY_NOON);
    await untilWaiting(url, 2);
    await client.query('COMMIT');
    await placed;
    expect(await forgotten).toMatchObject({ isErased: false, keptOrders: [{ id: 'ord_1' }] });
  });
  expect((await one.findOrder('peach', 'ord_1'))?.parcels[0]?.recipient).toBe('박철수1');
  await close();
});

test('who orders and is erased at the same moment is either gone before his order, or stays', async () => {
  const store = openAt(await newDatabase());
  const farms = [await openFarm(store, { id: 'plum' }), await openFarm(store, { id: 'peach' })];
  for (let no = 0; no < 10; no++) {
    const sender = { platform: 'kakao', bot: 'bot', user: `user-${no}` };
    const { id: buyerId } = await store.meet(sender, MONDAY_NOON);
    const orderId = `ord_${no}`;
    const place = ({ asked }: (typeof farms)[number]) =>
      store.submit(ordering.place(asked(), { id: orderId, buyerId, request: requestFor({}) }));
    const beside = store.meet({ ...sender, user: `beside-${no}` }, MONDAY_NOON);
    const forgetting = store.forgetPerson(buyerId, MONDAY_NOON);
    // With the first step of forgetting behind both, its last one and the orders come in at once.
    await beside;
    const placed = await Promise.allSettled(farms.map(place));
    const isPlaced = placed.some(({ status }) => status === 'fulfilled');
    expect((await forgetting)?.isErased).toBe(!isPlaced);
  }
  await store.close();
});
