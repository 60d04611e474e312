// Three days of a farm without a seller: sixty buyers, three messages of the farmer a day, rain on the
// second and a small harvest on the third.
import { expect, test } from 'vitest';
import { ENGINE } from '../support/engine.ts';
import { tellingsOf } from '../support/sim-checks.ts';
import { runThreeDays } from '../support/three-days.ts';

test(`three days run by themselves on ${ENGINE}`, async () => {
  const { faults, counts, world } = await runThreeDays();
  expect(faults).toEqual([]);
  expect(Object.fromEntries(counts)).toMatchObject({
    ...{ ordered: 60, paid: 50, 'paid late': 4, 'never pays': 4, 'paid when it was over': 2 },
    ...{ cancelled: 4, 'moved house': 2, 'asked and answered': 20, received: 5 },
    'the farmer says something': 9,
  });
  const told = Map.groupBy(tellingsOf(world.seen), ({ what }) => what);
  for (const what of ['paid', 'moved', 'shipped', 'expired', 'asked', 'reminded'] as const)
    expect(told.get(what)?.length ?? 0, what).toBeGreaterThan(2);
  await world.close();
}, 120_000);
