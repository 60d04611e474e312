// Day lists as plain data, for the files that go to carriers and come back.
import type { Item, Order, Parcel } from '../../src/orders/order.ts';
import { packagesFor } from '../../src/orders/order.ts';
import { DEFAULT_POLICY } from '../../src/orders/shop.ts';
import type { DayList, DayListRow } from '../../src/orders/store.ts';
import type { Carrier } from '../../src/shipping/carriers.ts';
import { dayWith, TUESDAY } from './shop.ts';

export type ParcelAsked = {
  readonly code?: string;
  readonly recipient?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly memo?: string | null;
  readonly boxes?: number;
  readonly items?: readonly Item[];
  readonly state?: Parcel['state'];
  readonly struck?: boolean;
  readonly waybills?: readonly (string | null)[];
  readonly sender?: Order['sender'];
  readonly no?: number;
  readonly date?: string;
};

type Asked = Required<Pick<ParcelAsked, 'code'>> & {
  readonly order: Order;
  readonly struck: boolean;
};

/** An order of one parcel. */
export function parcelOn(asked: ParcelAsked): Asked {
  const { code = 'P7-042', boxes = 1, state = 'packed', struck = false } = asked;
  const { no = 1, date = TUESDAY } = asked;
  const items = asked.items ?? [
    { product: 'peach-4kg', name: '복숭아 4kg', boxes, priceKrw: 35_000 },
  ];
  const parcel: Parcel = {
    ...{ id: `par_${code}-${no}`, no, items, boxes, region: 'mainland' },
    ...{ shippingKrw: 5_000, surchargeKrw: 0, state, wanted: null, harvestDate: date },
    packages: packagesFor(boxes, DEFAULT_POLICY.boxesPerFee).map((one, at) => ({
      ...one,
      waybill: asked.waybills?.[at] ?? null,
    })),
    ...{ shippedAt: null, askedAt: null, row: null, postcode: '06234' },
    recipient: asked.recipient ?? '박철수',
    phone: asked.phone ?? '01012345678',
    address: asked.address ?? '서울 강남구 역삼로 12 3층',
    memo: asked.memo ?? null,
  };
  const { boxesPerFee, feeKrw, jejuFeeKrw, islandFeeKrw, freeFromKrw, transitDays } =
    DEFAULT_POLICY;
  const order: Order = {
    ...{ id: `ord_${code}`, storeId: 'peach', code, buyerId: 'per_1', state: 'paid' },
    ...{ goodsKrw: 35_000, shippingKrw: 5_000, surchargeKrw: 0, totalKrw: 40_000 },
    ...{ paidKrw: 40_000, refundedKrw: 0, refundDueKrw: 0 },
    ...{ payBy: '', remindAt: null, placedAt: '', paidAt: '', depositedAt: '', bookingSeq: 1 },
    ...{ claimedPaidAt: null, handedAt: null, termsVersion: '1' },
    terms: { boxesPerFee, feeKrw, jejuFeeKrw, islandFeeKrw, freeFromKrw, transitDays },
    ...{ buyer: { name: '영희맘', phone: null }, sender: asked.sender ?? null },
    ...{ depositor: null, memo: null, platform: 'kakao', linkGeneration: 0, parcels: [parcel] },
  };
  return { code, order, struck };
}

export function listWith(asked: readonly Asked[], date = TUESDAY): DayList {
  const rows = asked.map(({ order, struck }, at): DayListRow => {
    const revisions = { addedRevision: 1, struckRevision: null, alteredRevision: null };
    return { row: at + 1, struck, ...revisions, parcelId: order.parcels[0]?.id ?? '', order };
  });
  return { day: dayWith(date, { revision: 1 }), rows };
}

/** So many numbers as this carrier gives out, from the `from`-th on. */
export function numbersOf({ digits, check }: Carrier, from: number, count: number): string[] {
  const length = digits.at(-1) ?? 12;
  return Array.from({ length: count }, (_, at) => {
    const body = String(from + at).padStart(length - 1, '6543210987654'.slice(0, length - 1 - 5));
    const padded = body.padStart(length - 1, '0').slice(-(length - 1));
    const last = [...'0123456'].find((digit) => check?.isRight(`${padded}${digit}`) ?? true);
    return `${padded}${last ?? '0'}`;
  });
}
