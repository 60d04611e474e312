// The farmer's word about days and goods: how many boxes, which product, open or not.
import { addDays, localDate } from '../orders/dates.ts';
import { dayOf, isLate } from '../orders/harvest.ts';
import * as ordering from '../orders/ordering.ts';
import { productsOnSale } from '../orders/shop.ts';
import type { Conversation } from './conversation.ts';
import { type Asking, by, run, type Step, stay } from './desk.ts';
import * as replies from './replies.ts';
import { setStoreOpen } from './shop-state.ts';

const DATES_LOOKED_AT = 400;

export async function setCap(asking: Asking, said: string | null, capBoxes: number): Promise<Step> {
  const date = said ?? meantDate(asking) ?? (await nextOpenDate(asking));
  const result = await run(asking, ordering.setCap(by(asking, 'farmer'), { date, capBoxes }));
  return { reply: replies.capSet(result), talk: { ...asking.talk, cap: meaning(asking, date) } };
}

/** "오늘 5상자 더": on top of what the day takes already. */
export async function addRoom(asking: Asking, said: string | null, boxes: number): Promise<Step> {
  const date = said ?? meantDate(asking) ?? (await nextOpenDate(asking));
  const days = await asking.desk.store.findDays(asking.shop.id, date);
  return setCap(asking, date, dayOf(asking.shop, days, date).capBoxes + boxes);
}

/** The date last spoken of, today: yesterday's word meant another tomorrow. */
function meantDate({ talk, shop, now }: Asking): string | null {
  const zone = shop.policy.timeZone;
  const today = localDate(now, zone);
  if (talk.cap === null || talk.cap.date < today) return null;
  return localDate(new Date(talk.cap.at), zone) === today ? talk.cap.date : null;
}

export function meaning({ now }: Asking, date: string): Conversation['cap'] {
  return { date, at: now.toISOString() };
}

export async function nextOpenDate(asking: Asking): Promise<string> {
  const { shop, now, desk } = asking;
  const today = localDate(now, shop.policy.timeZone);
  const days = await desk.store.findDays(shop.id, today);
  for (let ahead = 0; ahead < DATES_LOOKED_AT; ahead++) {
    const day = dayOf(shop, days, addDays(today, ahead));
    if (day.capBoxes > 0 && !isLate({ shop, days, now }, day)) return day.date;
  }
  return addDays(today, 1);
}

export async function setPrice(asking: Asking, priceKrw: number): Promise<Step> {
  const { shop, desk, now } = asking;
  const products = productsOnSale(shop, localDate(now, shop.policy.timeZone));
  const [only, another] = products;
  if (only === undefined || another !== undefined)
    return stay(asking, replies.whichPrice(products));
  const product = { ...only, priceKrw };
  await desk.store.putProduct(shop.id, product);
  return stay(asking, replies.priceSet(product));
}

/** "황도 품절": the one product that the word fits; several are asked. */
export async function setOnSale(asking: Asking, word: string, isOnSale: boolean): Promise<Step> {
  const { shop, desk } = asking;
  const known = shop.products.filter(({ state }) => state !== 'archived');
  const fitting = known.filter(({ name }) =>
    name.replace(/\s/g, '').includes(word.replace(/\s/g, '')),
  );
  const [only, another] = fitting;
  if (only === undefined || another !== undefined)
    return stay(asking, replies.whichProduct(fitting.length > 0 ? fitting : known));
  const product = { ...only, state: isOnSale ? 'on_sale' : 'sold_out' } as const;
  await desk.store.putProduct(shop.id, product);
  return stay(asking, replies.onSaleSet(product));
}

export async function setOpen(asking: Asking, isOpen: boolean): Promise<Step> {
  return stay(asking, await setStoreOpen(asking, isOpen));
}
