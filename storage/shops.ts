// Stores as the rules see them, kept in memory until one of them really changes.
import type { Policy, Product, Shop, StoreState } from '../src/orders/shop.ts';
import type { Store } from '../src/orders/store.ts';
import type { Context } from './operations.ts';
import { toShop } from './rows.ts';
import { all, type Body, first, q } from './statement.ts';

/** Counters of the installation stand in the place of no store. */
const EVERYWHERE = '';
const SHOPS_VERSION = 'shops';

/** Stores as they were read since one of them, a product or a holiday last changed. */
export class ShopMemory {
  readonly byId = new Map<string, Shop>();
  /** All of them by id, or null; those in `changed` are to be read again. */
  all: readonly Shop[] | null = null;
  readonly changed = new Set<string>();
  /** The counter of changes when they were read; null when nobody looked yet. */
  version: number | null = null;

  clear(): void {
    this.byId.clear();
    this.all = null;
    this.changed.clear();
    this.version = null;
  }

  forget(storeId: string): void {
    this.byId.delete(storeId);
    this.changed.add(storeId);
  }
}

/** After another process changed the file: forgets the stores if it was one of them that changed. */
export function* forgetChangedShops({ shops }: Pick<Context, 'shops'>): Body<void> {
  const counter = yield* first(q.findCounter, { store_id: EVERYWHERE, name: SHOPS_VERSION });
  const version = counter?.value ?? 0;
  if (version === shops.version) return;
  shops.clear();
  shops.version = version;
}

/**
 * Every writer of stores ends with this: it makes other processes read them all again, and us the one
 * that changed (null: all).
 */
function* changed({ shops }: Context, storeId: string | null): Body<void> {
  const counter = yield* first(q.bumpCounter, { store_id: EVERYWHERE, name: SHOPS_VERSION });
  const version = counter?.value ?? 0;
  // Nobody else changed one since we looked; else all are read again when that is noticed.
  const isOwn = storeId !== null && shops.version === version - 1;
  if (storeId === null) shops.clear();
  else shops.forget(storeId);
  if (isOwn) shops.version = version;
}

export function* readShop(context: Context, storeId: string): Body<Shop | null> {
  const known = context.shops.byId.get(storeId);
  if (known !== undefined) return known;
  const row = yield* first(q.findStoreRow, { id: storeId });
  if (row === null) return null;
  const products = yield* all(q.listProducts, { store_id: storeId });
  const shop = toShop(row, products, yield* readShared(context));
  context.shops.byId.set(storeId, shop);
  return shop;
}

export function* listShops(context: Context, states: readonly StoreState[]): Body<Shop[]> {
  const { shops } = context;
  if (shops.all === null) shops.all = yield* readAllShops(context);
  else if (shops.changed.size > 0) shops.all = yield* readChangedShops(context, shops.all);
  shops.changed.clear();
  return shops.all.filter(({ state }) => states.includes(state));
}

function* readChangedShops(context: Context, known: readonly Shop[]): Body<Shop[]> {
  const { changed: ids } = context.shops;
  const again: Shop[] = [];
  for (const id of ids) {
    const shop = yield* readShop(context, id);
    if (shop !== null) again.push(shop);
  }
  const kept = known.filter(({ id }) => !ids.has(id));
  return [...kept, ...again].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Three statements, however many stores there are. */
function* readAllShops(context: Context): Body<Shop[]> {
  const products = Map.groupBy(yield* all(q.listAllProducts, {}), (row) => row.store_id);
  const shared = yield* readShared(context);
  const rows = yield* all(q.listStoreRows, {});
  const shops = rows.map((row) => toShop(row, products.get(row.id) ?? [], shared));
  for (const shop of shops) context.shops.byId.set(shop.id, shop);
  return shops;
}

function* readShared({ policyOverride }: Context): Body<{
  readonly holidays: ReadonlySet<string>;
  readonly policyOverride: Partial<Policy>;
}> {
  const holidays = yield* all(q.listHolidays, {});
  return { holidays: new Set(holidays.map(({ date }) => date)), policyOverride };
}

export function* putShop(
  context: Context,
  shop: Parameters<Store['putShop']>[0] & { readonly createdAt: string },
): Body<void> {
  yield* all(q.putStoreRow, {
    id: shop.id,
    name: shop.name,
    state: shop.state,
    policy: JSON.stringify(shop.policy),
    business: shop.business && JSON.stringify(shop.business),
    created_at: shop.createdAt,
  });
  yield* changed(context, shop.id);
}

export function* putProduct(context: Context, storeId: string, product: Product): Body<void> {
  const known = yield* all(q.listProducts, { store_id: storeId });
  yield* all(q.putProduct, {
    store_id: storeId,
    id: product.id,
    position: known.length,
    name: product.name,
    price_krw: product.priceKrw,
    origin: product.origin,
    sale_from: product.saleFrom,
    sale_to: product.saleTo,
    ship_from: product.shipFrom,
    ship_to: product.shipTo,
    daily_cap_boxes: product.dailyCapBoxes,
    image_url: product.imageUrl,
    description: product.description,
    state: product.state,
  });
  yield* changed(context, storeId);
}

/** Without a name the date is a holiday no more. */
export function* putHoliday(context: Context, date: string, name: string | null): Body<void> {
  if (name === null) yield* all(q.deleteHoliday, { date });
  else yield* all(q.putHoliday, { date, name });
  yield* changed(context, null);
}
