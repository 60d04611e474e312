// Rows into the core's shapes and back. What stands in the tables was checked when it was written.
import type { PlacedSlot, Refund } from '../src/orders/change.ts';
import type { Day, Days } from '../src/orders/day.ts';
import { ERASED_ORDER, ERASED_PARCEL } from '../src/orders/forgetting.ts';
import type {
  Order,
  OrderCore,
  OrderPersonal,
  Parcel,
  ParcelCore,
  ParcelPersonal,
  Wanted,
} from '../src/orders/order.ts';
import type { Period, SettledOrder } from '../src/orders/settlement.ts';
import {
  type Business,
  DEFAULT_POLICY,
  type Policy,
  type Product,
  type Shop,
} from '../src/orders/shop.ts';
import type { SentTo } from '../src/orders/store.ts';
import type { Vault } from './crypto.ts';
import type { OrderMoneyValues } from './queries.ts';
import type { Database } from './schema.ts';

export type Row<T extends keyof Database> = {
  [K in keyof Database[T]]: Database[T][K] extends { __select__: infer S } ? S : Database[T][K];
};
type ParcelRow = Row<'parcels'> & { readonly row: number | null };
type SlotRow = Pick<
  ParcelRow,
  | 'id'
  | 'order_id'
  | 'buyer_id'
  | 'items'
  | 'boxes'
  | 'state'
  | 'wanted_date'
  | 'wanted_kind'
  | 'harvest_date'
  | 'deposited_at'
  | 'booking_seq'
  | 'packages'
  | 'row'
>;

export function toShop(
  row: Row<'stores'>,
  products: readonly Row<'products'>[],
  { holidays, policyOverride }: { holidays: ReadonlySet<string>; policyOverride: Partial<Policy> },
): Shop {
  return {
    id: row.id,
    name: row.name,
    state: row.state as Shop['state'],
    // A policy stored before a field existed gets its default.
    policy: {
      ...DEFAULT_POLICY,
      ...(JSON.parse(row.policy) as Partial<Policy>),
      ...policyOverride,
    },
    business: row.business === null ? null : (JSON.parse(row.business) as Business),
    products: products.map(toProduct),
    holidays,
  };
}

function toProduct(row: Row<'products'>): Product {
  return {
    id: row.id,
    name: row.name,
    priceKrw: row.price_krw,
    origin: row.origin,
    saleFrom: row.sale_from,
    saleTo: row.sale_to,
    shipFrom: row.ship_from,
    shipTo: row.ship_to,
    dailyCapBoxes: row.daily_cap_boxes,
    imageUrl: row.image_url,
    description: row.description,
    state: row.state as Product['state'],
  };
}

export function toOrderCore(row: Row<'orders'>, parcels: readonly ParcelRow[]): OrderCore {
  return {
    id: row.id,
    storeId: row.store_id,
    code: row.code,
    buyerId: row.buyer_id,
    state: row.state as OrderCore['state'],
    goodsKrw: row.goods_krw,
    shippingKrw: row.shipping_krw,
    surchargeKrw: row.surcharge_krw,
    totalKrw: row.total_krw,
    paidKrw: row.paid_krw,
    refundedKrw: row.refunded_krw,
    refundDueKrw: row.refund_due_krw,
    payBy: row.pay_by,
    remindAt: row.remind_at,
    placedAt: row.placed_at,
    paidAt: row.paid_at,
    depositedAt: row.deposited_at,
    bookingSeq: row.booking_seq,
    claimedPaidAt: row.claimed_paid_at,
    handedAt: row.handed_at,
    termsVersion: row.terms_version,
    terms: JSON.parse(row.terms) as OrderCore['terms'],
    parcels: inOrder(parcels).map(toParcelCore),
  };
}

/** The order with its personal data; the buyer's key must have been read. */
export function toOrder(
  vault: Vault,
  {
    row,
    parcels,
    platform,
  }: { row: Row<'orders'>; parcels: readonly ParcelRow[]; platform: string },
): Order {
  const personal = vault.openIfKept(row.buyer_id, row.id, row.sealed) as OrderPersonal | null;
  return {
    ...toOrderCore(row, []),
    ...(personal ?? ERASED_ORDER),
    platform,
    linkGeneration: row.link_generation,
    parcels: inOrder(parcels).map((parcel): Parcel => {
      const own = vault.openIfKept(row.buyer_id, parcel.id, parcel.sealed);
      const kept = own as ParcelPersonal | null;
      return { ...toParcelCore(parcel), ...(kept ?? ERASED_PARCEL), row: parcel.row };
    }),
  };
}

/** Without the parcels whose data was erased. */
export function toSentTo(
  vault: Vault,
  {
    buyerId,
    orderState,
    parcels,
  }: { buyerId: string; orderState: string; parcels: readonly ParcelRow[] },
): SentTo[] {
  return inOrder(parcels).flatMap((row) => {
    const personal = vault.openIfKept(buyerId, row.id, row.sealed) as ParcelPersonal | null;
    if (personal === null) return [];
    const { id: parcelId, state, items } = toParcelCore(row);
    const order = { orderId: row.order_id, orderState: orderState as Order['state'] };
    return [{ ...order, parcelId, state, items, personal }];
  });
}

