// The history of all orders as one stream, in the order in which it was written.
import type { EventRow, Store } from '../src/orders/store.ts';
import { all, type Body, q } from './statement.ts';

/** How many are looked at in one go on the way back to a time. */
const BACK = 1000;

type Asked = Parameters<Store['findEvents']>[0];

export function* findEvents({ after, order, limit }: Asked): Body<EventRow[]> {
  const of = { after, limit };
  const rows =
    order === undefined
      ? yield* all(q.listEventsAfter, of)
      : yield* all(q.listEventsOfAfter, {
          ...of,
          store_id: order.storeId,
          order_id: order.orderId,
        });
  return rows.map((row) => ({
    id: row.id,
    storeId: row.store_id,
    orderId: row.order_id,
    at: row.at,
    who: row.who,
    event: row.event,
    parcelId: row.parcel_id,
    detail: JSON.parse(row.detail) as EventRow['detail'],
  }));
}

/** Goes back from the newest: ids and times grow together, and whoever asks wants all since then. */
export function* findLastEventBefore(at: string): Body<number> {
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = yield* all(q.listEventsBefore, { before, limit: BACK });
    const found = rows.find((row) => row.at < at);
    if (found !== undefined) return found.id;
    const last = rows.at(-1);
    if (last === undefined) return 0;
    before = last.id;
  }
}
