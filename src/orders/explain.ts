// Why a parcel goes on its date and on none before it: read from the same books as the planner.

import { asIfPaid } from './allocation.ts';
import { addDays, localTime, weekdayOf } from './dates.ts';
import {
  type Calendar,
  type Day,
  type Days,
  dayOf,
  defaultCap,
  HORIZON_DAYS_MAX,
  type Load,
  wishedDispatch,
} from './day.ts';
import type { Wanted } from './order.ts';
import { boxesOf } from './quote.ts';
import type { Shop } from './shop.ts';

/** Why a date cannot take a load. */
export type Reason =
  | { readonly kind: 'wish'; readonly wanted: Wanted }
  | { readonly kind: 'before-season' | 'after-season'; readonly product: string }
  | { readonly kind: 'closed-weekday' | 'closed-date' | 'before-holiday' | 'closed-by-farmer' }
  | { readonly kind: 'cutoff'; readonly time: string }
  | { readonly kind: 'list-is-out' }
  | { readonly kind: 'full'; readonly reservedBoxes: number; readonly capBoxes: number }
  /** There is room, which others have ordered before and not paid for yet. */
  | {
      readonly kind: 'ordered';
      readonly reservedBoxes: number;
      readonly unpaidBoxes: number;
      readonly capBoxes: number;
    }
  /** It was promised for that date until the farmer said a smaller number, or none. */
  | { readonly kind: 'lowered'; readonly capBoxes: number }
  | { readonly kind: 'product-full'; readonly product: string; readonly capBoxes: number }
  /** There is room by now, which there was not at `calendar.now`. */
  | { readonly kind: 'freed-since' };

export type Explained = { readonly date: string; readonly reason: Reason };

/**
 * A reason for each date from the day of `calendar.now` to the one before `date`. For what is paid
 * `now` is the moment of its payment: later ones have no claim on what was promised then.
 */
export function whyNotEarlier(calendar: Calendar, load: Load, date: string): readonly Explained[] {
  const { shop, now } = calendar;
  const today = localTime(now, shop.policy.timeZone).date;
  const wish = wishedDispatch(load.wanted, shop.policy.transitDays);
  const asPaid = calendar.unpaid === undefined ? null : asIfPaid(calendar);
  const explained: Explained[] = [];
  for (let one = today; one < date; one = addDays(one, 1)) {
    if (explained.length >= HORIZON_DAYS_MAX) break;
    const reason: Reason =
      load.wanted !== null && wish !== null && one < wish
        ? { kind: 'wish', wanted: load.wanted }
        : (reasonAgainst(calendar, load.items, one) ??
          (asPaid && behindOrdered(calendar, asPaid, { items: load.items, date: one })) ?? {
            kind: 'freed-since',
          });
    explained.push({ date: one, reason });
  }
  return explained;
}

/** Null when the date could take the load. */
export function reasonAgainst(
  calendar: Calendar,
  items: Load['items'],
  date: string,
): Reason | null {
  const { shop } = calendar;
  const day = dayOf(shop, calendar.days, date);
  return (
    outOfSeason(shop, items, date) ??
    (day.capBoxes === 0 || defaultsToClosed(shop, day) ? whyClosed(shop, day) : null) ??
    tooLate(calendar, day, boxesOf(items)) ??
    tooFull(shop, day, items)
  );
}

/** Only in the way of an estimate: who has not paid holds nothing. */
function behindOrdered(
  calendar: Calendar,
  asPaid: Days,
  { items, date }: { readonly items: Load['items']; readonly date: string },
): Reason | null {
  const { capBoxes, reservedBoxes } = dayOf(calendar.shop, calendar.days, date);
  const unpaidBoxes = dayOf(calendar.shop, asPaid, date).reservedBoxes - reservedBoxes;
  if (unpaidBoxes <= 0 || reasonAgainst({ ...calendar, days: asPaid }, items, date) === null)
    return null;
  return { kind: 'ordered', reservedBoxes, unpaidBoxes, capBoxes };
}