function inOrder(parcels: readonly ParcelRow[]): readonly ParcelRow[] {
  return parcels.length < 2 ? parcels : [...parcels].sort((a, b) => a.no - b.no);
}

function toParcelCore(row: ParcelRow): ParcelCore {
  return {
    id: row.id,
    no: row.no,
    items: JSON.parse(row.items) as ParcelCore['items'],
    boxes: row.boxes,
    region: row.region as ParcelCore['region'],
    shippingKrw: row.shipping_krw,
    surchargeKrw: row.surcharge_krw,
    state: row.state as ParcelCore['state'],
    wanted: toWanted(row),
    harvestDate: row.harvest_date,
    packages: JSON.parse(row.packages) as ParcelCore['packages'],
    shippedAt: row.shipped_at,
    askedAt: row.asked_at,
  };
}

export function toSlot(row: SlotRow): PlacedSlot {
  return {
    parcelId: row.id,
    orderId: row.order_id,
    buyerId: row.buyer_id,
    items: JSON.parse(row.items) as PlacedSlot['items'],
    boxes: row.boxes,
    state: row.state as PlacedSlot['state'],
    wanted: toWanted(row),
    harvestDate: row.harvest_date,
    depositedAt: row.deposited_at ?? '',
    bookingSeq: row.booking_seq ?? 0,
    row: row.row,
    packages: JSON.parse(row.packages) as PlacedSlot['packages'],
  };
}

function toWanted(row: { wanted_date: string | null; wanted_kind: string | null }): Wanted | null {
  if (row.wanted_date === null) return null;
  return { date: row.wanted_date, kind: row.wanted_kind as Wanted['kind'] };
}

export function toDay(row: Row<'days'>): Day {
  return {
    date: row.date,
    capBoxes: row.cap_boxes,
    capSource: row.cap_source as Day['capSource'],
    reservedBoxes: row.reserved_boxes,
    productBoxes: JSON.parse(row.product_boxes) as Day['productBoxes'],
    lateRoomBoxes: row.late_room_boxes,
    revision: row.revision,
    frozenAt: row.frozen_at,
    isFlagged: row.flagged === 1,
  };
}

export function fromDay(storeId: string, day: Day) {
  return {
    store_id: storeId,
    date: day.date,
    cap_boxes: day.capBoxes,
    cap_source: day.capSource,
    reserved_boxes: day.reservedBoxes,
    product_boxes: JSON.stringify(day.productBoxes),
    late_room_boxes: day.lateRoomBoxes,
    revision: day.revision,
    frozen_at: day.frozenAt,
    flagged: day.isFlagged ? 1 : 0,
  };
}

export function fromOrder(order: OrderCore): OrderMoneyValues {
  return {
    store_id: order.storeId,
    id: order.id,
    state: order.state,
    goods_krw: order.goodsKrw,
    shipping_krw: order.shippingKrw,
    surcharge_krw: order.surchargeKrw,
    total_krw: order.totalKrw,
    paid_krw: order.paidKrw,
    refunded_krw: order.refundedKrw,
    refund_due_krw: order.refundDueKrw,
    pay_by: order.payBy,
    paid_at: order.paidAt,
    deposited_at: order.depositedAt,
    booking_seq: order.bookingSeq,
    claimed_paid_at: order.claimedPaidAt,
    remind_at: order.remindAt,
    handed_at: order.handedAt,
  };
}

export function toRefund(
  row: Pick<
    Row<'refunds'>,
    'id' | 'payment_id' | 'amount_krw' | 'state' | 'reminded_at' | 'account_at'
  >,
): Refund {
  return {
    id: row.id,
    paymentId: row.payment_id,
    amountKrw: row.amount_krw,
    state: row.state as Refund['state'],
    ...(row.reminded_at === null ? {} : { isReminded: true }),
    ...(row.account_at === null ? {} : { accountAt: row.account_at }),
  };
}

/** Days by date, in the order of dates. */
export function toDays(rows: readonly Row<'days'>[]): Days {
  const days = rows.map(toDay).sort((a, b) => (a.date < b.date ? -1 : 1));
  return new Map(days.map((day) => [day.date, day]));
}

type SettledRow = Pick<
  Row<'orders'>,
  | 'code'
  | 'placed_at'
  | 'deposited_at'
  | 'state'
  | 'goods_krw'
  | 'shipping_krw'
  | 'surcharge_krw'
  | 'total_krw'
> &
  Readonly<Record<'paid_krw' | 'refunded_krw' | 'held_krw', number>>;

export function toSettled(row: SettledRow, { from, before }: Period): SettledOrder {
  const paidAt = row.deposited_at !== null && row.deposited_at < before ? row.deposited_at : null;
  const isPaidWithin = paidAt !== null && paidAt >= from;
  return {
    code: row.code,
    placedAt: row.placed_at,
    paidAt,
    isCounted: isPaidWithin && row.state === 'paid',
    goodsKrw: isPaidWithin ? row.goods_krw : 0,
    shippingKrw: isPaidWithin ? row.shipping_krw : 0,
    surchargeKrw: isPaidWithin ? row.surcharge_krw : 0,
    paidKrw: row.paid_krw,
    refundedKrw: row.refunded_krw,
    openKrw: row.held_krw - (paidAt === null ? 0 : row.total_krw),
  };
}
