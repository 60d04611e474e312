// Money that goes back to a buyer: waits for an account, is paid out by the seller, or could not be sent.
import type { Change, Notice, Refund, RefundPatch, State, Who } from './change.ts';
import { DomainError } from './errors.ts';
import type { OrderCore } from './order.ts';
import { mustHaveOrder } from './paying.ts';

export type RefundStep = { readonly order: OrderCore; readonly refund: Refund };

/** The seller sent the money. Said again it is the same answer. */
export function decideRefundDone(state: State, refundId: string, who: Who): Change<RefundStep> {
  const order = mustHaveOrder(state);
  const refund = mustHaveRefund(state, refundId);
  if (refund.state === 'done') return unchanged(order, refund, who);
  if (refund.state !== 'due' && refund.state !== 'needs_account')
    throw new DomainError('conflict', `a refund that is ${refund.state} cannot be done`, {
      state: refund.state,
    });
  const { amountKrw, paymentId } = refund;
  const method = state.payments.find(({ id }) => id === paymentId)?.method ?? 'bank';
  const final = {
    ...order,
    refundedKrw: order.refundedKrw + amountKrw,
    refundDueKrw: order.refundDueKrw - amountKrw,
  };
  const at = state.now.toISOString();
  return {
    ...step(final, refund, { to: 'done', who }),
    orders: [final],
    counter: [{ orderId: order.id, kind: 'refund', amountKrw, method, paymentId, at }],
  };
}

/** The money could not be sent, mostly because of the account: the buyer is asked for another. */
export function decideRefundFailed(state: State, refundId: string, who: Who): Change<RefundStep> {
  const order = mustHaveOrder(state);
  const refund = mustHaveRefund(state, refundId);
  if (refund.state === 'failed') return unchanged(order, refund, who);
  if (refund.state !== 'due')
    throw new DomainError('conflict', `a refund that is ${refund.state} cannot fail`, {
      state: refund.state,
    });
  return step(order, refund, { to: 'failed', who });
}

/** Reminds a buyer once of the account that his refund waits for; answers whether he was. */
export function decideRemindRefund(state: State): Change<boolean> {
  const order = mustHaveOrder(state);
  const waiting = state.refunds.filter(
    (refund) => refund.state === 'needs_account' && !refund.isReminded,
  );
  if (waiting.length === 0) return { answer: false, who: 'system', events: [], notices: [] };
  const amountKrw = waiting.reduce((sum, refund) => sum + refund.amountKrw, 0);
  return {
    answer: true,
    who: 'system',
    refundPatches: waiting.map(({ id, state: at }) => ({ id, state: at, isReminded: true })),
    events: [{ orderId: order.id, event: 'refund_reminded', detail: { amountKrw } }],
    notices: [noticeOf(order, 'refund_reminder', amountKrw)],
  };
}

function mustHaveRefund(state: State, id: string): Refund {
  const refund = state.refunds.find((one) => one.id === id);
  if (refund === undefined) throw new DomainError('not_found', `no such refund ${id}`);
  return refund;
}

function unchanged(order: OrderCore, refund: Refund, who: Who): Change<RefundStep> {
  return { answer: { order, refund }, who, events: [], notices: [] };
}

function step(
  order: OrderCore,
  refund: Refund,
  { to, who }: { readonly to: 'done' | 'failed'; readonly who: Who },
): Change<RefundStep> {
  const { id, amountKrw } = refund;
  const kind = to === 'done' ? 'refund_done' : 'refund_failed';
  const patch: RefundPatch = { id, state: to };
  return {
    answer: { order, refund: { ...refund, state: to } },
    who,
    refundPatches: [patch],
    events: [{ orderId: order.id, event: kind, detail: { amountKrw } }],
    notices: [noticeOf(order, kind, amountKrw)],
  };
}

function noticeOf(
  order: OrderCore,
  kind: 'refund_done' | 'refund_failed' | 'refund_reminder',
  amountKrw: number,
): Notice {
  const data = { code: order.code, amountKrw };
  return { to: { person: order.buyerId }, kind, orderId: order.id, data };
}
