// The harvest planner: who moves when a day grows, shrinks or closes, and who of those that wait gets a date. Pure.
import { takeFirst } from './allocation.ts';
import { addDays } from './dates.ts';
import {
  type Calendar,
  clockOf,
  type Day,
  type Days,
  dayOf,
  defaultCap,
  horizonEnd,
  isLate,
  wishedDispatch,
} from './day.ts';
import { openDays } from './open-days.ts';
import { byDeposit, type Slot } from './queue.ts';
import { boxesOf } from './quote.ts';
import type { Shop } from './shop.ts';

export type Move = {
  readonly slot: Slot;
  readonly from: string | null;
  readonly to: string | null;
};

export type Plan = { readonly moves: readonly Move[]; readonly days: Days };

/** Gives paid parcels without a date their first one with room, in deposit order, where there is any. */
export function planWaiting(calendar: Calendar, waiting: readonly Slot[]): Plan {
  const open = openDays(calendar);
  const moves: Move[] = [];
  for (const slot of [...waiting].sort(byDeposit)) {
    const to = takeFirst(open, slot);
    if (to !== null) moves.push({ slot, from: null, to });
  }
  return { moves, days: open.days() };
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
  {
    here,
    later,
    comersMax = capBoxes,
  }: {
    readonly here: readonly Slot[];
    readonly later: readonly Slot[];
    /** No more boxes than these come forward, whatever else is free. */
    readonly comersMax?: number;
  },
): Plan {
  const before = dayOf(calendar.shop, calendar.days, date);
  const days = new Map(calendar.days);
  days.set(date, { ...before, capBoxes, capSource: 'farmer', isFlagged: false });
  if (before.reservedBoxes > capBoxes) {
    const leaving = lastThatMustGo(here, before.reservedBoxes - capBoxes);
    const lowered = { ...before, capBoxes, capSource: 'farmer', lateRoomBoxes: 0 } as const;
    days.set(date, { ...lowered, isFlagged: true });
    return relocate({ ...calendar, days }, date, leaving);
  }
  if (capBoxes <= before.capBoxes) {
    const room = capBoxes - before.reservedBoxes;
    // What he takes back by word is what he opened by word, not what a cancel freed.
    const opened = before.lateRoomBoxes + capBoxes - before.capBoxes;
    const lateRoomBoxes = Math.max(0, Math.min(opened, room));
    days.set(date, { ...before, capBoxes, capSource: 'farmer', lateRoomBoxes, isFlagged: false });
    return { moves: [], days };
  }
  return pullForward({ ...calendar, days }, before, { capBoxes, later, comersMax });
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
 * Sets the caps of several dates at once. All of them hold before anybody moves: whoever is too many
 * leaves, date after date, and then those that grew are filled, each by the rules of `planCap`. `slots`
 * are all live parcels from the first of the dates on, and those that wait.
 */
export function planCaps(
  calendar: Calendar,
  caps: ReadonlyMap<string, number>,
  slots: readonly Slot[],
): Plan {
  const { shop } = calendar;
  const dates = [...caps].sort(([one], [other]) => (one < other ? -1 : 1));
  const said = new Map(calendar.days);
  for (const [date, capBoxes] of dates)
    said.set(date, withCap(calendar, dayOf(shop, calendar.days, date), capBoxes));
  const walk = followed(slots, said);
  for (const [date, capBoxes] of dates) {
    const tooMany = dayOf(shop, walk.days(), date).reservedBoxes - capBoxes;
    const leaving = lastThatMustGo(tooMany > 0 ? walk.on(date) : [], tooMany);
    if (leaving.length > 0)
      walk.follow(relocate({ ...calendar, days: walk.days() }, date, leaving));
  }
  for (const [date, capBoxes] of dates) {
    if (capBoxes <= dayOf(shop, calendar.days, date).capBoxes) continue;
    const day = dayOf(shop, walk.days(), date);
    const later = walk.all();
    walk.follow(pullForward({ ...calendar, days: walk.days() }, day, { capBoxes, later }));
  }
  return walk.plan();
}

/** The day with its new cap, before anybody leaves or comes. */
function withCap(calendar: Calendar, before: Day, capBoxes: number): Day {
  const said = { ...before, capBoxes, capSource: 'farmer' } as const;
  const room = capBoxes - before.reservedBoxes;
  if (room < 0) return { ...said, lateRoomBoxes: 0, isFlagged: true };
  if (capBoxes > before.capBoxes && !isLate(calendar, before)) return { ...said, isFlagged: false };
  const opened = before.lateRoomBoxes + capBoxes - before.capBoxes;
  return { ...said, lateRoomBoxes: Math.max(0, Math.min(opened, room)), isFlagged: false };
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
  const walk = followed(slots, calendar.days);
  for (const date of datesAhead(calendar)) {
    const days = walk.days();
    const day = dayOf(shop, days, date);
    const capBoxes = defaultCap(shop, date);
    if (day.capSource === 'farmer' || day.reservedBoxes <= capBoxes) continue;
    const leaving = lastThatMustGo(walk.on(date), day.reservedBoxes - capBoxes);
    if (leaving.length === 0 && day.isFlagged) continue;
    const lowered = new Map(days).set(date, { ...day, capBoxes, isFlagged: true });
    walk.follow(relocate({ ...calendar, days: lowered }, date, leaving));
  }
  for (const date of was === null ? [] : datesAhead(calendar)) {
    const days = walk.days();
    const day = dayOf(shop, days, date);
    const before = { ...day, capBoxes: defaultCap(was ?? shop, date) };
    const capBoxes = defaultCap(shop, date);
    // Into a list that is out already only the farmer's own word brings anybody.
    if (day.capSource === 'farmer' || isLate(calendar, day)) continue;
    if (capBoxes <= before.capBoxes) continue;
    walk.follow(pullForward({ ...calendar, days }, before, { capBoxes, later: walk.all() }));
  }
  return walk.plan();
}

/** Parcels that may move several times while a plan is made: each is told from where it stood at first. */
function followed(slots: readonly Slot[], from: Days) {
  const now = new Map(slots.map((slot) => [slot.parcelId, slot]));
  let days = from;
  return {
    days: () => days,
    all: () => [...now.values()],
    on: (date: string) => onDate(now, date),
    follow(plan: Plan): void {
      days = plan.days;
      for (const { slot, to } of plan.moves) {
        const state = to === null ? 'waiting' : 'scheduled';
        now.set(slot.parcelId, { ...slot, state, harvestDate: to });
      }
    },
    plan(): Plan {
      const moves = slots.flatMap((slot): Move[] => {
        const to = now.get(slot.parcelId)?.harvestDate ?? null;
        return to === slot.harvestDate ? [] : [{ slot, from: slot.harvestDate, to }];
      });
      return { moves: moves.sort((a, b) => byDeposit(a.slot, b.slot)), days };
    },
  };
}

/** The days after moves that were decided elsewhere; whoever asks for them sees to the room. */
export function carry(calendar: Calendar, moves: readonly Move[]): Days {
  const open = openDays(calendar);
  for (const { slot, from } of moves) if (from !== null) open.free(slot, from);
  for (const { slot, to } of moves) if (to !== null) open.put(slot, to);
  return open.days();
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
  const open = openDays(calendar, addDays(date, 1));
  for (const slot of leaving) open.free(slot, date);
  const moves = [...leaving].sort(byDeposit).map((slot): Move => {
    return { slot, from: date, to: takeFirst(open, slot) };
  });
  return { moves, days: open.days() };
}

function pullForward(
  calendar: Calendar,
  before: Day,
  {
    capBoxes,
    later,
    comersMax = capBoxes,
  }: {
    readonly capBoxes: number;
    readonly later: readonly Slot[];
    readonly comersMax?: number;
  },
): Plan {
  const { date } = before;
  const open = openDays(calendar);
  const moves: Move[] = [];
  let room = Math.min(capBoxes - before.reservedBoxes, comersMax);
  const comers = later.filter((slot) => mayComeForward(calendar, slot, date));
  for (const slot of comers.sort(byDeposit)) {
    if (room <= 0) break;
    if (slot.boxes > room || !open.suits(slot, date)) continue;
    if (slot.harvestDate !== null) open.free(slot, slot.harvestDate);
    open.put(slot, date);
    room -= slot.boxes;
    moves.push({ slot, from: slot.harvestDate, to: date });
  }
  const days = open.days();
  if (!isLate(calendar, before)) return { moves, days };
  const opened = before.lateRoomBoxes + (capBoxes - before.capBoxes) - boxesIn(moves);
  const lateRoomBoxes = Math.max(0, Math.min(room, opened));
  const day = dayOf(calendar.shop, days, date);
  return { moves, days: new Map(days).set(date, { ...day, lateRoomBoxes }) };
}

function boxesIn(moves: readonly Move[]): number {
  return moves.reduce((sum, { slot }) => sum + slot.boxes, 0);
}

function mayComeForward({ shop, days }: Calendar, slot: Slot, date: string): boolean {
  const wish = wishedDispatch(slot.wanted, shop.policy.transitDays);
  if (slot.state === 'waiting') return wish === null || wish <= date;
  if (slot.state !== 'scheduled' || slot.harvestDate === null) return false;
  if (wish !== null || slot.harvestDate <= date) return false;
  return (days.get(slot.harvestDate)?.revision ?? 0) === 0;
}
