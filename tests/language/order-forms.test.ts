// Forms by hand: whatever stands around a label, its number and its signs are none of its value.
import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';
import type { OrderReading } from '../../src/language/reading.ts';

const read = (text: string, products: readonly string[] = ['사과 5kg']): OrderReading =>
  readOrder([{ text }], {
    today: '2026-09-14',
    products: products.map((name, index) => ({ id: `p${index + 1}`, name })),
    maxBoxes: 50,
  });

/** Name, boxes and product of each recipient; null where no order came of it. */
const rowsOf = (reading: OrderReading): string[] | null =>
  reading.kind === 'order'
    ? reading.draft.recipients.map(
        ({ name, items }) =>
          `${name} ${items.map(({ product, boxes }) => `${product}×${boxes}`).join(' ')}`,
      )
    : null;

const HOMES = ['경기 양주시 옥정동로 177', '강원 태백시 황지로 120'] as const;

describe('labels of a form', () => {
  it.each(['1 : ', '1: ', '1) ', '1 = ', '1👉 ', '1 → '])(
    'never takes the number of a label for its value: 수량%s',
    (sign) => {
      const second = sign.replace('1', '2');
      const text = [
        `받는분${sign}채우진`,
        `전화${sign}010-0147-2290`,
        `주소${sign}${HOMES[0]}`,
        `수량${sign}4`,
        `받는분${second}마은찬`,
        `전화${second}010-1623-8804`,
        `주소${second}${HOMES[1]}`,
        `수량${second}3`,
      ].join('\n');
      expect(rowsOf(read(text))).toEqual(['채우진 p1×4', '마은찬 p1×3']);
    },
  );

  it('reads a circled number in front of a label as its place in the form', () => {
    const text = `① 이름 = 채우진\n② 번호 = 010-0147-2290\n③ 주소 = ${HOMES[0]}\n④ 박스 = 5`;
    expect(rowsOf(read(text))).toEqual(['채우진 p1×5']);
  });

  it.each(['★$★', '*$*', '<$>', '■ $ ■', '~~~$~~~'])(
    'lets a heading in signs say of whom the next lines speak: %s',
    (signs) => {
      const head = (word: string): string => signs.replace('$', word);
      const text = `${head('보내는 사람')}\n문나린 010-0220-7719\n${head('받는 사람')}\n채우진 010-0147-2290 ${HOMES[0]} 2박스`;
      const reading = read(text);
      expect(rowsOf(reading)).toEqual(['채우진 p1×2']);
      expect(reading.kind === 'order' && reading.draft.sender).toBe('문나린');
    },
  );

  it('hears who is named where a place was asked for, and his number from a contact', () => {
    const text = `받는곳: 하늘빛어린이집\n담당: 원감 채은솔 010-0982-1147\n주소: ${HOMES[0]}\n수량: 3`;
    expect(rowsOf(read(text))).toEqual(['하늘빛어린이집 p1×3']);
  });

  it('keeps both words of a foreign name', () => {
    const text = `받는분: 마이클 브라운\n전화: 010-0728-5510\n주소: ${HOMES[0]}\n수량: 2`;
    expect(rowsOf(read(text))).toEqual(['마이클 브라운 p1×2']);
  });
});

describe('headings of products', () => {
  it.each([
    ['<5kg>', '<10kg>'],
    ['[5kg]', '[10kg]'],
    ['#5kg', '#10kg'],
  ])('gives a count said for all to the product above each row: %s', (first, second) => {
    const text = `${first}\n채우진 010-0147-2290 ${HOMES[0]}\n${second}\n마은찬 010-1623-8804 ${HOMES[1]}\n한 집에 1박스씩이에요`;
    expect(rowsOf(read(text, ['부사 5kg', '부사 10kg']))).toEqual(['채우진 p1×1', '마은찬 p2×1']);
  });

  it('sees a product of one letter between signs', () => {
    const text = `▶사과◀\n채우진 010-0147-2290 ${HOMES[0]} 1박스\n▶배◀\n마은찬 010-1623-8804 ${HOMES[1]} 2박스`;
    expect(rowsOf(read(text, ['사과 5kg', '배 7.5kg']))).toEqual(['채우진 p1×1', '마은찬 p2×2']);
  });
});

describe('a text without its spaces', () => {
  it('is cut where its kinds change', () => {
    const reading = read('대구수성구달구벌대로2450우방타운204동1101호민하경01002918830사과두상자');
    expect(rowsOf(reading)).toEqual(['민하경 p1×2']);
    const address = reading.kind === 'order' ? reading.draft.recipients[0]?.address : null;
    expect(address?.replaceAll(' ', '')).toBe('대구수성구달구벌대로2450우방타운204동1101호');
  });
});

describe('what is no order', () => {
  it.each([
    '과일박스 도매 전문 한솔지업입니다 5kg 박스 700원부터 문의 010-1700-2219 경기 시흥시 공단1대로 204',
    '어제 두 박스 받은 사람인데 한 박스가 터져서 왔어요 사진 보낼게요 010-1227-0981',
    '제주도도 택배비 같은가요? 10kg 2박스면 배송비 얼마 추가되는지요',
  ])('a firm that offers, a box that burst, a question about the fare: %s', (text) => {
    expect(read(text).kind).toBe('none');
  });
});
