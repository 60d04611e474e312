// Money at the bank, from the first sight of it to the seller's tap and back.

import { expect, test } from 'vitest';
import type { Platform } from '../../src/chat/bot.ts';
import type { Order } from '../../src/orders/order.ts';
import { bookDeposits } from '../../src/payments/booking.ts';
import type { SeenDeposit } from '../../src/payments/store.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자 입금자 김영희';
const YOUNGHEE = '오막례 010-2222-3333 경기 수원시 영통구 광교로 100 1상자 입금자 최민수';
const HOUR_MS = 3_600_000;

async function openShop(platform: Platform = 'kakao'): Promise<Talk> {
  const talk = await openTalk({}, platform);
  await talk.join('toni', ['seller']);
  return talk;
}

async function order(talk: Talk, user: string, text: string): Promise<Order> {
  await talk.say(user, text);
  await talk.press(user, '주문 확정');
  const [newest] = await talk.orders();
  if (newest === undefined) throw new Error('nothing was ordered');
  return newest;
}

let balanceKrw = 1_000_000;

async function seen(talk: Talk, name: string, amountKrw: number, over: Partial<SeenDeposit> = {}) {
  balanceKrw += amountKrw;
  const sighting = { sourceId: null, nth: 0, precision: 'second', source: 'notice' } as const;
  const at = talk.now().toISOString();
  const one = { ...sighting, at, name, amountKrw, balanceKrw, memo: null, ...over };
  const asked = { ...(await talk.asked('seller')), who: 'system' } as const;
  const [booked] = await bookDeposits(talk, [one], asked);
  if (booked === undefined) throw new Error('nothing was booked');
  return booked;
}

const stateOf = async (talk: Talk, { id }: Order) => await talk.store.findOrder('peach', id);

test('an exact deposit pays its order without anybody being asked', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  await seen(talk, '김영희001', 75_000);
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'paid', paidKrw: 75_000 });
  expect(await talk.say('buyer', '주문조회')).toContain('입금완료! P7-001');
  expect(await talk.say('toni', '미확인 입금')).toContain('확인을 기다리는 입금이 없어요');
  await talk.isSound();
});

test('a doubtful one is asked, booked by one tap, and taken back by another', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  await seen(talk, '김영호', 75_000);
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'awaiting_payment' });
  expect(await talk.say('toni', '오늘')).toContain('확인할 입금 1건 75,000원');
  expect(talk.buttons('toni')).toContain('미확인 입금');
  expect(await talk.say('toni', '미확인 입금')).toContain('75,000원 · 김영호 · 7/20(월)');
  expect(talk.buttons('toni')).toEqual(['맞아요', '아니에요']);
  const asked = talk.reply('toni');
  expect(await talk.press('toni', '맞아요')).toContain('P7-001 75,000원 입금으로 처리했어요');
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'paid' });
  const settled = talk.reply('toni');
  expect(await talk.press('toni', '맞아요', asked)).toContain('이미 P7-001 입금으로 처리했어요');
  expect(await talk.press('toni', '되돌려', settled)).toContain('되돌렸어요');
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'awaiting_payment', paidKrw: 0 });
  expect(talk.buttons('toni')).toEqual(['맞아요', '아니에요']);
  expect(await talk.say('buyer', '주문조회')).toContain('입금 확인은 다른 분의 입금');
  await talk.press('toni', '맞아요', asked);
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'paid' });
  await talk.isSound();
});

test('too little is asked and leaves the rest to pay; the rest is booked by itself', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  await seen(talk, '김영희', 70_000);
  await talk.say('toni', '미확인 입금');
  expect(await talk.press('toni', '맞아요')).toContain('아직 5,000원이 모자라서');
  expect(await talk.say('buyer', '주문조회')).toContain('5,000원이 더 필요해요');
  await seen(talk, '김영희', 5_000);
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'paid', paidKrw: 75_000 });
  await talk.isSound();
});

test('two parts that together are an order are booked without a tap', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  await seen(talk, '김영희', 45_000);
  talk.passMs(HOUR_MS);
  await seen(talk, '김영희', 30_000);
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'paid', paidKrw: 75_000 });
  expect(await talk.say('toni', '미확인 입금')).toContain('기다리는 입금이 없어요');
  await talk.isSound();
});

