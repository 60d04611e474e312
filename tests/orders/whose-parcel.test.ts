// Whose parcel a courier means: exactly one of the list, several, or nobody.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Seen, whoseAmong, whoseParcel } from '../../src/orders/whose-parcel.ts';

const ROWS = [
  {
    row: 1,
    recipient: '박철수',
    phone: '01012345678',
    address: '서울 노원구 동일로 1729 103동 1204호',
  },
  { row: 2, recipient: '김영희', phone: '01022223333', address: '경기도 수원시 영통구 광교로 17' },
  { row: 3, recipient: '김영희', phone: '01044445555', address: '전라남도 신안군 흑산면 예리길 7' },
  {
    row: 4,
    recipient: '이민',
    phone: '0212345678',
    address: '부산광역시 해운대구 우동 123-4 (센텀빌)',
  },
  {
    row: 5,
    recipient: '남궁민수',
    phone: '01099998888',
    address: '서울특별시 중구 세종대로 110 3층',
  },
  {
    row: 6,
    recipient: '해뜨는민박',
    phone: '01077776666',
    address: '제주특별자치도 제주시 첨단로 242',
  },
  {
    row: 7,
    recipient: 'John Kim',
    phone: '01055554444',
    address: '서울 용산구 이태원로 55가길 47',
  },
];

/** `1`: that row; `2,3`: asked; `-`: nobody; `- ~1`: nobody, but near to row 1. */
function whose(seen: Seen): string {
  const found = whoseParcel(ROWS, seen);
  if (found.kind === 'one') return String(found.row.row);
  if (found.kind === 'several') return found.rows.map(({ row }) => row).join();
  return ['-', ...found.near.map(({ row }) => `~${row}`)].join(' ');
}

const CASES: readonly (readonly [Seen, string])[] = [
  [{ name: '박철수' }, '1'],
  [{ name: '박철수님' }, '1'],
  [{ name: ' 박 철수 고객님' }, '1'],
  [{ name: '박철수(배송메모: 문앞)' }, '1'],
  [{ name: '철수' }, '1'],
  [{ name: '박*수' }, '1'],
  [{ name: '박○수님' }, '1'],
  [{ name: '박O수' }, '1'],
  [{ name: '박**' }, '1'],
  [{ name: '박*' }, '-'],
  [{ name: '**' }, '-'],
  [{ name: '이*' }, '4'],
  [{ name: '남궁**' }, '5'],
  [{ name: '민수' }, '-'],
  [{ name: 'john kim' }, '7'],
  [{ name: '해뜨는 민박' }, '6'],
  [{ name: '김영희' }, '2,3'],
  [{ name: '김영희', phone: '010-4444-5555' }, '3'],
  [{ name: '김*희', phone: '010-****-3333' }, '2'],
  [{ name: '김*희', phone: '010-2222-****' }, '2'],
  [{ name: '김*희', phone: '010-**-3333' }, '2'],
  [{ name: '김영희', phone: '3333' }, '2'],
  [{ name: '김영희', address: '경기 수원시 영통구' }, '2'],
  [{ name: '김영희', address: '전남 신안군 흑산면 예리길 7' }, '3'],
  [{ name: '김영희', phone: '010-9999-0000' }, '- ~2 ~3'],
  [{ name: '최지우', phone: '010-1234-5678' }, '- ~1'],
  // A safety number of the courier's says nothing.
  [{ name: '박철수', phone: '0503-1234-9999' }, '1'],
  [{ phone: '0503-1234-9999' }, '-'],
  [{ phone: '+82 10-1234-5678' }, '1'],
  [{ phone: '1012345678' }, '1'],
  [{ phone: '02-1234-5678' }, '4'],
  [{ phone: '5678' }, '1,4'],
  [{ phone: '78' }, '-'],
  // Four digits are the end of a number, also when a safety number begins so.
  [{ name: '박철수', phone: '0503' }, '- ~1'],
  [{ address: '서울특별시 노원구 동일로 1729, 103-1204' }, '1'],
  [{ address: '노원구 동일로1729 103동1204호' }, '1'],
  [{ address: '[01692] 서울 노원구 동일로 1729 (상계동, 한솔) 103동 ***' }, '1'],
  [{ address: '서울 노원구 동일로 17' }, '-'],
  [{ address: '서울 노원구 동일로 17**' }, '1'],
  [{ address: '부산 해운대구 우동 123-4' }, '4'],
  [{ address: '부산 해운대구 우동 123-45' }, '-'],
  [{ address: '제주도 제주시 첨단로 242' }, '6'],
  [{ address: '서울' }, '-'],
  [{}, '-'],
  [{ name: '', phone: null, address: '  ' }, '-'],
];

test.each(CASES)('%j is of row %s', (seen, rows) => {
  expect(whose(seen)).toBe(rows);
});

describe('whatever a courier hides', () => {
  const nameOf = fc.stringMatching(/^[김이박최정][가-다][하-히]$/);
  const phoneOf = fc.stringMatching(/^010[2-9]\d{7}$/);
  const addressOf = fc
    .tuple(
      fc.constantFrom('서울 노원구 동일로', '경기 수원시 광교로', '부산 중구 대청로'),
      fc.integer({ min: 1, max: 2000 }),
    )
    .map(([road, house]) => `${road} ${house}`);
  const rowsOf = fc.array(fc.record({ recipient: nameOf, phone: phoneOf, address: addressOf }), {
    minLength: 1,
    maxLength: 12,
  });
  const hidden = fc.record({
    name: fc.constantFrom(
      (name: string) => name,
      (name: string) => `${name[0]}*${name[2]}`,
      (name: string) => `${name[0]}**님`,
      () => null,
    ),
    phone: fc.constantFrom(
      (phone: string) => phone,
      (phone: string) => `010-****-${phone.slice(-4)}`,
      (phone: string) => `${phone.slice(0, 3)}-${phone.slice(3, 7)}-****`,
      (phone: string) => phone.slice(-4),
    ),
    address: fc.constantFrom(
      (address: string) => address,
      (address: string) => address.replace(/ \d+$/, ' ***'),
      (address: string) => address.replaceAll(' ', ''),
      () => null,
    ),
  });

  test('its own row is among those that fit, and alone whenever no other could be meant', () => {
    fc.assert(
      fc.property(rowsOf, fc.nat(), hidden, (rows, nth, hide) => {
        const own = rows[nth % rows.length];
        if (own === undefined) return;
        const found = whoseAmong(rows)({
          name: hide.name(own.recipient),
          phone: hide.phone(own.phone),
          address: hide.address(own.address),
        });
        const fitting =
          found.kind === 'one' ? [found.row] : found.kind === 'several' ? found.rows : [];
        expect(fitting).toContain(own);
        const twins = rows.filter((row) => row.phone.slice(-4) === own.phone.slice(-4));
        const isTold = hide.phone(own.phone).endsWith(own.phone.slice(-4));
        if (isTold) for (const row of fitting) expect(twins).toContain(row);
        if (isTold && twins.length === 1) expect(found.kind).toBe('one');
      }),
      { numRuns: 2_000 },
    );
  });
});
