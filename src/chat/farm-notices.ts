// What is told of the farm's days: its lists, its numbers, what was reported and moved.
import { addDays, localDate } from '../orders/dates.ts';
import { type Calendar, dayOf, isLate } from '../orders/day.ts';
import { type DayForecast, forecast } from '../orders/evening.ts';
import { deltaOf } from '../orders/list-delta.ts';
import { type Parcel, undatedOf } from '../orders/order.ts';
import type { Shop } from '../orders/shop.ts';
import type { Store } from '../orders/store.ts';
import { newBoardLink, newPrintLink } from './links.ts';
import { list, rowsOn, text, type Words } from './notice-data.ts';
import { hasReached } from './order-notices.ts';
import * as replies from './replies/index.ts';
import { rowsReached } from './telling.ts';

/** With new links to work it off and to print it. */
export const dayList: Words = async (
  store,
  { storeId, data },
  { roomChars, isWhole, pagesUrl, personId, now },
) => {
  const date = text(data.date);
  const shop = await store.findShop(storeId);
  // Of a day that is over it would only stand before the list of today.
  if (shop === null || date < localDate(now, shop.policy.timeZone)) return null;
  const list = await store.findDayList(storeId, date);
  if (list.rows.length === 0) return null;
  const printUrl = pagesUrl && (await newPrintLink(store, { storeId, date, now, pagesUrl }));
  const boardUrl = pagesUrl && (await newBoardLink(store, { storeId, personId, now, pagesUrl }));
  const page = { roomChars, printUrl, boardUrl };
  const words = (isWhole ? replies.wholeDayList : replies.dayList)(list, page);
  const { revision } = list.day;
  return { ...words, documents: [{ kind: 'day_list', storeId, date, revision }] };
};

/** What became of a list since the revision told before; nothing once its day is over. */
export const listDelta: Words = async (store, { storeId, data }, { now, roomChars, isWhole }) => {
  const date = text(data.date);
  const shop = await store.findShop(storeId);
  if (shop === null || date < localDate(now, shop.policy.timeZone)) return null;
  const list = await store.findDayList(storeId, date);
  const to = Number(data.revision);
  const delta = deltaOf(list.rows, { from: Number(data.from ?? to), to });
  if (delta.added.length + delta.struck.length + delta.altered.length === 0) return null;
  return replies.listDelta(list, { ...delta, revision: to, roomChars, isWhole });
};

/** Only while the number is not said and the day can still be planned. */
export const eveningQuestion: Words = async (store, { storeId, data }, { now }) => {
  const date = text(data.date);
  const shop = await store.findShop(storeId);
  if (shop === null) return null;
  const calendar = { shop, days: await store.findDays(storeId, date), now };
  const day = dayOf(shop, calendar.days, date);
  if (day.capSource === 'farmer' || isLate(calendar, day)) return null;
  const ahead = await aheadOf(store, calendar, date);
  return replies.eveningQuestion(day, { today: localDate(now, shop.policy.timeZone), ahead });
};

/** What is left to do; a seller, whom nobody asks for a number, also sees what the next days hold. */
export const dailySummary: Words = async (store, { storeId, data }, { now }) => {
  const shop = await store.findShop(storeId);
  if (shop === null) return null;
  const date = text(data.date);
  const left = await store.findDayEnd(storeId, date);
  const isAhead = data.ahead === true;
  return replies.dailySummary(date, left, isAhead ? await weekAhead(store, shop, now) : []);
};

/** From tomorrow on. */
async function weekAhead(store: Store, shop: Shop, now: Date): Promise<readonly DayForecast[]> {
  const from = addDays(localDate(now, shop.policy.timeZone), 1);
  return aheadOf(store, { shop, days: await store.findDays(shop.id, from), now }, from);
}

async function aheadOf(
  store: Store,
  calendar: Calendar,
  from: string,
): Promise<readonly DayForecast[]> {
  return forecast(calendar, await store.findUnpaid(calendar.shop.id), from);
}

/** How many moved then, and which orders still have no date. */
export const movedSummary: Words = async (store, { storeId, data }) => {
  const ids = list(data.undatedOrders);
  const orders = await Promise.all(ids.map((id) => store.findOrder(storeId, id)));
  const undated = orders.flatMap((order) =>
    order?.state === 'paid' && undatedOf(order).length > 0 ? [order] : [],
  );
  const parcels = list(data.moved).length;
  return replies.movedSummary({ dates: list(data.dates), parcels, undated });
};

/** The rows that still are where a report put them: one that was taken back is not told. */
export const report: Words = async (store, notice) => {
  const { storeId, data } = notice;
  const date = text(data.date);
  const reported = new Map(
    rowsReached(notice).map((entry) => {
      const [row, state] = entry.split('=');
      return [Number(row), state as Parcel['state']] as const;
    }),
  );
  const { rows } = await store.findDayList(storeId, date);
  const hold = rows.flatMap(({ row, struck, parcelId, order }) => {
    const parcel = order.parcels.find(({ id }) => id === parcelId);
    const state = struck ? undefined : reported.get(row);
    const isTrue = state !== undefined && parcel !== undefined && hasReached(parcel, state);
    return isTrue ? [{ row, state }] : [];
  });
  if (hold.length === 0) return null;
  const steps = [...Map.groupBy(hold, ({ state }) => state)].map(([state, own]) => ({
    state,
    rows: own.map(({ row }) => row),
  }));
  return replies.reportSummary(date, steps);
};

export const actUndone: Words = (_store, { data }) =>
  replies.actUndone({ rows: list(data.rows).map(rowsOn), moved: Number(data.moved) });

/** The numbers as they are now, of days that are not over. */
export const daySet: Words = async (store, { storeId, data }, { now }) => {
  const shop = await store.findShop(storeId);
  if (shop === null) return null;
  const today = localDate(now, shop.policy.timeZone);
  const dates = list(data.dates).filter((date) => date >= today);
  if (dates.length === 0) return null;
  const days = await store.findDays(storeId, today);
  return replies.daysSet(dates.map((date) => dayOf(shop, days, date)));
};
