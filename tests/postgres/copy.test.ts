import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/orders/store.ts';
import { COPIED_TABLES } from '../../storage/copy.ts';
import { copyEngine, openStore } from '../../storage/index.ts';
import { type Exports, exportAll } from '../support/export.ts';
import { bareDatabase, on } from '../support/postgres.ts';
import { hire, openFarm } from '../support/shop.ts';
import { DATA_KEY, fileForTest } from '../support/sqlite.ts';

const OPTIONS = { dataKey: DATA_KEY, isProduction: false, holdFor: () => new Set(['kakao']) };
const ORDERS = 1_500;

const folderForTest = () => dirname(fileForTest().path);
const open = (url: string) => openStore({ ...OPTIONS, url });
const copy = (from: string, to: string, told?: (done: number, total: number) => void) =>
  copyEngine(OPTIONS, { from, to, now: () => new Date(), told });

/** A shop in which everything happened that leaves a row. */
async function fill(store: Store, orders: number): Promise<void> {
  const farm = await openFarm(store, { platform: 'telegram', policy: { dailyCapBoxes: 500 } });
  await hire(store, { storeId: 'peach', role: 'farmer' });
  const ids = Array.from({ length: orders }, (_, no) => `ord_${no}`);
  for (let at = 0; at < ids.length; at += 100)
    await Promise.all(
      ids.slice(at, at + 100).map((id) => farm.place(id, { boxes: 1 }, { boxes: 2 })),
    );
  await Promise.all(ids.slice(0, 200).map((id) => farm.pay(id)));
  await farm.freeze('2026-07-21');
  await Promise.all(ids.slice(0, 20).map((id) => farm.cancel(id)));
  const claim = { now: farm.asked().now, leaseMs: 60_000, limit: 50 };
  const [head, ...others] = await store.claimOutbox(claim);
  if (head === undefined) throw new Error('nothing is owed');
  const bundled = others.filter(({ personId }) => personId === head.personId).slice(0, 3);
  const sending = { row: head, bundled, content: { texts: ['여기요'] }, copies: 0 };
  await store.startSending({ ...sending, now: claim.now, leaseMs: 60_000 });
  await store.addPageEntries(
    farm.sender,
    [{ key: '1', entry: '안녕 \\ "여기" \n{},NULL' }],
    claim.now,
  );
}

async function exported(url: string): Promise<Exports> {
  const store = await open(url);
  try {
    expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    return await exportAll(store);
  } finally {
    await store.close();
  }
}

describe('a copy of the shop', () => {
  test('to PostgreSQL and back tells the same, and goes on counting where it was', async () => {
    const folder = folderForTest();
    const [first, second] = ['one.db', 'two.db'].map((name) => `sqlite:${join(folder, name)}`);
    if (first === undefined || second === undefined) throw new Error('no names');
    const store = await open(first);
    await fill(store, ORDERS);
    await store.close();
    const server = await bareDatabase();
    const seen: number[] = [];
    const there = await copy(first, server, (done, total) => seen.push(done / total));
    expect(there.tables.orders).toBe(ORDERS);
    expect(there.tables.parcels).toBe(2 * ORDERS);
    const analysed = await on(server, (client) =>
      client.query(`SELECT reltuples FROM pg_class WHERE relname = 'parcels'`),
    );
    expect(analysed.rows).toEqual([{ reltuples: 2 * ORDERS }]);
    expect(seen.at(-1)).toBe(1);
    const before = await exported(first);
    expect(before.get('peach')?.bytes).toBeGreaterThan(ORDERS * 100);
    expect(await exported(server)).toEqual(before);
    await copy(server, second);
    expect(await exported(second)).toEqual(before);
    for (const url of [server, second]) {
      const copied = await open(url);
      const farm = await openFarm(copied, { platform: 'telegram', policy: { dailyCapBoxes: 500 } });
      expect((await farm.placePaid('ord_new')).parcels).toHaveLength(1);
      expect((await copied.doctor()).filter(({ ok }) => !ok)).toEqual([]);
      await copied.close();
    }
  });

  test('that is cut short opens nowhere, and goes on with the same words', async () => {
    const file = `sqlite:${join(folderForTest(), 'one.db')}`;
    const store = await open(file);
    await fill(store, 300);
    await store.close();
    const server = await bareDatabase();
    let pages = 0;
    const cut = copy(file, server, () => {
      pages += 1;
      if (pages === 5) throw new Error('cut');
    });
    await expect(cut).rejects.toThrow('cut');
    await expect(open(server)).rejects.toThrow('unfinished copy');
    const { tables } = await copy(file, server);
    expect(tables.orders).toBe(300);
    expect(await exported(server)).toEqual(await exported(file));
  });

  test('into a shop, of nothing, or with another key is refused and changes nothing', async () => {
    const folder = folderForTest();
    const file = `sqlite:${join(folder, 'one.db')}`;
    const store = await open(file);
    await openFarm(store);
    await store.close();
    const full = await bareDatabase();
    const there = await open(full);
    await openFarm(there, { id: 'other' });
    await there.close();
    await expect(copy(file, full)).rejects.toThrow('holds a shop already');
    const missing = join(folder, 'missing.db');
    await expect(copy(`sqlite:${missing}`, await bareDatabase())).rejects.toThrow('missing.db');
    expect(existsSync(missing)).toBe(false);
    const otherKey = { dataKey: '22'.repeat(32) };
    const copying = { from: file, to: await bareDatabase(), now: () => new Date() };
    await expect(copyEngine(otherKey, copying)).rejects.toThrow('SANJI_DATA_KEY');
    await expect(copy(file, `${file}.more`)).rejects.toThrow('to PostgreSQL or back');
  });

  test('leaves out no table and no column', async () => {
    const url = await bareDatabase();
    await (await open(url)).close();
    const { rows } = await on(url, (client) =>
      client.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`),
    );
    const own = ['install', 'schema_versions', 'commits'];
    const tables = rows
      .map(({ tablename }) => String(tablename))
      .filter((name) => !own.includes(name));
    expect(COPIED_TABLES.map(({ name }) => name).toSorted()).toEqual(tables.toSorted());
  });
});
