// Money that goes back by bank: the buyer says where to, the seller sends it, and each hears the other.
import { expect, test } from 'vitest';
import { answerDeposit, bookDeposits, ordering, seenByHand } from '../../src/app.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const DAY_MS = 86_400_000;
const TWO =
  '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자\n이영희 010-2222-3333 경기 수원시 영통구 광교로 100 1상자';
const ONE = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
const ACCOUNT = '농협 302-1234-5678-91 김영희';

async function openShop(): Promise<Talk> {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  return talk;
}

/** An order of this buyer, paid and cancelled: our question for the account is open. */
async function cancelled(talk: Talk, user = 'buyer', text = ONE): Promise<string> {
  const { code } = await talk.buy(user, text);
  await talk.say(user, '취소');
  await talk.press(user, '네, 취소해요');
  return code;
}

async function stateOf(talk: Talk): Promise<readonly string[]> {
  const [order] = await talk.orders();
  const refunds = await talk.store.findRefunds('peach', order?.id ?? '');
  return refunds.map(({ state }) => state);
}

test('the seller hears the account once, each part alone, and the buyer that the money was sent', async () => {
  const talk = await openShop();
  await cancelled(talk);
  await talk.say('toni', '오늘');
  expect(await talk.say('buyer', ACCOUNT)).toContain('환불 계좌를 받았어요');
  await talk.say('toni', '미입금');
  const told = talk.reply('toni');
  expect(told.texts.slice(0, 4)).toEqual([
    'P7-001 환불 계좌를 받았어요. 75,000원을 아래 계좌로 보내 주세요.',
    '농협',
    '김영희',
    '3021234567891',
  ]);
  expect(await talk.say('toni', '오늘')).not.toContain('3021234567891');
  expect(await talk.press('toni', 'P7-001 보냈어요', told)).toContain(
    'P7-001 75,000원 환불을 마쳤어요',
  );
  expect(await stateOf(talk)).toEqual(['done']);
  expect(await talk.say('buyer', '주문조회')).toContain('P7-001 75,000원을 환불 계좌로 보냈어요');
  expect(await talk.say('buyer', '주문조회')).not.toContain('환불 계좌로 보냈어요');
  await talk.isSound();
});

test('a press said twice is one refund with the same answer, and its other button comes too late', async () => {
  const talk = await openShop();
  await cancelled(talk);
  await talk.say('buyer', ACCOUNT);
  await talk.say('toni', '환불');
  const list = talk.reply('toni');
  expect(talk.buttons('toni')).toEqual(expect.arrayContaining(['보냈어요', '못 보냈어요', '오늘']));
  const first = await talk.press('toni', '보냈어요', list);
  expect(await talk.press('toni', '보냈어요', list)).toBe(first);
  expect(await talk.press('toni', '못 보냈어요', list)).toContain('이미 보낸 환불이에요');
  expect(await talk.onlyOrder()).toMatchObject({ refundedKrw: 75_000, refundDueKrw: 0 });
  const done = (await talk.store.findHistory('peach', (await talk.onlyOrder()).id)).filter(
    ({ event }) => event === 'refund_done',
  );
  expect(done).toHaveLength(1);
});

test('nobody but the seller presses or says it', async () => {
  const talk = await openShop();
  await talk.join('tutu', ['farmer']);
  await cancelled(talk);
  await talk.say('buyer', ACCOUNT);
  await talk.say('toni', '환불');
  const list = talk.reply('toni');
  for (const who of ['tutu', 'buyer', 'stranger'])
    expect(await talk.press(who, '보냈어요', list)).toContain('판매자만 할 수 있어요');
  expect(await talk.say('buyer', '환불 완료 P7-001')).toContain('판매자만 할 수 있어요');
  expect(await talk.say('tutu', '환불 P7-001 보냈어요')).not.toContain('마쳤어요');
  expect(await stateOf(talk)).toEqual(['due']);
});

test('a seller of another store presses nothing here', async () => {
  const talk = await openShop();
  await cancelled(talk);
  await talk.say('buyer', ACCOUNT);
  await talk.say('toni', '환불');
  const list = talk.reply('toni');
  const peach = await talk.store.findShop('peach');
  if (peach === null) throw new Error('no shop');
  await talk.store.putShop({ ...peach, id: 'plum', name: '자두농원' });
  await talk.store.createInvite({
    ...{ codeHash: 'PLUMSELL', storeId: 'plum', roles: ['seller'] },
    expiresAt: '2027-01-01T00:00:00Z',
  });
  await talk.say('other', '등록 PLUMSELL');
  expect(await talk.press('other', '보냈어요', list)).toContain('이 상점에는 없는 환불');
  expect(await talk.say('other', '환불 P7-001 보냈어요')).toContain('돌려 드릴 금액이 없어요');
  expect(await stateOf(talk)).toEqual(['due']);
});

