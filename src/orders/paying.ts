// Paying, the buyer's word that he paid, and the end of the time to pay.

import { allocateBehind } from './allocation.ts';
import {
  type Change,
  changedDays,
  type LedgerEntry,
  listDeltas,
  type Notice,
  type ParcelPatch,
  type PaymentMethod,
  reviseLists,
  type State,
  wasOn,
} from './change.ts';
import { DomainError } from './errors.ts';
import { dueKrw, nextOrderState, nextParcelState, type OrderCore } from './order.ts';

export type PaymentRequest = {
  /** Must be exactly what is due; null takes what is due. */
  readonly amountKrw: number | null;
  readonly method: PaymentMethod;
  readonly reference: string | null;
  /** The name on the transfer. */
  readonly depositor: string | null;
  /** The instant at the bank; decides the place in the queue. */
  readonly at: string;
  /** The deposit it is booked from. */
  readonly depositId?: string;
};

/** Takes an exact payment and gives each parcel its promised date. */
export function decidePay(
  state: State,
  request: PaymentRequest,
  who: Change<never>['who'],
): Change<OrderCore> {
  const order = mustHaveOrder(state);
  if (order.state !== 'awaiting_payment')
    throw new DomainError('not_payable', `an order that is ${order.state} cannot be paid`, {
      state: order.state,
      code: order.code,
    });
  const due = dueKrw(order);
  const amountKrw = request.amountKrw ?? due;
  if (amountKrw !== due)
    throw new DomainError('amount_mismatch', `expected ${due}, got ${amountKrw}`, {
      dueKrw: due,
      amountKrw,
    });
  return settleOrder(state, order, { payment: paymentOf(order, { ...request, amountKrw }), who });
}

/** What an order that is not owed anything any more becomes: dates, places in the queue, words. */
export function settleOrder(
  state: State,
  order: OrderCore,
  { payment, who }: { readonly payment: LedgerEntry; readonly who: Change<never>['who'] },
): Change<OrderCore> {
  const { at, amountKrw } = payment;
  const live = order.parcels.filter((parcel) => parcel.state === 'waiting');
  const earlier = state.waiting.filter(({ depositedAt }) => depositedAt <= at);
  const plan = allocateBehind(state, earlier, live);
  const patches = live.map((parcel, index): ParcelPatch => {
    const date = plan.dates[index] ?? null;
    const next = date === null ? parcel.state : nextParcelState(parcel.state, 'schedule');
    return { id: parcel.id, orderId: order.id, state: next, harvestDate: date };
  });
  const joined = patches.flatMap(({ id, harvestDate }) =>
    harvestDate !== null && (state.days.get(harvestDate)?.revision ?? 0) > 0
      ? [{ date: harvestDate, parcelId: id }]
      : [],
  );
  const paid: OrderCore = {
    ...order,
    state: nextOrderState(order.state, 'pay'),
    paidKrw: order.paidKrw + amountKrw,
    paidAt: state.now.toISOString(),
    depositedAt: at,
    parcels: withPatches(order, patches),
  };
  const lists = { joined, struck: [] };
  const days = reviseLists(changedDays(state.days, plan.days), lists);
  return {
    answer: paid,
    who,
    orders: [paid],
    parcels: patches,
    days,
    joined,
    payment,
    events: [
      { orderId: order.id, event: 'paid', detail: { amountKrw, method: payment.method } },
      ...patches.map(({ id, harvestDate }) =>
        harvestDate === null
          ? ({ orderId: order.id, parcelId: id, event: 'no_date' } as const)
          : ({
              orderId: order.id,
              parcelId: id,
              event: 'scheduled',
              detail: { date: harvestDate },
            } as const),
      ),
    ],
    notices: [
      ...paidNotices(order, patches, actedAt(order, payment)),
      ...listDeltas(days, lists, who),
    ],
  };
}

/** Places in the queue are compared as text, so every instant is written the same way. */
export function paymentOf(
  order: Pick<OrderCore, 'id'>,
  request: PaymentRequest & { readonly amountKrw: number },
): LedgerEntry {
  const { amountKrw, method, reference, depositor, depositId } = request;
  const at = new Date(request.at).toISOString();
  const entry = { amountKrw, method, reference, depositor, at } as const;
  const from = depositId === undefined ? {} : { depositId };
  return { orderId: order.id, kind: 'payment', ...entry, ...from };
}

