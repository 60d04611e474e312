// Line by line: whose number it is, or why that stays open.
import { expect, test } from 'vitest';
import { carrierOf } from '../../src/shipping/carriers.ts';
import { marksIn } from '../../src/shipping/marks.ts';
import {
  type ListedParcel,
  type Matching,
  matchWaybills,
} from '../../src/shipping/match-waybills.ts';
import { type WaybillLine, waybillsIn } from '../../src/shipping/waybill-line.ts';

function parcel(over: Partial<ListedParcel> = {}): ListedParcel {
  const { code = 'P7-042', parcelNo = 1 } = over;
  return {
    ...{ date: '2026-07-21', row: 1, code, parcelNo, orderId: `ord_${code}`, isGone: false },
    ...{ parcelId: `par_${code}-${parcelNo}`, waybills: [null] },
    ...{ recipient: '박철수', phone: '01012345678', address: '서울 강남구 역삼로 12 3층' },
    ...over,
  };
}

function line(no: number, waybill: string, over: Partial<WaybillLine> & { mark?: string } = {}) {
  const { mark = '', ...rest } = over;
  const own: WaybillLine = {
    ...{ line: no, waybills: waybill === '' ? [] : waybill.split(' '), recipient: '박철수' },
    ...{ phones: ['010-1234-5678'], address: '', marks: marksIn(mark), carrier: null, fault: null },
  };
  return { ...own, ...rest };
}

const [W1, W2, W3] = ['12345678901', '12345678902', '12345678903'] as const;

function match(
  lines: readonly WaybillLine[],
  parcels: readonly ListedParcel[],
  over: Partial<Matching> = {},
) {
  const matching = { parcels, carrier: carrierOf('kr.logen'), settled: new Map(), ...over };
  const { given, known, open } = matchWaybills(lines, matching);
  return {
    given: given.map(
      ({ line: no, parcel: of, no: one }) => `${no} ${of.code}/${of.parcelNo}-${one}`,
    ),
    known,
    open: open.map(({ line: no, reason }) => `${no} ${reason}`),
  };
}

const NOTHING = { given: [], known: [], open: [] };
const OTHER = parcel({ code: 'P7-043', row: 2, recipient: '이영희', phone: '01098765432' });
const THREE = parcel({ waybills: [null, null, null] });
const FULL = parcel({ waybills: [W1] });

