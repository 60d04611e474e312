// What must be true after every step of a stream: invariants 1 to 6, counted independently.
import { isDeepStrictEqual } from 'node:util';
import type { Shop } from '../../src/orders/shop.ts';
import type { Store } from '../../src/orders/store.ts';
import type { Counts } from './engine.ts';
import type { Plan } from './stream-steps.ts';
import {
  type Books,
  type DayRow,
  demand,
  isHolding,
  type Kind,
  type OrderRow,
  type ParcelRow,
  readBooks,
  type StreamStep,
  type World,
} from './stream-world.ts';

/** Invariant 5 and who may move: only what the step is about, only along the tables. */
export function checkChange({
  step: { kind },
  plan,
  before,
  after,
}: {
  step: StreamStep;
  plan: Plan;
  before: Books;
  after: Books;
}): void {
  for (const [id, order] of after.orders) {
    const was = before.orders.get(id);
    if (isDeepStrictEqual(was, order)) continue;
    demand(plan.touches.orders.includes(id), `${kind} changed order ${id}`);
    const move = `${was?.state ?? ''}→${order.state}`;
    demand(
      was?.state === order.state || ORDER_STEPS[kind].includes(move),
      `${kind} made order ${id} ${move}`,
    );
  }
  demand(
    [...before.orders.keys()].every((id) => after.orders.has(id)),
    'an order is gone',
  );
  for (const [id, parcel] of after.parcels) {
    const was = before.parcels.get(id);
    const expected = plan.dates.get(id);
    if (expected !== undefined)
      demand(
        parcel.date === expected && (expected === null) === (parcel.state === 'waiting'),
        `${kind} put ${id} (${parcel.state}) on ${parcel.date}, the rules say ${expected}`,
      );
    if (was?.state !== parcel.state)
      demand(
        plan.touches.parcels.includes(id) && isAllowed(kind, was?.state ?? '', parcel.state),
        `${kind} made ${id} ${was?.state} → ${parcel.state}`,
      );
    // Of an unpaid order only the estimate is made anew.
    const isEstimate = kind === 'place' || (kind === 'change' && parcel.at === null);
    if (!isEstimate && was?.date !== parcel.date)
      demand(plan.dates.has(id), `${kind} moved ${id} from ${was?.date} to ${parcel.date}`);
    const mayRepack = kind === 'change' || kind === 'settle';
    const isReport = kind === 'report' || kind === 'undo';
    if (!isReport && !(mayRepack && plan.touches.parcels.includes(id)))
      demand(was === undefined || was.packages === parcel.packages, `${kind} touched packages`);
  }
}

const ORDER_STEPS: Readonly<Record<Kind, readonly string[]>> = {
  place: ['→awaiting_payment'],
  pay: ['awaiting_payment→paid'],
  cancel: ['awaiting_payment→cancelled', 'paid→cancelled'],
  expire: ['awaiting_payment→expired'],
  change: [],
  settle: [],
  cap: [],
  cut: [],
  freeze: [],
  report: [],
  undo: [],
  refund: [],
  tick: [],
  burst: [],
  wait: [],
};

const FORWARD = ['scheduled', 'harvested', 'packed', 'shipped', 'delivered'];

function isAllowed(kind: Kind, from: string, to: string): boolean {
  if (kind === 'place') return from === '' && to === 'waiting';
  if (kind === 'pay') return from === 'waiting' && to === 'scheduled';
  if (kind === 'cancel')
    return ['waiting', 'scheduled', 'harvested', 'packed'].includes(from) && to === 'cancelled';
  if (kind === 'cap') return ['scheduled→waiting', 'waiting→scheduled'].includes(`${from}→${to}`);
  if (kind === 'wait') return from === 'waiting' && to === 'scheduled';
  if (kind === 'cut') return from === 'scheduled' && to === 'waiting';
  if (kind === 'undo') return FORWARD.indexOf(to) >= 0 && isAfter(from, to);
  if (kind === 'report') return FORWARD.indexOf(from) >= 0 && isAfter(to, from);
  return false;
}

function isAfter(to: string, from: string): boolean {
  return FORWARD.indexOf(to) > FORWARD.indexOf(from);
}

