// A change of the data key: whenever it is cut short, the database opens with exactly one of both keys.
import { randomBytes } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { Vault } from '../../storage/crypto.ts';
import { KINDS, rekey } from '../../storage/rekey.ts';
import { openPlain, type SqliteStore } from '../../storage/sqlite.ts';
import { hire, MONDAY_NOON, openFarm, requestFor, TUESDAY } from '../support/shop.ts';
import { DATA_KEY, fileForTest } from '../support/sqlite.ts';

const NEW_KEY = '33'.repeat(32);
const PEOPLE = 700;
const from = new Vault(Buffer.from(DATA_KEY, 'hex'));
const to = new Vault(Buffer.from(NEW_KEY, 'hex'));
const now = () => new Date();
const request = { key: 'k1', body: 'b' };
const senderOf = (no: number) => ({ platform: 'kakao', bot: 'bot', user: `person ${no}` });

/** A file with everything that hangs on the data key: people, answers, transfers, accounts, invites. */
async function filled() {
  const file = fileForTest();
  const store = file.open();
  const farm = await openFarm(store, { policy: { dailyCapBoxes: 1_000 } });
  const people = Array.from({ length: PEOPLE }, (_, no) => store.meet(senderOf(no), MONDAY_NOON));
  await Promise.all(people);
  await store.submit({ ...farm.placing('ord_1'), request });
  await store.keepAnswer({ key: 'k2', body: 'b' }, { refused: true }, MONDAY_NOON);
  const transfer = { depositor: '이몽룡042', reference: '당행이체' };
  const at = MONDAY_NOON.toISOString();
  const payment = { amountKrw: null, method: 'bank', ...transfer, at } as const;
  await store.submit(ordering.pay(farm.asked('seller'), 'ord_1', payment));
  await farm.freeze(TUESDAY);
  await farm.cancel('ord_1');
  const account = { bank: '농협', account: '3020000000011', holder: '홍길순' };
  await farm.giveAccount('ord_1', account);
  const sighting = { source: 'hand', sourceId: null, nth: 0, precision: 'second' } as const;
  await store.bookDeposit({
    ...{ storeId: 'peach', now: MONDAY_NOON, id: 'dep_1' },
    seen: { ...sighting, at, name: '성춘향', memo: '당행이체', amountKrw: 1, balanceKrw: null },
    judge: () => ({
      ...{ state: 'asked', act: 'asked', who: 'system' },
      ...{ orderIds: [], detail: {}, commands: [], notices: [] },
    }),
  });
  await hire(store, { storeId: 'peach', role: 'farmer' });
  await store.createInvite({
    codeHash: 'OPEN',
    storeId: 'peach',
    roles: ['seller'],
    expiresAt: '2027-01-01T00:00:00Z',
  });
  await store.close();
  return file;
}

/** Reads all of it; what cannot be opened throws. */
async function isWhole(store: SqliteStore): Promise<void> {
  const order = await store.findOrder('peach', 'ord_1');
  expect(order?.parcels).toMatchObject([{ recipient: '박철수1' }]);
  for (const no of [0, PEOPLE - 1])
    expect(await store.findTurn(senderOf(no), null)).toMatchObject({ isNew: false });
  expect(await store.findDeposit('dep_1')).toMatchObject({ name: '성춘향', memo: '당행이체' });
  const paper = await store.findPaper('peach', TUESDAY, { revision: 1, now: MONDAY_NOON });
  expect(paper?.rows).toMatchObject([{ recipient: '박철수1', struck: false }]);
  const farmer = { platform: 'telegram', bot: 'bot', user: 'farmer-of-peach' };
  expect((await store.findTurn(farmer, null)).roles).toHaveLength(1);
  expect(await store.findAnswer(request)).toMatchObject({ order: { id: 'ord_1' } });
  expect(await store.findAnswer({ key: 'k2', body: 'b' })).toEqual({ refused: true });
  expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
}

async function opensWith(open: (key?: string) => SqliteStore): Promise<'old' | 'new'> {
  const opened = [DATA_KEY, NEW_KEY].map((key) => {
    try {
      return open(key);
    } catch (error) {
      expect(error).toMatchObject({ message: expect.stringContaining('SANJI_DATA_KEY') });
      return null;
    }
  });
  const [old, fresh] = opened;
  const only = old ?? fresh;
  expect(opened.filter((store) => store !== null)).toHaveLength(1);
  if (only === null || only === undefined) throw new Error('opens with neither key');
  await isWhole(only);
  await only.close();
  return old === null ? 'new' : 'old';
}

