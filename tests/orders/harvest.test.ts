import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocate,
  allocateBehind,
  estimate,
  firstDate,
  largestDay,
  nearestDates,
  release,
} from '../../src/orders/allocation.ts';
import { addDays } from '../../src/orders/dates.ts';
import { type Calendar, type Day, defaultCap, type Load, roomOn } from '../../src/orders/day.ts';
import { type Plan, planCap, planCut, planPolicy, planWaiting } from '../../src/orders/harvest.ts';
import type { ParcelState, Wanted } from '../../src/orders/order.ts';
import type { Slot } from '../../src/orders/queue.ts';
import * as oracle from '../support/oracle.ts';
import {
  calendarWith,
  dayWith,
  FRIDAY,
  MONDAY,
  MONDAY_EARLY,
  MONDAY_NOON,
  NEXT_MONDAY,
  product,
  SATURDAY,
  shopWith,
  THURSDAY,
  TUESDAY,
  WEDNESDAY,
} from '../support/shop.ts';

function load(boxes: number, wanted: Wanted | null = null, id = 'peach-4kg'): Load {
  return { items: [{ product: id, boxes }], wanted };
}

function slot(no: number, boxes: number, over: Partial<Slot> = {}): Slot {
  return {
    ...load(boxes),
    parcelId: `par_${no}-1`,
    orderId: `ord_${no}`,
    buyerId: 'per_1',
    boxes,
    state: 'scheduled',
    harvestDate: TUESDAY,
    depositedAt: '2026-07-20T03:00:00.000Z',
    bookingSeq: no,
    row: null,
    ...over,
  };
}

/** The days as these slots fill them. */
function daysOf(slots: readonly Slot[], over: Partial<Day> = {}): Day[] {
  const byDate = Map.groupBy(
    slots.filter(({ harvestDate }) => harvestDate !== null),
    ({ harvestDate }) => harvestDate ?? '',
  );
  return [...byDate].map(([date, own]) => {
    const productBoxes: Record<string, number> = {};
    for (const { items } of own)
      for (const item of items)
        productBoxes[item.product] = (productBoxes[item.product] ?? 0) + item.boxes;
    const reservedBoxes = own.reduce((sum, { boxes }) => sum + boxes, 0);
    return dayWith(date, { reservedBoxes, productBoxes, ...over });
  });
}

function moved(plan: Plan): Record<string, string | null> {
  return Object.fromEntries(plan.moves.map(({ slot: one, to }) => [one.parcelId, to]));
}

describe('the cap of a date', () => {
  test('is the policy’s, by weekday, and 0 on closed days and before holidays', () => {
    const shop = shopWith(
      { weekdayCapBoxes: { wed: 12 }, closedDates: [FRIDAY] },
      { holidays: new Set([FRIDAY]) },
    );
    expect(defaultCap(shop, TUESDAY)).toBe(40);
    expect(defaultCap(shop, WEDNESDAY)).toBe(12);
    expect(defaultCap(shop, THURSDAY)).toBe(0);
    expect(defaultCap(shop, FRIDAY)).toBe(0);
    expect(defaultCap(shop, SATURDAY)).toBe(0);
    const never = shopWith({ closedBeforeHolidays: false }, { holidays: new Set([FRIDAY]) });
    expect(defaultCap(never, THURSDAY)).toBe(40);
  });
});

describe('room', () => {
  test('is none in the past and none today from the cut-off on', () => {
    expect(roomOn(calendarWith({ now: MONDAY_EARLY }), MONDAY)).toBe(40);
    expect(roomOn(calendarWith({ now: MONDAY_NOON }), MONDAY)).toBe(0);
    expect(roomOn(calendarWith(), '2026-07-17')).toBe(0);
    const before = new Date('2026-07-19T20:59:59Z');
    expect(roomOn(calendarWith({ now: before }), MONDAY)).toBe(40);
    const sharp = new Date('2026-07-19T21:00:00Z');
    expect(roomOn(calendarWith({ now: sharp }), MONDAY)).toBe(0);
  });

  test('ends at the store’s own cut-off where it has one', () => {
    const shop = shopWith({ cutoffAt: '13:00' });
    expect(roomOn(calendarWith({ shop, now: MONDAY_NOON }), MONDAY)).toBe(40);
    const sharp = new Date('2026-07-20T04:00:00Z');
    expect(roomOn(calendarWith({ shop, now: sharp }), MONDAY)).toBe(0);
  });

  test('on a frozen list is only what the farmer opened since', () => {
    const frozen = dayWith(TUESDAY, { reservedBoxes: 30, revision: 1, frozenAt: 'then' });
    expect(roomOn(calendarWith({ days: [frozen] }), TUESDAY)).toBe(0);
    const opened = { ...frozen, lateRoomBoxes: 5 };
    expect(roomOn(calendarWith({ days: [opened] }), TUESDAY)).toBe(5);
    const full = { ...opened, reservedBoxes: 38 };
    expect(roomOn(calendarWith({ days: [full] }), TUESDAY)).toBe(2);
  });

  test('of a date above its cap is none, not less', () => {
    const over = dayWith(TUESDAY, { capBoxes: 5, reservedBoxes: 9, isFlagged: true });
    expect(roomOn(calendarWith({ days: [over] }), TUESDAY)).toBe(0);
  });
});

