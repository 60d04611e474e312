// The buyer's own orders, as the other files of the conversation ask for them.
import { isChangeable } from '../orders/change-plan.ts';
import { isStillOpen } from '../orders/changing.ts';
import { canCancel, type Order } from '../orders/order.ts';
import type { Asking } from './desk.ts';
import type { Difference, StepTimes } from './replies/index.ts';

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

export type TimedOrder = {
  readonly order: Order;
  readonly times: StepTimes;
  readonly difference: Difference | null;
};

/** When each parcel reached each of its steps, by `parcel:state`, and what a change waits for. */
export async function withTimes(
  asking: Asking,
  orders: readonly Order[],
): Promise<readonly TimedOrder[]> {
  const { store } = asking.desk;
  return Promise.all(
    orders.map(async (order) => {
      const history = await store.findHistory(order.storeId, order.id);
      const times = new Map(history.map((h) => [`${h.parcelId ?? ''}:${h.event}`, h.at]));
      return { order, times, difference: await differenceOf(asking, order) };
    }),
  );
}

/** What is to be paid before a change of the order is made; null where none waits. */
export async function differenceOf(
  { desk, now }: Asking,
  order: Order,
): Promise<Difference | null> {
  if (!order.parcels.some((parcel) => isChangeable(order, parcel))) return null;
  const open = await desk.store.findOpenChange(order.storeId, order.id);
  if (open === null || !isStillOpen(open, order, now)) return null;
  return { amountKrw: open.extraKrw, payBy: open.payBy };
}
