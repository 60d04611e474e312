// What every storage engine owes the pages: what was said on them, and links that let somebody in.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/orders/store.ts';
import { type Farm, hire, MONDAY_NOON, openFarm, TUESDAY } from '../support/shop.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ME = { platform: 'web', bot: 'web', user: 'me' };
const OTHER = { ...ME, user: 'other' };

function later(ms: number): Date {
  return new Date(MONDAY_NOON.getTime() + ms);
}

export function testPages(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store of pages`, () => {
    let store: Store;
    let farm: Farm;
    beforeEach(async () => {
      store = await open();
      farm = await openFarm(store);
    });
    afterEach(() => store.close());

    describe('a page', () => {
      const add = (sender: typeof ME, ...entries: readonly [key: string, entry: unknown][]) =>
        store.addPageEntries(
          sender,
          entries.map(([key, entry]) => ({ key, entry })),
          MONDAY_NOON,
        );
      const shown = async (sender = ME, after = 0, limit = 100) =>
        (await store.findPageEntries(sender, { after, limit })).map(({ entry }) => entry);

      test('keeps what was said and answered in order, each person their own', async () => {
        await store.meet(ME, MONDAY_NOON);
        await store.meet(OTHER, MONDAY_NOON);
        expect(await add(ME, ['1', { said: '두 상자요' }], ['2', { reply: '네' }])).toBe(true);
        await add(OTHER, ['1', { said: '안녕' }]);
        expect(await shown()).toEqual([{ said: '두 상자요' }, { reply: '네' }]);
        expect(await shown(OTHER)).toEqual([{ said: '안녕' }]);
      });

      test('keeps what is renewed beside the newest, once', async () => {
        await store.meet(ME, MONDAY_NOON);
        await add(ME, ['note', 'old']);
        const others = Array.from({ length: 60 }, (_, no): [string, number] => [`${no}`, no]);
        await add(ME, ...others);
        expect(await store.renewPageEntries(ME, [{ key: 'note', entry: 'new' }], MONDAY_NOON)).toBe(
          true,
        );
        await add(ME, ...others.map(([key, no]): [string, number] => [`again ${key}`, no]));
        expect((await shown()).filter((entry) => typeof entry === 'string')).toEqual(['new']);
      });

      test('wakes whoever watches it, as long as he does, and nobody else', async () => {
        await store.meet(ME, MONDAY_NOON);
        await store.meet(OTHER, MONDAY_NOON);
        const woken: string[] = [];
        const [first, second] = ['first', 'second'].map((name) =>
          store.watchPage(ME, () => woken.push(name)),
        );
        store.watchPage(OTHER, () => woken.push('other'));
        await add(ME, ['1', '안녕']);
        expect(woken).toEqual(['first', 'second']);
        first?.();
        await add(ME, ['2', '또']);
        second?.();
        await add(ME, ['3', '끝']);
        expect(woken).toEqual(['first', 'second', 'second']);
      });

      test('of an order or a store is woken by what changes it, and by nothing else', async () => {
        const woken: string[] = [];
        const watch = (name: string, storeId: string, orderId?: string) =>
          store.watch({ storeId, ...(orderId && { orderId }) }, () => woken.push(name));
        const ends = [
          watch('order', 'peach', 'ord_1'),
          watch('other order', 'peach', 'ord_2'),
          watch('store', 'peach'),
          watch('other store', 'plum', 'ord_1'),
        ];
        await farm.place('ord_1', { boxes: 2 });
        expect(woken).toEqual(['store']);
        await farm.cancel('ord_1');
        expect(woken).toEqual(['store', 'order', 'store']);
        await store.endOrderLinks('peach', 'ord_1');
        expect(woken).toEqual(['store', 'order', 'store', 'order']);
        for (const end of ends) end();
        await farm.place('ord_3', { boxes: 1 });
        expect(woken).toHaveLength(4);
      });

      test('makes nobody known', async () => {
        expect(await add(ME, ['1', '안녕'])).toBe(false);
        expect(await shown()).toEqual([]);
        expect((await store.findTurn(ME, null)).isNew).toBe(true);
      });

      test('shows one key once, with its first words, also when both come at once', async () => {
        await store.meet(ME, MONDAY_NOON);
        await Promise.all([add(ME, ['1', '첫째']), add(ME, ['1', '둘째'])]);
        await add(ME, ['1', '셋째'], ['2', '다음']);
        expect(await shown()).toEqual(['첫째', '다음']);
      });

      test('tells what came after an id, and of more than asked for the newest', async () => {
        await store.meet(ME, MONDAY_NOON);
        await add(ME, ['1', 'a'], ['2', 'b'], ['3', 'c'], ['4', 'd']);
        const [first] = await store.findPageEntries(ME, { after: 0, limit: 100 });
        expect(await shown(ME, first?.id)).toEqual(['b', 'c', 'd']);
        expect(await shown(ME, first?.id, 2)).toEqual(['c', 'd']);
      });

      test('is empty once its person asked to be forgotten', async () => {
        const { id } = await store.meet(ME, MONDAY_NOON);
        await store.meet(OTHER, MONDAY_NOON);
        await add(ME, ['1', '박철수 010-1234-5678']);
        await add(OTHER, ['1', 'stays']);
        await store.forgetPerson(id, MONDAY_NOON);
        expect(await shown()).toEqual([]);
        expect(await shown(OTHER)).toEqual(['stays']);
        const seller = await hire(store, { storeId: 'peach', role: 'seller', platform: 'web' });
        await add(seller.sender, ['1', '박철수 010-1234-5678']);
        await store.forgetPerson(seller.personId, MONDAY_NOON);
        expect((await store.findTurn(seller.sender, null)).isNew).toBe(false);
        expect(await shown(seller.sender)).toEqual([]);
      });

      test('keeps the newest hundred and gives no id twice', async () => {
        await store.meet(ME, MONDAY_NOON);
        await store.meet(OTHER, MONDAY_NOON);
        await add(OTHER, ['1', 'stays']);
        for (let from = 0; from < 120; from += 40)
          await add(
            ME,
            ...Array.from({ length: 40 }, (_, at): [string, unknown] => [
              `${from + at}`,
              from + at,
            ]),
          );
        const kept = await store.findPageEntries(ME, { after: 0, limit: 1000 });
        expect(kept.map(({ entry }) => entry)).toEqual(
          Array.from({ length: 100 }, (_, at) => at + 20),
        );
        expect(new Set(kept.map(({ id }) => id)).size).toBe(100);
        expect(await shown(OTHER)).toEqual(['stays']);
      });
    });

    test('the session of an operator lasts until its end, or until it is revoked', async () => {
      const token = 'a-session-token-of-many-random-bits';
      const id = await store.createLink({
        ...{ token, kind: 'ops', storeId: '*', data: { keyId: 'k' } },
        ...{ now: MONDAY_NOON, expiresAt: later(HOUR_MS) },
      });
      const follow = (now = MONDAY_NOON, said = token) => store.followSession({ token: said, now });
      expect(await follow()).toEqual({ id, keyId: 'k' });
      expect(await follow(MONDAY_NOON, 'guessed')).toEqual({ refused: 'forged' });
      expect(await store.followBoardLink({ token, now: MONDAY_NOON })).toEqual({
        refused: 'forged',
      });
      expect(await follow(later(HOUR_MS))).toEqual({ refused: 'expired' });
      expect(await store.revokeLink(id, MONDAY_NOON)).toBe(true);
      expect(await follow()).toEqual({ refused: 'expired' });
    });

    describe('a link to the board', () => {
      const follow = (token: string, now = MONDAY_NOON) => store.followBoardLink({ token, now });

      test('lets its farmer work there until its end, or until he is none any more', async () => {
        const { personId } = await hire(store, { storeId: 'peach', role: 'farmer' });
        const token = 'a-board-token-of-many-random-bits';
        await store.createLink({
          ...{ token, kind: 'board', storeId: 'peach', data: { personId } },
          ...{ now: MONDAY_NOON, expiresAt: later(HOUR_MS) },
        });
        expect(await follow(token)).toEqual({ storeId: 'peach', personId });
        expect(await follow('guessed')).toEqual({ refused: 'forged' });
        expect(await store.followSession({ token, now: MONDAY_NOON })).toEqual({
          refused: 'forged',
        });
        expect(await store.followPrintLink({ token, now: MONDAY_NOON })).toEqual({
          refused: 'forged',
        });
        expect(await follow(token, later(HOUR_MS))).toEqual({ refused: 'expired' });
        await store.removeRoles({
          ...{ storeId: 'peach', personId, roles: ['farmer'], now: MONDAY_NOON },
        });
        expect(await follow(token)).toEqual({ refused: 'expired' });
        expect(await store.countRefusedLinks(new Date(0))).toBe(5);
      });
    });

    describe('a chat link', () => {
      const TOKEN = 'a-token-of-many-random-bits';
      const make = (token = TOKEN, roles = ['farmer', 'seller']) =>
        store.createLink({
          token,
          kind: 'chat',
          storeId: 'peach',
          data: { roles },
          now: MONDAY_NOON,
          expiresAt: later(15 * MINUTE_MS),
        });
      const enter = (sender: typeof ME, { token = TOKEN, now = later(MINUTE_MS) } = {}) =>
        store.enterByLink({ token, sender, now });

      test('lets one in, with its roles, and nobody after', async () => {
        await make();
        const ends = await Promise.all([enter(ME), enter(OTHER)]);
        expect(ends).toEqual([
          { storeId: 'peach', roles: ['farmer', 'seller'] },
          { refused: 'used' },
        ]);
        const { roles, isNew } = await store.findTurn(ME, null);
        expect(isNew).toBe(false);
        expect(roles.map(({ role }) => role).toSorted()).toEqual(['farmer', 'seller']);
        expect((await store.findTurn(OTHER, null)).isNew).toBe(true);
      });

      test('tells whoever works there who came, once for all his roles', async () => {
        const { personId } = await hire(store, { storeId: 'peach', role: 'seller' });
        await make();
        await enter(ME);
        const claim = { now: later(MINUTE_MS), leaseMs: MINUTE_MS, limit: 10 };
        const rows = await store.claimOutbox(claim);
        expect(rows.map((row) => [row.kind, row.personId])).toEqual([['staff_joined', personId]]);
      });

      test('is over after its time, also for whoever comes in the last moment', async () => {
        await make();
        const now = later(15 * MINUTE_MS);
        expect(await enter(ME, { now })).toEqual({ refused: 'expired' });
        expect(await enter(ME, { now: new Date(now.getTime() - 1) })).toMatchObject({
          storeId: 'peach',
        });
      });

      test('taken back lets nobody in', async () => {
        const id = await make();
        expect(await store.revokeLink(id, later(1))).toBe(true);
        expect(await store.revokeLink(id, later(2))).toBe(false);
        expect(await enter(ME)).toEqual({ refused: 'expired' });
        expect(await store.revokeLink('lnk_of_nobody', later(1))).toBe(false);
      });

      test('forged is refused, and every refusal is counted', async () => {
        await make();
        expect(await enter(ME, { token: 'guessed' })).toEqual({ refused: 'forged' });
        expect(await enter(ME, { token: '' })).toEqual({ refused: 'forged' });
        await enter(ME);
        await enter(ME);
        expect(await store.countRefusedLinks(later(-HOUR_MS))).toBe(3);
        expect(await store.countRefusedLinks(later(HOUR_MS))).toBe(0);
        expect((await store.findTurn(OTHER, null)).isNew).toBe(true);
      });

      test('is listed by a name that lets nobody in', async () => {
        const first = await make();
        const second = await make('another-token');
        await store.revokeLink(second, later(1));
        const [link, ...others] = await store.listOpenLinks(later(2), 10);
        expect(others).toEqual([]);
        expect(link).toMatchObject({ id: first, kind: 'chat', storeId: 'peach', usedAt: null });
        expect(JSON.stringify(link)).not.toContain(TOKEN);
        expect(await enter(ME, { token: first })).toEqual({ refused: 'forged' });
        expect(await store.listOpenLinks(later(15 * MINUTE_MS), 10)).toEqual([]);
      });
    });

    describe('a print link', () => {
      const TOKEN = 'a-print-token-of-many-random-bits';
      const of = { kind: 'print', storeId: 'peach', data: { date: TUESDAY } } as const;
      const expiresAt = later(48 * HOUR_MS);
      const make = () => store.createLink({ ...of, token: TOKEN, now: MONDAY_NOON, expiresAt });
      const follow = (token = TOKEN, now = later(MINUTE_MS)) =>
        store.followPrintLink({ token, now });

      test('leads to its list again and again, until its time is over', async () => {
        await make();
        const place = { storeId: 'peach', date: TUESDAY };
        expect(await Promise.all([follow(), follow()])).toEqual([place, place]);
        expect(await follow(TOKEN, new Date(expiresAt.getTime() - 1))).toEqual(place);
        expect(await follow(TOKEN, expiresAt)).toEqual({ refused: 'expired' });
        expect(await store.listOpenLinks(later(1), 10)).toMatchObject([{ usedAt: null }]);
      });

      test('taken back or forged leads nowhere, and every refusal is counted', async () => {
        const id = await make();
        expect(await follow('guessed')).toEqual({ refused: 'forged' });
        await store.revokeLink(id, later(1));
        expect(await follow()).toEqual({ refused: 'expired' });
        expect(await store.countRefusedLinks(later(-HOUR_MS))).toBe(2);
      });

      test('is forgotten when it is asked for and long over, unless it was taken back', async () => {
        const id = await make();
        const other = { ...of, token: 'another-token', now: MONDAY_NOON, expiresAt };
        await store.createLink(other);
        await store.revokeLink(id, later(1));
        expect(await store.dropEndedLinks(expiresAt)).toBe(0);
        expect(await store.dropEndedLinks(new Date(expiresAt.getTime() + 1))).toBe(1);
        expect(await follow()).toEqual({ refused: 'expired' });
        expect(await follow('another-token')).toEqual({ refused: 'forged' });
      });

      test('lets nobody into the chat', async () => {
        await make();
        const entry = { token: TOKEN, sender: ME, now: later(MINUTE_MS) };
        expect(await store.enterByLink(entry)).toEqual({ refused: 'forged' });
        expect((await store.findTurn(ME, null)).isNew).toBe(true);
      });
    });
  });
}
