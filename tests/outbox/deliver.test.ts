import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bot, type Reply, SendError, type SendResult } from '../../src/chat/bot.ts';
import { wordsFor } from '../../src/chat/notices.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Store } from '../../src/orders/store.ts';
import { createDelivery } from '../../src/outbox/deliver.ts';
import { ATTEMPTS_MAX, retryDelayMs } from '../../src/outbox/retry.ts';
import { openFarm } from '../support/shop.ts';
import { openWithConnection } from '../support/sqlite.ts';

const BASE_MS = 1000;

type Sent = { readonly reply: Reply; readonly key: string };

/** A farm whose buyer sits at a platform that can be spoken to first, with one notice owed. */
async function oweOne(answer: (tries: number) => SendResult | Error | Promise<SendResult>) {
  const { store, db } = openWithConnection();
  const farm = await openFarm(store, { platform: 'telegram' });
  await store.submit(farm.placing('ord_1'));
  await store.submit(farm.paying('ord_1'));
  const sent: Sent[] = [];
  const bot: Bot = {
    platform: 'telegram',
    dropsCopies: false,
    async send(_to, reply, key) {
      sent.push({ reply, key });
      const result = await answer(sent.length);
      if (result instanceof Error) throw result;
      return result;
    },
  };
  let at = farm.asked().now;
  const delivery = createDelivery({
    store,
    bots: new Map([['telegram', bot]]),
    wordsFor,
    now: () => at,
    random: () => 1,
    retryBaseMs: BASE_MS,
    log: () => undefined,
  });
  const row = () =>
    db.prepare('SELECT state, attempts, cause, due_at FROM outbox').get() as {
      state: string;
      attempts: number;
      cause: string | null;
      due_at: string | null;
    };
  const pass = (ms: number) => {
    at = new Date(at.getTime() + ms);
  };
  return { store, farm, sent, delivery, row, pass, now: () => at, db };
}

describe('a notice that is owed', () => {
  test('is sent once and done', async () => {
    const { delivery, sent, row, pass } = await oweOne(() => ({ kind: 'sent' }));
    expect(await delivery.run()).toBe(1);
    expect(sent[0]?.reply.texts.join()).toContain('입금완료!');
    expect(row()).toMatchObject({ state: 'done', attempts: 1 });
    pass(3_600_000);
    expect(await delivery.run()).toBe(0);
    expect(sent).toHaveLength(1);
  });

  test('waits for the next contact where the platform cannot speak first', async () => {
    const { delivery, row } = await oweOne(() => ({ kind: 'held' }));
    await delivery.run();
    expect(row().state).toBe('held');
  });

  test('is dead at once when the platform refuses for good', async () => {
    const { delivery, row } = await oweOne(() => ({ kind: 'refused', reason: 'blocked' }));
    await delivery.run();
    expect(row()).toMatchObject({ state: 'dead', cause: 'blocked', attempts: 1 });
  });

  test('is tried again after a failure, later each time, with the same words and key', async () => {
    const { delivery, sent, row, pass, store, farm } = await oweOne((tries) =>
      tries < 3 ? new Error('down') : { kind: 'sent' },
    );
    await delivery.run();
    expect(row()).toMatchObject({ state: 'due', cause: 'Error' });
    expect(await delivery.run()).toBe(0);
    pass(2 * BASE_MS);
    // What happens meanwhile does not change what was tried to be said.
    await store.submit(ordering.cancel(farm.asked('seller'), 'ord_1', NOTHING_ELSE));
    await delivery.run();
    pass(4 * BASE_MS);
    await delivery.run();
    const own = sent.filter(({ key }) => key === sent[0]?.key);
    expect(own).toHaveLength(3);
    expect(new Set(own.map(({ reply }) => JSON.stringify(reply))).size).toBe(1);
  });

  test('waits as long as the platform asks for', async () => {
    const { delivery, row, now } = await oweOne(() => new SendError('slow down', 90_000));
    await delivery.run();
    expect(Date.parse(row().due_at ?? '')).toBeGreaterThanOrEqual(now().getTime() + 90_000);
  });

  test('is dead after the last try, with its cause', async () => {
    const { delivery, sent, row, pass } = await oweOne(() => new TypeError('bug'));
    for (let tries = 0; tries < ATTEMPTS_MAX + 3; tries++) {
      await delivery.run();
      pass(2 * 3_600_000);
    }
    expect(sent).toHaveLength(ATTEMPTS_MAX);
    expect(row()).toMatchObject({ state: 'dead', cause: 'TypeError', attempts: ATTEMPTS_MAX });
  });

  test('that is no longer true is dropped unsaid', async () => {
    const { delivery, sent, row, store, farm } = await oweOne(() => ({ kind: 'sent' }));
    await store.submit(ordering.cancel(farm.asked('buyer'), 'ord_1', NOTHING_ELSE));
    await delivery.run();
    expect(sent).toEqual([]);
    expect(row().state).toBe('dropped');
  });

  test('is dropped where no bot serves its platform', async () => {
    const { store, row } = await oweOne(() => ({ kind: 'sent' }));
    await deliveryWithout(store).run();
    expect(row().state).toBe('dropped');
  });

  test('is taken again by another worker when the first died while sending', async () => {
    const { store, sent, row, pass, now, delivery } = await oweOne(() => ({ kind: 'sent' }));
    expect(await store.claimOutbox({ now: now(), leaseMs: 60_000, limit: 10 })).toHaveLength(1);
    expect(await delivery.run()).toBe(0);
    pass(60_001);
    await delivery.run();
    expect(sent).toHaveLength(1);
    expect(row()).toMatchObject({ state: 'done', attempts: 2 });
  });
});

const NOTHING_ELSE = { parcelIds: null, reason: null, account: null };

function deliveryWithout(store: Store) {
  return createDelivery({
    store,
    bots: new Map(),
    wordsFor,
    now: () => new Date('2030-01-01T00:00:00Z'),
    random: () => 0,
    retryBaseMs: BASE_MS,
    log: () => undefined,
  });
}

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
