import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import type { SettledOrder } from '../../src/orders/settlement.ts';
import { writeBook } from '../../src/sheets/book.ts';
import { writeSettlement } from '../../src/sheets/settlement-sheet.ts';
import { shopWith } from '../support/shop.ts';

const JULY = { fromDate: '2026-07-01', toDate: '2026-07-31' };
const ORDER: SettledOrder = {
  ...{ code: 'P7-001', isCounted: true },
  ...{ placedAt: '2026-07-20T03:00:00.000Z', paidAt: '2026-07-20T15:01:30.000Z' },
  ...{ goodsKrw: 70_000, shippingKrw: 5_000, surchargeKrw: 0 },
  ...{ paidKrw: 80_000, refundedKrw: 0, openKrw: 5_000 },
};
const EARLIER: SettledOrder = {
  ...{ code: 'P7-900', isCounted: false, placedAt: '2026-06-02T00:00:00.000Z', paidAt: null },
  ...{ goodsKrw: 0, shippingKrw: 0, surchargeKrw: 0 },
  ...{ paidKrw: -40_000, refundedKrw: 0, openKrw: 0 },
};

async function sheets(bytes: Promise<Uint8Array>) {
  return (await readXlsx(await bytes, { readStyles: true })).sheets;
}

test('amounts are numbers, times are dates on the wall of the store, and codes are texts', async () => {
  const [, orders] = await sheets(writeSettlement(shopWith(), JULY, [ORDER, EARLIER]));
  expect(orders?.name).toBe('주문');
  expect(orders?.rows.slice(1)).toEqual([
    [
      ...['P7-001', new Date('2026-07-20T12:00:00Z'), new Date('2026-07-21T00:01:00Z')],
      ...[70_000, 5_000, 0, 80_000, 0, 5_000],
    ],
    ['P7-900', new Date('2026-06-02T09:00:00Z'), null, 0, 0, 0, -40_000, 0, 0],
  ]);
  expect(orders?.pageSetup?.printTitlesRow).toBe('$1:$1');
  expect(orders?.rows[0]).toHaveLength(9);
});

test('the sums carry what was open before, so that they add up on one line', async () => {
  const [sums] = await sheets(writeSettlement(shopWith(), JULY, [ORDER, EARLIER]));
  const [titles = [], values = []] = sums?.rows ?? [];
  const of = Object.fromEntries(titles.map((title, at) => [String(title), values[at]]));
  expect(of).toEqual({
    ...{ 상점: '햇살농원', 시작일: new Date('2026-07-01'), 종료일: new Date('2026-07-31') },
    ...{ '주문 수': 1, 상품: 70_000, 배송비: 5_000, 추가배송비: 0 },
    ...{ 이월: 40_000, 입금: 40_000, 환불: 0, 미정산: 5_000 },
  });
});

test('a name that begins like a formula stays a name', async () => {
  for (const name of ['=1+1', '+82', '-1', '@SUM(A1)', "=cmd|' /C calc'!A0", '\t=1', '<&"]]>']) {
    const [sums] = await sheets(writeSettlement(shopWith({}, { name }), JULY, []));
    const cell = sums?.cells?.get('1,0');
    expect(sums?.rows[1]?.[0]).toBe(name);
    expect(cell?.formula).toBeUndefined();
    expect(cell?.type ?? 'string').toBe('string');
  }
});

test('a sheet whose name would break its printed range is refused', () => {
  const table = { columns: [], rows: [] };
  expect(() => writeBook([{ ...table, name: "7월'" }])).toThrow('cannot be named');
  expect(() => writeBook([{ ...table, name: '7월 합계' }])).toThrow('cannot be named');
});
