// The one table of what is told to whom, where and when: every kind of notice, for each who hears it.
import type { Audience, HEARERS, NoticeKind } from '../orders/change.ts';
import { quietEnd } from '../orders/dates.ts';

/**
 * `always`: at any hour. `when-fresh`: at any hour to a buyer who just acted (`actedAt` in its data),
 * else it waits. `waits`: until the quiet hours are over.
 */
export type Timing = 'always' | 'when-fresh' | 'waits';

/** Where speaking first costs money: `push`, it is worth it; `waits`, the next contact is soon enough. */
export type OnPaid = 'push' | 'waits';

export type Rule = {
  readonly timing: Timing;
  /**
   * An unknown outcome is sent once more where the platform cannot drop copies; a reminder or a
   * summary is not worth a copy.
   */
  readonly resends: boolean;
  readonly onPaid: OnPaid;
};

type Rules = {
  readonly [K in NoticeKind]: Readonly<Record<(typeof HEARERS)[K][number], Rule>>;
};

/** What cannot wait: work of this very hour, or somebody at the door. */
const NOW: Rule = { timing: 'always', resends: true, onPaid: 'push' };
/** Money and dates, which whoever acts is waiting for. */
const FRESH: Rule = { timing: 'when-fresh', resends: true, onPaid: 'push' };
/** Worth being told first, in waking hours. */
const MORNING: Rule = { timing: 'waits', resends: true, onPaid: 'push' };
/** Good to know; the next contact is soon enough where it costs money. */
const NEWS: Rule = { timing: 'waits', resends: true, onPaid: 'waits' };
/** Questions and summaries: a copy would be worse than none. */
const ONCE: Rule = { timing: 'waits', resends: false, onPaid: 'waits' };

export const RULES: Rules = {
  paid: { buyer: FRESH },
  moved: { buyer: MORNING },
  no_date: { buyer: FRESH, seller: FRESH },
  shipped: { buyer: MORNING },
  // Where the shipping is pushed and this is not, what both tell could not be one message.
  waybill_changed: { buyer: MORNING },
  delivered: { buyer: NEWS },
  ask_delivered: { buyer: ONCE },
  not_arrived: { seller: MORNING },
  cancelled: { buyer: MORNING, farmer: NEWS, seller: NEWS },
  expired: { buyer: NEWS },
  // Without it an order that somebody wants ends unpaid.
  reminder: { buyer: { timing: 'waits', resends: false, onPaid: 'push' } },
  daily_status: { buyer: ONCE },
  daily_summary: { farmer: ONCE, seller: ONCE },
  day_list: { farmer: NOW },
  evening_question: { farmer: { timing: 'always', resends: false, onPaid: 'push' } },
  moved_summary: { seller: ONCE },
  report: { farmer: ONCE, seller: ONCE },
  complained: { seller: MORNING },
  changed: { buyer: MORNING },
  list_delta: { farmer: NOW },
  day_set: { farmer: ONCE },
  taken_back: { buyer: MORNING },
  act_undone: { farmer: ONCE, seller: ONCE },
  refund_opened: { seller: NEWS },
  refund_due: { seller: MORNING },
  refund_done: { buyer: FRESH },
  refund_failed: { buyer: FRESH },
  refund_reminder: { buyer: { timing: 'waits', resends: false, onPaid: 'push' } },
  overpaid: { buyer: FRESH, seller: { timing: 'when-fresh', resends: true, onPaid: 'waits' } },
  part_paid: { buyer: FRESH },
  part_paid_over: { seller: MORNING },
  payment_taken_back: { buyer: MORNING },
  revived: { buyer: MORNING },
  deposit_asked: { seller: MORNING },
  notice_unread: { seller: NEWS },
  receipt_asked: { seller: NEWS },
  receipt_done: { buyer: NEWS },
  question_asked: { seller: MORNING },
  // No fixed form can hold what somebody wrote: where no other way leads to the buyer it waits to be read.
  answered: { buyer: FRESH },
  staff_joined: { farmer: NOW, seller: NOW, admin: NOW },
  codes_locked: { admin: NOW },
  role_removed: { buyer: NEWS },
  // Whoever did not want it must hear of it.
  account_linked: { buyer: NOW },
  account_unlinked: { buyer: NOW },
  dead_letters: { admin: NOW },
};

type Told = { readonly kind: string; readonly audience: Audience };

/** The same for a notice as a database names it; one from a newer program waits and is not copied. */
export function ruleFor({ kind, audience }: Told): Rule {
  const known: Readonly<Record<string, Readonly<Partial<Record<Audience, Rule>>>>> = RULES;
  return known[kind]?.[audience] ?? ONCE;
}

/** How a platform speaks first: whenever we like, for money, or never by itself. */
export type Speaking = 'free' | 'paid' | 'never';

/**
 * On which platforms a notice waits for the next contact; on all others it is sent. One that is not
 * named can speak first for nothing.
 */
export function holdsOn(
  platforms: Readonly<Record<string, Speaking>>,
): (notice: Told) => ReadonlySet<string> {
  const named = Object.entries(platforms);
  const silent = new Set(named.flatMap(([name, how]) => (how === 'never' ? [name] : [])));
  const unpaid = new Set(named.flatMap(([name, how]) => (how === 'free' ? [] : [name])));
  return (notice) => (ruleFor(notice).onPaid === 'push' ? silent : unpaid);
}

/** Who acted this short a time ago has the phone in his hand. */
const FRESH_MS = 30 * 60_000;

export type Hours = { readonly from: string; readonly to: string };

/** When a notice may be told that must not be told now; null when now is fine. */
export function waitsUntil(
  notice: Told & { readonly data: Readonly<Record<string, unknown>> },
  now: Date,
  { hours, timeZone }: { readonly hours: Hours; readonly timeZone: string },
): Date | null {
  const { timing } = ruleFor(notice);
  if (timing === 'always') return null;
  if (timing === 'when-fresh' && isFresh(notice.data.actedAt, now)) return null;
  return quietEnd(now, hours, timeZone);
}

function isFresh(actedAt: unknown, now: Date): boolean {
  if (typeof actedAt !== 'string') return false;
  return now.getTime() - Date.parse(actedAt) <= FRESH_MS;
}
