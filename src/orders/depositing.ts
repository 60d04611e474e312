// Money that came by bank, booked on one order: exactly what is due, a part of it, more than it, or money
// for an order that takes none any more, which is opened as a refund at once. And a booking taken back.

import { estimate, release } from './allocation.ts';
import { openRefunds } from './cancelling.ts';
import {
  type Change,
  changedDays,
  type LedgerEntry,
  listDeltas,
  type ParcelPatch,
  type Payment,
  type Refund,
  reviseLists,
  type State,
  type Who,
} from './change.ts';
import { decidePayChange, isChangeOpen } from './changing.ts';
import type { Days } from './day.ts';
import { DomainError } from './errors.ts';
import { dueKrw, isLive, nextOrderState, nextParcelState, type OrderCore } from './order.ts';
import {
  decidePay,
  mustHaveOrder,
  type PaymentRequest,
  paymentOf,
  settleOrder,
  withPatches,
} from './paying.ts';
import { payBy } from './placing.ts';
import { remindAt } from './reminding.ts';

export type DepositRequest = {
  readonly depositId: string;
  /** What of the deposit is for this order. */
  readonly amountKrw: number;
  readonly depositor: string | null;
  /** The instant at the bank. */
  readonly at: string;
  /** An expired order lives again by it; without this its money is opened as a refund. */
  readonly isRevived: boolean;
  /**
   * What was decided without asking anybody: it is all that is due, or a part of it. Refused where that is
   * not so any more. Absent: the seller says so, and whatever came is taken.
   */
  readonly expected?: 'all' | 'part';
};

/** Takes whatever came; nothing of it is lost. */
export function decideDeposit(state: State, request: DepositRequest, who: Who): Change<OrderCore> {
  const { isRevived, expected, ...money } = request;
  if (expected !== undefined) mustStillFit(state, request.amountKrw, expected);
  const payment: PaymentRequest = { ...money, method: 'bank', reference: null };
  const given = mustHaveOrder(state);
  const isBack = isRevived && given.state === 'expired';
  const order = isBack ? revived(state, given) : given;
  const backed = { ...state, order };
  const change = takeIn(backed, order, { payment, amountKrw: request.amountKrw, who });
  if (!isBack) return change;
  const lives = { orderId: order.id, event: 'revived' } as const;
  return { ...change, events: [lives, ...change.events] };
}

function mustStillFit(state: State, amountKrw: number, expected: 'all' | 'part'): void {
  const order = mustHaveOrder(state);
  const openKrw = isChangeOpen(state) ? (state.openChange?.extraKrw ?? 0) : 0;
  const due = order.state === 'awaiting_payment' ? dueKrw(order) : openKrw;
  if (expected === 'all' ? amountKrw !== due : amountKrw > due)
    throw new DomainError('amount_mismatch', `expected ${due}, got ${amountKrw}`, {
      dueKrw: due,
      amountKrw,
    });
}

type Coming = { readonly payment: PaymentRequest; readonly amountKrw: number; readonly who: Who };

function takeIn(state: State, order: OrderCore, coming: Coming): Change<OrderCore> {
  const { payment, amountKrw, who } = coming;
  if (isChangeOpen(state) && state.openChange?.extraKrw === amountKrw)
    return decidePayChange(state, payment, who);
  const entry = paymentOf(order, { ...payment, amountKrw });
  if (order.state !== 'awaiting_payment') return takeForRefund(state, order, entry, who);
  const due = dueKrw(order);
  if (amountKrw === due) return decidePay(state, payment, who);
  if (amountKrw < due) return takePart(order, entry, who);
  const paid = settleOrder(state, order, { payment: entry, who });
  return withRefund(state, paid.answer, paid);
}

function takePart(order: OrderCore, payment: LedgerEntry, who: Who): Change<OrderCore> {
  const { amountKrw, at } = payment;
  const part = { ...order, paidKrw: order.paidKrw + amountKrw };
  const restKrw = dueKrw(part);
  return {
    answer: part,
    who,
    orders: [part],
    payment,
    events: [{ orderId: order.id, event: 'part_paid', detail: { amountKrw, restKrw } }],
    notices: [
      {
        to: { person: order.buyerId },
        kind: 'part_paid',
        orderId: order.id,
        data: { code: order.code, amountKrw, restKrw, actedAt: at },
      },
    ],
  };
}

/** Money for an order that is paid, over or cancelled: booked, and opened as a refund at once. */
function takeForRefund(
  state: State,
  order: OrderCore,
  payment: LedgerEntry,
  who: Who,
): Change<OrderCore> {
  const { amountKrw } = payment;
  const paid = { ...order, paidKrw: order.paidKrw + amountKrw };
  return withRefund(state, paid, {
    answer: paid,
    who,
    orders: [paid],
    payment,
    events: [{ orderId: order.id, event: 'paid', detail: { amountKrw, method: payment.method } }],
    notices: [],
  });
}

