// What a change of an order would make of it: its parcels, its price by the order's own terms, and the
// room on its dates. Refuses what placing would refuse, and what would move a promised date.

import { nearestDates, resize } from './allocation.ts';
import type { PricedChange } from './change.ts';
import { localTime } from './dates.ts';
import type { Calendar, Days } from './day.ts';
import { DomainError } from './errors.ts';
import {
  dueKrw,
  isLive,
  type OrderCore,
  PARCEL_STATES,
  type Package,
  type ParcelCore,
  type ParcelPersonal,
  packagesFor,
} from './order.ts';
import { checkCount, checkSizes, estimateDates, mergeItems, priceItem } from './placing.ts';
import { boxesOf, quote } from './quote.ts';
import { isServed, regionOf } from './region.ts';

export type ChangeRequest = {
  readonly parcels: readonly {
    readonly parcelId: string;
    /** The recipient as he is to be, whole; null leaves him. */
    readonly personal: ParcelPersonal | null;
    /** All that is to be in the parcel; null leaves it. */
    readonly items: readonly { readonly product: string; readonly boxes: number }[] | null;
  }[];
  /** The buyer hears it though he did it: on a page, whose link somebody else may have. */
  readonly tellsBuyer?: boolean;
};

export type ChangePlan = { readonly order: OrderCore; readonly days: Days };

/** Until it is harvested, a parcel of an order that has not ended may change. */
export function isChangeable(
  order: Pick<OrderCore, 'state'>,
  parcel: Pick<OrderCore['parcels'][number], 'state'>,
): boolean {
  const isOver = order.state === 'expired' || order.state === 'cancelled';
  return !isOver && PARCEL_STATES.indexOf(parcel.state) < PARCEL_STATES.indexOf('harvested');
}

/** Finds what each change is about and what it costs; an order keeps the prices it was made with. */
export function priceChanges(
  { shop, now }: Calendar,
  order: OrderCore,
  { parcels }: ChangeRequest,
): readonly PricedChange[] {
  const named = new Set(parcels.map(({ parcelId }) => parcelId));
  if (named.size !== parcels.length || named.size === 0)
    throw new DomainError('bad_request', 'each parcel that changes is named once');
  const { date: today } = localTime(now, shop.policy.timeZone);
  return parcels.map(({ parcelId, personal, items }) => {
    const parcel = mustBeChangeable(order, parcelId);
    if (personal !== null && !isServed(personal.address, shop.policy.noDelivery))
      throw new DomainError('not_served', 'this place is not served');
    const priced =
      items === null
        ? null
        : mergeItems(items).map((item) => {
            const known = parcel.items.find(({ product }) => product === item.product);
            // Fewer of what was ordered is always possible; more, or something else, only while it is sold.
            const isFewer = Number.isSafeInteger(item.boxes) && item.boxes >= 1;
            if (known !== undefined && isFewer && item.boxes <= known.boxes)
              return { ...known, boxes: item.boxes };
            const current = priceItem(shop, item, today);
            return { ...current, priceKrw: agreedPrice(order, item.product) ?? current.priceKrw };
          });
    const region = personal === null ? null : regionOf(personal.address, personal.postcode);
    return { parcelId, personal, items: priced, region };
  });
}

function agreedPrice(order: OrderCore, product: string): number | null {
  const items = order.parcels.flatMap((parcel) => parcel.items);
  return items.find((item) => item.product === product)?.priceKrw ?? null;
}

function mustBeChangeable(order: OrderCore, parcelId: string): ParcelCore {
  const parcel = order.parcels.find(({ id }) => id === parcelId);
  if (parcel === undefined) throw new DomainError('not_found', `order has no parcel ${parcelId}`);
  if (!isChangeable(order, parcel)) {
    const state = order.state === 'expired' ? order.state : parcel.state;
    throw new DomainError('not_changeable', `what is ${state} cannot change`, { state });
  }
  return parcel;
}

