import { describe, expect, test } from 'vitest';
import type { State } from '../../src/orders/change.ts';
import type { ChangeRequest } from '../../src/orders/change-plan.ts';
import { decideChange, decidePayChange, isChangeOpen } from '../../src/orders/changing.ts';
import { dueKrw, type OrderCore } from '../../src/orders/order.ts';
import { orderIn, PAYMENT, paidOrder, placedOrder } from '../support/orders.ts';
import {
  calendarWith,
  dayWith,
  product,
  refusal,
  shopWith,
  stateWith,
  TUESDAY,
} from '../support/shop.ts';

const TWO = [{ boxes: 2 }];
const PAID = { id: 1, amountKrw: 75_000, method: 'bank', refundedKrw: 0 } as const;

function boxes(count: number, over: Partial<ChangeRequest['parcels'][number]> = {}): ChangeRequest {
  const items = [{ product: 'peach-4kg', boxes: count }];
  return { parcels: [{ parcelId: 'par_1-1', personal: null, items, ...over }] };
}

function moved(address: string): ChangeRequest {
  const personal = {
    recipient: '박철수',
    phone: '01012345678',
    address,
    postcode: null,
    memo: null,
  };
  return { parcels: [{ parcelId: 'par_1-1', personal, items: null }] };
}

const codeOf = (work: () => unknown) => refusal(work).code;

/** Two boxes, paid and promised for Tuesday, with so many boxes of room there in all. */
function stateOf(order: OrderCore = paidOrder(TWO), over: Partial<State> & { cap?: number } = {}) {
  const { cap = 40, ...more } = over;
  // Only what is paid takes room.
  const reserved = order.state === 'paid' ? 2 : 0;
  const day = dayWith(TUESDAY, {
    capBoxes: cap,
    reservedBoxes: reserved,
    productBoxes: reserved > 0 ? { 'peach-4kg': reserved } : {},
  });
  return stateWith(calendarWith({ days: [day] }), { order, payments: [PAID], ...more });
}

describe('an unpaid order', () => {
  test('changes at once, and its new total is due', () => {
    const order = placedOrder(TWO);
    const { answer, parcels } = decideChange(stateOf(order), boxes(5), 'buyer');
    expect(answer.difference).toBeNull();
    expect(answer.order.totalKrw).toBe(5 * 35_000 + 3 * 5000);
    expect(dueKrw(answer.order)).toBe(190_000);
    expect(parcels?.[0]?.contents?.boxes).toBe(5);
    expect(parcels?.[0]?.packages?.map((one) => one.boxes)).toEqual([2, 2, 1]);
  });

  test('is estimated anew, and refused where no day is large enough', () => {
    const order = placedOrder(TWO);
    const { answer } = decideChange(stateOf(order, { cap: 4 }), boxes(5), 'buyer');
    expect(answer.order.parcels[0]?.harvestDate).not.toBe(TUESDAY);
    const state = { ...stateOf(order), shop: shopWith({ dailyCapBoxes: 4 }) };
    expect(codeOf(() => decideChange(state, boxes(45), 'buyer'))).toBe('over_capacity');
  });
});

