import { expect, test } from 'vitest';
import { asksForWeek } from '../../src/language/week.ts';

test.each([
  '이번 주',
  '이번주',
  '이번 주 일정',
  '이번주 물량 어때요?',
  '이번 주 주문 알려 주세요',
  '앞으로 7일',
  '일주일',
  '일주일 현황',
  '주간 계획',
])('“%s” asks what the coming days hold', (text) => {
  expect(asksForWeek(text)).toBe(true);
});

test.each([
  '이번주 휴무',
  '이번 주 토요일까지 휴무',
  '이번 주 30상자',
  '다음 주',
  '주문',
  '7',
  '7일 40',
  '이번주에 보내 주세요',
  '',
])('“%s” asks for nothing of the kind', (text) => {
  expect(asksForWeek(text)).toBe(false);
});
