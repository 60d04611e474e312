// Asks the farmer in the evening how many boxes the next open day can send.
import { askEvening } from '../orders/ordering.ts';
import type { Job } from './schedule.ts';
import { isTooLate, newestDate } from './slots.ts';

export const eveningQuestion: Job = {
  name: 'evening-question',
  scope: 'store',
  slotOf: (shop, now) => newestDate(shop, now, shop.policy.askAt),
  async run({ store, shop, slot, now }) {
    const due = { date: slot, time: shop.policy.askAt };
    if (isTooLate(shop, due, now)) return { asked: null, late: true };
    const { answer } = await store.submit(askEvening({ shop, now, who: 'system' }));
    return { asked: answer.date };
  },
};
