// Reminds of orders that are still unpaid, each once, while there is time left to pay.
import { remind } from '../orders/ordering.ts';
import { eachDueOrder } from './due-orders.ts';
import type { Job } from './schedule.ts';

export const reminders: Job = {
  name: 'reminders',
  scope: 'all',
  slotOf: (_shop, now) => now.toISOString().slice(0, 16),
  async run({ store, now }) {
    const find = (limit: number) => store.findToRemind(now, limit);
    const { done: reminded, failed } = await eachDueOrder({ store, now, find, command: remind });
    return { reminded, failed };
  },
};
