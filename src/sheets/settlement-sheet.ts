// The settlement of a period for a bookkeeper: its sums, and one row for each order. Nobody's name stands in
// it: the code leads to the order for whoever may see it.
import { carriedKrw, type SettledOrder, settle } from '../orders/settlement.ts';
import type { Shop } from '../orders/shop.ts';
import { type Column, dateCell, type Table, timeCell, writeBook } from './book.ts';

export type SettlementPeriod = { readonly fromDate: string; readonly toDate: string };

const ORDER_COLUMNS: readonly Column[] = [
  { title: '주문코드', kind: 'text', width: 10 },
  { title: '주문일시', kind: 'time', width: 17 },
  { title: '입금일시', kind: 'time', width: 17 },
  { title: '상품', kind: 'krw', width: 12 },
  { title: '배송비', kind: 'krw', width: 12 },
  { title: '추가배송비', kind: 'krw', width: 12 },
  { title: '입금', kind: 'krw', width: 12 },
  { title: '환불', kind: 'krw', width: 12 },
  { title: '미정산', kind: 'krw', width: 12 },
];

const SUM_COLUMNS: readonly Column[] = [
  { title: '상점', kind: 'text', width: 24 },
  { title: '시작일', kind: 'date', width: 12 },
  { title: '종료일', kind: 'date', width: 12 },
  { title: '주문 수', kind: 'count', width: 10 },
  { title: '상품', kind: 'krw', width: 14 },
  { title: '배송비', kind: 'krw', width: 14 },
  { title: '추가배송비', kind: 'krw', width: 14 },
  { title: '이월', kind: 'krw', width: 14 },
  { title: '입금', kind: 'krw', width: 14 },
  { title: '환불', kind: 'krw', width: 14 },
  { title: '미정산', kind: 'krw', width: 14 },
];

export function writeSettlement(
  shop: Shop,
  period: SettlementPeriod,
  rows: readonly SettledOrder[],
): Promise<Uint8Array> {
  return writeBook([sumsOf(shop, period, rows), ordersOf(shop, rows)]);
}

/** 이월 + 입금 − 환불 = 상품 + 배송비 + 추가배송비 + 미정산. */
function sumsOf(
  { name }: Shop,
  { fromDate, toDate }: SettlementPeriod,
  rows: readonly SettledOrder[],
): Table {
  const sums = settle(rows);
  const { orders, goodsKrw, shippingKrw, surchargeKrw, paidKrw, refundedKrw, openKrw } = sums;
  return {
    name: '합계',
    columns: SUM_COLUMNS,
    rows: [
      [
        ...[name, dateCell(fromDate), dateCell(toDate), orders],
        ...[goodsKrw, shippingKrw, surchargeKrw],
        ...[carriedKrw(sums), paidKrw, refundedKrw, openKrw],
      ],
    ],
  };
}

function ordersOf({ policy: { timeZone } }: Shop, rows: readonly SettledOrder[]): Table {
  return {
    name: '주문',
    columns: ORDER_COLUMNS,
    rows: rows.map((row) => [
      row.code,
      timeCell(row.placedAt, timeZone),
      row.paidAt === null ? null : timeCell(row.paidAt, timeZone),
      row.goodsKrw,
      row.shippingKrw,
      row.surchargeKrw,
      row.paidKrw,
      row.refundedKrw,
      row.openKrw,
    ]),
  };
}
