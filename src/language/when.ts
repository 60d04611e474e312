// Days as people name them, resolved from the day of the message. A week runs Monday to Sunday.

import { matchesOf } from './matches.ts';

export type FoundDate = { readonly date: string; readonly start: number; readonly end: number };

const DAY_MS = 86_400_000;

/** A month and day without a year mean the coming one; this much back still means this year's. */
const PAST_DAYS_MAX = 150;

const DAY_WORDS: readonly (readonly [string, number])[] = [
  ['오늘', 0],
  ['금일', 0],
  ['내일모레', 2],
  ['내일 모레', 2],
  ['낼모레', 2],
  ['명일', 1],
  ['내일', 1],
  ['낼', 1],
  ['모레', 2],
  ['모래', 2],
  ['글피', 3],
  ['그저께', -2],
  ['그제', -2],
  ['엊그제', -2],
  ['어제', -1],
  ['어저께', -1],
  ['today', 0],
  ['tomorrow', 1],
  ['yesterday', -1],
];

const DAYS_AHEAD: readonly (readonly [string, number])[] = [
  ['하루', 1],
  ['이틀', 2],
  ['사흘', 3],
  ['나흘', 4],
  ['닷새', 5],
  ['엿새', 6],
  ['일주일', 7],
  ['한주', 7],
  ['열흘', 10],
  ['보름', 15],
];

const ENGLISH_MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const ENGLISH_MONTH = `(?:${ENGLISH_MONTHS.join('|')})`;

/** Counted in months from this one. */
const MONTH_WORDS: readonly (readonly [string, number])[] = [
  ['이번', 0],
  ['요번', 0],
  ['이', 0],
  ['금', 0],
  ['다음', 1],
  ['담', 1],
  ['내', 1],
];

/** "셋째 주 수요일" is the third of that weekday in the month. */
const NTH_WORDS: readonly (readonly [string, number])[] = [
  ['첫', 1],
  ['첫번', 1],
  ['둘', 2],
  ['두번', 2],
  ['셋', 3],
  ['세번', 3],
  ['넷', 4],
  ['네번', 4],
  ['마지막', -1],
];

const WEEKDAYS = '월화수목금토일';
const ENGLISH_WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Counted in weeks from this one; longest first, because the first fitting word is taken. */
const WEEK_WORDS: readonly (readonly [string, number])[] = [
  ['다다음', 2],
  ['담담', 2],
  ['다음', 1],
  ['담', 1],
  ['돌아오는', 0],
  ['이번', 0],
  ['요번', 0],
  ['금', 0],
  ['지난', -1],
  ['저번', -1],
];

const words = (table: readonly (readonly [string, number])[]): string =>
  table
    .map(([word]) => word)
    .sort((a, b) => b.length - a.length)
    .join('|');

