// What a farmer reports or orders in a few words, one or several things in a message.

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
  const readings: FarmerReading[] = [];
  let list: string | null = null;
  for (const clause of farmerClauses(farmerTokens(farmerText(text), today))) {
    for (const reading of readClause(clause, list, today)) {
      push(readings, reading);
      if (readings.length > READINGS_MAX) return [OTHER];
      if ('list' in reading && reading.list !== null) list = reading.list;
    }
  }
  const understood = readings.filter((reading) => reading.kind !== 'other');
  if (understood.length === 0 || guessedTwice(understood)) return [OTHER];
  return readings;
}

const DATE_SPAN = /(?<=\d\/\d{1,2}) ?- ?(?=\d{1,2}\/\d)/g;

/** "8/1-8/5" is written with a wave, so that its dash is none of a waybill. */
const farmerText = (text: string): string => plainText(text).replace(DATE_SPAN, '~');

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

/** Two bare numbers cannot both mean the day asked about. */
function guessedTwice(readings: readonly FarmerReading[]): boolean {
  return (
    readings.filter(({ kind, ...rest }) => kind === 'cap' && 'date' in rest && !rest.date).length >
    1
  );
}
