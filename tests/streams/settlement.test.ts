import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carriedKrw, periodOf, settle } from '../../src/orders/settlement.ts';
import { ENGINE } from '../support/engine.ts';
import {
  afterHistory,
  byPencil,
  dateOn,
  historyArbitrary,
  type MoneyAct,
  openNow,
  readRows,
} from '../support/settlement-histories.ts';

/** A server answers each step over the wire, and its histories go the same ways. */
const HISTORIES = ENGINE === 'SQLite' ? 200 : 30;
const LIMIT_MS = 120_000;
/** The longest history, and some days around it. */
const DAYS = 40;
const FAR = [dateOn(-400), dateOn(400)] as const;

const dayArbitrary = fc.integer({ min: -3, max: DAYS });

test(
  'the sums of any period are those of the ledger, and periods continue one another',
  async () => {
    const done = new Map<MoneyAct, number>();
    const periods = fc.array(fc.tuple(dayArbitrary, dayArbitrary, dayArbitrary), {
      minLength: 3,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(historyArbitrary, periods, (steps, days) =>
        afterHistory(steps, done, async (watched) => {
          const rows = await readRows(watched);
          const settled = async (from: string, to: string) =>
            settle(await watched.store.findSettled('peach', periodOf(from, to, 'Asia/Seoul')));
          for (const three of days) {
            const [a, b, c] = three.toSorted((x, y) => x - y) as [number, number, number];
            const first = await settled(dateOn(a), dateOn(b));
            const second = await settled(dateOn(b + 1), dateOn(c + 1));
            const both = await settled(dateOn(a), dateOn(c + 1));
            expect(first).toEqual(byPencil(rows, dateOn(a), dateOn(b)));
            expect(both).toEqual(byPencil(rows, dateOn(a), dateOn(c + 1)));
            expect(carriedKrw(second)).toBe(first.openKrw);
            const { openKrw, ...flows } = both;
            expect(openKrw).toBe(second.openKrw);
            for (const [name, sum] of Object.entries(flows))
              expect(sum, name).toBe(
                first[name as keyof typeof flows] + second[name as keyof typeof flows],
              );
          }
          const all = await settled(...FAR);
          expect(carriedKrw(all)).toBe(0);
          expect(all.openKrw).toBe(openNow(rows));
          const faults = (await watched.store.doctor()).filter(({ ok }) => !ok);
          expect(faults).toEqual([]);
        }),
      ),
      { numRuns: HISTORIES },
    );
    // The histories must have gone where money comes and goes; a few may miss what is rare by luck.
    const leastOf = ENGINE === 'SQLite' ? HISTORIES / 40 : -1;
    for (const act of [
      ...(['place', 'pay', 'part', 'over', 'late', 'takeBack'] as const),
      ...(['cancel', 'cancelPart', 'change', 'difference', 'refund'] as const),
    ])
      expect(done.get(act) ?? 0, act).toBeGreaterThan(leastOf);
  },
  LIMIT_MS,
);