describe('a paid order', () => {
  test('stays as it was until the difference is paid', () => {
    const order = paidOrder(TWO);
    const change = decideChange(stateOf(order), boxes(3), 'buyer');
    expect(change.answer.order).toBe(order);
    expect(change.answer.difference?.amountKrw).toBe(40_000);
    expect(change.orders).toBeUndefined();
    expect(change.parcels).toBeUndefined();
    expect(change.days).toBeUndefined();
    expect(change.openChange?.open).toMatchObject({ extraKrw: 40_000, fromKrw: 75_000 });
  });

  test('takes the change with exactly the difference', () => {
    const order = paidOrder(TWO);
    const { openChange } = decideChange(stateOf(order), boxes(3), 'buyer');
    const state = stateOf(order, { openChange: openChange?.open ?? null });
    expect(isChangeOpen(state)).toBe(true);
    const wrong = { ...PAYMENT, amountKrw: 39_999 };
    expect(codeOf(() => decidePayChange(state, wrong, 'seller'))).toBe('amount_mismatch');
    const paid = decidePayChange(state, PAYMENT, 'seller');
    expect(paid.answer).toMatchObject({ state: 'paid', totalKrw: 115_000, paidKrw: 115_000 });
    expect(dueKrw(paid.answer)).toBe(0);
    expect(paid.payment?.amountKrw).toBe(40_000);
    expect(paid.parcels?.[0]).toMatchObject({ state: 'scheduled', harvestDate: TUESDAY });
    expect(paid.days?.[0]).toMatchObject({ reservedBoxes: 3, productBoxes: { 'peach-4kg': 3 } });
    expect(paid.openChange?.open).toBeNull();
  });

  test('is asked anew when the rest of the order costs something else by now', () => {
    const order = paidOrder(TWO);
    const { openChange } = decideChange(stateOf(order), boxes(3), 'buyer');
    const open = openChange?.open ?? null;
    // As after a cancel that lost free shipping: the same total, other terms for what is left.
    const terms = { ...order.terms, feeKrw: 4000 };
    const state = stateOf({ ...order, terms }, { openChange: open });
    expect(isChangeOpen(state)).toBe(true);
    expect(codeOf(() => decidePayChange(state, PAYMENT, 'seller'))).toBe('not_payable');
  });

  test.each([
    ['its time is over', { now: new Date('2026-07-25T00:00:00Z') }],
    ['the order costs something else by now', { order: { ...paidOrder(TWO), totalKrw: 70_000 } }],
    ['it was harvested', { order: orderIn('paid', 'harvested', TWO) }],
    ['it was cancelled', { order: orderIn('cancelled', 'cancelled', TWO) }],
  ])('is no longer open to a change when %s', (_, over) => {
    const { openChange } = decideChange(stateOf(), boxes(3), 'buyer');
    const state = { ...stateOf(), openChange: openChange?.open ?? null };
    expect(isChangeOpen(state)).toBe(true);
    expect(isChangeOpen({ ...state, ...over })).toBe(false);
  });

  test('gives back what it costs less', () => {
    const { answer, days, refunds } = decideChange(stateOf(), boxes(1), 'buyer');
    expect(answer.order).toMatchObject({ totalKrw: 40_000, paidKrw: 75_000, refundDueKrw: 35_000 });
    expect(refunds).toMatchObject([{ paymentId: 1, amountKrw: 35_000, state: 'needs_account' }]);
    expect(days?.[0]?.reservedBoxes).toBe(1);
  });

  test('keeps its promised date or is refused with the nearest ones', () => {
    expect(codeOf(() => decideChange(stateOf(paidOrder(TWO), { cap: 2 }), boxes(3), 'buyer'))).toBe(
      'no_date',
    );
    const shrunk = decideChange(stateOf(paidOrder(TWO), { cap: 2 }), boxes(1), 'buyer');
    expect(shrunk.answer.order.parcels[0]?.harvestDate).toBe(TUESDAY);
  });

  test('pays the surcharge of its new place first, by the terms it was made with', () => {
    const island = shopWith({ jejuFeeKrw: 3000 });
    const order = paidOrder(TWO, calendarWith({ shop: island }));
    const dearer = { ...stateOf(order), shop: shopWith({ jejuFeeKrw: 9000 }) };
    const { answer } = decideChange(dearer, moved('제주 제주시 연동 1'), 'buyer');
    expect(answer.difference?.amountKrw).toBe(3000);
  });

  test('keeps the price it was ordered at, also for more of the same', () => {
    const dearer = shopWith({}, { products: [product({ priceKrw: 50_000 })] });
    const state = { ...stateOf(), shop: dearer };
    expect(decideChange(state, boxes(3), 'buyer').answer.difference?.amountKrw).toBe(40_000);
  });
});

