// A farmer's message cut into clauses: one thing said each, with the rows, days and counts it is about.

import type { FarmerToken } from './farmer-tokens.ts';
import type { FarmerWord } from './farmer-words.ts';
import { carrierOf } from './waybill-entries.ts';

/** `carrier` and `heading`, a day, are those named above the clause. */
export type Clause = {
  readonly tokens: readonly FarmerToken[];
  readonly carrier: string | null;
  readonly heading: string | null;
};

/** The words a clause turns on: with a second one of them a new clause may begin. */
const ACTS: readonly FarmerWord[] = [
  'harvest',
  'work',
  'pack',
  'ship',
  'sent',
  'delivered',
  'paid',
  'cancel',
];
const DESK: readonly FarmerWord[] = ['list', 'undo', 'pause', 'resume'];
const SAID_AND_DONE: readonly FarmerWord[] = ['end', 'did', 'sent'];
const OPERANDS: readonly FarmerToken['kind'][] = [
  'rows',
  'pointed',
  'number',
  'boxes',
  'money',
  'date',
  'waybill',
];

export const isWord = (token: FarmerToken | undefined, words: readonly FarmerWord[]): boolean =>
  token?.kind === 'word' && words.includes(token.word);
const isAct = (token: FarmerToken | undefined): boolean => isWord(token, ACTS);
const isOperand = (token: FarmerToken | undefined): boolean =>
  token !== undefined && OPERANDS.includes(token.kind);
const isRow = (token: FarmerToken | undefined): boolean =>
  token?.kind === 'rows' || token?.kind === 'pointed';
const isSign = (token: FarmerToken | undefined, sign: string): boolean =>
  token?.kind === 'sign' && token.sign === sign;

export function farmerClauses(tokens: readonly FarmerToken[]): Clause[] {
  const clauses: Clause[] = [];
  let carrier: string | null = null;
  let heading: string | null = null;
  const lines = joinLines(inOrder(linesOf(tokens)));
  const lastNumbered = lines.findLastIndex((line) => line.some(isWaybill));
  const isBelow = (at: number, part: number): boolean =>
    lastNumbered >= 0 && (at > lastNumbered || (at === lastNumbered && part > 0));
  for (const [at, line] of lines.entries()) {
    const above = line.some(
      (token) => token.kind !== 'sign' && !isWord(token, ['cargo', 'waybill']),
    );
    const named = line.map(carrierOf).find((id) => id !== null) ?? null;
    if (!above || isHeading(line, lines[at + 1])) {
      carrier = named ?? carrier;
      heading = line.find((token) => token.kind === 'date')?.date ?? heading;
      if (named !== null && isBelow(at, 0)) clauses.push({ tokens: line, carrier, heading });
      continue;
    }
    let inLine = carrier;
    for (const [i, part] of splitLine(line).entries()) {
      // "한진택배입니다. 박철수님 … 1234": the carrier of what follows.
      const own = part.some(isOperand) ? null : (part.map(carrierOf).find((id) => id) ?? null);
      inLine = own ?? inLine;
      // Behind the last number it is said of those above.
      if (own === null || part.some(isAct) || isBelow(at, i))
        clauses.push({ tokens: part, carrier: inLine, heading });
    }
    // "CJ 1번 1234…" and the lines below it.
    if (carrierOf(line[0]) !== null && line.some(isWaybill)) carrier = carrierOf(line[0]);
  }
  return clauses;
}

/** "오늘은 한진으로 보냈습니다", "송장 불러 드릴게요", and then the waybills. */
const isHeading = (line: readonly FarmerToken[], next: readonly FarmerToken[] = []): boolean =>
  line.some((token) => isWord(token, ['cargo', 'waybill'])) &&
  line.every((token) => token.kind === 'date' || !isOperand(token)) &&
  next.some(isWaybill);

const isWaybill = (token: FarmerToken): boolean => token.kind === 'waybill' || token.kind === 'odd';

function linesOf(tokens: readonly FarmerToken[]): FarmerToken[][] {
  const lines: FarmerToken[][] = [[]];
  for (const token of tokens) {
    if (isSign(token, '\n')) lines.push([]);
    else lines.at(-1)?.push(token);
  }
  return lines.filter((line) => line.length > 0);
}

/** A line that cannot stand alone goes with the next: a day, rows, or a step over a column of rows. */
function joinLines(lines: readonly FarmerToken[][]): FarmerToken[][] {
  const joined: FarmerToken[][] = [];
  let heading = false;
  for (const line of lines) {
    const last = joined.at(-1);
    const onlyRows = line.every((token) => isRow(token) || token.kind === 'sign');
    if (last && belongsTogether(last, line, heading && onlyRows)) last.push(...line);
    else {
      joined.push([...line]);
      heading = line.some(isAct) && line.every(isOfHeading);
    }
  }
  return joined;
}