describe('the date of a parcel', () => {
  test('is the first with room for all its boxes, closed days passed over', () => {
    const days = [TUESDAY, WEDNESDAY, THURSDAY, FRIDAY].map((date) =>
      dayWith(date, { reservedBoxes: 36 }),
    );
    const calendar = calendarWith({ days });
    expect(firstDate(calendar, load(4))).toBe(TUESDAY);
    expect(firstDate(calendar, load(5))).toBe(NEXT_MONDAY);
  });

  test('counts from the wished date; a wished arrival is sent the days of transit before', () => {
    expect(firstDate(calendarWith(), load(1, { date: THURSDAY, kind: 'dispatch' }))).toBe(THURSDAY);
    expect(firstDate(calendarWith(), load(1, { date: THURSDAY, kind: 'arrive' }))).toBe(WEDNESDAY);
    const slow = shopWith({ transitDays: 2 });
    const wish = { date: THURSDAY, kind: 'arrive' } as const;
    expect(firstDate(calendarWith({ shop: slow }), load(1, wish))).toBe(TUESDAY);
  });

  test('lies within the horizon or is none', () => {
    const shop = shopWith({ dailyCapBoxes: 0 });
    const last = addDays(MONDAY, 60);
    const calendar = calendarWith({ shop, days: [dayWith(last, { capBoxes: 40 })] });
    expect(firstDate(calendar, load(1))).toBe(last);
    const beyond = calendarWith({ shop, days: [dayWith(addDays(last, 1), { capBoxes: 40 })] });
    expect(firstDate(beyond, load(1))).toBeNull();
    expect(firstDate(calendarWith(), load(1, { date: addDays(last, 2), kind: 'dispatch' }))).toBe(
      null,
    );
  });

  test('lies in the season of every product', () => {
    const shop = shopWith(
      {},
      {
        products: [
          product({ shipFrom: THURSDAY }),
          product({ id: 'plum', shipTo: WEDNESDAY }),
          product({ id: 'late', shipFrom: NEXT_MONDAY }),
        ],
      },
    );
    const calendar = calendarWith({ shop });
    expect(firstDate(calendar, load(1))).toBe(THURSDAY);
    expect(firstDate(calendar, load(1, null, 'plum'))).toBe(TUESDAY);
    const both = {
      items: [
        { product: 'peach-4kg', boxes: 1 },
        { product: 'plum', boxes: 1 },
      ],
      wanted: null,
    };
    expect(firstDate(calendar, both)).toBeNull();
  });

  test('respects a product’s own cap beside the day’s', () => {
    const shop = shopWith(
      {},
      { products: [product({ dailyCapBoxes: 5 }), product({ id: 'plum' })] },
    );
    const days = [dayWith(TUESDAY, { reservedBoxes: 4, productBoxes: { 'peach-4kg': 4 } })];
    const calendar = calendarWith({ shop, days });
    expect(firstDate(calendar, load(1))).toBe(TUESDAY);
    expect(firstDate(calendar, load(2))).toBe(WEDNESDAY);
    expect(firstDate(calendar, load(36, null, 'plum'))).toBe(TUESDAY);
    expect(largestDay(calendar, load(1))).toBe(5);
    expect(largestDay(calendar, load(1, null, 'plum'))).toBe(40);
  });

  test('a small late parcel may overtake a large early one', () => {
    const days = [dayWith(TUESDAY, { reservedBoxes: 38 })];
    const { dates } = allocate(calendarWith({ days }), [load(5), load(2)]);
    expect(dates).toEqual([WEDNESDAY, TUESDAY]);
  });

  test('a full wish is answered with the nearest dates before and after', () => {
    const days = [WEDNESDAY, THURSDAY].map((date) => dayWith(date, { reservedBoxes: 40 }));
    const calendar = calendarWith({ days });
    expect(nearestDates(calendar, load(1), THURSDAY)).toEqual({ before: TUESDAY, after: FRIDAY });
    expect(nearestDates(calendar, load(1), SATURDAY)).toEqual({
      before: FRIDAY,
      after: NEXT_MONDAY,
    });
    expect(nearestDates(calendar, load(1), TUESDAY).before).toBeNull();
    const far = addDays(MONDAY, 90);
    expect(nearestDates(calendar, load(1), far)).toEqual({
      before: addDays(MONDAY, 60),
      after: null,
    });
  });

  test('is estimated behind what is ordered and not paid, a wish and the last room as if it were paid', () => {
    const shop = shopWith({ horizonDays: 2 });
    const unpaid = new Map([
      [MONDAY, 30],
      [TUESDAY, 5],
    ]);
    const calendar = { ...calendarWith({ shop }), unpaid };
    expect(estimate(calendar, [load(5)])).toEqual([TUESDAY]);
    expect(estimate(calendar, [load(6)])).toEqual([WEDNESDAY]);
    expect(estimate(calendar, [load(6, { date: TUESDAY, kind: 'dispatch' })])).toEqual([TUESDAY]);
    // Nobody has paid for the last days: they can be had.
    const asked = { ...calendar, unpaid: new Map([[TUESDAY, 100]]) };
    expect(estimate(asked, [load(1)])).toEqual([TUESDAY]);
    expect(estimate({ ...calendar, unpaid: new Map() }, [load(6)])).toEqual([TUESDAY]);
  });

  test('late room is used up by those who take it', () => {
    const frozen = { revision: 1, frozenAt: 'then', lateRoomBoxes: 3 };
    const calendar = calendarWith({ days: [dayWith(TUESDAY, frozen)] });
    const { dates, days } = allocate(calendar, [load(2), load(2), load(1)]);
    expect(dates).toEqual([TUESDAY, WEDNESDAY, TUESDAY]);
    expect(days.get(TUESDAY)).toMatchObject({ reservedBoxes: 3, lateRoomBoxes: 0 });
  });
});

