// What one deposit says by itself, given what earlier ones of its batch have filled.
import type { Batch, Seen, Verdict } from './deposit-batch.ts';
import { type ReadName, readName } from './depositor-name.ts';
import type { AskReason } from './deposits.ts';
import { type OrderIndex, ordersNamed, type Payable } from './order-index.ts';
import { sumsOf } from './sums.ts';

export function aloneVerdict(batch: Batch, seen: Seen): Verdict {
  const { index } = batch;
  if (batch.ownNames.has(seen.name.compared)) return ask('own_name');
  if (batch.isSentBack(seen)) return ask('sent_back');
  if (seen.name.codes.some((code) => !index.byCode.has(code))) return ask('unknown_code');
  return seen.name.codes.length > 0 ? verdictByCode(batch, seen) : verdictByName(batch, seen);
}

export function ask(reason: AskReason, also: readonly Payable[] = []): Verdict {
  return { kind: 'ask', reason, also };
}

/** An order code is enough with any name but that of another buyer's order. */
function verdictByCode(batch: Batch, { deposit, name, atMs }: Seen): Verdict {
  const coded = codedOrders(batch.index, name);
  const named = ordersNamed(batch.index, name);
  const isOwn = named.some((one) => coded.includes(one));
  if (!isOwn && named.some((one) => isRival(one, coded))) return ask('other_code');
  const inside = othersInside(batch.index, name, coded);
  if (inside.length > 0) return ask('other_name', inside);
  const elsewhere = pointsElsewhere(batch.index, name, coded);
  if (elsewhere !== null) return ask('other_number', elsewhere);
  const canFill = coded.every((one) => isOpenAt(one, atMs) && !batch.isFilled(one));
  if (canFill && sum(coded) === deposit.amountKrw) return { kind: 'match', orders: coded };
  return ask(misfit(batch, coded, { amountKrw: deposit.amountKrw, atMs }));
}

function verdictByName(batch: Batch, seen: Seen): Verdict {
  const { deposit, name, atMs } = seen;
  const { amountKrw } = deposit;
  const named = ordersNamed(batch.index, name);
  const open = named.filter((one) => isOpenAt(one, atMs) && !batch.isFilled(one));
  const exact = open.filter(({ restKrw }) => restKrw === amountKrw);
  const pointed = numbered(batch.index, name);
  if (pointed.length > 0) {
    const chosen = exact.filter((one) => pointed.includes(one));
    if (chosen.length === 0)
      return ask(named.length > 0 ? misfitOfNumber(batch, pointed, seen) : 'weak_name', pointed);
    if (chosen.length > 1) return ask('several_orders', chosen);
    return unlessDoubtful(batch, seen, { orders: chosen, isChosen: true });
  }
  if (open.length === 0 || name.masked !== null)
    return ask(misfit(batch, named, { amountKrw, atMs }));
  const sums = sumsOf(open, amountKrw);
  if (sums === null) return ask('several_orders', exact);
  if (exact.length === 0 && sums.length === 0)
    return askAboutAmount(batch, { amountKrw, atMs }, open);
  if (exact.length + sums.length === 1) {
    const orders = exact.length === 1 ? exact : (sums[0] ?? []).toSorted(byAge);
    if (orders.length > 1 && !isOneBuyers(orders)) return ask('several_orders', orders);
    return unlessDoubtful(batch, seen, { orders, isChosen: false });
  }
  const [oldest] = exact.toSorted(byAge);
  if (oldest !== undefined && sums.length === 0 && areAllPaid(batch, seen, exact))
    return unlessDoubtful(batch, seen, { orders: [oldest], isChosen: false }, exact);
  return ask('several_orders', [...exact, ...sums.flat()]);
}

/** The digits mean an order that the name fits too: then only the amount may be wrong. */
function misfitOfNumber(batch: Batch, pointed: readonly Payable[], seen: Seen): AskReason {
  const { name, atMs, deposit } = seen;
  const meant = ordersNamed(batch.index, name).filter((one) => pointed.includes(one));
  const isOpen = meant.some((one) => isOpenAt(one, atMs) && !batch.isFilled(one));
  return isOpen ? misfit(batch, meant, { amountKrw: deposit.amountKrw, atMs }) : 'other_number';
}

/** Two equal orders of one buyer and two equal deposits: all is paid, whichever is whose. */
function areAllPaid(batch: Batch, seen: Seen, exact: readonly Payable[]): boolean {
  if (!isOneBuyers(exact)) return false;
  const equal = batch.equalTo(seen);
  const rest = equal
    .slice(equal.indexOf(seen))
    .filter((one) => one === seen || isPlain(batch, one))
    .slice(0, exact.length);
  return (
    rest.length === exact.length &&
    rest.every(({ atMs }) => exact.every((one) => isOpenAt(one, atMs)))
  );
}

/** Says no more than name and amount. */
function isPlain(batch: Batch, seen: Seen): boolean {
  const { codes, numbers, inside } = seen.name;
  return (
    codes.length === 0 &&
    !numbers.some((number) => batch.index.byNumber.has(number)) &&
    inside.every((one) => !batch.index.byName.has(one)) &&
    !batch.isSentBack(seen)
  );
}

