import { readXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import type { Order } from '../../src/orders/order.ts';
import type { DayList } from '../../src/orders/store.ts';
import { courierLines, courierTable, writeCourierFile } from '../../src/sheets/courier-sheet.ts';
import { bareTitle, CARRIERS, type Carrier } from '../../src/shipping/carriers.ts';
import { markOf, marksIn } from '../../src/shipping/marks.ts';
import { listWith, parcelOn } from '../support/courier-files.ts';
import { shopWith } from '../support/shop.ts';

const SHOP = shopWith(
  { contact: '0551234567' },
  {
    business: {
      ...{
        name: '햇살농원',
        owner: '이토니',
        address: '경남 거창군 가조면 1',
        phone: '0559998888',
      },
      ...{ email: 'a@b.kr', taxExempt: true },
    },
  },
);

function list(): DayList {
  return listWith([
    parcelOn({ code: 'P7-042', recipient: '박철수', boxes: 5, memo: '=문 앞' }),
    parcelOn({ code: 'P7-043', recipient: '=1+1', phone: '0212345678', struck: true }),
    parcelOn({ code: 'P7-044', recipient: '취소된분', state: 'cancelled' }),
    parcelOn({ code: 'P7-045', recipient: '최영', sender: { name: '김영희', phone: '0101' } }),
  ]);
}

describe.each([...CARRIERS])('the file for $id', (carrier: Carrier) => {
  test('has a line for each package of each live row, marked as ours, and all of it is text', async () => {
    const { lines, leftOut } = courierLines(list());
    expect(lines.map(({ row, package: { no } }) => [row, no])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [4, 1],
    ]);
    expect(leftOut).toBe(0);
    const { sheets } = await readXlsx(await writeCourierFile(SHOP, carrier, lines), {
      readStyles: true,
    });
    const [titles = [], ...rows] = sheets[0]?.rows ?? [];
    expect(titles.map((title) => title ?? '')).toEqual(carrier.upload.map(([title]) => title));
    expect(rows).toHaveLength(4);
    const marks = rows.map((row) => row.flatMap((cell) => marksIn(String(cell ?? ''))).map(markOf));
    expect(marks).toEqual([['P7-042/1-1'], ['P7-042/1-2'], ['P7-042/1-3'], ['P7-045/1-1']]);
    for (const row of rows)
      for (const [at, cell] of row.entries())
        if (cell !== null)
          expect(typeof cell).toBe(carrier.upload[at]?.[1] === 'one' ? 'number' : 'string');
    expect(JSON.stringify(rows)).not.toContain('취소된분');
    expect(sheets[0]?.cells?.values().some((cell) => cell.formula !== undefined)).toBe(false);
  });

  test('says what is in which package, to whom and where', () => {
    const table = courierTable(SHOP, carrier, courierLines(list()).lines);
    const cell = (row: number, holds: string) =>
      table.rows[row]?.[carrier.upload.findIndex(([, one]) => one === holds)];
    expect(cell(0, 'recipient')).toBe('박철수');
    expect(cell(0, 'phone')).toBe('010-1234-5678');
    expect(cell(0, 'memo')).toBe('=문 앞');
    expect([0, 1, 2].map((row) => String(cell(row, 'contents')).slice(0, 18))).toEqual([
      '1번 1/3 복숭아 4kg 2상자',
      '1번 2/3 복숭아 4kg 2상자',
      '1번 3/3 복숭아 4kg 1상자',
    ]);
    expect(String(cell(3, 'contents'))).toMatch(/^4번 복숭아 4kg 1상자/);
  });

  test('is known by its titles, and by no other carrier', () => {
    const titles = carrier.upload.map(([title]) => bareTitle(title));
    const known = CARRIERS.filter((one: Carrier) => one.knownBy.some((t) => titles.includes(t)));
    expect(known.map(({ id }) => id)).toEqual([carrier.id]);
  });
});

test('a package that has a number or has left needs no label, unless it is asked for', () => {
  const numbered = listWith([
    parcelOn({ boxes: 3, waybills: ['123456789012', null] }),
    parcelOn({ code: 'P7-043', state: 'shipped' }),
    parcelOn({ code: 'P7-044' }),
  ]);
  const once = courierLines(numbered);
  expect(once.lines.map(({ row, package: { no } }) => [row, no])).toEqual([
    [1, 2],
    [3, 1],
  ]);
  expect(once.leftOut).toBe(2);
  expect(courierLines(numbered, true)).toMatchObject({ leftOut: 0, lines: { length: 4 } });
});

test('the sender is who sends, else who ordered, else the farm', () => {
  const [cj] = CARRIERS;
  const senders = (order: Partial<Order>) => {
    const [row] = listWith([parcelOn({})]).rows;
    if (row === undefined) throw new Error('no row');
    const told = { ...row, order: { ...row.order, ...order } };
    const table = courierTable(SHOP, cj, courierLines({ ...listWith([]), rows: [told] }).lines);
    return table.rows[0]?.slice(2, 7);
  };
  const nobody = { name: null, phone: null };
  const farm = ['', '', '경남 거창군 가조면 1'];
  expect(senders({ buyer: nobody })).toEqual(['햇살농원', '055-123-4567', ...farm]);
  expect(senders({ buyer: { name: '영희맘', phone: '01011112222' } })).toEqual([
    '영희맘',
    '010-1111-2222',
    ...farm,
  ]);
  expect(senders({ sender: { name: '김영희', phone: null } })?.[0]).toBe('김영희');
});

test('goods of several kinds are told package by package', () => {
  const items = [
    { product: 'a', name: '황도', boxes: 1, priceKrw: 1 },
    { product: 'b', name: '백도', boxes: 3, priceKrw: 1 },
  ];
  const { lines } = courierLines(listWith([parcelOn({ items, boxes: 4 })]));
  const [cj] = CARRIERS;
  const at = cj.upload.findIndex(([, holds]) => holds === 'contents');
  expect(courierTable(SHOP, cj, lines).rows.map((row) => row[at])).toEqual([
    '1번 1/2 황도 1상자, 백도 1상자',
    '1번 2/2 백도 2상자',
  ]);
});

test.each([
  ['서울 강남구 역삼로 12 3층', '서울 강남구 역삼로 12', '3층'],
  [
    '경기 성남시 분당구 판교역로146번길 20, 101동 1203호',
    '경기 성남시 분당구 판교역로146번길 20',
    '101동 1203호',
  ],
  ['전남 해남군 산이면 상공리 12-3 마을회관 옆', '전남 해남군 산이면 상공리 12-3', '마을회관 옆'],
  ['서울 강남구 역삼로 12', '서울 강남구 역삼로 12', ''],
  ['우리집', '우리집', ''],
])('Korea Post gets %s in two cells', (address, street, detail) => {
  const epost = CARRIERS[1];
  const { lines } = courierLines(listWith([parcelOn({ address })]));
  expect(courierTable(SHOP, epost, lines).rows[0]?.slice(2, 4)).toEqual([street, detail]);
});
