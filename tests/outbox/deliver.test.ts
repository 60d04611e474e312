import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SendError, type SendResult } from '../../src/chat/bot.ts';
import { DomainError } from '../../src/orders/errors.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { retryDelayMs } from '../../src/outbox/retry.ts';
import { BASE_MS, type Behaviour, openPost, rateLimited, SENT } from '../support/post.ts';
import { hire, openFarm, requestFor, TUESDAY, WEDNESDAY } from '../support/shop.ts';

const HOUR_MS = 3_600_000;
const BUYER = 'buyer-of-peach';
const MANUAL = { amountKrw: null, method: 'manual', reference: null, depositor: null } as const;
const PLUM_REQUEST = requestFor({});
const NOTHING_ELSE = { parcelIds: null, reason: null, account: null };

/** One notice is owed: a payment, to a buyer who can be spoken to first. */
async function oweOne(behave?: Behaviour) {
  const post = await openPost(behave);
  await post.farm.placePaid('ord_1');
  return post;
}

describe('a notice that is owed', () => {
  test('is sent once and done', async () => {
    const { delivery, sent, row, pass } = await oweOne();
    expect(await delivery.run()).toBe(1);
    expect(sent[0]?.reply.texts.join()).toContain('입금완료!');
    expect(row()).toMatchObject({ state: 'done', attempts: 1 });
    pass(HOUR_MS);
    expect(await delivery.run()).toBe(0);
    expect(sent).toHaveLength(1);
  });

  test('counts as handed over once, when a platform took it', async () => {
    const { delivery, passed, pass } = await oweOne((_, tries) =>
      tries === 1 ? new SendError('unavailable') : { kind: 'accepted', askAfterMs: 60_000 },
    );
    await delivery.run();
    expect(passed).toEqual([]);
    // Taken at the second try, and asked about afterwards.
    for (let round = 0; round < 3; round++) {
      pass(HOUR_MS);
      await delivery.run();
    }
    expect(passed).toEqual([{ storeId: 'peach', platform: 'telegram' }]);
  });

  test('waits for the next contact where the platform cannot speak first', async () => {
    const { delivery, row, store, farm } = await oweOne(() => ({ kind: 'held' }));
    await delivery.run();
    expect(row().state).toBe('held');
    expect((await store.findTurn(farm.sender, null)).held).toHaveLength(1);
  });

  test('waits for the next contact where no bot serves its platform', async () => {
    const { deliveryOf, store, row } = await oweOne();
    await deliveryOf(store, new Map()).run();
    expect(row()).toMatchObject({ state: 'held', cause: 'no_bot' });
  });

  test('that was not taken says at the next try what is true then', async () => {
    const { delivery, sent, pass, farm } = await oweOne((_, tries) =>
      tries < 3 ? new SendError('unavailable') : SENT,
    );
    await delivery.run();
    await farm.cap(TUESDAY, 0);
    pass(2 * BASE_MS);
    await delivery.run();
    pass(4 * BASE_MS);
    await delivery.run();
    expect(sent[0]?.reply.texts.join()).toContain('7/21(화) 출하 예정');
    expect(sent[2]?.reply.texts.join()).toContain('7/22(수) 출하 예정');
  });

  test('that may have been read is said again to the letter', async () => {
    const { delivery, sent, pass, farm } = await oweOne((_, tries) =>
      tries < 2 ? new SendError('time_out') : SENT,
    );
    await delivery.run();
    await farm.cap(TUESDAY, 0);
    pass(2 * BASE_MS);
    await delivery.run();
    expect(sent[1]).toMatchObject({ reply: sent[0]?.reply, key: sent[0]?.key });
    // What changed meanwhile is another message, after it.
    expect(sent[2]?.reply.texts.join()).toContain('7/21(화) → 7/22(수)');
  });

  test.each(['unavailable', 'time_out'] as const)(
    'that is no longer true after %s is not sent again',
    async (failure) => {
      const { delivery, sent, row, store, farm, pass } = await oweOne(() => new SendError(failure));
      await delivery.run();
      await store.submit(ordering.cancel(farm.asked('buyer'), 'ord_1', NOTHING_ELSE));
      pass(HOUR_MS);
      await delivery.run();
      expect(sent).toHaveLength(1);
      expect(row()).toMatchObject({ state: 'dropped', cause: 'untrue' });
    },
  );

  test('that is no longer true is dropped unsaid', async () => {
    const { delivery, sent, row, store, farm } = await oweOne();
    await store.submit(ordering.cancel(farm.asked('buyer'), 'ord_1', NOTHING_ELSE));
    await delivery.run();
    expect(sent).toEqual([]);
    expect(row().state).toBe('dropped');
  });

  test('is taken again by another worker when the first died before it sent', async () => {
    const { store, sent, row, pass, now, delivery } = await oweOne();
    expect(await store.claimOutbox({ now: now(), leaseMs: 60_000, limit: 10 })).toHaveLength(1);
    expect(await delivery.run()).toBe(0);
    pass(60_001);
    await delivery.run();
    expect(sent).toHaveLength(1);
    expect(row()).toMatchObject({ state: 'done', attempts: 2, copies: 0 });
  });

  test('is a counted copy when the first worker died while it sent', async () => {
    const { store, sent, row, pass, now, delivery } = await oweOne();
    const [mine] = await store.claimOutbox({ now: now(), leaseMs: 60_000, limit: 10 });
    if (mine === undefined) throw new Error('a row was expected');
    const content = { texts: ['입금완료!'], choices: [] };
    const leased = { now: now(), leaseMs: 60_000 };
    await store.startSending({ row: mine, bundled: [], content, copies: 0, ...leased });
    pass(60_001);
    await delivery.run();
    expect(sent.map(({ reply }) => reply)).toEqual([content]);
    expect(row()).toMatchObject({ state: 'done', copies: 1 });
  });
});

