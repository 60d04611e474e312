// Backups made while the database is in use, and what becomes of them.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { restoreSqlite } from '../../storage/restore.ts';
import type { SqliteStore } from '../../storage/sqlite.ts';
import { type Farm, MONDAY_NOON, openFarm, refused, TUESDAY } from '../support/shop.ts';
import { contextWith, fileForTest, openFile } from '../support/sqlite.ts';

const CALLERS = 16;

function later(minutes: number): Date {
  return new Date(MONDAY_NOON.getTime() + minutes * 60_000);
}

/** Places and pays without a pause until it is stopped; tells which orders were acknowledged when. */
function keepWriting(farm: Farm, name: string) {
  const acknowledged = new Set<string>();
  let isOver = false;
  const callers = Array.from({ length: CALLERS }, async (_, caller) => {
    for (let no = 0; !isOver; no++) {
      const id = `ord_${name}-${caller}-${no}`;
      await farm.placePaid(id);
      acknowledged.add(id);
    }
  });
  return {
    acknowledged,
    async reach(count: number): Promise<void> {
      while (acknowledged.size < count) await new Promise((resolve) => setImmediate(resolve));
    },
    async stop(): Promise<void> {
      isOver = true;
      await Promise.all(callers);
    },
  };
}

async function missingIn(store: SqliteStore, ids: Iterable<string>): Promise<string[]> {
  const missing: string[] = [];
  for (const id of ids)
    if ((await store.findOrder('peach', id))?.state !== 'paid') missing.push(id);
  return missing;
}

const faultsOf = async (store: SqliteStore) => (await store.doctor()).filter(({ ok }) => !ok);

