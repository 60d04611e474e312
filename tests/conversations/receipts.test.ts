// A receipt is asked for, made out by the seller, and its buyer hears it.
import { expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const ONE = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
const OTHER = '김민수 010-3333-4444 부산 해운대구 해운대로 1 3상자';

async function openShop(): Promise<Talk> {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  return talk;
}

async function asked(talk: Talk) {
  return talk.store.findReceipts({ storeId: 'peach', state: 'asked', limit: 9 });
}

test('with its number it is recorded at once, the seller hears it, makes it out, and the buyer is told', async () => {
  const talk = await openShop();
  await talk.buy('buyer', ONE);
  expect(await talk.say('buyer', '현금영수증 010-7777-8888')).toContain(
    'P7-001 현금영수증을 신청했어요: 010-7777-8888\n판매자가 발급하면 알려 드릴게요.',
  );
  await talk.say('toni', '미입금');
  expect(talk.reply('toni').texts.slice(0, 2)).toEqual([
    'P7-001 현금영수증 요청이 왔어요. 75,000원',
    '010-7777-8888',
  ]);
  expect(await talk.say('toni', '오늘')).toContain('발급할 영수증 1건');
  expect(talk.buttons('toni')).toContain('영수증');
  expect(await talk.press('toni', '영수증')).toContain(
    'P7-001 현금영수증 75,000원 · 010-7777-8888',
  );
  const list = talk.reply('toni');
  const done = await talk.press('toni', '발급했어요', list);
  expect(done).toContain('P7-001 현금영수증을 발급했다고 적었어요');
  expect(await talk.press('toni', '발급했어요', list)).toBe(done);
  expect(await talk.say('toni', '영수증')).toContain('발급할 영수증이 없어요');
  expect(await talk.say('toni', '오늘')).not.toContain('발급할 영수증');
  const told = await talk.say('buyer', '주문조회');
  expect(told.match(/P7-001 현금영수증을 발급했어요/g)).toHaveLength(1);
  const [order] = await talk.orders();
  const history = await talk.store.findHistory('peach', order?.id ?? '');
  const events = history.filter(({ event }) => event.startsWith('receipt'));
  expect(events).toMatchObject([
    { event: 'receipt_asked', who: 'buyer', detail: { kind: 'cash' } },
    { event: 'receipt_done', who: 'seller', detail: { kind: 'cash' } },
  ]);
  expect(JSON.stringify(history)).not.toContain('7777');
});

test('without its number it asks once, and a wrong one says what is wrong', async () => {
  const talk = await openShop();
  await talk.buy('buyer', ONE);
  expect(await talk.say('buyer', '현금영수증 해주세요')).toContain('받으실 번호를 알려 주세요');
  expect(await talk.say('buyer', '900101-1234567')).toContain('주민등록번호는 받지 않아요');
  expect(await talk.say('buyer', '123-45-67890')).toContain('사업자등록번호가 맞지 않아요');
  expect(await talk.say('buyer', '123-45-67891')).toContain(
    '현금영수증을 신청했어요: 123-45-67891',
  );
  expect(await asked(talk)).toMatchObject([{ kind: 'cash', details: { number: '1234567891' } }]);
});

test('the number he ordered with is a button, and is not written on it', async () => {
  const talk = await openShop();
  await talk.say('buyer', ONE);
  await talk.press('buyer', '주문 확정');
  await talk.say('buyer', '010-5555-6666');
  await talk.say('buyer', '현금영수증 해주세요');
  expect(JSON.stringify(talk.reply('buyer').choices)).not.toContain('5555');
  expect(await talk.press('buyer', '주문한 번호로')).toContain('010-5555-6666');
  expect(await talk.say('buyer', '현금영수증 주문한 번호로 부탁해요')).toContain('010-5555-6666');
  await talk.say('toni', '오늘');
  expect(await talk.say('toni', '영수증')).toContain('010-5555-6666 · 입금 전');
});

test('an invoice needs a firm and an e-mail address, in one message or two', async () => {
  const talk = await openShop();
  await talk.buy('buyer', ONE);
  expect(await talk.say('buyer', '계산서 해주세요')).toContain('사업자등록번호와 이메일');
  expect(await talk.say('buyer', '123-45-67891')).toBe('받으실 이메일도 알려 주세요.');
  expect(await talk.say('buyer', 'kim@example.com')).toContain(
    '계산서를 신청했어요: 123-45-67891 kim@example.com',
  );
  expect(await talk.say('toni', '영수증')).toContain(
    '계산서 75,000원 · 123-45-67891 kim@example.com',
  );
});

test('where goods are taxed it is a tax invoice', async () => {
  const talk = await openShop();
  const shop = await talk.store.findShop('peach');
  if (shop?.business == null) throw new Error('no business');
  await talk.store.putShop({ ...shop, business: { ...shop.business, taxExempt: false } });
  await talk.buy('buyer', ONE);
  expect(await talk.say('buyer', '계산서 123-45-67891 kim@example.com')).toContain(
    '세금계산서를 신청했어요',
  );
});

test('one of several orders is asked for, and pressed or said', async () => {
  const talk = await openShop();
  await talk.buy('buyer', ONE);
  await talk.buy('buyer', OTHER);
  expect(await talk.say('buyer', '현금영수증 010-7777-8888')).toContain(
    '어느 주문의 영수증인가요?',
  );
  expect(await talk.press('buyer', 'P7-001')).toContain('P7-001 현금영수증을 신청했어요');
  await talk.say('buyer', '현금영수증 010-7777-8888');
  expect(await talk.say('buyer', 'P7-002요')).toContain('P7-002 현금영수증을 신청했어요');
  expect(await talk.say('buyer', 'P7-002 계산서 해주세요')).toContain('P7-002 계산서를 받으실');
  expect(await asked(talk)).toHaveLength(2);
});

test('without an order, and while one is written, it says when to ask', async () => {
  const talk = await openShop();
  expect(await talk.say('buyer', '현금영수증 되나요?')).toContain('받으실 주문이 없어요');
  await talk.say('buyer', ONE);
  expect(await talk.say('buyer', '현금영수증 010-7777-8888')).toContain('확정하신 뒤에');
  expect(await talk.press('buyer', '주문 확정')).toBeDefined();
  expect(await asked(talk)).toEqual([]);
});

test('a corrected number takes the place of the first, the same again is not told again', async () => {
  const talk = await openShop();
  await talk.buy('buyer', ONE);
  await talk.say('buyer', '현금영수증 010-7777-8888');
  await talk.say('toni', '오늘');
  await talk.say('buyer', '현금영수증 010-7777-8888');
  expect(await talk.say('toni', '미입금')).not.toContain('현금영수증');
  await talk.say('buyer', '현금영수증 010-7777-9999');
  expect(await talk.say('toni', '미입금')).toContain('번호가 바뀌었어요');
  expect(await asked(talk)).toMatchObject([{ details: { number: '01077779999' } }]);
});

test('nobody but the seller makes it out, by press or in words', async () => {
  const talk = await openShop();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', ONE);
  await talk.say('buyer', '현금영수증 010-7777-8888');
  await talk.say('toni', '영수증');
  const list = talk.reply('toni');
  for (const who of ['tutu', 'buyer', 'stranger'])
    expect(await talk.press(who, '발급했어요', list)).toContain('판매자만 할 수 있어요');
  expect(await asked(talk)).toHaveLength(1);
  expect(await talk.say('toni', '영수증 P7-001 발급했어요')).toContain('발급했다고 적었어요');
  expect(await talk.say('toni', '영수증 P7-001 발급했어요')).toContain('발급할 영수증이 없어요');
  expect(await talk.say('buyer', '현금영수증 010-7777-8888')).toContain('이미 발급했어요');
});

test('more receipts than fit are pages', async () => {
  const talk = await openShop();
  for (let no = 1; no <= 8; no++) {
    await talk.buy(`buyer${no}`, ONE);
    await talk.say(`buyer${no}`, '현금영수증 010-7777-8888');
  }
  for (let no = 0; no < 4; no++) await talk.say('toni', '오늘');
  expect((await talk.say('toni', '영수증')).match(/P7-00\d/g)).toHaveLength(6);
  expect((await talk.press('toni', '영수증 더 보기')).match(/P7-00\d/g)).toEqual([
    ...['P7-007', 'P7-008'],
  ]);
});

test('an order that is cancelled needs no receipt', async () => {
  const talk = await openShop();
  await talk.buy('buyer', ONE);
  await talk.say('buyer', '현금영수증 010-7777-8888');
  await talk.say('buyer', '취소');
  await talk.press('buyer', '네, 취소해요');
  expect(await asked(talk)).toEqual([]);
  expect(await talk.say('toni', '미입금')).not.toContain('현금영수증 요청');
});