/** What is more than an order costs goes back; an order that takes none costs nothing any more. */
function withRefund(state: State, order: OrderCore, change: Change<OrderCore>): Change<OrderCore> {
  const { payment, who } = change;
  if (payment === undefined) return change;
  const overKrw = Math.min(payment.amountKrw, overPaidKrw(order));
  if (overKrw <= 0) return change;
  const refund = {
    id: `${order.id.replace('ord_', 'ref_')}-${state.refunds.length + 1}`,
    orderId: order.id,
    paymentId: null,
    amountKrw: overKrw,
    state: 'needs_account',
    account: null,
  } as const;
  const final = { ...order, refundDueKrw: order.refundDueKrw + overKrw };
  const { code } = order;
  const data = { code, amountKrw: overKrw, actedAt: payment.at };
  return {
    ...change,
    answer: final,
    orders: [final],
    refunds: [refund],
    events: [
      ...change.events,
      {
        orderId: order.id,
        event: 'refund_opened',
        detail: { amountKrw: overKrw, state: refund.state },
      },
    ],
    notices: [
      ...change.notices,
      { to: { person: order.buyerId }, kind: 'overpaid', orderId: order.id, data },
      ...(who === 'seller'
        ? []
        : ([
            {
              to: { role: 'seller' },
              kind: 'overpaid',
              orderId: order.id,
              data: { ...data, toSeller: true },
            },
          ] as const)),
    ],
  };
}

function overPaidKrw(order: OrderCore): number {
  const kept = order.paidKrw - order.refundedKrw - order.refundDueKrw;
  return order.state === 'expired' ? kept : kept - order.totalKrw;
}

/** An expired order waits for its payment again, with as much time as a new one. */
export function decideRevive(state: State, who: Who): Change<OrderCore> {
  const back = revived(state, mustHaveOrder(state));
  const waiting = back.parcels.filter((parcel) => parcel.state === 'waiting');
  const dates = estimate(state, waiting);
  const parcels = waiting.map(({ id, state: as }, index): ParcelPatch => {
    return { id, orderId: back.id, state: as, harvestDate: dates[index] ?? null };
  });
  const order = { ...back, parcels: withPatches(back, parcels) };
  return {
    answer: order,
    who,
    orders: [order],
    parcels,
    events: [{ orderId: order.id, event: 'revived' }],
    notices: [
      {
        to: { person: order.buyerId },
        kind: 'revived',
        orderId: order.id,
        data: { code: order.code },
      },
    ],
  };
}

/** A part-paid order whose time was over gets as much again as a new one. */
export function decideWaitForRest(state: State, who: Who): Change<OrderCore> {
  const order = mustHaveOrder(state);
  if (order.state !== 'awaiting_payment')
    throw new DomainError('conflict', `an order that is ${order.state} waits for no payment`, {
      state: order.state,
    });
  const waiting = { ...order, payBy: payBy(state.shop, state.now), handedAt: null };
  const { code, id: orderId } = order;
  const data = { code, amountKrw: order.paidKrw };
  return {
    answer: waiting,
    who,
    orders: [waiting],
    events: [],
    notices: [{ to: { person: order.buyerId }, kind: 'part_paid', orderId, data }],
  };
}

function revived({ shop, now }: State, order: OrderCore): OrderCore {
  if (order.refundDueKrw > 0)
    throw new DomainError('conflict', 'its money is on the way back to the buyer', {
      code: order.code,
      state: 'refund_open',
    });
  const until = payBy(shop, now);
  const window = { placedAt: now, payBy: new Date(until) };
  return {
    ...order,
    state: nextOrderState(order.state, 'revive'),
    payBy: until,
    remindAt: remindAt(shop.policy, window)?.toISOString() ?? null,
    claimedPaidAt: null,
    handedAt: null,
  };
}

/**
 * Offsets what was booked from a deposit. An order that is owed again by it waits for its payment, and
 * its parcels leave their days; one that is harvested already keeps what was booked.
 */
