// Eight ways in which a platform fails, each through the real store and delivery, up to the admin.
import { describe, expect, test } from 'vitest';
import { SendError } from '../../src/chat/bot.ts';
import { ATTEMPTS_MAX, BUG_TRIES_MAX } from '../../src/outbox/retry.ts';
import { type Behaviour, openPost, rateLimited, SENT } from '../support/post.ts';
import { hire } from '../support/shop.ts';

const BUYER = 'buyer-of-peach';
const ADMIN = 'admin-of-*';
const MINUTE_MS = 60_000;
const TICK_MS = 1000;

/** Only what goes to the buyer fails; the admin is reached. */
function toBuyer(fail: (tries: number) => ReturnType<Behaviour>): Behaviour {
  return ({ to }, tries) => (to === BUYER ? fail(tries) : SENT);
}

/** A payment is owed to a buyer; the worker looks once a second for two hours. */
async function play(behave: Behaviour, { dropsCopies = false } = {}) {
  const post = await openPost(behave, { dropsCopies });
  await post.hireAdmin();
  await post.farm.placePaid('ord_1');
  const { delivery, pass, row, rows, sent, now } = post;
  let diedAt: Date | null = null;
  for (let seconds = 0; seconds < 2 * 3600; seconds++) {
    await delivery.run();
    if (diedAt === null && row('paid').state === 'dead') diedAt = now();
    if (rows().every(({ state }) => state !== 'due')) break;
    pass(TICK_MS);
  }
  const alarms = sent.filter(({ to }) => to === ADMIN);
  const tries = sent.filter(({ to }) => to === BUYER);
  return { ...post, alarms, tries, diedAt, end: row('paid') };
}

describe('of eight kinds of failure', () => {
  test.each([
    ['blocked', '차단'],
    ['bad_address', '주소가 맞지 않아요'],
    ['template_refused', '양식이 거절'],
  ] as const)('%s is dead at once, and is not tried again', async (reason, words) => {
    const { end, tries, alarms, diedAt } = await play(toBuyer(() => ({ kind: 'refused', reason })));
    expect(end).toMatchObject({ state: 'dead', cause: reason, attempts: 1 });
    expect(tries).toHaveLength(1);
    expect(alarms).toHaveLength(1);
    expect(alarms[0]?.reply.texts.join()).toContain(words);
    expect(alarms[0]?.at.getTime()).toBeLessThanOrEqual((diedAt?.getTime() ?? 0) + MINUTE_MS);
  });

  test('429 waits as long as it is asked to, and arrives once', async () => {
    const { end, tries, alarms } = await play(
      toBuyer((tries) => (tries === 1 ? rateLimited(90) : SENT)),
    );
    expect(end).toMatchObject({ state: 'done', attempts: 2, copies: 0 });
    const [first, second] = tries.map(({ at }) => at.getTime());
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(90_000);
    expect(alarms).toEqual([]);
  });

  test('500 is tried again, later each time, and in the end is dead and told of', async () => {
    const { end, tries, alarms, diedAt } = await play(toBuyer(() => new SendError('unavailable')));
    expect(end).toMatchObject({ state: 'dead', cause: 'unavailable', attempts: ATTEMPTS_MAX });
    expect(tries).toHaveLength(ATTEMPTS_MAX);
    const gaps = tries.slice(1).map(({ at }, no) => at.getTime() - (tries[no]?.at.getTime() ?? 0));
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(alarms).toHaveLength(1);
    expect(alarms[0]?.at.getTime()).toBeLessThanOrEqual((diedAt?.getTime() ?? 0) + MINUTE_MS);
  });

  describe.each(['time_out', 'lost_answer'] as const)('%s', (failure) => {
    test('is sent once more, word for word, and then is dead', async () => {
      const { end, tries, alarms } = await play(toBuyer(() => new SendError(failure)));
      expect(end).toMatchObject({ state: 'dead', cause: failure, copies: 1 });
      expect(tries).toHaveLength(2);
      expect(tries[1]?.reply).toEqual(tries[0]?.reply);
      expect(tries[1]?.key).toBe(tries[0]?.key);
      expect(alarms).toHaveLength(1);
      expect(alarms[0]?.reply.texts.join()).toContain('갔는지 몰라요');
    });

    test('is done when the copy arrives, and the copy is counted', async () => {
      const { end, tries, alarms } = await play(
        toBuyer((tries) => (tries === 1 ? new SendError(failure) : SENT)),
      );
      expect(end).toMatchObject({ state: 'done', copies: 1 });
      expect(tries).toHaveLength(2);
      expect(alarms).toEqual([]);
    });

    test('is tried on under the same key where the platform drops copies', async () => {
      const { end, tries } = await play(
        toBuyer((tries) => (tries < 5 ? new SendError(failure) : SENT)),
        { dropsCopies: true },
      );
      expect(end).toMatchObject({ state: 'done' });
      expect(new Set(tries.map(({ key }) => key)).size).toBe(1);
      expect(new Set(tries.map(({ reply }) => JSON.stringify(reply))).size).toBe(1);
      expect(tries).toHaveLength(5);
    });
  });

  test('a bug is tried a few times, then dead under its name', async () => {
    const { end, tries, alarms } = await play(toBuyer(() => new TypeError('x of undefined')));
    expect(end).toMatchObject({ state: 'dead', cause: 'TypeError', attempts: BUG_TRIES_MAX });
    expect(tries).toHaveLength(BUG_TRIES_MAX);
    expect(alarms[0]?.reply.texts.join()).toContain('TypeError');
  });
});

