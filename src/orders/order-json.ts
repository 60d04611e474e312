// An order as programs outside see it: over HTTP and from the CLI's `--json` alike. Pure.
import { isoWithOffset } from './dates.ts';
import { dueKrw, type Order, type Package, type Parcel, type Person } from './order.ts';
import type { HistoryEntry } from './store.ts';

export type OrderJson = ReturnType<typeof orderJson>;
export type ParcelJson = ReturnType<typeof parcelJson>;

/** Times carry the store's offset; what is not known yet is null, never left out. */
export function orderJson(order: Order, history: readonly HistoryEntry[], timeZone: string) {
  const at = (instant: string) => isoWithOffset(new Date(instant), timeZone);
  return {
    id: order.id,
    code: order.code,
    store: order.storeId,
    state: order.state,
    buyer: { ...personJson(order.buyer), platform: order.platform },
    sender: order.sender && personJson(order.sender),
    depositor: order.depositor,
    memo: order.memo,
    goodsKrw: order.goodsKrw,
    shippingKrw: order.shippingKrw,
    surchargeKrw: order.surchargeKrw,
    totalKrw: order.totalKrw,
    paidKrw: order.paidKrw,
    refundedKrw: order.refundedKrw,
    dueKrw: dueKrw(order),
    payBy: at(order.payBy),
    placedAt: at(order.placedAt),
    termsVersion: order.termsVersion,
    parcels: order.parcels.map(parcelJson),
    history: history.map((entry) => ({
      at: at(entry.at),
      who: entry.who,
      event: entry.event,
      detail: entry.parcelId === null ? entry.detail : { parcel: entry.parcelId, ...entry.detail },
    })),
  };
}

export function parcelJson(parcel: Parcel) {
  return {
    id: parcel.id,
    recipient: parcel.recipient,
    phone: parcel.phone,
    postcode: parcel.postcode,
    address: parcel.address,
    memo: parcel.memo,
    wanted: parcel.wanted && { date: parcel.wanted.date, kind: parcel.wanted.kind },
    items: parcel.items.map(({ product, name, boxes, priceKrw }) => ({
      product,
      name,
      boxes,
      priceKrw,
    })),
    boxes: parcel.boxes,
    shippingKrw: parcel.shippingKrw,
    state: parcel.state,
    harvestDate: parcel.harvestDate,
    row: parcel.row,
    packages: parcel.packages.map(packageJson),
  };
}

export function packageJson({ no, boxes, carrier, waybill, state, lastEvent }: Package) {
  return { no, boxes, carrier, waybill, state, lastEvent };
}

function personJson({ name, phone }: Person) {
  return { name, phone };
}
