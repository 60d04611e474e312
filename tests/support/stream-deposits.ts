// Money that comes by bank, and that is taken back again, as steps of the generated streams.
import * as ordering from '../../src/orders/ordering.ts';
import type { Outcome } from '../../src/payments/store.ts';
import * as oracle from './oracle.ts';
import { BOOKED, SEEN } from './settlement-histories.ts';
import { asking, type Plan, type Scene } from './stream-steps.ts';
import { type Books, demand, farmOf, type OrderRow, type World } from './stream-world.ts';

/** More than is due, by an amount that no change of an order costs. */
const OVER_KRW = 1_001;
const MINUTE_MS = 60_000;

/** All of what is due, a part of it, or more; also for an order that is over, which it may revive. */
export function planDeposit(world: World, { shop, before, step, index }: Scene): Plan | null {
  const { a, b, c } = step;
  const owing = [...before.orders.values()].filter(({ state }) => state === 'awaiting_payment');
  const over = [...before.orders.values()].filter(({ state }) => state === 'expired');
  const some = [over, owing, owing, [...before.orders.values()]][b % 4] ?? owing;
  const order = some[a % Math.max(1, some.length)];
  if (order === undefined) return null;
  const due = dueOf(order);
  const amountKrw = due <= 0 ? OVER_KRW : sumFor(due, c);
  const isRevived = order.state === 'expired' && c % 3 !== 0;
  const at = new Date(world.now.getTime() - (b % 3) * (a % 900) * MINUTE_MS).toISOString();
  const isOpen = order.state === 'awaiting_payment' || isRevived;
  const waiting = [...before.parcels.values()]
    .filter(({ orderId, state }) => orderId === order.id && state === 'waiting')
    .map(({ id }) => id);
  const paid = isOpen && amountKrw >= due ? waiting : [];
  const id = `dep_${index}`;
  const money = { depositId: id, amountKrw, depositor: null, at, isRevived };
  const command = ordering.takeDeposit(asking(world, shop, 'seller'), order.id, money);
  const outcome: Outcome = { ...BOOKED, orderIds: [order.id], commands: [command] };
  return {
    isOnce: true,
    async submit() {
      const seen = { ...SEEN, at, amountKrw, sourceId: id };
      const booking = { storeId: shop.id, now: world.now, id, seen, judge: () => outcome };
      const { deposit } = await world.store.bookDeposit(booking);
      world.deposits.push({ deposit, orderId: order.id });
      return { answer: null, reply: null, repeated: false };
    },
    touches: { orders: [order.id], parcels: paid },
    dates: oracle.pay(farmOf(world, shop, before), paid, at),
    check(after) {
      const is = after.orders.get(order.id);
      demand(is?.paid === order.paid + amountKrw, `${order.id} has ${is?.paid} of ${amountKrw}`);
      world.paid.set(order.id, is.paid);
    },
  };
}

function dueOf(order: OrderRow): number {
  return order.total - order.paid + order.refunded;
}

function sumFor(due: number, n: number): number {
  if (n % 5 === 0) return Math.ceil(due / 2);
  return n % 5 === 1 ? due + OVER_KRW : due;
}

/** What is paid by it no more leaves its days, and nobody takes their place before he pays. */
export function planTakeBack(world: World, { shop, before, step }: Scene): Plan | null {
  const own = world.deposits.filter(({ deposit }) => deposit.storeId === shop.id);
  const booked = own[step.a % Math.max(1, own.length)];
  const order = before.orders.get(booked?.orderId ?? '');
  if (booked === undefined || order === undefined) return null;
  const { deposit } = booked;
  const isOwed = order.state === 'paid' && dueOf(order) + deposit.amountKrw > 0;
  const live = [...before.parcels.values()].filter(
    ({ orderId, state }) => isOwed && orderId === order.id && state !== 'cancelled',
  );
  const parcels = live.map(({ id }) => id);
  const command = ordering.takeBackDeposit(asking(world, shop, 'seller'), order.id, deposit.id);
  const outcome: Outcome = { ...BOOKED, state: 'asked', act: 'undone', commands: [command] };
  return {
    isOnce: true,
    async submit() {
      await world.store.settleDeposit({ deposit, now: world.now, outcome });
      world.deposits.splice(world.deposits.indexOf(booked), 1);
      return { answer: null, reply: null, repeated: false };
    },
    touches: { orders: [order.id], parcels },
    dates: new Map(parcels.map((id) => [id, null])),
    check: (after) =>
      checkTakenBack(world, { after, order, parcels, amountKrw: deposit.amountKrw }),
  };
}

function checkTakenBack(
  world: World,
  {
    after,
    order,
    parcels,
    amountKrw,
  }: {
    readonly after: Books;
    readonly order: OrderRow;
    readonly parcels: readonly string[];
    readonly amountKrw: number;
  },
): void {
  const is = after.orders.get(order.id);
  demand(is?.paid === order.paid - amountKrw, `${order.id} kept ${is?.paid} that was taken back`);
  world.paid.set(order.id, is.paid);
  for (const id of parcels) {
    const { at, seq, row } = after.parcels.get(id) ?? {};
    const isOut = at === null && seq === null && row === null;
    demand(isOut, `${id} is not paid any more and kept its place`);
  }
}