/** One alternative per form; the named groups say which one was found. */
const DATE = new RegExp(
  [
    String.raw`(?<!\d)(?<y>20\d{2})\s?[-./년]\s?(?<m1>\d{1,2})\s?[-./월]\s?(?<d1>\d{1,2})(?!\d)(?:\s?일)?`,
    String.raw`(?<!\d)(?<m2>\d{1,2})\s?월\s?(?<d2>\d{1,2})\s?일`,
    String.raw`(?<!\d)(?<m6>\d{1,2})\s?월\s?(?:말일|마지막\s?날)`,
    String.raw`(?<![가-힣])(?:(?<month>${words(MONTH_WORDS)})\s?[달월]\s?)(?:(?<d7>\d{1,2})\s?일|(?<last>말일|마지막\s?날))`,
    String.raw`(?<![가-힣\d])(?:(?<m7>\d{1,2})\s?월|(?<month2>${words(MONTH_WORDS)})\s?달)\s?(?<nth>${words(NTH_WORDS)})\s?(?:째\s?)?주\s?(?<wd4>[${WEEKDAYS}])(?:요일|욜)`,
    String.raw`(?<![\d/.-])(?<m3>\d{1,2})/(?<d3>\d{1,2})(?![\d/])(?:\s?일(?![가-힣]))?`,
    String.raw`(?<![\d.])(?<m5>\d{1,2})\.\s?(?<d5>\d{1,2})(?=\.?\s?(?:\([${WEEKDAYS}]|에|일|날|까지|도착|수령|배송|발송|출하))`,
    String.raw`(?<!\d)(?<later>\d{1,2})\s?일\s?(?:뒤|후|있다가)`,
    String.raw`(?<![\d가-힣.])(?<d4>\d{1,2})\s?일(?=$|[^가-힣]|[에까부은날도로이자])`,
    String.raw`(?<![가-힣])(?<week>${words(WEEK_WORDS)})\s?주\s?(?<wd1>[${WEEKDAYS}])(?:요일|욜|(?=$|[^가-힣]|[에까은도쯤]))`,
    // "지난 금요일" is the last one there was, of this week or of the one before.
    `(?<![가-힣])(?:지난|저번) ?(?<wd5>[${WEEKDAYS}])(?:요일|욜)`,
    `(?<![가-힣])(?<wd2>[${WEEKDAYS}])(?:요일|욜)`,
    // These are days only by themselves: 모래우 and 명일안 are names.
    `(?<![가-힣])(?!(?:모래|명일|금일|낼)(?![에로나까부쯤은는도중발배출보받도주하랑거꺼]|모[레래]|이랑|오[전후])[가-힣])(?<word>${words(DAY_WORDS)})`,
    String.raw`(?<![가-힣])(?<ahead>${words(DAYS_AHEAD)})\s?(?:뒤|후|있다가|이따)`,
    String.raw`\b(?<em1>${ENGLISH_MONTH})[a-z]*\.? (?<ed1>\d{1,2})(?:st|nd|rd|th)?(?!\d)`,
    String.raw`(?<!\d)(?<ed2>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<em2>${ENGLISH_MONTH})[a-z]*\b`,
    String.raw`\b(?<next>next\s|this\s)?(?<wd3>mon|tue|wed|thu|fri|sat|sun)[a-z]*day\b`,
  ].join('|'),
  'giu',
);

/** Cheap, and true of every text with a date: most messages have none, but a telephone number. */
export const MAY_HOLD_DATE =
  /20\d{2}\s?-|\d\s?[년월일/.]\s?(?:\d|말|마|[^가-힣\d]|[에까부은날도로이자뒤후있]|$)|\d\s일|요일|욜|주\s?[월화수목금토일]|[루틀흘새름일주]\s?(?:뒤|후|있다|이따)|말일|마지막 ?날|[달월] ?\d|오늘|[금명]일|내일|낼|모[레래]|글피|그저?께|[그어]제|어저께|day|tomorrow|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/iu;

/** All days named in the text, in text order. */
export function findDates(text: string, today: string): FoundDate[] {
  const found: FoundDate[] = [];
  if (!MAY_HOLD_DATE.test(text)) return found;
  let last: Resolved | null = null;
  for (const match of matchesOf(text, DATE)) {
    const groups = match.groups ?? {};
    const date = resolve(groups, today);
    if (date === null) continue;
    const end = match.index + match[0].length;
    const named = { date, start: match.index, end, ofWeek: isOfWeek(groups) };
    if (last !== null && saysSameDay(text, last, named)) {
      const told: Resolved = last.ofWeek ? named : last;
      last = { date: told.date, start: last.start, end: withBracket(text, end), ofWeek: false };
      found.pop();
    } else {
      last = named;
    }
    found.push({ date: last.date, start: last.start, end: last.end });
  }
  return found;
}

type Resolved = FoundDate & { readonly ofWeek: boolean };

const isOfWeek = ({ wd1, wd2, wd3, wd4, wd5 }: Groups): boolean =>
  (wd1 ?? wd2 ?? wd3 ?? wd4 ?? wd5) !== undefined;

/** "8월 14일 금요일", "금요일(31일)": one day, and its number says which. */
function saysSameDay(text: string, first: Resolved, second: Resolved): boolean {
  if (first.ofWeek === second.ofWeek) return false;
  const between = text.slice(first.end, second.start);
  // Behind a comma another day may be listed.
  const agrees = weekday(first.date) === weekday(second.date);
  return /^ ?[([]? ?$/u.test(between) || (agrees && /^(?:,|이|은|는) ?$/u.test(between));
}

const withBracket = (text: string, end: number): number =>
  end + (/^ ?[)\]]/u.exec(text.slice(end, end + 2))?.[0].length ?? 0);

type Groups = Readonly<Record<string, string | undefined>>;

