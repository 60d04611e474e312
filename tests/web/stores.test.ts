import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../src/orders/shop.ts';
import { MONDAY, TUESDAY, WEDNESDAY } from '../support/shop.ts';
import { expectProblem, openWeb, PEACHES, parcelBody, type Web } from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
});

describe('stores', () => {
  test('are made with every default and changed field by field', async () => {
    const body = { id: 'peach', name: '햇살농원', policy: { dailyCapBoxes: 10 } };
    const made = await web.send('POST', '/stores', { body });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: 'peach',
      name: '햇살농원',
      state: 'open',
      products: [],
      policy: { ...DEFAULT_POLICY, dailyCapBoxes: 10 },
      business: null,
    });
    const changed = await web.send('PATCH', '/stores/peach', {
      body: { state: 'paused', policy: { listAt: '05:30', weekdayCapBoxes: { mon: 5 } } },
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      name: '햇살농원',
      state: 'paused',
      policy: { dailyCapBoxes: 10, listAt: '05:30', weekdayCapBoxes: { mon: 5 } },
    });
  });

  test('two changes at once both stand', async () => {
    await web.openStore('peach');
    const { store } = web;
    const { findShop, putShop } = store;
    let reads = 0;
    store.findShop = (id) => {
      reads++;
      return findShop(id);
    };
    // Writes only when the other change has read too, or had every chance to.
    store.putShop = async (shop) => {
      for (let turn = 0; turn < 500 && reads < 2; turn++) await new Promise(setImmediate);
      return putShop(shop);
    };
    const changes = [{ policy: { feeKrw: 6000 } }, { policy: { horizonDays: 30 } }];
    await Promise.all(changes.map((body) => web.send('PATCH', '/stores/peach', { body })));
    const { policy } = (await findShop('peach')) ?? {};
    expect(policy).toMatchObject({ feeKrw: 6000, horizonDays: 30 });
  });

  test('a changed policy moves whom it moves', async () => {
    await web.openStore('peach');
    const { id } = await web.order({}, { isPaid: true });
    const dateOf = async () => (await web.store.findOrder('peach', id))?.parcels[0]?.harvestDate;
    const change = (closedDates: readonly string[]) =>
      web.send('PATCH', '/stores/peach', { body: { policy: { closedDates } } });
    await change([TUESDAY]);
    expect(await dateOf()).toBe(WEDNESDAY);
    const { body } = await web.send('GET', '/stores/peach', { key: null });
    const dates = body.dates.map(({ date }: { date: string }) => date);
    expect(dates).toContain(WEDNESDAY);
    expect(dates).not.toContain(TUESDAY);
    await change([]);
    expect(await dateOf()).toBe(TUESDAY);
  });

  test('of two made at once under one id the second is refused', async () => {
    const make = (name: string) => web.send('POST', '/stores', { body: { id: 'plum', name } });
    const answers = await Promise.all([make('하나'), make('둘')]);
    expect(answers.map(({ status }) => status)).toEqual([201, 409]);
    expect((await web.store.findShop('plum'))?.name).toBe('하나');
  });

  test('are listed for anybody, page by page, without what is not for everybody', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await web.openStore(id);
    await web.send('PATCH', '/stores/c', { body: { state: 'archived' } });
    await web.send('PATCH', '/stores/d', { body: { state: 'paused' } });
    const first = await web.send('GET', '/stores?limit=2', { key: null });
    expect(first.body.stores[0]).toEqual({
      id: 'a',
      name: '농원 a',
      open: true,
      products: [{ ...PEACHES, origin: null, available: true }],
    });
    expect(first.text).not.toMatch(/policy|bank|301-0000/);
    const rest = await web.send('GET', `/stores?limit=2&cursor=${first.body.next}`, { key: null });
    expect(rest.body).toMatchObject({ stores: [{ id: 'd', open: false }], next: null });
    expectProblem(await web.send('GET', '/stores/c', { key: null }), 'not_found', 404);
  });

  test('one store shows its next open days with the room that is left', async () => {
    await web.openStore('peach');
    await web.send('PUT', `/stores/peach/caps/${WEDNESDAY}`, { body: { capBoxes: 7 } });
    await web.order({ parcels: [parcelBody()] }, { isPaid: true });
    const shown = await web.send('GET', '/stores/peach', { key: null });
    expect(Object.keys(shown.body)).toEqual(['id', 'name', 'open', 'products', 'dates']);
    expect(shown.body.dates.slice(0, 3)).toEqual([
      // Past the cut-off: today's harvest is given away.
      { date: MONDAY, capBoxes: 40, leftBoxes: 0 },
      { date: TUESDAY, capBoxes: 40, leftBoxes: 38 },
      { date: WEDNESDAY, capBoxes: 7, leftBoxes: 7 },
    ]);
    expect(shown.body.dates).toHaveLength(10);
  });
});

