// Reports on a day list: how far it goes today, and what has been picked, packed or sent.

import { OTHER, type Said } from './farmer-said.ts';
import type { FarmerWord } from './farmer-words.ts';
import type { FarmerReading, Pointed, RowSaid } from './reading.ts';
import { expandRows, type RowSpan, without } from './rows.ts';
import { addDays } from './when.ts';

const UNKNOWN_WORDS_MAX = 2;
const NAME_LETTERS_MIN = 2;

type Step = Extract<FarmerReading, { kind: 'advance' }>['to'];

/** "12번까지" cuts, "12번까지 보냈어요" reports; "12번까지 발송" could be either and is neither. */
export function readCut(said: Said): readonly FarmerReading[] | null {
  if (!said.has('until')) return null;
  if (said.count('rows') === 0) return bareCut(said);
  const [span] = said.spans;
  const at = said.tokens.findIndex((token) => token.kind === 'rows');
  if (said.left.length > 0) return null;
  const direct = isUntil(behindRows(said.tokens.slice(at + 1)));
  if (said.spans.length !== 1 || !span || span.from !== span.to || !direct) return OTHER;
  if (isBlocked(said, ['cancel', 'paid', 'not', 'none'])) return OTHER;
  const finished = said.has('did', 'end', 'sent');
  // "11번까지만 작업 가능" is a plan for the day.
  const ahead = said.has('can', 'plan');
  if (finished || (said.has('harvest', 'pack') && !ahead))
    return advance(said, [{ from: 1, to: span.to }]);
  const meant =
    said.has('only', 'can', 'plan', 'sending') || !said.has('ship') || isTopic(said, at);
  const past = said.list !== null && said.list < said.today;
  // "6번까진 박스에 다 담아수다": a step in words that nobody knows is asked, not cut.
  const isStrange = said.strange.length > 0 && !said.has('only', 'can', 'plan', 'sending');
  if (!meant || past || isStrange || said.count('boxes') > 0) return OTHER;
  return expandRows([span]) ? [{ kind: 'cut', row: span.from, list: said.list }] : OTHER;
}

const isQuestion = (token: Said['tokens'][number]): boolean =>
  token.kind === 'sign' && token.sign === '?';

/** The one row in "20번부터", "20번부터 끝까지". */
function beginOf({ tokens, spans, pointed }: Said): number | null {
  const [place, another] = pointed;
  if (spans.length === 0 && place?.kind === 'from' && another === undefined) return place.row;
  const at = tokens.findIndex((token) => token.kind === 'rows');
  const [span, next] = tokens.slice(at, at + 2);
  const isFrom = next?.kind === 'word' && next.word === 'from';
  if (span?.kind !== 'rows' || span.from !== span.to || !isFrom) return null;
  return spans.length === 1 ? span.from : null;
}

/** "20번부터는 내일로 넘겨": today's list ends before it. */
export function readPutOff(said: Said): readonly FarmerReading[] | null {
  const row = beginOf(said);
  if (row === null || said.has('ask', 'undo', 'list') || said.tokens.some(isQuestion)) return null;
  const days = said.dates.filter((date) => date !== said.today);
  const isTomorrow = days.every((date) => date === addDays(said.today, 1));
  const isOver = said.has('did', 'end', 'sent');
  const isLater = said.has('off', 'not', 'plan', 'sending') || days.length > 0;
  // "12번까지 보냈고 13번부터는 내일 보낼게요": what was not reported is not done.
  if (!said.has('later') && said.earlier.length > 0 && isLater && !isOver) return [];
  const moves = said.has('later') || (days.length > 0 && said.has('off', 'not', 'to'));
  if (!moves || !isTomorrow || row < 2) return null;
  if (isBlocked(said, ['cancel', 'paid', 'did', 'end', 'sent', 'until'])) return null;
  return [{ kind: 'cut', row: row - 1, list: null }];
}

/** The first token that is not said of the row itself: "32번 주문까지", "22번 손님까지". */
const behindRows = (tokens: Said['tokens']): Said['tokens'][number] | undefined =>
  tokens.find((token) => !(token.kind === 'word' && OF_A_ROW.includes(token.word)));
const OF_A_ROW: readonly FarmerWord[] = ['filler', 'order'];

const isUntil = (token: Said['tokens'][number] | undefined): boolean =>
  token?.kind === 'word' && token.word === 'until';