/** Invariant 2: what changed is in the history, and whoever is moved is told once. */
export async function checkTrace(
  world: World,
  { counts, before, after }: { counts: Counts; before: Books; after: Books },
): Promise<void> {
  const events = (await world.look(
    'SELECT parcel_id AS parcel, order_id AS "orderId", event FROM events WHERE id > ? ORDER BY id',
    counts.last_events ?? 0,
  )) as { parcel: string | null; orderId: string; event: string }[];
  for (const [id, parcel] of after.parcels) {
    const was = before.parcels.get(id);
    if (was === undefined || (was.state === parcel.state && was.date === parcel.date)) continue;
    // An estimate is no promise: nothing happened to the parcel.
    if (was.state === parcel.state && parcel.at === null) continue;
    const own = events
      .filter(({ parcel: of, event }) => of === id && event !== 'waybill')
      .map(({ event }) => event);
    const wentBack = FORWARD.includes(parcel.state) && isAfter(was.state, parcel.state);
    const expected = wentBack
      ? 'undone'
      : parcel.state === 'scheduled'
        ? was.state === 'waiting'
          ? 'scheduled'
          : 'moved'
        : parcel.state === 'waiting'
          ? 'no_date'
          : parcel.state;
    demand(own.at(-1) === expected, `${id} became ${parcel.state}, its history says ${own}`);
    demand(new Set(own).size === own.length, `the history of ${id} says a thing twice: ${own}`);
  }
  for (const [id, order] of after.orders) {
    const was = before.orders.get(id)?.state;
    if (was === order.state) continue;
    const name = was === undefined ? 'placed' : order.state;
    demand(
      events.some((event) => event.orderId === id && event.event === name),
      `${id} became ${order.state} without a word of it`,
    );
  }
  const told = (await world.look(
    `SELECT order_id AS "orderId" FROM outbox WHERE id > ? AND kind IN ('moved', 'no_date')`,
    counts.last_outbox ?? 0,
  )) as { orderId: string }[];
  const moved = new Set(
    [...after.parcels.values()]
      .filter(({ id, date, state }) => {
        const was = before.parcels.get(id);
        const wasPaid = was !== undefined && was.at !== null;
        return wasPaid && state !== 'cancelled' && (was.date !== date || was.state === 'waiting');
      })
      .filter(({ id, date }) => before.parcels.get(id)?.date !== date)
      .map(({ orderId }) => orderId),
  );
  for (const orderId of moved)
    demand(
      told.filter((one) => one.orderId === orderId).length === 1,
      `${orderId} was moved and told ${told.filter((one) => one.orderId === orderId).length} times`,
    );
}

/** Invariants 1, 4 and 6, counted from the parcels and from what was acknowledged. */
export function checkBooks(world: World, shop: Shop, books: Books): void {
  const on = new Map<string, ParcelRow[]>();
  for (const parcel of books.parcels.values()) {
    if (!isHolding(parcel.state)) continue;
    demand(parcel.date !== null, `${parcel.id} is ${parcel.state} without a date`);
    on.set(parcel.date ?? '', [...(on.get(parcel.date ?? '') ?? []), parcel]);
  }
  for (const date of new Set([...on.keys(), ...books.days.keys()]))
    checkDay(shop, { date, day: books.days.get(date), parcels: on.get(date) ?? [] });
  for (const order of books.orders.values()) checkMoney(world, shop, { order, books });
}

function checkDay(
  shop: Shop,
  { date, day, parcels }: { date: string; day: DayRow | undefined; parcels: readonly ParcelRow[] },
): void {
  const boxes = parcels.reduce((sum, parcel) => sum + parcel.boxes, 0);
  demand(day !== undefined, `${date} holds parcels and is not kept`);
  if (day === undefined) return;
  demand(day.reserved === boxes, `${date}: reserved ${day.reserved}, parcels ${boxes}`);
  const isOver = boxes > day.capBoxes;
  const isAnyMovable = parcels.some(({ state }) => state === 'scheduled');
  demand(!isOver || (day.flagged === 1 && !isAnyMovable), `${date}: ${boxes} of ${day.capBoxes}`);
  demand(day.flagged === (isOver ? 1 : 0), `${date}: flagged ${day.flagged}`);
  for (const { id, dailyCapBoxes, shipFrom } of shop.products) {
    const own = parcels.flatMap(({ items }) => items).filter((item) => item.product === id);
    const sum = own.reduce((total, item) => total + item.boxes, 0);
    demand((day.productBoxes[id] ?? 0) === sum, `${date}: ${id} ${sum}`);
    demand(dailyCapBoxes === null || sum <= dailyCapBoxes, `${date}: ${sum} of ${id}`);
    demand(sum === 0 || shipFrom === null || date >= shipFrom, `${date}: ${id} before its season`);
  }
  for (const { id, row } of parcels)
    demand((row !== null) === day.revision > 0, `${id} on ${date} has row ${row}`);
}

