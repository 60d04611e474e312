// Receipts that buyers ask for; what they are made out to is sealed with the buyer's key.
import type { Change, Receipt, ReceiptDetails } from '../src/orders/change.ts';
import type { OrderCore } from '../src/orders/order.ts';
import type { ReceiptRecord, Store } from '../src/orders/store.ts';
import type { Context } from './operations.ts';
import { readKey } from './people.ts';
import type { Row } from './rows.ts';
import { all, type Body, q } from './statement.ts';

/** Ties what is sealed to its row. */
function receiptPlace(storeId: string, id: string): string {
  return `receipt/${storeId}/${id}`;
}

export function* readReceipts(
  context: Context,
  storeId: string,
  orderId: string,
): Body<readonly Receipt[]> {
  const rows = yield* all(q.listReceiptsOf, { store_id: storeId, order_id: orderId });
  const receipts: Receipt[] = [];
  for (const row of rows) receipts.push(yield* toReceipt(context, row));
  return receipts;
}

type Sealed = Pick<Row<'receipts'>, 'store_id' | 'id' | 'kind' | 'state' | 'sealed' | 'sealed_for'>;

function* toReceipt(context: Context, row: Sealed): Body<Receipt> {
  const { store_id, id, kind, state, sealed, sealed_for } = row;
  let details: unknown = null;
  if (sealed !== null && sealed_for !== null) {
    yield* readKey(context, sealed_for);
    details = context.vault.openIfKept(sealed_for, receiptPlace(store_id, id), sealed);
  }
  return {
    id,
    kind: kind as Receipt['kind'],
    state: state as Receipt['state'],
    details: details as ReceiptDetails | null,
  };
}

export function* writeReceipt(
  context: Context,
  {
    order: { storeId, buyerId },
    at,
    receipt: { id, orderId, kind, state, details },
  }: {
    readonly order: Pick<OrderCore, 'storeId' | 'buyerId'>;
    readonly at: string;
    readonly receipt: NonNullable<Change<unknown>['receipt']>;
  },
): Body<void> {
  if (state === 'done')
    return void (yield* all(q.receiptDone, { store_id: storeId, id, done_at: at }));
  yield* readKey(context, buyerId);
  yield* all(q.putReceipt, {
    ...{ store_id: storeId, id, order_id: orderId, kind, state },
    sealed: details && context.vault.sealFor(buyerId, receiptPlace(storeId, id), details),
    sealed_for: buyerId,
    asked_at: at,
    done_at: null,
  });
}

export function* findReceipts(
  context: Context,
  { storeId, state = undefined, limit }: Parameters<Store['findReceipts']>[0],
): Body<ReceiptRecord[]> {
  const of = { store_id: storeId, limit };
  const rows =
    state === 'asked'
      ? yield* all(q.listAskedReceipts, of)
      : yield* all(q.listReceipts, { ...of, state: state ?? '' });
  return yield* toRecords(context, rows);
}

export function* findReceipt(
  context: Context,
  storeId: string,
  id: string,
): Body<ReceiptRecord | null> {
  const rows = yield* all(q.findReceiptRow, { store_id: storeId, id });
  const [only = null] = yield* toRecords(context, rows);
  return only;
}

type RecordRow = Row<'receipts'> & {
  readonly code: string;
  readonly total_krw: number;
  readonly order_state: string;
};

function* toRecords(context: Context, rows: readonly RecordRow[]): Body<ReceiptRecord[]> {
  const records: ReceiptRecord[] = [];
  for (const row of rows)
    records.push({
      ...(yield* toReceipt(context, row)),
      storeId: row.store_id,
      orderId: row.order_id,
      code: row.code,
      amountKrw: row.total_krw,
      orderState: row.order_state as ReceiptRecord['orderState'],
      askedAt: row.asked_at,
      doneAt: row.done_at,
    });
  return records;
}
