// Calendar arithmetic. Instants are UTC `Date`s; business days are `YYYY-MM-DD` in a time zone.

const DAY_MS = 86_400_000;
/** The smallest step by which any country puts its clocks back or forward. */
const CLOCK_CHANGE_MS = 30 * 60_000;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export function addDays(date: string, days: number): string {
  // Every month has 28 days: most walks over dates need no Date, which costs a microsecond.
  const day = Number(date.slice(8)) + days;
  if (day >= 1 && day <= 28) return `${date.slice(0, 8)}${day < 10 ? '0' : ''}${day}`;
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` is after `from`. */
export function daysBetween(from: string, to: string): number {
  return from === to ? 0 : Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export function weekdayOf(date: string): Weekday {
  // The first day of all was a Thursday.
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS + 3;
  return WEEKDAYS[((day % 7) + 7) % 7] ?? 'mon';
}

/** The calendar date and the wall-clock time `HH:MM` of an instant in a time zone. */
export function localTime(at: Date, timeZone: string): { date: string; time: string } {
  const shifted = new Date(at.getTime() + offsetMs(at, timeZone)).toISOString();
  return { date: shifted.slice(0, 10), time: shifted.slice(11, 16) };
}

export function localDate(at: Date, timeZone: string): string {
  return localTime(at, timeZone).date;
}

/** The instant at which a wall clock in the zone shows `date` `time` (`HH:MM`). */
export function instantAt(date: string, time: string, timeZone: string): Date {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const guess = new Date(asUtc - offsetMs(new Date(asUtc), timeZone));
  return new Date(asUtc - offsetMs(guess, timeZone));
}

/**
 * When the quiet hours end in which an instant falls (wall clock of the zone), or null outside of them;
 * always later than `at`, also where clocks are put back or forward.
 */
export function quietEnd(
  at: Date,
  { from, to }: { readonly from: string; readonly to: string },
  timeZone: string,
): Date | null {
  const isOvernight = from > to;
  const isQuiet = (time: string) =>
    isOvernight ? time >= from || time < to : from <= time && time < to;
  const { date, time } = localTime(at, timeZone);
  if (!isQuiet(time)) return null;
  const end = instantAt(isOvernight && time >= from ? addDays(date, 1) : date, to, timeZone);
  // Where clocks change at night, the end may be a time that comes twice or not at all.
  while (end <= at || isQuiet(localTime(end, timeZone).time))
    end.setTime(end.getTime() + CLOCK_CHANGE_MS);
  return end;
}

/** When the quiet hours began in which an instant falls; outside of them, when they began last. */
export function quietStart(at: Date, { from }: { readonly from: string }, timeZone: string): Date {
  const { date, time } = localTime(at, timeZone);
  return instantAt(time >= from ? date : addDays(date, -1), from, timeZone);
}

/** ISO 8601 with the zone's offset, as interfaces show times: `2026-07-21T06:00:00+09:00`. */
export function isoWithOffset(at: Date, timeZone: string): string {
  const offset = offsetMs(at, timeZone);
  const minutes = Math.abs(offset) / 60_000;
  const sign = offset < 0 ? '-' : '+';
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const local = new Date(at.getTime() + offset).toISOString().slice(0, 19);
  return `${local}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

const SEOUL_OFFSET_MS = 9 * 3_600_000;
const SEOUL_FIXED_SINCE = Date.UTC(1989, 0, 1);

function offsetMs(at: Date, timeZone: string): number {
  // Korea has had no summer time since 1988, and Intl costs 20 times an addition on the hot path.
  if (timeZone === 'Asia/Seoul' && at.getTime() > SEOUL_FIXED_SINCE) return SEOUL_OFFSET_MS;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}
