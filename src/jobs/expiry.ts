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
    for (let batch = 0; batch < BATCHES_MAX; batch++) {
      const due = await store.findExpired(now, BATCH_MAX);
      const ends = await Promise.all(
        due.map(async ({ storeId, orderId }) => {
          const shop = await store.findShop(storeId);
          if (shop === null) return false;
          const { answer } = await store.submit(expire({ shop, now, who: 'system' }, orderId));
          return answer.expired;
        }),
      );
      expired += ends.filter(Boolean).length;
      // The same rows again would mean that nothing moves any more.
      if (due.length < BATCH_MAX || !ends.some(Boolean)) break;
    }
    return { expired };
  },
};
