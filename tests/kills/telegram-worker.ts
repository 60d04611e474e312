// A server that tells people on Telegram what it owes them, to be killed: it sends until nothing is due.
// Started with: file, address of the Bot API, by how much its clock is ahead.
import { setTimeout as sleep } from 'node:timers/promises';
import { createTelegramBot } from '../../bots/telegram.ts';
import { wordsFor } from '../../src/chat/notices.ts';
import { BOT_MENU, TELEGRAM_WORDS } from '../../src/chat/replies/index.ts';
import { createDelivery } from '../../src/outbox/delivery.ts';
import { MONDAY_NOON } from '../support/shop.ts';
import { openFile } from '../support/sqlite.ts';
import { TOKEN } from '../support/telegram.ts';

const LOOK_AGAIN_MS = 20;

const [path = '', apiRoot = '', aheadMs = '0'] = process.argv.slice(2);
const store = openFile(path);
const now = () => new Date(MONDAY_NOON.getTime() + Number(aheadMs) + performance.now());
const bot = createTelegramBot({
  answer: async () => ({ texts: [], choices: [] }),
  token: TOKEN,
  apiRoot,
  webhook: null,
  words: TELEGRAM_WORDS,
  menu: BOT_MENU,
  notes: { keep: async () => undefined, find: async () => null },
  makeDocument: async () => null,
  onReach: async () => undefined,
  now,
});
const delivery = createDelivery({
  store,
  bots: new Map([['telegram', bot]]),
  wordsFor,
  pagesUrl: null,
  now,
  random: Math.random,
  retryBaseMs: 100,
  log: () => undefined,
});
for (;;) {
  await delivery.run();
  if ((await store.queueFigures(now())).due === 0) break;
  await sleep(LOOK_AGAIN_MS);
}
await store.close();
