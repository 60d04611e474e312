import { readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { isHeld } from '../../storage/lease.ts';
import { mend } from '../../storage/mend.ts';
import { ledgerPlace } from '../../storage/operations.ts';
import { testDeposits } from '../contracts/deposits.ts';
import { testPapers } from '../contracts/papers.ts';
import { testQuestions } from '../contracts/questions.ts';
import { testReceipts } from '../contracts/receipts.ts';
import { testRefunds } from '../contracts/refunds.ts';
import { testSettlement } from '../contracts/settlement.ts';
import { testStore } from '../contracts/store.ts';
import { testPages } from '../contracts/store-pages.ts';
import { MONDAY_NOON, openFarm, refused, TUESDAY } from '../support/shop.ts';
import { countRows, fileForTest, openMemoryStore, openWithConnection } from '../support/sqlite.ts';

const FULL = 2;

testStore('SQLite in memory', openMemoryStore);
testDeposits('SQLite in memory', openMemoryStore);
testQuestions('SQLite in memory', openMemoryStore);
testReceipts('SQLite in memory', openMemoryStore);
testPapers('SQLite in memory', openMemoryStore);
testRefunds('SQLite in memory', openMemoryStore);
testSettlement('SQLite in memory', openMemoryStore);
testPages('SQLite in memory', openMemoryStore);

describe('a SQLite file', () => {
  test('is written with full synchronisation, on the first open and on every other', async () => {
    const { open } = fileForTest();
    const first = open();
    expect(first.synchronous).toBe(FULL);
    await openFarm(first);
    await first.close();
    const second = open();
    expect(second.synchronous).toBe(FULL);
    const beside = open();
    expect(beside.synchronous).toBe(FULL);
    await second.close();
    await beside.close();
  });

  test('holds no name, phone, address or account in clear text', async () => {
    const { open, path } = fileForTest();
    const store = open();
    const farm = await openFarm(store);
    await store.endTurn({
      storeId: 'peach',
      now: farm.asked().now,
      request: { key: 'msg-1' },
      end: {
        turn: await store.findTurn(farm.sender, null),
        shown: [],
        person: { name: '김영희', phone: '01011112222' },
        settle: () => ({
          conversation: { draft: '받는분 박철수1' },
          reply: '박철수1님께 보낼게요',
        }),
      },
    });
    await store.submit({ ...farm.placing('ord_1'), request: { key: 'k1', body: '박철수1' } });
    const transfer = { depositor: '이몽룡042', reference: '당행이체 성춘향' };
    const at = farm.asked().now.toISOString();
    const payment = { amountKrw: null, method: 'bank', ...transfer, at } as const;
    await store.submit(ordering.pay(farm.asked('seller'), 'ord_1', payment));
    await farm.freeze(TUESDAY);
    await farm.cancel('ord_1');
    const account = { bank: '농협', account: '3020000000011', holder: '홍길순' };
    await farm.giveAccount('ord_1', account);
    const said = [{ key: 'm1', entry: { said: '심청이 010-9876-5432' } }];
    await store.addPageEntries(farm.sender, said, farm.asked().now);
    await store.createLink({
      token: 'SECRET-OF-THE-LINK',
      kind: 'chat',
      storeId: 'peach',
      data: { roles: ['farmer'] },
      now: farm.asked().now,
      expiresAt: new Date(farm.asked().now.getTime() + 60_000),
    });
    // Both before and after the log is folded into the file.
    const files = [readFileSync(path), readFileSync(`${path}-wal`)];
    await store.close();
    files.push(readFileSync(path));
    expect(files[2]?.includes('ord_1')).toBe(true);
    const secrets = ['영희', '박철수', '01012345678', '01011112222', '역삼로', '3020000000011'];
    secrets.push('홍길순', '이몽룡', '성춘향', '심청이', 'SECRET-OF-THE-LINK', farm.sender.user);
    for (const secret of secrets)
      for (const bytes of files) expect(bytes.includes(secret), secret).toBe(false);
  });

  test('holds no copy of the key of a person who was erased', async () => {
    const { open, path } = fileForTest();
    const store = open();
    const farm = await openFarm(store);
    const db = new Sqlite(path, { readonly: true });
    const wrapped = db.prepare('SELECT wrapped_key FROM people').pluck().get() as Uint8Array;
    db.close();
    const holdsIt = () =>
      [path, `${path}-wal`].filter((file) => readFileSync(file).includes(Buffer.from(wrapped)))
        .length > 0;
    expect(wrapped.length).toBeGreaterThan(32);
    expect(holdsIt()).toBe(true);
    await store.forgetPerson(farm.buyerId, MONDAY_NOON);
    expect(holdsIt()).toBe(false);
    await store.close();
  });

  test('is refused with another data key and unharmed by the try', async () => {
    const { open } = fileForTest();
    const store = open();
    const farm = await openFarm(store);
    await farm.place('ord_1');
    await store.close();
    expect(() => open('22'.repeat(32))).toThrow('SANJI_DATA_KEY');
    const again = open();
    expect(await again.findOrder('peach', 'ord_1')).toMatchObject({ buyer: { name: '영희맘' } });
    await again.close();
  });

  test('of a newer program is refused', async () => {
    const { open, path } = fileForTest();
    await open().close();
    const db = new Sqlite(path);
    db.pragma('user_version = 99');
    db.close();
    expect(() => open()).toThrow('newer program');
  });

  test('shows what another process wrote, stores included', async () => {
    const { open } = fileForTest();
    const store = open();
    const beside = open();
    const farm = await openFarm(store);
    await beside.putShop({ ...farm.shop, state: 'paused' });
    expect((await store.findShop('peach'))?.state).toBe('paused');
    expect(await refused(farm.place('ord_1'))).toBe('store_paused');
    await store.close();
    await beside.close();
  });
});

describe('commits', () => {
  test('a lone caller has one commit per command', async () => {
    const { store } = openWithConnection();
    const farm = await openFarm(store);
    const before = { ...store.counts };
    for (let no = 0; no < 20; no++) await farm.placePaid(`ord_${no}`);
    expect(store.counts.commands - before.commands).toBe(40);
    expect(store.counts.commits - before.commits).toBe(40);
    await store.close();
  });

  test('64 callers share commits: at most one per ten commands', async () => {
    const { store } = openWithConnection();
    const farm = await openFarm(store, { policy: { dailyCapBoxes: 1_000 } });
    const before = { ...store.counts };
    await Promise.all(
      Array.from({ length: 64 }, async (_, caller) => {
        for (let no = 0; no < 5; no++) await farm.placePaid(`ord_${caller}-${no}`);
      }),
    );
    const commands = store.counts.commands - before.commands;
    expect(commands).toBe(640);
    expect((store.counts.commits - before.commits) / commands).toBeLessThanOrEqual(0.1);
    await store.close();
  });
});

describe('a flooded store', () => {
  test('is told so beyond its queue, and delays another store by a batch at most', async () => {
    const { store } = openWithConnection();
    const flooded = await openFarm(store, { id: 'flooded' });
    const calm = await openFarm(store, { id: 'calm' });
    const order: string[] = [];
    const flood = Array.from({ length: 2_000 }, (_, index) =>
      flooded.place(`ord_f${index}`).then(
        () => void order.push('flooded'),
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'busy' });
          return 'busy' as const;
        },
      ),
    );
    const commitsBefore = store.counts.commits;
    let commitsUntilCalm = Number.NaN;
    const single = calm.place('ord_c').then(() => {
      commitsUntilCalm = store.counts.commits - commitsBefore;
      order.push('calm');
    });
    const ends = await Promise.all(flood);
    await single;
    expect(ends.filter((end) => end === 'busy')).toHaveLength(1_000);
    expect(commitsUntilCalm).toBeLessThanOrEqual(2);
    expect(order.indexOf('calm')).toBeLessThan(300);
    // What was taken in is kept, what was refused left nothing behind.
    expect((await store.findOrders({ storeId: 'flooded', limit: 2_000 })).length).toBe(1_000);
    expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    await store.close();
  });

  test('and a flood of kept answers leave the outbox its own way in', async () => {
    const { store } = openWithConnection();
    const now = MONDAY_NOON;
    const flood = Promise.allSettled(
      Array.from({ length: 2_000 }, (_, no) => store.keepAnswer({ key: `k${no}` }, { no }, now)),
    );
    expect(await store.claimOutbox({ now, leaseMs: 1_000, limit: 10 })).toEqual([]);
    const kept = (await flood).filter(({ status }) => status === 'fulfilled');
    expect(kept).toHaveLength(1_000);
    await store.close();
  });

  test('shares each commit with all who wait, in turns', async () => {
    const { store } = openWithConnection();
    const farms = await Promise.all(
      ['a', 'b', 'c'].map((id) => openFarm(store, { id, policy: { dailyCapBoxes: 500 } })),
    );
    const done: string[] = [];
    await Promise.all(
      farms.flatMap(({ shop, place }, index) =>
        Array.from({ length: index === 0 ? 900 : 100 }, (_, no) =>
          place
            .call(farms[index] as (typeof farms)[number], `ord_${shop.id}${no}`)
            .then(() => done.push(shop.id)),
        ),
      ),
    );
    const half = done.slice(0, 300);
    for (const id of ['a', 'b', 'c'])
      expect(half.filter((one) => one === id).length).toBeGreaterThanOrEqual(84);
    await store.close();
  });
});