function resolve(groups: Groups, today: string): string | null {
  const { y, m1, d1, m2, d2, m3, d3, d4, m5, d5, later, week, wd1, wd2, word, next, wd3, ahead } =
    groups;
  const { m6, month: named, d7 } = groups;
  const { m7, month2, nth, wd4, wd5 } = groups;
  if (nth && wd4) return nthWeekday({ month: m7, named: month2, nth, day: wd4 }, today);
  if (m6) return lastDay(Number(m6), today);
  if (named) return inMonth(daysIn(MONTH_WORDS, named) ?? 0, d7, today);
  if (y && m1 && d1) return isoDate(Number(y), Number(m1), Number(d1));
  if (m2 && d2) return coming(Number(m2), Number(d2), today);
  if (m3 && d3) return coming(Number(m3), Number(d3), today);
  if (m5 && d5) return coming(Number(m5), Number(d5), today);
  if (later) return addDays(today, Number(later));
  if (ahead) return addDays(today, daysIn(DAYS_AHEAD, ahead) ?? 0);
  if (d4) return comingDay(Number(d4), today);
  if (week && wd1) return inWeek(weeksFrom(week), WEEKDAYS.indexOf(wd1), today);
  if (wd5) return comingWeekday(WEEKDAYS.indexOf(wd5), addDays(today, -7));
  if (wd2) return comingWeekday(WEEKDAYS.indexOf(wd2), today);
  const month = ENGLISH_MONTHS.indexOf((groups.em1 ?? groups.em2 ?? '').toLowerCase()) + 1;
  if (month > 0) return coming(month, Number(groups.ed1 ?? groups.ed2), today);
  if (wd3) {
    const day = ENGLISH_WEEKDAYS.indexOf(wd3.toLowerCase());
    if (next?.toLowerCase().startsWith('next')) return inWeek(1, day, today);
    return comingWeekday(day, today);
  }
  const days = daysIn(DAY_WORDS, word?.toLowerCase());
  return days === undefined ? null : addDays(today, days);
}

const daysIn = (
  table: readonly (readonly [string, number])[],
  word: string | undefined,
): number | undefined => table.find(([name]) => name === word)?.[1];

/** The last day of the coming month of that number. */
function lastDay(month: number, today: string): string | null {
  const year = Number(today.slice(0, 4)) + (month < Number(today.slice(5, 7)) ? 1 : 0);
  return month < 1 || month > 12 ? null : endOfMonth(year, month);
}

function inMonth(months: number, day: string | undefined, today: string): string | null {
  const ahead = Number(today.slice(5, 7)) - 1 + months;
  const year = Number(today.slice(0, 4)) + Math.floor(ahead / 12);
  const month = (ahead % 12) + 1;
  return day === undefined ? endOfMonth(year, month) : isoDate(year, month, Number(day));
}

const endOfMonth = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

type NthWeekday = {
  readonly month: string | undefined;
  readonly named: string | undefined;
  readonly nth: string;
  readonly day: string;
};

function nthWeekday({ month, named, nth, day }: NthWeekday, today: string): string | null {
  const first =
    month === undefined
      ? inMonth(daysIn(MONTH_WORDS, named) ?? 0, '1', today)
      : coming(Number(month), 1, today);
  if (first === null) return null;
  const turn = daysIn(NTH_WORDS, nth) ?? 1;
  if (turn > 0) return addDays(comingWeekday(WEEKDAYS.indexOf(day), first), (turn - 1) * 7);
  const last = endOfMonth(Number(first.slice(0, 4)), Number(first.slice(5, 7)));
  return comingWeekday(WEEKDAYS.indexOf(day), addDays(last, -6));
}

const weeksFrom = (word: string): number => WEEK_WORDS.find(([name]) => name === word)?.[1] ?? 0;

function inWeek(weeks: number, day: number, today: string): string {
  return addDays(today, weeks * 7 + day - weekday(today));
}

function comingWeekday(day: number, today: string): string {
  return addDays(today, (day - weekday(today) + 7) % 7);
}

/** 12/30 said in January is last December only where that is close by; else the coming one. */
function coming(month: number, day: number, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const date = isoDate(year, month, day);
  if (date === null) return null;
  const behindDays = (Date.parse(today) - Date.parse(date)) / DAY_MS;
  return behindDays > PAST_DAYS_MAX ? isoDate(year + 1, month, day) : date;
}

/** A bare "21일" is this month's, or the next month's when this one's has passed. */
function comingDay(day: number, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  if (day >= Number(today.slice(8, 10))) return isoDate(year, month, day);
  return month === 12 ? isoDate(year + 1, 1, day) : isoDate(year, month + 1, day);
}

function isoDate(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 = Monday. */
export function weekday(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}
