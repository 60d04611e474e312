// The only wiring file: which parts there are and what each is given. No logic.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { KakaoPush, KakaoPushOptions } from '../bots/kakao-push.ts';
import { openStore } from '../storage/index.ts';
import type { Answer, Bot, Message, Opening, Reply, Visit } from './chat/bot.ts';
import { buttonNotesIn } from './chat/button-notes.ts';
import type { Desk } from './chat/desk.ts';
import { newChatLink } from './chat/links.ts';
import { wordsFor } from './chat/notices.ts';
import { enterByLink, transcriptIn } from './chat/page.ts';
import { confirmShown } from './chat/receipt-of-notice.ts';
import {
  BOT_MENU,
  BOT_WORDS,
  DISCORD_WORDS,
  PAGE_WORDS,
  TELEGRAM_WORDS,
} from './chat/replies/index.ts';
import { createRouter, openPage, tellWaiting } from './chat/router.ts';
import type { Config } from './config.ts';
import { startHeart } from './jobs/heart.ts';
import type { Schedule } from './jobs/schedule.ts';
import { keepSeat } from './jobs/seat.ts';
import { warmUp } from './language/warm-up.ts';
import type { Role } from './orders/change.ts';
import type { Policy } from './orders/shop.ts';
import { holdsOn, type Speaking } from './outbox/kinds.ts';
import type { Engine } from './payments/store.ts';
import { makeDocument } from './sheets/document.ts';

export type Log = (event: string, fields: Record<string, unknown>) => void;

/**
 * Where we cannot speak first by ourselves: notices wait there for the next contact. A terminal belongs to
 * another process, which asks for what waits.
 */
function speaking({ kakaoPush }: Pick<Config, 'kakaoPush'>): Readonly<Record<string, Speaking>> {
  return { kakao: kakaoPush === null ? 'never' : 'paid', terminal: 'never' };
}

/** On which platforms a notice waits; the same for every process that works with the database. */
export function holdFor(config: Pick<Config, 'kakaoPush'>): ReturnType<typeof holdsOn> {
  return holdsOn(speaking(config));
}

/** The shop without an entrance: storage and conversation. What the CLI and the bots stand on. */
export type House = {
  readonly store: Engine;
  readonly answer: Answer;
  /** What waits for a sender who says nothing, or null. */
  readonly tellWaiting: (message: Message) => Promise<Reply | null>;
  /** What a page shows before anything was said on it, or null where there is no such store. */
  readonly openPage: (visit: Visit) => Promise<Opening | null>;
  readonly newOrderId: () => string;
  readonly close: () => Promise<void>;
};

export async function openHouse(
  config: Config,
  log: Log,
  more: Pick<Desk, 'linkUrl' | 'onAnswered'> = {},
): Promise<House> {
  const store = await openStore({
    url: config.databaseUrl,
    dataKey: config.dataKey,
    isProduction: config.isProduction,
    holdFor: holdFor(config),
    policyOverride: policyForTests(config),
  });
  if (!config.isProduction) {
    const { addDemoStore } = await import('./demo.ts');
    await addDemoStore(store, config.timeZone);
  }
  const { draftLifeMs, undoWindowMs, pagesUrl } = config;
  const desk = { store, newOrderId, draftLifeMs, undoWindowMs, pagesUrl, log, ...more };
  const answer = createRouter(desk);
  return {
    store,
    answer,
    tellWaiting: (message) => tellWaiting(message, { store, pagesUrl }),
    openPage: (visit) => openPage(visit, desk),
    newOrderId,
    close: () => store.close(),
  };
}

export type Serving = {
  readonly port: number;
  /** The path that opens the web chat as staff of the first open store, once; null without one. */
  readonly newChatLink: (role: Role) => Promise<string | null>;
  readonly stop: () => Promise<void>;
};