describe('Down', () => {
  const slots = [slot(1, 10), slot(2, 15), slot(3, 5), slot(4, 10)];
  const here = { here: slots, later: [] };
  const calendar = calendarWith({ days: daysOf(slots) });

  test('as many parcels as needed leave from the end of the deposit order, no more', () => {
    expect(moved(planCap(calendar, TUESDAY, 40, here))).toEqual({});
    expect(moved(planCap(calendar, TUESDAY, 39, here))).toEqual({ 'par_4-1': WEDNESDAY });
    expect(moved(planCap(calendar, TUESDAY, 29, here))).toEqual({
      'par_3-1': WEDNESDAY,
      'par_4-1': WEDNESDAY,
    });
    expect(Object.keys(moved(planCap(calendar, TUESDAY, 0, here)))).toHaveLength(4);
  });

  test('the deposit order is the time at the bank, not the booking', () => {
    const early = slot(9, 10, { depositedAt: '2026-07-20T02:00:00.000Z' });
    const mixed = [early, slot(1, 10), slot(2, 10)];
    const plan = planCap(calendarWith({ days: daysOf(mixed) }), TUESDAY, 10, {
      here: mixed,
      later: [],
    });
    expect(Object.keys(moved(plan))).toEqual(['par_1-1', 'par_2-1']);
  });

  test('each goes to its next date with room, the earliest deposit first', () => {
    const full = [slot(7, 30, { harvestDate: WEDNESDAY })];
    const days = daysOf([...slots, ...full]);
    const plan = planCap(calendarWith({ days }), TUESDAY, 9, here);
    expect(moved(plan)).toEqual({
      'par_1-1': WEDNESDAY,
      'par_2-1': THURSDAY,
      'par_3-1': THURSDAY,
      'par_4-1': THURSDAY,
    });
  });

  test('what is harvested stays above the cap, and the date is flagged', () => {
    const cut = slots.map((one, index) =>
      index > 1 ? { ...one, state: 'harvested' as const } : one,
    );
    const plan = planCap(calendar, TUESDAY, 10, { here: cut, later: [] });
    expect(moved(plan)).toEqual({ 'par_1-1': WEDNESDAY, 'par_2-1': WEDNESDAY });
    expect(plan.days.get(TUESDAY)).toMatchObject({ reservedBoxes: 15, isFlagged: true });
    const enough = planCap(calendar, TUESDAY, 20, { here: cut, later: [] });
    expect(enough.days.get(TUESDAY)).toMatchObject({ reservedBoxes: 15, isFlagged: false });
  });

  test('a parcel for which no date is left goes nowhere', () => {
    const shop = shopWith({ dailyCapBoxes: 0 });
    const alone = calendarWith({ shop, days: daysOf(slots) });
    const plan = planCap(alone, TUESDAY, 35, here);
    expect(moved(plan)).toEqual({ 'par_4-1': null });
  });

  test('lowering a cap above what is reserved moves nobody', () => {
    const plan = planCap(calendarWith({ days: daysOf([slot(1, 5)]) }), TUESDAY, 5, {
      here: [slot(1, 5)],
      later: [slot(2, 1, { harvestDate: WEDNESDAY })],
    });
    expect(plan.moves).toEqual([]);
    expect(plan.days.get(TUESDAY)).toMatchObject({ capBoxes: 5, capSource: 'farmer' });
  });
});

