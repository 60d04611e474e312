import { describe, expect, it } from 'vitest';
import { CHANGES, isHarmless, parcelsOf, readChanged } from '../support/generated-changes.ts';
import { judgeGenerated } from '../support/generated-figures.ts';
import { SKELETONS } from '../support/generated-skeletons.ts';
import { TOWNS } from '../support/generated-towns.ts';

/** The messages of these seeds; `npm run prove -- orders` takes others every time. */
const FIRST = 1_000_000;
const MESSAGES = 1_500;
const EXACT_MIN = 0.985;
const CHANGED = 400;
/** Of the orders that are changed, so many may raise a question instead. */
const ASKED_MAX = 0.03;

describe('orders filled at random', () => {
  it('come in many shapes and from every province', () => {
    expect(SKELETONS.length).toBeGreaterThan(100);
    expect(TOWNS.length).toBeGreaterThan(200);
    expect(new Set(TOWNS.map(({ province }) => province)).size).toBe(17);
  });

  it('are read as they were meant, and never into a wrong parcel', () => {
    const { exact, harmful, missed } = judgeGenerated(FIRST, MESSAGES);
    expect(harmful).toEqual([]);
    expect(exact / MESSAGES, missed.join(' ')).toBeGreaterThanOrEqual(EXACT_MIN);
  });

  it.each(CHANGES)('keep their parcels when %s', (change) => {
    let orders = 0;
    const harmed: string[] = [];
    const asked: string[] = [];
    for (let seed = FIRST; seed < FIRST + CHANGED; seed += 1) {
      const altered = readChanged(seed, change);
      if (altered === null) continue;
      if (!isHarmless(altered)) harmed.push(altered.line.id);
      if (altered.before.kind !== 'order') continue;
      orders += 1;
      if (parcelsOf(altered.before) !== parcelsOf(altered.after)) asked.push(altered.line.id);
    }
    expect(harmed).toEqual([]);
    expect(orders).toBeGreaterThan(50);
    expect(asked.length / orders, asked.join(' ')).toBeLessThanOrEqual(ASKED_MAX);
  });
});