const CASES: readonly (readonly [
  what: string,
  lines: readonly WaybillLine[],
  parcels: readonly ListedParcel[],
  outcome: Partial<ReturnType<typeof match>>,
])[] = [
  ['a name and a number', [line(2, W1)], [parcel(), OTHER], { given: ['2 P7-042/1-1'] }],
  [
    'a hidden name and the end of a number',
    [line(2, W1, { recipient: '박*수', phones: ['010-****-5678'] })],
    [parcel(), OTHER],
    { given: ['2 P7-042/1-1'] },
  ],
  [
    'a name and an address, without a number',
    [line(2, W1, { phones: [], address: '강남구 역삼로 12' })],
    [parcel(), OTHER],
    { given: ['2 P7-042/1-1'] },
  ],
  [
    'one of two numbers of the recipient',
    [line(2, W1, { phones: ['02-777-1111', '010-1234-5678'] })],
    [parcel(), OTHER],
    { given: ['2 P7-042/1-1'] },
  ],
  ['a name alone', [line(2, W1, { phones: [] })], [parcel()], { open: ['2 too_little'] }],
  [
    'a name and a number of the carrier’s own',
    [line(2, W1, { phones: ['0504-1234-5678'] })],
    [parcel()],
    { open: ['2 too_little'] },
  ],
  [
    'a name and an address without its house',
    [line(2, W1, { phones: [], address: '서울 강남구 ***' })],
    [parcel()],
    { open: ['2 too_little'] },
  ],
  [
    'the right number and another address',
    [line(2, W1, { address: '부산 해운대구 센텀로 1' })],
    [parcel()],
    { open: ['2 nobody'] },
  ],
  [
    'two parcels of one person',
    [line(2, W1)],
    [parcel(), parcel({ code: 'P7-050', date: '2026-07-20' })],
    { open: ['2 several'] },
  ],
  [
    'the second parcel of a person whose first has its number',
    [line(2, W2)],
    [FULL, parcel({ code: 'P7-050' })],
    { open: ['2 several'] },
  ],
  ['nobody we know', [line(2, W1, { recipient: '남궁민' })], [parcel()], { open: ['2 nobody'] }],
  ['a struck parcel', [line(2, W1)], [parcel({ isGone: true })], { open: ['2 gone'] }],
  [
    'a struck parcel by its mark',
    [line(2, W1, { mark: 'P7-042/1-1' })],
    [parcel({ isGone: true })],
    { open: ['2 gone'] },
  ],
  ['what is known', [line(2, W1)], [FULL], { known: [2] }],
  ['another number for the same package', [line(2, W2)], [FULL], { open: ['2 has_number'] }],
  [
    'a number that somebody else has',
    [line(2, W1, { recipient: '이영희', phones: ['01098765432'] })],
    [FULL, OTHER],
    { open: ['2 used'] },
  ],
  [
    'one number for two people',
    [line(2, W1), line(3, W1, { recipient: '이영희', phones: ['01098765432'] })],
    [parcel(), OTHER],
    { open: ['2 twice', '3 twice'] },
  ],
  ['a line told again', [line(2, W1), line(3, W1)], [parcel()], { given: ['2 P7-042/1-1'] }],
  [
    'packages in the order of the file',
    [line(2, W2), line(3, W1), line(4, W3)],
    [THREE],
    { given: ['2 P7-042/1-1', '3 P7-042/1-2', '4 P7-042/1-3'] },
  ],
  [
    'marked packages first',
    [line(2, W1), line(3, W2, { mark: '1번 P7-042/1-1' })],
    [THREE],
    { given: ['2 P7-042/1-2', '3 P7-042/1-1'] },
  ],
  [
    'several numbers in one cell',
    [line(2, `${W1} ${W2}`)],
    [THREE],
    { given: ['2 P7-042/1-1', '2 P7-042/1-2'] },
  ],
  [
    'more numbers than packages',
    [line(2, W1), line(3, W2)],
    [parcel()],
    { open: ['2 too_many', '3 too_many'] },
  ],
  [
    'two numbers for one marked package',
    [line(2, W1, { mark: 'P7-042/1-1' }), line(3, W2, { mark: 'P7-042/1-1' })],
    [THREE],
    { open: ['2 too_many', '3 too_many'] },
  ],
  [
    'a mark that slipped to another’s line',
    [line(2, W1, { mark: 'P7-043/1-1' })],
    [parcel(), OTHER],
    { open: ['2 mark_of_another'] },
  ],
  [
    'a mark and an address that the carrier wrote anew',
    [line(2, W1, { mark: 'P7-042/1-1', address: '서울 강남구 역삼동 678-9' })],
    [parcel(), OTHER],
    { given: ['2 P7-042/1-1'] },
  ],
  [
    'a mark and nothing else',
    [line(2, W1, { mark: 'P7-042/1-1', recipient: '', phones: [] })],
    [parcel()],
    { given: ['2 P7-042/1-1'] },
  ],
  [
    'a mark among namesakes',
    [line(2, W1, { mark: 'P7-050/1-1' })],
    [parcel(), parcel({ code: 'P7-050' })],
    { given: ['2 P7-050/1-1'] },
  ],
  [
    'marks that are none of ours',
    [
      line(2, W1, { mark: 'P7-999/1-1' }),
      line(3, W2, { mark: 'P7-042/1-9' }),
      line(4, W3, { mark: 'P7-042/1-1 P7-043/1-1' }),
    ],
    [parcel(), OTHER],
    { open: ['2 unknown_mark', '3 unknown_mark', '4 several_marks'] },
  ],
  [
    'numbers that cannot be',
    [line(2, '1234567890'), line(3, '123456789012345'), line(4, W1, { carrier: '경동택배' })],
    [parcel()],
    { open: ['2 lost_zeros', '3 digits', '4 no_carrier'] },
  ],
  [
    'a number of Lotte with a wrong last digit',
    [
      line(2, '123456789012', { carrier: '롯데택배' }),
      line(3, '123456789013', { carrier: '롯데' }),
    ],
    [parcel()],
    { open: ['2 check_digit'], given: ['3 P7-042/1-1'] },
  ],
];

