// What a farmer reports or orders in a few words, one or several things in a message.

import { findOrderCodes } from './codes.ts';
import { type Clause, farmerClauses } from './farmer-clauses.ts';
import { FARMER_RULES } from './farmer-rules.ts';
import { said } from './farmer-said.ts';
import { farmerTokens } from './farmer-tokens.ts';
import { plainText } from './plain-text.ts';
import type { FarmerReading } from './reading.ts';

/** More commands than this in one message is a paste of something else. */
const READINGS_MAX = 300;
const OTHER: FarmerReading = { kind: 'other' };

/**
 * In the order said, never empty. A clause that names rows, counts or steps but cannot be read
 * leaves an `other` in its place, so that the caller can say so; chatter beside a command is
 * dropped.
 */
export function readFarmer(text: string, today: string): FarmerReading[] {
  // "입금 P7-007": with an order code it is about an order and not about the list.
  if (findOrderCodes(text).length > 0) return [OTHER];
  const readings: FarmerReading[] = [];
  let list: string | null = null;
  for (const clause of farmerClauses(farmerTokens(farmerText(text), today))) {
    for (const reading of readClause(clause, list, today)) {
      push(readings, reading);
      if (readings.length > READINGS_MAX) return [OTHER];
      if ('list' in reading && reading.list !== null) list = reading.list;
    }
  }
  // A number without a day is a cap only by itself: beside anything else it may be part of that.
  const sure = readings.length > 1 ? readings.map(withoutGuess) : readings;
  return sure.every((reading) => reading.kind === 'other') ? [OTHER] : sure;
}

const withoutGuess = (reading: FarmerReading): FarmerReading =>
  reading.kind === 'cap' && reading.date === null ? OTHER : reading;

const DATE_SPAN = /(?<=\d\/\d{1,2}) ?- ?(?=\d{1,2}\/\d)/g;

/** "3. 123456789012" in a numbered list is row 3. */
const NUMBERED = /(^|\n)[ \t]*(\d{1,4}) ?[.)] ?(?=(?:운?송장(?:번호)? ?:? ?)?\d[\d -]{9,})/g;
/** "아니 14번까지": the number takes the place of the one said before. */
const TAKES_BACK = /^\s*(?:아니(?:요|야|다)?|아 ?참|아)[\s,.]+(?=[^\n]{1,8}까지)/;

/** "8/1-8/5" is written with a wave, so that its dash is none of a waybill. */
const farmerText = (text: string): string =>
  plainText(text).replace(DATE_SPAN, '~').replace(NUMBERED, '$1$2번 ').replace(TAKES_BACK, '');

/** `list` is the day an earlier report of the message named: it holds for rows named after it. */
function readClause(clause: Clause, list: string | null, today: string): readonly FarmerReading[] {
  const clauseSaid = said(clause, list, today);
  for (const { read } of FARMER_RULES) {
    const readings = read(clauseSaid);
    if (readings) return readings;
  }
  return clauseSaid.isChatter ? [] : [OTHER];
}

/** Waybills of one list are one reading, however many lines they stood on. */
function push(readings: FarmerReading[], reading: FarmerReading): void {
  const last = readings.at(-1);
  if (last?.kind === 'waybills' && reading.kind === 'waybills' && last.list === reading.list) {
    readings[readings.length - 1] = { ...last, entries: [...last.entries, ...reading.entries] };
  } else if (!(last?.kind === 'other' && reading.kind === 'other')) readings.push(reading);
}
