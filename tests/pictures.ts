// Makes the pictures of all pages for the READMEs: by day on a phone, a desk and paper, by night on a phone.
// `npm run pictures`, or `npm run pictures -- order` for those that begin so.
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Chromium from '@sparticuz/chromium';
import { chromium, type Page } from 'playwright-core';
import { newPrintLink, newSession } from '../src/chat/links.ts';
import type { Engine } from '../src/payments/store.ts';
import { createServer, type ServerOptions } from '../src/web/server.ts';
import { openBoardScene, playBoardMorning } from './support/board-scene.ts';
import {
  busyHour,
  letDie,
  OPS_KEY,
  OPS_KEYS,
  placeThroughTheHour,
  runningSince,
} from './support/ops-scene.ts';
import { openScene, playMorning, TUESDAY_MORNING } from './support/page-scene.ts';
import { TUESDAY } from './support/shop.ts';
import { openMemoryStore } from './support/sqlite.ts';

const FOLDER = 'docs/pictures';
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
/** A4 at 96 dots an inch. */
const SHEET = { width: 794, height: 1123 };

const store = await openMemoryStore();
const scene = await openScene(store);
await playMorning(scene);
const boardStore = await openMemoryStore();
const board = await openBoardScene(boardStore);
await playBoardMorning(board);
const opsStore = await openMemoryStore();
await placeThroughTheHour(await openScene(opsStore));
await letDie(opsStore, ['blocked', 'time_out', 'unavailable']);
const session = await newSession(opsStore, opsStore.sign('ops', OPS_KEY), TUESDAY_MORNING);
const servers = {
  order: await listen(store),
  board: await listen(boardStore),
  ops: await listen(opsStore, { apiKeys: OPS_KEYS, meter: busyHour(), running: runningSince() }),
};
const { order: server, board: boardServer } = servers;
const opsBase = addressOf(servers.ops);
const base = addressOf(server);

const order = async (id: string) => `/o/${await scene.tokenOf(id)}`;
const print = { storeId: 'peach', date: TUESDAY, now: TUESDAY_MORNING, pagesUrl: '' };
const pages: Readonly<Record<string, string>> = {
  'order-new': await order('ord_new'),
  'order-some': await order('ord_some'),
  'order-cancel': `${await order('ord_some')}/cancel`,
  'order-address': `${await order('ord_paid')}/address?parcel=1`,
  notice: '/o/guessed',
  store: '/store/peach',
  privacy: '/privacy/peach',
  print: await newPrintLink(store, print),
  board: await board.link(addressOf(boardServer)),
  ops: `${opsBase}/ops`,
  'ops-login': `${opsBase.replace('127.0.0.1', 'localhost')}/ops`,
};
/** Those that are shown by night as well. */
const BY_NIGHT = ['order-new', 'order-some', 'store', 'ops'];

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: await Chromium.executablePath(),
  args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
});
const wanted = process.argv[2] ?? '';
for (const [name, path] of Object.entries(pages)) {
  if (!name.startsWith(wanted)) continue;
  await take(name, path, { viewport: PHONE, deviceScaleFactor: 1.5, to: 'phone' });
  if (BY_NIGHT.includes(name))
    await take(name, path, { viewport: PHONE, deviceScaleFactor: 1.5, to: 'night', isDark: true });
  await take(name, path, { viewport: DESK, deviceScaleFactor: 1, to: 'desk' });
  await take(name, path, { viewport: SHEET, deviceScaleFactor: 1, to: 'a4', isPaper: true });
}
await browser.close();
for (const one of Object.values(servers)) {
  one.closeAllConnections();
  one.close();
}
await Promise.all([store.close(), boardStore.close(), opsStore.close()]);

async function listen(
  of: Engine,
  more: Partial<Pick<ServerOptions, 'apiKeys' | 'meter' | 'running'>> = {},
): Promise<Server> {
  const opened = createServer({
    store: of,
    apiKeys: new Map(),
    newOrderId: () => 'ord_unused',
    now: () => TUESDAY_MORNING,
    log: () => undefined,
    botRoutes: [],
    isReady: () => true,
    publicBaseUrl: 'http://localhost',
    ...more,
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => opened.once('listening', resolve));
  return opened;
}

function addressOf(of: Server): string {
  return `http://127.0.0.1:${(of.address() as AddressInfo).port}`;
}

type Shot = {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor: number;
  readonly to: string;
  readonly isDark?: boolean;
  readonly isPaper?: boolean;
};

async function take(name: string, path: string, shot: Shot): Promise<void> {
  const { viewport, deviceScaleFactor, to, isDark = false, isPaper = false } = shot;
  const colorScheme = isDark ? 'dark' : 'light';
  const context = await browser.newContext({ viewport, deviceScaleFactor, colorScheme });
  // Logged in on the operator's page, and there only.
  await context.addCookies([{ name: 'sanji_ops', value: session, url: `${opsBase}/ops` }]);
  const page: Page = await context.newPage();
  await page.goto(new URL(path, base).href);
  if (isPaper) await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: `${FOLDER}/${name}-${to}.png`, fullPage: !isPaper });
  await context.close();
}
