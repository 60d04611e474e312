import { expect, test } from 'vitest';
import { openTalk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
const YOUNGHEE = '이영희 010-2222-3333 경기 수원시 영통구 광교로 100 3상자';

test('a greeting shows the price and what to do', async () => {
  const talk = await openTalk();
  expect(await talk.say('buyer', '안녕하세요')).toContain('복숭아 4kg 1상자 35,000원');
  expect(talk.buttons('buyer')).toEqual(['주문하기', '주문조회', '가격·안내']);
});

test('two addresses in one message become a card with two parcels and the right total', async () => {
  const talk = await openTalk();
  const card = await talk.say('buyer', `${CHULSU}\n${YOUNGHEE}`);
  // 5 boxes, and shipping by the started pair of boxes of each address: 1 + 2.
  expect(card).toContain('합계 190,000원');
  expect(card).toContain('1) 박철수 010-1234-5678');
  expect(card).toContain('2) 이영희 010-2222-3333');
  expect(card).toContain('7/21(화) 출하 예상');
  const page = { label: '판매자 정보·환불 안내', url: 'http://localhost:3000/store/peach' };
  expect(talk.buttons('buyer')).toEqual(['주문 확정', '수정', '그만두기', page.label]);
  expect(talk.reply('buyer').choices.at(-1)).toEqual(page);
  expect(await talk.orders()).toEqual([]);
});

test('nothing is ordered before 주문 확정, which gives code, amount, account and depositor', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  const pay = await talk.press('buyer', '주문 확정');
  expect(pay).toContain('주문번호 P7-001');
  expect(pay).toContain('75,000원');
  expect(pay).toContain('농협 302-0000-0000-01 예시농부');
  // Alone in a bubble, to be copied.
  expect(talk.reply('buyer').texts).toContain('박철수001');
  const order = await talk.onlyOrder();
  expect(order).toMatchObject({ state: 'awaiting_payment', totalKrw: 75_000, code: 'P7-001' });
  expect(order.termsVersion).not.toBe('');
});

test('what is missing is asked one by one, for whom it is missing', async () => {
  const talk = await openTalk();
  expect(await talk.say('buyer', '복숭아 2상자 주문할게요')).toContain('알려 주세요');
  await talk.say('buyer', '박철수 서울 노원구 동일로 1729');
  expect(await talk.say('buyer', '010-1234-5678')).toContain('합계 75,000원');
});

test('a bare number answers the question for the boxes', async () => {
  const talk = await openTalk();
  expect(await talk.say('buyer', '박철수 010-1234-5678 서울 노원구 동일로 1729')).toContain(
    '몇 상자',
  );
  expect(await talk.say('buyer', '3')).toContain('복숭아 4kg 3상자');
});

test('a correction counts and makes the older card stale', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  const oldCard = talk.reply('buyer');
  expect(await talk.say('buyer', '아니 3상자요')).toContain('합계 115,000원');
  const answer = await talk.press('buyer', '주문 확정', oldCard);
  expect(answer).toContain('주문서가 그 뒤에 바뀌었어요');
  expect(answer).toContain('합계 115,000원');
  expect(await talk.orders()).toEqual([]);
});

test('a draft survives a day of silence no longer than its life', async () => {
  const talk = await openTalk();
  await talk.say('buyer', '박철수 010-1234-5678 서울 노원구 동일로 1729');
  talk.passMs(23 * 3_600_000);
  expect(await talk.say('buyer', '2상자요')).toContain('합계 75,000원');
  talk.passMs(25 * 3_600_000);
  expect(await talk.say('buyer', '주문 확정')).toContain('확정할 주문서가 없어요');
});

test('the confirm button pressed twice, at once or from an old bubble, makes one order with one answer', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  const card = talk.reply('buyer');
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => talk.pressAtOnce('buyer', '주문 확정', card)),
  );
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  await talk.say('buyer', '주문조회');
  expect(await talk.press('buyer', '주문 확정', card)).toBe(answers[0]?.texts.join('\n'));
  await talk.onlyOrder();
});

