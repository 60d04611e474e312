// What a farmer says that cannot be: he hears the reason, and nothing is done.
import { expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

async function farm(): Promise<Talk> {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  return talk;
}

async function capOn(talk: Talk, date: string): Promise<number> {
  const { day } = await talk.store.findDayList('peach', date);
  return day.capBoxes;
}

async function buy(talk: Talk, count: number): Promise<void> {
  for (let n = 1; n <= count; n++)
    await talk.buy(`buyer${n}`, `김철수 010-1000-${1000 + n} 서울 노원구 동일로 ${n} 2상자`);
}

test('boxes are taken off a day as they are put on it, and back', async () => {
  const talk = await farm();
  expect(await talk.say('tutu', '내일 10상자 줄여줘')).toContain('7/21(화) 30상자로 정했어요');
  expect(await talk.say('tutu', '5상자 더')).toContain('7/21(화) 35상자로 정했어요');
  expect(await talk.say('tutu', '5상자 덜')).toContain('7/21(화) 30상자로 정했어요');
  expect(await talk.press('tutu', '되돌려')).toContain('다시 35상자로');
  expect(await talk.say('tutu', '내일 20상자로 줄여줘')).toContain('7/21(화) 20상자로 정했어요');
  expect(await capOn(talk, '2026-07-21')).toBe(20);
});

test('lowering moves whom it must, from the end of the deposit order', async () => {
  const talk = await farm();
  await talk.say('tutu', '내일 6');
  await buy(talk, 3);
  expect(await talk.say('tutu', '내일 2상자 줄여줘')).toContain('1곳은 다음 날짜로 넘겼고');
  const moved = (await talk.orders()).find(({ code }) => code === 'P7-003');
  expect(moved?.parcels[0]?.harvestDate).toBe('2026-07-22');
  await talk.isSound();
});

test('after the cut-off only room that was opened by word is named', async () => {
  const talk = await farm();
  expect(await talk.say('tutu', '오늘 10상자 줄여줘')).toBe(
    '7/20(월) 30상자로 정했어요. 주문 0상자, 마감이 지나 새 주문은 다음 날짜로 받아요.',
  );
  expect(await talk.say('tutu', '오늘 5상자 더')).toContain('마감이 지나 5상자만 더 받아요');
  expect(await talk.say('tutu', '내일 30')).toContain('주문 0상자, 남은 자리 30상자예요');
});

test('no more boxes are taken off than a day has', async () => {
  const talk = await farm();
  await talk.say('tutu', '내일 6');
  expect(await talk.say('tutu', '내일 10상자 줄여줘')).toBe(
    '7/21(화)은 지금 6상자라 그만큼 줄일 수 없어요. 쉬시려면 "7/21 휴무"라고 보내 주세요.',
  );
  expect(await capOn(talk, '2026-07-21')).toBe(6);
  expect(await talk.say('tutu', '7/26 1상자 줄여줘')).toContain('이미 쉬는 날이라');
});

test('a farmer’s own draft takes the count that he means for it', async () => {
  const talk = await farm();
  await talk.say('tutu', '박철수 010-1234-5678 서울 노원구 동일로 1729 3상자');
  expect(await talk.say('tutu', '1상자 줄여줘')).not.toContain('정했어요');
  expect(await capOn(talk, '2026-07-21')).toBe(40);
});

const REFUSED: readonly (readonly [string, string])[] = [
  ['7/1 휴무', '7/1(수)은 이미 지난 날짜예요.'],
  ['7/1 20', '7/1(수)은 이미 지난 날짜예요.'],
  ['어제 10상자 줄여줘', '7/19(일)은 이미 지난 날짜예요.'],
  ['2028/1/1 휴무', '2028년 1/1(토)은 너무 먼 날짜예요. 오늘부터 400일 안에서 정할 수 있어요.'],
  ['2/30 휴무', '2/30은 달력에 없는 날짜예요.'],
  ['2월 30일 쉽니다', '2/30은 달력에 없는 날짜예요.'],
  ['4/31 20', '4/31은 달력에 없는 날짜예요.'],
  ['목록 2/30', '2/30은 달력에 없는 날짜예요.'],
  ['1-9999999 발송', '그런 번호는 목록에 없어서 아무것도 처리하지 않았어요.'],
  ['12-1 포장', '그런 번호는 목록에 없어서 아무것도 처리하지 않았어요.'],
  ['0번 포장', '그런 번호는 목록에 없어서 아무것도 처리하지 않았어요.'],
  ['100000번까지', '그런 번호는 목록에 없어서 아무것도 처리하지 않았어요.'],
  ['8/1~12/31 휴무', '한 번에 62일까지 정할 수 있어요.'],
  ['8/1부터 12/31까지 20상자', '한 번에 62일까지 정할 수 있어요.'],
  ['13/1 휴무', '13/1은 달력에 없는 날짜예요.'],
  ['2/29 휴무', '2/29는 달력에 없는 날짜예요.'],
  ['상자 수 줄여줘', '그 말은 알아듣지 못했어요. 이렇게 보내 주세요.'],
];

test.each(REFUSED)('%j is refused with the reason', async (said, reason) => {
  const talk = await farm();
  await buy(talk, 1);
  const before = await talk.store.findDays('peach', '2026-01-01');
  expect(await talk.say('tutu', said)).toContain(reason);
  expect(await talk.store.findDays('peach', '2026-01-01')).toEqual(before);
});

test('a closed stretch that begins in the past closes what is to come and says what is not', async () => {
  const talk = await farm();
  const said = await talk.say('tutu', '7/19~7/21 휴무');
  expect(said).toContain('7/19(일)은 이미 지난 날짜예요');
  expect(said).toContain('7/20(월)~7/21(화) 쉬는 날');
  expect(await capOn(talk, '2026-07-21')).toBe(0);
});

test('rows that were struck by a cut still count where the last row is named', async () => {
  const talk = await farm();
  await buy(talk, 5);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '3번까지');
  expect(await talk.say('tutu', '목록')).toContain('5. (빠짐)');
  expect(await talk.say('tutu', '포장 1-6')).toContain('목록은 1번부터 5번까지예요');
  const done = await talk.say('tutu', '포장 1-5');
  expect(done).toContain('3번 김철수님 포장했어요');
  expect(done).toContain('4-5번은 목록에서 빠진 줄이라 건너뛰었어요');
});
