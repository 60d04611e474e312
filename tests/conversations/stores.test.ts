// Which store is meant: never asked where there is one, found by name among many.
import { expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';

async function addStores(
  talk: Talk,
  stores: readonly { id: string; name: string; state?: 'open' | 'paused' | 'archived' }[],
): Promise<void> {
  const shop = await talk.store.findShop('peach');
  const [peach] = shop?.products ?? [];
  if (shop === null || peach === undefined) throw new Error('no demo store');
  for (const { id, name, state = 'open' } of stores) {
    await talk.store.putShop({ ...shop, id, name, state });
    const apple = { ...peach, id: `${id}-5kg`, name: '사과 5kg', priceKrw: 50_000 };
    await talk.store.putProduct(id, apple);
  }
}

test('with one store nobody is asked, and the word for stores shows its prices', async () => {
  const talk = await openTalk();
  expect(await talk.say('buyer', '상점')).toContain('복숭아 4kg 1상자 35,000원');
  expect(await talk.say('buyer', CHULSU)).toContain('합계 75,000원');
});

test('the list says what each store sells, who rests, and nobody who is gone', async () => {
  const talk = await openTalk();
  await addStores(talk, [
    { id: 'apple', name: '다른농원' },
    { id: 'rest', name: '쉬는농원', state: 'paused' },
    { id: 'gone', name: '없는농원', state: 'archived' },
  ]);
  const list = await talk.say('buyer', '상점');
  expect(list).toContain('햇살농원: 복숭아 4kg 35,000원');
  expect(list).toContain('다른농원: 사과 5kg 50,000원');
  expect(list).toContain('쉬는농원 (지금은 쉬어요)');
  expect(list).not.toContain('없는농원');
  expect(await talk.say('buyer', '상점 쉬는농원')).toContain('잠시 쉬고 있어요');
});

test('an order said before a store was chosen goes on there', async () => {
  const talk = await openTalk();
  await addStores(talk, [{ id: 'apple', name: '다른농원' }]);
  expect(await talk.say('buyer', '박철수 010-1234-5678')).toContain('적어 두었어요');
  await talk.say('buyer', '서울 노원구 동일로 1729 103동 1204호 2상자');
  expect(await talk.press('buyer', '다른농원')).toContain('합계 105,000원');
  await talk.press('buyer', '주문 확정');
  const [order] = await talk.store.findOrders({ storeId: 'apple', limit: 10 });
  expect(order?.parcels[0]).toMatchObject({ recipient: '박철수', boxes: 2 });
});

test('a thousand stores come a page at a time and are found by a part of their name', async () => {
  const talk = await openTalk();
  await addStores(
    talk,
    Array.from({ length: 999 }, (_, n) => ({ id: `s${1000 + n}`, name: `농원${1000 + n}` })),
  );
  const first = await talk.say('buyer', '상점');
  expect(first.length).toBeLessThan(1400);
  expect(first).toContain('1000곳 중 1-8번째');
  expect(talk.buttons('buyer')).toHaveLength(9);
  expect(await talk.say('buyer', '다음')).toContain('1000곳 중 9-16번째');
  expect(await talk.press('buyer', '다음')).toContain('1000곳 중 17-24번째');
  expect(await talk.say('buyer', '상점 농원15')).toContain('100곳 중 1-8번째');
  expect(await talk.say('buyer', '다음')).toContain('100곳 중 9-16번째');
  expect(await talk.say('buyer', '농원1577')).toContain('농원1577 주문 도우미');
  expect(await talk.say('buyer', '상점 햇살')).toContain('햇살농원 주문 도우미');
  expect(await talk.say('buyer', '상점 없는이름')).toContain('"없는이름" 상점은 찾지 못했어요');
});

test('a bot tied to a store never asks, and shows no other', async () => {
  const talk = await openTalk();
  await addStores(talk, [{ id: 'apple', name: '다른농원' }]);
  const say = async (text: string) => {
    talk.passMs(10_000);
    const sender = { platform: 'kakao', bot: 'bot-of-apple', user: 'buyer' } as const;
    const message = { sender, text, updateId: null, storeId: 'apple', roomChars: 1400 };
    return (await talk.house.answer({ ...message, at: talk.now() })).texts.join('\n');
  };
  expect(await say(CHULSU)).toContain('합계 105,000원');
  expect(await say('상점')).toContain('사과 5kg 1상자 50,000원');
  expect(await say('상점 햇살농원')).not.toContain('복숭아');
});

test('stores with the same name are told apart by their buttons', async () => {
  const talk = await openTalk();
  await addStores(talk, [{ id: 'second', name: '햇살농원' }]);
  await talk.say('buyer', '상점 햇살농원');
  expect(talk.buttons('buyer')).toEqual(['햇살농원', '햇살농원']);
  const list = talk.reply('buyer');
  const [, second] = list.choices;
  await talk.press('buyer', '햇살농원', { ...list, choices: second ? [second] : [] });
  expect(await talk.say('buyer', '가격')).toContain('사과 5kg 1상자 50,000원');
});

test('a draft is not thrown away by looking at the stores', async () => {
  const talk = await openTalk();
  await addStores(talk, [{ id: 'apple', name: '다른농원' }]);
  await talk.say('buyer', '상점 햇살농원');
  await talk.say('buyer', CHULSU);
  await talk.say('buyer', '상점');
  expect(await talk.say('buyer', '3상자로 바꿔주세요')).toContain('합계 115,000원');
  expect(await talk.say('buyer', '주문 확정')).toContain('주문번호 P7-001');
});
