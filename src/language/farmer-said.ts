// One clause of a farmer, looked at from all sides once, for the rules to ask.

import type { Clause } from './farmer-clauses.ts';
import { withNamesReached, withNumberedNames, withoutStepsReached } from './farmer-names.ts';
import type { FarmerToken } from './farmer-tokens.ts';
import type { FarmerWord } from './farmer-words.ts';
import type { FarmerReading, Pointed, RowSaid } from './reading.ts';
import type { RowSpan } from './rows.ts';
import { addDays } from './when.ts';

/** A day this far ahead cannot be one whose list is reported on: "12/30" said in January. */
const HALF_YEAR_DAYS = 180;

/** About something the rule knows, but not to be taken. */
export const OTHER: readonly FarmerReading[] = [{ kind: 'other' }];

export type Said = {
  readonly tokens: readonly FarmerToken[];
  readonly carrier: string | null;
  readonly today: string;
  readonly words: ReadonlySet<FarmerWord>;
  readonly has: (...words: readonly FarmerWord[]) => boolean;
  readonly count: (kind: FarmerToken['kind']) => number;
  /** Rows as numbered; bare figures only where there is nothing else they could count. */
  readonly spans: readonly RowSpan[];
  /** Rows said by their place or their recipient. */
  readonly pointed: readonly Pointed[];
  /** Rows left out of the others: "7번은 빼고". */
  readonly left: readonly RowSpan[];
  readonly leftPointed: readonly Pointed[];
  /** Words nobody knows, each perhaps a recipient's name. */
  readonly strange: readonly string[];
  /** What grows, as it was called. */
  readonly products: readonly string[];
  readonly dates: readonly string[];
  /** Of them those that may name a list: "어제꺼 3번 오늘 도착" names one. */
  readonly listDates: readonly string[];
  /** Rows that the message named before, where the rest or those from one on are spoken of. */
  readonly earlier: readonly RowSaid[];
  /** The day named, else the one an earlier report of the message named; null is the newest. */
  readonly list: string | null;
  readonly numbers: readonly number[];
  /** Said as a question or a condition. */
  readonly isDoubtful: boolean;
  /** Nothing in it looks like a command. */
  readonly isChatter: boolean;
};

/** "태풍 온다니", "제사라", "장날이라": why, which a day does not need. */
const REASON = /(?:[아어려쳐워해러]서|이?라서?|니까|다니|때문에|땜에|탓에|길래|느라)$/;

/** Words nobody knows that only give a reason, with those right before them. */
function reasonsIn(tokens: readonly FarmerToken[]): number {
  let reasons = 0;
  let run = 0;
  for (const token of tokens) {
    if (token.kind === 'unknown') {
      run += 1;
      if (!REASON.test(token.text)) continue;
      reasons += run;
      run = 0;
    } else if (token.kind !== 'word' || !BETWEEN_REASONS.includes(token.word)) run = 0;
  }
  return reasons;
}
const BETWEEN_REASONS: readonly FarmerWord[] = ['filler', 'ending'];

/** "창고에", "물러서", "주소확인중이라": where and why, and nobody's name. */
const ADVERBIAL = /(?:에|에서|에다|으로|[아어러워해]서|이라서?|니까|느라|때문에)$/;

const COMMAND_WORDS: readonly FarmerWord[] = [
  'harvest',
  'pack',
  'ship',
  'sent',
  'delivered',
  'waybill',
  'paid',
];

export type Earlier = {
  /** The day that an earlier report of the message named: it holds for rows named after it. */
  readonly list: string | null;
  /** The rows that the message named so far. */
  readonly rows: () => readonly RowSaid[];
};

