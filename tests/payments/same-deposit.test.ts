import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEPOSIT_SOURCES,
  SAME_WITHIN_MS,
  type Sighting,
  sameDeposit,
  seenBefore,
} from '../../src/payments/same-deposit.ts';

const row: Sighting = {
  source: 'file',
  sourceId: 'july.csv',
  nth: 0,
  at: '2026-07-20T03:05:33Z',
  precision: 'second',
  name: '김민수042',
  amountKrw: 45_000,
  balanceKrw: 1_195_300,
};
const notice: Sighting = {
  ...row,
  source: 'notice',
  sourceId: 'text 1',
  at: '2026-07-20T03:05:00Z',
  precision: 'minute',
};

describe('two sightings of different sources', () => {
  test.each<[string, Partial<Sighting>, string]>([
    ['alike', {}, 'same'],
    ['one without a balance', { balanceKrw: null }, 'same'],
    ['three minutes apart', { at: '2026-07-20T03:08:00Z', balanceKrw: null }, 'same'],
    ['the name cut by the bank', { name: '김민수0' }, 'same'],
    ['the name without its number', { name: '김민수' }, 'same'],
    ['the name with spaces and full-width', { name: ' 김 민수０４２ ' }, 'same'],
    ['the name with brackets behind it', { name: '김민수042(토스)' }, 'same'],
    ['a long name cut', { name: '김민수0', balanceKrw: null }, 'same'],
    ['another amount', { amountKrw: 45_001 }, 'different'],
    ['another balance', { balanceKrw: 1_240_300 }, 'different'],
    ['four minutes apart', { at: '2026-07-20T03:09:00Z', balanceKrw: null }, 'different'],
    ['another name', { name: '박나연', balanceKrw: null }, 'different'],
    ['another number behind the name', { name: '김민수043', balanceKrw: null }, 'different'],
    ['another name, the same balance', { name: '박나연' }, 'asked'],
    ['a name cut too short to be sure', { name: '김민', balanceKrw: null }, 'asked'],
    ['a hidden letter', { name: '김*수', balanceKrw: null }, 'asked'],
    ['no name', { name: '', balanceKrw: null }, 'asked'],
    [
      'a day without a time',
      { at: '2026-07-19T15:00:00Z', precision: 'day', balanceKrw: null },
      'asked',
    ],
    [
      'a day without a time, the same balance',
      { at: '2026-07-19T15:00:00Z', precision: 'day' },
      'same',
    ],
    [
      'the day before',
      { at: '2026-07-18T15:00:00Z', precision: 'day', balanceKrw: null },
      'different',
    ],
  ])('%s', (_, given, expected) => {
    expect(sameDeposit(row, { ...notice, ...given })).toBe(expected);
  });
});

describe('a sighting that only says the money was there by then', () => {
  const told: Sighting = {
    ...{ ...row, source: 'hand', sourceId: null, balanceKrw: null, precision: 'told' },
    at: '2026-07-20T09:00:00Z',
  };
  test.each<[string, Partial<Sighting>, string]>([
    ['hours before it was told', { at: '2026-07-20T03:05:00Z' }, 'asked'],
    ['the evening before', { at: '2026-07-19T12:00:00Z' }, 'asked'],
    ['as it was told', { at: '2026-07-20T08:58:00Z' }, 'same'],
    ['after it was told', { at: '2026-07-20T09:04:00Z' }, 'different'],
    ['on a day that ended before', { at: '2026-07-19T15:00:00Z', precision: 'day' }, 'asked'],
    ['on the next day', { at: '2026-07-20T15:00:00Z', precision: 'day' }, 'different'],
    ['told again later', { at: '2026-07-20T11:00:00Z', precision: 'told' }, 'asked'],
    ['of another name', { name: '박나연' }, 'different'],
  ])('money %s', (_, given, expected) => {
    expect(sameDeposit(told, { ...notice, ...given })).toBe(expected);
    expect(sameDeposit({ ...notice, ...given }, told)).toBe(expected);
  });
});