/** The buyer says the money is on its way: recorded, nothing else changes. */
export function decideClaimPaid(state: State): Change<OrderCore> {
  const order = mustHaveOrder(state);
  if (order.state !== 'awaiting_payment' || order.claimedPaidAt !== null)
    return { answer: order, who: 'buyer', events: [], notices: [] };
  const claimed = { ...order, claimedPaidAt: state.now.toISOString() };
  return {
    answer: claimed,
    who: 'buyer',
    orders: [claimed],
    events: [{ orderId: order.id, event: 'payment_claimed' }],
    notices: [],
  };
}

/** Ends an unpaid order whose time is over; a part-paid one is handed to the seller, once. */
export function decideExpire(state: State): Change<boolean> {
  const order = mustHaveOrder(state);
  const isOver = order.payBy <= state.now.toISOString();
  if (order.state !== 'awaiting_payment' || order.handedAt !== null || !isOver)
    return { answer: false, who: 'system', events: [], notices: [] };
  if (order.paidKrw > 0) return handToSeller(order, state.now);
  return {
    answer: true,
    who: 'system',
    orders: [{ ...order, state: nextOrderState(order.state, 'expire') }],
    // Its estimates go with it, or others would queue behind nobody.
    parcels: order.parcels
      .filter(({ state }) => state === 'waiting')
      .map(({ id }) => ({ id, orderId: order.id, state: 'waiting', harvestDate: null })),
    events: [{ orderId: order.id, event: 'expired' }],
    notices: [
      {
        to: { person: order.buyerId },
        kind: 'expired',
        orderId: order.id,
        data: { code: order.code },
      },
    ],
  };
}

function handToSeller(order: OrderCore, now: Date): Change<boolean> {
  const { id: orderId, code, paidKrw } = order;
  const data = { code, paidKrw, dueKrw: dueKrw(order) };
  return {
    answer: true,
    who: 'system',
    orders: [{ ...order, handedAt: now.toISOString() }],
    events: [{ orderId, event: 'handed_to_seller', detail: { paidKrw } }],
    notices: [{ to: { role: 'seller' }, kind: 'part_paid_over', orderId, data }],
  };
}

export function mustHaveOrder(state: State): OrderCore {
  if (state.order === null) throw new DomainError('not_found', 'no such order');
  return state.order;
}

export function withPatches(
  order: OrderCore,
  patches: readonly ParcelPatch[],
): OrderCore['parcels'] {
  return order.parcels.map((parcel) => {
    const patch = patches.find(({ id }) => id === parcel.id);
    if (patch === undefined) return parcel;
    const { state, harvestDate, packages = parcel.packages } = patch;
    return { ...parcel, state, harvestDate, packages };
  });
}

/**
 * When the buyer last did something for this payment: ordered, said that he paid, or, where a bank saw
 * it, sent the money. Whoever just acted is told at any hour.
 */
function actedAt(order: OrderCore, { method, at }: LedgerEntry): string {
  const acts = [order.placedAt, order.claimedPaidAt ?? '', method === 'manual' ? '' : at];
  return acts.reduce((last, act) => (act > last ? act : last));
}

function paidNotices(order: OrderCore, patches: readonly ParcelPatch[], actedAt: string): Notice[] {
  const estimates = new Map(order.parcels.map(({ id, harvestDate }) => [id, harvestDate]));
  const moved = patches.filter(
    ({ id, harvestDate }) => harvestDate !== null && estimates.get(id) !== harvestDate,
  );
  const undated = patches.filter(({ harvestDate }) => harvestDate === null);
  const was = undated.map(({ id }) => wasOn(id, estimates.get(id) ?? null));
  const subject = { kind: 'no_date', orderId: order.id } as const;
  const { code } = order;
  return [
    {
      to: { person: order.buyerId },
      kind: 'paid',
      orderId: order.id,
      data: {
        code,
        actedAt,
        moved: moved.map(({ id }) => id),
        was: moved.map(({ id }) => wasOn(id, estimates.get(id) ?? null)),
      },
    },
    ...(undated.length > 0
      ? ([
          { ...subject, to: { person: order.buyerId }, data: { code, actedAt, was } },
          { ...subject, to: { role: 'seller' }, data: { code, actedAt, toStaff: true } },
        ] as const)
      : []),
  ];
}
