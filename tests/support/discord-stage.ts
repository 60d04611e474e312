// A stage for stories on which people really use Discord: what they do goes through its gateway and the bot,
// and what they see is what Discord shows them.
import { ROLES } from '../../scripts/invite.ts';
import { hire, type Pushed, type Stage } from '../../scripts/stage.ts';
import type { House } from '../../src/app.ts';
import type { Choice, Reply, Sender } from '../../src/chat/bot.ts';
import { wordsFor } from '../../src/chat/notices.ts';
import { createDelivery } from '../../src/outbox/delivery.ts';
import { makeDocument } from '../../src/sheets/document.ts';
import { BOT_ID, type Interaction, type Shown } from './discord.ts';
import { beginDiscord } from './discord-bot.ts';
import { buttonsOf, DiscordUser, drawn } from './discord-user.ts';

const STEP_MS = 1000;
const FIRST_USER = 500_000_000_000_007_001n;
/** Stands for a button in what a story presses: `ref` is its message and what it gives back. */
const BUTTON = 'button';

export type DiscordStage = Stage & {
  /** What Discord would not take. */
  readonly refused: readonly string[];
  readonly close: () => Promise<void>;
};

export async function openDiscordStage(
  house: House,
  { isInGuild, start }: { readonly isInGuild: boolean; readonly start: Date },
): Promise<DiscordStage> {
  const { store } = house;
  let clock = start;
  const now = () => clock;
  const { fake, bot, end } = await beginDiscord(house.answer, {
    makeDocument: (document) => makeDocument(store, document, clock),
    now,
  });
  const delivery = createDelivery({
    store,
    bots: new Map([['discord', bot]]),
    wordsFor,
    pagesUrl: 'https://farm.example',
    now,
    random: () => 0,
    retryBaseMs: STEP_MS,
    log: () => undefined,
  });
  const people = new Map<string, DiscordUser>();
  const seen = new Map<string, number>();

  function personOf(actor: string): DiscordUser {
    const id = String(FIRST_USER + BigInt(people.size));
    const person = people.get(actor) ?? new DiscordUser(fake, id, isInGuild);
    people.set(actor, person);
    return person;
  }

  async function enter(actor: string): Promise<DiscordUser> {
    const isNew = !people.has(actor);
    const person = personOf(actor);
    const sender: Sender = { platform: 'discord', bot: BOT_ID, user: person.id };
    const role = isNew ? ROLES.find((one) => one === actor) : undefined;
    if (role !== undefined) await hire(house, { sender, role, storeId: null, now: clock });
    return person;
  }

  /** What came on somebody's screen since the last look. */
  function news(person: DiscordUser): readonly Shown[] {
    const { shown } = person;
    const fresh = shown.slice(seen.get(person.id) ?? 0);
    seen.set(person.id, shown.length);
    return fresh;
  }

  function press(person: DiscordUser, ref: string): Interaction {
    const { messageId, customId } = JSON.parse(ref);
    const message = person.shown.find(({ id }) => id === messageId);
    if (message === undefined) throw new Error('what is pressed is not on the screen');
    return person.click(message, customId);
  }

  return {
    refused: fake.refusals,
    now,
    setClock(at) {
      clock = at;
    },
    wait(ms) {
      clock = new Date(clock.getTime() + ms);
    },
    userOf: (actor) => personOf(actor).id,

    async say(actor, { text, press: pressed }, { times, duplicate }) {
      const person = await enter(actor);
      const before = person.shown.length;
      const acts = Array.from({ length: times }, () => {
        if (pressed?.act === BUTTON) return press(person, pressed.ref);
        return isInGuild ? person.slash('말', { 내용: text }) : void person.write(text);
      });
      if (duplicate) person.again();
      const isAnswered = (one: Interaction | undefined) =>
        one === undefined || one.response === 6 || one.original?.isThinking === false;
      await fake.until(() => acts.every(isAnswered) && person.shown.length > before);
      clock = new Date(clock.getTime() + STEP_MS);
      return replyOf(news(person));
    },

    async pushed() {
      await delivery.run();
      return [...people.values()].flatMap((person) =>
        news(person).map(
          (one): Pushed => ({ to: person.id, platform: 'discord', text: drawn(one.content) }),
        ),
      );
    },

    close: end,
  };
}

function replyOf(shown: readonly Shown[]): Reply {
  const texts = shown.map(({ content }) => drawn(content));
  const choices = shown.flatMap((message) =>
    buttonsOf(message).map(({ label, url, customId }): Choice => {
      if (url !== null) return { label, url };
      const ref = JSON.stringify({ messageId: message.id, customId });
      return { label, say: label, press: { key: null, act: BUTTON, ref } };
    }),
  );
  return { texts, choices };
}
