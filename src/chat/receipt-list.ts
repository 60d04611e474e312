// Seller: the receipts that buyers asked for, and which of them are made out.
import * as ordering from '../orders/ordering.ts';
import type { ReceiptRecord } from '../orders/store.ts';
import { type Asking, by, type Handled, pending, stay } from './desk.ts';
import * as replies from './replies/index.ts';

const RECEIPTS_READ_MAX = 100;

/** A page of the list; `after` is the receipt shown last, when there is a page before. */
export async function showReceipts(asking: Asking, after: string | null): Promise<Handled> {
  return stay(asking, replies.receiptList(asking.shop, await askedOf(asking), after));
}

/** In words: everything that was asked for of the order. */
export async function receiptSaid(asking: Asking, code: string): Promise<Handled> {
  const [first, another] = (await askedOf(asking)).filter((one) => one.code === code);
  if (first === undefined) return stay(asking, replies.noReceiptAsked(code));
  // A cash receipt and an invoice of one order: which one is a button.
  if (another !== undefined)
    return stay(asking, replies.receiptList(asking.shop, [first, another], null));
  return madeOut(asking, first);
}

/** A press; `ref` is the receipt's id. It is visible to people, so it is checked here. */
export async function receiptPressed(asking: Asking, ref: string): Promise<Handled> {
  const { desk, shop } = asking;
  const receipt = await desk.store.findReceipt(shop.id, ref);
  return receipt === null ? stay(asking, replies.noSuchReceipt()) : madeOut(asking, receipt);
}

function madeOut(asking: Asking, receipt: ReceiptRecord): Handled {
  const { orderId, id } = receipt;
  return pending({
    command: ordering.receiptDone(by(asking, 'seller'), orderId, id),
    settle: () => stay(asking, replies.receiptMade(asking.shop, receipt)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

async function askedOf({ desk, shop }: Asking): Promise<readonly ReceiptRecord[]> {
  const filter = { storeId: shop.id, state: 'asked', limit: RECEIPTS_READ_MAX } as const;
  return desk.store.findReceipts(filter);
}
