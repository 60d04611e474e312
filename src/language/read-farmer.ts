// What a farmer reports or orders in a few words, one or several things in a message.

import { findOrderCodes } from './codes.ts';
import { farmerClauses } from './farmer-clauses.ts';
import { withCorrections } from './farmer-corrections.ts';
import { withoutCounts } from './farmer-counted.ts';
import { isOfAll, mayHoldBack, readHeld, withSpared } from './farmer-held.ts';
import { holdsUp } from './farmer-open.ts';
import { type Held, Readings } from './farmer-readings.ts';
import { stepsOf } from './farmer-reports.ts';
import { FARMER_RULES } from './farmer-rules.ts';
import { OTHER as NOT_READ, type Said, said } from './farmer-said.ts';
import { farmerText } from './farmer-text.ts';
import { type FarmerToken, farmerTokens } from './farmer-tokens.ts';
import { withWeeks } from './farmer-weeks.ts';
import type { FarmerWord } from './farmer-words.ts';
import { plainText } from './plain-text.ts';
import type { FarmerReading, RowSaid } from './reading.ts';
import { expandRows } from './rows.ts';
import { withRowsInDigits } from './spoken-rows.ts';
import { withWaybillsInDigits } from './spoken-waybills.ts';
import { carrierOf } from './waybill-entries.ts';
import { type Paste, readPaste } from './waybill-paste.ts';

/** More commands than this in one message is a paste of something else. */
const READINGS_MAX = 300;
const OTHER: FarmerReading = { kind: 'other' };
const isUnread = (reading: FarmerReading): boolean => reading.kind === 'other';

/**
 * In the order said, never empty. A clause that names rows, counts or steps but cannot be read
 * leaves an `other` in its place, so that the caller can say so; chatter beside a command is
 * dropped.
 */
export function readFarmer(text: string, today: string): FarmerReading[] {
  // "입금 P7-007": with an order code it is about an order and not about the list.
  const plain = withCorrections(
    inLines(withWaybillsInDigits(withRowsInDigits(plainText(text).replace(CHAT_HEADER, '')))),
  );
  if (plain === null) return [OTHER];
  const isOfMoney = MONEY.test(plain) && !PARCELS.test(plain);
  const paste = isOfMoney ? null : readPaste(plain);
  if (findOrderCodes(text).length > 0 && (paste?.entries.length ?? 0) === 0) return [OTHER];
  const readings = new Readings();
  let list: string | null = null;
  let isBehindCut = false;
  let isAllUnsure = false;
  let isHeaded = false;
  const open: { readonly said: Said; readonly named: number }[] = [];
  let step: Held['step'] = null;
  let carrierBelow: string | null = null;
  const dated = withWeeks(farmerText(paste?.rest ?? plain, today), today);
  for (const clause of farmerClauses(withoutCounts(withSpared(farmerTokens(dated, today))))) {
    const earlier = { list, rows: () => readings.rowsNamed() };
    const clauseSaid = said(clause, earlier, today);
    if (isAfterthought(clauseSaid) && readings.leaveOut(leftOutOf(clauseSaid))) continue;
    const numbers = waybillsAlone(clauseSaid);
    if (numbers.length > 0 && readings.addToLast(list, numbers)) continue;
    const held = readHeld(clauseSaid);
    const read: readonly FarmerReading[] =
      readWithStep(clauseSaid, step) ?? readClause(clauseSaid, isBehindCut);
    const isLeft = clauseSaid.tokens.some(saysLeft);
    if (held !== null && (isLeft || read.length === 0 || read.some(isUnread))) {
      readings.hold(held);
      step = held.step;
      continue;
    }
    const below = carrierAlone(clauseSaid);
    if (below !== null && (readings.hasWaybills || paste !== null)) {
      carrierBelow = below;
      continue;
    }
    if (isHeading(clauseSaid) && read.every(isUnread)) {
      isHeaded = true;
      continue;
    }
    if (read.some(isUnread)) readings.leaveOwnerless(waybillsIn(clauseSaid));
    if (read.some(isUnread)) open.push({ said: clauseSaid, named: readings.rowsNamed().length });
    isAllUnsure ||= read.some(isUnread) && mayHoldBack(clauseSaid);
    for (const reading of read) {
      isBehindCut ||= reading.kind === 'cut';
      readings.push(reading);
      if (readings.count > READINGS_MAX) return [OTHER];
      if ('list' in reading && reading.list !== null) list = reading.list;
    }
  }
  if (paste !== null) pushPaste(readings, paste, list);
  if (carrierBelow !== null) readings.nameCarrier(carrierBelow);
  if (isHeaded && !readings.hasWaybills) readings.push(OTHER);
  const told = isAllUnsure ? readings.all().map(withoutAll) : readings.all();
  const all = isOfMoney ? told.filter(hasNumberedRows) : told;
  const isPaste = paste !== null;
  if (open.some((one) => holdsUp(one.said, { readings: all, named: one.named, isPaste })))
    return [OTHER];
  // A number without a day is a cap only by itself: beside anything else it may be part of that.
  const sure = all.length > 1 ? all.map(withoutGuess) : all;
  return sure.every((reading) => reading.kind === 'other') ? [OTHER] : sure;
}

