// The harvest planner: which date a parcel gets, and who moves when a day grows or shrinks. Pure.
import { addDays, localTime, weekdayOf } from './dates.ts';
import { DomainError } from './errors.ts';
import type { ParcelState, Wanted } from './order.ts';
import { boxesOf } from './quote.ts';
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

export type Calendar = { readonly shop: Shop; readonly days: Days; readonly now: Date };

/** What must fit into one date. */
export type Load = {
  readonly items: readonly { readonly product: string; readonly boxes: number }[];
  readonly wanted: Wanted | null;
};

/** A parcel as the planner sees it, in its place of the deposit order. */
export type Slot = Load & {
  readonly parcelId: string;
  readonly orderId: string;
  readonly buyerId: string;
  readonly boxes: number;
  readonly state: ParcelState;
  readonly harvestDate: string | null;
  readonly depositedAt: string;
  readonly bookingSeq: number;
  /** Its number on the frozen list of its date. */
  readonly row: number | null;
};

export type Move = {
  readonly slot: Slot;
  readonly from: string | null;
  readonly to: string | null;
};

export type Plan = { readonly moves: readonly Move[]; readonly days: Days };

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

/** True when the date has room for the whole load, in total, per product and in season. */
export function fits(calendar: Calendar, load: Load, date: string): boolean {
  return fitsAt(calendar, { load, date, clock: clockOf(calendar) });
}

/** The first date on or after `from` (default: the wish, else today) that has room, or null. */
export function firstDate(calendar: Calendar, load: Load, from?: string): string | null {
  const clock = clockOf(calendar);
  const { today } = clock;
  const wish = wishedDispatch(load.wanted, calendar.shop.policy.transitDays);
  const start = [today, from ?? today, wish ?? today].sort().at(-1) ?? today;
  const last = horizonEnd(calendar);
  for (let date = start; date <= last; date = addDays(date, 1))
    if (fitsAt(calendar, { load, date, clock })) return date;
  return null;
}

/** The nearest dates with room before and after a wish that cannot be met. */
export function nearestDates(
  calendar: Calendar,
  load: Load,
  wish: string,
): { before: string | null; after: string | null } {
  const free: Load = { items: load.items, wanted: null };
  const today = localTime(calendar.now, calendar.shop.policy.timeZone).date;
  const last = horizonEnd(calendar);
  let before: string | null = null;
  const latest = addDays(wish, -1) < last ? addDays(wish, -1) : last;
  for (let date = latest; date >= today; date = addDays(date, -1)) {
    if (fits(calendar, free, date)) {
      before = date;
      break;
    }
  }
  return { before, after: firstDate(calendar, free, addDays(wish, 1)) };
}

/** The largest number of boxes any date up to the horizon could take if it were empty. */
export function largestDay(calendar: Calendar, load: Load): number {
  const today = localTime(calendar.now, calendar.shop.policy.timeZone).date;
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
  const days = new Map(calendar.days);
  const dates = loads.map((): string | null => null);
  for (const isWished of [true, false])
    for (const [index, load] of loads.entries()) {
      if ((load.wanted !== null) !== isWished) continue;
      const date = firstDate({ ...calendar, days }, load);
      if (date !== null) take({ ...calendar, days }, days, load, date);
      dates[index] = date;
    }
  return { dates, days };
}

/** As `allocate`, but the room that those who wait since earlier could take is left to them. */
export function allocateBehind(
  calendar: Calendar,
  waiting: readonly Slot[],
  loads: readonly Load[],
): Allocation {
  if (waiting.length === 0) return allocate(calendar, loads);
  const held = { ...calendar, days: planWaiting(calendar, waiting).days };
  const { dates } = allocate(held, loads);
  const days = new Map(calendar.days);
  for (const [index, load] of loads.entries()) {
    const date = dates[index] ?? null;
    if (date !== null) take({ ...calendar, days }, days, load, date);
  }
  return { dates, days };
}

/** Gives paid parcels without a date their first one with room, in deposit order, where there is any. */
export function planWaiting(calendar: Calendar, waiting: readonly Slot[]): Plan {
  const days = new Map(calendar.days);
  const moves: Move[] = [];
  let most = mostRoom(calendar);
  for (const slot of [...waiting].sort(byDeposit)) {
    // In a farm that is sold out nobody is looked for a date in vain.
    if (slot.boxes > most) continue;
    const to = firstDate({ ...calendar, days }, slot);
    if (to === null) continue;
    take({ ...calendar, days }, days, slot, to);
    moves.push({ slot, from: null, to });
    most = mostRoom({ ...calendar, days });
  }
  return { moves, days };
}

