import { beforeEach, describe, expect, test } from 'vitest';
import { TUESDAY } from '../support/shop.ts';
import { expectProblem, KEY, openWeb, orderBody, PEACH_KEY, PLUM_KEY, type Web } from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
  await web.openStore('peach');
});

const CALLS: readonly (readonly [string, string])[] = [
  ['POST', '/order'],
  ['POST', '/pay'],
  ['GET', '/shipment?order=ord_1'],
  ['PUT', '/shipment'],
  ['GET', '/order/ord_1'],
  ['GET', '/orders'],
  ['POST', '/order/ord_1/cancel'],
  ['POST', '/stores'],
  ['PATCH', '/stores/peach'],
  ['POST', '/stores/peach/products'],
  ['PATCH', '/products/peach-4kg'],
  ['PUT', `/stores/peach/caps/${TUESDAY}`],
];

describe('without a valid key', () => {
  test.each(CALLS)('%s %s is refused and nothing is read', async (method, path) => {
    const before = web.counts();
    const raw = method === 'GET' ? {} : { raw: '{ broken' };
    const wrong = [`${KEY}x`, KEY.slice(1), PEACH_KEY.toUpperCase()];
    const headers: Record<string, string>[] = [
      { authorization: KEY },
      { authorization: `Basic ${KEY}` },
      {},
    ];
    const answers = [
      ...(await Promise.all(wrong.map((key) => web.send(method, path, { key, ...raw })))),
      ...(await Promise.all(
        headers.map((sent) => web.send(method, path, { key: null, headers: sent, ...raw })),
      )),
    ];
    for (const answer of answers) {
      expectProblem(answer, 'unauthorized', 401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(web.counts()).toEqual(before);
  });

  test('stores can be read', async () => {
    expect((await web.send('GET', '/stores', { key: null })).status).toBe(200);
    expect((await web.send('GET', '/stores/peach', { key: 'wrong' })).status).toBe(200);
  });
});

describe('a key of one store', () => {
  test('does all of its own store', async () => {
    const key = PEACH_KEY;
    const placed = await web.send('POST', '/order', { key, body: orderBody() });
    const { id, code, totalKrw } = placed.body.order;
    const pay = { order: code, amountKrw: totalKrw, method: 'bank' };
    expect((await web.send('POST', '/pay', { key, body: pay })).status).toBe(200);
    const packed = { date: TUESDAY, rows: '1', state: 'packed' };
    expect((await web.send('PUT', '/shipment', { key, body: packed })).status).toBe(200);
    const day = await web.send('GET', `/shipment?date=${TUESDAY}`, { key });
    expect(day.body.shipments).toHaveLength(1);
    expect((await web.send('GET', `/order/${id}`, { key })).status).toBe(200);
    expect((await web.send('POST', `/order/${id}/cancel`, { key })).status).toBe(200);
  });

  test('finds nothing of another store', async () => {
    await web.openStore('plum');
    const { id, code } = await web.order({}, { isPaid: true });
    const before = web.counts();
    const key = PLUM_KEY;
    for (const ref of [id, code]) {
      expectProblem(await web.send('GET', `/order/${ref}`, { key }), 'not_found', 404);
      expectProblem(await web.send('GET', `/shipment?order=${ref}`, { key }), 'not_found', 404);
      const pay = { order: ref, amountKrw: 75_000, method: 'bank' };
      expectProblem(await web.send('POST', '/pay', { key, body: pay }), 'not_found', 404);
      expectProblem(await web.send('POST', `/order/${ref}/cancel`, { key }), 'not_found', 404);
      const report = { order: ref, state: 'packed' };
      expectProblem(await web.send('PUT', '/shipment', { key, body: report }), 'not_found', 404);
    }
    const parcel = { parcel: 'par_1-1', state: 'packed' };
    expectProblem(await web.send('PUT', '/shipment', { key, body: parcel }), 'not_found', 404);
    expectProblem(await web.send('GET', '/shipment?parcel=par_1-1', { key }), 'not_found', 404);
    expect((await web.send('GET', '/orders', { key })).body.orders).toEqual([]);
    expect(web.counts()).toEqual(before);
  });

  test('may not name another store', async () => {
    await web.openStore('plum');
    const before = web.counts();
    const key = PLUM_KEY;
    const forbidden = [
      web.send('POST', '/order', { key, body: orderBody() }),
      web.send('GET', '/orders?store=peach', { key }),
      web.send('GET', `/shipment?store=peach&date=${TUESDAY}`, { key }),
      web.send('PUT', '/shipment', {
        key,
        body: { store: 'peach', date: TUESDAY, rows: '1', state: 'packed' },
      }),
      web.send('POST', '/stores', { key, body: { id: 'other', name: '다른 곳' } }),
      web.send('PATCH', '/stores/peach', { key, body: { name: '내 것' } }),
      web.send('POST', '/stores/peach/products', {
        key,
        body: { id: 'x', name: 'x', priceKrw: 1 },
      }),
      web.send('PATCH', '/products/peach-4kg?store=peach', { key, body: { priceKrw: 1 } }),
      web.send('PUT', `/stores/peach/caps/${TUESDAY}`, { key, body: { capBoxes: 0 } }),
    ];
    for (const answer of await Promise.all(forbidden)) expectProblem(answer, 'forbidden', 403);
    expect(web.counts()).toEqual(before);
  });

  test('sees its own order of a code that two stores have', async () => {
    await web.openStore('plum');
    const { code, id } = await web.order();
    await web.order({ store: 'plum' });
    const answer = await web.send('GET', `/order/${code}`, { key: PEACH_KEY });
    expect(answer.body.order.id).toBe(id);
  });
});
