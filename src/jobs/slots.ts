// Which slot of a day is due, and whether it is caught up too late to make sense.
import { addDays, instantAt, localTime } from '../orders/dates.ts';
import type { Shop } from '../orders/shop.ts';

/** The newest date on which the store's clock has passed `time` (`HH:MM`). */
export function newestDate(shop: Shop, now: Date, time: string): string {
  const local = localTime(now, shop.policy.timeZone);
  return local.time >= time ? local.date : addDays(local.date, -1);
}

/** What belongs to the evening is not caught up at night. */
const LATE_MS_MAX = 2 * 3_600_000;

/** True when the evening of the slot is over. */
export function isTooLate(
  shop: Shop,
  { date, time }: { readonly date: string; readonly time: string },
  now: Date,
): boolean {
  return now.getTime() - instantAt(date, time, shop.policy.timeZone).getTime() > LATE_MS_MAX;
}
