// Dates for loads: the first with room, the nearest to a wish, an estimate, and room that is given back. Pure.
import { addDays } from './dates.ts';
import {
  type Calendar,
  clockOf,
  type Days,
  dayOf,
  horizonEnd,
  type Load,
  type Unpaid,
} from './day.ts';
import { type OpenDays, openDays } from './open-days.ts';
import { byDeposit, type Slot } from './queue.ts';
import { boxesOf } from './quote.ts';
import type { Shop } from './shop.ts';

/** True when the date has room for the whole load, in total, per product and in season. */
export function fits(calendar: Calendar, load: Load, date: string): boolean {
  return openDays(calendar).fits(load, date);
}

/** The first date on or after `from` (default: the wish, else today) that has room, or null. */
export function firstDate(calendar: Calendar, load: Load, from?: string): string | null {
  return openDays(calendar, from).first(load);
}

/** The nearest dates with room before and after a wish that cannot be met. */
export function nearestDates(
  calendar: Calendar,
  load: Load,
  wish: string,
): { before: string | null; after: string | null } {
  const free: Load = { items: load.items, wanted: null };
  const open = openDays(calendar, addDays(wish, 1));
  const { today } = clockOf(calendar);
  const last = horizonEnd(calendar);
  let before = addDays(wish, -1) < last ? addDays(wish, -1) : last;
  while (before >= today && !open.fits(free, before)) before = addDays(before, -1);
  return { before: before < today ? null : before, after: open.first(free) };
}

/** The largest number of boxes any date up to the horizon could take if it were empty. */
export function largestDay(calendar: Calendar, load: Load): number {
  const { today } = clockOf(calendar);
  const last = horizonEnd(calendar);
  let largest = 0;
  for (let date = today; date <= last; date = addDays(date, 1)) {
    let cap = dayOf(calendar.shop, calendar.days, date).capBoxes;
    if (load.items.length === 1)
      cap = Math.min(cap, productCap(calendar.shop, load.items[0]?.product ?? ''));
    largest = Math.max(largest, cap);
  }
  return largest;
}

export type Allocation = { readonly dates: readonly (string | null)[]; readonly days: Days };

/**
 * Dates for what is paid together, in the order of `loads`; null = no date left. Who wishes for a date
 * chooses before those who take any, else one order could fill its own wished day.
 */
export function allocate(calendar: Calendar, loads: readonly Load[]): Allocation {
  const open = openDays(calendar);
  return { dates: takeAll(open, loads), days: open.days() };
}

/** As `allocate`, but the room that those who wait since earlier could take is left to them. */
export function allocateBehind(
  calendar: Calendar,
  waiting: readonly Slot[],
  loads: readonly Load[],
): Allocation {
  if (waiting.length === 0) return allocate(calendar, loads);
  const held = openDays(calendar);
  for (const slot of [...waiting].sort(byDeposit)) takeFirst(held, slot);
  const dates = takeAll(held, loads);
  const open = openDays(calendar);
  for (const [index, load] of loads.entries()) {
    const date = dates[index] ?? null;
    if (date !== null) open.take(load, date);
  }
  return { dates, days: open.days() };
}

/**
 * The dates that loads would get if all that is ordered and not paid yet were paid before them. A wish
 * is met as if they were paid now, since who has not paid holds nothing; so is what would have no date.
 */
export function estimate(calendar: Calendar, loads: readonly Load[]): readonly (string | null)[] {
  const { unpaid } = calendar;
  if (unpaid === undefined || unpaid.size === 0) return allocate(calendar, loads).dates;
  const open = openDays(calendar);
  queueUnpaid(open, unpaid);
  const isWished = ({ wanted }: Load) => wanted !== null;
  const dates = loads.some(isWished) ? [...allocate(calendar, loads).dates] : [];
  for (const [index, load] of loads.entries()) {
    const date = dates[index] ?? null;
    if (isWished(load) && date !== null) open.take(load, date);
  }
  const later = loads.map((load, index) => {
    return isWished(load) ? (dates[index] ?? null) : takeFirst(open, load);
  });
  if (!later.includes(null)) return later;
  const paidNow = allocate(calendar, loads).dates;
  return later.map((date, index) => date ?? paidNow[index] ?? null);
}

/** The days as they would stand if all that is ordered were paid. */
export function asIfPaid(calendar: Calendar): Days {
  const open = openDays(calendar);
  if (calendar.unpaid !== undefined) queueUnpaid(open, calendar.unpaid);
  return open.days();
}

/** Only how many boxes they are is looked at: who they are for and of what is not worth a reading. */
function queueUnpaid(open: OpenDays, unpaid: Unpaid): void {
  let left = 0;
  let toCome = 0;
  for (const boxes of unpaid.values()) toCome += boxes;
  const today = open.at(0) ?? '';
  for (const [date, boxes] of unpaid) if (date < today) left += boxes;
  toCome -= left;
  for (let ahead = 0; left + toCome > 0; ahead += 1) {
    const date = open.at(ahead);
    if (date === null) return;
    const estimated = unpaid.get(date) ?? 0;
    toCome -= estimated;
    left += estimated;
    const boxes = Math.min(left, open.room(date));
    if (boxes > 0) open.take({ items: [{ product: '', boxes }], wanted: null }, date);
    left -= boxes;
  }
}

/** Gives a cancelled load's boxes back to its date, once. */
export function release(calendar: Calendar, load: Load, date: string): Days {
  const open = openDays(calendar);
  open.free(load, date);
  return open.days();
}

/**
 * The days when a parcel on `date` holds something else; null when that does not fit there. Only what
 * it grows by needs room; the season and a product's own cap hold for all of it.
 */
export function resize(
  calendar: Calendar,
  date: string,
  { was, is }: { readonly was: Load; readonly is: Load },
): Days | null {
  const open = openDays(calendar);
  const growth = boxesOf(is.items) - boxesOf(was.items);
  if (growth > 0 && growth > open.room(date)) return null;
  open.free(was, date);
  if (!open.suits(is, date)) return null;
  open.put(is, date);
  if (growth > 0) open.spendLateRoom(date, growth);
  return open.days();
}

/** Where each goes, in the order of `loads`; see `allocate`. */
function takeAll(open: OpenDays, loads: readonly Load[]): (string | null)[] {
  const dates = loads.map((): string | null => null);
  for (const isWished of [true, false])
    for (const [index, load] of loads.entries())
      if ((load.wanted !== null) === isWished) dates[index] = takeFirst(open, load);
  return dates;
}

/** Takes its first date with room for a load; null when there is none. */
export function takeFirst(open: OpenDays, load: Load): string | null {
  const date = open.first(load);
  if (date !== null) open.take(load, date);
  return date;
}

function productCap(shop: Shop, id: string): number {
  const cap = shop.products.find((product) => product.id === id)?.dailyCapBoxes;
  return cap ?? Number.POSITIVE_INFINITY;
}
