// What goes wrong with a server, and that nothing is told as done that is not.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseDataKey, Vault } from '../../storage/crypto.ts';
import { openStore } from '../../storage/index.ts';
import { preparePostgres } from '../../storage/postgres-open.ts';
import { bareDatabase, contextFor, newDatabase, on, openAt } from '../support/postgres.ts';
import { NOBODY, startServer } from '../support/postgres-server.ts';
import { startProxy } from '../support/proxy.ts';
import { openFarm, refused } from '../support/shop.ts';
import { smallDisk } from '../support/small-disk.ts';
import { DATA_KEY } from '../support/sqlite.ts';

const SLOW_MS = 60_000;
/** A database takes half of it from the beginning. */
const DISK_MB = 24;
const MIGRATIONS = new URL('../../storage/migrations/postgres/', import.meta.url);
const OLD_SCHEMA = 3;
const HISTORY = ['placed'];

describe('a commit whose answer is lost', () => {
  test.each(['before', 'after'] as const)(
    'is done once, whether the line was cut %s the server had it',
    async (when) => {
      const proxy = await startProxy(await newDatabase());
      const store = openAt(proxy.url);
      onTestFinished(() => proxy.close());
      const farm = await openFarm(store);
      for (let no = 0; no < 5; no++) {
        proxy.cutAtCommit(when);
        // No request key: nothing but the database itself can say whether it was done.
        expect((await farm.place(`ord_${no}`)).repeated).toBe(false);
        const history = await store.findHistory('peach', `ord_${no}`);
        expect(history.map(({ event }) => event)).toEqual(HISTORY);
      }
      expect(proxy.cuts()).toBe(5);
      expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
      await store.close();
    },
  );

  test('of many commands at once leaves each of them done once', async () => {
    const proxy = await startProxy(await newDatabase());
    const store = openAt(proxy.url);
    onTestFinished(() => proxy.close());
    const farm = await openFarm(store, { policy: { dailyCapBoxes: 1000 } });
    const ids = Array.from({ length: 40 }, (_, no) => `ord_${no}`);
    proxy.cutAtCommit('after');
    await Promise.all(ids.map((id) => farm.place(id)));
    for (const id of ids)
      expect((await store.findHistory('peach', id)).map(({ event }) => event)).toEqual(HISTORY);
    await store.close();
  });
});

describe('a server', () => {
  test(
    'that is killed refuses as busy, is not ready, and all is well once it is back',
    async () => {
      const server = await startServer();
      onTestFinished(() => server.remove());
      await on(server.url('postgres'), (client) => client.query('CREATE DATABASE shop'));
      await preparePostgres(server.url('shop'), contextFor().vault.fingerprint);
      const store = openAt(server.url('shop'));
      const farm = await openFarm(store);
      await farm.placePaid('ord_1');
      expect(await store.isReachable()).toBe(true);
      await server.kill();
      const [placing, reading] = await Promise.all([
        refused(farm.place('ord_2')),
        refused(store.findOrder('peach', 'ord_1')),
      ]);
      expect([placing, reading]).toEqual(['busy', 'busy']);
      expect(await store.isReachable()).toBe(false);
      await server.start();
      await expect.poll(() => store.isReachable(), { timeout: 20_000 }).toBe(true);
      expect(await store.findOrder('peach', 'ord_1')).toMatchObject({ state: 'paid' });
      await farm.placePaid('ord_3');
      expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
      await store.close();
    },
    SLOW_MS,
  );

  test(
    'that only reads, or has no room left, refuses and keeps nothing',
    async () => {
      const url = await newDatabase();
      const store = openAt(url);
      const farm = await openFarm(store);
      const fail = (code: string) => `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$;
        CREATE TRIGGER fail BEFORE INSERT ON parcels FOR EACH ROW EXECUTE FUNCTION fail()`;
      const mend = 'DROP TRIGGER fail ON parcels; DROP FUNCTION fail';
      for (const code of ['53100', '25006']) {
        await on(url, (client) => client.query(fail(code)));
        expect(await refused(farm.place('ord_1'))).toBe('busy');
        expect(await store.isReachable()).toBe(false);
        expect(await store.findOrder('peach', 'ord_1')).toBeNull();
        await on(url, (client) => client.query(mend));
      }
      await farm.place('ord_1');
      await store.close();
    },
    SLOW_MS,
  );
});

