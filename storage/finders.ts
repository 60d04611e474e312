// What is asked of the storage without changing it, as bodies for every engine.

import type { Refund } from '../src/orders/change.ts';
import { addDays, instantAt } from '../src/orders/dates.ts';
import { dayOf } from '../src/orders/day.ts';
import { DomainError } from '../src/orders/errors.ts';
import type { Order, Package } from '../src/orders/order.ts';
import { byDeposit } from '../src/orders/queue.ts';
import type {
  Complaint,
  DayEnd,
  DayList,
  DayListRow,
  EventCounts,
  HistoryEntry,
  OrderFilter,
  PlacedCount,
  RefundRecord,
  SentTo,
  Store,
  Totals,
} from '../src/orders/store.ts';
import { findAccount } from './accounts.ts';
import { type Context, openAccount } from './operations.ts';
import { type Row, toDay, toOrder, toRefund, toSentTo, toSlot } from './rows.ts';
import { readShop } from './shops.ts';
import { all, type Body, first, q, together } from './statement.ts';

const LAST = '9999';

export function* findOrder(context: Context, storeId: string, id: string): Body<Order | null> {
  const row = yield* first(q.findOrderRow, { store_id: storeId, id });
  return row === null ? null : yield* openOrder(context, row);
}

export function* findOrders(context: Context, filter: OrderFilter): Body<Order[]> {
  const { since = '' } = filter;
  const rows = (yield* orderRows(filter)).filter((row) => row.placed_at >= since);
  return yield* openOrders(context, rows);
}

export function* findSentTo(
  { vault }: Context,
  { buyerId, storeId, limit }: Parameters<Store['findSentTo']>[0],
): Body<SentTo[]> {
  const sent: SentTo[] = [];
  const of = { store_id: storeId, state: '', limit };
  for (const { id, state, buyer_id } of yield* ordersOfAccount(buyerId, of)) {
    const person = yield* first(q.findPerson, { id: buyer_id });
    // Who asked to be erased is reminded of nobody, whatever an open order still keeps.
    if (person === null || person.forget_at !== null) continue;
    vault.unwrapKey(person.id, person.wrapped_key);
    const parcels = yield* all(q.listParcelsOfOrder, { store_id: storeId, order_id: id });
    sent.push(...toSentTo(vault, { buyerId: buyer_id, orderState: state, parcels }));
  }
  return sent;
}

/** The orders of a buyer and of whomever he is linked with, newest first. */
function* ordersOfAccount(
  buyerId: string,
  of: { readonly store_id: string; readonly state: string; readonly limit: number },
): Body<readonly OrderRow[]> {
  const [own, account] = yield* together(
    all(q.listOrdersOfBuyer, { ...of, buyer_id: buyerId }),
    findAccount(buyerId),
  );
  if (account.length === 0) return own;
  const rows = [...own];
  for (const { personId } of account)
    if (personId !== buyerId)
      rows.push(...(yield* all(q.listOrdersOfBuyer, { ...of, buyer_id: personId })));
  return newestFirst(rows, of.limit);
}

function newestFirst(rows: readonly OrderRow[], limit: number): readonly OrderRow[] {
  const place = (row: OrderRow) => `${row.placed_at}|${row.id}`;
  return [...rows].sort((a, b) => (place(a) < place(b) ? 1 : -1)).slice(0, limit);
}

function* orderRows(filter: OrderFilter): Body<readonly OrderRow[]> {
  const { storeId = '', state = '', code, buyerId, limit } = filter;
  if (code !== undefined && storeId !== '')
    return yield* all(q.listOrdersByCodeIn, { store_id: storeId, code, limit });
  if (code !== undefined) return yield* all(q.listOrdersByCode, { code, limit });
  if (buyerId !== undefined)
    return yield* ordersOfAccount(buyerId, { store_id: storeId, state, limit });
  if (storeId === '') return yield* newestOfAll(filter);
  const [beforeAt = LAST, beforeId = ''] = filter.after?.split('|') ?? [];
  const since = filter.since ?? '';
  const page = { store_id: storeId, since, before_at: beforeAt, before_id: beforeId, limit };
  // What is not paid is on no date.
  if (state === 'awaiting_payment')
    return filter.date === undefined ? yield* all(q.listAwaiting, page) : [];
  return yield* all(q.listOrders, { ...page, state, date: filter.date ?? '' });
}

