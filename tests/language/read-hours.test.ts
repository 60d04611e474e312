import { expect, test } from 'vitest';
import { readHours } from '../../src/language/read-hours.ts';

test.each([
  ['알림 08:00-21:00', '08:00', '21:00'],
  ['알림 8-21', '08:00', '21:00'],
  ['알림 8시~21시', '08:00', '21:00'],
  ['알림은 아침 8시부터 밤 9시까지만 주세요', '08:00', '21:00'],
  ['알림 시간 오전 7시 반부터 오후 10시 30분까지', '07:30', '22:30'],
  ['알림 낮 12시부터 밤 12시까지', '12:00', '00:00'],
  ['알림 새벽 5시~밤 1시', '05:00', '01:00'],
  ['알림 ０８：００～２１：００', '08:00', '21:00'],
])('%s', (text, from, to) => {
  expect(readHours(text)).toEqual({ kind: 'between', from, to });
});

test.each(['알림 항상', '알림은 아무 때나 주세요', '알림 24시간'])('%s: at any hour', (text) => {
  expect(readHours(text)).toEqual({ kind: 'always' });
});

test.each(['알림', '알림 시간', '알림 8시', '알림 8:00-8:00', '알림 25-30', '알림 8:70-21:00'])(
  '%s is asked about',
  (text) => {
    expect(readHours(text)).toEqual({ kind: 'unclear' });
  },
);

test.each([
  '40',
  '내일 40',
  '포장 1-12',
  '안 간 알림',
  '실패 알림',
  '알림톡으로 주문했어요',
  '알림이 안 와요',
])('%s is about something else', (text) => {
  expect(readHours(text)).toBeNull();
});
