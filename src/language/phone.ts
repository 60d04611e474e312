// Telephone numbers in any spelling, and the numbers that only look like one.

import { matchesOf } from './matches.ts';

export type FoundPhone = {
  readonly start: number;
  readonly end: number;
  /** Digits with the leading 0; null when the number cannot be dialled (digits missing, masked). */
  readonly digits: string | null;
};

/** Digits after the area code, per kind of number. The first fitting row counts. */
const LENGTHS: readonly { readonly area: RegExp; readonly digits: readonly number[] }[] = [
  { area: /^10$/, digits: [8] }, // 010-1234-5678
  { area: /^1[16-9]$/, digits: [7, 8] }, // 011-123-4567
  { area: /^50[2-9]$/, digits: [7, 8] }, // 0507-1234-5678
  { area: /^(?:70|80)$/, digits: [7, 8] }, // 070-1234-5678
  { area: /^(?:2|[3-6]\d)$/, digits: [7, 8] }, // 02-123-4567, 031-123-4567
];

const SEPARATOR = '(?: ?(?:[-.~/·ㆍ・‧∙•*,_)=]|에(?= ?\\d)) ?| {1,2})?';
/** Digits that are the start of a house or box number belong to that and not to the phone. */
const NO_UNIT = String.raw`(?![\d*]{0,4}(?:동|호|층|박스|상자|개|팩|box|번지))`;

const PHONE = new RegExp(
  [
    String.raw`(?<![\d*])(?<!\d-)(?:(?:\(?\+ ?82\)?|\(?82\)?(?=[ .-]{0,2}\(?0?\)? ?10))[ .-]{0,2}(?:\(0\) ?|0)?|\(?0)`,
    String.raw`(10|1[16-9]|50[2-9]|70|80|[36][1-4]|4[1-4]|5[1-5]|2)\)?`,
    SEPARATOR,
    String.raw`([\d*○●]{1,14})`,
    `(?:(${SEPARATOR})${NO_UNIT}([\\d*○●]{2,8}))?`,
  ].join(''),
  'giu',
);

/** A sheet drops the leading zero: 1012345678, 10-1234-5678. */
const WITHOUT_ZERO = /(?<![\d*-])10(-?)\d{4}\1\d{4}(?![\d-])/gu;
const SPOKEN =
  /(?<![가-힣])공일공[ -]{0,2}([공영일이삼사오육칠팔구]{4})[ -]{0,2}([공영일이삼사오육칠팔구]{4})/gu;
const SPOKEN_DIGITS = '공일이삼사오육칠팔구';

/** In text order. Account and tracking numbers are not among them. */
export function findPhones(text: string): FoundPhone[] {
  const found: FoundPhone[] = [];
  if (/\d{2}/.test(text)) {
    for (const match of matchesOf(text, PHONE)) {
      const phone = judge(text, match);
      if (phone !== null) found.push(phone);
    }
    for (const match of matchesOf(text, WITHOUT_ZERO)) {
      const end = match.index + match[0].length;
      if (found.some((phone) => phone.start < end && phone.end > match.index)) continue;
      found.push({ start: match.index, end, digits: `0${match[0].replaceAll('-', '')}` });
    }
  }
  for (const match of text.includes('공일공') ? matchesOf(text, SPOKEN) : []) {
    const digits = [...`${match[1]}${match[2]}`.replaceAll('영', '공')]
      .map((digit) => SPOKEN_DIGITS.indexOf(digit))
      .join('');
    found.push({ start: match.index, end: match.index + match[0].length, digits: `010${digits}` });
  }
  return found.sort((a, b) => a.start - b.start);
}

function judge(text: string, match: RegExpExecArray): FoundPhone | null {
  const [whole, area = '', first = '', gap = '', second = ''] = match;
  const complete = first.length >= 7;
  // A run of eight digits is whole; what stands after a gap then belongs to something else.
  const takesSecond = !complete && second !== '' && !(gap.trim() === '' && second.length < 3);
  const rest = takesSecond ? first + second : first;
  const left = complete || !takesSecond ? gap.length + second.length : 0;
  const end = match.index + whole.length - left;
  const mobile = area === '10';
  const goesOn = /^(?:\d|-\d)/.test(text.slice(end, end + 2));
  if (!mobile && (goesOn || rest.length < 5)) return null;
  if (rest.length > 12 || rest.length < 2) return null;
  // "02 12" or "10 3" is no phone; without its zero or separator only a full number is one.
  const allowed = LENGTHS.find((row) => row.area.test(area))?.digits ?? [];
  const valid = !goesOn && /^\d+$/.test(rest) && allowed.includes(rest.length);
  if (!valid && rest.length < 4 && !mobile) return null;
  return { start: match.index, end, digits: valid ? `0${area}${rest}` : null };
}
