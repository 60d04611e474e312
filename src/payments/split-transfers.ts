// One order paid in parts: deposits of one name that together are exactly what is left of it.
import type { Batch, Seen, Verdict } from './deposit-batch.ts';
import {
  codedOrders,
  isOpenAt,
  isRival,
  othersInside,
  pointsElsewhere,
  unnamedTwins,
} from './deposit-verdict.ts';
import type { AskReason } from './deposits.ts';
import { ordersNamed, type Payable } from './order-index.ts';

const PARTS_MAX = 8;
/** Only the amount stood in the way of these. */
const MISFITS: readonly AskReason[] = ['too_little', 'too_much'];

export function splitVerdicts(batch: Batch): readonly (readonly [Seen, Verdict])[] {
  const groups = Map.groupBy(
    batch.seen.filter((one) => isUndecided(batch, one)),
    ({ name }) => [name.compared, ...name.codes].join(' '),
  );
  return [...groups.values()].flatMap((parts) => {
    const order = splitOrder(batch, parts);
    return order === null
      ? []
      : parts.map((one) => [one, { kind: 'match', orders: [order] }] as const);
  });
}

function isUndecided(batch: Batch, seen: Seen): boolean {
  const verdict = batch.verdictOf(seen);
  return seen.deposit.amountKrw > 0 && verdict.kind === 'ask' && MISFITS.includes(verdict.reason);
}

/** The order that all these parts pay, if there is no other reading of any of them. */
function splitOrder(batch: Batch, parts: readonly Seen[]): Payable | null {
  const [first] = parts;
  if (first === undefined || parts.length < 2 || parts.length > PARTS_MAX) return null;
  const order = onlyOrder(batch, first);
  if (order === null || !parts.every(({ atMs }) => isOpenAt(order, atMs))) return null;
  const amounts = parts.map(({ deposit }) => deposit.amountKrw);
  if (amounts.reduce((total, amount) => total + amount, 0) !== order.restKrw) return null;
  if (partSums(amounts).some((amount) => batch.index.byRest.has(amount))) return null;
  if (parts.some(({ name }) => pointsElsewhere(batch.index, name, [order]) !== null)) return null;
  if (parts.some(({ name }) => othersInside(batch.index, name, [order]).length > 0)) return null;
  const isTwin = unnamedTwins(batch.index, { orders: [order], atMs: first.atMs }).length > 0;
  return isTwin ? null : order;
}

function onlyOrder(batch: Batch, { name }: Seen): Payable | null {
  const named = ordersNamed(batch.index, name);
  const [coded, ...more] = codedOrders(batch.index, name);
  if (coded !== undefined) {
    const isOf = named.length === 0 ? name.compared === '' : named.includes(coded);
    return more.length === 0 && isOf && !batch.isFilled(coded) ? coded : null;
  }
  const left = named.filter((one) => one.order.state !== 'paid' && !batch.isFilled(one));
  const [order, ...others] = left.filter(({ order }) => order.state === 'awaiting_payment');
  if (order === undefined || others.length > 0) return null;
  return left.some((one) => isRival(one, [order])) ? null : order;
}

/** What any of the parts make together, all of them left out. */
function partSums(amounts: readonly number[]): readonly number[] {
  let sums = [0];
  for (const amount of amounts) sums = [...sums, ...sums.map((sum) => sum + amount)];
  return sums.slice(1, -1);
}
