// What becomes of a row after an attempt: a table in code, without clock or platform.
import { type Refusal, type Reply, SEND_FAILURES, type SendFailure } from '../chat/bot.ts';
import type { OutboxEnd, OutboxRow } from '../orders/store.ts';
import { ruleFor } from './kinds.ts';
import { ATTEMPTS_MAX, BUG_TRIES_MAX, COPIES_MAX } from './retry.ts';

/** How one call of a bot ended; `bug` is any exception that is no `SendError`. */
export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'accepted'; readonly askAfterMs: number; readonly ticket?: string }
  | { readonly kind: 'held' }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  | {
      readonly kind: 'failed';
      readonly failure: SendFailure;
      readonly retryAfterMs: number | null;
      /** What has not gone yet of words whose beginning has. */
      readonly rest?: Reply | null;
    }
  | { readonly kind: 'bug'; readonly name: string };

/** Words left and nobody knows what became of them: no answer came, none that says it, or the worker died in between. */
const UNKNOWN: ReadonlySet<string> = new Set(['sending', 'accepted', 'time_out', 'lost_answer']);

/** True when an earlier attempt may have been read. */
export function mayHaveArrived({ content, cause }: Pick<OutboxRow, 'content' | 'cause'>): boolean {
  return content !== null && cause !== null && UNKNOWN.has(cause);
}

/** Before a claimed row is sent: the end of one that must not be sent again; null lets it go on. */
export function endBefore(row: OutboxRow, dropsCopies: boolean): OutboxEnd | null {
  const { content, cause } = row;
  if (row.attempts > ATTEMPTS_MAX) return { state: 'dead', cause: cause ?? 'never_sent', content };
  if (!mayHaveArrived(row) || dropsCopies) return null;
  if (!ruleFor(row).resends) return { state: 'dropped', cause: cause ?? '', content };
  return row.copies >= COPIES_MAX ? { state: 'dead', cause: cause ?? '', content } : null;
}

/**
 * After it. Words that surely nobody has read are forgotten, so that the next attempt says what is true
 * then; any others are kept to the letter. A dead row waits for its person's next contact: the place
 * where a second platform of the same person would be tried first.
 */
export function endAfter(
  outcome: Outcome,
  row: OutboxRow,
  sent: {
    readonly content: unknown;
    readonly copies: number;
    readonly dropsCopies: boolean;
    /** When the next attempt would be. */
    readonly dueAt: string;
  },
): OutboxEnd {
  const { dueAt } = sent;
  const rest = (outcome.kind === 'failed' && outcome.rest) || null;
  const content = rest ?? sent.content;
  // What was kept from an earlier attempt may have been read in it, or goes on after what was.
  const unread = row.content === null && rest === null ? null : content;
  switch (outcome.kind) {
    case 'sent':
      return { state: 'done', content };
    case 'accepted':
      return { state: 'due', cause: 'accepted', dueAt, content };
    case 'held':
      return { state: 'held', cause: 'answers_only', content: unread };
    case 'refused':
      return { state: 'dead', cause: outcome.reason, content: unread };
    case 'bug': {
      const cause = outcome.name;
      if (row.attempts >= BUG_TRIES_MAX) return { state: 'dead', cause, content };
      return { state: 'due', cause, dueAt, content };
    }
    case 'failed': {
      const { failure: cause } = outcome;
      const isOver = row.attempts >= ATTEMPTS_MAX;
      if (SEND_FAILURES[cause] === 'not_taken')
        return isOver
          ? { state: 'dead', cause, content: unread }
          : { state: 'due', cause, dueAt, content: unread };
      if (!sent.dropsCopies && !ruleFor(row).resends) return { state: 'dropped', cause, content };
      if (isOver || (!sent.dropsCopies && sent.copies >= COPIES_MAX))
        return { state: 'dead', cause, content };
      return { state: 'due', cause, dueAt, content };
    }
  }
}
