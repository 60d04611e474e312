// Which store is meant: the bot's own, the one chosen, the only one; else the list, a page at a time.
import { fittingStores, isNextPage, readStoreWish } from '../language/store-name.ts';
import { EVERY_STORE } from '../orders/change.ts';
import type { Shop } from '../orders/shop.ts';
import { storeOfQuestion } from './answering.ts';
import type { Coming, Step } from './desk.ts';
import * as replies from './replies/index.ts';
import { rolesAt } from './roles.ts';

const UNPLACED_MAX = 10;
const UNPLACED_CHARS_MAX = 3000;

/** `text` is what is now to be answered at this store. */
export type Chosen = Pick<Coming, 'talk'> & { readonly shop: Shop; readonly text: string };

export async function chooseShop(coming: Coming, text: string): Promise<Chosen | Step> {
  const { message, talk, desk } = coming;
  const wish = readStoreWish(text);
  const tied = message.storeId === null ? null : await desk.store.findShop(message.storeId);
  if (tied !== null) return { shop: tied, talk, text: wish === null ? text : replies.BUTTONS.info };
  const asked = storeOfQuestion(message.press);
  const its = asked === null ? null : await desk.store.findShop(asked);
  // Whoever has no role there is told so there.
  if (its !== null) return { shop: its, talk, text };
  const isPressed = message.press?.act === 'store' || message.press?.act === 'stores';
  if (isPressed || wish !== null || talk.open?.kind === 'store')
    return (await chooseBySaying(coming, text)) ?? chooseSilently(coming, text);
  return chooseSilently(coming, text);
}

/** A press on the list, "상점 …", or an answer to the list; null when it is about something else. */
async function chooseBySaying(coming: Coming, text: string): Promise<Chosen | Step | null> {
  const { talk, message } = coming;
  const open = talk.open?.kind === 'store' ? talk.open : null;
  const shops = await listedShops(coming);
  const { act, ref = '' } = message.press ?? {};
  if (act === 'store') {
    const pressed = shops.find(({ id }) => id === ref);
    return pressed === undefined ? showStores(coming, shops, {}) : enter(coming, pressed);
  }
  if (act === 'stores') {
    const [from = '', wish = ''] = ref.split('|');
    return showStores(coming, shops, { wish, from: Number(from) || 0 });
  }
  if (open?.next != null && isNextPage(text))
    return showStores(coming, shops, { wish: open.wish, from: open.next });
  const wish = readStoreWish(text);
  const [only, another] = shops;
  if (wish === '' && only !== undefined && another === undefined) return enter(coming, only);
  if (wish === '') return showStores(coming, shops, {});
  const fitting = fittingStores(shops, wish ?? text);
  const [found, more] = fitting;
  if (found !== undefined && more === undefined) return enter(coming, found);
  if (found !== undefined) return showStores(coming, shops, { wish: wish ?? text });
  return wish === null ? null : showStores(coming, shops, { wish });
}

async function chooseSilently(coming: Coming, text: string): Promise<Chosen | Step> {
  const { talk, turn, desk, message } = coming;
  const known = talk.storeId === null ? null : await desk.store.findShop(talk.storeId);
  if (known !== null && known.state !== 'archived') return { shop: known, talk, text };
  // Staff of one store talk about that store.
  const role = turn.roles.find(({ storeId }) => storeId !== EVERY_STORE);
  const own = role === undefined ? null : await desk.store.findShop(role.storeId);
  if (own !== null) return { shop: own, talk, text };
  const shops = await listedShops(coming);
  const [only, another] = shops;
  if (only !== undefined && another === undefined) return { shop: only, talk, text };
  const isKept = message.attachment === undefined && message.press === undefined && text !== '';
  const unplaced = isKept ? keep(talk.unplaced, text) : talk.unplaced;
  return showStores({ ...coming, talk: { ...talk, unplaced } }, shops, {});
}

/** The last things said, as many as one message may hold. */
function keep(unplaced: readonly string[], text: string): readonly string[] {
  const kept = [...unplaced, text].slice(-UNPLACED_MAX);
  while (kept.length > 0 && kept.join('\n').length > UNPLACED_CHARS_MAX) kept.shift();
  return kept;
}

/** Those that rest come last and are said so. */
async function listedShops({ desk }: Coming): Promise<readonly Shop[]> {
  const shops = await desk.store.listShops({ states: ['open', 'paused'] });
  return [
    ...shops.filter(({ state }) => state === 'open'),
    ...shops.filter(({ state }) => state === 'paused'),
  ];
}

/** The store becomes the current one, and what was said before it was chosen goes on there. */
function enter({ talk }: Coming, shop: Shop): Chosen {
  const open = talk.open?.kind === 'store' ? null : talk.open;
  const text = talk.unplaced.length > 0 ? talk.unplaced.join('\n') : replies.BUTTONS.menu;
  return { shop, talk: { ...talk, open, unplaced: [] }, text };
}

function showStores(
  { talk, message, now, turn }: Coming,
  shops: readonly Shop[],
  { wish = '', from = 0 }: { readonly wish?: string; readonly from?: number },
): Step {
  const fitting = wish === '' ? shops : fittingStores(shops, wish);
  const isFound = fitting.length > 0;
  const { reply, next } = replies.stores(isFound ? fitting : shops, {
    from: Math.max(0, Math.min(from, fitting.length - 1)),
    wish,
    isFound,
    // A greeting need not be promised anything.
    isKept: talk.unplaced.some((said) => /\d/.test(said)),
    roomChars: message.roomChars,
    now,
  });
  const isAdmin = rolesAt(turn, EVERY_STORE).has('admin');
  const seq = talk.seq + 1;
  const open = { kind: 'store', id: String(seq), wish: isFound ? wish : '', next } as const;
  return {
    reply: isAdmin ? replies.withAdminRow(reply) : reply,
    talk: { ...talk, seq, open },
  };
}
