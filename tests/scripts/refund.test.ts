// Refunds and receipts on the real command line, as its own process.
import { expect, test } from 'vitest';
import { ordering } from '../../src/app.ts';
import { install } from '../support/cli.ts';
import { requestFor } from '../support/shop.ts';

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+09:00$/;

/** A paid order of somebody on KakaoTalk, at the demo store. */
async function paid({ house, told }: Awaited<ReturnType<typeof install>>) {
  const { store } = house;
  const now = new Date();
  const shop = await store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  const person = await store.meet({ platform: 'kakao', bot: 'bot', user: 'buyer' }, now);
  const placing = { id: 'ord_1', buyerId: person.id, request: requestFor({}) };
  await store.submit(ordering.place({ shop, now, who: 'buyer' }, placing));
  const { code } = await told('order', 'show', 'ord_1');
  await told('pay', 'confirm', code);
  return { shop, now, code };
}

const ACCOUNT = ['--bank', '농협', '--number', '302-1234-5678-91', '--holder', '김영희'];

test('a refund goes from its account to its end, and refuses what makes no sense', async () => {
  const installed = await install();
  const { sanji, told } = installed;
  const { code } = await paid(installed);
  await told('order', 'cancel', code);
  const [opened] = await told('refund', 'ls', '--store', 'peach');
  expect(opened).toEqual({
    ...{ id: 'ref_1-1', store: 'peach', order: code, amountKrw: 40_000 },
    ...{ state: 'needs_account', account: null, endedAt: null },
    openedAt: expect.stringMatching(ISO),
  });
  expect(await sanji(['refund', 'fail', 'ref_1-1'])).toMatchObject({ code: 1 });
  expect(await sanji(['refund', 'account', 'ref_1-1', '--bank', '농협'])).toMatchObject({
    code: 2,
  });
  expect(await sanji(['refund', 'ls', '--state', 'lost'])).toMatchObject({ code: 2 });
  expect(await sanji(['refund', 'done', 'ref_9-1'])).toMatchObject({ code: 1 });

  const account = { bank: '농협', account: '3021234567891', holder: '김영희' };
  expect(await told('refund', 'account', 'ref_1-1', ...ACCOUNT)).toMatchObject({
    ...{ state: 'due', account },
  });
  expect(await told('refund', 'fail', 'ref_1-1', '--reason', '예금주가 달라요')).toMatchObject({
    state: 'failed',
  });
  expect(await told('refund', 'account', 'ref_1-1', ...ACCOUNT)).toMatchObject({ state: 'due' });
  expect(await told('refund', 'ls', '--state', 'due')).toMatchObject([{ id: 'ref_1-1', account }]);
  const done = await told('refund', 'done', 'ref_1-1');
  expect(done).toMatchObject({ state: 'done', account: null });
  expect(await told('refund', 'done', 'ref_1-1')).toEqual(done);
  expect(await told('refund', 'ls')).toEqual([]);
  const late = await sanji(['refund', 'account', 'ref_1-1', ...ACCOUNT]);
  expect(late).toMatchObject({ code: 1 });
  expect(late.err).toContain('conflict');
  expect(await told('doctor')).toMatchObject({ ok: true });
});

test('a receipt is listed with what it is made out to, and made out once', async () => {
  const installed = await install();
  const { house, sanji, told } = installed;
  const { shop, now, code } = await paid(installed);
  const details = { number: '01077778888', email: null };
  const asked = { shop, now, who: 'buyer' } as const;
  await house.store.submit(ordering.askReceipt(asked, 'ord_1', { kind: 'cash', details }));
  expect(await told('receipt', 'ls')).toEqual([
    {
      ...{ id: 'rec_1-1', store: 'peach', order: code, kind: 'cash', state: 'asked' },
      ...{ amountKrw: 40_000, number: '01077778888', email: null, doneAt: null },
      askedAt: expect.stringMatching(ISO),
    },
  ]);
  const done = await told('receipt', 'done', 'rec_1-1');
  expect(done).toMatchObject({ state: 'done', doneAt: expect.stringMatching(ISO) });
  expect(await told('receipt', 'done', 'rec_1-1')).toEqual(done);
  expect(await told('receipt', 'ls')).toEqual([]);
  expect(await told('receipt', 'ls', '--state', 'done')).toEqual([done]);
  expect(await sanji(['receipt', 'done', 'rec_9-9'])).toMatchObject({ code: 1 });
});
