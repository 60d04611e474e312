// How numbers, dates and goods look in English text. No sentences here: those are in replies/.
import { addDays, localTime, weekdayOf } from '../orders/dates.ts';

const WEEKDAYS = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `45,000 won` */
export function won(amountKrw: number): string {
  return `${String(amountKrw).replace(/\B(?=(\d{3})+$)/g, ',')} won`;
}

/** `Tue, Jul 21` */
export function day(date: string): string {
  const [, month, dayOfMonth] = date.split('-');
  return `${WEEKDAYS[weekdayOf(date)]}, ${MONTHS[Number(month) - 1]} ${Number(dayOfMonth)}`;
}

/** `tomorrow (Tue, Jul 21)` */
export function namedDay(date: string, today: string): string {
  const name = date === today ? 'today' : date === addDays(today, 1) ? 'tomorrow' : null;
  return name === null ? day(date) : `${name} (${day(date)})`;
}

/** `Tue, Jul 21, 14:05` */
export function moment(at: string, timeZone: string): string {
  const local = localTime(new Date(at), timeZone);
  return `${day(local.date)}, ${local.time}`;
}

/** `1 box`, `3 boxes` */
export function boxes(count: number): string {
  return `${count} ${count === 1 ? 'box' : 'boxes'}`;
}

/** `복숭아 4kg × 2 boxes` for each item, joined. */
export function items(list: readonly { readonly name: string; readonly boxes: number }[]): string {
  return list.map((item) => `${item.name} × ${boxes(item.boxes)}`).join(', ');
}
