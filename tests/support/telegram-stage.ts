// A stage for stories on which people really use Telegram: what they say goes through the server for tests and
// the bot, and what they see is what it was sent.

import { ROLES } from '../../scripts/invite.ts';
import { hire, type Pushed, type Stage } from '../../scripts/stage.ts';
import type { House } from '../../src/app.ts';
import type { Choice, Reply, Sender } from '../../src/chat/bot.ts';
import { buttonNotesIn } from '../../src/chat/button-notes.ts';
import { wordsFor } from '../../src/chat/notices.ts';
import { createDelivery } from '../../src/outbox/delivery.ts';
import { makeDocument } from '../../src/sheets/document.ts';
import { BOT, openTelegram, type Shown, TelegramUser } from './telegram.ts';
import { type Mode, startTelegram } from './telegram-bot.ts';

const STEP_MS = 1000;
/** Stands for a button in what a story presses: `ref` is its message and what it gives back. */
const BUTTON = 'button';

export type TelegramStage = Stage & {
  /** What the server would not take. */
  readonly refused: readonly string[];
  readonly close: () => Promise<void>;
};

export async function openTelegramStage(
  house: House,
  { mode, start }: { readonly mode: Mode; readonly start: Date },
): Promise<TelegramStage> {
  const { store } = house;
  const server = await openTelegram();
  let clock = start;
  const now = () => clock;
  const running = await startTelegram(server, mode, {
    answer: house.answer,
    notes: buttonNotesIn(store),
    makeDocument: (document) => makeDocument(store, document, clock),
    now,
  });
  const delivery = createDelivery({
    store,
    bots: new Map([['telegram', running.bot]]),
    wordsFor,
    pagesUrl: 'https://farm.example',
    now,
    random: () => 0,
    retryBaseMs: STEP_MS,
    log: () => undefined,
  });
  const people = new Map<string, TelegramUser>();
  const seen = new Map<string, number>();

  const userOf = (actor: string): string => {
    const known = people.get(actor) ?? new TelegramUser(server, String(7001 + people.size));
    people.set(actor, known);
    return known.user;
  };

  async function enter(actor: string): Promise<TelegramUser> {
    const isNew = !people.has(actor);
    const user = userOf(actor);
    const sender: Sender = { platform: 'telegram', bot: BOT, user };
    const role = isNew ? ROLES.find((one) => one === actor) : undefined;
    if (role !== undefined) await hire(house, { sender, role, storeId: null, now: clock });
    return people.get(actor) ?? new TelegramUser(server, user);
  }

  /** What came on somebody's screen since the last look. */
  function news(user: string): readonly Shown[] {
    const { shown } = server.shownTo(user);
    const fresh = shown.slice(seen.get(user) ?? 0);
    seen.set(user, shown.length);
    return fresh;
  }

  return {
    refused: server.refused,
    now,
    setClock(at) {
      clock = at;
    },
    wait(ms) {
      clock = new Date(clock.getTime() + ms);
    },
    userOf,

    async say(actor, { text, press }, { times, duplicate }) {
      const person = await enter(actor);
      const act = () =>
        press?.act === BUTTON ? pressOn(person, press.ref) : person.sayOnly({ text });
      const ids = Array.from({ length: times }, act);
      for (const id of ids) await person.confirmed(id);
      if (duplicate) await person.again();
      clock = new Date(clock.getTime() + STEP_MS);
      return replyOf(news(person.user));
    },

    async pushed() {
      await delivery.run();
      return [...people.values()].flatMap(({ user }) =>
        news(user).map((one): Pushed => ({ to: user, platform: 'telegram', text: one.text })),
      );
    },

    async close() {
      await running.stop();
      await server.close();
    },
  };
}

function pressOn(person: TelegramUser, ref: string): number {
  const { message, data } = JSON.parse(ref);
  return person.sendPress({ message, data }).id;
}

function replyOf(shown: readonly Shown[]): Reply {
  const texts = shown.map(({ text }) => text);
  const choices = shown.flatMap(({ id, buttons }) =>
    buttons.map(({ text: label, url, callback_data: data }): Choice => {
      if (url !== undefined) return { label, url };
      const chat = { id: 0, type: 'private' };
      const markup = { inline_keyboard: [[{ text: label, callback_data: data }]] };
      const message = { message_id: id, date: 0, chat, reply_markup: markup };
      const ref = JSON.stringify({ message, data });
      return { label, say: label, press: { key: null, act: BUTTON, ref } };
    }),
  );
  return { texts, choices };
}
