// Cancelling an order or single parcels before shipping: boxes go back once, paid money opens a refund.

import { release } from './allocation.ts';
import {
  type Change,
  changedDays,
  listDeltas,
  type Notice,
  type ParcelPatch,
  type Refund,
  type RefundAccount,
  reviseLists,
  type State,
} from './change.ts';
import type { Days } from './day.ts';
import { DomainError } from './errors.ts';
import {
  canCancel,
  dueKrw,
  isLive,
  nextOrderState,
  nextParcelState,
  type OrderCore,
  type ParcelCore,
  STATES_ON_A_DATE,
} from './order.ts';
import { mustHaveOrder, withPatches } from './paying.ts';
import { quote } from './quote.ts';
import { refundDue } from './refunding.ts';

export type CancelRequest = {
  /** Null means the whole order. */
  readonly parcelIds: readonly string[] | null;
  readonly reason: string | null;
  readonly account: RefundAccount | null;
  /** The buyer hears it though he did it: on a page, whose link somebody else may have. */
  readonly tellsBuyer?: boolean;
};

export type Cancelled = { readonly order: OrderCore; readonly refunds: readonly Refund[] };

/** What a cancel would give back, for the question before it. */
export function refundFor(order: OrderCore, parcelIds: readonly string[]): number {
  const rest = order.parcels.filter((p) => isLive(p) && !parcelIds.includes(p.id));
  const owed = quoteOf(order, rest).totalKrw;
  return Math.max(0, order.paidKrw - order.refundedKrw - order.refundDueKrw - owed);
}

/** Part of the money is there already, and the rest would cost no more: that is the seller's to say. */
export function refusalOfPart(order: OrderCore, rest: readonly ParcelCore[]): DomainError | null {
  const keptKrw = order.paidKrw - order.refundedKrw - order.refundDueKrw;
  if (rest.length === 0 || order.state !== 'awaiting_payment' || order.paidKrw === 0) return null;
  if (quoteOf(order, rest).totalKrw > keptKrw) return null;
  const detail = { state: 'part_paid', code: order.code };
  return new DomainError(
    'not_cancellable',
    'more is paid than the rest of the order costs',
    detail,
  );
}

export function decideCancel(
  state: State,
  request: CancelRequest,
  who: Change<never>['who'],
): Change<Cancelled> {
  const order = mustHaveOrder(state);
  const targets = targetsOf(order, request.parcelIds);
  // Said again: the same answer, nothing happens twice.
  if (targets.length === 0)
    return { answer: { order, refunds: state.refunds }, who, events: [], notices: [] };
  const patches = targets.map(
    (parcel): ParcelPatch => ({
      id: parcel.id,
      orderId: order.id,
      state: nextParcelState(parcel.state, 'cancel'),
      harvestDate: parcel.harvestDate,
    }),
  );
  const onDates = targets.filter((parcel) => STATES_ON_A_DATE.has(parcel.state));
  let days: Days = state.days;
  const struck: { date: string; parcelId: string }[] = [];
  for (const parcel of onDates) {
    if (parcel.harvestDate === null) continue;
    days = release({ ...state, days }, parcel, parcel.harvestDate);
    if ((state.days.get(parcel.harvestDate)?.revision ?? 0) > 0)
      struck.push({ date: parcel.harvestDate, parcelId: parcel.id });
  }
  const cancelled = afterCancel(order, patches);
  const refunds = openRefunds(state, cancelled, request.account);
  const refundKrw = refunds.reduce((sum, refund) => sum + refund.amountKrw, 0);
  const final = { ...cancelled, refundDueKrw: order.refundDueKrw + refundKrw };
  const lists = { joined: [], struck };
  const revised = reviseLists(changedDays(state.days, days), lists);
  const toSend = request.account === null ? [] : refunds.filter(({ state: at }) => at === 'due');
  // Of a list that is out the farmer hears its new revision instead.
  const isAllOnLists = targets.every(({ id }) => struck.some(({ parcelId }) => parcelId === id));
  return {
    answer: { order: final, refunds: [...state.refunds, ...refunds] },
    who,
    orders: [final],
    parcels: patches,
    days: revised,
    struck,
    refunds: refunds.map((refund) => ({
      ...refund,
      orderId: order.id,
      account: request.account,
    })),
    events: [
      ...targets.map((parcel) => ({
        orderId: order.id,
        parcelId: parcel.id,
        event: 'cancelled' as const,
        detail: { was: parcel.state },
      })),
      ...refunds.map((refund) => ({
        orderId: order.id,
        event: 'refund_opened' as const,
        detail: { amountKrw: refund.amountKrw, state: refund.state },
      })),
    ],
    notices: [
      ...cancelNotices(final, { ...request, targets, refundKrw, isAllOnLists }, who),
      ...(toSend.length > 0 ? [refundDue(final, toSend, false)] : []),
      ...listDeltas(revised, lists, who),
    ],
  };
}

