// An order in lines for a person.
import type { OrderJson } from '../src/app.ts';

export function orderLines(order: OrderJson): string[] {
  return [
    orderLine(order),
    `  goods ${won(order.goodsKrw)}, shipping ${won(order.shippingKrw + order.surchargeKrw)}, paid ${won(order.paidKrw)}, refunded ${won(order.refundedKrw)}, due ${won(order.dueKrw)}, pay by ${order.payBy}`,
    ...order.parcels.map(
      ({ id, recipient, phone, address, boxes, state, harvestDate, row: listRow, packages }) =>
        `  ${id}  ${state}  ${harvestDate ?? '-'}${listRow === null ? '' : ` row ${listRow}`}  ${boxes} boxes  ${recipient} ${phone} ${address}  ${packages.map(({ waybill }) => waybill ?? '-').join(' ')}`,
    ),
  ];
}

export function orderLine({
  store,
  code,
  state,
  totalKrw,
  parcels,
  buyer,
  placedAt,
}: OrderJson): string {
  const boxes = parcels.reduce((sum, parcel) => sum + parcel.boxes, 0);
  return `${store}  ${code}  ${state}  ${won(totalKrw)}  ${parcels.length} parcels, ${boxes} boxes  ${buyer.name ?? '-'}  ${placedAt}`;
}

export function won(amountKrw: number): string {
  return `${amountKrw.toLocaleString('en-US')} KRW`;
}