/** "[막내] [오후 4:12] ", as a copied chat has it before every line. */
const CHAT_HEADER = /^\[[^\]\n]{1,20}\] \[(?:오전|오후) \d{1,2}:\d{2}\] ?/gm;

/** "박철수 1234…; 김영희 2345…", "(1/2)": each waybill on its line, without the count of its boxes. */
function inLines(plain: string): string {
  if (!/\d{4}/.test(plain)) return plain;
  const lines = plain.replace(BEHIND_NUMBER, '\n');
  const counts = new Set([...lines.matchAll(BOX_OF_BOXES)].map(([, of]) => of?.replace(/ /g, '')));
  return lines.replace(BOX_OF_BOXES, (said, of: string) => {
    const [, all = ''] = of.split('/');
    return counts.has(`1/${all.trim()}`) && counts.has(`${all.trim()}/${all.trim()}`) ? ' ' : said;
  });
}
const BEHIND_NUMBER = /(?<=\d{4}) ?; ?(?=[^\n])/g;
const BOX_OF_BOXES =
  /(?<![\d/])[([]?(\d{1,2} ?\/ ?\d{1,2})[)\]]?(?![\d/])(?=[ :]*\d{4}| *(?:\n|$))/g;

/** What a farmer speaks of, understood or not: rows and steps of a list, or days and their numbers. */
export function farmTalk(text: string, today: string): 'rows' | 'days' | null {
  if (findOrderCodes(text).length > 0) return null;
  const tokens = farmerTokens(farmerText(text, today), today);
  const isRow = tokens.some(({ kind }) => kind === 'rows' || kind === 'houses');
  if ((isRow && tokens.some(isOfWork)) || tokens.some(isOfListsOnly)) return 'rows';
  // Who names a fruit or says that he buys may be ordering some.
  if (tokens.some(({ kind }) => kind === 'product') || BUYS.test(text)) return null;
  const isCounted = tokens.some(({ kind }) => kind === 'boxes' || kind === 'number');
  const isDated = tokens.some(({ kind }) => kind === 'date');
  const isOfDays = tokens.some(isOfADay);
  return (isCounted && isDated) || (isOfDays && (isCounted || isDated)) ? 'days' : null;
}

const wordIn =
  (words: readonly FarmerWord[]) =>
  (token: FarmerToken): boolean =>
    token.kind === 'word' && words.includes(token.word);
const isWorkWord = wordIn([
  ...(['harvest', 'pack', 'ship', 'sent', 'waybill', 'cancel', 'not', 'hold'] as const),
]);
const isOfWork = (token: FarmerToken): boolean => isWorkWord(token) || token.kind === 'waybill';
/** Words that no buyer has a use for. */
const isOfListsOnly = wordIn(['harvest', 'pack', 'hold', 'undo']);
const isOfADay = wordIn(['can', 'more', 'off', 'hedge', 'pause', 'plan']);
const BUYS = /주문(?:할|하고|해요|합니다|이요|요)|시키|시킬|살게|사고 ?싶|살 ?수|구매|보내 ?주/u;

/** An account beside a name, as banks and people write it, is no waybill of somebody's. */
const MONEY = /입금|출금|잔액|계좌|예금주|이체|송금|통장/;
const PARCELS = /송장|등기|택배|통운|\d ?번(?![호지])/;

const hasNumberedRows = (reading: FarmerReading): boolean =>
  reading.kind !== 'waybills' || reading.entries.some(({ row }) => typeof row === 'number');

const withoutAll = (reading: FarmerReading): FarmerReading => (isOfAll(reading) ? OTHER : reading);

const withoutGuess = (reading: FarmerReading): FarmerReading =>
  reading.kind === 'cap' && reading.date === null ? OTHER : reading;