describe('another process on the file', () => {
  const HELD_MS = 300;

  test('that changes an order wakes its open page', async () => {
    const { open } = fileForTest();
    const [server, beside] = [open(), open()];
    onTestFinished(async () => void (await Promise.all([server.close(), beside.close()])));
    // A server listens for what others write.
    server.onOutbox(() => undefined);
    const farm = await openFarm(beside);
    await farm.place('ord_1');
    const woken = new Promise<void>((resolve) => {
      server.watch({ storeId: 'peach', orderId: 'ord_1' }, resolve);
    });
    await farm.pay('ord_1');
    await woken;
  });

  test('that holds the lock does not stop the event loop, and the command succeeds after', async () => {
    const { open, path } = fileForTest();
    const store = open();
    const farm = await openFarm(store);
    const beside = new Sqlite(path);
    onTestFinished(() => void beside.close());
    beside.exec('BEGIN IMMEDIATE');
    let isHeld = true;
    let ticks = 0;
    const released = new Promise<void>((resolve) => {
      const since = performance.now();
      const tick = () => {
        ticks += 1;
        if (performance.now() - since < HELD_MS) {
          setTimeout(tick, 1);
          return;
        }
        beside.exec('ROLLBACK');
        isHeld = false;
        resolve();
      };
      setTimeout(tick, 1);
    });
    const placed = farm.place('ord_1').then(({ repeated }) => ({ repeated, isHeld }));
    // Reading goes on meanwhile.
    expect(await store.findShop('peach')).not.toBeNull();
    await released;
    expect(await placed).toEqual({ repeated: false, isHeld: false });
    // Waiting inside the driver would leave a handful; a slow machine still reaches this.
    expect(ticks).toBeGreaterThan(HELD_MS / 10);
    expect(await store.findOrder('peach', 'ord_1')).not.toBeNull();
    await store.close();
  });

  test('that never lets go of the lock makes commands end as busy, all of them', async () => {
    const { open, path } = fileForTest();
    const store = open();
    const farm = await openFarm(store);
    const beside = new Sqlite(path);
    onTestFinished(() => void beside.close());
    beside.exec('BEGIN IMMEDIATE');
    const ends = await Promise.all(
      ['ord_1', 'ord_2', 'ord_3'].map((id) => refused(farm.place(id))),
    );
    expect(ends).toEqual(['busy', 'busy', 'busy']);
    beside.exec('ROLLBACK');
    expect((await farm.place('ord_1')).repeated).toBe(false);
    await store.close();
  });
});

