import { describe, expect, it } from 'vitest';
import { addDays, findDates, weekday } from '../../src/language/when.ts';

const TUESDAY = '2026-07-21';

describe('days named in a message', () => {
  it.each([
    ['오늘', '2026-07-21'],
    ['내일', '2026-07-22'],
    ['모레', '2026-07-23'],
    ['내일모레', '2026-07-23'],
    ['글피', '2026-07-24'],
    ['어제', '2026-07-20'],
    ['그저께', '2026-07-19'],
    ['7/24', '2026-07-24'],
    ['7월 24일', '2026-07-24'],
    ['7월24일까지', '2026-07-24'],
    ['24일에', '2026-07-24'],
    ['5일', '2026-08-05'],
    ['2026-07-31', '2026-07-31'],
    ['2026.8.1', '2026-08-01'],
    ['2026년 8월 1일', '2026-08-01'],
    ['8.13 도착', '2026-08-13'],
    ['3일 뒤', '2026-07-24'],
    ['이번주 금요일', '2026-07-24'],
    ['이번주수요일에', '2026-07-22'],
    ['다음주 화', '2026-07-28'],
    ['담주 목요일', '2026-07-30'],
    ['다다음주 월요일까지', '2026-08-03'],
    ['지난주 금요일', '2026-07-17'],
    ['금요일', '2026-07-24'],
    ['tomorrow', '2026-07-22'],
    ['next Friday', '2026-07-31'],
    ['July 26', '2026-07-26'],
    ['Aug. 3rd', '2026-08-03'],
    ['the 3rd of August', '2026-08-03'],
    ['8월 14일 금요일', '2026-08-14'],
    ['8월 14일 (금)에', '2026-08-14'],
    ['7일 금요일까지만', '2026-08-07'],
    ['금요일(31일)', '2026-07-31'],
    ['다음주 금요일 31일', '2026-07-31'],
    ['9월 2일 목요일', '2026-09-02'],
    ['8월 둘째 주 화요일(11일)', '2026-08-11'],
    ['8월 셋째주 수요일', '2026-08-19'],
    ['다음 달 마지막 주 토요일', '2026-08-29'],
  ])('%s', (text, date) => {
    expect(findDates(text, TUESDAY).map((found) => found.date)).toEqual([date]);
  });

  it.each([
    '4.5kg',
    '13/45',
    '103동',
    '2월 30일',
    '일주일에',
    '월말',
    '생일',
    '010-1234-5678',
    '다음주에',
  ])('%s names no day', (text) => {
    expect(findDates(text, TUESDAY)).toEqual([]);
  });

  it('takes a month long gone for the coming year', () => {
    expect(findDates('1/5', '2026-12-20')[0]?.date).toBe('2027-01-05');
    expect(findDates('12/30', '2026-12-20')[0]?.date).toBe('2026-12-30');
  });

  it('tells days apart that stand beside each other', () => {
    const dates = (text: string): string[] => findDates(text, TUESDAY).map(({ date }) => date);
    expect(dates('22일, 금요일은 안돼요')).toEqual(['2026-07-22', '2026-07-24']);
    expect(dates('24일이나 토요일')).toEqual(['2026-07-24', '2026-07-25']);
  });

  it('gives the places in text order', () => {
    const found = findDates('내일 20, 모레 30', TUESDAY);
    expect(found).toEqual([
      { date: '2026-07-22', start: 0, end: 2 },
      { date: '2026-07-23', start: 7, end: 9 },
    ]);
  });

  it('counts days and weekdays over the ends of months', () => {
    expect(addDays('2026-02-27', 2)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(weekday('2026-07-20')).toBe(0);
    expect(weekday('2026-07-26')).toBe(6);
  });
});
