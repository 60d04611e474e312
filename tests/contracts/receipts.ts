// What every storage engine owes a receipt that is asked for: sealed for its buyer, gone with him.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import type { Store } from '../../src/orders/store.ts';
import { type Farm, hire, MONDAY, MONDAY_NOON, openFarm, refused } from '../support/shop.ts';

const DETAILS = { number: '01077778888', email: null };

export function testReceipts(name: string, open: () => Promise<Store>): void {
  describe(`${name} with receipts`, () => {
    let store: Store;
    let farm: Farm;
    beforeEach(async () => {
      store = await open();
      farm = await openFarm(store);
      await farm.placePaid('ord_1');
    });
    afterEach(() => store.close());

    const ask = (details: Partial<typeof DETAILS> = {}, orderId = 'ord_1') =>
      store.submit(
        ordering.askReceipt(farm.asked(), orderId, {
          kind: 'cash',
          details: { ...DETAILS, ...details },
        }),
      );
    const done = (id = 'rec_1-1', at = MONDAY_NOON) =>
      store.submit(ordering.receiptDone(farm.asked('seller', at), 'ord_1', id));
    const of = (state?: 'asked' | 'done') =>
      store.findReceipts({ storeId: 'peach', state, limit: 9 });
    const owed = async (kind: string) =>
      (await store.claimOutbox({ now: MONDAY_NOON, leaseMs: 0, limit: 50 })).filter(
        (row) => row.kind === kind,
      );

    test('one is kept with what it is made out to, and the seller hears of it without that', async () => {
      await hire(store, { storeId: 'peach', role: 'seller' });
      await ask();
      expect(await of('asked')).toEqual([
        {
          ...{ id: 'rec_1-1', storeId: 'peach', orderId: 'ord_1', code: 'P7-001' },
          ...{ kind: 'cash', state: 'asked', details: DETAILS, orderState: 'paid' },
          ...{ amountKrw: 40_000, askedAt: MONDAY_NOON.toISOString(), doneAt: null },
        },
      ]);
      expect(await store.findReceipt('peach', 'rec_1-1')).toEqual((await of())[0]);
      expect(await store.findReceipt('apple', 'rec_1-1')).toBeNull();
      const told = await owed('receipt_asked');
      expect(told).toMatchObject([{ data: { receipt: 'rec_1-1', isCorrected: false } }]);
      expect(JSON.stringify(told)).not.toContain(DETAILS.number);
      expect(await store.findTotals('peach', { today: MONDAY })).toMatchObject({ receipts: 1 });
    });

    test('asked again it is the same one: silent when nothing changed, else corrected', async () => {
      await hire(store, { storeId: 'peach', role: 'seller' });
      await ask();
      await ask();
      await ask({ number: '01099990000' });
      expect(await of()).toMatchObject([{ details: { number: '01099990000' } }]);
      const told = await owed('receipt_asked');
      expect(told.map(({ data }) => data.isCorrected)).toEqual([false, true]);
    });

    test('made out twice, also at the same moment, it is told once', async () => {
      await ask();
      await Promise.all([done(), done()]);
      expect(await of('done')).toMatchObject([
        { state: 'done', doneAt: MONDAY_NOON.toISOString() },
      ]);
      expect(await of('asked')).toEqual([]);
      expect(await refused(ask({ number: '01099990000' }))).toBe('conflict');
      const history = await store.findHistory('peach', 'ord_1');
      expect(history.filter(({ event }) => event === 'receipt_done')).toHaveLength(1);
    });

    test('an order that takes none is refused, and one that was cancelled is no work any more', async () => {
      await ask();
      await farm.cancel('ord_1');
      expect(await refused(ask({ number: '01099990000' }))).toBe('conflict');
      expect(await of('asked')).toEqual([]);
      expect(await store.findTotals('peach', { today: MONDAY })).toMatchObject({ receipts: 0 });
      expect(await refused(done('rec_1-9'))).toBe('not_found');
    });

    test('what it was made out to goes with its buyer, and the receipt stays', async () => {
      await farm.place('ord_2');
      await ask({}, 'ord_2');
      await farm.cancel('ord_2');
      await store.forgetPerson(farm.buyerId, MONDAY_NOON);
      expect(await store.findReceipt('peach', 'rec_2-1')).toMatchObject({ details: null });
      await ask();
      expect(await store.findReceipt('peach', 'rec_1-1')).toMatchObject({ details: DETAILS });
      expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    });
  });
}
