// A number in a farmer's words that cannot be what stands beside it: so that we can say what is wrong.

import { plainText } from './plain-text.ts';
import { expandRows } from './rows.ts';
import { findDates } from './when.ts';

const WAYBILL = /송장|운송장|번호|번\s*:?\s*\d{6}/u;
const BELOW_ZERO = /(?<![\d~-])-\s?\d/;
const BOXES_DIGITS_MIN = 5;
const WAYBILL_DIGITS = { min: 10, max: 14 };

const MONTH_DAY = /(?<![\d/])(1[0-2]|[1-9])\s?(?:\/|월\s?)(3[01]|[12]?\d)(?![\d/])/u;
const ROW_SPAN = /(?<![\d.])(\d{1,8}) ?번? ?[-~] ?(\d{1,8})(?![\d-])/u;
const REPORTS = /발송|포장|수확|출고|배송|보냈|번/u;

/**
 * A date that no calendar has; the digits of something meant as a waybill; rows counted backwards or
 * without end; a count of boxes below zero or out of all reason. Null when it is none of them.
 */
export type OddNumber =
  | { readonly kind: 'date'; readonly said: string }
  | { readonly kind: 'waybill'; readonly digits: number }
  | { readonly kind: 'rows' }
  | { readonly kind: 'boxes' };

export function readOddNumber(text: string, today: string): OddNumber | null {
  const plain = plainText(text);
  const [date, month, day] = MONTH_DAY.exec(plain) ?? [];
  if (date !== undefined && findDates(date.replace(/월\s?/, '/'), today).length === 0)
    return { kind: 'date', said: `${month}/${day}` };
  const [, from, to] = (REPORTS.test(plain) ? ROW_SPAN.exec(plain) : null) ?? [];
  if (from !== undefined && expandRows([{ from: Number(from), to: Number(to) }]) === null)
    return { kind: 'rows' };
  const runs = plain.match(/\d[\d-]*/g) ?? [];
  const digits = Math.max(0, ...runs.map((run) => run.replace(/\D/g, '').length));
  const isOdd = digits < WAYBILL_DIGITS.min || digits > WAYBILL_DIGITS.max;
  if ((WAYBILL.test(plain) && digits >= BOXES_DIGITS_MIN && isOdd) || digits > WAYBILL_DIGITS.max)
    return { kind: 'waybill', digits };
  return BELOW_ZERO.test(plain) || digits >= BOXES_DIGITS_MIN ? { kind: 'boxes' } : null;
}
