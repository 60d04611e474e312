// Rows that stay behind: "7번은 아직", "김철수님만 보류", "3번 5번은 못 쌌고".

import type { Held } from './farmer-readings.ts';
import { stepsOf } from './farmer-reports.ts';
import type { Said } from './farmer-said.ts';
import type { FarmerToken } from './farmer-tokens.ts';
import type { FarmerReading } from './reading.ts';
import { expandRows, type RowSpan } from './rows.ts';

/** Null where the clause holds nothing back, or it is not plain what. */
export function readHeld(said: Said): Held | null {
  if (said.has(...OTHER_BUSINESS) || said.left.length + said.leftPointed.length > 0) return null;
  if (said.count('waybill') + said.count('odd') + said.count('money') > 0) return null;
  const isTold = said.has('hold') && said.tokens.every(isNoDoubt);
  const isAsked = (said.has('doubt', 'ask') && !isTold) || said.tokens.some(isQuestion);
  if (isAsked || (said.list !== null && said.list < said.today)) return null;
  const at = said.tokens.findIndex((token) => token.kind === 'word' && token.word === 'among');
  const whole = said.tokens.slice(0, Math.max(at, 0)).flatMap(rowsSpan);
  const behind = said.spans.slice(whole.length);
  const numbers = said.count('rows') > 0 ? (expandRows(behind) ?? []) : [];
  const rows = [...numbers, ...said.pointed];
  if (rows.length === 0 || !staysBehind(said)) return null;
  return { rows, step: stepOf(said), among: expandRows(whole) ?? [] };
}

/** "주소가 잘못됐다고 도로 가져왔어요": what was said of it, and not whether. */
const isNoDoubt = (token: Said['tokens'][number]): boolean =>
  token.kind !== 'word' ||
  (token.word !== 'ask' && (token.word !== 'doubt' || /^[다라]고$/.test(token.text)));

const rowsSpan = (token: Said['tokens'][number]): RowSpan[] =>
  token.kind === 'rows' ? [token] : [];

const OTHER_BUSINESS = [
  'cancel',
  'paid',
  'undo',
  'except',
  'until',
  'from',
  'rest',
  'all',
] as const;

const isQuestion = (token: Said['tokens'][number]): boolean =>
  token.kind === 'sign' && token.sign === '?';

/** "남궁현님은 내일 보낼게요" puts off as well. */
function staysBehind(said: Said): boolean {
  if (said.has('not', 'hold', 'later', 'off')) return true;
  if (said.tokens.some((token) => token.kind === 'word' && token.text.startsWith('남')))
    return true;
  const isDone = said.has('did', 'end', 'sent');
  return !isDone && (said.has('sending', 'plan') || said.dates.some((date) => date > said.today));
}

function stepOf(said: Said): Held['step'] {
  const [step] = stepsOf(said);
  if (step !== undefined) return step;
  const sends = said.tokens.some(
    (token) => token.kind === 'word' && /보[내낼]|나[가갈]/.test(token.text),
  );
  return sends ? 'shipped' : null;
}

/** "뒤에서 네 집만 냄가놓고 다 쌌어요": whatever befell those, all is said of the others. */
export function withSpared(tokens: readonly FarmerToken[]): readonly FarmerToken[] {
  const isSpared = (token: FarmerToken, at: number): boolean => {
    const [whose, only] = tokens.slice(Math.max(0, at - 2), at);
    const isOnly = only?.kind === 'word' && only.word === 'only';
    const isWhose = whose?.kind === 'rows' || whose?.kind === 'pointed';
    const behind = tokens.slice(at + 1, at + 1 + ALL_WITHIN);
    return (
      isOnly && isWhose && token.kind === 'unknown' && /고$/.test(token.text) && behind.some(isAll)
    );
  };
  return tokens.map((token, at) =>
    isSpared(token, at) && token.kind === 'unknown'
      ? { kind: 'word', word: 'except', text: token.text }
      : token,
  );
}
const ALL_WITHIN = 4;
const isAll = (token: FarmerToken): boolean =>
  token.kind === 'word' && (token.word === 'all' || token.word === 'rest');

/** Something in it may take rows out of what is said of all: it must not be passed over. */
export const mayHoldBack = (said: Said): boolean =>
  said.count('rows') + said.leftPointed.length > 0 ||
  said.has('except', 'hold') ||
  said.pointed.some((one) => one.kind !== 'recipient' || one.isSure) ||
  (said.has('not', 'none', 'later') && said.strange.length + said.pointed.length > 0);

/** "전부 발송" beside a part that was not understood may be too much. */
export const isOfAll = (reading: FarmerReading): boolean =>
  reading.kind === 'advance' && reading.rows === 'all';