/** The newest of every store, merged: each listing runs on the index of its own store. */
function* newestOfAll(filter: OrderFilter): Body<readonly OrderRow[]> {
  const rows: OrderRow[] = [];
  for (const { id } of yield* all(q.listStoreIds, {}))
    rows.push(...(yield* orderRows({ ...filter, storeId: id })));
  return newestFirst(rows, filter.limit);
}

export function* findTotals(context: Context, storeId: string, today: string): Body<Totals> {
  const shop = yield* readShop(context, storeId);
  if (shop === null) throw new DomainError('not_found', `no store ${storeId}`);
  const { timeZone } = shop.policy;
  const from = instantAt(today, '00:00', timeZone).toISOString();
  const to = instantAt(addDays(today, 1), '00:00', timeZone).toISOString();
  const unpaid = yield* first(q.sumAwaiting, { store_id: storeId });
  const paid = yield* first(q.countPaid, { store_id: storeId, from, to });
  const toRefund = yield* first(q.sumToRefund, { store_id: storeId });
  const waiting = yield* first(q.countWaiting, { store_id: storeId });
  const receipts = yield* first(q.countAskedReceipts, { store_id: storeId });
  const deposits = yield* first(q.countAskedDeposits, { store_id: storeId });
  return {
    unpaid: unpaid?.orders ?? 0,
    unpaidKrw: unpaid?.due_krw ?? 0,
    claimedPaid: unpaid?.claimed ?? 0,
    paidToday: paid?.orders ?? 0,
    toRefundKrw: toRefund?.krw ?? 0,
    toRefund: toRefund?.orders ?? 0,
    receipts: Number(receipts?.receipts ?? 0),
    deposits: Number(deposits?.deposits ?? 0),
    depositsKrw: Number(deposits?.krw ?? 0),
    undated: waiting?.parcels ?? 0,
  };
}

export function* findOpenRefunds(
  context: Context,
  storeId: string,
  limit: number,
): Body<RefundRecord[]> {
  return yield* openRefunds(context, yield* all(q.listOpenRefunds, { store_id: storeId, limit }));
}

export function* findRefundsOf(
  context: Context,
  { storeId, state = undefined, limit }: Parameters<Store['findRefundsOf']>[0],
): Body<RefundRecord[]> {
  const of = { store_id: storeId, state: state ?? '', limit };
  return yield* openRefunds(context, yield* all(q.listRefunds, of));
}

export function* findRefund(
  context: Context,
  storeId: string,
  id: string,
): Body<RefundRecord | null> {
  const rows = yield* all(q.findRefundRow, { store_id: storeId, id });
  const [only = null] = yield* openRefunds(context, rows);
  return only;
}

type RefundRow = Omit<Row<'refunds'>, 'payment_id' | 'account_at' | 'reminded_at'> & {
  readonly code: string;
};

function* openRefunds(context: Context, rows: readonly RefundRow[]): Body<RefundRecord[]> {
  const refunds: RefundRecord[] = [];
  for (const row of rows)
    refunds.push({
      id: row.id,
      storeId: row.store_id,
      orderId: row.order_id,
      code: row.code,
      amountKrw: row.amount_krw,
      state: row.state as RefundRecord['state'],
      account: yield* openAccount(context, row),
      openedAt: row.opened_at,
      endedAt: row.ended_at,
    });
  return refunds;
}