test.each(['환불 P7-001 보냈어요', '환불 완료 P7-001', 'p7001 환불했어요'])(
  '"%s" does what the button does, and again says so',
  async (words) => {
    const talk = await openShop();
    await cancelled(talk);
    await talk.say('buyer', ACCOUNT);
    expect(await talk.say('toni', words)).toContain('75,000원 환불을 마쳤어요');
    expect(await talk.say('toni', words)).toContain('이미 보낸 환불이에요');
    expect(await stateOf(talk)).toEqual(['done']);
    await talk.isSound();
  },
);

test('money that could not be sent asks the buyer again, and his next account is a new task', async () => {
  const talk = await openShop();
  await cancelled(talk);
  expect(await talk.say('toni', '환불 P7-001 못 보냈어요')).toContain('아직 계좌를 기다리고');
  await talk.say('buyer', ACCOUNT);
  expect(await talk.say('toni', '환불 P7-001 못 보냈어요')).toContain('계좌를 다시 여쭤볼게요');
  expect(await talk.say('buyer', '주문조회')).toContain('75,000원을 보내지 못했어요');
  // No question of ours is open any more: the account is understood all the same.
  expect(await talk.say('buyer', '국민 123456-01-234567 김영희')).toContain('환불 계좌를 받았어요');
  expect(await talk.say('toni', '환불')).toContain('국민은행\n김영희\n12345601234567');
  await talk.press('toni', '보냈어요');
  expect(await stateOf(talk)).toEqual(['done']);
  const [order] = await talk.orders();
  const history = await talk.store.findHistory('peach', order?.id ?? '');
  expect(history.map(({ event }) => event).filter((event) => event.startsWith('refund'))).toEqual([
    ...['refund_opened', 'refund_due', 'refund_failed', 'refund_due', 'refund_done'],
  ]);
  await talk.isSound();
});

test('a corrected account is told as one, the same account again is not', async () => {
  const talk = await openShop();
  await cancelled(talk);
  await talk.say('buyer', ACCOUNT);
  await talk.say('toni', '오늘');
  expect(await talk.say('buyer', ACCOUNT)).toContain('환불 계좌를 받았어요');
  expect(await talk.say('toni', '오늘')).not.toContain('환불 계좌');
  await talk.say('buyer', '국민 123456-01-234567 김영희');
  const told = await talk.say('toni', '오늘');
  expect(told).toContain('P7-001 환불 계좌가 바뀌었어요');
  expect(told).toContain('12345601234567');
});

test('an account over three messages is put together, whatever comes first', async () => {
  const talk = await openShop();
  await cancelled(talk);
  expect(await talk.say('buyer', '302-1234-5678-91')).toContain('은행, 예금주 이름을 알려 주세요');
  expect(await talk.say('buyer', '김영희')).toBe(
    '3021234567891 김영희 받았어요. 은행을 알려 주세요.',
  );
  expect(await talk.say('buyer', '농협이요')).toContain('농협 3021234567891 김영희');
  expect(await stateOf(talk)).toEqual(['due']);
});

test('a number that cannot be one is asked again, and the rest is kept', async () => {
  const talk = await openShop();
  await cancelled(talk);
  expect(await talk.say('buyer', '카뱅 3333-01-123456 김영희')).toBe(
    '카카오뱅크 계좌번호는 숫자 13자리인데 12자리를 보내셨어요. 계좌번호만 다시 보내 주세요.',
  );
  expect(await talk.say('buyer', '010-1234-5678')).toContain('휴대폰 번호 같아요');
  expect(await stateOf(talk)).toEqual(['needs_account']);
  expect(await talk.say('buyer', '3333-01-1234567')).toContain('카카오뱅크 3333011234567 김영희');
  expect(await stateOf(talk)).toEqual(['due']);
});

