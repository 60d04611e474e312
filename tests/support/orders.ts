// Orders as decisions see them, in any state, without a store.
import type { PlacedSlot } from '../../src/orders/change.ts';
import type { Calendar } from '../../src/orders/day.ts';
import type { OrderCore, OrderState, ParcelState } from '../../src/orders/order.ts';
import { decidePay } from '../../src/orders/paying.ts';
import { decidePlace } from '../../src/orders/placing.ts';
import { type Asking, calendarWith, requestFor, stateWith } from './shop.ts';

export const BANK_AT = '2026-07-20T02:00:00.000Z';
export const PAYMENT = {
  amountKrw: null,
  method: 'bank',
  reference: null,
  depositor: null,
  at: BANK_AT,
} as const;

/** An order as placing makes it. */
export function placedOrder(
  asked: readonly Asking[] = [{}],
  calendar: Calendar = calendarWith(),
): OrderCore {
  const placing = { id: 'ord_1', buyerId: 'per_1', request: requestFor(...asked) };
  return decidePlace(stateWith(calendar), placing).answer.order;
}

/** The same order, paid. */
export function paidOrder(
  asked: readonly Asking[] = [{}],
  calendar: Calendar = calendarWith(),
): OrderCore {
  const order = placedOrder(asked, calendar);
  return decidePay(stateWith(calendar, { order }), PAYMENT, 'seller').answer;
}

/** An order whose parcels are in a given state, with the days they lie on. */
export function orderIn(
  state: OrderState,
  parcelState: ParcelState,
  asked: readonly Asking[] = [{}],
): OrderCore {
  const order = state === 'paid' ? paidOrder(asked) : placedOrder(asked);
  return {
    ...order,
    state,
    parcels: order.parcels.map((parcel) => ({ ...parcel, state: parcelState })),
  };
}

/** Rows of a day's list, one order each, with boxes as given. */
export function placedSlots(
  date: string,
  boxes: readonly number[],
  over: (index: number) => Partial<PlacedSlot> = () => ({}),
): PlacedSlot[] {
  return boxes.map((count, index) => {
    const [parcel] = placedOrder([{ boxes: count }]).parcels;
    return {
      parcelId: `par_${index + 1}-1`,
      orderId: `ord_${index + 1}`,
      buyerId: `per_${index + 1}`,
      items: [{ product: 'peach-4kg', boxes: count }],
      boxes: count,
      wanted: null,
      state: 'scheduled',
      harvestDate: date,
      depositedAt: BANK_AT,
      bookingSeq: index + 1,
      row: null,
      packages: parcel?.packages ?? [],
      ...over(index),
    };
  });
}
