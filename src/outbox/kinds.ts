// What the outbox must know of each kind of notice: whether it may be told in quiet hours, and what
// happens when nobody knows whether it arrived.
import type { NoticeKind } from '../orders/change.ts';
import { quietEnd } from '../orders/dates.ts';

/**
 * `always`: at any hour. `when-fresh`: at any hour to a buyer who just acted (`actedAt` in its data),
 * else it waits. `waits`: until the quiet hours are over.
 */
export type Timing = 'always' | 'when-fresh' | 'waits';

export type KindRule = {
  readonly timing: Timing;
  /**
   * An unknown outcome is sent once more where the platform cannot drop copies; a reminder or a
   * summary is not worth a copy.
   */
  readonly resends: boolean;
};

export const KINDS: Readonly<Record<NoticeKind, KindRule>> = {
  paid: { timing: 'when-fresh', resends: true },
  moved: { timing: 'waits', resends: true },
  no_date: { timing: 'when-fresh', resends: true },
  shipped: { timing: 'waits', resends: true },
  delivered: { timing: 'waits', resends: true },
  ask_delivered: { timing: 'waits', resends: false },
  not_arrived: { timing: 'waits', resends: true },
  cancelled: { timing: 'waits', resends: true },
  expired: { timing: 'waits', resends: true },
  reminder: { timing: 'waits', resends: false },
  evening_question: { timing: 'always', resends: false },
  daily_status: { timing: 'waits', resends: false },
  daily_summary: { timing: 'waits', resends: false },
  day_list: { timing: 'always', resends: true },
  moved_summary: { timing: 'waits', resends: false },
  report: { timing: 'waits', resends: false },
  complained: { timing: 'waits', resends: true },
  changed: { timing: 'waits', resends: true },
  role_removed: { timing: 'waits', resends: true },
  list_delta: { timing: 'always', resends: true },
  day_set: { timing: 'waits', resends: false },
  taken_back: { timing: 'waits', resends: true },
  act_undone: { timing: 'waits', resends: false },
  refund_opened: { timing: 'waits', resends: true },
  refund_due: { timing: 'waits', resends: true },
  refund_done: { timing: 'when-fresh', resends: true },
  refund_failed: { timing: 'when-fresh', resends: true },
  refund_reminder: { timing: 'waits', resends: false },
  overpaid: { timing: 'when-fresh', resends: true },
  part_paid: { timing: 'when-fresh', resends: true },
  part_paid_over: { timing: 'waits', resends: true },
  payment_taken_back: { timing: 'waits', resends: true },
  revived: { timing: 'waits', resends: true },
  deposit_asked: { timing: 'waits', resends: true },
  notice_unread: { timing: 'waits', resends: true },
  receipt_asked: { timing: 'waits', resends: true },
  receipt_done: { timing: 'waits', resends: true },
  staff_joined: { timing: 'always', resends: true },
  codes_locked: { timing: 'always', resends: true },
  dead_letters: { timing: 'always', resends: true },
};

/** The same for a kind as a database names it; one from a newer program waits and is not copied. */
export function ruleFor(kind: string): KindRule {
  const known: Readonly<Record<string, KindRule>> = KINDS;
  return known[kind] ?? { timing: 'waits', resends: false };
}

/** Who acted this short a time ago has the phone in his hand. */
const FRESH_MS = 30 * 60_000;

export type Hours = { readonly from: string; readonly to: string };

/** When a notice may be told that must not be told now; null when now is fine. */
export function waitsUntil(
  notice: { readonly kind: string; readonly data: Readonly<Record<string, unknown>> },
  now: Date,
  { hours, timeZone }: { readonly hours: Hours; readonly timeZone: string },
): Date | null {
  const { timing } = ruleFor(notice.kind);
  if (timing === 'always') return null;
  if (timing === 'when-fresh' && isFresh(notice.data.actedAt, now)) return null;
  return quietEnd(now, hours, timeZone);
}

function isFresh(actedAt: unknown, now: Date): boolean {
  if (typeof actedAt !== 'string') return false;
  return now.getTime() - Date.parse(actedAt) <= FRESH_MS;
}
