// What only one process may do at a time, such as asking a platform for its news: whoever has the seat does
// it, and another takes over when he is gone.
import type { Seat, Store } from '../orders/store.ts';

const AGAIN_AFTER_MS = 5000;

export type KeptSeat = { readonly stop: () => Promise<void> };

/**
 * Waits for the seat of this name, then calls `sit`; calls `rise` before it is given up, and when it was
 * lost. Both may be called again and again, in turn.
 */
export function keepSeat(options: {
  readonly store: Pick<Store, 'takeSeat'>;
  readonly name: string;
  readonly sit: () => Promise<void>;
  readonly rise: () => Promise<void>;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly againAfterMs?: number;
}): KeptSeat {
  const { store, name, sit, rise, log, againAfterMs = AGAIN_AFTER_MS } = options;
  const stopping = Promise.withResolvers<void>();
  let isStopping = false;

  async function take(): Promise<Seat | null> {
    try {
      return await store.takeSeat(name);
    } catch (error) {
      log('seat.failed', { name, error: error instanceof Error ? error.name : typeof error });
      return null;
    }
  }

  async function keep(): Promise<void> {
    while (!isStopping) {
      const seat = await take();
      if (seat === null) await pauseUnless(stopping.promise, againAfterMs);
      else await sitOn(seat);
    }
  }

  async function sitOn(seat: Seat): Promise<void> {
    log('seat.taken', { name });
    await sit();
    await Promise.race([seat.lost, stopping.promise]);
    await rise();
    if (!isStopping) log('seat.lost', { name });
    await seat.leave();
  }

  const kept = keep();
  return {
    async stop() {
      isStopping = true;
      stopping.resolve();
      await kept;
    },
  };
}

async function pauseUnless(over: Promise<void>, ms: number): Promise<void> {
  const pause = Promise.withResolvers<void>();
  const timer = setTimeout(pause.resolve, ms);
  await Promise.race([pause.promise, over]);
  clearTimeout(timer);
}
