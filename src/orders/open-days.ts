// The days while a plan is made: each is looked up once, filled and emptied in place, and read back as days.
import { addDays, daysBetween } from './dates.ts';
import {
  type Calendar,
  clockOf,
  type Day,
  type Days,
  dayOf,
  defaultCap,
  HORIZON_DAYS_MAX,
  isLateAt,
  type Load,
  wishedDispatch,
} from './day.ts';
import { DomainError } from './errors.ts';
import { boxesOf } from './quote.ts';

export type OpenDays = {
  /** The first date, from the wish on, that has room for the whole load, or null up to the horizon. */
  readonly first: (load: Load) => string | null;
  /** The date so many days after the first one that is looked at; null beyond the horizon. */
  readonly at: (ahead: number) => string | null;
  /** True when the date has room for the whole load, in total, per product and in season. */
  readonly fits: (load: Load, date: string) => boolean;
  /** As `fits`, whatever room the date has in total. */
  readonly suits: (load: Load, date: string) => boolean;
  /** Boxes a new payment may still put on the date. */
  readonly room: (date: string) => number;
  readonly put: (load: Load, date: string) => void;
  /** Puts a new payment's load on a date; where that is late, into the room opened since. */
  readonly take: (load: Load, date: string) => void;
  readonly free: (load: Load, date: string) => void;
  /** Of a late date only: what was opened for later payments is used up by these boxes. */
  readonly spendLateRoom: (date: string, boxes: number) => void;
  /** The calendar's days with all that was done since. */
  readonly days: () => Days;
};

type Open = {
  readonly day: Day;
  /** What the farmer or the policy says, whatever stands there. */
  readonly capBoxes: number;
  readonly isPast: boolean;
  readonly isLate: boolean;
  readonly productBoxes: Map<string, number>;
  reservedBoxes: number;
  lateRoomBoxes: number;
  isFlagged: boolean;
  isChanged: boolean;
};

/** `from`: before it no date is looked for; today where it is left out or past. */
export function openDays(calendar: Calendar, from?: string): OpenDays {
  const { shop } = calendar;
  const clock = clockOf(calendar);
  const start = from !== undefined && from > clock.today ? from : clock.today;
  const horizon = Math.min(shop.policy.horizonDays, HORIZON_DAYS_MAX);
  /** Dates are counted from `start`; the last one that is looked at. */
  const end = horizon - daysBetween(clock.today, start);
  const opened = new Map<string, Open>();
  /** The opened days from `start` on, without a gap. */
  const ahead: Open[] = [];
  /**
   * How many dates are ruled out for loads of one shape. While nothing is freed room only shrinks, so
   * that a thousand parcels of two boxes look at each date once and not a thousand times.
   */
  const ruledOut = new Map<string, number>();

  const open = (date: string): Open => {
    const known = opened.get(date);
    if (known !== undefined) return known;
    const day = dayOf(shop, calendar.days, date);
    const fresh: Open = {
      day,
      // A full day of the policy's counts as large as what it holds.
      capBoxes:
        day.capSource === 'default' && day.reservedBoxes >= day.capBoxes
          ? defaultCap(shop, date)
          : day.capBoxes,
      isPast: date < clock.today,
      isLate: isLateAt(shop, clock, day),
      productBoxes: new Map(Object.entries(day.productBoxes)),
      reservedBoxes: day.reservedBoxes,
      lateRoomBoxes: day.lateRoomBoxes,
      isFlagged: day.isFlagged,
      isChanged: false,
    };
    opened.set(date, fresh);
    return fresh;
  };

  const openAhead = (index: number): Open => {
    let there = ahead[index];
    while (there === undefined) {
      const last = ahead.at(-1);
      const next = open(last === undefined ? start : addDays(last.day.date, 1));
      ahead.push(next);
      if (ahead.length > index) there = next;
    }
    return there;
  };

  const suits = (load: Load, { day, productBoxes }: Open): boolean => {
    for (const { product: id, boxes } of load.items) {
      const product = shop.products.find((one) => one.id === id);
      if (product === undefined) continue;
      const { shipFrom, shipTo, dailyCapBoxes } = product;
      if (shipFrom !== null && day.date < shipFrom) return false;
      if (shipTo !== null && day.date > shipTo) return false;
      if (dailyCapBoxes !== null && (productBoxes.get(id) ?? 0) + boxes > dailyCapBoxes)
        return false;
    }
    return true;
  };

  const add = (load: Load, date: string, sign: 1 | -1): void => {
    const there = open(date);
    for (const { product, boxes } of load.items) {
      const left = (there.productBoxes.get(product) ?? 0) + sign * boxes;
      if (left < 0)
        throw new DomainError('internal', `boxes of ${product} on ${date} fell below 0`);
      if (left === 0) there.productBoxes.delete(product);
      else there.productBoxes.set(product, left);
    }
    there.reservedBoxes += sign * boxesOf(load.items);
    there.isFlagged &&= there.reservedBoxes > there.capBoxes;
    there.isChanged = true;
  };

  const self: OpenDays = {
    first(load) {
      const boxes = boxesOf(load.items);
      const shape = shapeOf(load);
      const known = ruledOut.get(shape) ?? 0;
      const wish = wishedDispatch(load.wanted, shop.policy.transitDays);
      const wished = wish === null || wish <= start ? 0 : daysBetween(start, wish);
      let index = Math.max(known, wished);
      while (index <= end) {
        const there = openAhead(index);
        if (boxes <= roomOf(there) && suits(load, there)) break;
        index += 1;
      }
      if (wished <= known) ruledOut.set(shape, index);
      return index > end ? null : openAhead(index).day.date;
    },
    at: (ahead) => (ahead > end ? null : openAhead(ahead).day.date),
    fits: (load, date) => {
      const there = open(date);
      return boxesOf(load.items) <= roomOf(there) && suits(load, there);
    },
    suits: (load, date) => suits(load, open(date)),
    room: (date) => roomOf(open(date)),
    put: (load, date) => add(load, date, 1),
    take(load, date) {
      add(load, date, 1);
      self.spendLateRoom(date, boxesOf(load.items));
    },
    free(load, date) {
      add(load, date, -1);
      ruledOut.clear();
    },
    spendLateRoom(date, boxes) {
      const there = open(date);
      if (there.isLate) there.lateRoomBoxes = Math.max(0, there.lateRoomBoxes - boxes);
      there.isChanged = true;
    },
    days() {
      const days = new Map(calendar.days);
      for (const there of opened.values())
        if (there.isChanged) days.set(there.day.date, closed(there));
      return days;
    },
  };
  return self;
}

function roomOf({ capBoxes, reservedBoxes, lateRoomBoxes, isPast, isLate }: Open): number {
  if (isPast) return 0;
  const free = Math.max(0, capBoxes - reservedBoxes);
  return isLate ? Math.min(free, lateRoomBoxes) : free;
}

function shapeOf({ items }: Load): string {
  const [only, another] = items;
  if (only !== undefined && another === undefined) return `${only.product} ${only.boxes}`;
  return items.map(({ product, boxes }) => `${product} ${boxes}`).join(' ');
}

function closed({ day, ...now }: Open): Day {
  const { capBoxes, reservedBoxes, lateRoomBoxes, isFlagged } = now;
  const isCounted = day.capSource === 'default' && !isFlagged;
  return {
    ...day,
    capBoxes: isCounted ? Math.max(capBoxes, reservedBoxes) : capBoxes,
    productBoxes: Object.fromEntries(now.productBoxes),
    reservedBoxes,
    lateRoomBoxes,
    isFlagged,
  };
}
