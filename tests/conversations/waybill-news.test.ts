// Waybills that become others after their parcel has left: its buyer always knows the numbers that hold,
// and hears of each change once.
import { beforeEach, expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const NOON = '2026-07-21T12:00:00+09:00';
const NIGHT = '2026-07-21T22:00:00+09:00';
const MORNING = '2026-07-22T08:00:00+09:00';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk({}, 'telegram');
  await talk.join('tutu', ['farmer']);
  await talk.buy('u1', '박철수 010-1234-5678 서울 노원구 동일로 1 2상자');
  await talk.buy(
    'u2',
    '이영희 010-2222-3333 서울 노원구 동일로 2 4상자\n정하늘 010-3333-4444 서울 노원구 동일로 3 1상자',
  );
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  talk.setNow(NOON);
  await talk.say('tutu', '목록');
  for (const user of ['tutu', 'u1', 'u2']) await talk.heard(user);
});

async function codeOf(user: string): Promise<string> {
  const orders = await talk.orders();
  const name = user === 'u1' ? '박철수' : '이영희';
  return orders.find(({ parcels }) => parcels[0]?.recipient === name)?.code ?? '';
}

const CJ = (number: string) =>
  `송장 CJ대한통운 ${number}\nhttps://trace.cjlogistics.com/next/tracking.html?wblNo=${number}`;

test('a number that is corrected is told once, with what it takes the place of', async () => {
  await talk.say('tutu', '1번 대한통운 123456789012');
  const code = await codeOf('u1');
  expect(await talk.heard('u1')).toEqual([
    `${code} 상자를 보냈어요!\n박철수님 복숭아 4kg 2상자\n${CJ('123456789012')}`,
  ]);
  expect(await talk.say('tutu', '1번 대한통운 123456789013')).toContain(
    '주문한 분께도 알려 드려요',
  );
  expect(await talk.heard('u1')).toEqual([
    `${code} 송장번호가 바뀌었어요.\n박철수님 복숭아 4kg 2상자\n${CJ('123456789013')}\n앞서 알려 드린 번호 대신 이 번호로 확인해 주세요.`,
  ]);
  await talk.say('tutu', '1번 대한통운 123456789013');
  expect(await talk.heard('u1')).toEqual([]);
});

test('a first number after a parcel that left without one is told', async () => {
  await talk.say('tutu', '1번 발송');
  const code = await codeOf('u1');
  expect(await talk.heard('u1')).toEqual([`${code} 상자를 보냈어요!\n박철수님 복숭아 4kg 2상자`]);
  await talk.say('tutu', '1번 대한통운 123456789012');
  expect(await talk.heard('u1')).toEqual([
    `${code} 송장번호를 알려 드려요.\n박철수님 복숭아 4kg 2상자\n${CJ('123456789012')}`,
  ]);
});

test('a carrier that is named later is told with its page', async () => {
  await talk.say('tutu', '1번 123456789012');
  const code = await codeOf('u1');
  expect(await talk.heard('u1')).toEqual([
    `${code} 상자를 보냈어요!\n박철수님 복숭아 4kg 2상자\n송장 123456789012`,
  ]);
  await talk.say('tutu', '1번 123456789012');
  await talk.say('tutu', '1번 123456789014');
  await talk.press('tutu', 'CJ대한통운');
  // Two changes before either was told are one message.
  expect(await talk.heard('u1')).toEqual([
    expect.stringMatching(
      new RegExp(`^${code} 송장번호가 바뀌었어요\\.\\n.*\\n송장 CJ대한통운 123456789014`),
    ),
  ]);
});

test('a carrier alone is told where the number holds', async () => {
  await talk.say('tutu', '1번 123456789012');
  const asked = talk.reply('tutu');
  await talk.heard('u1');
  await talk.press('tutu', 'CJ대한통운', asked);
  expect(await talk.heard('u1')).toEqual([
    `${await codeOf('u1')} 택배사를 알려 드려요.\n박철수님 복숭아 4kg 2상자\n${CJ('123456789012')}`,
  ]);
});

test('numbers that change in the night go out with the shipping, in one message', async () => {
  talk.setNow(NIGHT);
  await talk.say('tutu', '1번 대한통운 123456789012');
  await talk.say('tutu', '1번 대한통운 123456789013');
  await talk.say('tutu', '1번 대한통운 123456789014');
  expect(await talk.heard('u1')).toEqual([]);
  talk.setNow(MORNING);
  expect(await talk.heard('u1')).toEqual([
    `${await codeOf('u1')} 상자를 보냈어요!\n박철수님 복숭아 4kg 2상자\n${CJ('123456789014')}`,
  ]);
});

