import { beforeEach, describe, expect, test } from 'vitest';
import { TUESDAY } from '../support/shop.ts';
import {
  expectProblem,
  openWeb,
  orderBody,
  PEACH_KEY,
  parcelBody,
  type Sending,
  type Web,
} from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
  await web.openStore('peach');
});

type Case = {
  readonly call: string;
  readonly other: unknown;
  readonly prepare?: () => Promise<unknown>;
} & ({ readonly body: unknown } | { readonly body?: undefined });

const pay = { order: 'ord_1', amountKrw: 75_000, method: 'bank' };
const CASES: readonly Case[] = [
  { call: 'POST /order', body: orderBody(), other: orderBody({ memo: '문 앞' }) },
  {
    call: 'POST /pay',
    body: pay,
    other: { ...pay, reference: 'r' },
    prepare: () => web.order(),
  },
  {
    call: 'POST /order/ord_1/cancel',
    body: {},
    other: { reason: '변심' },
    prepare: () => web.order({}, { isPaid: true }),
  },
  {
    call: 'PUT /shipment',
    body: { order: 'ord_1', state: 'packed' },
    other: { order: 'ord_1', state: 'shipped' },
    prepare: () => web.order({}, { isPaid: true }),
  },
  {
    call: 'PUT /shipment?store=peach',
    body: { date: TUESDAY, rows: '1', state: 'packed' },
    other: { date: TUESDAY, rows: '1', state: 'shipped' },
    prepare: () => web.order({}, { isPaid: true }),
  },
  {
    call: `PUT /stores/peach/caps/${TUESDAY}`,
    body: { capBoxes: 2 },
    other: { capBoxes: 3 },
    prepare: () =>
      web.order(
        { parcels: ['가', '나'].map((recipient) => parcelBody({ recipient })) },
        { isPaid: true },
      ),
  },
  {
    call: 'POST /stores',
    body: { id: 'plum', name: '자두' },
    other: { id: 'plum', name: '오얏' },
  },
  {
    call: 'POST /stores/peach/products',
    body: { id: 'plum', name: '자두', priceKrw: 10_000 },
    other: { id: 'plum', name: '자두', priceKrw: 20_000 },
  },
  { call: 'PATCH /stores/peach', body: { name: '하나' }, other: { name: '둘' } },
  {
    call: 'PATCH /products/peach-4kg',
    body: { priceKrw: 40_000 },
    other: { priceKrw: 50_000 },
  },
];

/** What is answered when the process dies just before a step of the storage. */
async function whileDying<T>(step: 'rememberAnswer' | 'keepAnswer', work: () => Promise<T>) {
  const { store } = web;
  const whole = { rememberAnswer: store.rememberAnswer, keepAnswer: store.keepAnswer };
  store[step] = () => Promise.reject(new Error('the process died'));
  const answer = await work();
  Object.assign(store, whole);
  return answer;
}

