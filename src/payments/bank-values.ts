// Amounts and times as Korean banks write them.

const WON_MAX = 100_000_000_000;
/** CP949 shows the won sign as a backslash. */
const WON_SIGNS = /(?:krw|원정|원|₩|￦|\\)/gi;
const MINUS = /^(?:[-−–△▲▽▼]|\()/u;

export type ReadWon = number | 'fraction' | 'unreadable';

/** Whole won, negative with a minus, triangle or brackets; an empty cell or a dash is 0. */
export function readWon(text: string): ReadWon {
  const bare = text.normalize('NFKC').replace(WON_SIGNS, '').replace(/\s/g, '');
  if (bare === '' || /^[-−–]+$/u.test(bare)) return 0;
  const digits = bare.replace(MINUS, '').replace(/^\+/, '').replace(/\)$/, '');
  if (!/^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/.test(digits)) return 'unreadable';
  const value = Number(digits.replaceAll(',', ''));
  if (!Number.isInteger(value)) return 'fraction';
  if (value > WON_MAX) return 'unreadable';
  return value === 0 ? 0 : MINUS.test(bare) ? -value : value;
}

export type BankTime = {
  readonly at: string;
  readonly precision: 'second' | 'minute' | 'day';
};

const DATE =
  /^\D?(\d{4}|\d{2})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*(?:일|\.)?\s*(?:\([^)]*\))?/u;
const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})(?!\d{1,3}(?:\D|$))/;
const TIME = /^(오전|오후|am|pm)?\s*(\d{1,2})(?::|시\s*)(\d{2})(?:(?::|분\s*)(\d{2}))?/iu;
const COMPACT_TIME = /^(\d{2})(\d{2})(\d{2})?$/;
const KOREA = '+09:00';

/** The instant of a date and, in the same cell or the next, a time of day; null where it is none. */
export function readBankTime(date: string, time = ''): BankTime | null {
  const text = date.normalize('NFKC').trim();
  const found = DATE.exec(text) ?? COMPACT_DATE.exec(text);
  if (found === null) return null;
  const [whole, year = '', month = '', day = ''] = found;
  const rest = text.slice(whole.length).replace(/^[\sT,]+/, '');
  const clock = readClock(rest === '' ? time.normalize('NFKC').trim() : rest);
  if (clock === null) return null;
  const years = year.length === 2 ? `20${year}` : year;
  return bankTime(`${years}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, clock);
}

/** `2026-07-21` and a time of day, if both are real. */
export function bankTime(day: string, clock: Clock): BankTime | null {
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return null;
  const at = new Date(`${day}T${clock.time}${KOREA}`);
  return Number.isNaN(at.getTime()) ? null : { at: at.toISOString(), precision: clock.precision };
}

export type Clock = { readonly time: string; readonly precision: BankTime['precision'] };

/** A time of day as banks write it; nothing at all is a day without one. */
export function readClock(text: string): Clock | null {
  if (text === '') return { time: '00:00:00', precision: 'day' };
  const [, half = '', hours = '', minutes = '', seconds] =
    TIME.exec(text) ?? compactTime(text) ?? [];
  if (hours === '') return null;
  const isLate = /오후|pm/i.test(half);
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (isLate ? 12 : 0);
  const time = `${String(hour).padStart(2, '0')}:${minutes}:${seconds ?? '00'}`;
  return { time, precision: seconds === undefined ? 'minute' : 'second' };
}

function compactTime(text: string): (string | undefined)[] | null {
  const found = COMPACT_TIME.exec(text);
  return found === null ? null : [found[0], '', found[1], found[2], found[3]];
}
