// Money that is told of more than once, or later than it came: booked once, and never on another order.
import { expect, test } from 'vitest';
import type { Order } from '../../src/orders/order.ts';
import { answerDeposit } from '../../src/payments/answering.ts';
import { bookDeposits } from '../../src/payments/booking.ts';
import type { SeenDeposit } from '../../src/payments/store.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자 입금자 김영희';
const SECOND = '오막례 010-2222-3333 경기 수원시 영통구 광교로 100 2상자 입금자 김영희';
const SMALL = '오막례 010-2222-3333 경기 수원시 영통구 광교로 100 1상자 입금자 김영희';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FROM_KAKAOPAY = '카카오페이 김영희님이 보낸 75,000원을 받았어요.';
const NO_BALANCE = '[Web발신]\n[KB]07/20 12:00\n123456**789\n김영희\n전자금융입금\n75,000';

async function openShop(): Promise<Talk> {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  return talk;
}

async function order(talk: Talk, text: string): Promise<Order> {
  await talk.say('buyer', text);
  await talk.press('buyer', '주문 확정');
  const [newest] = await talk.orders();
  if (newest === undefined) throw new Error('nothing was ordered');
  return newest;
}

function rowOf(talk: Talk, over: Partial<SeenDeposit>): SeenDeposit {
  return {
    ...{ source: 'file', sourceId: 'july.csv', nth: 0, precision: 'second', memo: null },
    ...{ at: talk.now().toISOString(), name: '김영희', amountKrw: 75_000, balanceKrw: null },
    ...over,
  };
}

async function show(talk: Talk, rows: readonly SeenDeposit[]) {
  return bookDeposits(talk, rows, { ...(await talk.asked('seller')), who: 'system' });
}

const stateOf = async (talk: Talk, { id }: Order) => await talk.store.findOrder('peach', id);

test('a text without a time, passed on once more later, does not pay the buyer’s next order', async () => {
  const talk = await openShop();
  await order(talk, CHULSU);
  expect(await talk.say('toni', FROM_KAKAOPAY)).toContain('P7-001 입금완료');
  const second = await order(talk, SECOND);
  talk.passMs(10 * MINUTE_MS);
  expect(await talk.say('toni', FROM_KAKAOPAY)).toContain('같은 이름, 같은 금액을 이미 적었어요');
  expect(talk.buttons('toni')).toEqual(['한 번 들어왔어요', 'P7-001 환불', 'P7-002', '다른 주문']);
  expect(await stateOf(talk, second)).toMatchObject({ state: 'awaiting_payment', paidKrw: 0 });
  await show(talk, [rowOf(talk, { name: '박부장', amountKrw: 1_000 })]);
  expect(await stateOf(talk, second)).toMatchObject({ state: 'awaiting_payment', paidKrw: 0 });
  await talk.isSound();
});

test('the bank’s row of money that a hand told of hours later is asked about, not booked again', async () => {
  const talk = await openShop();
  const first = await order(talk, CHULSU);
  const second = await order(talk, SECOND);
  talk.passMs(HOUR_MS);
  const row = rowOf(talk, {});
  talk.passMs(2 * HOUR_MS);
  await talk.say('toni', '입금 김영희 75,000원');
  await talk.press('toni', 'P7-001');
  await show(talk, [row]);
  expect(await stateOf(talk, first)).toMatchObject({ state: 'paid', paidKrw: 75_000 });
  expect(await stateOf(talk, second)).toMatchObject({ state: 'awaiting_payment' });
  await talk.say('toni', '미확인 입금');
  expect(await talk.press('toni', '한 번 들어왔어요')).toContain('적어 뒀어요');
  expect(await show(talk, [row])).toMatchObject([{ isNew: false }]);
  await talk.isSound();
});

