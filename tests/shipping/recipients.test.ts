import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whoseAmong } from '../../src/orders/whose-parcel.ts';
import { createLookUp } from '../../src/shipping/recipients.ts';

const NAMES = [
  '박철수',
  '김철수',
  '철수',
  '최영',
  '최*',
  '남궁민수',
  '박O수',
  '박철수님',
  'John Kim',
  '○○',
];
const SEEN = [
  ...NAMES,
  '박*수',
  '*철수',
  '박**',
  '**',
  '김철',
  '남**수',
  '박철수 고객님',
  '',
  '박 철 수',
];
const PHONES = ['01012345678', '01098765678', '0212345678', '01012349999'];
const TOLD = [
  ...PHONES,
  ...[
    '010-1234-5678',
    '010-****-5678',
    '***-****-5678',
    '1012345678',
    '5678',
    '0504-1111-2222',
    '',
  ],
  ...['010-1234-****', '+82 10-1234-5678', '０１０１２３４５６７８'],
];
const ADDRESSES = ['서울 강남구 역삼로 12 3층', '부산 해운대구 센텀로 9', ''];

test('who is looked at closely makes no difference to who is found', () => {
  const destination = fc.record({
    recipient: fc.constantFrom(...NAMES),
    phone: fc.constantFrom(...PHONES),
    address: fc.constantFrom('서울 강남구 역삼로 12 3층', '부산 해운대구 센텀로 9'),
  });
  const seen = fc.record({
    name: fc.constantFrom(...SEEN),
    phone: fc.constantFrom(...TOLD),
    address: fc.constantFrom(...ADDRESSES),
  });
  fc.assert(
    fc.property(fc.array(destination, { maxLength: 12 }), seen, (parcels, { phone, ...rest }) => {
      const all = whoseAmong(parcels)({ ...rest, phone });
      const expected = all.kind === 'one' ? [all.row] : all.kind === 'several' ? all.rows : [];
      const found = createLookUp(parcels)({ ...rest, phones: phone === '' ? [] : [phone] });
      const rows = found.kind === 'one' ? [found.row] : found.kind === 'none' ? [] : found.rows;
      expect(new Set(rows)).toEqual(new Set(expected));
    }),
    { numRuns: 5_000 },
  );
});

test('nobody is told with those who come near by their name or their number', () => {
  const one = { recipient: '박철수', phone: '01012345678', address: '서울 강남구 역삼로 12' };
  const other = { recipient: '이영희', phone: '01098765432', address: '부산 해운대구 센텀로 9' };
  const lookUp = createLookUp([one, other]);
  const told = { name: '박철수', phones: ['010-9876-5432'], address: '' };
  expect(lookUp(told)).toEqual({ kind: 'none', near: [one, other] });
  expect(lookUp({ ...told, name: '남궁민', phones: [] })).toEqual({ kind: 'none', near: [] });
});
