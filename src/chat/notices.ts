// Turns a notice that is owed into words, when it is told. What is no longer true is not said.
import { addDays, localDate } from '../orders/dates.ts';
import { dayOf, isLate } from '../orders/day.ts';
import { type DayForecast, forecast } from '../orders/evening.ts';
import { deltaOf } from '../orders/list-delta.ts';
import {
  dueKrw,
  isLive,
  type Order,
  PARCEL_STATES,
  type Parcel,
  STATES_TOLD_DAILY,
  undatedOf,
} from '../orders/order.ts';
import { mayHaveReceipt } from '../orders/receipting.ts';
import { transfersOf } from '../orders/refunding.ts';
import { canBeReminded } from '../orders/reminding.ts';
import type { Shop } from '../orders/shop.ts';
import type { Owed, Store } from '../orders/store.ts';
import { doubtAbout } from '../payments/doubt.ts';
import type { Engine } from '../payments/store.ts';
import type { Reply } from './bot.ts';
import { newPrintLink } from './links.ts';
import * as replies from './replies/index.ts';
import { rowsReached } from './telling.ts';

export type NoticeRow = Pick<Owed, 'storeId' | 'kind' | 'orderId' | 'data' | 'said'>;

/** Where and when the words are said: what was true once need not be true then. */
export type Telling = {
  /** For one text. */
  readonly roomChars: number;
  /** True where texts may follow one another: what is long is told to its end, in several. */
  readonly isWhole: boolean;
  /** Where people reach our pages; null when they cannot, or when nothing made now is shown to them. */
  readonly pagesUrl: string | null;
  readonly now: Date;
};

/** The words for a notice, or null when there is nothing true left to say. */
export async function wordsFor(
  store: Engine,
  notice: NoticeRow,
  telling: Telling,
): Promise<Reply | null> {
  const { storeId, data } = notice;
  if (notice.kind === 'day_list') return dayList(store, notice, telling);
  if (notice.kind === 'deposit_asked') return depositAsked(store, notice, telling);
  if (notice.kind === 'notice_unread') return replies.noticeUnread(notice.said ?? '');
  if (notice.kind === 'staff_joined') return staffJoined(store, notice);
  if (notice.kind === 'codes_locked')
    return replies.codesLocked(
      text(data.whose) === 'sender' ? 'sender' : 'bot',
      text(data.platform),
    );
  if (notice.kind === 'list_delta') return listDelta(store, notice, telling);
  if (notice.kind === 'act_undone')
    return replies.actUndone({ rows: list(data.rows).map(rowsOn), moved: Number(data.moved) });
  if (notice.kind === 'moved_summary') return movedSummary(store, notice);
  if (notice.kind === 'report') return report(store, notice);
  if (notice.kind === 'day_set') return daySet(store, notice, telling);
  if (notice.kind === 'refund_due') return refundDue(store, notice);
  if (notice.kind === 'receipt_asked') return receiptAsked(store, notice);
  if (notice.kind === 'dead_letters') return deadLetters(store, notice, telling);
  if (notice.kind === 'daily_summary') return dailySummary(store, notice, telling);
  if (notice.kind === 'role_removed')
    return replies.rolesRemoved(await store.findShop(storeId), list(data.roles));
  if (notice.kind === 'daily_status') return dailyStatus(store, notice, telling);
  if (notice.kind === 'evening_question') return eveningQuestion(store, notice, telling);
  return aboutOrder(store, notice, telling);
}

/** With a new link to print it, which lives no longer than the paper is needed. */
async function dayList(
  store: Store,
  { storeId, data }: NoticeRow,
  { roomChars, isWhole, pagesUrl, now }: Telling,
): Promise<Reply | null> {
  const date = text(data.date);
  const shop = await store.findShop(storeId);
  // Of a day that is over it would only stand before the list of today.
  if (shop === null || date < localDate(now, shop.policy.timeZone)) return null;
  const list = await store.findDayList(storeId, date);
  if (list.rows.length === 0) return null;
  const printUrl = pagesUrl && (await newPrintLink(store, { storeId, date, now, pagesUrl }));
  return (isWhole ? replies.wholeDayList : replies.dayList)(list, { roomChars, printUrl });
}

