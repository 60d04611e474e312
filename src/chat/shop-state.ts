// Pausing and reopening a store by word, for whoever runs it.
import type { Reply } from './bot.ts';
import type { Asking } from './desk.ts';
import * as replies from './replies.ts';

export async function setStoreOpen({ shop, desk }: Asking, isOpen: boolean): Promise<Reply> {
  const next = { ...shop, state: isOpen ? 'open' : 'paused' } as const;
  await desk.store.putShop(next);
  return isOpen ? replies.resumed(next) : replies.paused(next);
}
