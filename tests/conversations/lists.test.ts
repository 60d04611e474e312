// Rows of older lists, and what becomes of a list that is out.
import { expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const NAMES = ['박철수', '이영희', '정하늘', '김민수'];

async function buy(talk: Talk, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++)
    await talk.buy(
      `buyer${n}`,
      `${NAMES[(n - 1) % 4]} 010-1234-56${10 + n} 서울 노원구 동일로 ${n} 2상자`,
    );
}

/** Two lists: two rows on 7/21, which is over, and one on 7/22. */
async function twoLists(): Promise<Talk> {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 4');
  await buy(talk, 1, 3);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.runJob('day-list', '2026-07-21T21:00:00Z');
  talk.setNow('2026-07-22T00:00:00Z');
  await talk.say('tutu', '목록');
  return talk;
}

test('a row of an older list is reported by its day', async () => {
  const talk = await twoLists();
  expect(await talk.say('tutu', '어제 2번 발송')).toContain('7/21(화) 2번 이영희님 발송');
  expect(await talk.say('tutu', '7/21 1번 포장')).toContain('7/21(화) 1번 박철수님 포장');
  expect(await talk.say('tutu', '1번 포장')).toContain('7/22(수) 1번 정하늘님 포장');
});

test('a row that only an older list has is asked once, and done on yes', async () => {
  const talk = await twoLists();
  const question = await talk.say('tutu', '2번 발송');
  expect(question).toContain('7/22(수) 목록의 2번은 처리할 수 없어요');
  expect(question).toContain('7/21(화) 2번 이영희님 말씀이세요?');
  const bubble = talk.reply('tutu');
  expect(await talk.say('tutu', '네')).toContain('7/21(화) 2번 이영희님 발송 처리했어요');
  expect(await talk.press('tutu', '네', bubble)).toContain('이미 지난 질문');
  expect(await talk.press('tutu', '되돌려').catch(() => '')).not.toContain('7/22');
});

test('a row that the newest list has done already may mean the older one; a no changes nothing', async () => {
  const talk = await twoLists();
  await talk.say('tutu', '1번 발송');
  expect(await talk.say('tutu', '1번 송장 123456789012')).toContain('7/22(수) 1번');
  expect(await talk.say('tutu', '1번 발송')).toContain('7/21(화) 1번 박철수님 말씀이세요?');
  expect(await talk.say('tutu', '아니요')).toContain('그대로 둘게요');
  const old = await talk.store.findDayList('peach', '2026-07-21');
  expect(old.rows[0]?.order.parcels[0]?.state).toBe('scheduled');
});

test('a row that no list has is refused with the rows there are', async () => {
  const talk = await twoLists();
  expect(await talk.say('tutu', '9번 발송')).toContain('1번부터 1번까지예요');
});

test('each part of a message is answered, and what is wrong is said', async () => {
  const talk = await twoLists();
  // A count that was not understood might be about the row beside it.
  expect(await talk.say('tutu', '1번 포장\n몇 번 뭐 12개 저기')).not.toContain('포장했어요');
  const said = await talk.say('tutu', '1번 포장\n저기 그거 뭐더라\n9번 발송');
  expect(said).toContain('1번 정하늘님 포장했어요');
  expect(said).toContain('9번은 없어서 아무것도 처리하지 않았어요');
  expect(await talk.say('tutu', '1번 송장 123456789')).toContain('9자리예요');
  expect(await talk.say('tutu', '1번 송장 1234567890123456')).toContain('16자리예요');
  expect(await talk.say('tutu', 'CJ 1번 1234567890123')).toContain(
    'CJ대한통운 송장은 12자리인데 13자리예요',
  );
  expect(await talk.say('tutu', '7/1 20')).toContain('7/1(수)은 이미 지난 날짜예요');
  expect(await talk.say('tutu', '내일 -1')).toContain('0부터 10,000까지');
  expect(await talk.say('tutu', '내일 10000000')).toContain('0부터 10,000까지');
});

test('a late payment that joins and a cancel that strikes are told as deltas, bundled', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buy(talk, 1, 3);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  talk.setNow('2026-07-20T22:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('tutu', '오늘 10상자 더');
  await buy(talk, 4, 4);
  await talk.say('buyer2', '취소');
  await talk.press('buyer2', '네, 취소해요');
  const told = await talk.say('tutu', '가격 4만원');
  expect(told.match(/목록이 바뀌었어요/g)).toHaveLength(1);
  expect(told).toContain('7/21(화) 목록이 바뀌었어요 (r3, 모두 6상자)');
  expect(told).toContain('빠짐: 2번 이영희님');
  expect(told).toContain('＋ 4. 김민수 010-1234-5614');
  expect(told).not.toContain('박철수');
  expect(await talk.say('tutu', '목록')).toContain('7/21(화) 목록 r3');
  expect(await talk.say('tutu', '가격 5만원')).not.toContain('바뀌었어요 (r');
});

test('a farmer hears nothing of his own cut, a second one does', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.join('gogo', ['farmer']);
  await buy(talk, 1, 3);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('gogo', '목록');
  await talk.say('tutu', '2번까지');
  expect(await talk.say('tutu', '가격 4만원')).not.toContain('목록이 바뀌었어요');
  expect(await talk.say('gogo', '가격 4만원')).toContain('빠짐: 3번 정하늘님');
});