describe('Up', () => {
  const onWednesday = { harvestDate: WEDNESDAY };
  const up = (calendar: Calendar, later: readonly Slot[], capBoxes = 50) =>
    planCap(calendar, TUESDAY, capBoxes, { here: [], later });

  test('parcels of later dates come in deposit order until the day is full', () => {
    const full = slot(0, 40);
    const later = [
      slot(3, 4, onWednesday),
      slot(2, 3, { harvestDate: THURSDAY }),
      slot(1, 5, onWednesday),
    ];
    const calendar = calendarWith({ days: daysOf([full, ...later]) });
    expect(moved(up(calendar, later))).toEqual({ 'par_1-1': TUESDAY, 'par_2-1': TUESDAY });
    expect(moved(up(calendar, later, 46))).toEqual({ 'par_1-1': TUESDAY });
    expect(up(calendar, later).days.get(WEDNESDAY)?.reservedBoxes).toBe(4);
  });

  test('nobody with a wish comes, nobody on a frozen list, nobody harvested', () => {
    const wanted = { date: WEDNESDAY, kind: 'dispatch' } as const;
    const later = [
      slot(1, 1, { ...onWednesday, wanted }),
      slot(2, 1, { harvestDate: THURSDAY }),
      slot(3, 1, { harvestDate: FRIDAY, state: 'harvested' }),
    ];
    const days = daysOf(later).map((day) =>
      day.date === THURSDAY ? { ...day, revision: 1, frozenAt: 'then' } : day,
    );
    expect(moved(up(calendarWith({ days }), later))).toEqual({});
  });

  test('those who wait without a date come too, unless they wish for a later one', () => {
    const waiting = { state: 'waiting', harvestDate: null } as const;
    const later = [
      slot(1, 1, waiting),
      slot(2, 1, { ...waiting, wanted: { date: TUESDAY, kind: 'dispatch' } }),
      slot(3, 1, { ...waiting, wanted: { date: WEDNESDAY, kind: 'dispatch' } }),
    ];
    expect(moved(up(calendarWith(), later))).toEqual({ 'par_1-1': TUESDAY, 'par_2-1': TUESDAY });
  });

  test('the season and the product’s cap of the new date are kept', () => {
    const shop = shopWith(
      {},
      { products: [product({ dailyCapBoxes: 1 }), product({ id: 'late', shipFrom: WEDNESDAY })] },
    );
    const late = { ...onWednesday, ...load(1, null, 'late') };
    const later = [slot(1, 1, onWednesday), slot(2, 1, onWednesday), slot(3, 1, late)];
    const calendar = calendarWith({ shop, days: daysOf(later) });
    expect(moved(up(calendar, later))).toEqual({ 'par_1-1': TUESDAY });
  });

  test('on a late day the room that nobody of the queue takes is open to later payments', () => {
    const frozen = { revision: 1, frozenAt: 'then', capBoxes: 10 };
    const calendar = calendarWith({ days: daysOf([slot(1, 10)], frozen) });
    const alone = up(calendar, [], 15).days.get(TUESDAY);
    expect(alone).toMatchObject({ capBoxes: 15, lateRoomBoxes: 5 });
    const waiting = slot(2, 3, { state: 'waiting', harvestDate: null });
    const taken = up(calendar, [waiting], 15);
    expect(taken.days.get(TUESDAY)).toMatchObject({ reservedBoxes: 13, lateRoomBoxes: 2 });
  });
});

