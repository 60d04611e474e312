// A carrier's file of numbers while people talk: what they hear of it, and what happens meanwhile.
import { expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { waybillsOf } from '../../src/sheets/waybill-sheet.ts';
import { carrierOf } from '../../src/shipping/carriers.ts';
import { importWaybills, type WaybillBooks } from '../../src/shipping/import-waybills.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const TUESDAY_NOON = '2026-07-21T03:00:00Z';
const PEOPLE = [
  ['박철수', '010-1234-5611'],
  ['이영희', '010-1234-5612'],
  ['정하늘', '010-1234-5613'],
] as const;

/** Three rows on the list of 7/21; 정하늘 gets three packages. */
async function open(): Promise<Talk> {
  const talk = await openTalk({}, 'telegram');
  await talk.join('tutu', ['farmer']);
  await talk.join('toni', ['seller']);
  for (const [at, [name, phone]] of PEOPLE.entries())
    await talk.buy(
      `buyer${at}`,
      `${name} ${phone} 서울 노원구 동일로 ${at + 1} ${at === 2 ? 5 : 2}상자`,
    );
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  talk.setNow(TUESDAY_NOON);
  await talk.say('tutu', '목록');
  for (const user of ['tutu', 'toni', 'buyer0', 'buyer1', 'buyer2']) await talk.heard(user);
  return talk;
}

const TITLES = ['송장번호', '수하인명', '수하인전화번호', '비고'];

/** Brings in a file of Logen's with a line for each `[number, name, phone]`. */
async function bring(
  talk: Talk,
  lines: readonly (readonly string[])[],
  over: { readonly books?: WaybillBooks; readonly isDryRun?: boolean } = {},
) {
  const rows = [TITLES, ...lines].map((cells, at) => ({ line: at + 1, cells }));
  const file = waybillsOf([rows]);
  if (file.kind === 'refused') throw new Error(file.reason);
  return importWaybills(over.books ?? talk.house, file.lines, {
    ...(await talk.asked('seller')),
    ...{ carrier: carrierOf('kr.logen'), settled: new Map(), date: null },
    isDryRun: over.isDryRun ?? false,
  });
}

const ONE = ['12345678901', ...PEOPLE[0]];
const TWO = ['12345678902', ...PEOPLE[1]];
const THREE = ['12345678903', '12345678904', '12345678905'].map((no) => [no, ...PEOPLE[2]]);

test('each buyer hears once with the numbers and their pages, the seller one summary', async () => {
  const talk = await open();
  const { given, open: left } = await bring(talk, [ONE, ...THREE]);
  expect([given.map(({ line, no }) => [line, no]), left]).toEqual([
    [
      [2, 1],
      [3, 1],
      [4, 2],
      [5, 3],
    ],
    [],
  ]);
  const [said, ...more] = await talk.heard('buyer2');
  expect(more).toEqual([]);
  for (const number of ['12345678903', '12345678904', '12345678905'])
    expect(said).toContain(`https://www.ilogen.com/web/personal/trace/${number}`);
  expect(await talk.heard('buyer0')).toEqual([expect.stringContaining('로젠택배 12345678901')]);
  expect(await talk.heard('buyer1')).toEqual([]);
  const [summary, ...others] = await talk.heard('toni');
  expect([summary, others]).toEqual([expect.stringContaining('1, 3번'), []]);

  expect(await bring(talk, [ONE, ...THREE])).toMatchObject({
    given: [],
    open: [],
    known: [2, 3, 4, 5],
  });
  for (const user of ['buyer0', 'buyer2', 'toni']) expect(await talk.heard(user)).toEqual([]);
  await talk.isSound();
});

test('a mark puts a number on its own package, in whatever order they come', async () => {
  const talk = await open();
  const { rows } = await talk.store.findDayList('peach', '2026-07-21');
  const code = rows[2]?.order.code;
  await bring(talk, [[THREE[0]?.[0] ?? '', '정하늘', PEOPLE[2][1], `${code}/1-3`]]);
  await bring(talk, [THREE[1] ?? []]);
  const after = await talk.store.findDayList('peach', '2026-07-21');
  const packages = after.rows[2]?.order.parcels[0]?.packages;
  expect(packages?.map(({ waybill }) => waybill)).toEqual(['12345678904', null, '12345678903']);
});

test('a dry run says what would be written, and nobody hears of it', async () => {
  const talk = await open();
  const { given } = await bring(talk, [ONE], { isDryRun: true });
  expect(given).toHaveLength(1);
  expect(await talk.heard('buyer0')).toEqual([]);
  const list = await talk.store.findDayList('peach', '2026-07-21');
  expect(list.rows[0]?.order.parcels[0]).toMatchObject({ state: 'scheduled' });
});

test('who is given a number or cancels while the file is read holds nobody else up', async () => {
  const talk = await open();
  const meanwhile = [
    () => talk.say('tutu', '1번 로젠 99999999991'),
    async () => {
      const [order] = (await talk.orders()).filter(
        ({ parcels }) => parcels[0]?.recipient === '이영희',
      );
      const asked = { ...(await talk.asked('seller')), who: 'buyer' } as const;
      const cancel = { parcelIds: null, reason: null, account: null };
      await talk.store.submit(ordering.cancel(asked, order?.id ?? '', cancel));
    },
  ];
  const store: WaybillBooks['store'] = {
    findDays: (id, from) => talk.store.findDays(id, from),
    findDayList: (id, date) => talk.store.findDayList(id, date),
    submit: async (command) => {
      for (const happens of meanwhile.splice(0)) await happens();
      return talk.store.submit(command);
    },
  };
  const matched = await bring(talk, [ONE, TWO, ...THREE], { books: { store } });
  expect(matched.given.map(({ line }) => line)).toEqual([4, 5, 6]);
  expect(matched.open.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'changed'],
    [3, 'changed'],
  ]);
  const again = await bring(talk, [ONE, TWO, ...THREE]);
  expect(again.known).toEqual([4, 5, 6]);
  expect(again.open.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'has_number'],
    [3, 'gone'],
  ]);
  const { rows } = await talk.store.findDayList('peach', '2026-07-21');
  const numbers = rows.map(({ order }) => order.parcels[0]?.packages.map(({ waybill }) => waybill));
  expect(numbers).toEqual([['99999999991'], [null], THREE.map(([number]) => number)]);
  await talk.isSound();
});

