// "왜 내일이에요?": the place in the queue, the cap and the rule, never somebody else's name.
import { expect, test } from 'vitest';
import { openTalk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
const YOUNGHEE = '이영희 010-2222-3333 경기 수원시 영통구 광교로 100 2상자';

test('a card is explained, and its date is not taken for a wish', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  const why = await talk.say('buyer', '왜 목요일이에요?');
  expect(why).toContain('박철수님 7/21(화) 출하 예상이에요');
  expect(why).toContain('7/20(월) 그날 마감(06:00)이 지났어요');
  expect(why).toContain('입금하신 순서로');
  expect(talk.buttons('buyer')).toContain('주문 확정');
  await talk.press('buyer', '주문 확정');
  expect((await talk.onlyOrder()).parcels[0]?.wanted).toBeNull();
});

test('a promise is explained by its place in the queue and by the days that were full', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 2');
  await talk.say('tutu', '7/22 6');
  await talk.buy('first', CHULSU);
  await talk.buy('second', YOUNGHEE);
  await talk.buy('third', '정하늘 010-3333-4444 부산 해운대구 우동로 12 2상자');
  await talk.say('third', '주문조회');
  const why = await talk.say('third', '왜 이렇게 늦어요?');
  expect(why).toContain('P7-003 정하늘님 7/22(수) 출하 예정이에요');
  expect(why).toContain('7/21(화) 2상자 중 2상자가 찼어요');
  expect(why).toContain('앞에 2상자가 있어요. 하루 6상자까지');
  expect(why).not.toContain('이영희');
  await talk.say('first', '주문조회');
  expect(await talk.say('first', '더 빨리 안돼요?')).toContain('그날 맨 먼저예요');
});

test('a wished arrival is named as it was wished', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', `${CHULSU} 7/24 도착`);
  await talk.say('buyer', '주문조회');
  expect(await talk.say('buyer', '왜 23일이에요?')).toContain(
    '7/20(월)~7/22(수) 7/24(금) 도착을 원하셨어요',
  );
});

test('closed days in a row are one line', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  for (const day of ['7/21', '7/22', '7/23', '7/24']) await talk.say('tutu', `${day} 휴무`);
  await talk.say('buyer', CHULSU);
  const why = await talk.say('buyer', '왜 다음주예요?');
  expect(why).toContain('7/21(화)~7/26(일) 농장이 쉬어요');
});

test('what has left is not explained but shown on its way', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', CHULSU);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '1번 송장 1234567890123');
  expect(await talk.say('buyer', '왜 이렇게 늦어요?')).toContain('송장 우체국택배 1234567890123');
});

test('without an order the next dates are shown', async () => {
  const talk = await openTalk();
  expect(await talk.say('buyer', '왜 이렇게 늦어요?')).toContain('7/21(화) 40상자 남음');
});

test('a paused store names no dates, neither alone nor for an open draft', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('drafting', '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자');
  await talk.say('tutu', '주문 멈춤');
  for (const buyer of ['drafting', 'looking'])
    for (const said of ['왜 내일이에요?', '언제 보낼 수 있어요?', '재고 있나요?', '주문하기']) {
      expect(await talk.say(buyer, said)).toBe(
        '햇살농원에서 지금 주문을 잠시 쉬고 있어요. 다시 열리면 주문하실 수 있어요.',
      );
      expect(talk.buttons(buyer)).toEqual(['주문조회']);
    }
  const prices = await talk.say('looking', '가격·안내');
  expect(prices).toContain('복숭아 4kg 1상자 35,000원');
  expect(prices).toContain('주문을 잠시 쉬고 있어요');
});

test('what is ordered keeps its date while the store is paused, and the reason is told', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자');
  await talk.say('tutu', '주문 멈춤');
  expect(await talk.say('buyer', '왜 내일이에요?')).toContain('P7-001 박철수님 7/21(화) 출하');
});

test('an estimate names the boxes that are ordered before and not paid yet', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 5');
  await talk.buy('first', CHULSU);
  await talk.say('second', YOUNGHEE);
  await talk.press('second', '주문 확정');
  await talk.say('third', '정하늘 010-3333-4444 부산 해운대구 우동로 12 2상자');
  const card = await talk.say('third', '왜 모레예요?');
  expect(card).toContain('정하늘님 7/22(수) 출하 예상이에요');
  expect(card).toContain(
    '7/21(화) 5상자 중 2상자가 찼고, 2상자를 먼저 주문한 분들이 있어요 (입금 전)',
  );
  expect(card).toContain('지금 입금하시면 7/21(화) 출하예요.');
  await talk.press('third', '주문 확정');
  const ordered = await talk.say('third', '왜 모레예요?');
  expect(ordered).toContain('P7-003 정하늘님 7/22(수) 출하 예상이에요');
  expect(ordered).toContain('2상자를 먼저 주문한 분들이 있어요');
  // Nobody queues behind himself.
  const own = await talk.say('second', '왜 내일이에요?');
  expect(own).toContain('이영희님 7/21(화) 출하 예상이에요');
  expect(own).not.toContain('먼저 주문한');
  expect(own).not.toContain('지금 입금하시면');
});