/** "오늘 발송은 41번까지": the step is what is spoken of, and nothing done. */
function isTopic({ tokens }: Said, rowsAt: number): boolean {
  const at = tokens.findIndex((token) => token.kind === 'word' && token.word === 'ship');
  const particle = tokens[at + 1];
  return at >= 0 && at < rowsAt && particle?.kind === 'word' && /^[은는]$/.test(particle.text);
}

const UP_TO: readonly FarmerWord[] = ['until', 'only', 'filler', 'ending'];

/** "12까지" and nothing else; with a day or a word like 가능 it may be a count of boxes. */
function bareCut(said: Said): readonly FarmerReading[] | null {
  const words = [...said.words].every((word) => UP_TO.includes(word));
  const others = said.dates.length + said.count('unknown') + said.count('digits');
  const [row] = said.numbers;
  const at = said.tokens.findIndex((token) => token.kind === 'number');
  const direct = at >= 0 && isUntil(said.tokens[at + 1]);
  if (!words || others > 0 || said.numbers.length !== 1 || !direct || row === undefined)
    return null;
  return expandRows([{ from: row, to: row }]) ? [{ kind: 'cut', row, list: said.list }] : OTHER;
}

export function readAdvance(said: Said): readonly FarmerReading[] | null {
  if (stepsOf(said).length === 0) return null;
  // "마지막 밭까지 수확 끝" is done; "오후까지 수확" is a plan.
  if (said.has('until') && !(said.spans.length === 0 || isLeftOut(said))) return OTHER;
  if (said.has('until') && !isLeftOut(said) && !said.has('end', 'did', 'sent')) return OTHER;
  const blocking: readonly FarmerWord[] = ['not', 'none', 'plan', 'cancel', 'paid'];
  if (isBlocked(said, blocking) || (said.has('came') && !said.has('delivered'))) return OTHER;
  if (said.has('rest') && !isLeftOut(said)) return advanceRest(said);
  return advance(said, isLeftOut(said) ? reached(said) : said.spans);
}

/** "5번 빼고 8번까지": from the first row on. */
function reached({ tokens, spans }: Said): readonly RowSpan[] {
  const until = tokens.findIndex(isUntil);
  const before = tokens[until - 1];
  return spans.map((span) =>
    span === before && span.from === span.to ? { from: 1, to: span.to } : span,
  );
}

/** "1-6 발송 나머지는 포장": all but the rows that the message named before. */
function advanceRest(said: Said): readonly FarmerReading[] {
  const [to, another] = stepsOf(said);
  const counted = said.spans.length + said.pointed.length + said.strange.length;
  if (to === undefined || another !== undefined || counted > 0) return OTHER;
  if (said.earlier.length === 0 || said.dates.some((date) => date !== said.today)) return OTHER;
  return [{ kind: 'advance', to, rows: 'all', left: said.earlier, list: said.list }];
}

/** "1,2번 빼고 나머지": all but those. */
const isLeftOut = (said: Said): boolean => said.left.length + said.leftPointed.length > 0;

function isBlocked(said: Said, words: readonly FarmerWord[]): boolean {
  if (said.has(...words, 'more', 'every', 'elsewhere', 'ongoing', 'resume', 'pause')) return true;
  return said.count('boxes') + said.count('digits') + said.count('money') > 0;
}

function advance(said: Said, spans: readonly RowSpan[]): readonly FarmerReading[] {
  const steps = stepsOf(said);
  if (steps.length === 0 || said.listDates.length > 1) return OTHER;
  if (said.list !== null && said.list > said.today) return OTHER;
  const stranger = spans.length + said.pointed.length === 0 ? strangerOf(said) : null;
  const pointed = stranger === null ? said.pointed : [stranger];
  const named = spans.length + pointed.length > 0;
  const rows = named ? namedRows(said, spans, pointed) : allRows(said, steps);
  if (rows === null) return OTHER;
  const left = leftOf(said, rows);
  const [product, another] = named ? [] : said.products;
  if (left === null || another !== undefined) return OTHER;
  const all = {
    ...(left.length > 0 ? { left } : {}),
    ...(product === undefined ? {} : { product }),
  };
  return steps.map((to) => ({ kind: 'advance', to, rows, ...all, list: said.list }));
}