test('an order said in the place of an account is an order', async () => {
  const talk = await openShop();
  await cancelled(talk);
  expect(await talk.say('buyer', '김민수 010-3333-4444 부산 해운대구 해운대로 1 3상자')).toContain(
    '합계',
  );
  expect(await talk.say('buyer', ACCOUNT)).toContain('환불 계좌를 받았어요');
  expect(talk.reply('buyer').choices).not.toEqual([]);
  expect(await stateOf(talk)).toEqual(['due']);
});

test('one account is for all that waits, and an account of nobody is left alone', async () => {
  const talk = await openShop();
  expect(await talk.say('buyer', ACCOUNT)).not.toContain('환불 계좌를 받았어요');
  await cancelled(talk);
  await talk.say('buyer', '메뉴');
  await cancelled(talk, 'buyer', '김민수 010-3333-4444 부산 해운대구 해운대로 1 3상자');
  expect(await talk.say('buyer', ACCOUNT)).toContain('P7-002, P7-001 환불 계좌를 받았어요');
  const open = await talk.store.findOpenRefunds('peach', 9);
  expect(open.map(({ state }) => state)).toEqual(['due', 'due']);
});

test('a partial cancel gives its part back, and the whole order the rest', async () => {
  const talk = await openShop();
  await talk.buy('buyer', TWO);
  await talk.say('buyer', '이영희님 것만 취소해 주세요');
  expect(await talk.press('buyer', '네, 취소해요')).toContain('40,000원을 돌려 드릴게요');
  await talk.say('buyer', ACCOUNT);
  await talk.say('toni', '환불 P7-001 보냈어요');
  expect(await talk.say('buyer', '주문조회')).toContain('돌려 드린 금액 40,000원');
  await talk.say('buyer', '취소');
  await talk.press('buyer', '네, 취소해요');
  expect(await talk.say('buyer', '주문조회')).toMatch(
    /돌려 드린 금액 40,000원\n돌려 드릴 금액 75,000원/,
  );
  expect(await talk.press('buyer', '환불 계좌')).toContain('은행, 계좌번호, 예금주');
  await talk.say('buyer', ACCOUNT);
  expect(await talk.say('toni', '환불')).toContain('P7-001 75,000원 · 보낼 차례예요');
  await talk.press('toni', '보냈어요');
  expect(await talk.onlyOrder()).toMatchObject({ refundedKrw: 115_000, refundDueKrw: 0 });
  await talk.isSound();
});

test('more refunds than fit are pages, those that can be sent first', async () => {
  const talk = await openShop();
  for (let no = 1; no <= 6; no++) await cancelled(talk, `buyer${no}`);
  for (const no of [2, 5]) await talk.say(`buyer${no}`, ACCOUNT);
  await talk.say('toni', '오늘');
  await talk.say('toni', '오늘');
  const first = await talk.say('toni', '환불');
  expect(first).toContain('환불할 6건 450,000원');
  expect(first.match(/P7-00\d/g)).toEqual(['P7-002', 'P7-005', 'P7-001', 'P7-003']);
  expect(talk.buttons('toni')).toEqual([
    ...['P7-002 보냈어요', 'P7-002 못 보냈어요', 'P7-005 보냈어요', 'P7-005 못 보냈어요'],
    ...['환불 더 보기', '오늘'],
  ]);
  const second = await talk.press('toni', '환불 더 보기');
  expect(second.match(/P7-00\d/g)).toEqual(['P7-004', 'P7-006']);
  expect(await talk.say('toni', '환불 P7-005')).toContain('3021234567891');
});

test('the buyer is reminded of his account once, a day later, also after a stop', async () => {
  const talk = await openShop();
  await cancelled(talk);
  const after = (days: number) => new Date(talk.now().getTime() + days * DAY_MS).toISOString();
  await talk.runJob('refund-reminders', after(0.9));
  expect(await talk.say('buyer', '메뉴')).not.toContain('돌려 드리려고 해요');
  for (const days of [3, 4, 5]) await talk.runJob('refund-reminders', after(days));
  const told = await talk.say('buyer', '메뉴');
  expect(told.match(/75,000원을 돌려 드리려고 해요/g)).toHaveLength(1);
  expect(await talk.say('buyer', ACCOUNT)).toContain('환불 계좌를 받았어요');
  await talk.runJob('refund-reminders', after(9));
  expect(await talk.say('buyer', '메뉴')).not.toContain('돌려 드리려고 해요');
});

