// Reads what banks write about an account: SMS and app notices, as sent or as forwarded, one or several.
import { type BankTime, bankTime, readClock, readWon } from './bank-values.ts';
import { MOVES, NOTICE_BANKS, NOTICE_FORMS, type NoticeBank, SHORT_FORMS } from './notice-forms.ts';
import {
  BANK_NAMES,
  BANK_SIGN,
  END,
  FORWARDED,
  LIKE_NOTICE,
  NOISE,
  SPOKEN,
  VALUES,
} from './notice-words.ts';

export type Notice =
  | {
      readonly kind: 'deposit' | 'withdrawal';
      readonly bank: NoticeBank;
      /** Null: the text has no time, it is the one of its arrival. */
      readonly at: string | null;
      readonly precision: BankTime['precision'];
      /** Null: the text does not say who. */
      readonly name: string | null;
      readonly amountKrw: number;
      readonly balanceKrw: number | null;
      /** The account as shown, mostly hidden. */
      readonly account: string | null;
      /** How it came, in the bank's words (FBS입금). */
      readonly memo: string | null;
    }
  /** For the seller to look at. */
  | { readonly kind: 'unknown'; readonly text: string };

/** Longer pastes are no notices; what is behind is handed on unread. */
export const NOTICE_CHARS_MAX = 4_000;
const NOTICES_MAX = 50;

