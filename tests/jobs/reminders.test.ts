import { beforeEach, expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const ORDER = '박철수 010-1234-5678 서울 강남구 역삼로 1 2상자';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
});

async function order(user: string): Promise<void> {
  await talk.say(user, ORDER);
  await talk.press(user, '주문 확정');
}

test('an unpaid order is reminded once, with all that is needed to pay', async () => {
  await order('buyer');
  const { code, payBy } = await talk.onlyOrder();
  for (const at of ['2026-07-20T19:59:00+09:00', '2026-07-20T20:01:00+09:00', payBy])
    await talk.runJob('reminders', at);
  talk.setNow('2026-07-21T09:00:00+09:00');
  const said = await talk.say('buyer', '안녕하세요');
  expect(said).toContain(`${code} 입금을 기다리고 있어요.\n입금하실 금액 75,000원`);
  expect(said).toMatch(/7\/21\(화\) 12:00까지 입금이 없으면 자동으로 취소돼요/);
  expect(said).toContain(`\n박철수${code.slice(-3)}\n`);
  expect(said.match(/입금을 기다리고/g)).toHaveLength(1);
  expect(talk.buttons('buyer')).toEqual(expect.arrayContaining(['입금했어요', '계좌 복사']));
});

test('whoever says that he paid is not reminded, and nobody is after the end', async () => {
  await order('paid');
  await talk.press('paid', '입금했어요', talk.reply('paid'));
  await order('late');
  await talk.runJob('reminders', '2026-07-20T20:05:00+09:00');
  talk.setNow('2026-07-21T12:30:00+09:00');
  await talk.runJob('expiry', '2026-07-21T12:30:00+09:00');
  expect(await talk.say('paid', '안녕하세요')).not.toContain('입금을 기다리고');
  // The reminder waited for a contact that came too late: only the end is told.
  const said = await talk.say('late', '안녕하세요');
  expect(said).not.toContain('입금을 기다리고');
  expect(said).toContain('입금 시간이 지나 취소됐어요');
});
