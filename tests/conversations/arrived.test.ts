// After the boxes have left: what 주문조회 still offers, and what `기다릴게요` may still mean.
import { expect, test } from 'vitest';
import { ordering } from '../../src/app.ts';
import type { Order } from '../../src/orders/order.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const TWO =
  '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자\n이영희 010-2222-3333 경기 수원시 영통구 광교로 100 1상자';
const HOUR_MS = 3_600_000;
const CLAIM_HOURS = 24;

async function advance(
  talk: Talk,
  order: Order,
  nos: readonly number[],
  to: 'shipped' | 'delivered',
) {
  const parcelIds = order.parcels.filter(({ no }) => nos.includes(no)).map(({ id }) => id);
  const request = { parcelIds, to, carrier: null, waybills: [] };
  await talk.store.submit(ordering.advanceParcels(await talk.asked('seller'), order.id, request));
}

test('a delivered order offers neither cancel nor change, but a complaint that reaches the seller', async () => {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  const order = await talk.buy('buyer', TWO);
  await advance(talk, order, [1, 2], 'delivered');
  expect(await talk.say('buyer', '주문조회')).toContain('P7-001 · 배송 완료');
  expect(talk.buttons('buyer')).toEqual([
    '주문조회',
    '주문하기',
    '문제가 있어요',
    '실시간으로 보기',
  ]);
  expect(await talk.press('buyer', '문제가 있어요')).toContain('P7-001 상자에 어떤 문제가');
  expect(await talk.say('buyer', '세 개가 물러요')).toContain('판매자에게 바로 알렸어요');
  expect(await talk.say('toni', '오늘')).toContain('“세 개가 물러요”');
});

test('who hears that his boxes arrived can say at once that something is wrong', async () => {
  const talk = await openTalk();
  const order = await talk.buy('buyer', TWO);
  await advance(talk, order, [2], 'delivered');
  expect(await talk.say('buyer', '안녕하세요')).toContain('P7-001 배송이 끝났어요');
  expect(await talk.press('buyer', '문제가 있어요')).toContain('P7-001 상자에 어떤 문제가');
});

test('the complaint is offered until the claim hours are over, and not before anything arrived', async () => {
  const talk = await openTalk();
  const order = await talk.buy('buyer', TWO);
  await advance(talk, order, [1, 2], 'shipped');
  await talk.say('buyer', '주문조회');
  expect(talk.buttons('buyer')).not.toContain('문제가 있어요');
  await advance(talk, order, [2], 'delivered');
  const arrivedAt = talk.now().getTime();
  talk.setNow(new Date(arrivedAt + CLAIM_HOURS * HOUR_MS - 20_000).toISOString());
  await talk.say('buyer', '주문조회');
  expect(talk.buttons('buyer')).toContain('문제가 있어요');
  talk.setNow(new Date(arrivedAt + CLAIM_HOURS * HOUR_MS).toISOString());
  await talk.say('buyer', '주문조회');
  expect(talk.buttons('buyer')).not.toContain('문제가 있어요');
});

test('the complaint is about the order that arrived, also when a newer one is open', async () => {
  const talk = await openTalk();
  const arrived = await talk.buy('buyer', TWO);
  await advance(talk, arrived, [1, 2], 'delivered');
  await talk.buy('buyer', '김민수 010-3333-4444 부산 해운대구 해운대로 1 3상자');
  await talk.say('buyer', '주문조회');
  expect(talk.buttons('buyer')).toEqual(
    expect.arrayContaining(['주문 취소', '주소 변경', '문제가 있어요']),
  );
  expect(await talk.press('buyer', '문제가 있어요')).toContain('P7-001 상자에');
});

test('기다릴게요 of an order that is cancelled promises nothing', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 2');
  await talk.buy('first', '정하늘 010-5555-6666 서울 노원구 동일로 2 2상자');
  const order = await talk.buy('buyer', TWO);
  await talk.say('tutu', '7/22 0');
  await talk.say('buyer', '주문조회');
  const notice = talk.reply('buyer');
  expect(await talk.press('buyer', '기다릴게요')).toContain('보내고 바로 알려 드릴게요');
  await talk.say('buyer', '취소');
  await talk.press('buyer', '네, 취소해요');
  const gone = 'P7-002 주문은 취소됐어요. 보낼 상자가 없어요.';
  expect(await talk.press('buyer', '기다릴게요', notice)).toBe(gone);
  expect(await talk.say('buyer', '기다릴게요')).toBe(gone);
  // A newer order is waited for by words; the old button still means the old order.
  await talk.buy('buyer', '김민수 010-3333-4444 부산 해운대구 해운대로 1 3상자');
  expect(await talk.say('buyer', '기다릴게요')).toContain('보내고 바로 알려 드릴게요');
  expect(await talk.press('buyer', '기다릴게요', notice)).toBe(gone);
  expect((await talk.store.findOrder('peach', order.id))?.state).toBe('cancelled');
});

test('기다릴게요 says what has become of what is no longer to be sent', async () => {
  const talk = await openTalk();
  expect(await talk.say('buyer', '기다릴게요')).toContain('아직 주문이 없어요');
  await talk.say('buyer', TWO);
  await talk.press('buyer', '주문 확정');
  expect(await talk.say('buyer', '기다릴게요')).toContain('입금이 확인되면');
  const order = await talk.onlyOrder();
  await talk.pay(order);
  await advance(talk, order, [1], 'shipped');
  expect(await talk.say('buyer', '기다릴게요')).toContain('보내고 바로 알려 드릴게요');
  await advance(talk, order, [1, 2], 'delivered');
  const said = await talk.say('buyer', '기다릴게요');
  expect(said).toContain('더 기다리실 상자가 없어요');
  expect(said).toContain('P7-001 이영희님 복숭아 4kg 1상자 · 배송 완료');
});
