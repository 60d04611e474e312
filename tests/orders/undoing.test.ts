// Acts of the farm taken back: the books are as they were, whatever was done in whatever order.
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WEEKDAYS } from '../../src/orders/dates.ts';
import { DomainError } from '../../src/orders/errors.ts';
import type { CapWanted } from '../../src/orders/farm-day.ts';
import { deltaOf } from '../../src/orders/list-delta.ts';
import { stateBefore } from '../../src/orders/order.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { ReportRequest, RowReport } from '../../src/orders/reporting.ts';
import { type Policy, type WeekRules, weekRulesOf } from '../../src/orders/shop.ts';
import { type ActTrace, joinTraces } from '../../src/orders/undoing.ts';
import {
  type Farm,
  FRIDAY,
  MONDAY_NOON,
  openFarm,
  product,
  refused,
  THURSDAY,
  TUESDAY,
  WEDNESDAY,
} from '../support/shop.ts';
import { openWithConnection } from '../support/sqlite.ts';

const STEPS = ['harvested', 'packed', 'shipped', 'delivered'] as const;
const PARCELS = [2, 1, 4, 3, 1];

describe('one step back', () => {
  test.each([
    ['harvested', 'scheduled'],
    ['shipped', 'scheduled'],
    ['delivered', 'shipped'],
    ['packed', 'packed'],
    // Pulled forward and reported in one message.
    ['harvested', 'waiting'],
  ] as const)('%s may be %s again', (state, was) => {
    expect(stateBefore(state, was)).toBe(was);
  });

  test.each([
    ['scheduled', 'harvested'],
    ['cancelled', 'scheduled'],
    ['shipped', 'delivered'],
    ['returned', 'shipped'],
  ] as const)('%s is never %s again', (state, was) => {
    expect(() => stateBefore(state, was)).toThrow(DomainError);
  });
});

async function openFilledFarm(policy: Partial<Policy> = {}) {
  const { store, db } = openWithConnection();
  const farm = await openFarm(store, { policy });
  for (const [index, boxes] of PARCELS.entries())
    await farm.placePaid(`ord_${index + 1}`, { boxes });
  return { farm, db };
}

/**
 * All that an act of the farm may touch. A list that was printed has its next revision, and a day that
 * holds and says nothing is none; since when a waybill is known is no matter of the books.
 */
function booksOf(db: Database) {
  const all = (sql: string) => db.prepare(sql).all();
  return {
    parcels: all('SELECT id, state, harvest_date, packages FROM parcels ORDER BY id'),
    days: all(`SELECT date, cap_boxes, cap_source, reserved_boxes, product_boxes, late_room_boxes,
      flagged FROM days WHERE cap_source = 'farmer' OR reserved_boxes > 0 OR late_room_boxes > 0
      OR revision > 0 ORDER BY date`),
    rows: all(
      'SELECT date, row, parcel_id FROM list_rows WHERE struck_revision IS NULL ORDER BY 1, 2',
    ),
    waybills: all('SELECT waybill, parcel_id FROM waybills ORDER BY waybill, parcel_id'),
    orders: all('SELECT id, state, paid_krw, refund_due_krw FROM orders ORDER BY id'),
  };
}

/** Every row that an act may touch, and what is owed to whom. */
function everythingIn(db: Database): unknown {
  const tables = ['parcels', 'days', 'list_rows', 'waybills', 'orders', 'events', 'outbox'];
  return tables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all());
}

type How = 'set' | 'more' | 'less';

type Deed =
  | { readonly kind: 'report'; readonly request: Omit<ReportRequest, 'date'> }
  | { readonly kind: 'cap'; readonly day: number; readonly capBoxes: number }
  | { readonly kind: 'cut'; readonly day: number; readonly row: number }
  | {
      readonly kind: 'days';
      readonly words: readonly {
        readonly day: number;
        readonly boxes: number;
        readonly how: How;
      }[];
    };

const DAYS = [TUESDAY, WEDNESDAY, THURSDAY, FRIDAY];
const dateNo = (n: number) => DAYS[n] ?? TUESDAY;

/** The trace of what was done; null when it was refused or changed nothing. */
async function doIt(farm: Farm, deed: Deed): Promise<ActTrace | null> {
  const asked = farm.asked('farmer');
  try {
    if (deed.kind === 'report') {
      const request = { ...deed.request, date: TUESDAY };
      return (await farm.store.submit(ordering.report(asked, request))).answer.trace;
    }
    if (deed.kind === 'days') {
      const said = deed.words.map(({ day, boxes, how }): CapWanted => {
        const date = dateNo(day);
        if (how === 'set') return { date, capBoxes: boxes };
        return { date, addBoxes: how === 'more' ? boxes : -boxes };
      });
      return (await farm.store.submit(ordering.setDays(asked, said))).answer.trace;
    }
    const date = dateNo(deed.day);
    if (deed.kind === 'cap') return (await farm.cap(date, deed.capBoxes)).answer.trace;
    return (await farm.cut(date, deed.row)).answer.trace;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return null;
  }
}

