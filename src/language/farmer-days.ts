// Days a farmer opens or closes: "40", "오늘 30 내일 20", "8/1~8/5 30상자", "내일 비와서 쉼".

import { OTHER, type Said } from './farmer-said.ts';
import type { FarmerReading } from './reading.ts';
import { addDays } from './when.ts';

/** So many days are set by one word. */
export const DAYS_MAX = 62;
const BARE_MAX = 99_999;
const UNKNOWN_WORDS_MAX = 4;

export function readClosedDays(said: Said): readonly FarmerReading[] | null {
  // "내일 상자 없어요"
  const nothing = said.has('none') && said.has('boxes') && said.dates.length > 0;
  if (!said.has('off') && !closes(said) && !(nothing && said.count('unknown') === 0)) return null;
  // "마이 못 따서 여덟 상자만" opens the day for so many.
  if (said.count('boxes') > 0 && said.has('only', 'but', 'can', 'plan')) return null;
  if (said.pointed.some((one) => one.kind !== 'recipient')) return OTHER;
  const counted = said.spans.length + said.count('boxes') + said.count('digits');
  if (counted > 0) return closedBesideCaps(said) ?? OTHER;
  if (said.has('did', 'sent', 'every', 'elsewhere') || said.tokens.some(isReported)) return OTHER;
  if (said.has('order') && !closes(said)) return OTHER;
  if (said.has('pause') && !closes(said)) return OTHER;
  const days = daysMeant(said.tokens, said.today);
  const unclear = said.count('unknown') > UNKNOWN_WORDS_MAX || hasNegation(said);
  if (!days || days.length === 0 || unclear) return OTHER;
  // "어제 쉬었어요" tells; "7/1 휴무" asks for what is past, and hears so.
  if (days.some((day) => day < said.today) && said.tokens.some(isPast)) return OTHER;
  return days.map((date) => ({ kind: 'close', date }));
}

/** "나머지는 다 쌌습니다 내일은 쉴게요": a report beside the day off must not be lost. */
const isReported = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' && /^(?:pack|harvest)$/.test(token.word) && /[쌌땄캤]$/.test(token.text);

/** "금요일은 막아줘", "토요일은 닫아요": a day that is still to come, and not the shop. */
export function closes(said: Said): boolean {
  const isShut = said.tokens.some(
    (token) =>
      token.kind === 'word' &&
      token.word === 'pause' &&
      /^(?:[막닫]|[안못] ?받|[받넣잡]지)/.test(token.text),
  );
  const isOfNoCount = said.numbers.length + said.spans.length === 0;
  return (
    isShut && isOfNoCount && said.dates.length > 0 && said.dates.every((date) => date > said.today)
  );
}

/** "내일 40 모레 30 금요일 쉼": each count, and the rest, with the days in front of it. */
function closedBesideCaps(said: Said): FarmerReading[] | null {
  const unread = said.count('unknown') + said.count('digits') + said.count('rows');
  if (unread > 0 || isReportOrTalk(said, true, true)) return null;
  const readings: FarmerReading[] = [];
  let from = 0;
  for (const [i, token] of said.tokens.entries()) {
    const isOff = token.kind === 'word' && token.word === 'off';
    const boxes = isOff ? 0 : boxCount(token);
    if (boxes === null) continue;
    const before = said.tokens.slice(from, i);
    const days = daysMeant(before, said.today) ?? [];
    if (days.length === 0 || (days.length > 1 && !isOff && !isSpan(before))) return null;
    for (const date of days)
      readings.push(isOff ? { kind: 'close', date } : { kind: 'cap', date, boxes });
    from = i + 1;
  }
  const isLeft = said.tokens.slice(from).some(({ kind }) => kind === 'date');
  return isLeft || readings.length > DAYS_MAX ? null : readings;
}

/** "안 쉬어요": the negation of a word that is none itself. */
const hasNegation = (said: Said): boolean => said.has('not');

/**
 * Every count needs its day in front; one count without any day is `date: null`. More than the
 * known words are allowed only where a box word and a word like 만, 가능 leave no doubt.
 */
