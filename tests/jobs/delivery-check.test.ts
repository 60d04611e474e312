import { beforeEach, describe, expect, test } from 'vitest';
import type { Reply } from '../../src/chat/bot.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const TWO =
  '박철수 010-1234-5678 서울 강남구 역삼로 1 2상자\n이영희 010-2222-3333 경기 수원시 광교로 100 1상자';
const ASKED_ON = '2026-07-24T10:00:00+09:00';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
  await talk.join('seller', ['seller']);
});

const at = (instant: string) => talk.setNow(`2026-07-${instant}:00+09:00`);
const check = (instant: string) => talk.runJob('delivery-check', instant);

/** Ordered, paid and sent on Tuesday: asked about on Friday at ten. */
async function sent(text = TWO, user = 'buyer') {
  at('20T12:00');
  const order = await talk.buy(user, text);
  at('21T14:00');
  await ship(order.id, '123456789012', order.parcels[0]?.id);
  if (order.parcels.length > 1) await ship(order.id, '123456789013', order.parcels[1]?.id);
  await talk.say(user, '주문조회');
  return order;
}

async function ship(orderId: string, waybill: string, parcelId = ''): Promise<void> {
  const request = {
    parcelIds: [parcelId],
    to: 'shipped',
    carrier: 'kr.hanjin',
    waybills: [waybill],
  } as const;
  await talk.store.submit(ordering.advanceParcels(await talk.asked('seller'), orderId, request));
}

const states = async () => {
  const orders = await talk.orders();
  return orders.map(({ parcels }) => parcels.map(({ state }) => state));
};
const heldFor = async (user: string, kind: string) => {
  const sender = { platform: 'kakao', bot: 'bot', user };
  const { held } = await talk.store.findTurn(sender, null);
  return held.filter((one) => one.kind === kind);
};

describe('the question', () => {
  test('comes once per order, some days after it left, and not before', async () => {
    const order = await sent();
    await check('2026-07-24T09:59:00+09:00');
    await check('2026-07-23T10:00:00+09:00');
    expect(await heldFor('buyer', 'ask_delivered')).toEqual([]);
    await check(ASKED_ON);
    await check('2026-07-25T10:00:00+09:00');
    expect(await heldFor('buyer', 'ask_delivered')).toHaveLength(1);
    at('25T12:00');
    const said = await talk.say('buyer', '안녕하세요');
    expect(said).toMatch(new RegExp(`^${order.code} 상자, 잘 받으셨나요\\?\n박철수님.*\n이영희님`));
    expect(talk.buttons('buyer')).toEqual(
      expect.arrayContaining(['받았어요', '아직이에요', '문제가 있어요']),
    );
  });

  test('is about what is still on its way when it is told, and else not asked', async () => {
    const order = await sent();
    await check(ASKED_ON);
    const arrive = async (parcelIds: readonly string[] | null) => {
      const request = { parcelIds, to: 'delivered', carrier: null, waybills: [] } as const;
      const asked = await talk.asked('seller');
      await talk.store.submit(ordering.advanceParcels(asked, order.id, request));
    };
    await arrive([order.parcels[0]?.id ?? '']);
    const [question] = await heldFor('buyer', 'ask_delivered');
    const { wordsFor } = await import('../../src/chat/notices.ts');
    const telling = {
      ...{ roomChars: 1000, isWhole: true, pagesUrl: null, personId: '' },
      now: talk.now(),
    };
    const words = question && (await wordsFor(talk.store, question, telling));
    expect(words?.texts.join()).toMatch(/^((?!박철수).)*이영희/s);
    await arrive(null);
    expect(question && (await wordsFor(talk.store, question, telling))).toBeNull();
  });

  test('is not asked about what arrived', async () => {
    const order = await sent();
    const request = { parcelIds: null, to: 'delivered', carrier: null, waybills: [] } as const;
    await talk.store.submit(ordering.advanceParcels(await talk.asked('seller'), order.id, request));
    await check(ASKED_ON);
    expect(await heldFor('buyer', 'ask_delivered')).toEqual([]);
  });

  test('leaves out what left later: that is asked about on its own day', async () => {
    at('20T12:00');
    const order = await talk.buy('buyer', TWO);
    at('21T14:00');
    await ship(order.id, '123456789012', order.parcels[0]?.id);
    at('22T14:00');
    await ship(order.id, '123456789013', order.parcels[1]?.id);
    const asked = async () =>
      (await heldFor('buyer', 'ask_delivered')).map(({ data }) => data.parcels);
    await check(ASKED_ON);
    expect(await asked()).toEqual([[order.parcels[0]?.id]]);
    await check('2026-07-25T10:00:00+09:00');
    expect(await asked()).toEqual([[order.parcels[0]?.id], [order.parcels[1]?.id]]);
  });

  test('leaves other stores to their own run', async () => {
    const order = await sent();
    const plum = { ...(await talk.asked('seller')).shop, id: 'plum' };
    await talk.store.putShop(plum);
    const asked = { shop: plum, now: new Date(ASKED_ON), who: 'system' } as const;
    await expect(
      talk.store.submit(ordering.askDelivered(asked, order.id, new Date(ASKED_ON))),
    ).rejects.toThrow('no such order');
  });
});

