// Writes beside the listing of stores: orders and payments at a steady rate, as the server itself
// (`serve`) or as another process on its file (`beside`). Prints the server's port.
import { openHouse } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import * as ordering from '../src/orders/ordering.ts';
import { DEFAULT_POLICY, NEW_PRODUCT } from '../src/orders/shop.ts';
import type { Store } from '../src/orders/store.ts';
import { createServer } from '../src/web/server.ts';
import { requestOf } from './store.ts';

const STORES = 1_000;
const PRODUCTS = 3;
/** Every so often a store itself changes. */
const PRICE_EVERY_MS = 1_000;

const [role = '', database = '', name = '', perSecond = '0'] = process.argv.slice(2);
const house = await openHouse(parseConfig({ DATABASE_URL: database }), () => undefined);
const { store } = house;
const storeId = (no: number) => `store-${String(no).padStart(4, '0')}`;

if (role === 'serve') {
  await fill(store);
  const app = createServer({
    store,
    apiKeys: new Map(),
    newOrderId: house.newOrderId,
    now: () => new Date(),
    log: () => undefined,
    botRoutes: [],
    isReady: () => true,
    publicBaseUrl: 'http://localhost',
  });
  const server = app.listen(0, () => {
    const address = server.address();
    process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
  });
} else process.send?.(0);
process.once('disconnect', () => process.exit(0));
process.on('message', (message) => void (message === 'write' ? start() : stop()));

let timers: NodeJS.Timeout[] = [];
let orders = 0;
let sinceStart = 0;

function start(): void {
  sinceStart = orders;
  // Two commands an order.
  timers = [
    setInterval(() => void order(orders++), 2_000 / Number(perSecond)),
    ...(role === 'serve' ? [setInterval(() => void setPrice(orders), PRICE_EVERY_MS)] : []),
  ];
}

function stop(): void {
  for (const timer of timers) clearInterval(timer);
  process.send?.(2 * (orders - sinceStart));
}

async function fill(empty: Store): Promise<void> {
  for (let no = 0; no < STORES; no++) {
    const id = storeId(no);
    await empty.putShop({
      id,
      name: `농원 ${no}`,
      state: 'open',
      policy: { ...DEFAULT_POLICY, dailyCapBoxes: 1_000_000 },
      business: null,
    });
    for (let one = 0; one < PRODUCTS; one++) await empty.putProduct(id, productOf(one));
  }
}

function productOf(no: number, priceKrw = 35_000) {
  return { ...NEW_PRODUCT, id: `product-${no}`, name: `복숭아 ${no}`, priceKrw };
}

async function setPrice(no: number): Promise<void> {
  await store.putProduct(storeId(no % STORES), productOf(0, 35_000 + no));
}

async function order(no: number): Promise<void> {
  const shop = await store.findShop(storeId(no % STORES));
  if (shop === null) throw new Error('a store is missing');
  const now = new Date();
  const asked = { shop, now, who: 'seller' } as const;
  const { id: buyerId } = await store.meet(
    { platform: 'api', bot: name, user: `${no % 500}` },
    now,
  );
  const id = `ord_${name}${no}`;
  const request = requestOf('product-0');
  await store.submit(ordering.place(asked, { id, buyerId, request }));
  const money = { amountKrw: null, method: 'manual', reference: null, depositor: null } as const;
  await store.submit(ordering.pay(asked, id, { ...money, at: now.toISOString() }));
}
