// What every storage engine owes the money that goes back: an account for the seller alone, gone with the refund.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import type { Store } from '../../src/orders/store.ts';
import { type Farm, hire, MONDAY_NOON, openFarm, refused } from '../support/shop.ts';

const ACCOUNT = { bank: '농협', account: '3021234567891', holder: '김영희' };
const MINUTE_MS = 60_000;

export function testRefunds(name: string, open: () => Promise<Store>): void {
  describe(`${name} with money that goes back`, () => {
    let store: Store;
    let farm: Farm;
    beforeEach(async () => {
      store = await open();
      farm = await openFarm(store, { platform: 'web' });
      await farm.placePaid('ord_1', {}, {});
    });
    afterEach(() => store.close());

    const faults = async () => (await store.doctor()).filter(({ ok }) => !ok);
    const later = (minutes: number) => new Date(MONDAY_NOON.getTime() + minutes * MINUTE_MS);
    const done = (ids: readonly string[], at = MONDAY_NOON) =>
      store.submit(ordering.refundDone(farm.asked('seller', at), 'ord_1', ids));
    const claim = (at = MONDAY_NOON) => store.claimOutbox({ now: at, leaseMs: 0, limit: 50 });

    test('the seller is owed one notice for an account, without the account in it', async () => {
      const seller = await hire(store, { storeId: 'peach', role: 'seller' });
      await farm.cancel('ord_1', ['par_1-1']);
      expect(await farm.giveAccount('ord_1', ACCOUNT)).toBe(1);
      expect(await farm.giveAccount('ord_1', ACCOUNT)).toBe(1);
      const owed = (await claim()).filter(({ kind }) => kind === 'refund_due');
      expect(owed).toMatchObject([
        {
          personId: seller.personId,
          orderId: 'ord_1',
          said: null,
          data: { code: 'P7-001', refunds: ['ref_1-1'], isCorrected: false },
        },
      ]);
      expect(JSON.stringify(owed)).not.toContain(ACCOUNT.account);
      const history = await store.findHistory('peach', 'ord_1');
      expect(history.filter(({ event }) => event === 'refund_due')).toMatchObject([
        { who: 'buyer', detail: { amountKrw: 40_000 } },
      ]);
    });

    test('the account is there until the refund ends, and so are the words that held it', async () => {
      const seller = await hire(store, { storeId: 'peach', role: 'seller' });
      await farm.cancel('ord_1');
      await farm.giveAccount('ord_1', ACCOUNT);
      expect(await store.findRefund('peach', 'ref_1-1')).toMatchObject({
        ...{ state: 'due', account: ACCOUNT, endedAt: null, storeId: 'peach' },
      });
      const [row] = (await claim()).filter(({ kind }) => kind === 'refund_due');
      if (row === undefined) throw new Error('nothing is owed');
      const content = { texts: [ACCOUNT.account], choices: [] };
      const sending = { row, bundled: [], content, copies: 0, now: MONDAY_NOON, leaseMs: 0 };
      await store.startSending(sending);
      const end = { state: 'dead', cause: 'blocked', content } as const;
      await store.settleOutbox(row, end, MONDAY_NOON);
      const again = { id: row.id, now: MONDAY_NOON, mending: { how: 'retry' } } as const;
      await done(['ref_1-1'], later(5));
      expect(await store.findRefund('peach', 'ref_1-1')).toMatchObject({
        ...{ state: 'done', account: null, endedAt: later(5).toISOString() },
      });
      await store.mendLetter(again);
      const retried = (await claim()).find(({ id }) => id === row.id);
      expect(retried).toMatchObject({ personId: seller.personId, content: null });
      expect(await faults()).toEqual([]);
    });

    test('sent twice, also at the same moment, is sent once', async () => {
      await farm.cancel('ord_1');
      await farm.giveAccount('ord_1', ACCOUNT);
      const [one, other] = await Promise.all([done(['ref_1-1']), done(['ref_1-1'])]);
      expect(other.answer.refunds).toEqual(one.answer.refunds);
      expect(await store.findOrder('peach', 'ord_1')).toMatchObject({
        ...{ refundedKrw: 80_000, refundDueKrw: 0 },
      });
      const told = (await claim()).filter(({ kind }) => kind === 'refund_done');
      expect(told).toHaveLength(1);
      expect(told[0]?.data).toMatchObject({ actedAt: MONDAY_NOON.toISOString() });
      expect(await faults()).toEqual([]);
    });

    test('what failed says why to the buyer, and waits for another account', async () => {
      await farm.cancel('ord_1');
      await farm.giveAccount('ord_1', ACCOUNT);
      const failure = { refundIds: ['ref_1-1'], reason: '예금주가 달라요' };
      const fail = ordering.refundFailed(farm.asked('seller'), 'ord_1', failure);
      await store.submit(fail);
      const [told] = (await claim()).filter(({ kind }) => kind === 'refund_failed');
      expect(told).toMatchObject({ said: '예금주가 달라요', data: { amountKrw: 80_000 } });
      expect(await store.findOpenRefunds('peach', 9)).toMatchObject([{ state: 'failed' }]);
      expect(await farm.giveAccount('ord_1', ACCOUNT)).toBe(1);
      expect(await store.findOpenRefunds('peach', 9)).toMatchObject([{ state: 'due' }]);
    });

    test('an account given with the cancel is the seller’s task at once', async () => {
      await hire(store, { storeId: 'peach', role: 'seller' });
      const request = { parcelIds: null, reason: null, account: ACCOUNT };
      await store.submit(ordering.cancel(farm.asked('admin'), 'ord_1', request));
      expect((await claim()).map(({ kind }) => kind)).toContain('refund_due');
      expect(await store.findRefund('peach', 'ref_1-1')).toMatchObject({ account: ACCOUNT });
    });

    test('refunds are listed by state, newest first, of their own store', async () => {
      await farm.cancel('ord_1', ['par_1-1']);
      await farm.giveAccount('ord_1', ACCOUNT);
      await done(['ref_1-1']);
      const second = ordering.cancel(farm.asked('buyer', later(9)), 'ord_1', {
        ...{ parcelIds: null, reason: null, account: null },
      });
      await store.submit(second);
      const of = async (state?: 'done' | 'needs_account' | 'due') =>
        (await store.findRefundsOf({ storeId: 'peach', state, limit: 9 })).map(({ id }) => id);
      expect(await of()).toEqual(['ref_1-2', 'ref_1-1']);
      expect(await of('done')).toEqual(['ref_1-1']);
      expect(await of('needs_account')).toEqual(['ref_1-2']);
      expect(await of('due')).toEqual([]);
      expect(await store.findRefundsOf({ storeId: 'apple', limit: 9 })).toEqual([]);
      expect(await store.findRefund('apple', 'ref_1-1')).toBeNull();
    });

    test('a refund that is not there is refused', async () => {
      expect(await refused(done(['ref_1-9']))).toBe('not_found');
    });
  });
}
