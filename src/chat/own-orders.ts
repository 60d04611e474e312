// The buyer's own orders, as the other files of the conversation ask for them.
import { canCancel, type Order } from '../orders/order.ts';
import type { Asking } from './desk.ts';
import type { StepTimes } from './replies.ts';

const ORDERS_READ_MAX = 20;

/** The sender's orders at this store, newest first. */
export async function ordersOf({ desk, turn, shop }: Asking): Promise<readonly Order[]> {
  return desk.store.findOrders({
    buyerId: turn.person.id,
    storeId: shop.id,
    limit: ORDERS_READ_MAX,
  });
}

export function isOpen(order: Order): boolean {
  return order.state === 'awaiting_payment' || order.state === 'paid';
}

export function isCancellable(order: Order): boolean {
  return isOpen(order) && order.parcels.some(canCancel);
}

export type TimedOrder = { readonly order: Order; readonly times: StepTimes };

/** When each parcel reached each of its steps, by `parcel:state`. */
export async function withTimes(
  { desk }: Asking,
  orders: readonly Order[],
): Promise<readonly TimedOrder[]> {
  return Promise.all(
    orders.map(async (order) => {
      const history = await desk.store.findHistory(order.storeId, order.id);
      const times = new Map(history.map((h) => [`${h.parcelId ?? ''}:${h.event}`, h.at]));
      return { order, times };
    }),
  );
}
