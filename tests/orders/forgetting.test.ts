import { expect, test } from 'vitest';
import { decideForget, hasEnded } from '../../src/orders/forgetting.ts';
import { ORDER_STATES, PARCEL_STATES, type ParcelState } from '../../src/orders/order.ts';
import { decidePlace } from '../../src/orders/placing.ts';
import { calendarWith, requestFor, stateWith } from '../support/shop.ts';

const placing = { id: 'ord_1', buyerId: 'per_1', request: requestFor({}, {}) };
const { order } = decidePlace(stateWith(calendarWith()), placing).answer;
const withParcels = (...states: readonly ParcelState[]) =>
  states.flatMap((state) => order.parcels.slice(0, 1).map((parcel) => ({ ...parcel, state })));

test('an order has ended when nothing is to be paid, sent or paid back', () => {
  const ends = ORDER_STATES.flatMap((state) =>
    PARCEL_STATES.filter((parcel) =>
      hasEnded({ ...order, state, parcels: withParcels('delivered', parcel) }),
    ).map((parcel) => `${state} ${parcel}`),
  );
  const any = (state: string) => PARCEL_STATES.map((parcel) => `${state} ${parcel}`);
  expect(ends).toEqual([
    'paid delivered',
    'paid cancelled',
    'paid returned',
    ...any('expired'),
    ...any('cancelled'),
  ]);
  for (const state of ORDER_STATES)
    expect(hasEnded({ ...order, state, parcels: [], refundDueKrw: 1 })).toBe(false);
});

test('all of a person goes when no order and no role is left', () => {
  const ended = { ...order, state: 'expired' } as const;
  expect(decideForget({ orders: [], roles: [] }).isWhole).toBe(true);
  expect(decideForget({ orders: [ended], roles: [] })).toEqual({
    endedOrders: [ended],
    openOrders: [],
    isWhole: true,
  });
  expect(decideForget({ orders: [ended, order], roles: [] })).toEqual({
    endedOrders: [ended],
    openOrders: [order],
    isWhole: false,
  });
  expect(decideForget({ orders: [ended], roles: ['farmer'] }).isWhole).toBe(false);
});
