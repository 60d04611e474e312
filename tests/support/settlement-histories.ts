// Histories of money over some weeks, and what a bookkeeper with the bare rows and a pencil makes of them.
import fc from 'fast-check';
import { DomainError } from '../../src/orders/errors.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Settlement } from '../../src/orders/settlement.ts';
import type { Shop } from '../../src/orders/shop.ts';
import type { Outcome, SeenDeposit } from '../../src/payments/store.ts';
import { openWatched, type Watched } from './engine.ts';
import { openFarm, requestFor } from './shop.ts';

const ACTS = [
  ...['place', 'place', 'pay', 'pay', 'part', 'over', 'late'],
  ...[
    'takeBack',
    'cancel',
    'cancelPart',
    'change',
    'difference',
    'difference',
    'difference',
    'refund',
    'refund',
  ],
] as const;
export type MoneyAct = (typeof ACTS)[number];

export type MoneyStep = {
  readonly act: MoneyAct;
  /** Chooses among the orders. */
  readonly nth: number;
  readonly boxes: number;
  /** Hours that pass before it, and that the bank was earlier than the books. */
  readonly hours: number;
  readonly lagHours: number;
};

export const historyArbitrary = fc.array(
  fc.record<MoneyStep>({
    act: fc.constantFrom(...ACTS),
    nth: fc.nat(50),
    boxes: fc.integer({ min: 1, max: 4 }),
    hours: fc.integer({ min: 0, max: 20 }),
    lagHours: fc.constantFrom(0, 0, 1, 30),
  }),
  { minLength: 5, maxLength: 40 },
);

const HOUR_MS = 3_600_000;
/** The first instant of a Wednesday in Seoul: dates in histories count from here. */
const BEGIN = Date.parse('2026-06-30T15:00:00Z');

/** A deposit and what becomes of it, in as few words as possible. */
export const SEEN: Omit<SeenDeposit, 'at' | 'amountKrw'> = {
  precision: 'second',
  name: '김영희',
  memo: null,
  balanceKrw: null,
  source: 'file',
  sourceId: 'july.csv',
  nth: 0,
};
export const BOOKED: Outcome = {
  state: 'booked',
  act: 'booked',
  who: 'seller',
  orderIds: [],
  detail: {},
  commands: [],
  notices: [],
};

type World = {
  readonly watched: Watched;
  readonly shop: Shop;
  readonly buyerId: string;
  readonly orders: string[];
  now: number;
  deposits: number;
};

/** Plays a history on an empty shop; `done` counts what was not refused. Closes the store after `look`. */
export async function afterHistory(
  steps: readonly MoneyStep[],
  done: Map<MoneyAct, number>,
  look: (watched: Watched) => Promise<void>,
): Promise<void> {
  const watched = await openWatched();
  try {
    const policy = { dailyCapBoxes: 400, jejuFeeKrw: 4_000 };
    const { shop, buyerId } = await openFarm(watched.store, { policy });
    const world: World = { watched, shop, buyerId, orders: [], now: BEGIN, deposits: 0 };
    for (const step of steps) {
      world.now += step.hours * HOUR_MS;
      if (await isDone(world, step)) done.set(step.act, (done.get(step.act) ?? 0) + 1);
    }
    await look(watched);
  } finally {
    await watched.close();
  }
}