/** The last look before money is booked by a name: does anything else fit as well? */
function unlessDoubtful(
  batch: Batch,
  { name, atMs, deposit }: Seen,
  { orders, isChosen }: { readonly orders: readonly Payable[]; readonly isChosen: boolean },
  alike: readonly Payable[] = orders,
): Verdict {
  const inside = othersInside(batch.index, name, orders);
  if (inside.length > 0) return ask('other_name', inside);
  if (isChosen) return { kind: 'match', orders };
  const twins = ordersNamed(batch.index, name).filter(
    (one) => isRival(one, orders) && !alike.includes(one) && mayCost(one, deposit.amountKrw),
  );
  if (twins.some((one) => batch.isFilled(one))) return ask('paid_twice', orders);
  if (twins.length > 0) return ask('closed_twin', twins);
  const unnamed = unnamedTwins(batch.index, { orders, atMs });
  return unnamed.length > 0 ? ask('unnamed_twin', unnamed) : { kind: 'match', orders };
}

/** A closed order may be meant by all that it cost, though a part of it was paid. */
function mayCost({ order, restKrw }: Payable, amountKrw: number): boolean {
  const isClosed = order.state !== 'awaiting_payment';
  return restKrw === amountKrw || (isClosed && order.amountDueKrw === amountKrw);
}

/** Orders that name no depositor either and cost as much: a name on one of them proves too little. */
export function unnamedTwins(
  { byRest }: OrderIndex,
  { orders, atMs }: { readonly orders: readonly Payable[]; readonly atMs: number },
): readonly Payable[] {
  return orders
    .filter(({ depositor }) => depositor === null)
    .flatMap(({ restKrw }) => byRest.get(restKrw) ?? [])
    .filter((one) => one.depositor === null && !orders.includes(one) && isOpenAt(one, atMs));
}

/** The name fits, no order and no sum does. */
function askAboutAmount(
  batch: Batch,
  { amountKrw, atMs }: { readonly amountKrw: number; readonly atMs: number },
  open: readonly Payable[],
): Verdict {
  const theirs = open.flatMap(({ buyer }) =>
    buyer === null ? [] : (batch.index.byBuyer.get(buyer) ?? []),
  );
  const pool = [...new Set([...open, ...theirs])].filter(
    (one) => isOpenAt(one, atMs) && !batch.isFilled(one),
  );
  const sums = pool.length > open.length ? (sumsOf(pool, amountKrw) ?? []) : [];
  const shared = sums.filter((orders) => orders.some((one) => open.includes(one)));
  if (shared.length > 0) return ask('two_names', shared.flat());
  return ask(misfit(batch, open, { amountKrw, atMs }));
}

/** Why these orders, which the code or the name means, are not what the money is for. */
function misfit(
  batch: Batch,
  orders: readonly Payable[],
  { amountKrw, atMs }: { readonly amountKrw: number; readonly atMs: number },
): AskReason {
  if (orders.length === 0) return 'unknown';
  const open = orders.filter((one) => isOpenAt(one, atMs) && !batch.isFilled(one));
  if (open.length === 0) {
    if (orders.some((one) => batch.isFilled(one))) return 'paid_twice';
    return orders.every(({ order }) => order.state === 'paid') ? 'already_paid' : 'not_open';
  }
  return amountKrw < sum(open) ? 'too_little' : 'too_much';
}

/** Awaits payment, and the money came while it did. */
export function isOpenAt({ order, restKrw, placedMs, payByMs }: Payable, atMs: number): boolean {
  return order.state === 'awaiting_payment' && restKrw > 0 && placedMs <= atMs && atMs <= payByMs;
}

/** Another buyer's, or nobody knows whose; what is paid stands in nobody's way. */
export function isRival(one: Payable, orders: readonly Payable[]): boolean {
  if (orders.includes(one) || one.order.state === 'paid') return false;
  return one.buyer === null || orders.some(({ buyer }) => buyer !== one.buyer);
}

function isOneBuyers([first, ...others]: readonly Payable[]): boolean {
  return (
    first !== undefined &&
    first.buyer !== null &&
    others.every(({ buyer }) => buyer === first.buyer)
  );
}

export function codedOrders(index: OrderIndex, { codes }: ReadName): readonly Payable[] {
  return codes.flatMap((code) => index.byCode.get(code) ?? []);
}

/** Orders that the digits at an end of the name may mean. */
function numbered(index: OrderIndex, { numbers }: ReadName): readonly Payable[] {
  return [...new Set(numbers.flatMap((number) => index.byNumber.get(number) ?? []))];
}

/** Orders the digits mean, where these are none of them. */
export function pointsElsewhere(
  index: OrderIndex,
  name: ReadName,
  orders: readonly Payable[],
): readonly Payable[] | null {
  const pointed = numbered(index, name);
  return pointed.length > 0 && !pointed.some((one) => orders.includes(one)) ? pointed : null;
}

/** Other orders that the text in the brackets is strong evidence for, whoever placed them. */
export function othersInside(
  index: OrderIndex,
  { inside }: ReadName,
  orders: readonly Payable[],
): readonly Payable[] {
  return inside
    .flatMap((text) => ordersNamed(index, readName(text)))
    .filter((one) => !orders.includes(one) && one.order.state !== 'paid');
}

function sum(orders: readonly Payable[]): number {
  return orders.reduce((total, { restKrw }) => total + restKrw, 0);
}

function byAge(a: Payable, b: Payable): number {
  return a.placedMs - b.placedMs;
}
