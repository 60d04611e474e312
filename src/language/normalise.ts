// One spelling for what looks the same: full-width digits, decomposed Hangul, odd dashes.

import { cutUnspaced } from './unspaced.ts';

/** What a person types fits many times over; the rest of an absurd paste is not read. */
export const TEXT_LENGTH_MAX = 20_000;

const ORDINARY = /^[\n -~가-힣]*$/;
const INVISIBLE =
  /[\u00ad\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffd]|\p{Variation_Selector}|\u20e3/gu;
const CONTROL = /[^\P{Cc}\n\t]/gu;
/** "②번은 3박스로": the number of a row, and no row. "④ 7박스" is a field of a form. */
const CIRCLED_TURN = /([\u2460-\u2473])(?=(번)|[은는]|에는|만 |만\d|이랑 )/gu;
/** Counts its boxes (③박스), tells a label from its like (주소②:), or opens a line of a list. */
const CIRCLED =
  /(?:(?<=[가-힣])([\u2460-\u2473])(?= ?[:=])|([\u2460-\u2473])[ \t]*(?=((?:박스|상자|개|팩|box)(?! ?[:=-]))?))/giu;
/** Compatibility jamo (ㅎㅎ, ㅠㅠ) would be turned into conjoining ones, which nobody can read. */
const EXCEPT_JAMO = /[^\u3131-\u318e]+/gu;
const DASHES = /[\u2010-\u2015\u2212\u301c\uff5e\u223c〰]/gu;

/** The text as the readers see it. Positions in a reading refer to this form. */
export function normalise(text: string): string {
  const ordinary = text.length <= TEXT_LENGTH_MAX && ORDINARY.test(text);
  return cutUnspaced(ordinary ? text : spelled(text));
}

function spelled(text: string): string {
  return text
    .slice(0, TEXT_LENGTH_MAX)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(CIRCLED_TURN, (_, mark: string, turn?: string) => {
      const number = String(mark.charCodeAt(0) - 0x245f);
      return turn ? number : `(${number})`;
    })
    .replace(CIRCLED, (_, glued: string | undefined, mark: string, unit?: string) => {
      const number = (glued ?? mark).charCodeAt(0) - 0x245f;
      return glued || unit ? String(number) : `\n${number}) `;
    })
    .replace(DASHES, '-')
    .replace(EXCEPT_JAMO, (part) => part.normalize('NFKC'))
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .replace(/(?<=\d) ?ㅡ ?(?=\d)/g, '-');
}
