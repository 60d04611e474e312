import { describe, expect, test } from 'vitest';
import { decideCancel, refundFor } from '../../src/orders/cancelling.ts';
import type { Payment } from '../../src/orders/change.ts';
import type { OrderCore } from '../../src/orders/order.ts';
import { orderIn, paidOrder, placedOrder } from '../support/orders.ts';
import {
  type Asking,
  calendarWith,
  dayWith,
  refusal,
  shopWith,
  stateWith,
  TUESDAY,
} from '../support/shop.ts';

const ALL = { parcelIds: null, reason: null, account: null };

function paymentOf(order: OrderCore, over: Partial<Payment> = {}): Payment {
  return { id: 1, amountKrw: order.paidKrw, method: 'bank', refundedKrw: 0, ...over };
}

/** The state a cancel is decided on: the day its parcels lie on, and what was paid. */
function stateOf(order: OrderCore, over: Partial<Parameters<typeof dayWith>[1]> = {}) {
  const boxes = order.parcels.reduce(
    (sum, parcel) => sum + (['waiting', 'cancelled'].includes(parcel.state) ? 0 : parcel.boxes),
    0,
  );
  const day = { reservedBoxes: boxes, productBoxes: { 'peach-4kg': boxes }, ...over };
  const calendar = calendarWith({ days: [dayWith(TUESDAY, day)] });
  const payments = order.paidKrw > 0 ? [paymentOf(order)] : [];
  return stateWith(calendar, { order, payments });
}

const cancel = (order: OrderCore, request: Partial<typeof ALL> | { parcelIds: string[] } = {}) =>
  decideCancel(stateOf(order), { ...ALL, ...request }, 'buyer');

describe('a whole order', () => {
  test('that is unpaid is cancelled without a refund, and nobody is woken', () => {
    const change = cancel(placedOrder([{ boxes: 2 }, { boxes: 1 }]));
    expect(change.answer.order).toMatchObject({ state: 'cancelled', totalKrw: 0, refundDueKrw: 0 });
    expect(change).toMatchObject({ refunds: [], notices: [], days: [] });
  });

  test.each(['scheduled', 'harvested', 'packed'] as const)(
    'that is paid and %s frees its boxes and opens a refund of all that was paid',
    (state) => {
      const change = cancel(orderIn('paid', state, [{ boxes: 2 }, { boxes: 1 }]));
      expect(change.answer.order).toMatchObject({ state: 'cancelled', refundDueKrw: 115_000 });
      expect(change.days).toMatchObject([{ date: TUESDAY, reservedBoxes: 0, productBoxes: {} }]);
      expect(change.refunds).toMatchObject([
        { id: 'ref_1-1', paymentId: 1, amountKrw: 115_000, state: 'needs_account' },
      ]);
      expect(change.events.map(({ event }) => event)).toEqual([
        'cancelled',
        'cancelled',
        'refund_opened',
      ]);
      expect(change.notices.map(({ kind, to }) => [kind, to])).toEqual([
        ['cancelled', { role: 'seller' }],
        ['cancelled', { role: 'farmer' }],
      ]);
    },
  );

  test('that waits without a date is cancelled and refunded too', () => {
    const order = orderIn('paid', 'waiting', [{ boxes: 2 }]);
    const change = cancel({
      ...order,
      parcels: order.parcels.map((parcel) => ({ ...parcel, harvestDate: null })),
    });
    expect(change.answer.order).toMatchObject({ state: 'cancelled', refundDueKrw: 75_000 });
    expect(change.days).toEqual([]);
  });

  test.each(['shipped', 'delivered', 'returned'] as const)('is refused once %s', (state) => {
    const error = refusal(() => cancel(orderIn('paid', state)));
    expect(error).toMatchObject({ code: 'not_cancellable', detail: { state } });
  });

  test('is refused whole when one parcel has been shipped', () => {
    const order = paidOrder([{ boxes: 2 }, { boxes: 1 }]);
    const [first, second] = order.parcels;
    if (first === undefined || second === undefined) throw new Error('two parcels expected');
    const half = { ...order, parcels: [{ ...first, state: 'shipped' as const }, second] };
    expect(refusal(() => cancel(half)).code).toBe('not_cancellable');
    const rest = cancel(half, { parcelIds: ['par_1-2'] });
    expect(rest.answer.order).toMatchObject({ state: 'paid', refundDueKrw: 40_000 });
  });

  test('that expired is refused', () => {
    expect(refusal(() => cancel(orderIn('expired', 'waiting'))).code).toBe('not_cancellable');
  });

  test('said again gets the same answer and changes nothing', () => {
    const order = paidOrder([{ boxes: 2 }]);
    const first = decideCancel(stateOf(order), ALL, 'buyer');
    const after = stateWith(calendarWith(), {
      order: first.answer.order,
      payments: [paymentOf(order, { refundedKrw: 75_000 })],
      refunds: first.answer.refunds,
    });
    const again = decideCancel(after, ALL, 'buyer');
    expect(again).toEqual({ answer: first.answer, who: 'buyer', events: [], notices: [] });
  });
});

