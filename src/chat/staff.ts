// Joining as staff by a one-time code: `등록 K7QX-2M9T`.
import { readInvite } from '../language/answers.ts';
import type { Asking, Step } from './desk.ts';
import * as replies from './replies.ts';

/** Letters and digits without look-alikes; 8 of them are 40 bits. */
export const INVITE_ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
export const INVITE_LENGTH = 8;

/** What is stored and compared: upper case without hyphens. */
export function normaliseInvite(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** Null when the message is no staff code. */
export async function useInvite(
  { desk, turn, talk, now }: Pick<Asking, 'desk' | 'turn' | 'talk' | 'now'>,
  text: string,
): Promise<Step | null> {
  const code = readInvite(text);
  if (code === null) return null;
  const codeHash = normaliseInvite(code);
  const used = await desk.store.useInvite({ codeHash, personId: turn.person.id, now });
  if (used === 'wrong' || used === 'locked')
    return { reply: replies.wrongInvite(used === 'locked'), talk };
  const shop = await desk.store.findShop(used.storeId);
  const storeId = shop === null ? talk.storeId : shop.id;
  return { reply: replies.joined(shop, used.roles), talk: { ...talk, storeId } };
}