describe('products', () => {
  test('are made and changed; their store is named only when several have one', async () => {
    await web.openStore('peach');
    const changed = await web.send('PATCH', '/products/peach-4kg', { body: { priceKrw: 36_000 } });
    expect(changed.body).toMatchObject({ ...PEACHES, priceKrw: 36_000, state: 'on_sale' });
    await web.openStore('plum');
    const body = { state: 'sold_out' };
    expectProblem(await web.send('PATCH', '/products/peach-4kg', { body }), 'ambiguous', 409);
    await web.send('PATCH', '/products/peach-4kg?store=plum', { body });
    const { stores } = (await web.send('GET', '/stores')).body;
    expect(stores.map((store: (typeof stores)[0]) => store.products[0].available)).toEqual([
      true,
      false,
    ]);
  });

  test('a season that ends before it starts is refused', async () => {
    await web.openStore('peach');
    const body = { saleFrom: '2026-08-01', saleTo: '2026-07-01' };
    expectProblem(await web.send('PATCH', '/products/peach-4kg', { body }), 'bad_request', 400);
  });
});

test('a lowered cap moves parcels and says where to', async () => {
  await web.openStore('peach');
  const parcels = ['가', '나'].map((recipient) => parcelBody({ recipient }));
  await web.order({ parcels }, { isPaid: true });
  const answer = await web.send('PUT', `/stores/peach/caps/${TUESDAY}`, { body: { capBoxes: 2 } });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    date: TUESDAY,
    capBoxes: 2,
    reservedBoxes: 2,
    moved: [{ parcel: 'par_1-2', from: TUESDAY, to: WEDNESDAY }],
  });
  const { history } = (await web.send('GET', '/order/ord_1')).body.order;
  expect(history.at(-1)).toMatchObject({ who: 'farmer', event: 'moved' });
});

describe('the list of orders', () => {
  test('goes newest first through pages, by store, state and day', async () => {
    await web.openStore('peach');
    await web.openStore('plum');
    for (const store of ['peach', 'plum', 'peach']) {
      web.clock.now = new Date(web.clock.now.getTime() + 1000);
      await web.order({ store }, { isPaid: store === 'plum' });
    }
    const idsOf = async (query: string) => {
      const { orders, next } = (await web.send('GET', `/orders${query}`)).body;
      return { ids: orders.map(({ id }: { id: string }) => id), next };
    };
    const first = await idsOf('?limit=2');
    expect(first.ids).toEqual(['ord_3', 'ord_2']);
    expect(await idsOf(`?limit=2&cursor=${first.next}`)).toEqual({ ids: ['ord_1'], next: null });
    expect((await idsOf('?store=peach')).ids).toEqual(['ord_3', 'ord_1']);
    expect((await idsOf('?store=peach&limit=1')).next).not.toBeNull();
    expect((await idsOf('?state=paid')).ids).toEqual(['ord_2']);
    expect((await idsOf(`?date=${TUESDAY}`)).ids).toEqual(['ord_2']);
    expect((await idsOf(`?date=${WEDNESDAY}`)).ids).toEqual([]);
    const { orders } = (await web.send('GET', '/orders?store=plum')).body;
    expect(orders[0]).toEqual((await web.send('GET', '/order/ord_2')).body.order);
  });
});