/** Of a date that was promised before, what the farmer's word made of it is the reason. */
export function sinceLowered(
  { shop, days }: Calendar,
  explained: readonly Explained[],
  promised: ReadonlySet<string>,
): readonly Explained[] {
  return explained.map(({ date, reason }) => {
    const { capSource, capBoxes } = dayOf(shop, days, date);
    const isFarmers = capSource === 'farmer' && LOWERED.has(reason.kind);
    if (!promised.has(date) || !isFarmers) return { date, reason };
    return { date, reason: { kind: 'lowered', capBoxes } };
  });
}

const LOWERED: ReadonlySet<Reason['kind']> = new Set(['full', 'closed-by-farmer']);

/** How many parcels and boxes of a list come before one of its parcels; null when it is not on it. */
export function placeOn(
  rows: readonly { readonly parcelId: string; readonly boxes: number }[],
  parcelId: string,
): { readonly parcelsBefore: number; readonly boxesBefore: number } | null {
  const at = rows.findIndex((row) => row.parcelId === parcelId);
  if (at < 0) return null;
  const before = rows.slice(0, at);
  return {
    parcelsBefore: before.length,
    boxesBefore: before.reduce((sum, { boxes }) => sum + boxes, 0),
  };
}

function outOfSeason(shop: Shop, items: Load['items'], date: string): Reason | null {
  for (const item of items) {
    const product = shop.products.find(({ id }) => id === item.product);
    if (product === undefined) continue;
    const { name, shipFrom, shipTo } = product;
    if (shipFrom !== null && date < shipFrom) return { kind: 'before-season', product: name };
    if (shipTo !== null && date > shipTo) return { kind: 'after-season', product: name };
  }
  return null;
}

/** A closed day whose boxes have not been moved away yet counts as full with what it holds. */
function defaultsToClosed(shop: Shop, day: Day): boolean {
  return day.capSource === 'default' && defaultCap(shop, day.date) === 0;
}

function whyClosed(shop: Shop, { date, capSource }: Day): Reason {
  if (capSource === 'farmer') return { kind: 'closed-by-farmer' };
  const { policy, holidays } = shop;
  if (policy.closedDates.includes(date)) return { kind: 'closed-date' };
  if (policy.closedBeforeHolidays && holidays.has(addDays(date, 1)))
    return { kind: 'before-holiday' };
  const weekday = weekdayOf(date);
  const isWeekday =
    policy.closedWeekdays.includes(weekday) || policy.weekdayCapBoxes[weekday] === 0;
  return { kind: isWeekday ? 'closed-weekday' : 'closed-date' };
}

/** Only the room that was opened late is left of a day whose cut-off is over or whose list is out. */
function tooLate({ shop, now }: Calendar, day: Day, boxes: number): Reason | null {
  const free = Math.min(Math.max(0, day.capBoxes - day.reservedBoxes), day.lateRoomBoxes);
  if (boxes <= free) return null;
  const { policy } = shop;
  const clock = localTime(now, policy.timeZone);
  const time = policy.cutoffAt ?? policy.listAt;
  if (day.date === clock.date && clock.time >= time) return { kind: 'cutoff', time };
  const isOut = day.frozenAt !== null && day.frozenAt <= now.toISOString();
  return isOut ? { kind: 'list-is-out' } : null;
}

function tooFull(shop: Shop, day: Day, items: Load['items']): Reason | null {
  const { capBoxes, reservedBoxes } = day;
  if (reservedBoxes + boxesOf(items) > capBoxes) return { kind: 'full', reservedBoxes, capBoxes };
  for (const item of items) {
    const product = shop.products.find(({ id }) => id === item.product);
    const cap = product?.dailyCapBoxes ?? null;
    if (product === undefined || cap === null) continue;
    if ((day.productBoxes[item.product] ?? 0) + item.boxes > cap)
      return { kind: 'product-full', product: product.name, capBoxes: cap };
  }
  return null;
}
