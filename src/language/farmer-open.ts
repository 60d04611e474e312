// What of a farmer's message was not understood, and whether the rest may be booked without it.

import type { Said } from './farmer-said.ts';
import type { FarmerReading } from './reading.ts';
import { expandRows, ROWS_MAX } from './rows.ts';

type Read = {
  readonly readings: readonly FarmerReading[];
  /** How many rows were named when the clause was said. */
  readonly named: number;
  readonly isPaste: boolean;
};

/** Said of rows or days with which nothing was done. */
const IDLE = ['not', 'hold', 'later', 'ongoing', 'plan', 'sending', 'resume', 'undo'] as const;
const OF_DAYS = ['off', 'can', 'more', 'pause', 'order', 'only', 'resume'] as const;
const DAY_KINDS: readonly FarmerReading['kind'][] = ['cap', 'close', 'more', 'less', 'weekly'];

/**
 * Half of what belongs together would be booked and the other half be gone: a row, a count, a day or
 * the number of a parcel that was not understood holds up all, unless it plainly tells of others
 * that nothing was done with them.
 */
export function holdsUp(said: Said, read: Read): boolean {
  if (said.count('waybill') + said.count('odd') > 0) return true;
  if (read.isPaste) return false;
  const isIdle =
    said.has(...IDLE) || said.tokens.some(isLeft) || said.dates.some((date) => date > said.today);
  if (said.spans.some(({ from }) => from <= ROWS_MAX) && said.count('rows') > 0)
    return !isIdle || touches(said, read.readings);
  return countHoldsUp(said, read, isIdle) || dayHoldsUp(said, isIdle);
}

/** "요 두 개는 나갔고" counts what was named, "한 개 남았다" what was not, "사람이 한 명 빠졌어" tells why. */
function countHoldsUp(said: Said, { readings, named }: Read, isIdle: boolean): boolean {
  const counts = said.tokens.flatMap((token) =>
    token.kind === 'boxes' || token.kind === 'number' ? [token.value] : [],
  );
  const isOfDays = readings.every(({ kind }) => DAY_KINDS.includes(kind) || kind === 'other');
  const isHouses = said.tokens.some(isFigure) && !isOfDays;
  if (counts.length === 0 && !isHouses) return false;
  const isAgain = counts.length > 0 && counts.every((count) => named > 0 && count === named);
  if (said.tokens.some(isLeft) || said.tokens.some(isSum) || isAgain) return false;
  return !(isIdle && said.dates.length > 0) && !isIdleFigure(said, isIdle);
}

/** "2 아직" on a line of its own. */
const isIdleFigure = (said: Said, isIdle: boolean): boolean =>
  isIdle && said.count('boxes') === 0 && said.tokens[0]?.kind === 'number';

const isFigure = (token: Said['tokens'][number]): boolean =>
  token.kind === 'houses' || (token.kind === 'digits' && /[집곳데건]/.test(token.text));

/** "총 12건" at the end. */
const isSum = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' && /^(?:총|합계)$/.test(token.text);

function dayHoldsUp(said: Said, isIdle: boolean): boolean {
  if (said.dates.length === 0 || isIdle) return false;
  return said.count('unknown') === 0 || said.has(...OF_DAYS);
}

const isLeft = (token: Said['tokens'][number]): boolean =>
  token.kind === 'word' && /^(?:남|놔뒀|놓아뒀)/.test(token.text);

/** Whether another part of the message speaks of one of its rows, or of all. */
function touches(said: Said, readings: readonly FarmerReading[]): boolean {
  const rows = expandRows(said.spans) ?? [];
  return readings.some((reading) => {
    if (reading.kind === 'advance')
      return reading.rows === 'all' || reading.rows.some((row) => rows.some((one) => one === row));
    if (reading.kind !== 'waybills') return false;
    return reading.entries.some(({ row }) => rows.some((one) => one === row));
  });
}