export function readCaps(said: Said): readonly FarmerReading[] | null {
  if (said.dates.length === 0 && said.tokens.some(isPerDay)) return OTHER;
  if (said.count('rows') > 0 || said.count('digits') > 0) return null;
  const boxed = said.count('boxes') > 0;
  if (!boxed && said.numbers.length === 0 && said.count('money') === 0) return null;
  const meant = said.has('can', 'only', 'but', 'plan', 'sending', 'boxes');
  if (isReportOrTalk(said, boxed, meant)) return boxed ? OTHER : null;
  return said.count('unknown') > unknownAllowed(said, boxed) ? OTHER : (caps(said) ?? OTHER);
}

/** "오늘 5상자 더": room on top of the day's cap. */
export function readMore(said: Said): readonly FarmerReading[] | null {
  if (!said.tokens.some(isMore) || said.count('boxes') !== 1) return null;
  return said.tokens.some(isLess) || isNoMore(said) ? OTHER : room(said, 'more');
}

/** "다섯 개만 더" is more, "더는 다섯 개만" is not. */
function isNoMore({ has, tokens }: Said): boolean {
  const only = tokens.findIndex((token) => token.kind === 'word' && token.word === 'only');
  const next = tokens[only + 1];
  // "25일 하루만 40개로" narrows the day.
  const isOfBoxes = only > tokens.findIndex(({ kind }) => kind === 'boxes');
  return has('cancel') || (isOfBoxes && (next === undefined || !isMore(next)));
}

/** "오늘 10상자 줄여줘": boxes off the day's cap. */
export function readLess(said: Said): readonly FarmerReading[] | null {
  if (!said.tokens.some(isLess) || said.count('boxes') !== 1) return null;
  const cancels = said.tokens.filter((token) => token.kind === 'word' && token.word === 'cancel');
  return cancels.every(isLess) ? room(said, 'less') : OTHER;
}

const isMore = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' && token.word === 'more' && /^(?:더|추가|늘|more)/.test(token.text);

/** "10상자 빼줘" takes boxes off the day; with a row number it is one row's cancel. */
const isLess = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' &&
  ((token.word === 'more' && /^(?:덜|줄|낮)/.test(token.text)) ||
    (token.word === 'cancel' && token.text.startsWith('빼')));

/** "20상자로 줄여줘" is the day's number itself. */
function room(said: Said, kind: 'more' | 'less'): readonly FarmerReading[] {
  const [boxes = 0] = said.numbers;
  const days = daysMeant(said.tokens, said.today);
  // "오늘 내일 5상자 더": on each of them or together?
  const isEach = isSpan(said.tokens) || said.has('all') || said.tokens.some(isPerDay);
  if (days === null || (days.length > 1 && !isEach)) return OTHER;
  const unclear = said.numbers.length + said.spans.length !== 1 || boxes < 1;
  // A product's own cap is not set by word.
  const others = said.count('unknown') + said.count('product') + said.count('digits');
  if (unclear || others + said.count('money') > 0) return OTHER;
  if (said.has('did', 'sent', 'end', 'paid', 'came', 'not', 'none', 'every')) return OTHER;
  if (said.has('elsewhere', 'waybill', 'price', 'ship', 'pack', 'pause')) return OTHER;
  if (said.has('until') && days.length < 2) return OTHER;
  const next = said.tokens[said.tokens.findIndex((token) => token.kind === 'boxes') + 1];
  const isAbsolute = next?.kind === 'word' && next.word === 'to';
  const dates = days.length > 0 ? days : [null];
  return dates.map((date) => ({ kind: isAbsolute ? 'cap' : kind, date, boxes }));
}

/** "하루 30상자씩": a rule for every day, and no day's number. */
const isPerDay = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' && /^(?:하루|씩|각|각각)$/.test(token.text);

function unknownAllowed(said: Said, boxed: boolean): number {
  // "복숭아 3개 떨어졌어" tells what happened.
  const past = said.tokens.some((token) => token.kind === 'unknown' && PAST.test(token.text));
  if (!boxed || past) return 0;
  if (said.has('can', 'only', 'but', 'plan', 'sending')) return UNKNOWN_WORDS_MAX;
  return said.dates.length > 0 ? 1 : 0;
}

const isPast = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' && token.word === 'ending' && PAST.test(token.text);

const PAST = /[었았했였졌났렸겼갔]/;

