// Freezes the day's list at `listAt` and sends it to the farmer.
import { addDays } from '../orders/dates.ts';
import { applyPolicy, freezeList, scheduleWaiting } from '../orders/ordering.ts';
import type { Job } from './schedule.ts';
import { newestDate } from './slots.ts';

/** How far back lists are caught up that no run froze in time. */
const CATCH_UP_DAYS = 14;

export const dayList: Job = {
  name: 'day-list',
  scope: 'store',
  slotOf: (shop, now) => newestDate(shop, now, shop.policy.listAt),
  async run({ store, shop, slot, now }) {
    const asked = { shop, now, who: 'system' } as const;
    // A change of the policy that was cut short, and those who found no date until now: before a list is out.
    await store.submit(applyPolicy(asked, null));
    const { answer: scheduled } = await store.submit(scheduleWaiting(asked));
    const days = await store.findDays(shop.id, addDays(slot, -CATCH_UP_DAYS));
    const waiting = [...days.values()].filter(
      ({ date, revision, reservedBoxes }) => date <= slot && revision === 0 && reservedBoxes > 0,
    );
    const lists = [];
    for (const { date } of waiting) {
      const { answer } = await store.submit(freezeList(asked, date));
      lists.push({ date, rows: answer.rows, boxes: answer.boxes });
    }
    return { lists, scheduled: scheduled.moved.length };
  },
};