test('an order paid twice, or too much, opens a refund and asks for the account', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  await seen(talk, '김영희', 75_000);
  talk.passMs(HOUR_MS);
  await seen(talk, '김영희', 75_000);
  await talk.say('toni', '미확인 입금');
  expect(talk.buttons('toni')).toEqual(['환불하기', '다른 주문', '주문과 상관없어요']);
  expect(await talk.press('toni', '환불하기')).toContain('75,000원을 돌려 드리기로 했어요');
  expect(await stateOf(talk, placed)).toMatchObject({ refundDueKrw: 75_000, state: 'paid' });
  expect(await talk.say('buyer', '주문조회')).toContain('75,000원이 더 들어왔어요');
  await talk.isSound();
});

test('late money revives the order by one tap, or goes back', async () => {
  const talk = await openShop();
  const first = await order(talk, 'buyer', CHULSU);
  const second = await order(talk, 'other', YOUNGHEE);
  talk.passMs(30 * HOUR_MS);
  await talk.runJob('expiry', talk.now().toISOString());
  await seen(talk, '김영희', 75_000);
  await talk.say('toni', '미확인 입금');
  expect(talk.buttons('toni')).toEqual([
    '주문 되살리기',
    '환불하기',
    '다른 주문',
    '주문과 상관없어요',
  ]);
  expect(await talk.press('toni', '주문 되살리기')).toContain('P7-001 75,000원 입금으로');
  expect(await stateOf(talk, first)).toMatchObject({ state: 'paid' });
  await seen(talk, '최민수', 40_000);
  await talk.say('toni', '미확인 입금');
  await talk.press('toni', '환불하기');
  expect(await stateOf(talk, second)).toMatchObject({ state: 'expired', refundDueKrw: 40_000 });
  expect(await talk.say('other', '주문조회')).toContain('끝난 주문이라 보내신 40,000원을');
  await talk.isSound();
});

test('money of nobody is told an order by its code, or set aside', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  await seen(talk, '온누리상회', 75_500);
  await talk.say('toni', '미확인 입금');
  expect(talk.buttons('toni')).toEqual(['다른 주문', '주문과 상관없어요']);
  expect(await talk.press('toni', '다른 주문')).toContain('주문번호를 보내 주세요');
  expect(await talk.say('toni', 'Z9-999')).toContain('Z9-999 주문이 없어요');
  await talk.say('toni', '미확인 입금');
  await talk.press('toni', '다른 주문');
  expect(await talk.say('toni', 'p7 001')).toContain('P7-001 75,500원 입금으로');
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'paid', refundDueKrw: 500 });
  await seen(talk, '박부장', 3_000);
  await talk.say('toni', '미확인 입금');
  expect(await talk.press('toni', '주문과 상관없어요')).toContain('상관없는 돈으로');
  await talk.isSound();
});

test('one deposit seen three ways is booked once, and a hand had it before', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  const at = talk.now().toISOString();
  const first = await seen(talk, '김영희001', 75_000, { at, balanceKrw: null });
  const file = { at, source: 'file', sourceId: 'july.csv', balanceKrw: null } as const;
  const again = await seen(talk, '김영희001', 75_000, file);
  expect([first.isNew, again.isNew, again.deposit.id]).toEqual([true, false, first.deposit.id]);
  expect(await stateOf(talk, placed)).toMatchObject({ paidKrw: 75_000 });
  const other = await order(talk, 'other', YOUNGHEE);
  const sentAt = talk.now().toISOString();
  await talk.say('toni', `입금 ${other.code}`);
  const tied = await seen(talk, '최민수002', 40_000, { ...file, at: sentAt });
  expect(tied.deposit).toMatchObject({ state: 'booked', orderIds: [other.id] });
  expect(await stateOf(talk, other)).toMatchObject({ paidKrw: 40_000, refundDueKrw: 0 });
  await talk.isSound();
});

test('a part-paid order is handed to the seller when its time is over', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  await seen(talk, '김영희', 70_000);
  await talk.say('toni', '미확인 입금');
  await talk.press('toni', '맞아요');
  talk.passMs(30 * HOUR_MS);
  await talk.runJob('expiry', talk.now().toISOString());
  expect(await talk.say('toni', '미입금')).toContain('모자란 돈 5,000원');
  const asked = talk.reply('toni');
  expect(await talk.press('toni', '나머지 기다리기', asked)).toContain('기다릴게요');
  expect(await talk.press('toni', '취소하고 환불', asked)).toContain('70,000원을 돌려 드려야');
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'cancelled', refundDueKrw: 70_000 });
  await talk.isSound();
});

