// A number in a farmer's words that cannot be what stands beside it: so that we can say what is wrong.

import { plainText } from './plain-text.ts';

const WAYBILL = /송장|운송장|번호|번\s*:?\s*\d{6}/u;
const BELOW_ZERO = /(?<![\d~-])-\s?\d/;
const BOXES_DIGITS_MIN = 5;
const WAYBILL_DIGITS = { min: 10, max: 14 };

/** The waybill's digits, or a count of boxes below zero or out of all reason; null when neither. */
export function readOddNumber(text: string): { readonly waybillDigits: number } | 'boxes' | null {
  const plain = plainText(text);
  const runs = plain.match(/\d[\d-]*/g) ?? [];
  const digits = Math.max(0, ...runs.map((run) => run.replace(/\D/g, '').length));
  const isOdd = digits < WAYBILL_DIGITS.min || digits > WAYBILL_DIGITS.max;
  if ((WAYBILL.test(plain) && digits >= BOXES_DIGITS_MIN && isOdd) || digits > WAYBILL_DIGITS.max)
    return { waybillDigits: digits };
  return BELOW_ZERO.test(plain) || digits >= BOXES_DIGITS_MIN ? 'boxes' : null;
}
