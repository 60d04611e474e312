// Each code of the closed list, as the API answers it.
import { Router } from 'express';
import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../src/orders/dates.ts';
import { DomainError, type RefusalCode } from '../../src/orders/errors.ts';
import { MONDAY, SATURDAY, TUESDAY } from '../support/shop.ts';
import { expectProblem, openWeb, orderBody, parcelBody, type Web } from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
  await web.openStore('peach', { policy: { noDelivery: ['제주'] } });
});

const boxes = (count: number) => parcelBody({ items: [{ product: 'peach-4kg', boxes: count }] });
const wish = (date: string) => parcelBody({ wanted: { date, kind: 'dispatch' } });

describe('placing is refused', () => {
  const cases: readonly (readonly [string, RefusalCode, Record<string, unknown>, RegExp])[] = [
    ['for a place not served', 'not_served', parcelBody({ address: '제주 제주시 1' }), /served/],
    ['for more boxes than one order may have', 'over_capacity', boxes(51), /^51 .*maxBoxes 50/],
    ['for a parcel larger than any day', 'over_capacity', boxes(41), /maxBoxes 40/],
    ['for a wish on a closed day', 'no_date', wish(SATURDAY), /before 2026-07-24/],
    ['for a wish in the past', 'no_date', wish(addDays(MONDAY, -1)), /2026-07-19/],
    ['for a wish far away', 'no_date', wish('2199-12-31'), /2199-12-31/],
  ];
  test.each(cases)('%s', async (_what, code, parcel, detail) => {
    const before = web.counts();
    const answer = await web.send('POST', '/order', { body: orderBody({ parcels: [parcel] }) });
    expectProblem(answer, code, 409);
    expect(answer.body.detail).toMatch(detail);
    expect(web.counts()).toEqual(before);
  });

  test('out of season, while the store is paused, and when it is gone', async () => {
    const place = () => web.send('POST', '/order', { body: orderBody() });
    await web.send('PATCH', '/products/peach-4kg', { body: { saleFrom: '2026-08-01' } });
    expectProblem(await place(), 'out_of_season', 409);
    await web.send('PATCH', '/stores/peach', { body: { state: 'paused' } });
    expectProblem(await place(), 'store_paused', 409);
    await web.send('PATCH', '/stores/peach', { body: { state: 'archived' } });
    expectProblem(await place(), 'store_paused', 409);
  });

  test('for a product or a store that is not there', async () => {
    const items = [{ product: 'plum', boxes: 1 }];
    const strange = orderBody({ parcels: [parcelBody({ items })] });
    expectProblem(await web.send('POST', '/order', { body: strange }), 'bad_request', 400);
    const nowhere = orderBody({ store: 'plum' });
    expectProblem(await web.send('POST', '/order', { body: nowhere }), 'not_found', 404);
  });
});

describe('paying is refused', () => {
  const pay = (order: string, amountKrw: number) =>
    web.send('POST', '/pay', { body: { order, amountKrw, method: 'manual' } });

  test('for another amount, and nothing changes', async () => {
    const { id, totalKrw } = await web.order();
    const before = web.counts();
    for (const amount of [totalKrw - 1, totalKrw + 1, 1, Number.MAX_SAFE_INTEGER])
      expectProblem(await pay(id, amount), 'amount_mismatch', 409);
    expect(web.counts()).toEqual(before);
  });

  test('for an order that is paid or cancelled', async () => {
    const paid = await web.order({}, { isPaid: true });
    expectProblem(await pay(paid.id, paid.totalKrw), 'not_payable', 409);
    const { id, totalKrw } = await web.order();
    await web.send('POST', `/order/${id}/cancel`);
    expectProblem(await pay(id, totalKrw), 'not_payable', 409);
  });
});

describe('a cancel is refused', () => {
  test('once a parcel is shipped', async () => {
    const { id } = await web.order({}, { isPaid: true });
    await web.send('PUT', '/shipment', { body: { order: id, state: 'shipped' } });
    const before = web.counts();
    const answer = await web.send('POST', `/order/${id}/cancel`);
    expectProblem(answer, 'not_cancellable', 409);
    expect(web.counts()).toEqual(before);
  });

  test('for a parcel of another order', async () => {
    const { id } = await web.order();
    const { parcels } = await web.order();
    const body = { parcels: [parcels[0].id] };
    expectProblem(await web.send('POST', `/order/${id}/cancel`, { body }), 'not_found', 404);
  });
});

