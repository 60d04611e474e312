// Reminds a buyer, once, of the account that the money he gets back waits for.
import { remindRefund } from '../orders/ordering.ts';
import { eachDueOrder } from './due-orders.ts';
import type { Job } from './schedule.ts';

/** Long enough for whoever answers by himself. */
const WAIT_MS = 24 * 3_600_000;

export const refundReminders: Job = {
  name: 'refund-reminders',
  scope: 'all',
  slotOf: (_shop, now) => now.toISOString().slice(0, 16),
  async run({ store, now }) {
    const before = new Date(now.getTime() - WAIT_MS);
    const find = (limit: number) => store.findRefundsToRemind(before, limit);
    const work = { store, now, find, command: remindRefund };
    const { done: reminded, failed } = await eachDueOrder(work);
    return { reminded, failed };
  },
};
