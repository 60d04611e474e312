import { describe, expect, it } from 'vitest';
import { findCounts, readNumber } from '../../src/language/quantity.ts';

describe('numbers', () => {
  it.each([
    ['12', 12],
    ['１２', 12],
    ['1,200', 1200],
    ['한', 1],
    ['하나', 1],
    ['두', 2],
    ['석', 3],
    ['넉', 4],
    ['열한', 11],
    ['열두', 12],
    ['스무', 20],
    ['스물두', 22],
    ['서른다섯', 35],
    ['마흔', 40],
    ['이십', 20],
    ['삼십오', 35],
    ['백', 100],
    ['three', 3],
  ])('%s is %i', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  it.each(['', '네네', '한두', '만', 'constructor', '1.5', '-3', '두박스', '일이', '열스물'])(
    '%j is no number',
    (text) => {
      expect(readNumber(text)).toBeNull();
    },
  );
});

describe('box counts', () => {
  const boxesIn = (text: string): (number | null)[] => findCounts(text).map(({ boxes }) => boxes);

  it.each<[string, (number | null)[]]>([
    ['2박스', [2]],
    ['5 box', [5]],
    ['2BOX요', [2]],
    ['4박 주세요', [4]],
    ['세상자', [3]],
    ['열두 박스', [12]],
    ['스무상자', [20]],
    ['블루베리 3팩', [3]],
    ['five boxes', [5]],
    ['복숭아두박스', [2]],
    ['석 상자', [3]],
    ['3개 주문', [3]],
    ['황도 2박스 백도 1박스', [2, 1]],
    ['박스 수량 3', [3]],
    ['0박스', [0]],
  ])('%s', (text, boxes) => {
    expect(boxesIn(text)).toEqual(boxes);
  });

  it.each([
    '서너 박스',
    '두세상자',
    '반박스',
    '한박스 반',
    '1.5박스',
    '3~4박스',
    '3박스나 4박스',
    '3박스인가 4박스',
    '-2박스',
    '10박스쯤',
    '몇 박스',
    '여러 박스',
  ])('%s is no usable count', (text) => {
    expect(boxesIn(text)).toEqual([null]);
  });

  it.each(['30개입', '튼튼한 박스에 담아', '이 박스', '박민준', '두개골길', '3개월', '전화 한통'])(
    '%s counts nothing',
    (text) => {
      expect(boxesIn(text)).toEqual([]);
    },
  );

  it('knows each, all together, on top, and per box', () => {
    expect(findCounts('각 2박스씩')[0]).toMatchObject({ boxes: 2, each: true });
    expect(findCounts('총 5박스')[0]).toMatchObject({ boxes: 5, total: true });
    expect(findCounts('한 박스 더')[0]).toMatchObject({ boxes: 1, more: true });
    expect(findCounts('1박스에 27,000원')[0]).toMatchObject({ rate: true });
  });
});
