// Stores, their products and their days. What anybody may read holds neither policy nor bank account.
import { addDays, localDate } from '../orders/dates.ts';
import { dayOf, roomOn } from '../orders/day.ts';
import { DomainError } from '../orders/errors.ts';
import * as ordering from '../orders/ordering.ts';
import { DEFAULT_POLICY, isOnSale, NEW_PRODUCT, type Product, type Shop } from '../orders/shop.ts';
import * as answers from './answers.ts';
import { type Caller, storeFor } from './auth.ts';
import * as examples from './examples.ts';
import { mustFindShop } from './find-order.ts';
import { askedFor } from './order-routes.ts';
import { type Api, type Call, type Route, route } from './route.ts';
import * as schemas from './schemas.ts';

/** How far ahead a store's page shows its days. */
const DATES_SHOWN_DAYS = 14;

export const storeRoutes: readonly Route[] = [
  route({
    name: 'listStores',
    tag: 'stores',
    summary: 'Stores that are not archived, with their products',
    refusals: [],
    method: 'get',
    path: '/stores',
    status: 200,
    door: 'anybody',
    params: schemas.nothing,
    query: schemas.storesQuery,
    answer: answers.storePage,
    handle: async ({ query, store, now }) => {
      const after = query.cursor === undefined ? '' : readCursor(query.cursor);
      const shops = await store.listShops({ states: ['open', 'paused'] });
      // The storage lists them by id.
      const rest = shops.filter(({ id }) => id > after);
      const shown = rest.slice(0, query.limit);
      const last = rest.length > query.limit ? shown.at(-1) : undefined;
      return {
        stores: shown.map((shop) => publicStore(shop, now())),
        next: last === undefined ? null : Buffer.from(last.id).toString('base64url'),
      };
    },
  }),
  route({
    name: 'findStore',
    tag: 'stores',
    summary: 'One store with its next open harvest dates',
    refusals: ['not_found'],
    method: 'get',
    path: '/stores/:id',
    status: 200,
    door: 'anybody',
    params: schemas.idPath,
    query: schemas.nothing,
    answer: answers.storeWithDates,
    handle: async ({ params, store, now }) => {
      const shop = await mustFindShop(store, params.id);
      if (shop.state === 'archived') throw new DomainError('not_found', 'there is no such store');
      return { ...publicStore(shop, now()), dates: await datesOf({ store, now: now(), shop }) };
    },
  }),
  route({
    name: 'createStore',
    tag: 'stores',
    summary: 'Open a store',
    refusals: ['conflict'],
    method: 'post',
    path: '/stores',
    status: 201,
    params: schemas.nothing,
    query: schemas.nothing,
    body: schemas.newStore,
    example: examples.newStore,
    answer: answers.ownStore,
    handle: ({ body, caller, request, ...api }) =>
      changing(api, storeFor(caller, body.id) ?? body.id, async () => {
        const { id, name, state = 'open', business = null } = body;
        const policy = { ...DEFAULT_POLICY, ...body.policy };
        const known = await api.store.findShop(id);
        // A repeat whose first answer was lost finds just what it would have made.
        const isRepeat = request !== undefined && isSame(known, { name, state, policy, business });
        if (known !== null && !isRepeat)
          throw new DomainError('conflict', `there is a store ${id} already`);
        await api.store.putShop({ id, name, state, policy, business });
        return ownStore(await mustFindShop(api.store, id));
      }),
  }),
  route({
    name: 'changeStore',
    tag: 'stores',
    summary: 'Change a store; a changed policy may move parcels',
    refusals: ['not_found'],
    method: 'patch',
    path: '/stores/:id',
    status: 200,
    params: schemas.idPath,
    query: schemas.nothing,
    body: schemas.storeChange,
    example: examples.storeChange,
    answer: answers.ownStore,
    handle: ({ params, body, caller, ...api }) =>
      changing(api, storeFor(caller, params.id) ?? params.id, async () => {
        const was = await mustFindShop(api.store, params.id);
        const { products, holidays, ...shop } = was;
        const policy = { ...shop.policy, ...body.policy };
        await api.store.putShop({ ...shop, ...body, policy });
        const changed = await mustFindShop(api.store, params.id);
        const asked = { shop: changed, now: api.now(), who: 'system' } as const;
        if (body.policy !== undefined) await api.store.submit(ordering.applyPolicy(asked, was));
        return ownStore(changed);
      }),
  }),
  route({
    name: 'createProduct',
    tag: 'stores',
    summary: 'Add a product',
    refusals: ['not_found', 'conflict'],
    method: 'post',
    path: '/stores/:id/products',
    status: 201,
    params: schemas.idPath,
    query: schemas.nothing,
    body: schemas.newProduct,
    example: examples.newProduct,
    answer: answers.product,
    handle: ({ params, body, caller, request, ...api }) =>
      changing(api, storeFor(caller, params.id) ?? params.id, async () => {
        const { products } = await mustFindShop(api.store, params.id);
        const made: Product = { ...NEW_PRODUCT, ...body };
        const known = products.find(({ id }) => id === made.id) ?? null;
        if (known !== null && !(request !== undefined && isSame(known, made)))
          throw new DomainError('conflict', `the store has a product ${made.id} already`);
        return putProduct(api, params.id, made);
      }),
  }),
  route({
    name: 'changeProduct',
    tag: 'stores',
    summary: 'Change a product, for orders to come',
    refusals: ['not_found', 'ambiguous'],
    method: 'patch',
    path: '/products/:id',
    status: 200,
    params: schemas.idPath,
    query: schemas.inStore,
    body: schemas.productChange,
    example: examples.productChange,
    answer: answers.product,
    handle: async ({ params, query, body, caller, ...api }) => {
      const storeId = await storeOfProduct(api, params.id, storeFor(caller, query.store));
      return changing(api, storeId, async () => {
        const known = await mustFindProduct(api, storeId, params.id);
        return putProduct(api, storeId, { ...known, ...body });
      });
    },
  }),
  route({
    name: 'setCap',
    tag: 'stores',
    summary: 'Set the most boxes of a day; parcels may move',
    refusals: ['not_found'],
    method: 'put',
    path: '/stores/:id/caps/:date',
    status: 200,
    params: schemas.dayPath,
    query: schemas.nothing,
    body: schemas.dayCap,
    example: examples.dayCap,
    answer: answers.capChanged,
    handle: setCap,
  }),
];

