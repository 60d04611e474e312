import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';
import type { OrderReading } from '../../src/language/reading.ts';

const CONTEXT = { today: '2026-07-15', products: [{ id: 'p1', name: '복숭아 4kg' }], maxBoxes: 50 };
const ONE = '정하늘 010-0123-4567 광주 남구 봉선로 40 라인광장 103동 1204호 2박스';
const TWO = `1. ${ONE}\n2. 오은별 010-1123-4567 대전 서구 계룡로 598 1박스`;

const read = (...texts: readonly string[]): OrderReading =>
  readOrder(
    texts.map((text) => ({ text })),
    CONTEXT,
  );

const valuesOf = (reading: OrderReading): readonly (readonly unknown[])[] =>
  reading.kind === 'order'
    ? reading.draft.recipients.map(({ name, address, items }) => [name, address, items[0]?.boxes])
    : [];

const HOUSE = '광주 남구 봉선로 40 라인광장 103동 1204호';

describe('a part of a value that was wrong', () => {
  it.each([
    ['1204호 아니고 1402호예요', '정하늘', '광주 남구 봉선로 40 라인광장 103동 1402호'],
    ['앗 103동이 아니라 301동이요', '정하늘', '광주 남구 봉선로 40 라인광장 301동 1204호'],
    ['봉선로 40이 아니라 봉선로 41입니다', '정하늘', '광주 남구 봉선로 41 라인광장 103동 1204호'],
    ['301동이에요 103 아니고', '정하늘', '광주 남구 봉선로 40 라인광장 301동 1204호'],
    ['아 1402호입니다 1204호 아니에요', '정하늘', '광주 남구 봉선로 40 라인광장 103동 1402호'],
    ['1204호 아니고 그냥 1402호요', '정하늘', '광주 남구 봉선로 40 라인광장 103동 1402호'],
    ['40→42', '정하늘', '광주 남구 봉선로 42 라인광장 103동 1204호'],
    ['남구를 북구로 고쳐주세요', '정하늘', '광주 북구 봉선로 40 라인광장 103동 1204호'],
    ['이름이 정하늘이 아니라 정하눌이에요', '정하눌', HOUSE],
    ['하늘 아니고 하눌이요', '정하눌', HOUSE],
  ])('is put right alone: %s', (said, name, address) => {
    expect(valuesOf(read(ONE, said))).toEqual([[name, address, 2]]);
    const [first, second] = valuesOf(read(TWO, said));
    expect(first).toEqual([name, address, 2]);
    expect(second).toEqual(['오은별', '대전 서구 계룡로 598', 1]);
  });

  it('is put right in the message that said it', () => {
    expect(valuesOf(read(`${ONE}\n아 1204호가 아니라 1402호예요`))).toEqual([
      ['정하늘', '광주 남구 봉선로 40 라인광장 103동 1402호', 2],
    ]);
  });

  it.each(['104동이 아니라 105동이에요', '1205호 아니고 1206호요'])(
    'is asked for where no address has it: %s',
    (said) => {
      const reading = read(TWO, said);
      expect(reading).toMatchObject({
        kind: 'ask',
        questions: [{ field: 'address', recipient: 0 }],
      });
    },
  );

  it('is asked for where nothing is said that takes its place', () => {
    expect(read(TWO, '1204호는 아니에요 잠시만요')).toMatchObject({
      kind: 'ask',
      questions: [{ field: 'address', recipient: 0 }],
    });
    expect(valuesOf(read(ONE, '혹시 1204호 아니에요?'))).toEqual([['정하늘', HOUSE, 2]]);
  });

  it('is asked for where two addresses have it', () => {
    const twins = `${ONE}\n오은별 010-1123-4567 대전 서구 계룡로 598 1204호 1박스`;
    expect(read(twins, '1204호가 아니라 1205호예요')).toMatchObject({
      kind: 'ask',
      questions: [
        { field: 'address', recipient: 0 },
        { field: 'address', recipient: 1 },
      ],
    });
  });

  it('is of the recipient pointed at', () => {
    const twins = `${ONE}\n오은별 010-1123-4567 대전 서구 계룡로 598 1204호 1박스`;
    expect(valuesOf(read(twins, '두번째 분 1204호가 아니라 1205호예요'))[1]).toEqual([
      '오은별',
      '대전 서구 계룡로 598 1205호',
      1,
    ]);
  });

  it('of a count is that of the only one who has it', () => {
    expect(valuesOf(read(TWO, '2박스 아니고 4박스요')).map(([, , boxes]) => boxes)).toEqual([4, 1]);
    const twins = `${ONE}\n오은별 010-1123-4567 대전 서구 계룡로 598 2박스`;
    expect(read(twins, '두 박스 아니고 네 박스요')).toMatchObject({ kind: 'ask' });
  });

  it('takes nobody else for a slip', () => {
    expect(valuesOf(read(ONE, '98호 아니고'))).toEqual([['정하늘', HOUSE, 2]]);
    const reading = read(TWO, '정하늘 말고 박소담 010-0777-8888 서울 노원구 동일로 1729');
    expect(JSON.stringify(reading)).not.toContain('박소담","phone":"01001234567');
  });
});