describe('a change of the data key', () => {
  test('leaves everything to be read with the new key and nothing with the old one', async () => {
    const { path, open } = await filled();
    const db = openPlain(path);
    const heard: number[] = [];
    const told = (done: number, total: number) => void heard.push(done / total);
    const changed = await rekey(db, { from, to, now, told });
    expect(changed).toMatchObject({ fingerprint: to.fingerprint, invitesEnded: 1 });
    expect(changed.rows).toBeGreaterThan(2 * PEOPLE);
    expect(heard.at(-1)).toBe(1);
    expect(heard.toSorted((a, b) => a - b)).toEqual(heard);
    const left = ['SELECT count(*) FROM rekeyed', 'SELECT count(*) FROM lease'];
    for (const sql of left) expect(db.prepare(sql).pluck().get()).toBe(0);
    db.close();
    expect(await opensWith(open)).toBe('new');
  });

  test('cut short at any slice goes on there when it is run again, and harms nothing', async () => {
    const { path, open } = await filled();
    let slices = 0;
    for (let at = 1; ; at++) {
      const db = openPlain(path);
      let steps = 0;
      const told = () => {
        steps += 1;
        if (steps === at) throw new Error('cut short');
      };
      const end = await rekey(db, { from, to, now, told }).catch((error: Error) => error.message);
      db.close();
      if (typeof end !== 'string') break;
      slices = at;
      expect(end).toBe('cut short');
      expect(await opensWith(open)).toBe('old');
    }
    expect(slices).toBeGreaterThan(KINDS.length);
    expect(await opensWith(open)).toBe('new');
  });

  test('to another key than the one it was begun with starts from the beginning', async () => {
    const { path, open } = await filled();
    const other = new Vault(randomBytes(32));
    const db = openPlain(path);
    let steps = 0;
    const told = () => {
      steps += 1;
      if (steps === 4) throw new Error('cut short');
    };
    await expect(rekey(db, { from, to: other, now, told })).rejects.toThrow('cut short');
    await rekey(db, { from, to, now });
    db.close();
    expect(await opensWith(open)).toBe('new');
  });

  test('takes along what a command wrote meanwhile, and stops that command from writing on', async () => {
    const { path, open } = await filled();
    const beside = open();
    const farm = await openFarm(beside, { policy: { dailyCapBoxes: 1_000 } });
    const db = openPlain(path);
    const late = { platform: 'kakao', bot: 'bot', user: 'late' };
    const written: Promise<unknown>[] = [];
    // When all slices are done: nothing but the last step can still take it along.
    const told = (done: number, total: number) => {
      if (written.length > 0 || done < total) return;
      written.push(beside.meet(late, MONDAY_NOON), farm.place('ord_2'));
    };
    await rekey(db, { from, to, now, told });
    await Promise.all(written);
    await expect(farm.place('ord_3')).rejects.toThrow('SANJI_DATA_KEY was changed');
    await beside.close();
    db.close();
    const store = open(NEW_KEY);
    await isWhole(store);
    expect((await store.findTurn(late, null)).isNew).toBe(false);
    expect((await store.findOrder('peach', 'ord_2'))?.parcels[0]?.recipient).toBe('박철수1');
    expect(await store.findOrder('peach', 'ord_3')).toBeNull();
    await store.close();
  });

  test('keeps servers out as long as it runs, and is refused while one is there', async () => {
    const { path, open } = await filled();
    const server = open();
    const db = openPlain(path);
    await server.acquireLease(new Date());
    db.prepare('UPDATE lease SET pid = ?').run(process.ppid);
    await expect(rekey(db, { from, to, now })).rejects.toThrow('another server');
    db.exec('DELETE FROM lease');
    const seen: unknown[] = [];
    const told = () => void seen.push(db.prepare('SELECT holder FROM lease').pluck().get());
    await rekey(db, { from, to, now, told });
    expect(new Set(seen)).toEqual(new Set(['maintenance']));
    await server.close();
    db.close();
  });

  test('still answers a request said again, and asks for a new invite', async () => {
    const { path, open } = await filled();
    const db = openPlain(path);
    await rekey(db, { from, to, now });
    db.close();
    const store = open(NEW_KEY);
    const farm = await openFarm(store, { id: 'plum' });
    const placing = { id: 'ord_1', buyerId: farm.buyerId, request: requestFor({}) };
    const shop = await store.findShop('peach');
    if (shop === null) throw new Error('no shop');
    const again = ordering.place({ shop, now: MONDAY_NOON, who: 'buyer' }, placing);
    expect(await store.submit({ ...again, request })).toMatchObject({ repeated: true });
    const use = { codeHash: 'OPEN', personId: farm.buyerId, now: MONDAY_NOON };
    expect(await store.useInvite(use)).toBe('wrong');
    await store.close();
  });
});

test('every sealed column hangs on the data key in a way that is known, or on a person', async () => {
  const db = new Sqlite((await filled()).path);
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
  const columns = tables.flatMap((table) =>
    (db.pragma(`table_info(${table})`) as { name: string; type: string }[])
      .filter(({ type }) => type === 'BLOB')
      .map(({ name }) => `${table}.${name}`),
  );
  db.close();
  expect(columns.toSorted()).toEqual([
    'conversations.sealed',
    'deposits.sealed',
    'ledger.sealed',
    'list_versions.sealed',
    'open_changes.sealed',
    'orders.sealed',
    'outbox.content',
    'outbox.said',
    'outbox.why',
    'page_entries.sealed',
    'parcels.sealed',
    'people.sealed',
    'people.wrapped_key',
    'questions.sealed',
    'receipts.sealed',
    'refunds.sealed',
    'rekeyed.sealed',
    'rekeyed.was',
    'requests.sealed',
  ]);
});
