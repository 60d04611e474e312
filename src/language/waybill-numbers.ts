// Waybill numbers and telephone numbers among other digits, and what only looks like a waybill.

const WAYBILL =
  /(?<!\d)(?<!\d-)(?:\d{3,6}(?:-\d{3,6}){1,3}|\d{4}-\d{8}|\d{8}-\d{4}|\d{4} \d{4} \d{4,6}|\d{4} \d{8}|\d{6} \d{6}|\d{5} \d{4} \d{4}|\d{9,30})(?![\d-]| ?(?:박스|상자|개|원(?![가-힣]{2}(?:[\s,]|$|님|씨))|kg|box))/g;
export const WAYBILL_DIGITS = { min: 10, max: 14 };
const PHONE = /^(?:01[016789]\d{7,8}|0\d{9,10}|05\d{9,10})$/;
/** 6.01235E+12: what a sheet shows of a number that is too wide for its cell. */
const EXPONENT = /(?<![\d.])\d(?:\.\d{1,14})?e\+?\d{2}(?!\d)/gi;

export type FoundNumber = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly digits: string;
  readonly kind: 'waybill' | 'phone' | 'digits' | 'exponent';
};

/** In text order, those that a sheet has rounded behind the others. */
export function findWaybills(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const { 0: said, index } of text.matchAll(WAYBILL)) {
    const digits = said.replace(/\D/g, '');
    if (digits.length < WAYBILL_DIGITS.min - 1) continue;
    found.push({
      start: index,
      end: index + said.length,
      text: said,
      digits,
      kind: kindOf(digits),
    });
  }
  if (!/\de/i.test(text)) return found;
  for (const { 0: said, index } of text.matchAll(EXPONENT))
    found.push({
      start: index,
      end: index + said.length,
      text: said,
      digits: '',
      kind: 'exponent',
    });
  return found;
}

function kindOf(digits: string): FoundNumber['kind'] {
  if (PHONE.test(digits)) return 'phone';
  const { min, max } = WAYBILL_DIGITS;
  return digits.length >= min && digits.length <= max ? 'waybill' : 'digits';
}
