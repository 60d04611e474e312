// Reports taken back: the books are as they were, whatever was reported in whatever order.
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from '../../src/orders/errors.ts';
import { stateBefore } from '../../src/orders/order.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { ReportRequest, RowReport } from '../../src/orders/reporting.ts';
import { joinTraces, type ReportTrace } from '../../src/orders/undoing.ts';
import { type Farm, openFarm, refused, TUESDAY } from '../support/shop.ts';
import { openWithConnection } from '../support/sqlite.ts';

const STEPS = ['harvested', 'packed', 'shipped', 'delivered'] as const;
const PARCELS = [2, 1, 4, 3, 1];

describe('one step back', () => {
  test.each([
    ['harvested', 'scheduled'],
    ['shipped', 'scheduled'],
    ['delivered', 'shipped'],
    ['packed', 'packed'],
  ] as const)('%s may be %s again', (state, was) => {
    expect(stateBefore(state, was)).toBe(was);
  });

  test.each([
    ['scheduled', 'harvested'],
    ['cancelled', 'scheduled'],
    ['shipped', 'delivered'],
    ['shipped', 'waiting'],
    ['returned', 'shipped'],
  ] as const)('%s is never %s again', (state, was) => {
    expect(() => stateBefore(state, was)).toThrow(DomainError);
  });
});

async function openReportedFarm() {
  const { store, db } = openWithConnection();
  const farm = await openFarm(store);
  for (const [index, boxes] of PARCELS.entries())
    await farm.placePaid(`ord_${index + 1}`, { boxes });
  return { farm, db };
}

/** All that a report may touch; since when a waybill is known is no matter of the books. */
function booksOf(db: Database): unknown {
  const all = (sql: string) => db.prepare(sql).all();
  return {
    parcels: all('SELECT id, state, harvest_date, packages FROM parcels ORDER BY id'),
    days: all('SELECT * FROM days ORDER BY date'),
    rows: all('SELECT * FROM list_rows ORDER BY date, row'),
    waybills: all('SELECT waybill, parcel_id FROM waybills ORDER BY waybill, parcel_id'),
    orders: all('SELECT id, state, paid_krw, refund_due_krw FROM orders ORDER BY id'),
  };
}

async function report(farm: Farm, request: ReportRequest): Promise<readonly ReportTrace[]> {
  try {
    const { answer } = await farm.store.submit(ordering.report(farm.asked('farmer'), request));
    return answer.trace === null ? [] : [answer.trace];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [];
  }
}

const rowsArbitrary: fc.Arbitrary<readonly RowReport[] | 'all'> = fc.oneof(
  fc.constant('all' as const),
  fc.array(
    fc.record({
      row: fc.integer({ min: 1, max: PARCELS.length }),
      waybills: fc.uniqueArray(
        fc.integer({ min: 0, max: 9 }).map((n) => `12345678901${n}`),
        {
          maxLength: 2,
        },
      ),
      carrier: fc.constantFrom(null, 'kr.cjlogistics'),
    }),
    { minLength: 1, maxLength: 4 },
  ),
);
const requestArbitrary = fc.record({
  rows: rowsArbitrary,
  to: fc.constantFrom(null, ...STEPS),
});

test('a report, and several as one, taken back leave the books as they were', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(requestArbitrary, { maxLength: 2 }),
      fc.array(requestArbitrary, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (earlier, undone, isFrozen) => {
        const { farm, db } = await openReportedFarm();
        if (isFrozen) await farm.freeze(TUESDAY);
        for (const request of earlier) await report(farm, { ...request, date: TUESDAY });
        const before = booksOf(db);
        let traces: readonly ReportTrace[] = [];
        for (const request of undone)
          traces = joinTraces(traces, await report(farm, { ...request, date: TUESDAY }));
        if (traces.length === 0) return;
        await farm.store.submit(ordering.undoReport(farm.asked('farmer'), traces));
        expect(booksOf(db)).toEqual(before);
        expect((await farm.store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
        // Once: said again it is refused and changes nothing, unless nothing had to change.
        const isSame = traces.every(({ parcels }) =>
          parcels.every((one) => JSON.stringify(one.before) === JSON.stringify(one.after)),
        );
        if (isSame) return;
        const again = ordering.undoReport(farm.asked('farmer'), traces);
        expect(await refused(farm.store.submit(again))).toBe('conflict');
        expect(booksOf(db)).toEqual(before);
        await farm.store.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('one parcel that moved on keeps all others where they are', async () => {
  const { farm, db } = await openReportedFarm();
  await farm.freeze(TUESDAY);
  const traces = await report(farm, { date: TUESDAY, rows: 'all', to: 'packed' });
  await report(farm, {
    date: TUESDAY,
    rows: [{ row: 4, waybills: [], carrier: null }],
    to: 'shipped',
  });
  const before = booksOf(db);
  const undo = ordering.undoReport(farm.asked('farmer'), traces);
  expect(await refused(farm.store.submit(undo))).toBe('conflict');
  expect(booksOf(db)).toEqual(before);
});

test('what would stand unharvested above its cap is not taken back', async () => {
  const { farm } = await openReportedFarm();
  await farm.freeze(TUESDAY);
  const traces = await report(farm, { date: TUESDAY, rows: 'all', to: 'harvested' });
  await farm.cap(TUESDAY, 3);
  const undo = ordering.undoReport(farm.asked('farmer'), traces);
  expect(await refused(farm.store.submit(undo))).toBe('conflict');
  expect((await farm.store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
});

test('a cap that moved nobody is taken back to what it was, the rest of the day untouched', async () => {
  const { farm, db } = await openReportedFarm();
  const before = booksOf(db);
  const { answer } = await farm.cap(TUESDAY, 20);
  if (answer.trace === null) throw new Error('expected nobody to be moved');
  await farm.store.submit(ordering.undoCap(farm.asked('farmer'), answer.trace));
  expect(booksOf(db)).toEqual(before);
  await farm.cap(TUESDAY, 20);
  await farm.placePaid('ord_9', { boxes: 1 });
  const late = ordering.undoCap(farm.asked('farmer'), answer.trace);
  expect(await refused(farm.store.submit(late))).toBe('conflict');
});

test('a cap that moved somebody leaves no way back', async () => {
  const { farm } = await openReportedFarm();
  expect((await farm.cap(TUESDAY, 5)).answer.trace).toBeNull();
});
