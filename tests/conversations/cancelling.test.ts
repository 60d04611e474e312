import { expect, test } from 'vitest';
import { ordering } from '../../src/app.ts';
import { openTalk } from '../support/talk.ts';

const TWO =
  '박철수 010-1234-5678 서울 노원구 동일로 1729 2상자\n이영희 010-2222-3333 경기 수원시 영통구 광교로 100 1상자';

test('취소 drops the open draft first', async () => {
  const talk = await openTalk();
  await talk.say('buyer', TWO);
  expect(await talk.say('buyer', '취소할게요')).toContain('주문서를 지웠어요');
  expect(await talk.orders()).toEqual([]);
});

test('with a draft and a placed order one question decides', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', TWO);
  await talk.say('buyer', '김민수 010-3333-4444 부산 해운대구 해운대로 1 3상자');
  expect(await talk.say('buyer', '취소')).toContain('작성 중인 주문서를 그만둘까요');
  expect(await talk.press('buyer', '그만두기')).toContain('주문서를 지웠어요');
  expect((await talk.onlyOrder()).state).toBe('paid');
});

test('an order is cancelled only by 네, 취소해요 and opens a refund of what was paid', async () => {
  const talk = await openTalk();
  const { id } = await talk.buy('buyer', TWO);
  expect(await talk.say('buyer', '주문 취소할래요')).toContain('115,000원을 돌려 드려요');
  expect((await talk.onlyOrder()).state).toBe('paid');
  expect(await talk.press('buyer', '네, 취소해요')).toContain('은행, 계좌번호, 예금주');
  expect(await talk.onlyOrder()).toMatchObject({ state: 'cancelled', refundDueKrw: 115_000 });
  expect(await talk.store.findRefunds('peach', id)).toMatchObject([
    { amountKrw: 115_000, state: 'needs_account' },
  ]);
  expect(await talk.say('buyer', '농협 302-1234-5678-91 김영희')).toContain('환불 계좌를 받았어요');
  expect(await talk.store.findRefunds('peach', id)).toMatchObject([{ state: 'due' }]);
  const days = await talk.store.findDays('peach', '2026-07-20');
  expect([...days.values()].map(({ reservedBoxes }) => reservedBoxes)).toEqual([0]);
  await talk.isSound();
});

test('the yes of an old question does nothing', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', TWO);
  await talk.say('buyer', '취소');
  const question = talk.reply('buyer');
  await talk.press('buyer', '아니요');
  expect(await talk.press('buyer', '네, 취소해요', question)).toContain('이미 지난 질문');
  expect((await talk.onlyOrder()).state).toBe('paid');
});

test('saying 취소 again to our question asks again: only the yes cancels', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', TWO);
  await talk.say('buyer', '취소');
  const first = talk.reply('buyer');
  expect(await talk.say('buyer', '취소요')).toContain('취소할까요?');
  expect(await talk.press('buyer', '네, 취소해요', first)).toContain('이미 지난 질문');
  await talk.say('buyer', '취소할게요');
  expect((await talk.onlyOrder()).state).toBe('paid');
  expect(await talk.say('buyer', '네')).toContain('취소했어요');
});

test('a refund account may be corrected by saying it again', async () => {
  const talk = await openTalk();
  const { id } = await talk.buy('buyer', TWO);
  await talk.say('buyer', '취소');
  await talk.press('buyer', '네, 취소해요');
  await talk.say('buyer', '농협 302-1234-5678-91 김영희');
  await talk.press('buyer', '주문조회');
  await talk.say('buyer', '환불 계좌');
  expect(await talk.say('buyer', '국민 123456-01-234567 박철수')).toContain('환불 계좌를 받았어요');
  expect(await talk.store.findRefunds('peach', id)).toMatchObject([{ state: 'due' }]);
});

test('several orders are a choice', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', TWO);
  await talk.buy('buyer', '김민수 010-3333-4444 부산 해운대구 해운대로 1 3상자');
  expect(await talk.say('buyer', '취소')).toContain('어느 주문을');
  await talk.press('buyer', 'P7-002 취소');
  expect(await talk.press('buyer', '네, 취소해요')).toContain('P7-002');
  expect((await talk.orders()).map(({ state }) => state)).toEqual(['cancelled', 'paid']);
});

test('after shipping the cancel is refused with the reason and the contact', async () => {
  const talk = await openTalk();
  const order = await talk.buy('buyer', TWO);
  await talk.say('buyer', '취소');
  const date = order.parcels[0]?.harvestDate ?? '';
  const asked = await talk.asked('farmer');
  await talk.store.submit(ordering.report(asked, { date, rows: 'all', to: 'shipped' }));
  // The question was asked before shipping: its yes comes too late.
  expect(await talk.press('buyer', '네, 취소해요')).toContain('이미 보낸 상자라');
  expect(await talk.say('buyer', '취소해주세요')).toContain('054-000-0000');
  expect((await talk.onlyOrder()).state).toBe('paid');
});

test('a cancelled row is struck from the frozen list and the farmer hears it', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', TWO);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '목록');
  await talk.say('buyer', '취소');
  await talk.press('buyer', '네, 취소해요');
  const list = await talk.say('tutu', '목록');
  expect(list).toContain('7/21(화) 목록이 바뀌었어요 (r2, 모두 0상자)');
  expect(list).toContain('빠짐: 1번 박철수님, 2번 이영희님');
  expect(list).toContain('1. (빠짐) 박철수');
});
