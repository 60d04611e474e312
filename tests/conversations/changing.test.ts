import { expect, test } from 'vitest';
import { ordering } from '../../src/app.ts';
import { openTalk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';

test('the address of a paid order changes until it is harvested, and a frozen list hears of it', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  const order = await talk.buy('buyer', CHULSU);
  expect(await talk.say('buyer', '주소 변경')).toContain('지금 주소: 서울 노원구 동일로 1729');
  await talk.say('buyer', '부산 해운대구 센텀로 20 101동 202호');
  expect((await talk.onlyOrder()).parcels[0]?.address).toBe('부산 해운대구 센텀로 20 101동 202호');
  expect(await talk.say('tutu', '목록')).not.toContain('바뀌었어요');
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('buyer', '주소 변경');
  await talk.say('buyer', '대구 수성구 달구벌대로 3170');
  const told = await talk.say('tutu', '목록');
  expect(told).toContain('7/21(화) 목록이 바뀌었어요 (r2, 모두 2상자).\n바뀜 1. 박철수');
  expect(told).toContain('대구 수성구 달구벌대로 3170');
  const date = order.parcels[0]?.harvestDate ?? '';
  const report = { date, rows: 'all', to: 'harvested' } as const;
  await talk.store.submit(ordering.report(await talk.asked('farmer'), report));
  expect(await talk.say('buyer', '주소 변경')).toContain('수확한 뒤에는 바꾸지 못해요');
  await talk.isSound();
});

test('a question for the address that is answered by something else is dropped', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', CHULSU);
  await talk.say('buyer', '주소 변경');
  expect(await talk.say('buyer', '얼마예요?')).toContain('35,000원');
  expect((await talk.onlyOrder()).parcels[0]?.address).toContain('동일로 1729');
});

test('a complaint reaches the seller in the words of the buyer', async () => {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  await talk.buy('buyer', CHULSU);
  expect(await talk.say('buyer', '복숭아가 다 터져서 왔어요')).toContain('정말 죄송해요');
  const told = await talk.say('toni', '오늘');
  expect(told).toContain('P7-001 주문한 분이 불편을 알렸어요');
  expect(told).toContain('“복숭아가 다 터져서 왔어요”');
});

test('more boxes cost more: asked, paid, then changed; until then all is as it was', async () => {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  await talk.buy('buyer', CHULSU);
  expect(await talk.say('buyer', '3상자로 바꿔 주세요')).toContain(
    'P7-001 박철수님 2상자를 3상자로 바꿀까요?\n40,000원을 더 입금하시면 바뀌어요.',
  );
  expect(talk.buttons('buyer').slice(0, 2)).toEqual(['네, 바꿔요', '아니요']);
  const asked = await talk.press('buyer', '네, 바꿔요');
  expect(asked).toContain('P7-001 주문을 바꾸시려면 40,000원을 더 입금해 주세요.');
  expect(asked).toContain(
    '7/21(화) 12:00까지 입금되면 바뀌고, 아니면 지금 주문 그대로 보내 드려요.',
  );
  expect(asked.split('\n').at(-1)).toBe('박철수001');
  expect((await talk.onlyOrder()).parcels[0]?.boxes).toBe(2);
  const waits = '바꾸시려면 40,000원 더 입금 (7/21(화) 12:00까지)';
  expect(await talk.say('buyer', '주문조회')).toContain(waits);
  expect(await talk.say('buyer', '입금했어요')).toContain('40,000원 추가 입금이 확인되는 대로');
  expect(await talk.say('toni', '주문 P7-001')).toContain(waits);
  expect(talk.buttons('toni')).toContain('입금 P7-001');
  expect(await talk.say('toni', '입금 P7-001')).toContain('40,000원');
  expect((await talk.onlyOrder()).parcels[0]?.boxes).toBe(3);
  const told = await talk.say('buyer', '주문조회');
  expect(told).toContain('40,000원 추가 입금을 확인했어요. P7-001 주문을 바꿨어요.');
  expect(told).toContain('박철수님 복숭아 4kg 3상자');
  expect(told).not.toContain('바꾸시려면');
  await talk.isSound();
});

