// The table of jobs and the one way they run: each slot once, however many processes look.
import { type Shop, STORE_STATES } from '../orders/shop.ts';
import type { Store } from '../orders/store.ts';
import { backup } from './backup.ts';
import { dailyStatus } from './daily-status.ts';
import { dayList } from './day-list.ts';
import { deadLetterAlarm } from './dead-letter-alarm.ts';
import { deliveryCheck } from './delivery-check.ts';
import { eveningQuestion } from './evening-question.ts';
import { expiry } from './expiry.ts';
import { purge } from './purge.ts';
import { refundReminders } from './refund-reminders.ts';
import { reminders } from './reminders.ts';

/** A runner that died is replaced after this time. */
const LEASE_MS = 5 * 60_000;
/** Jobs look at the clock this often; what was missed while the program was down is caught up. */
const EVERY_MINUTE = '* * * * *';

export type JobRun = {
  readonly store: Store;
  readonly shop: Shop;
  readonly slot: string;
  readonly now: Date;
};

export type Job = {
  readonly name: string;
  /** `store`: a slot per store; `all`: one for the installation. */
  readonly scope: 'store' | 'all';
  /** The newest slot that is due at `now`. */
  readonly slotOf: (shop: Shop, now: Date) => string;
  readonly run: (run: JobRun) => Promise<unknown>;
};

/** In this order: what has ended is not reminded of, and who found a date is not told of none. */
export const JOBS: readonly Job[] = [
  dayList,
  expiry,
  reminders,
  refundReminders,
  deliveryCheck,
  dailyStatus,
  eveningQuestion,
  purge,
  backup,
  deadLetterAlarm,
];

export type JobResult = {
  readonly job: string;
  readonly store: string;
  readonly slot: string;
  readonly ran: boolean;
  readonly result: unknown;
};

/** Runs one job for the slot due at `now`, for one store or all; a slot that ran is not run again. */
export async function runJob(
  store: Store,
  job: Job,
  { now, storeId }: { readonly now: Date; readonly storeId?: string },
): Promise<JobResult[]> {
  // Orders of an archived store still end; only its daily work is over.
  const states = job.scope === 'all' ? STORE_STATES : (['open', 'paused'] as const);
  const shops = await store.listShops({ states });
  const chosen = shops.filter(({ id }) => storeId === undefined || id === storeId);
  const targets = job.scope === 'all' ? chosen.slice(0, 1) : chosen;
  const results: JobResult[] = [];
  for (const shop of targets) results.push(await runSlot(store, job, { shop, now }));
  return results;
}

async function runSlot(
  store: Store,
  job: Job,
  { shop, now }: { shop: Shop; now: Date },
): Promise<JobResult> {
  const slot = job.slotOf(shop, now);
  const subject = { job: job.name, storeId: job.scope === 'all' ? '' : shop.id, slot };
  const named = { job: job.name, store: subject.storeId, slot };
  // Nearly every look finds the slot done. A read tells that; a claim would be a commit per store and job.
  if ((await store.findLastSlot(job.name, subject.storeId)) === slot)
    return { ...named, ran: false, result: null };
  if (!(await store.claimSlot(subject, { now, leaseMs: LEASE_MS })))
    return { ...named, ran: false, result: null };
  const result = await job.run({ store, shop, slot, now });
  await store.finishSlot(subject, result, now);
  return { ...named, ran: true, result };
}

export type Schedule = { readonly stop: () => Promise<void> };

/** Looks at every job each minute, and once at the start for what was missed. */
export async function startSchedule({
  store,
  now,
  log,
}: {
  readonly store: Store;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}): Promise<Schedule> {
  const { schedule } = await import('node-cron');
  let running: Promise<void> | null = null;

  async function runAll(): Promise<void> {
    for (const job of JOBS)
      try {
        for (const { ran, result, ...run } of await runJob(store, job, { now: now() }))
          if (ran && (job.scope === 'store' || hasFailures(result)))
            log('job.ran', { ...run, result });
      } catch (error) {
        // The slot stays claimed until its lease ends, then it is tried again.
        log('job.failed', {
          job: job.name,
          error: error instanceof Error ? error.name : 'unknown',
        });
      }
  }

  function look(): Promise<void> {
    running ??= runAll().finally(() => {
      running = null;
    });
    return running;
  }

  const task = schedule(EVERY_MINUTE, look, { noOverlap: true });
  void look();
  return {
    async stop() {
      await task.destroy();
      await running;
    },
  };
}

/** A job of every minute is worth a line only when something in it went wrong. */
function hasFailures(result: unknown): boolean {
  return (
    typeof result === 'object' && result !== null && 'failed' in result && Number(result.failed) > 0
  );
}
