// Placing an order: what is asked for becomes an order with a price and an estimated date, or a refusal.

import { allocate, estimate, largestDay, nearestDates } from './allocation.ts';
import type { Change, NewOrder, State } from './change.ts';
import { localDate, quietEnd } from './dates.ts';
import { type Calendar, horizonEnd, type Load, wishedDispatch } from './day.ts';
import { DomainError } from './errors.ts';
import { type Reason, reasonAgainst } from './explain.ts';
import {
  type Item,
  type OrderCore,
  type OrderPersonal,
  type ParcelPersonal,
  packagesFor,
  type Terms,
  type Wanted,
} from './order.ts';
import { boxesOf, quote } from './quote.ts';
import { isServed, regionOf } from './region.ts';
import { remindAt } from './reminding.ts';
import { isOnSale, type Shop, TERMS_VERSION } from './shop.ts';

const HOUR_MS = 3_600_000;

export type WantedParcel = ParcelPersonal & {
  readonly wanted: Wanted | null;
  readonly items: readonly { readonly product: string; readonly boxes: number }[];
};

export type OrderRequest = OrderPersonal & { readonly parcels: readonly WantedParcel[] };

/** An order as it would be, before it has an id: what the card shows. */
export type Offer = Pick<
  OrderCore,
  'goodsKrw' | 'shippingKrw' | 'surchargeKrw' | 'totalKrw' | 'terms'
> & {
  readonly parcels: readonly (WantedParcel & {
    readonly priced: readonly Item[];
    readonly boxes: number;
    readonly shippingKrw: number;
    readonly surchargeKrw: number;
    readonly region: 'mainland' | 'jeju' | 'island';
    readonly harvestDate: string;
    /** True when sending starts only with the product's season. */
    readonly isPreorder: boolean;
  })[];
};

/** Prices a request and finds its dates; throws what the rules refuse. Holds no room: unpaid orders never do. */
export function offerFor(calendar: Calendar, request: OrderRequest): Offer {
  const { shop, now } = calendar;
  const today = localDate(now, shop.policy.timeZone);
  if (shop.state !== 'open')
    throw new DomainError('store_paused', `store ${shop.id} takes no orders`, { store: shop.id });
  const parcels = mergeParcels(request.parcels).map((parcel) => {
    const priced = parcel.items.map((item) => priceItem(shop, item, today));
    const region = regionOf(parcel.address, parcel.postcode);
    if (!isServed(parcel.address, shop.policy.noDelivery))
      throw new DomainError('not_served', 'this place is not served');
    return { ...parcel, priced, region, boxes: boxesOf(parcel.items) };
  });
  checkCount(shop, parcels);
  const terms = termsOf(shop);
  const priced = quote(
    parcels.map(({ priced: items, region }) => ({ items, region })),
    terms,
  );
  // An order is paid once nothing is owed, so one that costs nothing could never be unpaid.
  if (priced.totalKrw === 0) throw new DomainError('bad_request', 'an order must cost something');
  const dates = estimateDates(calendar, parcels);
  return {
    goodsKrw: priced.goodsKrw,
    shippingKrw: priced.shippingKrw,
    surchargeKrw: priced.surchargeKrw,
    totalKrw: priced.totalKrw,
    terms,
    parcels: parcels.map((parcel, index) => ({
      ...parcel,
      shippingKrw: priced.parcels[index]?.shippingKrw ?? 0,
      surchargeKrw: priced.parcels[index]?.surchargeKrw ?? 0,
      harvestDate: dates[index] ?? '',
      isPreorder: parcel.items.some((item) => {
        const shipFrom = shop.products.find(({ id }) => id === item.product)?.shipFrom ?? null;
        return shipFrom !== null && today < shipFrom;
      }),
    })),
  };
}

export function decidePlace(
  state: State,
  { id, buyerId, request }: { id: string; buyerId: string; request: OrderRequest },
): Change<NewOrder> {
  const offer = offerFor(state, request);
  const until = payBy(state.shop, state.now);
  const window = { placedAt: state.now, payBy: new Date(until) };
  const order: OrderCore = {
    id,
    storeId: state.shop.id,
    code: state.newCode,
    buyerId,
    state: 'awaiting_payment',
    goodsKrw: offer.goodsKrw,
    shippingKrw: offer.shippingKrw,
    surchargeKrw: offer.surchargeKrw,
    totalKrw: offer.totalKrw,
    paidKrw: 0,
    refundedKrw: 0,
    refundDueKrw: 0,
    payBy: until,
    remindAt: remindAt(state.shop.policy, window)?.toISOString() ?? null,
    placedAt: state.now.toISOString(),
    paidAt: null,
    depositedAt: null,
    bookingSeq: null,
    claimedPaidAt: null,
    handedAt: null,
    termsVersion: TERMS_VERSION,
    terms: offer.terms,
    parcels: offer.parcels.map((parcel, index) => ({
      id: `${id.replace('ord_', 'par_')}-${index + 1}`,
      no: index + 1,
      items: parcel.priced,
      boxes: parcel.boxes,
      region: parcel.region,
      shippingKrw: parcel.shippingKrw,
      surchargeKrw: parcel.surchargeKrw,
      state: 'waiting',
      wanted: parcel.wanted,
      harvestDate: parcel.harvestDate,
      packages: packagesFor(parcel.boxes, offer.terms.boxesPerFee),
      shippedAt: null,
      askedAt: null,
    })),
  };
  const { buyer, sender, depositor, memo } = request;
  const placed: NewOrder = {
    order,
    personal: { buyer, sender, depositor, memo },
    parcels: offer.parcels.map(
      ({ recipient, phone, postcode, address, memo: parcelMemo, called }) => ({
        recipient,
        phone,
        postcode,
        address,
        memo: parcelMemo,
        ...(called === undefined ? {} : { called }),
      }),
    ),
  };
  return {
    answer: placed,
    who: 'buyer',
    placed,
    events: [{ orderId: id, event: 'placed', detail: { totalKrw: order.totalKrw } }],
    notices: [],
  };
}