/**
 * Sets a date's cap. Down: parcels leave from the end of the deposit order until the rest fits, each
 * to its next date with room; what is harvested stays even above the cap. Up: parcels of later dates
 * without a wish and not on a frozen list, and those still waiting, move here in deposit order.
 * `here` are the date's live parcels, `later` the candidates for Up; both may come in any order.
 */
export function planCap(
  calendar: Calendar,
  date: string,
  capBoxes: number,
  { here, later }: { readonly here: readonly Slot[]; readonly later: readonly Slot[] },
): Plan {
  const before = dayOf(calendar.shop, calendar.days, date);
  const days = new Map(calendar.days);
  days.set(date, { ...before, capBoxes, capSource: 'farmer', isFlagged: false });
  if (before.reservedBoxes > capBoxes) {
    const leaving = lastThatMustGo(here, before.reservedBoxes - capBoxes);
    days.set(date, { ...before, capBoxes, capSource: 'farmer', isFlagged: true });
    return relocate({ ...calendar, days }, date, leaving);
  }
  if (capBoxes <= before.capBoxes) {
    const room = capBoxes - before.reservedBoxes;
    const lateRoomBoxes = Math.min(before.lateRoomBoxes, room);
    days.set(date, { ...before, capBoxes, capSource: 'farmer', lateRoomBoxes, isFlagged: false });
    return { moves: [], days };
  }
  return pullForward({ ...calendar, days }, before, capBoxes, later);
}

/** Cuts a date: the named parcels leave, and the cap becomes what stays, so nobody new takes the room. */
export function planCut(calendar: Calendar, date: string, leaving: readonly Slot[]): Plan {
  const before = dayOf(calendar.shop, calendar.days, date);
  const days = new Map(calendar.days);
  days.set(date, {
    ...before,
    capBoxes: Math.min(before.capBoxes, before.reservedBoxes - boxesOf(leaving)),
    capSource: 'farmer',
    lateRoomBoxes: 0,
  });
  return relocate({ ...calendar, days }, date, leaving);
}

/**
 * Brings the days that nobody said a number for to what the policy says now, in order of date. Down:
 * whoever is too many on a date leaves, by the rule of `planCap`. Up: dates that `was`, the store as
 * it stood before the change, gave a smaller cap pull later parcels forward. Without `was` only Down,
 * which shows in the books alone: so a change that was cut short is caught up. `slots` are all live
 * parcels from today on and those that wait; a parcel's move is told from where it stood at first.
 */
export function planPolicy(calendar: Calendar, slots: readonly Slot[], was: Shop | null): Plan {
  const { shop } = calendar;
  const now = new Map(slots.map((slot) => [slot.parcelId, slot]));
  let { days } = calendar;
  const follow = (plan: Plan) => {
    days = plan.days;
    for (const { slot, to } of plan.moves) {
      const state = to === null ? 'waiting' : 'scheduled';
      now.set(slot.parcelId, { ...slot, state, harvestDate: to });
    }
  };
  for (const date of datesAhead(calendar)) {
    const day = dayOf(shop, days, date);
    const capBoxes = defaultCap(shop, date);
    if (day.capSource === 'farmer' || day.reservedBoxes <= capBoxes) continue;
    const leaving = lastThatMustGo(onDate(now, date), day.reservedBoxes - capBoxes);
    if (leaving.length === 0 && day.isFlagged) continue;
    const lowered = new Map(days).set(date, { ...day, capBoxes, isFlagged: true });
    follow(relocate({ ...calendar, days: lowered }, date, leaving));
  }
  for (const date of was === null ? [] : datesAhead(calendar)) {
    const day = dayOf(shop, days, date);
    const before = { ...day, capBoxes: defaultCap(was ?? shop, date) };
    const capBoxes = defaultCap(shop, date);
    // Into a list that is out already only the farmer's own word brings anybody.
    if (day.capSource === 'farmer' || isLate(calendar, day)) continue;
    if (capBoxes <= before.capBoxes) continue;
    follow(pullForward({ ...calendar, days }, before, capBoxes, [...now.values()]));
  }
  const moves = slots.flatMap((slot): Move[] => {
    const to = now.get(slot.parcelId)?.harvestDate ?? null;
    return to === slot.harvestDate ? [] : [{ slot, from: slot.harvestDate, to }];
  });
  return { moves: moves.sort((a, b) => byDeposit(a.slot, b.slot)), days };
}

