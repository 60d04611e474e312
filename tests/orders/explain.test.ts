import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, fits } from '../../src/orders/allocation.ts';
import { addDays } from '../../src/orders/dates.ts';
import type { Calendar, Load } from '../../src/orders/day.ts';
import { placeOn, type Reason, reasonAgainst, whyNotEarlier } from '../../src/orders/explain.ts';
import type { Policy } from '../../src/orders/shop.ts';
import {
  calendarWith,
  dayWith,
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

const TWO: Load = { items: [{ product: 'peach-4kg', boxes: 2 }], wanted: null };
const FROZEN = { revision: 1, frozenAt: '2026-07-20T02:00:00.000Z' };

const TABLE: readonly (readonly [string, Calendar, string, Reason | null])[] = [
  ['a day with room', calendarWith(), TUESDAY, null],
  ['today after the cut-off', calendarWith(), MONDAY, { kind: 'cutoff', time: '06:00' }],
  ['today before the cut-off', calendarWith({ now: MONDAY_EARLY }), MONDAY, null],
  [
    'a full day',
    calendarWith({ days: [dayWith(TUESDAY, { reservedBoxes: 39 })] }),
    TUESDAY,
    { kind: 'full', reservedBoxes: 39, capBoxes: 40 },
  ],
  [
    'a day that was cut',
    calendarWith({ days: [dayWith(TUESDAY, { capBoxes: 24, reservedBoxes: 24 })] }),
    TUESDAY,
    { kind: 'full', reservedBoxes: 24, capBoxes: 24 },
  ],
  [
    'a list that is out',
    calendarWith({ days: [dayWith(TUESDAY, FROZEN)] }),
    TUESDAY,
    { kind: 'list-is-out' },
  ],
  [
    'a list that is out with room opened by word',
    calendarWith({ days: [dayWith(TUESDAY, { ...FROZEN, lateRoomBoxes: 2 })] }),
    TUESDAY,
    null,
  ],
  ['a closed weekday', calendarWith(), SATURDAY, { kind: 'closed-weekday' }],
  [
    'a closed date',
    calendarWith({ shop: shopWith({ closedDates: [TUESDAY] }) }),
    TUESDAY,
    { kind: 'closed-date' },
  ],
  [
    'the day before a holiday',
    calendarWith({ shop: shopWith({}, { holidays: new Set([WEDNESDAY]) }) }),
    TUESDAY,
    { kind: 'before-holiday' },
  ],
  [
    'a day the farmer closed',
    calendarWith({ days: [dayWith(TUESDAY, { capBoxes: 0 })] }),
    TUESDAY,
    { kind: 'closed-by-farmer' },
  ],
  [
    'a product that has had its own share of the day',
    calendarWith({
      shop: shopWith({}, { products: [product({ dailyCapBoxes: 5 })] }),
      days: [dayWith(TUESDAY, { reservedBoxes: 4, productBoxes: { 'peach-4kg': 4 } })],
    }),
    TUESDAY,
    { kind: 'product-full', product: '복숭아 4kg', capBoxes: 5 },
  ],
  [
    'before the season',
    calendarWith({ shop: shopWith({}, { products: [product({ shipFrom: THURSDAY })] }) }),
    TUESDAY,
    { kind: 'before-season', product: '복숭아 4kg' },
  ],
  [
    'after the season',
    calendarWith({ shop: shopWith({}, { products: [product({ shipTo: TUESDAY })] }) }),
    WEDNESDAY,
    { kind: 'after-season', product: '복숭아 4kg' },
  ],
];

describe('a date is refused for its reason', () => {
  test.each(TABLE)('%s', (_, calendar, date, reason) => {
    expect(reasonAgainst(calendar, TWO.items, date)).toEqual(reason);
    expect(fits(calendar, TWO, date)).toBe(reason === null);
  });
});

test('a wish explains every date before it', () => {
  const wanted = { date: THURSDAY, kind: 'arrive' } as const;
  const wished: Load = { ...TWO, wanted };
  expect(whyNotEarlier(calendarWith({ now: MONDAY_EARLY }), wished, WEDNESDAY)).toEqual([
    { date: MONDAY, reason: { kind: 'wish', wanted } },
    { date: TUESDAY, reason: { kind: 'wish', wanted } },
  ]);
});

test('room that came after the payment is said to be new', () => {
  expect(whyNotEarlier(calendarWith({ now: MONDAY_EARLY }), TWO, TUESDAY)).toEqual([
    { date: MONDAY, reason: { kind: 'freed-since' } },
  ]);
});

test('the place in the queue counts what comes before', () => {
  const rows = [
    { parcelId: 'a', boxes: 2 },
    { parcelId: 'b', boxes: 5 },
    { parcelId: 'c', boxes: 1 },
  ];
  expect(placeOn(rows, 'c')).toEqual({ parcelsBefore: 2, boxesBefore: 7 });
  expect(placeOn(rows, 'x')).toBeNull();
});

const DATES = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, SATURDAY, NEXT_MONDAY];