describe.each(CASES)('$call under one key', ({ call, body, other, prepare }) => {
  const [method = '', path = ''] = call.split(' ');
  const send = (sent: unknown, more: Sending = {}) =>
    web.send(method, path, { body: sent, once: 'k-1', ...more });
  beforeEach(async () => void (await prepare?.()));

  test('said again: one effect, the first answer', async () => {
    const first = await send(body);
    expect(first.status).toBeLessThan(300);
    const after = web.counts();
    // Something happens in between: the answer is the first one nevertheless.
    web.clock.now = new Date(web.clock.now.getTime() + 60_000);
    const again = await send(body);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    await web.restart();
    const restarted = await send(body);
    expect([restarted.status, restarted.text]).toEqual([first.status, first.text]);
    expect(web.counts()).toEqual(after);
  });

  test('with another body it is refused and changes nothing', async () => {
    await send(body);
    const after = web.counts();
    expectProblem(await send(other), 'idempotency_reuse', 422);
    expect(web.counts()).toEqual(after);
  });

  test('two at once make one effect and get the same answer', async () => {
    const [one, two] = await Promise.all([send(body), send(body)]);
    expect(one.status).toBeLessThan(300);
    expect([two.status, two.text]).toEqual([one.status, one.text]);
    const { requests, orders, ledger } = web.counts();
    expect(requests).toBe(1);
    expect([orders, ledger]).toEqual(
      call === 'POST /order' ? [1, 0] : [prepare ? 1 : 0, prepare ? 1 : 0],
    );
  });

  test.each(['rememberAnswer', 'keepAnswer'] as const)(
    'cut off before %s, the repeat has one effect and a right answer',
    async (step) => {
      const cut = await whileDying(step, () => send(body));
      await web.restart();
      const again = await send(body);
      expect(again.status).toBeLessThan(300);
      // Where the cut step was not on the way, it is the first answer.
      if (cut.status !== 500) expect(again.text).toBe(cut.text);
      const after = web.counts();
      expect((await send(body)).text).toBe(again.text);
      expect(web.counts()).toEqual(after);
      expect(after.orders).toBeLessThanOrEqual(1);
      expect(after.ledger).toBeLessThanOrEqual(1);
      expect((await web.store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    },
  );
});

test.each(CASES.filter(({ call }) => /order|pay|shipment|caps/.test(call)))(
  '$call stores its key with its effect: after a cut another body is refused',
  async (one) => {
    await one.prepare?.();
    const [method = '', path = ''] = one.call.split(' ');
    const send = (body: unknown) => web.send(method, path, { body, once: 'k' });
    expectProblem(await whileDying('rememberAnswer', () => send(one.body)), 'internal', 500);
    const after = web.counts();
    expectProblem(await send(one.other), 'idempotency_reuse', 422);
    expect(web.counts()).toEqual(after);
  },
);

test('of two processes the first to keep an answer wins', async () => {
  const request = { key: 'k', body: 'one' };
  await web.store.keepAnswer(request, { status: 200, body: 1 }, web.clock.now);
  await web.store.keepAnswer(request, { status: 200, body: 2 }, web.clock.now);
  expect(await web.store.findAnswer(request)).toEqual({ status: 200, body: 1 });
  const other = web.store.keepAnswer({ key: 'k', body: 'two' }, 3, web.clock.now);
  await expect(other).rejects.toMatchObject({ code: 'idempotency_reuse' });
});

test('a repeat after a cut finds the order that was placed, and no second buyer', async () => {
  const body = orderBody({ buyer: { name: '영희맘' } });
  const send = () => web.send('POST', '/order', { body, once: 'k' });
  expectProblem(await whileDying('rememberAnswer', send), 'internal', 500);
  const before = web.counts();
  const again = await send();
  expect(again.status).toBe(201);
  expect(again.body).toMatchObject({ order: { id: 'ord_1' }, pay: { amountKrw: 75_000 } });
  expect(web.counts()).toEqual(before);
});

test('one key of two callers, or of two calls, means two requests', async () => {
  const first = await web.send('POST', '/order', { body: orderBody(), once: 'k' });
  const body = orderBody();
  const second = await web.send('POST', '/order', { body, once: 'k', key: PEACH_KEY });
  expect(second.body.order.id).not.toBe(first.body.order.id);
  const cancel = (id: string) =>
    web.send('POST', `/order/${id}/cancel`, { body: {}, once: 'cancel' });
  expect((await cancel('ord_1')).status).toBe(200);
  expectProblem(await cancel('ord_2'), 'idempotency_reuse', 422);
});

test('a refusal by the rules is an answer too; a wrong form is not', async () => {
  await web.order();
  const wrong = { ...pay, amountKrw: 1 };
  expectProblem(
    await web.send('POST', '/pay', { body: { order: 'ord_1' }, once: 'k' }),
    'bad_request',
  );
  const refused = await web.send('POST', '/pay', { body: wrong, once: 'k' });
  expectProblem(refused, 'amount_mismatch', 409);
  const again = await web.send('POST', '/pay', { body: wrong, once: 'k' });
  expect(again.text).toBe(refused.text);
  expectProblem(again, 'amount_mismatch', 409);
  expectProblem(await web.send('POST', '/pay', { body: pay, once: 'k' }), 'idempotency_reuse', 422);
});

test('without a key two equal orders are two orders', async () => {
  await web.order();
  await web.order();
  expect(web.counts().orders).toBe(2);
});

test.each(['', 'x'.repeat(201), 'two words'])('the key %j is refused', async (once) => {
  const answer = await web.send('POST', '/order', { body: orderBody(), once });
  expectProblem(answer, 'bad_request', 400);
});

test('what is stored under a key is sealed', async () => {
  await web.send('POST', '/order', { body: orderBody(), once: 'k' });
  expect(web.dump('requests')).not.toMatch(/영희맘|박철수|01012345678/);
});
