import { describe, expect, test } from 'vitest';
import { ORDER_STATES } from '../../src/orders/order.ts';
import { decideClaimPaid, decideExpire, decidePay } from '../../src/orders/paying.ts';
import { BANK_AT, orderIn, PAYMENT, placedOrder } from '../support/orders.ts';
import {
  calendarWith,
  dayWith,
  MONDAY_NOON,
  refusal,
  shopWith,
  stateWith,
  TUESDAY,
  WEDNESDAY,
} from '../support/shop.ts';

const pay = (order = placedOrder(), calendar = calendarWith(), amountKrw: number | null = null) =>
  decidePay(stateWith(calendar, { order }), { ...PAYMENT, amountKrw }, 'seller');

describe('paying', () => {
  test('what is due makes the order paid and its parcels promised', () => {
    const change = pay(placedOrder([{ boxes: 3 }, { boxes: 2 }]));
    expect(change.answer).toMatchObject({
      state: 'paid',
      paidKrw: 190_000,
      paidAt: MONDAY_NOON.toISOString(),
      depositedAt: BANK_AT,
      parcels: [
        { state: 'scheduled', harvestDate: TUESDAY },
        { state: 'scheduled', harvestDate: TUESDAY },
      ],
    });
    expect(change.payment).toMatchObject({ kind: 'payment', amountKrw: 190_000, at: BANK_AT });
    expect(change.days).toMatchObject([{ date: TUESDAY, reservedBoxes: 5 }]);
    expect(change.notices).toMatchObject([
      { kind: 'paid', to: { person: 'per_1' }, data: { moved: [] } },
    ]);
  });

  test.each([39_999, 40_001, 0, -40_000])('refuses %i where 40,000 is due', (amountKrw) => {
    const error = refusal(() => pay(placedOrder(), calendarWith(), amountKrw));
    expect(error.code).toBe('amount_mismatch');
    expect(error.detail).toEqual({ dueKrw: 40_000, amountKrw });
  });

  test.each(ORDER_STATES.filter((state) => state !== 'awaiting_payment'))(
    'refuses an order that is %s',
    (state) => {
      const error = refusal(() => pay({ ...placedOrder(), state }));
      expect(error).toMatchObject({ code: 'not_payable', detail: { state } });
    },
  );

  test('refuses what is not there', () => {
    const state = stateWith(calendarWith());
    expect(refusal(() => decidePay(state, PAYMENT, 'seller')).code).toBe('not_found');
  });

  test('says both dates when the promise differs from the estimate', () => {
    const order = placedOrder([{ boxes: 3 }, { boxes: 1 }]);
    const days = [dayWith(TUESDAY, { reservedBoxes: 38, productBoxes: { 'peach-4kg': 38 } })];
    const change = pay(order, calendarWith({ days }));
    expect(change.answer.parcels.map(({ harvestDate }) => harvestDate)).toEqual([
      WEDNESDAY,
      TUESDAY,
    ]);
    expect(change.notices[0]?.data).toMatchObject({
      moved: ['par_1-1'],
      was: [`par_1-1=${TUESDAY}`],
    });
  });

  test('without a date left the parcel waits, and buyer and seller hear it at once', () => {
    const order = placedOrder([{ boxes: 1 }]);
    const change = pay(order, calendarWith({ shop: shopWith({ dailyCapBoxes: 0 }) }));
    expect(change.answer).toMatchObject({
      state: 'paid',
      parcels: [{ state: 'waiting', harvestDate: null }],
    });
    expect(change.notices.map(({ kind, to }) => [kind, to])).toEqual([
      ['paid', { person: 'per_1' }],
      ['no_date', { person: 'per_1' }],
      ['no_date', { role: 'seller' }],
    ]);
    expect(change.events.map(({ event }) => event)).toEqual(['paid', 'no_date']);
  });

  test('pays nothing for a parcel that was cancelled before', () => {
    const order = placedOrder([{ boxes: 3 }, { boxes: 2 }]);
    const [first, second] = order.parcels;
    if (first === undefined || second === undefined) throw new Error('two parcels expected');
    const left = { ...order, parcels: [first, { ...second, state: 'cancelled' as const }] };
    const change = pay(left);
    expect(change.parcels?.map(({ id }) => id)).toEqual(['par_1-1']);
    expect(change.days).toMatchObject([{ reservedBoxes: 3 }]);
  });

  test('into room the farmer opened on a frozen list joins it as its next revision', () => {
    const frozen = { revision: 2, frozenAt: 'then', lateRoomBoxes: 1 };
    const change = pay(placedOrder(), calendarWith({ days: [dayWith(TUESDAY, frozen)] }));
    expect(change.joined).toEqual([{ date: TUESDAY, parcelId: 'par_1-1' }]);
    expect(change.days).toMatchObject([{ revision: 3, lateRoomBoxes: 0, reservedBoxes: 1 }]);
  });
});