async function setCap({
  params,
  body,
  request,
  ...call
}: Call<{ id: string; date: string }, unknown, { capBoxes: number }>) {
  const storeId = storeFor(call.caller, params.id) ?? params.id;
  const asked = await askedFor(call, storeId, 'farmer');
  const command = ordering.setCap(asked, { date: params.date, capBoxes: body.capBoxes });
  const { answer } = await call.store.submit({ ...command, request });
  const { date, capBoxes, reservedBoxes } = answer;
  const moved = answer.moved.map(({ parcel, from, to }) => ({ parcel, from, to }));
  return { date, capBoxes, reservedBoxes, moved };
}

/** Changes of one store go one after another: each starts from what the last one left. */
function changing<T>({ inTurn }: Api, storeId: string, work: () => Promise<T>): Promise<T> {
  return inTurn(`store:${storeId}`, work);
}

/** True when every field of `made` is in `known` as it is. */
function isSame(known: object | null, made: object): boolean {
  return (
    known !== null &&
    Object.entries(made).every(
      ([name, value]) => JSON.stringify(Reflect.get(known, name)) === JSON.stringify(value),
    )
  );
}

async function putProduct({ store }: Api, storeId: string, product: Product): Promise<Product> {
  const { saleFrom, saleTo, shipFrom, shipTo } = product;
  if (isTurned(saleFrom, saleTo) || isTurned(shipFrom, shipTo))
    throw new DomainError(
      'bad_request',
      'saleFrom and shipFrom must not be after saleTo and shipTo',
    );
  await store.putProduct(storeId, product);
  return mustFindProduct({ store }, storeId, product.id);
}

function isTurned(from: string | null, to: string | null): boolean {
  return from !== null && to !== null && from > to;
}

async function mustFindProduct(
  { store }: Pick<Api, 'store'>,
  storeId: string,
  productId: string,
): Promise<Product> {
  const { products } = await mustFindShop(store, storeId);
  const product = products.find(({ id }) => id === productId);
  if (product === undefined) throw new DomainError('not_found', 'there is no such product');
  return product;
}

async function storeOfProduct(
  { store }: Api,
  productId: string,
  storeId: Caller['storeId'],
): Promise<string> {
  if (storeId !== null) return storeId;
  const shops = await store.listShops({ states: ['open', 'paused'] });
  const having = shops.filter(({ products }) => products.some(({ id }) => id === productId));
  const [only, another] = having;
  if (only === undefined) throw new DomainError('not_found', 'there is no such product');
  if (another !== undefined)
    throw new DomainError('ambiguous', 'several stores have a product of this id; name the store');
  return only.id;
}

function publicStore({ id, name, state, products, policy }: Shop, now: Date) {
  const today = localDate(now, policy.timeZone);
  return {
    id,
    name,
    open: state === 'open',
    products: products
      .filter((product) => product.state !== 'archived')
      .map((product) => ({
        id: product.id,
        name: product.name,
        priceKrw: product.priceKrw,
        origin: product.origin,
        available: isOnSale(product, today),
      })),
  };
}

function ownStore({ id, name, state, products, policy, business }: Shop) {
  return { id, name, state, products, policy, business };
}

async function datesOf({ store, now, shop }: Pick<Api, 'store'> & { now: Date; shop: Shop }) {
  const today = localDate(now, shop.policy.timeZone);
  const days = await store.findDays(shop.id, today);
  return Array.from({ length: DATES_SHOWN_DAYS }, (_, index) => addDays(today, index))
    .map((date) => ({
      date,
      capBoxes: dayOf(shop, days, date).capBoxes,
      leftBoxes: roomOn({ shop, days, now }, date),
    }))
    .filter(({ capBoxes }) => capBoxes > 0);
}

function readCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!/^[\w-]+$/.test(id))
    throw new DomainError('bad_request', 'cursor must be the next of an answer');
  return id;
}