export function* findComplaints(
  storeId: string,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Body<Complaint[]> {
  const of = { store_id: storeId, since: since.toISOString(), limit };
  const rows = yield* all(q.listComplaints, of);
  return rows.map(({ order_id: orderId, code, at }) => ({ orderId, code, at }));
}

export function* findDayEnd(storeId: string, date: string): Body<DayEnd> {
  const left = yield* first(q.sumUnsent, { store_id: storeId, date });
  const sent = yield* all(q.listSentPackages, { store_id: storeId });
  const waiting = yield* all(q.listSlotsWaiting, { store_id: storeId });
  const unpaid = yield* first(q.sumAwaiting, { store_id: storeId });
  const isBare = (packages: string) =>
    (JSON.parse(packages) as Package[]).some(({ waybill }) => waybill === null);
  return {
    leftParcels: left?.parcels ?? 0,
    leftBoxes: left?.boxes ?? 0,
    withoutWaybill: sent.filter(({ packages }) => isBare(packages)).length,
    undated: new Set(waiting.map(({ order_id }) => order_id)).size,
    unpaid: unpaid?.orders ?? 0,
    unpaidKrw: unpaid?.due_krw ?? 0,
  };
}

type OrderRow = Parameters<typeof toOrder>[1]['row'];
type ParcelRow = Parameters<typeof toOrder>[1]['parcels'][number];

/** As `openOrder`, with as many statements for all of them as for one; in the order of `rows`. */
function* openOrders({ vault }: Context, rows: readonly OrderRow[]): Body<Order[]> {
  if (rows.length === 0) return [];
  const buyers = JSON.stringify([...new Set(rows.map(({ buyer_id }) => buyer_id))]);
  const platforms = new Map<string, string>();
  for (const person of yield* all(q.listPeopleListed, { ids: buyers })) {
    vault.unwrapKey(person.id, person.wrapped_key);
    platforms.set(person.id, person.platform);
  }
  const parcels = new Map<string, ParcelRow[]>();
  for (const [store_id, own] of Map.groupBy(rows, (row) => row.store_id)) {
    const ids = JSON.stringify(own.map(({ id }) => id));
    for (const parcel of yield* all(q.listParcelsListed, { store_id, ids })) {
      const of = `${store_id} ${parcel.order_id}`;
      parcels.set(of, [...(parcels.get(of) ?? []), parcel]);
    }
  }
  return rows.map((row) =>
    toOrder(vault, {
      row,
      parcels: parcels.get(`${row.store_id} ${row.id}`) ?? [],
      platform: platforms.get(row.buyer_id) ?? '',
    }),
  );
}

function* openOrder(context: Context, row: OrderRow): Body<Order> {
  const person = yield* first(q.findPerson, { id: row.buyer_id });
  if (person !== null) context.vault.unwrapKey(person.id, person.wrapped_key);
  const parcels = yield* all(q.listParcelsOfOrder, {
    store_id: row.store_id,
    order_id: row.id,
  });
  return toOrder(context.vault, { row, parcels, platform: person?.platform ?? '' });
}

export function* findStoreOf(id: string): Body<{ storeId: string; orderId: string } | null> {
  const row = id.startsWith('par_')
    ? yield* first(q.findStoreOfParcel, { id })
    : yield* first(q.findStoreOfOrder, { id });
  return row === null ? null : { storeId: row.store_id, orderId: row.order_id };
}

export function* findHistory(storeId: string, orderId: string): Body<HistoryEntry[]> {
  return toHistory(yield* all(q.listEventsOf, { store_id: storeId, order_id: orderId }));
}

export function toHistory(rows: readonly Row<'events'>[]): HistoryEntry[] {
  return rows.map((row) => ({
    at: row.at,
    who: row.who,
    event: row.event,
    parcelId: row.parcel_id,
    detail: JSON.parse(row.detail) as HistoryEntry['detail'],
  }));
}

/** How often each thing happened behind `after`; null counts nothing and says where to begin. */
export function* countEvents(after: number | null): Body<EventCounts> {
  if (after === null) {
    const last = yield* first(q.lastEventId, {});
    return { last: last?.id ?? 0, counts: {} };
  }
  const rows = yield* all(q.countEventsAfter, { id: after });
  return {
    last: Math.max(after, ...rows.map(({ last }) => last ?? 0)),
    counts: Object.fromEntries(rows.map(({ event, count }) => [event, Number(count)])),
  };
}

export function* countPlaced(since: Date): Body<PlacedCount[]> {
  const rows = yield* all(q.countPlaced, { since: since.toISOString() });
  return rows.map(({ store_id: storeId, platform, minute, orders }) => ({
    ...{ storeId, platform, minute, orders: Number(orders) },
  }));
}

export function* findDayList(context: Context, storeId: string, date: string): Body<DayList> {
  const shop = yield* readShop(context, storeId);
  const stored = yield* first(q.findDay, { store_id: storeId, date });
  const days = new Map(stored === null ? [] : [[date, toDay(stored)]]);
  if (shop === null) throw new Error(`no store ${storeId}`);
  const day = dayOf(shop, days, date);
  const slots = (yield* all(q.listSlotsOn, { store_id: storeId, date })).map(toSlot);
  const numbered =
    day.revision > 0
      ? (yield* all(q.listListRows, { store_id: storeId, date })).map((row) => ({
          row: row.row,
          struck: row.struck_revision !== null,
          addedRevision: row.added_revision,
          struckRevision: row.struck_revision,
          alteredRevision: row.altered_revision,
          parcelId: row.parcel_id,
          orderId: row.order_id,
        }))
      : slots.sort(byDeposit).map(({ parcelId, orderId }, index) => ({
          row: index + 1,
          struck: false,
          addedRevision: 0,
          struckRevision: null,
          alteredRevision: null,
          parcelId,
          orderId,
        }));
  const ids = JSON.stringify([...new Set(numbered.map(({ orderId }) => orderId))]);
  const found = yield* all(q.listOrdersListed, { store_id: storeId, ids });
  const orders = new Map((yield* openOrders(context, found)).map((order) => [order.id, order]));
  const rows = numbered.flatMap(({ orderId, ...row }): DayListRow[] => {
    const order = orders.get(orderId);
    return order === undefined ? [] : [{ ...row, order }];
  });
  return { day, rows };
}

export function* findRefunds(storeId: string, orderId: string): Body<Refund[]> {
  const rows = yield* all(q.listRefundsOf, { store_id: storeId, order_id: orderId });
  return rows.map(toRefund);
}

type FoundOrder = { readonly storeId: string; readonly orderId: string };

export function* findExpired(now: Date, limit: number): Body<FoundOrder[]> {
  const rows = yield* all(q.listExpired, { now: now.toISOString(), limit });
  return rows.map(({ store_id: storeId, id: orderId }) => ({ storeId, orderId }));
}

export function* findRefundsToRemind(before: Date, limit: number): Body<FoundOrder[]> {
  const rows = yield* all(q.listRefundsToRemind, { before: before.toISOString(), limit });
  return rows.map(({ store_id: storeId, order_id: orderId }) => ({ storeId, orderId }));
}

export function* findToRemind(now: Date, limit: number): Body<FoundOrder[]> {
  const rows = yield* all(q.listToRemind, { now: now.toISOString(), limit });
  return rows.map(({ store_id: storeId, id: orderId }) => ({ storeId, orderId }));
}

export function* findUnasked(
  storeId: string,
  { shippedBefore, limit }: Parameters<Store['findUnasked']>[1],
): Body<FoundOrder[]> {
  const of = { store_id: storeId, before: shippedBefore.toISOString(), limit };
  const rows = yield* all(q.listUnasked, of);
  return rows.map(({ order_id: orderId }) => ({ storeId, orderId }));
}
