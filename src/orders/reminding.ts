// One reminder for an unpaid order: when it is due, and whether it still makes sense then.
import type { Change, State } from './change.ts';
import { quietEnd, quietStart } from './dates.ts';
import type { OrderCore } from './order.ts';
import { mustHaveOrder } from './paying.ts';
import type { Policy } from './shop.ts';

/** The reminder comes in the last quarter of the time to pay: 6 of 24 hours before the end. */
const QUARTER = 4;
const MINUTE_MS = 60_000;
/** What would fall into the night is said in the evening, while people still look at their phones. */
const BEFORE_QUIET_MS = 60 * MINUTE_MS;
/** Less than this is no time to go and pay. */
const LEFT_MS_MIN = 30 * MINUTE_MS;

type Waking = Pick<Policy, 'timeZone' | 'quietHours'>;

/** Null where no waking moment lies between the order and its end. */
export function remindAt(
  { quietHours, timeZone }: Waking,
  { placedAt, payBy }: { readonly placedAt: Date; readonly payBy: Date },
): Date | null {
  const isWaking = (at: Date) => quietEnd(at, quietHours, timeZone) === null;
  const quarterMs = (payBy.getTime() - placedAt.getTime()) / QUARTER;
  const wished = new Date(payBy.getTime() - quarterMs);
  const morning = quietEnd(wished, quietHours, timeZone);
  if (morning === null) return wished;
  const night = quietStart(wished, quietHours, timeZone);
  const evening = new Date(night.getTime() - BEFORE_QUIET_MS);
  if (evening.getTime() >= placedAt.getTime() + quarterMs && isWaking(evening)) return evening;
  if (payBy.getTime() - morning.getTime() >= LEFT_MS_MIN) return morning;
  const last = new Date(night.getTime() - MINUTE_MS);
  return last > placedAt && isWaking(last) ? last : null;
}

/** Reminds of an order that is still unpaid; one whose buyer says that he paid is left in peace. */
export function decideRemind(state: State): Change<boolean> {
  const order = mustHaveOrder(state);
  const { now, shop } = state;
  const nothing = { who: 'system', events: [], notices: [] } as const;
  if (order.remindAt === null || order.remindAt > now.toISOString())
    return { ...nothing, answer: false };
  const put = (at: Date | null): Change<boolean> => {
    const remindAt = at === null ? null : at.toISOString();
    return { ...nothing, answer: false, orders: [{ ...order, remindAt }] };
  };
  if (!canBeReminded(order, now)) return put(null);
  // The program was down at the right moment: the night passes first.
  const { quietHours, timeZone } = shop.policy;
  const morning = quietEnd(now, quietHours, timeZone);
  if (morning !== null) return put(morning.toISOString() < order.payBy ? morning : null);
  return {
    ...put(null),
    answer: true,
    events: [{ orderId: order.id, event: 'reminded' }],
    notices: [
      {
        to: { person: order.buyerId },
        kind: 'reminder',
        orderId: order.id,
        data: { code: order.code },
      },
    ],
  };
}

/** A part-paid order is the seller's matter, and one that is over or said to be paid needs no word. */
export function canBeReminded(
  order: Pick<OrderCore, 'state' | 'claimedPaidAt' | 'paidKrw' | 'payBy'>,
  now: Date,
): boolean {
  return (
    order.state === 'awaiting_payment' &&
    order.claimedPaidAt === null &&
    order.paidKrw === 0 &&
    now.toISOString() < order.payBy
  );
}
