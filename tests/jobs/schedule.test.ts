// What the schedule says of itself: which jobs are done, which are late, which broke.
import { expect, test } from 'vitest';
import { JOBS, startSchedule } from '../../src/jobs/schedule.ts';
import type { Store } from '../../src/orders/store.ts';
import { openFarm } from '../support/shop.ts';
import { openMemoryStore } from '../support/sqlite.ts';

const TUESDAY_SEVEN = new Date('2026-07-20T22:00:00Z');

/** The store with one call that goes another way, as on a disk that fails. */
function diverted(store: Store, over: Partial<Store>): Store {
  return Object.assign(Object.create(store), over);
}

/** One look at everything. */
async function lookOnce(store: Store, now = TUESDAY_SEVEN) {
  const schedule = await startSchedule({ store, now: () => now, log: () => undefined });
  await schedule.stop();
  return schedule.standings();
}
const of = (standings: Awaited<ReturnType<typeof lookOnce>>, name: string) =>
  standings.find((one) => one.name === name);

test('a job that ran stands with its slot, and one whose slot is done with nothing due', async () => {
  const store = await openMemoryStore();
  await openFarm(store);
  const first = await lookOnce(store);
  expect(first.map(({ name }) => name)).toEqual(JOBS.map(({ name }) => name));
  expect(of(first, 'day-list')).toEqual({
    ...{ name: 'day-list', scope: 'store', lookedAt: TUESDAY_SEVEN, dueSince: null, failure: null },
    ran: { at: TUESDAY_SEVEN, slot: '2026-07-21' },
  });
  // A new process finds it done.
  expect(of(await lookOnce(store), 'day-list')).toMatchObject({ ran: null, dueSince: null });
  await store.close();
});

test('a job that broke is said to have, by its name only, and its slot stays due', async () => {
  const store = await openMemoryStore();
  await openFarm(store);
  const broken = diverted(store, {
    findExpired: () => Promise.reject(new RangeError('박철수 was quoted here')),
  });
  const standings = await lookOnce(broken);
  expect(of(standings, 'expiry')).toMatchObject({
    ...{ failure: 'RangeError', dueSince: TUESDAY_SEVEN, ran: null },
  });
  expect(JSON.stringify(standings)).not.toContain('박철수');
  expect(of(standings, 'reminders')).toMatchObject({ failure: null, dueSince: null });
  await store.close();
});

test('a slot that another process has is due, and nothing broke', async () => {
  const store = await openMemoryStore();
  await openFarm(store);
  const standings = await lookOnce(diverted(store, { claimSlot: () => Promise.resolve(false) }));
  for (const one of standings)
    expect(one).toMatchObject({ dueSince: TUESDAY_SEVEN, failure: null, ran: null });
  await store.close();
});