test('who is farmer and seller hears that the payment he confirmed joined the list', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer', 'seller']);
  await buy(talk, 1, 1);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  talk.setNow('2026-07-20T22:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('tutu', '오늘 10상자 더');
  await talk.say('late', '이영희 010-2222-3333 경기 수원시 영통구 광교로 100 2상자');
  await talk.press('late', '주문 확정');
  await talk.say('tutu', '입금 P7-002');
  expect(await talk.say('tutu', '가격 4만원')).toContain('＋ 2. 이영희');
});

const EMPTY: readonly (readonly [string, string])[] = [
  ['목록 7/19', '7/19(일)은 지난 날이에요. 그날 보낸 상자가 없어요.'],
  ['목록 7/26', '7/26(일)은 쉬는 날이에요. 상자를 받으시려면 "7/26 20"처럼 보내 주세요.'],
  ['목록 8/14', '8/14(금)은 공휴일 전날이라 쉬어요.'],
  ['목록 12/31', '12/31(목)은 아직 주문을 받지 않아요. 주문은 60일 안의 날짜로만 받아요.'],
  ['오늘 목록', '마감이 지나 새 주문은 다음 날짜로 받아요. 더 받으시려면 "7/20 5상자 더"처럼'],
  ['내일 목록', '7/21(화) 목록 예정\n아직 보낼 상자가 없어요. 40상자까지 받을게요.'],
];

test.each(EMPTY)('an empty list of %j says what the day is', async (said, what) => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  const list = await talk.say('tutu', said);
  expect(list).toContain(what);
  expect(list.includes('받을게요')).toBe(said === '내일 목록');
});

test('a closed day that was looked at is opened by a bare number', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '목록 7/26');
  expect(await talk.say('tutu', '20')).toContain('7/26(일) 20상자로 정했어요');
  expect(await talk.say('tutu', '7/24 휴무')).toContain('쉬는 날로 했어요');
  expect(await talk.say('tutu', '목록 7/24')).toContain('7/24(금)은 쉬는 날이에요');
});

test('a look at an empty day leaves the rows where they were', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buy(talk, 1, 2);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  talk.setNow('2026-07-20T22:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('tutu', '목록 7/26');
  expect(await talk.say('tutu', '포장 1-2')).toContain('7/21(화) 1번 박철수님');
});

test('a list of a day that is over has no button for all of its rows', async () => {
  const talk = await twoLists();
  expect(await talk.say('tutu', '목록 7/21')).toContain('2. 이영희');
  expect(talk.buttons('tutu')).toEqual(['목록']);
  await talk.say('tutu', '목록');
  expect(talk.buttons('tutu')).toEqual(['수확', '목록', '보드', '인쇄하기']);
});

test('a list that is out has a new link to its paper whenever it is shown, a draft has none', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await buy(talk, 1, 2);
  await talk.say('tutu', '목록');
  expect(talk.buttons('tutu')).toEqual(['수확', '목록', '보드']);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  talk.setNow('2026-07-20T22:00:00Z');
  await talk.say('tutu', '오늘');
  const told = printLink(talk);
  await talk.say('tutu', '목록');
  const shown = printLink(talk);
  expect(shown).not.toBe(told);
  for (const url of [told, shown]) {
    expect(url).toMatch(/^http:\/\/localhost:3000\/print\/[\w-]{32}$/);
    const token = url.split('/').at(-1) ?? '';
    const place = { storeId: 'peach', date: '2026-07-21' };
    expect(await talk.store.followPrintLink({ token, now: talk.now() })).toEqual(place);
  }
});

function printLink(talk: Talk): string {
  const found = talk.reply('tutu').choices.find(({ label }) => label === '인쇄하기');
  if (found === undefined || !('url' in found)) throw new Error('there is no link to print');
  return found.url;
}

test('an empty list of a paused store takes no boxes', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '주문 멈춤');
  expect(await talk.say('tutu', '목록')).toContain('지금은 주문을 멈춘 상태예요');
});

test('of the lists that wait for a farmer only that of a day still to come is told', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 4');
  await buy(talk, 1, 3);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.runJob('day-list', '2026-07-21T21:00:00Z');
  talk.setNow('2026-07-22T00:00:00Z');
  const told = await talk.say('tutu', '내일 30');
  expect(told).toContain('7/22(수) 목록 r1');
  expect(told).not.toContain('7/21(화) 목록');
});

/** Two long complaints fill what is told at one contact, so that the list after them waits for the next. */
async function complainTwice(talk: Talk): Promise<void> {
  for (const what of ['터졌어요', '깨졌어요'])
    await talk.say('buyer1', `상자가 ${what} ${'정말 속상해요 '.repeat(40)}`);
}

test('a list that was looked at while it waited is not told again, one sent anew is', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer', 'seller']);
  await buy(talk, 1, 2);
  await talk.say('tutu', '메뉴');
  await complainTwice(talk);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  talk.setNow('2026-07-20T21:00:30Z');
  expect(await talk.say('tutu', '목록')).toContain('7/21(화) 목록 r1');
  for (const boxes of [30, 31])
    expect(await talk.say('tutu', `내일 ${boxes}`)).not.toContain('목록');
  await complainTwice(talk);
  await talk.store.submit(ordering.sendList(await talk.asked('farmer'), '2026-07-21'));
  await talk.say('tutu', '내일 32');
  expect(await talk.say('tutu', '내일 33')).toContain('7/21(화) 목록 r1');
});
