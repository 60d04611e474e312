// Slots of jobs as bodies: of all who look at the clock one runs each of them.
import type { Slotted, Store } from '../src/orders/store.ts';
import { all, type Body, first, q } from './statement.ts';

/** Runs of a job remembered per store, for `cron ls` and for not running a slot twice. */
const RUNS_KEPT = 400;

export function* claimSlotBody(
  { job, storeId, slot }: Slotted,
  { now, leaseMs }: Parameters<Store['claimSlot']>[1],
): Body<boolean> {
  const lease_until = new Date(now.getTime() + leaseMs).toISOString();
  const values = { job, store_id: storeId, slot, lease_until };
  if ((yield* first(q.insertSlot, values)) !== null) return true;
  return (yield* first(q.takeOverSlot, { ...values, now: now.toISOString() })) !== null;
}

export function* finishSlotBody(
  { job, storeId, slot }: Slotted,
  result: unknown,
  now: Date,
): Body<void> {
  const of = { job, store_id: storeId };
  yield* all(q.finishSlot, {
    ...of,
    slot,
    finished_at: now.toISOString(),
    result: JSON.stringify(result ?? null),
  });
  yield* all(q.forgetSlots, { ...of, kept: RUNS_KEPT });
}
