// What a seller may say: what waits, one order, money that came in or goes back.
import { readSeller } from '../language/read-seller.ts';
import { addDays, instantAt, localDate } from '../orders/dates.ts';
import type { Order } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { olderThanADay, openQuestions, pressedOnQuestion, showQuestions } from './answering.ts';
import { depositPressed, showDeposits, takeByHand, takeForwarded } from './deposits.ts';
import { type Asking, by, type Handled, pending, stay } from './desk.ts';
import { withTimes } from './own-orders.ts';
import { receiptPressed, receiptSaid, showReceipts } from './receipt-list.ts';
import { refundPressed, refundSaid, refundUndated, showRefunds, showRefundsOf } from './refunds.ts';
import * as replies from './replies/index.ts';
import { setStoreOpen } from './shop-state.ts';

const ORDERS_READ_MAX = 100;
const COMPLAINTS_READ_MAX = 50;
const COMPLAINTS_DAYS = 7;

/** A pressed button of the seller's; null when it is none of his. */
export async function pressedBySeller(asking: Asking): Promise<Handled> {
  const { press } = asking.message;
  switch (press?.act) {
    case 'refund-done':
    case 'refund-failed':
      return refundPressed(asking, press.ref, press.act === 'refund-done');
    case 'undated-refund':
      return refundUndated(asking, press.ref);
    case 'receipt-done':
      return receiptPressed(asking, press.ref);
    case 'receipts-page':
      return showReceipts(asking, press.ref);
    case 'refunds-page':
      return showRefunds(asking, press.ref);
    default:
      return (await pressedOnQuestion(asking)) ?? depositPressed(asking);
  }
}

export async function answerSeller(asking: Asking): Promise<Handled> {
  const forwarded = await takeForwarded(asking);
  if (forwarded !== null) return forwarded;
  const said = readSeller(asking.text);
  switch (said.kind) {
    case 'deposit':
      return takeByHand(asking, said);
    case 'today':
      return showToday(asking);
    case 'unpaid':
      return stay(asking, replies.unpaidOrders(await unpaidOf(asking), asking.shop));
    case 'confirm-payment':
      return confirmPayment(asking, said.code);
    case 'several-codes':
      return stay(asking, replies.oneCodeAtATime(said.codes));
    case 'show-order':
      return showOrder(asking, said.code);
    case 'pause':
    case 'resume':
      return stay(asking, await setStoreOpen(asking, said.kind === 'resume', 'seller'));
    case 'refunds':
      return showRefunds(asking, null);
    case 'receipts':
      return showReceipts(asking, null);
    case 'receipt-done':
      return receiptSaid(asking, said.code);
    case 'refunds-of':
      return showRefundsOf(asking, said.code);
    case 'refund-done':
    case 'refund-failed':
      return refundSaid(asking, said.code, said.kind === 'refund-done');
    case 'claims':
      return stay(asking, replies.complaintList(await complaintsOf(asking), asking.shop));
    case 'deposits':
      return showDeposits(asking);
    case 'questions':
      return showQuestions(asking);
    default:
      return null;
  }
}

async function unpaidOf({ desk, shop }: Asking): Promise<readonly Order[]> {
  const filter = { storeId: shop.id, state: 'awaiting_payment', limit: ORDERS_READ_MAX } as const;
  return desk.store.findOrders(filter);
}

async function complaintsOf({ desk, shop, now }: Asking) {
  const { timeZone } = shop.policy;
  const first = addDays(localDate(now, timeZone), 1 - COMPLAINTS_DAYS);
  const since = instantAt(first, '00:00', timeZone);
  return desk.store.findComplaints(shop.id, { since, limit: COMPLAINTS_READ_MAX });
}

async function showToday(asking: Asking): Promise<Handled> {
  const { desk, shop, now, roles } = asking;
  const today = localDate(now, shop.policy.timeZone);
  const totals = await desk.store.findTotals(shop.id, { today });
  const days = await desk.store.findDays(shop.id, today);
  const complaints = (await complaintsOf(asking)).length;
  const questions = await openQuestions(asking);
  const boxesToday = days.get(today)?.reservedBoxes ?? 0;
  const isFarmer = roles.has('farmer');
  return stay(
    asking,
    replies.sellerToday(shop, {
      ...{ ...totals, today, boxesToday, complaints, isFarmer },
      questions: questions.length,
      oldQuestions: olderThanADay(questions, now),
    }),
  );
}

async function findByCode({ desk, shop }: Asking, code: string): Promise<Order | null> {
  const [order] = await desk.store.findOrders({ code, storeId: shop.id, limit: 20 });
  return order ?? null;
}

async function showOrder(asking: Asking, code: string): Promise<Handled> {
  const order = await findByCode(asking, code);
  if (order === null) return stay(asking, replies.noSuchCode(code));
  const [timed] = await withTimes(asking, [order]);
  if (timed === undefined) return stay(asking, replies.noSuchCode(code));
  return stay(asking, replies.sellerOrder(timed, asking.shop));
}

async function confirmPayment(asking: Asking, code: string): Promise<Handled> {
  const order = await findByCode(asking, code);
  if (order === null) return stay(asking, replies.noSuchCode(code));
  const payment = {
    amountKrw: null,
    method: 'manual',
    reference: null,
    depositor: null,
    at: asking.now.toISOString(),
  } as const;
  return pending({
    command: ordering.pay(by(asking, 'seller'), order.id, payment),
    settle: ({ paidKrw }) => stay(asking, replies.paymentConfirmed(code, paidKrw - order.paidKrw)),
    refused: (error) => {
      const isPaid = error.code === 'not_payable' && order.paidAt !== null;
      const reply = isPaid && order.state === 'paid' ? replies.paidBefore : null;
      return stay(asking, reply?.(order, asking.shop) ?? replies.refused(error, asking.shop));
    },
  });
}