describe('the answer', () => {
  beforeEach(async () => {
    await sent();
    await check(ASKED_ON);
    at('24T12:00');
    await talk.say('buyer', '주문조회');
  });

  test('받았어요 closes all that was asked about, as the buyer, without telling him again', async () => {
    expect(await talk.press('buyer', '받았어요')).toContain('맛있게 드세요');
    expect(await states()).toEqual([['delivered', 'delivered']]);
    const [order] = await talk.orders();
    const history = await talk.store.findHistory('peach', order?.id ?? '');
    expect(history.filter(({ event }) => event === 'delivered').map(({ who }) => who)).toEqual([
      'buyer',
      'buyer',
    ]);
    expect(await heldFor('buyer', 'delivered')).toEqual([]);
    await talk.isSound();
  });

  test.each(['잘 받았습니다', '네 잘 받았어요 감사합니다', '받았어요~'])(
    '%s in words does the same',
    async (words) => {
      expect(await talk.say('buyer', words)).toContain('배송 완료');
      expect(await states()).toEqual([['delivered', 'delivered']]);
      // Said again it is only kind.
      expect(await talk.say('buyer', '잘 받았어요')).not.toContain('배송 완료');
    },
  );

  test('아직이에요 tells the seller once and shows where to look', async () => {
    const question = talk.reply('buyer');
    const said = await talk.press('buyer', '아직이에요');
    expect(said).toContain('판매자에게 바로 알렸어요');
    expect(said).toContain('123456789012');
    await talk.press('buyer', '아직이에요', question);
    expect(await heldFor('seller', 'not_arrived')).toHaveLength(1);
    expect(await talk.say('seller', '안녕하세요')).toMatch(/아직 못 받으셨대요.*\n박철수님/);
    // Later it arrives after all, from the same old bubble.
    expect(await talk.press('buyer', '받았어요', question)).toContain('배송 완료');
  });

  test('문제가 있어요 asks what is wrong, and the answer reaches the seller', async () => {
    expect(await talk.press('buyer', '문제가 있어요')).toContain('어떤 문제가 있나요?');
    expect(await talk.say('buyer', '두 알이 멍들어 있어요')).toContain('판매자에게 바로 알렸어요');
    expect(await talk.say('seller', '안녕하세요')).toContain('“두 알이 멍들어 있어요”');
    expect(await states()).toEqual([['shipped', 'shipped']]);
  });

  test('문제가 있어요 and then no, or a button: nobody is troubled', async () => {
    await talk.press('buyer', '문제가 있어요');
    expect(await talk.say('buyer', '아니요')).toContain('다행이에요');
    await talk.say('buyer', '문제가 있어요');
    expect(await talk.say('buyer', '주문조회')).toContain('발송 완료');
    expect(await heldFor('seller', 'complained')).toEqual([]);
  });

  test('somebody else cannot answer for the buyer', async () => {
    const question = talk.reply('buyer');
    expect(await talk.press('thief', '받았어요', question)).not.toContain('배송 완료');
    expect(await talk.press('thief', '아직이에요', question)).not.toContain('판매자에게');
    expect(await states()).toEqual([['shipped', 'shipped']]);
    expect(await heldFor('seller', 'not_arrived')).toEqual([]);
  });
});

describe('of two orders on their way', () => {
  let question: Reply;
  beforeEach(async () => {
    await sent('박철수 010-1234-5678 서울 강남구 역삼로 1 2상자');
    await check(ASKED_ON);
    at('24T12:00');
    await talk.say('buyer', '주문조회');
    question = talk.reply('buyer');
    const later = await talk.buy('buyer', '이영희 010-2222-3333 경기 수원시 광교로 100 1상자');
    await ship(later.id, '123456789014', later.parcels[0]?.id);
  });

  test('a press closes the one it stands under', async () => {
    expect(await talk.press('buyer', '받았어요', question)).toContain('박철수님');
    expect(await states()).toEqual([['shipped'], ['delivered']]);
  });

  test('words close the one we asked about', async () => {
    expect(await talk.say('buyer', '잘 받았어요')).toContain('박철수님');
    expect(await states()).toEqual([['shipped'], ['delivered']]);
  });
});

describe('받았어요 that nobody asked for', () => {
  test('closes the one parcel that is on its way', async () => {
    await sent('박철수 010-1234-5678 서울 강남구 역삼로 1 2상자');
    expect(await talk.say('buyer', '잘 받았습니다!')).toContain('배송 완료');
    expect(await states()).toEqual([['delivered']]);
  });

  test('asks which of several', async () => {
    await sent();
    expect(await talk.say('buyer', '잘 받았습니다')).toContain('어느 상자를 받으셨나요?');
    expect(await talk.press('buyer', '이영희님 상자')).toContain('이영희님');
    expect(await states()).toEqual([['shipped', 'delivered']]);
  });

  test('is thanks when nothing is on its way', async () => {
    await talk.buy('buyer', TWO);
    expect(await talk.say('buyer', '잘 받았어요 고마워요')).toContain('고마워요');
    expect(await states()).toEqual([['scheduled', 'scheduled']]);
  });
});