/** Gives a cancelled load's boxes back to its date, once. */
export function release(shop: Shop, days: Days, load: Load, date: string): Days {
  const next = new Map(days);
  put(shop, next, load, date, -1);
  return next;
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
  const growth = boxesOf(is.items) - boxesOf(was.items);
  if (growth > 0 && growth > roomOn(calendar, date)) return null;
  const days = new Map(release(calendar.shop, calendar.days, was, date));
  if (!suits({ ...calendar, days }, is, date)) return null;
  put(calendar.shop, days, is, date, 1);
  const before = dayOf(calendar.shop, calendar.days, date);
  if (growth <= 0 || !isLate(calendar, before)) return days;
  const lateRoomBoxes = Math.max(0, before.lateRoomBoxes - growth);
  return days.set(date, { ...dayOf(calendar.shop, days, date), lateRoomBoxes });
}

export function byDeposit(a: Slot, b: Slot): number {
  if (a.depositedAt !== b.depositedAt) return a.depositedAt < b.depositedAt ? -1 : 1;
  if (a.bookingSeq !== b.bookingSeq) return a.bookingSeq - b.bookingSeq;
  return a.parcelId < b.parcelId ? -1 : a.parcelId > b.parcelId ? 1 : 0;
}

/** The wall clock of the store, read once per walk over dates. */
type Clock = { readonly today: string; readonly time: string };

function clockOf({ shop, now }: Calendar): Clock {
  const { date, time } = localTime(now, shop.policy.timeZone);
  return { today: date, time };
}

function isLateAt({ policy }: Shop, clock: Clock, day: Day): boolean {
  if (day.revision > 0 || day.date < clock.today) return true;
  return day.date === clock.today && clock.time >= (policy.cutoffAt ?? policy.listAt);
}

function roomIn(shop: Shop, clock: Clock, day: Day): number {
  if (day.date < clock.today) return 0;
  const free = Math.max(0, day.capBoxes - day.reservedBoxes);
  return isLateAt(shop, clock, day) ? Math.min(free, day.lateRoomBoxes) : free;
}

function fitsAt(
  calendar: Calendar,
  { load, date, clock }: { load: Load; date: string; clock: Clock },
): boolean {
  const day = dayOf(calendar.shop, calendar.days, date);
  return boxesOf(load.items) <= roomIn(calendar.shop, clock, day) && suits(calendar, load, date);
}

function mostRoom(calendar: Calendar): number {
  const clock = clockOf(calendar);
  const last = horizonEnd(calendar);
  let most = 0;
  for (let date = clock.today; date <= last; date = addDays(date, 1)) {
    const day = dayOf(calendar.shop, calendar.days, date);
    most = Math.max(most, roomIn(calendar.shop, clock, day));
  }
  return most;
}