function targetsOf(order: OrderCore, parcelIds: readonly string[] | null): ParcelCore[] {
  // Each once, however often it is named: its boxes are freed once.
  const named =
    parcelIds === null
      ? order.parcels
      : [...new Set(parcelIds)].map((id) => mustHaveParcel(order, id));
  if (order.state === 'expired')
    throw new DomainError('not_cancellable', 'the order has expired', { state: 'expired' });
  const live = named.filter(isLive);
  const stuck = live.find((parcel) => !canCancel(parcel));
  if (stuck !== undefined)
    throw new DomainError('not_cancellable', `a parcel is already ${stuck.state}`, {
      state: stuck.state,
      code: order.code,
    });
  return live;
}

function mustHaveParcel(order: OrderCore, id: string): ParcelCore {
  const parcel = order.parcels.find((one) => one.id === id);
  if (parcel === undefined) throw new DomainError('not_found', `order has no parcel ${id}`);
  return parcel;
}

function quoteOf(order: OrderCore, parcels: readonly ParcelCore[]) {
  return quote(parcels, order.terms);
}

function afterCancel(order: OrderCore, patches: readonly ParcelPatch[]): OrderCore {
  const parcels = withPatches(order, patches);
  const rest = parcels.filter(isLive);
  const { goodsKrw, surchargeKrw, ...quoted } = quoteOf(order, rest);
  // Free shipping may be lost with a parcel, yet a cancel never makes a paid order owe again.
  const keptKrw = order.paidKrw - order.refundedKrw - order.refundDueKrw;
  const waivedKrw = order.state === 'paid' ? Math.max(0, quoted.totalKrw - keptKrw) : 0;
  const shippingKrw = quoted.shippingKrw - waivedKrw;
  const totalKrw = quoted.totalKrw - waivedKrw;
  const isWhole = rest.length === 0;
  const refusal = refusalOfPart(order, rest);
  if (refusal !== null) throw refusal;
  const state = isWhole ? nextOrderState(order.state, 'cancel') : order.state;
  return { ...order, state, goodsKrw, shippingKrw, surchargeKrw, totalKrw, parcels };
}

/** Each refund names the payment it returns; newest payments are returned first. */
export function openRefunds(
  state: State,
  order: OrderCore,
  account: RefundAccount | null,
): Refund[] {
  let left = -dueKrw(order) - order.refundDueKrw;
  const refunds: Refund[] = [];
  for (const payment of [...state.payments].reverse()) {
    if (left <= 0) break;
    const amountKrw = Math.min(left, payment.amountKrw - payment.refundedKrw);
    if (amountKrw <= 0) continue;
    const needsAccount = payment.method !== 'kakaopay' && account === null;
    refunds.push({
      id: `${order.id.replace('ord_', 'ref_')}-${state.refunds.length + refunds.length + 1}`,
      paymentId: payment.id,
      amountKrw,
      state: needsAccount ? 'needs_account' : 'due',
    });
    left -= amountKrw;
  }
  return refunds;
}

function cancelNotices(
  order: OrderCore,
  told: {
    readonly targets: readonly ParcelCore[];
    readonly refundKrw: number;
    readonly reason: string | null;
    readonly isAllOnLists: boolean;
    readonly tellsBuyer?: boolean;
  },
  who: Change<never>['who'],
): Notice[] {
  const { targets, refundKrw, reason, isAllOnLists, tellsBuyer = false } = told;
  const subject = {
    kind: 'cancelled',
    orderId: order.id,
    data: { code: order.code, refundKrw, parcels: targets.map(({ id }) => id), who },
  } as const;
  const wasPaid = order.paidKrw > 0;
  return [
    ...(who === 'buyer' && !tellsBuyer
      ? []
      : [
          {
            ...subject,
            to: { person: order.buyerId },
            data: { ...subject.data, toBuyer: true },
            ...(reason === null ? {} : { said: reason }),
          },
        ]),
    // An order nobody paid for was never on the farm's books: no need to wake anyone.
    ...(wasPaid && who !== 'seller' ? [{ to: { role: 'seller' } as const, ...subject }] : []),
    ...(wasPaid && who !== 'farmer' && !isAllOnLists
      ? [{ to: { role: 'farmer' } as const, ...subject }]
      : []),
  ];
}
