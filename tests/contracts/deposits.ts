// What every storage engine owes the books of deposits: each booked once, with what it pays, and offset whole.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Order } from '../../src/orders/order.ts';
import { dueKrw } from '../../src/orders/order.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Store } from '../../src/orders/store.ts';
import type { Deposit, DepositStore, Outcome, SeenDeposit } from '../../src/payments/store.ts';
import { type Farm, hire, MONDAY_NOON, openFarm, refused, TUESDAY } from '../support/shop.ts';

const MINUTE_MS = 60_000;
const SEEN: SeenDeposit = {
  at: '2026-07-20T02:00:00.000Z',
  precision: 'second',
  name: '김영희042',
  amountKrw: 75_000,
  memo: null,
  balanceKrw: 1_234_000,
  source: 'file',
  sourceId: 'july.csv',
  nth: 0,
};
const NOTHING = { orderIds: [], who: 'system', detail: {}, commands: [], notices: [] } as const;

export function testDeposits(name: string, open: () => Promise<Store & DepositStore>): void {
  describe(`${name} as the books of deposits`, () => {
    let store: Store & DepositStore;
    let farm: Farm;
    beforeEach(async () => {
      store = await open();
      farm = await openFarm(store);
    });
    afterEach(() => store.close());

    const faults = async () => (await store.doctor()).filter(({ ok }) => !ok);
    const order = async (id: string): Promise<Order> => {
      const found = await store.findOrder('peach', id);
      if (found === null) throw new Error(`no order ${id}`);
      return found;
    };
    const book = (
      id: string,
      seen: Partial<SeenDeposit> = {},
      outcome: Partial<Outcome> = {},
      findSame: (alike: readonly Deposit[]) => Deposit | null = () => null,
    ) =>
      store.bookDeposit({
        storeId: 'peach',
        now: MONDAY_NOON,
        id,
        seen: { ...SEEN, ...seen },
        judge(alike) {
          const same = findSame(alike);
          return same === null
            ? { ...NOTHING, state: 'asked', act: 'asked', ...outcome }
            : { same };
        },
      });
    const paying = (orderId: string, depositId: string, amountKrw: number, isRevived = false) =>
      ordering.takeDeposit(farm.asked('system'), orderId, {
        ...{ depositId, amountKrw, isRevived },
        depositor: SEEN.name,
        at: SEEN.at,
      });
    const pay = (orderId: string, depositId: string, amountKrw: number, isRevived = false) =>
      book(
        depositId,
        { amountKrw },
        {
          state: 'booked',
          act: 'booked',
          orderIds: [orderId],
          commands: [paying(orderId, depositId, amountKrw, isRevived)],
        },
      );

    test('books a deposit with the payment it makes, and reads back what the bank wrote', async () => {
      await farm.place('ord_1', { boxes: 2 });
      const { deposit, isNew } = await pay('ord_1', 'dep_1', 75_000);
      expect(isNew).toBe(true);
      expect(await store.findDeposit('dep_1')).toEqual(deposit);
      const { precision, sourceId, nth, ...written } = SEEN;
      expect(deposit.sightings).toMatchObject([{ precision, sourceId, nth }]);
      expect(deposit).toMatchObject({ ...written, state: 'booked', orderIds: ['ord_1'] });
      expect(await order('ord_1')).toMatchObject({ state: 'paid', paidKrw: 75_000 });
      expect(await store.findDepositHistory('peach', 'dep_1')).toMatchObject([{ act: 'booked' }]);
      expect(await faults()).toEqual([]);
    });

    test('keeps nothing of a deposit whose payment is refused', async () => {
      await farm.place('ord_1', { boxes: 2 });
      const work = book(
        'dep_1',
        {},
        { state: 'booked', act: 'booked', commands: [paying('ord_none', 'dep_1', 75_000)] },
      );
      expect(await refused(work)).toBe('not_found');
      expect(await store.findDeposit('dep_1')).toBeNull();
    });

    test('counts and sums up what waits for an answer, of its own store', async () => {
      const plum = await openFarm(store, { id: 'plum' });
      await book('dep_1', { amountKrw: 40_000 });
      await book('dep_2', { amountKrw: 1_000 });
      await book('dep_3', {}, { state: 'none', act: 'not_ours' });
      const today = TUESDAY;
      const totals = await store.findTotals('peach', { today });
      expect(totals).toMatchObject({ deposits: 2, depositsKrw: 41_000 });
      expect(await store.findTotals(plum.shop.id, { today })).toMatchObject({ deposits: 0 });
    });

    test('completes a deposit that another source tells of again', async () => {
      await book('dep_1', { name: '김영희', balanceKrw: null });
      const again = await book('dep_2', { name: '김영희042', source: 'notice' }, {}, ([same]) =>
        same === undefined ? null : same,
      );
      expect(again).toMatchObject({ isNew: false, deposit: { id: 'dep_1', name: '김영희042' } });
      expect(await store.findDeposit('dep_1')).toMatchObject({ balanceKrw: 1_234_000 });
      expect(await store.findDeposits({ storeId: 'peach', limit: 9 })).toHaveLength(1);
      const acts = await store.findDepositHistory('peach', 'dep_1');
      expect(acts.map(({ act }) => act)).toEqual(['asked', 'seen_again']);
    });

    test('shows as alike only what came within a day and left no other balance', async () => {
      await book('dep_1');
      const at = (hours: number) =>
        new Date(Date.parse(SEEN.at) + hours * 60 * MINUTE_MS).toISOString();
      const alike: string[][] = [];
      const look = (id: string, seen: Partial<SeenDeposit>) =>
        book(id, seen, {}, (found) => {
          alike.push(found.map((one) => one.id));
          return null;
        });
      await look('dep_2', { at: at(24) });
      await look('dep_3', { at: at(-25) });
      await look('dep_4', { amountKrw: 75_001 });
      await look('dep_5', { balanceKrw: 1_234_001 });
      await look('dep_6', { balanceKrw: null });
      const isFirstAlike = alike.map((ids) => ids.includes('dep_1'));
      expect(isFirstAlike).toEqual([true, false, false, false, true]);
      expect(alike.slice(0, 3)).toEqual([['dep_1'], [], []]);
    });

    test('takes a part, then the rest', async () => {
      await farm.place('ord_1', { boxes: 2 });
      await pay('ord_1', 'dep_1', 70_000);
      expect(await order('ord_1')).toMatchObject({ state: 'awaiting_payment', paidKrw: 70_000 });
      await pay('ord_1', 'dep_2', 5_000);
      expect(await order('ord_1')).toMatchObject({ state: 'paid', paidKrw: 75_000 });
      expect(await faults()).toEqual([]);
    });

    test('opens what is more than an order costs as a refund', async () => {
      await farm.place('ord_1', { boxes: 2 });
      await pay('ord_1', 'dep_1', 80_000);
      expect(await order('ord_1')).toMatchObject({ state: 'paid', refundDueKrw: 5_000 });
      expect(await store.findRefunds('peach', 'ord_1')).toMatchObject([
        { amountKrw: 5_000, state: 'needs_account' },
      ]);
      expect(await faults()).toEqual([]);
    });

    test('opens all of it where the order takes no money any more', async () => {
      await farm.place('ord_1', { boxes: 2 });
      await farm.cancel('ord_1');
      await pay('ord_1', 'dep_1', 75_000);
      expect(await order('ord_1')).toMatchObject({ state: 'cancelled', refundDueKrw: 75_000 });
      await farm.placePaid('ord_2', { boxes: 1 });
      await pay('ord_2', 'dep_2', 40_000);
      expect(await order('ord_2')).toMatchObject({ state: 'paid', refundDueKrw: 40_000 });
      expect(await faults()).toEqual([]);
    });

    test('revives an expired order by its late money, or gives the money back', async () => {
      await farm.place('ord_1', { boxes: 2 });
      await farm.place('ord_2', { boxes: 2 });
      const over = new Date(MONDAY_NOON.getTime() + 48 * 60 * MINUTE_MS);
      for (const id of ['ord_1', 'ord_2'])
        await store.submit(ordering.expire(farm.asked('system', over), id));
      await pay('ord_1', 'dep_1', 75_000, true);
      await pay('ord_2', 'dep_2', 75_000, false);
      expect(await order('ord_1')).toMatchObject({ state: 'paid', refundDueKrw: 0 });
      expect(await order('ord_2')).toMatchObject({ state: 'expired', refundDueKrw: 75_000 });
      expect(await faults()).toEqual([]);
    });

    test('takes a booking back whole: the money, the refund of it, the days', async () => {
      await farm.place('ord_1', { boxes: 2 });
      await pay('ord_1', 'dep_1', 80_000);
      const deposit = (await store.findDeposit('dep_1')) as Deposit;
      const undone = await store.settleDeposit({
        deposit,
        now: MONDAY_NOON,
        outcome: {
          ...NOTHING,
          state: 'asked',
          act: 'undone',
          commands: [ordering.takeBackDeposit(farm.asked('seller'), 'ord_1', 'dep_1')],
        },
      });
      expect(undone).toMatchObject({ state: 'asked' });
      const owed = await order('ord_1');
      expect(owed).toMatchObject({
        ...{ state: 'awaiting_payment', paidKrw: 0, refundDueKrw: 0 },
        ...{ paidAt: null, depositedAt: null, bookingSeq: null },
        parcels: [{ state: 'waiting', harvestDate: null }],
      });
      expect(dueKrw(owed)).toBe(75_000);
      expect((await store.findDays('peach', TUESDAY)).get(TUESDAY)?.reservedBoxes).toBe(0);
      expect(await faults()).toEqual([]);
      await pay('ord_1', 'dep_2', 75_000);
      expect(await order('ord_1')).toMatchObject({ state: 'paid', bookingSeq: expect.any(Number) });
      expect(await faults()).toEqual([]);
    });

    test('settles a deposit for one of two who answer at once', async () => {
      await farm.place('ord_1', { boxes: 2 });
      const { deposit } = await book('dep_1');
      const settling = (id: string) => ({
        deposit,
        now: MONDAY_NOON,
        outcome: {
          ...NOTHING,
          state: 'booked' as const,
          act: 'resolved' as const,
          orderIds: [id],
          commands: [paying(id, 'dep_1', 75_000)],
        },
      });
      const ends = await Promise.all([
        store.settleDeposit(settling('ord_1')),
        store.settleDeposit(settling('ord_1')),
      ]);
      expect(ends.filter((end) => end !== null)).toHaveLength(1);
      expect(await order('ord_1')).toMatchObject({ paidKrw: 75_000, refundDueKrw: 0 });
    });

    test('ties a payment confirmed by hand to the deposit it was, and looses it again', async () => {
      await farm.place('ord_1', { boxes: 2 });
      const manual = {
        amountKrw: null,
        method: 'manual',
        reference: null,
        depositor: null,
      } as const;
      await store.submit(ordering.pay(farm.asked('seller'), 'ord_1', { ...manual, at: SEEN.at }));
      const payable = async () =>
        (
          await store.findPayable({ storeId: 'peach', of: 'all', since: '', after: null, limit: 9 })
        )[0];
      expect(await payable()).toMatchObject({ untiedKrw: 75_000, state: 'paid' });
      const { deposit } = await book(
        'dep_1',
        {},
        { state: 'booked', act: 'tied', orderIds: ['ord_1'], tiedTo: { orderId: 'ord_1' } },
      );
      expect(await payable()).toMatchObject({ untiedKrw: 0, paidKrw: 75_000 });
      expect(await faults()).toEqual([]);
      const outcome = { ...NOTHING, state: 'asked', act: 'undone' } as const;
      await store.settleDeposit({ deposit, now: MONDAY_NOON, outcome });
      expect(await payable()).toMatchObject({ untiedKrw: 75_000 });
      expect(await faults()).toEqual([]);
    });

    test('pays a refund out once, erases its account, and reminds of the account once', async () => {
      await hire(store, { storeId: 'peach', role: 'seller' });
      await farm.place('ord_1', { boxes: 2 });
      await pay('ord_1', 'dep_1', 80_000);
      const remind = () => store.submit(ordering.remindRefund(farm.asked('system'), 'ord_1'));
      expect([(await remind()).answer, (await remind()).answer]).toEqual([true, false]);
      const account = { bank: '농협', account: '302-1234-5678-91', holder: '김영희' };
      await farm.giveAccount('ord_1', account);
      const [refund] = await store.findOpenRefunds('peach', 9);
      expect(refund).toMatchObject({ state: 'due', account });
      const id = refund?.id ?? '';
      const failure = { refundIds: [id], reason: null };
      await store.submit(ordering.refundFailed(farm.asked('seller'), 'ord_1', failure));
      expect(await order('ord_1')).toMatchObject({ refundDueKrw: 5_000 });
      await farm.giveAccount('ord_1', account);
      const done = () => store.submit(ordering.refundDone(farm.asked('seller'), 'ord_1', [id]));
      await done();
      await done();
      expect(await order('ord_1')).toMatchObject({ refundedKrw: 5_000, refundDueKrw: 0 });
      expect(dueKrw(await order('ord_1'))).toBe(0);
      expect(await store.findOpenRefunds('peach', 9)).toEqual([]);
      expect(await faults()).toEqual([]);
    });

    test('hands a part-paid order to the seller once, and never lets it expire', async () => {
      await farm.place('ord_1', { boxes: 2 });
      await pay('ord_1', 'dep_1', 70_000);
      const over = new Date(MONDAY_NOON.getTime() + 48 * 60 * MINUTE_MS);
      expect(await store.findExpired(over, 9)).toHaveLength(1);
      await store.submit(ordering.expire(farm.asked('system', over), 'ord_1'));
      expect(await store.findExpired(over, 9)).toEqual([]);
      expect(await order('ord_1')).toMatchObject({ state: 'awaiting_payment' });
      await store.submit(ordering.waitForRest(farm.asked('seller', over), 'ord_1'));
      expect(await order('ord_1')).toMatchObject({ handedAt: null });
    });
  });
}