test(
  'a disk that is really full refuses as busy, keeps nothing, and all is well once there is room',
  async ({ skip }) => {
    const disk = smallDisk(DISK_MB, NOBODY);
    if (disk === null) return skip('no file system may be made here; the test before plays it');
    onTestFinished(disk.remove);
    const server = await startServer();
    onTestFinished(() => server.remove());
    const atServer = (sql: string) => on(server.url('postgres'), (client) => client.query(sql));
    await atServer(`CREATE TABLESPACE small LOCATION '${disk.path}'`);
    await atServer('CREATE DATABASE shop TABLESPACE small');
    const url = server.url('shop');
    await preparePostgres(url, contextFor().vault.fingerprint);
    const store = openAt(url);
    const farm = await openFarm(store, { policy: { dailyCapBoxes: 1000 } });
    await farm.placePaid('ord_kept');
    await on(url, (client) => client.query('CREATE TABLE filler (text text)'));
    const fill = `INSERT INTO filler SELECT repeat('x', 1000) FROM generate_series(1, $1)`;
    for (const rows of [1000, 100, 7])
      for (let isFull = false; !isFull; )
        isFull = await on(url, (client) => client.query(fill, [rows])).then(
          () => false,
          (error: { code?: string }) => {
            if (error.code === '53100') return true;
            throw error;
          },
        );
    const placed = new Set<string>();
    const parcels = Array.from({ length: 40 }, (_, at) => ({ recipient: `받는이${at}` }));
    const orderOn = async (): Promise<void> => {
      const id = `ord_${placed.size}`;
      await farm.place(id, ...parcels);
      placed.add(id);
      if (placed.size < 1000) await orderOn();
    };
    expect(await refused(orderOn())).toBe('busy');
    expect(await store.isReachable()).toBe(false);
    expect(await store.findOrder('peach', `ord_${placed.size}`)).toBeNull();
    await on(url, (client) => client.query('DROP TABLE filler'));
    await farm.placePaid('ord_after');
    for (const id of ['ord_kept', 'ord_after', ...placed])
      expect(await store.findOrder('peach', id)).not.toBeNull();
    expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    await expect.poll(() => store.isReachable(), { timeout: 10_000 }).toBe(true);
    await store.close();
  },
  SLOW_MS,
);

