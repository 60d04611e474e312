// A copy of the database each night, beside it.
import { addDays, localTime } from '../orders/dates.ts';
import type { Job } from './schedule.ts';

/** When the least is going on, and before the day lists of the morning. */
const AT = '03:30';

export const backup: Job = {
  name: 'backup',
  scope: 'all',
  slotOf(shop, now) {
    const { date, time } = localTime(now, shop.policy.timeZone);
    return time >= AT ? date : addDays(date, -1);
  },
  async run({ store, now }) {
    const made = await store.backup(null, now);
    return made === null ? { skipped: 'nothing is on disk' } : { bytes: made.bytes };
  },
};
