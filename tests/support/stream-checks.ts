// What must be true after every step of a stream: invariants 1 to 6, counted independently.
import { isDeepStrictEqual } from 'node:util';
import { localTime } from '../../src/orders/dates.ts';
import type { Shop } from '../../src/orders/shop.ts';
import type { Store } from '../../src/orders/store.ts';
import type { Counts } from './engine.ts';
import * as oracle from './oracle.ts';
import type { Plan } from './stream-steps.ts';
import {
  type Books,
  type DayRow,
  demand,
  farmOf,
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
    const isUnpaid = (was?.at ?? null) === null && parcel.at === null;
    const isEstimate = isUnpaid && plan.touches.orders.includes(parcel.orderId);
    if (!isEstimate && was?.date !== parcel.date)
      demand(plan.dates.has(id), `${kind} moved ${id} from ${was?.date} to ${parcel.date}`);
    const mayRepack = kind === 'change' || kind === 'settle';
    const isReport = kind === 'report' || kind === 'number' || kind === 'undo';
    if (!isReport && !(mayRepack && plan.touches.parcels.includes(id)))
      demand(was === undefined || was.packages === parcel.packages, `${kind} touched packages`);
  }
}

const ORDER_STEPS: Readonly<Record<Kind, readonly string[]>> = {
  place: ['→awaiting_payment'],
  pay: ['awaiting_payment→paid'],
  cancel: ['awaiting_payment→cancelled', 'paid→cancelled'],
  expire: ['awaiting_payment→expired'],
  revive: ['expired→awaiting_payment'],
  deposit: ['awaiting_payment→paid', 'expired→paid', 'expired→awaiting_payment'],
  takeback: ['paid→awaiting_payment'],
  policy: [],
  change: [],
  settle: [],
  cap: [],
  cut: [],
  freeze: [],
  report: [],
  number: [],
  undo: [],
  refund: [],
  tick: [],
  burst: [],
  wait: [],
};

/** The event by which an order goes back to waiting for its payment. */
const AGAIN: Readonly<Record<string, string>> = {
  'expired→awaiting_payment': 'revived',
  'paid→awaiting_payment': 'payment_taken_back',
};

const FORWARD = ['scheduled', 'harvested', 'packed', 'shipped', 'delivered'];

function isAllowed(kind: Kind, from: string, to: string): boolean {
  if (kind === 'place') return from === '' && to === 'waiting';
  if (kind === 'pay' || kind === 'deposit') return from === 'waiting' && to === 'scheduled';
  if (kind === 'takeback') return from === 'scheduled' && to === 'waiting';
  if (kind === 'cancel')
    return ['waiting', 'scheduled', 'harvested', 'packed'].includes(from) && to === 'cancelled';
  if (kind === 'cap' || kind === 'policy')
    return ['scheduled→waiting', 'waiting→scheduled'].includes(`${from}→${to}`);
  if (kind === 'wait') return from === 'waiting' && to === 'scheduled';
  if (kind === 'cut') return from === 'scheduled' && to === 'waiting';
  if (kind === 'undo' && ['scheduled→waiting', 'waiting→scheduled'].includes(`${from}→${to}`))
    return true;
  if (kind === 'undo') return FORWARD.indexOf(to) >= 0 && isAfter(from, to);
  if (kind === 'report' || kind === 'number')
    return FORWARD.indexOf(from) >= 0 && isAfter(to, from);
  return false;
}

function isAfter(to: string, from: string): boolean {
  return FORWARD.indexOf(to) > FORWARD.indexOf(from);
}

/** Invariant 2: what changed is in the history, once. */
export async function checkTrace(
  world: World,
  { kind, counts, before, after }: { kind: Kind; counts: Counts; before: Books; after: Books },
): Promise<void> {
  const events = (await world.look(
    'SELECT parcel_id AS parcel, order_id AS "orderId", event FROM events WHERE id > ? ORDER BY id',
    counts.last_events ?? 0,
  )) as { parcel: string | null; orderId: string; event: string }[];
  for (const [id, parcel] of after.parcels) {
    const was = before.parcels.get(id);
    if (was === undefined || (was.state === parcel.state && was.date === parcel.date)) continue;
    // An estimate is no promise: nothing happened to the parcel.
    if (parcel.at === null && parcel.state !== 'cancelled') continue;
    const own = events
      .filter(({ parcel: of, event }) => of === id && event !== 'waybill')
      .map(({ event }) => event);
    const expected =
      kind === 'undo'
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
    const name = was === undefined ? 'placed' : (AGAIN[`${was}→${order.state}`] ?? order.state);
    demand(
      events.some((event) => event.orderId === id && event.event === name),
      `${id} became ${order.state} without a word of it`,
    );
  }
}

