// A statement that is read in by a process which is killed half way, again and again, until it gets through.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ordering } from '../../src/app.ts';
import { install, SANJI } from '../support/cli.ts';
import { requestFor } from '../support/shop.ts';

const ORDERS = 60;
const KILLS = 4;
const LIMIT_MS = 120_000;

type Home = Awaited<ReturnType<typeof install>>;

async function placeAll({ house }: Home): Promise<string> {
  const shop = await house.store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  const now = new Date();
  const buyer = await house.store.meet({ platform: 'kakao', bot: 'bot', user: 'buyer' }, now);
  const items = [{ product: shop.products[0]?.id ?? '', boxes: 1 }];
  const at = new Date(now.getTime() + 60_000 + 9 * 3_600_000).toISOString();
  const when = `${at.slice(0, 10).replaceAll('-', '.')} ${at.slice(11, 19)}`;
  const rows = [];
  for (let no = 0; no < ORDERS; no++) {
    const request = { ...requestFor({ items }), depositor: `김영희${no}호` };
    const placing = { id: `ord_${no}`, buyerId: buyer.id, request };
    const placed = await house.store.submit(ordering.place({ shop, now, who: 'buyer' }, placing));
    const code = placed.answer.order.code.replace('-', '');
    rows.push(`${when},전자금융,${code},,0,"40,000","${(no + 1) * 40_000}",인터넷,`);
  }
  const path = join(mkdtempSync(join(tmpdir(), 'statement-')), 'kb.csv');
  const head = '거래일시,적요,보낸분/받는분,송금메모,출금액,입금액,잔액,거래점,구분';
  writeFileSync(path, [head, ...rows].join('\n'));
  return path;
}

test(
  'books each deposit once, with its payment, whenever the process was killed',
  async () => {
    const home = await install();
    const { store } = home.house;
    const file = await placeAll(home);
    const booked = async () =>
      (await store.findDeposits({ storeId: 'peach', limit: 1_000 })).length;
    let cutShort = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      const until = (await booked()) + Math.floor(ORDERS / (KILLS + 2));
      const child = spawn(process.execPath, [SANJI, 'deposit', 'import', file], {
        ...{ cwd: home.folder, env: home.env, stdio: 'ignore' },
      });
      const ended = once(child, 'exit');
      while ((await booked()) < until && child.exitCode === null) await pause(1);
      child.kill('SIGKILL');
      await ended;
      const count = await booked();
      if (count < ORDERS) cutShort += 1;
      const paid = await store.findOrders({ storeId: 'peach', state: 'paid', limit: 100 });
      expect(paid).toHaveLength(count);
    }
    expect(cutShort).toBeGreaterThan(0);
    const last = await home.told('deposit', 'import', file);
    expect(last.booked + last.known).toBe(ORDERS);
    expect(await booked()).toBe(ORDERS);
    const orders = await store.findOrders({ storeId: 'peach', limit: 100 });
    expect(orders.every(({ state, paidKrw }) => state === 'paid' && paidKrw === 40_000)).toBe(true);
    expect((await store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
  },
  LIMIT_MS,
);
