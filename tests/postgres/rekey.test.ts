// A new data key: everything is read as before with it, nothing with the old one, and nobody writes with that.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { changeKey, openStore } from '../../storage/index.ts';
import { exportAll } from '../support/export.ts';
import { bareDatabase, on, openAt } from '../support/postgres.ts';
import { hire, openFarm } from '../support/shop.ts';
import { DATA_KEY } from '../support/sqlite.ts';

const OPTIONS = { isProduction: false, holdFor: () => new Set(['kakao']) };
const NEW_KEY = '22'.repeat(32);

function keyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'new.key');
  writeFileSync(path, NEW_KEY, { mode: 0o600 });
  return path;
}

async function openShop() {
  const url = await bareDatabase();
  const open = async (dataKey: string) => {
    const store = await openStore({ ...OPTIONS, url, dataKey });
    onTestFinished(() => store.close());
    return store;
  };
  const store = await open(DATA_KEY);
  const farm = await openFarm(store, { policy: { dailyCapBoxes: 500 } });
  await hire(store, { storeId: 'peach', role: 'farmer' });
  for (let no = 0; no < 5; no++) {
    const command = { ...farm.placing(`ord_${no}`), request: { key: `key-${no}` } };
    await store.submit(command);
  }
  const { now } = farm.asked();
  const money = { amountKrw: null, method: 'bank', reference: 'r-1', depositor: '김영희' } as const;
  await store.submit(
    ordering.pay(farm.asked('seller'), 'ord_0', { ...money, at: now.toISOString() }),
  );
  await store.keepAnswer({ key: 'of nobody' }, { ok: true }, now);
  await farm.pay('ord_1');
  await farm.cancel('ord_1');
  const change = (told?: (done: number, total: number) => void) =>
    changeKey(
      { ...OPTIONS, url, dataKey: DATA_KEY },
      { keyFile: keyFile(), now: () => new Date(), ...(told && { told }) },
    );
  return { url, open, store, farm, change };
}

test('all is told as before with the new key, and the old one is refused', async () => {
  const { open, store, farm, change } = await openShop();
  const before = await exportAll(store);
  const { rows } = await change();
  // Two people by key and by name, a payment with its depositor, an answer that is about nobody.
  expect(rows).toBe(6);
  await expect(open(DATA_KEY)).rejects.toThrow('SANJI_DATA_KEY');
  const renewed = await open(NEW_KEY);
  expect(await exportAll(renewed)).toEqual(before);
  // Who said it before is known, and so is what was answered.
  const again = await openFarm(renewed, { policy: { dailyCapBoxes: 500 } });
  expect(again.buyerId).toBe(farm.buyerId);
  const repeated = await renewed.submit({ ...again.placing('ord_x'), request: { key: 'key-3' } });
  expect(repeated).toMatchObject({ repeated: true, answer: { order: { id: 'ord_3' } } });
  expect(await renewed.findAnswer({ key: 'of nobody' })).toEqual({ ok: true });
  expect(await change()).toMatchObject({ rows: 0 });
});

test('a program that still runs with the old key writes nothing more and is not ready', async () => {
  const { url, store, farm, change } = await openShop();
  const beside = openAt(url);
  expect(await store.isReachable()).toBe(true);
  await change();
  await expect(farm.place('ord_late')).rejects.toThrow('SANJI_DATA_KEY was changed');
  await expect(beside.meet({ ...farm.sender, user: 'new' }, farm.asked().now)).rejects.toThrow(
    'SANJI_DATA_KEY was changed',
  );
  expect(await store.isReachable()).toBe(false);
  const { rows } = await on(url, (client) =>
    client.query(`SELECT 1 FROM orders WHERE id = 'ord_late'`),
  );
  expect(rows).toEqual([]);
});

test('cut short it leaves everything under the old key', async () => {
  const { open, store, farm, change } = await openShop();
  const before = await exportAll(store);
  await expect(
    change((done, total) => {
      if (done > total / 2) throw new Error('cut');
    }),
  ).rejects.toThrow('cut');
  expect(await exportAll(await open(DATA_KEY))).toEqual(before);
  await farm.place(`ord_${randomBytes(4).toString('hex')}`);
});