function isReportOrTalk(said: Said, boxed: boolean, meant: boolean): boolean {
  if (said.has('sent', 'end', 'cancel', 'paid', 'more', 'every', 'elsewhere', 'ongoing'))
    return true;
  // "50박스까지 됨" is what can be done.
  if (said.has('did') && !(boxed && said.has('until'))) return true;
  // "24일 다시 열어요 20": a day opened with its number.
  const opens = said.dates.length === 1 && said.numbers.length === 1;
  if (said.has('resume') && !opens) return true;
  if (said.has('price', 'pause', 'soldOut', 'undo', 'waybill', 'show', 'list', 'came')) return true;
  // "20상자밖에 안 나와요" is a count all the same.
  if (said.has('not') && !said.has('but')) return true;
  if (said.has('none') && !meant) return true;
  const later = said.dates.some((date) => date > said.today);
  if (said.has('pack', 'ship')) return !meant && !later;
  return said.has('harvest') && !boxed && !meant && !later;
}

function caps(said: Said): FarmerReading[] | null {
  const readings: FarmerReading[] = [];
  const isEach = said.has('all') || said.tokens.some(isPerDay);
  let from = 0;
  for (const [i, token] of said.tokens.entries()) {
    const boxes = boxCount(token);
    if (boxes === null) continue;
    const before = said.tokens.slice(from, i);
    const days = daysMeant(before, said.today);
    from = i + 1;
    const bare = token.kind === 'number';
    if (days === null || (bare && boxes > BARE_MAX)) return null;
    if (days.length === 0) {
      const until = isUntil(said.tokens[i + 1]);
      // A second count without a day, or "12까지", which may be a row as well as a count.
      if (said.dates.length > 0 || readings.length > 0 || (bare && until))
        return trailing(said, boxes);
      readings.push({ kind: 'cap', date: null, boxes });
    }
    // "오늘 내일 20": for each of them or together?
    if (days.length > 1 && !isSpan(before) && !isEach) return null;
    for (const date of days) readings.push({ kind: 'cap', date, boxes });
  }
  return readings.length <= DAYS_MAX ? readings : null;
}

/** "20상자 내일": one count, and its day behind it. */
function trailing(said: Said, boxes: number): FarmerReading[] | null {
  const [date] = said.dates;
  const one =
    said.dates.length === 1 && said.tokens.filter((t) => boxCount(t) !== null).length === 1;
  return one && date ? [{ kind: 'cap', date, boxes }] : null;
}

function boxCount(token: Said['tokens'][number]): number | null {
  if (token.kind === 'boxes' || token.kind === 'number') return token.value;
  return token.kind === 'money' ? token.perhapsOnly : null;
}

const isUntil = (token: Said['tokens'][number] | undefined): boolean =>
  token?.kind === 'word' && token.word === 'until';
const isFrom = (token: Said['tokens'][number] | undefined): boolean =>
  (token?.kind === 'word' && token.word === 'from') ||
  (token?.kind === 'sign' && token.sign === '~');
const isSpan = (tokens: Said['tokens']): boolean => tokens.some(isUntil) || tokens.some(isFrom);

/**
 * The days named: each by itself, "8/1~8/5" and "8/1부터 8/5까지" every day between, "토요일까지"
 * from today on. Null when the end is open ("내일부터") or too far away.
 */
function daysMeant(tokens: Said['tokens'], today: string): string[] | null {
  const days: string[] = [];
  let start: string | null = null;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'date') continue;
    const next = tokens[i + 1];
    if (start === null && isFrom(next)) start = token.date;
    else if (start !== null || isUntil(next)) {
      const span = daysFrom(start ?? today, endOf(token, start ?? today));
      if (span === null) return null;
      days.push(...span);
      start = null;
    } else days.push(token.date);
  }
  const distinct = [...new Set(days)];
  return start !== null || distinct.length > DAYS_MAX ? null : distinct;
}

/** "다음주 수요일부터 금요일까지" ends on the Friday behind it. */
function endOf({ date, weekday }: DateToken, start: string): string {
  const isNamedByWeekday = weekday !== undefined;
  let end = date;
  while (isNamedByWeekday && end < start) end = addDays(end, 7);
  return end;
}

type DateToken = Extract<Said['tokens'][number], { kind: 'date' }>;

function daysFrom(first: string, last: string): string[] | null {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (days.length === DAYS_MAX) return null;
    days.push(day);
  }
  return days.length > 0 ? days : null;
}
