// The first revision of a list and all its deltas are the full list, however they are bundled.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deltaOf } from '../../src/orders/list-delta.ts';

/** Rows as changes leave them: each revision strikes some live rows and adds some new ones. */
const listArbitrary = fc
  .record({
    first: fc.integer({ min: 1, max: 6 }),
    changes: fc.array(
      fc.record({ add: fc.integer({ min: 0, max: 2 }), strike: fc.array(fc.nat(20)) }),
      { maxLength: 6 },
    ),
  })
  .map(({ first, changes }) => {
    const rows = Array.from({ length: first }, (_, index) => ({
      row: index + 1,
      addedRevision: 1,
      struckRevision: null as number | null,
      alteredRevision: null,
    }));
    for (const [index, { add, strike }] of changes.entries()) {
      const revision = index + 2;
      for (const n of strike) {
        const row = rows[n % rows.length];
        if (row !== undefined && row.struckRevision === null) row.struckRevision = revision;
      }
      for (let n = 0; n < add; n++)
        rows.push({
          row: rows.length + 1,
          addedRevision: revision,
          struckRevision: null,
          alteredRevision: null,
        });
    }
    return { rows, last: changes.length + 1 };
  });

test('r1 and the deltas, bundled in any way, are the list as it stands', () => {
  fc.assert(
    fc.property(listArbitrary, fc.array(fc.boolean()), ({ rows, last }, cuts) => {
      const shown = new Set(rows.filter((one) => one.addedRevision === 1).map(({ row }) => row));
      let from = 2;
      for (let to = 2; to <= last; to++) {
        if (to < last && cuts[to] !== true) continue;
        const { added, struck } = deltaOf(rows, { from, to });
        for (const { row } of struck) expect(shown.delete(row)).toBe(true);
        for (const { row } of added) {
          expect(shown.has(row)).toBe(false);
          shown.add(row);
        }
        from = to + 1;
      }
      const live = rows.filter((one) => one.struckRevision === null).map(({ row }) => row);
      expect([...shown].sort((a, b) => a - b)).toEqual(live);
    }),
  );
});

test('what came and went between two messages is in neither', () => {
  const rows = [{ addedRevision: 2, struckRevision: 3, alteredRevision: 3 }];
  expect(deltaOf(rows, { from: 2, to: 3 })).toEqual({ added: [], struck: [], altered: [] });
});

test('a row that says something else is told once, unless it is new or gone anyway', () => {
  const row = (addedRevision: number, struckRevision: number | null, alteredRevision: number) => {
    return { addedRevision, struckRevision, alteredRevision };
  };
  const changed = row(1, null, 3);
  const rows = [changed, row(2, null, 3), row(1, 3, 2), row(1, null, 5)];
  expect(deltaOf(rows, { from: 2, to: 4 }).altered).toEqual([changed]);
  expect(deltaOf(rows, { from: 4, to: 4 }).altered).toEqual([]);
});