/** Nothing once somebody has answered. */
async function depositAsked(
  store: Engine,
  { storeId, data }: NoticeRow,
  { now }: Telling,
): Promise<Reply | null> {
  const deposit = await store.findDeposit(text(data.deposit));
  const shop = await store.findShop(storeId);
  if (deposit?.state !== 'asked' || shop === null) return null;
  return replies.askDeposit(shop, deposit, await doubtAbout(store, deposit, now));
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
  const calendar = { shop, days, now };
  const ahead = forecast(calendar, await store.findUnpaid(storeId), date);
  return replies.eveningQuestion(day, { today: localDate(now, shop.policy.timeZone), ahead });
}

/** What is left to do; a seller, whom nobody asks for a number, also sees what the next days hold. */
async function dailySummary(
  store: Store,
  { storeId, data }: NoticeRow,
  { now }: Telling,
): Promise<Reply | null> {
  const shop = await store.findShop(storeId);
  if (shop === null) return null;
  const date = text(data.date);
  const left = await store.findDayEnd(storeId, date);
  const isAhead = data.ahead === true;
  return replies.dailySummary(date, left, isAhead ? await weekAhead(store, shop, now) : []);
}

/** From tomorrow on. */
async function weekAhead(store: Store, shop: Shop, now: Date): Promise<readonly DayForecast[]> {
  const from = addDays(localDate(now, shop.policy.timeZone), 1);
  const days = await store.findDays(shop.id, from);
  return forecast({ shop, days, now }, await store.findUnpaid(shop.id), from);
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
  { now, roomChars, isWhole }: Telling,
): Promise<Reply | null> {
  const date = text(data.date);
  const shop = await store.findShop(storeId);
  if (shop === null || date < localDate(now, shop.policy.timeZone)) return null;
  const list = await store.findDayList(storeId, date);
  const to = Number(data.revision);
  const delta = deltaOf(list.rows, { from: Number(data.from ?? to), to });
  if (delta.added.length + delta.struck.length + delta.altered.length === 0) return null;
  return replies.listDelta(list, { ...delta, revision: to, roomChars, isWhole });
}

/** How many moved then, and which orders still have no date. */
async function movedSummary(store: Store, { storeId, data }: NoticeRow): Promise<Reply> {
  const ids = list(data.undatedOrders);
  const orders = await Promise.all(ids.map((id) => store.findOrder(storeId, id)));
  const undated = orders.flatMap((order) =>
    order?.state === 'paid' && undatedOf(order).length > 0 ? [order] : [],
  );
  return replies.movedSummary({
    dates: list(data.dates),
    parcels: list(data.moved).length,
    undated,
  });
}

/** The rows that still are where a report put them: one that was taken back is not told. */
async function report(store: Store, notice: NoticeRow): Promise<Reply | null> {
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
}

/** The numbers as they are now, of days that are not over. */
async function daySet(
  store: Store,
  { storeId, data }: NoticeRow,
  { now }: Telling,
): Promise<Reply | null> {
  const shop = await store.findShop(storeId);
  if (shop === null) return null;
  const today = localDate(now, shop.policy.timeZone);
  const dates = list(data.dates).filter((date) => date >= today);
  if (dates.length === 0) return null;
  const days = await store.findDays(storeId, today);
  return replies.daysSet(dates.map((date) => dayOf(shop, days, date)));
}

function hasReached(parcel: Parcel, state: Parcel['state']): boolean {
  return isLive(parcel) && PARCEL_STATES.indexOf(parcel.state) >= PARCEL_STATES.indexOf(state);
}

/** Those of the letters that nobody has seen to meanwhile. */
async function deadLetters(
  store: Store,
  { data }: NoticeRow,
  { now }: Telling,
): Promise<Reply | null> {
  const letters = await Promise.all(list(data.letters).map((id) => store.findLetter(Number(id))));
  const dead = letters.filter((letter) => letter?.state === 'dead').flatMap((one) => one ?? []);
  return dead.length === 0 ? null : replies.deadLetters(dead, now);
}

