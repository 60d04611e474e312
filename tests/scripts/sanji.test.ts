// The real command line as its own process, beside a house that is open on the same file.
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { addDays, ordering } from '../../src/app.ts';
import type { Store } from '../../src/orders/store.ts';
import { install, runCli } from '../support/cli.ts';
import { requestFor } from '../support/shop.ts';

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+09:00$/;

async function place(store: Store, storeId: string, boxes: number): Promise<string> {
  const shop = await store.findShop(storeId);
  if (shop === null) throw new Error('no shop');
  const sender = { platform: 'kakao', bot: 'bot', user: `buyer-of-${storeId}` };
  const now = new Date();
  const person = await store.meet(sender, now);
  const [product] = shop.products;
  const request = requestFor({ items: [{ product: product?.id ?? '', boxes }] });
  const id = `ord_${storeId}${boxes}`;
  const placing = { id, buyerId: person.id, request };
  await store.submit(ordering.place({ shop, now, who: 'buyer' }, placing));
  return id;
}

test('stores, products, holidays and staff are made from nothing', async () => {
  const { house, told } = await install();
  const fields = ['dailyCapBoxes=30', 'bank.name=농협', 'bank.account=30200001', 'bank.holder=김'];
  const store = await told('store', 'add', 'plum', '--name', '자두농원', '--policy', ...fields);
  expect(store).toMatchObject({
    id: 'plum',
    name: '자두농원',
    state: 'open',
    policy: { dailyCapBoxes: 30, feeKrw: 5000, bank: { account: '30200001' } },
    business: null,
  });
  const [product, holiday, invite, admin] = await Promise.all([
    told(
      'product',
      'add',
      'plum-2kg',
      '--store',
      'plum',
      '--name',
      '자두 2kg',
      '--price',
      '21,000',
    ),
    told('holiday', 'add', '2026-08-15', '광복절'),
    told('invite', 'create', '--store', 'plum', '--role', 'farmer,seller'),
    told('invite', 'create', '--role', 'admin'),
  ]);
  expect(product).toMatchObject({ id: 'plum-2kg', store: 'plum', priceKrw: 21_000, origin: null });
  expect(holiday).toEqual({ date: '2026-08-15', name: '광복절' });
  for (const { code, expiresAt, ...rest } of [invite, admin]) {
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
    expect(expiresAt).toMatch(ISO);
    expect(rest).toEqual({});
  }

  const farmer = { platform: 'web', bot: 'bot', user: 'farmer' } as const;
  const said = { sender: farmer, storeId: null, roomChars: 1000, at: new Date() };
  await house.answer({ ...said, text: `등록 ${invite.code.toLowerCase()}`, updateId: 'u1' });
  const { roles } = await house.store.findTurn(farmer, null);
  expect(roles.map(({ role }) => role).sort()).toEqual(['farmer', 'seller']);

  const season = ['--sale-to', '2026-08-31', '--cap', '10'];
  expect(await told('product', 'set', 'plum-2kg', ...season)).toMatchObject({
    saleTo: '2026-08-31',
    dailyCapBoxes: 10,
    priceKrw: 21_000,
  });
  const open = await told('product', 'set', 'plum-2kg', '--sale-to', 'none', '--cap', 'none');
  expect(open).toMatchObject({ saleTo: null, dailyCapBoxes: null, name: '자두 2kg' });
  await told('product', 'archive', 'plum-2kg');
  const paused = await told('store', 'pause', 'plum');
  expect(paused).toMatchObject({ state: 'paused', open: false, policy: store.policy });
  expect((await house.store.findShop('plum'))?.products).toMatchObject([{ state: 'archived' }]);
});

