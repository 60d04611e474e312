import { describe, expect, test, vi } from 'vitest';
import { createDiscordBot } from '../../bots/discord.ts';
import { SendError } from '../../src/chat/bot.ts';
import { DISCORD_WORDS } from '../../src/chat/replies/index.ts';
import { BOT_ID, FakeDiscord, TOKEN } from '../support/discord.ts';
import { beginDiscord, openDiscord, said } from '../support/discord-bot.ts';
import { DiscordUser } from '../support/discord-user.ts';

const USER = '500000000000000007';
const TO = { platform: 'discord', bot: BOT_ID, user: USER } as const;
const PUTS = /^\/applications\/\d+(\/guilds\/\d+)?\/commands$/;

const registrations = (fake: FakeDiscord) =>
  fake.requests.filter(({ method, path }) => method === 'PUT' && PUTS.test(path)).length;
const isKnown = ({ event }: { readonly event: string }) => event === 'discord.commands';

describe('commands', () => {
  test('are registered when Discord has others, and left alone when it has the same', async () => {
    const first = await beginDiscord(() => said('네'));
    const { fake } = first;
    await vi.waitFor(() => expect(first.logged.some(isKnown)).toBe(true));
    expect(fake.commands.map(({ name }) => name)).toEqual(
      DISCORD_WORDS.commands.map(({ name }) => name),
    );
    await first.bot.stop();
    const second = await openDiscord(() => said('네'), { fake });
    await vi.waitFor(() => expect(second.logged.some(isKnown)).toBe(true));
    expect(second.logged.find(isKnown)?.fields).toEqual({ done: 'unchanged' });
    expect(registrations(fake)).toBe(1);
    await second.bot.stop();
    fake.commands = fake.commands.map((one, at) => (at === 3 ? { ...one, description: 'x' } : one));
    const third = await beginDiscord(() => said('네'), { fake });
    await vi.waitFor(() => expect(third.logged.some(isKnown)).toBe(true));
    expect(registrations(fake)).toBe(2);
    await third.bot.stop();
  });

  test('of one server are kept there', async () => {
    const guildId = '200000000000000001';
    const { fake, logged } = await openDiscord(() => said('네'), { guildId });
    await vi.waitFor(() => expect(logged.some(isKnown)).toBe(true));
    expect(fake.commands).toEqual([]);
    expect(fake.guildCommands).toHaveLength(DISCORD_WORDS.commands.length);
    expect(fake.guildCommands.every((one) => !('contexts' in one))).toBe(true);
  });

  test('that cannot be registered keep nobody from writing', async () => {
    const fake = await FakeDiscord.start();
    fake.faults.push({ on: /commands$/, kind: 'error', status: 403, code: 50001, times: 9 });
    const { logged } = await openDiscord(() => said('네'), { fake });
    await vi.waitFor(() => expect(logged.some(isKnown)).toBe(true));
    expect(logged.find(isKnown)?.fields).toEqual({ done: 'failed', code: 50001 });
    expect(await new DiscordUser(fake, USER).say('안녕')).toContain('네');
  });
});

describe('a broken connection', () => {
  test.each(['drop', 'reconnect'] as const)('after %s loses and doubles nothing', async (how) => {
    const { fake, heard } = await openDiscord(({ text }) => said(text));
    const person = new DiscordUser(fake, USER);
    await person.say('하나');
    await fake.breakGateway(how);
    person.write('둘');
    const asked = person.slash('말', { 내용: '셋' });
    await fake.until(() => asked.original !== null || asked.response !== null);
    await fake.until(() => person.shown.length === 3);
    expect(fake.resumed).toBe(1);
    expect(heard.map(({ text }) => text)).toEqual(['하나', '둘', '셋']);
  });

  test('that cannot be resumed is caught up on in the direct messages heard before', async () => {
    const { fake, heard } = await openDiscord(({ text }) => said(text));
    const person = new DiscordUser(fake, USER);
    await person.say('하나');
    await fake.breakGateway('invalid');
    // Nobody tells of these: they stand in the channel when the bot is back.
    const channelId = fake.channelOf(USER);
    for (const text of ['둘', '셋']) fake.post(USER, { channelId, text });
    await fake.until(() => fake.identified === 2);
    await fake.until(() => heard.length === 3);
    expect(heard.map(({ text }) => text)).toEqual(['하나', '둘', '셋']);
    await person.say('넷');
    expect(heard.map(({ text }) => text)).toEqual(['하나', '둘', '셋', '넷']);
  });
});

describe('a token', () => {
  test('that Discord does not take stops the start with what to do', async () => {
    const fake = await FakeDiscord.start();
    fake.isTokenGood = false;
    const bot = createDiscordBot({
      token: TOKEN,
      apiBase: fake.url,
      guildId: null,
      words: DISCORD_WORDS,
      makeDocument: async () => null,
      answer: async () => said('네'),
    });
    await expect(bot.verify()).rejects.toThrow(/DISCORD_TOKEN.*Reset the token/);
    await bot.stop();
    await fake.close();
  });

  test('that is taken back ends the bot, and no more calls are made with it', async () => {
    const { fake, bot, logged } = await openDiscord(() => said('네'));
    await bot.send(TO, said('하나'), 'n1');
    fake.isTokenGood = false;
    const send = (key: string) => bot.send(TO, said('둘'), key).catch((error: unknown) => error);
    expect(await send('n2')).toBeInstanceOf(SendError);
    const before = fake.requests.length;
    expect(await send('n3')).toBeInstanceOf(SendError);
    expect(fake.requests).toHaveLength(before);
    const ended = logged.filter(({ event }) => event === 'discord.ended');
    expect(ended).toHaveLength(1);
    expect(JSON.stringify(ended)).not.toContain(TOKEN);
  });

  test('that the gateway refuses ends the bot', async () => {
    const { fake, logged } = await openDiscord(() => said('네'));
    fake.closeGateway(4004);
    await vi.waitFor(() => expect(logged.map(({ event }) => event)).toContain('discord.ended'));
    expect(fake.identified).toBe(1);
  });
});

test('a Discord that is not reached at first is tried again, and nothing else waits for it', async () => {
  const fake = await FakeDiscord.start();
  fake.faults.push({ on: /gateway\/bot/, kind: 'error', status: 500, times: 4 });
  const { logged } = await openDiscord(() => said('네'), { fake });
  expect(logged.map(({ event }) => event)).toContain('discord.unreached');
  expect(await new DiscordUser(fake, USER).say('안녕')).toContain('네');
});

test('what is being answered when the bot stops is answered', async () => {
  const late = Promise.withResolvers<void>();
  const { fake, bot } = await openDiscord(async () => {
    await late.promise;
    return said('네');
  });
  const person = new DiscordUser(fake, USER);
  const asked = person.slash('주문조회');
  await fake.until(() => asked.response ?? undefined);
  const stopped = bot.stop();
  late.resolve();
  await stopped;
  expect(person.news).toContain('네');
});
