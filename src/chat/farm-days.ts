// The farmer's word about days and goods: how many boxes, which product, open or not.
import type { DaysReading } from '../language/reading.ts';
import { addDays, instantAt, localDate } from '../orders/dates.ts';
import { dayOf, isLate, nextOpenDay } from '../orders/day.ts';
import type { CapWanted } from '../orders/farm-day.ts';
import * as ordering from '../orders/ordering.ts';
import { type Product, productsOnSale } from '../orders/shop.ts';
import type { Conversation } from './conversation.ts';
import { type Asking, ask, by, run, type Step, stay } from './desk.ts';
import { remembering, rememberingBooks } from './farm-undo.ts';
import * as replies from './replies/index.ts';
import { setStoreOpen } from './shop-state.ts';

export type SaidDay = Exclude<DaysReading, { kind: 'weekly' }>;

/** What one message says of days, one or many: one decision, one echo, one way back. */
export async function setDays(asking: Asking, said: readonly SaidDay[]): Promise<Step> {
  const meant = said.some(({ date }) => date === null) ? await meantDate(asking) : '';
  const words = said.map((one) => wordOf(one, meant));
  const today = localDate(asking.now, asking.shop.policy.timeZone);
  const coming = words.filter(({ date }) => date >= today);
  // Of what is only past the rules say so themselves.
  const isPartPast = coming.length > 0 && coming.length < words.length;
  const command = ordering.setDays(by(asking, 'farmer'), isPartPast ? coming : words);
  const result = await run(asking, command);
  const talk = rememberingBooks(asking, result.trace);
  const [first, another] = result.days;
  const reply =
    first === undefined || another !== undefined
      ? replies.calendarSet(result)
      : replies.capSet({ ...result, ...first });
  const past = isPartPast ? words.filter(({ date }) => date < today) : [];
  return {
    reply: past.length === 0 ? reply : replies.together([replies.daysArePast(past), reply]),
    talk: { ...talk, cap: meaning(asking, words.at(-1)?.date ?? today) },
  };
}

function wordOf(said: SaidDay, meant: string): CapWanted {
  const date = said.date ?? meant;
  if (said.kind === 'close') return { date, capBoxes: 0 };
  if (said.kind === 'cap') return { date, capBoxes: said.boxes };
  return { date, addBoxes: said.kind === 'more' ? said.boxes : -said.boxes };
}

/** "내일 마흔 상자쯤?": asked with the day and the number it would be. */
export async function askDays(asking: Asking, meant: readonly DaysReading[]): Promise<Step> {
  const date = await meantDate(asking);
  const dated = meant.map((one) =>
    one.kind === 'weekly' || one.date !== null ? one : { ...one, date },
  );
  return ask(asking, { kind: 'farm-days', meant: dated }, (id) => replies.askDays(dated, id));
}

/**
 * The date a bare number means: the one last asked about or shown, else the next open day. A date
 * shown is meant until midnight (yesterday's word meant another tomorrow), and one whose list is out
 * until the evening, when the farm plans the next day; one we asked for until its list is out, and while
 * it has no answer also after a look at a list that is out.
 */
async function meantDate({ talk, shop, now, desk }: Asking): Promise<string> {
  const today = localDate(now, shop.policy.timeZone);
  const days = await desk.store.findDays(shop.id, today);
  const calendar = { shop, now, days };
  const isOpen = (date: string) => !isLate(calendar, dayOf(shop, days, date));
  const { cap } = talk;
  const isToday = cap !== null && localDate(new Date(cap.at), shop.policy.timeZone) === today;
  const evening = instantAt(today, shop.policy.askAt, shop.policy.timeZone);
  const isOver =
    cap !== null && evening <= now && cap.at < evening.toISOString() && !isOpen(cap.date);
  const shown = cap !== null && isToday && cap.date >= today && !isOver ? cap : null;
  const question = await desk.store.findAskedDay(shop.id);
  const asked = question !== null && isOpen(question.date) ? question : null;
  if (asked !== null && shown !== null) {
    const isAnswered = dayOf(shop, days, asked.date).capSource === 'farmer';
    const isAsked = asked.at > shown.at || (!isAnswered && !isOpen(shown.date));
    return isAsked ? asked.date : shown.date;
  }
  return asked?.date ?? shown?.date ?? nextOpenDay(calendar, today)?.date ?? addDays(today, 1);
}

/** "쉬어요" to our question; null while we asked for no day that is still to be planned. */
export async function closeAskedDay(asking: Asking): Promise<Step | null> {
  const { shop, now, desk } = asking;
  const question = await desk.store.findAskedDay(shop.id);
  if (question === null) return null;
  const days = await desk.store.findDays(shop.id, localDate(now, shop.policy.timeZone));
  const day = dayOf(shop, days, question.date);
  if (day.capSource === 'farmer' || isLate({ shop, now, days }, day)) return null;
  return setDays(asking, [{ kind: 'close', date: day.date }]);
}

export function meaning({ now }: Asking, date: string): Conversation['cap'] {
  return { date, at: now.toISOString() };
}

export async function nextOpenDate({ shop, now, desk }: Asking): Promise<string> {
  const today = localDate(now, shop.policy.timeZone);
  const days = await desk.store.findDays(shop.id, today);
  return nextOpenDay({ shop, days, now }, today)?.date ?? addDays(today, 1);
}

export async function setPrice(asking: Asking, priceKrw: number): Promise<Step> {
  const { shop, desk, now } = asking;
  const products = productsOnSale(shop, localDate(now, shop.policy.timeZone));
  const [only, another] = products;
  if (only === undefined || another !== undefined)
    return stay(asking, replies.whichPrice(products));
  const before = await asItIs(asking, only);
  const product = { ...before, priceKrw };
  await desk.store.putProduct(shop.id, product);
  const talk = remembering(asking, { kind: 'product', before, after: product });
  return { reply: replies.priceSet(product), talk };
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
  const before = await asItIs(asking, only);
  const product = { ...before, state: isOnSale ? 'on_sale' : 'sold_out' } as const;
  await desk.store.putProduct(shop.id, product);
  const talk = remembering(asking, { kind: 'product', before, after: product });
  return { reply: replies.onSaleSet(product), talk };
}

/** What an earlier part of the same message has changed already stays changed. */
async function asItIs({ desk, shop }: Asking, product: Product): Promise<Product> {
  const now = await desk.store.findShop(shop.id);
  return now?.products.find(({ id }) => id === product.id) ?? product;
}

export async function setOpen(asking: Asking, isOpen: boolean): Promise<Step> {
  const after = isOpen ? 'open' : 'paused';
  const shop = (await asking.desk.store.findShop(asking.shop.id)) ?? asking.shop;
  const before = shop.state;
  const reply = await setStoreOpen({ ...asking, shop }, isOpen, 'farmer');
  if (before === after) return stay(asking, reply);
  return { reply, talk: remembering(asking, { kind: 'store', before, after }) };
}
