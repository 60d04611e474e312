// A receipt that a buyer asks for, and that the seller has made it out.
import type { Change, Receipt, ReceiptDetails, ReceiptKind, State, Who } from './change.ts';
import { DomainError } from './errors.ts';
import type { OrderCore } from './order.ts';
import { mustHaveOrder } from './paying.ts';

export type ReceiptRequest = { readonly kind: ReceiptKind; readonly details: ReceiptDetails };
export type ReceiptStep = { readonly order: OrderCore; readonly receipt: Receipt };

/** A receipt can be had for what is ordered and neither over nor cancelled. */
export function mayHaveReceipt({ state }: Pick<OrderCore, 'state'>): boolean {
  return state === 'awaiting_payment' || state === 'paid';
}

/** Asked again before it is made out, it is the same receipt with the newer details. */
export function decideAskReceipt(
  state: State,
  { kind, details }: ReceiptRequest,
  who: Who,
): Change<ReceiptStep> {
  const order = mustHaveOrder(state);
  if (!mayHaveReceipt(order))
    throw new DomainError('conflict', `there is no receipt for an order that is ${order.state}`, {
      state: order.state,
    });
  const before = state.receipts.find((one) => one.kind === kind);
  if (before?.state === 'done')
    throw new DomainError('conflict', 'the receipt is made out already', { state: 'done' });
  const id = before?.id ?? `${order.id.replace('ord_', 'rec_')}-${state.receipts.length + 1}`;
  const receipt: Receipt = { id, kind, state: 'asked', details };
  const answer = { order, receipt };
  if (before !== undefined && isSame(before.details, details))
    return { answer, who, events: [], notices: [] };
  const isCorrected = before !== undefined;
  return {
    answer,
    who,
    receipt: { ...receipt, orderId: order.id },
    events: [{ orderId: order.id, event: 'receipt_asked', detail: { kind } }],
    notices: [
      {
        to: { role: 'seller' },
        kind: 'receipt_asked',
        orderId: order.id,
        data: { code: order.code, receipt: id, isCorrected },
      },
    ],
  };
}

function isSame(one: ReceiptDetails | null, other: ReceiptDetails): boolean {
  return one !== null && one.number === other.number && one.email === other.email;
}

/** Said again it is the same answer. */
export function decideReceiptDone(state: State, receiptId: string, who: Who): Change<ReceiptStep> {
  const order = mustHaveOrder(state);
  const receipt = state.receipts.find(({ id }) => id === receiptId);
  if (receipt === undefined) throw new DomainError('not_found', `no such receipt ${receiptId}`);
  const done: Receipt = { ...receipt, state: 'done' };
  const answer = { order, receipt: done };
  if (receipt.state === 'done') return { answer, who, events: [], notices: [] };
  const { kind } = receipt;
  return {
    answer,
    who,
    receipt: { ...done, orderId: order.id },
    events: [{ orderId: order.id, event: 'receipt_done', detail: { kind } }],
    notices: [
      {
        to: { person: order.buyerId },
        kind: 'receipt_done',
        orderId: order.id,
        data: { code: order.code, receipt: kind },
      },
    ],
  };
}
