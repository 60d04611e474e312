import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';

const TO = '피유라 010-0290-7714 서울 중랑구 봉화산로 91';

/** "p1 ×2" per product, or the fields asked for. */
const items = (text: string, ...names: readonly string[]): string[] => {
  const products = names.map((name, index) => ({ id: `p${index + 1}`, name }));
  const reading = readOrder([{ text: `${text} ${TO}` }], {
    today: '2026-09-14',
    products,
    maxBoxes: 50,
  });
  if (reading.kind === 'none') return [];
  if (reading.kind === 'ask') return reading.questions.map(({ field }) => `? ${field}`);
  return reading.draft.recipients.flatMap((one) =>
    one.items.map(({ product, boxes }) => `${product} ×${boxes}`),
  );
};

describe('boxes that are not wanted', () => {
  it.each([
    ['배 2박스는 됐고 사과 1박스만요!', 'p1 ×1'],
    ['사과 3박스는 안 할게요, 배 1박스만 보내주세요.', 'p2 ×1'],
    ['배 한 상자는 빼고 사과 두 상자만 부탁해요', 'p1 ×2'],
    ['배 2통은 필요없고 사과 2박스만요!', 'p1 ×2'],
  ])('leave the other product alone: %s', (text, expected) => {
    expect(items(text, '사과 5kg', '배 7.5kg')).toEqual([expected]);
  });

  it('name the product where only their number was too high', () => {
    expect(items('사과 3박스는 너무 많고 2박스만', '사과 5kg', '배 7.5kg')).toEqual(['p1 ×2']);
  });
});

describe('a word for produce', () => {
  it('that says what something will be made into is no product', () => {
    expect(items('사과파이용으로 홍옥 10kg 8상자요.', '홍옥 10kg')).toEqual(['p1 ×8']);
    expect(items('사과잼용으로 2박스, 배 1박스', '사과 5kg', '배 7.5kg')).toEqual([
      'p1 ×2',
      'p2 ×1',
    ]);
  });

  it('tells a product from its sibling where only one of them is called by it', () => {
    expect(items('생밤 1박스, 깐밤 2팩', '깐밤 1kg 팩', '생밤 4kg')).toEqual(['p2 ×1', 'p1 ×2']);
    expect(items('밤 2박스', '깐밤 1kg 팩', '생밤 4kg')).toEqual(['? product']);
  });
});
