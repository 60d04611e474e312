import { localTime } from '../../src/orders/dates.ts';
import { DEFAULT_POLICY, type Policy, type Product, type Shop } from '../../src/orders/shop.ts';
import type { ActTrace } from '../../src/orders/undoing.ts';
import type { Deposit } from '../../src/payments/store.ts';
import { type Look, openWatched, type Watched } from './engine.ts';
import type * as oracle from './oracle.ts';
import { MONDAY_EARLY, product } from './shop.ts';

export const KINDS = [
  ['place', 28],
  ['pay', 14],
  ['cancel', 10],
  ['change', 8],
  ['settle', 8],
  ['cap', 12],
  ['cut', 7],
  ['freeze', 6],
  ['report', 9],
  ['number', 8],
  ['undo', 8],
  ['refund', 9],
  ['expire', 5],
  ['revive', 4],
  ['deposit', 10],
  ['takeback', 6],
  ['policy', 8],
  ['tick', 12],
  ['burst', 4],
  ['wait', 4],
] as const;

export type Kind = (typeof KINDS)[number][0];

/** Bare numbers, read against what there is when their turn comes: so any part of a stream runs. */
export type StreamStep = {
  readonly kind: Kind;
  readonly shop: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly again: boolean;
};

type StreamShop = { readonly policy: Partial<Policy>; readonly products: readonly Product[] };

const SHOPS: readonly (StreamShop & { readonly id: string })[] = [
  {
    id: 'peach',
    policy: { dailyCapBoxes: 8, horizonDays: 9, freeFromKrw: 110_000, jejuFeeKrw: 3_000 },
    products: [
      product({ id: 'big' }),
      product({
        ...{ id: 'rare', priceKrw: 6_000, dailyCapBoxes: 3 },
        ...{ shipFrom: '2026-07-22', shipTo: '2026-07-30' },
      }),
    ],
  },
  {
    id: 'plum',
    policy: {
      dailyCapBoxes: 5,
      weekdayCapBoxes: { wed: 12 },
      closedWeekdays: ['sun'],
      horizonDays: 6,
      cutoffAt: '04:00',
      payWindowHours: 12,
      // Dear enough that cancelling a part would cost more than it gives back.
      feeKrw: 60_000,
      freeFromKrw: 60_000,
    },
    products: [product({ id: 'big', priceKrw: 20_000 }), product({ id: 'rare', priceKrw: 500 })],
  },
];

export type ParcelRow = {
  readonly id: string;
  readonly orderId: string;
  readonly state: string;
  readonly boxes: number;
  readonly items: readonly { product: string; boxes: number; priceKrw: number }[];
  readonly region: string;
  readonly date: string | null;
  readonly wantedDate: string | null;
  readonly wantedKind: 'arrive' | 'dispatch' | null;
  readonly at: string | null;
  readonly seq: number | null;
  readonly row: number | null;
  readonly packages: string;
};

export type OrderRow = {
  readonly id: string;
  readonly buyer: string;
  readonly state: string;
  readonly total: number;
  readonly paid: number;
  readonly refunded: number;
  readonly refundDue: number;
  readonly payBy: string;
};

export type DayRow = {
  readonly date: string;
  readonly capBoxes: number;
  readonly capSource: 'default' | 'farmer';
  readonly reserved: number;
  readonly productBoxes: Readonly<Record<string, number>>;
  readonly lateRoomBoxes: number;
  readonly revision: number;
  readonly flagged: number;
};

export type Books = {
  readonly orders: ReadonlyMap<string, OrderRow>;
  readonly parcels: ReadonlyMap<string, ParcelRow>;
  readonly days: ReadonlyMap<string, DayRow>;
};

export type World = Watched & {
  /** As they are now, and as they were before a change of the holidays that they do not follow yet. */
  readonly shops: Shop[];
  readonly behind: Map<string, Shop>;
  readonly buyers: readonly string[];
  /** What was ever acknowledged as paid, by order. */
  readonly paid: Map<string, number>;
  /** What was ever paid out to its buyer, by order. */
  readonly sent: Map<string, number>;
  /** What each order cost when it was last looked at. */
  readonly totals: Map<string, number>;
  /** What the farmer of each store did last. */
  readonly acts: Map<string, Act>;
  /** The waybills that the buyer of each parcel knows, and how often they became others. */
  readonly waybills: Map<string, string>;
  renumbered: number;
  /** Money that came by bank and was not taken back. */
  readonly deposits: BookedDeposit[];
  /** The lists as somebody has them who printed the first revision and every delta since. */
  readonly papers: Map<string, Paper>;
  now: Date;
};

export type BookedDeposit = {
  readonly deposit: Deposit;
  readonly orderId: string;
};