/** All notices in the text, in order. What is neither a notice nor a word without figures is `unknown`. */
export function readNotices(text: string, receivedAt: Date): readonly Notice[] {
  const clean = plain(text);
  const found: Notice[] = [];
  let unread = '';
  let at = 0;
  while (at < clean.length && found.length < NOTICES_MAX) {
    const left = clean.slice(at);
    const read = noticeIn(left, receivedAt);
    if (read === null) {
      const [word = left] = /^\s*\[?[^\s[]*/.exec(left) ?? [];
      unread += word === '' ? left : word;
      at += word === '' ? left.length : word.length;
      continue;
    }
    found.push(...remark(unread), read.notice);
    unread = '';
    at += read.length;
  }
  const rest = unread + clean.slice(at) + text.slice(NOTICE_CHARS_MAX);
  if (found.length === 0) return [{ kind: 'unknown', text: text.trim() }];
  return [...found, ...remark(rest)];
}

function plain(text: string): string {
  return text
    .slice(0, NOTICE_CHARS_MAX)
    .normalize('NFKC')
    .replace(/\r\n?/g, '\n')
    .replace(FORWARDED, '\n')
    .replace(NOISE, '\n');
}

/** Words beside a notice matter only where they hold figures: perhaps another notice. */
function remark(text: string): Notice[] {
  return /\d/.test(text) ? [{ kind: 'unknown', text: text.trim() }] : [];
}

type Form = { readonly bank: NoticeBank | null; readonly pattern: RegExp };

const FORMS: readonly Form[] = [
  ...NOTICE_FORMS.map(({ bank, form }) => ({
    bank,
    pattern: compiled(form, NOTICE_BANKS[bank].join('|')),
  })),
  ...SHORT_FORMS.map((form) => ({ bank: null, pattern: compiled(form, BANK_NAMES) })),
];

/** A form as a pattern: any space may be none, several, or a line break. */
function compiled(form: string, banks: string): RegExp {
  const seen = new Set<string>();
  const source = form.replace(/\{(\w+)\}|[<>]|\s+|[^{}<>\s]/g, (piece, value?: string) => {
    if (value !== undefined) {
      const pattern = value === 'bank' ? `\\[?(?<bank>${banks})\\]?[,\\s]*` : VALUES[value];
      if (pattern === undefined) throw new Error(`no value ${value} in the form ${form}`);
      // A group has its name once: a second value of the kind is not kept.
      const isAgain = seen.has(value);
      seen.add(value);
      return `\\s*${isAgain ? pattern.replace(/\(\?<\w+>/, '(?:') : pattern}\\s*`;
    }
    if (piece === '<') return '(?:';
    if (piece === '>') return ')?';
    return /\s/.test(piece) ? '\\s*' : piece.replace(/[.*+?^${}()|[\]\\]/, '\\$&');
  });
  return new RegExp(`^\\s*${source}${END}`, 'u');
}

/** The notice with which this text begins, and how many characters it takes. */
function noticeIn(
  text: string,
  receivedAt: Date,
): { readonly notice: Notice; readonly length: number } | null {
  for (const { bank, pattern } of FORMS) {
    const found = pattern.exec(text);
    if (found?.groups === undefined) continue;
    if (isChat(found[0], found.groups.name)) continue;
    const sender = bank ?? bankCalled(found.groups.bank ?? '');
    const notice = sender === null ? null : noticeOf(sender, found.groups, receivedAt);
    if (notice !== null) return { notice, length: found[0].length };
  }
  return null;
}

/** People begin with 우리, 하나 and 부산 as well: their words end like speech, or hold none of a bank's signs. */
function isChat(words: string, name = ''): boolean {
  return SPOKEN.test(name.trim()) || !BANK_SIGN.test(words);
}

function bankCalled(name: string): NoticeBank | null {
  const banks = Object.keys(NOTICE_BANKS) as NoticeBank[];
  return banks.find((bank) => NOTICE_BANKS[bank].some((one) => one === name)) ?? null;
}

type Said = Readonly<Record<string, string | undefined>>;

/** Null where a value is none: the text is shown to the seller then. */
function noticeOf(bank: NoticeBank, said: Said, receivedAt: Date): Notice | null {
  const amountKrw = readWon(said.amount ?? '');
  const balance = said.balance?.includes('*') ? null : readWon(said.balance ?? '');
  if (typeof amountKrw !== 'number' || amountKrw <= 0) return null;
  const time = timeOf(said, receivedAt);
  if (time === null) return null;
  const move = said.move === undefined ? 'in' : MOVES[said.move as keyof typeof MOVES];
  return {
    kind: move === 'in' ? 'deposit' : 'withdrawal',
    bank,
    ...time,
    name: said.name?.trim() || null,
    amountKrw,
    balanceKrw: typeof balance === 'number' && said.balance !== undefined ? balance : null,
    account: said.account ?? said.tail ?? null,
    memo: said.move === undefined ? null : `${said.way?.trim() ?? ''}${said.move}`,
  };
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const KOREA_AHEAD_MS = 9 * 60 * MINUTE_MS;
/** Clocks of phones go a little wrong: a text is not from tomorrow for that. */
const AHEAD_MAX_MS = 10 * MINUTE_MS;

/** The last time it was this day and hour in Korea before the text arrived. */
function timeOf(
  { date, time }: Said,
  receivedAt: Date,
): { readonly at: string | null; readonly precision: BankTime['precision'] } | null {
  if (date === undefined && time === undefined) return { at: null, precision: 'minute' };
  const clock = readClock(time ?? '');
  if (clock === null) return null;
  const latest = receivedAt.getTime() + AHEAD_MAX_MS;
  for (const day of daysFor(date, receivedAt)) {
    const found = bankTime(day, clock);
    if (found !== null && Date.parse(found.at) <= latest) return found;
  }
  return null;
}

/** The days that may be meant, the latest first. */
function daysFor(date: string | undefined, receivedAt: Date): readonly string[] {
  const today = new Date(receivedAt.getTime() + KOREA_AHEAD_MS);
  if (date === undefined)
    return [today, new Date(today.getTime() - DAY_MS)].map((day) => day.toISOString().slice(0, 10));
  const parts = date.split(/[./-]/);
  const [day = '', month = '', year] = parts.toReversed();
  const monthAndDay = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const thisYear = today.getUTCFullYear();
  const years = year === undefined ? [thisYear + 1, thisYear, thisYear - 1] : [Number(year)];
  return years.map((one) => `${one}-${monthAndDay}`);
}

/** Whether a text is a bank's by its look, though it may be one that nobody can read. */
export function looksLikeNotice(text: string): boolean {
  return LIKE_NOTICE.test(text) && /\d{3}/.test(text);
}
