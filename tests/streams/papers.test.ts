// What a list said is known for good: on either engine every moment reads as it was shown then.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import type { PaperOf } from '../../src/orders/paper.ts';
import { ENGINE, openWatched } from '../support/engine.ts';
import { PaperWorld, paperSteps } from '../support/paper-histories.ts';
import { MONDAY_NOON, openFarm, TUESDAY } from '../support/shop.ts';

const RUNS = ENGINE === 'SQLite' ? 120 : 25;

test(`${ENGINE} tells of each moment and each revision what was shown then, whatever came later`, async () => {
  let revisions = 0;
  let drafts = 0;
  await fc.assert(
    fc.asyncProperty(paperSteps, async (steps) => {
      const { store, close } = await openWatched();
      try {
        const world = await PaperWorld.open(store);
        await world.play(steps);
        const counted = await world.check();
        revisions += counted.revisions;
        drafts += counted.drafts;
      } finally {
        await close();
      }
    }),
    { numRuns: RUNS },
  );
  // Histories that make no lists would show nothing.
  expect(revisions).toBeGreaterThan(2 * RUNS);
  expect(drafts).toBeGreaterThan(RUNS);
});

const GAPS = 'the revisions of a list are without gaps, and the newest holds what the date holds';
const ROWS = 'the first revision of a list and all that changed since are its rows';
const HASH = 'what each revision of a list said hashes to what was stored';

/** The list of Tuesday has three revisions: two rows, one of them altered, then struck. */
const FAULTS: readonly (readonly [rule: string, sql: string])[] = [
  [GAPS, 'DELETE FROM list_revisions WHERE revision = 1'],
  [GAPS, 'DELETE FROM list_revisions WHERE revision = 2'],
  [GAPS, 'DELETE FROM list_revisions WHERE revision = 3'],
  [GAPS, 'DELETE FROM list_revisions'],
  [GAPS, `UPDATE list_revisions SET hash = '' WHERE revision = 2`],
  [GAPS, `UPDATE list_revisions SET date = '2026-07-29'`],
  [GAPS, 'UPDATE list_revisions SET total_boxes = total_boxes + 1 WHERE revision = 3'],
  [ROWS, 'DELETE FROM list_versions WHERE "row" = 2'],
  [ROWS, 'DELETE FROM list_versions WHERE "row" = 1 AND revision = 3'],
  [ROWS, 'DELETE FROM list_rows WHERE "row" = 1'],
  [ROWS, 'UPDATE list_rows SET altered_revision = NULL'],
  [ROWS, 'UPDATE list_rows SET struck_revision = 2 WHERE struck_revision = 3'],
  [ROWS, 'UPDATE list_versions SET boxes = boxes + 1 WHERE "row" = 2'],
  [ROWS, `UPDATE list_versions SET parcel_id = 'par_9-1' WHERE "row" = 2`],
  [HASH, 'UPDATE list_versions SET boxes = boxes + 1 WHERE revision = 2'],
  [HASH, `UPDATE list_versions SET code = 'P7-999' WHERE revision = 1 AND "row" = 2`],
  [HASH, `UPDATE list_versions SET items = '[]' WHERE revision = 1 AND "row" = 2`],
  [HASH, 'DELETE FROM list_versions WHERE revision = 1 AND "row" = 1'],
  [HASH, `UPDATE list_revisions SET hash = 'ff' WHERE revision = 1`],
];

