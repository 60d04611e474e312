import { expect, test } from 'vitest';
import { readNonsense, saysAbsurdCount } from '../../src/language/nonsense.ts';

test.each([
  ['.', 'noise'],
  ['👍🍑', 'noise'],
  ['ㅋㅋㅋ ㅠㅠ', 'noise'],
  ['12345', 'noise'],
  ['?', 'noise'],
  ['씨발 장난하냐', 'insult'],
  ['야 이 개새끼야', 'insult'],
  ['fuck you', 'insult'],
  ['다시 발송해 주세요', null],
  ['씨 발라 드시나요', null],
  ['출발점이 시발점인가요', null],
  ['3개 세기 힘들어요', null],
  ['네', null],
  ['박철수', null],
] as const)('%j is %s', (text, kind) => {
  expect(readNonsense(text)).toBe(kind);
});

test.each([
  ['99999상자', true],
  ['0상자', true],
  ['51박스', true],
  ['50박스', false],
  ['010-1234-5678', false],
  ['두 상자', false],
] as const)('%j is a count nobody can mean: %s', (text, isAbsurd) => {
  expect(saysAbsurdCount(text, 50)).toBe(isAbsurd);
});
