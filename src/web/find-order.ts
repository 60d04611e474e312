// `{ref}`: an order's id, or its code as people say it. What another store holds is not found, just
// as what does not exist: a key must not learn which.
import { DomainError } from '../orders/errors.ts';
import type { Order } from '../orders/order.ts';
import type { Shop } from '../orders/shop.ts';
import type { Store } from '../orders/store.ts';
import { type Caller, storeFor } from './auth.ts';

export type OrderPlace = { readonly storeId: string; readonly orderId: string };

/** Newest first, so that a code used again means its newest order. */
const SAME_CODE_MAX = 20;

type Search = {
  readonly store: Store;
  readonly caller: Caller;
  /** The store that the call names beside the reference. */
  readonly named?: string | undefined;
};

export async function findOrder(search: Search, ref: string): Promise<OrderPlace> {
  if (ref.startsWith('ord_')) return findById(search, ref);
  const storeId = storeFor(search.caller, search.named);
  const code = /^([a-z]\d)-?(\d{3})$/i.exec(ref.trim());
  if (code === null) throw noOrder();
  const orders = await search.store.findOrders({
    code: `${code[1]?.toUpperCase()}-${code[2]}`,
    ...(storeId === null ? {} : { storeId }),
    limit: SAME_CODE_MAX,
  });
  const [newest] = orders;
  if (newest === undefined) throw noOrder();
  const stores = new Set(orders.map((order) => order.storeId));
  if (stores.size > 1)
    throw new DomainError('ambiguous', 'several stores have an order of this code; name the store');
  return { storeId: newest.storeId, orderId: newest.id };
}

/** The order that holds a parcel. */
export async function findParcel(search: Search, parcelId: string): Promise<OrderPlace> {
  if (!parcelId.startsWith('par_')) throw new DomainError('not_found', 'there is no such parcel');
  return findById(search, parcelId);
}

async function findById({ store, caller, named }: Search, id: string): Promise<OrderPlace> {
  const storeId = storeFor(caller, named);
  const place = await store.findStoreOf(id);
  if (place === null || (storeId !== null && place.storeId !== storeId)) throw noOrder();
  return place;
}

/** The order as it is now; it was just found, so its absence is a failure and no refusal. */
export async function mustFind(store: Store, { storeId, orderId }: OrderPlace): Promise<Order> {
  const order = await store.findOrder(storeId, orderId);
  if (order === null) throw new Error(`order ${orderId} is gone`);
  return order;
}

export async function mustFindShop(store: Store, storeId: string): Promise<Shop> {
  const shop = await store.findShop(storeId);
  if (shop === null) throw new DomainError('not_found', 'there is no such store');
  return shop;
}

function noOrder(): DomainError {
  return new DomainError('not_found', 'there is no such order');
}
