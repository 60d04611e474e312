// "왜 내일이에요?": the date of the card or of the newest open order, explained from the planner's books.

import { allocate } from '../orders/allocation.ts';
import { withoutOwn } from '../orders/change-plan.ts';
import { localDate } from '../orders/dates.ts';
import { type Calendar, clockOf, type Load } from '../orders/day.ts';
import { placeOn, sinceLowered, whyNotEarlier } from '../orders/explain.ts';
import { openDays } from '../orders/open-days.ts';
import { isLive, type Order, type Parcel, undatedOf } from '../orders/order.ts';
import type { HistoryEntry } from '../orders/store.ts';
import { type Asking, type Handled, stay } from './desk.ts';
import { draftOffer } from './drafts.ts';
import { isOpen, ordersOf } from './own-orders.ts';
import * as replies from './replies/index.ts';

const DATES_EXPLAINED_MAX = 2;
const NOT_YET_SENT: ReadonlySet<Parcel['state']> = new Set(['scheduled', 'harvested', 'packed']);

/** Null when there is no date to explain. */
export async function explainDates(asking: Asking): Promise<Handled> {
  const offer = await draftOffer(asking);
  if (offer !== null) {
    const calendar = await calendarAt(asking, asking.now);
    return stay(asking, replies.whyThisDate(explainEstimates(calendar, offer.parcels, null), 0));
  }
  const order = (await ordersOf(asking)).find(isOpen);
  if (order === undefined) return null;
  const { why, undated } = await explainOrder(asking, order);
  return why.length === 0 && undated === 0 ? null : stay(asking, replies.whyThisDate(why, undated));
}

/** Whom the explanation of an order's dates asks. */
export type Explaining = Pick<Asking, 'shop' | 'now'> & {
  readonly desk: Pick<Asking['desk'], 'store'>;
};

/** `undated`: parcels for which no date is left. */
export async function explainOrder(
  asking: Explaining,
  order: Order,
): Promise<{ readonly why: readonly replies.WhyDate[]; readonly undated: number }> {
  const why =
    order.state === 'paid'
      ? await explainPaid(asking, order)
      : explainEstimates(
          withoutOwn(await calendarAt(asking, asking.now), order),
          order.parcels.filter(isLive),
          order.code,
        );
  return { why, undated: undatedOf(order).length };
}

type Estimated = Load & { readonly recipient: string; readonly harvestDate: string | null };

/** What is not paid yet: the date that was said for it, and the one that a payment now would bring. */
function explainEstimates(
  calendar: Calendar,
  parcels: readonly Estimated[],
  code: string | null,
): replies.WhyDate[] {
  const { today } = clockOf(calendar);
  const paidNow = allocate(calendar, parcels).dates;
  const open = openDays(calendar);
  const dates = parcels.map(({ harvestDate }, index) =>
    harvestDate !== null && harvestDate >= today ? harvestDate : (paidNow[index] ?? null),
  );
  for (const [index, parcel] of parcels.entries()) {
    const date = dates[index] ?? null;
    if (date !== null) open.put(parcel, date);
  }
  const days = open.days();
  const told = parcels.map(({ recipient, ...load }, index): replies.WhyDate | null => {
    const date = dates[index] ?? null;
    if (date === null) return null;
    const earlier = whyNotEarlier({ ...calendar, days }, load, date);
    const paid = paidNow[index] ?? null;
    const promise = { paidNow: paid === date ? null : paid, place: null, was: null };
    return { code, recipient, date, earlier, isPaid: false, ...promise };
  });
  return onePerDate(told);
}

/** A promise is explained from the moment it was made; the queue is that of its date. */
async function explainPaid(asking: Explaining, order: Order): Promise<replies.WhyDate[]> {
  const { desk, shop } = asking;
  const calendar = await calendarAt(asking, new Date(order.paidAt ?? order.placedAt));
  const promise = { ...calendar, unpaid: undefined };
  const history = await desk.store.findHistory(shop.id, order.id);
  const told: (replies.WhyDate | null)[] = [];
  for (const { id, recipient, items, wanted, harvestDate: date, state } of order.parcels) {
    if (date === null || !NOT_YET_SENT.has(state)) continue;
    if (told.some((one) => one?.date === date)) continue;
    const { day, rows } = await desk.store.findDayList(shop.id, date);
    const place = placeOn(
      rows
        .filter(({ struck }) => !struck)
        .map(({ parcelId, order: of }) => {
          const boxes = of.parcels.find((parcel) => parcel.id === parcelId)?.boxes ?? 0;
          return { parcelId, boxes };
        }),
      id,
    );
    const before = promisedBefore(history, id);
    const earlier = whyNotEarlier(promise, { items, wanted }, date);
    told.push({
      code: order.code,
      recipient,
      date,
      earlier: sinceLowered(promise, earlier, new Set(before)),
      isPaid: true,
      paidNow: null,
      place: place === null ? null : { ...place, capBoxes: day.capBoxes },
      was: before.at(-1) ?? null,
    });
  }
  return onePerDate(told);
}

/** The dates that a parcel was promised for and left again, oldest first. */
function promisedBefore(history: readonly HistoryEntry[], parcelId: string): string[] {
  return history.flatMap(({ parcelId: of, event, detail }) =>
    of === parcelId && (event === 'moved' || event === 'no_date') && typeof detail.from === 'string'
      ? [detail.from]
      : [],
  );
}

async function calendarAt({ desk, shop }: Explaining, now: Date): Promise<Calendar> {
  const from = localDate(now, shop.policy.timeZone);
  const [days, unpaid] = await Promise.all([
    desk.store.findDays(shop.id, from),
    desk.store.findUnpaid(shop.id),
  ]);
  return { shop, now, days, unpaid };
}

function onePerDate(told: readonly (replies.WhyDate | null)[]): replies.WhyDate[] {
  const byDate = new Map<string, replies.WhyDate>();
  for (const one of told) if (one !== null && !byDate.has(one.date)) byDate.set(one.date, one);
  return [...byDate.values()].slice(0, DATES_EXPLAINED_MAX);
}