/** "금일 발송분", "포장:", and the rows below it. */
const isOfHeading = (token: FarmerToken): boolean =>
  isAct(token) || token.kind === 'date' || isWord(token, ['filler', 'end']);

function belongsTogether(
  last: readonly FarmerToken[],
  line: readonly FarmerToken[],
  underHeading: boolean,
): boolean {
  const [first] = line;
  if (underHeading) return true;
  if (last.every((token) => token.kind === 'date')) return first?.kind !== 'date';
  if (isInOrder(last, line)) return true;
  if (
    !last.every(
      (token) =>
        isRow(token) || token.kind === 'number' || isWord(token, ['filler', 'waybill', 'ending']),
    )
  )
    return false;
  const rows = last.some(isRow);
  return first?.kind === 'waybill' || (rows && (isAct(first) || isWord(first, ['all', 'end'])));
}

/** "7번부터 10번까지 차례대로", and as many lines with a waybill each. */
function isInOrder(last: readonly FarmerToken[], line: readonly FarmerToken[]): boolean {
  if (!line.every((token) => isWaybill(token) || token.kind === 'sign')) return false;
  const [first] = last;
  if (first?.kind !== 'rows' || first.to === first.from) return false;
  const numbers = last.filter(isWaybill).length;
  return numbers > 0 && numbers <= first.to - first.from && last.filter(isRow).length === 1;
}

/** "1번부터 순서대로", and a waybill on each of the lines below: the rows they come to. */
function inOrder(lines: readonly FarmerToken[][]): FarmerToken[][] {
  const read: FarmerToken[][] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? [];
    const told = rowsOfOrder(line);
    const count = told.reduce((sum, { from, to }) => sum + to - from + 1, 0);
    const own = count === 0 ? [] : waybillsBelow(lines, at);
    const isEach = own.length > 0 && (count === 1 || own.length === count);
    if (isEach && own.length > 0) {
      const above = line.filter((token) => token.kind === 'date' || carrierOf(token) !== null);
      read.push([...above, ...told, ...own]);
      at = lastBelow(lines, at);
      continue;
    }
    const first = firstOfOrder(line);
    const numbers: FarmerToken[] = [];
    let below = at + 1;
    for (; first !== null && lines[below]?.every(isBareWaybill); below += 1)
      numbers.push(...(lines[below] ?? []));
    const { length } = numbers.filter(isWaybill);
    if (first === null || length < ORDER_MIN) {
      read.push(line);
      continue;
    }
    const span: FarmerToken = { kind: 'rows', from: first, to: first + length - 1 };
    const above = line.filter((token) => token.kind === 'date' || carrierOf(token) !== null);
    read.push([...above, span, ...numbers]);
    at = below - 1;
  }
  return read;
}
const ORDER_MIN = 2;

type Rows = Extract<FarmerToken, { kind: 'rows' }>;

/** "1,6,7 송장이요~", "1번부터 5번 순서대로입니다", "6번 두 덩어리로 나갔어요": whose the numbers below are. */
function rowsOfOrder(line: readonly FarmerToken[]): Rows[] {
  if (line.some(isWaybill) || line.some((token) => isWord(token, NOT_IN_ORDER))) return [];
  if (line.some((token) => isAct(token) && !isWord(token, ['ship', 'sent']))) return [];
  const rows = line.flatMap((token) => (token.kind === 'rows' ? [token] : []));
  const isNumbered = rows.length > 0;
  if (isNumbered) return line.some(({ kind }) => kind === 'pointed') ? [] : rows;
  const begin = line.findIndex((token) => token.kind !== 'number' && !isSign(token, ','));
  if (!isWord(line[begin], ['waybill', 'filler'])) return [];
  return line
    .slice(0, begin)
    .flatMap((one) =>
      one.kind === 'number' ? [{ kind: 'rows', from: one.value, to: one.value }] : [],
    );
}
const NOT_IN_ORDER: readonly FarmerWord[] = [
  ...(['from', 'until', 'except', 'not', 'none', 'hold', 'cancel', 'paid', 'undo'] as const),
  ...(['doubt', 'ask', 'wrong', 'all', 'list'] as const),
];

/** The lines right below that hold nothing but numbers of parcels. */
function lastBelow(lines: readonly FarmerToken[][], at: number): number {
  let last = at;
  while (lines[last + 1]?.every(isNumberLine) && lines[last + 1]?.some(isWaybill)) last += 1;
  return last;
}
const isNumberLine = (token: FarmerToken): boolean =>
  isBareWaybill(token) || isWord(token, ['waybill']);
