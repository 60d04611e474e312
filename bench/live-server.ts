// The server of the benchmark of live pages: it places orders for 64 callers on its own store while pages
// are open, and says how many it placed and how much memory it holds. Other orders, those on the pages,
// go on at the pace of a busy morning.
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { orderToken } from '../src/chat/links.ts';
import * as ordering from '../src/orders/ordering.ts';
import { createServer, liveOf } from '../src/web/server.ts';
import { openStore } from '../storage/index.ts';
import { MONDAY_NOON, openFarm } from '../tests/support/shop.ts';

const CALLERS = 64;
const ROUND_MS = 2_000;
const PAGES_MOVED_PER_SECOND = 20;

const [url = '', pages = '0'] = process.argv.slice(2);
const store = await openStore({
  url,
  dataKey: null,
  isProduction: false,
  holdFor: () => new Set(),
});
const farm = await openFarm(store, { policy: { maxBoxesPerOrder: 50, dailyCapBoxes: 5_000 } });
const shown = Array.from({ length: Number(pages) }, (_, at) => `ord_shown${at}`);
for (const id of shown) await farm.place(id, { boxes: 1 });
const log = () => undefined;
const live = liveOf({ store, log });
const server = createServer({
  ...{ store, live, log, apiKeys: new Map(), botRoutes: [] },
  newOrderId: () => 'ord_unused',
  now: () => MONDAY_NOON,
  isReady: () => true,
  publicBaseUrl: 'http://localhost',
}).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const tokens = shown.map((id) => orderToken(store, { id, linkGeneration: 0 }));
  process.send?.({ port, tokens });
});

let placed = 0;
/**
 * Orders in a second of the processor's time while 64 callers wait for one after another: by the clock,
 * whatever else the machine does would be measured too.
 */
async function run(): Promise<number> {
  const until = performance.now() + ROUND_MS;
  const before = placed;
  const cpu = process.cpuUsage();
  let isOver = false;
  const moving = moveShown(() => isOver);
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      while (performance.now() < until) await farm.place(`ord_${placed++}`, { boxes: 1 });
    }),
  );
  isOver = true;
  await moving;
  const { user, system } = process.cpuUsage(cpu);
  return ((placed - before) * 1_000_000) / (user + system);
}

/** Orders that somebody may be looking at go on, one after another; `reminded` stays as it is. */
async function moveShown(isOver: () => boolean): Promise<void> {
  for (let at = 0; !isOver(); at++) {
    const id = shown[at % shown.length];
    if (id !== undefined) await store.submit(ordering.complain(farm.asked(), id, 'busy'));
    await pause(1_000 / PAGES_MOVED_PER_SECOND);
  }
}

process.on('message', async (asked) => {
  if (asked === 'run') process.send?.({ rate: await run() });
  if (asked === 'memory') {
    globalThis.gc?.();
    process.send?.({ bytes: process.memoryUsage().rss, open: live.count() });
  }
});
