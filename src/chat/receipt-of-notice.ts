// How a notice that was sent is named to a platform, and found again by that name. The number alone
// opens nothing: the words are shown only to the person they are for.
import type { OutboxRow, Store } from '../orders/store.ts';
import type { Message } from './bot.ts';

/** Words that somebody replaced are another message. */
export function receiptOf({ id, edits }: Pick<OutboxRow, 'id' | 'edits'>): string {
  return edits === 0 ? String(id) : `${id}-${edits}`;
}

/** Null for what names no notice. */
export function noticeIdIn(receipt: string): number | null {
  const [, id] = /^(\d{1,15})(?:-\d{1,6})?$/.exec(receipt) ?? [];
  return id === undefined ? null : Number(id);
}

/** For a bot that has shown what `answer` said to a receipt. */
export async function confirmShown(
  store: Pick<Store, 'confirmNotice'>,
  { receipt = '', sender, at }: Message,
): Promise<void> {
  const id = noticeIdIn(receipt);
  if (id !== null) await store.confirmNotice({ id, sender, now: at });
}
