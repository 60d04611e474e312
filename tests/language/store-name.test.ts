import { expect, test } from 'vitest';
import { fittingStores, isNextPage, readStoreWish } from '../../src/language/store-name.ts';

const STORES = ['햇살농원', '햇살과수원', '바로농장', '동네과일', 'Sunny Farm'].map((name) => ({
  name,
}));

test.each([
  ['상점', ''],
  ['상점 목록', ''],
  ['상점 보여주세요', ''],
  ['상점 햇살', '햇살'],
  ['가게 바로농장', '바로농장'],
  ['상점에서 산 복숭아가 상했어요', null],
  ['안녕하세요', null],
  ['상점주 010-1234-5678', null],
])('%j asks for %j', (text, wish) => {
  expect(readStoreWish(text)).toBe(wish);
});

test.each([
  ['햇살농원', ['햇살농원']],
  ['햇살 농원', ['햇살농원']],
  ['햇살농원이요', ['햇살농원']],
  ['그럼 햇살농원에서 주문할게요', ['햇살농원']],
  ['햇살', ['햇살농원', '햇살과수원']],
  ['바로', ['바로농장']],
  ['sunny farm', ['Sunny Farm']],
  ['네', []],
  ['주문', []],
  ['2상자', []],
])('%j is the name of %j', (said, names) => {
  expect(fittingStores(STORES, said).map(({ name }) => name)).toEqual(names);
});

test('the next page is asked for in a word', () => {
  expect(['다음', '더 보여주세요', 'more'].every(isNextPage)).toBe(true);
  expect(['다음 주에 보내주세요', '다음에 할게요'].some(isNextPage)).toBe(false);
});