describe('late room', () => {
  const late = (reservedBoxes: number, lateRoomBoxes = 0) =>
    calendarWith({
      days: [dayWith(TUESDAY, { capBoxes: 10, reservedBoxes, lateRoomBoxes, ...frozenDay })],
    });
  const frozenDay = { revision: 1, frozenAt: 'then' };
  const roomAfter = (calendar: Calendar, capBoxes: number) =>
    planCap(calendar, TUESDAY, capBoxes, { here: [], later: [] }).days.get(TUESDAY)?.lateRoomBoxes;

  test('is what the farmer opens by word, not what was left at the cut-off', () => {
    expect(roomAfter(late(4), 15)).toBe(5);
    expect(roomAfter(late(4, 2), 15)).toBe(7);
  });

  test('never is more than the day holds, and goes with the word that opened it', () => {
    expect(roomAfter(late(9, 1), 12)).toBe(3);
    expect(roomAfter(late(4, 5), 6)).toBe(1);
    // All five are said back: what is free now was freed by others, and nobody opened that.
    expect(roomAfter(late(4, 5), 5)).toBe(0);
    expect(roomAfter(late(4, 5), 4)).toBe(0);
    expect(roomAfter(late(9, 1), 8)).toBe(0);
  });
});

describe('a date nobody said a number for', () => {
  const slots = [slot(1, 10), slot(2, 15), slot(3, 5)];
  const days = daysOf(slots);
  const closed = shopWith({ closedDates: [TUESDAY] });

  test('has the cap of today’s policy and holidays, whatever was stored when it was first used', () => {
    const emptied = [dayWith(TUESDAY)];
    expect(firstDate(calendarWith({ days: emptied }), load(1))).toBe(TUESDAY);
    expect(firstDate(calendarWith({ shop: closed, days: emptied }), load(1))).toBe(WEDNESDAY);
    const larger = calendarWith({ shop: shopWith({ dailyCapBoxes: 50 }), days });
    expect(roomOn(larger, TUESDAY)).toBe(20);
    const said = [dayWith(TUESDAY, { capBoxes: 40 })];
    expect(firstDate(calendarWith({ shop: closed, days: said }), load(1))).toBe(TUESDAY);
  });

  test('that holds more than it now may is full until they have moved, and takes cancels', () => {
    const calendar = calendarWith({ shop: closed, days });
    expect(roomOn(calendar, TUESDAY)).toBe(0);
    const after = release(calendar, slot(3, 5), TUESDAY);
    expect(after.get(TUESDAY)).toMatchObject({ reservedBoxes: 25, isFlagged: false });
    expect(after.get(TUESDAY)?.capBoxes).toBeGreaterThanOrEqual(25);
    expect(roomOn({ ...calendar, days: after }, TUESDAY)).toBe(0);
  });

  test('loses those who are too many from the end of the deposit order', () => {
    const smaller = calendarWith({ shop: shopWith({ dailyCapBoxes: 27 }), days });
    const plan = planPolicy(smaller, slots, null);
    expect(moved(plan)).toEqual({ 'par_3-1': WEDNESDAY });
    expect(plan.days.get(TUESDAY)).toMatchObject({ capBoxes: 27, capSource: 'default' });
    const gone = planPolicy(calendarWith({ shop: closed, days }), slots, shopWith());
    expect(moved(gone)).toEqual({
      'par_1-1': WEDNESDAY,
      'par_2-1': WEDNESDAY,
      'par_3-1': WEDNESDAY,
    });
    expect(gone.days.get(TUESDAY)).toMatchObject({ reservedBoxes: 0, isFlagged: false });
  });

  test('keeps what is harvested, flagged once', () => {
    const cut = slots.map((one) => ({ ...one, state: 'harvested' as const }));
    const calendar = calendarWith({ shop: closed, days });
    const plan = planPolicy(calendar, cut, null);
    expect(plan.moves).toEqual([]);
    expect(plan.days.get(TUESDAY)).toMatchObject({ capBoxes: 0, isFlagged: true });
    expect(planPolicy({ ...calendar, days: plan.days }, cut, null).days).toBe(plan.days);
  });

  test('that is opened or gets larger pulls later parcels forward, but none onto a list that is out', () => {
    const later = [
      slot(4, 3, { harvestDate: WEDNESDAY }),
      slot(5, 2, { harvestDate: THURSDAY }),
      slot(6, 2, { state: 'waiting', harvestDate: null }),
    ];
    const calendar = calendarWith({ days: daysOf(later) });
    const plan = planPolicy(calendar, later, closed);
    expect(moved(plan)).toEqual({ 'par_4-1': TUESDAY, 'par_5-1': TUESDAY, 'par_6-1': TUESDAY });
    expect(planPolicy(calendar, later, null).moves).toEqual([]);
    const frozen = dayWith(TUESDAY, { revision: 1, frozenAt: 'then' });
    const out = calendarWith({ days: [frozen, ...daysOf(later)] });
    expect(moved(planPolicy(out, later, closed))).toEqual({});
  });

  test('is left alone where the farmer said a number', () => {
    const said = daysOf(slots, { capBoxes: 35, capSource: 'farmer' });
    const plan = planPolicy(calendarWith({ shop: closed, days: said }), slots, shopWith());
    expect(plan.moves).toEqual([]);
  });
});

