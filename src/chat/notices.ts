// Turns a notice that is owed into words, when it is told. What is no longer true is not said.
import { localDate } from '../orders/dates.ts';
import { dayOf, isLate } from '../orders/harvest.ts';
import { deltaOf } from '../orders/list-delta.ts';
import { type Order, PARCEL_STATES, type Parcel, STATES_TOLD_DAILY } from '../orders/order.ts';
import { canBeReminded } from '../orders/reminding.ts';
import type { Held, Store } from '../orders/store.ts';
import type { Reply } from './bot.ts';
import * as replies from './replies.ts';

export type NoticeRow = Pick<Held, 'storeId' | 'kind' | 'orderId' | 'data' | 'said'>;

/** Where and when the words are said: what was true once need not be true then. */
export type Telling = { readonly roomChars: number; readonly now: Date };

/** The words for a notice, or null when there is nothing true left to say. */
export async function wordsFor(
  store: Store,
  notice: NoticeRow,
  telling: Telling,
): Promise<Reply | null> {
  const { storeId, data } = notice;
  const { roomChars } = telling;
  if (notice.kind === 'day_list') {
    const list = await store.findDayList(storeId, text(data.date));
    return replies.dayList(list, { fromRow: 1, roomChars });
  }
  if (notice.kind === 'staff_joined') return staffJoined(store, notice);
  if (notice.kind === 'codes_locked')
    return replies.codesLocked(
      text(data.whose) === 'sender' ? 'sender' : 'bot',
      text(data.platform),
    );
  if (notice.kind === 'list_delta') return listDelta(store, notice, telling);
  if (notice.kind === 'report_undone')
    return replies.reportUndone(text(data.date), list(data.rows).map(Number));
  if (notice.kind === 'moved_summary')
    return replies.movedSummary({
      parcels: Number(data.parcels),
      undated: Number(data.undated),
    });
  if (notice.kind === 'report')
    return replies.reportSummary({
      date: text(data.date),
      state: text(data.state) as Parcel['state'],
      rows: list(data.rows).map(Number),
    });
  if (notice.kind === 'daily_summary') {
    const date = text(data.date);
    return replies.dailySummary(date, await store.findDayEnd(storeId, date));
  }
  if (notice.kind === 'role_removed')
    return replies.rolesRemoved(await store.findShop(storeId), list(data.roles));
  if (notice.kind === 'daily_status') return dailyStatus(store, notice, telling);
  if (notice.kind === 'evening_question') return eveningQuestion(store, notice, telling);
  return aboutOrder(store, notice, telling);
}

/** Only while the number is not said and the day can still be planned. */
async function eveningQuestion(
  store: Store,
  { storeId, data }: NoticeRow,
  { now }: Telling,
): Promise<Reply | null> {
  const date = text(data.date);
  const shop = await store.findShop(storeId);
  if (shop === null) return null;
  const days = await store.findDays(storeId, date);
  const day = dayOf(shop, days, date);
  if (day.capSource === 'farmer' || isLate({ shop, days, now }, day)) return null;
  return replies.eveningQuestion(day, localDate(now, shop.policy.timeZone));
}

/** Where the parcels stand now; what left meanwhile is told by its own notice. */
async function dailyStatus(
  store: Store,
  { storeId, data }: NoticeRow,
  { now }: Telling,
): Promise<Reply | null> {
  const shop = await store.findShop(storeId);
  if (shop === null) return null;
  const named = new Set(list(data.parcels));
  const news = [];
  for (const id of list(data.orders)) {
    const order = await store.findOrder(storeId, id);
    const parcels = (order?.parcels ?? []).filter(
      (parcel) => named.has(parcel.id) && STATES_TOLD_DAILY.has(parcel.state),
    );
    if (order !== null && parcels.length > 0) news.push({ order, parcels });
  }
  const today = localDate(now, shop.policy.timeZone);
  return news.length === 0
    ? null
    : replies.dailyStatus(news, { today, isToday: text(data.date) === today });
}

/** Nothing when whoever came has left again. */
async function staffJoined(store: Store, { storeId, data }: NoticeRow): Promise<Reply | null> {
  const personId = text(data.person);
  const member = (await store.findStaff(storeId)).find((one) => one.personId === personId);
  const roles = list(data.roles).flatMap(
    (role) => member?.roles.filter((one) => one === role) ?? [],
  );
  if (roles.length === 0) return null;
  const shop = await store.findShop(storeId);
  const at = text(data.at);
  return replies.staffJoined(shop, { storeId, personId, roles, at, platform: text(data.platform) });
}