test('nobody but the seller settles a deposit', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  await seen(talk, '김영호', 75_000);
  await talk.say('toni', '미확인 입금');
  const asked = talk.reply('toni');
  expect(await talk.press('buyer', '맞아요', asked)).toContain('판매자');
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'awaiting_payment' });
});

test('a seller who passes a doubtful deposit on is asked once, another seller by a message', async () => {
  const talk = await openShop('telegram');
  await talk.join('tory', ['seller']);
  await order(talk, 'buyer', CHULSU);
  await talk.heard('toni');
  expect(await talk.say('toni', '입금 김영호 75,000원')).toContain('확인할 입금이 있어요');
  expect(await talk.heard('toni')).toEqual([]);
  expect((await talk.heard('tory')).join()).toContain('확인할 입금이 있어요');
});

const KB = (name: string, krw: string, balance: string) =>
  `[Web발신]\n[KB]07/20 12:00\n123456**789\n${name}\n전자금융입금\n${krw}\n잔액${balance}`;

test('a bank’s message passed on is booked, and again says what it was', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  const told = await talk.say('toni', KB('김영희001', '75,000', '1,075,000'));
  expect(told).toContain('75,000원 · 김영희001 · 7/20(월) 12:00 → P7-001 입금완료');
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'paid', paidKrw: 75_000 });
  expect(await talk.say('toni', KB('김영희001', '75,000', '1,075,000'))).toContain(
    '이미 적은 입금이에요 (P7-001)',
  );
  await talk.isSound();
});

test('of several passed on at once the doubtful one is asked', async () => {
  const talk = await openShop();
  await order(talk, 'buyer', CHULSU);
  await order(talk, 'other', YOUNGHEE);
  const both = `${KB('김영희001', '75,000', '1,075,000')}\n${KB('오막내', '40,000', '1,115,000')}`;
  const told = await talk.say('toni', both);
  expect(told).toContain('P7-001 입금완료');
  expect(told).toContain('오막내 · 7/20(월) 12:00 → 확인이 필요해요');
  expect(talk.buttons('toni')).toContain('맞아요');
  await talk.press('toni', '맞아요');
  expect((await talk.orders()).map(({ state }) => state)).toEqual(['paid', 'paid']);
  await talk.isSound();
});

test('a withdrawal, and words of a bank nobody knows, are answered and book nothing', async () => {
  const talk = await openShop();
  const out =
    '[Web발신]\n[KB]07/20 12:00\n123456**789\n농협자재\n체크카드출금\n75,000\n잔액1,000,000';
  expect(await talk.say('toni', out)).toContain('나간 돈 1건');
  expect(await talk.say('toni', '[Web발신] 처음보는은행 75000 잔액 모름')).toContain(
    '읽지 못했어요',
  );
  expect(await talk.store.findDeposits({ storeId: 'peach', limit: 9 })).toEqual([]);
});

test('money the seller saw himself is booked by a name and a sum', async () => {
  const talk = await openShop();
  const placed = await order(talk, 'buyer', CHULSU);
  expect(await talk.say('toni', '입금 김영희 7만 5천원')).toContain('P7-001 입금완료');
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'paid' });
  expect(await talk.say('buyer', '입금 김영희 75,000원')).not.toContain('입금완료!\n75,000원');
  await talk.isSound();
});

test('a booking stays once a box was harvested, and a revival waits for the refund', async () => {
  const talk = await openShop();
  await talk.join('tutu', ['farmer']);
  await order(talk, 'buyer', CHULSU);
  await talk.say('toni', '입금 김영호 75,000원');
  await talk.press('toni', '맞아요');
  const settled = talk.reply('toni');
  await talk.runJob('day-list', '2026-07-20T21:00:00.000Z');
  talk.setNow('2026-07-20T22:00:00.000Z');
  await talk.say('tutu', '수확');
  expect(await talk.press('toni', '되돌려', settled)).toContain('이미 수확했거나 보낸 상자');
  const late = await order(talk, 'other', YOUNGHEE);
  talk.passMs(30 * HOUR_MS);
  await talk.runJob('expiry', talk.now().toISOString());
  await seen(talk, '최민수', 40_000);
  await talk.say('toni', '미확인 입금');
  await talk.press('toni', '환불하기');
  await seen(talk, '최민수', 40_000);
  await talk.say('toni', '미확인 입금');
  expect(await talk.press('toni', '주문 되살리기')).toContain('이미 환불하기로 했어요');
  expect(await stateOf(talk, late)).toMatchObject({ state: 'expired', refundDueKrw: 40_000 });
  await talk.isSound();
});
