// What could not reach a person is told when he comes by himself.
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { requestFor, TUESDAY } from '../support/shop.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const BUYER = { platform: 'telegram', bot: 'bot', user: 'u1' } as const;
const WORDS = { texts: ['입금완료! 아까 보낸 그대로'], choices: [] };

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
});
afterEach(() => talk.house.close());

/** A payment that ended like this on a platform that can be spoken to first. */
async function oweAndDie(cause: string, content: unknown): Promise<number> {
  const { store } = talk;
  const { id: buyerId } = await store.meet(BUYER, talk.now());
  const asked = await talk.asked('seller');
  const request = { id: 'ord_u1', buyerId, request: requestFor({}) };
  await store.submit(ordering.place({ ...asked, who: 'buyer' }, request));
  const order = await talk.onlyOrder();
  await talk.pay(order);
  const [row] = await store.claimOutbox({ now: talk.now(), leaseMs: 60_000, limit: 10 });
  if (row === undefined) throw new Error('a row was expected');
  await store.settleOutbox(row, { state: 'dead', cause, content }, talk.now());
  return row.id;
}

async function comes(text: string): Promise<string> {
  talk.passMs(60_000);
  const message = { sender: BUYER, text, updateId: null, storeId: null, roomChars: 3500 };
  const reply = await talk.house.answer({ ...message, at: talk.now() });
  return reply.texts.join('\n');
}

const stateOf = async (id: number) => (await talk.store.findLetter(id))?.state;

test('once, in words that are true by then', async () => {
  const id = await oweAndDie('blocked', null);
  const asked = await talk.asked('farmer');
  await talk.store.submit(ordering.setCap(asked, { date: TUESDAY, capBoxes: 0 }));
  expect(await comes('안녕하세요')).toMatch(/^입금완료! P7-001.*7\/22\(수\) 출하 예정/s);
  expect(await stateOf(id)).toBe('done');
  expect(await comes('메뉴')).not.toContain('입금완료!');
});

test('word for word, where it may have arrived after all', async () => {
  await oweAndDie('time_out', WORDS);
  expect(await comes('안녕하세요')).toContain(WORDS.texts[0]);
});

test.each([null, WORDS])('not, when it is no longer true', async (content) => {
  const id = await oweAndDie('time_out', content);
  const request = { parcelIds: null, reason: null, account: null };
  const asked = await talk.asked('seller');
  await talk.store.submit(ordering.cancel({ ...asked, who: 'buyer' }, 'ord_u1', request));
  expect(await comes('안녕하세요')).not.toContain('입금완료!');
  expect(await stateOf(id)).toBe('done');
});

test('and an admin who wants to retry it then hears that it is done', async () => {
  const id = await oweAndDie('blocked', null);
  await comes('안녕하세요');
  const mending = { how: 'retry' } as const;
  expect(await talk.store.mendLetter({ id, now: talk.now(), mending })).toBeNull();
});
