import { expect, test } from 'vitest';
import { JOBS, runJob } from '../../src/jobs/schedule.ts';
import { openPost } from '../support/post.ts';

test('what died before there was an admin is told within a minute of his coming', async () => {
  const post = await openPost(({ to }) =>
    to.startsWith('buyer') ? { kind: 'refused', reason: 'blocked' } : { kind: 'sent' },
  );
  const { farm, delivery, pass, now, store, textsTo } = post;
  await farm.placePaid('ord_1');
  await delivery.run();
  const job = JOBS.find(({ name }) => name === 'dead-letter-alarm');
  if (job === undefined) throw new Error('there is no such job');
  const run = async () => {
    pass(60_000);
    const [slot] = await runJob(store, job, { now: now() });
    await delivery.run();
    return slot?.result;
  };
  expect(await run()).toEqual({ told: 0 });
  await post.hireAdmin();
  expect(await run()).toEqual({ told: 1 });
  expect(await run()).toEqual({ told: 0 });
  expect(textsTo('admin-of-*')).toEqual([expect.stringContaining('전하지 못한 알림 1건')]);
});
