import { expect, test } from 'vitest';
import { readAnswer, stopsAnswering } from '../../src/language/read-answer.ts';

test.each([
  ['답장 3 네, 돼요.', 3, '네, 돼요.'],
  ['답장3 네 됩니다', 3, '네 됩니다'],
  ['답장 3번: 네\n내일 보내 드려요', 3, '네\n내일 보내 드려요'],
  ['답장 12번 문의 네 됩니다', 12, '네 됩니다'],
  ['3번 답장 네 됩니다', 3, '네 됩니다'],
  ['답장 3', 3, null],
  ['답장', null, null],
  ['답장 네, 돼요.', null, '네, 돼요.'],
  // What is a part of a word is no number of a question.
  ['답장 3일 걸려요', null, '3일 걸려요'],
  ['답장 20브릭스예요', null, '20브릭스예요'],
])('%j answers', (text, no, words) => {
  expect(readAnswer(text)).toEqual({ kind: 'answer', no, text: words });
});

test.each([
  ['종결 3', 3],
  ['3번 종결', 3],
  ['답 안 함 3번', 3],
  ['답안함', null],
  ['문의 닫기 7', 7],
])('%j closes', (text, no) => {
  expect(readAnswer(text)).toEqual({ kind: 'close', no });
});

test.each([
  '답장은 어떻게 하나요',
  '답장해 주세요',
  '오늘',
  '3번 송장 123456789012',
  '네 됩니다',
  '종결됐나요?',
  '문의',
])('%j is about no question', (text) => {
  expect(readAnswer(text)).toBeNull();
});

test.each(['그만', '그만둘게요', '취소', '답장 취소', 'cancel'])('%j gives up', (text) => {
  expect(stopsAnswering(text)).toBe(true);
});

test.each(['아니요', '네', '그만 따려고요', '취소는 발송 전까지 돼요'])(
  '%j may be the answer itself',
  (text) => {
    expect(stopsAnswering(text)).toBe(false);
  },
);
