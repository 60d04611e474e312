// Order codes as people say and type them: letter, digit, three digits.

import { matchesOf } from './matches.ts';
import { plainText } from './plain-text.ts';

// A unit behind the digits makes it something else: "A3 101호" is a flat, not an order.
const CODE =
  /(?<![a-z0-9])([a-z])(\d) ?-? ?(\d{3})(?![\da-z]|-\d| ?(?:호|동|층|원|번지|박스|상자|개|kg))/g;

/** Every order code in the text, as `P7-042`, in order and once each. */
export function findOrderCodes(text: string): string[] {
  const codes = new Set<string>();
  for (const [, letter = '', digit = '', rest = ''] of matchesOf(plainText(text), CODE))
    codes.add(`${letter.toUpperCase()}${digit}-${rest}`);
  return [...codes];
}