describe('“입금했어요”', () => {
  test('is recorded once and changes nothing else', () => {
    const order = placedOrder();
    const change = decideClaimPaid(stateWith(calendarWith(), { order }));
    expect(change.answer).toEqual({ ...order, claimedPaidAt: MONDAY_NOON.toISOString() });
    const again = decideClaimPaid(stateWith(calendarWith(), { order: change.answer }));
    expect(again).toMatchObject({ answer: change.answer, events: [], notices: [] });
    expect(again.orders).toBeUndefined();
  });
});

describe('the end of the time to pay', () => {
  const order = placedOrder();
  const at = (time: number, over = {}) =>
    decideExpire(
      stateWith(calendarWith({ now: new Date(time) }), { order: { ...order, ...over } }),
    );
  const end = Date.parse(order.payBy);

  test('ends an unpaid order, at that moment and not before', () => {
    expect(at(end - 1)).toMatchObject({ answer: false, events: [] });
    const change = at(end);
    expect(change).toMatchObject({ answer: true, orders: [{ state: 'expired' }] });
    expect(change.notices).toMatchObject([{ kind: 'expired', to: { person: 'per_1' } }]);
  });

  test('hands a part-paid order to the seller, once', () => {
    expect(at(end, { paidKrw: 1 })).toMatchObject({
      orders: [{ state: 'awaiting_payment', handedAt: order.payBy }],
      notices: [{ to: { role: 'seller' }, kind: 'part_paid_over' }],
    });
    expect(at(end, { paidKrw: 1, handedAt: order.payBy })).toMatchObject({
      answer: false,
      notices: [],
    });
  });

  test.each(['paid', 'cancelled', 'expired'] as const)(
    'does nothing to one that is %s',
    (state) => {
      const change = decideExpire(
        stateWith(calendarWith({ now: new Date(end) }), { order: orderIn(state, 'waiting') }),
      );
      expect(change).toMatchObject({ answer: false, events: [], notices: [] });
    },
  );
});

describe('when the buyer last acted', () => {
  const LATER = '2026-07-20T05:00:00.000Z';
  const actedAt = (
    order: ReturnType<typeof placedOrder>,
    method: 'bank' | 'manual',
    at = BANK_AT,
  ) => {
    const state = stateWith(calendarWith(), { order });
    const [notice] = decidePay(state, { ...PAYMENT, method, at }, 'seller').notices;
    return notice?.data.actedAt;
  };

  test('is the time at the bank, where a bank has seen the money', () => {
    expect(actedAt(placedOrder(), 'bank', LATER)).toBe(LATER);
  });

  test('is his order or his word that he paid, when the seller confirms by hand', () => {
    const order = placedOrder();
    expect(actedAt(order, 'manual', LATER)).toBe(order.placedAt);
    expect(actedAt({ ...order, claimedPaidAt: LATER }, 'manual')).toBe(LATER);
  });
});