describe('a full disk', () => {
  test('fails what does not fit, answers everybody, and serves again once there is room', async () => {
    const { store, db } = openWithConnection();
    const farm = await openFarm(store);
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages + 12}`);
    const ids = Array.from({ length: 200 }, (_, index) => `ord_${index}`);
    const placed: string[] = [];
    for (let from = 0; from < ids.length; from += 10) {
      const group = ids.slice(from, from + 10);
      const ends = await Promise.allSettled(group.map((id) => farm.place(id)));
      placed.push(...group.filter((_, index) => ends[index]?.status === 'fulfilled'));
      for (const end of ends)
        if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'SQLITE_FULL' });
    }
    expect(placed.length).toBeGreaterThan(0);
    expect(placed.length).toBeLessThan(ids.length);
    const kept = await store.findOrders({ storeId: 'peach', limit: 500 });
    expect(kept.map(({ id }) => id).toSorted()).toEqual(placed.toSorted());
    db.pragma('max_page_count = 1000000');
    await farm.placePaid('ord_after');
    expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    await store.close();
  });
});

describe('the doctor', () => {
  const FAULTS = [
    "UPDATE orders SET code = 'P7-001' WHERE id = 'ord_2'",
    'UPDATE days SET reserved_boxes = reserved_boxes + 1',
    'UPDATE days SET product_boxes = json_object()',
    "UPDATE parcels SET state = 'cancelled' WHERE id = 'par_1-1'",
    "UPDATE parcels SET harvest_date = '2026-07-24' WHERE id = 'par_1-1'",
    'UPDATE ledger SET amount_krw = amount_krw - 1 WHERE id = 1',
    "UPDATE refunds SET amount_krw = amount_krw + 1 WHERE order_id = 'ord_2'",
    "DELETE FROM list_rows WHERE parcel_id = 'par_1-1'",
    "DELETE FROM events WHERE order_id = 'ord_1'",
    'UPDATE outbox SET bundle_id = 1 WHERE id = 2',
  ];

  test.each(FAULTS)('finds the fault of %s', async (sql) => {
    const { store, db } = openWithConnection();
    const farm = await openFarm(store);
    await farm.placePaid('ord_1');
    await farm.placePaid('ord_2');
    await farm.freeze('2026-07-21');
    await farm.cancel('ord_2');
    expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    db.exec(sql);
    expect((await store.doctor()).filter(({ ok }) => !ok)).not.toEqual([]);
    await store.close();
  });
});

describe('mending', () => {
  const MENDABLE = [
    'UPDATE days SET reserved_boxes = reserved_boxes + 1',
    'UPDATE days SET product_boxes = json_object()',
    'DELETE FROM waybills',
    "INSERT INTO waybills VALUES ('peach', '999999999999', 'par_1-1', '')",
  ];

  test.each(MENDABLE)('makes good %s, and touches nothing that is right', async (sql) => {
    const { store, db } = openWithConnection();
    const farm = await openFarm(store);
    await farm.placePaid('ord_1', { boxes: 3 });
    await farm.placePaid('ord_2');
    const shipping = { parcelIds: null, to: 'shipped', carrier: 'kr.cjlogistics' } as const;
    const waybills = ['123456789012'];
    await store.submit(
      ordering.advanceParcels(farm.asked('seller'), 'ord_2', { ...shipping, waybills }),
    );
    const dump = () =>
      ['days', 'parcels', 'waybills'].map((table) =>
        db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
      );
    const right = dump();
    expect(mend(db, MONDAY_NOON)).toEqual([]);
    expect(dump()).toEqual(right);
    db.exec(sql);
    expect(mend(db, MONDAY_NOON).length).toBeGreaterThan(0);
    expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    const withoutTimes = (tables: unknown) => JSON.stringify(tables).replace(/"at":"[^"]*"/g, '');
    expect(withoutTimes(dump())).toEqual(withoutTimes(right));
    await store.close();
  });

  test('leaves a date alone that would then be above its cap, and is refused beside a server', async () => {
    const { store, db } = openWithConnection();
    const farm = await openFarm(store);
    await farm.placePaid('ord_1', { boxes: 30 });
    db.exec('UPDATE days SET reserved_boxes = 5, cap_boxes = 5');
    expect(mend(db, MONDAY_NOON)).toEqual([]);
    expect((await store.doctor()).filter(({ ok }) => !ok)).not.toEqual([]);
    await store.acquireLease(MONDAY_NOON);
    db.prepare('UPDATE lease SET pid = ?').run(process.ppid);
    expect(() => mend(db, MONDAY_NOON)).toThrow('another server');
    await store.close();
  });
});

describe('sealed data', () => {
  test('of a payment is the reference and the name on the transfer, of none nothing', async () => {
    const { store, db, vault } = openWithConnection();
    const farm = await openFarm(store);
    const at = MONDAY_NOON.toISOString();
    const transfer = { depositor: '이몽룡042', reference: '당행이체' };
    await farm.place('ord_1');
    await store.submit(
      ordering.pay(farm.asked('seller'), 'ord_1', {
        amountKrw: null,
        method: 'bank',
        ...transfer,
        at,
      }),
    );
    await farm.placePaid('ord_2');
    const [first, second] = db.prepare('SELECT sealed FROM ledger ORDER BY id').pluck().all();
    expect(vault.openOwn(ledgerPlace('peach', 'ord_1', at), first as Uint8Array)).toEqual(transfer);
    expect(() => vault.openOwn(ledgerPlace('peach', 'ord_2', at), first as Uint8Array)).toThrow();
    expect(second).toBeNull();
    await store.close();
  });

  test('cannot be moved from one parcel to another', async () => {
    const { store, db } = openWithConnection();
    const farm = await openFarm(store);
    await farm.place('ord_1', {}, {});
    const other = "(SELECT sealed FROM parcels WHERE id = 'par_1-2')";
    db.exec(`UPDATE parcels SET sealed = ${other} WHERE id = 'par_1-1'`);
    await expect(store.findOrder('peach', 'ord_1')).rejects.toThrow();
    await store.close();
  });

  test('history and outbox hold no personal data', async () => {
    const { store, db } = openWithConnection();
    const farm = await openFarm(store);
    await farm.placePaid('ord_1');
    await farm.cancel('ord_1');
    const rows = db.prepare('SELECT detail FROM events UNION ALL SELECT data FROM outbox').all();
    expect(JSON.stringify(rows)).not.toMatch(/박철수|영희|01012345678|역삼/);
    expect(countRows(db).events).toBeGreaterThan(3);
    await store.close();
  });
});

test('only the newest runs of a job are remembered', async () => {
  const { store, db } = openWithConnection();
  const minute = (n: number) => new Date(MONDAY_NOON.getTime() + n * 60_000);
  for (let n = 0; n < 410; n++) {
    const slot = { job: 'expiry', storeId: '', slot: minute(n).toISOString().slice(0, 16) };
    expect(await store.claimSlot(slot, { now: minute(n), leaseMs: 1000 })).toBe(true);
    await store.finishSlot(slot, null, minute(n));
  }
  expect(db.prepare('SELECT count(*) FROM cron_runs').pluck().get()).toBeLessThanOrEqual(401);
  expect(await store.findLastSlot('expiry', '')).toBe(minute(409).toISOString().slice(0, 16));
  await store.close();
});

test('the lease of the server is renewed by its holder, given back, and lost to whoever takes over', async () => {
  const { store } = openWithConnection();
  const later = (ms: number) => new Date(MONDAY_NOON.getTime() + ms);
  const first = await store.acquireLease(MONDAY_NOON);
  expect(await first.renew(later(5_000))).toBe(true);
  // The same process again stands for one that died under the same number.
  const second = await store.acquireLease(later(6_000));
  expect(await first.renew(later(7_000))).toBe(false);
  await first.release();
  expect(await second.renew(later(8_000))).toBe(true);
  await second.release();
  expect(await second.renew(later(9_000))).toBe(false);
  await store.close();
});

describe('a lease', () => {
  const at = '2026-07-20T03:00:00.000Z';
  const held = { host: 'farm', pid: 7, heartbeatAt: at };
  const holds = (ms: number, over: { host?: string; isAlive?: (pid: number) => boolean } = {}) =>
    isHeld(held, {
      now: new Date(Date.parse(at) + ms),
      host: 'farm',
      isAlive: () => true,
      ...over,
    });

  test('holds while its process lives and says so', () => {
    expect(holds(15_000)).toBe(true);
    expect(holds(15_001)).toBe(false);
    expect(holds(1_000, { isAlive: () => false })).toBe(false);
  });

  test('of another machine holds until it is silent too long, whatever runs here', () => {
    expect(holds(1_000, { host: 'barn', isAlive: () => false })).toBe(true);
    expect(holds(15_001, { host: 'barn' })).toBe(false);
  });

  test('from before the clock was set back holds no longer than any other', () => {
    expect(holds(-3_600_000)).toBe(false);
  });
});