describe('what cannot be', () => {
  const named = { parcelId: 'par_1-1', personal: null, items: null };
  test.each([
    ['no parcel', { parcels: [] }, 'bad_request'],
    ['one parcel twice', { parcels: [named, named] }, 'bad_request'],
    ['a parcel of somebody else', { parcels: [{ ...named, parcelId: 'par_2-1' }] }, 'not_found'],
    ['no boxes', boxes(0), 'bad_request'],
    ['half a box', boxes(1.5), 'bad_request'],
    ['more boxes than one order may have', boxes(51), 'over_capacity'],
    [
      'a product that there is not',
      boxes(1, { items: [{ product: 'plum', boxes: 1 }] }),
      'bad_request',
    ],
  ] as const)('%s', (_, request, code) => {
    expect(codeOf(() => decideChange(stateOf(), request, 'buyer'))).toBe(code);
  });

  test.each(['harvested', 'packed', 'shipped', 'delivered', 'cancelled', 'returned'] as const)(
    'a parcel that is %s',
    (state) => {
      const order = orderIn('paid', state, TWO);
      expect(codeOf(() => decideChange(stateOf(order), boxes(1), 'buyer'))).toBe('not_changeable');
    },
  );

  test.each(['expired', 'cancelled'] as const)('an order that is %s', (state) => {
    const order = orderIn(state, 'waiting', TWO);
    expect(codeOf(() => decideChange(stateOf(order), boxes(1), 'buyer'))).toBe('not_changeable');
  });

  test('a place that is not served, and more of what is sold out', () => {
    const state = { ...stateOf(), shop: shopWith({ noDelivery: ['제주'] }) };
    const away = moved('제주 제주시 연동 1');
    expect(codeOf(() => decideChange(state, away, 'buyer'))).toBe('not_served');
    const soldOut = shopWith({}, { products: [product({ state: 'sold_out' })] });
    const sold = { ...stateOf(), shop: soldOut };
    expect(codeOf(() => decideChange(sold, boxes(3), 'buyer'))).toBe('out_of_season');
    expect(decideChange(sold, boxes(1), 'buyer').answer.refunds).toHaveLength(1);
  });
});

test('two parcels of one day change together, whichever is named first', () => {
  const order = paidOrder([{ boxes: 2 }, { boxes: 2 }]);
  const day = dayWith(TUESDAY, {
    capBoxes: 4,
    reservedBoxes: 4,
    productBoxes: { 'peach-4kg': 4 },
  });
  const payments = [{ ...PAID, amountKrw: 150_000 }];
  const state = stateWith(calendarWith({ days: [day] }), { order, payments });
  const parcel = (no: number, count: number) => ({
    parcelId: `par_1-${no}`,
    personal: null,
    items: [{ product: 'peach-4kg', boxes: count }],
  });
  for (const parcels of [
    [parcel(1, 3), parcel(2, 1)],
    [parcel(2, 1), parcel(1, 3)],
  ]) {
    const { answer } = decideChange(state, { parcels }, 'buyer');
    expect(answer.difference?.amountKrw).toBe(5000);
  }
  const grown = { parcels: [parcel(1, 3), parcel(2, 2)] };
  expect(codeOf(() => decideChange(state, grown, 'buyer'))).toBe('no_date');
});

test('a frozen list gets a revision, and the farmer hears which row says something else', () => {
  const day = dayWith(TUESDAY, {
    capBoxes: 40,
    reservedBoxes: 2,
    productBoxes: { 'peach-4kg': 2 },
    revision: 1,
    frozenAt: '2026-07-20T21:00:00.000Z',
  });
  const state = stateWith(calendarWith({ days: [day] }), {
    order: paidOrder(TWO),
    payments: [PAID],
  });
  for (const request of [boxes(1), moved('서울 중구 세종대로 1')]) {
    const change = decideChange(state, request, 'buyer');
    expect(change.days).toMatchObject([{ date: TUESDAY, revision: 2 }]);
    expect(change.altered).toEqual([{ date: TUESDAY, parcelId: 'par_1-1' }]);
    expect(change.notices).toContainEqual(
      expect.objectContaining({ kind: 'list_delta', data: { date: TUESDAY, revision: 2 } }),
    );
  }
  // A list that is out takes more only into room the farmer opened late.
  expect(codeOf(() => decideChange(state, boxes(3), 'buyer'))).toBe('no_date');
  const opened = { ...state, days: new Map([[TUESDAY, { ...day, lateRoomBoxes: 1 }]]) };
  const { openChange } = decideChange(opened, boxes(3), 'buyer');
  const paid = decidePayChange(
    { ...opened, openChange: openChange?.open ?? null },
    PAYMENT,
    'seller',
  );
  expect(paid.days).toMatchObject([{ reservedBoxes: 3, lateRoomBoxes: 0, revision: 2 }]);
});
