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
  /** False while another runs it, or after it broke until it is tried again. */
  readonly isDone: boolean;
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
    return { ...named, ran: false, isDone: true, result: null };
  if (!(await store.claimSlot(subject, { now, leaseMs: LEASE_MS })))
    return { ...named, ran: false, isDone: false, result: null };
  const result = await job.run({ store, shop, slot, now });
  await store.finishSlot(subject, result, now);
  return { ...named, ran: true, isDone: true, result };
}

/** How it stands with a job in this process, over all stores. */
export type JobStanding = {
  readonly name: string;
  readonly scope: Job['scope'];
  /** When it was last looked at to the end; null: not yet since the start. */
  readonly lookedAt: Date | null;
  /** The newest run of this process, with its slot. */
  readonly ran: { readonly at: Date; readonly slot: string } | null;
  /** Since when a slot is due that is not done; null when all are. */
  readonly dueSince: Date | null;
  /** What broke in the last look, by its name; a run that failed is tried again after its lease. */
  readonly failure: string | null;
};

export type Schedule = {
  readonly standings: () => readonly JobStanding[];
  readonly stop: () => Promise<void>;
};

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
  const standings = new Map(JOBS.map((job) => [job.name, newStanding(job)]));

  function stand(job: Job, change: (before: JobStanding) => Partial<JobStanding>): void {
    const before = standings.get(job.name) ?? newStanding(job);
    standings.set(job.name, { ...before, ...change(before) });
  }

  async function runAll(): Promise<void> {
    for (const job of JOBS) {
      const at = now();
      try {
        const runs = await runJob(store, job, { now: at });
        for (const { ran, result, isDone: _, ...run } of runs)
          if (ran && (job.scope === 'store' || hasFailures(result)))
            log('job.ran', { ...run, result });
        stand(job, (before) => standingAfter(before, runs, at));
      } catch (error) {
        // The slot stays claimed until its lease ends, then it is tried again.
        const failure = error instanceof Error ? error.name : 'unknown';
        log('job.failed', { job: job.name, error: failure });
        stand(job, ({ dueSince }) => ({ lookedAt: at, dueSince: dueSince ?? at, failure }));
      }
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
    standings: () => [...standings.values()],
    async stop() {
      await task.destroy();
      await running;
    },
  };
}

function newStanding({ name, scope }: Job): JobStanding {
  return { name, scope, lookedAt: null, ran: null, dueSince: null, failure: null };
}

function standingAfter(
  before: JobStanding,
  runs: readonly JobResult[],
  at: Date,
): Partial<JobStanding> {
  const newest = runs.findLast(({ ran }) => ran);
  const ran = newest === undefined ? before.ran : { at, slot: newest.slot };
  const isAllDone = runs.every(({ isDone }) => isDone);
  // While the slot that broke waits for its next try, it is still known what broke.
  const failure = runs.some(({ result }) => hasFailures(result))
    ? 'some'
    : isAllDone
      ? null
      : before.failure;
  return { lookedAt: at, ran, dueSince: isAllDone ? null : (before.dueSince ?? at), failure };
}

/** A job of every minute is worth a line only when something in it went wrong. */
function hasFailures(result: unknown): boolean {
  return (
    typeof result === 'object' && result !== null && 'failed' in result && Number(result.failed) > 0
  );
}
