// A farm whose buyer is on KakaoTalk and is spoken to first: real sockets to the fakes of the routes and
// from them to our skill, and a clock that is moved.

import { createServer } from 'node:http';
import type { Database } from 'better-sqlite3';
import express from 'express';
import { createKakaoBot } from '../../bots/kakao.ts';
import { createAlimtalk } from '../../bots/kakao-alimtalk.ts';
import { createKakaoEvent } from '../../bots/kakao-event.ts';
import { createKakaoPush } from '../../bots/kakao-push.ts';
import type { Bot, FilledForm, Form, Reply } from '../../src/chat/bot.ts';
import { wordsFor } from '../../src/chat/notices.ts';
import { BOT_WORDS } from '../../src/chat/replies/index.ts';
import { createRouter } from '../../src/chat/router.ts';
import { createDelivery } from '../../src/outbox/delivery.ts';
import { holdsOn } from '../../src/outbox/kinds.ts';
import type { SqliteStore } from '../../storage/sqlite.ts';
import { KakaoUser } from './kakao.ts';
import { openEventApi, REST_API_KEY } from './kakao-event.ts';
import { listening } from './listening.ts';
import type { Row } from './post.ts';
import { openFarm } from './shop.ts';
import { openSolapi, SOLAPI } from './solapi.ts';
import { openWithConnection } from './sqlite.ts';

export const SECRET = 'a long random secret';
/** A call that hangs need not hang long in a test. */
const CALL_WITHIN_MS = 300;

export type Logged = { readonly event: string; readonly fields: Record<string, unknown> };

/** The house without its wiring, as the kill test starts it in a process of its own. */
export function openKakaoHouse(of: {
  readonly store: SqliteStore;
  readonly eventBase: string | null;
  readonly solapiBase: string | null;
  readonly templates?: ReadonlyMap<Form, string>;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly onSpent?: (route: string, krw: number) => void;
}) {
  const { store, now, log, eventBase, solapiBase, onSpent = () => undefined } = of;
  const { templates = new Map<Form, string>() } = of;
  const callWithinMs = CALL_WITHIN_MS;
  const push = createKakaoPush({
    event:
      (eventBase && createKakaoEvent({ base: eventBase, key: REST_API_KEY, callWithinMs })) || null,
    alimtalk:
      (solapiBase &&
        createAlimtalk({ ...SOLAPI, base: solapiBase, templates, now, callWithinMs })) ||
      null,
    alimtalkPriceKrw: 13,
    onSpent,
    log,
  });
  const desk = { store, log, pagesUrl: null, draftLifeMs: 86_400_000, undoWindowMs: 300_000 };
  const answer = createRouter({ ...desk, newOrderId: () => `ord_${crypto.randomUUID()}` });
  const bot = createKakaoBot({
    ...{ answer, secret: SECRET, botIds: new Map(), words: BOT_WORDS, push, now, log },
  });
  const delivery = createDelivery({
    ...{ store, wordsFor, pagesUrl: null, now, log },
    bots: new Map<string, Bot>([['kakao', bot]]),
    random: () => 0.5,
    retryBaseMs: 1000,
  });
  return { bot, delivery, app: express().use(bot.routes) };
}

export async function openKakaoPost({
  withEvent = true,
  templates,
}: {
  readonly withEvent?: boolean;
  readonly templates?: ReadonlyMap<Form, string>;
} = {}) {
  const { store, db } = openWithConnection(holdsOn({ kakao: 'paid' }));
  const farm = await openFarm(store, { policy: { quietHours: { from: '00:00', to: '00:00' } } });
  let at = farm.asked().now;
  const logged: Logged[] = [];
  const spent: { readonly route: string; readonly krw: number }[] = [];
  const [event, solapi] = await Promise.all([openEventApi(), openSolapi({ now: () => at })]);
  const opened = () =>
    openKakaoHouse({
      ...{ store, now: () => at },
      eventBase: withEvent ? event.base : null,
      solapiBase: templates === undefined ? null : solapi.base,
      templates,
      log: (event, fields) => logged.push({ event, fields }),
      onSpent: (route, krw) => spent.push({ route, krw }),
    });
  let house = opened();
  const url = `${await listening(createServer((req, res) => house.app(req, res)))}/kakao/skill`;
  event.connect({ url, secret: SECRET });
  return {
    ...{ store, db, farm, event, solapi, logged, spent, url },
    now: () => at,
    pass(ms: number) {
      at = new Date(at.getTime() + ms);
    },
    /** As another process would: nothing is remembered but what is in the store. */
    restart() {
      house = opened();
    },
    /** One look at what is due, and all that comes of it at Kakao. */
    async deliver() {
      await house.delivery.run();
      await event.ended();
    },
    person: (user = farm.sender.user) => new KakaoUser(url, user, SECRET, farm.sender.bot),
    /** As the buyer tells it after his first order. */
    async givePhone(phone: string) {
      const turn = await store.findTurn(farm.sender, null);
      const settle = () => ({ conversation: null, reply: null });
      const end = { turn, person: { phone }, shown: [], settle };
      await store.endTurn({ storeId: farm.shop.id, now: at, end });
    },
    /** The forms that were filled in, as the words that were sent are kept. */
    async keptForms(): Promise<FilledForm[]> {
      const ids = rowsOf(db, '%').map(({ id }) => id);
      const kept = await Promise.all(
        ids.map((id) => store.confirmNotice({ id, sender: farm.sender, now: at })),
      );
      return kept.flatMap((words) => (words as Reply | null)?.form ?? []);
    },
    rows: (kind = '%'): Row[] => rowsOf(db, kind),
    row(kind = '%'): Row {
      const [row] = rowsOf(db, kind);
      if (row === undefined) throw new Error(`there is no row of ${kind}`);
      return row;
    },
  };
}

function rowsOf(db: Database, kind: string): Row[] {
  return db.prepare('SELECT * FROM outbox WHERE kind LIKE ? ORDER BY id').all(kind) as Row[];
}
