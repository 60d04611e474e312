// Wishes for a receipt, and what it is made out to.
import { expect, test } from 'vitest';
import { readReceipt, readReceiptDetails } from '../../src/language/read-receipt.ts';

const NOTHING = { number: null, email: null, isOwn: false, fault: null };

test.each([
  ['현금영수증 010-1234-5678', { kind: 'cash', number: '01012345678' }],
  ['현금 영수증 01012345678로 부탁드려요', { kind: 'cash', number: '01012345678' }],
  ['현금영수증 해주세요', { kind: 'cash' }],
  ['현금영수증 되나요?', { kind: 'cash' }],
  ['지출증빙으로 123-45-67891', { kind: 'cash', number: '1234567891' }],
  ['현금영수증 카드 0100-1234-5678-9012-34', { kind: 'cash', number: '010012345678901234' }],
  ['현금영수증 주문한 번호로 해주세요', { kind: 'cash', isOwn: true }],
  ['P7-001 현금영수증 010-1234-5678', { kind: 'cash', number: '01012345678' }],
  ['영수증 주세요', { kind: 'cash' }],
  ['cash receipt please 010-1234-5678', { kind: 'cash', number: '01012345678' }],
  ['계산서 해주세요', { kind: 'invoice' }],
  [
    '세금계산서 123-45-67891 farm@Example.com',
    { kind: 'invoice', number: '1234567891', email: 'farm@example.com' },
  ],
  ['Can I have an invoice?', { kind: 'invoice' }],
])('%s', (said, expected) => {
  expect(readReceipt(said)).toEqual({ ...NOTHING, ...expected });
});

test.each([
  '안녕하세요',
  '현금으로 내도 되나요',
  '선물이라 영수증은 빼고 보내 주세요',
  '영수증 넣지 마세요',
  '현금영수증 필요 없어요',
  '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자 현금영수증 010-1234-5678',
  '2상자 더 주문하고 현금영수증도요',
])('%s asks for none', (said) => {
  expect(readReceipt(said)).toBeNull();
});

test.each([
  ['123-45-67890', 'cash', 'firm'],
  ['123-45-67890', 'invoice', 'firm'],
  ['010-1234-5678', 'invoice', 'firm'],
  ['900101-1234567', 'cash', 'resident'],
  ['12345678', 'cash', 'number'],
] as const)('%s is no number for a receipt (%s)', (said, kind, fault) => {
  expect(readReceiptDetails(said, kind)).toEqual({ ...NOTHING, fault });
});

test('of several numbers the one that can be it counts', () => {
  expect(readReceiptDetails('12345678 말고 010-2222-3333', 'cash')).toMatchObject({
    number: '01022223333',
    fault: null,
  });
});