describe('two sightings of one source', () => {
  const bare = { ...row, balanceKrw: null };

  test.each<[string, Partial<Sighting>, string]>([
    ['the same row of the same file', {}, 'same'],
    ['the same row in another file', { sourceId: 'july and august.csv' }, 'same'],
    ['a second later', { at: '2026-07-20T03:05:34Z' }, 'different'],
    ['a second row alike', { nth: 1 }, 'asked'],
    [
      'a second row alike, in another file',
      { nth: 1, sourceId: 'july and august.csv' },
      'different',
    ],
  ])('%s', (_, given, expected) => {
    expect(sameDeposit(bare, { ...bare, ...given })).toBe(expected);
    expect(sameDeposit({ ...bare, ...given }, bare)).toBe(expected);
  });

  test('rows that differ in the balance only are two', () => {
    expect(sameDeposit(row, { ...row, balanceKrw: 1_240_300 })).toBe('different');
  });

  test('notices alike to the minute without a balance are asked about', () => {
    const bare = { ...notice, balanceKrw: null };
    expect(sameDeposit(bare, { ...bare, sourceId: 'text 2' })).toBe('asked');
    expect(sameDeposit(bare, { ...bare, sourceId: null })).toBe('asked');
    expect(sameDeposit(bare, bare)).toBe('same');
    const minuteLater = { ...bare, sourceId: 'text 2', at: '2026-07-20T03:06:00Z' };
    expect(sameDeposit(bare, minuteLater)).toBe('different');
  });
});

describe('a deposit seen more than once', () => {
  test('is not another row of the statement, though that is like its notice', () => {
    const told = { ...notice, balanceKrw: null };
    const second = { ...row, balanceKrw: 1_240_300 };
    expect(seenBefore([told], row)).toBe('same');
    expect(seenBefore([told], second)).toBe('same');
    expect(seenBefore([told, row], second)).toBe('different');
    expect(seenBefore([told, row], row)).toBe('same');
  });
});

const sighting = fc.record({
  source: fc.constantFrom(...DEPOSIT_SOURCES),
  sourceId: fc.constantFrom('one', 'two', null),
  nth: fc.constantFrom(0, 1),
  at: fc.integer({ min: 0, max: 6 * 60 }).map((s) => new Date(s * 1_000).toISOString()),
  precision: fc.constantFrom('second', 'second', 'minute', 'day'),
  name: fc.constantFrom(
    '김영희',
    '김영희042',
    '김영',
    '김*희',
    '박나연',
    '',
    '행복한농산물유통',
    '행복한농산',
  ),
  amountKrw: fc.constantFrom(45_000, 80_000),
  balanceKrw: fc.constantFrom(null, 100_000, 145_000),
}) satisfies fc.Arbitrary<Sighting>;

describe('for any two sightings', () => {
  test('it does not matter which comes first', () => {
    fc.assert(
      fc.property(sighting, sighting, (a, b) => {
        expect(sameDeposit(a, b)).toBe(sameDeposit(b, a));
      }),
      { numRuns: 5_000 },
    );
  });

  test('a sighting is of the deposit it is of', () => {
    fc.assert(
      fc.property(sighting, (one) => {
        expect(sameDeposit(one, one)).not.toBe('different');
        if (one.balanceKrw !== null && one.name !== '') expect(sameDeposit(one, one)).toBe('same');
      }),
    );
  });

  test('nothing that is known of both differs where they are one', () => {
    fc.assert(
      fc.property(sighting, sighting, (a, b) => {
        if (sameDeposit(a, b) !== 'same') return;
        expect(a.amountKrw).toBe(b.amountKrw);
        if (a.balanceKrw !== null && b.balanceKrw !== null) expect(a.balanceKrw).toBe(b.balanceKrw);
        if (a.precision === 'day' || b.precision === 'day') return;
        const apart = Math.abs(Date.parse(a.at) - Date.parse(b.at));
        // A clock without seconds may be up to a minute behind.
        const behind = a.precision === b.precision ? 0 : 60_000;
        expect(apart).toBeLessThan((a.source === b.source ? 0 : SAME_WITHIN_MS) + behind + 1);
      }),
      { numRuns: 5_000 },
    );
  });
});
