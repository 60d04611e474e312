// The real bot, connected to Discord for tests.
import { onTestFinished } from 'vitest';
import { createDiscordBot, type DiscordBot, type DiscordOptions } from '../../bots/discord.ts';
import type { Message, Reply } from '../../src/chat/bot.ts';
import { DISCORD_WORDS } from '../../src/chat/replies/index.ts';
import { FakeDiscord, TOKEN } from './discord.ts';

export type Begun = {
  readonly fake: FakeDiscord;
  readonly bot: DiscordBot;
  readonly heard: Message[];
  readonly logged: { readonly event: string; readonly fields: Record<string, unknown> }[];
  readonly end: () => Promise<void>;
};

type Replying = (message: Message) => Reply | Promise<Reply>;

export async function beginDiscord(
  reply: Replying,
  given: Partial<DiscordOptions> & { readonly fake?: FakeDiscord } = {},
): Promise<Begun> {
  const { fake = await FakeDiscord.start(), ...options } = given;
  const heard: Message[] = [];
  const logged: Begun['logged'] = [];
  const bot = createDiscordBot({
    token: TOKEN,
    apiBase: fake.url,
    guildId: null,
    words: DISCORD_WORDS,
    makeDocument: async () => null,
    answer: async (message) => {
      heard.push(message);
      return reply(message);
    },
    log: (event, fields) => {
      logged.push({ event, fields });
    },
    ...options,
  });
  await bot.start();
  await fake.ready();
  const end = async () => {
    await bot.stop();
    await fake.close();
  };
  return { fake, bot, heard, logged, end };
}

/** The same, ended with its test. */
export async function openDiscord(...given: Parameters<typeof beginDiscord>): Promise<Begun> {
  const begun = await beginDiscord(...given);
  onTestFinished(begun.end);
  return begun;
}

export function said(text: string, choices: Reply['choices'] = []): Reply {
  return { texts: [text], choices };
}
