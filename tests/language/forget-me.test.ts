import { expect, test } from 'vitest';
import { wantsToBeForgotten } from '../../src/language/forget-me.ts';

test.each([
  '내 정보 삭제',
  '내정보 삭제해 주세요',
  '제 정보 지워주세요',
  '제 개인정보를 모두 삭제해주세요',
  '개인정보 삭제 부탁드려요',
  '저희 데이터 다 지워 주세요',
  '탈퇴할게요',
  '회원 탈퇴',
  'delete my data',
])('%j is a wish to be forgotten', (text) => {
  expect(wantsToBeForgotten(text)).toBe(true);
});

test.each([
  '주문 취소',
  '정보가 궁금해요',
  '개인정보는 언제 삭제되나요?',
  '내 정보 삭제하지 마세요',
  '받는 분 정보가 틀렸어요',
  '메모 지워주세요',
  '주소 삭제하고 다시 적을게요',
  '내 정보',
])('%j is none', (text) => {
  expect(wantsToBeForgotten(text)).toBe(false);
});
