// Placing, paying, cancelling and reading orders.
import type { Refund, RefundState } from '../orders/change.ts';
import { localDate } from '../orders/dates.ts';
import { DomainError } from '../orders/errors.ts';
import type { Order } from '../orders/order.ts';
import { type OrderJson, orderJson } from '../orders/order-json.ts';
import * as ordering from '../orders/ordering.ts';
import { type OrderRequest, offerFor } from '../orders/placing.ts';
import type { Shop } from '../orders/shop.ts';
import type { HistoryEntry, Store } from '../orders/store.ts';
import { depositorCode } from '../payments/depositor-code.ts';
import * as answers from './answers.ts';
import { storeFor } from './auth.ts';
import * as examples from './examples.ts';
import { findOrder, mustFind, mustFindShop, type OrderPlace } from './find-order.ts';
import { type Api, type Call, type Route, route } from './route.ts';
import * as schemas from './schemas.ts';

/** People who order over the API are told apart by this name of a platform. */
export const API_PLATFORM = 'api';

export const orderRoutes: readonly Route[] = [
  route({
    name: 'placeOrder',
    tag: 'orders',
    summary: 'Place an order',
    refusals: [
      'not_found',
      'store_paused',
      'not_served',
      'over_capacity',
      'no_date',
      'out_of_season',
      'conflict',
    ],
    method: 'post',
    path: '/order',
    status: 201,
    params: schemas.nothing,
    query: schemas.nothing,
    body: schemas.newOrder,
    example: examples.newOrder,
    answer: answers.orderToPay,
    handle: placeOrder,
  }),
  route({
    name: 'payOrder',
    tag: 'orders',
    summary: 'Take a payment of exactly what is due',
    refusals: [
      'not_found',
      'ambiguous',
      'amount_mismatch',
      'not_payable',
      'over_capacity',
      'no_date',
    ],
    method: 'post',
    path: '/pay',
    status: 200,
    params: schemas.nothing,
    query: schemas.inStore,
    body: schemas.payment,
    example: examples.payment,
    answer: answers.oneOrder,
    handle: async ({ body, query, request, ...call }) => {
      const place = await findOrder({ ...call, named: query.store }, body.order);
      const { amountKrw, method, reference = null, depositor = null } = body;
      const at = call.now().toISOString();
      const asked = await askedFor(call, place.storeId);
      const payment = { amountKrw, method, reference, depositor, at };
      const paying = ordering.pay(asked, place.orderId, payment);
      await call.store.submit({ ...paying, request });
      return { order: await showOrder(call.store, place) };
    },
  }),
  route({
    name: 'findOrder',
    tag: 'orders',
    summary: 'One order with its history',
    refusals: ['not_found', 'ambiguous'],
    method: 'get',
    path: '/order/:ref',
    status: 200,
    params: schemas.refPath,
    query: schemas.inStore,
    answer: answers.oneOrder,
    handle: async ({ params, query, ...call }) => {
      const place = await findOrder({ ...call, named: query.store }, params.ref);
      return { order: await showOrder(call.store, place) };
    },
  }),
  route({
    name: 'cancelOrder',
    tag: 'orders',
    summary: 'Cancel an order or single parcels before shipping',
    refusals: ['not_found', 'ambiguous', 'not_cancellable'],
    method: 'post',
    path: '/order/:ref/cancel',
    status: 200,
    params: schemas.refPath,
    query: schemas.inStore,
    body: schemas.cancellation,
    example: examples.cancellation,
    answer: answers.orderCancelled,
    handle: async ({ params, query, body, request, ...call }) => {
      const place = await findOrder({ ...call, named: query.store }, params.ref);
      const { parcels: parcelIds = null, refundAccount: account = null } = body;
      const asked = await askedFor(call, place.storeId);
      const reason = body.reason || null;
      const cancelling = ordering.cancel(asked, place.orderId, { parcelIds, reason, account });
      await call.store.submit({ ...cancelling, request });
      let refunds = await call.store.findRefunds(place.storeId, place.orderId);
      // Said after the cancel: the account that the refund was waiting for, or a corrected one.
      if (account !== null) {
        await call.store.submit(ordering.giveRefundAccount(asked, place.orderId, account));
        refunds = await call.store.findRefunds(place.storeId, place.orderId);
      }
      const history = await call.store.findHistory(place.storeId, place.orderId);
      return {
        order: await showOrder(call.store, place),
        refund: sumOf(refundsOf(parcelIds, { refunds, history })),
      };
    },
  }),
  route({
    name: 'listOrders',
    tag: 'orders',
    summary: 'Orders, newest first',
    refusals: ['not_found'],
    method: 'get',
    path: '/orders',
    status: 200,
    params: schemas.nothing,
    query: schemas.ordersQuery,
    answer: answers.orderPage,
    handle: async ({ query, caller, store }) => {
      const { state, date, limit, cursor } = query;
      const storeId = storeFor(caller, query.store) ?? undefined;
      if (query.store !== undefined) await mustFindShop(store, query.store);
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const found = await store.findOrders({ storeId, state, date, after, limit: limit + 1 });
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      const orders = [];
      for (const order of shown) orders.push(await withHistory(store, order));
      return { orders, next: last === undefined ? null : cursorOf(last) };
    },
  }),
];