test('several corrections before one is told are one message, and none when it is as before', async () => {
  await talk.say('tutu', '1번 대한통운 123456789012');
  await talk.heard('u1');
  talk.setNow(NIGHT);
  await talk.say('tutu', '1번 대한통운 123456789013');
  await talk.say('tutu', '1번 대한통운 123456789014');
  talk.setNow(MORNING);
  expect(await talk.heard('u1')).toEqual([expect.stringContaining('123456789014')]);
  talk.setNow('2026-07-22T22:00:00+09:00');
  await talk.say('tutu', '7/21 1번 대한통운 123456789015');
  await talk.say('tutu', '7/21 1번 대한통운 123456789014');
  talk.setNow('2026-07-23T08:00:00+09:00');
  expect(await talk.heard('u1')).toEqual([]);
});

test('a correction that is taken back before it is told is not told', async () => {
  await talk.say('tutu', '1번 대한통운 123456789012');
  await talk.heard('u1');
  await talk.say('tutu', '1번 대한통운 123456789013');
  expect(await talk.say('tutu', '되돌려')).not.toContain('바로잡아');
  expect(await talk.heard('u1')).toEqual([]);
});

test('a correction that was told and is taken back is told to be the number of before', async () => {
  await talk.say('tutu', '1번 대한통운 123456789012');
  await talk.say('tutu', '1번 대한통운 123456789013');
  await talk.heard('u1');
  expect(await talk.say('tutu', '되돌려')).toContain('알림을 받은 1명께는 바로잡아');
  expect(await talk.heard('u1')).toEqual([
    expect.stringMatching(/송장번호가 바뀌었어요[\s\S]*123456789012/),
  ]);
});

test('a number that is taken back from a parcel that left is said to be wrong', async () => {
  await talk.say('tutu', '1번 발송');
  await talk.say('tutu', '1번 대한통운 123456789012');
  await talk.heard('u1');
  await talk.say('tutu', '되돌려');
  expect(await talk.heard('u1')).toEqual([
    `${await codeOf('u1')} 송장번호를 잘못 알려 드렸어요. 죄송해요.\n박철수님 복숭아 4kg 2상자\n맞는 번호가 나오면 바로 알려 드릴게요.`,
  ]);
});

test('of an order only the parcels whose numbers changed are named', async () => {
  await talk.say('tutu', '2-3번 발송');
  await talk.heard('u2');
  await talk.say('tutu', '2번 대한통운 123456789012');
  const [first = ''] = await talk.heard('u2');
  expect(first).toContain('송장번호를 알려 드려요.\n이영희님 복숭아 4kg 4상자\n송장 1/2 ');
  expect(first).not.toContain('정하늘');
  await talk.say('tutu', '2번 대한통운 123456789013');
  expect(await talk.heard('u2')).toEqual([
    expect.stringMatching(/송장번호를 알려 드려요\.[\s\S]*송장 2\/2 [\s\S]*123456789013/),
  ]);
});

test('a shipping and another number of the same order are one message', async () => {
  await talk.say('tutu', '2번 대한통운 123456789012 123456789013');
  await talk.heard('u2');
  talk.setNow(NIGHT);
  await talk.say('tutu', '2번 대한통운 123456789012 123456789014');
  await talk.say('tutu', '3번 대한통운 123456789015');
  talk.setNow(MORNING);
  const heard = await talk.heard('u2');
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatch(
    /상자를 보냈어요!\n정하늘님[\s\S]*123456789015[\s\S]*송장번호가 바뀌었어요\.\n이영희님[\s\S]*123456789014/,
  );
});

test('nothing is said of numbers once the parcel has arrived', async () => {
  await talk.say('tutu', '1번 발송');
  await talk.heard('u1');
  talk.setNow(NIGHT);
  await talk.say('tutu', '1번 대한통운 123456789012');
  await talk.say('u1', '받았어요');
  talk.setNow(MORNING);
  expect((await talk.heard('u1')).join()).not.toContain('송장번호');
});

test('a number is told in the language its buyer writes', async () => {
  await talk.say('u1', 'where is my order?');
  await talk.say('tutu', '1번 발송');
  await talk.heard('u1');
  await talk.say('tutu', '1번 대한통운 123456789012');
  await talk.say('tutu', '1번 대한통운 123456789013');
  const [told = ''] = await talk.heard('u1');
  expect(told).toContain(`Here is the waybill of ${await codeOf('u1')}.`);
  expect(told).not.toMatch(/[가-힣]{3}요/);
});
