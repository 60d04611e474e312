// The seller's lists: money that comes, goes back or does not fit, and who complained.
import { expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
const YOUNGHEE = '이영희 010-2222-3333 경기 수원시 영통구 광교로 100 1상자';

async function openShop(): Promise<Talk> {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  return talk;
}

async function order(talk: Talk, user: string, text: string): Promise<void> {
  await talk.say(user, text);
  await talk.press(user, '주문 확정');
}

test('오늘 sums up what waits, and only what waits has a button', async () => {
  const talk = await openShop();
  expect(await talk.say('toni', '오늘')).toContain('햇살농원 오늘 7/20(월)');
  expect(talk.buttons('toni')).toEqual(['미입금', '이번 주']);
  await order(talk, 'buyer', CHULSU);
  await talk.press('buyer', '입금했어요');
  await talk.buy('other', YOUNGHEE);
  await talk.say('other', '복숭아가 썩었어요');
  await talk.say('other', '취소');
  await talk.press('other', '네, 취소해요');
  await talk.say('toni', '주문 P7-001');
  const today = await talk.say('toni', '오늘');
  expect(today).toContain('미입금 1건 75,000원 (보냈다고 하신 1건)');
  expect(today).toContain('환불할 금액 40,000원 (1건)');
  expect(today).toContain('최근 7일 불편 알림 1건');
  expect(talk.buttons('toni')).toEqual(['미입금', '이번 주', '환불', '클레임']);
});

test('what has no date left is counted', async () => {
  const talk = await openShop();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', CHULSU);
  const shop = await talk.store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  await talk.store.putShop({ ...shop, policy: { ...shop.policy, horizonDays: 1 } });
  await talk.say('tutu', '7/21 휴무');
  expect(await talk.say('toni', '오늘')).toContain('보낼 날짜가 없는 1곳');
});

test('refunds show the account only when it was given, and to the seller alone', async () => {
  const talk = await openShop();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', CHULSU);
  await talk.say('buyer', '취소');
  await talk.press('buyer', '네, 취소해요');
  expect(await talk.say('toni', '환불')).toContain('P7-001 75,000원 · 환불 계좌를 기다려요');
  await talk.say('buyer', '농협 302-1234-5678-91 김영희');
  expect(await talk.say('toni', '환불')).toContain('농협\n김영희\n3021234567891');
  expect(await talk.say('tutu', '환불')).not.toContain('김영희');
  expect(await talk.say('buyer2', '환불 목록')).toBe('판매자만 할 수 있어요.');
});

test('a payment is confirmed once, one at a time, and only of this store', async () => {
  const talk = await openShop();
  await order(talk, 'buyer', CHULSU);
  await order(talk, 'other', YOUNGHEE);
  expect(await talk.say('toni', '입금 P7-001 P7-002')).toContain('한 건씩');
  expect((await talk.orders()).every(({ state }) => state === 'awaiting_payment')).toBe(true);
  expect(await talk.press('toni', '입금 P7-002')).toContain('P7-002 40,000원 입금을 확인했어요');
  expect(await talk.say('toni', '입금 P7-002')).toContain('이미 입금을 확인했어요 (40,000원)');
  expect(await talk.say('toni', '입금 P7-999')).toContain('이 상점에는 P7-999 주문이 없어요');
});

test('a pause says who did it and when, and what is paused already says so', async () => {
  const talk = await openShop();
  expect(await talk.say('toni', '주문 멈춤')).toContain('멈췄어요 (7/20(월) 12:00 판매자)');
  expect(await talk.say('toni', '주문 멈춤')).toContain('이미 주문을 멈춘 상태예요');
  expect(await talk.say('toni', '오늘')).toContain('주문 멈춤');
  expect(await talk.say('toni', '주문 다시 받기')).toContain('다시 받아요 (7/20(월) 12:00 판매자)');
});

test('complaints are listed with their orders, newest first', async () => {
  const talk = await openShop();
  await talk.buy('buyer', CHULSU);
  await talk.buy('other', YOUNGHEE);
  await talk.say('buyer', '복숭아가 썩었어요');
  await talk.say('other', '상자가 찢어져서 왔네요');
  await talk.say('toni', '오늘');
  const list = await talk.say('toni', '클레임');
  expect(list).toMatch(/불편 알림 2건\n.*P7-002\n.*P7-001/);
  expect(talk.buttons('toni')).toContain('주문 P7-002');
});

test('문의 is answered also when nobody has asked anything', async () => {
  const talk = await openShop();
  expect(await talk.say('toni', '문의')).toContain('답을 기다리는 문의가 없어요');
});
