// Ends unpaid orders whose time to pay is over.
import { expire } from '../orders/ordering.ts';
import { eachDueOrder } from './due-orders.ts';
import type { Job } from './schedule.ts';

export const expiry: Job = {
  name: 'expiry',
  scope: 'all',
  slotOf: (_shop, now) => now.toISOString().slice(0, 16),
  async run({ store, now }) {
    const find = (limit: number) => store.findExpired(now, limit);
    const { done: expired, failed } = await eachDueOrder({ store, now, find, command: expire });
    return { expired, failed };
  },
};
