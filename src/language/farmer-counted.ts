// A count of houses beside the rows that it counts: "9, 10, 11 세 개 빼고", "박철수네하고 3번 두 집".

import type { FarmerToken } from './farmer-tokens.ts';
import type { FarmerWord } from './farmer-words.ts';

const BETWEEN: readonly FarmerWord[] = ['filler', 'link', 'only'];

/** A longer list is told in spans. */
const LIST_MAX = 100;
const BETWEEN_MAX = 4;

const isOneRow = (token: FarmerToken): boolean =>
  token.kind === 'rows' ||
  token.kind === 'number' ||
  (token.kind === 'pointed' && token.pointed.kind === 'recipient');
const isBetween = (token: FarmerToken): boolean =>
  (token.kind === 'sign' && token.sign === ',') ||
  (token.kind === 'word' && BETWEEN.includes(token.word));
const isExcept = (token: FarmerToken | undefined): boolean =>
  token?.kind === 'word' && token.word === 'except';

/**
 * Without the counts that say again how many rows stand before them, or how many are left out of
 * all below: "다섯 집 남기고 다 보냈어. 1 3 5 7 9번 빼고". A count that does not agree stays, and is a
 * count of something else to every rule.
 */
export function withoutCounts(tokens: readonly FarmerToken[]): readonly FarmerToken[] {
  if (!tokens.some(isCount)) return tokens;
  return withoutSum(withoutSame(tokens));
}

function withoutSame(tokens: readonly FarmerToken[]): readonly FarmerToken[] {
  const kept: FarmerToken[] = [];
  /** The last 빼고: the list in front of it is what is left out. */
  const last = tokens.findLastIndex(isExcept);
  let isSkipped = false;
  for (const [at, token] of tokens.entries()) {
    if (isSkipped && isBetween(token)) continue;
    if (isSkipped && isExcept(token)) {
      isSkipped = false;
      continue;
    }
    isSkipped = false;
    const counted = countOf(token);
    if (counted === null) kept.push(token);
    else if (
      isExceptBehind(tokens, at) &&
      rowsBefore(kept) === 0 &&
      last > at + 1 &&
      rowsBefore(tokens, last) === counted
    )
      isSkipped = true;
    else if (rowsBefore(kept) !== counted) kept.push(token);
  }
  return kept;
}

/** "14집 중에 12집 보냈어요. 6번 13번 빼고": all but two. */
function withoutSum(tokens: readonly FarmerToken[]): readonly FarmerToken[] {
  const [all, among, some] = [0, 1, 2].map((at) => tokens.filter(isSumPart)[at]);
  const isSum =
    all?.kind === 'houses' &&
    among?.kind === 'word' &&
    among.text === '중' &&
    some?.kind === 'houses';
  const last = tokens.findLastIndex(isExcept);
  if (!isSum || last < tokens.indexOf(some) || rowsBefore(tokens, last) !== all.value - some.value)
    return tokens.map(plain);
  const every: FarmerToken = { kind: 'word', word: 'all', text: '다' };
  return tokens.flatMap((token) => {
    if (token === all || token === among) return [];
    return [token === some ? every : plain(token)];
  });
}
const isSumPart = (token: FarmerToken): boolean =>
  token.kind === 'houses' || (token.kind === 'word' && token.text === '중');

const isCount = (token: FarmerToken): boolean => countOf(token) !== null;

function countOf(token: FarmerToken): number | null {
  if (token.kind === 'houses') return token.value;
  // "세 개" may count rows; one box of one row is its box.
  return token.kind === 'boxes' && token.value > 1 ? token.value : null;
}

/** No rule asks for houses: to them they are figures that may count anything. */
const plain = (token: FarmerToken): FarmerToken =>
  token.kind === 'houses' ? { kind: 'digits', text: token.text } : token;

/** How many rows stand right before a place, as a list. */
function rowsBefore(tokens: readonly FarmerToken[], end = tokens.length): number {
  let rows = 0;
  for (let at = end - 1; at >= Math.max(0, end - LIST_MAX); at -= 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (isOneRow(token)) rows += token.kind === 'rows' ? token.to - token.from + 1 : 1;
    else if (!isBetween(token)) break;
  }
  return rows;
}

function isExceptBehind(tokens: readonly FarmerToken[], at: number): boolean {
  const behind = tokens.slice(at + 1, at + 1 + BETWEEN_MAX);
  return isExcept(behind.find((token) => !isBetween(token)));
}
