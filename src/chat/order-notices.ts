// What a buyer hears of his order, and staff of it, when it is told.
import { localDate } from '../orders/dates.ts';
import { dayOf } from '../orders/day.ts';
import {
  isLive,
  type Order,
  PARCEL_STATES,
  type Parcel,
  STATES_TOLD_DAILY,
  undatedOf,
} from '../orders/order.ts';
import { canBeReminded } from '../orders/reminding.ts';
import type { Store } from '../orders/store.ts';
import type { Reply } from './bot.ts';
import {
  dateOf,
  list,
  movesOf,
  type NoticeRow,
  type OrderWords,
  text,
  type Words,
} from './notice-data.ts';
import * as replies from './replies/index.ts';

export const paid: OrderWords = (order, { notice, page }) =>
  order.state === 'paid' ? replies.paidNotice(order, movesOf(order, notice.data.was), page) : null;

export const delivered: OrderWords = (order, { notice }) =>
  orNull(namedIn(order, notice, 'delivered'), (ids) => replies.deliveredNotice(order, ids));

export const askDelivered: OrderWords = (order, { notice }) => {
  const parcels = parcelsIn(order, notice, 'shipped');
  return parcels.length === 0 ? null : replies.askDelivered(order, parcels);
};

export const notArrived: OrderWords = (order, { notice }) => {
  const parcels = parcelsIn(order, notice, 'shipped');
  return parcels.length === 0 ? null : replies.notArrivedForStaff(order, parcels);
};

export const expired: OrderWords = (order) =>
  order.state === 'expired' ? replies.expiredNotice(order) : null;

export const reminder: OrderWords = async (order, { store, now }) => {
  const shop = canBeReminded(order, now) ? await store.findShop(order.storeId) : null;
  return shop && replies.reminder(shop, order);
};

export const cancelled: OrderWords = async (order, { store, notice: { data, said } }) => {
  const what = { parcelIds: list(data.parcels), refundKrw: Number(data.refundKrw) };
  if (data.toBuyer !== true) return replies.cancelledForStaff(order, what);
  const needsAccount = await isAccountMissing(store, order);
  if (data.who === 'buyer') {
    const state = needsAccount ? 'needs_account' : 'due';
    const rest = order.parcels.filter((parcel) => isLive(parcel)).length;
    return replies.byPage(replies.cancelled(order.code, { ...what, state, rest }));
  }
  return replies.cancelledByShop(order, { ...what, needsAccount, reason: said });
};

export const complained: OrderWords = (order, { notice }) =>
  replies.complaintForStaff(order, notice.said);

export const changed: OrderWords = async (order, { store, notice: { data }, now }) => {
  const [refundKrw, paidKrw] = [Number(data.refundKrw ?? 0), Number(data.paidKrw ?? 0)];
  const needsAccount = data.needsAccount === true;
  if (data.extraKrw === undefined)
    return onPage(data, replies.changedForBuyer(order, { refundKrw, paidKrw, needsAccount }));
  const payBy = text(data.payBy);
  // A change that nobody can pay for any more is over, and so is one of an order that went on.
  const isOver = now.toISOString() > payBy || order.totalKrw !== Number(data.fromKrw);
  const shop = isOver ? null : await store.findShop(order.storeId);
  const amountKrw = Number(data.extraKrw);
  return shop && onPage(data, replies.payDifference(shop, order, { amountKrw, payBy }));
};

/** The buyer is told what he did himself where it was done by a link. */
function onPage(data: NoticeRow['data'], done: Reply): Reply {
  return data.byPage === true ? replies.byPage(done) : done;
}

/** What holds now: of a date that was lost and found again only the new one is said. */
export const datesChanged: OrderWords = async (order, { store, notice: { data } }) => {
  if (order.state !== 'paid') return null;
  const undated = undatedOf(order);
  if (data.toStaff === true) return undated.length > 0 ? replies.noDateForStaff(order) : null;
  const moves = movesOf(order, data.was);
  const lost = undated.filter(({ id }) =>
    list(data.was).some((entry) => entry.startsWith(`${id}=`)),
  );
  if (lost.length > 0) return replies.noDateNotice(order, { undated: lost, moves });
  if (moves.length === 0) return null;
  return replies.movedNotice(order, { moves, isClosed: await areClosed(store, order, moves) });
};

/** A step or a date that a buyer was told of and that was taken back. */
export const takenBack: OrderWords = async (order, about) => {
  const { data } = about.notice;
  const named = list(data.parcels);
  const told = data.told === null ? null : (text(data.told) as Parcel['state']);
  // What was reported again meanwhile is true after all.
  const back = order.parcels.filter(
    (one) => told !== null && named.includes(one.id) && isLive(one) && !hasReached(one, told),
  );
  const ids = back.map(({ id }) => id);
  const words = [
    told === null ? null : orNull(ids, (parcels) => replies.takenBack(order, parcels, told)),
    await dateTakenBack(order, about),
  ].filter((one) => one !== null);
  return words.length === 0 ? null : replies.together(words);
};

/** Where the parcels stand now; what left meanwhile is told by its own notice. */
export const dailyStatus: Words = async (store, { storeId, data }, { now }) => {
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
};

/** Told as a move of its own when the date is by now another one than that before. */
const dateTakenBack: OrderWords = (order, about) => {
  const { data } = about.notice;
  const before = new Map(list(data.back).map(dateOf));
  const told = list(data.was).map(dateOf);
  const moves = movesOf(order, data.was);
  const isBack = order.parcels.every(
    ({ id, harvestDate }) => !told.some(([one]) => one === id) || harvestDate === before.get(id),
  );
  return isBack && moves.length > 0 ? replies.datesBack(order, moves) : datesChanged(order, about);
};

/** Whether the farm is closed on every date that was left: then nothing else is the reason. */
async function areClosed(
  store: Store,
  { storeId }: Order,
  moves: readonly replies.ToldMove[],
): Promise<boolean> {
  const left = moves.flatMap(({ was }) => was ?? []).sort();
  const shop = await store.findShop(storeId);
  const [from] = left;
  if (shop === null || from === undefined) return false;
  const days = await store.findDays(storeId, from);
  return left.every((date) => dayOf(shop, days, date).capBoxes === 0);
}

/** Also asked by the farm's notices of what it reported. */
export function hasReached(parcel: Parcel, state: Parcel['state']): boolean {
  return isLive(parcel) && PARCEL_STATES.indexOf(parcel.state) >= PARCEL_STATES.indexOf(state);
}

async function isAccountMissing(store: Store, { storeId, id }: Order): Promise<boolean> {
  const refunds = await store.findRefunds(storeId, id);
  return refunds.some(({ state }) => state === 'needs_account');
}

function parcelsIn(order: Order, { data }: NoticeRow, state: Parcel['state']): Parcel[] {
  const named = list(data.parcels);
  return order.parcels.filter((parcel) => named.includes(parcel.id) && parcel.state === state);
}

function namedIn(order: Order, notice: NoticeRow, state: Parcel['state']): string[] {
  return parcelsIn(order, notice, state).map(({ id }) => id);
}

function orNull(
  parcelIds: readonly string[],
  words: (parcelIds: readonly string[]) => Reply,
): Reply | null {
  return parcelIds.length === 0 ? null : words(parcelIds);
}