describe('those who wait without a date', () => {
  const waiting = (no: number, boxes: number, over: Partial<Slot> = {}) =>
    slot(no, boxes, { state: 'waiting', harvestDate: null, ...over });
  const shop = shopWith({ dailyCapBoxes: 3, horizonDays: 2 });

  test('get the first dates with room in deposit order, and the rest waits on', () => {
    const early = waiting(9, 3, { depositedAt: '2026-07-20T01:00:00.000Z' });
    const plan = planWaiting(calendarWith({ shop }), [waiting(1, 3), waiting(2, 3), early]);
    expect(moved(plan)).toEqual({ 'par_9-1': TUESDAY, 'par_1-1': WEDNESDAY });
    expect(plan.moves[0]).toMatchObject({ from: null });
    expect(plan.days.get(TUESDAY)).toMatchObject({ reservedBoxes: 3 });
  });

  test('keep the room they could take from whoever pays later', () => {
    const { dates, days } = allocateBehind(
      calendarWith({ shop }),
      [waiting(1, 2)],
      [load(2), load(1)],
    );
    expect(dates).toEqual([WEDNESDAY, TUESDAY]);
    // Only what is paid now is booked.
    expect(days.get(TUESDAY)).toMatchObject({ reservedBoxes: 1 });
    expect(days.get(WEDNESDAY)).toMatchObject({ reservedBoxes: 2 });
  });

  test('and can take nothing are in nobody’s way', () => {
    const { dates } = allocateBehind(calendarWith({ shop }), [waiting(1, 4)], [load(3)]);
    expect(dates).toEqual([TUESDAY]);
  });
});

describe('one order', () => {
  test('never fills the day it wishes for itself: the wished parcels choose first', () => {
    const shop = shopWith({ dailyCapBoxes: 3 });
    const wish = { date: TUESDAY, kind: 'dispatch' } as const;
    const { dates } = allocate(calendarWith({ shop }), [load(2), load(2, wish), load(1)]);
    expect(dates).toEqual([WEDNESDAY, TUESDAY, TUESDAY]);
  });
});

describe('the cut', () => {
  test('exactly the named leave, and nobody new takes their room', () => {
    const slots = [slot(1, 10), slot(2, 15), slot(3, 5)];
    const calendar = calendarWith({ days: daysOf(slots) });
    const plan = planCut(calendar, TUESDAY, [slots[2] ?? slot(9, 1)]);
    expect(moved(plan)).toEqual({ 'par_3-1': WEDNESDAY });
    expect(plan.days.get(TUESDAY)).toMatchObject({ capBoxes: 25, reservedBoxes: 25 });
    expect(roomOn({ ...calendar, days: plan.days }, TUESDAY)).toBe(0);
  });
});

describe('release', () => {
  test('gives boxes back once; twice is a fault that is told', () => {
    const one = slot(1, 3);
    const calendar = calendarWith({ days: daysOf([one]) });
    const days = release(calendar, one, TUESDAY);
    expect(days.get(TUESDAY)).toMatchObject({ reservedBoxes: 0, productBoxes: {} });
    expect(() => release({ ...calendar, days }, one, TUESDAY)).toThrow('fell below 0');
  });
});

// Random farms, compared with the slow planner of the oracle.

type RandomFarm = {
  readonly calendar: Calendar;
  readonly slots: readonly Slot[];
  readonly farm: oracle.OracleFarm;
};

const STATES: readonly ParcelState[] = [
  'scheduled',
  'scheduled',
  'scheduled',
  'harvested',
  'shipped',
];
const DATES = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, NEXT_MONDAY];

