// What every storage engine owes a question that is handed to the farm: sealed for its asker, gone with him.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { OPEN_QUESTIONS_MAX } from '../../src/orders/questioning.ts';
import type { Store } from '../../src/orders/store.ts';
import { type Farm, hire, MONDAY_NOON, openFarm, refused } from '../support/shop.ts';

const DAY_MS = 86_400_000;
const LATER = new Date(MONDAY_NOON.getTime() + 60_000);

export function testQuestions(name: string, open: () => Promise<Store>): void {
  describe(`${name} with questions`, () => {
    let store: Store;
    let farm: Farm;
    beforeEach(async () => {
      store = await open();
      farm = await openFarm(store);
    });
    afterEach(() => store.close());

    const ask = async (text: string, personId = farm.buyerId) =>
      (await store.submit(ordering.askQuestion(farm.asked(), { personId, text }))).answer;
    const answer = (no: number, text = '네, 돼요.', isMore = false) =>
      store.submit(ordering.answerQuestion(farm.asked('seller', LATER), { no, text, isMore }));
    const close = (no: number) =>
      store.submit(ordering.closeQuestion(farm.asked('seller', LATER), no));
    const of = (state?: 'open' | 'answered' | 'closed') =>
      store.findQuestions({ storeId: 'peach', state, limit: 9 });
    const owed = async (kind: string) =>
      (await store.claimOutbox({ now: LATER, leaseMs: 0, limit: 50 })).filter(
        (row) => row.kind === kind,
      );

    test('one is kept with its words, and the sellers hear of it without them', async () => {
      await hire(store, { storeId: 'peach', role: 'seller' });
      await hire(store, { storeId: 'peach', role: 'farmer' });
      expect(await ask('선물용 포장도 되나요?')).toEqual({ how: 'asked', no: 1 });
      const kept = {
        ...{ no: 1, storeId: 'peach', personId: farm.buyerId, state: 'open' },
        ...{ text: '선물용 포장도 되나요?', askedAt: MONDAY_NOON.toISOString(), endedAt: null },
      };
      expect(await of('open')).toEqual([kept]);
      expect(await store.findQuestion('peach', 1)).toEqual(kept);
      expect(await store.findQuestion('apple', 1)).toBeNull();
      const told = await owed('question_asked');
      expect(told).toMatchObject([{ audience: 'seller', data: { questions: ['1'] } }]);
      expect(JSON.stringify(told)).not.toContain('선물용');
    });

    test('asked again it is the same one, and too many wait for their answers', async () => {
      await ask('선물용 포장도 되나요?');
      expect(await ask(' 선물용 포장도 되나요 ')).toEqual({ how: 'again', no: 1 });
      for (let no = 2; no <= OPEN_QUESTIONS_MAX; no++) await ask(`주차장 ${no} 있나요?`);
      expect(await ask('하나 더 물어봐도 되나요?')).toEqual({ how: 'enough', no: null });
      const other = await store.meet({ ...farm.sender, user: 'another' }, MONDAY_NOON);
      const no = OPEN_QUESTIONS_MAX + 1;
      expect(await ask('선물용 포장도 되나요?', other.id)).toEqual({ how: 'asked', no });
      await close(1);
      expect(await ask('하나 더 물어봐도 되나요?')).toMatchObject({ how: 'asked' });
      expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    });

    test('those asked at one moment have numbers of their own', async () => {
      const asked = await Promise.all([ask('첫 질문인가요?'), ask('둘째 질문인가요?')]);
      expect(asked.map(({ no }) => no).sort()).toEqual([1, 2]);
    });

    test('of two answers at one moment one goes out, and another one only when it is said to be more', async () => {
      const telegram = { ...farm.sender, platform: 'telegram' };
      const asker = await store.meet(telegram, MONDAY_NOON);
      await ask('선물용 포장도 되나요?', asker.id);
      const ends = await Promise.allSettled([answer(1, '네'), answer(1, '아니요')]);
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await refused(answer(1))).toBe('conflict');
      await answer(1, '리본도 있어요.', true);
      const told = await owed('answered');
      expect(told.map(({ said, personId }) => [said, personId])).toEqual([
        [expect.stringMatching(/^(네|아니요)$/), asker.id],
        ['리본도 있어요.', asker.id],
      ]);
      expect(JSON.stringify(told.map(({ data }) => data))).not.toContain('리본');
      expect(await of('answered')).toMatchObject([{ no: 1, endedAt: LATER.toISOString() }]);
    });

    test('closed without an answer nobody hears of it, and one that is not there is refused', async () => {
      await ask('선물용 포장도 되나요?');
      await close(1);
      await close(1);
      expect(await of('open')).toEqual([]);
      expect(await of('closed')).toMatchObject([{ no: 1 }]);
      expect(await refused(close(2))).toBe('not_found');
      expect(await refused(answer(2))).toBe('not_found');
      expect(await refused(answer(1, ' '))).toBe('bad_request');
      expect(await refused(answer(1, '가'.repeat(1001)))).toBe('bad_request');
    });

    test('its words go with their asker, also while he has an open order', async () => {
      await farm.placePaid('ord_1');
      await ask('선물용 포장도 되나요?');
      expect((await store.forgetPerson(farm.buyerId, LATER))?.isErased).toBe(false);
      expect(await of()).toEqual([]);
      expect(await refused(answer(1))).toBe('not_found');
      await ask('다시 물어도 되나요?');
      expect(await of()).toMatchObject([{ no: 2 }]);
    });

    test('the words of the notices that told the sellers of it go with it, and those of others stay', async () => {
      await hire(store, { storeId: 'peach', role: 'seller' });
      const other = await store.meet({ ...farm.sender, user: 'another' }, MONDAY_NOON);
      await ask('선물용 포장도 되나요?');
      await ask('주차장 있나요?', other.id);
      const content = { texts: ['문의가 왔어요.'], choices: [] };
      for (const row of await owed('question_asked')) {
        const sending = { row, bundled: [], content, copies: 0, now: LATER, leaseMs: 0 };
        await store.startSending(sending);
        await store.settleOutbox(row, { state: 'dead', cause: 'blocked', content }, LATER);
      }
      await store.forgetPerson(farm.buyerId, LATER);
      for (const { id } of await store.listOutbox({ state: 'dead', limit: 9 }))
        await store.mendLetter({ id, now: LATER, mending: { how: 'retry' } });
      const again = await owed('question_asked');
      expect(again.map(({ data, content: kept }) => [data.questions, kept])).toEqual([
        [['1'], null],
        [['2'], content],
      ]);
    });

    test('old ones are forgotten, the answered ones first', async () => {
      await ask('선물용 포장도 되나요?');
      await ask('주차장 있나요?');
      await answer(1);
      const at = (days: number) => new Date(LATER.getTime() + days * DAY_MS);
      const drop = (ended: number, asked: number) =>
        store.dropOldQuestions({ ended: at(ended), asked: at(asked) });
      expect(await drop(-1, -1)).toBe(0);
      expect(await drop(1, -1)).toBe(1);
      expect(await of()).toMatchObject([{ no: 2 }]);
      expect(await drop(1, 1)).toBe(1);
      expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    });
  });
}
