import { describe, expect, test } from 'vitest';
import { spokenIn } from '../../src/language/spoken.ts';

describe('English is shown by', () => {
  test.each([
    'hi',
    'Hello!',
    'I want to order 2 boxes please',
    '2 boxes to Kim Minsu 010-1234-5678, 서울 노원구 동일로 1729 103동 1204호',
    'please send 2 boxes of 복숭아 to 김민수',
    'where is my order?',
    'Cancel P7-001',
    'thanks',
    'his number is 010-1234-5678',
  ])('%s', (text) => {
    expect(spokenIn(text, 'ko')).toBe('en');
  });
});

describe('Korean is shown by', () => {
  test.each([
    '안녕하세요',
    '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자',
    'John Miller 010-1234-5678 서울 강남구 테헤란로 1 2상자요',
    '주문조회',
    '취소',
    '네',
    'order 할게요',
    '입금했어요 thank you',
  ])('%s', (text) => {
    expect(spokenIn(text, 'en')).toBe('ko');
  });
});

describe('nothing is shown by', () => {
  test.each([
    'ok',
    'yes',
    'no',
    'OK!',
    '김민수',
    'Kim Minsu',
    '010-1234-5678',
    'P7-001',
    '2',
    '🙂',
    '',
  ])('%j', (text) => {
    expect(spokenIn(text, 'ko')).toBe('ko');
    expect(spokenIn(text, 'en')).toBe('en');
  });

  test('an address', () => {
    expect(spokenIn('서울 노원구 동일로 1729 103동 1204호', 'en')).toBe('en');
  });
});