test.each(FAULTS)(`on ${ENGINE} "%s" notices %s`, async (rule, sql) => {
  const { store, look, close } = await openWatched();
  try {
    const farm = await openFarm(store);
    await farm.placePaid('ord_1', { boxes: 4 });
    await farm.placePaid('ord_2', { boxes: 2 });
    await farm.freeze(TUESDAY);
    const items = [{ product: 'peach-4kg', boxes: 2 }];
    const fewer = { parcels: [{ parcelId: 'par_1-1', personal: null, items }] };
    const asked = farm.asked('seller', MONDAY_NOON);
    await store.submit(ordering.change(asked, 'ord_1', fewer));
    await farm.cancel('ord_1');
    expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    // Of each revision only what came, left or changed with it.
    const kept = 'SELECT revision, count(*) AS n FROM list_versions GROUP BY revision ORDER BY 1';
    expect((await look(kept)).map((row) => ({ ...(row as object) }))).toEqual([
      { revision: 1, n: 2 },
      { revision: 2, n: 1 },
      { revision: 3, n: 1 },
    ]);
    expect((await look(`${sql} RETURNING 1 AS broken`)).length).toBeGreaterThan(0);
    const broken = (await store.doctor()).filter(({ ok }) => !ok).map(({ name }) => name);
    expect(broken).toContain(rule);
  } finally {
    await close();
  }
});

/** What the migration marks in a database that older programs wrote. */
function marking(): string {
  const file = ENGINE === 'SQLite' ? 'sqlite/0010-lists.sql' : 'postgres/0006-lists.sql';
  const sql = readFileSync(new URL(`../../storage/migrations/${file}`, import.meta.url), 'utf8');
  const [statement] = /INSERT INTO list_revisions[^;]+/.exec(sql) ?? [];
  if (statement === undefined) throw new Error('the migration marks nothing');
  return statement;
}

test(`a list that was frozen before revisions were kept reads from what stands on ${ENGINE}, and is kept from its next one on`, async () => {
  const { store, look, close } = await openWatched();
  const farm = await openFarm(store);
  for (const no of [1, 2, 3]) await farm.placePaid(`ord_${no}`, { boxes: 2 });
  await farm.freeze(TUESDAY);
  const later = (minutes: number) => new Date(MONDAY_NOON.getTime() + minutes * 60_000);
  const cancel = (orderId: string, minutes: number) => {
    const request = { parcelIds: null, reason: null, account: null };
    return store.submit(ordering.cancel(farm.asked('buyer', later(minutes)), orderId, request));
  };
  await farm.cap(TUESDAY, 60);
  await farm.placePaid('ord_4', { boxes: 1 });
  await cancel('ord_1', 1);
  for (const table of ['list_revisions', 'list_versions'])
    await look(`DELETE FROM ${table} RETURNING 1 AS gone`);
  await look(`${marking()} RETURNING 1 AS marked`);
  const read = async (of: PaperOf) => store.findPaper('peach', TUESDAY, { ...of, now: later(9) });
  const struck = async (of: PaperOf) => (await read(of))?.rows.map((row) => row.struck);

  expect(await read({})).toMatchObject({ revision: 3, hash: '', totalBoxes: 5 });
  expect(await struck({})).toEqual([true, false, false, false]);
  expect(await struck({ revision: 2 })).toEqual([false, false, false, false]);
  expect(await read({ revision: 1 })).toMatchObject({ revision: 1, hash: '', totalBoxes: 6 });
  expect(await struck({ revision: 1 })).toEqual([false, false, false]);
  expect(await read({ asOf: later(-1).toISOString() })).toMatchObject({ revision: 0 });
  expect(await read({ asOf: later(0).toISOString() })).toMatchObject({ revision: 3 });
  expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);

  await cancel('ord_2', 2);
  const fourth = await read({});
  expect(fourth).toMatchObject({ revision: 4, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(fourth?.rows).toMatchObject([
    { addedRevision: 1, struckRevision: 3 },
    { addedRevision: 1, struckRevision: 4 },
    { addedRevision: 1, struckRevision: null },
    { addedRevision: 2, struckRevision: null },
  ]);
  expect(await struck({ revision: 3 })).toEqual([true, false, false, false]);
  expect(await read({ asOf: later(1).toISOString() })).toMatchObject({ revision: 3, hash: '' });
  await cancel('ord_3', 3);
  expect(await read({ revision: 4 })).toEqual(fourth);
  expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
  await close();
});