const waybillsBelow = (lines: readonly FarmerToken[][], at: number): FarmerToken[] =>
  lines.slice(at + 1, lastBelow(lines, at) + 1).flatMap((line) => line.filter(isWaybill));
const isBareWaybill = (token: FarmerToken): boolean => isWaybill(token) || token.kind === 'sign';

/** The row in "1번부터", where the line holds no other row and no waybill. */
function firstOfOrder(line: readonly FarmerToken[]): number | null {
  const rows = line.filter(isRow);
  const [row] = rows;
  if (row === undefined || rows.length > 1 || line.some(isWaybill) || line.some(isAct)) return null;
  if (row.kind === 'pointed') return row.pointed.kind === 'from' ? row.pointed.row : null;
  const behind = line[line.indexOf(row) + 1];
  return row.kind === 'rows' && row.from === row.to && isWord(behind, ['from']) ? row.from : null;
}

function splitLine(line: readonly FarmerToken[]): FarmerToken[][] {
  const parts: FarmerToken[][] = [];
  let part = new Part();
  const flush = (): void => {
    if (part.tokens.some((token) => token.kind !== 'sign')) parts.push(part.tokens);
    part = new Part();
  };
  for (const [i, token] of line.entries()) {
    const next = line[i + 1];
    const isLink =
      isWord(token, ['link']) && (part.turned || part.isHeld) && !leadsOn(part, line, i);
    if (endsClause(token, line[i - 1]) || isLink || isBut(part, line, i)) flush();
    else if (isOver(part, line, i)) {
      part.push(token);
      flush();
    } else if (isSign(token, ',')) {
      if (endsAtComma(part, next)) flush();
    } else {
      const begin = newClauseFrom(part, token, next);
      if (begin !== null) {
        const carried = part.tokens.splice(begin);
        flush();
        for (const moved of carried) part.push(moved);
      }
      part.push(token);
    }
  }
  flush();
  return parts;
}

/** "6~10 수확하고 포장까지": the next step of the same rows. */
function leadsOn(part: Part, line: readonly FarmerToken[], at: number): boolean {
  const step = GATHERED.indexOf(stepWord(line[at - 1]));
  if (step < 0 || part.firstOperand < 0) return false;
  const [next, behind] = line.slice(at + 1);
  return GATHERED.indexOf(stepWord(next)) > step && isWord(behind, ['until', 'did', 'end']);
}
const GATHERED: readonly string[] = ['harvest', 'pack', 'ship'];
const stepWord = (token: FarmerToken | undefined): string =>
  token?.kind === 'word' ? token.word : '';

/** "다 쌌는데 3번은 못 쌌어": what stays behind is said behind. */
function isBut(part: Part, line: readonly FarmerToken[], at: number): boolean {
  if (!part.turned || !isWord(line[at], ['though'])) return false;
  const behind = line.slice(at + 1, at + 1 + BUT_TOKENS_MAX);
  return behind.some(isRow) && behind.some((token) => isWord(token, [...STAYS, 'except', 'only']));
}
const BUT_TOKENS_MAX = 20;
const STAYS: readonly FarmerWord[] = ['not', 'hold', 'later', 'sending'];

/** A full stop, or the wave that ends a sentence: "다 캤다~ 허리야", "적어드려요~ 박철수 …". */
const endsClause = (token: FarmerToken, before: FarmerToken | undefined): boolean =>
  isSign(token, '.') ||
  (isSign(token, '~') &&
    (isWord(before, ['ending']) || (before?.kind === 'unknown' && /[요다]$/.test(before.text))));

/** Where a sentence is over and only chatter follows: "열 개 더 받아줘요 일꾼이 와요". */
function isOver(part: Part, line: readonly FarmerToken[], at: number): boolean {
  if (
    !(isWord(line[at], ['ending']) || isSaid(line[at], /^[요유]$/)) ||
    !(part.turned || part.hasNumber)
  )
    return false;
  const behind = line.slice(at + 1, at + 2 + BUT_TOKENS_MAX);
  return (
    behind.length <= BUT_TOKENS_MAX &&
    behind.some(({ kind }) => kind === 'unknown') &&
    behind.every(isTalk)
  );
}
const isTalk = (token: FarmerToken): boolean =>
  token.kind === 'unknown' ||
  isWord(token, ['filler', 'ending', 'more', 'show', 'came', 'heard']) ||
  (isWord(token, ['hold']) && isSaid(token, /^모자/));
const isSaid = (token: FarmerToken | undefined, text: RegExp): boolean =>
  token?.kind === 'word' && text.test(token.text);

/** "두 집만 남았고": words of what stays behind. */
const isLeft = (token: FarmerToken): boolean => isWord(token, STAYS) || isSaid(token, /^남았$/);

