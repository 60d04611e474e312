// The days of a farm as they are booked: what a date takes by its policy and by the farmer's word, and what
// is late. Pure.
import { addDays, localTime, weekdayOf } from './dates.ts';
import type { Wanted } from './order.ts';
import type { Shop } from './shop.ts';

/** Wishes further away than this are a typing mistake, and every walk over dates ends here. */
export const HORIZON_DAYS_MAX = 400;

/** A harvest day = dispatch date. Only days that differ from the policy or hold parcels are stored. */
export type Day = {
  readonly date: string;
  readonly capBoxes: number;
  /** `farmer`: said for this date; `default`: whatever the policy says, see `dayOf`. */
  readonly capSource: 'default' | 'farmer';
  readonly reservedBoxes: number;
  readonly productBoxes: Readonly<Record<string, number>>;
  /** Room the farmer opened after the cut-off or the freeze: the only room later payments get. */
  readonly lateRoomBoxes: number;
  /** 0 until the list is frozen, then the number of its newest revision. */
  readonly revision: number;
  readonly frozenAt: string | null;
  /** Above its cap because the farmer lowered it below what is harvested already. */
  readonly isFlagged: boolean;
};

export type Days = ReadonlyMap<string, Day>;

/**
 * Boxes of orders that are not paid yet, by the date estimated for them. They hold nothing: only the
 * estimates of those who come after them look at them.
 */
export type Unpaid = ReadonlyMap<string, number>;

export type Calendar = {
  readonly shop: Shop;
  readonly days: Days;
  readonly now: Date;
  readonly unpaid?: Unpaid;
};

/** What must fit into one date. */
export type Load = {
  readonly items: readonly { readonly product: string; readonly boxes: number }[];
  readonly wanted: Wanted | null;
};

export function defaultCap(shop: Shop, date: string): number {
  const { policy } = shop;
  const weekday = weekdayOf(date);
  const isClosed =
    policy.closedWeekdays.includes(weekday) ||
    policy.closedDates.includes(date) ||
    (policy.closedBeforeHolidays && shop.holidays.has(addDays(date, 1)));
  return isClosed ? 0 : (policy.weekdayCapBoxes[weekday] ?? policy.dailyCapBoxes);
}

/**
 * The day as the farmer said it, else as the policy and the holidays make it now: a stored number
 * that nobody said counts for nothing, so a changed policy counts from the next command on. Until
 * `planPolicy` has moved those who are too many (right after the change, and before a list is frozen)
 * such a day is full with what it holds, so that no cap is ever below what stands under it.
 */
export function dayOf(shop: Shop, days: Days, date: string): Day {
  const stored = days.get(date);
  if (stored?.capSource === 'farmer') return stored;
  const capBoxes = defaultCap(shop, date);
  if (stored === undefined)
    return {
      date,
      capBoxes,
      capSource: 'default',
      reservedBoxes: 0,
      productBoxes: {},
      lateRoomBoxes: 0,
      revision: 0,
      frozenAt: null,
      isFlagged: false,
    };
  const isFlagged = stored.isFlagged && stored.reservedBoxes > capBoxes;
  const counted = isFlagged ? capBoxes : Math.max(capBoxes, stored.reservedBoxes);
  if (counted === stored.capBoxes && isFlagged === stored.isFlagged) return stored;
  return { ...stored, capBoxes: counted, isFlagged };
}

/** Boxes a new payment may still put on the date: none in the past, after the cut-off only late room. */
export function roomOn(calendar: Calendar, date: string): number {
  return roomIn(calendar.shop, clockOf(calendar), dayOf(calendar.shop, calendar.days, date));
}

/** A date is late once its list is frozen or, on the day itself, from the cut-off on. */
export function isLate(calendar: Calendar, day: Day): boolean {
  return isLateAt(calendar.shop, clockOf(calendar), day);
}

/** The first day on or after `from` that takes boxes and whose list is not out yet; null: none is in sight. */
export function nextOpenDay(calendar: Calendar, from: string): Day | null {
  const clock = clockOf(calendar);
  const last = addDays(from, HORIZON_DAYS_MAX);
  for (let date = from; date <= last; date = addDays(date, 1)) {
    const day = dayOf(calendar.shop, calendar.days, date);
    if (day.capBoxes > 0 && !isLateAt(calendar.shop, clock, day)) return day;
  }
  return null;
}

/** The dispatch date that makes a wish come true. */
export function wishedDispatch(wanted: Wanted | null, transitDays: number): string | null {
  if (wanted === null) return null;
  return wanted.kind === 'arrive' ? addDays(wanted.date, -transitDays) : wanted.date;
}

/** The wall clock of the store, read once per walk over dates. */
export type Clock = { readonly today: string; readonly time: string };

export function clockOf({ shop, now }: Calendar): Clock {
  const { date, time } = localTime(now, shop.policy.timeZone);
  return { today: date, time };
}

export function isLateAt({ policy }: Shop, clock: Clock, day: Day): boolean {
  if (day.revision > 0 || day.date < clock.today) return true;
  return day.date === clock.today && clock.time >= (policy.cutoffAt ?? policy.listAt);
}

export function roomIn(shop: Shop, clock: Clock, day: Day): number {
  if (day.date < clock.today) return 0;
  const free = Math.max(0, day.capBoxes - day.reservedBoxes);
  return isLateAt(shop, clock, day) ? Math.min(free, day.lateRoomBoxes) : free;
}

export function horizonEnd(calendar: Calendar): string {
  const { policy } = calendar.shop;
  const today = localTime(calendar.now, policy.timeZone).date;
  return addDays(today, Math.min(policy.horizonDays, HORIZON_DAYS_MAX));
}