async function aboutOrder(
  store: Store,
  notice: NoticeRow,
  { now }: Telling,
): Promise<Reply | null> {
  const { storeId, orderId, data } = notice;
  const order = orderId === null ? null : await store.findOrder(storeId, orderId);
  if (order === null) return null;
  const own = order.parcels.filter(({ id }) => list(data.parcels).includes(id));
  const those = (state: Parcel['state']) =>
    own.filter((parcel) => parcel.state === state).map(({ id }) => id);
  switch (notice.kind) {
    case 'paid':
      return order.state === 'paid' ? replies.paidNotice(order, movesOf(order, data.was)) : null;
    case 'moved':
    case 'no_date':
      return datesChanged(store, order, data);
    case 'shipped':
      return orNull(those('shipped'), (parcels) => replies.shippedNotice(order, parcels));
    case 'taken_back':
      return takenBack(store, order, notice);
    case 'delivered':
      return orNull(those('delivered'), (parcels) => replies.deliveredNotice(order, parcels));
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
            needsAccount: await needsAccount(store, order),
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
    case 'overpaid':
    case 'part_paid':
    case 'part_paid_over':
    case 'payment_taken_back':
    case 'revived':
      return aboutMoney(store, order, notice);
    case 'receipt_done': {
      const shop = await store.findShop(storeId);
      const kind = data.receipt === 'invoice' ? 'invoice' : 'cash';
      return shop && replies.receiptDone(shop, order, kind);
    }
    case 'refund_done':
    case 'refund_failed':
    case 'refund_reminder':
      return aboutRefund(store, order, notice);
    default:
      return null;
  }
}

/** What holds now: of a date that was lost and found again only the new one is said. */
async function datesChanged(
  store: Store,
  order: Order,
  { was, toStaff }: NoticeRow['data'],
): Promise<Reply | null> {
  if (order.state !== 'paid') return null;
  const undated = undatedOf(order);
  if (toStaff === true) return undated.length > 0 ? replies.noDateForStaff(order) : null;
  const moves = movesOf(order, was);
  const lost = undated.filter(({ id }) => list(was).some((entry) => entry.startsWith(`${id}=`)));
  if (lost.length > 0) return replies.noDateNotice(order, { undated: lost, moves });
  if (moves.length === 0) return null;
  return replies.movedNotice(order, { moves, isClosed: await areClosed(store, order, moves) });
}

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

/** A step or a date that a buyer was told of and that was taken back. */
async function takenBack(store: Store, order: Order, { data }: NoticeRow): Promise<Reply | null> {
  const named = list(data.parcels);
  const told = data.told === null ? null : (text(data.told) as Parcel['state']);
  // What was reported again meanwhile is true after all.
  const back = order.parcels.filter(
    (one) => told !== null && named.includes(one.id) && isLive(one) && !hasReached(one, told),
  );
  const ids = back.map(({ id }) => id);
  const words = [
    told === null ? null : orNull(ids, (parcels) => replies.takenBack(order, parcels, told)),
    await dateTakenBack(store, order, data),
  ].filter((one) => one !== null);
  return words.length === 0 ? null : replies.together(words);
}

/** Told as a move of its own when the date is by now another one than that before. */
async function dateTakenBack(
  store: Store,
  order: Order,
  data: NoticeRow['data'],
): Promise<Reply | null> {
  const before = new Map(list(data.back).map(dateOf));
  const told = list(data.was).map(dateOf);
  const moves = movesOf(order, data.was);
  const isBack = order.parcels.every(
    ({ id, harvestDate }) => !told.some(([one]) => one === id) || harvestDate === before.get(id),
  );
  return isBack && moves.length > 0
    ? replies.datesBack(order, moves)
    : datesChanged(store, order, data);
}

async function needsAccount(store: Store, { storeId, id }: Order): Promise<boolean> {
  const refunds = await store.findRefunds(storeId, id);
  return refunds.some(({ state }) => state === 'needs_account');
}

/** What came in was not what the order costs, or was not its money after all. */
async function aboutMoney(store: Store, order: Order, notice: NoticeRow): Promise<Reply | null> {
  const { kind, data } = notice;
  const amountKrw = Number(data.amountKrw);
  const isOwed = order.state === 'awaiting_payment' && dueKrw(order) > 0;
  if (kind === 'overpaid') {
    if (order.refundDueKrw === 0) return null;
    return (data.toSeller === true ? replies.overpaidForSeller : replies.overpaid)(
      order,
      amountKrw,
    );
  }
  if (kind === 'payment_taken_back') return replies.paymentTakenBack(order, amountKrw);
  if (!isOwed) return null;
  if (kind === 'part_paid_over')
    return order.handedAt === null ? null : replies.partPaidOver(order);
  const shop = await store.findShop(order.storeId);
  if (shop === null) return null;
  if (kind === 'revived') return replies.revived(shop, order);
  return replies.partPaid(shop, order, amountKrw);
}