test('an order is confirmed once and exactly, listed, and cancelled', async () => {
  const { house, told, sanji } = await install();
  const id = await place(house.store, 'peach', 3);
  const [refused, unknown, shown] = await Promise.all([
    sanji(['pay', 'confirm', 'p7001', '--amount', '100000']),
    sanji(['order', 'show', 'Z9-999']),
    told('order', 'show', 'p7-001'),
  ]);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toBe('sanji: amount_mismatch: expected 115000, got 100000\n');
  expect(unknown.err).toContain('not_found');
  expect(shown).toMatchObject({ id, code: 'P7-001', state: 'awaiting_payment', dueKrw: 115_000 });

  const paid = await told('pay', 'confirm', 'P7001', '--amount', '115000');
  expect(paid).toMatchObject({ id, store: 'peach', state: 'paid', paidKrw: 115_000, dueKrw: 0 });
  expect(paid.placedAt).toMatch(ISO);
  const [parcel] = paid.parcels;
  const [again, list, job, history, orders] = await Promise.all([
    sanji(['pay', 'confirm', id]),
    told('list', 'show', '--date', parcel.harvestDate),
    told('cron', 'run', 'day-list', '--at', `${parcel.harvestDate}T06:00`, '--store', 'peach'),
    told('order', 'history', id),
    told('order', 'ls', '--state', 'paid', '--date', parcel.harvestDate),
  ]);
  expect(again).toMatchObject({ code: 1, out: '' });
  expect(again.err).toMatch(/not_payable/);
  expect(list).toMatchObject({ store: 'peach', date: parcel.harvestDate, totalBoxes: 3 });
  expect(list.rows).toMatchObject([
    { row: 1, order: 'P7-001', parcel: parcel.id, boxes: 3, state: 'scheduled', struck: false },
  ]);
  expect(job).toEqual({
    job: 'day-list',
    slot: parcel.harvestDate,
    ran: true,
    result: { lists: [{ date: parcel.harvestDate, rows: 1, boxes: 3 }], scheduled: 0 },
  });
  expect(history.map(({ event }: { event: string }) => event)).toEqual([
    'placed',
    'paid',
    'scheduled',
  ]);
  expect(orders).toHaveLength(1);

  const words = ['--date', parcel.harvestDate, '--rows', '1-1', '--to', 'packed'];
  const packed = await told('parcel', 'advance', ...words);
  expect(packed.done).toEqual([{ row: 1, parcel: parcel.id, state: 'packed' }]);
  const cancelled = await told('order', 'cancel', 'P7-001', '--parcel', '1');
  expect(cancelled).toMatchObject({ state: 'cancelled', parcels: [{ state: 'cancelled' }] });
  expect(await told('doctor')).toMatchObject({ ok: true });
});

test('a parcel is changed, tried dry first, and what costs more waits for its difference', async () => {
  const { house, told, sanji } = await install();
  await place(house.store, 'peach', 2);
  await told('pay', 'confirm', 'P7-001');
  const three = ['order', 'change', 'P7-001', '--parcel', '1', '--boxes', 'peach-4kg=3'];
  const dry = await told(...three, '--dry-run');
  expect(dry).toMatchObject({ totalKrw: 115_000, dueKrw: 40_000, parcels: [{ boxes: 3 }] });
  expect(await told('order', 'show', 'P7-001')).toMatchObject({ totalKrw: 75_000, dueKrw: 0 });
  expect(await told(...three)).toMatchObject({ totalKrw: 75_000, parcels: [{ boxes: 2 }] });
  expect((await sanji(three)).out).toContain('waits for 40,000 KRW, until ');
  const paid = await told('pay', 'confirm', 'P7-001', '--amount', '40000');
  expect(paid).toMatchObject({ totalKrw: 115_000, paidKrw: 115_000, parcels: [{ boxes: 3 }] });
  const moved = await told('order', 'change', 'P7-001', '--recipient', '이영희');
  expect(moved.parcels).toMatchObject([{ recipient: '이영희', boxes: 3 }]);
  for (const wrong of [[], ['--boxes', 'peach'], ['--boxes', 'peach-4kg=0'], ['--phone', '12']])
    expect((await sanji(['order', 'change', 'P7-001', ...wrong])).code).toBe(2);
  expect(await told('doctor')).toMatchObject({ ok: true });
});

