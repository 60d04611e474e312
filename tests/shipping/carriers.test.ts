import { expect, test } from 'vitest';
import { CARRIER_NAMES } from '../../src/language/farmer-words.ts';
import {
  CARRIERS,
  type Carrier,
  carrierByDigits,
  carrierNamed,
  carrierOf,
  numberFault,
  trackingPage,
} from '../../src/shipping/carriers.ts';

function rowOf(id: string): Carrier {
  const carrier = carrierOf(id);
  if (carrier === null) throw new Error(`no carrier ${id}`);
  return carrier;
}

test('what a farmer may call a carrier is what the table says', () => {
  const said = CARRIERS.flatMap(({ id, said }) => said.map((start) => [start, id]));
  expect(CARRIER_NAMES.map((one) => [...one]).toSorted()).toEqual(said.toSorted());
});

test.each([
  ['CJ대한통운', 'kr.cjlogistics'],
  ['cj 대한통운', 'kr.cjlogistics'],
  ['대한통운', 'kr.cjlogistics'],
  ['우체국', 'kr.epost'],
  ['우체국 택배', 'kr.epost'],
  ['한진택배', 'kr.hanjin'],
  ['롯데글로벌로지스', 'kr.lotte'],
  ['로젠', 'kr.logen'],
  ['kr.logen', 'kr.logen'],
  ['경동택배', null],
  ['', null],
])('%s is %s', (text, id) => {
  expect(carrierNamed(text)).toBe(id);
});

test('a length that only one carrier has names it', () => {
  expect([10, 11, 12, 13, 14].map(carrierByDigits)).toEqual([
    null,
    'kr.logen',
    null,
    'kr.epost',
    'kr.hanjin',
  ]);
});

test.each([
  ['kr.cjlogistics', '123456789012', 'check_digit_unsure'],
  ['kr.cjlogistics', '123456789011', null],
  ['kr.cjlogistics', '1234567890', null],
  ['kr.cjlogistics', '1234567890123', 'digits'],
  ['kr.hanjin', '123456789013', null],
  ['kr.hanjin', '123456789012', 'check_digit_unsure'],
  ['kr.hanjin', '12345678901234', null],
  ['kr.lotte', '123456789013', null],
  ['kr.lotte', '123456789012', 'check_digit'],
  ['kr.lotte', '1234567890', 'digits'],
  ['kr.epost', '6012345678901', null],
  ['kr.epost', '601234567890', 'digits'],
  ['kr.logen', '12345678901', null],
] as const)('of %s %s: %s', (id, waybill, fault) => {
  expect(numberFault(rowOf(id), waybill)).toBe(fault);
});

test('every carrier has a page for a number, and an unknown one has none', () => {
  for (const { id } of CARRIERS) {
    const page = new URL(trackingPage(id, '123456789012') ?? '');
    expect(page.protocol).toBe('https:');
    expect(page.href).toContain('123456789012');
    expect(page.hash).toBe('');
  }
  expect(trackingPage('kr.kdexp', '123456789012')).toBeNull();
});
