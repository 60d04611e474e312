// Deposits on the real command line: a statement read in twice, a hand, answers and their undoing.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ordering } from '../../src/app.ts';
import { install } from '../support/cli.ts';
import { requestFor } from '../support/shop.ts';

type Install = Awaited<ReturnType<typeof install>>;

async function order({ house }: Install, id: string, depositor: string): Promise<string> {
  const shop = await house.store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  const now = new Date();
  const person = await house.store.meet({ platform: 'kakao', bot: 'bot', user: id }, now);
  const [product] = shop.products;
  const request = {
    ...requestFor({ items: [{ product: product?.id ?? '', boxes: 2 }] }),
    depositor,
  };
  const placing = ordering.place({ shop, now, who: 'buyer' }, { id, buyerId: person.id, request });
  return (await house.store.submit(placing)).answer.order.code;
}

/** A statement of KB as its own export looks, with what came in a minute from now. */
function statement(rows: readonly (readonly [name: string, krw: string])[]): string {
  const at = new Date(Date.now() + 60_000 + 9 * 3_600_000).toISOString();
  const when = `${at.slice(0, 10).replaceAll('-', '.')} ${at.slice(11, 19)}`;
  const lines = rows.map(
    ([name, krw], index) =>
      `${when},전자금융,${name},,0,"${krw}","${(index + 1) * 1_000_000}",인터넷,`,
  );
  const path = join(mkdtempSync(join(tmpdir(), 'statement-')), 'kb.csv');
  const head = '거래일시,적요,보낸분/받는분,송금메모,출금액,입금액,잔액,거래점,구분';
  writeFileSync(path, [head, ...lines].join('\n'));
  return path;
}

test('a statement is booked once, what is doubtful is answered, and answers are taken back', async () => {
  const home = await install();
  const code = await order(home, 'ord_one', '김영희');
  const other = await order(home, 'ord_two', '최민수');
  const file = statement([
    ['김영희', '75,000'],
    ['최민주', '75,000'],
    ['=HYPERLINK(1)', '75,000'],
  ]);
  const { out, err } = await home.sanji(['deposit', 'import', file, '--json']);
  expect(err).toContain('line 4: formula');
  const first = JSON.parse(out);
  expect(first).toMatchObject({ booked: 1, asked: 1, none: 0, known: 0 });
  expect(first.refused).toEqual([{ line: 4, reason: 'formula' }]);
  const second = await home.sanji(['deposit', 'import', file, '--json']);
  expect(JSON.parse(second.out)).toMatchObject({ booked: 0, asked: 0, known: 2 });
  expect(await home.told('order', 'show', code)).toMatchObject({ state: 'paid', paidKrw: 75_000 });

  const [asked] = await home.told('deposit', 'ls', '--unmatched');
  expect(asked).toMatchObject({ name: '최민주', amountKrw: 75_000, orders: [other] });
  const settled = await home.told('deposit', 'resolve', asked.id, '--order', other);
  expect(settled).toMatchObject([{ state: 'booked', orders: [other] }]);
  expect(await home.told('order', 'show', other)).toMatchObject({ state: 'paid' });
  const again = await home.sanji(['deposit', 'resolve', asked.id, '--none']);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('--undo')]);
  await home.told('deposit', 'resolve', asked.id, '--undo');
  expect(await home.told('order', 'show', other)).toMatchObject({ paidKrw: 0 });
  const { history } = await home.told('deposit', 'show', asked.id);
  expect(history.map(({ act }: { act: string }) => act)).toEqual(['asked', 'resolved', 'undone']);
  expect((await home.told('doctor')).ok).toBe(true);
});

test('what cannot be a deposit is refused with its reason', async () => {
  const home = await install();
  const file = join(mkdtempSync(join(tmpdir(), 'statement-')), 'no.csv');
  writeFileSync(file, 'this is no statement');
  const cases: readonly (readonly [string[], number, string])[] = [
    [['deposit', 'import', file], 1, 'no_table'],
    [['deposit', 'import', '/nowhere.csv'], 3, 'cannot be read'],
    [['deposit', 'add', '--name', '김영희', '--amount', '-5'], 2, 'whole number'],
    [['deposit', 'add', '--name', '김영희', '--amount', '0'], 2, 'at least 1 won'],
    [['deposit', 'resolve', 'dep_none', '--none'], 1, 'no deposit'],
    [['deposit', 'resolve', 'dep_none'], 2, '--order'],
  ];
  for (const [words, code, says] of cases) {
    const end = await home.sanji(words);
    expect([words, end.code, end.err]).toEqual([words, code, expect.stringContaining(says)]);
  }
});

test('money seen by a hand pays like any other', async () => {
  const home = await install();
  const code = await order(home, 'ord_one', '김영희');
  const added = await home.told(
    'deposit',
    'add',
    '--name',
    `김영희${code.slice(-3)}`,
    '--amount',
    '75,000',
  );
  expect(added).toMatchObject([{ state: 'booked', source: 'hand', orders: [code] }]);
});

test('an expired order lives again by its code, and one that is paid does not', async () => {
  const home = await install();
  const code = await order(home, 'ord_one', '김영희');
  const shop = await home.house.store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  const late = new Date(Date.now() + 72 * 3_600_000);
  await home.house.store.submit(ordering.expire({ shop, now: late, who: 'system' }, 'ord_one'));
  expect(await home.told('order', 'revive', code)).toMatchObject({ state: 'awaiting_payment' });
  await home.told('pay', 'confirm', code);
  const again = await home.sanji(['order', 'revive', code]);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('paid')]);
});
