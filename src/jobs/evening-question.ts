// Asks the farmer in the evening how many boxes the next open day can send.
import { askEvening } from '../orders/ordering.ts';
import type { Job } from './schedule.ts';
import { lateMs, newestDate } from './slots.ts';

/** Caught up later than this it would wake the farmer, or ask when the day has begun. */
const LATE_MS_MAX = 2 * 3_600_000;

export const eveningQuestion: Job = {
  name: 'evening-question',
  scope: 'store',
  slotOf: (shop, now) => newestDate(shop, now, shop.policy.askAt),
  async run({ store, shop, slot, now }) {
    const due = { date: slot, time: shop.policy.askAt };
    if (lateMs(shop, due, now) > LATE_MS_MAX) return { asked: null, late: true };
    const { answer } = await store.submit(askEvening({ shop, now, who: 'system' }));
    return { asked: answer.date };
  },
};