test('fewer boxes give money back, and the account is asked at once', async () => {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  await talk.buy('buyer', CHULSU);
  expect(await talk.say('buyer', '1상자로 바꿔 주세요')).toContain('35,000원을 돌려 드려요.');
  const done = await talk.say('buyer', '네');
  expect(done).toContain('박철수님 상자를 1상자로 바꿨어요.');
  expect(done).toContain('환불받으실 은행, 계좌번호, 예금주를');
  expect(await talk.say('buyer', '농협 302-1234-5678-91 김영희')).toContain('환불 계좌를 받았어요');
  expect(await talk.say('toni', '오늘')).toContain('P7-001 주문이 줄었어요. 35,000원을');
  await talk.isSound();
});

test('an unpaid order changes with a yes, and says what is to be paid now', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  await talk.say('buyer', '건너뛰기');
  expect(await talk.say('buyer', '상자 수 변경할게요')).toContain('몇 상자를 보낼까요?');
  expect(await talk.say('buyer', '5')).toContain('입금하실 금액은 190,000원이 돼요.');
  expect(await talk.press('buyer', '네, 바꿔요')).toContain('입금하실 금액은 190,000원이에요.');
  expect((await talk.onlyOrder()).totalKrw).toBe(190_000);
  await talk.isSound();
});

test('a no, an old button and a price that changed meanwhile change nothing', async () => {
  const talk = await openTalk();
  const order = await talk.buy('buyer', CHULSU);
  await talk.say('buyer', '3상자로 바꿔 주세요');
  const first = talk.reply('buyer');
  expect(await talk.press('buyer', '아니요')).toContain('그대로 둘게요');
  expect(await talk.press('buyer', '네, 바꿔요', first)).toContain('이미 지난 질문이에요');
  await talk.say('buyer', '3상자로 바꿔 주세요');
  const asked = await talk.asked('seller');
  const [parcel] = order.parcels;
  const items = [{ product: 'peach-4kg', boxes: 1 }];
  const less = { parcels: [{ parcelId: parcel?.id ?? '', personal: null, items }] };
  await talk.store.submit(ordering.change(asked, order.id, less));
  expect(await talk.press('buyer', '네, 바꿔요')).toContain(
    '1상자를 3상자로 바꿀까요?\n75,000원을',
  );
  expect((await talk.onlyOrder()).parcels[0]?.boxes).toBe(1);
  await talk.isSound();
});

test('a day without room for more keeps the order as it is and says so', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', CHULSU);
  await talk.say('tutu', '7/21 2');
  expect(await talk.say('buyer', '4상자로 바꿔 주세요')).toContain('자리가 모자라 늘릴 수 없어요');
  expect(await talk.say('buyer', '2상자로 바꿔 주세요')).toContain('이미 복숭아 4kg 2상자예요');
  expect(await talk.say('buyer', '0상자로 바꿔 주세요')).toContain('주문을 취소해 주세요');
  await talk.isSound();
});

test('the farmer hears of boxes that change on a frozen list', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', CHULSU);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('buyer', '1상자로 바꿔 주세요');
  await talk.press('buyer', '네, 바꿔요');
  const told = await talk.say('tutu', '목록');
  expect(told).toContain('7/21(화) 목록이 바뀌었어요 (r2, 모두 1상자).\n바뀜 1. 박철수');
  expect(told).toContain('복숭아 4kg 1상자');
  await talk.isSound();
});

test('a buyer hears what the store changed of his order, and what it costs him', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  const order = await talk.onlyOrder();
  const [parcel] = order.parcels;
  const boxes = (count: number) => ({
    parcels: [
      {
        parcelId: parcel?.id ?? '',
        personal: null,
        items: [{ product: 'peach-4kg', boxes: count }],
      },
    ],
  });
  const change = async (count: number) =>
    talk.store.submit(ordering.change(await talk.asked('seller'), order.id, boxes(count)));
  await change(3);
  const told = await talk.say('buyer', '안녕하세요');
  expect(told).toContain('P7-001 주문을 바꿨어요.\n박철수님 복숭아 4kg 3상자');
  expect(told).toContain('입금하실 금액은 115,000원이에요.');
  await talk.pay(await talk.onlyOrder());
  await talk.say('buyer', '주문조회');
  await change(5);
  expect(await talk.say('buyer', '안녕하세요')).toContain('75,000원을 더 입금해 주세요');
  // What is over by the time it could be told is not told.
  await change(4);
  await change(1);
  const last = await talk.say('buyer', '안녕하세요');
  expect(last).not.toContain('더 입금해 주세요');
  expect(last).toContain('75,000원을 돌려 드릴게요');
  await talk.isSound();
});