/** A clause being gathered. Remembers where things stand, so that long lines cost no more per word. */
class Part {
  readonly tokens: FarmerToken[] = [];
  turned = false;
  finished = false;
  /** Says of rows that they stay behind. */
  isHeld = false;
  hasNumber = false;
  hasRow = false;
  /** Names rows and a day for them: "11번은 내일". */
  isPutOff = false;
  act = -1;
  date = -1;
  waybill = -1;
  firstOperand = -1;
  /** The first operand behind the last act or waybill. */
  operandAfter = -1;

  push(token: FarmerToken): void {
    const i = this.tokens.push(token) - 1;
    this.turned ||= isTurn(token);
    this.finished ||= isWord(token, SAID_AND_DONE);
    this.hasNumber ||= token.kind === 'number';
    this.isHeld ||= isLeft(token) && this.firstOperand >= 0;
    this.hasRow ||= isRow(token);
    this.isPutOff ||= token.kind === 'date' && this.hasRow;
    if (token.kind === 'date') this.date = i;
    if (isOperand(token) && this.firstOperand < 0) this.firstOperand = i;
    if (isAct(token)) this.act = i;
    if (token.kind === 'waybill') this.waybill = i;
    if (i === this.act || i === this.waybill) this.operandAfter = -1;
    else if (isOperand(token) && this.operandAfter < 0 && Math.max(this.act, this.waybill) >= 0)
      this.operandAfter = i;
  }
}

const isTurn = (token: FarmerToken): boolean =>
  isAct(token) || isWord(token, DESK) || isWord(token, ['off', 'until']) || token.kind === 'boxes';

function endsAtComma(part: Part, next: FarmerToken | undefined): boolean {
  const last = part.tokens.at(-1);
  const inList = isRow(last) || last?.kind === 'number' || last?.kind === 'waybill';
  if (part.turned) return isAct(next) || !inList || next?.kind === 'date';
  return next?.kind === 'date' && part.hasNumber;
}

/** The place in `part` from which on it belongs to a new clause together with `token`, or null. */
function newClauseFrom(
  part: Part,
  token: FarmerToken,
  next: FarmerToken | undefined,
): number | null {
  const { act, date, waybill, finished, tokens } = part;
  // "나머지는 포장만 해놨어요 내일 아침에 실어갑니다": the day is of what is still to come.
  const isDone = finished || isSaid(tokens[act], /[쌌땄캤]$/);
  if (isWord(token, ['sending', 'plan', 'off']) && isDone && act >= 0 && date > act) return date;
  // "6번 발송 3번 1234…": the waybill is the second row's alone.
  if (token.kind === 'waybill' && act > waybill && part.firstOperand < act)
    return part.operandAfter >= 0 ? part.operandAfter : null;
  if (token.kind === 'boxes' || token.kind === 'number')
    return finished && act >= 0 && date > act ? date : null;
  if (isWord(token, ['rest']))
    return part.turned || part.isHeld || part.isPutOff || waybill >= 0 ? tokens.length : null;
  if (isWord(token, ['all']) && part.isHeld && !part.turned) return tokens.length;
  // "1-12 포장 완료 7번은 아직": what stays behind is another matter.
  if (isWord(token, ['not', 'hold']) && part.firstOperand >= 0 && part.firstOperand < act)
    return part.operandAfter >= 0 && isRow(tokens[part.operandAfter]) ? part.operandAfter : null;
  // "9번까지 실었어요 10번부터는 내일": of the others nothing is reported.
  if (isWord(token, ['from']) && finished && part.operandAfter === tokens.length - 1)
    return part.operandAfter >= 0 ? part.operandAfter : null;
  // "4번 발송 되돌려" takes back and does nothing before.
  if (isWord(token, ['undo'])) return null;
  if (isWord(token, DESK)) return act >= 0 && finished ? tokens.length : null;
  if (!isAct(token)) return null;
  const after = part.operandAfter >= 0 ? part.operandAfter : null;
  if (waybill > act) return after;
  if (act < 0) return null;
  if (sameStep(tokens[act], token)) return finished ? after : null;
  const before = part.firstOperand >= 0 && part.firstOperand < act;
  if (after === null) return before ? null : tokens.length;
  return !before && isOperand(next) ? tokens.length : after;
}

/** "택배 보냈어", "발송 보냄": two words for one step, no second clause. */
function sameStep(one: FarmerToken | undefined, other: FarmerToken): boolean {
  const leaves: readonly FarmerWord[] = ['ship', 'sent'];
  const gathers: readonly FarmerWord[] = ['harvest', 'work'];
  return (
    [leaves, gathers].some((words) => isWord(one, words) && isWord(other, words)) ||
    (one?.kind === 'word' && other?.kind === 'word' && one.word === other.word)
  );
}
