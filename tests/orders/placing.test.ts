import { describe, expect, test } from 'vitest';
import { decidePlace, offerFor } from '../../src/orders/placing.ts';
import { placedOrder } from '../support/orders.ts';
import {
  calendarWith,
  dayWith,
  FRIDAY,
  MONDAY,
  MONDAY_NOON,
  NEXT_MONDAY,
  parcelFor,
  product,
  refusal,
  requestFor,
  SATURDAY,
  shopWith,
  stateWith,
  THURSDAY,
  TUESDAY,
  WEDNESDAY,
} from '../support/shop.ts';

const place = (state: ReturnType<typeof stateWith>, request = requestFor({})) =>
  decidePlace(state, { id: 'ord_1', buyerId: 'per_1', request });

describe('an order that is placed', () => {
  test('keeps its price, its terms and the dates it was told, and holds no room', () => {
    const shop = shopWith({ feeKrw: 6_000, jejuFeeKrw: 3_000 });
    const request = requestFor({ boxes: 3 }, { boxes: 1, address: '제주 제주시 연동 1' });
    const change = place(stateWith(calendarWith({ shop })), request);
    const { order } = change.answer;
    expect(order).toMatchObject({
      state: 'awaiting_payment',
      code: 'P7-001',
      goodsKrw: 140_000,
      shippingKrw: 18_000,
      surchargeKrw: 3_000,
      totalKrw: 161_000,
      paidKrw: 0,
      terms: { feeKrw: 6_000, jejuFeeKrw: 3_000, boxesPerFee: 2 },
      placedAt: MONDAY_NOON.toISOString(),
      bookingSeq: null,
    });
    expect(order.parcels).toMatchObject([
      { id: 'par_1-1', state: 'waiting', harvestDate: TUESDAY, region: 'mainland' },
      { id: 'par_1-2', state: 'waiting', harvestDate: TUESDAY, region: 'jeju' },
    ]);
    expect(order.parcels[0]?.packages.map(({ boxes }) => boxes)).toEqual([2, 1]);
    expect(change.days ?? []).toEqual([]);
    expect(change.events).toMatchObject([{ event: 'placed', orderId: 'ord_1' }]);
  });

  test('has one parcel per recipient, phone and address, nothing said being lost', () => {
    const wanted = { date: WEDNESDAY, kind: 'dispatch' } as const;
    const twice = { recipient: '박철수', address: '서울 강남구 역삼로 1' };
    const request = requestFor(
      { ...twice, boxes: 1 },
      { ...twice, boxes: 2, wanted },
      { ...twice, recipient: '박영수', boxes: 1 },
    );
    const { parcels } = place(stateWith(calendarWith()), request).answer.order;
    expect(parcels.map(({ boxes, wanted: wish }) => [boxes, wish?.date ?? null])).toEqual([
      [3, WEDNESDAY],
      [1, null],
    ]);
  });

  test('estimates two parcels as if they were paid one after the other', () => {
    const order = placedOrder([{ boxes: 30 }, { boxes: 15 }]);
    expect(order.parcels.map(({ harvestDate }) => harvestDate)).toEqual([TUESDAY, WEDNESDAY]);
  });

  test('before the season is a pre-order and said so', () => {
    const shop = shopWith({}, { products: [product({ shipFrom: THURSDAY })] });
    const { parcels } = offerFor(calendarWith({ shop }), requestFor({}));
    expect(parcels).toMatchObject([{ isPreorder: true, harvestDate: THURSDAY }]);
    expect(offerFor(calendarWith(), requestFor({})).parcels[0]?.isPreorder).toBe(false);
  });

  test('gets its wished date where there is room', () => {
    const wish = (date: string, kind: 'arrive' | 'dispatch') =>
      placedOrder([{ wanted: { date, kind } }]).parcels[0]?.harvestDate;
    expect(wish(FRIDAY, 'dispatch')).toBe(FRIDAY);
    expect(wish(FRIDAY, 'arrive')).toBe(THURSDAY);
    expect(wish(SATURDAY, 'arrive')).toBe(FRIDAY);
  });
});