export async function showOrder(store: Store, place: OrderPlace): Promise<OrderJson> {
  return withHistory(store, await mustFind(store, place));
}

/** Whoever holds an API key acts for the seller. */
export async function askedFor(
  { store, now }: Api,
  storeId: string,
  who: 'seller' | 'farmer' = 'seller',
): Promise<ordering.Asked> {
  return { shop: await mustFindShop(store, storeId), now: now(), who };
}

type Placing = Call<unknown, unknown, schemas.NewOrderInput>;

async function placeOrder({ body, request, ...call }: Placing) {
  const { store, caller } = call;
  const shop = await mustFindShop(store, storeFor(caller, body.store) ?? body.store);
  const now = call.now();
  const wanted = requestFor(body);
  const id = call.newOrderId();
  // A repeat finds its order; it needs no second look and no second buyer.
  const known = request && (await store.findAnswer(request));
  const buyerId = known ? '' : await buyerOf(call, { shop, now, id, wanted });
  const placing = ordering.place({ shop, now, who: 'buyer' }, { id, buyerId, request: wanted });
  const { answer } = await store.submit({ ...placing, request });
  const order = await mustFind(store, { storeId: shop.id, orderId: answer.order.id });
  const shown = await withHistory(store, order);
  const { totalKrw: amountKrw } = answer.order;
  return { order: shown, pay: payFor(shop, { order, amountKrw, payBy: shown.payBy }) };
}

async function buyerOf(
  { store }: Api,
  { shop, now, id, wanted }: { shop: Shop; now: Date; id: string; wanted: OrderRequest },
): Promise<string> {
  // A refused order leaves nothing behind, also no buyer; the command decides again for good.
  const days = await store.findDays(shop.id, localDate(now, shop.policy.timeZone));
  offerFor({ shop, days, now }, wanted);
  // Without a phone every order has a buyer of its own.
  const sender = { platform: API_PLATFORM, bot: shop.id, user: wanted.buyer.phone ?? id };
  return (await store.meet(sender, now)).id;
}

function requestFor({ buyer, sender, depositor, memo, parcels }: schemas.NewOrderInput) {
  return {
    buyer: { name: buyer.name, phone: buyer.phone ?? null },
    sender: sender ? { name: sender.name, phone: sender.phone ?? null } : null,
    depositor: depositor ?? null,
    memo: memo || null,
    parcels: parcels.map(({ postcode = null, wanted = null, memo: own, ...parcel }) => ({
      ...parcel,
      postcode,
      wanted,
      memo: own || null,
    })),
  } satisfies OrderRequest;
}

/** What to send where. */
export function payFor(
  { policy }: Shop,
  { order, amountKrw, payBy }: { order: Order; amountKrw: number; payBy: string },
) {
  const { name = null, account = null, holder = null } = policy.bank ?? {};
  const depositor = order.depositor ?? order.sender?.name ?? order.buyer.name ?? order.code;
  return {
    amountKrw,
    bank: name,
    account,
    holder,
    depositor: depositorCode(depositor, order.code),
    payBy,
    // Order pages come with their own issue.
    link: null,
  };
}

async function withHistory(store: Store, order: Order): Promise<OrderJson> {
  const history = await store.findHistory(order.storeId, order.id);
  const { policy } = await mustFindShop(store, order.storeId);
  return orderJson(order, history, policy.timeZone);
}

/**
 * The refunds that the cancel of these parcels opened, found by its moment: a repeat answers what the
 * first time did, also when other parcels were cancelled since.
 */
function refundsOf(
  parcelIds: readonly string[] | null,
  { refunds, history }: { refunds: readonly Refund[]; history: readonly HistoryEntry[] },
): readonly Refund[] {
  if (parcelIds === null) return refunds;
  const moments = new Set(
    history.flatMap(({ event, parcelId, at }) =>
      event === 'cancelled' && parcelId !== null && parcelIds.includes(parcelId) ? [at] : [],
    ),
  );
  const openings = history.filter(({ event }) => event === 'refund_opened');
  return refunds.filter((_, index) => moments.has(openings[index]?.at ?? ''));
}

/** The worse state first: money is not on its way as long as one part of it is not. */
const REFUND_ORDER: readonly RefundState[] = ['failed', 'needs_account', 'due', 'done'];

/** Money of several payments comes back in several refunds; they are shown as one, under the first's id. */
function sumOf(refunds: readonly Refund[]) {
  const [first] = refunds;
  if (first === undefined) return null;
  return {
    id: first.id,
    amountKrw: refunds.reduce((sum, refund) => sum + refund.amountKrw, 0),
    state: REFUND_ORDER.find((state) => refunds.some((refund) => refund.state === state)),
  };
}

function cursorOf({ placedAt, id }: Order): string {
  return Buffer.from(`${placedAt}|${id}`).toString('base64url');
}

function readCursor(cursor: string): string {
  const after = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z\|ord_[\w-]+$/.test(after))
    throw new DomainError('bad_request', 'cursor must be the next of an answer');
  return after;
}
