// Buyer: asks for a receipt. Of which order and made out to what is asked once, then the seller hears it.
import { findOrderCodes } from '../language/codes.ts';
import {
  type ReceiptDetails,
  type ReceiptKind,
  readReceipt,
  readReceiptDetails,
} from '../language/read-receipt.ts';
import type { Order } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { mayHaveReceipt } from '../orders/receipting.ts';
import type { OpenQuestion } from './conversation.ts';
import { type Asking, ask, by, closed, type Handled, pending, stay } from './desk.ts';
import { remindOfDraft } from './drafts.ts';
import { ordersOf } from './own-orders.ts';
import * as replies from './replies/index.ts';

const ORDERS_SHOWN = 5;

type Wish = Pick<ReceiptDetails, 'number' | 'email'> & { readonly kind: ReceiptKind };
type WhichOrder = Extract<OpenQuestion, { kind: 'receipt-order' }>;
type WhichNumber = Extract<OpenQuestion, { kind: 'receipt' }>;

/** Null when no receipt is asked for. */
export async function askForReceipt(asking: Asking): Promise<Handled> {
  const read = readReceipt(asking.text);
  if (read === null) return null;
  const able = (await ordersOf(asking)).filter(mayHaveReceipt);
  const [code] = findOrderCodes(asking.text);
  // What is being ordered right now has no code yet.
  if (asking.talk.draft !== null && code === undefined)
    return remindOfDraft(asking, stay(asking, replies.receiptAfterOrder()));
  const meant = code === undefined ? able : able.filter((order) => order.code === code);
  const [only, another] = meant;
  if (only === undefined) return stay(asking, replies.noReceiptFor(code ?? null));
  const wish = { kind: read.kind, number: read.number, email: read.email };
  if (another === undefined) return takeDetails(asking, only, wish, read);
  const { kind: wanted, number, email } = wish;
  const shown = meant.slice(0, ORDERS_SHOWN);
  return ask(asking, { kind: 'receipt-order', wanted, number, email }, (id) =>
    replies.whichReceipt(shown, id),
  );
}

/** The button of an order below our question; `ref` is the question's id and the order's. */
export async function receiptOrderPressed(asking: Asking, ref: string): Promise<Handled> {
  const { open } = asking.talk;
  const [id, orderId] = ref.split(':');
  if (open?.kind !== 'receipt-order' || open.id !== id)
    return stay(asking, replies.questionIsOver());
  const order = (await ordersOf(asking)).find((one) => one.id === orderId);
  return order === undefined
    ? stay(closed(asking), replies.noReceiptFor(null))
    : takeOrder(asking, order, open);
}

/** Null when the message names no order that may have one. */
export async function answerWhichReceipt(asking: Asking, open: WhichOrder): Promise<Handled> {
  const [code] = findOrderCodes(asking.text);
  if (code === undefined) return null;
  const order = (await ordersOf(asking)).find((one) => one.code === code && mayHaveReceipt(one));
  return order === undefined
    ? stay(closed(asking), replies.noReceiptFor(code))
    : takeOrder(asking, order, open);
}

function takeOrder(asking: Asking, order: Order, open: WhichOrder): Handled {
  const { wanted: kind, number, email } = open;
  return takeDetails(asking, order, { kind, number, email }, null);
}

/** Null when the message holds nothing that a receipt is made out to. */
export async function answerReceipt(asking: Asking, open: WhichNumber): Promise<Handled> {
  const { wanted: kind, orderId } = open;
  const read = readReceiptDetails(asking.text, kind);
  const isAnswer = read.number ?? read.email ?? read.fault;
  if (isAnswer === null && !(read.isOwn && kind === 'cash')) return null;
  const order = (await ordersOf(asking)).find(({ id }) => id === orderId);
  if (order === undefined) return null;
  const wish = { kind, number: read.number ?? open.number, email: read.email ?? open.email };
  return takeDetails(asking, order, wish, read);
}

/** The button "주문한 번호로": the number is not written into it, for it would be seen. */
export async function ownNumberPressed(asking: Asking, ref: string): Promise<Handled> {
  const { open } = asking.talk;
  if (open?.kind !== 'receipt' || open.id !== ref) return stay(asking, replies.questionIsOver());
  const order = (await ordersOf(asking)).find(({ id }) => id === open.orderId);
  const number = order === undefined ? null : ownNumber(asking, order);
  if (order === undefined || number === null) return stay(asking, replies.questionIsOver());
  return record(asking, order, { kind: open.wanted, number, email: open.email });
}

function ownNumber({ turn }: Asking, order: Order): string | null {
  return order.buyer.phone ?? turn.person.phone;
}

/** All that is needed is recorded; else what is missing is asked. */
function takeDetails(
  asking: Asking,
  order: Order,
  wish: Wish,
  read: ReceiptDetails | null,
): Handled {
  const own = ownNumber(asking, order);
  const isOwn = wish.kind === 'cash' && read?.isOwn === true && wish.number === null;
  const full = isOwn ? { ...wish, number: own } : wish;
  const { kind, number, email } = full;
  if (number !== null && (kind === 'cash' || email !== null)) return record(asking, order, full);
  const { code, id: orderId } = order;
  const { shop } = asking;
  const fault = read?.fault ?? null;
  return ask(asking, { kind: 'receipt', orderId, wanted: kind, number, email }, (id) =>
    replies.askReceiptDetails(shop, { id, code, kind, number, email, fault, hasOwn: own !== null }),
  );
}

function record(asking: Asking, order: Order, { kind, number, email }: Wish): Handled {
  if (number === null) return null;
  const details = { number, email: kind === 'cash' ? null : email };
  return pending({
    command: ordering.askReceipt(by(asking), order.id, { kind, details }),
    settle: () => stay(closed(asking), replies.receiptAsked(asking.shop, order, { kind, details })),
    refused: ({ detail }) =>
      stay(
        closed(asking),
        detail.state === 'done'
          ? replies.receiptMadeBefore(order.code)
          : replies.noReceiptFor(order.code),
      ),
  });
}