describe('a part of an order', () => {
  const refundOf = (asked: readonly Asking[], parcelIds: string[], shop = shopWith()) => {
    const order = paidOrder(asked, calendarWith({ shop }));
    const { answer } = cancel(order, { parcelIds });
    expect(answer.refunds.reduce((sum, refund) => sum + refund.amountKrw, 0)).toBe(
      refundFor(order, parcelIds),
    );
    return { total: answer.order.totalKrw, refund: answer.order.refundDueKrw };
  };

  test('gives back what was paid less what the rest costs', () => {
    expect(refundOf([{ boxes: 3 }, { boxes: 2 }], ['par_1-2'])).toEqual({
      total: 115_000,
      refund: 75_000,
    });
  });

  test('that loses the free shipping pays the rest’s shipping out of the refund', () => {
    const shop = shopWith({ freeFromKrw: 140_000 });
    expect(refundOf([{ boxes: 3 }, { boxes: 1 }], ['par_1-2'], shop)).toEqual({
      total: 115_000,
      refund: 25_000,
    });
  });

  test('never makes a paid order owe: then nothing comes back and nothing is asked', () => {
    const shop = shopWith({ freeFromKrw: 140_000, feeKrw: 30_000 });
    expect(refundOf([{ boxes: 3 }, { boxes: 1 }], ['par_1-2'], shop)).toEqual({
      total: 140_000,
      refund: 0,
    });
  });

  test('named twice is freed and paid back once', () => {
    const order = paidOrder([{ boxes: 3 }, { boxes: 2 }]);
    const change = cancel(order, { parcelIds: ['par_1-2', 'par_1-2'] });
    expect(change.days).toMatchObject([{ reservedBoxes: 3 }]);
    expect(change.parcels).toHaveLength(1);
    expect(change.answer.order.refundDueKrw).toBe(75_000);
  });

  test('and then the rest gives back exactly what was paid', () => {
    const order = paidOrder([{ boxes: 3 }, { boxes: 2 }]);
    const first = cancel(order, { parcelIds: ['par_1-1'] }).answer;
    const state = stateWith(
      calendarWith({
        days: [dayWith(TUESDAY, { reservedBoxes: 2, productBoxes: { 'peach-4kg': 2 } })],
      }),
      {
        order: first.order,
        payments: [paymentOf(order, { refundedKrw: first.order.refundDueKrw })],
        refunds: first.refunds,
      },
    );
    const { answer } = decideCancel(state, ALL, 'buyer');
    expect(answer.order).toMatchObject({ state: 'cancelled', refundDueKrw: order.totalKrw });
    expect(answer.refunds.map(({ id }) => id)).toEqual(['ref_1-1', 'ref_1-2']);
  });

  test('of another order is not there', () => {
    expect(refusal(() => cancel(paidOrder(), { parcelIds: ['par_2-1'] })).code).toBe('not_found');
  });

  test('of an unpaid order lowers what is due', () => {
    const { order, refunds } = cancel(placedOrder([{ boxes: 3 }, { boxes: 2 }]), {
      parcelIds: ['par_1-1'],
    }).answer;
    expect(order).toMatchObject({ state: 'awaiting_payment', totalKrw: 75_000 });
    expect(refunds).toEqual([]);
  });
});

describe('the money', () => {
  const account = { bank: '농협', account: '3020000000011', holder: '김영희' };

  test('that came by KakaoPay, or has an account, is due at once', () => {
    const order = paidOrder();
    const byKakao = { ...stateOf(order), payments: [paymentOf(order, { method: 'kakaopay' })] };
    expect(decideCancel(byKakao, ALL, 'buyer').refunds).toMatchObject([{ state: 'due' }]);
    const told = decideCancel(stateOf(order), { ...ALL, account }, 'buyer');
    expect(told.refunds).toMatchObject([{ state: 'due', account }]);
  });

  test('of several payments goes back to each, the newest first, none beyond its amount', () => {
    const order = paidOrder([{ boxes: 2 }]);
    const payments = [
      paymentOf(order, { id: 1, amountKrw: 50_000 }),
      paymentOf(order, { id: 2, amountKrw: 25_000, refundedKrw: 5_000 }),
    ];
    const { refunds } = decideCancel({ ...stateOf(order), payments }, ALL, 'buyer');
    expect(refunds).toMatchObject([
      { paymentId: 2, amountKrw: 20_000 },
      { paymentId: 1, amountKrw: 50_000 },
    ]);
  });

  test('and who hears of it depends on who cancelled', () => {
    const heard = (who: 'buyer' | 'farmer' | 'seller') =>
      decideCancel(stateOf(paidOrder()), ALL, who).notices.map(({ to }) =>
        'role' in to ? to.role : 'buyer',
      );
    expect(heard('buyer')).toEqual(['seller', 'farmer']);
    expect(heard('farmer')).toEqual(['buyer', 'seller']);
    expect(heard('seller')).toEqual(['buyer', 'farmer']);
  });
});

describe('a frozen list', () => {
  test('gets the row struck in its next revision, and no room for later payments', () => {
    const order = paidOrder([{ boxes: 2 }]);
    const state = stateOf(order, { revision: 1, frozenAt: 'then' });
    const change = decideCancel(state, ALL, 'buyer');
    expect(change.struck).toEqual([{ date: TUESDAY, parcelId: 'par_1-1' }]);
    expect(change.days).toMatchObject([{ revision: 2, reservedBoxes: 0, lateRoomBoxes: 0 }]);
  });
});
