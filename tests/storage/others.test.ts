// What a server notices of the processes that write its file beside it.
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../storage/operations.ts';
import { forgetChangedShops, listShops, ShopMemory } from '../../storage/shops.ts';
import type { Body } from '../../storage/statement.ts';
import { openFarm, product } from '../support/shop.ts';
import { fileForTest, openWithConnection } from '../support/sqlite.ts';

describe('what another process writes', () => {
  test('wakes the outbox, and its words are due at once', async () => {
    const { open } = fileForTest();
    const server = open();
    const beside = open();
    const farm = await openFarm(beside, { platform: 'telegram' });
    await farm.place('ord_1');
    const woken = new Promise<void>((resolve) => server.onOutbox(resolve));
    await farm.pay('ord_1');
    await woken;
    const claim = { now: farm.asked().now, leaseMs: 1_000, limit: 10 };
    expect(await server.claimOutbox(claim)).toMatchObject([{ kind: 'paid' }]);
    await server.close();
    await beside.close();
  });

  test('makes stores be read again only when it was a store, a product or a holiday', async () => {
    const { open } = fileForTest();
    const server = open();
    const beside = open();
    const farm = await openFarm(beside);
    const seen = async () => server.findShop('peach');
    const first = await seen();
    await farm.placePaid('ord_1');
    // The very same object: it was not read again.
    expect(await seen()).toBe(first);
    await beside.putProduct('peach', product({ priceKrw: 36_000 }));
    const second = await seen();
    expect(second?.products).toMatchObject([{ priceKrw: 36_000 }]);
    await beside.putHoliday('2030-01-01', 'one more');
    expect((await seen())?.holidays.has('2030-01-01')).toBe(true);
    await beside.putShop({ ...farm.shop, state: 'paused' });
    expect((await seen())?.state).toBe('paused');
    await server.close();
    await beside.close();
  });

  test('is noticed together with changes of our own, of which one store alone is read again', async () => {
    const { open } = fileForTest();
    const server = open();
    const beside = open();
    const plum = await openFarm(server, { id: 'plum' });
    await openFarm(server, { id: 'peach' });
    const list = () => server.listShops({ states: ['open', 'paused'] });
    const before = await list();
    await server.putShop({ ...plum.shop, name: 'ours' });
    await openFarm(server, { id: 'berry' });
    await plum.place('ord_1');
    const after = await list();
    expect(after.map(({ id, name }) => [id, name])).toEqual([
      ['berry', '농원 berry'],
      ['peach', '농원 peach'],
      ['plum', 'ours'],
    ]);
    // Another process wrote, but no store: what we changed ourselves is no reason to read all again.
    await beside.meet({ platform: 'kakao', bot: 'b', user: 'u' }, plum.asked().now);
    expect((await list())[1]).toBe(before.find(({ id }) => id === 'peach'));
    await beside.putShop({ ...plum.shop, name: 'theirs' });
    expect((await list()).map(({ name }) => name)).toContain('theirs');
    await server.close();
    await beside.close();
  });

  test('is not overtaken by a change of our own that was taken back', async () => {
    const { open, path } = fileForTest();
    const server = open();
    const farm = await openFarm(server);
    const db = new Sqlite(path);
    onTestFinished(() => void db.close());
    // A store that cannot be written: its name is missing.
    const broken = { ...farm.shop, name: null as unknown as string };
    await expect(server.putShop(broken)).rejects.toThrow();
    db.exec("UPDATE stores SET name = 'another' WHERE id = 'peach'");
    db.exec("UPDATE counters SET value = value + 1 WHERE store_id = '' AND name = 'shops'");
    expect((await server.findShop('peach'))?.name).toBe('another');
    await server.close();
  });
});

test('a thousand stores are read with three statements, whatever they sell', async () => {
  const { store, db, vault } = openWithConnection();
  for (let no = 0; no < 100; no++) {
    const id = `store-${String(no).padStart(3, '0')}`;
    await openFarm(store, { id, products: [product(), product({ id: 'second' })] });
  }
  const context: Context = {
    shops: new ShopMemory(),
    vault,
    holdFor: () => new Set(),
    policyOverride: {},
  };
  const names: string[] = [];
  const drive = <T>(body: Body<T>): T => {
    let step = body.next([]);
    while (step.done !== true) {
      const asked = step.value.map(([{ name }]) => name);
      names.push(...asked);
      step = body.next(asked.map((name) => ROWS[name]?.() ?? []));
    }
    return step.value;
  };
  const rows = (sql: string) => () => db.prepare(sql).all();
  const ROWS: Readonly<Record<string, () => unknown[]>> = {
    findCounter: rows("SELECT value FROM counters WHERE store_id = '' AND name = 'shops'"),
    listStoreRows: rows('SELECT * FROM stores ORDER BY id'),
    listAllProducts: rows('SELECT * FROM products ORDER BY store_id, position, id'),
    listHolidays: rows('SELECT * FROM holidays'),
  };
  drive(forgetChangedShops(context));
  const read = drive(listShops(context, ['open']));
  expect(names.toSorted()).toEqual([
    'findCounter',
    'listAllProducts',
    'listHolidays',
    'listStoreRows',
  ]);
  expect(read).toEqual(await store.listShops({ states: ['open'] }));
  expect(read).toHaveLength(100);
  drive(forgetChangedShops(context));
  drive(listShops(context, ['open']));
  expect(names).toHaveLength(5);
  await store.close();
});
