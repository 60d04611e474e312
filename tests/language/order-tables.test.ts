// Sheets of many makers: any order of columns, any names for them, columns nobody knows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';

type Column = { readonly head: string; readonly cell: (row: number) => string };

const PEOPLE = [
  { name: '대성유통', phone: '02-0817-3345', address: '서울 송파구 양재대로 932', boxes: 15 },
  { name: '정든식당', phone: '031-012-7789', address: '경기 여주시 세종로 72-1', boxes: 5 },
  { name: '곽태수', phone: '010-1225-6089', address: '충남 서산시 호수공원1로 25', boxes: 2 },
] as const;
const HEADS = {
  name: ['받는분', '수하인명', '수취인명', '고객명', '수화인', '받는사람 성함', '수령인(필수)'],
  phone: ['전화', '수하인전화번호', '연락처1', '수취인 휴대전화', '고객핸드폰', '수령자HP'],
  address: ['주소', '수하인주소', '배송지', '받는분주소(전체)', '고객주소', '도착주소'],
  boxes: ['수량', '내품수량', '박스수', '주문 수량', '총수량', '출고수량', '수량(박스)'],
} as const;
const OTHERS: readonly Column[] = [
  { head: 'NO', cell: (row) => `${row + 1}` },
  { head: '연번', cell: (row) => `${row + 11}` },
  { head: '행번호', cell: (row) => `${row + 3}` },
  { head: '지역코드', cell: () => '12' },
  { head: '운임타입', cell: () => '선불' },
  { head: '회원등급', cell: () => 'VIP' },
  { head: '단가', cell: () => '45,000' },
  { head: '비고', cell: () => '' },
  { head: '보내는분', cell: () => '곽노을' },
  { head: '송하인전화', cell: () => '010-0799-1534' },
  { head: '발송인주소', cell: () => '충남 천안시 서북구 쌍용대로 253' },
];

const known = (Object.keys(HEADS) as (keyof typeof HEADS)[]).map((field) =>
  fc.constantFrom(...HEADS[field]).map((head) => ({
    head,
    cell: (row: number) => `${PEOPLE[row]?.[field] ?? ''}`,
  })),
);
const sheets = fc
  .tuple(fc.tuple(...known), fc.subarray([...OTHERS], { maxLength: 4 }))
  .chain(([data, others]) => {
    const columns = [...data, ...others];
    return fc.shuffledSubarray(columns, { minLength: columns.length });
  });

const read = (text: string): string[] => {
  const products = [{ id: 'p1', name: '햅쌀 20kg' }];
  const reading = readOrder([{ text }], { today: '2026-09-12', products, maxBoxes: 50 });
  if (reading.kind !== 'order') return [reading.kind];
  return reading.draft.recipients.map(
    ({ name, phone, address, items }) =>
      `${name} ${phone} ${address} ${items.map(({ boxes }) => boxes).join('+')}`,
  );
};

const write = (columns: readonly Column[], delimiter: string): string =>
  [
    columns.map(({ head }) => head).join(delimiter),
    ...PEOPLE.map((_, row) => columns.map(({ cell }) => cell(row)).join(delimiter)),
  ].join('\n');

describe('a sheet', () => {
  it('is read by the names of its columns, whatever their order and whoever made it', () => {
    const rows = PEOPLE.map(
      ({ name, phone, address, boxes }) =>
        `${name} ${phone.replaceAll('-', '')} ${address} ${boxes}`,
    );
    fc.assert(
      fc.property(sheets, fc.constantFrom('\t', '|', ' | '), (columns, delimiter) => {
        expect(read(write(columns, delimiter))).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  it('without a column for the boxes takes no other number for them', () => {
    fc.assert(
      fc.property(sheets, (columns) => {
        const countless = columns.filter(
          ({ head }) => !HEADS.boxes.some((boxes) => boxes === head),
        );
        expect(read(write(countless, '\t'))).toEqual(['ask']);
      }),
      { numRuns: 300 },
    );
  });
});
