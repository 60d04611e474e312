// Links that let somebody in without a login. Most are made here, kept as a hash, told once to whom they are
// for; the link to an order's page is kept nowhere: it is made of the order and what only we can sign.
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { EVERY_STORE, type Role } from '../orders/change.ts';
import { ERASED } from '../orders/forgetting.ts';
import type { Order } from '../orders/order.ts';
import type { Shop } from '../orders/shop.ts';
import type { HistoryEntry, NewLink, Store } from '../orders/store.ts';

const TOKEN_BYTES = 24;
const CHAT_LINK_MS = 15 * 60_000;
/** The day before and the day of the list. */
const PRINT_LINK_MS = 2 * 24 * 3_600_000;
/** A new one comes with each list. */
const BOARD_LINK_MS = 7 * 24 * 3_600_000;
/** From the end of its last parcel; what was erased before that is not shown either. */
const ORDER_LINK_MS = 60 * 24 * 3_600_000;
/** A working day. */
export const SESSION_MS = 8 * 3_600_000;
/** 132 bits of what is signed. */
const SIGNED_LENGTH = 22;

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
  return addressOf(pagesUrl, `/print/${await newLink(store, link, PRINT_LINK_MS)}`);
}

/** Where a new link opens a store's board for one of its farmers; it ends with his role. */
export async function newBoardLink(
  store: Store,
  of: { storeId: string; personId: string; now: Date; pagesUrl: string },
): Promise<string> {
  const { storeId, personId, now, pagesUrl } = of;
  const link = { kind: 'board', storeId, data: { personId }, now } as const;
  return addressOf(pagesUrl, `/board/${await newLink(store, link, BOARD_LINK_MS)}`);
}

/** The value of a cookie that lets an operator in; it belongs to the key it was opened by. */
export function newSession(store: Store, keyId: string, now: Date): Promise<string> {
  return newLink(store, { kind: 'ops', storeId: EVERY_STORE, data: { keyId }, now }, SESSION_MS);
}

/** Where the page of an order is; the same in every message, until its links are taken back. */
export function orderPage(
  store: Pick<Store, 'sign'>,
  order: Pick<Order, 'id' | 'linkGeneration'>,
  pagesUrl: string,
): string {
  return addressOf(pagesUrl, `/o/${orderToken(store, order)}`);
}

/** The same for whoever knows whether people reach our pages. */
export function pageOf(
  { store, pagesUrl }: { readonly store: Pick<Store, 'sign'>; readonly pagesUrl: string | null },
  order: Pick<Order, 'id' | 'linkGeneration'>,
): string | null {
  return pagesUrl === null ? null : orderPage(store, order, pagesUrl);
}

/** The signature comes first, so that no address ends in a sign that chats take for the end of a sentence. */
export function orderToken(
  store: Pick<Store, 'sign'>,
  { id, linkGeneration }: Pick<Order, 'id' | 'linkGeneration'>,
): string {
  const generation = linkGeneration === 0 ? '' : `.${linkGeneration}`;
  const named = `${id.replace(/^ord_/, '')}${generation}`;
  return `${signed(store, named)}${named}`;
}

function signed(store: Pick<Store, 'sign'>, named: string): string {
  return store.sign('order-page', named).slice(0, SIGNED_LENGTH);
}

export type FollowedOrder =
  | { readonly order: Order; readonly shop: Shop; readonly history: readonly HistoryEntry[] }
  | { readonly refused: 'forged' | 'expired' | 'revoked' };

/** Where a link to an order leads, until what it shows is erased. A guess is refused before anything is read. */
export async function followOrderLink(
  store: Store,
  { token, now }: { readonly token: string; readonly now: Date },
): Promise<FollowedOrder> {
  const followed = await follow(store, token, now);
  if ('refused' in followed) await store.noteRefusedLink(now);
  return followed;
}

async function follow(store: Store, token: string, now: Date): Promise<FollowedOrder> {
  const named = token.slice(SIGNED_LENGTH);
  const given = token.slice(0, SIGNED_LENGTH);
  if (!/^[\w-]{1,60}(\.\d{1,6})?$/.test(named) || !isSame(given, signed(store, named)))
    return { refused: 'forged' };
  const [id = '', generation = '0'] = named.split('.');
  const orderId = `ord_${id}`;
  const place = await store.findStoreOf(orderId);
  if (place === null) return { refused: 'expired' };
  const [order, shop, history] = await Promise.all([
    store.findOrder(place.storeId, orderId),
    store.findShop(place.storeId),
    store.findHistory(place.storeId, orderId),
  ]);
  if (order === null || shop === null || isErased(order)) return { refused: 'expired' };
  if (Number(generation) !== order.linkGeneration) return { refused: 'revoked' };
  const endsAt = endOf(order, history);
  return endsAt !== null && endsAt <= now.getTime()
    ? { refused: 'expired' }
    : { order, shop, history };
}

function isErased({ parcels }: Order): boolean {
  return parcels.every(({ recipient }) => recipient === ERASED);
}

/** Null while the order is open. */
function endOf(order: Order, history: readonly HistoryEntry[]): number | null {
  const isOpen =
    order.state === 'awaiting_payment' ||
    (order.state === 'paid' &&
      order.parcels.some(({ state }) => !['delivered', 'cancelled', 'returned'].includes(state)));
  if (isOpen) return null;
  const last = history.reduce((newest, { at }) => (at > newest ? at : newest), order.placedAt);
  return Date.parse(last) + ORDER_LINK_MS;
}

/** Compares in constant time, whatever the lengths. */
function isSame(given: string, right: string): boolean {
  const [a, b] = [given, right].map((text) => hash('sha256', text, 'buffer'));
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function addressOf(pagesUrl: string, path: string): string {
  return `${pagesUrl.replace(/\/$/, '')}${path}`;
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
