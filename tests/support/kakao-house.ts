// A house that speaks first on KakaoTalk, without its wiring: skill, outbox and routes.
import express from 'express';
import { createKakaoBot } from '../../bots/kakao.ts';
import { createAlimtalk } from '../../bots/kakao-alimtalk.ts';
import { createKakaoEvent } from '../../bots/kakao-event.ts';
import { createKakaoPush } from '../../bots/kakao-push.ts';
import type { Bot, Form } from '../../src/chat/bot.ts';
import { wordsFor } from '../../src/chat/notices.ts';
import { confirmShown } from '../../src/chat/receipt-of-notice.ts';
import { BOT_WORDS } from '../../src/chat/replies/index.ts';
import { createRouter } from '../../src/chat/router.ts';
import { createDelivery } from '../../src/outbox/delivery.ts';
import type { SqliteStore } from '../../storage/sqlite.ts';
import { REST_API_KEY } from './kakao-event.ts';
import { SOLAPI } from './solapi.ts';

export const SECRET = 'a long random secret';

export function openKakaoHouse(of: {
  readonly store: SqliteStore;
  readonly eventBase: string | null;
  readonly solapiBase: string | null;
  readonly templates?: ReadonlyMap<Form, string>;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly onSpent?: (route: string, krw: number) => void;
  readonly callWithinMs: number;
  /** A call for a notice was answered, and that is written down. */
  readonly onConfirmed?: () => void;
}) {
  const { store, now, log, eventBase, solapiBase, callWithinMs, onSpent = () => undefined } = of;
  const { templates = new Map<Form, string>() } = of;
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
    onShown: async (message) => {
      await confirmShown(store, message);
      of.onConfirmed?.();
    },
  });
  const delivery = createDelivery({
    ...{ store, wordsFor, pagesUrl: null, now, log },
    bots: new Map<string, Bot>([['kakao', bot]]),
    random: () => 0.5,
    retryBaseMs: 1000,
  });
  return { bot, delivery, app: express().use(bot.routes) };
}
