// What every storage engine owes a bookkeeper: the money of a period by the instant at the bank, order by order.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { carriedKrw, periodOf, settle } from '../../src/orders/settlement.ts';
import type { Store } from '../../src/orders/store.ts';
import {
  type Farm,
  MONDAY,
  MONDAY_NOON,
  openFarm,
  THURSDAY,
  TUESDAY,
  WEDNESDAY,
} from '../support/shop.ts';

const SEOUL = 'Asia/Seoul';
const DAY_MS = 86_400_000;
const NOTHING = {
  ...{ orders: 0, goodsKrw: 0, shippingKrw: 0, surchargeKrw: 0 },
  ...{ paidKrw: 0, refundedKrw: 0, openKrw: 0 },
};

export function testSettlement(name: string, open: () => Promise<Store>): void {
  describe(`${name} with the money of a period`, () => {
    let store: Store;
    let farm: Farm;
    beforeEach(async () => {
      store = await open();
      farm = await openFarm(store, { policy: { jejuFeeKrw: 4_000 } });
    });
    afterEach(() => store.close());

    const rowsOf = (from: string, to = from) =>
      store.findSettled('peach', periodOf(from, to, SEOUL));
    const sums = async (from: string, to = from) => settle(await rowsOf(from, to));
    const later = (days: number) => new Date(MONDAY_NOON.getTime() + days * DAY_MS);
    const deposit = (orderId: string, amountKrw: number, at = MONDAY_NOON) =>
      store.submit(
        ordering.takeDeposit(farm.asked('system', at), orderId, {
          ...{ depositId: `dep_${orderId}`, amountKrw, isRevived: false },
          ...{ depositor: null, at: at.toISOString() },
        }),
      );
    const sendRefund = async (orderId: string, at = MONDAY_NOON) => {
      const ids = (await store.findRefunds('peach', orderId)).map(({ id }) => id);
      await store.submit(ordering.refundDone(farm.asked('seller', at), orderId, ids));
    };

    test('an order that was paid counts with its goods, shipping and surcharge', async () => {
      await farm.placePaid('ord_1', { boxes: 3 }, { boxes: 1, address: '제주 제주시 첨단로 242' });
      await farm.place('ord_2');
      const [order] = await store.findOrders({ storeId: 'peach', state: 'paid', limit: 1 });
      const { goodsKrw, shippingKrw, surchargeKrw, totalKrw: paidKrw, code } = order as never;
      expect({ goodsKrw, shippingKrw, surchargeKrw }).toEqual({
        ...{ goodsKrw: 140_000, shippingKrw: 15_000, surchargeKrw: 4_000 },
      });
      expect(await rowsOf(MONDAY)).toEqual([
        {
          ...{ code, goodsKrw, shippingKrw, surchargeKrw, paidKrw, refundedKrw: 0, openKrw: 0 },
          ...{ isCounted: true, placedAt: expect.any(String), paidAt: MONDAY_NOON.toISOString() },
        },
      ]);
      expect(await sums(TUESDAY)).toEqual(NOTHING);
    });

    test('a day ends at midnight of the store, to the millisecond', async () => {
      await farm.place('ord_1');
      await farm.place('ord_2');
      await farm.pay('ord_1', new Date('2026-07-20T14:59:59.999Z'));
      await farm.pay('ord_2', new Date('2026-07-20T15:00:00.000Z'));
      const codes = async (date: string) => (await rowsOf(date)).map(({ code }) => code);
      expect(await codes(MONDAY)).toEqual(['P7-001']);
      expect(await codes(TUESDAY)).toEqual(['P7-002']);
      expect(await sums(MONDAY, TUESDAY)).toMatchObject({ orders: 2, paidKrw: 80_000 });
      await farm.place('ord_3', { boxes: 2 });
      await deposit('ord_3', 70_000);
      await deposit('ord_3', 5_000, new Date('2026-07-20T15:00:00.000Z'));
      const [, monday] = await rowsOf(MONDAY);
      expect(monday).toMatchObject({ code: 'P7-003', paidAt: null, openKrw: 70_000 });
      const elsewhere = periodOf(MONDAY, MONDAY, 'America/New_York');
      expect(await store.findSettled('peach', elsewhere)).toHaveLength(3);
    });

    test('a part of a price is open until the rest comes, and counts then', async () => {
      await farm.place('ord_1', { boxes: 2 });
      await deposit('ord_1', 70_000);
      expect(await sums(MONDAY)).toEqual({ ...NOTHING, paidKrw: 70_000, openKrw: 70_000 });
      await deposit('ord_1', 5_000, later(1));
      const tuesday = await sums(TUESDAY);
      expect(tuesday).toMatchObject({ orders: 1, goodsKrw: 70_000, paidKrw: 5_000, openKrw: 0 });
      expect(carriedKrw(tuesday)).toBe(70_000);
      // Asked for later, Monday says the same.
      expect(await sums(MONDAY)).toMatchObject({ orders: 0, paidKrw: 70_000, openKrw: 70_000 });
    });

    test('what is over-paid is open until the refund is sent', async () => {
      await farm.place('ord_1', { boxes: 2 });
      await deposit('ord_1', 80_000);
      await sendRefund('ord_1', later(2));
      expect(await sums(MONDAY)).toMatchObject({ paidKrw: 80_000, refundedKrw: 0, openKrw: 5_000 });
      const quiet = await rowsOf(TUESDAY);
      expect(quiet).toMatchObject([{ isCounted: false, goodsKrw: 0, paidKrw: 0, openKrw: 5_000 }]);
      expect(settle(quiet)).toEqual({ ...NOTHING, openKrw: 5_000 });
      expect(await sums(WEDNESDAY)).toEqual({ ...NOTHING, refundedKrw: 5_000 });
      expect(await sums(THURSDAY)).toEqual(NOTHING);
      await deposit('ord_1', 1_000, later(3));
      expect(await sums(THURSDAY)).toMatchObject({ paidKrw: 1_000, refundedKrw: 0 });
    });

    test('a cancelled order leaves its money and no goods', async () => {
      await farm.placePaid('ord_1');
      await farm.cancel('ord_1');
      expect(await sums(MONDAY)).toEqual({ ...NOTHING, paidKrw: 40_000, openKrw: 40_000 });
      await sendRefund('ord_1');
      expect(await sums(MONDAY)).toEqual({ ...NOTHING, paidKrw: 40_000, refundedKrw: 40_000 });
      expect(await sums(TUESDAY)).toEqual(NOTHING);
    });

    test('a booking that is taken back counts against the day on which it was', async () => {
      await farm.place('ord_1', { boxes: 2 });
      await deposit('ord_1', 75_000);
      const back = ordering.takeBackDeposit(farm.asked('seller', later(1)), 'ord_1', 'dep_ord_1');
      await store.submit(back);
      expect(await sums(MONDAY)).toEqual({ ...NOTHING, paidKrw: 75_000, openKrw: 75_000 });
      expect(await sums(TUESDAY)).toEqual({ ...NOTHING, paidKrw: -75_000 });
      expect(await sums(MONDAY, TUESDAY)).toEqual(NOTHING);
    });

    test('of another store nothing is told', async () => {
      await farm.placePaid('ord_1');
      const other = await openFarm(store, { id: 'plum' });
      await other.placePaid('ord_2', { boxes: 2 });
      expect(await sums(MONDAY)).toMatchObject({ orders: 1, paidKrw: 40_000 });
      expect(await store.findSettled('none', periodOf(MONDAY, MONDAY, SEOUL))).toEqual([]);
    });
  });
}
