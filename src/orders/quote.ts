// What an order costs: goods, shipping by the started pair of boxes, surcharge per package.
import type { Item, Region, Terms } from './order.ts';

export type QuotedParcel = {
  readonly items: readonly Item[];
  readonly region: Region;
};

export type ParcelQuote = {
  readonly boxes: number;
  readonly goodsKrw: number;
  readonly shippingKrw: number;
  readonly surchargeKrw: number;
};

export type Quote = {
  readonly parcels: readonly ParcelQuote[];
  readonly goodsKrw: number;
  readonly shippingKrw: number;
  readonly surchargeKrw: number;
  readonly totalKrw: number;
};

/** Shipping is counted per parcel, never over the whole order; free shipping keeps the surcharge. */
export function quote(parcels: readonly QuotedParcel[], terms: Terms): Quote {
  const goodsKrw = sum(parcels, (parcel) => goodsOf(parcel.items));
  const isFree = terms.freeFromKrw !== null && goodsKrw >= terms.freeFromKrw;
  const quoted = parcels.map((parcel) => {
    const boxes = boxesOf(parcel.items);
    const packages = Math.ceil(boxes / terms.boxesPerFee);
    return {
      boxes,
      goodsKrw: goodsOf(parcel.items),
      shippingKrw: isFree ? 0 : packages * terms.feeKrw,
      surchargeKrw: packages * surchargeFor(parcel.region, terms),
    };
  });
  const shippingKrw = sum(quoted, (parcel) => parcel.shippingKrw);
  const surchargeKrw = sum(quoted, (parcel) => parcel.surchargeKrw);
  return {
    parcels: quoted,
    goodsKrw,
    shippingKrw,
    surchargeKrw,
    totalKrw: goodsKrw + shippingKrw + surchargeKrw,
  };
}

export function boxesOf(items: readonly Pick<Item, 'boxes'>[]): number {
  return sum(items, (item) => item.boxes);
}

function goodsOf(items: readonly Item[]): number {
  return sum(items, (item) => item.boxes * item.priceKrw);
}

function surchargeFor(region: Region, terms: Terms): number {
  if (region === 'jeju') return terms.jejuFeeKrw;
  return region === 'island' ? terms.islandFeeKrw : 0;
}

function sum<T>(list: readonly T[], value: (entry: T) => number): number {
  let total = 0;
  for (const entry of list) total += value(entry);
  return total;
}
