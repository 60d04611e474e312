// What is told of money: to the buyer whose it is, and to the seller who has to see to it.
import { dueKrw, type Order } from '../orders/order.ts';
import { mayHaveReceipt } from '../orders/receipting.ts';
import { transfersOf } from '../orders/refunding.ts';
import type { Shop } from '../orders/shop.ts';
import type { Store } from '../orders/store.ts';
import { doubtAbout } from '../payments/doubt.ts';
import type { Reply } from './bot.ts';
import { list, type OrderWords, text, type Words } from './notice-data.ts';
import * as replies from './replies/index.ts';

// What came in was not what the order costs, or was not its money after all.

export const overpaid: OrderWords = (order, { notice: { data } }) => {
  if (order.refundDueKrw === 0) return null;
  const words = data.toSeller === true ? replies.overpaidForSeller : replies.overpaid;
  return words(order, Number(data.amountKrw));
};

export const paymentTakenBack: OrderWords = (order, { notice }) =>
  replies.paymentTakenBack(order, Number(notice.data.amountKrw));

export const partPaidOver: OrderWords = (order) =>
  isOwed(order) && order.handedAt !== null ? replies.partPaidOver(order) : null;

export const partPaid: OrderWords = (order, { store, notice }) =>
  whileOwed(store, order, (shop) => replies.partPaid(shop, order, Number(notice.data.amountKrw)));

export const revived: OrderWords = (order, { store }) =>
  whileOwed(store, order, (shop) => replies.revived(shop, order));

function isOwed(order: Order): boolean {
  return order.state === 'awaiting_payment' && dueKrw(order) > 0;
}

async function whileOwed(
  store: Store,
  order: Order,
  words: (shop: Shop) => Reply,
): Promise<Reply | null> {
  const shop = isOwed(order) ? await store.findShop(order.storeId) : null;
  return shop && words(shop);
}

export const refundOpened: OrderWords = (order, { notice }) =>
  replies.refundForSeller(order, Number(notice.data.refundKrw));

export const refundDone: OrderWords = (order, { notice }) =>
  replies.refundDone(order, Number(notice.data.amountKrw));

/** An account that came meanwhile is asked for no more. */
export const refundFailed: OrderWords = async (order, { store, notice: { data, said } }) => {
  const refunds = await store.findRefunds(order.storeId, order.id);
  const isWanted = refunds.some(({ state }) => state === 'failed');
  return isWanted ? replies.refundFailed(order, Number(data.amountKrw), said) : null;
};

export const refundReminder: OrderWords = async (order, { store, notice: { data } }) => {
  const refunds = await store.findRefunds(order.storeId, order.id);
  const isWanted = refunds.some(({ state }) => state === 'needs_account');
  return isWanted ? replies.refundReminder(order, Number(data.amountKrw)) : null;
};

/** The account as it is now; nothing when the money was sent meanwhile. */
export const refundDue: Words = async (store, { storeId, data }) => {
  const found = await Promise.all(list(data.refunds).map((id) => store.findRefund(storeId, id)));
  const due = found.filter((refund) => refund?.state === 'due').flatMap((one) => one ?? []);
  const [transfer] = transfersOf(due);
  return transfer === undefined ? null : replies.refundDue(transfer, data.isCorrected === true);
};

export const receiptDone: OrderWords = async (order, { store, notice }) => {
  const shop = await store.findShop(order.storeId);
  const kind = notice.data.receipt === 'invoice' ? 'invoice' : 'cash';
  return shop && replies.receiptDone(shop, order, kind);
};

/** What is made out to whom as it is now; nothing once it is made out, or needed no more. */
export const receiptAsked: Words = async (store, { storeId, data }) => {
  const receipt = await store.findReceipt(storeId, text(data.receipt));
  if (receipt?.state !== 'asked' || !mayHaveReceipt({ state: receipt.orderState })) return null;
  const shop = await store.findShop(storeId);
  return shop && replies.receiptForSeller(shop, receipt, data.isCorrected === true);
};

/** Nothing once somebody has answered. */
export const depositAsked: Words = async (store, { storeId, data }, { now }) => {
  const deposit = await store.findDeposit(text(data.deposit));
  const shop = await store.findShop(storeId);
  if (deposit?.state !== 'asked' || shop === null) return null;
  return replies.askDeposit(shop, deposit, await doubtAbout(store, deposit, now));
};

export const noticeUnread: Words = (_store, { said }) => replies.noticeUnread(said ?? '');