test('a message that went well is not sent again because its end met a locked file', async () => {
  const { store, deliveryOf, sent, row, pass } = await oweOne();
  let locked = 3;
  const settleOutbox: typeof store.settleOutbox = async (...args) => {
    locked -= 1;
    if (locked >= 0) throw new DomainError('busy', 'the database is locked');
    return store.settleOutbox(...args);
  };
  const handler: ProxyHandler<typeof store> = {
    get(target, name) {
      const value = name === 'settleOutbox' ? settleOutbox : Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  };
  const delivery = deliveryOf(new Proxy(store, handler));
  await delivery.run();
  pass(HOUR_MS);
  await delivery.run();
  expect(sent).toHaveLength(1);
  expect(row()).toMatchObject({ state: 'done', copies: 0 });
});

describe('several notices of one person', () => {
  test('that are due together are one message, in their order', async () => {
    const { delivery, sent, farm, rows } = await oweOne();
    await farm.placePaid('ord_2');
    await delivery.run();
    expect(sent).toHaveLength(1);
    const [text = '', another] = sent[0]?.reply.texts ?? [];
    expect(another).toBeUndefined();
    expect(text.indexOf('P7-001')).toBeLessThan(text.indexOf('P7-002'));
    const labels = sent[0]?.reply.choices.map(({ label }) => label) ?? [];
    expect(new Set(labels).size).toBe(labels.length);
    const [first, second] = rows();
    expect(first).toMatchObject({ state: 'done', bundle_id: null });
    expect(second).toMatchObject({ state: 'done', bundle_id: first?.id });
  });

  test('are as many messages as a phone needs to show them', async () => {
    const { delivery, sent, farm, rows } = await oweOne();
    for (let no = 2; no <= 30; no++) await farm.placePaid(`ord_${no}`);
    await delivery.run();
    expect(sent.length).toBeGreaterThan(1);
    for (const { reply } of sent) expect(reply.texts.join('').length).toBeLessThanOrEqual(1100);
    const said = sent.flatMap(({ reply }) => reply.texts.join().match(/P7-\d{3}/g) ?? []);
    expect(said).toHaveLength(30);
    expect(said).toEqual(said.toSorted());
    expect(rows().every(({ state }) => state === 'done')).toBe(true);
  });

  test('moves of one order are told as one, from the date told last', async () => {
    const { delivery, sent, farm } = await oweOne();
    await delivery.run();
    await farm.cap(TUESDAY, 0);
    await farm.cap(WEDNESDAY, 0);
    await delivery.run();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.reply.texts.join()).toContain('7/21(화) → 7/23(목)');
  });

  test('moves that lead back where they began are not told', async () => {
    const { delivery, sent, farm, rows } = await oweOne();
    await delivery.run();
    await farm.cap(TUESDAY, 0);
    await farm.cap(TUESDAY, 40);
    await delivery.run();
    expect(sent).toHaveLength(1);
    expect(rows('moved').map(({ state }) => state)).toEqual(['dropped', 'dropped']);
  });

  test('of two stores are two messages', async () => {
    const { delivery, sent, farm, store } = await oweOne();
    const plum = await openFarm(store, { id: 'plum', platform: 'telegram' });
    const request = { id: 'ord_p', buyerId: farm.buyerId, request: PLUM_REQUEST };
    await store.submit(ordering.place(plum.asked(), request));
    await plum.pay('ord_p');
    await delivery.run();
    expect(sent.map(({ to }) => to)).toEqual([BUYER, BUYER]);
  });

  test('are apart again after a message that nobody took, and lose none of them', async () => {
    let isDown = true;
    const { delivery, sent, farm, rows, pass, store } = await oweOne(() =>
      isDown ? new SendError('unavailable') : SENT,
    );
    await farm.placePaid('ord_2');
    await delivery.run();
    expect(rows().map(({ state, bundle_id }) => [state, bundle_id])).toEqual([
      ['due', null],
      ['due', null],
    ]);
    isDown = false;
    await store.submit(ordering.cancel(farm.asked('buyer'), 'ord_1', NOTHING_ELSE));
    pass(HOUR_MS);
    await delivery.run();
    expect(sent[1]?.reply.texts.join()).toMatch(/^입금완료! P7-002/);
    expect(rows().map(({ state }) => state)).toEqual(['dropped', 'done']);
  });

  test('keep their order while the first of them waits for its next try', async () => {
    const { delivery, sent, farm, pass } = await oweOne((_, tries) =>
      tries === 1 ? new SendError('time_out') : SENT,
    );
    await delivery.run();
    await farm.placePaid('ord_2');
    await delivery.run();
    expect(sent).toHaveLength(1);
    pass(HOUR_MS);
    await delivery.run();
    const codes = sent.map(({ reply }) => /P7-\d{3}/.exec(reply.texts.join())?.[0]);
    expect(codes).toEqual(['P7-001', 'P7-001', 'P7-002']);
  });
});