async function doAll(farm: Farm, deeds: readonly Deed[]): Promise<ActTrace | null> {
  let whole: ActTrace | null = null;
  for (const deed of deeds) {
    const trace = await doIt(farm, deed);
    if (trace !== null) whole = whole === null ? trace : joinTraces(whole, trace);
  }
  return whole;
}

const rowsArbitrary: fc.Arbitrary<readonly RowReport[] | 'all'> = fc.oneof(
  fc.constant('all' as const),
  fc.array(
    fc.record({
      row: fc.integer({ min: 1, max: PARCELS.length }),
      waybills: fc.uniqueArray(
        fc.integer({ min: 0, max: 9 }).map((n) => `12345678901${n}`),
        { maxLength: 2 },
      ),
      carrier: fc.constantFrom(null, 'kr.cjlogistics'),
    }),
    { minLength: 1, maxLength: 4 },
  ),
);
const reportArbitrary = fc.record({
  kind: fc.constant('report' as const),
  request: fc.record({ rows: rowsArbitrary, to: fc.constantFrom(null, ...STEPS) }),
});
const capArbitrary = fc.record({
  kind: fc.constant('cap' as const),
  day: fc.nat({ max: 3 }),
  capBoxes: fc.nat({ max: 14 }),
});
const cutArbitrary = fc.record({
  kind: fc.constant('cut' as const),
  day: fc.nat({ max: 1 }),
  row: fc.nat({ max: 5 }),
});
const daysArbitrary = fc.record({
  kind: fc.constant('days' as const),
  words: fc.array(
    fc.record({
      day: fc.nat({ max: 3 }),
      boxes: fc.nat({ max: 14 }),
      how: fc.constantFrom('set' as const, 'set' as const, 'more' as const, 'less' as const),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});
const deedArbitrary: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 2, arbitrary: reportArbitrary },
  { weight: 4, arbitrary: capArbitrary },
  { weight: 2, arbitrary: cutArbitrary },
  { weight: 3, arbitrary: daysArbitrary },
);
const farmArbitrary = fc.record({
  dailyCapBoxes: fc.integer({ min: 4, max: 12 }),
  isFrozen: fc.boolean(),
  earlier: fc.array(deedArbitrary, { maxLength: 2 }),
  deeds: fc.array(deedArbitrary, { minLength: 1, maxLength: 4 }),
});

/** A farm with its history, before the act. */
async function openGenerated(is: {
  readonly dailyCapBoxes: number;
  readonly isFrozen: boolean;
  readonly earlier: readonly Deed[];
}) {
  const { farm, db } = await openFilledFarm({ dailyCapBoxes: is.dailyCapBoxes });
  if (is.isFrozen) await farm.freeze(TUESDAY);
  await doAll(farm, is.earlier);
  return { farm, db };
}

const undoing = (farm: Farm, trace: ActTrace) =>
  farm.store.submit(ordering.undo(farm.asked('farmer'), trace));

const changesNothing = ({ parcels, days }: ActTrace) =>
  [...parcels, ...days].every(
    ({ before, after }) => JSON.stringify(before) === JSON.stringify(after),
  );

async function isSound(farm: Farm): Promise<void> {
  expect((await farm.store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
}

test('an act of any commands taken back leaves the books as they were', async () => {
  await fc.assert(
    fc.asyncProperty(farmArbitrary, async (is) => {
      const { farm, db } = await openGenerated(is);
      const before = booksOf(db);
      const trace = await doAll(farm, is.deeds);
      if (trace !== null) await undoing(farm, trace);
      expect(booksOf(db)).toEqual(before);
      await isSound(farm);
      if (trace === null || changesNothing(trace)) return;
      // Said again it is refused and changes nothing.
      const now = everythingIn(db);
      expect(await refused(undoing(farm, trace))).toBe('conflict');
      expect(everythingIn(db)).toEqual(now);
      await farm.store.close();
    }),
    { numRuns: 150 },
  );
}, 60_000);

type Between =
  | { readonly kind: 'farmer'; readonly deed: Deed }
  | { readonly kind: 'buy'; readonly boxes: number }
  | { readonly kind: 'cancel'; readonly order: number }
  | { readonly kind: 'freeze'; readonly day: number };

const betweenArbitrary: fc.Arbitrary<Between> = fc.oneof(
  { weight: 2, arbitrary: deedArbitrary.map((deed): Between => ({ kind: 'farmer', deed })) },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 4 }).map((boxes): Between => ({ kind: 'buy', boxes })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1, max: PARCELS.length })
      .map((order): Between => ({ kind: 'cancel', order })),
  },
  { weight: 2, arbitrary: fc.nat({ max: 2 }).map((day): Between => ({ kind: 'freeze', day })) },
);

