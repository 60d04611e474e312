// A waybill dictated digit by digit: "오육일구에 삼오이일에 오육공일".

import { WAYBILL_DIGITS } from './waybill-numbers.ts';

const DIGITS = '공영일이삼사오육륙칠팔구';
const VALUES: Readonly<Record<string, string>> = Object.fromEntries(
  [...'01234567896'].map((digit, at) => [[...'공일이삼사오육칠팔구륙'][at] ?? '', digit]),
);
const SPOKEN = new RegExp(
  `(?<![가-힣])[${DIGITS}]{3,6}(?:(?:에|의|다시|대시)?[ ,-]{0,2}[${DIGITS}]{3,6}){1,3}(?=$|[^가-힣]|이요|이에요|입니다|요)`,
  'gu',
);

/** Only as many digits as a waybill has; a telephone number stays as it is said. */
export function withWaybillsInDigits(text: string): string {
  return text.replace(SPOKEN, (said) => {
    const digits = [...said]
      .map((letter) => (letter === '영' ? '0' : (VALUES[letter] ?? '')))
      .join('');
    const isWaybill = digits.length >= WAYBILL_DIGITS.min && digits.length <= WAYBILL_DIGITS.max;
    return isWaybill && !digits.startsWith('01') ? digits : said;
  });
}
