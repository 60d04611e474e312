// What every storage engine owes the paper: what a list said with a revision is said for good, and what it
// said at a moment is known afterwards.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Who } from '../../src/orders/change.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { hashOf, type PaperOf } from '../../src/orders/paper.ts';
import type { Store } from '../../src/orders/store.ts';
import { type Farm, MONDAY_NOON, openFarm, product, TUESDAY, WEDNESDAY } from '../support/shop.ts';

const MINUTE_MS = 60_000;

export function testPapers(name: string, open: () => Promise<Store>): void {
  describe(`${name} with what lists said`, () => {
    let store: Store;
    let farm: Farm;
    let minutes = 0;
    beforeEach(async () => {
      minutes = 0;
      store = await open();
      farm = await openFarm(store);
    });
    afterEach(() => store.close());

    const now = () => new Date(MONDAY_NOON.getTime() + minutes * MINUTE_MS);
    const tick = () => {
      minutes += 1;
    };
    const asked = (who: Who = 'buyer') => farm.asked(who, now());
    const paper = (of: PaperOf = {}, date = TUESDAY) =>
      store.findPaper('peach', date, { ...of, now: now() });
    const rows = async (of: PaperOf = {}, date = TUESDAY) => (await paper(of, date))?.rows ?? [];
    const freeze = () => store.submit(ordering.freezeList(asked('farmer'), TUESDAY));
    const pay = (orderId: string) => {
      const money = { amountKrw: null, method: 'bank', reference: null, depositor: null } as const;
      const payment = { ...money, at: now().toISOString() };
      return store.submit(ordering.pay(asked('seller'), orderId, payment));
    };
    const cancel = (orderId: string) => {
      const request = { parcelIds: null, reason: null, account: null };
      return store.submit(ordering.cancel(asked(), orderId, request));
    };
    const change = async (orderId: string, said: { address?: string; boxes?: number }) => {
      const [parcel] = (await store.findOrder('peach', orderId))?.parcels ?? [];
      if (parcel === undefined) throw new Error('a parcel was expected');
      const { recipient, phone, postcode, memo, address: was } = parcel;
      const { address = was, boxes } = said;
      const one = {
        parcelId: parcel.id,
        personal: { recipient, phone, postcode, memo, address },
        items: boxes === undefined ? null : [{ product: 'peach-4kg', boxes }],
      };
      return store.submit(ordering.change(asked('seller'), orderId, { parcels: [one] }));
    };
    const ship = () => {
      const report = { date: TUESDAY, rows: 'all', to: 'shipped' } as const;
      return store.submit(ordering.report(asked('farmer'), report));
    };
    const faults = async () => (await store.doctor()).filter(({ ok }) => !ok);
    const hashCheck = async () =>
      (await store.doctor()).find((check) => /hashes to what was stored/.test(check.name));

    test('a row says with each revision what it said then, whatever becomes of the parcel', async () => {
      await farm.placePaid('ord_1', { boxes: 4 });
      await farm.placePaid('ord_2', { boxes: 2 });
      await freeze();
      const first = await paper();
      expect(first).toMatchObject({
        ...{ store: 'peach', storeName: '농원 peach', date: TUESDAY, revision: 1 },
        ...{ at: now().toISOString(), capBoxes: 40, totalBoxes: 6 },
      });
      expect(first?.rows[0]).toEqual({
        ...{ row: 1, order: 'P7-001', parcel: 'par_1-1', struck: false },
        ...{ recipient: '박철수1', phone: '01012345678', postcode: null },
        ...{ address: '서울 강남구 역삼로 1', memo: null, sender: null },
        items: [{ product: 'peach-4kg', name: '복숭아 4kg', boxes: 4 }],
        ...{ boxes: 4, packages: 2 },
        ...{ addedRevision: 1, struckRevision: null, alteredRevision: null },
      });
      expect(first?.hash).toBe(first && hashOf(first));
      tick();
      await change('ord_1', { address: '부산 해운대구 우동 2' });
      const second = await paper();
      tick();
      await change('ord_1', { boxes: 2 });
      tick();
      await cancel('ord_2');
      tick();
      await ship();
      await store.putShop({ ...farm.shop, name: '새 농원' });
      await store.putProduct('peach', { ...product(), name: '황도 4kg' });
      expect(second?.rows).toMatchObject([
        { address: '부산 해운대구 우동 2', boxes: 4, alteredRevision: 2 },
        { row: 2, alteredRevision: null },
      ]);
      expect(await rows({ revision: 3 })).toMatchObject([{ boxes: 2, packages: 1 }, { row: 2 }]);
      expect(await rows()).toMatchObject([
        { address: '부산 해운대구 우동 2', boxes: 2, struck: false },
        { recipient: '박철수1', boxes: 2, struck: true, struckRevision: 4 },
      ]);
      expect(await paper({ revision: 1 })).toEqual(first);
      expect(await paper({ revision: 2 })).toEqual(second);
      expect((await paper())?.totalBoxes).toBe(2);
      await farm.placePaid('ord_3');
      await farm.freeze(WEDNESDAY);
      expect((await paper({}, WEDNESDAY))?.storeName).toBe('새 농원');
      expect(await paper({ revision: 0 })).toBeNull();
      expect(await paper({ revision: 5 })).toBeNull();
      expect(await faults()).toEqual([]);
    });

    test('a moment has the revision that was made last until then', async () => {
      await farm.placePaid('ord_1');
      await farm.placePaid('ord_2');
      tick();
      await freeze();
      const frozenAt = now();
      tick();
      tick();
      await cancel('ord_1');
      const at = (ms: number) => new Date(frozenAt.getTime() + ms).toISOString();
      const revisionAt = async (ms: number) => (await paper({ asOf: at(ms) }))?.revision;
      expect(await revisionAt(-1)).toBe(0);
      expect(await revisionAt(0)).toBe(1);
      expect(await revisionAt(2 * MINUTE_MS - 1)).toBe(1);
      expect(await revisionAt(2 * MINUTE_MS)).toBe(2);
      expect(await revisionAt(999 * MINUTE_MS)).toBe(2);
    });

    test('a draft of an earlier moment has those who stood on it then, with the boxes they had', async () => {
      await farm.place('ord_1', { boxes: 6 });
      await farm.place('ord_2', { boxes: 2 });
      await farm.place('ord_3', { boxes: 2 });
      const seen = [await paper()];
      const step = async (work: () => Promise<unknown>) => {
        tick();
        await work();
        seen.push(await paper());
      };
      const capped = (capBoxes: number) => () =>
        store.submit(ordering.setCap(asked('farmer'), { date: TUESDAY, capBoxes }));
      await step(() => pay('ord_2'));
      await step(() => pay('ord_3'));
      await step(() => pay('ord_1'));
      await step(() => change('ord_1', { boxes: 3 }));
      await step(() => cancel('ord_2'));
      await step(capped(3));
      await step(capped(40));
      await step(freeze);
      await step(() => cancel('ord_3'));
      const told = (one: (typeof seen)[number]) =>
        one?.rows.map(({ row, parcel, boxes, packages }) => [row, parcel, boxes, packages]);
      expect(seen.map((one) => one?.rows.map(({ parcel }) => parcel))).toEqual([
        [],
        ['par_2-1'],
        ['par_2-1', 'par_3-1'],
        ['par_2-1', 'par_3-1', 'par_1-1'],
        ['par_2-1', 'par_3-1', 'par_1-1'],
        ['par_3-1', 'par_1-1'],
        ['par_3-1'],
        ['par_3-1', 'par_1-1'],
        ['par_3-1', 'par_1-1'],
        ['par_3-1', 'par_1-1'],
      ]);
      for (const [minute, one] of seen.entries()) {
        const asOf = new Date(MONDAY_NOON.getTime() + minute * MINUTE_MS).toISOString();
        const then = await paper({ asOf });
        expect(told(then)).toEqual(told(one));
        expect(then).toMatchObject({ revision: one?.revision, totalBoxes: one?.totalBoxes });
      }
    });

    test('a payment that was taken back had its place on the draft before', async () => {
      const deposit = (orderId: string, depositId: string, at = now()) =>
        store.submit(
          ordering.takeDeposit(asked('system'), orderId, {
            ...{ depositId, amountKrw: 40_000, isRevived: false },
            ...{ depositor: null, at: at.toISOString() },
          }),
        );
      await farm.place('ord_1');
      await farm.place('ord_2');
      await deposit('ord_1', 'dep_1');
      tick();
      await deposit('ord_2', 'dep_2');
      tick();
      await store.submit(ordering.takeBackDeposit(asked('seller'), 'ord_1', 'dep_1'));
      tick();
      await deposit('ord_1', 'dep_3');
      const parcelsAt = async (minute: number) => {
        const asOf = new Date(MONDAY_NOON.getTime() + minute * MINUTE_MS).toISOString();
        return (await rows({ asOf })).map(({ parcel }) => parcel);
      };
      expect(await parcelsAt(0)).toEqual(['par_1-1']);
      expect(await parcelsAt(1)).toEqual(['par_1-1', 'par_2-1']);
      expect(await parcelsAt(2)).toEqual(['par_2-1']);
      expect(await parcelsAt(3)).toEqual(['par_2-1', 'par_1-1']);
    });

    test('where a parcel stood at a moment is known, with the packages of now', async () => {
      await farm.placePaid('ord_1', { boxes: 3 });
      await freeze();
      tick();
      await ship();
      const of = { parcelIds: ['par_1-1', 'par_unknown'] };
      const stateAt = async (minute: number) => {
        const asOf = new Date(MONDAY_NOON.getTime() + minute * MINUTE_MS).toISOString();
        return (await store.findStandings('peach', { ...of, asOf })).get('par_1-1');
      };
      const standings = await store.findStandings('peach', of);
      expect([...standings.keys()]).toEqual(['par_1-1']);
      expect(standings.get('par_1-1')).toMatchObject({ state: 'shipped', packages: [{}, {}] });
      expect(await stateAt(0)).toMatchObject({ state: 'scheduled', packages: [{}, {}] });
      expect(await stateAt(1)).toMatchObject({ state: 'shipped' });
    });

    test('a parcel that comes back to a list is a new row, and both rows say what they said', async () => {
      await farm.placePaid('ord_1');
      await farm.placePaid('ord_2');
      await freeze();
      await store.submit(ordering.cut(asked('farmer'), { date: TUESDAY, row: 1 }));
      expect(await rows({}, WEDNESDAY)).toMatchObject([{ parcel: 'par_2-1', row: 1 }]);
      tick();
      await store.submit(ordering.setCap(asked('farmer'), { date: TUESDAY, capBoxes: 41 }));
      expect(await rows()).toMatchObject([
        { row: 1, parcel: 'par_1-1', addedRevision: 1, struckRevision: null },
        { row: 2, parcel: 'par_2-1', addedRevision: 1, struckRevision: 2, recipient: '박철수1' },
        { row: 3, parcel: 'par_2-1', addedRevision: 3, struckRevision: null },
      ]);
      expect(await faults()).toEqual([]);
    });

    test('the list as it is has the cap of now, a revision the one it was made with', async () => {
      await farm.placePaid('ord_1');
      await freeze();
      await store.submit(ordering.setCap(asked('farmer'), { date: TUESDAY, capBoxes: 60 }));
      expect((await paper())?.capBoxes).toBe(60);
      expect((await paper({ revision: 1 }))?.capBoxes).toBe(40);
    });

    test('what an ended order said goes, while another order of the same buyer is open', async () => {
      await farm.placePaid('ord_1');
      await farm.placePaid('ord_2');
      await freeze();
      const report = { date: TUESDAY, rows: [{ row: 1, waybills: [], carrier: null }] };
      const delivered = { ...report, to: 'delivered' } as const;
      await store.submit(ordering.report(asked('farmer'), delivered));
      expect(await store.forgetPerson(farm.buyerId, now())).toMatchObject({ isErased: false });
      expect(await rows({ revision: 1 })).toMatchObject([
        { recipient: '—', address: '—', order: 'P7-001' },
        { recipient: '박철수1', address: '서울 강남구 역삼로 1', order: 'P7-002' },
      ]);
      expect((await hashCheck())?.detail).toContain('1 name people who are erased');
      expect(await faults()).toEqual([]);
    });

    test('who is erased is on no revision any more, and the others still are', async () => {
      const { sender } = farm;
      await farm.placePaid('ord_1', { boxes: 2 });
      const other = await store.meet({ ...sender, user: 'another' }, now());
      const { buyerId } = farm;
      await store.submit(
        ordering.place(asked(), {
          ...{ id: 'ord_2', buyerId: other.id },
          request: {
            ...{ buyer: { name: '이웃', phone: null }, sender: null, depositor: null, memo: null },
            parcels: [
              {
                ...{ recipient: '이영희', phone: '01099998888', postcode: null, memo: '문 앞' },
                ...{ address: '경기 성남시 분당구 1', wanted: null },
                items: [{ product: 'peach-4kg', boxes: 1 }],
              },
            ],
          },
        }),
      );
      await farm.pay('ord_2');
      await freeze();
      await cancel('ord_1');
      await store.submit(
        ordering.giveRefundAccount(asked(), 'ord_1', {
          ...{ bank: '농협', account: '3020000000011', holder: '홍길순' },
        }),
      );
      const ids = (await store.findRefunds('peach', 'ord_1')).map(({ id }) => id);
      await store.submit(ordering.refundDone(asked('seller'), 'ord_1', ids));
      const before = await paper();
      expect(await hashCheck()).toMatchObject({ ok: true, detail: 'ok' });
      expect(await store.forgetPerson(buyerId, now())).toMatchObject({ isErased: true });
      const [erased, kept] = await rows({ revision: 1 });
      expect(erased).toMatchObject({ recipient: '—', phone: '', address: '—', sender: null });
      expect(erased).toMatchObject({ order: 'P7-001', boxes: 2, struck: false });
      expect(kept).toEqual(before?.rows[1]);
      const check = await hashCheck();
      expect(check).toMatchObject({ ok: true });
      expect(check?.detail).toContain('2 name people who are erased');
      expect(await faults()).toEqual([]);
    });
  });
}