describe.each([
  { by: 'the server itself', isServer: true },
  { by: 'a command beside it', isServer: false },
])('a backup made by $by while orders come in', ({ isServer }) => {
  test('holds everything that was acknowledged before, and is restored in a new place', async () => {
    const { path, open } = fileForTest();
    const server = open();
    await server.acquireLease(new Date());
    const farm = await openFarm(server, { policy: { dailyCapBoxes: 100_000 } });
    const writing = keepWriting(farm, 'a');
    await writing.reach(200);
    const before = [...writing.acknowledged];
    const maker = isServer ? server : open();
    const file = join(dirname(path), 'copy.db');
    const heard: number[] = [];
    const made = await maker.backup(file, MONDAY_NOON, (done) => void heard.push(done));
    const during = writing.acknowledged.size - before.length;
    await writing.reach(before.length + during + CALLERS);
    await writing.stop();
    expect(made).toMatchObject({ file, keyFingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(during).toBeGreaterThan(0);
    expect(heard.length > 0).toBe(isServer);
    expect(await refused(maker.backup(file, MONDAY_NOON))).toBe('conflict');
    if (!isServer) await maker.close();
    await server.close();

    const place = fileForTest();
    const told = await restoreSqlite(
      { from: file, path: place.path, now: new Date() },
      contextWith(),
    );
    expect(told).toMatchObject({ file: place.path, keptOld: null, people: 1 });
    expect(told.checks.filter(({ ok }) => !ok)).toEqual([]);
    const restored = place.open();
    await restored.acquireLease(new Date());
    expect(await missingIn(restored, before)).toEqual([]);
    expect(await faultsOf(restored)).toEqual([]);
    await restored.close();
  });
});

test('the nightly copies lie beside the database, and only the newest are kept', async () => {
  const { path, open } = fileForTest();
  const store = open();
  await store.acquireLease(new Date());
  const folder = join(dirname(path), 'backups');
  await store.backup(null, later(-1));
  writeFileSync(join(folder, 'sanji-20200101T000000Z.db.part'), 'half');
  writeFileSync(join(folder, 'mine.db'), 'kept');
  for (let no = 0; no < 15; no++) await store.backup(null, later(no));
  const names = readdirSync(folder).toSorted();
  expect(names).toHaveLength(15);
  expect(names[0]).toBe('mine.db');
  expect(names[1]).toBe('sanji-20260720T030100Z.db');
  expect(names.at(-1)).toBe('sanji-20260720T031400Z.db');
  await store.close();
});

describe('a restore', () => {
  async function withBackup() {
    const { path, open } = fileForTest();
    const store = open();
    const farm = await openFarm(store);
    await farm.placePaid('ord_1');
    const file = join(dirname(path), 'copy.db');
    await store.backup(file, MONDAY_NOON);
    const restore = (over: { from?: string; dataKey?: string; evenWithFaults?: boolean } = {}) => {
      const { from = file, dataKey, evenWithFaults } = over;
      const restoring = { from, path, evenWithFaults, now: new Date() };
      return restoreSqlite(restoring, contextWith(dataKey));
    };
    return { path, open, store, farm, file, restore };
  }

  test('keeps the file that was there, and leaves nothing of its log', async () => {
    const { path, open, store, farm, restore } = await withBackup();
    await farm.placePaid('ord_2');
    await store.close();
    // What a killed process leaves: a log that belongs to the old file.
    const left = new Sqlite(path);
    left.pragma('wal_autocheckpoint = 0');
    left.exec("UPDATE stores SET name = 'from the log'");
    const { keptOld } = await restore();
    left.close();
    const restored = open();
    expect((await restored.findShop('peach'))?.name).toBe('농원 peach');
    expect(await restored.findOrder('peach', 'ord_1')).not.toBeNull();
    expect(await restored.findOrder('peach', 'ord_2')).toBeNull();
    await restored.close();
    const old = openFile(keptOld ?? '');
    expect(await missingIn(old, ['ord_1', 'ord_2'])).toEqual([]);
    expect((await old.findShop('peach'))?.name).toBe('from the log');
    await old.close();
    expect(readdirSync(dirname(path)).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  test('is refused of a backup whose lists do not say what they said', async () => {
    const { store, farm, file, restore } = await withBackup();
    await farm.freeze(TUESDAY);
    const second = `${file}.second`;
    await store.backup(second, MONDAY_NOON);
    await store.close();
    const changed = new Sqlite(second);
    changed.exec(`UPDATE list_versions SET code = 'P7-999'`);
    changed.close();
    await expect(restore({ from: second })).rejects.toThrow(/hashes to what was stored/);
    expect((await restore({ from: second, evenWithFaults: true })).orders).toBe(1);
  });

  test('is refused while a server runs, with another key, of what is no backup, and changes nothing', async () => {
    const { path, open, store, file, farm, restore } = await withBackup();
    await store.acquireLease(new Date());
    const beside = new Sqlite(path);
    // A server is known by its process; ours counts as one that was here before.
    beside.prepare('UPDATE lease SET pid = ?').run(process.ppid);
    await expect(restore()).rejects.toThrow('another server has this database');
    beside.exec('DELETE FROM lease');
    beside.close();
    await expect(restore({ dataKey: '22'.repeat(32) })).rejects.toThrow('SANJI_DATA_KEY');
    const other = join(dirname(path), 'other.db');
    writeFileSync(other, 'no database at all');
    expect(await refused(restore({ from: other }))).toBe('conflict');
    expect(await refused(restore({ from: `${file}-gone` }))).toBe('not_found');
    await farm.placePaid('ord_2');
    await store.close();
    const same = open();
    expect(await missingIn(same, ['ord_1', 'ord_2'])).toEqual([]);
    await same.close();
  });

  test('of books that are not in order is refused unless it is insisted on', async () => {
    const { store, file, restore } = await withBackup();
    await store.close();
    const copy = new Sqlite(file);
    copy.exec('UPDATE days SET reserved_boxes = reserved_boxes + 1');
    copy.close();
    await expect(restore()).rejects.toThrow('reserved boxes equal the live parcels');
    expect((await restore({ evenWithFaults: true })).orders).toBe(1);
  });

  test('takes the place of a file that cannot be read any more', async () => {
    const { path, open, store, restore } = await withBackup();
    await store.close();
    writeFileSync(path, 'a broken disk wrote this'.repeat(1_000));
    const { keptOld } = await restore();
    expect(existsSync(keptOld ?? '')).toBe(true);
    const restored = open();
    expect(await missingIn(restored, ['ord_1'])).toEqual([]);
    await restored.close();
  });

  test('erases again who was erased after the backup was made', async () => {
    const { open, store, farm, restore } = await withBackup();
    await farm.cancel('ord_1');
    await store.forgetPerson(farm.buyerId, MONDAY_NOON);
    await store.close();
    // The order is open in the backup: he is marked again, and erased when it ends.
    expect((await restore()).erasedAgain).toBe(1);
    const restored = open();
    expect(await restored.findToForget(10)).toEqual([farm.buyerId]);
    await restored.close();
  });
});

test('the event loop goes on while the books of a large file are checked', async () => {
  const { path, open } = fileForTest();
  const store = open();
  const farm = await openFarm(store, { policy: { dailyCapBoxes: 100_000 } });
  const lanes = Array.from({ length: 64 }, async (_, lane) => {
    for (let no = 0; no < 50; no++) await farm.placePaid(`ord_${lane}-${no}`);
  });
  await Promise.all(lanes);
  let longestMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  }, 1);
  onTestFinished(() => clearInterval(timer));
  const heard: (readonly [number, number])[] = [];
  const since = performance.now();
  const checks = await store.doctor((done, total) => void heard.push([done, total]));
  const tookMs = performance.now() - since;
  clearInterval(timer);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(heard.at(-1)).toEqual([checks.length, checks.length]);
  // Done in place, the loop would stand still for all the time it takes.
  expect(longestMs).toBeLessThan(tookMs / 2);
  const broken = new Sqlite(path);
  broken.exec('UPDATE days SET reserved_boxes = reserved_boxes + 1');
  broken.close();
  expect((await store.doctor()).filter(({ ok }) => !ok)).not.toEqual([]);
  await store.close();
});
