// Several days said at once: one decision, whoever it moves is told once.
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CapWanted } from '../../src/orders/farm-day.ts';
import * as ordering from '../../src/orders/ordering.ts';
import {
  FRIDAY,
  MONDAY,
  NEXT_MONDAY,
  openFarm,
  refused,
  THURSDAY,
  TUESDAY,
  WEDNESDAY,
} from '../support/shop.ts';
import { openWithConnection } from '../support/sqlite.ts';

const DAYS = [TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, NEXT_MONDAY];

type Is = {
  readonly dailyCapBoxes: number;
  readonly boxes: readonly number[];
  readonly isFrozen: boolean;
};

async function openFull(is: Is) {
  const { store, db } = openWithConnection();
  const farm = await openFarm(store, { policy: { dailyCapBoxes: is.dailyCapBoxes } });
  for (const [no, boxes] of is.boxes.entries()) await farm.placePaid(`ord_${no}`, { boxes });
  if (is.isFrozen) await farm.freeze(TUESDAY);
  const say = (...said: readonly CapWanted[]) =>
    store.submit(ordering.setDays(farm.asked('farmer'), said));
  return { farm, db, say };
}

const set = (date: string, boxes: number): CapWanted => ({ date, capBoxes: boxes });

type Placed = { readonly id: string; readonly state: string; readonly date: string | null };

const placedIn = (db: Database) =>
  db.prepare('SELECT id, state, harvest_date AS date FROM parcels ORDER BY id').all() as Placed[];
const daysIn = (db: Database) => db.prepare('SELECT * FROM days ORDER BY date').all();

const farmArbitrary: fc.Arbitrary<Is> = fc.record({
  dailyCapBoxes: fc.integer({ min: 4, max: 10 }),
  boxes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 10 }),
  isFrozen: fc.boolean(),
});
const capsArbitrary = fc.uniqueArray(
  fc.record({ date: fc.constantFrom(...DAYS), boxes: fc.nat({ max: 14 }) }),
  { selector: ({ date }) => date, minLength: 1, maxLength: 4 },
);

test('one day is set as by its own command', async () => {
  await fc.assert(
    fc.asyncProperty(farmArbitrary, capsArbitrary, async (is, [cap]) => {
      const [one, other] = [await openFull(is), await openFull(is)];
      const { date, boxes } = cap ?? { date: TUESDAY, boxes: 0 };
      await one.farm.cap(date, boxes);
      await other.say(set(date, boxes));
      expect(placedIn(other.db)).toEqual(placedIn(one.db));
      const withoutStore = ({ frozen_at: _, ...day }: Record<string, unknown>) => day;
      const rows = (db: Database) => (daysIn(db) as Record<string, unknown>[]).map(withoutStore);
      expect(rows(other.db)).toEqual(rows(one.db));
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('whatever days are said, in whatever order: no cap is broken, and nobody moves without need', async () => {
  await fc.assert(
    fc.asyncProperty(farmArbitrary, capsArbitrary, async (is, caps) => {
      const [one, other] = [await openFull(is), await openFull(is)];
      const before = new Map(placedIn(one.db).map((parcel) => [parcel.id, parcel]));
      const words = caps.map(({ date, boxes }) => set(date, boxes));
      const { answer } = await one.say(...words);
      await other.say(...words.toReversed());
      expect(placedIn(other.db)).toEqual(placedIn(one.db));
      expect((await one.farm.store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
      for (const { date, boxes } of caps)
        expect(answer.days.find((day) => day.date === date)?.capBoxes).toBe(boxes);
      const capWas = is.dailyCapBoxes;
      for (const { id, date } of placedIn(one.db)) {
        const was = before.get(id)?.date ?? null;
        if (was === date) continue;
        const left = caps.find((cap) => cap.date === was);
        const came = caps.find((cap) => cap.date === date);
        const isForward = date !== null && (was === null || date < was);
        // Forward only into a day that grew, back only from one that shrank.
        if (isForward) expect(came?.boxes ?? 0).toBeGreaterThan(capWas);
        else expect(left?.boxes ?? capWas).toBeLessThan(capWas);
      }
      const told = one.db
        .prepare(
          `SELECT order_id, count(*) AS times FROM outbox
           WHERE kind IN ('moved', 'no_date') GROUP BY 1 HAVING times > 1`,
        )
        .all();
      expect(told).toEqual([]);
    }),
    { numRuns: 100 },
  );
}, 60_000);

describe('several days', () => {
  const FULL: Is = { dailyCapBoxes: 4, boxes: [4, 4, 4], isFrozen: false };

  test('leave no room to whoever comes from one of them into another that is closed as well', async () => {
    const { db, say } = await openFull(FULL);
    await say(set(TUESDAY, 0), set(WEDNESDAY, 0));
    expect(placedIn(db).map(({ date }) => date)).toEqual([FRIDAY, NEXT_MONDAY, THURSDAY]);
  });

  test('let whoever leaves one of them into another that grew', async () => {
    const { db, say } = await openFull(FULL);
    await say(set(TUESDAY, 0), set(WEDNESDAY, 8));
    expect(placedIn(db).map(({ date }) => date)).toEqual([WEDNESDAY, WEDNESDAY, THURSDAY]);
  });

  test('are refused together when one of them is', async () => {
    const { db, say } = await openFull(FULL);
    const before = [placedIn(db), daysIn(db)];
    expect(await refused(say(set(TUESDAY, 0), set(WEDNESDAY, 10_001)))).toBe('bad_request');
    expect(await refused(say(set(TUESDAY, 0), set('2026-07-01', 3)))).toBe('bad_request');
    const less = { date: WEDNESDAY, addBoxes: -5 };
    expect(await refused(say(set(TUESDAY, 0), less))).toBe('bad_request');
    expect([placedIn(db), daysIn(db)]).toEqual(before);
  });

  test('are counted on as they were said', async () => {
    const { say } = await openFull(FULL);
    const more = { date: MONDAY, addBoxes: 3 };
    const { answer } = await say(set(MONDAY, 5), more, more);
    expect(answer.days.map(({ date, capBoxes }) => [date, capBoxes])).toEqual([[MONDAY, 11]]);
  });
});
