import { describe, expect, test } from 'vitest';
import { EVENT_PRICE_KRW } from '../../bots/kakao-event.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { EventFault } from '../support/kakao-event.ts';
import { SECRET } from '../support/kakao-house.ts';
import { openKakaoPost } from '../support/kakao-post.ts';

const MINUTE_MS = 60_000;

/** Looks every few seconds for so many minutes. */
async function wait(post: Awaited<ReturnType<typeof openKakaoPost>>, minutes: number) {
  for (let second = 0; second < minutes * 60; second += 5) {
    post.pass(5000);
    await post.deliver();
  }
}

describe('a notice by the Event API', () => {
  test('is shown when Kakao calls for it, and that settles it', async () => {
    const post = await openKakaoPost();
    await post.farm.placePaid('ord_1');
    await post.deliver();
    expect(post.event.screens).toHaveLength(1);
    const [screen] = post.event.screens;
    expect(screen?.user).toBe(post.farm.sender.user);
    expect(screen?.shown.texts.join()).toContain('입금완료');
    expect(screen?.shown.choices.map(({ label }) => label)).toContain('주문조회');
    expect(post.row('paid')).toMatchObject({ state: 'done', copies: 0, attempts: 1 });
    expect(post.spent).toEqual([{ route: 'event', krw: EVENT_PRICE_KRW }]);
    await wait(post, 3);
    expect(post.event.calls).toHaveLength(1);
  });

  test('is not pushed where it is not worth the money, and waits for the next contact', async () => {
    const post = await openKakaoPost();
    await post.farm.place('ord_1');
    await post.farm.store.submit(
      ordering.expire(
        { ...post.farm.asked('system'), now: new Date('2026-08-01T00:00:00Z') },
        'ord_1',
      ),
    );
    await post.deliver();
    expect(post.event.calls).toEqual([]);
    expect(post.row('expired').state).toBe('held');
    const { texts } = await post.person().say('안녕하세요');
    expect(texts.join()).toContain('입금 시간이 지나');
  });

  test('reads the same each time it is called for', async () => {
    const post = await openKakaoPost();
    const { farm, event } = post;
    await farm.placePaid('ord_1');
    await post.deliver();
    const [first] = event.screens;
    if (first === undefined) throw new Error('nothing was shown');
    // By now something else is true.
    await farm.cancel('ord_1');
    post.pass(MINUTE_MS);
    expect(await post.callFor(first)).toEqual(first.shown);
    expect(await post.callFor(first)).toEqual(first.shown);
  });

  test('is shown to nobody else, and a call for it by somebody else settles nothing', async () => {
    const post = await openKakaoPost();
    const { farm, event } = post;
    event.faults.push('silent');
    await farm.placePaid('ord_1');
    await post.deliver();
    const { id } = post.row('paid');
    for (const asked of [
      { user: 'a-stranger', receipt: String(id) },
      { user: farm.sender.user, receipt: String(id), bot: 'another-bot' },
      { user: farm.sender.user, receipt: String(id + 1) },
      { user: farm.sender.user, receipt: '1; DROP TABLE outbox' },
      { user: farm.sender.user, receipt: '999999999999999' },
    ]) {
      const { texts } = await post.callFor(asked);
      expect(texts).toEqual([
        '지금은 새 소식이 없어요. 주문이 궁금하시면 [주문조회]를 눌러 주세요.',
      ]);
    }
    expect(post.row('paid').state).toBe('due');
    expect((await post.callFor({ receipt: String(id) })).texts.join()).toContain('입금완료');
    expect(post.row('paid').state).toBe('done');
  });

  test('says nothing of a notice that was not sent yet', async () => {
    const post = await openKakaoPost();
    await post.farm.placePaid('ord_1');
    const { id } = post.row('paid');
    const { texts } = await post.callFor({ receipt: String(id) });
    expect(texts.join()).toContain('새 소식이 없어요');
    expect(post.row('paid').state).toBe('due');
  });
});