test('a dry run of a cap says what would move and moves nothing', async () => {
  const { house, told, sanji } = await install();
  await place(house.store, 'peach', 4);
  const { parcels } = await told('pay', 'confirm', 'P7-001');
  const date: string = parcels[0].harvestDate;
  const dry = await told('cap', 'set', date, 'closed', '--dry-run');
  expect(dry).toEqual({
    date,
    capBoxes: 0,
    reservedBoxes: 0,
    moved: [{ parcel: parcels[0].id, from: date, to: expect.any(String) }],
  });
  const [day, past] = await Promise.all([
    told('cap', 'ls').then((days) => days.find((one: { date: string }) => one.date === date)),
    sanji(['cap', 'set', '2020-01-06', '5']),
  ]);
  expect(day).toEqual({ date, capBoxes: 40, reservedBoxes: 4, unpaidBoxes: 0, leftBoxes: 36 });
  expect(past).toMatchObject({ code: 1, out: '' });
  expect(await told('cap', 'set', date, 'closed')).toEqual(dry);
});

test('a person is erased by order, by sender or by id, and what an open order needs stays', async () => {
  const { house, told, sanji } = await install();
  await place(house.store, 'peach', 2);
  const kept = await told('privacy', 'forget', '--order', 'P7-001');
  expect(kept).toEqual({
    user: expect.stringMatching(/^per_/),
    erased: false,
    kept: [{ store: 'peach', code: 'P7-001' }],
  });
  await told('order', 'cancel', 'P7-001');
  const erased = await told('privacy', 'forget', '--user', 'kakao:bot:buyer-of-peach');
  expect(erased).toEqual({ user: kept.user, erased: true, kept: [] });
  expect(await told('privacy', 'forget', '--user', kept.user)).toEqual(erased);
  const [order, orders, unknown, both] = await Promise.all([
    told('order', 'show', 'P7-001'),
    sanji(['order', 'ls']),
    sanji(['privacy', 'forget', '--user', 'kakao:bot:buyer-of-peach']),
    sanji(['privacy', 'forget']),
  ]);
  expect(order).toMatchObject({ buyer: { name: null }, parcels: [{ recipient: '—', phone: '' }] });
  expect(orders.out).toContain('P7-001');
  expect(unknown.err).toContain('not_found');
  expect(both.code).toBe(2);
});

test('what fits several stores is asked about, never guessed', async () => {
  const { house, sanji, told } = await install();
  await told('store', 'add', 'plum');
  await told('product', 'add', 'plum-2kg', '--store', 'plum', '--name', '자두', '--price', '20000');
  await place(house.store, 'peach', 1);
  await place(house.store, 'plum', 1);
  const [code, store, jobs, one] = await Promise.all([
    sanji(['pay', 'confirm', 'P7-001', '--json']),
    sanji(['cap', 'set', '2030-01-07', '5']),
    told('cron', 'run', 'day-list'),
    told('order', 'show', 'P7-001', '--store', 'plum'),
  ]);
  expect(code).toMatchObject({ code: 1, out: '' });
  expect(code.err).toMatch(/ambiguous.*peach, plum/);
  expect(store).toMatchObject({ code: 2, out: '' });
  expect(jobs).toHaveLength(2);
  expect(one.store).toBe('plum');
});

test('wrong usage ends with 2, a failure outside with 3, and neither says anything on stdout', async () => {
  const { sanji } = await install();
  const wrong = [
    ['nope'],
    ['store', 'nope'],
    ['pay', 'confirm'],
    ['cap', 'set', '2026-02-30', '5'],
    ['cap', 'set', '2026-08-03', '-5'],
    ['store', 'set', '--policy', 'feeKrw=much'],
    ['cron', 'run', 'nope'],
  ];
  const ends = await Promise.all([
    ...wrong.map((words) => sanji(words)),
    sanji(['doctor'], { DATABASE_URL: 'sqlite:/dev/null/sanji.db' }),
    sanji(['doctor'], { SANJI_DATA_KEY: '22'.repeat(32) }),
    sanji(['doctor'], { PORT: 'many' }),
  ]);
  expect(ends.map(({ code }) => code)).toEqual([...wrong.map(() => 2), 3, 3, 3]);
  expect(ends.map(({ out }) => out)).toEqual(ends.map(() => ''));
  expect(ends.every(({ err }) => err.length > 0 && !err.includes('    at '))).toBe(true);
});