/** "해뜨는민박 발송": a word nobody knows may be whom the list calls so; the list will tell. */
function strangerOf(said: Said): Pointed | null {
  const { strange } = said;
  const isMany = strange.length === 0 || strange.length > UNKNOWN_WORDS_MAX;
  if (isMany || said.has('all', 'harvest', 'work')) return null;
  const name = strange.join('');
  return name.length < NAME_LETTERS_MIN ? null : { kind: 'recipient', name, isSure: false };
}

/** What is left out of numbers is left out at once, the rest when the list is known. */
function leftOf(said: Said, rows: readonly RowSaid[] | 'all'): readonly RowSaid[] | null {
  const numbers = expandRows(said.left);
  if (numbers === null) return null;
  const isPlain = rows !== 'all' && rows.every((row) => typeof row === 'number');
  return [...(isPlain ? [] : numbers), ...said.leftPointed];
}

function namedRows(
  said: Said,
  spans: readonly RowSpan[],
  pointed: readonly Pointed[],
): RowSaid[] | null {
  if (said.strange.length > UNKNOWN_WORDS_MAX) return null;
  const oneBareFigure = said.count('rows') === 0 && said.spans.length === 1 && pointed.length === 0;
  // "수확 20": row 20, or 20 boxes? And "오늘 3 발송": three of them?
  if (oneBareFigure && (said.has('harvest') || said.dates.length > 0)) return null;
  // "12번부터 발송": as far as which?
  if (said.has('from') && spans.length === 1 && pointed.length === 0) return null;
  if (said.left.length === 0 && (rowsOnBothSides(said) || isUnknownDoneBetween(said))) return null;
  const rows = expandRows(spans);
  if (rows === null) return null;
  if (pointed.length > 0) return [...rows, ...pointed];
  return without(rows, said.left);
}

/** "3번 발송 5번": what became of 5? */
function rowsOnBothSides(said: Said): boolean {
  const isStep = (token: Said['tokens'][number]): boolean =>
    token.kind === 'word' && STEP_WORDS.some(([word]) => word === token.word);
  const isRow = (token: Said['tokens'][number]): boolean =>
    token.kind === 'rows' || token.kind === 'number' || token.kind === 'pointed';
  const first = said.tokens.findIndex(isStep);
  const last = said.tokens.findLastIndex(isStep);
  const before = said.tokens.slice(0, first).filter(isRow).map(rowKey);
  const behind = said.tokens
    .slice(last + 1)
    .filter(isRow)
    .map(rowKey);
  // "5번 보냈다니까 5번": said once more.
  return before.length > 0 && behind.some((row) => !before.includes(row));
}

/** "1-7번 머시기하고 1-3번 부쳤어요": of the first something else was told. */
function isUnknownDoneBetween({ tokens }: Said): boolean {
  const at = tokens.findIndex((token, i) => {
    if (token.kind !== 'unknown') return false;
    const next = tokens[i + 1];
    const isLinked = next?.kind === 'word' && /^(?:하고|했고|고|구)$/.test(next.text);
    return isLinked || /[가-힣](?:고|구|며|는데|은데)$/.test(token.text);
  });
  const isRow = (token: Said['tokens'][number]): boolean => token.kind === 'rows';
  return at >= 0 && tokens.slice(0, at).some(isRow) && tokens.slice(at).some(isRow);
}

function rowKey(token: Said['tokens'][number]): string {
  if (token.kind === 'rows') return `${token.from}-${token.to}`;
  return token.kind === 'number' ? `${token.value}-${token.value}` : JSON.stringify(token);
}

/** A name or any other unknown word beside it means somebody's parcel and not every row. */
function allRows(said: Said, steps: readonly Step[]): 'all' | null {
  if (said.strange.length > 0) return null;
  if (said.has('all', 'end') || isLeftOut(said)) return 'all';
  const [step, another] = steps;
  // "포장했어요" is about the day's work; what has left or arrived needs its rows.
  const daysWork =
    (step === 'harvested' && said.has('harvest')) || (step === 'packed' && said.has('did'));
  return another === undefined && daysWork ? 'all' : null;
}

const STEP_WORDS: readonly (readonly [FarmerWord, Step])[] = [
  ['harvest', 'harvested'],
  ['work', 'harvested'],
  ['pack', 'packed'],
  ['ship', 'shipped'],
  ['sent', 'shipped'],
  ['delivered', 'delivered'],
];

/** In the order of the work, whatever the order of the words. */
export function stepsOf(said: Said): Step[] {
  const steps = STEP_WORDS.filter(([word]) => said.words.has(word)).map(([, to]) => to);
  return [...new Set(steps)];
}