function checkMoney(
  world: World,
  shop: Shop,
  { order, books }: { order: OrderRow; books: Books },
): void {
  const live = [...books.parcels.values()].filter(
    ({ orderId, state }) => orderId === order.id && state !== 'cancelled',
  );
  const due = order.total - order.paid + order.refunded;
  demand(order.paid === (world.paid.get(order.id) ?? 0), `${order.id} has ${order.paid} paid`);
  demand(order.refunded === (world.sent.get(order.id) ?? 0), `${order.id} gave back too much`);
  demand(order.state !== 'paid' || due <= 0, `${order.id} is paid and owes ${due}`);
  demand(order.state !== 'awaiting_payment' || due > 0, `${order.id} owes ${due} and is unpaid`);
  demand((order.state === 'cancelled') === (live.length === 0), `${order.id} is ${order.state}`);
  const costs = costOf(shop, live).total;
  // A cancel never costs: where it loses free shipping, nothing is asked and nothing comes back.
  const kept = order.paid - order.refunded - order.refundDue;
  const expected = order.paid > 0 ? Math.min(costs, world.totals.get(order.id) ?? 0) : costs;
  demand(order.total === expected, `${order.id} costs ${order.total}, not ${expected}`);
  world.totals.set(order.id, order.total);
  if (order.paid > 0) demand(kept === order.total, `${order.id}: ${kept} kept of ${order.total}`);
}

/** The price as product section 2 says it, counted by hand. */
export function costOf(
  shop: Shop,
  parcels: readonly ParcelRow[],
): { readonly total: number; readonly shipping: number } {
  let goods = 0;
  let shipping = 0;
  let surcharge = 0;
  for (const { items, region, boxes } of parcels) {
    for (const item of items) goods += item.boxes * item.priceKrw;
    const packages = Math.floor((boxes + 1) / 2);
    shipping += packages * shop.policy.feeKrw;
    if (region === 'jeju') surcharge += packages * shop.policy.jejuFeeKrw;
  }
  const { freeFromKrw } = shop.policy;
  const due = freeFromKrw !== null && goods >= freeFromKrw ? 0 : shipping;
  return { total: goods + surcharge + due, shipping: due };
}

export async function askDoctor(store: Store): Promise<void> {
  const faults = (await store.doctor()).filter(({ ok }) => !ok);
  demand(faults.length === 0, JSON.stringify(faults));
}

/** What people are shown is what is in the books. */
export async function compareFinders({ store, look, shops }: World): Promise<void> {
  for (const shop of shops) {
    const books = await readBooks(look, shop.id);
    const orders = await store.findOrders({ storeId: shop.id, limit: 1_000 });
    demand(orders.length === books.orders.size, 'an order is not found');
    for (const order of orders) {
      const row = books.orders.get(order.id);
      demand(row?.state === order.state && row.total === order.totalKrw, `${order.id} differs`);
      for (const { id, state, harvestDate } of order.parcels) {
        const parcel = books.parcels.get(id);
        demand(parcel?.state === state && parcel.date === harvestDate, `${id} differs`);
      }
    }
    for (const { date, reserved } of books.days.values()) {
      const { rows } = await store.findDayList(shop.id, date);
      const live = rows.filter(({ struck }) => !struck);
      const boxes = live.reduce((sum, { order, parcelId }) => {
        const parcel = order.parcels.find(({ id }) => id === parcelId);
        return sum + (parcel?.boxes ?? 0);
      }, 0);
      demand(boxes === reserved, `the list of ${date} has ${boxes} boxes, not ${reserved}`);
    }
  }
}