/** What became of a list since the revision told before; nothing once its day is over. */
async function listDelta(
  store: Store,
  { storeId, data }: NoticeRow,
  { now, roomChars }: Telling,
): Promise<Reply | null> {
  const date = text(data.date);
  const shop = await store.findShop(storeId);
  if (shop === null || date < localDate(now, shop.policy.timeZone)) return null;
  const dayList = await store.findDayList(storeId, date);
  const to = Number(data.revision);
  const delta = deltaOf(dayList.rows, { from: Number(data.from ?? to), to });
  if (delta.added.length + delta.struck.length + delta.altered.length === 0) return null;
  return replies.listDelta(dayList, { ...delta, revision: to, roomChars });
}

async function aboutOrder(
  store: Store,
  notice: NoticeRow,
  { now }: Telling,
): Promise<Reply | null> {
  const { storeId, orderId, data } = notice;
  const order = orderId === null ? null : await store.findOrder(storeId, orderId);
  if (order === null) return null;
  const isLive = (id: string) =>
    order.parcels.some((parcel) => parcel.id === id && parcel.state !== 'cancelled');
  switch (notice.kind) {
    case 'paid':
      return order.state === 'paid' ? replies.paidNotice(order, movesOf(order, data.was)) : null;
    case 'moved': {
      const moves = movesOf(order, data.was);
      return moves.length > 0 ? replies.movedNotice(order, moves) : null;
    }
    case 'no_date': {
      const isUndated = order.parcels.some(({ state }) => state === 'waiting');
      if (!isUndated) return null;
      return data.code === undefined
        ? replies.noDateNotice(order)
        : replies.noDateForStaff(order.code);
    }
    case 'shipped':
      return replies.shippedNotice(order, list(data.parcels).filter(isLive));
    case 'taken_back': {
      const told = text(data.told) as Parcel['state'];
      const back = list(data.parcels).filter((id) => isLive(id) && !hasReached(order, id, told));
      return back.length > 0 ? replies.takenBack(order, back, told) : null;
    }
    case 'delivered':
      return replies.deliveredNotice(order, list(data.parcels).filter(isLive));
    case 'expired':
      return order.state === 'expired' ? replies.expiredNotice(order) : null;
    case 'ask_delivered':
    case 'not_arrived': {
      const parcels = order.parcels.filter(
        ({ id, state }) => list(data.parcels).includes(id) && state === 'shipped',
      );
      if (parcels.length === 0) return null;
      const isQuestion = notice.kind === 'ask_delivered';
      return (isQuestion ? replies.askDelivered : replies.notArrivedForStaff)(order, parcels);
    }
    case 'reminder': {
      const shop = canBeReminded(order, now) ? await store.findShop(storeId) : null;
      return shop && replies.reminder(shop, order);
    }
    case 'cancelled':
      return data.toBuyer === true
        ? replies.cancelledByShop(order, {
            parcelIds: list(data.parcels),
            refundKrw: Number(data.refundKrw),
            reason: notice.said,
          })
        : replies.cancelledForStaff(order, {
            parcelIds: list(data.parcels),
            refundKrw: Number(data.refundKrw),
          });
    case 'complained':
      return replies.complaintForStaff(order, notice.said);
    case 'refund_opened':
      return replies.refundForSeller(order, Number(data.refundKrw));
    case 'changed':
      return aboutChange(store, order, { data, now });
    default:
      return null;
  }
}

async function aboutChange(
  store: Store,
  order: Order,
  { data, now }: Pick<NoticeRow, 'data'> & Pick<Telling, 'now'>,
): Promise<Reply | null> {
  const [refundKrw, paidKrw] = [Number(data.refundKrw ?? 0), Number(data.paidKrw ?? 0)];
  if (data.extraKrw === undefined) return replies.changedForBuyer(order, { refundKrw, paidKrw });
  const payBy = text(data.payBy);
  // A change that nobody can pay for any more is over, and so is one of an order that went on.
  const isOver = now.toISOString() > payBy || order.totalKrw !== Number(data.fromKrw);
  const shop = isOver ? null : await store.findShop(order.storeId);
  const amountKrw = Number(data.extraKrw);
  return shop && replies.payDifference(shop, order, { amountKrw, payBy });
}

