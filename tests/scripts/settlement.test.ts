// The settlement by the real command line, on a real file, which it reads on a thread of its own.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { periodOf, settle } from '../../src/orders/settlement.ts';
import { install } from '../support/cli.ts';
import { MONDAY, openFarm, TUESDAY } from '../support/shop.ts';
import { fileForTest } from '../support/sqlite.ts';

const PERIOD = ['--from', MONDAY, '--to', TUESDAY];

test('the settlement is told as JSON, as lines and as a sheet', async () => {
  const { folder, house, told, sanji } = await install();
  const farm = await openFarm(house.store);
  await farm.placePaid('ord_1', { boxes: 2 });
  const file = join(folder, 'july.xlsx');
  const words = ['settlement', '--store', 'peach', ...PERIOD];
  const sums = { goodsKrw: 70_000, shippingKrw: 5_000, surchargeKrw: 0, paidKrw: 75_000 };
  const all = { orders: 1, ...sums, refundedKrw: 0, openKrw: 0 };
  expect(await told(...words)).toEqual(all);
  expect(await told(...words, '--out', file)).toEqual(all);
  const { sheets } = await readXlsx(readFileSync(file));
  expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
    ['합계', 2],
    ['주문', 2],
  ]);
  const text = await sanji(words);
  expect(text.code).toBe(0);
  expect(text.out.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim())).toEqual([
    `peach ${MONDAY} to ${TUESDAY}`,
    'open before 0 KRW',
    'paid 75,000 KRW',
    'refunded 0 KRW',
    'goods of 1 order -70,000 KRW',
    'shipping -5,000 KRW',
    'surcharge 0 KRW',
    'open at the end 0 KRW',
    '',
  ]);
});

test('what cannot be settled is refused with the reason, and no file is touched', async () => {
  const { folder, house, sanji } = await install();
  await openFarm(house.store);
  const kept = join(folder, 'notes.xlsx');
  writeFileSync(kept, 'notes');
  const peach = ['settlement', '--store', 'peach'];
  const cases: readonly (readonly [words: readonly string[], code: number, why: string])[] = [
    [[...peach, '--from', TUESDAY, '--to', MONDAY], 2, '--from before --to'],
    [[...peach, '--from', '2026-02-30', '--to', TUESDAY], 2, 'Expected a date'],
    [[...peach, '--to', TUESDAY], 2, '--from and --to'],
    [[...peach, '--from', TUESDAY, '--to', '9999-12-31'], 1, 'bad_request'],
    [['settlement', '--store', 'none', ...PERIOD], 1, 'not_found'],
    [[...peach, ...PERIOD, '--out', join(folder, 'july.csv')], 2, '.xlsx'],
    [[...peach, ...PERIOD, '--out', kept], 1, 'conflict'],
    [[...peach, ...PERIOD, '--out', join(folder, 'none', 'july.xlsx')], 3, 'ENOENT'],
  ];
  for (const [words, code, why] of cases) {
    const ended = await sanji([...words, '--json']);
    expect(ended, words.join(' ')).toMatchObject({ code, out: '' });
    expect(ended.err).toContain(why);
  }
  expect(readFileSync(kept, 'utf8')).toBe('notes');
  expect(existsSync(join(folder, 'july.csv'))).toBe(false);
});

test('more rows than cross at once all arrive, while others write', async () => {
  const { open } = fileForTest();
  const store = open();
  const farm = await openFarm(store, { policy: { dailyCapBoxes: 100_000 } });
  const ids = Array.from({ length: 1_001 }, (_, at) => `ord_${at}`);
  for (let from = 0; from < ids.length; from += 100)
    await Promise.all(ids.slice(from, from + 100).map((id) => farm.placePaid(id)));
  const reading = store.findSettled('peach', periodOf(MONDAY, MONDAY, 'Asia/Seoul'));
  await farm.place('ord_beside');
  const rows = await reading;
  expect(settle(rows)).toMatchObject({ orders: 1_001, paidKrw: 1_001 * 40_000, openKrw: 0 });
  expect(new Set(rows.map(({ code }) => code)).size).toBe(1_001);
  await store.close();
});