describe('an order is refused', () => {
  const refused = (request: ReturnType<typeof requestFor>, calendar = calendarWith()) => {
    const { code, detail } = refusal(() => place(stateWith(calendar), request));
    return { code, ...detail };
  };

  test('while the store is paused', () => {
    const calendar = calendarWith({ shop: shopWith({}, { state: 'paused' }) });
    expect(refused(requestFor({}), calendar).code).toBe('store_paused');
  });

  test('without a parcel, for an unknown product, or for no whole number of boxes', () => {
    expect(refused(requestFor()).code).toBe('bad_request');
    const unknown = requestFor({ items: [{ product: 'melon', boxes: 1 }] });
    expect(refused(unknown)).toEqual({ code: 'bad_request', product: 'melon' });
    for (const boxes of [0, -1, 1.5, Number.NaN])
      expect(refused(requestFor({ boxes })).code, String(boxes)).toBe('bad_request');
  });

  test('for a product that is sold out, archived or out of its season', () => {
    const withProduct = (over: Parameters<typeof product>[0]) =>
      refused(requestFor({}), calendarWith({ shop: shopWith({}, { products: [product(over)] }) }));
    expect(withProduct({ state: 'sold_out' }).code).toBe('out_of_season');
    expect(withProduct({ state: 'archived' }).code).toBe('bad_request');
    expect(withProduct({ saleFrom: TUESDAY })).toMatchObject({
      code: 'out_of_season',
      saleFrom: TUESDAY,
    });
    expect(withProduct({ saleTo: '2026-07-19' }).code).toBe('out_of_season');
    expect(withProduct({ shipTo: MONDAY }).code).toBe('no_date');
  });

  test('with more boxes than one order may have, over all its parcels', () => {
    expect(refused(requestFor({ boxes: 26 }, { boxes: 25 }))).toEqual({
      code: 'over_capacity',
      maxBoxes: 50,
      per: 'order',
    });
  });

  test('with a parcel larger than any day, with the largest number that could be', () => {
    expect(refused(requestFor({ boxes: 41 }))).toEqual({
      code: 'over_capacity',
      maxBoxes: 40,
      per: 'parcel',
    });
    const weekday = calendarWith({ shop: shopWith({ weekdayCapBoxes: { wed: 45 } }) });
    expect(placedOrder([{ boxes: 41 }], weekday).parcels[0]?.harvestDate).toBe(WEDNESDAY);
    const capped = shopWith({}, { products: [product({ dailyCapBoxes: 6 })] });
    expect(refused(requestFor({ boxes: 7 }), calendarWith({ shop: capped }))).toMatchObject({
      code: 'over_capacity',
      maxBoxes: 6,
    });
    expect(
      placedOrder([{ boxes: 6 }, { boxes: 6 }], calendarWith({ shop: capped })).parcels,
    ).toHaveLength(2);
  });

  test('for a wished date without room, with the nearest dates that have it', () => {
    const days = [WEDNESDAY, THURSDAY].map((date) => dayWith(date, { reservedBoxes: 39 }));
    const calendar = calendarWith({ days });
    const wish = (boxes: number, date: string) =>
      requestFor({ boxes, wanted: { date, kind: 'dispatch' } });
    expect(refused(wish(2, WEDNESDAY), calendar)).toEqual({
      code: 'no_date',
      wish: WEDNESDAY,
      before: TUESDAY,
      after: FRIDAY,
      why: 'full',
      arriveDays: null,
    });
    expect(place(stateWith(calendar), wish(1, WEDNESDAY)).answer.order.parcels).toHaveLength(1);
    expect(refused(wish(1, SATURDAY))).toMatchObject({
      ...{ before: FRIDAY, after: NEXT_MONDAY },
      why: 'closed-weekday',
    });
    expect(refused(requestFor({ wanted: { date: '2026-07-26', kind: 'arrive' } }))).toMatchObject({
      ...{ wish: SATURDAY, arriveDays: 1 },
    });
    expect(refused(wish(1, '2026-07-17'))).toMatchObject({ before: null, why: 'past' });
    expect(refused(wish(1, MONDAY))).toMatchObject({ code: 'no_date', after: TUESDAY });
    expect(refused(wish(1, '2026-12-01'))).toMatchObject({ wish: '2026-12-01', why: 'too-far' });
  });

  test('when its own other parcels take the room of a wished date', () => {
    const wanted = { date: WEDNESDAY, kind: 'dispatch' } as const;
    const request = requestFor({ boxes: 25, wanted }, { boxes: 20, wanted });
    expect(refused(request)).toMatchObject({
      code: 'no_date',
      wish: WEDNESDAY,
      before: TUESDAY,
      after: THURSDAY,
    });
  });

  test('when it would cost nothing: there would be nothing to pay', () => {
    const shop = shopWith({ feeKrw: 0 }, { products: [product({ priceKrw: 0 })] });
    expect(refused(requestFor({}), calendarWith({ shop })).code).toBe('bad_request');
    const gift = shopWith({}, { products: [product({ priceKrw: 0 })] });
    expect(placedOrder([{}], calendarWith({ shop: gift })).totalKrw).toBe(5_000);
  });

  test('to a place that is not served', () => {
    const shop = shopWith({ noDelivery: ['제주'] });
    const request = requestFor({}, { address: '제주 제주시 연동 1' });
    expect(refused(request, calendarWith({ shop })).code).toBe('not_served');
  });

  test('when no date within the horizon has room', () => {
    const shop = shopWith({ dailyCapBoxes: 0 });
    expect(refused(requestFor({}), calendarWith({ shop }))).toMatchObject({
      code: 'no_date',
      days: 60,
    });
  });

  test('without telling personal data', () => {
    const shop = shopWith({ noDelivery: ['제주'] });
    const request = requestFor({ address: '제주 제주시 연동 1' });
    const error = refusal(() => place(stateWith(calendarWith({ shop })), request));
    const [parcel] = [parcelFor({})];
    for (const secret of [parcel?.recipient ?? '', parcel?.phone ?? '', '연동'])
      expect(`${error.message} ${JSON.stringify(error.detail)}`).not.toContain(secret);
  });
});
