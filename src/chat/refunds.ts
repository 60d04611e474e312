// The seller's work with money that goes back: what waits, what was sent, what could not be sent.
import type { DomainError } from '../orders/errors.ts';
import { undatedOf } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { type RefundStep, transfersOf } from '../orders/refunding.ts';
import type { RefundRecord } from '../orders/store.ts';
import { type Asking, by, type Handled, pending, stay } from './desk.ts';
import * as replies from './replies/index.ts';

const REFUNDS_READ_MAX = 100;

/** A page of the list; `after` is the order shown last, when there is a page before. */
export async function showRefunds(asking: Asking, after: string | null): Promise<Handled> {
  const { desk, shop } = asking;
  const open = await desk.store.findOpenRefunds(shop.id, REFUNDS_READ_MAX);
  return stay(asking, replies.refundList(transfersOf(open), after));
}

/** What of an order goes back, whatever its state; its account to be copied when it is due. */
export async function showRefundsOf(asking: Asking, code: string): Promise<Handled> {
  const of = await openOf(asking, code);
  const [only] = transfersOf(of);
  if (only === undefined) return stay(asking, replies.noRefundOf(code));
  return stay(asking, replies.refundTransfer(only));
}

/** In words: everything of the order that is to go back. */
export async function refundSaid(asking: Asking, code: string, isDone: boolean): Promise<Handled> {
  const open = await openOf(asking, code);
  const meant = isDone ? open : open.filter(({ state }) => state !== 'needs_account');
  const [first] = meant;
  if (first !== undefined) return settle(asking, meant, isDone);
  if (open.length > 0) return stay(asking, replies.refundNotDue(code));
  const before = await endedOf(asking, code);
  if (before.length === 0) return stay(asking, replies.noRefundOf(code));
  return stay(asking, replies.refundSentBefore(code, sumOf(before)));
}

/** A press; `ref` names the refunds of one transfer. It is visible to people, so it is checked here. */
export async function refundPressed(
  asking: Asking,
  ref: string,
  isDone: boolean,
): Promise<Handled> {
  const { desk, shop } = asking;
  const ids = ref.split('.').slice(0, REFUNDS_READ_MAX);
  const found = await Promise.all(ids.map((id) => desk.store.findRefund(shop.id, id)));
  const refunds = found.flatMap((refund) => refund ?? []);
  const isOneOrder = new Set(refunds.map(({ orderId }) => orderId)).size === 1;
  if (!isOneOrder || refunds.length < ids.length) return stay(asking, replies.noSuchRefund());
  return settle(asking, refunds, isDone);
}

/** Gives up what of an order waits for a date; its other parcels stay. */
export async function refundUndated(asking: Asking, orderId: string): Promise<Handled> {
  const { desk, shop } = asking;
  const order = await desk.store.findOrder(shop.id, orderId);
  const parcels = order === null ? [] : undatedOf(order);
  if (order === null) return stay(asking, replies.orderIsGone());
  if (parcels.length === 0) return stay(asking, replies.isDatedAgain(order));
  const parcelIds = parcels.map(({ id }) => id);
  const request = { parcelIds, reason: replies.NO_DATE_LEFT, account: null };
  return pending({
    command: ordering.cancel(by(asking, 'seller'), orderId, request),
    settle: (cancelled) => {
      const refundKrw = cancelled.order.refundDueKrw - order.refundDueKrw;
      return stay(asking, replies.undatedRefunded(order, { parcels, refundKrw }));
    },
    refused: (error) => stay(asking, replies.refused(error, shop)),
  });
}

function settle(asking: Asking, refunds: readonly RefundRecord[], isDone: boolean): Handled {
  const [{ orderId, code } = { orderId: '', code: '' }] = refunds;
  const refundIds = refunds.map(({ id }) => id);
  const seller = by(asking, 'seller');
  return pending<RefundStep>({
    command: isDone
      ? ordering.refundDone(seller, orderId, refundIds)
      : ordering.refundFailed(seller, orderId, { refundIds, reason: null }),
    settle: ({ amountKrw }) =>
      stay(asking, (isDone ? replies.refundSent : replies.refundNotSent)(code, amountKrw)),
    refused: (error) => stay(asking, refusal(asking, error, { code, refunds })),
  });
}

function refusal(
  { shop }: Asking,
  error: DomainError,
  { code, refunds }: { readonly code: string; readonly refunds: readonly RefundRecord[] },
) {
  const { state } = error.detail;
  if (state === 'done') return replies.refundSentBefore(code, sumOf(refunds));
  if (state === 'needs_account') return replies.refundNotDue(code);
  if (state === 'withdrawn') return replies.noRefundOf(code);
  return replies.refused(error, shop);
}

async function openOf({ desk, shop }: Asking, code: string): Promise<RefundRecord[]> {
  const open = await desk.store.findOpenRefunds(shop.id, REFUNDS_READ_MAX);
  return open.filter((refund) => refund.code === code);
}

async function endedOf({ desk, shop }: Asking, code: string): Promise<RefundRecord[]> {
  const filter = { storeId: shop.id, state: 'done', limit: REFUNDS_READ_MAX } as const;
  return (await desk.store.findRefundsOf(filter)).filter((refund) => refund.code === code);
}

function sumOf(refunds: readonly RefundRecord[]): number {
  return refunds.reduce((sum, { amountKrw }) => sum + amountKrw, 0);
}
