// Row numbers of a day list, spelled out from what was said.

import type { RowSaid } from './reading.ts';
import { withRowsInDigits } from './spoken-rows.ts';

/** One report names at most so many rows: more is a typing mistake ("1-12000"). */
export const ROWS_MAX = 1000;

const REST_CHARS_MAX = 40;

export type RowSpan = { readonly from: number; readonly to: number };

/** The rows but for those left out; null when nothing remains or what is left out is not readable. */
export function without(rows: readonly number[], left: readonly RowSpan[]): number[] | null {
  const out = expandRows(left);
  if (out === null) return null;
  const kept = rows.filter((row) => !out.includes(row));
  return kept.length > 0 ? kept : null;
}

/** The same for rows of which some may be told by a name. */
export function withoutNumbers(
  rows: readonly RowSaid[],
  left: readonly number[],
): readonly RowSaid[] {
  const out = new Set<RowSaid>(left);
  return rows.filter((row) => !out.has(row));
}

/** In the order said, once each; null when a span runs backwards, starts at 0, or is too long. */
export function expandRows(spans: readonly RowSpan[]): number[] | null {
  const rows = new Set<number>();
  for (const { from, to } of spans) {
    if (from < 1 || to < from || to - from >= ROWS_MAX) return null;
    for (let row = from; row <= to; row += 1) rows.add(row);
    if (rows.size > ROWS_MAX) return null;
  }
  return [...rows];
}

const CHOICE = /^\s*(\d{1,4}) ?번?(?:이요|이에요|입니다|요|으로|이다|님)?[\s.!]*$/u;
const BOTH = /^\s*(?:둘 ?다|셋 ?다|모두|전부|다|둘 모두)(?:요|이요)?[\s.!]*$/u;

/** The row chosen of several, or all of them; null when the words choose none. */
export function readRowChoice(text: string): number | 'all' | null {
  const said = withRowsInDigits(text.normalize('NFKC'));
  if (BOTH.test(said)) return 'all';
  const row = CHOICE.exec(said)?.[1];
  return row === undefined ? null : Number(row);
}

const REST =
  /^\s*나머지(?:는|만|라도)?(?: ?(?:다|전부|모두))?(?: ?(?:적어|적|써|넣어|입력|등록|처리|저장|올려|해|진행)[가-힣 ]{0,10})?[\s.!]*$/u;

/** "나머지는 적어 줘": what was not refused is wanted. */
export function wantsRest(text: string): boolean {
  return text.length <= REST_CHARS_MAX && REST.test(text.normalize('NFKC'));
}