const farmArbitrary: fc.Arbitrary<RandomFarm> = fc
  .record({
    cap: fc.integer({ min: 3, max: 12 }),
    productCap: fc.option(fc.integer({ min: 2, max: 6 })),
    shipFrom: fc.option(fc.constantFrom(...DATES)),
    isEarly: fc.boolean(),
    horizonDays: fc.integer({ min: 1, max: 10 }),
    loads: fc.array(
      fc.record({
        big: fc.integer({ min: 1, max: 4 }),
        rare: fc.integer({ min: 0, max: 2 }),
        wish: fc.option(fc.constantFrom(...DATES)),
        kind: fc.constantFrom('arrive' as const, 'dispatch' as const),
        minute: fc.integer({ min: 10, max: 13 }),
        state: fc.constantFrom(...STATES),
      }),
      { maxLength: 14 },
    ),
    frozen: fc.array(fc.constantFrom(...DATES), { maxLength: 2 }),
    lateRoom: fc.integer({ min: 0, max: 4 }),
  })
  .map((raw) => {
    const shop = shopWith(
      { dailyCapBoxes: raw.cap, horizonDays: raw.horizonDays },
      {
        products: [
          product({ id: 'big' }),
          product({ id: 'rare', dailyCapBoxes: raw.productCap, shipFrom: raw.shipFrom }),
        ],
      },
    );
    const empty = calendarWith({ shop, now: raw.isEarly ? MONDAY_EARLY : MONDAY_NOON });
    const loads = raw.loads.map(({ big, rare, wish, kind }) => ({
      items: [
        { product: 'big', boxes: big },
        ...(rare > 0 ? [{ product: 'rare', boxes: rare }] : []),
      ],
      wanted: wish === null ? null : { date: wish, kind },
    }));
    const { dates, days } = allocate(empty, loads);
    const slots = loads.map((one, index): Slot => {
      const { minute = 10, state = 'scheduled' } = raw.loads[index] ?? {};
      const date = dates[index] ?? null;
      return slot(index, oracle.size(one), {
        ...one,
        harvestDate: date,
        state: date === null ? 'waiting' : state,
        depositedAt: `2026-07-19T10:${minute}:00.000Z`,
      });
    });
    const filled = new Map(
      [...days].map(([date, day]): [string, Day] => [
        date,
        raw.frozen.includes(date)
          ? { ...day, revision: 1, frozenAt: 'then', lateRoomBoxes: raw.lateRoom }
          : day,
      ]),
    );
    const farm = {
      shop,
      today: MONDAY,
      time: raw.isEarly ? '05:00' : '12:00',
      days: filled,
      pieces: slots.map((one) => ({
        id: one.parcelId,
        items: one.items,
        state: one.state,
        date: one.harvestDate,
        wanted: one.wanted,
        at: one.depositedAt,
        seq: one.bookingSeq,
      })),
    };
    return { calendar: { ...empty, days: filled }, slots, farm };
  });

/** What must be true of any plan: days add up, no cap is broken that was not before. */
function checkPlan({ calendar, slots }: RandomFarm, plan: Plan): void {
  const dateOf = new Map(slots.map((one) => [one.parcelId, one.harvestDate]));
  for (const { slot: one, from, to } of plan.moves) {
    expect(dateOf.get(one.parcelId)).toBe(from);
    dateOf.set(one.parcelId, to);
  }
  for (const [date, day] of plan.days) {
    const on = slots.filter(({ parcelId }) => dateOf.get(parcelId) === date);
    const boxes = on.reduce((sum, one) => sum + one.boxes, 0);
    expect(day.reservedBoxes).toBe(boxes);
    if (boxes > day.capBoxes) {
      expect(day.isFlagged).toBe(true);
      expect(on.every(({ state }) => state !== 'scheduled')).toBe(true);
    }
    const rare = on.flatMap(({ items }) => items).filter((item) => item.product === 'rare');
    const rareBoxes = rare.reduce((sum, item) => sum + item.boxes, 0);
    const rareCap = calendar.shop.products[1]?.dailyCapBoxes ?? Number.POSITIVE_INFINITY;
    expect(rareBoxes).toBeLessThanOrEqual(rareCap);
    expect(day.productBoxes.rare ?? 0).toBe(rareBoxes);
  }
}