describe('when the Event API fails', () => {
  const taken: readonly EventFault[] = ['lost', 'hang'];
  test.each(taken)('%s: the receipt settles it, and nothing is sent again', async (fault) => {
    const post = await openKakaoPost();
    post.event.faults.push(fault);
    await post.farm.placePaid('ord_1');
    await post.deliver();
    await wait(post, 5);
    expect(post.event.screens).toHaveLength(1);
    expect(post.event.calls).toHaveLength(1);
    expect(post.row('paid').state).toBe('done');
  });

  const passing: readonly (readonly [string, EventFault])[] = [
    ['429', { status: 429, retryAfter: 30 }],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['a dropped connection', 'drop'],
    ['a wrong key for a while', { status: 401 }],
  ];
  test.each(passing)('%s: it is sent later, and is seen once', async (_, fault) => {
    const post = await openKakaoPost();
    post.event.faults.push(fault);
    await post.farm.placePaid('ord_1');
    await post.deliver();
    expect(post.event.screens).toEqual([]);
    await wait(post, 5);
    expect(post.event.screens).toHaveLength(1);
    expect(post.row('paid').state).toBe('done');
  });

  test('429 waits as long as it is asked to', async () => {
    const post = await openKakaoPost();
    post.event.faults.push({ status: 429, retryAfter: 40 });
    await post.farm.placePaid('ord_1');
    await post.deliver();
    post.pass(35_000);
    await post.deliver();
    expect(post.event.screens).toEqual([]);
    post.pass(10_000);
    await post.deliver();
    expect(post.event.screens).toHaveLength(1);
  });

  test.each(['fail', 'unlinked'] as const)(
    '%s: without another route it waits for the next contact',
    async (fault) => {
      const post = await openKakaoPost();
      post.event.faults.push(fault);
      await post.farm.placePaid('ord_1');
      await post.deliver();
      await wait(post, 5);
      expect(post.row('paid').state).toBe('held');
      expect((await post.person().say('안녕하세요')).texts.join()).toContain('입금완료');
      expect(post.row('paid').state).toBe('done');
      await wait(post, 5);
      expect(post.event.calls.length).toBeLessThanOrEqual(1);
    },
  );

  test('a person who shuts it out is asked about, and the notice waits for him', async () => {
    const post = await openKakaoPost();
    post.event.blocked.add(post.farm.sender.user);
    await post.farm.placePaid('ord_1');
    await post.deliver();
    await wait(post, 5);
    expect(post.event.calls).toHaveLength(1);
    expect(post.row('paid').state).toBe('held');
  });

  test('without a word of the task it is not sent twice on a guess', async () => {
    const post = await openKakaoPost();
    post.event.faults.push('silent');
    await post.farm.placePaid('ord_1');
    await post.deliver();
    await wait(post, 10);
    expect(post.event.calls).toHaveLength(1);
    expect(post.row('paid').state).toBe('held');
  });

  test('without a word from Kakao a notice is sent again, and that is counted', async () => {
    const post = await openKakaoPost();
    post.event.faults.push({ status: 500 });
    await post.farm.placePaid('ord_1');
    await post.deliver();
    post.restart();
    await wait(post, 3);
    expect(post.event.screens).toHaveLength(1);
    expect(post.logged.map(({ event }) => event)).toContain('kakao.sent_again');
  });

  test('what came while we were away was not shown, and is sent again', async () => {
    const post = await openKakaoPost();
    post.event.connect({ url: 'http://127.0.0.1:1/kakao/skill' });
    await post.farm.placePaid('ord_1');
    await post.deliver();
    post.restart();
    post.event.connect({ url: post.url, secret: SECRET });
    await wait(post, 3);
    expect(post.event.calls).toHaveLength(2);
    expect(post.event.screens).toHaveLength(1);
    expect(post.row('paid').state).toBe('done');
  });

  test('what was shown by a process that died before it could write it down is not sent again', async () => {
    const post = await openKakaoPost();
    post.event.faults.push('unlinked');
    await post.farm.placePaid('ord_1');
    await post.deliver();
    post.restart();
    await wait(post, 3);
    expect(post.event.calls).toHaveLength(1);
    expect(post.row('paid').state).toBe('done');
  });
});

test('what else is owed goes on as soon as the receipt is there', async () => {
  const post = await openKakaoPost();
  await post.farm.placePaid('ord_1');
  await post.deliver();
  await post.farm.cancel('ord_1', null, 'seller');
  await post.deliver();
  expect(post.event.screens.length).toBe(2);
  expect(post.row('cancelled').state).toBe('done');
});

test('no log line knows who was told what', async () => {
  const post = await openKakaoPost();
  post.event.faults.push('silent');
  await post.farm.placePaid('ord_1');
  await post.deliver();
  await wait(post, 5);
  const log = JSON.stringify(post.logged);
  expect(log).not.toContain(post.farm.sender.user);
  expect(log).not.toContain('입금');
});