/** Chatter about a thing that a rule knows: "남은 건 아직", "비가 와서 더는 못 따겠어" behind a cut. */
function isAside(clauseSaid: Said, isBehindCut: boolean): boolean {
  if (!clauseSaid.isChatter || clauseSaid.strange.length > ASIDE_UNKNOWN_MAX) return false;
  return isBehindCut ? !clauseSaid.has(...DESK) : !clauseSaid.has('off', ...DESK);
}
const ASIDE_UNKNOWN_MAX = 3;
const DESK: readonly FarmerWord[] = ['cancel', 'pause', 'price', 'resume', 'soldOut', 'undo'];

function readClause(clauseSaid: Said, isBehindCut: boolean): readonly FarmerReading[] {
  for (const { read } of FARMER_RULES) {
    const readings = read(clauseSaid);
    if (readings) return readings === NOT_READ && isAside(clauseSaid, isBehindCut) ? [] : readings;
  }
  return clauseSaid.isChatter ? [] : [OTHER];
}

/** "송장 나왔어요~": what comes below, or nothing that can be read. */
const isHeading = (clauseSaid: Said): boolean =>
  clauseSaid.has('waybill', 'cargo') &&
  clauseSaid.tokens.every(({ kind }) => kind === 'word' || kind === 'unknown' || kind === 'sign') &&
  !clauseSaid.has(...NOT_PLAIN);

/** "한진택배로 보냈음" and no row. */
function carrierAlone(clauseSaid: Said): string | null {
  const carriers = new Set(clauseSaid.tokens.flatMap((token) => carrierOf(token) ?? []));
  const [carrier = null] = carriers.size === 1 ? carriers : [];
  const isPlain = clauseSaid.tokens.every(
    ({ kind }) => kind === 'word' || kind === 'sign' || kind === 'date',
  );
  return isPlain && !clauseSaid.has(...NOT_PLAIN, 'rest') ? carrier : null;
}
const NOT_PLAIN = [
  ...(['not', 'none', 'cancel', 'undo', 'doubt', 'ask'] as const),
  ...(['except', 'wrong', 'hold', 'later'] as const),
];

/** "두 집만 포장 남았고 싹 다 했어": the step said of those that stay behind is what the others reached. */
function readWithStep(clauseSaid: Said, step: Held['step']): readonly FarmerReading[] | null {
  const isRest = clauseSaid.has('all', 'rest') && clauseSaid.has('did', 'end');
  const isPlain = clauseSaid.tokens.every(({ kind }) => kind === 'word' || kind === 'sign');
  if (step === null || !isRest || !isPlain || stepsOf(clauseSaid).length > 0) return null;
  if (clauseSaid.isDoubtful || clauseSaid.has(...NOT_PLAIN)) return null;
  return [{ kind: 'advance', to: step, rows: 'all', list: clauseSaid.list }];
}

/** "두 집만 포장 남았고": what is left of a step is not done. */
const saysLeft = (token: FarmerToken): boolean =>
  token.kind === 'word' && token.text.startsWith('남');

/** The numbers of a clause that says nothing else. */
function waybillsAlone({ tokens }: Said): string[] {
  const isAlone = tokens.every(
    (token) =>
      token.kind === 'waybill' ||
      token.kind === 'sign' ||
      (token.kind === 'word' && BESIDE_WAYBILLS.includes(token.word)),
  );
  return isAlone ? waybillsIn({ tokens }) : [];
}
const waybillsIn = ({ tokens }: Pick<Said, 'tokens'>): string[] =>
  tokens.flatMap((token) => (token.kind === 'waybill' ? [token.digits] : []));
const BESIDE_WAYBILLS: readonly FarmerWord[] = ['filler', 'link', 'ending', 'waybill'];

/** "4 9 11 빼고" and nothing else. */
const isAfterthought = ({ tokens, leftPointed, left }: Said): boolean =>
  left.length + leftPointed.length > 0 && tokens.every(isOfAfterthought);

const isOfAfterthought = (token: FarmerToken): boolean =>
  token.kind === 'rows' ||
  token.kind === 'number' ||
  token.kind === 'pointed' ||
  token.kind === 'sign' ||
  (token.kind === 'word' && AFTERTHOUGHT.includes(token.word));
const AFTERTHOUGHT: readonly FarmerWord[] = ['except', 'filler', 'only', 'ending'];

const leftOutOf = ({ left, leftPointed }: Said): RowSaid[] => [
  ...(expandRows(left) ?? []),
  ...leftPointed,
];

/** A day that was said above the paste is the day of its list. */
function pushPaste(readings: Readings, { entries, bad }: Paste, list: string | null): void {
  if (entries.length + bad.length === 0) return;
  const date = readings.takeListDate() ?? list;
  readings.dropHeadings();
  readings.push({ kind: 'waybills', entries, ...(bad.length > 0 ? { bad } : {}), list: date });
}
