// One clause of a farmer, looked at from all sides once, for the rules to ask.

import type { Clause } from './farmer-clauses.ts';
import type { FarmerToken } from './farmer-tokens.ts';
import type { FarmerWord } from './farmer-words.ts';
import type { FarmerReading } from './reading.ts';
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
  /** Rows left out of the others: "7번은 빼고". */
  readonly left: readonly RowSpan[];
  /** What grows, as it was called. */
  readonly products: readonly string[];
  readonly dates: readonly string[];
  /** The day named, else the one an earlier report of the message named; null is the newest. */
  readonly list: string | null;
  readonly numbers: readonly number[];
  /** Said as a question or a condition. */
  readonly isDoubtful: boolean;
  /** Nothing in it looks like a command. */
  readonly isChatter: boolean;
};

const COMMAND_WORDS: readonly FarmerWord[] = [
  'harvest',
  'pack',
  'ship',
  'sent',
  'delivered',
  'waybill',
  'paid',
];

export function said(clause: Clause, earlierList: string | null, today: string): Said {
  const { tokens, carrier } = clause;
  const words = new Set<FarmerWord>();
  const counts = new Map<FarmerToken['kind'], number>();
  const rows: RowSpan[] = [];
  const dates: string[] = [];
  const numbers: number[] = [];
  let isQuestion = false;
  for (const token of tokens) {
    counts.set(token.kind, (counts.get(token.kind) ?? 0) + 1);
    if (token.kind === 'word') words.add(token.word);
    else if (token.kind === 'rows') rows.push(token);
    else if (token.kind === 'date') dates.push(token.date);
    else if (token.kind === 'number' || token.kind === 'boxes') numbers.push(token.value);
    else if (token.kind === 'sign' && token.sign === '?') isQuestion = true;
  }
  const count = (kind: FarmerToken['kind']): number => counts.get(kind) ?? 0;
  const has = (...some: readonly FarmerWord[]): boolean => some.some((word) => words.has(word));
  const leftOut = tokensLeftOut(tokens);
  const spans = tokens.flatMap((token) => {
    if (token.kind === 'rows') return leftOut.has(token) ? [] : [token];
    return token.kind === 'number' ? [{ from: token.value, to: token.value }] : [];
  });
  const operands = tokens.length - count('word') - count('unknown') - count('sign');
  return {
    tokens,
    carrier,
    today,
    words,
    has,
    count,
    spans,
    left: [...leftOut].reverse(),
    products: tokens.flatMap((token) => (token.kind === 'product' ? [token.text] : [])),
    dates,
    list: listDate(dates, today) ?? (rows.length > 0 ? earlierList : null),
    numbers,
    // "5번부터 9번까지 보냈는데 7번은 빼고" is sure of both.
    isDoubtful: isQuestion || has('doubt', 'ask') || (has('though') && leftOut.size === 0),
    isChatter: operands === 0 && !has(...COMMAND_WORDS),
  };
}

type RowsToken = Extract<FarmerToken, { kind: 'rows' }>;

/** The rows right in front of 빼고, 말고, 제외. */
function tokensLeftOut(tokens: readonly FarmerToken[]): Set<RowsToken> {
  const left = new Set<RowsToken>();
  for (let at = tokens.findIndex((token) => isExcept(token)) - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token?.kind === 'rows') left.add(token);
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
