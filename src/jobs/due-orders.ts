// One command for each order that is due, in batches, so that no order stops another.
import type { Asked } from '../orders/ordering.ts';
import type { Command, Store } from '../orders/store.ts';

const BATCH_MAX = 200;
const BATCHES_MAX = 50;

type Due = { readonly storeId: string; readonly orderId: string };

export type DueOrders = {
  readonly store: Store;
  readonly now: Date;
  readonly find: (limit: number) => Promise<readonly Due[]>;
  /** Must leave the order no longer due. */
  readonly command: (asked: Asked, orderId: string) => Command<boolean>;
};

/** Answers how many commands did something, and how many orders failed and are tried in the next run. */
export async function eachDueOrder({
  store,
  now,
  find,
  command,
}: DueOrders): Promise<{ readonly done: number; readonly failed: number }> {
  let done = 0;
  const stuck = new Set<string>();
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const found = await find(BATCH_MAX + stuck.size);
    const due = found.filter(({ orderId }) => !stuck.has(orderId));
    if (due.length === 0) break;
    const ends = await Promise.allSettled(
      due.map(async ({ storeId, orderId }) => {
        const shop = await store.findShop(storeId);
        if (shop === null) throw new Error(`order ${orderId} has no store`);
        return store.submit(command({ shop, now, who: 'system' }, orderId));
      }),
    );
    for (const [index, end] of ends.entries())
      if (end.status === 'rejected') stuck.add(due[index]?.orderId ?? '');
      else if (end.value.answer) done += 1;
  }
  return { done, failed: stuck.size };
}