/** The dates that parcels of one order would get now; throws where a wish or any date is out of reach. */
export function estimateDates(calendar: Calendar, parcels: readonly Load[]): readonly string[] {
  const dates = estimate(calendar, parcels);
  // Looking at every day's cap costs more than all the rest, so only where no date was found.
  if (dates.includes(null)) checkSizes(calendar, parcels);
  checkWishes(calendar, parcels, dates);
  return dates.map((date) => mustHaveDate(date, calendar.shop));
}

export function termsOf(shop: Shop): Terms {
  const { boxesPerFee, feeKrw, jejuFeeKrw, islandFeeKrw, freeFromKrw, transitDays } = shop.policy;
  return { boxesPerFee, feeKrw, jejuFeeKrw, islandFeeKrw, freeFromKrw, transitDays };
}

/** The end of the time to pay; a limit that would fall into quiet hours waits until they end. */
export function payBy(shop: Shop, now: Date): string {
  const { payWindowHours, timeZone, quietHours } = shop.policy;
  const end = new Date(now.getTime() + payWindowHours * HOUR_MS);
  return (quietEnd(end, quietHours, timeZone) ?? end).toISOString();
}

/** Recipients with the same name, phone and address are one parcel. */
function mergeParcels(parcels: readonly WantedParcel[]): WantedParcel[] {
  const merged = new Map<string, WantedParcel>();
  for (const parcel of parcels) {
    const key = JSON.stringify([parcel.recipient, parcel.phone, parcel.address]);
    const first = merged.get(key);
    const items = mergeItems([...(first?.items ?? []), ...parcel.items]);
    const wanted = first?.wanted ?? parcel.wanted;
    merged.set(key, { ...(first ?? parcel), wanted, memo: first?.memo ?? parcel.memo, items });
  }
  return [...merged.values()];
}

export function mergeItems(items: WantedParcel['items']): WantedParcel['items'] {
  const boxes = new Map<string, number>();
  for (const item of items) boxes.set(item.product, (boxes.get(item.product) ?? 0) + item.boxes);
  return [...boxes].map(([product, count]) => ({ product, boxes: count }));
}

export function priceItem(
  shop: Shop,
  item: { product: string; boxes: number },
  today: string,
): Item {
  const product = shop.products.find(({ id }) => id === item.product);
  if (product === undefined || product.state === 'archived')
    throw new DomainError('bad_request', `store ${shop.id} has no product ${item.product}`, {
      product: item.product,
    });
  if (!isOnSale(product, today))
    throw new DomainError('out_of_season', `${product.id} is not on sale today`, {
      product: product.name,
      saleFrom: product.saleFrom,
    });
  if (!Number.isSafeInteger(item.boxes) || item.boxes < 1)
    throw new DomainError('bad_request', `boxes must be a whole number from 1, got ${item.boxes}`);
  return { product: product.id, name: product.name, boxes: item.boxes, priceKrw: product.priceKrw };
}

export function checkCount({ policy }: Shop, parcels: readonly Pick<Load, 'items'>[]): void {
  if (parcels.length === 0) throw new DomainError('bad_request', 'an order needs a parcel');
  const total = parcels.reduce((boxes, parcel) => boxes + boxesOf(parcel.items), 0);
  if (total > policy.maxBoxesPerOrder)
    throw new DomainError('over_capacity', `${total} boxes; one order may have at most`, {
      maxBoxes: policy.maxBoxesPerOrder,
      per: 'order',
    });
}

/** A parcel is never split over days, so one larger than any day can never be sent. */
export function checkSizes(calendar: Calendar, parcels: readonly Load[]): void {
  for (const parcel of parcels) {
    const largest = largestDay(calendar, parcel);
    if (largest > 0 && boxesOf(parcel.items) > largest)
      throw new DomainError('over_capacity', 'a parcel larger than any day cannot be sent', {
        maxBoxes: largest,
        per: 'parcel',
      });
  }
}

/** A wish is met or refused, also when only the order's own other parcels are in its way. */
function checkWishes(
  calendar: Calendar,
  parcels: readonly Load[],
  dates: readonly (string | null)[],
): void {
  for (const [index, parcel] of parcels.entries()) {
    const wish = wishedDispatch(parcel.wanted, calendar.shop.policy.transitDays);
    if (wish === null || dates[index] === wish) continue;
    const { days } = allocate(
      calendar,
      parcels.filter((one) => one !== parcel),
    );
    const { before, after } = nearestDates({ ...calendar, days }, parcel, wish);
    throw new DomainError('no_date', `no room on the wished date ${wish}`, {
      ...{ wish, before, after },
      why: whyNot({ ...calendar, days }, parcel, wish),
      // Who wishes for an arrival is offered arrivals.
      arriveDays: parcel.wanted?.kind === 'arrive' ? calendar.shop.policy.transitDays : null,
    });
  }
}

function whyNot(
  calendar: Calendar,
  { items }: Load,
  date: string,
): Reason['kind'] | 'past' | 'too-far' {
  if (date < localDate(calendar.now, calendar.shop.policy.timeZone)) return 'past';
  if (date > horizonEnd(calendar)) return 'too-far';
  return reasonAgainst(calendar, items, date)?.kind ?? 'full';
}

function mustHaveDate(date: string | null, shop: Shop): string {
  if (date !== null) return date;
  const days = shop.policy.horizonDays;
  throw new DomainError('no_date', `no date within ${days} days has room`, { days });
}