test('an estimate that others have paid for meanwhile says what a payment now would bring', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 2');
  await talk.say('late', YOUNGHEE);
  await talk.press('late', '주문 확정');
  await talk.buy('first', CHULSU);
  const why = await talk.say('late', '왜 내일이에요?');
  expect(why).toContain('이영희님 7/21(화) 출하 예상이에요');
  expect(why).toContain('지금 입금하시면 7/22(수) 출하예요.');
});

test.each([
  ['lowered', ['7/21 2'], '7/21(화) 농장이 그날을 2상자로 줄였어요'],
  ['cut', ['7/21 목록', '1번까지'], '7/21(화) 농장이 그날을 2상자로 줄였어요'],
  ['closed for the rain', ['내일 비와서 쉼'], '7/21(화) 농장이 그날 쉬기로 했어요'],
])('a date that was %s by the farmer after its payment says so', async (_, words, reason) => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.buy('first', CHULSU);
  await talk.buy('second', YOUNGHEE);
  for (const said of words) await talk.say('tutu', said);
  await talk.say('second', '주문조회');
  const why = await talk.say('second', '왜 모레예요?');
  expect(why).toContain('P7-002 이영희님 7/22(수) 출하 예정이에요');
  expect(why).toContain(reason);
});

test('a date that came forward says from where', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 휴무');
  await talk.buy('first', CHULSU);
  await talk.say('tutu', '7/21 10');
  await talk.say('first', '주문조회');
  const why = await talk.say('first', '왜 내일이에요?');
  expect(why).toContain('7/21(화) 출하 예정이에요');
  expect(why).toContain('자리가 나서 7/22(수)에서 앞당겼어요.');
  // Moved back, it is told by what the farmer did.
  await talk.say('tutu', '7/21 휴무');
  await talk.say('first', '주문조회');
  const back = await talk.say('first', '왜 모레예요?');
  expect(back).toContain('7/21(화) 농장이 그날 쉬기로 했어요');
  expect(back).not.toContain('앞당겼');
});

test('what has no date at all is named beside what has one', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  const { shop } = await talk.asked('farmer');
  await talk.store.putShop({ ...shop, policy: { ...shop.policy, horizonDays: 1 } });
  await talk.buy('first', `${CHULSU}\n${YOUNGHEE}`);
  await talk.say('tutu', '7/21 2');
  await talk.say('first', '주문조회');
  const why = await talk.say('first', '왜 내일이에요?');
  expect(why).toContain('박철수님 7/21(화) 출하 예정이에요');
  expect(why).toContain('다른 1곳은 앞으로 보낼 수 있는 날짜가 모두 찼어요');
});

test('of an order with several parcels only what others have ordered waits before it', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 10');
  await talk.say('other', CHULSU.replace('2상자', '3상자'));
  await talk.press('other', '주문 확정');
  await talk.say(
    'buyer',
    `${YOUNGHEE.replace('2상자', '4상자')}\n정하늘 010-3333-4444 부산 해운대구 우동로 12 5상자`,
  );
  await talk.press('buyer', '주문 확정');
  const why = await talk.say('buyer', '왜 모레예요?');
  expect(why).toContain('정하늘님 7/22(수) 출하 예상이에요');
  expect(why).toContain('10상자 중 4상자가 찼고, 3상자를 먼저 주문한 분들이 있어요');
});

test.each(['왜?', '왜요?', '왜 바뀌었어요?', '이유가 뭐예요?'])(
  'a bare %j is about the date that was told last',
  async (said) => {
    const talk = await openTalk();
    await talk.join('tutu', ['farmer']);
    await talk.buy('buyer', CHULSU);
    await talk.say('tutu', '7/21 휴무');
    expect(await talk.say('buyer', said)).toMatch(/7\/21\(화\).*쉬기로/u);
    expect(await talk.say('nobody', said)).not.toContain('7/21');
  },
);

test('a bare “왜?” in answer to a question of ours is about no older order', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', CHULSU);
  expect(await talk.say('buyer', '이영희 2상자')).toContain('알려 주세요');
  expect(await talk.say('buyer', '왜?')).not.toContain('출하 예정이에요. 그 전');
});