describe('a report is refused', () => {
  const put = (body: unknown) => web.send('PUT', '/shipment', { body });

  test('for a step back, by parcel, by order and by row', async () => {
    const { id } = await web.order({}, { isPaid: true });
    await put({ order: id, state: 'packed' });
    const before = web.counts();
    const state = 'harvested';
    expectProblem(await put({ parcel: 'par_1-1', state }), 'conflict', 409);
    expectProblem(await put({ order: id, state }), 'conflict', 409);
    const row = { store: 'peach', date: TUESDAY, rows: '1', state };
    expectProblem(await put(row), 'conflict', 409);
    expect(web.counts()).toEqual(before);
    expect((await put({ ...row, state: 'packed' })).status).toBe(200);
  });

  test('for one row of several that is further already, and none of them moves', async () => {
    const parcels = ['가', '나'].map((recipient) => parcelBody({ recipient }));
    await web.order({ parcels }, { isPaid: true });
    await put({ parcel: 'par_1-2', state: 'packed' });
    const rows = { store: 'peach', date: TUESDAY, rows: '1-2', state: 'harvested' };
    expectProblem(await put(rows), 'conflict', 409);
    const { shipments } = (await web.send('GET', '/shipment?parcel=par_1-1')).body;
    expect(shipments[0].state).toBe('scheduled');
  });

  test('for what is unpaid or cancelled', async () => {
    const { id } = await web.order();
    expectProblem(await put({ order: id, state: 'harvested' }), 'conflict', 409);
    await web.send('POST', `/order/${id}/cancel`);
    expectProblem(await put({ order: id, state: 'harvested' }), 'conflict', 409);
    expectProblem(await put({ parcel: 'par_1-1', state: 'harvested' }), 'conflict', 409);
  });

  test('but a cancelled parcel does not keep the rest of its order', async () => {
    const parcels = ['가', '나'].map((recipient) => parcelBody({ recipient }));
    const { id } = await web.order({ parcels }, { isPaid: true });
    await web.send('POST', `/order/${id}/cancel`, { body: { parcels: ['par_1-1'] } });
    const { shipments } = (await put({ order: id, state: 'packed' })).body;
    expect(shipments).toMatchObject([{ parcel: 'par_1-2', state: 'packed' }]);
  });

  test('for waybills of several parcels or rows, or more than there are packages', async () => {
    const parcels = ['가', '나'].map((recipient) => parcelBody({ recipient }));
    const { id } = await web.order({ parcels }, { isPaid: true });
    const ship = { state: 'shipped', waybills: ['123456789012'] };
    expectProblem(await put({ order: id, ...ship }), 'bad_request', 400);
    const rows = { store: 'peach', date: TUESDAY, rows: '1-2' };
    expectProblem(await put({ ...rows, ...ship }), 'bad_request', 400);
    const waybills = ['123456789012', '123456789013'];
    expectProblem(await put({ parcel: 'par_1-1', state: 'shipped', waybills }), 'conflict', 409);
  });

  test('for a row that is not on the list', async () => {
    const rows = { store: 'peach', date: TUESDAY, rows: '3', state: 'packed' };
    expectProblem(await put(rows), 'not_found', 404);
  });
});

test('a code that several stores have is ambiguous until the store is named', async () => {
  await web.openStore('plum');
  const { code, id } = await web.order();
  expect((await web.order({ store: 'plum' })).code).toBe(code);
  expectProblem(await web.send('GET', `/order/${code}`), 'ambiguous', 409);
  expectProblem(await web.send('GET', `/shipment?order=${code}`), 'ambiguous', 409);
  const body = { order: code, amountKrw: 75_000, method: 'manual' };
  expectProblem(await web.send('POST', '/pay', { body }), 'ambiguous', 409);
  expect((await web.send('GET', `/order/${code}?store=peach`)).body.order.id).toBe(id);
  expect((await web.send('POST', '/pay?store=peach', { body })).body.order.id).toBe(id);
});

test('orders of a store that there is not are not found, rather than none', async () => {
  expectProblem(await web.send('GET', '/orders?store=nowhere'), 'not_found', 404);
});

test('a cap in the past is refused', async () => {
  const path = `/stores/peach/caps/${addDays(MONDAY, -1)}`;
  expectProblem(await web.send('PUT', path, { body: { capBoxes: 5 } }), 'bad_request', 400);
});

describe('what the storage or we ourselves cannot do', () => {
  async function placeWhileFailing(error: unknown) {
    web.store.submit = () => Promise.reject(error);
    return web.send('POST', '/order', { body: orderBody() });
  }

  test.each(['busy', 'rate_limited'] as const)('%s says when to come again', async (code) => {
    const answer = await placeWhileFailing(new DomainError(code, 'store peach is flooded'));
    expectProblem(answer, code, code === 'busy' ? 503 : 429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(web.logged).toEqual([]);
  });

  test('a failure of ours tells nothing, and is logged once without what was sent', async () => {
    const error = Object.assign(new Error('no 영희맘\n    at 영희맘 01011112222:1:2'), {
      code: 'E_FULL',
    });
    const answer = await placeWhileFailing(error);
    expectProblem(answer, 'internal', 500);
    expect(answer.text).not.toMatch(/영희맘|E_FULL/);
    expect(web.logged).toHaveLength(1);
    expect(web.logged[0]).toMatchObject({
      event: 'web.failed',
      fields: { method: 'POST', route: '/order', error: 'Error', code: 'E_FULL' },
    });
    expect(JSON.stringify(web.logged)).not.toMatch(/영희맘|0101111/);
  });
});

describe('around the table', () => {
  test('bots are mounted first and see their bodies unread', async () => {
    const routes = Router().post('/kakao/skill', (req, res) => {
      res.json({ headers: Object.keys(res.getHeaders()), body: req.body ?? null });
    });
    const other = await openWeb({ botRoutes: [routes] });
    const answer = await other.send('POST', '/kakao/skill', { key: null, body: { a: 1 } });
    expect(answer.body).toEqual({ headers: [], body: null });
  });

  test('health is public; ready follows the application', async () => {
    let isReady = false;
    const other = await openWeb({ isReady: () => isReady });
    expect((await other.send('GET', '/healthz', { key: null })).status).toBe(200);
    expect((await other.send('GET', '/readyz', { key: null })).status).toBe(503);
    isReady = true;
    expect((await other.send('GET', '/readyz', { key: null })).status).toBe(200);
    expectProblem(await other.send('POST', '/healthz', { key: null }), 'method_not_allowed', 405);
  });

  test('answers carry safe headers and neither a fingerprint nor an etag', async () => {
    const { headers } = await web.send('GET', '/stores');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('etag')).toBeNull();
  });
});