/** Starts the web server with the configured bots, the outbox and the jobs. */
export async function serve(config: Config): Promise<Serving> {
  const [{ Meter }, write] = await Promise.all([
    import('./web/meter.ts'),
    createLog(config.logLevel),
  ]);
  const meter = new Meter();
  const log: Log = (event, fields) => {
    meter.notice(event);
    write(event, fields);
  };
  const now = () => new Date();
  const since = now();
  const house = await openHouse(config, log, {
    linkUrl: (code) => telegram?.linkTo(`link-${code}`) ?? null,
    onAnswered({ notices, ...lane }) {
      meter.flow.count('messages', lane, { now: now() });
      meter.flow.count('notices', lane, { now: now(), times: notices });
    },
  });
  const heart = await startHeart({ store: house.store, now, log, onLost: () => void stop() }).catch(
    async (error: unknown) => {
      await house.close();
      throw error;
    },
  );
  const [{ createServer, liveOf, shelf }, { BOTS }, { createDelivery }, { startSchedule }] =
    await Promise.all([
      import('./web/server.ts'),
      import('../bots/index.ts'),
      import('./outbox/delivery.ts'),
      import('./jobs/schedule.ts'),
    ]);
  const assets = shelf();
  const live = liveOf({ store: house.store, log });
  let isReady = false;
  let schedule: Schedule | null = null;
  let stopping: Promise<void> | null = null;
  const kakao =
    config.kakao &&
    (await BOTS.kakao())({
      answer: house.answer,
      ...config.kakao,
      words: BOT_WORDS,
      onShown: (message) => confirmShown(house.store, message),
      push: await kakaoPush(config, { now, log, onSpent: meter.spend }),
      log,
    });
  if (kakao === null) log('kakao.off', { missing: 'KAKAO_SKILL_SECRET' });
  const telegram =
    config.telegram &&
    (await BOTS.telegram())({
      ...config.telegram,
      answer: house.answer,
      words: TELEGRAM_WORDS,
      menu: BOT_MENU,
      notes: buttonNotesIn(house.store),
      makeDocument: (document) => makeDocument(house.store, document, now()),
      onReach: (sender, isReachable, at) => house.store.setReach({ sender, isReachable, now: at }),
      log,
    });
  const web = (await BOTS.web())({
    answer: house.answer,
    open: house.openPage,
    transcript: transcriptIn(house.store),
    enter: (link) => enterByLink(house.store, link),
    words: PAGE_WORDS,
    sharedLook: async () => {
      const files = await assets();
      return { style: files.hrefOf('base.css'), icon: files.hrefOf('icon.svg') };
    },
    baseUrl: config.publicBaseUrl,
    isSecure: config.isProduction || config.publicBaseUrl.startsWith('https:'),
    timeZone: config.timeZone,
    log,
  });
  const discord =
    config.discord &&
    (await BOTS.discord())({
      answer: house.answer,
      ...config.discord,
      words: DISCORD_WORDS,
      makeDocument: (document) => makeDocument(house.store, document, now()),
      log,
    });
  await discord?.verify().catch(async (error: unknown) => {
    await heart.stop();
    await house.close();
    throw error;
  });
  const bots = new Map<string, Bot>([
    ['web', web],
    ...(kakao === null ? [] : [['kakao', kakao] as const]),
    ...(discord === null ? [] : [['discord', discord] as const]),
    ...(telegram === null ? [] : [['telegram', telegram] as const]),
  ]);
  const delivery = createDelivery({
    store: house.store,
    bots,
    wordsFor,
    pagesUrl: config.pagesUrl,
    now,
    random: Math.random,
    retryBaseMs: config.retryBaseMs,
    log,
    onSent: (lane) => meter.flow.count('notices', lane, { now: now() }),
  });
  const app = createServer({
    store: house.store,
    apiKeys: config.apiKeys,
    bankSecret: config.bankSecret,
    newOrderId,
    now,
    log,
    botRoutes: [kakao, telegram, web].flatMap((bot) => bot?.routes ?? []),
    isReady: async () => isReady && (await house.store.isReachable()),
    queueFigures: () => house.store.queueFigures(now()),
    publicBaseUrl: config.publicBaseUrl,
    undoWindowMs: config.undoWindowMs,
    meter,
    running: {
      since,
      version: await ownVersion(),
      engine: config.databaseUrl.startsWith('sqlite:') ? 'SQLite' : 'PostgreSQL',
      timeZone: config.timeZone,
      jobs: () => schedule?.standings() ?? [],
    },
    live,
    assets,
  });
  const server = app.listen(config.port);
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  delivery.start();
  schedule = await startSchedule({ store: house.store, now, log });
  const { store } = house;
  // Two connections to the gateway would hear everything twice.
  const gateway =
    discord && keepSeat({ store, name: 'discord', sit: discord.start, rise: discord.stop, log });
  // One poll, too; a webhook calls whichever process it reaches.
  const isPolling = config.telegram?.webhook === null;
  const polling =
    telegram === null || !isPolling
      ? null
      : keepSeat({ store, name: 'telegram', sit: telegram.start, rise: telegram.stop, log });
  if (!isPolling) await telegram?.start();
  isReady = true;
  setImmediate(warmUp);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  log('started', { port });
  return { port, newChatLink: chatLinkFor, stop };

  async function chatLinkFor(role: Role): Promise<string | null> {
    const [shop] = await house.store.listShops({ states: ['open'] });
    if (shop === undefined) return null;
    return newChatLink(house.store, { storeId: shop.id, roles: [role], now: now() });
  }

  /** Once, whoever asks first. */
  function stop(): Promise<void> {
    stopping ??= close();
    return stopping;
  }

  async function close(): Promise<void> {
    isReady = false;
    // Requests that came in are answered; idle connections are not waited for, and one that is not
    // idle ends with its next answer: a client that never pauses must not hold the process.
    server.prependListener('request', (_req, res) => res.setHeader('connection', 'close'));
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await Promise.all([gateway?.stop(), polling?.stop()]);
    for (const bot of bots.values()) await bot.stop?.();
    live.stop();
    server.closeIdleConnections();
    await closed;
    await schedule?.stop();
    await delivery.stop();
    await heart.stop();
    await house.close();
    log('stopped', {});
  }
}

