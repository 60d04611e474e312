// One server per database: takes the lease, says again and again that it lives, and gives it back.
import type { Store } from '../orders/store.ts';

/** A third of the time after which a silent server counts as dead. */
const BEAT_MS = 5000;

export type Heart = { readonly stop: () => Promise<void> };

/** Throws who has the lease when another server lives. `onLost`: another took over meanwhile. */
export async function startHeart(options: {
  readonly store: Store;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly onLost: () => void;
}): Promise<Heart> {
  const { store, now, log, onLost } = options;
  const lease = await store.acquireLease(now());

  async function beat(): Promise<void> {
    try {
      if (await lease.renew(now())) return;
      clearInterval(timer);
      log('lease.lost', {});
      onLost();
    } catch (error) {
      // A locked file or a full disk: the next beat tries again.
      log('lease.late', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  const timer = setInterval(() => void beat(), BEAT_MS);
  return {
    async stop() {
      clearInterval(timer);
      await lease.release();
    },
  };
}