async function happens(farm: Farm, between: Between, no: number): Promise<void> {
  if (between.kind === 'farmer') return void (await doIt(farm, between.deed));
  if (between.kind === 'freeze') return void (await farm.freeze(dateNo(between.day)));
  try {
    if (between.kind === 'buy') await farm.placePaid(`new_${no}`, { boxes: between.boxes });
    else await farm.cancel(`ord_${between.order}`);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

const SAME_BOXES: [typeof farmArbitrary extends fc.Arbitrary<infer T> ? T : never, Between[]] = [
  {
    dailyCapBoxes: 4,
    isFrozen: false,
    earlier: [],
    deeds: [
      { kind: 'cap', day: 0, capBoxes: 8 },
      { kind: 'cut', day: 0, row: 0 },
      { kind: 'report', request: { rows: [{ row: 1, waybills: [], carrier: null }], to: null } },
    ],
  },
  [{ kind: 'freeze', day: 1 }],
];

/** What was reported without a number has one by another report meanwhile. */
const NUMBERED_SINCE: typeof SAME_BOXES = [
  {
    dailyCapBoxes: 4,
    isFrozen: false,
    earlier: [],
    deeds: [{ kind: 'report', request: { rows: 'all', to: 'shipped' } }],
  },
  [
    {
      kind: 'farmer',
      deed: {
        kind: 'report',
        request: { rows: [{ row: 1, waybills: ['123456789010'], carrier: null }], to: null },
      },
    },
  ],
];

test('with others in between, an act is taken back exactly and nobody else is touched, or nothing is', async () => {
  const outcomes = { back: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      farmArbitrary,
      fc.array(betweenArbitrary, { minLength: 1, maxLength: 3 }),
      async (is, others) => {
        const { farm, db } = await openGenerated(is);
        const before = booksOf(db);
        const trace = await doAll(farm, is.deeds);
        if (trace === null) return;
        for (const [no, other] of others.entries()) await happens(farm, other, no);
        const left = everythingIn(db);
        const meanwhile = booksOf(db);
        try {
          await undoing(farm, trace);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          expect(error.code).toBe('conflict');
          expect(everythingIn(db)).toEqual(left);
          outcomes.refused++;
          return;
        }
        outcomes.back++;
        const own = new Set(trace.parcels.map(({ parcelId }) => parcelId));
        const after = booksOf(db);
        expect(ofParcels(after, own, true)).toEqual(ofParcels(before, own, true));
        expect(ofParcels(after, own, false)).toEqual(ofParcels(meanwhile, own, false));
        for (const { isFixed, before: day } of trace.days)
          if (isFixed && day.capSource === 'farmer') expect(capOf(db, day.date)).toBe(day.capBoxes);
        await isSound(farm);
      },
    ),
    {
      numRuns: 200,
      // The list came out meanwhile, and as many boxes leave it as come.
      examples: [SAME_BOXES, NUMBERED_SINCE],
    },
  );
  // Neither is the rare case that nobody tried.
  expect(Math.min(outcomes.back, outcomes.refused)).toBeGreaterThan(20);
}, 60_000);

function ofParcels(
  { parcels }: ReturnType<typeof booksOf>,
  ids: ReadonlySet<string>,
  are: boolean,
) {
  return (parcels as { readonly id: string }[]).filter(({ id }) => ids.has(id) === are);
}

function capOf(db: Database, date: string): unknown {
  return db.prepare('SELECT cap_boxes FROM days WHERE date = ?').pluck().get(date);
}

test('a row struck by a cut is the same row again, and paper and deltas say the list', async () => {
  const { farm } = await openFilledFarm();
  await farm.freeze(TUESDAY);
  const { trace } = (await farm.cut(TUESDAY, 2)).answer;
  if (trace === null) throw new Error('nothing was cut');
  await undoing(farm, trace);
  const list = await farm.store.findDayList('peach', TUESDAY);
  expect(list.rows.map(({ row, struck }) => [row, struck])).toEqual(
    PARCELS.map((_, index) => [index + 1, false]),
  );
  expect(list.day.revision).toBe(3);
  const delta = deltaOf(list.rows, { from: 3, to: 3 });
  expect(delta.altered.map(({ row }) => row)).toEqual([3, 4, 5]);
  expect([delta.added, delta.struck]).toEqual([[], []]);
});

test('who left a draft comes back to the frozen list as a new row', async () => {
  const { farm } = await openFilledFarm();
  const { trace } = (await farm.cut(TUESDAY, 4)).answer;
  if (trace === null) throw new Error('nothing was cut');
  await farm.freeze(TUESDAY);
  await farm.placePaid('ord_9', { boxes: 1 });
  await undoing(farm, trace);
  const { rows } = await farm.store.findDayList('peach', TUESDAY);
  expect(rows.map(({ row, parcelId }) => [row, parcelId])).toEqual([
    [1, 'par_1-1'],
    [2, 'par_2-1'],
    [3, 'par_3-1'],
    [4, 'par_4-1'],
    [5, 'par_5-1'],
  ]);
  await isSound(farm);
});

test('a payment that took the room keeps everybody where he is', async () => {
  const { farm, db } = await openFilledFarm({ dailyCapBoxes: 11 });
  const { trace } = (await farm.cap(TUESDAY, 16)).answer;
  if (trace === null) throw new Error('nothing was changed');
  await farm.placePaid('ord_9', { boxes: 2 });
  const before = everythingIn(db);
  await expect(undoing(farm, trace)).rejects.toMatchObject({
    code: 'conflict',
    detail: { undo: 'room', date: TUESDAY },
  });
  expect(everythingIn(db)).toEqual(before);
});

test('late room that a payment took is not given back, though a cancel left as much', async () => {
  const { farm, db } = await openFilledFarm({ dailyCapBoxes: 11 });
  await farm.freeze(TUESDAY);
  const { trace } = (await farm.cap(TUESDAY, 16)).answer;
  if (trace === null) throw new Error('nothing was changed');
  await farm.placePaid('ord_9', { boxes: 2 });
  await farm.cancel('ord_3');
  const before = everythingIn(db);
  await expect(undoing(farm, trace)).rejects.toMatchObject({
    code: 'conflict',
    detail: { undo: 'room', date: TUESDAY },
  });
  expect(everythingIn(db)).toEqual(before);
});

test('another number said since keeps the number', async () => {
  const { farm } = await openFilledFarm();
  const { trace } = (await farm.cap(TUESDAY, 20)).answer;
  await farm.cap(TUESDAY, 21);
  if (trace === null) throw new Error('nothing was changed');
  await expect(undoing(farm, trace)).rejects.toMatchObject({ detail: { undo: 'cap' } });
});

test('who lost his date and then his money gets no date back', async () => {
  const { store, db } = openWithConnection();
  const farm = await openFarm(store, { products: [product({ shipTo: TUESDAY })] });
  await farm.place('ord_1');
  const at = MONDAY_NOON.toISOString();
  const money = { depositId: 'dep_1', amountKrw: 40_000, depositor: null, at, isRevived: false };
  await store.submit(ordering.takeDeposit(farm.asked('seller'), 'ord_1', money));
  const { trace } = (await farm.cap(TUESDAY, 0)).answer;
  if (trace === null) throw new Error('nothing was changed');
  await store.submit(ordering.takeBackDeposit(farm.asked('seller'), 'ord_1', 'dep_1'));
  const before = everythingIn(db);
  await expect(undoing(farm, trace)).rejects.toMatchObject({ detail: { undo: 'row' } });
  expect(everythingIn(db)).toEqual(before);
});

const rulesArbitrary: fc.Arbitrary<WeekRules> = fc.record({
  closedWeekdays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { maxLength: 4 }),
  weekdayCapBoxes: fc.dictionary(fc.constantFrom(...WEEKDAYS), fc.nat({ max: 14 }), { maxKeys: 4 }),
});

test('rules for weekdays taken back leave the books as they were', async () => {
  await fc.assert(
    fc.asyncProperty(farmArbitrary, rulesArbitrary, async (is, rules) => {
      const { farm, db } = await openGenerated(is);
      const before = booksOf(db);
      const was = weekRulesOf(farm.shop);
      const shop = { ...farm.shop, policy: { ...farm.shop.policy, ...rules } };
      await farm.store.putShop(shop);
      const asked = { ...farm.asked('farmer'), shop };
      const { trace } = (await farm.store.submit(ordering.applyPolicy(asked, farm.shop))).answer;
      const whole = trace ?? { marks: [], parcels: [], days: [] };
      await farm.store.submit(ordering.undo(asked, whole, was));
      await farm.store.putShop(farm.shop);
      expect(booksOf(db)).toEqual(before);
      await isSound(farm);
      await farm.store.close();
    }),
    { numRuns: 60 },
  );
}, 60_000);