test('the same typed words within five seconds are one message, later they are a new one', async () => {
  const talk = await openTalk();
  const [first, second] = await Promise.all([
    talk.sayAtOnce('buyer', CHULSU),
    talk.sayAtOnce('buyer', CHULSU),
  ]);
  expect(second).toEqual(first);
  await talk.press('buyer', '주문 확정');
  // The same order ten seconds later is asked about before it is placed again.
  await talk.say('buyer', CHULSU);
  expect(await talk.press('buyer', '주문 확정')).toContain('조금 전에 같은 내용으로');
  await talk.onlyOrder();
  expect(await talk.press('buyer', '주문 확정')).toContain('주문번호 P7-002');
  expect(await talk.orders()).toHaveLength(2);
});

test('words that only repeat after something else was said are read anew', async () => {
  const talk = await openTalk();
  const first = await talk.sayAtOnce('buyer', '얼마예요?');
  await talk.sayAtOnce('buyer', '안녕하세요');
  expect(await talk.sayAtOnce('buyer', '얼마예요?')).toEqual(first);
  const turn = await talk.store.findTurn({ platform: 'kakao', bot: 'bot', user: 'buyer' }, null);
  expect(turn.version).toBe(3);
});

test('the own phone is not asked of a sender who said it with his order', async () => {
  const talk = await openTalk();
  const sender = '보내는 사람 정대표 010-2000-3000\n';
  await talk.say('buyer', `${sender}${CHULSU}`);
  const placed = await talk.press('buyer', '주문 확정');
  expect(placed).toContain('주문번호 P7-001');
  expect(placed).not.toContain('전화번호를 알려 주세요');
  await talk.say('buyer', YOUNGHEE);
  expect(await talk.press('buyer', '주문 확정')).toContain('전화번호를 알려 주세요');
});

test('the own phone is asked once, after the first order only', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  expect(await talk.press('buyer', '주문 확정')).toContain('주문하신 분 전화번호');
  expect(await talk.say('buyer', '010-9999-8888')).toContain('고마워요');
  await talk.say('buyer', YOUNGHEE);
  expect(await talk.press('buyer', '주문 확정')).not.toContain('전화번호');
  expect((await talk.orders())[0]?.buyer.phone).toBe('01099998888');
});

test('입금완료 is shown first at the next contact, once', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  expect(await talk.say('buyer', '입금했어요')).toContain('확인되는 대로');
  await talk.pay(await talk.onlyOrder());
  const status = await talk.say('buyer', '주문조회');
  expect(status.indexOf('입금완료!')).toBe(0);
  expect(status).toContain('7/21(화) 출하 예정');
  expect(await talk.say('buyer', '언제 와요?')).not.toContain('입금완료!');
  expect((await talk.onlyOrder()).claimedPaidAt).not.toBeNull();
});

test('an unpaid order expires at its time, a later word tells it', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  const { payBy } = await talk.onlyOrder();
  await talk.runJob('expiry', new Date(Date.parse(payBy) - 60_000).toISOString());
  expect((await talk.onlyOrder()).state).toBe('awaiting_payment');
  await talk.runJob('expiry', payBy);
  expect((await talk.onlyOrder()).state).toBe('expired');
  expect(await talk.say('buyer', '주문조회')).toContain('입금 시간이 지나 취소됐어요');
});

test('nobody sees or touches another person’s order', async () => {
  const talk = await openTalk();
  const order = await talk.buy('buyer', CHULSU);
  expect(await talk.say('stranger', '주문조회')).toContain('아직 주문이 없어요');
  expect(await talk.say('stranger', `${order.code} 취소해주세요`)).not.toContain('취소할까요');
  await talk.say('buyer', '주문 취소');
  // The buyer's own cancel question, pressed by somebody else.
  expect(await talk.press('stranger', '네, 취소해요', talk.reply('buyer'))).toContain(
    '이미 지난 질문',
  );
  expect((await talk.onlyOrder()).state).toBe('paid');
});

test('absurd texts get a short answer and change nothing', async () => {
  const talk = await openTalk();
  for (const text of [
    '가'.repeat(4001),
    '🍑'.repeat(500),
    '0',
    '-3',
    ' ',
    '주문 확정',
    '\u202e\u0000',
    '2박스'.repeat(900),
  ])
    expect((await talk.say('buyer', text)).length).toBeLessThan(700);
  expect(await talk.say('buyer', CHULSU.replace('2상자', '0상자'))).toContain('몇 상자');
  expect(await talk.say('buyer2', CHULSU.replace('2상자', '-3상자'))).toContain('몇 상자');
  expect(await talk.say('buyer3', CHULSU.replace('2상자', '99999상자'))).toContain('상자');
  expect(await talk.orders()).toEqual([]);
  expect(talk.logged).toEqual([]);
});

