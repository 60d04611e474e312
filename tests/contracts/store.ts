// What every storage engine owes the core. `open` answers an empty store that holds the notices of
// kakao for the next contact and sends those of telegram.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StaleTurn } from '../../src/orders/errors.ts';
import { dueKrw } from '../../src/orders/order.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Command, OutboxRow, Store, Turn, TurnEnd } from '../../src/orders/store.ts';
import {
  type Farm,
  hire,
  MONDAY,
  MONDAY_NOON,
  NEXT_MONDAY,
  openFarm,
  refused,
  requestFor,
  TUESDAY,
  WEDNESDAY,
} from '../support/shop.ts';

const HOUR_MS = 3_600_000;
const LEASE_MS = 60_000;

function later(ms: number, from = MONDAY_NOON): Date {
  return new Date(from.getTime() + ms);
}

export function testStore(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let store: Store;
    let farm: Farm;
    beforeEach(async () => {
      store = await open();
      farm = await openFarm(store);
    });
    afterEach(() => store.close());

    const faults = async () => (await store.doctor()).filter(({ ok }) => !ok);

    describe('orders', () => {
      test('reads back an order as it was placed, personal data and all', async () => {
        const { answer } = await farm.place('ord_1', { boxes: 3 }, { boxes: 2 });
        const order = await store.findOrder('peach', 'ord_1');
        expect(order).toMatchObject({
          ...answer.order,
          buyer: { name: '영희맘', phone: null },
          platform: 'kakao',
          parcels: [
            { recipient: '박철수1', phone: '01012345678', boxes: 3, row: null },
            { recipient: '박철수2', address: '서울 강남구 역삼로 2', boxes: 2, row: null },
          ],
        });
        expect(order?.code).toBe('P7-001');
        expect(order?.totalKrw).toBe(5 * 35_000 + 3 * 5_000);
      });

      test('tells to whom a buyer had boxes sent, newest order first, of his own and of one store', async () => {
        await farm.place('ord_1', { boxes: 3 }, { boxes: 2 });
        await farm.place('ord_2', { boxes: 1 });
        const of = { buyerId: farm.buyerId, storeId: 'peach' };
        const sent = await store.findSentTo({ ...of, limit: 10 });
        expect(sent.map(({ orderId, personal }) => [orderId, personal.recipient])).toEqual([
          ['ord_2', '박철수1'],
          ['ord_1', '박철수1'],
          ['ord_1', '박철수2'],
        ]);
        expect(sent[0]).toMatchObject({ orderState: 'awaiting_payment', items: [{ boxes: 1 }] });
        expect(await store.findSentTo({ ...of, limit: 1 })).toHaveLength(1);
        expect(await store.findSentTo({ ...of, storeId: 'apple', limit: 10 })).toEqual([]);
        const { personId } = await hire(store, { storeId: 'peach', role: 'seller' });
        expect(await store.findSentTo({ ...of, buyerId: personId, limit: 10 })).toEqual([]);
      });

      test('takes a payment, gives dates and keeps both', async () => {
        await farm.place('ord_1', { boxes: 30 }, { boxes: 20 });
        const { answer } = await farm.pay('ord_1');
        expect(answer.parcels.map(({ harvestDate }) => harvestDate)).toEqual([TUESDAY, WEDNESDAY]);
        const order = await store.findOrder('peach', 'ord_1');
        expect(order).toMatchObject({ state: 'paid', paidAt: MONDAY_NOON.toISOString() });
        expect(order && dueKrw(order)).toBe(0);
        const days = await store.findDays('peach', TUESDAY);
        expect(days.get(TUESDAY)).toMatchObject({ reservedBoxes: 30, capSource: 'default' });
        expect(days.get(WEDNESDAY)?.productBoxes).toEqual({ 'peach-4kg': 20 });
        const history = await store.findHistory('peach', 'ord_1');
        expect(history.map(({ event, who }) => [event, who])).toEqual([
          ['placed', 'buyer'],
          ['paid', 'seller'],
          ['scheduled', 'seller'],
          ['scheduled', 'seller'],
        ]);
      });

      test('an unpaid order holds no room', async () => {
        await farm.place('ord_1', { boxes: 40 });
        await farm.place('ord_2', { boxes: 40 });
        expect((await farm.pay('ord_2')).answer.parcels[0]?.harvestDate).toBe(TUESDAY);
        expect((await farm.pay('ord_1')).answer.parcels[0]?.harvestDate).toBe(WEDNESDAY);
      });

      test('an estimate queues behind what is ordered and neither paid nor over', async () => {
        const estimateOf = async (id: string) =>
          (await store.findOrder('peach', id))?.parcels[0]?.harvestDate;
        await farm.place('ord_1', { boxes: 40 });
        await farm.place('ord_2', { boxes: 1 });
        expect(await estimateOf('ord_2')).toBe(WEDNESDAY);
        expect(await store.findUnpaid('peach')).toEqual(
          new Map([
            [TUESDAY, 40],
            [WEDNESDAY, 1],
          ]),
        );
        // Who grows does not queue behind himself.
        const { answer } = await store.submit(
          ordering.change(farm.asked(), 'ord_1', {
            parcels: [
              {
                parcelId: 'par_1-1',
                personal: null,
                items: [{ product: 'peach-4kg', boxes: 39 }],
              },
            ],
          }),
        );
        expect(answer.order.parcels[0]?.harvestDate).toBe(TUESDAY);
        const late = later(30 * HOUR_MS);
        await store.submit(ordering.expire({ ...farm.asked(), now: late }, 'ord_1'));
        expect(await estimateOf('ord_1')).toBeNull();
        expect(await store.findUnpaid('peach')).toEqual(new Map([[WEDNESDAY, 1]]));
        await store.submit(ordering.revive({ ...farm.asked(), now: late }, 'ord_1'));
        expect(await estimateOf('ord_1')).toBe(WEDNESDAY);
        await farm.pay('ord_2');
        await farm.cancel('ord_1');
        expect(await store.findUnpaid('peach')).toEqual(new Map());
      });

      test('a refusal leaves no trace, not even a used code', async () => {
        await farm.place('ord_1');
        expect(await refused(farm.place('ord_2', { boxes: 51 }))).toBe('over_capacity');
        expect(await store.findOrder('peach', 'ord_2')).toBeNull();
        expect((await farm.place('ord_3')).answer.order.code).toBe('P7-002');
        await farm.pay('ord_1');
        const before = await store.findHistory('peach', 'ord_1');
        expect(await refused(farm.pay('ord_1'))).toBe('not_payable');
        expect(await store.findHistory('peach', 'ord_1')).toEqual(before);
      });

      test('a failure that is no refusal leaves no trace and spoils nothing beside it', async () => {
        const broken: Command<never> = {
          ...farm.placing('ord_broken'),
          decide: () => {
            throw new TypeError('a bug');
          },
        };
        const ends = await Promise.allSettled([
          farm.place('ord_1'),
          store.submit(broken),
          farm.place('ord_2'),
        ]);
        expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect(ends[1]).toMatchObject({ reason: { message: 'a bug' } });
        expect(await faults()).toEqual([]);
      });

      test('an order id that is taken is refused whole', async () => {
        await farm.place('ord_1', { boxes: 1 });
        await expect(farm.place('ord_1', { boxes: 2 }, { boxes: 2 })).rejects.toThrow();
        expect((await store.findOrder('peach', 'ord_1'))?.parcels).toHaveLength(1);
        expect(await faults()).toEqual([]);
      });

      test('the deposit order follows the instants at the bank, however they are written', async () => {
        await farm.cap(TUESDAY, 2);
        await farm.place('ord_late');
        await farm.place('ord_early');
        const pay = (id: string, at: string) =>
          store.submit(
            ordering.pay(farm.asked('seller'), id, {
              amountKrw: null,
              method: 'bank',
              reference: null,
              depositor: null,
              at,
            }),
          );
        await pay('ord_late', '2026-07-20T02:30:00.000Z');
        // 02:00 in UTC: earlier, though the text sorts behind.
        await pay('ord_early', '2026-07-20T11:00:00+09:00');
        const list = await store.findDayList('peach', TUESDAY);
        expect(list.rows.map(({ order }) => order.id)).toEqual(['ord_early', 'ord_late']);
      });

      test('cancelling frees the boxes once and opens a refund that names its payment', async () => {
        await farm.placePaid('ord_1', { boxes: 3 }, { boxes: 2 });
        const first = await farm.cancel('ord_1', ['par_1-2']);
        expect(first.answer.refunds).toMatchObject([{ amountKrw: 75_000, state: 'needs_account' }]);
        const again = await farm.cancel('ord_1', ['par_1-2']);
        expect(again.answer).toEqual(JSON.parse(JSON.stringify(first.answer)));
        expect((await store.findDays('peach', TUESDAY)).get(TUESDAY)?.reservedBoxes).toBe(3);
        expect(await store.findRefunds('peach', 'ord_1')).toEqual(first.answer.refunds);
        await farm.cancel('ord_1');
        const order = await store.findOrder('peach', 'ord_1');
        expect(order).toMatchObject({ state: 'cancelled', totalKrw: 0, refundDueKrw: 190_000 });
        expect((await store.findDays('peach', TUESDAY)).get(TUESDAY)?.reservedBoxes).toBe(0);
        expect(await faults()).toEqual([]);
      });

      test('a refund waits for its account and is due once it has one', async () => {
        await farm.placePaid('ord_1');
        await farm.cancel('ord_1');
        const account = { bank: '농협', account: '3020000000011', holder: '김영희' };
        await farm.giveAccount('ord_1', account);
        expect(await store.findRefunds('peach', 'ord_1')).toMatchObject([{ state: 'due' }]);
        expect(await faults()).toEqual([]);
      });

      test('a corrected account takes the place of the first, and how many it was for is told', async () => {
        await farm.placePaid('ord_1', {}, {});
        const account = { bank: '농협', account: '3020000000011', holder: '김영희' };
        const give = (over: Partial<typeof account> = {}) =>
          farm.giveAccount('ord_1', { ...account, ...over });
        expect(await give()).toBe(0);
        await farm.cancel('ord_1', ['par_1-1']);
        expect(await give()).toBe(1);
        expect(await give({ account: '3020000000022' })).toBe(1);
        await farm.cancel('ord_1');
        expect(await give()).toBe(2);
        expect(await store.findRefunds('peach', 'ord_1')).toMatchObject([
          { state: 'due' },
          { state: 'due' },
        ]);
      });

      test('an archived store takes no orders, yet what it has goes on to its end', async () => {
        const { shop } = farm;
        for (const no of [1, 2, 3]) await farm.place(`ord_${no}`);
        await store.putShop({ ...shop, state: 'archived' });
        expect(await refused(farm.place('ord_4'))).toBe('store_paused');
        expect((await farm.pay('ord_1')).answer.state).toBe('paid');
        const shipping = {
          parcelIds: ['par_1-1'],
          to: 'shipped',
          carrier: null,
          waybills: [],
        } as const;
        await store.submit(ordering.advanceParcels(farm.asked('farmer'), 'ord_1', shipping));
        expect((await farm.cancel('ord_2')).answer.order.state).toBe('cancelled');
        const late = farm.asked('system', later(48 * HOUR_MS));
        const { answer } = await store.submit(ordering.expire(late, 'ord_3'));
        expect(answer).toBe(true);
      });

      test('a changed policy counts at once for days in use, and moves who is too many', async () => {
        await farm.placePaid('ord_1', { boxes: 3 });
        await farm.placePaid('ord_2', { boxes: 2 });
        await farm.cancel('ord_2');
        const was = farm.shop;
        const change = async (policy: Partial<typeof was.policy>, from = was) => {
          await store.putShop({ ...was, policy: { ...was.policy, ...policy } });
          const shop = (await store.findShop('peach')) ?? was;
          const asked = { shop, now: MONDAY_NOON, who: 'seller' } as const;
          return { shop, apply: () => store.submit(ordering.applyPolicy(asked, from)) };
        };
        const closed = await change({ closedDates: [TUESDAY] });
        expect((await farm.placePaid('ord_3')).parcels[0]?.harvestDate).toBe(WEDNESDAY);
        // In between a cancel still works.
        await farm.placePaid('ord_4');
        await farm.cancel('ord_4');
        expect(await faults()).toEqual([]);
        const { answer } = await closed.apply();
        expect(answer.moved).toEqual([
          { parcel: 'par_1-1', order: 'ord_1', from: TUESDAY, to: WEDNESDAY },
        ]);
        const { held } = await store.findTurn(farm.sender, null);
        expect(held.filter(({ kind }) => kind === 'moved')).toMatchObject([
          { orderId: 'ord_1', data: { moved: ['par_1-1'], was: [`par_1-1=${TUESDAY}`] } },
        ]);
        expect((await closed.apply()).answer.moved).toEqual([]);
        const opened = await change({}, closed.shop);
        expect((await opened.apply()).answer.moved).toMatchObject([
          { parcel: 'par_1-1', to: TUESDAY },
          { parcel: 'par_3-1', to: TUESDAY },
        ]);
        expect(await faults()).toEqual([]);
      });

      test('what is harvested stays under a policy that closes its day, and is flagged', async () => {
        await farm.placePaid('ord_1', { boxes: 3 });
        await farm.placePaid('ord_2', { boxes: 2 });
        await farm.freeze(TUESDAY);
        const harvested = { date: TUESDAY, rows: [{ row: 1, waybills: [], carrier: null }] };
        await store.submit(
          ordering.report(farm.asked('farmer'), { ...harvested, to: 'harvested' }),
        );
        const policy = { ...farm.shop.policy, closedDates: [TUESDAY] };
        await store.putShop({ ...farm.shop, policy });
        await store.submit(ordering.applyPolicy(farm.asked('farmer'), farm.shop));
        const { day, rows } = await store.findDayList('peach', TUESDAY);
        expect(day).toMatchObject({ capBoxes: 0, reservedBoxes: 3, isFlagged: true, revision: 2 });
        expect(rows.map(({ struck }) => struck)).toEqual([false, true]);
        expect(await faults()).toEqual([]);
        await farm.cancel('ord_1');
        expect((await store.findDayList('peach', TUESDAY)).day).toMatchObject({ isFlagged: false });
      });

      test('an unknown store takes no commands', async () => {
        expect(await refused(store.submit({ ...farm.placing('ord_1'), storeId: 'nowhere' }))).toBe(
          'not_found',
        );
      });
    });

    describe('a change of an order', () => {
      const boxes = (count: number) => ({
        parcels: [
          {
            parcelId: 'par_1-1',
            personal: null,
            items: [{ product: 'peach-4kg', boxes: count }],
          },
        ],
      });
      const change = (count: number) =>
        store.submit(ordering.change(farm.asked(), 'ord_1', boxes(count)));

      test('that costs more is kept until the difference is paid, and then made', async () => {
        await farm.placePaid('ord_1', { boxes: 2 });
        const before = await store.findOrder('peach', 'ord_1');
        const { answer } = await change(3);
        expect(answer.difference?.amountKrw).toBe(40_000);
        expect(await store.findOrder('peach', 'ord_1')).toEqual(before);
        expect(await store.findOpenChange('peach', 'ord_1')).toMatchObject({ extraKrw: 40_000 });
        await farm.pay('ord_1');
        expect(await store.findOpenChange('peach', 'ord_1')).toBeNull();
        const after = await store.findOrder('peach', 'ord_1');
        expect(after).toMatchObject({ totalKrw: 115_000, paidKrw: 115_000 });
        expect(after?.parcels[0]).toMatchObject({ boxes: 3, harvestDate: TUESDAY });
        expect((await store.findDays('peach', TUESDAY)).get(TUESDAY)?.reservedBoxes).toBe(3);
        expect(await refused(farm.pay('ord_1'))).toBe('not_payable');
      });

      test('that is paid later keeps its parcel where it stands in the queue', async () => {
        await farm.placePaid('ord_1', { boxes: 2 });
        await farm.placePaid('ord_2', { boxes: 2 });
        await change(3);
        await farm.pay('ord_1', later(HOUR_MS));
        const { answer } = await farm.cap(TUESDAY, 3);
        expect(answer.moved.map(({ parcel }) => parcel)).toEqual(['par_2-1']);
      });

      test('ends with the next one, also when that one needs no money', async () => {
        await farm.placePaid('ord_1', { boxes: 2 });
        await change(3);
        await change(4);
        expect((await change(1)).answer.refunds).toHaveLength(1);
        expect(await refused(farm.pay('ord_1'))).toBe('not_payable');
      });
    });

    test('what happened is counted behind a place', async () => {
      const { last, counts } = await store.countEvents(null);
      expect(counts).toEqual({});
      await farm.placePaid('ord_1');
      await farm.place('ord_2');
      const news = await store.countEvents(last);
      expect(news.counts).toMatchObject({ placed: 2, paid: 1, scheduled: 1 });
      expect(await store.countEvents(news.last)).toEqual({ last: news.last, counts: {} });
    });

    describe('request keys', () => {
      const keyed = (id: string, key: string, body?: string) => ({
        ...farm.placing(id),
        request: body === undefined ? { key } : { key, body },
      });

      test('the same key gets the same answer and no second effect', async () => {
        const first = await store.submit(keyed('ord_1', 'k1', '{"boxes":1}'));
        const again = await store.submit(keyed('ord_2', 'k1', '{"boxes":1}'));
        expect(first.repeated).toBe(false);
        expect(again).toEqual({ ...JSON.parse(JSON.stringify(first)), repeated: true });
        expect(await store.findOrder('peach', 'ord_2')).toBeNull();
      });

      test('a key used for another body is refused', async () => {
        await store.submit(keyed('ord_1', 'k1', 'one'));
        expect(await refused(store.submit(keyed('ord_2', 'k1', 'two')))).toBe('idempotency_reuse');
        expect(await refused(store.findAnswer({ key: 'k1', body: 'two' }))).toBe(
          'idempotency_reuse',
        );
        expect(await store.findOrder('peach', 'ord_2')).toBeNull();
      });

      test('of many at the same moment one has an effect and all get its answer', async () => {
        const ends = await Promise.all(
          Array.from({ length: 8 }, (_, index) => store.submit(keyed(`ord_${index}`, 'k1'))),
        );
        expect(new Set(ends.map(({ answer }) => answer.order.id)).size).toBe(1);
        expect(ends.filter(({ repeated }) => !repeated)).toHaveLength(1);
        expect(await store.findOrders({ storeId: 'peach', limit: 20 })).toHaveLength(1);
      });

      test('a refused request leaves its key free', async () => {
        const tooMany = {
          ...farm.placing('ord_1', { boxes: 51 }),
          request: { key: 'k1' },
        };
        expect(await refused(store.submit(tooMany))).toBe('over_capacity');
        expect(await store.findAnswer({ key: 'k1' })).toBeNull();
        expect((await store.submit(keyed('ord_1', 'k1'))).repeated).toBe(false);
      });

      test('an answer that led to no command is kept, and the first one stays', async () => {
        const request = { key: 'k1', body: 'one' };
        await store.keepAnswer(request, { status: 400 }, MONDAY_NOON);
        await store.keepAnswer(request, { status: 200 }, MONDAY_NOON);
        expect(await store.findAnswer(request)).toEqual({ status: 400 });
        const other = store.keepAnswer({ ...request, body: 'two' }, {}, MONDAY_NOON);
        expect(await refused(other)).toBe('idempotency_reuse');
      });

      test('the full answer can be kept in place of the short one', async () => {
        await store.submit(keyed('ord_1', 'k1', 'body'));
        await store.rememberAnswer('k1', { status: 201, order: { id: 'ord_1' } });
        expect(await store.findAnswer({ key: 'k1', body: 'body' })).toEqual({
          status: 201,
          order: { id: 'ord_1' },
        });
        expect(await store.findAnswer({ key: 'k2' })).toBeNull();
      });
    });

    describe('turns', () => {
      const sender = { platform: 'kakao', bot: 'bot', user: 'someone' };
      const ending = (turn: Turn, over: Partial<TurnEnd<null>> = {}): TurnEnd<null> => ({
        turn,
        shown: [],
        settle: () => ({ conversation: { step: turn.version + 1 }, reply: `said ${turn.version}` }),
        ...over,
      });
      const end = (turn: Turn, over: Partial<TurnEnd<null>> = {}, key?: string) =>
        store.endTurn({
          storeId: 'peach',
          now: MONDAY_NOON,
          end: ending(turn, over),
          ...(key === undefined ? {} : { request: { key } }),
        });

      test('a sender is met once, however many ask at once', async () => {
        const met = await Promise.all(
          Array.from({ length: 4 }, () => store.meet(sender, MONDAY_NOON)),
        );
        expect(new Set(met.map(({ id }) => id)).size).toBe(1);
        expect(await store.findTurn(sender, null)).toMatchObject({
          person: met[0],
          isNew: false,
          conversation: null,
          version: 0,
          held: [],
          roles: [],
        });
        const other = await store.meet({ ...sender, bot: 'other' }, MONDAY_NOON);
        expect(other.id).not.toBe(met[0]?.id);
      });

      test('a stranger is known once his first turn has ended, and not before', async () => {
        const turn = await store.findTurn(sender, null);
        expect(turn).toMatchObject({ isNew: true, version: 0, conversation: null });
        expect((await store.findTurn(sender, null)).isNew).toBe(true);
        await end(turn);
        const next = await store.findTurn(sender, null);
        expect(next).toMatchObject({ isNew: false, version: 1, person: turn.person });
      });

      test('of a stranger’s two first messages one ends and the other is stale', async () => {
        const turns = [await store.findTurn(sender, null), await store.findTurn(sender, null)];
        const ends = await Promise.allSettled(turns.map((turn) => end(turn)));
        expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
        expect(ends[1]).toMatchObject({ reason: expect.any(StaleTurn) });
        expect((await store.findTurn(sender, null)).person.id).toBe(turns[0]?.person.id);
      });

      test('a stranger’s first turn may place an order', async () => {
        const turn = await store.findTurn(sender, null);
        const request = requestFor({});
        const placing = { id: 'ord_1', buyerId: turn.person.id, request };
        await store.submit({
          ...ordering.place(farm.asked(), placing),
          turn: { turn, shown: [], settle: () => ({ conversation: null, reply: '네' }) },
        });
        expect((await store.findOrder('peach', 'ord_1'))?.buyerId).toBe(turn.person.id);
        expect(await faults()).toEqual([]);
      });

      test('the conversation and what a person told are there at the next turn', async () => {
        const turn = await store.findTurn(sender, null);
        await end(turn, { person: { name: '영희', phone: '01011112222' } });
        const next = await store.findTurn(sender, null);
        expect(next).toMatchObject({
          isNew: false,
          conversation: { step: 1 },
          version: 1,
          person: { name: '영희', phone: '01011112222', sender },
        });
        await end(next, { person: { name: '영희맘' } });
        const third = await store.findTurn(sender, null);
        expect(third.person).toMatchObject({ name: '영희맘', phone: '01011112222' });
        expect(third.version).toBe(2);
      });

      test('of two turns from the same view one ends and the other is stale', async () => {
        for (const round of [1, 2]) {
          const turn = await store.findTurn(sender, null);
          const ends = await Promise.allSettled([end(turn), end(turn)]);
          expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
          expect(ends[1]).toMatchObject({ reason: expect.any(StaleTurn) });
          expect((await store.findTurn(sender, null)).version).toBe(round);
        }
      });

      test('a command whose turn is stale has no effect', async () => {
        const turn = await store.findTurn(sender, null);
        await end(turn);
        const stale = { turn, shown: [], settle: () => ({ conversation: null, reply: 'late' }) };
        await expect(
          store.submit({ ...farm.placing('ord_1'), turn: stale, request: { key: 'k1' } }),
        ).rejects.toBeInstanceOf(StaleTurn);
        expect(await store.findOrder('peach', 'ord_1')).toBeNull();
        expect(await store.findAnswer({ key: 'k1' })).toBeNull();
      });

      test('a message said again finds its first reply, and only its own sender’s', async () => {
        const turn = await store.findTurn(sender, 'msg-1');
        expect(turn.answered).toBeNull();
        const key = `${turn.person.id}:msg-1`;
        expect(await end(turn, {}, key)).toBe('said 0');
        const again = await store.findTurn(sender, 'msg-1');
        expect(again.answered).toBe('said 0');
        expect(await end(again, {}, key)).toBe('said 0');
        expect((await store.findTurn(sender, null)).version).toBe(1);
        const other = await store.findTurn({ ...sender, user: 'other' }, 'msg-1');
        expect(other.answered).toBeNull();
      });

      test('a command answers with the words its turn settled on, again and again', async () => {
        const placed = async (id: string) => {
          const turn = await store.findTurn(farm.sender, null);
          return store.submit({
            ...farm.placing(id),
            request: { key: 'press-1' },
            turn: {
              turn,
              shown: [],
              settle: ({ order }) => ({ conversation: null, reply: `주문 ${order.code}` }),
            },
          });
        };
        expect((await placed('ord_1')).reply).toBe('주문 P7-001');
        expect(await placed('ord_2')).toMatchObject({ reply: '주문 P7-001', repeated: true });
        expect(await store.findOrder('peach', 'ord_2')).toBeNull();
      });

      test('a notice that waits is shown at one contact only', async () => {
        await farm.placePaid('ord_1');
        const turn = await store.findTurn(farm.sender, null);
        expect(turn.held).toMatchObject([{ kind: 'paid', orderId: 'ord_1', storeId: 'peach' }]);
        const shown = turn.held.map(({ id }) => id);
        const both = await Promise.allSettled([end(turn, { shown }), end(turn, { shown })]);
        expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
        expect((await store.findTurn(farm.sender, null)).held).toEqual([]);
      });

      test('a notice that was not shown waits on, and nobody can take away another’s', async () => {
        await farm.placePaid('ord_1');
        const mine = await store.findTurn(farm.sender, null);
        const other = await store.findTurn(sender, null);
        expect(other.held).toEqual([]);
        await end(other, { shown: mine.held.map(({ id }) => id) });
        await end(mine);
        const next = await store.findTurn(farm.sender, null);
        expect(next.held).toEqual(mine.held);
      });
    });

    describe('the outbox', () => {
      const claim = (now = MONDAY_NOON, limit = 10) =>
        store.claimOutbox({ now, leaseMs: LEASE_MS, limit });
      const soldOnTelegram = async () => {
        await hire(store, { storeId: 'peach', role: 'seller' });
        await hire(store, { storeId: 'peach', role: 'farmer' });
        await farm.placePaid('ord_1');
        await farm.cancel('ord_1');
      };
      const WORDS = { texts: ['취소됐어요'], choices: [] };
      const stateOf = async (...rows: readonly { readonly id: number }[]) =>
        Promise.all(rows.map(async ({ id }) => (await store.findLetter(id))?.state));
      /** Two rows owed to the seller alone, in one hand. */
      const claimTwoOfOne = async (): Promise<[OutboxRow, OutboxRow]> => {
        await hire(store, { storeId: 'peach', role: 'seller' });
        for (const id of ['ord_1', 'ord_2']) {
          await farm.placePaid(id);
          await farm.cancel(id);
        }
        const [first, second] = await claim();
        if (first === undefined || second === undefined) throw new Error('two rows were expected');
        return [first, second];
      };
      const deadLetter = async () => {
        const { sender } = await hire(store, { storeId: 'peach', role: 'seller' });
        await farm.placePaid('ord_1');
        await farm.cancel('ord_1');
        const [row] = await claim();
        if (row === undefined) throw new Error('a row was expected');
        const dead = { state: 'dead', cause: 'blocked', content: null } as const;
        await store.settleOutbox(row, dead, MONDAY_NOON);
        return { sender, row };
      };

      test('owes words to whoever has the role, and says what and where to', async () => {
        await soldOnTelegram();
        const rows = await claim();
        expect(rows.map(({ kind, sender }) => [kind, sender.user]).toSorted()).toEqual([
          ['cancelled', 'farmer-of-peach'],
          ['cancelled', 'seller-of-peach'],
        ]);
        expect(rows[0]).toMatchObject({ storeId: 'peach', orderId: 'ord_1', attempts: 1 });
        expect(new Set(rows.map(({ key }) => key)).size).toBe(2);
      });

      test('a claimed row is nobody else’s until its lease is over', async () => {
        await soldOnTelegram();
        const both = await Promise.all([claim(), claim()]);
        expect(both.map((rows) => rows.length)).toEqual([2, 0]);
        expect(await claim(later(LEASE_MS - 1))).toEqual([]);
        const again = await claim(later(LEASE_MS));
        expect(again.map(({ attempts }) => attempts)).toEqual([2, 2]);
        expect(again.map(({ key }) => key).toSorted()).toEqual(
          both[0]?.map(({ key }) => key).toSorted(),
        );
      });

      test('a claim takes no more than it asks for, oldest first', async () => {
        await soldOnTelegram();
        const [first] = await claim(MONDAY_NOON, 1);
        const [second] = await claim(MONDAY_NOON, 1);
        expect(first && second && first.id < second.id).toBe(true);
      });

      test('a settled row never comes back, whatever its end', async () => {
        for (const state of ['done', 'held', 'dropped'] as const) {
          await farm.place(`ord_${state}`);
          await farm.pay(`ord_${state}`);
        }
        await soldOnTelegram();
        const [done, dead] = await claim();
        if (done === undefined || dead === undefined) throw new Error('two rows were expected');
        await store.settleOutbox(done, { state: 'done', content: 'words' }, MONDAY_NOON);
        await store.settleOutbox(
          dead,
          { state: 'dead', cause: 'blocked', content: 'words' },
          MONDAY_NOON,
        );
        expect(await claim(later(24 * HOUR_MS))).toEqual([]);
      });

      test('a row to be tried again comes when it is due, with the words of the first try', async () => {
        await soldOnTelegram();
        const [row] = await claim(MONDAY_NOON, 1);
        if (row === undefined) throw new Error('a row was expected');
        expect(row.content).toBeNull();
        const dueAt = later(10 * LEASE_MS).toISOString();
        const content = { texts: ['취소됐어요'] };
        await store.settleOutbox(
          row,
          { state: 'due', cause: 'timeout', dueAt, content },
          MONDAY_NOON,
        );
        const before = await claim(later(10 * LEASE_MS - 1));
        expect(before.map(({ id }) => id)).not.toContain(row.id);
        const found = (await claim(later(10 * LEASE_MS))).find(({ id }) => id === row.id);
        expect(found).toMatchObject({ key: row.key, content, attempts: 2 });
      });

      test('two commands of the same moment owe their words each', async () => {
        await hire(store, { storeId: 'peach', role: 'seller' });
        await farm.placePaid('ord_1', {}, {});
        const advance = (parcel: string) =>
          store.submit(
            ordering.advanceParcels(farm.asked('farmer'), 'ord_1', {
              parcelIds: [parcel],
              to: 'shipped',
              carrier: null,
              waybills: [],
            }),
          );
        await Promise.all([advance('par_1-1'), advance('par_1-2')]);
        const turn = await store.findTurn(farm.sender, null);
        const shipped = turn.held.filter(({ kind }) => kind === 'shipped');
        expect(shipped.map(({ data }) => data.parcels)).toEqual([['par_1-1'], ['par_1-2']]);
      });

      test('what a command owed is found by its mark, and what nobody read is taken back', async () => {
        const { personId } = await hire(store, { storeId: 'peach', role: 'seller' });
        await farm.placePaid('ord_1');
        await farm.freeze(TUESDAY);
        const request = { date: TUESDAY, rows: 'all', to: 'shipped' } as const;
        const reported = await store.submit(ordering.report(farm.asked('farmer'), request));
        const { trace } = reported.answer;
        if (trace === null) throw new Error('expected a trace');
        // The seller is told, the buyer not yet.
        const claim = { now: MONDAY_NOON, leaseMs: 1000, limit: 10 };
        const rows = await store.claimOutbox(claim);
        expect(rows.some((row) => row.kind === 'report' && row.personId === personId)).toBe(true);
        for (const row of rows)
          await store.settleOutbox(row, { state: 'done', content: null }, MONDAY_NOON);
        const held = async () => (await store.findTurn(farm.sender, null)).held;
        expect((await held()).map(({ kind }) => kind)).toContain('shipped');
        await store.submit(ordering.undo(farm.asked('farmer'), trace));
        expect((await held()).map(({ kind }) => kind)).not.toContain('shipped');
        expect((await held()).map(({ kind }) => kind)).not.toContain('taken_back');
        const corrections = await store.claimOutbox(claim);
        expect(corrections.map(({ kind }) => kind)).toEqual(['act_undone']);
      });

      test('what is taken back while it is being tried is not tried again', async () => {
        await hire(store, { storeId: 'peach', role: 'seller' });
        await farm.placePaid('ord_1');
        await farm.freeze(TUESDAY);
        const request = { date: TUESDAY, rows: 'all', to: 'packed' } as const;
        const reported = await store.submit(ordering.report(farm.asked('farmer'), request));
        const { trace } = reported.answer;
        if (trace === null) throw new Error('expected a trace');
        const claim = { now: MONDAY_NOON, leaseMs: 1000, limit: 10 };
        expect((await store.claimOutbox(claim)).map(({ kind }) => kind)).toContain('report');
        await store.submit(ordering.undo(farm.asked('farmer'), trace));
        const again = await store.claimOutbox({ ...claim, now: later(HOUR_MS) });
        expect(again.map(({ kind }) => kind)).toEqual(['act_undone']);
      });

      test('whoever has two roles hears a thing once', async () => {
        const { personId } = await hire(store, { storeId: 'peach', role: 'seller' });
        const expiresAt = later(HOUR_MS).toISOString();
        await store.createInvite({ codeHash: 'x', storeId: 'peach', roles: ['farmer'], expiresAt });
        await store.useInvite({ codeHash: 'x', personId, now: MONDAY_NOON });
        await farm.placePaid('ord_1');
        await farm.cancel('ord_1');
        expect((await claim()).map(({ kind }) => kind)).toEqual(['cancelled']);
      });

      test('a seat is one holder’s until he leaves it', async () => {
        const seat = await store.takeSeat('telegram');
        expect(await store.takeSeat('telegram')).toBeNull();
        expect(await store.takeSeat('discord')).not.toBeNull();
        await seat?.leave();
        await seat?.lost;
        expect(await store.takeSeat('telegram')).not.toBeNull();
      });

      test('what is due for one person is claimed together, and nobody twice at a time', async () => {
        await soldOnTelegram();
        await farm.placePaid('ord_2');
        await farm.cancel('ord_2');
        const [first] = await claim(MONDAY_NOON, 1);
        const own = await claim(MONDAY_NOON, 1);
        expect(own).toHaveLength(2);
        expect(new Set(own.map(({ personId }) => personId)).size).toBe(1);
        expect(first?.personId).not.toBe(own[0]?.personId);
        await farm.placePaid('ord_3');
        await farm.cancel('ord_3');
        expect(await claim()).toEqual([]);
      });

      test('words are kept before they are sent, and those told by them are done with them', async () => {
        const [leader, follower] = await claimTwoOfOne();
        const sending = { row: leader, bundled: [follower], content: WORDS, copies: 0 };
        const leased = { now: MONDAY_NOON, leaseMs: LEASE_MS };
        expect(await store.startSending({ ...sending, ...leased })).toBe(true);
        const again = await claim(later(LEASE_MS));
        expect(again).toMatchObject([{ id: leader.id, content: WORDS, cause: 'sending' }]);
        expect(again[0]?.bundled.map(({ id }) => id)).toEqual([follower.id]);
      });

      test.each([
        { state: 'due', cause: 'unavailable', dueAt: later(LEASE_MS).toISOString() },
        { state: 'dead', cause: 'blocked' },
        { state: 'dropped', cause: 'untrue' },
      ] as const)(
        'rows told together are $state together when nobody has read the words',
        async (end) => {
          const [leader, follower] = await claimTwoOfOne();
          const leased = { now: MONDAY_NOON, leaseMs: LEASE_MS };
          const sending = { row: leader, bundled: [follower], content: WORDS, copies: 0 };
          await store.startSending({ ...sending, ...leased });
          await store.settleOutbox(leader, { ...end, content: null }, MONDAY_NOON);
          expect(await stateOf(leader, follower)).toEqual([end.state, end.state]);
        },
      );

      test('what its person is shown has arrived, whoever has it in hand, and reads the same again', async () => {
        await soldOnTelegram();
        const [row] = await claim(MONDAY_NOON, 1);
        if (row === undefined) throw new Error('a row was expected');
        const { sender } = row;
        const asked = { id: row.id, sender };
        const confirm = (of = asked) => store.confirmNotice({ ...of, now: later(1000) });
        expect(await store.findNotice(asked)).toBeNull();
        expect(await confirm()).toBe(false);
        const leased = { now: MONDAY_NOON, leaseMs: LEASE_MS };
        await store.startSending({ row, bundled: [], content: WORDS, copies: 0, ...leased });
        const other = { ...sender, user: 'somebody-else' };
        await store.meet(other, MONDAY_NOON);
        for (const wrong of [
          { ...asked, sender: other },
          { ...asked, sender: { ...sender, user: 'a-stranger' } },
          { ...asked, id: row.id + 100 },
        ]) {
          expect(await store.findNotice(wrong)).toBeNull();
          expect(await confirm(wrong)).toBe(false);
        }
        expect(await store.findNotice(asked)).toEqual(WORDS);
        expect(await stateOf(row)).toEqual(['due']);
        expect(await confirm()).toBe(true);
        expect(await stateOf(row)).toEqual(['done']);
        const dueAt = later(LEASE_MS).toISOString();
        const end = { state: 'due', cause: 'accepted', dueAt, content: WORDS } as const;
        expect(await store.settleOutbox(row, end, MONDAY_NOON)).toBe('taken');
        expect(await store.findNotice(asked)).toEqual(WORDS);
        expect(await confirm()).toBe(true);
        expect(await stateOf(row)).toEqual(['done']);
      });

      test('a worker whose row was taken over neither sends nor settles it', async () => {
        await soldOnTelegram();
        const [late] = await claim(MONDAY_NOON, 1);
        const mine = (await claim(later(LEASE_MS))).find(({ id }) => id === late?.id);
        if (late === undefined || mine === undefined) throw new Error('a row was expected');
        const leased = { now: later(LEASE_MS), leaseMs: LEASE_MS };
        const sending = { bundled: [], content: WORDS, copies: 0, ...leased };
        expect(await store.startSending({ ...sending, row: late })).toBe(false);
        const done = { state: 'done', content: WORDS } as const;
        expect(await store.settleOutbox(late, done, later(LEASE_MS))).toBe('taken');
        expect(await store.settleOutbox(mine, done, later(LEASE_MS))).toBe('settled');
      });

      test('a row that is put off comes back later, untried, and holds up nobody else', async () => {
        const [quiet, other] = await claimTwoOfOne();
        const until = later(HOUR_MS);
        await store.putOffOutbox([quiet], { until, isQuiet: true });
        await store.settleOutbox(other, { state: 'done', content: WORDS }, MONDAY_NOON);
        await farm.placePaid('ord_9');
        await farm.cancel('ord_9');
        expect((await claim()).map(({ id }) => id)).not.toContain(quiet.id);
        const back = (await claim(until)).find(({ id }) => id === quiet.id);
        expect(back?.attempts).toBe(quiet.attempts);
      });

      test('a row that failed holds up what came later for the same person', async () => {
        const [failed, other] = await claimTwoOfOne();
        const dueAt = later(HOUR_MS).toISOString();
        await store.settleOutbox(
          failed,
          { state: 'due', cause: 'unavailable', dueAt, content: null },
          MONDAY_NOON,
        );
        await store.settleOutbox(other, { state: 'done', content: WORDS }, MONDAY_NOON);
        await farm.placePaid('ord_9');
        await farm.cancel('ord_9');
        expect(await claim(later(HOUR_MS - 1))).toEqual([]);
        expect(await claim(later(HOUR_MS))).toHaveLength(2);
      });

      test('what is dead is shown at the next contact, and is over then', async () => {
        const { sender, row } = await deadLetter();
        const turn = await store.findTurn(sender, null);
        expect(turn.held.map(({ id }) => id)).toEqual([row.id]);
        const settle = () => ({ conversation: null, reply: null });
        const ended = { turn, shown: [row.id], settle };
        await store.endTurn({ storeId: 'peach', now: later(0), end: ended });
        expect(await stateOf(row)).toEqual(['done']);
        expect((await store.queueFigures(later(0))).dead).toBe(0);
      });

      test('what is dead is listed with its cause and without a word of it', async () => {
        const { row } = await deadLetter();
        const letters = await store.listOutbox({ state: 'dead', limit: 10 });
        expect(letters).toMatchObject([
          { id: row.id, cause: 'blocked', audience: 'seller', platform: 'telegram', attempts: 1 },
        ]);
        expect(await store.listOutbox({ state: 'dead', storeId: 'plum', limit: 10 })).toEqual([]);
        expect((await store.listOutbox({ limit: 10 })).length).toBeGreaterThan(0);
      });

      test('a dead letter is tried again from the start', async () => {
        const { row } = await deadLetter();
        const now = later(HOUR_MS);
        const mended = await store.mendLetter({ id: row.id, now, mending: { how: 'retry' } });
        expect(mended).toMatchObject({ state: 'due', attempts: 0 });
        expect(await claim(now)).toMatchObject([{ id: row.id, key: row.key, attempts: 1 }]);
        const twice = await store.mendLetter({ id: row.id, now, mending: { how: 'retry' } });
        expect(twice).toBeNull();
      });

      test('a dead letter is tried again in other words, or in words of other data', async () => {
        const { row } = await deadLetter();
        const now = later(HOUR_MS);
        const reword = { how: 'reword', content: WORDS } as const;
        await store.mendLetter({ id: row.id, now, mending: reword });
        const [reworded] = await claim(now);
        expect(reworded).toMatchObject({ content: WORDS, edits: 1, cause: 'edited' });
        if (reworded === undefined) throw new Error('a row was expected');
        await store.settleOutbox(reworded, { state: 'dead', cause: 'x', content: WORDS }, now);
        const redo = { how: 'redo', data: { code: 'P7-002' } } as const;
        await store.mendLetter({ id: row.id, now, mending: redo });
        expect(await claim(now)).toMatchObject([{ content: null, data: { code: 'P7-002' } }]);
      });

      test('a dead letter is dropped with a reason, which is kept apart from the lists', async () => {
        const { row } = await deadLetter();
        const mending = { how: 'drop', why: '김영희님이 이미 아세요' } as const;
        expect(await store.mendLetter({ id: row.id, now: later(HOUR_MS), mending })).toMatchObject({
          state: 'dropped',
          cause: 'blocked',
        });
        expect((await store.findLetter(row.id))?.why).toBe(mending.why);
        expect(JSON.stringify(await store.listOutbox({ limit: 10 }))).not.toContain('김영희');
      });

      test('every admin hears once of each dead letter, whatever store it is of', async () => {
        await deadLetter();
        expect(await store.raiseAlarm(later(0))).toBe(0);
        const admin = await hire(store, { storeId: '*', role: 'admin' });
        expect(await store.raiseAlarm(later(0))).toBe(1);
        expect(await store.raiseAlarm(later(0))).toBe(0);
        const alarms = (await claim()).filter(({ kind }) => kind === 'dead_letters');
        expect(alarms).toMatchObject([{ personId: admin.personId, audience: 'admin' }]);
      });

      test('orders are counted by the minute in which they were placed, store and platform', async () => {
        await soldOnTelegram();
        await farm.placePaid('ord_2');
        const since = later(-60_000);
        const counted = await store.countPlaced(since);
        const minute = MONDAY_NOON.toISOString().slice(0, 16);
        const orders = counted.reduce((sum, one) => sum + one.orders, 0);
        expect(orders).toBeGreaterThan(0);
        expect(new Set(counted.map((one) => one.minute))).toEqual(new Set([minute]));
        expect(counted.every(({ storeId, platform }) => storeId !== '' && platform !== '')).toBe(
          true,
        );
        expect(await store.countPlaced(later(60_000))).toEqual([]);
      });

      test('the queue is counted, and how late and how dead it is', async () => {
        await soldOnTelegram();
        await farm.placePaid('ord_2');
        const waiting = await store.queueFigures(later(5000));
        expect(waiting).toEqual({
          due: 2,
          held: 2,
          dead: 0,
          oldestDueAgeMs: 5000,
          oldestHeldAgeMs: 5000,
          oldestDeadAgeMs: 0,
        });
        const [row] = await claim();
        if (row === undefined) throw new Error('a row was expected');
        const dead = { state: 'dead', cause: 'blocked', content: null } as const;
        await store.settleOutbox(row, dead, later(1000));
        expect(await store.queueFigures(later(4000))).toMatchObject({
          due: 1,
          dead: 1,
          oldestDeadAgeMs: 3000,
        });
      });

      test('the hours that somebody chose stand beside what is owed to him', async () => {
        await soldOnTelegram();
        const hours = { from: '22:00', to: '06:00' };
        const { personId } = await hire(store, { storeId: 'peach', role: 'seller' });
        await store.setQuietHours({ personId, storeId: 'peach', hours });
        const rows = await claim();
        const hoursOf = (audience: string) => rows.find((row) => row.audience === audience);
        expect(hoursOf('seller')?.quietHours).toEqual(hours);
        expect(hoursOf('farmer')?.quietHours).toBeNull();
      });

      test('wakes whoever listens once words may be owed', async () => {
        let woken = 0;
        store.onOutbox(() => {
          woken += 1;
        });
        await farm.placePaid('ord_1');
        expect(woken).toBeGreaterThanOrEqual(1);
      });

      test('settling what is settled changes nothing', async () => {
        await soldOnTelegram();
        const [row] = await claim();
        if (row === undefined) throw new Error('a row was expected');
        const settle = (of: OutboxRow) =>
          store.settleOutbox(of, { state: 'done', content: 'words' }, MONDAY_NOON);
        await settle(row);
        await store.settleOutbox(
          row,
          { state: 'due', cause: 'late', dueAt: MONDAY_NOON.toISOString(), content: 'other' },
          MONDAY_NOON,
        );
        expect((await claim(later(HOUR_MS))).map(({ id }) => id)).not.toContain(row.id);
      });
    });

    describe('what jobs look for', () => {
      test('unpaid orders are reminded of once, oldest first, and not when they ended', async () => {
        for (const no of [1, 2, 3, 4]) await farm.place(`ord_${no}`);
        const end = later(24 * HOUR_MS);
        const due = async (limit = 10) =>
          (await store.findToRemind(end, limit)).map(({ orderId }) => orderId);
        expect(await store.findToRemind(MONDAY_NOON, 10)).toEqual([]);
        await farm.pay('ord_2');
        await farm.cancel('ord_3');
        expect(await due()).toEqual(['ord_1', 'ord_4']);
        expect(await due(1)).toEqual(['ord_1']);
        const noon = farm.asked('system', later(23 * HOUR_MS));
        expect((await store.submit(ordering.remind(noon, 'ord_1'))).answer).toBe(true);
        expect((await store.submit(ordering.remind(noon, 'ord_1'))).answer).toBe(false);
        expect(await due()).toEqual(['ord_4']);
        const { held } = await store.findTurn(farm.sender, null);
        expect(held.filter(({ kind }) => kind === 'reminder')).toHaveLength(1);
      });

      const advance = (orderId: string, to: 'packed' | 'shipped', at = MONDAY_NOON) =>
        store.submit(
          ordering.advanceParcels(farm.asked('farmer', at), orderId, {
            parcelIds: null,
            to,
            carrier: null,
            waybills: [],
          }),
        );

      test('parcels on their way are found once each order, until their buyer is asked', async () => {
        await farm.placePaid('ord_1', {}, {});
        await farm.placePaid('ord_2');
        await advance('ord_1', 'shipped');
        await advance('ord_2', 'packed');
        const shippedBefore = later(HOUR_MS);
        const found = async (before = shippedBefore) =>
          (await store.findUnasked('peach', { shippedBefore: before, limit: 10 })).map(
            ({ orderId }) => orderId,
          );
        expect(await found(MONDAY_NOON)).toEqual([]);
        expect(await found()).toEqual(['ord_1']);
        expect(await store.findUnasked('plum', { shippedBefore, limit: 10 })).toEqual([]);
        const asking = () =>
          store.submit(ordering.askDelivered(farm.asked('system'), 'ord_1', shippedBefore));
        expect((await asking()).answer).toBe(true);
        expect((await asking()).answer).toBe(false);
        expect(await found()).toEqual([]);
        const parcels = (await store.findOrder('peach', 'ord_1'))?.parcels;
        expect(parcels?.map(({ shippedAt }) => shippedAt)).toEqual(
          [1, 2].map(() => MONDAY_NOON.toISOString()),
        );
      });

      test('since when a parcel is on its way stays when its waybill is corrected', async () => {
        await farm.placePaid('ord_1');
        await advance('ord_1', 'shipped');
        const late = farm.asked('farmer', later(HOUR_MS));
        const waybill = { parcelIds: null, to: 'shipped', carrier: 'kr.hanjin' } as const;
        await store.submit(
          ordering.advanceParcels(late, 'ord_1', { ...waybill, waybills: ['1234567890'] }),
        );
        expect((await store.findOrder('peach', 'ord_1'))?.parcels[0]).toMatchObject({
          shippedAt: MONDAY_NOON.toISOString(),
          packages: [{ waybill: '1234567890' }],
        });
      });

      test('a buyer has news until they are told, and none once it is on its way', async () => {
        await farm.placePaid('ord_1', {}, {});
        expect(await store.findUntoldBuyers('peach')).toEqual([]);
        await advance('ord_1', 'packed');
        expect(await store.findUntoldBuyers('peach')).toEqual([farm.buyerId]);
        const telling = () =>
          store.submit(
            ordering.tellDaily(farm.asked('system'), { buyerId: farm.buyerId, date: MONDAY }),
          );
        expect((await telling()).answer).toBe(2);
        expect((await telling()).answer).toBe(0);
        expect(await store.findUntoldBuyers('peach')).toEqual([]);
        await farm.placePaid('ord_2');
        await advance('ord_2', 'packed');
        await advance('ord_2', 'shipped');
        expect(await store.findUntoldBuyers('peach')).toEqual([]);
      });

      test('whoever wants no news is passed over, until he wants them again', async () => {
        await farm.placePaid('ord_1');
        await advance('ord_1', 'packed');
        const say = async (wantsStatus: boolean) => {
          const turn = await store.findTurn(farm.sender, null);
          const settle = () => ({ conversation: {}, reply: {} });
          const end = { turn, shown: [], person: { wantsStatus }, settle };
          await store.endTurn({ storeId: 'peach', now: MONDAY_NOON, end });
        };
        await say(false);
        await say(false);
        expect(await store.findUntoldBuyers('peach')).toEqual([]);
        const telling = ordering.tellDaily(farm.asked('system'), {
          buyerId: farm.buyerId,
          date: MONDAY,
        });
        expect((await store.submit(telling)).answer).toBe(0);
        await say(true);
        expect(await store.findUntoldBuyers('peach')).toEqual([farm.buyerId]);
      });

      test('what is left of a day is counted', async () => {
        const nothing = {
          leftParcels: 0,
          leftBoxes: 0,
          withoutWaybill: 0,
          undated: 0,
          unpaid: 0,
          unpaidKrw: 0,
        };
        expect(await store.findDayEnd('peach', TUESDAY)).toEqual(nothing);
        await farm.placePaid('ord_1', { boxes: 3 }, { boxes: 2 });
        await farm.placePaid('ord_2', { boxes: 38 });
        await farm.place('ord_3');
        await farm.placePaid('ord_4');
        await advance('ord_4', 'shipped');
        expect(await store.findDayEnd('peach', MONDAY)).toMatchObject({ leftParcels: 0 });
        expect(await store.findDayEnd('peach', TUESDAY)).toEqual({
          ...nothing,
          leftParcels: 2,
          leftBoxes: 5,
          withoutWaybill: 1,
          unpaid: 1,
          unpaidKrw: 40_000,
        });
        expect(await store.findDayEnd('peach', WEDNESDAY)).toMatchObject({ leftBoxes: 43 });
      });

      test('the date asked for last is kept, per store', async () => {
        expect(await store.findAskedDay('peach')).toBeNull();
        await store.submit(ordering.askEvening(farm.asked('system')));
        const asked = { date: TUESDAY, at: MONDAY_NOON.toISOString() };
        expect(await store.findAskedDay('peach')).toEqual(asked);
        const at = later(24 * HOUR_MS);
        await store.submit(ordering.askEvening(farm.asked('system', at)));
        expect(await store.findAskedDay('peach')).toEqual({
          date: WEDNESDAY,
          at: at.toISOString(),
        });
        expect(await store.findAskedDay('plum')).toBeNull();
      });
    });

    describe('job slots', () => {
      const slot = { job: 'day-list', storeId: 'peach', slot: '2026-07-21T06:00' };
      const claim = (now = MONDAY_NOON) => store.claimSlot(slot, { now, leaseMs: LEASE_MS });

      test('of many one runs a slot, and a finished slot never runs again', async () => {
        const ran = await Promise.all(Array.from({ length: 4 }, () => claim()));
        expect(ran.filter(Boolean)).toHaveLength(1);
        expect(await store.findLastSlot('day-list', 'peach')).toBeNull();
        await store.finishSlot(slot, { rows: 3 }, MONDAY_NOON);
        expect(await claim(later(LEASE_MS * 2))).toBe(false);
        expect(await store.findLastSlot('day-list', 'peach')).toBe(slot.slot);
      });

      test('a slot whose runner died is taken over once its lease is over', async () => {
        expect(await claim()).toBe(true);
        expect(await claim(later(LEASE_MS - 1))).toBe(false);
        const taken = await Promise.all([claim(later(LEASE_MS)), claim(later(LEASE_MS))]);
        expect(taken.filter(Boolean)).toHaveLength(1);
      });

      test('slots of other jobs, stores and times are their own', async () => {
        expect(await claim()).toBe(true);
        const others = [
          { ...slot, job: 'expiry' },
          { ...slot, storeId: 'plum' },
          { ...slot, slot: '2026-07-22T06:00' },
        ];
        for (const other of others) {
          expect(await store.claimSlot(other, { now: MONDAY_NOON, leaseMs: LEASE_MS })).toBe(true);
          await store.finishSlot(other, null, MONDAY_NOON);
        }
        expect(await store.findLastSlot('day-list', 'peach')).toBe('2026-07-22T06:00');
      });
    });

    describe('invites', () => {
      const invite = (codeHash: string, ms = 24 * HOUR_MS) =>
        store.createInvite({
          codeHash,
          storeId: 'peach',
          roles: ['farmer', 'seller'],
          expiresAt: later(ms).toISOString(),
        });
      const person = async (user: string) => {
        const sender = { platform: 'telegram', bot: 'bot', user };
        return (await store.meet(sender, MONDAY_NOON)).id;
      };
      const use = (codeHash: string, personId: string, now = MONDAY_NOON) =>
        store.useInvite({ codeHash, personId, now });

      test('one person gets its roles, once', async () => {
        await invite('code');
        const people = await Promise.all(['a', 'b'].map(person));
        const ends = await Promise.all(people.map((id) => use('code', id)));
        expect(ends).toEqual([{ storeId: 'peach', roles: ['farmer', 'seller'] }, 'wrong']);
        const turn = await store.findTurn({ platform: 'telegram', bot: 'bot', user: 'a' }, null);
        expect(turn.roles.toSorted((a, b) => (a.role < b.role ? -1 : 1))).toEqual([
          { storeId: 'peach', role: 'farmer' },
          { storeId: 'peach', role: 'seller' },
        ]);
      });

      test('a code that is too old or unknown is wrong', async () => {
        await invite('old', HOUR_MS);
        const id = await person('a');
        expect(await use('old', id, later(HOUR_MS))).toBe('wrong');
        expect(await use('unknown', id)).toBe('wrong');
      });

      test('five wrong tries lock even the right code, for an hour', async () => {
        await invite('code');
        const id = await person('a');
        for (let tries = 0; tries < 5; tries++) expect(await use('guess', id)).toBe('wrong');
        expect(await use('code', id)).toBe('locked');
        expect(await use('code', await person('b'))).not.toBe('locked');
        await invite('second');
        expect(await use('second', id, later(HOUR_MS - 1))).toBe('locked');
        expect(await use('second', id, later(HOUR_MS))).toMatchObject({ storeId: 'peach' });
      });

      test('fifty wrong tries at one bot lock that bot for everybody, and no other', async () => {
        await invite('code');
        for (let guesser = 0; guesser < 10; guesser++) {
          const id = await person(`guesser-${guesser}`);
          for (let tries = 0; tries < 5; tries++) await use('guess', id);
        }
        expect(await use('code', await person('honest'))).toBe('locked');
        const sender = { platform: 'telegram', bot: 'another', user: 'honest' };
        const elsewhere = (await store.meet(sender, MONDAY_NOON)).id;
        expect(await use('guess', elsewhere)).toBe('wrong');
        expect(await use('code', elsewhere)).toMatchObject({ storeId: 'peach' });
      });
    });

    describe('erasing a person', () => {
      const forget = () => store.forgetPerson(farm.buyerId, MONDAY_NOON);
      const opened = (id: string) => store.findOrder('peach', id);

      async function deliver(orderId: string): Promise<void> {
        const order = await opened(orderId);
        const parcels = order?.parcels.map(({ id }) => id) ?? [];
        await store.submit(
          ordering.advanceParcels(farm.asked('seller'), orderId, {
            parcelIds: parcels,
            to: 'delivered',
            carrier: null,
            waybills: [],
          }),
        );
      }

      test('takes names, addresses, the conversation and what waits; totals and history stay', async () => {
        await farm.placePaid('ord_1', { boxes: 2 });
        await deliver('ord_1');
        await store.endTurn({
          storeId: 'peach',
          now: MONDAY_NOON,
          end: {
            turn: await store.findTurn(farm.sender, null),
            shown: [],
            settle: () => ({ conversation: { said: '박철수님께' }, reply: '네' }),
          },
        });
        const before = { ...(await opened('ord_1')) };
        const history = await store.findHistory('peach', 'ord_1');
        expect(await forget()).toEqual({ isErased: true, keptOrders: [] });
        const { buyer, sender, depositor, memo, parcels, ...rest } = (await opened('ord_1')) ?? {};
        expect({ buyer, sender, depositor, memo }).toEqual({
          buyer: { name: null, phone: null },
          sender: null,
          depositor: null,
          memo: null,
        });
        expect(parcels).toMatchObject([{ recipient: '—', phone: '', address: '—', boxes: 2 }]);
        expect(before).toMatchObject(rest);
        expect(await store.findHistory('peach', 'ord_1')).toEqual(history);
        const list = await store.findDayList('peach', TUESDAY);
        expect(list.rows.map(({ order }) => order.parcels[0]?.recipient)).toEqual(['—']);
        expect(await faults()).toEqual([]);
        const turn = await store.findTurn(farm.sender, null);
        expect(turn).toMatchObject({ isNew: true, conversation: null, held: [] });
        expect(turn.person.id).not.toBe(farm.buyerId);
      });

      test('keeps what an open order needs and says which; when it ends the rest goes', async () => {
        await farm.placePaid('ord_1');
        await deliver('ord_1');
        await farm.placePaid('ord_2');
        const turn = await store.findTurn(farm.sender, null);
        const person = { name: '김영희', phone: '01011112222' };
        const settle = () => ({ conversation: { draft: '박철수' }, reply: '네' });
        const end = { turn, shown: [], person, settle };
        await store.endTurn({ storeId: 'peach', now: MONDAY_NOON, end });
        expect(await forget()).toMatchObject({
          isErased: false,
          keptOrders: [{ storeId: 'peach', id: 'ord_2', code: 'P7-002' }],
        });
        expect((await opened('ord_1'))?.parcels[0]?.recipient).toBe('—');
        expect((await opened('ord_2'))?.parcels[0]?.recipient).toBe('박철수1');
        const sentTo = { buyerId: farm.buyerId, storeId: 'peach', limit: 10 };
        expect(await store.findSentTo(sentTo)).toEqual([]);
        const now = await store.findTurn(farm.sender, null);
        expect(now).toMatchObject({ isNew: false, conversation: null });
        expect(now.person).toMatchObject({ id: farm.buyerId, name: null, phone: null });
        expect(await store.findToForget(10)).toEqual([farm.buyerId]);

        await deliver('ord_2');
        expect(await forget()).toEqual({ isErased: true, keptOrders: [] });
        expect((await opened('ord_2'))?.parcels[0]?.recipient).toBe('—');
        expect(await store.findToForget(10)).toEqual([]);
      });

      test('waits for money that is to go back, and for a role to end', async () => {
        await farm.placePaid('ord_1');
        await farm.cancel('ord_1');
        expect(await forget()).toMatchObject({ isErased: false, keptOrders: [{ id: 'ord_1' }] });
        const { personId, sender } = await hire(store, { storeId: 'peach', role: 'seller' });
        expect(await store.forgetPerson(personId, MONDAY_NOON)).toEqual({
          isErased: false,
          keptOrders: [],
        });
        expect((await store.findTurn(sender, null)).roles).toHaveLength(1);
      });

      test('is answered within the very turn that asks for it, of whom all goes and of whom not', async () => {
        for (const isOpen of [true, false]) {
          const turn = await store.findTurn(farm.sender, null);
          if (turn.isNew) throw new Error('the buyer is unknown');
          if (isOpen) await farm.place('ord_1');
          expect(await forget()).toMatchObject({ isErased: !isOpen });
          const settle = () => ({ conversation: { fresh: true }, reply: '지웠어요' });
          const end = { turn, shown: [], settle };
          const request = { key: `${turn.person.id}:${isOpen}` };
          const asked = { storeId: 'peach', now: MONDAY_NOON, request, end };
          expect(await store.endTurn(asked)).toBe('지웠어요');
          if (isOpen) await farm.cancel('ord_1');
        }
        expect((await store.findTurn(farm.sender, null)).isNew).toBe(true);
      });

      test('leaves no message on its way to him, and none is written any more', async () => {
        const buyer = { platform: 'telegram', bot: 'bot', user: 'gone' };
        const { id: buyerId } = await store.meet(buyer, MONDAY_NOON);
        const placing = { id: 'ord_t', buyerId, request: requestFor({}) };
        await store.submit(ordering.place(farm.asked(), placing));
        await farm.cancel('ord_t', null, 'seller');
        expect(await store.forgetPerson(buyerId, MONDAY_NOON)).toMatchObject({ isErased: true });
        const claim = { now: later(HOUR_MS), leaseMs: LEASE_MS, limit: 10 };
        expect(await store.claimOutbox(claim)).toEqual([]);
        expect(await store.claimOutbox({ ...claim, now: later(2 * HOUR_MS) })).toEqual([]);
      });

      test('leaves his orders to be worked with: a repeated cancel is answered, and kept', async () => {
        await farm.place('ord_1');
        await farm.cancel('ord_1');
        expect(await forget()).toMatchObject({ isErased: true });
        const request = { key: 'k1', body: 'cancel' };
        const again = { ...farm.cancelling('ord_1', null, 'seller'), request };
        expect(await store.submit(again)).toMatchObject({ repeated: false });
        expect(await store.submit(again)).toMatchObject({ repeated: true });
        const account = { bank: '농협', account: '3020000000011', holder: '홍길순' };
        expect(await farm.giveAccount('ord_1', account)).toBe(0);
        expect(await faults()).toEqual([]);
      });

      test('of somebody unknown does nothing', async () => {
        expect(await store.forgetPerson('per_unknown', MONDAY_NOON)).toBeNull();
        expect((await store.findTurn(farm.sender, null)).isNew).toBe(false);
      });

      test('an answer stored for him cannot be had again', async () => {
        const request = { key: 'k1', body: 'b' };
        await store.submit({ ...farm.placing('ord_1'), request });
        await store.rememberAnswer('k1', { order: { recipient: '박철수1' } });
        expect(await store.findAnswer(request)).toEqual({ order: { recipient: '박철수1' } });
        await farm.cancel('ord_1');
        await forget();
        expect(await refused(store.findAnswer(request))).toBe('idempotency_reuse');
      });
    });

    describe('staff', () => {
      const joined = async () =>
        hire(store, { storeId: 'peach', role: 'farmer', platform: 'telegram' });

      test('who works there hears who joined, the newcomer does not', async () => {
        await hire(store, { storeId: 'peach', role: 'seller' });
        const { id: personId } = (await store.findTurn(farm.sender, null)).person;
        const codeHash = 'new-farmer';
        const expiresAt = later(HOUR_MS).toISOString();
        await store.createInvite({ codeHash, storeId: 'peach', roles: ['farmer'], expiresAt });
        await store.useInvite({ codeHash, personId, now: MONDAY_NOON });
        expect((await store.findTurn(farm.sender, null)).held).toEqual([]);
        const claim = { now: MONDAY_NOON, leaseMs: LEASE_MS, limit: 10 };
        const rows = await store.claimOutbox(claim);
        expect(rows.map(({ kind, sender }) => [kind, sender.user])).toEqual([
          ['staff_joined', 'seller-of-peach'],
        ]);
      });

      test('a role is taken away once, and only that one', async () => {
        const { personId, sender } = await joined();
        expect(await store.findStaff('peach')).toEqual([
          { personId, platform: 'telegram', roles: ['farmer'], since: MONDAY_NOON.toISOString() },
        ]);
        const of = { storeId: 'peach', personId, now: MONDAY_NOON } as const;
        expect(await store.removeRoles({ ...of, roles: ['seller'] })).toBe(0);
        expect(await store.removeRoles({ ...of, roles: ['farmer'] })).toBe(1);
        expect(await store.removeRoles({ ...of, roles: ['farmer'] })).toBe(0);
        expect(await store.findStaff('peach')).toEqual([]);
        expect((await store.findTurn(sender, null)).roles).toEqual([]);
      });

      test('what waited for staff goes with the last role, what waits for a buyer stays', async () => {
        const codeHash = 'both';
        const expiresAt = later(HOUR_MS).toISOString();
        await store.createInvite({ codeHash, storeId: 'peach', roles: ['farmer'], expiresAt });
        const { person } = await store.findTurn(farm.sender, null);
        await store.useInvite({ codeHash, personId: person.id, now: MONDAY_NOON });
        await farm.placePaid('ord_1');
        await farm.freeze(TUESDAY);
        const kinds = async () =>
          (await store.findTurn(farm.sender, null)).held.map(({ kind }) => kind);
        expect(await kinds()).toEqual(expect.arrayContaining(['paid', 'day_list']));
        const of = { storeId: 'peach', personId: person.id, now: MONDAY_NOON } as const;
        await store.removeRoles({ ...of, roles: ['farmer'] });
        expect(await kinds()).toContain('paid');
        expect(await kinds()).not.toContain('day_list');
      });

      test('no link to print a list outlives the role of a farmer, but those of other stores', async () => {
        const { personId } = await joined();
        const expiresAt = later(HOUR_MS);
        for (const storeId of ['peach', 'apple'])
          await store.createLink({
            ...{ kind: 'print', storeId, data: { date: TUESDAY } },
            ...{ token: `of-${storeId}`, now: MONDAY_NOON, expiresAt },
          });
        const of = { storeId: 'peach', personId, now: MONDAY_NOON } as const;
        await store.removeRoles({ ...of, roles: ['farmer'] });
        const follow = (token: string) => store.followPrintLink({ token, now: MONDAY_NOON });
        expect(await follow('of-peach')).toEqual({ refused: 'expired' });
        expect(await follow('of-apple')).toEqual({ storeId: 'apple', date: TUESDAY });
      });

      test('what is about to be sent to staff goes with the last role too', async () => {
        const { personId } = await joined();
        await farm.placePaid('ord_1');
        await farm.freeze(TUESDAY);
        const of = { storeId: 'peach', personId, now: MONDAY_NOON } as const;
        await store.removeRoles({ ...of, roles: ['farmer'] });
        const claim = { now: MONDAY_NOON, leaseMs: LEASE_MS, limit: 10 };
        const kinds = (await store.claimOutbox(claim)).map(({ kind }) => kind);
        expect(kinds).toContain('role_removed');
        expect(kinds).not.toContain('day_list');
      });

      test('a notice on personal data is remembered with the person', async () => {
        const turn = await store.findTurn(farm.sender, null);
        expect(turn.noticeVersion).toBeNull();
        const settle = () => ({ conversation: {}, reply: 'hello' });
        const end = { turn, shown: [], settle, person: { noticeVersion: 'v1' } };
        await store.endTurn({ storeId: 'peach', now: MONDAY_NOON, end });
        expect((await store.findTurn(farm.sender, null)).noticeVersion).toBe('v1');
      });

      test('who loses a role hears it, once', async () => {
        const { personId } = await joined();
        const of = { storeId: 'peach', personId, now: MONDAY_NOON } as const;
        let woken = 0;
        store.onOutbox(() => void woken++);
        const removal = { ...of, roles: ['farmer'] } as const;
        await Promise.all([store.removeRoles(removal), store.removeRoles(removal)]);
        expect(woken).toBeGreaterThan(0);
        const owed = await store.claimOutbox({
          now: later(HOUR_MS),
          leaseMs: LEASE_MS,
          limit: 10,
        });
        expect(owed.map(({ kind, data }) => [kind, data])).toEqual([
          ['role_removed', { roles: ['farmer'] }],
        ]);
      });
    });

    describe('the history of all orders', () => {
      test('is read in the order of writing, page by page, of all orders or of one', async () => {
        await farm.placePaid('ord_1');
        await farm.place('ord_2');
        await farm.cancel('ord_1');
        const all = await store.findEvents({ after: 0, limit: 100 });
        expect(all.map(({ orderId, event }) => `${orderId} ${event}`)).toEqual([
          'ord_1 placed',
          'ord_1 paid',
          'ord_1 scheduled',
          'ord_2 placed',
          'ord_1 cancelled',
          'ord_1 refund_opened',
        ]);
        const pages = [];
        for (let after = 0; ; ) {
          const page = await store.findEvents({ after, limit: 4 });
          pages.push(...page);
          after = page.at(-1)?.id ?? 0;
          if (page.length < 4) break;
        }
        expect(pages).toEqual(all);
        const order = { storeId: 'peach', orderId: 'ord_2' };
        expect(await store.findEvents({ after: 0, order, limit: 9 })).toEqual(all.slice(3, 4));
        const own = await store.findHistory('peach', 'ord_1');
        const { id: _, storeId, orderId, ...entry } = all[0] ?? { id: 0 };
        expect(entry).toEqual(own[0]);
      });

      test('is entered at a time', async () => {
        await farm.place('ord_1');
        const hours = (n: number) => later(n * HOUR_MS);
        for (const n of [1, 2]) {
          const placing = { id: `ord_h${n}`, buyerId: farm.buyerId, request: requestFor({}) };
          await store.submit(ordering.place(farm.asked('buyer', hours(n)), placing));
        }
        const since = async (at: Date) => {
          const after = await store.findLastEventBefore(at.toISOString());
          return (await store.findEvents({ after, limit: 9 })).map(({ orderId }) => orderId);
        };
        expect(await since(hours(0))).toEqual(['ord_1', 'ord_h1', 'ord_h2']);
        expect(await since(hours(2))).toEqual(['ord_h2']);
        expect(await since(hours(3))).toEqual([]);
      });
    });

    describe('finding', () => {
      test('orders are found by code in their store, though every store has the same codes', async () => {
        for (let no = 0; no < 5; no++) {
          const other = await openFarm(store, { id: `other-${no}` });
          await other.place(`ord_other-${no}`);
        }
        await farm.place('ord_1');
        const plum = await openFarm(store, { id: 'plum', now: later(HOUR_MS) });
        await plum.place('ord_plum');
        for (const [storeId, id] of [
          ['peach', 'ord_1'],
          ['plum', 'ord_plum'],
          ['other-3', 'ord_other-3'],
        ] as const) {
          const found = await store.findOrders({ storeId, code: 'P7-001', limit: 1 });
          expect(found.map((order) => order.id)).toEqual([id]);
        }
        expect(await store.findOrders({ code: 'P7-001', limit: 20 })).toHaveLength(7);
      });

      test('a buyer’s orders come newest first, from one store or from all', async () => {
        const plum = await openFarm(store, { id: 'plum' });
        const buyerId = farm.buyerId;
        for (let no = 0; no < 3; no++) {
          const at = later(no * HOUR_MS);
          const order = { id: `ord_${no}`, buyerId, request: plumRequest };
          await store.submit(ordering.place(farm.asked('buyer', at), order));
          await store.submit(
            ordering.place(plum.asked('buyer', later(no * HOUR_MS + 60_000)), {
              ...order,
              id: `ord_plum${no}`,
            }),
          );
        }
        const ids = async (filter: { storeId?: string; state?: 'paid'; limit: number }) =>
          (await store.findOrders({ buyerId, ...filter })).map(({ id }) => id);
        expect(await ids({ limit: 3 })).toEqual(['ord_plum2', 'ord_2', 'ord_plum1']);
        expect(await ids({ storeId: 'peach', limit: 2 })).toEqual(['ord_2', 'ord_1']);
        await farm.pay('ord_0');
        expect(await ids({ state: 'paid', limit: 2 })).toEqual(['ord_0']);
        expect(await store.findOrders({ buyerId: plum.buyerId, limit: 5 })).toEqual([]);
      });

      test('a store’s orders come in pages, by state, by date and since a time', async () => {
        for (let no = 0; no < 5; no++) await farm.place(`ord_${no}`);
        await farm.pay('ord_1');
        await farm.pay('ord_3');
        const ids = async (filter: Omit<Parameters<Store['findOrders']>[0], 'storeId'>) =>
          (await store.findOrders({ storeId: 'peach', ...filter })).map(({ id }) => id);
        const page = await store.findOrders({ storeId: 'peach', limit: 2 });
        expect(page.map(({ id }) => id)).toEqual(['ord_4', 'ord_3']);
        const last = page.at(-1);
        expect(await ids({ limit: 9, after: `${last?.placedAt}|${last?.id}` })).toEqual([
          'ord_2',
          'ord_1',
          'ord_0',
        ]);
        expect(await ids({ limit: 9, state: 'paid' })).toEqual(['ord_3', 'ord_1']);
        expect(await ids({ limit: 9, date: TUESDAY })).toEqual(['ord_3', 'ord_1']);
        expect(await ids({ limit: 9, date: WEDNESDAY })).toEqual([]);
        expect(await ids({ limit: 9, since: later(1).toISOString() })).toEqual([]);
      });

      test('a store’s totals are counted by state and by the day of its own calendar', async () => {
        const plum = await openFarm(store, { id: 'plum' });
        await plum.placePaid('ord_plum');
        await plum.place('ord_plum2');
        expect(await store.findTotals('nowhere', { today: MONDAY }).catch(() => null)).toBeNull();
        const none = {
          unpaid: 0,
          unpaidKrw: 0,
          claimedPaid: 0,
          paidToday: 0,
          toRefundKrw: 0,
          toRefund: 0,
          receipts: 0,
          deposits: 0,
          depositsKrw: 0,
          undated: 0,
        };
        expect(await store.findTotals('peach', { today: MONDAY })).toEqual(none);
        for (const no of [1, 2, 3, 4, 5]) await farm.place(`ord_${no}`, { boxes: no });
        await farm.pay('ord_1');
        await farm.pay('ord_2');
        await farm.cancel('ord_2');
        await farm.cancel('ord_3');
        // 15:30 in UTC is the next day in Seoul.
        const night = farm.asked('seller', new Date('2026-07-20T15:30:00Z'));
        const paying = farm.paying('ord_4', night.now);
        await store.submit({ ...paying, now: night.now });
        expect(await store.findTotals('peach', { today: MONDAY })).toEqual({
          unpaid: 1,
          unpaidKrw: 5 * 35_000 + 3 * 5_000,
          claimedPaid: 0,
          paidToday: 1,
          toRefundKrw: 75_000,
          toRefund: 1,
          receipts: 0,
          deposits: 0,
          depositsKrw: 0,
          undated: 0,
        });
        const claiming = ordering.claimPaid(farm.asked('buyer'), 'ord_5');
        await store.submit(claiming);
        expect(await store.findTotals('peach', { today: MONDAY })).toMatchObject({
          claimedPaid: 1,
        });
        expect((await store.findTotals('peach', { today: TUESDAY })).paidToday).toBe(1);
      });

      test('open refunds come oldest first, with the account once it is given', async () => {
        for (const id of ['ord_1', 'ord_2']) {
          await farm.placePaid(id);
          await farm.cancel(id);
        }
        const account = { bank: '농협', account: '3021234567891', holder: '김영희' };
        await farm.giveAccount('ord_2', account);
        const openedAt = MONDAY_NOON.toISOString();
        const both = { storeId: 'peach', amountKrw: 40_000, openedAt, endedAt: null };
        expect(await store.findOpenRefunds('peach', 10)).toEqual([
          {
            ...{ ...both, id: 'ref_1-1', orderId: 'ord_1', code: 'P7-001' },
            ...{ state: 'needs_account', account: null },
          },
          {
            ...{ ...both, id: 'ref_2-1', orderId: 'ord_2', code: 'P7-002' },
            ...{ state: 'due', account },
          },
        ]);
        expect(await store.findOpenRefunds('peach', 1)).toHaveLength(1);
        expect(await store.findOpenRefunds('apple', 10)).toEqual([]);
        expect(await store.findTotals('peach', { today: MONDAY })).toMatchObject({
          toRefund: 2,
          toRefundKrw: 80_000,
        });
      });

      test('complaints come newest first, of their own store and since a time', async () => {
        await farm.placePaid('ord_1');
        await farm.placePaid('ord_2');
        const complain = (id: string, at: Date) =>
          store.submit(ordering.complain(farm.asked('buyer', at), id, '상했어요'));
        await complain('ord_1', MONDAY_NOON);
        await complain('ord_2', later(HOUR_MS));
        const found = async (since: Date) =>
          (await store.findComplaints('peach', { since, limit: 10 })).map((one) => one.orderId);
        expect(await found(MONDAY_NOON)).toEqual(['ord_2', 'ord_1']);
        expect(await found(later(1))).toEqual(['ord_2']);
        const of = { since: MONDAY_NOON, limit: 10 };
        expect(await store.findComplaints('apple', of)).toEqual([]);
      });

      test('unpaid orders come in pages too, newest first', async () => {
        for (let no = 0; no < 5; no++) await farm.place(`ord_${no}`);
        await farm.pay('ord_3');
        const state = 'awaiting_payment';
        const page = await store.findOrders({ storeId: 'peach', state, limit: 2 });
        expect(page.map(({ id }) => id)).toEqual(['ord_4', 'ord_2']);
        const last = page.at(-1);
        const after = `${last?.placedAt}|${last?.id}`;
        const rest = await store.findOrders({ storeId: 'peach', state, limit: 9, after });
        expect(rest.map(({ id }) => id)).toEqual(['ord_1', 'ord_0']);
        const dated = { storeId: 'peach', state, date: TUESDAY, limit: 9 } as const;
        expect(await store.findOrders(dated)).toEqual([]);
      });

      test('an id alone leads to its store and order', async () => {
        await farm.place('ord_1', {}, {});
        expect(await store.findStoreOf('ord_1')).toEqual({ storeId: 'peach', orderId: 'ord_1' });
        expect(await store.findStoreOf('par_1-2')).toEqual({ storeId: 'peach', orderId: 'ord_1' });
        expect(await store.findStoreOf('ord_2')).toBeNull();
        expect(await store.findStoreOf('par_2-1')).toBeNull();
      });

      test('an order of another store is not there', async () => {
        await openFarm(store, { id: 'plum' });
        await farm.place('ord_1');
        expect(await store.findOrder('plum', 'ord_1')).toBeNull();
      });

      test('unpaid orders are found once their time is over, oldest first, paid ones never', async () => {
        await farm.place('ord_1');
        await farm.placePaid('ord_2');
        const payBy = (await store.findOrder('peach', 'ord_1'))?.payBy ?? '';
        expect(await store.findExpired(new Date(Date.parse(payBy) - 1), 9)).toEqual([]);
        expect(await store.findExpired(new Date(payBy), 9)).toEqual([
          { storeId: 'peach', orderId: 'ord_1' },
        ]);
        const asked = farm.asked('system', new Date(payBy));
        await store.submit(ordering.expire(asked, 'ord_1'));
        expect(await store.findExpired(new Date(payBy), 9)).toEqual([]);
        expect(await refused(farm.pay('ord_1'))).toBe('not_payable');
      });

      test('the list of a day is a draft in deposit order until it is frozen', async () => {
        await farm.place('ord_1');
        await farm.place('ord_2');
        await farm.pay('ord_2', later(-60_000));
        await farm.pay('ord_1');
        const rows = async () => {
          const list = await store.findDayList('peach', TUESDAY);
          return list.rows.map(({ row, struck, order }) => [row, struck, order.id]);
        };
        expect(await rows()).toEqual([
          [1, false, 'ord_2'],
          [2, false, 'ord_1'],
        ]);
        expect(await store.findNewestList('peach')).toBeNull();
        await farm.freeze(TUESDAY);
        await farm.placePaid('ord_3');
        await farm.cancel('ord_2');
        expect(await rows()).toEqual([
          [1, true, 'ord_2'],
          [2, false, 'ord_1'],
        ]);
        expect(await store.findNewestList('peach')).toMatchObject({ date: TUESDAY });
        const { day } = await store.findDayList('peach', TUESDAY);
        expect(day).toMatchObject({ revision: 2, reservedBoxes: 1 });
        expect((await store.findOrder('peach', 'ord_1'))?.parcels[0]?.row).toBe(2);
      });

      test('a waybill belongs to one parcel of its store, until that is cancelled', async () => {
        const plum = await openFarm(store, { id: 'plum' });
        await plum.placePaid('ord_plum');
        for (const no of [1, 2, 3]) await farm.placePaid(`ord_${no}`, { boxes: 4 });
        await farm.freeze(TUESDAY);
        const give = (row: number, ...waybills: string[]) => {
          const rows = [{ row, waybills, carrier: null }];
          return store.submit(
            ordering.report(farm.asked('farmer'), { date: TUESDAY, rows, to: 'harvested' }),
          );
        };
        await give(1, '123456789012', '123456789013');
        expect(await refused(give(2, '123456789012'))).toBe('conflict');
        const advance = (asked: ReturnType<Farm['asked']>, id: string, parcelIds: string[]) =>
          store.submit(
            ordering.advanceParcels(asked, id, {
              parcelIds,
              to: 'packed',
              carrier: null,
              waybills: ['123456789012'],
            }),
          );
        expect(await refused(advance(farm.asked(), 'ord_2', ['par_2-1']))).toBe('conflict');
        await advance(plum.asked(), 'ord_plum', ['par_plum-1']);
        // Corrected, and cancelled: both set a number free.
        await give(1, '123456789022', '123456789013');
        await give(2, '123456789012');
        expect(await refused(give(3, '123456789013'))).toBe('conflict');
        await farm.cancel('ord_1');
        await give(3, '123456789013');
        expect(await faults()).toEqual([]);
      });

      test('a row tells with which revision it came and left', async () => {
        for (const id of ['ord_1', 'ord_2']) await farm.placePaid(id, { boxes: 2 });
        await farm.freeze(TUESDAY);
        await farm.cancel('ord_1');
        const { day, rows } = await store.findDayList('peach', TUESDAY);
        expect(day.revision).toBe(2);
        expect(rows.map((row) => [row.addedRevision, row.struckRevision])).toEqual([
          [1, 2],
          [1, null],
        ]);
      });

      test('a row that leaves a frozen list and comes back gets a new number', async () => {
        await farm.placePaid('ord_1');
        await farm.placePaid('ord_2');
        await farm.freeze(TUESDAY);
        await farm.cut(TUESDAY, 1);
        await farm.cap(TUESDAY, 40);
        const { rows } = await store.findDayList('peach', TUESDAY);
        expect(rows.map(({ row, struck, parcelId }) => [row, struck, parcelId])).toEqual([
          [1, false, 'par_1-1'],
          [2, true, 'par_2-1'],
          [3, false, 'par_2-1'],
        ]);
        expect(await faults()).toEqual([]);
      });

      test('a parcel that left one frozen list stands once on the next, under its number there', async () => {
        await farm.placePaid('ord_1');
        await farm.placePaid('ord_2', { boxes: 3 });
        await farm.freeze(TUESDAY);
        await farm.cut(TUESDAY, 1);
        await farm.place('ord_3', { boxes: 2 });
        await farm.pay('ord_3', later(-60_000));
        await farm.freeze(WEDNESDAY);
        const { rows } = await store.findDayList('peach', WEDNESDAY);
        expect(rows.map(({ row, parcelId }) => [row, parcelId])).toEqual([
          [1, 'par_3-1'],
          [2, 'par_2-1'],
        ]);
        expect((await store.findOrder('peach', 'ord_2'))?.parcels).toMatchObject([{ row: 2 }]);
        const { moved, reservedBoxes } = (await farm.cap(WEDNESDAY, 0)).answer;
        expect(moved).toEqual([
          { parcel: 'par_3-1', order: 'ord_3', from: WEDNESDAY, to: '2026-07-23' },
          { parcel: 'par_2-1', order: 'ord_2', from: WEDNESDAY, to: '2026-07-23' },
        ]);
        expect(reservedBoxes).toBe(0);
        expect(await faults()).toEqual([]);
      });

      test('stores, products and holidays are found as they were last put', async () => {
        await store.putShop({ ...farm.shop, name: '새 이름', state: 'paused' });
        const [peach] = farm.shop.products;
        if (peach === undefined) throw new Error('a product was expected');
        await store.putProduct('peach', { ...peach, priceKrw: 40_000 });
        await store.putHoliday('2026-08-15', '광복절');
        const shop = await store.findShop('peach');
        expect(shop).toMatchObject({ name: '새 이름', state: 'paused' });
        expect(shop?.products.map(({ priceKrw }) => priceKrw)).toEqual([40_000]);
        expect(shop?.holidays.has('2026-08-15')).toBe(true);
        expect(await store.listHolidays()).toContainEqual({ date: '2026-08-15', name: '광복절' });
        await store.putHoliday('2026-08-15', null);
        const dates = (await store.listHolidays()).map(({ date }) => date);
        expect(dates).not.toContain('2026-08-15');
        expect((await store.findShop('peach'))?.holidays.has('2026-08-15')).toBe(false);
        expect(await store.listShops({ states: ['open'] })).toEqual([]);
        expect(await store.listShops({ states: ['open', 'paused'] })).toHaveLength(1);
        expect(await store.findShop('nowhere')).toBeNull();
      });
    });

    describe('at the same moment', () => {
      test('of 64 payments for the last box of a day one gets it', async () => {
        await farm.cap(TUESDAY, 1);
        const ids = Array.from({ length: 64 }, (_, index) => `ord_${index}`);
        await Promise.all(ids.map((id) => farm.place(id)));
        const paid = await Promise.all(ids.map((id) => farm.pay(id)));
        const dates = paid.map(({ answer }) => answer.parcels[0]?.harvestDate);
        expect(dates.filter((date) => date === TUESDAY)).toHaveLength(1);
        expect(dates.filter((date) => date === WEDNESDAY)).toHaveLength(40);
        expect(dates.every((date) => date !== null)).toBe(true);
        expect(await faults()).toEqual([]);
      });

      test('with every other day closed one of 64 is scheduled and the others wait', async () => {
        const plum = await openFarm(store, { id: 'plum', policy: { dailyCapBoxes: 1 } });
        const ids = Array.from({ length: 64 }, (_, index) => `ord_${index}`);
        await Promise.all(ids.map((id) => plum.place(id)));
        const closed = { ...plum.shop.policy, dailyCapBoxes: 0 };
        await store.putShop({ ...plum.shop, policy: closed });
        await plum.cap(TUESDAY, 1);
        const paid = await Promise.all(ids.map((id) => plum.pay(id)));
        const parcels = paid.map(({ answer }) => answer.parcels[0]);
        expect(parcels.filter((p) => p?.state === 'scheduled')).toHaveLength(1);
        expect(parcels.filter((p) => p?.state === 'waiting')).toHaveLength(63);
        expect(await faults()).toEqual([]);
      });

      test('an order paid twice at once is paid once', async () => {
        await farm.place('ord_1');
        const ends = await Promise.allSettled([farm.pay('ord_1'), farm.pay('ord_1')]);
        expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
        expect((await store.findOrder('peach', 'ord_1'))?.paidKrw).toBe(40_000);
        expect(await faults()).toEqual([]);
      });

      test('paying and cancelling at once end in one of both, never in between', async () => {
        await farm.place('ord_1');
        const ends = await Promise.allSettled([farm.cancel('ord_1'), farm.pay('ord_1')]);
        expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
        await farm.place('ord_2');
        await Promise.all([farm.pay('ord_2'), farm.cancel('ord_2')]);
        expect(await store.findOrder('peach', 'ord_2')).toMatchObject({
          state: 'cancelled',
          paidKrw: 40_000,
          refundDueKrw: 40_000,
        });
        expect(await faults()).toEqual([]);
      });
    });

    test('a parcel moved off the last date goes to the next and is told once', async () => {
      await farm.placePaid('ord_1', { boxes: 30 });
      await farm.placePaid('ord_2', { boxes: 10 });
      const { answer } = await farm.cap(TUESDAY, 30);
      expect(answer.moved).toEqual([
        { parcel: 'par_2-1', order: 'ord_2', from: TUESDAY, to: WEDNESDAY },
      ]);
      const { held } = await store.findTurn(farm.sender, null);
      expect(held.filter(({ kind }) => kind === 'moved')).toMatchObject([{ orderId: 'ord_2' }]);
      await farm.cap(NEXT_MONDAY, 10);
      expect(await faults()).toEqual([]);
    });

    test('a closed store answers nothing more', async () => {
      const closing = await open();
      const other = await openFarm(closing);
      const last = other.place('ord_1');
      await closing.close();
      await expect(last).resolves.toMatchObject({ repeated: false });
      await expect(other.place('ord_2')).rejects.toThrow();
    });
  });
}

const plumRequest = requestFor({});