test('whom the shop cancels is asked for the account with the news', async () => {
  const talk = await openShop();
  const { id } = await talk.buy('buyer', ONE);
  const request = { parcelIds: null, reason: '비 피해', account: null };
  await talk.store.submit(ordering.cancel(await talk.asked('farmer'), id, request));
  const told = await talk.say('buyer', '메뉴');
  expect(told).toContain('주문이 취소됐어요');
  expect(told).toContain('은행, 계좌번호, 예금주');
});

test('an account corrected before the seller looked is told once, as it is now', async () => {
  const talk = await openShop();
  await cancelled(talk);
  await talk.say('buyer', ACCOUNT);
  await talk.say('buyer', '국민 123456-01-234567 김영희');
  const told = await talk.say('toni', '미입금');
  expect(told.match(/P7-001 환불 계좌/g)).toHaveLength(1);
  expect(told).toContain('P7-001 환불 계좌를 받았어요');
  expect(told).toContain('12345601234567');
  expect(told).not.toContain('3021234567891');
});

test('what was sent before the seller looked is not told as a task any more', async () => {
  const talk = await openShop();
  await cancelled(talk);
  await talk.say('buyer', ACCOUNT);
  const [refund] = await talk.store.findOpenRefunds('peach', 9);
  const seller = await talk.asked('seller');
  await talk.store.submit(ordering.refundDone(seller, refund?.orderId ?? '', [refund?.id ?? '']));
  expect(await talk.say('toni', '미입금')).not.toContain('환불 계좌');
});

/** Money for an order, as the seller says it is. */
async function deposited(talk: Talk, orderId: string, amountKrw: number): Promise<void> {
  talk.passMs(10 * 60_000);
  const at = talk.now().toISOString();
  const asked = { ...(await talk.asked('seller')), who: 'system' } as const;
  const seen = [seenByHand({ at, precision: 'minute', name: '김영희', amountKrw })];
  const [booked] = await bookDeposits(talk, seen, asked);
  if (booked?.deposit.state !== 'asked') return;
  const answer = { kind: 'orders', orderIds: [orderId] } as const;
  await answerDeposit(talk, booked.deposit, { ...asked, answer });
}

test('what came in too much goes back the same way, and the order stays as it is', async () => {
  const talk = await openShop();
  await talk.say('buyer', ONE);
  await talk.press('buyer', '주문 확정');
  const { id } = await talk.onlyOrder();
  await deposited(talk, id, 80_000);
  expect(await talk.say('buyer', '메뉴')).toContain('5,000원이 더 들어왔어요');
  expect(await talk.say('buyer', ACCOUNT)).toContain('환불 계좌를 받았어요');
  expect(await talk.say('toni', '환불 P7-001 보냈어요')).toContain(
    'P7-001 5,000원 환불을 마쳤어요',
  );
  expect(await talk.say('buyer', '메뉴')).toContain('P7-001 5,000원을 환불 계좌로 보냈어요');
  expect(await talk.onlyOrder()).toMatchObject({
    ...{ state: 'paid', paidKrw: 80_000, refundedKrw: 5_000, refundDueKrw: 0 },
  });
  await talk.isSound();
});

test('an order paid twice is one transfer of both, and one message to the buyer', async () => {
  const talk = await openShop();
  await talk.say('buyer', ONE);
  await talk.press('buyer', '주문 확정');
  const { id } = await talk.onlyOrder();
  await deposited(talk, id, 40_000);
  await deposited(talk, id, 40_000);
  await talk.say('buyer', '취소');
  await talk.press('buyer', '네, 취소해요');
  await talk.say('buyer', ACCOUNT);
  expect((await talk.store.findOpenRefunds('peach', 9)).length).toBeGreaterThan(1);
  expect(await talk.say('toni', '환불')).toContain('환불할 1건\nP7-001 80,000원');
  expect(await talk.press('toni', '보냈어요')).toContain('80,000원 환불을 마쳤어요');
  const told = await talk.say('buyer', '메뉴');
  expect(told.match(/환불 계좌로 보냈어요/g)).toHaveLength(1);
  await talk.isSound();
});

test('an account is not read out of the hands of somebody who answers another question', async () => {
  const talk = await openShop();
  await cancelled(talk);
  await talk.say('buyer', ONE);
  expect(await talk.say('buyer', '주문 확정')).toContain('주문번호 P7-002');
  // Our question for his own phone is open now.
  expect(await talk.say('buyer', '010-5555-6666')).not.toContain('휴대폰 번호 같아요');
});