test('a number that a parcel of an older list has is not given to another', async () => {
  const talk = await open();
  await bring(talk, [ONE]);
  talk.setNow('2026-08-03T03:00:00Z');
  await talk.buy('buyer1', '이영희 010-1234-5612 서울 노원구 동일로 2 1상자');
  const order = (await talk.orders()).find(({ placedAt }) => placedAt > '2026-08-01');
  const date = order?.parcels[0]?.harvestDate ?? '';
  await talk.store.submit(ordering.freezeList(await talk.asked('farmer'), date));
  const matched = await bring(talk, [['12345678901', ...PEOPLE[1]]]);
  expect([matched.given, matched.open.map(({ reason }) => reason)]).toEqual([[], ['used']]);
});

test('where a number does not mean shipped, it is only kept', async () => {
  const talk = await open();
  const shop = await talk.store.findShop('peach');
  if (shop === null) throw new Error('no shop');
  await talk.store.putShop({ ...shop, policy: { ...shop.policy, waybillMeansShipped: false } });
  await bring(talk, [ONE]);
  const { rows } = await talk.store.findDayList('peach', '2026-07-21');
  expect(rows[0]?.order.parcels[0]).toMatchObject({
    ...{
      state: 'scheduled',
      packages: [{ waybill: '12345678901', carrier: 'kr.logen', state: null }],
    },
  });
  expect(await talk.heard('buyer0')).toEqual([]);
});