describe('on random farms the planner', () => {
  test('estimates the first date by which all the room before is more than what was ordered', () => {
    const boxes = fc.integer({ min: 0, max: 25 });
    fc.assert(
      fc.property(farmArbitrary, fc.array(boxes, { maxLength: 6 }), (random, unpaid) => {
        const calendar = {
          ...random.calendar,
          unpaid: new Map(unpaid.map((count, ahead) => [addDays(MONDAY, ahead - 1), count])),
        };
        const now = allocate(calendar, [load(1, null, 'big')]).dates[0] ?? null;
        const [date = null] = estimate(calendar, [load(1, null, 'big')]);
        let left = 0;
        let expected: string | null = null;
        for (let ahead = -1; ahead <= calendar.shop.policy.horizonDays; ahead += 1) {
          const one = addDays(MONDAY, ahead);
          left = Math.max(0, left) + (calendar.unpaid.get(one) ?? 0) - roomOn(calendar, one);
          if (left < 0 && ahead >= 0) {
            expected = one;
            break;
          }
        }
        expect(date).toBe(expected ?? now);
        if (now !== null) expect((date ?? '') >= now).toBe(true);
      }),
    );
  });

  test('gives the dates that the slow planner gives, one payment after another', () => {
    fc.assert(
      fc.property(farmArbitrary, (random) => {
        const paying = random.slots.map((one) => ({
          ...one,
          state: 'waiting' as const,
          harvestDate: null,
        }));
        const { dates, days } = allocate({ ...random.calendar, days: new Map() }, paying);
        const farm = {
          ...random.farm,
          days: new Map(),
          pieces: random.farm.pieces.map((piece) => ({ ...piece, state: 'waiting', date: null })),
        };
        const expected = oracle.pay(
          farm,
          paying.map(({ parcelId }) => parcelId),
        );
        expect(dates).toEqual([...expected.values()]);
        for (const day of days.values())
          expect(day.reservedBoxes).toBeLessThanOrEqual(day.capBoxes);
      }),
      { numRuns: 500 },
    );
  });

  test('moves exactly whom the slow planner moves when a cap changes', () => {
    fc.assert(
      fc.property(
        farmArbitrary,
        fc.constantFrom(...DATES),
        fc.integer({ min: 0, max: 20 }),
        (random, date, capBoxes) => {
          const here = random.slots.filter(({ harvestDate }) => harvestDate === date);
          const later = random.slots.filter(
            ({ harvestDate }) => harvestDate === null || harvestDate > date,
          );
          const plan = planCap(random.calendar, date, capBoxes, { here, later });
          const expected = oracle.setCap(random.farm, date, capBoxes);
          expect(moved(plan)).toEqual(Object.fromEntries(expected));
          checkPlan(random, plan);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('leaves nobody above a changed policy, moves nobody without need, and is done at once', () => {
    fc.assert(
      fc.property(
        farmArbitrary,
        fc.integer({ min: 0, max: 14 }),
        fc.subarray(DATES),
        (random, dailyCapBoxes, closedDates) => {
          const { shop: was, days, now } = random.calendar;
          const shop = { ...was, policy: { ...was.policy, dailyCapBoxes, closedDates } };
          const plan = planPolicy({ shop, days, now }, random.slots, was);
          checkPlan(random, plan);
          const ids = plan.moves.map(({ slot: one }) => one.parcelId);
          expect(new Set(ids).size).toBe(ids.length);
          for (const day of plan.days.values())
            if (day.date >= MONDAY && !day.isFlagged)
              expect(day.reservedBoxes).toBeLessThanOrEqual(defaultCap(shop, day.date));
          const after = random.slots.map((one): Slot => {
            const move = plan.moves.find(({ slot: moving }) => moving.parcelId === one.parcelId);
            if (move === undefined) return one;
            const state = move.to === null ? 'waiting' : 'scheduled';
            return { ...one, state, harvestDate: move.to };
          });
          const again = planPolicy({ shop, days: plan.days, now }, after, shop);
          expect(again).toEqual({ moves: [], days: plan.days });
          expect(planPolicy(random.calendar, random.slots, was).moves).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('moves exactly the rows that are cut', () => {
    fc.assert(
      fc.property(farmArbitrary, fc.constantFrom(...DATES), fc.nat(6), (random, date, kept) => {
        const here = oracle.inDepositOrder(random.farm.pieces).filter((one) => one.date === date);
        const ids = here
          .slice(kept)
          .filter(({ state }) => state === 'scheduled')
          .map(({ id }) => id);
        const leaving = random.slots.filter(({ parcelId }) => ids.includes(parcelId));
        const plan = planCut(random.calendar, date, leaving);
        const expected = oracle.cut(random.farm, date, ids);
        expect(moved(plan)).toEqual(Object.fromEntries(expected));
        checkPlan(random, plan);
      }),
      { numRuns: 500 },
    );
  });
});
