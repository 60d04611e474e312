// The news of the evening: what was told as it happened is not told again, and each thing once.
import { beforeEach, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const ONE = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';
const TWO = '이영희 010-2222-3333 경기 수원시 영통구 광교로 100 2상자';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk({}, 'telegram');
  await talk.join('tutu', ['farmer']);
});

const at = (instant: string) => talk.setNow(`2026-07-${instant}:00+09:00`);
const dayList = (date: string) => talk.runJob('day-list', `2026-07-${date}T06:00:00+09:00`);

/** The evening comes, and then the buyer’s phone is looked at. */
async function evening(date: string, user = 'buyer'): Promise<string[]> {
  at(`${date}T18:00`);
  await talk.runJob('daily-status', talk.now().toISOString());
  return talk.heard(user);
}

/** Two orders on Tuesday; the second one is the buyer's. */
async function bought() {
  await talk.buy('first', ONE);
  const order = await talk.buy('buyer', TWO);
  await talk.heard('buyer');
  return order;
}

test('a date that moved is told as it moves, and not again in the evening', async () => {
  await bought();
  await talk.say('tutu', '7/21 2');
  expect(await talk.heard('buyer')).toEqual([expect.stringContaining('7/21(화) → 7/22(수)')]);
  expect(await evening('20')).toEqual([]);
  expect(await evening('21')).toEqual([]);
});

test('a date that moved twice in the night is told once in the morning, with the last one', async () => {
  await bought();
  at('20T22:00');
  await talk.say('tutu', '7/21 2');
  await talk.say('tutu', '7/22 휴무');
  expect(await talk.heard('buyer')).toEqual([]);
  at('21T08:00');
  expect(await talk.heard('buyer')).toEqual([expect.stringContaining('7/21(화) → 7/23(목) 출하')]);
  expect(await evening('21')).toEqual([]);
});

test('a step is told in the evening, one more the next, and what is shipped only as it leaves', async () => {
  const { code } = await bought();
  await dayList('21');
  at('21T09:00');
  await talk.say('tutu', '수확');
  expect(await talk.heard('buyer')).toEqual([]);
  expect(await evening('21')).toEqual([
    `오늘 소식이에요.\n${code} 이영희님 복숭아 4kg 2상자 · 수확 완료 · 7/21(화) 출하 예정`,
  ]);
  expect(await evening('21')).toEqual([]);
  at('21T19:00');
  await talk.say('tutu', '2번 포장');
  expect((await evening('22')).join()).toContain('포장 완료 · 곧 보내 드려요');
  await talk.say('tutu', '7/21 2번 발송');
  expect(await talk.heard('buyer')).toEqual([expect.stringContaining('상자를 보냈어요')]);
  expect(await evening('23')).toEqual([]);
});

test('a step that was shipped the same day is told once, as the shipping', async () => {
  await bought();
  await dayList('21');
  at('21T09:00');
  await talk.say('tutu', '수확');
  await talk.say('tutu', '1-2 발송');
  expect(await talk.heard('buyer')).toHaveLength(1);
  expect(await evening('21')).toEqual([]);
});

test('a buyer of two stores hears of each once', async () => {
  const { code, buyerId } = await bought();
  const { shop } = await talk.asked('farmer');
  const [peach] = shop.products;
  if (peach === undefined) throw new Error('the demo store sells nothing');
  await talk.store.putShop({ ...shop, id: 'plum', name: '자두농원' });
  await talk.store.putProduct('plum', { ...peach, id: 'plum-3kg', name: '자두 3kg' });
  const plum = await talk.store.findShop('plum');
  if (plum === null) throw new Error('no second store');
  const asked = { shop: plum, now: talk.now(), who: 'seller' } as const;
  const wanted = {
    ...{ recipient: '정하늘', phone: '01033334444', address: '부산 해운대구 우동로 12' },
    ...{ postcode: null, memo: null, wanted: null },
    items: [{ product: 'plum-3kg', boxes: 1 }],
  };
  const request = {
    ...{ buyer: { name: null, phone: null }, sender: null, depositor: null, memo: null },
    parcels: [wanted],
  };
  const { answer } = await talk.store.submit(
    ordering.place(asked, { id: 'ord_plum', buyerId, request }),
  );
  const money = { amountKrw: null, method: 'manual', reference: null, depositor: null } as const;
  const payment = { ...money, at: talk.now().toISOString() };
  await talk.store.submit(ordering.pay(asked, 'ord_plum', payment));
  await talk.heard('buyer');
  await dayList('21');
  at('21T09:00');
  await talk.say('tutu', '수확');
  const all = { parcelIds: null, to: 'packed', carrier: null, waybills: [] } as const;
  const packing = { shop: plum, now: talk.now(), who: 'farmer' } as const;
  await talk.store.submit(ordering.advanceParcels(packing, 'ord_plum', all));
  const news = (await evening('21')).sort();
  expect(news.map((text) => text.split('\n')[1])).toEqual(
    [
      `${answer.order.code} 정하늘님 자두 3kg 1상자 · 포장 완료 · 7/21(화) 출하 예정`,
      `${code} 이영희님 복숭아 4kg 2상자 · 수확 완료 · 7/21(화) 출하 예정`,
    ].sort(),
  );
  expect(await evening('22')).toEqual([]);
});
