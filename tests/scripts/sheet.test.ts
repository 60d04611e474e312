// The carriers' files by the real command line: a day's packages out, their numbers back.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { CARRIERS, type Carrier } from '../../src/shipping/carriers.ts';
import { install } from '../support/cli.ts';
import { numbersOf } from '../support/courier-files.ts';
import { openFarm } from '../support/shop.ts';

const [CJ] = CARRIERS;
const NUMBERS = numbersOf(CJ, 1, 20);

/** Three orders on one frozen list: 박철수 with 3 packages, 이영희 with 1, and 최영 whose order is cancelled. */
async function open() {
  const home = await install();
  const farm = await openFarm(home.house.store, { now: new Date() });
  await farm.placePaid('ord_one', { recipient: '박철수', boxes: 5 });
  await farm.placePaid('ord_two', {
    recipient: '이영희',
    boxes: 1,
    address: '부산 해운대구 센텀로 9',
  });
  await farm.placePaid('ord_three', { recipient: '최영', boxes: 1, address: '대구 중구 국채로 1' });
  const order = await home.told('order', 'show', 'ord_one');
  const date: string = order.parcels[0].harvestDate;
  await farm.freeze(date);
  await farm.cancel('ord_three');
  const path = (name: string) => join(home.folder, name);
  const waybills = async (...words: string[]) => {
    const ended = await home.sanji(['sheet', 'waybills', ...words, '--json']);
    return { code: ended.code, err: ended.err, json: ended.out && JSON.parse(ended.out) };
  };
  const packagesOf = async (ref: string): Promise<{ waybill: string | null; carrier: string }[]> =>
    (await home.told('order', 'show', ref)).parcels[0].packages;
  return { ...home, farm, date, path, waybills, packagesOf };
}

/** What the carrier makes of our file: a number in each line. */
async function numbered(file: string): Promise<string[][]> {
  const { sheets } = await readXlsx(readFileSync(file));
  const [titles = [], ...rows] = (sheets[0]?.rows ?? []).map((row) =>
    row.map((cell) => String(cell ?? '')),
  );
  const at = titles.indexOf('운송장번호');
  return [titles, ...rows.map((row, i) => row.with(at, NUMBERS[i] ?? ''))];
}

test('what goes to the carrier comes back with numbers, once', async () => {
  const { told, date, path, waybills, packagesOf, sanji } = await open();
  const out = path('cj.xlsx');
  const sent = await told('sheet', 'courier', '--date', date, '--out', out);
  expect(sent).toEqual({
    ...{ store: 'peach', date, revision: expect.any(Number), carrier: 'kr.cjlogistics' },
    ...{ rows: 2, packages: 4, leftOut: 0, file: out },
  });
  const rows = await numbered(out);
  expect(JSON.stringify(rows)).not.toContain('최영');
  const back = path('back.xlsx');
  writeFileSync(back, await writeXlsx({ sheets: [{ name: 'Sheet1', rows }] }));

  const dry = await waybills(back, '--dry-run');
  expect(dry).toMatchObject({ code: 0, json: { dryRun: true, written: { length: 4 } } });
  expect((await packagesOf('ord_one')).map(({ waybill }) => waybill)).toEqual([null, null, null]);

  const first = await waybills(back);
  expect(first).toMatchObject({
    code: 0,
    json: { carrier: 'kr.cjlogistics', lines: 4, known: [], open: [], unsure: [] },
  });
  expect(
    first.json.written.map((one: { line: number; row: number }) => [one.line, one.row]),
  ).toEqual([
    [2, 1],
    [3, 1],
    [4, 1],
    [5, 2],
  ]);
  expect((await packagesOf('ord_one')).map(({ waybill }) => waybill)).toEqual(NUMBERS.slice(0, 3));
  expect((await packagesOf('ord_two'))[0]).toMatchObject({
    ...{ waybill: NUMBERS[3], carrier: 'kr.cjlogistics', state: 'shipped' },
  });
  const history = await told('order', 'history', 'ord_one');

  const again = await waybills(back);
  expect(again).toMatchObject({ code: 0, json: { written: [], known: [2, 3, 4, 5], open: [] } });
  expect(await told('order', 'history', 'ord_one')).toEqual(history);
  const lines = await sanji(['sheet', 'waybills', back]);
  expect(lines.out).toContain('0 written, 4 known before, 0 open, of 4 lines');
  expect((await told('doctor')).ok).toBe(true);

  const empty = await sanji(['sheet', 'courier', '--date', date, '--out', path('two.xlsx')]);
  expect([empty.code, empty.err]).toEqual([1, expect.stringContaining('--again')]);
  const all = await told('sheet', 'courier', '--date', date, '--out', path('3.xlsx'), '--again');
  expect(all).toMatchObject({ packages: 4, leftOut: 0 });
});