test('a changed policy and a new holiday move whom they move', async () => {
  const { house, told, sanji } = await install();
  const id = await place(house.store, 'peach', 3);
  const dateOf = async () => (await house.store.findOrder('peach', id))?.parcels[0]?.harvestDate;
  const { parcels } = await told('pay', 'confirm', id);
  const first = parcels[0].harvestDate;
  const closing = ['store', 'set', 'peach', '--policy', `closedDates=["${first}"]`];
  const closed = await sanji(closing);
  expect(closed.err).toBe('');
  const second = await dateOf();
  expect(closed.out).toContain(`${parcels[0].id}  ${first} → ${second}`);
  expect(second && second > first).toBe(true);
  const dayAfter = addDays(second ?? '', 1);
  await told('holiday', 'add', dayAfter, 'one more');
  expect((await dateOf()) ?? '').toMatch(/^\d/);
  expect(await dateOf()).not.toBe(second);
  await told('holiday', 'rm', dayAfter);
  expect(await dateOf()).toBe(second);
  expect(await told('doctor')).toMatchObject({ ok: true });
});

test('commands wait their turn beside a busy writer, and none is lost', async () => {
  const { house, told } = await install();
  let writes = 0;
  const writer = setInterval(() => void house.store.putHoliday('2030-01-01', `${writes++}`), 2);
  const dates = ['2026-12-01', '2026-12-02', '2026-12-03'];
  try {
    await Promise.all(dates.map((date, n) => told('holiday', 'add', date, `day ${n}`)));
  } finally {
    clearInterval(writer);
  }
  expect(writes).toBeGreaterThan(10);
  const kept = (await house.store.listHolidays()).map(({ date }) => date);
  expect(kept).toEqual(expect.arrayContaining([...dates, '2030-01-01']));
});

test('parse and intent answer line by line and need no installation', async () => {
  const folder = tmpdir();
  const env = { DATABASE_URL: 'sqlite:/dev/null/sanji.db' };
  const context = { today: '2026-07-20', products: [{ id: 'peach-4kg', name: '복숭아 4kg' }] };
  const text = '박철수 010-1234-5678 서울 강남구 역삼로 1 복숭아 2상자';
  const order = `${JSON.stringify({ id: 'o1', text, context })}\n`;
  const farmer = JSON.stringify({ id: 'f1', role: 'farmer', text: '12번까지', context });
  const [read, meant, silent] = await Promise.all([
    runCli(['parse'], { folder, env, input: `${order}${order}` }),
    runCli(['intent'], { folder, env, input: farmer }),
    runCli(['parse'], { folder, env }),
  ]);
  expect(read.out.trim().split('\n')).toHaveLength(2);
  expect(JSON.parse(read.out.split('\n')[0] ?? '')).toMatchObject({ id: 'o1', kind: 'order' });
  expect(JSON.parse(meant.out)).toEqual({ id: 'f1', intent: 'accept_until', slots: { order: 12 } });
  expect(silent).toEqual({ code: 0, out: '', err: '' });
});

test('a reading is explained: the stretches of the message, and what came of them', async () => {
  const message = '두박스요 받는분 김하늘 010-0123-4567 서울 노원구 동일로 1729';
  const words = ['parse', '--explain', message, '--products', '사과 5kg'];
  const { code, out } = await runCli(words, { folder: tmpdir(), env: {} });
  expect(code).toBe(0);
  const lines = out.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' '));
  expect(lines).toContain('0–3 count "두박스"');
  expect(lines).toContain('recipient 1 name 1:9–12 said "김하늘"');
  expect(lines).toContain('recipient 1 boxes 1:0–3 fits "2"');

  const without = await runCli(['parse', message], { folder: tmpdir(), env: {} });
  expect(without.code).toBe(2);
  expect(without.err).toContain('--products');
});