export function said(clause: Clause, earlier: Earlier, today: string): Said {
  const { carrier } = clause;
  const tokens = clause.tokens.some(({ kind }) => kind === 'waybill' || kind === 'odd')
    ? clause.tokens
    : withNamesReached(withNumberedNames(withoutStepsReached(clause.tokens)));
  const words = new Set<FarmerWord>();
  const counts = new Map<FarmerToken['kind'], number>();
  const rows: RowSpan[] = [];
  const dates: string[] = [];
  const numbers: number[] = [];
  const leftOut = tokensLeftOut(tokens);
  let isQuestion = false;
  for (const token of tokens) {
    counts.set(token.kind, (counts.get(token.kind) ?? 0) + 1);
    if (token.kind === 'word') words.add(token.word);
    else if (token.kind === 'rows') rows.push(token);
    else if (token.kind === 'date') dates.push(token.date);
    else if (token.kind === 'number' || token.kind === 'boxes') numbers.push(token.value);
    else if (token.kind === 'sign' && token.sign === '?') isQuestion = true;
  }
  const pointed = tokens.flatMap((token) => (token.kind === 'pointed' ? [token] : []));
  const names = pointed.filter((token) => token.pointed.kind === 'recipient');
  // To the rules that are not about rows a name is a word like any other.
  const reasons = dates.length > 0 && rows.length === 0 ? reasonsIn(tokens) : 0;
  counts.set('unknown', (counts.get('unknown') ?? 0) + names.length - reasons);
  const count = (kind: FarmerToken['kind']): number => counts.get(kind) ?? 0;
  const has = (...some: readonly FarmerWord[]): boolean => some.some((word) => words.has(word));
  const spans = tokens.flatMap((token) => {
    const span = spanOf(token);
    return span === null || leftOut.has(token) ? [] : [span];
  });
  const listDates = dates.length === 2 ? datesOfLists(tokens, dates) : dates;
  const operands = tokens.length - count('word') - count('unknown') - count('sign');
  return {
    tokens,
    carrier,
    today,
    words,
    has,
    count,
    spans,
    pointed: pointed.filter((token) => !leftOut.has(token)).map((token) => token.pointed),
    left: [...leftOut].reverse().flatMap((token) => spanOf(token) ?? []),
    leftPointed: pointed.filter((token) => leftOut.has(token)).map((token) => token.pointed),
    strange: tokens.flatMap((token) =>
      token.kind === 'unknown' && !ADVERBIAL.test(token.text) ? [token.text] : [],
    ),
    products: tokens.flatMap((token) => (token.kind === 'product' ? [token.text] : [])),
    dates,
    listDates,
    earlier: has('rest', 'from') ? earlier.rows() : [],
    list:
      listDate(listDates, today) ??
      (rows.length + pointed.length > 0 || has('rest') ? earlier.list : null) ??
      (count('waybill') > 0 ? clause.heading : null),
    numbers,
    // "5번부터 9번까지 보냈는데 7번은 빼고" is sure of both.
    isDoubtful:
      isQuestion ||
      has('doubt', 'ask') ||
      (has('heard') && !has('delivered', 'cancel')) ||
      (has('though') && leftOut.size === 0),
    isChatter: operands === 0 && !has(...COMMAND_WORDS),
  };
}

/** Of two days the one that stands in front of rows or of 꺼, 거, 목록; both where neither does. */
function datesOfLists(tokens: readonly FarmerToken[], dates: readonly string[]): readonly string[] {
  const [first] = tokens.flatMap((token, i) => {
    const next = tokens.slice(i + 1).find(isTelling);
    const isOwner =
      next?.kind === 'rows' ||
      (next?.kind === 'word' && (next.word === 'list' || /^[거꺼것]/.test(next.text)));
    return token.kind === 'date' && isOwner ? [token.date] : [];
  });
  return first === undefined ? dates : [first];
}

/** Words between a day and what it is of: "어제 못 보낸 2번". */
const isTelling = (token: FarmerToken): boolean =>
  token.kind !== 'word' || token.word !== 'filler' || /^[거꺼것]/.test(token.text);

function spanOf(token: FarmerToken): RowSpan | null {
  if (token.kind === 'rows') return token;
  return token.kind === 'number' ? { from: token.value, to: token.value } : null;
}

/** The rows right in front of 빼고, 말고, 제외. */
function tokensLeftOut(tokens: readonly FarmerToken[]): Set<FarmerToken> {
  const left = new Set<FarmerToken>();
  for (let at = tokens.findIndex((token) => isExcept(token)) - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token?.kind === 'rows' || token?.kind === 'number' || token?.kind === 'pointed')
      left.add(token);
    else if (
      !(token?.kind === 'word' && BETWEEN_ROWS.includes(token.word)) &&
      token?.kind !== 'sign'
    )
      break;
  }
  return left;
}

const isExcept = (token: FarmerToken): boolean => token.kind === 'word' && token.word === 'except';
const BETWEEN_ROWS: readonly FarmerWord[] = ['filler', 'only'];

function listDate(dates: readonly string[], today: string): string | null {
  const [date] = dates;
  if (date === undefined) return null;
  if (date <= addDays(today, HALF_YEAR_DAYS)) return date;
  return `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
}