/** The order as it would be, with room for all of it, or a refusal. */
export function planChange(
  calendar: Calendar,
  order: OrderCore,
  changes: readonly PricedChange[],
): ChangePlan {
  const parcels = order.parcels.map((parcel) => {
    const change = changes.find(({ parcelId }) => parcelId === parcel.id);
    return change === undefined ? parcel : withChange(order, parcel, change);
  });
  const changed = requoted(order, parcels);
  const live = changed.parcels.filter(isLive);
  if (boxesOf(live) > boxesOf(order.parcels.filter(isLive))) checkCount(calendar.shop, live);
  // Part of the money is there already: what becomes of it is the seller's to say.
  if (order.state === 'awaiting_payment' && dueKrw(changed) <= 0 && order.paidKrw > 0)
    throw new DomainError('not_changeable', 'more is paid than the changed order costs');
  if (changed.totalKrw === 0) throw new DomainError('bad_request', 'an order must cost something');
  const isRefilled = changes.some(({ items }) => items !== null);
  if (!isRefilled) return { order: changed, days: calendar.days };
  if (order.state === 'paid') return { order: changed, days: keepDates(calendar, order, changed) };
  // Nothing is held for it: only its estimates are made anew.
  const dates = estimateDates(withoutOwn(calendar, order), live);
  const estimated = new Map(live.map(({ id }, index) => [id, dates[index] ?? null]));
  return {
    order: {
      ...changed,
      parcels: changed.parcels.map((parcel) => ({
        ...parcel,
        harvestDate: estimated.get(parcel.id) ?? parcel.harvestDate,
      })),
    },
    days: calendar.days,
  };
}

/** Nobody queues behind himself. */
export function withoutOwn(
  calendar: Calendar,
  order: { readonly parcels: readonly ParcelCore[] },
): Calendar {
  const unpaid = new Map(calendar.unpaid);
  for (const { boxes, harvestDate } of order.parcels.filter(isLive))
    if (harvestDate !== null)
      unpaid.set(harvestDate, Math.max(0, (unpaid.get(harvestDate) ?? 0) - boxes));
  return { ...calendar, unpaid };
}

function withChange(
  { terms }: OrderCore,
  parcel: ParcelCore,
  { items, region }: PricedChange,
): ParcelCore {
  const filled = items ?? parcel.items;
  const boxes = boxesOf(filled);
  const packages = packagesFor(boxes, terms.boxesPerFee).map((one, index): Package => {
    const {
      carrier = null,
      waybill = null,
      state = null,
      lastEvent = null,
    } = parcel.packages[index] ?? {};
    return { ...one, carrier, waybill, state, lastEvent };
  });
  return { ...parcel, items: filled, boxes, region: region ?? parcel.region, packages };
}

/** By the order's own terms; what an earlier cancel left out of the shipping stays left out. */
function requoted(order: OrderCore, parcels: readonly ParcelCore[]): OrderCore {
  const live = parcels.filter(isLive);
  const before = quote(order.parcels.filter(isLive), order.terms);
  const after = quote(live, order.terms);
  const waivedKrw = Math.min(Math.max(0, before.totalKrw - order.totalKrw), after.shippingKrw);
  const quoted = new Map(live.map(({ id }, index) => [id, after.parcels[index]]));
  return {
    ...order,
    goodsKrw: after.goodsKrw,
    shippingKrw: after.shippingKrw - waivedKrw,
    surchargeKrw: after.surchargeKrw,
    totalKrw: after.totalKrw - waivedKrw,
    parcels: parcels.map((parcel) => {
      const { shippingKrw, surchargeKrw } = quoted.get(parcel.id) ?? parcel;
      return { ...parcel, shippingKrw, surchargeKrw };
    }),
  };
}

/** A promised date is kept or the change is refused: nobody moves because somebody wants more. */
function keepDates(calendar: Calendar, order: OrderCore, changed: OrderCore): Days {
  const pairs = order.parcels.flatMap((was, index) => {
    const is = changed.parcels[index] ?? was;
    return is.items === was.items ? [] : [{ was, is, growth: is.boxes - was.boxes }];
  });
  let { days } = calendar;
  // What shrinks makes room first, so that the order in which parcels are named says nothing.
  for (const { was, is } of pairs.sort((a, b) => a.growth - b.growth)) {
    if (was.state !== 'scheduled' || was.harvestDate === null) {
      checkSizes(calendar, [is]);
      continue;
    }
    const resized = resize({ ...calendar, days }, was.harvestDate, { was, is });
    if (resized === null) throw noRoom({ ...calendar, days }, was.harvestDate, is);
    days = resized;
  }
  return days;
}

function noRoom(calendar: Calendar, date: string, parcel: ParcelCore): DomainError {
  const { before, after } = nearestDates(calendar, parcel, date);
  const message = `no room on the promised date ${date}`;
  return new DomainError('no_date', message, { date, before, after });
}