test('a wish that has no room is answered with the nearest dates, which can be taken by a tap', async () => {
  const talk = await openTalk();
  // Saturday: closed.
  expect(await talk.say('buyer', `${CHULSU} 7월 25일 발송으로 해주세요`)).toContain(
    '7/24(금)이나 7/27(월)',
  );
  expect(await talk.press('buyer', '7/27(월) 출하')).toContain('7/27(월) 출하 예상');
});

test('a paused store takes no new order but answers about old ones', async () => {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  await talk.buy('buyer', CHULSU);
  await talk.say('toni', '주문 멈춤');
  expect(await talk.say('buyer', YOUNGHEE)).toContain('잠시 쉬고 있어요');
  expect(await talk.say('buyer', '주문조회')).toContain('출하 예정');
  await talk.say('toni', '주문 다시 받기');
  expect(await talk.say('buyer2', YOUNGHEE)).toContain('합계');
});

test('each recipient may have a date of his own', async () => {
  const talk = await openTalk();
  const card = await talk.say('buyer', `${CHULSU} 7/29 도착\n${YOUNGHEE} 7/31 도착`);
  expect(card).toContain('7/28(화) 출하 예상 · 7/29(수) 도착 희망');
  expect(card).toContain('7/30(목) 출하 예상 · 7/31(금) 도착 희망');
});

test('a grandmother gives the address in pieces, the rest one by one', async () => {
  const talk = await openTalk();
  await talk.say('buyer', '두 상자');
  await talk.say('buyer', '서울 마포구 월드컵로');
  await talk.say('buyer', '12길 5');
  expect(await talk.say('buyer', '301호요')).toContain('성함');
  expect(await talk.say('buyer', '김민수')).toContain('연락처');
  const card = await talk.say('buyer', '010-2345-6789');
  expect(card).toContain('합계 75,000원');
  expect(card).toContain('서울 마포구 월드컵로 12길 5 301호\n');
});

test('a hundred messages of one person at once are answered in order or turned away kindly', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  const card = talk.reply('buyer');
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      n % 2 === 0
        ? talk.pressAtOnce('buyer', '주문 확정', card)
        : talk.sayAtOnce('buyer', `안녕하세요 ${n}`),
    ),
  );
  const turnedAway = answers.filter(({ texts }) => texts.join().includes('주문이 몰려요'));
  expect(turnedAway.length).toBeGreaterThan(0);
  expect(turnedAway.length).toBeLessThan(100);
  await talk.onlyOrder();
  expect(await talk.say('other', '얼마예요?')).toContain('35,000원');
  expect(talk.logged).toEqual([]);
});

test('a name that may be none is pointed out on the card, and one that fits is not', async () => {
  const talk = await openTalk();
  const where = '010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
  const odd = await talk.say('buyer', `곽튼튼 ${where}`);
  expect(odd).toContain('받는 분 ‘곽튼튼’ 맞는지 한 번 더 봐 주세요.');
  expect(talk.buttons('buyer')).toContain('주문 확정');
  expect(await talk.say('another', `김영희 ${where}`)).not.toContain('맞는지 한 번 더');
});

test('the date on a card queues behind what others ordered, and a wish is met while nobody has paid', async () => {
  const talk = await openTalk();
  const order = (name: string, n: number, more = '') =>
    `${name} 010-1234-567${n} 서울 노원구 동일로 172${n} 20상자${more}`;
  for (const [n, name] of ['박철수', '이영희'].entries()) {
    expect(await talk.say(`other-${n}`, order(name, n))).toContain('7/21(화) 출하 예상');
    await talk.press(`other-${n}`, '주문 확정');
  }
  expect(await talk.say('buyer', order('최민호', 3))).toContain('7/22(수) 출하 예상');
  await talk.press('buyer', '주문 확정');
  const wished = await talk.say('wisher', order('정가람', 4, ' 7/21에 보내주세요'));
  expect(wished).toContain('7/21(화)');
  // Whoever pays first has the day.
  const last = (await talk.orders()).find(({ parcels }) => parcels[0]?.recipient === '최민호');
  if (last === undefined) throw new Error('not ordered');
  await talk.pay(last);
  expect((await talk.store.findOrder('peach', last.id))?.parcels[0]?.harvestDate).toBe(
    '2026-07-21',
  );
});
