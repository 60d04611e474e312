// Row numbers in letters, as a telephone types what it hears: "삼번 오번", "일번부터 십이번까지".

import { readNumber } from './quantity.ts';

const LETTERS = '[일이삼사오육륙칠팔구십백]{1,5}';
/** 번지 is of an address, 번호 and 번째 are other words; 일 번 and 이 번 may be said with a space. */
const ROW = new RegExp(`(?<![가-힣])(${LETTERS}) ?번(?!지|호|째|길|씩|갈)`, 'gu');
/** "삼 오 칠번", "삼, 오번": the sign is said once for all. */
const LISTED = /(?<![가-힣])((?:[삼사오육칠팔구십]{1,3}[ ,]{1,2}){1,20})(?=\d{1,4}번)/gu;
/** "이번" is this time, but for a number beside other numbers. */
const THIS = '이';
const BESIDE_BEFORE = /(?:[일사오육칠팔구십\d] ?번(?:이랑|하고|과)?[\s,]*|\d[\s,]*)$/u;
const BESIDE_BEHIND =
  /^(?:부터|이랑|하고|과)|^[\s,]{1,2}(?:[삼사오육칠팔구십]{1,3} ?번(?!째|지)|\d{1,3} ?번)/u;
const BESIDE_CHARS = 8;

/** "첫번째부터 다섯번째까지", "세번부터 열두 번까지": native numerals count times but where they bound. */
const NATIVE =
  '(?:첫|한|두|세|네|다섯|여섯|일곱|여덟|여덜|아홉|(?:열|스물|스무)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)?)';
const BOUND = new RegExp(
  `(?<![가-힣])(${NATIVE}) ?번 ?째?(?= ?(?:부터|에서|까지|까진|꺼정|까정))`,
  'gu',
);

/** "백번" is said of what was done often. */
const OFTEN = 100;

export function withRowsInDigits(text: string): string {
  if (!text.includes('번')) return text;
  const bounds = text.replace(BOUND, (said, letters: string) => {
    const row = letters === '첫' ? 1 : readNumber(letters);
    return row === null ? said : `${row}번`;
  });
  const single = bounds.replace(ROW, (said, letters: string, at: number) => {
    const row = readNumber(letters);
    if (row === null || row === OFTEN) return said;
    return letters === THIS && !isBesideRows(text, at, said.length) ? said : `${row}번`;
  });
  return single.replace(LISTED, (said) =>
    said.replace(/[가-힣]+/gu, (letters) => `${readNumber(letters) ?? letters}번`),
  );
}

function isBesideRows(text: string, at: number, length: number): boolean {
  const before = text.slice(Math.max(0, at - BESIDE_CHARS), at);
  const behind = text.slice(at + length, at + length + BESIDE_CHARS);
  return BESIDE_BEFORE.test(before) || BESIDE_BEHIND.test(behind);
}