/** Invariants 1, 4 and 6, counted from the parcels and from what was acknowledged. */
export function checkBooks(
  world: World,
  shop: Shop,
  { kind, before, after }: BeforeAfter & { readonly kind: Kind },
): void {
  const { date: today } = localTime(world.now, shop.policy.timeZone);
  const on = parcelsByDate(after);
  const was = parcelsByDate(before);
  for (const date of new Set([...on.keys(), ...after.days.keys()])) {
    const day = after.days.get(date);
    const parcels = on.get(date) ?? [];
    checkDay(shop, { date, day, parcels, today });
    // Whoever was moved away by mistake was there before the product changed.
    const stood = kind === 'undo' ? parcels : (was.get(date) ?? []);
    checkProducts(shop, { date, day, parcels, was: stood });
  }
  for (const order of after.orders.values()) checkMoney(world, shop, { order, books: after });
}

type BeforeAfter = { readonly before: Books; readonly after: Books };

function parcelsByDate(books: Books): ReadonlyMap<string, readonly ParcelRow[]> {
  const holding = [...books.parcels.values()].filter(({ state }) => isHolding(state));
  for (const { id, state, date } of holding)
    demand(date !== null, `${id} is ${state} without a date`);
  return Map.groupBy(holding, ({ date }) => date ?? '');
}

type OnDay = {
  readonly date: string;
  readonly day: DayRow | undefined;
  readonly parcels: readonly ParcelRow[];
};

function checkDay(
  shop: Shop,
  { date, day, parcels, today }: OnDay & { readonly today: string },
): void {
  const boxes = boxesIn(parcels);
  demand(day !== undefined, `${date} holds parcels and is not kept`);
  demand(day.reserved === boxes, `${date}: reserved ${day.reserved}, parcels ${boxes}`);
  // A changed policy counts from today on, also where the day was kept with the number of before.
  const isPolicy = day.capSource === 'default' && date >= today;
  const cap = isPolicy ? oracle.policyCap(shop, date) : day.capBoxes;
  const isOver = boxes > cap;
  const isAnyMovable = parcels.some(({ state }) => state === 'scheduled');
  demand(!isOver || (day.flagged === 1 && !isAnyMovable), `${date}: ${boxes} of ${cap}`);
  demand(day.flagged === (isOver ? 1 : 0) || isPolicy, `${date}: flagged ${day.flagged}`);
  for (const { id, row } of parcels)
    demand((row !== null) === day.revision > 0, `${id} on ${date} has row ${row}`);
}

/** A product's own cap and season hold for whatever comes to a date; a change of them moves nobody. */
function checkProducts(
  shop: Shop,
  { date, day, parcels, was }: OnDay & { readonly was: readonly ParcelRow[] },
): void {
  for (const { id, dailyCapBoxes, shipFrom, shipTo } of shop.products) {
    const sum = boxesIn(parcels, id);
    demand((day?.productBoxes[id] ?? 0) === sum, `${date}: ${id} ${sum}`);
    if (sum <= boxesIn(was, id)) continue;
    demand(dailyCapBoxes === null || sum <= dailyCapBoxes, `${date}: ${sum} of ${id}`);
    demand(shipFrom === null || date >= shipFrom, `${date}: ${id} before its season`);
    demand(shipTo === null || date <= shipTo, `${date}: ${id} after its season`);
  }
}

function boxesIn(parcels: readonly ParcelRow[], product?: string): number {
  return parcels
    .flatMap(({ items }) => items)
    .filter((item) => product === undefined || item.product === product)
    .reduce((sum, { boxes }) => sum + boxes, 0);
}

/** Room for those who come late is what the farmer opened by word, and nobody takes it twice. */
export function checkLateRoom(
  world: World,
  shop: Shop,
  { plan, before, after }: BeforeAfter & { readonly plan: Plan },
): void {
  const grown = new Map<string, number>();
  for (const { id, date, boxes, state } of after.parcels.values()) {
    const was = before.parcels.get(id);
    if (date === null || was?.date !== date || !isHolding(state) || !isHolding(was.state)) continue;
    grown.set(date, (grown.get(date) ?? 0) + Math.max(0, boxes - was.boxes));
  }
  const farm = farmOf(world, shop, before);
  const rooms = plan.lateRoom ?? oracle.lateRoom(farm, plan.dates, { said: plan.said, grown });
  for (const [date, { lateRoomBoxes }] of after.days)
    demand(
      lateRoomBoxes === (rooms.get(date) ?? 0),
      `${date} has ${lateRoomBoxes} boxes of late room, not ${rooms.get(date) ?? 0}`,
    );
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
  const was = world.totals.get(order.id) ?? 0;
  const isOwed = order.state === 'awaiting_payment';
  // Once money is taken back it costs what it did, or what its parcels cost where they change.
  const isBack = isOwed && world.paid.has(order.id) && order.total === was;
  const isPaid = order.paid > 0 && !isOwed;
  const expected = isPaid ? Math.min(costs, was) : isBack ? was : costs;
  demand(order.total === expected, `${order.id} costs ${order.total}, not ${expected}`);
  world.totals.set(order.id, order.total);
  // Of an order that is over nothing is kept; one that is paid in part waits for the rest.
  const keeps = order.state === 'expired' ? 0 : order.total;
  if (isPaid) demand(kept === keeps, `${order.id}: ${kept} kept of ${keeps}`);
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
