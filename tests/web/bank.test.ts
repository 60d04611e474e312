// What the bank says, over HTTP: let in by its own secret, booked once, never lost.
import { expect, test } from 'vitest';
import { BANK_SECRET, openWeb, type Web } from './client.ts';

const NOTICE = {
  store: 'peach',
  at: '2026-07-20T12:10:00+09:00',
  name: '박철수001',
  amountKrw: 75_000,
};
const TEXT =
  '[Web발신]\n[KB]07/20 12:10\n123456**789\n박철수001\n전자금융입금\n75,000\n잔액1,075,000';
const RECEIVED = '2026-07-20T12:10:20+09:00';

const by = (secret: string | null): Record<string, string> =>
  secret === null ? {} : { 'x-sanji-bank': secret };

async function notice(web: Web, body: unknown, secret: string | null = BANK_SECRET) {
  return web.send('POST', '/bank/notice', { key: null, body, headers: by(secret) });
}

async function openShop() {
  const web = await openWeb();
  await web.openStore('peach');
  const order = await web.order({ depositor: '박철수' });
  return { web, code: order.code as string };
}

const paidOf = async (web: Web, code: string): Promise<number> =>
  (await web.send('GET', `/order/${code}`)).body.order.paidKrw;
const deposits = (web: Web) => JSON.parse(web.dump('deposits')) as unknown[];

test('fields are booked on the order they pay', async () => {
  const { web, code } = await openShop();
  const { status, body } = await notice(web, NOTICE);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    deposit: { store: 'peach', at: NOTICE.at, amountKrw: 75_000, state: 'booked' },
    decision: { match: [code] },
    more: [],
  });
  expect(await paidOf(web, code)).toBe(75_000);
});

test('the bank’s own words are booked too, and the same deposit once', async () => {
  const { web, code } = await openShop();
  const text = { store: 'peach', text: TEXT, receivedAt: RECEIVED };
  const first = await notice(web, text);
  expect(first.body).toMatchObject({ decision: { match: [code] } });
  const again = await notice(web, text);
  expect(again.body).toEqual(first.body);
  // Another program tells of it, without the balance: nothing says that it is no second one.
  const asFields = await notice(web, NOTICE);
  expect(asFields.body.decision).toEqual({ ask: [code] });
  expect(await paidOf(web, code)).toBe(75_000);
});

test('what is doubtful is answered with the orders it may be for', async () => {
  const { web, code } = await openShop();
  const { body } = await notice(web, { ...NOTICE, amountKrw: 74_999 });
  expect(body).toMatchObject({ deposit: { state: 'asked' }, decision: { ask: [code] } });
  expect(await paidOf(web, code)).toBe(0);
});

test('words nobody can read go to the seller, once', async () => {
  const { web } = await openShop();
  const text = { store: 'peach', text: '[Web발신] 새로운 은행 12345 뭔가', receivedAt: RECEIVED };
  for (let times = 0; times < 2; times++) {
    const { status, body } = await notice(web, text);
    expect([status, body]).toEqual([200, { deposit: null, decision: { none: true }, more: [] }]);
  }
  const keys = JSON.parse(web.dump('requests')) as { key: string }[];
  expect(keys.filter(({ key }) => key.startsWith('bank/'))).toHaveLength(1);
});

test.each([
  ['no secret', null],
  ['another secret', 'not-the-secret-of-it'],
])('with %s nobody is let in', async (_, secret) => {
  const { web } = await openShop();
  const { status, body } = await notice(web, NOTICE, secret);
  expect([status, body.code]).toEqual([401, 'unauthorized']);
  expect(deposits(web)).toEqual([]);
});

test.each([
  ['a negative amount', { ...NOTICE, amountKrw: -75_000 }, 400],
  ['a fraction of a won', { ...NOTICE, amountKrw: 0.5 }, 400],
  ['no amount', { ...NOTICE, amountKrw: undefined }, 400],
  ['words and fields', { ...NOTICE, text: TEXT, receivedAt: RECEIVED }, 400],
  ['an unknown store', { ...NOTICE, store: 'nowhere' }, 404],
  ['a time without a zone', { ...NOTICE, at: '2026-07-20 11:30' }, 400],
])('%s is refused and books nothing', async (_, body, expected) => {
  const { web } = await openShop();
  expect((await notice(web, body)).status).toBe(expected);
  expect(deposits(web)).toEqual([]);
});

test.each([
  ['fields', NOTICE, 1],
  [
    'words that tell no more than the minute',
    { store: 'peach', text: TEXT.replace(/\n잔액.*/, ''), receivedAt: RECEIVED },
    2,
  ],
])('of many %s at once one is booked, and a second at most is asked', async (_, body, ids) => {
  const { web, code } = await openShop();
  const answers = await Promise.all(Array.from({ length: 20 }, () => notice(web, body)));
  expect(new Set(answers.map((one) => one.body.deposit.id)).size).toBe(ids);
  expect(await paidOf(web, code)).toBe(75_000);
});
