import { expect, test } from 'vitest';
import { staffRolesFor } from '../../src/language/staff-words.ts';

const TODAY = '2026-07-21';

test.each([
  ['목록', ['farmer']],
  ['수확', ['farmer']],
  ['12번까지', ['farmer']],
  ['1-12 발송', ['farmer']],
  ['3번 송장 123456789012', ['farmer']],
  ['되돌려', ['farmer']],
  ['미입금', ['seller']],
  ['입금 P7-042', ['seller']],
  ['p7042 입금 확인', ['seller']],
  ['주문 멈춤', ['farmer', 'seller']],
  ['주문 다시 받기', ['farmer', 'seller']],
])('%j needs %j', (text, roles) => {
  expect(staffRolesFor(text, TODAY)).toEqual(roles);
});

test.each([
  '오늘',
  '내일 20상자',
  '40',
  '주문 P7-042',
  '입금했어요',
  '입금했어요 P7-042',
  '환불',
  '환불해 주세요',
  '3번 취소',
  '8/1 휴무인가요?',
  '발송 언제 돼요?',
  '포장은 어떻게 하나요',
  '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자',
  '안녕하세요',
])('%j may be said by anybody', (text) => {
  expect(staffRolesFor(text, TODAY)).toBeNull();
});