describe('a platform in trouble', () => {
  async function owesMany(count: number, behave: Behaviour) {
    const post = await openPost(behave);
    for (let no = 0; no < count; no++) {
      const store = await openFarm(post.store, { id: `farm${no}`, platform: 'telegram' });
      await store.placePaid(`ord_${no}`);
    }
    return post;
  }

  test('that asks to wait is left alone by everything that is due for it', async () => {
    const { delivery, sent, pass, rows } = await owesMany(50, () => rateLimited(90));
    await delivery.run();
    const asked = sent.length;
    // No more than were under way at once when the answer came.
    expect(asked).toBeLessThanOrEqual(16);
    pass(89_000);
    await delivery.run();
    expect(sent).toHaveLength(asked);
    // Those that were never sent have lost no attempt.
    expect(rows().filter(({ attempts }) => attempts === 0)).toHaveLength(50 - asked);
  });

  test('is tried with one message, and gets all once that goes well', async () => {
    let isDown = true;
    const { delivery, sent, pass, rows } = await owesMany(50, () =>
      isDown ? new SendError('unavailable') : SENT,
    );
    await delivery.run();
    const before = sent.length;
    pass(2 * BASE_MS);
    await delivery.run();
    expect(sent.length - before).toBe(1);
    isDown = false;
    for (let minutes = 0; minutes < 5; minutes++) {
      pass(60_000);
      await delivery.run();
    }
    expect(rows().every(({ state }) => state === 'done')).toBe(true);
    expect(sent.length - before - 1).toBe(50);
  });

  test('costs nobody an attempt who only waits for it, however many notices are his', async () => {
    const { delivery, farm, rows, pass } = await oweOne(({ to }, tries) =>
      to === BUYER || tries > 1 ? SENT : rateLimited(90),
    );
    const plum = await openFarm(farm.store, { id: 'plum', platform: 'telegram' });
    await plum.placePaid('ord_p');
    await delivery.run();
    for (const no of [2, 3]) await farm.placePaid(`ord_${no}`);
    await delivery.run();
    const waiting = rows().filter(
      ({ state, person_id }) => state === 'due' && person_id === farm.buyerId,
    );
    expect(waiting.map(({ attempts }) => attempts)).toEqual([0, 0]);
    for (const _ of [1, 2]) {
      pass(90_000);
      await delivery.run();
    }
    expect(
      rows()
        .filter(({ person_id }) => person_id === farm.buyerId)
        .map(({ state }) => state),
    ).toEqual(['done', 'done', 'done']);
  });

  test('with one message that hangs delays nobody else', async () => {
    const hanging = Promise.withResolvers<SendResult>();
    const { delivery, sent } = await owesMany(5, ({ to }) =>
      to === 'buyer-of-farm0' ? hanging.promise : SENT,
    );
    const { promise, resolve } = Promise.withResolvers<void>();
    const all = delivery.run();
    const look = setInterval(() => sent.length === 5 && resolve(), 1);
    await promise;
    clearInterval(look);
    hanging.resolve(SENT);
    expect(await all).toBe(5);
  });
});

