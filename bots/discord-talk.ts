// What people do on Discord is handed to the shop, and its answers go back: to an interaction as its
// response, to a direct message into its channel.
import { type Message as DiscordMessage, type Interaction, Routes } from 'discord.js';
import type { Answer, Message, Reply } from '../src/chat/bot.ts';
import { type Doors, nonceOf } from './discord-doors.ts';
import { createMemory } from './discord-memory.ts';
import {
  answerable,
  isPrivate,
  readInteraction,
  readMessage,
  type Said,
  type Tables,
} from './discord-payload.ts';
import { DISCORD_ROOM_CHARS, type File, type Part, renderDiscord } from './discord-render.ts';
import { BRING_WITHIN_MS, createResponder } from './discord-response.ts';
import type { Wire } from './discord-rest.ts';
import { harmless } from './harmless.ts';
import { createOneByOne } from './one-by-one.ts';

const IDS_REMEMBERED = 5000;
const CHANNELS_REMEMBERED = 5000;
/** In one channel strangers could make us talk without end. */
const POINT_EVERY_MS = 60_000;

export type DiscordWords = Tables & {
  readonly broken: string;
  /** The button below every answer in a server, where text is not read, and the form it opens. */
  readonly writing: { readonly label: string; readonly form: string };
  /** To whoever mentions the bot in a channel. */
  readonly pointer: string;
};

export type TalkOptions = {
  readonly answer: Answer;
  readonly words: DiscordWords;
  readonly wire: Wire;
  readonly doors: Doors;
  readonly filesFor: (reply: Reply) => Promise<readonly File[]>;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
};

export type Talk = {
  /** `me` is the bot's own user. */
  readonly onInteraction: (interaction: Interaction, me: string) => Promise<void>;
  readonly onMessage: (message: DiscordMessage, me: string) => Promise<void>;
  /** The last direct message heard in each channel, the channel heard longest ago first. */
  readonly heard: () => ReadonlyMap<string, string>;
};

export function createTalk(options: TalkOptions): Talk {
  const { answer, words, wire, doors, filesFor, now, log } = options;
  const inTurn = createOneByOne();
  const responder = createResponder({ wire, doors, log });
  /** What was missed is told again when a connection is resumed, and may have been heard. */
  const seen = createMemory<true>(IDS_REMEMBERED);
  const heardIn = createMemory<string>(CHANNELS_REMEMBERED);
  const pointedAt = createMemory<number>(CHANNELS_REMEMBERED);
  const pressing = new Set<string>();

  function isRepeated(id: string): boolean {
    const isKnown = seen.get(id) === true;
    seen.set(id, true);
    return isKnown;
  }

  /** Messages of one person are handed on one at a time, however many come at once. Never rejects. */
  function ask(said: Said, { id, user, me }: { id: string; user: string; me: string }) {
    return inTurn(user, async (): Promise<Reply> => {
      const message: Message = {
        sender: { platform: 'discord', bot: me, user },
        ...said,
        updateId: id,
        storeId: null,
        roomChars: DISCORD_ROOM_CHARS,
        at: now(),
      };
      try {
        return await answer(message);
      } catch (error) {
        log('discord.broken', harmless(error));
        return { texts: [words.broken], choices: [] };
      }
    });
  }

  async function partsOf(
    reply: Reply,
    writing: DiscordWords['writing'] | null,
  ): Promise<readonly Part[]> {
    const formFor = (say: string) => words.forms.find(({ opens }) => opens.includes(say))?.id;
    const parts = renderDiscord(reply, { whenEmpty: words.broken, formFor, writing });
    return withFiles(parts, await filesFor(reply));
  }

  async function onInteraction(interaction: Interaction, me: string): Promise<void> {
    const ours = answerable(interaction);
    if (ours === undefined || isRepeated(ours.id)) return;
    const { id, user, channelId } = ours;
    const spoken = readInteraction(ours, words);
    if ('open' in spoken) return responder.openForm(ours, spoken.open);
    if (isPrivate(ours) && channelId !== null) doors.open(user.id, channelId);
    const press = ours.isButton() ? `${user.id}:${ours.message.id}:${ours.customId}` : id;
    // Pressed twice in one breath: the answer to the first press is on its way.
    if (ours.isButton() && pressing.has(press)) return responder.takeNote(ours);
    pressing.add(press);
    try {
      const asked = ask(spoken.said, { id, user: user.id, me });
      const writing = isPrivate(ours) ? null : words.writing;
      const parts = asked.then((reply) => partsOf(reply, writing));
      await responder.respond(ours, parts);
      if (ours.isButton() && (await asked).endsPress) await responder.closeQuestion(ours);
    } finally {
      pressing.delete(press);
    }
  }

  async function onMessage(message: DiscordMessage, me: string): Promise<void> {
    if (message.inGuild()) return point(message, me);
    const said = readMessage(message);
    if (said === undefined) return;
    const { id, channelId, author } = message;
    heardIn.set(channelId, id);
    doors.open(author.id, channelId);
    if (isRepeated(id)) return;
    const reply = await ask(said, { id, user: author.id, me });
    const how = { key: id, withinMs: BRING_WITHIN_MS };
    const outcome = await doors.say({ channelId }, await partsOf(reply, null), how);
    if (outcome.kind !== 'ok') log('discord.unanswered', unanswered(outcome));
  }

  /** All read what is written in a channel, so nobody should order there; whoever calls us is told where. */
  async function point(message: DiscordMessage<true>, me: string): Promise<void> {
    const { channelId, author, mentions, id } = message;
    if (author.bot || message.system || !mentions.users.has(me) || isRepeated(id)) return;
    const at = performance.now();
    if (at - (pointedAt.get(channelId) ?? Number.NEGATIVE_INFINITY) < POINT_EVERY_MS) return;
    pointedAt.set(channelId, at);
    const [part] = await partsOf({ texts: [words.pointer], choices: [] }, null);
    const reference = { message_id: id, fail_if_not_exists: false };
    const body = { ...part, message_reference: reference, nonce: nonceOf(id), enforce_nonce: true };
    // Where it may not write it stays unsaid.
    await wire.call({ method: 'POST', route: Routes.channelMessages(channelId), body });
  }

  return { onInteraction, onMessage, heard: () => heardIn.all() };
}

/** Files stand below the last words, where the buttons are. */
export function withFiles(parts: readonly Part[], files: readonly File[]): readonly Part[] {
  if (files.length === 0) return parts;
  return parts.map((part, at) => (at === parts.length - 1 ? { ...part, files } : part));
}

function unanswered(outcome: { readonly kind: string }): Record<string, unknown> {
  if ('code' in outcome) return { code: outcome.code };
  return 'failure' in outcome ? { failure: outcome.failure } : {};
}
