// The loop of the outbox: takes what is due, person by person, and keeps several at work at once.
import type { OutboxRow } from '../orders/store.ts';
import { createWorker, LEASE_MS, nameOf, type WorkerOptions } from './deliver.ts';

/** Persons spoken to at once: a send that hangs holds up its own person only. */
const AT_ONCE_MAX = 16;
/** Rows written by other processes are found by looking; our own wake the worker at once. */
const POLL_MS = 1000;

export type DeliveryOptions = WorkerOptions;

export type Delivery = {
  /** Delivers all that is due now; answers how many rows came to an end or to a later time. */
  readonly run: () => Promise<number>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, log, now } = options;
  const worker = createWorker(options);
  let running: Promise<number> | null = null;
  let isStopping = false;
  let wake = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | null = null;

  async function drain(): Promise<number> {
    const atWork = new Set<Promise<void>>();
    let settled = 0;
    let broken: { readonly error: unknown } | null = null;
    const begin = (rows: readonly OutboxRow[]) => {
      const work = worker
        .deliver(rows)
        .then(
          (count) => {
            settled += count;
          },
          (error: unknown) => {
            broken ??= { error };
          },
        )
        .finally(() => atWork.delete(work));
      atWork.add(work);
    };
    const look = async (): Promise<boolean> => {
      const woken = wake.promise;
      const isOver = isStopping || broken !== null;
      const limit = isOver ? 0 : AT_ONCE_MAX - atWork.size;
      const rows =
        limit > 0 ? await store.claimOutbox({ now: now(), leaseMs: LEASE_MS, limit }) : [];
      for (const own of Map.groupBy(rows, ({ personId }) => personId).values()) begin(own);
      const isAlarmed = !isOver && (await worker.raiseAlarm(atWork.size === 0));
      if (rows.length > 0 || isAlarmed) return true;
      if (atWork.size === 0) return !isOver && woken !== wake.promise;
      await Promise.race([...atWork, woken]);
      return true;
    };
    try {
      while (await look());
    } finally {
      // Whatever ended it: what is under way is not left behind.
      await Promise.all(atWork);
    }
    // The rows stay claimed until their lease ends, then they are tried again.
    if (broken !== null) throw (broken as { readonly error: unknown }).error;
    return settled;
  }

  function run(): Promise<number> {
    const sleeping = wake;
    wake = Promise.withResolvers<void>();
    sleeping.resolve();
    running ??= drain().finally(() => {
      running = null;
    });
    return running;
  }

  function runSafely(): void {
    run().catch((error: unknown) => log('outbox.failed', { error: nameOf(error) }));
  }

  return {
    run,
    start() {
      store.onOutbox(() => {
        if (timer !== null) runSafely();
      });
      timer = setInterval(runSafely, POLL_MS);
      runSafely();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      isStopping = true;
      await running?.catch(() => undefined);
    },
  };
}
