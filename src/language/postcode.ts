// Postal codes: (우)12345, [12345], 12345 in front of a province.

import { PROVINCE } from './address-words.ts';
import { matchesOf } from './matches.ts';

export type FoundPostcode = {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
};

export const POSTCODE = new RegExp(
  [
    String.raw`(?:\(?우\)?|우편번호|우편 번호)\s?[:)]?\s?[([]?(\d{5})(?!\d)[)\]]?`,
    String.raw`[([](?:우 ?)?(\d{5})[)\]]`,
    String.raw`(?<![\d-])(\d{5})(?=,? ?(?:${PROVINCE})[ 가-힣])`,
  ].join('|'),
  'gu',
);

export function findPostcodes(text: string): FoundPostcode[] {
  return matchesOf(text, POSTCODE).map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    digits: match[1] ?? match[2] ?? match[3] ?? '',
  }));
}