test('a summary whose outcome nobody knows is not worth a copy', async () => {
  const post = await openPost(({ to }) => (to === BUYER ? SENT : new SendError('time_out')));
  const { store, farm, delivery, sent, rows, pass } = post;
  await hire(store, { storeId: 'peach', role: 'seller' });
  await farm.placePaid('ord_1', { boxes: 2 });
  await delivery.run();
  await farm.cap('2026-07-21', 1);
  for (let no = 0; no < 5; no++) {
    await delivery.run();
    pass(MINUTE_MS);
  }
  expect(rows('moved_summary')).toMatchObject([{ state: 'dropped', cause: 'time_out' }]);
  expect(sent.filter(({ to }) => to === 'seller-of-peach')).toHaveLength(1);
});

describe('the alarm', () => {
  test('says how many, of what kind, to whom and why, and holds nothing personal', async () => {
    const { alarms } = await play(toBuyer(() => ({ kind: 'refused', reason: 'blocked' })));
    const [alarm] = alarms;
    expect(alarm?.reply.texts).toEqual([
      '전하지 못한 알림 1건\n1번 입금완료 → 주문한 분 텔레그램\n받는 쪽이 봇을 차단했어요 (방금)',
    ]);
    expect(alarm?.reply.choices.map(({ label }) => label)).toEqual(['재시도', '고쳐서', '버림']);
  });

  test('tells of letters that die together once, and of each once', async () => {
    const post = await openPost(toBuyer(() => ({ kind: 'refused', reason: 'template_refused' })));
    const { farm, delivery, sent, pass, store, now } = post;
    await post.hireAdmin();
    for (const no of [1, 2, 3]) {
      await farm.placePaid(`ord_${no}`);
      await delivery.run();
      pass(TICK_MS);
    }
    for (let minutes = 0; minutes < 5; minutes++) {
      pass(MINUTE_MS);
      await delivery.run();
      await store.raiseAlarm(now());
    }
    const alarms = sent.filter(({ to }) => to === ADMIN).map(({ reply }) => reply.texts.join());
    expect(alarms.map((text) => /(\d+)건/.exec(text)?.[1])).toEqual(['1', '2']);
  });

  test('waits for an admin where there is none', async () => {
    const post = await openPost(toBuyer(() => ({ kind: 'refused', reason: 'blocked' })));
    const { farm, delivery, sent, store, now } = post;
    await farm.placePaid('ord_1');
    await delivery.run();
    expect(await store.raiseAlarm(now())).toBe(0);
    await post.hireAdmin();
    expect(await store.raiseAlarm(now())).toBe(1);
    await delivery.run();
    expect(sent.filter(({ to }) => to === ADMIN)).toHaveLength(1);
  });

  test('that dies itself raises no other', async () => {
    const post = await openPost(() => ({ kind: 'refused', reason: 'blocked' }));
    const { farm, delivery, rows, store, now, pass } = post;
    await post.hireAdmin();
    await farm.placePaid('ord_1');
    for (let minutes = 0; minutes < 5; minutes++) {
      await delivery.run();
      await store.raiseAlarm(now());
      pass(MINUTE_MS);
    }
    expect(rows('dead_letters')).toMatchObject([{ state: 'dead' }]);
  });
});