test('a text to the minute, passed on twice, is asked about before it is paid back', async () => {
  const talk = await openShop();
  await order(talk, CHULSU);
  talk.passMs(MINUTE_MS);
  await talk.say('toni', NO_BALANCE.replace('12:00', '12:01'));
  talk.passMs(MINUTE_MS);
  const again = await talk.say('toni', NO_BALANCE.replace('12:00', '12:01'));
  expect(again).toContain('통장에 한 번만 들어왔다면 [한 번 들어왔어요]');
  expect(talk.buttons('toni')[0]).toBe('한 번 들어왔어요');
  expect(talk.buttons('toni')).not.toContain('환불하기');
});

test('what the seller took back waits for him, whatever comes in meanwhile', async () => {
  const talk = await openShop();
  const placed = await order(talk, CHULSU);
  const [booked] = await show(talk, [rowOf(talk, {})]);
  await talk.say('toni', NO_BALANCE);
  expect(booked?.deposit.state).toBe('booked');
  const [deposit] = await talk.store.findDeposits({ storeId: 'peach', limit: 1 });
  await talk.pressAtOnce('toni', '되돌려', {
    texts: [],
    choices: [
      {
        label: '되돌려',
        say: '되돌려',
        press: { key: null, act: 'deposit-undo', ref: deposit?.id ?? '' },
      },
    ],
  });
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'awaiting_payment', paidKrw: 0 });
  await show(talk, [rowOf(talk, { name: '박부장', amountKrw: 1_000 })]);
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'awaiting_payment', paidKrw: 0 });
});

test('a row that paid an order long ago makes no part of a new one', async () => {
  const talk = await openShop();
  await order(talk, SMALL);
  const next = await order(talk, CHULSU);
  const row = rowOf(talk, { amountKrw: 40_000 });
  await show(talk, [row]);
  talk.passMs(MINUTE_MS);
  const rest = rowOf(talk, { amountKrw: 35_000 });
  const later = { ...row, sourceId: 'july and more.csv' };
  const shown = await show(talk, [later, { ...rest, sourceId: 'july and more.csv' }]);
  expect(shown.map(({ isNew, deposit }) => [isNew, deposit.state])).toEqual([
    [false, 'booked'],
    [true, 'asked'],
  ]);
  expect(await stateOf(talk, next)).toMatchObject({ paidKrw: 0 });
});

test.each(['맞아요', '아니에요'])(
  'money that a hand confirmed, sent under another name, is tied to it by %s',
  async (label) => {
    const talk = await openShop();
    const placed = await order(talk, CHULSU);
    await talk.say('toni', '입금 P7-001');
    await show(talk, [rowOf(talk, { name: '박남편' })]);
    expect(await talk.say('toni', '미확인 입금')).toContain('P7-001 김영희001 · 통장 입금 확인 전');
    expect(talk.buttons('toni')).toEqual(['맞아요', '아니에요']);
    await talk.press('toni', label);
    if (label === '아니에요') await talk.say('toni', 'P7-001');
    const tied = { state: 'paid', paidKrw: 75_000, refundDueKrw: 0 };
    expect(await stateOf(talk, placed)).toMatchObject(tied);
    await talk.press('toni', '되돌려');
    expect(await stateOf(talk, placed)).toMatchObject(tied);
    expect(talk.buttons('toni')).toEqual(['맞아요', '아니에요']);
    await talk.isSound();
  },
);

test('a part that cannot be cancelled alone is refused before the question', async () => {
  const talk = await openShop();
  await order(talk, `${CHULSU}\n오막례 010-2222-3333 경기 수원시 영통구 광교로 100 1상자`);
  await show(talk, [rowOf(talk, {})]);
  await talk.say('toni', '미확인 입금');
  await talk.press('toni', '맞아요');
  expect(await talk.say('buyer', '오막례 것만 취소해줘')).toContain('전체 취소만 할 수 있어요');
  expect(talk.buttons('buyer')).not.toContain('네, 취소해요');
  expect(await talk.say('buyer', '주문 전체 취소')).toContain('75,000원을 돌려 드려요');
});

test('money of the second in which its order was placed pays it', async () => {
  const talk = await openShop();
  talk.passMs(500);
  const placed = await order(talk, CHULSU);
  talk.passMs(2_000);
  await show(talk, [rowOf(talk, { at: `${placed.placedAt.slice(0, 19)}.000Z` })]);
  expect(await stateOf(talk, placed)).toMatchObject({ state: 'paid' });
});

