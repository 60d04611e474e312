// PATCH /order: what may still change, what it costs, and what it leaves alone.
import { beforeEach, describe, expect, test } from 'vitest';
import { TUESDAY } from '../support/shop.ts';
import {
  expectProblem,
  type Json,
  openWeb,
  PEACHES,
  PLUM_KEY,
  parcelBody,
  type Web,
} from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
  await web.openStore('peach');
});

const items = (boxes: number) => [{ product: PEACHES.id, boxes }];
const change = (order: Json, fields: Json, once?: string) =>
  web.send('PATCH', `/order/${order.code}`, {
    body: { parcels: [{ id: order.parcels[0].id, ...fields }] },
    once,
  });
const pay = (order: Json, amountKrw: number) =>
  web.send('POST', '/pay', { body: { order: order.id, amountKrw, method: 'bank' } });
const show = async (order: Json) => (await web.send('GET', `/order/${order.id}`)).body.order;

async function expectSound(): Promise<void> {
  expect((await web.store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
}

test('a new recipient costs nothing and holds at once', async () => {
  const order = await web.order(
    { parcels: [parcelBody({ postcode: '06234', memo: '문 앞' })] },
    { isPaid: true },
  );
  const { status, body } = await change(order, { recipient: '이영희', phone: '01099998888' });
  expect(status).toBe(200);
  expect(body.pay).toBeNull();
  const [parcel] = body.order.parcels;
  expect(parcel).toMatchObject({ recipient: '이영희', phone: '01099998888', memo: '문 앞' });
  expect(parcel.postcode).toBe('06234');
  expect(parcel.harvestDate).toBe(order.parcels[0].harvestDate);
  // A postcode belongs to its address.
  const moved = await change(order, { address: '부산 해운대구 센텀로 20', memo: null });
  expect(moved.body.order.parcels[0]).toMatchObject({ postcode: null, memo: null });
  await expectSound();
});

describe('an unpaid order', () => {
  test('costs what it now holds, and that is to be paid', async () => {
    const order = await web.order();
    const { body } = await change(order, { items: items(5) });
    expect(body.order).toMatchObject({ state: 'awaiting_payment', totalKrw: 190_000 });
    expect(body.order.parcels[0].packages).toHaveLength(3);
    expect(body.pay).toMatchObject({ amountKrw: 190_000, payBy: order.payBy, link: null });
    expectProblem(await pay(order, 75_000), 'amount_mismatch', 409);
    expect((await pay(order, 190_000)).status).toBe(200);
    await expectSound();
  });
});

describe('a paid order', () => {
  test('that will cost more is as it was until exactly the difference is paid', async () => {
    const order = await web.order({}, { isPaid: true });
    const { body } = await change(order, { items: items(3), address: '서울 중구 세종대로 1' });
    expect(body.pay).toMatchObject({
      amountKrw: 40_000,
      bank: '농협',
      depositor: `영희맘${order.code.slice(-3)}`,
    });
    expect(body.order).toMatchObject({ totalKrw: 75_000, dueKrw: 0 });
    expect(body.order.parcels).toEqual(order.parcels);
    expect(body.order.history.at(-1)).toMatchObject({ event: 'change_asked' });
    expectProblem(await pay(order, 39_999), 'amount_mismatch', 409);
    expect((await show(order)).parcels).toEqual(order.parcels);
    const paid = (await pay(order, 40_000)).body.order;
    expect(paid).toMatchObject({ totalKrw: 115_000, paidKrw: 115_000, dueKrw: 0 });
    expect(paid.parcels[0]).toMatchObject({
      boxes: 3,
      address: '서울 중구 세종대로 1',
      harvestDate: order.parcels[0].harvestDate,
    });
    expectProblem(await pay(order, 40_000), 'not_payable', 409);
    await expectSound();
  });

  test('that costs less opens a refund of the difference', async () => {
    const order = await web.order({}, { isPaid: true });
    const { body } = await change(order, { items: items(1) });
    expect(body.pay).toBeNull();
    expect(body.order).toMatchObject({ totalKrw: 40_000, paidKrw: 75_000 });
    expect(await web.store.findRefunds('peach', order.id)).toMatchObject([
      { amountKrw: 35_000, state: 'needs_account' },
    ]);
    await expectSound();
  });

  test('has one open change: a new one takes its place, also one that needs no money', async () => {
    const order = await web.order({}, { isPaid: true });
    await change(order, { items: items(3) });
    expect((await change(order, { items: items(5) })).body.pay.amountKrw).toBe(115_000);
    expectProblem(await pay(order, 40_000), 'amount_mismatch', 409);
    await change(order, { recipient: '이영희' });
    expectProblem(await pay(order, 115_000), 'not_payable', 409);
    expect((await show(order)).parcels[0].boxes).toBe(2);
    await expectSound();
  });

  test('ends its open change with the time to pay, a cancel or the harvest', async () => {
    const late = await web.order({}, { isPaid: true });
    const { pay: open } = (await change(late, { items: items(3) })).body;
    web.clock.now = new Date(Date.parse(open.payBy) + 1000);
    expectProblem(await pay(late, open.amountKrw), 'not_payable', 409);

    const some = { parcels: [parcelBody(), parcelBody({ recipient: '최민수' })] };
    const cut = await web.order(some, { isPaid: true });
    await change(cut, { items: items(3) });
    const parcels = [cut.parcels[1].id];
    await web.send('POST', `/order/${cut.id}/cancel`, { body: { parcels } });
    expectProblem(await pay(cut, 40_000), 'not_payable', 409);

    const picked = await web.order({}, { isPaid: true });
    await change(picked, { items: items(3) });
    const body = { order: picked.id, state: 'harvested' };
    expect((await web.send('PUT', '/shipment', { body })).status).toBe(200);
    expectProblem(await pay(picked, 40_000), 'not_payable', 409);
    expectProblem(await change(picked, { recipient: '이영희' }), 'not_changeable', 409);
    await expectSound();
  });

  test('keeps its promise: what no longer fits its day is refused with the nearest dates', async () => {
    const order = await web.order({}, { isPaid: true });
    const date = order.parcels[0].harvestDate;
    await web.send('PUT', `/stores/peach/caps/${date}`, { body: { capBoxes: 2 } });
    const refused = await change(order, { items: items(3) });
    expectProblem(refused, 'no_date', 409);
    expect(refused.body.detail).toMatch(/after \d{4}-\d\d-\d\d/);
    // The day filled up while the difference was on its way: nothing is taken, nothing moves.
    await web.send('PUT', `/stores/peach/caps/${date}`, { body: { capBoxes: 3 } });
    expect((await change(order, { items: items(3) })).body.pay.amountKrw).toBe(40_000);
    await web.send('PUT', `/stores/peach/caps/${date}`, { body: { capBoxes: 2 } });
    const before = web.counts();
    expectProblem(await pay(order, 40_000), 'no_date', 409);
    expect(web.counts()).toEqual(before);
    expect((await show(order)).parcels).toEqual(order.parcels);
    await expectSound();
  });
});

test('several parcels change together or not at all', async () => {
  const two = { parcels: [parcelBody(), parcelBody({ recipient: '최민수' })] };
  const order = await web.order(two, { isPaid: true });
  const [first, second] = order.parcels;
  const send = (parcels: Json[]) => web.send('PATCH', `/order/${order.id}`, { body: { parcels } });
  const before = web.counts();
  const away = await send([
    { id: first.id, recipient: '이영희' },
    { id: 'par_9-9', recipient: '이영희' },
  ]);
  expectProblem(away, 'not_found', 404);
  const twice = await send([
    { id: first.id, recipient: '이영희' },
    { id: first.id, items: items(1) },
  ]);
  expectProblem(twice, 'bad_request', 400);
  expect(web.counts()).toEqual(before);
  const { body } = await send([
    { id: first.id, items: items(1) },
    { id: second.id, items: items(3) },
  ]);
  expect(body.pay).toMatchObject({ amountKrw: 5000 });
  await expectSound();
});

test('a repeat under the same Idempotency-Key changes nothing again', async () => {
  const order = await web.order({}, { isPaid: true });
  const first = await change(order, { items: items(1) }, 'once');
  const again = await change(order, { items: items(1) }, 'once');
  expect(again.body).toEqual(first.body);
  expect(await web.store.findRefunds('peach', order.id)).toHaveLength(1);
  expectProblem(await change(order, { items: items(2) }, 'once'), 'idempotency_reuse', 422);
});

test('a row of a frozen list keeps its number and the list its rows', async () => {
  const order = await web.order({}, { isPaid: true });
  const shop = await web.store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  const { freezeList } = await import('../../src/orders/ordering.ts');
  await web.store.submit(freezeList({ shop, now: web.clock.now, who: 'system' }, TUESDAY));
  await change(order, { items: items(1), recipient: '이영희' });
  const list = await web.store.findDayList('peach', TUESDAY);
  expect(list.day.revision).toBe(2);
  expect(list.rows).toMatchObject([{ row: 1, struck: false }]);
  expect(web.dump('list_rows')).toContain('"altered_revision":2');
  await expectSound();
});

test('what waits for its difference is sealed', async () => {
  const order = await web.order({}, { isPaid: true });
  await change(order, { items: items(3), recipient: '홍길동', address: '서울 중구 비밀로 1' });
  const kept = web.dump('open_changes');
  expect(kept).toContain(order.id);
  expect(Buffer.from(kept).toString()).not.toMatch(/홍길동|비밀로/);
});

test('an order of another store is not there', async () => {
  await web.openStore('plum');
  const order = await web.order();
  const body = { parcels: [{ id: order.parcels[0].id, recipient: '이영희' }] };
  const answer = await web.send('PATCH', `/order/${order.id}`, { body, key: PLUM_KEY });
  expectProblem(answer, 'not_found', 404);
});