describe('others on the same database', () => {
  test('a conflict with them is tried again, and done once', async () => {
    const url = await newDatabase();
    const store = openAt(url);
    const farm = await openFarm(store);
    await on(url, (client) =>
      client.query(`CREATE SEQUENCE tries;
        CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF nextval('tries') <= 3 THEN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END IF;
          RETURN NEW; END $$;
        CREATE TRIGGER conflict BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION conflict()`),
    );
    expect((await farm.place('ord_1')).answer.order.code).toBe('P7-001');
    expect((await store.findHistory('peach', 'ord_1')).map(({ event }) => event)).toEqual(HISTORY);
    await on(url, (client) =>
      client.query('DROP TRIGGER conflict ON orders; DROP FUNCTION conflict; DROP SEQUENCE tries'),
    );
    await store.close();
  });

  test(
    'one who holds a store for long makes that store busy, and no other',
    async () => {
      const url = await newDatabase();
      const store = openAt(url);
      const held = await openFarm(store, { id: 'held' });
      const calm = await openFarm(store, { id: 'calm' });
      await on(url, async (client) => {
        await client.query(`SELECT pg_advisory_lock(hashtextextended('held', 0))`);
        const waiting = refused(held.place('ord_h'));
        // It comes in later, and goes into a transaction of its own.
        await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
        expect((await calm.place('ord_c')).repeated).toBe(false);
        expect(await waiting).toBe('busy');
      });
      expect((await held.place('ord_h')).repeated).toBe(false);
      await store.close();
    },
    SLOW_MS,
  );

  test('two processes give out the last box once, each code once, and see each other’s stores', async () => {
    const url = await newDatabase();
    const [one, other] = [openAt(url), openAt(url)];
    const farm = await openFarm(one, { policy: { dailyCapBoxes: 20 } });
    const beside = await openFarm(other, { policy: { dailyCapBoxes: 20 } });
    const ids = Array.from({ length: 40 }, (_, no) => `ord_${no}`);
    await Promise.all(ids.map((id, no) => (no % 2 === 0 ? farm : beside).place(id)));
    await Promise.all(ids.map((id, no) => (no % 2 === 0 ? beside : farm).pay(id)));
    const orders = await one.findOrders({ storeId: 'peach', limit: 100 });
    expect(new Set(orders.map(({ code }) => code)).size).toBe(40);
    const days = await one.findDays('peach', '2026-07-20');
    expect([...days.values()].map(({ reservedBoxes }) => reservedBoxes)).toEqual([20, 20]);
    await other.putShop({ ...farm.shop, state: 'paused' });
    expect(await refused(farm.place('ord_more'))).toBe('store_paused');
    expect((await one.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  test('what one owes wakes the other, and of two claims each row is in one', async () => {
    const url = await newDatabase();
    const [one, other] = [openAt(url), openAt(url)];
    const farm = await openFarm(one, { platform: 'telegram' });
    const woken = Promise.withResolvers<void>();
    other.onOutbox(woken.resolve);
    // The line is up when somebody hears it.
    await expect
      .poll(async () => {
        const { rows } = await on(url, (client) =>
          client.query(`SELECT 1 FROM pg_stat_activity WHERE query = 'LISTEN sanji'
            AND datname = current_database()`),
        );
        return rows.length;
      })
      .toBeGreaterThan(0);
    for (let no = 0; no < 20; no++) await farm.placePaid(`ord_${no}`);
    await woken.promise;
    const claim = { now: farm.asked().now, leaseMs: 60_000, limit: 20 };
    const claims = await Promise.all([one.claimOutbox(claim), other.claimOutbox(claim)]);
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(20);
    await Promise.all([one.close(), other.close()]);
  });

  test('whom one of them erased, the others cannot read any more', async () => {
    const url = await newDatabase();
    const [one, other] = [openAt(url), openAt(url)];
    other.onOutbox(() => undefined);
    const farm = await openFarm(one);
    await farm.place('ord_1');
    await farm.cancel('ord_1');
    expect((await other.findOrder('peach', 'ord_1'))?.parcels[0]?.recipient).toBe('박철수1');
    expect((await one.forgetPerson(farm.buyerId, farm.asked().now))?.isErased).toBe(true);
    const name = async () => (await other.findOrder('peach', 'ord_1'))?.parcels[0]?.recipient;
    await expect.poll(name).not.toBe('박철수1');
    await Promise.all([one.close(), other.close()]);
  });
});

describe('a start', () => {
  const start = (url: string, dataKey: string | null = DATA_KEY) =>
    openStore({ url, dataKey, isProduction: false, holdFor: () => new Set() });

  test('says what is wrong with the address, and never the password', async () => {
    const url = new URL(await bareDatabase());
    url.password = 'very-secret';
    const closed = new URL(url);
    closed.port = '1';
    const missing = new URL(url);
    missing.pathname = '/no_such_database';
    const stranger = new URL(url);
    stranger.username = 'nobody_of_this_name';
    const nowhere = new URL(url);
    nowhere.hostname = 'no-such-host.invalid';
    for (const [wrong, words] of [
      [closed, 'refuses connections'],
      [missing, 'has no such database'],
      [stranger, 'refuses this user or password'],
      [nowhere, 'is not a host that can be found'],
    ] as const) {
      const error = await start(wrong.href).catch((cause: unknown) => cause);
      expect(String(error)).toContain(`DATABASE_URL: postgres://${wrong.host}`);
      expect(String(error)).toContain(words);
      expect(String(error)).not.toContain('very-secret');
    }
  });

  test('is refused without a data key, with another one, and by a newer schema', async () => {
    const url = await bareDatabase();
    await expect(start(url, null)).rejects.toThrow('SANJI_DATA_KEY');
    await (await start(url)).close();
    await expect(start(url, '22'.repeat(32))).rejects.toThrow('SANJI_DATA_KEY');
    await on(url, (client) => client.query(`INSERT INTO schema_versions VALUES (99, 'future')`));
    await expect(start(url)).rejects.toThrow('newer program');
  });

  test('on an older schema brings it up to date, and keeps what is there', async () => {
    const url = await bareDatabase();
    const files = readdirSync(MIGRATIONS).toSorted();
    await on(url, async (client) => {
      await client.query(`CREATE TABLE schema_versions (version bigint PRIMARY KEY,
        name text NOT NULL, at timestamptz NOT NULL DEFAULT now())`);
      for (const [at, name] of files.slice(0, OLD_SCHEMA).entries()) {
        await client.query(readFileSync(new URL(name, MIGRATIONS), 'utf8'));
        await client.query('INSERT INTO schema_versions VALUES ($1, $2)', [at + 1, name]);
      }
      await client.query(`INSERT INTO holidays VALUES ('2026-12-31', '쉬는 날')`);
    });
    const store = await start(url);
    onTestFinished(() => store.close());
    expect(await store.listHolidays()).toContainEqual({ date: '2026-12-31', name: '쉬는 날' });
    await (await openFarm(store)).placePaid('ord_1');
    const { rows } = await on(url, (client) => client.query('SELECT version FROM schema_versions'));
    expect(rows).toHaveLength(files.length);
  });

  test('on a server that only reads says so', async () => {
    const url = await bareDatabase();
    const name = new URL(url).pathname.slice(1);
    await on(url, (client) =>
      client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`),
    );
    await expect(start(url)).rejects.toThrow('only reads');
  });

  test('of many at once migrates once', async () => {
    const url = await bareDatabase();
    const { fingerprint } = new Vault(parseDataKey(DATA_KEY));
    await Promise.all(Array.from({ length: 4 }, () => preparePostgres(url, fingerprint)));
    const { rows } = await on(url, (client) => client.query('SELECT version FROM schema_versions'));
    expect(rows).toHaveLength(readdirSync(MIGRATIONS).length);
  });
});