async function kakaoPush(
  { kakaoPush }: Config,
  shared: Pick<KakaoPushOptions, 'log' | 'onSpent'> & { readonly now: () => Date },
): Promise<KakaoPush | null> {
  if (kakaoPush === null) return null;
  const { PUSHES } = await import('../bots/index.ts');
  const { createKakaoPush, createKakaoEvent, createAlimtalk } = await PUSHES.kakao();
  const { event, alimtalk } = kakaoPush;
  return createKakaoPush({
    ...shared,
    event: event && createKakaoEvent(event),
    alimtalk: alimtalk && createAlimtalk({ ...alimtalk, now: shared.now }),
    alimtalkPriceKrw: alimtalk?.priceKrw ?? 0,
  });
}

async function createLog(level: string): Promise<Log> {
  const { pino } = await import('pino');
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return (event, fields) => logger.info(fields, event);
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(
    await readFile(new URL('../package.json', import.meta.url), 'utf8'),
  ) as { readonly version: string };
  return version;
}

/** Letters and digits only: ids stand in button data and URLs. */
function newOrderId(): string {
  const random = randomBytes(12)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '');
  return `ord_${Date.now().toString(36)}${random}`;
}

function policyForTests({ payWindowMs }: Config): Partial<Policy> {
  if (payWindowMs === null) return {};
  return { payWindowHours: payWindowMs / 3_600_000, quietHours: { from: '00:00', to: '00:00' } };
}

// What the scripts stand on: they import nothing else of the house.
export { BOTS } from '../bots/index.ts';
export type { TerminalBot } from '../bots/terminal.ts';
export type { Bot, Choice, Platform, Press, Reply, Sender } from './chat/bot.ts';
export { forgetAccount } from './chat/forgetting.ts';
export { makeLinkCode } from './chat/linking.ts';
export { newBoardLink, orderPage } from './chat/links.ts';
export { wordsFor } from './chat/notices.ts';
export { newCode, normaliseInvite } from './chat/staff.ts';
export { JOBS, runJob } from './jobs/schedule.ts';
export type { RefundState, Role } from './orders/change.ts';
export { EVERY_STORE, QUESTION_STATES, RECEIPT_STATES, REFUND_STATES } from './orders/change.ts';
export type { Changed } from './orders/change-effects.ts';
export type { ChangeRequest } from './orders/change-plan.ts';
export { orderAfter } from './orders/changing.ts';
export { addDays, instantAt, isoWithOffset, localDate } from './orders/dates.ts';
export { dayOf } from './orders/day.ts';
export { DomainError } from './orders/errors.ts';
export type { CapResult } from './orders/farm-day.ts';
export type { MovedParcel } from './orders/moving.ts';
export type { Order, OrderCore, OrderState, ReportedState } from './orders/order.ts';
export type { OrderJson } from './orders/order-json.ts';
export { orderJson } from './orders/order-json.ts';
export * as ordering from './orders/ordering.ts';
export type { Paper, Standings } from './orders/paper.ts';
export type { ReportedRow } from './orders/reporting.ts';
export type { Settlement } from './orders/settlement.ts';
export { carriedKrw, periodOf, settle } from './orders/settlement.ts';
export type { Product, Shop, StoreState } from './orders/shop.ts';
export { DEFAULT_POLICY, NEW_PRODUCT } from './orders/shop.ts';
export type {
  Command,
  Letter,
  Mending,
  OutboxState,
  QuestionRecord,
  ReceiptRecord,
  RefundRecord,
} from './orders/store.ts';
export { OUTBOX_STATES } from './orders/store.ts';
export { createDelivery } from './outbox/delivery.ts';
export { answerDeposit } from './payments/answering.ts';
export { type Booked, bookDeposits } from './payments/booking.ts';
export { seenByHand, seenInStatement } from './payments/sightings.ts';
export type { Deposit, DepositAnswer } from './payments/store.ts';
export * as schemas from './web/schemas.ts';