test('a list that is not frozen, a file that is there and a carrier nobody knows are refused', async () => {
  const home = await install();
  const { house, sanji, told } = home;
  const path = (name: string) => join(home.folder, name);
  const farm = await openFarm(house.store, { now: new Date() });
  await farm.placePaid('ord_one');
  const { parcels } = await told('order', 'show', 'ord_one');
  const date: string = parcels[0].harvestDate;
  const out = ['--date', date, '--out'];
  writeFileSync(path('there.xlsx'), 'notes');
  const cases: readonly (readonly [words: string[], code: number, why: string])[] = [
    [[...out, path('a.xlsx')], 1, 'not frozen yet'],
    [[...out, path('there.xlsx')], 1, 'is there already'],
    [[...out, path('a.csv')], 2, '.xlsx'],
    [['--date', date], 2, '--out'],
    [[...out, path('a.xlsx'), '--carrier', '경동'], 2, 'kr.cjlogistics'],
    [['--date', '2020-01-01', '--out', path('a.xlsx'), '--draft'], 1, 'no row'],
  ];
  for (const [words, code, why] of cases) {
    const ended = await sanji(['sheet', 'courier', ...words]);
    expect([words, ended.code, ended.err]).toEqual([words, code, expect.stringContaining(why)]);
  }
  const draft = ['sheet', 'courier', ...out, path('a.xlsx'), '--draft', '--carrier', '우체국'];
  expect(await told(...draft)).toMatchObject({ revision: 0, carrier: 'kr.epost', packages: 1 });
  expect(readFileSync(path('there.xlsx'), 'utf8')).toBe('notes');
});

test('text in the spreadsheet’s own encoding and a web page called .xls are read as well', async () => {
  const { path, waybills, packagesOf } = await open();
  const rows = [
    ['2026-07-21 발송 목록'],
    ['NO', '운송장번호', '받는분', '받는분전화번호', '받는분주소'],
    ['1', NUMBERS[0], '이*희', '010-****-5678', '부산 해운대구 센텀로 9'],
    ['합계', '', '1건'],
  ];
  const csv = rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n');
  writeFileSync(path('cp949.csv'), iconv.encode(csv, 'cp949'));
  const asked = await waybills(path('cp949.csv'));
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('--carrier')]);
  const told = await waybills(path('cp949.csv'), '--carrier', 'CJ대한통운');
  expect(told).toMatchObject({ code: 0, json: { written: [{ line: 3, row: 2 }] } });
  expect((await packagesOf('ord_two'))[0]?.waybill).toBe(NUMBERS[0]);

  const cells = [
    ['등기번호', '수취인', '휴대전화'],
    ['6012345678901', '박철수', '01012345678'],
  ];
  const html = `<html><head><meta charset="utf-8"><style>td{mso-number-format:"\\@"}</style></head><body>
    <table border=1>${cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}&nbsp;</td>`).join('')}</tr>`).join('')}</table><br></body></html>`;
  writeFileSync(path('epost.xls'), html);
  const page = await waybills(path('epost.xls'));
  expect(page).toMatchObject({ code: 0, json: { carrier: 'kr.epost', written: [{ row: 1 }] } });
});

test('what is doubtful stays open, says whom it may be, and is settled by a word', async () => {
  const home = await install();
  const { sanji, told } = home;
  const path = (name: string) => join(home.folder, name);
  const farm = await openFarm(home.house.store, { now: new Date() });
  const mother = { recipient: '김영희', address: '서울 강남구 역삼로 12' };
  await farm.placePaid('ord_one', mother);
  await farm.placePaid('ord_two', mother);
  const { parcels } = await told('order', 'show', 'ord_one');
  await farm.freeze(parcels[0].harvestDate);
  const rows = [
    ['등기번호', '받는 분', '휴대전화(010-1234-5678)'],
    ['6012345678901', '김영희', '010-1234-5678'],
    ['6.01235E+12', '김영희', '010-1234-5678'],
    ['601234567890', '김영희', '010-1234-5678'],
    ['6012345678902', '남궁민', '010-9999-9999'],
  ];
  writeFileSync(path('f.csv'), rows.map((row) => row.join(',')).join('\n'));
  const file = ['sheet', 'waybills', path('f.csv')];
  const open = await sanji([...file, '--json']);
  expect(open.code).toBe(1);
  const json = JSON.parse(open.out);
  const found: { line: number; reason: string; column: string; candidates: object[] }[] = json.open;
  expect(found.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [2, '등기번호', 'several'],
    [3, '등기번호', 'rounded'],
    [4, '등기번호', 'lost_zeros'],
    [5, '등기번호', 'nobody'],
  ]);
  expect(found[0]?.candidates).toMatchObject([
    { order: 'P7-001', no: 1, row: 1, recipient: '김영희' },
    { order: 'P7-002', no: 1, row: 2, recipient: '김영희' },
  ]);
  const lines = await sanji(file);
  expect(lines.out).toContain('line 2, 등기번호: several parcels may be meant');
  expect(lines.out).toContain('row 2  P7-002/1  김영희');
  const settled = JSON.parse((await sanji([...file, '--line', '2=p7-002/1', '--json'])).out);
  expect(settled.written).toMatchObject([{ line: 2, order: 'P7-002', waybill: '6012345678901' }]);
  const wrong = [
    [['--line', '2'], 'as 7=P7-042/1'],
    [['--line', '99=P7-002/1'], 'no line 99'],
  ] as const;
  for (const [words, why] of wrong) {
    const ended = await sanji([...file, ...words]);
    expect([ended.code, ended.err]).toEqual([2, expect.stringContaining(why)]);
  }
});