test('money of one store never pays an order of another', async () => {
  const talk = await openShop();
  const placed = await order(talk, CHULSU);
  const peach = await talk.store.findShop('peach');
  if (peach === null) throw new Error('no shop');
  const plum = { ...peach, id: 'plum', name: '자두농원' };
  await talk.store.putShop(plum);
  const [asked] = await bookDeposits(talk, [rowOf(talk, { name: '온누리' })], {
    ...{ shop: plum, now: talk.now(), who: 'system' },
  });
  if (asked === undefined) throw new Error('nothing was booked');
  const answer = { kind: 'orders', orderIds: [placed.id] } as const;
  await expect(
    answerDeposit(talk, asked.deposit, { ...(await talk.asked('seller')), answer }),
  ).rejects.toThrow('no such deposit in this store');
  expect(await stateOf(talk, placed)).toMatchObject({ paidKrw: 0 });
});

test.each([
  '우리 입금 75,000원 했어요',
  '하나 입금 75,000원 확인해 주세요',
  '제주 입금 75,000원 아직이에요',
  '계좌로 75000원 입금했어요',
  '광주 고객님 75,000원 입금',
  '입금 안 하신 분 3명 75,000원',
])('"%s" is talk about money and books nothing', async (words) => {
  const talk = await openShop();
  await order(talk, CHULSU);
  expect(await talk.say('toni', words)).not.toContain('은행 알림 같은데');
  expect(await talk.store.findDeposits({ storeId: 'peach', limit: 1 })).toEqual([]);
});

/** The shop as it is read by whoever books, with something that happens behind his back once. */
function changedMeanwhile(talk: Talk, happens: () => Promise<unknown>): Talk['store'] {
  let isDone = false;
  const findDeposits: Talk['store']['findDeposits'] = async (filter) => {
    const first = !isDone;
    isDone = true;
    if (first) await happens();
    return talk.store.findDeposits(filter);
  };
  return Object.assign(Object.create(talk.store) as Talk['store'], { findDeposits });
}

test.each([
  ['cancelled', '취소', '네, 취소해요'],
  ['made smaller', '1상자로 줄여주세요', '네, 바꿔요'],
])('an order that is %s while its money is matched is not booked on', async (_, says, presses) => {
  const talk = await openShop();
  const placed = await order(talk, CHULSU);
  const store = changedMeanwhile(talk, async () => {
    await talk.say('buyer', says);
    await talk.press('buyer', presses);
  });
  const asked = { ...(await talk.asked('seller')), who: 'system' } as const;
  const [booked] = await bookDeposits({ store }, [rowOf(talk, {})], asked);
  expect(booked?.deposit).toMatchObject({ state: 'asked', orderIds: [placed.id] });
  expect(await stateOf(talk, placed)).toMatchObject({ paidKrw: 0, refundDueKrw: 0 });
  await talk.isSound();
});

test('of a statement with many split payments none is left to the seller', async () => {
  const talk = await openShop();
  const rows: SeenDeposit[] = [];
  for (const [nth, name] of ['김가을', '박나라', '이다솜', '최라온', '정마루'].entries()) {
    await talk.say(
      'buyer',
      `오막례 010-2222-3333 경기 수원시 영통구 광교로 1${nth} 2상자 입금자 ${name}`,
    );
    await talk.press('buyer', '주문 확정');
    rows.push(rowOf(talk, { name, amountKrw: 45_000 }), rowOf(talk, { name, amountKrw: 30_000 }));
  }
  talk.passMs(MINUTE_MS);
  const booked = await show(
    talk,
    rows.map((row) => ({ ...row, at: talk.now().toISOString() })),
  );
  expect(booked.map(({ deposit }) => deposit.state)).toEqual(rows.map(() => 'booked'));
  expect((await talk.orders()).map(({ state }) => state)).toEqual(Array(5).fill('paid'));
  await talk.isSound();
});
