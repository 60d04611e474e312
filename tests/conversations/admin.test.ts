import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { requestFor } from '../support/shop.ts';
import { openTalk, type Talk } from '../support/talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
  const codeHash = 'CODEADMN';
  const expiresAt = '2027-01-01T00:00:00Z';
  await talk.store.createInvite({ codeHash, storeId: '*', roles: ['admin'], expiresAt });
  expect(await talk.say('admin', '등록 CODEADMN')).toContain('관리자로 등록됐어요');
  expect(talk.buttons('admin')).toEqual(['실패 알림']);
});
afterEach(() => talk.house.close());

/** A buyer on another platform whom a payment could not reach. */
async function dieOne(user: string): Promise<number> {
  const { store } = talk;
  const sender = { platform: 'telegram', bot: 'bot', user };
  const { id: buyerId } = await store.meet(sender, talk.now());
  const request = requestFor({ recipient: `받는${user}` });
  const id = `ord_${user}`;
  const asked = await talk.asked('seller');
  await store.submit(ordering.place({ ...asked, who: 'buyer' }, { id, buyerId, request }));
  const order = await store.findOrder('peach', id);
  if (order === null) throw new Error('no order');
  await talk.pay(order);
  const rows = await store.claimOutbox({ now: talk.now(), leaseMs: 60_000, limit: 10 });
  const row = rows.find(({ orderId }) => orderId === id);
  if (row === undefined) throw new Error('no row');
  const dead = { state: 'dead', cause: 'blocked', content: null } as const;
  await store.settleOutbox(row, dead, talk.now());
  return row.id;
}

const stateOf = async (id: number) => (await talk.store.findLetter(id))?.state;
const claim = () => talk.store.claimOutbox({ now: talk.now(), leaseMs: 60_000, limit: 10 });

describe('an admin', () => {
  test('hears at his next contact of what died, with its cause and what he can do', async () => {
    const id = await dieOne('u1');
    await talk.store.raiseAlarm(talk.now());
    const said = await talk.say('admin', '안녕하세요');
    expect(said).toContain(`전하지 못한 알림 1건\n${id}번 입금완료 → 주문한 분 텔레그램`);
    expect(said).toContain('차단했어요');
    expect(said).not.toContain('받는u1');
    expect(talk.buttons('admin')).toEqual(expect.arrayContaining(['재시도', '고쳐서', '버림']));
  });

  test.each(['실패', '안 간 알림', '실패 알림', '못 보낸 메시지 보여줘'])(
    '%s lists them',
    async (text) => {
      expect(await talk.say('admin', text)).toBe('전하지 못한 알림이 없어요.');
      const [first, second] = [await dieOne('u1'), await dieOne('u2')];
      const said = await talk.say('admin', text);
      expect(said).toContain('전하지 못한 알림 2건');
      expect(said.indexOf(`${first}번`)).toBeLessThan(said.indexOf(`${second}번`));
    },
  );

  test('tries one again by its button; pressed twice it is tried once', async () => {
    const id = await dieOne('u1');
    await talk.say('admin', '실패');
    const bubble = talk.reply('admin');
    expect(await talk.press('admin', '재시도', bubble)).toBe(`${id}번 알림을 다시 보낼게요.`);
    expect(await stateOf(id)).toBe('due');
    expect(await claim()).toMatchObject([{ id, attempts: 1 }]);
    expect(await talk.press('admin', '재시도', bubble)).toBe(`${id}번 알림을 다시 보낼게요.`);
    expect(await talk.press('admin', '버림', bubble)).toContain('이미 처리됐어요');
    expect(await stateOf(id)).toBe('due');
  });

  test('tries one again by its number, or without when there is only one', async () => {
    const [first, second] = [await dieOne('u1'), await dieOne('u2')];
    expect(await talk.say('admin', '재시도')).toContain('전하지 못한 알림 2건');
    expect(await talk.say('admin', `재시도 ${second}`)).toContain(`${second}번 알림을 다시`);
    expect(await talk.say('admin', '재시도')).toContain(`${first}번 알림을 다시`);
    expect(await talk.say('admin', `${first}번 재시도`)).toContain('이미 처리됐어요');
    expect(await talk.say('admin', '재시도 999')).toContain('이미 처리됐어요');
  });

  test('writes other words, which are sent as they are', async () => {
    const id = await dieOne('u1');
    await talk.say('admin', '실패');
    expect(await talk.press('admin', '고쳐서')).toContain('어떤 말로 보낼까요');
    const words = '입금을 확인했어요.\n3번 상자부터 보내 드려요.';
    expect(await talk.say('admin', words)).toContain('고친 말로 다시 보낼게요');
    expect(await claim()).toMatchObject([{ id, content: { texts: [words] } }]);
  });

  test('gives one up with a reason that is kept', async () => {
    const [first, second] = [await dieOne('u1'), await dieOne('u2')];
    await talk.say('admin', '실패');
    expect(await talk.press('admin', '버림')).toContain('이유를 짧게');
    expect(await talk.say('admin', '전화로 말씀드림')).toContain('버렸어요');
    expect(await talk.store.findLetter(first)).toMatchObject({
      state: 'dropped',
      why: '전화로 말씀드림',
    });
    expect(await talk.say('admin', `버림 ${second} 번호가 없는 분`)).toContain('버렸어요');
    expect((await talk.store.findLetter(second))?.why).toBe('번호가 없는 분');
  });

  test.each(['아니요', '그만두기'])('leaves it as it is when he answers %s', async (text) => {
    const id = await dieOne('u1');
    await talk.say('admin', '고쳐서');
    expect(await talk.say('admin', text)).toBe('네, 그대로 둘게요.');
    expect(await stateOf(id)).toBe('dead');
    expect(await talk.say('admin', '안녕하세요')).toContain('햇살농원');
  });

  test('needs no store to be chosen, and still orders like anybody', async () => {
    const { shop } = await talk.asked('seller');
    await talk.store.putShop({ ...shop, id: 'plum', name: '자두농원' });
    await dieOne('u1');
    expect(await talk.say('admin', '실패')).toContain('전하지 못한 알림 1건');
  });
});

describe('anybody else', () => {
  test.each([
    ['a buyer', []],
    ['the farmer and seller', ['farmer', 'seller'] as const],
  ])('%s is told only which role it needs', async (_, roles) => {
    const id = await dieOne('u1');
    if (roles.length > 0) await talk.join('other', roles);
    for (const text of ['재시도', `버림 ${id} 그냥`, `고쳐서 ${id}`, '안 간 알림'])
      expect(await talk.say('other', text)).toBe('관리자만 할 수 있어요.');
    await talk.say('admin', '실패');
    const forged = await talk.pressAtOnce('other', '재시도', talk.reply('admin'));
    expect(forged.texts).toEqual(['관리자만 할 수 있어요.']);
    expect(await stateOf(id)).toBe('dead');
  });

  test('may say words that only sound alike', async () => {
    for (const text of ['결제 실패했어요', '주소 고쳐서 보내 주세요', '실패'])
      expect(await talk.say('buyer', text)).not.toContain('관리자');
  });
});
