// Telegram: what people write comes in by polling or by webhook, and is confirmed when its answer is there;
// what we say goes out as plain text with buttons. https://core.telegram.org/bots/api
import type { Router } from 'express';
import type { Answer, Bot, ButtonNotes, MakeDocument, MenuLine, Sender } from '../src/chat/bot.ts';
import { harmless } from './harmless.ts';
import { createApi } from './telegram-api.ts';
import { begin, type Webhook } from './telegram-begin.ts';
import { createHook } from './telegram-hook.ts';
import { createIntake } from './telegram-intake.ts';
import { createPace, type PaceLimits, TELEGRAM_PACE } from './telegram-pace.ts';
import { poll } from './telegram-poll.ts';
import { createPost } from './telegram-post.ts';
import type { Log } from './telegram-send.ts';
import { createTalk, ROOM_CHARS } from './telegram-talk.ts';
import type { TelegramWords } from './telegram-words.ts';

/** So long a bot that stops waits for what it is saying. */
const STOP_WITHIN_MS = 3000;

export type TelegramOptions = {
  readonly answer: Answer;
  readonly token: string;
  readonly apiRoot: string;
  /** Null: we ask for the updates ourselves, and only one process may. */
  readonly webhook: Webhook | null;
  readonly words: TelegramWords;
  readonly menu: readonly MenuLine[];
  readonly notes: ButtonNotes;
  readonly makeDocument: MakeDocument;
  /** A person has shut the bot out, or has let it in again. */
  readonly onReach: (sender: Sender, isReachable: boolean, at: Date) => Promise<void>;
  readonly pace?: PaceLimits;
  readonly now?: () => Date;
  /** Gets no personal data: never the words said, never the user. */
  readonly log?: Log;
};

type Listening = {
  readonly asking: AbortController;
  readonly answering: AbortController;
  readonly running: Promise<void>;
};

/** `start` and `stop` begin and end the listening; `send` works all the while. */
export type TelegramBot = Bot & {
  readonly routes: Router;
  /** A link that opens the bot with `payload`; null in a process that has not begun to listen. */
  linkTo(payload: string): string | null;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createTelegramBot(options: TelegramOptions): TelegramBot {
  const { token, apiRoot, webhook, words, menu, onReach } = options;
  const now = options.now ?? (() => new Date());
  const log = options.log ?? (() => undefined);
  // The number before the colon is the bot's own id.
  const bot = token.split(':')[0] ?? token;
  const api = createApi(token, apiRoot);
  const pace = createPace(options.pace ?? TELEGRAM_PACE);
  const office = { ...options, api, pace, now, log };
  const onBlocked = (to: Sender) =>
    void onReach(to, false, now()).catch((error: unknown) =>
      log('telegram.broken', harmless(error)),
    );
  const post = createPost({ ...office, broken: words.broken, onBlocked });
  let listening: Listening | null = null;
  let name: string | null = null;
  const onName = (told: string) => {
    name = told;
  };
  const signal = () => listening?.answering.signal ?? AbortSignal.abort();
  const intake = createIntake(createTalk({ ...options, bot, office, post, signal }));

  async function listen(signal: AbortSignal): Promise<void> {
    const isBegun = await begin({ api, webhook, menu, log, onName }, signal);
    if (isBegun && webhook === null) await poll({ api, intake, log }, signal);
  }

  return {
    platform: 'telegram',
    dropsCopies: false,
    textChars: ROOM_CHARS,
    routes: createHook({
      intake,
      secret: webhook?.secret ?? null,
      isOpen: () => webhook !== null && listening?.asking.signal.aborted === false,
      log,
    }),

    linkTo: (payload) => name && `https://t.me/${name}?start=${payload}`,

    async send(to, reply, key) {
      // People of another bot are strangers to this one.
      if (to.bot !== bot) return { kind: 'refused', reason: 'bad_address' };
      return post.push(to, reply, key);
    },

    async start() {
      if (listening !== null) return;
      intake.startOver();
      const asking = new AbortController();
      const running = listen(asking.signal).catch((error: unknown) =>
        log('telegram.broken', harmless(error)),
      );
      listening = { asking, answering: new AbortController(), running };
    },

    async stop() {
      if (listening === null) return;
      const { asking, answering, running } = listening;
      asking.abort();
      await intake.settle(STOP_WITHIN_MS);
      // What still waits for its turn is given up, unconfirmed; what is on its way arrives.
      answering.abort();
      listening = null;
      await intake.settle(STOP_WITHIN_MS);
      await running;
    },
  };
}
