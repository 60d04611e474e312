// A change of what a store says of all its days, as a step of the generated streams: its numbers, its
// closed days, the holidays, its hours, and what its products may be sent when.
import { localTime } from '../../src/orders/dates.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Policy, Product, Shop } from '../../src/orders/shop.ts';
import * as oracle from './oracle.ts';
import { asking, type Plan, type Scene } from './stream-steps.ts';
import { farmOf, shopOf, type World } from './stream-world.ts';

const CLOSED_WEEKDAYS: readonly Policy['closedWeekdays'][] = [
  [],
  ['sat', 'sun'],
  ['wed'],
  ['mon', 'tue', 'thu'],
];

type Numbers = { readonly today: string; readonly b: number; readonly c: number };

/** Each makes another policy of the one there is. */
const POLICIES: readonly ((policy: Policy, of: Numbers) => Partial<Policy>)[] = [
  (_, { b }) => ({ dailyCapBoxes: 2 + (b % 12) }),
  (_, { b }) => ({ weekdayCapBoxes: b % 3 === 0 ? {} : { tue: b % 9, wed: b % 15, fri: 14 } }),
  (_, { b }) => ({ closedWeekdays: CLOSED_WEEKDAYS[b % CLOSED_WEEKDAYS.length] ?? [] }),
  ({ closedDates }, { b, today }) => {
    const date = oracle.dayAfter(today, b % 6);
    const others = closedDates.filter((one) => one !== date);
    return { closedDates: others.length < closedDates.length ? others : [...others, date] };
  },
  ({ closedBeforeHolidays }) => ({ closedBeforeHolidays: !closedBeforeHolidays }),
  (_, { b }) => ({ horizonDays: 3 + (b % 9) }),
  (_, { b }) => ({ cutoffAt: [null, '04:00', '09:30', '23:00'][b % 4] ?? null }),
  (_, { b }) => ({ transitDays: 1 + (b % 3) }),
];
const HOLIDAY = POLICIES.length;
const PRODUCT = HOLIDAY + 1;

export function planPolicy(world: World, { shop, before, step }: Scene): Plan {
  const was = world.behind.get(shop.id);
  const { b, c } = step;
  const { date: today } = localTime(world.now, shop.policy.timeZone);
  const way = c % (PRODUCT + 1);
  // Who still follows the last change of the holidays makes none of his own.
  const next = was === undefined ? changed(shop, { way, today, b, c }) : shop;
  const dates = oracle.changePolicy(farmOf(world, next, before), was ?? shop);
  const command = ordering.applyPolicy(asking(world, next, 'seller'), was ?? shop);
  let isPut = was !== undefined;
  return {
    async submit(request) {
      if (!isPut) await put(world, shop, next);
      isPut = true;
      world.behind.delete(shop.id);
      return world.store.submit(request === undefined ? command : { ...command, request });
    },
    touches: { orders: [], parcels: [...dates.keys()] },
    dates,
  };
}

function changed(shop: Shop, { way, ...of }: Numbers & { readonly way: number }): Shop {
  if (way === HOLIDAY) {
    const date = oracle.dayAfter(of.today, 1 + (of.b % 7));
    const holidays = new Set(shop.holidays);
    if (!holidays.delete(date)) holidays.add(date);
    return { ...shop, holidays };
  }
  if (way === PRODUCT) {
    // Of an order there is already a product's own cap and season move nobody.
    const products = shop.products.map((one) => (one.id === 'rare' ? rarer(one, of) : one));
    return { ...shop, products };
  }
  return { ...shop, policy: { ...shop.policy, ...POLICIES[way]?.(shop.policy, of) } };
}

function rarer(product: Product, { today, b }: Numbers): Product {
  return {
    ...product,
    dailyCapBoxes: [null, 2, 5][b % 3] ?? null,
    shipFrom: b % 2 === 0 ? null : oracle.dayAfter(today, b % 5),
    shipTo: b % 5 === 0 ? null : oracle.dayAfter(today, 4 + (b % 7)),
  };
}

/** A holiday is one for every store: the others follow in steps of their own. */
async function put(world: World, was: Shop, is: Shop): Promise<void> {
  const { store, shops } = world;
  const either = new Set([...was.holidays, ...is.holidays]);
  const toggled = [...either].filter((date) => was.holidays.has(date) !== is.holidays.has(date));
  for (const date of toggled)
    await store.putHoliday(date, is.holidays.has(date) ? '쉬는 날' : null);
  const { products, holidays, ...own } = is;
  await store.putShop(own);
  for (const one of products) await store.putProduct(is.id, one);
  for (const [place, { id }] of shops.entries()) {
    const known = shopOf(world, id);
    if (toggled.length > 0 && id !== is.id) world.behind.set(id, known);
    shops[place] = (await store.findShop(id)) ?? known;
  }
}
