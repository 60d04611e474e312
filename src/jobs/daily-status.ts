// In the evening: each buyer's news that were not told as they happened, and the day's end for the staff.
import { summarise, tellDaily } from '../orders/ordering.ts';
import type { Job } from './schedule.ts';
import { isTooLate, newestDate } from './slots.ts';

const AT_ONCE_MAX = 100;

export const dailyStatus: Job = {
  name: 'daily-status',
  scope: 'store',
  slotOf: (shop, now) => newestDate(shop, now, shop.policy.statusAt),
  async run({ store, shop, slot: date, now }) {
    // What is not told now is told the next evening.
    if (isTooLate(shop, { date, time: shop.policy.statusAt }, now)) return { late: true };
    const asked = { shop, now, who: 'system' } as const;
    const buyers = await store.findUntoldBuyers(shop.id);
    let told = 0;
    let failed = 0;
    for (let from = 0; from < buyers.length; from += AT_ONCE_MAX) {
      const some = buyers.slice(from, from + AT_ONCE_MAX);
      const ends = await Promise.allSettled(
        some.map((buyerId) => store.submit(tellDaily(asked, { buyerId, date }))),
      );
      for (const end of ends)
        if (end.status === 'rejected') failed += 1;
        else if (end.value.answer > 0) told += 1;
    }
    const left = await store.findDayEnd(shop.id, date);
    const isLeft = Object.values(left).some((count) => count > 0);
    const days = await store.findDays(shop.id, date);
    const isPromised = [...days.values()].some(({ reservedBoxes }) => reservedBoxes > 0);
    if (isLeft || isPromised) await store.submit(summarise(asked, date));
    return { told, failed, left };
  },
};