export function decideTakeBack(state: State, depositId: string, who: Who): Change<OrderCore> {
  const order = mustHaveOrder(state);
  const booked = state.payments.filter(
    (payment) => payment.depositId === depositId && !isTakenBack(payment, state.refunds),
  );
  const own = state.refunds.filter(({ paymentId }) => booked.some(({ id }) => id === paymentId));
  if (own.some(({ state: at }) => at === 'done'))
    throw new DomainError('conflict', 'money of this deposit was paid back already', {
      code: order.code,
      state: 'refunded',
    });
  const amountKrw = sumOf(booked);
  const { withdrawn, opened } = refundsWithout(state, order, booked);
  const less: OrderCore = {
    ...order,
    paidKrw: order.paidKrw - amountKrw,
    refundDueKrw: order.refundDueKrw - sumOf(withdrawn) + sumOf(opened),
  };
  const isOwed = order.state === 'paid' && dueKrw(less) > 0;
  const freed = isOwed ? leaveDays(state, less) : null;
  const final = freed?.order ?? less;
  const lists = { joined: [], struck: freed?.struck ?? [] };
  const days = reviseLists(changedDays(state.days, freed?.days ?? state.days), lists);
  return {
    answer: final,
    who,
    orders: [final],
    parcels: freed?.patches ?? [],
    days,
    struck: lists.struck,
    counter: booked.map(({ id, amountKrw: krw, method }) => ({
      orderId: order.id,
      kind: 'adjustment',
      amountKrw: krw,
      method,
      paymentId: id,
      at: state.now.toISOString(),
    })),
    refundPatches: withdrawn.map(({ id }) => ({ id, state: 'withdrawn' })),
    refunds: opened.map((refund) => ({ ...refund, orderId: order.id, account: null })),
    events: [
      { orderId: order.id, event: 'payment_taken_back', detail: { amountKrw, isOwed } },
      ...withdrawn.map(({ amountKrw: krw }) => ({
        orderId: order.id,
        event: 'refund_withdrawn' as const,
        detail: { amountKrw: krw },
      })),
      ...opened.map(({ amountKrw: krw, state: at }) => ({
        orderId: order.id,
        event: 'refund_opened' as const,
        detail: { amountKrw: krw, state: at },
      })),
    ],
    notices: [
      {
        to: { person: order.buyerId },
        kind: 'payment_taken_back',
        orderId: order.id,
        data: { code: order.code, amountKrw, isOwed },
      },
      ...listDeltas(days, lists, who),
    ],
  };
}

/**
 * What is to go back once these payments are gone: refunds of theirs are withdrawn, and where the others are
 * now too many or too few, all that are open are, and opened anew.
 */
function refundsWithout(
  state: State,
  order: OrderCore,
  gone: readonly Payment[],
): { readonly withdrawn: readonly Refund[]; readonly opened: readonly Refund[] } {
  const isGone = (id: number) => gone.some((payment) => payment.id === id);
  const open = state.refunds.filter(({ state: at }) => at !== 'done' && at !== 'withdrawn');
  const left = { ...order, paidKrw: order.paidKrw - sumOf(gone), refundDueKrw: 0 };
  const neededKrw = Math.max(0, overPaidKrw(left));
  const others = open.filter(({ paymentId }) => !isGone(paymentId));
  if (sumOf(others) === neededKrw)
    return { withdrawn: open.filter(({ paymentId }) => isGone(paymentId)), opened: [] };
  const refunds = state.refunds.map(
    (refund): Refund => (open.includes(refund) ? { ...refund, state: 'withdrawn' } : refund),
  );
  const payments = state.payments
    .filter(({ id }) => !isGone(id))
    .map((payment) => {
      const back = open.filter(({ paymentId }) => paymentId === payment.id);
      return { ...payment, refundedKrw: payment.refundedKrw - sumOf(back) };
    });
  // An expired order costs nothing any more, so all of its money goes back.
  const counted = order.state === 'expired' ? { ...left, totalKrw: 0 } : left;
  return { withdrawn: open, opened: openRefunds({ ...state, payments, refunds }, counted, null) };
}

function isTakenBack(payment: Payment, refunds: readonly Refund[]): boolean {
  const returned = refunds.filter((r) => r.paymentId === payment.id && r.state !== 'withdrawn');
  return payment.refundedKrw - sumOf(returned) >= payment.amountKrw;
}

/** The order without its payment: its parcels give their room back, where that can still be. */
function leaveDays(
  state: State,
  order: OrderCore,
): {
  readonly order: OrderCore;
  readonly patches: readonly ParcelPatch[];
  readonly days: Days;
  readonly struck: readonly { readonly date: string; readonly parcelId: string }[];
} {
  const live = order.parcels.filter(isLive);
  const stuck = live.find((parcel) => parcel.state !== 'waiting' && parcel.state !== 'scheduled');
  if (stuck !== undefined)
    throw new DomainError('conflict', `a parcel is already ${stuck.state}`, {
      code: order.code,
      state: stuck.state,
    });
  let { days } = state;
  const struck: { date: string; parcelId: string }[] = [];
  for (const parcel of live) {
    const { harvestDate: date, state: was, id: parcelId } = parcel;
    if (was !== 'scheduled' || date === null) continue;
    if ((state.days.get(date)?.revision ?? 0) > 0) struck.push({ date, parcelId });
    days = release({ ...state, days }, parcel, date);
  }
  const patches = live.map(({ id, state: was }): ParcelPatch => {
    const next = was === 'scheduled' ? nextParcelState(was, 'unschedule') : was;
    return { id, orderId: order.id, state: next, harvestDate: null, isUnpaid: true };
  });
  const now = state.now.toISOString();
  const again = payBy(state.shop, state.now);
  return {
    order: {
      ...order,
      state: nextOrderState(order.state, 'unpay'),
      payBy: order.payBy > now ? order.payBy : again,
      paidAt: null,
      depositedAt: null,
      bookingSeq: null,
      parcels: withPatches(order, patches),
    },
    patches,
    days,
    struck,
  };
}

function sumOf(amounts: readonly { readonly amountKrw: number }[]): number {
  return amounts.reduce((sum, { amountKrw }) => sum + amountKrw, 0);
}