const loadArbitrary = fc
  .record({
    boxes: fc.integer({ min: 1, max: 6 }),
    wish: fc.option(fc.constantFrom(...DATES)),
    kind: fc.constantFrom('arrive' as const, 'dispatch' as const),
  })
  .map(({ boxes, wish, kind }): Load => {
    const items = [{ product: 'peach-4kg', boxes }];
    return { items, wanted: wish === null ? null : { date: wish, kind } };
  });

const calendarArbitrary = fc
  .record({
    policy: fc.record({
      dailyCapBoxes: fc.integer({ min: 6, max: 12 }),
      closedDates: fc.subarray(DATES),
      horizonDays: fc.integer({ min: 5, max: 20 }),
      cutoffAt: fc.constantFrom(null, '04:00', '15:00'),
    }) satisfies fc.Arbitrary<Partial<Policy>>,
    holidays: fc.subarray(DATES),
    shipFrom: fc.option(fc.constantFrom(...DATES)),
    productCap: fc.option(fc.integer({ min: 4, max: 8 })),
    days: fc.uniqueArray(
      fc.record({
        date: fc.constantFrom(...DATES),
        capBoxes: fc.option(fc.integer({ min: 0, max: 12 })),
        reservedBoxes: fc.integer({ min: 0, max: 12 }),
        lateRoomBoxes: fc.integer({ min: 0, max: 6 }),
        isFrozen: fc.boolean(),
      }),
      { selector: ({ date }) => date },
    ),
    now: fc.constantFrom(MONDAY_EARLY, MONDAY_NOON),
  })
  .map(({ policy, holidays, shipFrom, productCap, days, now }): Calendar => {
    const products = [product({ shipFrom, dailyCapBoxes: productCap })];
    const shop = shopWith(policy, { holidays: new Set(holidays), products });
    return calendarWith({
      shop,
      now,
      days: days.map(({ date, capBoxes, reservedBoxes, lateRoomBoxes, isFrozen }) =>
        dayWith(date, {
          ...(capBoxes === null ? {} : { capBoxes: Math.max(capBoxes, reservedBoxes) }),
          reservedBoxes,
          productBoxes: reservedBoxes > 0 ? { 'peach-4kg': reservedBoxes } : {},
          lateRoomBoxes,
          ...(isFrozen ? { ...FROZEN, frozenAt: '2026-07-19T15:00:00.000Z' } : {}),
        }),
      ),
    });
  });

test('every date passed over is impossible for the reason given, and the promised one was possible', () => {
  fc.assert(
    fc.property(calendarArbitrary, fc.array(loadArbitrary, { minLength: 1 }), (calendar, loads) => {
      const { dates, days } = allocate(calendar, loads);
      for (const [index, load] of loads.entries()) {
        const date = dates[index] ?? null;
        if (date === null) continue;
        const explained = whyNotEarlier({ ...calendar, days }, load, date);
        expect(explained.map((one) => one.date)).toEqual(datesBetween(calendar, date));
        for (const { date: other, reason } of explained) {
          expect(reason.kind).not.toBe('freed-since');
          if (reason.kind !== 'wish')
            expect(fits({ ...calendar, days }, { ...load, wanted: null }, other)).toBe(false);
        }
        expect(reasonAgainst(calendar, load.items, date)).toBeNull();
      }
    }),
    { numRuns: 500 },
  );
});

function datesBetween({ now }: Calendar, date: string): string[] {
  const dates: string[] = [];
  const today = now === MONDAY_NOON || now === MONDAY_EARLY ? MONDAY : '';
  for (let one = today; one < date; one = addDays(one, 1)) dates.push(one);
  return dates;
}

describe('what others have ordered and not paid', () => {
  const ahead = new Map([[TUESDAY, 3]]);
  const full = calendarWith({ days: [dayWith(TUESDAY, { reservedBoxes: 36 })] });
  const reasons = (calendar: Calendar) =>
    whyNotEarlier(calendar, TWO, WEDNESDAY).map(({ reason }) => reason.kind);

  test('stands in the way of an estimate where it leaves no room', () => {
    expect(whyNotEarlier({ ...full, unpaid: ahead }, TWO, WEDNESDAY).at(-1)).toEqual({
      date: TUESDAY,
      reason: { kind: 'ordered', reservedBoxes: 36, unpaidBoxes: 3, capBoxes: 40 },
    });
  });

  test('does not where there is room for both, or where nobody looks at it', () => {
    expect(reasons({ ...full, unpaid: new Map([[TUESDAY, 2]]) })).toEqual([
      'cutoff',
      'freed-since',
    ]);
    expect(reasons(full)).toEqual(['cutoff', 'freed-since']);
  });

  test('is not the reason of a day that is full anyway', () => {
    const days = [dayWith(TUESDAY, { reservedBoxes: 40 })];
    expect(reasons({ ...calendarWith({ days }), unpaid: ahead })).toEqual(['cutoff', 'full']);
  });
});