describe('at night', () => {
  const NIGHT = '2026-07-20T14:00:00.000Z';
  const MORNING = '2026-07-20T23:00:00.000Z';

  test('what may wait goes out at the end of quiet hours, as one message, at no cost', async () => {
    const { delivery, sent, farm, setNow, rows, store } = await oweOne();
    await delivery.run();
    setNow(NIGHT);
    await farm.cap(TUESDAY, 0);
    const shipped = { parcelIds: null, to: 'shipped', carrier: null, waybills: [] } as const;
    await farm.placePaid('ord_2');
    await store.submit(ordering.advanceParcels(farm.asked('farmer'), 'ord_2', shipped));
    await delivery.run();
    expect(rows('shipped')).toMatchObject([{ state: 'due', due_at: MORNING, attempts: 0 }]);
    const before = sent.length;
    setNow('2026-07-20T22:59:59.000Z');
    await delivery.run();
    expect(sent).toHaveLength(before);
    setNow(MORNING);
    await delivery.run();
    expect(sent).toHaveLength(before + 1);
    expect(sent.at(-1)?.reply.texts.join()).toMatch(/출하일이 바뀌었어요.*상자를 보냈어요/s);
  });

  test('a payment of somebody who just acted does not wait behind what does', async () => {
    const { delivery, sent, farm, setNow, store } = await oweOne();
    await delivery.run();
    setNow(NIGHT);
    await farm.cap(TUESDAY, 0);
    await delivery.run();
    const asked = { ...farm.asked(), now: new Date(NIGHT) };
    const request = { id: 'ord_2', buyerId: farm.buyerId, request: PLUM_REQUEST };
    await store.submit(ordering.place(asked, request));
    await store.submit(ordering.pay(asked, 'ord_2', { ...MANUAL, at: NIGHT }));
    await delivery.run();
    expect(sent.at(-1)?.reply.texts.join()).toMatch(/^입금완료! P7-002/);
    expect(sent).toHaveLength(2);
  });

  test('a retry that falls into quiet hours waits for their end', async () => {
    const { delivery, sent, farm, setNow, row } = await oweOne(({ reply }) =>
      reply.texts.join().includes('출하일') ? rateLimited(3600) : SENT,
    );
    await delivery.run();
    await farm.cap(TUESDAY, 0);
    setNow('2026-07-20T11:30:00.000Z');
    await delivery.run();
    const before = sent.length;
    setNow('2026-07-20T12:40:00.000Z');
    await delivery.run();
    expect(sent).toHaveLength(before);
    expect(row('moved')).toMatchObject({ state: 'due', due_at: MORNING, attempts: 1 });
  });

  test('staff are told at any hour, but in the hours they chose for themselves', async () => {
    const { delivery, sent, farm, setNow, store } = await oweOne();
    const { personId } = await hire(store, { storeId: 'peach', role: 'seller' });
    await delivery.run();
    setNow(NIGHT);
    await farm.cap(TUESDAY, 0);
    await delivery.run();
    expect(sent.at(-1)?.to).toBe('seller-of-peach');
    const hours = { from: '22:00', to: '06:00' };
    await store.setQuietHours({ personId, storeId: 'peach', hours });
    await farm.cap(WEDNESDAY, 0);
    const before = sent.length;
    await delivery.run();
    expect(sent).toHaveLength(before);
    setNow('2026-07-20T21:00:00.000Z');
    await delivery.run();
    expect(sent.slice(before).map(({ to }) => to)).toEqual(['seller-of-peach']);
  });
});

describe('the wait before the next try', () => {
  const attempts = fc.integer({ min: 1, max: 60 });
  const random = fc.double({ min: 0, max: 1, noNaN: true });

  test('lies between half and all of a doubling that ends at an hour', () => {
    fc.assert(
      fc.property(attempts, random, (tries, chance) => {
        const options = { baseMs: BASE_MS, random: chance, retryAfterMs: null };
        const ceiling = Math.min(3_600_000, BASE_MS * 2 ** tries);
        const delay = retryDelayMs(tries, options);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(ceiling / 2));
        expect(delay).toBeLessThanOrEqual(ceiling);
      }),
    );
  });

  test('is never shorter than the platform asked for', () => {
    fc.assert(
      fc.property(attempts, random, fc.nat(10_000_000), (tries, chance, retryAfterMs) => {
        const options = { baseMs: BASE_MS, random: chance, retryAfterMs };
        expect(retryDelayMs(tries, options)).toBeGreaterThanOrEqual(retryAfterMs);
      }),
    );
  });
});
