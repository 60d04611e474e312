import { JOBS, runJob } from '../src/app.ts';
import { type Row, row, UsageError } from './command.ts';
import { findShop } from './find.ts';
import { instant } from './readers.ts';

export const commands: readonly Row[] = [
  row({
    name: 'ls',
    about: 'list the jobs with the slot each store has come to',
    example: 'sanji cron ls',
    async run(cli) {
      const { store } = await cli.house();
      const shops = await store.listShops({ states: ['open', 'paused'] });
      const json = [];
      for (const { name, scope } of JOBS)
        for (const storeId of scope === 'all' ? [''] : shops.map(({ id }) => id))
          json.push({
            job: name,
            store: storeId,
            lastSlot: await store.findLastSlot(name, storeId),
          });
      return {
        json,
        lines: json.map(
          (one) => `${one.job}  ${one.store || 'all'}  ${one.lastSlot ?? 'never ran'}`,
        ),
      };
    },
  }),
  row<{ job: string; at?: string; store?: string }>({
    name: 'run',
    about: 'run a job for the slot that is due; a slot that ran is not run again',
    args: [['<job>', `the job: ${JOBS.map(({ name }) => name).join(', ')}`]],
    options: [
      ['--at <time>', 'the whole run takes this as now'],
      ['--store <id>', 'only for this store'],
    ],
    example: 'sanji cron run day-list --at 2026-07-21T06:00+09:00',
    async run(cli, { job: name, at, store: storeId }) {
      const job = JOBS.find((one) => one.name === name);
      if (job === undefined)
        throw new UsageError(
          `there is no job ${name}; there are ${JOBS.map((one) => one.name).join(', ')}`,
        );
      const now = at === undefined ? cli.now() : instant(at, cli.config().timeZone);
      const house = await cli.house();
      if (storeId !== undefined) await findShop(house, storeId);
      const ran = await runJob(house.store, job, { now, storeId });
      const runs = ran.map(({ isDone: _, ...run }) => run);
      const [only, another] = runs;
      const one = only && { job: only.job, slot: only.slot, ran: only.ran, result: only.result };
      return {
        json: one !== undefined && another === undefined ? one : runs,
        lines: runs.map(
          (run) =>
            `${run.job} ${run.store || 'all'} ${run.slot}: ${run.ran ? JSON.stringify(run.result) : 'had run already'}`,
        ),
      };
    },
  }),
];