/**
 * The parcels whose date is another than the one last told (`par_…=2026-07-21`, nothing behind the
 * sign when none was told), and that have not left yet.
 */
function movesOf(order: Order, was: unknown): replies.ToldMove[] {
  return list(was).flatMap((entry) => {
    const [id, date] = entry.split('=');
    const parcel = order.parcels.find((one) => one.id === id);
    const isMoved = parcel?.state === 'scheduled' && parcel.harvestDate !== (date || null);
    return isMoved ? [{ parcel, was: date || null }] : [];
  });
}

/** By now it is true after all: it was reported again. */
function hasReached(order: Order, parcelId: string, told: Parcel['state']): boolean {
  const state = order.parcels.find(({ id }) => id === parcelId)?.state ?? 'waiting';
  return PARCEL_STATES.indexOf(state) >= PARCEL_STATES.indexOf(told);
}

/** Of these only the newest is worth hearing. */
const ONLY_NEWEST: ReadonlySet<string> = new Set([
  'evening_question',
  'daily_status',
  'daily_summary',
]);

/** True when a later notice that waits for the same contact says all that this one says. */
export function isSuperseded({ id, kind, storeId }: Held, held: readonly Held[]): boolean {
  if (!ONLY_NEWEST.has(kind)) return false;
  return held.some((other) => other.kind === kind && other.storeId === storeId && other.id > id);
}

/** Brings together what waits for the same contact and says the same thing more than once. */
export function mergeHeld(held: readonly Held[]): readonly Held[] {
  return mergeNews(mergeDeltas(mergeMoves(held)));
}

/** The news of several evenings that wait for the same contact are told as one, by the newest. */
function mergeNews(held: readonly Held[]): readonly Held[] {
  return held.map((notice) => {
    if (notice.kind !== 'daily_status' || isSuperseded(notice, held)) return notice;
    const own = held.filter(
      ({ kind, storeId }) => kind === notice.kind && storeId === notice.storeId,
    );
    const every = (key: string) => [...new Set(own.flatMap(({ data }) => list(data[key])))];
    return {
      ...notice,
      data: { ...notice.data, orders: every('orders'), parcels: every('parcels') },
    };
  });
}

/**
 * Several moves of one order that wait for the same contact are one: from the date told before the
 * first to the date that holds now.
 */
function mergeMoves(held: readonly Held[]): readonly Held[] {
  const first = new Map<string, Held>();
  const merged = new Map<Held, readonly string[]>();
  for (const notice of held) {
    if (notice.kind !== 'moved' || notice.orderId === null) continue;
    const head = first.get(notice.orderId) ?? notice;
    first.set(notice.orderId, head);
    const known = merged.get(head) ?? [];
    const isKnown = (entry: string) =>
      known.some((one) => one.split('=')[0] === entry.split('=')[0]);
    merged.set(head, [...known, ...list(notice.data.was).filter((entry) => !isKnown(entry))]);
  }
  return held.map((notice) => {
    if (notice.kind !== 'moved') return notice;
    return { ...notice, data: { ...notice.data, was: merged.get(notice) ?? [] } };
  });
}

/** Changes of one list that wait for the same contact are one, from the first revision to the last. */
function mergeDeltas(held: readonly Held[]): readonly Held[] {
  const heads = new Map<string, Held>();
  const last = new Map<string, number>();
  for (const notice of held) {
    if (notice.kind !== 'list_delta') continue;
    const which = `${notice.storeId} ${text(notice.data.date)}`;
    if (!heads.has(which)) heads.set(which, notice);
    last.set(which, Math.max(last.get(which) ?? 0, Number(notice.data.revision)));
  }
  return held.map((notice) => {
    if (notice.kind !== 'list_delta') return notice;
    const { data } = notice;
    const which = `${notice.storeId} ${text(data.date)}`;
    const isHead = heads.get(which) === notice;
    // What the first one tells the others need not tell: they are about no revision at all.
    const range = isHead ? { from: data.revision, revision: last.get(which) } : { revision: 0 };
    return { ...notice, data: { ...data, ...range } };
  });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