async function isDone(world: World, step: MoneyStep): Promise<boolean> {
  try {
    return step.act === 'place' ? await place(world, step) : await doWithOrder(world, step);
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

async function place(world: World, { boxes, nth }: MoneyStep): Promise<boolean> {
  const { watched, shop, buyerId, orders } = world;
  const id = `ord_${orders.length + 1}`;
  const far = nth % 5 === 0 ? { address: '제주 제주시 첨단로 242' } : {};
  const request = requestFor({ boxes, ...far }, { boxes: 1 });
  const asked = { shop, now: new Date(world.now), who: 'buyer' } as const;
  await watched.store.submit(ordering.place(asked, { id, buyerId, request }));
  orders.push(id);
  return true;
}

async function doWithOrder(world: World, step: MoneyStep): Promise<boolean> {
  const { watched, shop, orders } = world;
  const { store } = watched;
  const id = orders[step.nth % orders.length];
  const order = id === undefined ? null : await store.findOrder('peach', id);
  if (id === undefined || order === null) return false;
  const asked = { shop, now: new Date(world.now), who: 'seller' } as const;
  const come = async (amountKrw: number) => {
    if (amountKrw <= 0) return false;
    const at = new Date(world.now - step.lagHours * HOUR_MS).toISOString();
    const depositId = `dep_${++world.deposits}`;
    const money = { depositId, amountKrw, depositor: null, at, isRevived: false };
    const paying = ordering.takeDeposit(asked, id, money);
    const outcome = { ...BOOKED, orderIds: [id], commands: [paying] };
    const seen = { ...SEEN, at, amountKrw };
    const booking = { storeId: 'peach', now: asked.now, id: depositId, seen };
    await store.bookDeposit({ ...booking, judge: () => outcome });
    return true;
  };
  const due = order.totalKrw - order.paidKrw + order.refundedKrw;
  const isPartPaid = order.state === 'awaiting_payment' && order.paidKrw > 0;
  switch (step.act) {
    case 'pay':
      return come(due);
    case 'part':
      return come(due - 5_000);
    case 'over':
      return due > 0 && come(due + 3_000);
    case 'late':
      return due <= 0 && come(1_000);
    case 'takeBack': {
      const paid = await watched.look(
        `SELECT deposit_id FROM ledger p WHERE order_id = ? AND kind = 'payment'
           AND NOT EXISTS (SELECT 1 FROM ledger a WHERE a.offsets_id = p.id)`,
        id,
      );
      const [last] = paid.slice(-1) as { deposit_id: string }[];
      const deposit = last === undefined ? null : await store.findDeposit(last.deposit_id);
      if (deposit === null) return false;
      const commands = [ordering.takeBackDeposit(asked, id, deposit.id)];
      const outcome: Outcome = { ...BOOKED, state: 'asked', act: 'undone', commands };
      await store.settleDeposit({ deposit, now: asked.now, outcome });
      return true;
    }
    case 'cancel':
    case 'cancelPart': {
      if (isPartPaid && step.act === 'cancelPart') return false;
      const parcelIds = step.act === 'cancel' ? null : order.parcels.slice(0, 1).map((p) => p.id);
      await store.submit(ordering.cancel(asked, id, { parcelIds, reason: null, account: null }));
      return true;
    }
    case 'change':
    case 'difference': {
      const [parcel] = order.parcels;
      if (parcel === undefined || isPartPaid) return false;
      if (step.act === 'difference' && order.state !== 'paid') return false;
      const boxes = step.act === 'change' ? step.boxes : parcel.boxes + 2;
      const items = [{ product: 'peach-4kg', boxes }];
      const parcels = [{ parcelId: parcel.id, personal: null, items }];
      await store.submit(ordering.change(asked, id, { parcels }));
      if (step.act === 'change') return true;
      return come((await store.findOpenChange('peach', id))?.extraKrw ?? 0);
    }
    case 'refund': {
      const open = (await store.findRefunds('peach', id)).filter(
        ({ state }) => state === 'due' || state === 'needs_account',
      );
      const refundIds = open.map((refund) => refund.id);
      if (refundIds.length === 0) return false;
      await store.submit(ordering.refundDone(asked, id, refundIds));
      return true;
    }
    default:
      throw new Error(`no such act with an order: ${step.act}`);
  }
}

/** The date in Seoul on the nth day of a history. */
export function dateOn(day: number): string {
  return seoulDate(new Date(BEGIN + day * 24 * HOUR_MS).toISOString());
}

function seoulDate(instant: string): string {
  return new Date(Date.parse(instant) + 9 * HOUR_MS).toISOString().slice(0, 10);
}

type Entry = { order_id: string; kind: string; amount_krw: number; at: string };
type OrderRow = {
  id: string;
  state: string;
  goods_krw: number;
  shipping_krw: number;
  surcharge_krw: number;
  paid_krw: number;
  refunded_krw: number;
  refund_due_krw: number;
  deposited_at: string | null;
};
export type Rows = { readonly entries: readonly Entry[]; readonly orders: readonly OrderRow[] };

export async function readRows({ look }: Watched): Promise<Rows> {
  const entries = await look('SELECT order_id, kind, amount_krw, at FROM ledger');
  const orders = await look(
    `SELECT id, state, goods_krw, shipping_krw, surcharge_krw, paid_krw, refunded_krw,
       refund_due_krw, deposited_at FROM orders`,
  );
  return { entries: entries as Entry[], orders: orders as OrderRow[] };
}

/** Entry by entry and order by order, each asked for its date on the wall in Seoul. */
export function byPencil({ entries, orders }: Rows, from: string, to: string): Settlement {
  const sums = {
    ...{ orders: 0, goodsKrw: 0, shippingKrw: 0, surchargeKrw: 0 },
    ...{ paidKrw: 0, refundedKrw: 0, openKrw: 0 },
  };
  for (const { kind, amount_krw, at } of entries) {
    const date = seoulDate(at);
    if (date > to) continue;
    sums.openKrw += kind === 'payment' ? amount_krw : -amount_krw;
    if (date < from) continue;
    if (kind === 'payment') sums.paidKrw += amount_krw;
    if (kind === 'adjustment') sums.paidKrw -= amount_krw;
    if (kind === 'refund') sums.refundedKrw += amount_krw;
  }
  for (const order of orders) {
    const date = order.deposited_at === null ? null : seoulDate(order.deposited_at);
    if (date === null || date > to) continue;
    sums.openKrw -= order.goods_krw + order.shipping_krw + order.surcharge_krw;
    if (date < from) continue;
    if (order.state !== 'cancelled') sums.orders += 1;
    sums.goodsKrw += order.goods_krw;
    sums.shippingKrw += order.shipping_krw;
    sums.surchargeKrw += order.surcharge_krw;
  }
  return sums;
}

/** What is open when all is told: refunds that were not sent, and money for orders not paid in full. */
export function openNow({ orders }: Rows): number {
  return orders.reduce((sum, order) => {
    const heldKrw = order.paid_krw - order.refunded_krw - order.refund_due_krw;
    return sum + order.refund_due_krw + (order.deposited_at === null ? heldKrw : 0);
  }, 0);
}
