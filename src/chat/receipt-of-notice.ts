// How a notice that was sent is named to a platform, and found again by that name. The number alone
// opens nothing: the words are shown only to the person they are for.
import type { OutboxRow } from '../orders/store.ts';

/** Words that somebody replaced are another message. */
export function receiptOf({ id, edits }: Pick<OutboxRow, 'id' | 'edits'>): string {
  return edits === 0 ? String(id) : `${id}-${edits}`;
}

/** Null for what names no notice. */
export function noticeIdIn(receipt: string): number | null {
  const [, id] = /^(\d{1,15})(?:-\d{1,6})?$/.exec(receipt) ?? [];
  return id === undefined ? null : Number(id);
}
