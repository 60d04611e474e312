// Questions to the farm on the real command line, as its own process.
import { expect, test } from 'vitest';
import { ordering } from '../../src/app.ts';
import { install } from '../support/cli.ts';

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+09:00$/;
const GIFT = '선물용 포장도 되나요?';

test('a question is listed with its words, answered once, more only when it is said to be, or closed', async () => {
  const { house, sanji, told } = await install();
  const { store } = house;
  const now = new Date();
  const shop = await store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  const { id: personId } = await store.meet({ platform: 'kakao', bot: 'bot', user: 'buyer' }, now);
  for (const text of [GIFT, '주차장 있나요?'])
    await store.submit(ordering.askQuestion({ shop, now, who: 'buyer' }, { personId, text }));

  const [first, second] = await told('question', 'ls', '--store', 'peach');
  expect(first).toEqual({
    ...{ no: 1, store: 'peach', state: 'open', text: GIFT, endedAt: null },
    askedAt: expect.stringMatching(ISO),
  });
  expect(second).toMatchObject({ no: 2 });
  expect(await told('question', 'answer', '1', '네, 돼요.')).toMatchObject({
    ...{ no: 1, state: 'answered' },
    endedAt: expect.stringMatching(ISO),
  });
  const again = await sanji(['question', 'answer', '1', '네, 돼요.']);
  expect(again).toMatchObject({ code: 1 });
  expect(again.err).toContain('conflict');
  expect(await sanji(['question', 'answer', '1', '리본도요.', '--more'])).toMatchObject({
    code: 0,
  });
  expect(await told('question', 'close', '2')).toMatchObject({ no: 2, state: 'closed' });
  expect(await told('question', 'ls')).toEqual([]);
  expect(await told('question', 'ls', '--state', 'answered')).toMatchObject([{ no: 1 }]);
  expect(await sanji(['question', 'close', '9'])).toMatchObject({ code: 1 });
  expect(await sanji(['question', 'close', 'x'])).toMatchObject({ code: 2 });
  expect(await told('doctor')).toMatchObject({ ok: true });
});
