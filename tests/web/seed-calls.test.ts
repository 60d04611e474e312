import { beforeEach, describe, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { TUESDAY, WEDNESDAY } from '../support/shop.ts';
import { openWeb, orderBody, parcelBody, type Web } from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
  await web.openStore('peach');
});

describe('the four calls, end to end', () => {
  test('an order is placed, paid, reported and looked up', async () => {
    const placed = await web.send('POST', '/order', {
      body: orderBody({
        depositor: '김영희',
        sender: { name: '김영희' },
        parcels: [
          parcelBody({ wanted: { date: '2026-07-23', kind: 'arrive' } }),
          parcelBody({ recipient: '최민수', items: [{ product: 'peach-4kg', boxes: 3 }] }),
        ],
      }),
    });
    expect(placed.status).toBe(201);
    const { order, pay } = placed.body;
    expect(order).toEqual({
      id: 'ord_1',
      code: expect.stringMatching(/^[A-Z]\d-\d{3}$/),
      store: 'peach',
      state: 'awaiting_payment',
      buyer: { name: '영희맘', phone: '01011112222', platform: 'api' },
      sender: { name: '김영희', phone: null },
      depositor: '김영희',
      memo: null,
      goodsKrw: 175_000,
      shippingKrw: 15_000,
      surchargeKrw: 0,
      totalKrw: 190_000,
      paidKrw: 0,
      refundedKrw: 0,
      dueKrw: 190_000,
      payBy: '2026-07-21T12:00:00+09:00',
      placedAt: '2026-07-20T12:00:00+09:00',
      termsVersion: expect.any(String),
      parcels: [
        {
          id: 'par_1-1',
          recipient: '박철수',
          phone: '01012345678',
          postcode: null,
          address: '서울 강남구 역삼로 1',
          memo: null,
          wanted: { date: '2026-07-23', kind: 'arrive' },
          items: [{ product: 'peach-4kg', name: '복숭아 4kg', boxes: 2, priceKrw: 35_000 }],
          boxes: 2,
          shippingKrw: 5_000,
          state: 'waiting',
          harvestDate: WEDNESDAY,
          row: null,
          packages: [
            { no: 1, boxes: 2, carrier: null, waybill: null, state: null, lastEvent: null },
          ],
        },
        expect.objectContaining({ id: 'par_1-2', boxes: 3, harvestDate: TUESDAY, wanted: null }),
      ],
      history: [
        {
          at: '2026-07-20T12:00:00+09:00',
          who: 'buyer',
          event: 'placed',
          detail: { totalKrw: 190_000 },
        },
      ],
    });
    expect(pay).toEqual({
      amountKrw: 190_000,
      bank: '농협',
      account: '301-0000-1111',
      holder: '김토니',
      depositor: `김영희${order.code.slice(-3)}`,
      payBy: order.payBy,
      link: null,
    });

    const paid = await web.send('POST', '/pay', {
      body: { order: order.code, amountKrw: 190_000, method: 'bank', depositor: '김영희' },
    });
    expect(paid.status).toBe(200);
    expect(paid.body.order).toMatchObject({ state: 'paid', paidKrw: 190_000, dueKrw: 0 });
    expect(paid.body.order.history.at(-1)).toEqual({
      at: '2026-07-20T12:00:00+09:00',
      who: 'seller',
      event: 'scheduled',
      detail: { parcel: 'par_1-2', date: TUESDAY },
    });

    const shop = await web.store.findShop('peach');
    if (shop === null) throw new Error('no shop');
    const asked = { shop, now: web.clock.now, who: 'farmer' } as const;
    await web.store.submit(ordering.freezeList(asked, TUESDAY));
    const packed = await web.send('PUT', '/shipment', {
      body: { store: 'peach', date: TUESDAY, rows: '1', state: 'packed' },
    });
    expect(packed.status).toBe(200);
    const shipped = await web.send('PUT', '/shipment', {
      body: {
        parcel: 'par_1-2',
        state: 'shipped',
        carrier: 'kr.cjlogistics',
        waybills: ['123456789012'],
      },
    });
    expect(shipped.status).toBe(200);
    const shown = await web.send('GET', '/shipment?parcel=par_1-2');
    expect(shown.body).toEqual(shipped.body);
    const at = '2026-07-20T12:00:00+09:00';
    const step = (state: string) => ({ at, package: null, state, place: null });
    expect(shown.body).toEqual({
      shipments: [
        {
          parcel: 'par_1-2',
          order: 'ord_1',
          row: 1,
          state: 'shipped',
          harvestDate: TUESDAY,
          packages: [
            {
              no: 1,
              boxes: 2,
              carrier: 'kr.cjlogistics',
              waybill: '123456789012',
              state: 'shipped',
              lastEvent: null,
            },
            { no: 2, boxes: 1, carrier: null, waybill: null, state: null, lastEvent: null },
          ],
          events: ['scheduled', 'harvested', 'packed', 'shipped'].map(step),
        },
      ],
    });
    expect((await web.store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
  });

  test('a code is understood in any case, with or without its hyphen', async () => {
    const { id, code } = await web.order();
    for (const ref of [id, code, code.toLowerCase(), code.replace('-', '')])
      expect((await web.send('GET', `/order/${ref}`)).body.order.id).toBe(id);
  });

  test('a shipment is found by order, parcel and day; a day needs its store', async () => {
    const order = await web.order({}, { isPaid: true });
    const byOrder = await web.send('GET', `/shipment?order=${order.code}`);
    const byDay = await web.send('GET', `/shipment?store=peach&date=${TUESDAY}`);
    expect(byOrder.body.shipments).toHaveLength(1);
    expect(byDay.body).toEqual(byOrder.body);
    expect((await web.send('GET', `/shipment?date=${TUESDAY}`)).body.code).toBe('bad_request');
  });

  test('delivered closes every package of the parcel', async () => {
    const order = await web.order({}, { isPaid: true });
    const answer = await web.send('PUT', '/shipment', {
      body: { order: order.id, state: 'delivered' },
    });
    expect(answer.body.shipments[0]).toMatchObject({
      state: 'delivered',
      packages: [{ no: 1, state: 'delivered' }],
    });
  });
});

describe('a cancel', () => {
  test('of an unpaid order gives nothing back and answers the same again', async () => {
    const { id } = await web.order();
    const first = await web.send('POST', `/order/${id}/cancel`);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ order: { state: 'cancelled' }, refund: null });
    expect((await web.send('POST', `/order/${id}/cancel`)).body).toEqual(first.body);
  });

  test('of a paid order opens a refund that waits for the account', async () => {
    const order = await web.order({}, { isPaid: true });
    const path = `/order/${order.code}/cancel`;
    const first = await web.send('POST', path, { body: { reason: '변심' } });
    expect(first.body.refund).toEqual({
      id: 'ref_1-1',
      amountKrw: order.totalKrw,
      state: 'needs_account',
    });
    expect((await web.send('POST', path)).body).toEqual(first.body);
    const refundAccount = { bank: '농협', account: '302-1111-2222', holder: '김영희' };
    const later = await web.send('POST', path, { body: { refundAccount } });
    expect(later.body.refund).toEqual({ ...first.body.refund, state: 'due' });
    expect(later.text).not.toContain('302-1111');
  });

  test('of single parcels answers the refund it opened, also when said again later', async () => {
    const parcels = ['가', '나', '다'].map((recipient) => parcelBody({ recipient }));
    const order = await web.order({ parcels }, { isPaid: true });
    const path = `/order/${order.id}/cancel`;
    const cancel = async (parcel: string) => {
      web.clock.now = new Date(web.clock.now.getTime() + 60_000);
      return (await web.send('POST', path, { body: { parcels: [parcel] } })).body;
    };
    const first = await cancel('par_1-1');
    expect(first.refund).toMatchObject({ id: 'ref_1-1', amountKrw: 75_000 });
    const second = await cancel('par_1-2');
    expect(second.refund).toMatchObject({ id: 'ref_1-2', amountKrw: 75_000 });
    expect((await cancel('par_1-1')).refund).toEqual(first.refund);
    const all = (await web.send('POST', path)).body;
    expect(all.order.state).toBe('cancelled');
    expect(all.refund).toMatchObject({ id: 'ref_1-1', amountKrw: 225_000 });
  });
});