test.each(CASES)('%s', (_, lines, parcels, outcome) => {
  expect(match(lines, parcels)).toEqual({ ...NOTHING, ...outcome });
});

test('a word of the operator settles which of several, and nothing that is wrong in itself', () => {
  const settled = new Map([
    [2, { code: 'P7-050', parcelNo: 1 }],
    [3, { code: 'P7-060', parcelNo: 1 }],
    [4, { code: 'P7-999', parcelNo: 1 }],
    [5, { code: 'P7-050', parcelNo: 1 }],
  ]);
  const lines = [line(2, W1), line(3, W2), line(4, W3), line(5, '123')];
  const parcels = [
    parcel(),
    parcel({ code: 'P7-050' }),
    parcel({ code: 'P7-060', waybills: ['99999999999'] }),
  ];
  expect(match(lines, parcels, { settled })).toEqual({
    given: ['2 P7-050/1-1'],
    known: [],
    open: ['3 has_number', '4 unknown_mark', '5 digits'],
  });
});

test('an unusual check digit of CJ is written and said', () => {
  const carrier = carrierOf('kr.cjlogistics');
  const matching = { parcels: [parcel()], carrier, settled: new Map() };
  const { given, unsure } = matchWaybills([line(2, '123456789012')], matching);
  expect([given.length, unsure]).toEqual([1, [2]]);
});

test.each([
  ['123456789012', ['123456789012']],
  [' 1234-5678-9012 ', ['123456789012']],
  ['１２３４５６７８９０１２', ['123456789012']],
  ["'0123456789012", ['0123456789012']],
  ['="0123456789012"', ['0123456789012']],
  ['123456789012.0', ['123456789012']],
  ['12345678901, 12345678902', ['12345678901', '12345678902']],
  ['12345678901\n12345678902', ['12345678901', '12345678902']],
  ['', []],
  ['-', []],
  ['6.01235E+12', 'rounded'],
  ['6.01235e12', 'rounded'],
  ['6012350000000', 'rounded'],
  ['발급 전', 'unreadable_number'],
  ['12345A78901', 'unreadable_number'],
])('the cell %s holds %s', (cell, waybills) => {
  expect(waybillsIn(cell)).toEqual(waybills);
});

test('ten thousand lines among two thousand parcels are matched in one go', () => {
  const parcels = Array.from({ length: 2_000 }, (_, at) =>
    parcel({
      code: `A${at % 10}-${String(at % 1_000).padStart(3, '0')}`,
      parcelNo: at + 1,
      recipient: `김${'가나다라마바사'[at % 7]}${'아자차카타파하'[at % 5]}`,
      phone: `010${String(10_000_000 + at * 4_973)}`,
      waybills: [null, null, null, null, null],
    }),
  );
  const lines = Array.from({ length: 10_000 }, (_, at) => {
    const { recipient, phone } = parcels[at % 2_000] ?? parcel();
    return line(at + 2, String(10_000_000_000 + at), { recipient, phones: [phone] });
  });
  const { given, open } = match(lines, parcels);
  expect([given.length, open.length]).toEqual([10_000, 0]);
});
