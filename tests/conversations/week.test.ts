// What the coming days hold: in the evening to who is asked for a number and to who counts, and at a word.
import { beforeEach, expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호';
const YOUNGHEE = '이영희 010-2222-3333 경기 수원시 영통구 광교로 100';
const SCREEN_LINES_MAX = 14;

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk({}, 'telegram');
  await talk.join('tutu', ['farmer']);
  await talk.join('tony', ['seller']);
});

/** Eight boxes paid and two not, on Tuesday; Thursday closed. */
async function someWeek() {
  await talk.say('tutu', '7/21 12');
  await talk.say('tutu', '7/23 휴무');
  await talk.buy('first', `${CHULSU} 8상자`);
  await talk.say('second', `${YOUNGHEE} 2상자`);
  await talk.press('second', '주문 확정');
  for (const user of ['tutu', 'tony', 'first', 'second']) await talk.heard(user);
}

const AHEAD = [
  '앞으로 7일 (입금된 상자/최대)',
  '7/21(화) 8/12상자 · 미입금 2 · 2 남음',
  '7/22(수) 0/40상자 · 40 남음',
  '7/23(목) 쉼',
  '7/24(금) 0/40상자 · 40 남음',
  '7/25(토) 쉼',
  '7/26(일) 쉼',
  '7/27(월) 0/40상자 · 40 남음',
];

test('the farmer is asked for a number with the days behind it before his eyes', async () => {
  await talk.buy('first', `${CHULSU} 8상자`);
  await talk.heard('tutu');
  await talk.runJob('evening-question', '2026-07-20T18:30:00+09:00');
  talk.setNow('2026-07-20T18:30:00+09:00');
  const [said, ...more] = await talk.heard('tutu');
  expect(more).toEqual([]);
  expect(said?.split('\n')).toEqual([
    '내일(7/21 화) 몇 상자 하실 수 있어요?',
    '지금까지 받은 주문은 8상자예요.',
    '',
    AHEAD[0],
    '7/21(화) 8/40상자 · 32 남음',
    AHEAD[2],
    '7/23(목) 0/40상자 · 40 남음',
    ...AHEAD.slice(4),
  ]);
});

test('the seller sees the days in his summary of the evening, the farmer what is left to do', async () => {
  await someWeek();
  await talk.runJob('daily-status', '2026-07-20T18:00:00+09:00');
  talk.setNow('2026-07-20T18:00:00+09:00');
  const [summary, ...more] = await talk.heard('tony');
  expect(more).toEqual([]);
  expect(summary?.split('\n')).toEqual([
    '7/20(월) 저녁 정리예요.',
    '미입금 1건 75,000원',
    '',
    ...AHEAD,
  ]);
  expect(await talk.heard('tutu')).toEqual(['7/20(월) 저녁 정리예요.\n미입금 1건 75,000원']);
  // Who owes what is the seller's to look into.
  expect(talk.buttons('tony')).toEqual(['미입금', '오늘']);
  expect(talk.buttons('tutu')).toEqual([]);
});

test('with nothing left to do the seller still sees what is promised, and the farmer hears nothing', async () => {
  await talk.buy('first', `${CHULSU} 8상자`);
  for (const user of ['tutu', 'tony']) await talk.heard(user);
  await talk.runJob('daily-status', '2026-07-20T18:00:00+09:00');
  talk.setNow('2026-07-20T18:00:00+09:00');
  expect(await talk.heard('tony')).toEqual([
    expect.stringContaining('남은 일이 없어요.\n\n앞으로 7일'),
  ]);
  expect(await talk.heard('tutu')).toEqual([]);
});

test('“이번 주” shows today and the six days behind it to farmer and seller', async () => {
  await someWeek();
  const said = await talk.say('tony', '이번 주');
  expect(said.split('\n')).toEqual([AHEAD[0], '7/20(월) 0/40상자 · 마감', ...AHEAD.slice(1, 7)]);
  expect(said.split('\n').length).toBeLessThanOrEqual(SCREEN_LINES_MAX);
  expect(await talk.say('tutu', '이번주 일정 알려줘')).toBe(said);
  expect(talk.buttons('tutu')).toEqual(['목록']);
  await talk.say('tony', '오늘');
  expect(await talk.press('tony', '이번 주')).toBe(said);
});

test('what is not paid in time, or cancelled, is counted no more', async () => {
  await someWeek();
  talk.setNow('2026-07-21T12:00:00+09:00');
  await talk.runJob('expiry', '2026-07-22T12:00:00+09:00');
  expect(await talk.say('tony', '이번 주')).not.toContain('미입금');
});

test('a buyer who says it asks for nothing of the farm', async () => {
  await someWeek();
  expect(await talk.say('first', '이번 주')).not.toContain('입금된 상자');
});
