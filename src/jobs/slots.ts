// Which slot of a day is due, and whether it is caught up too late to make sense.
import { addDays, instantAt, localTime } from '../orders/dates.ts';
import type { Shop } from '../orders/shop.ts';

/** The newest date on which the store's clock has passed `time` (`HH:MM`). */
export function newestDate(shop: Shop, now: Date, time: string): string {
  const local = localTime(now, shop.policy.timeZone);
  return local.time >= time ? local.date : addDays(local.date, -1);
}

/** How long ago the slot of `date` at `time` came due. */
export function lateMs(shop: Shop, { date, time }: { date: string; time: string }, now: Date) {
  return now.getTime() - instantAt(date, time, shop.policy.timeZone).getTime();
}