/** Today and every later date that can hold parcels. */
function datesAhead(calendar: Calendar): string[] {
  const { today } = clockOf(calendar);
  const dates = [];
  const last = [horizonEnd(calendar), ...calendar.days.keys()].sort().at(-1) ?? today;
  for (let date = today; date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}

function onDate(slots: ReadonlyMap<string, Slot>, date: string): Slot[] {
  return [...slots.values()].filter(({ state, harvestDate }) => {
    return state !== 'waiting' && harvestDate === date;
  });
}

function lastThatMustGo(here: readonly Slot[], tooMany: number): Slot[] {
  const leaving: Slot[] = [];
  let left = tooMany;
  for (const slot of [...here].sort(byDeposit).reverse()) {
    if (left <= 0) break;
    if (slot.state !== 'scheduled') continue;
    leaving.push(slot);
    left -= slot.boxes;
  }
  return leaving;
}

function relocate(calendar: Calendar, date: string, leaving: readonly Slot[]): Plan {
  const days = new Map(calendar.days);
  for (const slot of leaving) put(calendar.shop, days, slot, date, -1);
  const moves = [...leaving].sort(byDeposit).map((slot): Move => {
    const to = firstDate({ ...calendar, days }, slot, addDays(date, 1));
    if (to !== null) take({ ...calendar, days }, days, slot, to);
    return { slot, from: date, to };
  });
  return { moves, days };
}

function pullForward(
  calendar: Calendar,
  before: Day,
  capBoxes: number,
  later: readonly Slot[],
): Plan {
  const { shop } = calendar;
  const { date } = before;
  const days = new Map(calendar.days);
  const moves: Move[] = [];
  let room = capBoxes - before.reservedBoxes;
  for (const slot of [...later].sort(byDeposit)) {
    if (slot.boxes > room || !mayComeForward(calendar, slot, date)) continue;
    if (!suits({ ...calendar, days }, slot, date)) continue;
    if (slot.harvestDate !== null) put(shop, days, slot, slot.harvestDate, -1);
    put(shop, days, slot, date, 1);
    room -= slot.boxes;
    moves.push({ slot, from: slot.harvestDate, to: date });
  }
  const day = dayOf(shop, days, date);
  if (isLate(calendar, before)) {
    const taken = day.reservedBoxes - before.reservedBoxes;
    const opened = before.lateRoomBoxes + (capBoxes - before.capBoxes) - taken;
    days.set(date, { ...day, lateRoomBoxes: Math.max(0, Math.min(room, opened)) });
  }
  return { moves, days };
}

function mayComeForward(calendar: Calendar, slot: Slot, date: string): boolean {
  const wish = wishedDispatch(slot.wanted, calendar.shop.policy.transitDays);
  if (slot.state === 'waiting') return wish === null || wish <= date;
  if (slot.state !== 'scheduled' || slot.harvestDate === null) return false;
  if (wish !== null || slot.harvestDate <= date) return false;
  return dayOf(calendar.shop, calendar.days, slot.harvestDate).revision === 0;
}

function suits(calendar: Calendar, load: Load, date: string): boolean {
  const day = dayOf(calendar.shop, calendar.days, date);
  return load.items.every((item) => {
    const product = calendar.shop.products.find((one) => one.id === item.product);
    if (product === undefined) return true;
    if (product.shipFrom !== null && date < product.shipFrom) return false;
    if (product.shipTo !== null && date > product.shipTo) return false;
    const reserved = day.productBoxes[item.product] ?? 0;
    return product.dailyCapBoxes === null || reserved + item.boxes <= product.dailyCapBoxes;
  });
}

function productCap(shop: Shop, id: string): number {
  const cap = shop.products.find((product) => product.id === id)?.dailyCapBoxes;
  return cap ?? Number.POSITIVE_INFINITY;
}

function take(calendar: Calendar, days: Map<string, Day>, load: Load, date: string): void {
  const wasLate = isLate(calendar, dayOf(calendar.shop, days, date));
  put(calendar.shop, days, load, date, 1);
  if (!wasLate) return;
  const day = dayOf(calendar.shop, days, date);
  const lateRoomBoxes = Math.max(0, day.lateRoomBoxes - boxesOf(load.items));
  days.set(date, { ...day, lateRoomBoxes });
}

function put(shop: Shop, days: Map<string, Day>, load: Load, date: string, sign: 1 | -1): void {
  const day = dayOf(shop, days, date);
  const productBoxes = { ...day.productBoxes };
  for (const item of load.items) {
    const boxes = (productBoxes[item.product] ?? 0) + sign * item.boxes;
    if (boxes < 0)
      throw new DomainError('internal', `boxes of ${item.product} on ${date} fell below 0`);
    if (boxes === 0) delete productBoxes[item.product];
    else productBoxes[item.product] = boxes;
  }
  const reservedBoxes = day.reservedBoxes + sign * boxesOf(load.items);
  const isFlagged = day.isFlagged && reservedBoxes > day.capBoxes;
  days.set(date, { ...day, productBoxes, reservedBoxes, isFlagged });
}

function horizonEnd(calendar: Calendar): string {
  const { policy } = calendar.shop;
  const today = localTime(calendar.now, policy.timeZone).date;
  return addDays(today, Math.min(policy.horizonDays, HORIZON_DAYS_MAX));
}
