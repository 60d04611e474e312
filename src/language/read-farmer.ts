// What a farmer reports or orders in a few words, one or several things in a message.

import { findOrderCodes } from './codes.ts';
import { farmerClauses } from './farmer-clauses.ts';
import { isOfAll, mayHoldBack, readHeld } from './farmer-held.ts';
import { Readings } from './farmer-readings.ts';
import { FARMER_RULES } from './farmer-rules.ts';
import { OTHER as NOT_READ, type Said, said } from './farmer-said.ts';
import { type FarmerToken, farmerTokens } from './farmer-tokens.ts';
import { withWeeks } from './farmer-weeks.ts';
import type { FarmerWord } from './farmer-words.ts';
import { plainText } from './plain-text.ts';
import type { FarmerReading, RowSaid } from './reading.ts';
import { expandRows } from './rows.ts';
import { withRowsInDigits } from './spoken-rows.ts';
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
  if (findOrderCodes(text).length > 0) return [OTHER];
  const plain = plainText(text);
  const isOfMoney = MONEY.test(plain) && !PARCELS.test(plain);
  const paste = isOfMoney ? null : readPaste(plain);
  const readings = new Readings();
  let list: string | null = null;
  let isBehindCut = false;
  let isAllUnsure = false;
  const dated = withWeeks(farmerText(paste?.rest ?? text), today);
  for (const clause of farmerClauses(farmerTokens(dated, today))) {
    const earlier = { list, rows: () => readings.rowsNamed() };
    const clauseSaid = said(clause, earlier, today);
    if (isAfterthought(clauseSaid) && readings.leaveOut(leftOutOf(clauseSaid))) continue;
    const numbers = waybillsAlone(clauseSaid);
    if (numbers.length > 0 && readings.addToLast(list, numbers)) continue;
    const held = readHeld(clauseSaid);
    const read = readClause(clauseSaid, isBehindCut);
    if (held !== null && (read.length === 0 || read.some(isUnread))) {
      readings.hold(held);
      continue;
    }
    isAllUnsure ||= read.some(isUnread) && mayHoldBack(clauseSaid);
    for (const reading of read) {
      isBehindCut ||= reading.kind === 'cut';
      readings.push(reading);
      if (readings.count > READINGS_MAX) return [OTHER];
      if ('list' in reading && reading.list !== null) list = reading.list;
    }
  }
  if (paste !== null) pushPaste(readings, paste, list);
  const told = isAllUnsure ? readings.all().map(withoutAll) : readings.all();
  const all = isOfMoney ? told.filter(hasNumberedRows) : told;
  // A number without a day is a cap only by itself: beside anything else it may be part of that.
  const sure = all.length > 1 ? all.map(withoutGuess) : all;
  return sure.every((reading) => reading.kind === 'other') ? [OTHER] : sure;
}

/** Whether rows or steps of a list are spoken of, understood or not. */
export function speaksOfList(text: string, today: string): boolean {
  if (findOrderCodes(text).length > 0) return false;
  const tokens = farmerTokens(farmerText(text), today);
  return tokens.some((token) => token.kind === 'rows') && tokens.some(isOfWork);
}

const OF_WORK: readonly FarmerWord[] = ['harvest', 'pack', 'ship', 'sent', 'waybill', 'cancel'];
const isOfWork = (token: FarmerToken): boolean =>
  (token.kind === 'word' && [...OF_WORK, 'not', 'hold'].includes(token.word)) ||
  token.kind === 'waybill';

/** An account beside a name, as banks and people write it, is no waybill of somebody's. */
const MONEY = /입금|출금|잔액|계좌|예금주|이체|송금|통장/;
const PARCELS = /송장|등기|택배|통운|\d ?번(?![호지])/;

const hasNumberedRows = (reading: FarmerReading): boolean =>
  reading.kind !== 'waybills' || reading.entries.some(({ row }) => typeof row === 'number');

const withoutAll = (reading: FarmerReading): FarmerReading => (isOfAll(reading) ? OTHER : reading);

const withoutGuess = (reading: FarmerReading): FarmerReading =>
  reading.kind === 'cap' && reading.date === null ? OTHER : reading;

const DATE_SPAN = /(?<=\d\/\d{1,2}) ?- ?(?=\d{1,2}\/\d)/g;

/** "3. 123456789012" in a numbered list is row 3. */
const NUMBERED = /(^|\n)[ \t]*(\d{1,4}) ?[.)] ?(?=(?:운?송장(?:번호)? ?:? ?)?\d[\d -]{9,})/g;
/** "아니 14번까지": the number takes the place of the one said before. */
const TAKES_BACK = /^\s*(?:아니(?:요|야|다)?|아 ?참|아)[\s,.]+(?=[^\n]{1,8}까지)/;

/** "8/1-8/5" is written with a wave, so that its dash is none of a waybill. */
function farmerText(text: string): string {
  const plain = plainText(text).replace(DATE_SPAN, '~').replace(NUMBERED, '$1$2번 ');
  return withRowsInDigits(plain.replace(TAKES_BACK, ''))
    .replace(FROM_HERE, '에서')
    .replace(AND_HERE, '이랑')
    .replace(AMONG, ' 가운데 ');
}

/** "1-12 중 5,7 빼고": 중 is said of the rows in front, and nothing goes on. */
const AMONG =
  /(?<=\d ?번? ?)중(?:에서?)? ?(?=[\d번,.이랑하고과와 ]{1,60}(?:은|는|만)? ?(?:빼|뺀|제외|말고|못|안 |아직|남))/g;
/** "3번서 9번꺼정", "5번이영 6번": said so in some valleys. */
const FROM_HERE = /(?<=\d ?번) ?서(?= ?\d)/g;
const AND_HERE = /(?<=\d ?번) ?(?:이영|영|허고|하구|이캉|캉|이라[ ,]|카고)(?= ?\d)/g;

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

/** The numbers of a clause that says nothing else. */
function waybillsAlone({ tokens }: Said): string[] {
  const isAlone = tokens.every(
    (token) =>
      token.kind === 'waybill' ||
      token.kind === 'sign' ||
      (token.kind === 'word' && BESIDE_WAYBILLS.includes(token.word)),
  );
  return isAlone ? tokens.flatMap((token) => (token.kind === 'waybill' ? [token.digits] : [])) : [];
}
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
