import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JOBS, runJob } from '../../src/jobs/schedule.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Command, Store } from '../../src/orders/store.ts';
import { type Farm, openFarm, TUESDAY, WEDNESDAY } from '../support/shop.ts';
import { fileForTest, openMemoryStore, openWithConnection } from '../support/sqlite.ts';

let store: Store;
let farm: Farm;
beforeEach(async () => {
  store = await openMemoryStore();
  farm = await openFarm(store, { policy: { horizonDays: 2, dailyCapBoxes: 3 } });
});
afterEach(() => store.close());

async function run(name: string, at: string): Promise<unknown[]> {
  const job = JOBS.find((one) => one.name === name);
  if (job === undefined) throw new Error(`no job ${name}`);
  return (await runJob(store, job, { now: new Date(at) })).map(({ result }) => result);
}

const dateOf = async (id: string) =>
  (await store.findOrder('peach', id))?.parcels.map(({ state, harvestDate }) => [
    state,
    harvestDate,
  ])[0];

describe('the end of the time to pay', () => {
  const LATE = '2026-07-22T00:00:00Z';

  test('ends orders of an archived store too', async () => {
    await farm.place('ord_1');
    await store.putShop({ ...farm.shop, state: 'archived' });
    expect(await run('expiry', LATE)).toEqual([{ expired: 1, failed: 0 }]);
    expect((await store.findOrder('peach', 'ord_1'))?.state).toBe('expired');
  });

  test('one order that cannot be ended stops no other, however many such there are', async () => {
    const plum = await openFarm(store, { id: 'plum' });
    const ids = Array.from({ length: 205 }, (_, no) => `ord_b${no}`);
    await Promise.all(ids.map((id) => farm.place(id)));
    await plum.place('ord_plum');
    const { submit } = store;
    store.submit = ((command: Command<unknown>) =>
      command.storeId === 'peach'
        ? Promise.reject(new Error('broken'))
        : submit.call(store, command)) as Store['submit'];
    expect(await run('expiry', LATE)).toEqual([{ expired: 1, failed: 205 }]);
    store.submit = submit;
    expect((await store.findOrder('plum', 'ord_plum'))?.state).toBe('expired');
    expect(await run('expiry', '2026-07-22T00:01:00Z')).toEqual([{ expired: 205, failed: 0 }]);
  });
});

describe('the list of the day', () => {
  test('first gives a date to whoever waits, now that the horizon has moved on', async () => {
    for (const no of [1, 2, 3]) await farm.place(`ord_${no}`, { boxes: 3 });
    for (const no of [1, 2, 3]) await farm.pay(`ord_${no}`);
    expect(await dateOf('ord_3')).toEqual(['waiting', null]);
    const [result] = await run('day-list', '2026-07-20T21:00:00Z');
    expect(result).toMatchObject({ lists: [{ date: TUESDAY, rows: 1 }], scheduled: 1 });
    expect(await dateOf('ord_3')).toEqual(['scheduled', '2026-07-23']);
    const { held } = await store.findTurn(farm.sender, null);
    expect(held.filter(({ kind }) => kind === 'moved')).toMatchObject([
      { orderId: 'ord_3', data: { moved: ['par_3-1'], was: ['par_3-1='] } },
    ]);
    const history = await store.findHistory('peach', 'ord_3');
    expect(history.at(-1)).toMatchObject({ event: 'scheduled', who: 'system' });
    expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
  });

  test('catches up a changed policy whose moves were never made', async () => {
    await farm.placePaid('ord_1', { boxes: 3 });
    const policy = { ...farm.shop.policy, closedDates: [TUESDAY] };
    await store.putShop({ ...farm.shop, policy });
    await run('day-list', '2026-07-20T21:00:00Z');
    expect(await dateOf('ord_1')).toEqual(['scheduled', WEDNESDAY]);
  });
});

test('a look at slots that ran already commits nothing', async () => {
  const { store: own } = openWithConnection();
  await openFarm(own);
  const now = new Date('2026-07-21T12:00:00Z');
  const look = async () => {
    const ran = [];
    for (const job of JOBS.filter(({ scope }) => scope === 'store'))
      ran.push(...(await runJob(own, job, { now })).map((one) => one.ran));
    return ran;
  };
  expect(await look()).not.toContain(false);
  const { commits } = own.counts;
  expect(await look()).not.toContain(true);
  expect(own.counts.commits).toBe(commits);
  await own.close();
});

test('a newer payment takes no room that an older parcel without a date could take', async () => {
  for (const no of [1, 2, 3, 4]) await farm.place(`ord_${no}`, { boxes: no === 4 ? 1 : 3 });
  for (const no of [1, 2, 3]) await farm.pay(`ord_${no}`);
  await farm.cancel('ord_2');
  await farm.pay('ord_4');
  expect(await dateOf('ord_4')).toEqual(['waiting', null]);
  const { answer } = await store.submit(ordering.scheduleWaiting(farm.asked('system')));
  expect(answer.moved).toEqual([{ parcel: 'par_3-1', order: 'ord_3', from: null, to: WEDNESDAY }]);
});

test('a backup is made once a night, of what is on disk', async () => {
  expect(await run('backup', '2026-07-20T19:00:00Z')).toEqual([{ skipped: 'nothing is on disk' }]);
  const { open, path } = fileForTest();
  const onDisk = open();
  await openFarm(onDisk);
  const job = JOBS.find((one) => one.name === 'backup');
  if (job === undefined) throw new Error('no job');
  // Half past three in Seoul is the moment from which the night's copy is due.
  for (const at of ['2026-07-20T18:29:00Z', '2026-07-20T18:30:00Z', '2026-07-21T18:00:00Z'])
    await runJob(onDisk, job, { now: new Date(at) });
  expect(readdirSync(join(dirname(path), 'backups'))).toEqual([
    'sanji-20260720T182900Z.db',
    'sanji-20260720T183000Z.db',
  ]);
  await onDisk.close();
});

test('who asked to be erased is erased once his last order has ended', async () => {
  await farm.place('ord_1');
  await store.forgetPerson(farm.buyerId, farm.asked().now);
  expect(await run('purge', '2026-07-20T04:00:00Z')).toEqual([
    { erased: 0, links: 0, questions: 0 },
  ]);
  await farm.cancel('ord_1');
  expect(await run('purge', '2026-07-20T05:00:00Z')).toEqual([
    { erased: 1, links: 0, questions: 0 },
  ]);
  expect((await store.findTurn(farm.sender, null)).isNew).toBe(true);
});
