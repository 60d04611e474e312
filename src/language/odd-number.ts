// A number in a farmer's words that cannot be what stands beside it: so that we can say what is wrong.

import { DAYS_MAX } from './farmer-days.ts';
import { plainText } from './plain-text.ts';
import { expandRows, ROWS_MAX } from './rows.ts';
import { WAYBILL_DIGITS } from './waybill-numbers.ts';
import { addDays, findDates } from './when.ts';

const WAYBILL = /송장|운송장|번호|번\s*:?\s*\d{6}/u;
const BELOW_ZERO = /(?<![\d~-])-\s?\d/;
const BOXES_DIGITS_MIN = 5;
const MONTHS = 12;
const MONTH_DAYS_MAX = 31;

const MONTH_DAY = /(?<![\d/])(\d{1,2})\s?(?:\/|월\s?)(\d{1,2})(?![\d/])/u;
/** Two figures with a stroke may be rows: beside these words they are a day. */
const OF_A_DAY = /휴무|휴일|쉬|쉼|쉽|목록|상자|박스|월/u;
const ROW_SPAN = /(?<![\d.-])(\d{1,8}) ?번? ?[-~] ?(\d{1,8})(?![\d-])/u;
const ROW = /(?<![\d-])(\d{1,8}) ?번(?!지|호)/u;
const REPORTS = /발송|포장|수확|출고|배송|보냈|번/u;
const SPAN = /[~-]|부터|까지/u;
const PHONE = /^0\d{1,2}-?\d{3,4}-?\d{4}$/u;

/**
 * A date that no calendar has; more days than are set at once; the digits of something meant as a waybill; rows counted backwards or
 * without end; a count of boxes below zero or out of all reason. Null when it is none of them.
 */
export type OddNumber =
  | { readonly kind: 'date'; readonly said: string }
  | { readonly kind: 'days'; readonly daysMax: number }
  | { readonly kind: 'waybill'; readonly digits: number }
  | { readonly kind: 'rows' }
  | { readonly kind: 'boxes' };

export function readOddNumber(text: string, today: string): OddNumber | null {
  const plain = plainText(text);
  const [date, month, day] = MONTH_DAY.exec(plain) ?? [];
  const isDay = OF_A_DAY.test(plain) || (Number(month) <= MONTHS && Number(day) <= MONTH_DAYS_MAX);
  if (date !== undefined && isDay && findDates(`${month}/${day}`, today).length === 0)
    return { kind: 'date', said: `${month}/${day}` };
  if (spansTooLong(plain, today)) return { kind: 'days', daysMax: DAYS_MAX };
  if (PHONE.test(plain.trim())) return null;
  if (hasOddRows(plain)) return { kind: 'rows' };
  const runs = plain.match(/\d[\d-]*/g) ?? [];
  const digits = Math.max(0, ...runs.map((run) => run.replace(/\D/g, '').length));
  const isOdd = digits < WAYBILL_DIGITS.min || digits > WAYBILL_DIGITS.max;
  if ((WAYBILL.test(plain) && digits >= BOXES_DIGITS_MIN && isOdd) || digits > WAYBILL_DIGITS.max)
    return { kind: 'waybill', digits };
  return BELOW_ZERO.test(plain) || digits >= BOXES_DIGITS_MIN ? { kind: 'boxes' } : null;
}

function hasOddRows(plain: string): boolean {
  if (!REPORTS.test(plain)) return false;
  const [, from, to] = ROW_SPAN.exec(plain) ?? [];
  const [, row] = ROW.exec(plain) ?? [];
  const spans = [
    ...(from === undefined ? [] : [{ from: Number(from), to: Number(to) }]),
    ...(row === undefined ? [] : [{ from: Number(row), to: Number(row) }]),
  ];
  return expandRows(spans) === null || spans.some(({ to: last }) => last > ROWS_MAX);
}

/** "8/1~12/31 휴무": more days than one word sets. */
function spansTooLong(plain: string, today: string): boolean {
  const [first, last, another] = findDates(plain, today);
  if (first === undefined || last === undefined || another !== undefined) return false;
  const isSpan = OF_A_DAY.test(plain) && SPAN.test(plain.slice(first.end, last.end + 2));
  return isSpan && last.date > addDays(first.date, DAYS_MAX - 1);
}
