// Rows by their place on the list: "앞에 다섯 개", "두 번째", "12번부터 끝까지", "마지막 3개".

import { readNumber } from './quantity.ts';
import type { RowSaid } from './reading.ts';

const NUMERAL = '[한두세네석넉닷섯엿일이삼사오육칠팔구십다여덟아홉열곱스물무]{1,4}';
/** 상자 is none of them: five boxes are not five rows. */
const UNIT = '(?:개|건|집|줄|군데|곳|명|분)(?!월|년)';
const FRONT = '(?:(?:맨 ?)?(?:앞|처음|위)(?:에서부터|에서|부터|에|쪽)?|첫)';
const BACK = '(?:맨 ?)?(?:마지막|끝|뒤|밑)(?:에서부터|에서|부터|에|쪽)?';
const END =
  '(?:(?:맨 ?)?(?:끝|마지막)(?: ?번)? ?까지|(?:(?:맨 ?)?끝|쭉|다|전부(?: ?다)?|모두)(?![가-힣]))';
const ONE = '(?:거|것|꺼|줄|집|분|손님|사람|행|번호)(?!지)';
const VERY = '(?:(?:맨|제일|젤) ?)?';

const PLACE = new RegExp(
  [
    `${FRONT} ?(?<front>\\d{1,3}|${NUMERAL}) ?${UNIT}`,
    `${BACK} ?(?<back>\\d{1,3}|${NUMERAL}) ?${UNIT}`,
    `(?<from>\\d{1,4}) ?번? ?(?:부터|에서) ?${END}`,
    '(?<nth>첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열) ?번째',
    `(?<top>첫|(?:맨|제일|젤) ?(?:앞|위|처음)(?:에)?) ?${ONE}`,
    `(?<bottom>${VERY}마지막|(?:맨|제일|젤) ?(?:끝|뒤|밑|아래)(?:에)?) ?${ONE}`,
  ]
    .map((form) => `(?<![가-힣\\d])${form}`)
    .join('|'),
  'g',
);

export type FoundPlace = { readonly start: number; readonly end: number; readonly row: RowSaid };

export function findPlaces(text: string): FoundPlace[] {
  return [...text.matchAll(PLACE)].flatMap(({ 0: said, index, groups = {} }) => {
    const row = rowAt(groups);
    return row === null ? [] : [{ start: index, end: index + said.length, row }];
  });
}

function rowAt({
  front,
  back,
  from,
  nth,
  top,
  bottom,
}: Readonly<Record<string, string | undefined>>): RowSaid | null {
  if (from !== undefined) return { kind: 'from', row: Number(from) };
  if (nth !== undefined) return nth === '첫' ? 1 : readNumber(nth);
  if (top !== undefined) return { kind: 'first', count: 1 };
  if (bottom !== undefined) return { kind: 'last', count: 1 };
  const count = readNumber(front ?? back ?? '');
  if (count === null || count < 1) return null;
  return { kind: front === undefined ? 'last' : 'first', count };
}
