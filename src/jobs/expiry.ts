// Ends unpaid orders whose time to pay is over.
import { expire } from '../orders/ordering.ts';
import type { Job } from './schedule.ts';

const BATCH_MAX = 200;
const BATCHES_MAX = 50;

export const expiry: Job = {
  name: 'expiry',
  scope: 'all',
  slotOf: (_shop, now) => now.toISOString().slice(0, 16),
  async run({ store, now }) {
    let expired = 0;
    // What cannot be ended now is passed over and tried again in the next run.
    const stuck = new Set<string>();
    for (let batch = 0; batch < BATCHES_MAX; batch++) {
      const found = await store.findExpired(now, BATCH_MAX + stuck.size);
      const due = found.filter(({ orderId }) => !stuck.has(orderId));
      if (due.length === 0) break;
      const ends = await Promise.allSettled(
        due.map(async ({ storeId, orderId }) => {
          const shop = await store.findShop(storeId);
          if (shop === null) throw new Error(`order ${orderId} has no store`);
          return store.submit(expire({ shop, now, who: 'system' }, orderId));
        }),
      );
      for (const [index, end] of ends.entries())
        if (end.status === 'rejected') stuck.add(due[index]?.orderId ?? '');
        else if (end.value.answer.expired) expired += 1;
    }
    return { expired, failed: stuck.size };
  },
};
