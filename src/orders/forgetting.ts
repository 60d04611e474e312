// Erasing a person: what no open order needs goes at once, the rest when the last order has ended.
import type { OrderCore, OrderPersonal, ParcelPersonal, ParcelState } from './order.ts';

/** What stands in the place of a name or an address that was erased. */
export const ERASED = '—';
export const ERASED_ORDER: OrderPersonal = {
  buyer: { name: null, phone: null },
  sender: null,
  depositor: null,
  memo: null,
};
export const ERASED_PARCEL: ParcelPersonal = {
  recipient: ERASED,
  phone: '',
  postcode: null,
  address: ERASED,
  memo: null,
};

const PARCEL_ENDS: ReadonlySet<ParcelState> = new Set(['delivered', 'cancelled', 'returned']);

/** What is known of somebody when he is to be erased. */
export type Remembered = {
  /** His orders whose personal data is still there. */
  readonly orders: readonly OrderCore[];
  readonly roles: readonly unknown[];
};

export type Forgetting = {
  readonly endedOrders: readonly OrderCore[];
  /** Orders that still need who orders and where it goes. */
  readonly openOrders: readonly OrderCore[];
  /** True: nothing needs him any more, his key is destroyed. */
  readonly isWhole: boolean;
};

/** Staff are told things as long as they have a role, so their key stays; it goes with the role. */
export function decideForget({ orders, roles }: Remembered): Forgetting {
  const openOrders = orders.filter((order) => !hasEnded(order));
  return {
    endedOrders: orders.filter(hasEnded),
    openOrders,
    isWhole: openOrders.length === 0 && roles.length === 0,
  };
}

/** Nothing is to be paid, sent or paid back any more. */
export function hasEnded({ state, refundDueKrw, parcels }: OrderCore): boolean {
  if (refundDueKrw > 0) return false;
  if (state === 'expired' || state === 'cancelled') return true;
  return state === 'paid' && parcels.every((parcel) => PARCEL_ENDS.has(parcel.state));
}
