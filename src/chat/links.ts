// Links that let somebody in without a login: made here, kept as a hash, told once to whom they are for.
import { randomBytes } from 'node:crypto';
import type { Role } from '../orders/change.ts';
import type { NewLink, Store } from '../orders/store.ts';

const TOKEN_BYTES = 24;
const CHAT_LINK_MS = 15 * 60_000;
/** The day before and the day of the list. */
const PRINT_LINK_MS = 2 * 24 * 3_600_000;

/** The path of a new link that opens the chat as staff, once, within a quarter of an hour. */
export async function newChatLink(
  store: Store,
  { storeId, roles, now }: { storeId: string; roles: readonly Role[]; now: Date },
): Promise<string> {
  const link = { kind: 'chat', storeId, data: { roles }, now } as const;
  return `/chat/in/${await newLink(store, link, CHAT_LINK_MS)}`;
}

/** Where a new link shows a list to print; as often as one likes, as long as it lives. */
export async function newPrintLink(
  store: Store,
  of: { storeId: string; date: string; now: Date; pagesUrl: string },
): Promise<string> {
  const { storeId, date, now, pagesUrl } = of;
  const link = { kind: 'print', storeId, data: { date }, now } as const;
  return `${pagesUrl.replace(/\/$/, '')}/print/${await newLink(store, link, PRINT_LINK_MS)}`;
}

async function newLink(
  store: Store,
  link: Omit<NewLink, 'token' | 'expiresAt'>,
  lifeMs: number,
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAt = new Date(link.now.getTime() + lifeMs);
  await store.createLink({ ...link, token, expiresAt });
  return token;
}
