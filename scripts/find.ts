// What the words on the command line mean: which store, which order, which product.
import {
  DomainError,
  type House,
  type MovedParcel,
  type Order,
  ordering,
  orderJson,
  type Paper,
  type Product,
  type Shop,
  type Standings,
} from '../src/app.ts';
import { type Cli, UsageError } from './command.ts';

const CODE = /^([a-z]\d)[-\s]?(\d{3})$/i;
const SAME_CODE_MAX = 100;
const ALL_STATES = ['open', 'paused', 'archived'] as const;

/** The named store in any state, else the only one that is not archived. */
export async function findShop({ store }: House, storeId: string | undefined): Promise<Shop> {
  if (storeId !== undefined) {
    const shop = await store.findShop(storeId);
    if (shop === null) throw new DomainError('not_found', `there is no store ${storeId}`);
    return shop;
  }
  const [only, another] = await store.listShops({ states: ['open', 'paused'] });
  if (only === undefined) throw new DomainError('not_found', 'there is no store yet');
  if (another !== undefined) throw new UsageError('there are several stores: name one by --store');
  return only;
}

/** The named store or, without a name, all of them. */
export async function findShops(
  house: House,
  storeId: string | undefined,
): Promise<readonly Shop[]> {
  if (storeId !== undefined) return [await findShop(house, storeId)];
  return house.store.listShops({ states: ALL_STATES });
}

/** An order by its id or its code; of a store's orders with the same code the newest. */
export async function findOrder(
  { store }: House,
  ref: string,
  storeId: string | undefined,
): Promise<{ readonly order: Order; readonly shop: Shop }> {
  const found = await (CODE.test(ref) ? byCode : byId)(store, ref, storeId);
  const shop = found && (await store.findShop(found.storeId));
  if (found === null || shop === null)
    throw new DomainError(
      'not_found',
      `there is no order ${ref}${storeId ? ` in ${storeId}` : ''}`,
    );
  return { order: found, shop };
}

async function byId(
  store: House['store'],
  ref: string,
  storeId: string | undefined,
): Promise<Order | null> {
  const place = /^(ord|par)_/.test(ref) ? await store.findStoreOf(ref) : null;
  if (place === null || (storeId !== undefined && place.storeId !== storeId)) return null;
  return store.findOrder(place.storeId, place.orderId);
}

async function byCode(
  store: House['store'],
  ref: string,
  storeId: string | undefined,
): Promise<Order | null> {
  const code = ref.replace(CODE, '$1-$2').toUpperCase();
  const orders = await store.findOrders({ code, storeId, limit: SAME_CODE_MAX });
  const stores = new Set(orders.map((order) => order.storeId));
  if (stores.size > 1)
    throw new DomainError(
      'ambiguous',
      `${code} is an order of ${[...stores].sort().join(', ')}: name one by --store`,
    );
  return orders.reduce<Order | null>(
    (newest, order) => (newest !== null && newest.placedAt >= order.placedAt ? newest : order),
    null,
  );
}

/** `per_…` as it is; `platform:bot:user` by looking; the user's own part may hold colons. */
export async function findUser({ store }: House, said: string): Promise<string> {
  if (said.startsWith('per_')) return said;
  const [, platform, bot, user] = /^([^:]+):([^:]+):(.+)$/.exec(said) ?? [];
  if (platform === undefined || bot === undefined || user === undefined)
    throw new UsageError(`expected per_… or platform:bot:user, got ${said}`);
  const { person, isNew } = await store.findTurn({ platform, bot, user }, null);
  if (isNew) throw new DomainError('not_found', 'there is no such person');
  return person.id;
}

/** A product by its id; when several stores have it, one must be named. */
export async function findProduct(
  house: House,
  productId: string,
  storeId: string | undefined,
): Promise<{ readonly product: Product; readonly shop: Shop }> {
  const found = (await findShops(house, storeId)).flatMap((shop) =>
    shop.products.filter(({ id }) => id === productId).map((product) => ({ product, shop })),
  );
  const [only, another] = found;
  if (only === undefined) throw new DomainError('not_found', `there is no product ${productId}`);
  if (another !== undefined)
    throw new DomainError('ambiguous', `several stores have ${productId}: name one by --store`);
  return only;
}

/** The order as programs see it, read afresh. */
export async function tellOrder({ store }: House, shop: Shop, orderId: string) {
  const order = await store.findOrder(shop.id, orderId);
  if (order === null) throw new DomainError('not_found', `there is no order ${orderId}`);
  const history = await store.findHistory(shop.id, orderId);
  return orderJson(order, history, shop.policy.timeZone);
}

export type ListJson = ReturnType<typeof listJson>;

/**
 * A day list as programs see it; what is struck keeps its number and counts nothing. The rows are those of
 * the paper; their packages are those of now, and so is where they stand unless a moment was asked for.
 */
export function listJson(paper: Paper, standings: Standings) {
  const { store, date, revision, at, capBoxes, totalBoxes, hash } = paper;
  const rows = paper.rows.flatMap((one) => {
    const standing = standings.get(one.parcel);
    if (standing === undefined) return [];
    const { row, order, parcel, recipient, phone, address, items, boxes, memo, sender } = one;
    const who = { row, order, parcel, recipient, phone, address };
    return [{ ...who, items, boxes, ...standing, memo, sender, struck: one.struck }];
  });
  return { store, date, revision, at, capBoxes, totalBoxes, hash, rows };
}

/** Who acts on the command line: the installation's operator. */
export function asked(cli: Cli, shop: Shop) {
  return { shop, now: cli.now(), who: 'admin' } as const;
}

/** After a change of a store's policy or of the holidays: moves whom it moves. */
export async function applyPolicy(
  cli: Cli,
  { shop, was }: { readonly shop: Shop; readonly was: Shop },
): Promise<readonly MovedParcel[]> {
  const { store } = await cli.house();
  const { answer } = await store.submit(ordering.applyPolicy(asked(cli, shop), was));
  return answer.moved;
}

export function movedLines(moved: readonly MovedParcel[]): string[] {
  return moved.map(
    ({ parcel, from, to }) => `  ${parcel}  ${from ?? 'no date'} → ${to ?? 'no date'}`,
  );
}
