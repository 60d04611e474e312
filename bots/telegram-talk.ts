// One update: what it says to the shop, and what becomes of the answer.
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import {
  type Answer,
  FORGOTTEN,
  type MenuLine,
  type Message,
  type Reply,
  type Sender,
} from '../src/chat/bot.ts';
import { harmless } from './harmless.ts';
import { ApiError } from './telegram-api.ts';
import type { Handle, Signs } from './telegram-intake.ts';
import type { Arrived, Keyboard } from './telegram-payload.ts';
import type { Post } from './telegram-post.ts';
import { noteKeyOf, type Pressed, readButton } from './telegram-press.ts';
import { createRecent } from './telegram-recent.ts';
import { markupOf, type Office } from './telegram-send.ts';
import { commanded, type TelegramWords } from './telegram-words.ts';

/** Lists are shown by the page in an answer, and told to their end in several messages. */
export const ROOM_CHARS = 3500;
const CALL_WITHIN_MS = 5000;
const CALL_TRIES_MAX = 6;
/** Doubled with each try: Telegram forgets a press after a while, and before that it is worth another. */
const CALL_PAUSE_MS = 250;
/** Where others talk with each other we say once in a while that this is no place for it. */
const PUBLIC_EVERY_S = 600;
const PUBLIC_CHARS_MAX = 200;
/** Whoever presses again in the same moment has not seen yet that the buttons are gone. */
const TAKEN_MAX = 1000;

export type Talk = {
  readonly answer: Answer;
  /** The id by which the bot's people know it. */
  readonly bot: string;
  readonly office: Office;
  readonly post: Post;
  readonly words: TelegramWords;
  readonly menu: readonly MenuLine[];
  readonly onReach: (sender: Sender, isReachable: boolean, at: Date) => Promise<void>;
  /** Of the time in which the bot listens. */
  readonly signal: () => AbortSignal;
};

type Of<K extends Arrived['kind']> = Extract<Arrived, { readonly kind: K }>;
type Content = Pick<Message, 'text' | 'press' | 'attachment'>;

export function createTalk(talk: Talk): Handle {
  const { office, post, words } = talk;
  const { log, now, notes } = office;
  const tails = new Map<string, Promise<unknown>>();
  const perGroup = new RateLimiterMemory({ points: 1, duration: PUBLIC_EVERY_S });
  const taken = createRecent(TAKEN_MAX);
  const senderOf = (user: string): Sender => ({ platform: 'telegram', bot: talk.bot, user });

  /** The shop hears a person's messages in their order, and its answers leave in it. */
  function inOrder<T>(user: string, work: () => Promise<T>): Promise<T> {
    const own = (tails.get(user) ?? Promise.resolve()).then(work);
    const tail = own
      .catch(() => undefined)
      .then(() => {
        if (tails.get(user) === tail) tails.delete(user);
      });
    tails.set(user, tail);
    return own;
  }

  async function answerSafely(message: Message): Promise<Reply> {
    try {
      return await talk.answer(message);
    } catch (error) {
      log('telegram.broken', harmless(error));
      return { texts: [words.broken], choices: [] };
    }
  }

  /** The answer, once it is there. */
  async function converse(
    { id, user }: Of<'said'> | Of<'pressed'>,
    signs: Signs,
    read: () => Promise<Content>,
  ): Promise<Reply> {
    const sender = senderOf(user);
    const { reply, sent } = await inOrder(user, async () => {
      const content = await read();
      const delivery = { sender, updateId: String(id), storeId: null };
      const message = { ...content, ...delivery, roomChars: ROOM_CHARS, at: now() };
      const reply = await answerSafely(message);
      signs.answered();
      // Handed over within the order, and not waited for: the next message need not wait.
      return {
        reply,
        sent: post.answer(sender, reply, { stop: talk.signal(), onWait: signs.waits }),
      };
    });
    await sent;
    return reply;
  }

  async function pressed(press: Of<'pressed'>, signs: Signs): Promise<void> {
    const { user, on } = press;
    // At once: until then the button of who pressed it keeps spinning.
    void acknowledge(press.query, {}, office);
    const { endsPress } = await converse(press, signs, () => contentOf(press));
    if (endsPress && on !== null && taken.isNew(`${user} ${on.message}`))
      void takeButtons(user, on, office);
  }

  async function contentOf({ user, data, on }: Of<'pressed'>): Promise<Pressed> {
    const label = on?.keyboard.flat().find((one) => one.callback_data === data)?.text ?? '';
    const noted = noteKeyOf(data);
    const whole = noted === null ? data : await notes.find(senderOf(user), noted);
    return whole === null ? { text: label, press: FORGOTTEN } : readButton(whole, label);
  }

  async function inPublic({ chat, query }: Of<'public'>): Promise<void> {
    if (query !== null)
      return acknowledge(query, { text: words.privately.slice(0, PUBLIC_CHARS_MAX) }, office);
    const isNew = await perGroup.consume(chat).then(
      () => true,
      () => false,
    );
    if (!isNew) return;
    const said = { chat_id: Number(chat), text: words.privately };
    await tried(() => office.api('sendMessage', said, { withinMs: CALL_WITHIN_MS }), office);
  }

  return async (arrived, signs) => {
    switch (arrived.kind) {
      case 'said': {
        const { text, attachment } = arrived;
        const content = { text: commanded(text, talk), attachment };
        await converse(arrived, signs, async () => content);
        return;
      }
      case 'pressed':
        return pressed(arrived, signs);
      case 'edited': {
        const reply = { texts: [words.edited], choices: [] };
        return post.answer(senderOf(arrived.user), reply, { stop: talk.signal() });
      }
      case 'public':
        return inPublic(arrived);
      case 'reach':
        return talk.onReach(senderOf(arrived.user), arrived.isReachable, now());
      case 'nothing':
    }
  };
}

function acknowledge(
  callback_query_id: string,
  extra: { readonly text?: string },
  office: Office,
): Promise<void> {
  const answer = { callback_query_id, ...extra };
  return tried(
    () => office.api('answerCallbackQuery', answer, { withinMs: CALL_WITHIN_MS }),
    office,
  );
}

/** What was pressed is over: only its links stay. Of a message that looks so already nothing is asked. */
function takeButtons(
  user: string,
  { message: message_id, keyboard }: { readonly message: number; readonly keyboard: Keyboard },
  office: Office,
): Promise<void> {
  const links = keyboard.map((row) => row.filter(({ url }) => url !== undefined));
  const left = links.filter((row) => row.length > 0);
  if (left.flat().length === keyboard.flat().length) return Promise.resolve();
  const edit = { chat_id: Number(user), message_id, reply_markup: markupOf(left) };
  return office.api('editMessageReplyMarkup', edit, { withinMs: CALL_WITHIN_MS }).then(
    () => undefined,
    // They are pressed in vain then, and that is answered.
    () => undefined,
  );
}

/** What nobody waits for is tried a few times, and then left. */
async function tried(work: () => Promise<unknown>, { log }: Office): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      await work();
      return;
    } catch (error) {
      const kind = error instanceof ApiError ? error.failing.kind : 'broken';
      // A press that is too old, a message that looks like that already: there is nothing to be done.
      if (kind === 'wrong' || kind === 'refused') return;
      if (kind === 'broken' || tries >= CALL_TRIES_MAX) return log('telegram.left', { why: kind });
      const failing = error instanceof ApiError ? error.failing : null;
      const ms = failing?.kind === 'wait' ? failing.ms : CALL_PAUSE_MS * 2 ** (tries - 1);
      await sleep(ms, undefined, { ref: false });
    }
}