/** What is made out to whom as it is now; nothing once it is made out, or needed no more. */
async function receiptAsked(store: Store, { storeId, data }: NoticeRow): Promise<Reply | null> {
  const receipt = await store.findReceipt(storeId, text(data.receipt));
  if (receipt?.state !== 'asked' || !mayHaveReceipt({ state: receipt.orderState })) return null;
  const shop = await store.findShop(storeId);
  return shop && replies.receiptForSeller(shop, receipt, data.isCorrected === true);
}

/** An account that came meanwhile is asked for no more. */
async function aboutRefund(store: Store, order: Order, notice: NoticeRow): Promise<Reply | null> {
  const { kind, data, said } = notice;
  const amountKrw = Number(data.amountKrw);
  if (kind === 'refund_done') return replies.refundDone(order, amountKrw);
  const refunds = await store.findRefunds(order.storeId, order.id);
  const wanted = kind === 'refund_failed' ? 'failed' : 'needs_account';
  if (!refunds.some(({ state }) => state === wanted)) return null;
  if (kind === 'refund_failed') return replies.refundFailed(order, amountKrw, said);
  return replies.refundReminder(order, amountKrw);
}

/** The account as it is now; nothing when the money was sent meanwhile. */
async function refundDue(store: Store, { storeId, data }: NoticeRow): Promise<Reply | null> {
  const found = await Promise.all(list(data.refunds).map((id) => store.findRefund(storeId, id)));
  const due = found.filter((refund) => refund?.state === 'due').flatMap((one) => one ?? []);
  const [transfer] = transfersOf(due);
  return transfer === undefined ? null : replies.refundDue(transfer, data.isCorrected === true);
}

async function aboutChange(
  store: Store,
  order: Order,
  { data, now }: Pick<NoticeRow, 'data'> & Pick<Telling, 'now'>,
): Promise<Reply | null> {
  const [refundKrw, paidKrw] = [Number(data.refundKrw ?? 0), Number(data.paidKrw ?? 0)];
  const needsAccount = data.needsAccount === true;
  if (data.extraKrw === undefined)
    return replies.changedForBuyer(order, { refundKrw, paidKrw, needsAccount });
  const payBy = text(data.payBy);
  // A change that nobody can pay for any more is over, and so is one of an order that went on.
  const isOver = now.toISOString() > payBy || order.totalKrw !== Number(data.fromKrw);
  const shop = isOver ? null : await store.findShop(order.storeId);
  const amountKrw = Number(data.extraKrw);
  return shop && replies.payDifference(shop, order, { amountKrw, payBy });
}

function orNull(
  parcelIds: readonly string[],
  words: (parcelIds: readonly string[]) => Reply,
): Reply | null {
  return parcelIds.length === 0 ? null : words(parcelIds);
}

/** Where a date is still a promise. */
const NOT_YET_SENT: ReadonlySet<Parcel['state']> = new Set(['scheduled', 'harvested', 'packed']);

/**
 * The parcels whose date is another than the one last told (`par_…=2026-07-21`, nothing behind the
 * sign when none was told), and that have not left yet.
 */
function movesOf(order: Order, was: unknown): replies.ToldMove[] {
  return list(was).flatMap((entry) => {
    const [id, date] = dateOf(entry);
    const parcel = order.parcels.find((one) => one.id === id);
    if (parcel === undefined || !NOT_YET_SENT.has(parcel.state)) return [];
    return parcel.harvestDate === date ? [] : [{ parcel, was: date }];
  });
}

function dateOf(entry: string): readonly [string, string | null] {
  const [id = '', date = ''] = entry.split('=');
  return [id, date === '' ? null : date];
}

/** `2026-07-21=1,2`: rows of a list. */
function rowsOn(entry: string): { readonly date: string; readonly rows: readonly number[] } {
  const [date = '', rows = ''] = entry.split('=');
  return { date, rows: rows.split(',').map(Number) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