test('a file of another kind is refused with the reason, and nothing is written', async () => {
  const { path, waybills } = await open();
  const bomb = await writeXlsx({ sheets: [{ name: 'S', rows: [['운송장번호', '받는분']] }] });
  const bank =
    '거래일시,적요,보낸분/받는분,출금액,입금액,잔액\n2026.07.21,이체,김영희,0,75000,100\n';
  const titles = '운송장번호,받는분,받는분전화번호\n';
  const long = Array.from({ length: 20_001 }, (_, at) => `${at},김영희,01012345678`).join('\n');
  const cases: readonly (readonly [content: string | Uint8Array, why: string])[] = [
    ['', 'empty'],
    [' \n\n', 'empty'],
    [bank, 'no line has the titles'],
    ['%PDF-1.7 …', 'PDF'],
    [`${titles}123456789012,김영희,010\n등기번호,수취인,주소\n6012345678901,박,서울`, '(line 3)'],
    [titles, 'no line below'],
    [`${titles}${long}`, '20,000 lines'],
    [bomb.subarray(0, bomb.length / 2), 'damaged'],
    [Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'damaged'],
    [Uint8Array.from([0, 1, 2, 3, 0, 0, 7]), 'neither'],
    [claiming(bomb, 3_000_000_000), 'too large'],
  ];
  for (const [index, [content, why]] of cases.entries()) {
    writeFileSync(path(`${index}.xlsx`), content);
    const ended = await waybills(path(`${index}.xlsx`), '--carrier', 'cj');
    expect([index, ended.code, ended.err]).toEqual([index, 1, expect.stringContaining(why)]);
  }
  const nowhere = await waybills(path('none.xlsx'));
  expect([nowhere.code, nowhere.err]).toEqual([3, expect.stringContaining('cannot be read')]);
});

/** The same zip whose directory says that its first entry unpacks to so many bytes. */
function claiming(zip: Uint8Array, bytes: number): Uint8Array {
  const copy = Buffer.from(zip);
  const entry = copy.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  copy.writeUInt32LE(bytes, entry + 24);
  return copy;
}

test('every carrier’s own form takes the numbers in', async () => {
  const home = await install();
  const farm = await openFarm(home.house.store, {
    now: new Date(),
    policy: { dailyCapBoxes: 100 },
  });
  for (const [at] of CARRIERS.entries())
    await farm.placePaid(`ord_${at}`, { recipient: `김영${'가나다라마'[at]}`, boxes: 3 });
  const { parcels } = await home.told('order', 'show', 'ord_0');
  const date: string = parcels[0].harvestDate;
  await farm.freeze(date);
  for (const [at, carrier] of CARRIERS.entries()) {
    const row: Carrier = carrier;
    const out = join(home.folder, `${carrier.id}.xlsx`);
    const words = ['--date', date, '--out', out, '--carrier', carrier.name];
    const { packages } = await home.told('sheet', 'courier', ...words);
    expect(packages).toBe((CARRIERS.length - at) * 2);
    const { sheets } = await readXlsx(readFileSync(out));
    const [titles = [], ...rows] = sheets[0]?.rows ?? [];
    const numbers = numbersOf(row, 100 * (at + 1), 2);
    const back = [['번호', ...titles], ...rows.slice(0, 2).map((one, i) => [numbers[i], ...one])];
    const named = back.map((one, i) => (i === 0 ? one.with(0, '송장번호') : one));
    const filled = named.map((one) => one.map((cell) => cell ?? ''));
    const file = join(home.folder, `back-${at}.xlsx`);
    writeFileSync(file, await writeXlsx({ sheets: [{ name: 'S', rows: filled }] }));
    const told = await home.told('sheet', 'waybills', file);
    expect(told).toMatchObject({ carrier: carrier.id, open: [], written: { length: 2 } });
    const shown = await home.told('order', 'show', `ord_${at}`);
    const kept = shown.parcels[0].packages.map(({ waybill }: { waybill: string }) => waybill);
    expect(kept).toEqual(numbers);
  }
});