/** `used` says whose each row ever was; `rows` those that stand, with what they say. */
export type Paper = {
  readonly revision: number;
  readonly used: ReadonlyMap<number, string>;
  readonly rows: ReadonlyMap<number, string>;
};

/** One message of the farmer: the books before its first command and after its last one. */
export type Act = {
  readonly trace: ActTrace;
  readonly was: Books;
  /** Null until the step that it is part of has ended. */
  left: Books | null;
  /** The newest row of the outbox before it. */
  readonly lastOutbox: number;
};

export async function openWorld(): Promise<World> {
  const watched = await openWatched();
  const { store } = watched;
  const buyers: string[] = [];
  for (const user of ['yeonghui', 'cheolsu']) {
    const sender = { platform: 'kakao', bot: 'bot', user };
    buyers.push((await store.meet(sender, MONDAY_EARLY)).id);
  }
  const shops: Shop[] = [];
  for (const { id, policy, products } of SHOPS) {
    const whole = { ...DEFAULT_POLICY, ...policy };
    await store.putShop({ id, name: id, state: 'open', policy: whole, business: null });
    for (const one of products) await store.putProduct(id, one);
    const shop = await store.findShop(id);
    if (shop !== null) shops.push(shop);
  }
  return {
    ...{ ...watched, shops, buyers, behind: new Map() },
    ...{ paid: new Map(), sent: new Map(), totals: new Map() },
    ...{ acts: new Map(), deposits: [], papers: new Map(), waybills: new Map(), renumbered: 0 },
    now: MONDAY_EARLY,
  };
}

export function shopOf({ shops }: World, id: string): Shop {
  const shop = shops.find((one) => one.id === id);
  if (shop === undefined) throw new Error(`no shop ${id}`);
  return shop;
}

export function piecesOf(books: Books): oracle.OraclePiece[] {
  return [...books.parcels.values()].map((parcel) => ({
    id: parcel.id,
    items: parcel.items,
    state: parcel.state,
    date: isHolding(parcel.state) ? parcel.date : null,
    wanted:
      parcel.wantedDate === null || parcel.wantedKind === null
        ? null
        : { date: parcel.wantedDate, kind: parcel.wantedKind },
    at: parcel.at ?? '',
    seq: parcel.seq ?? 0,
  }));
}

export function farmOf(world: World, shop: Shop, books: Books): oracle.OracleFarm {
  const { date, time } = localTime(world.now, shop.policy.timeZone);
  return { shop, today: date, time, days: books.days, pieces: piecesOf(books) };
}

export function isHolding(state: string): boolean {
  return state !== 'waiting' && state !== 'cancelled';
}

export async function readBooks(look: Look, storeId: string): Promise<Books> {
  const orders = (await look(
    `SELECT id, buyer_id AS buyer, state, total_krw AS total, paid_krw AS paid,
       refunded_krw AS refunded, refund_due_krw AS "refundDue", pay_by AS "payBy"
     FROM orders WHERE store_id = ? ORDER BY id`,
    storeId,
  )) as OrderRow[];
  const parcels = (await look(
    `SELECT p.id, p.order_id AS "orderId", p.state, p.boxes, p.items, p.region,
       p.harvest_date AS date, p.wanted_date AS "wantedDate", p.wanted_kind AS "wantedKind",
       p.deposited_at AS at, p.booking_seq AS seq, r.row, p.packages
     FROM parcels p LEFT JOIN list_rows r ON r.store_id = p.store_id AND r.parcel_id = p.id
       AND r.struck_revision IS NULL
     WHERE p.store_id = ? ORDER BY p.id`,
    storeId,
  )) as (Omit<ParcelRow, 'items'> & { items: string })[];
  const days = (await look(
    `SELECT date, cap_boxes AS "capBoxes", cap_source AS "capSource", reserved_boxes AS reserved, product_boxes AS "productBoxes",
       late_room_boxes AS "lateRoomBoxes", revision, flagged FROM days WHERE store_id = ?`,
    storeId,
  )) as (Omit<DayRow, 'productBoxes'> & { productBoxes: string })[];
  return {
    orders: new Map(orders.map((row) => [row.id, row])),
    parcels: new Map(
      parcels.map((row) => [
        row.id,
        { ...row, items: JSON.parse(row.items) as ParcelRow['items'] },
      ]),
    ),
    days: new Map(
      days.map((row) => [
        row.date,
        { ...row, productBoxes: JSON.parse(row.productBoxes) as DayRow['productBoxes'] },
      ]),
    ),
  };
}

export function demand(isTrue: boolean, otherwise: string): asserts isTrue {
  if (!isTrue) throw new Error(otherwise);
}
