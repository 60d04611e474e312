// Pausing and reopening a store by word, for whoever runs it.
import type { Role } from '../orders/change.ts';
import type { Reply } from './bot.ts';
import type { Asking } from './desk.ts';
import * as replies from './replies/index.ts';

/** Says who did it and when: several run a store. */
export async function setStoreOpen(
  { shop, desk, now }: Asking,
  isOpen: boolean,
  who: Role,
): Promise<Reply> {
  const state = isOpen ? 'open' : 'paused';
  if (shop.state === state) return replies.alreadyInState(shop);
  const next = { ...shop, state } as const;
  await desk.store.putShop(next);
  return isOpen ? replies.resumed(next, { who, now }) : replies.paused(next, { who, now });
}
