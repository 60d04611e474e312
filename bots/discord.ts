// Discord: one connection to its gateway tells what people do; all that is said goes by its API. Only
// direct messages, slash commands, buttons and forms are read, so no privileged intent is asked for.
// https://docs.discord.com/developers/events/gateway
import {
  ChannelType,
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  Options,
  Partials,
  Routes,
} from 'discord.js';
import {
  type Bot,
  type MakeDocument,
  type Reply,
  SendError,
  type SendResult,
} from '../src/chat/bot.ts';
import { registerCommands } from './discord-commands.ts';
import { createDoors } from './discord-doors.ts';
import { DISCORD_ROOM_CHARS, type File, type Part, renderDiscord } from './discord-render.ts';
import { createWire } from './discord-rest.ts';
import { createTalk, type DiscordWords, type TalkOptions, withFiles } from './discord-talk.ts';
import { harmless } from './harmless.ts';

/** Less than the outbox waits for one message. */
const SEND_WITHIN_MS = 4000;
const CONNECT_AGAIN_MS = 2000;
const CONNECT_AGAIN_MS_MAX = 60_000;
/** Answers under way when the bot stops. */
const DRAIN_MS = 5000;
/** Channels looked into after a connection was lost for good, the ones heard last. */
const CAUGHT_UP_MAX = 200;
const CAUGHT_UP_EACH = 50;
const USERS_CACHED_MAX = 1000;
/** Files of one message. */
const FILES_MAX = 10;
const SNOWFLAKE = /^\d{15,21}$/;

/** Closed for us: by the person (50007), or no server is shared any more (50278). */
const BLOCKED: ReadonlySet<number> = new Set([50007, 50278]);
/** Unknown channel or user, no access, not somebody to write to. */
const NOBODY: ReadonlySet<number> = new Set([10003, 10013, 50001, 50033]);
/** Direct messages were opened too fast. */
const TOO_FAST = 40003;
const TOO_FAST_WAIT_MS = 60_000;

export type DiscordOptions = Pick<TalkOptions, 'answer'> & {
  readonly token: string;
  /** Null is Discord itself. */
  readonly apiBase: string | null;
  /** The only server that gets the commands; null registers them everywhere. */
  readonly guildId: string | null;
  readonly words: DiscordWords;
  readonly makeDocument: MakeDocument;
  readonly now?: () => Date;
  /** Gets no personal data. */
  readonly log?: (event: string, fields: Record<string, unknown>) => void;
};

export type DiscordBot = Bot & {
  /** Throws, saying what to do, when Discord does not take the token; passes when it is not reached. */
  verify(): Promise<void>;
  /** Connects to the gateway, which only one process may do; may be called again after a stop. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createDiscordBot(options: DiscordOptions): DiscordBot {
  const { token, apiBase, guildId, words, answer, makeDocument } = options;
  const now = options.now ?? (() => new Date());
  const log = options.log ?? (() => undefined);
  const wire = createWire({ token, apiBase, onUnauthorised: () => end('token') });
  const doors = createDoors(wire);
  const talk = createTalk({ answer, words, wire, doors, filesFor, now, log });
  const atWork = new Set<Promise<void>>();
  let client: Client | null = null;
  let again: NodeJS.Timeout | null = null;
  let isStopping = false;
  let endedBy: string | null = null;

  /** A file that cannot be made keeps nobody from the words, which say the same. */
  async function filesFor({ documents = [] }: Reply): Promise<readonly File[]> {
    const made = await Promise.all(
      documents.slice(0, FILES_MAX).map(async (document) => {
        try {
          return await makeDocument(document);
        } catch (error) {
          log('discord.no_file', harmless(error));
          return null;
        }
      }),
    );
    return made.flatMap((file) =>
      file === null ? [] : [{ name: file.name, data: Buffer.from(file.bytes) }],
    );
  }

  /** A listener that throws would end in an `error` event, and an unheard one ends the process. */
  function handle(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => log('discord.broken', harmless(error)))
      .finally(() => atWork.delete(done));
    atWork.add(done);
  }

  /** Nothing is tried any more: each further call with a bad token brings a ban nearer. */
  function end(why: string): void {
    if (endedBy !== null) return;
    endedBy = why;
    log('discord.ended', { why, remedy: remedyFor(why) });
    handle(disconnect());
  }

  async function disconnect(): Promise<void> {
    if (again !== null) clearTimeout(again);
    const leaving = client;
    client = null;
    await leaving?.destroy();
  }

  function connect(tries: number): void {
    if (isStopping || endedBy !== null) return;
    const fresh = newClient(apiBase);
    client = fresh;
    fresh.on(Events.Error, (error) => log('discord.error', harmless(error)));
    fresh.on(Events.ShardError, (error) => log('discord.error', harmless(error)));
    fresh.on(Events.ShardReconnecting, () => {
      if (client === fresh) log('discord.reconnecting', {});
    });
    fresh.on(Events.ShardDisconnect, ({ code }) => end(`gateway ${code}`));
    fresh.on(Events.InteractionCreate, (one) => handle(talk.onInteraction(one, meOf(fresh))));
    fresh.on(Events.MessageCreate, (one) => handle(talk.onMessage(one, meOf(fresh))));
    fresh.on(Events.ClientReady, ({ application }) => {
      log('discord.ready', {});
      handle(register(application.id));
    });
    // A session that could not be resumed: what was said meanwhile is told by nobody.
    fresh.on(Events.ShardReady, () => handle(catchUp(fresh)));
    fresh.login(token).catch((error: unknown) => {
      if (isStopping || client !== fresh) return;
      if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
        return end('token');
      log('discord.unreached', harmless(error));
      const waitMs = Math.min(CONNECT_AGAIN_MS_MAX, CONNECT_AGAIN_MS * 2 ** (tries - 1));
      again = setTimeout(() => connect(tries + 1), waitMs);
    });
  }

  async function register(applicationId: string): Promise<void> {
    const done = await registerCommands(words.commands, { wire, applicationId, guildId });
    if (typeof done === 'string') log('discord.commands', { done });
    else log('discord.commands', { done: 'failed', code: done.failed });
  }

  /** Asks the channels heard lately for what was said behind the last words heard there. */
  async function catchUp(from: Client): Promise<void> {
    const lately = [...talk.heard()].slice(-CAUGHT_UP_MAX);
    for (const [channelId, after] of lately) {
      const channel = await from.channels.fetch(channelId);
      if (channel?.type !== ChannelType.DM) continue;
      const missed = await channel.messages.fetch({ after, limit: CAUGHT_UP_EACH, cache: false });
      const inOrder = [...missed.values()].toSorted((a, b) =>
        BigInt(a.id) < BigInt(b.id) ? -1 : 1,
      );
      for (const message of inOrder) handle(talk.onMessage(message, meOf(from)));
    }
  }

  return {
    platform: 'discord',
    // For some minutes by the nonce; what may have arrived before that is looked for in the channel.
    dropsCopies: true,
    textChars: DISCORD_ROOM_CHARS,

    async send(to, reply, key, sending): Promise<SendResult> {
      if (!SNOWFLAKE.test(to.user)) return { kind: 'refused', reason: 'bad_address' };
      if (endedBy !== null) throw new SendError('unavailable', CONNECT_AGAIN_MS_MAX);
      const pieces = piecesOf(reply, words.broken);
      const parts = withFiles(
        pieces.flatMap((piece) => piece.parts),
        await filesFor(reply),
      );
      const how = { key: `${to.user}:${key}`, withinMs: SEND_WITHIN_MS };
      const look = sending?.mayHaveArrived === true ? { lookSince: sending.since } : {};
      const said = await doors.say({ user: to.user }, parts, { ...how, ...look });
      if (said.kind === 'ok') return { kind: 'sent' };
      const rest = said.parts === 0 ? null : restOf(reply, pieces, said.parts);
      if (said.kind === 'failed') throw new SendError(said.failure, said.retryAfterMs, rest);
      const { code, status } = said;
      if (BLOCKED.has(code)) return { kind: 'refused', reason: 'blocked' };
      if (NOBODY.has(code)) return { kind: 'refused', reason: 'bad_address' };
      if (code === TOO_FAST) throw new SendError('rate_limited', TOO_FAST_WAIT_MS, rest);
      if (status === 401) throw new SendError('unavailable', CONNECT_AGAIN_MS_MAX, rest);
      throw new Error(`Discord refused a message with code ${code} (HTTP ${status})`);
    },

    async verify() {
      const me = await wire.call({ method: 'GET', route: Routes.user('@me') });
      if (me.kind === 'no' && me.status === 401) throw new Error(remedyFor('token'));
    },

    async start() {
      isStopping = false;
      connect(1);
    },

    async stop() {
      isStopping = true;
      await disconnect();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, DRAIN_MS);
      });
      await Promise.race([Promise.all(atWork), late]);
      clearTimeout(timer);
    },
  };
}

type Piece = { readonly text: string; readonly parts: readonly Part[] };

/** Each text by itself, so that of a long list it is known what has not gone. */
function piecesOf({ texts, choices }: Reply, whenEmpty: string): readonly Piece[] {
  const all = texts.length === 0 ? [whenEmpty] : texts;
  return all.map((text, at) => {
    const one = { texts: [text], choices: at === all.length - 1 ? choices : [] };
    const rendering = { whenEmpty, formFor: () => undefined, writing: null };
    return { text, parts: renderDiscord(one, rendering) };
  });
}

/** Texts of which a part has not gone: of the first of them Discord knows what it has shown. */
function restOf(reply: Reply, pieces: readonly Piece[], partsGone: number): Reply {
  let gone = 0;
  const whole = pieces.findIndex(({ parts }) => {
    gone += parts.length;
    return gone > partsGone;
  });
  return { ...reply, texts: pieces.slice(Math.max(0, whole)).map(({ text }) => text) };
}

function newClient(apiBase: string | null): Client {
  return new Client({
    // Direct messages; in servers only that we were mentioned, for their text is not shown to us.
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
    ],
    partials: [Partials.Channel],
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      GuildMemberManager: 1,
      UserManager: {
        maxSize: USERS_CACHED_MAX,
        keepOverLimit: (user) => user.id === user.client.user.id,
      },
    }),
    ...(apiBase === null ? {} : { rest: { api: apiBase } }),
  });
}

function meOf({ user }: Client): string {
  if (user === null) throw new Error('Discord spoke before it said who we are');
  return user.id;
}

function remedyFor(why: string): string {
  return why === 'token'
    ? 'Discord does not accept DISCORD_TOKEN (HTTP 401). Reset the token on the Bot page of your application at https://discord.com/developers/applications and set the new one.'
    : `Discord closed the connection for good (${why}). See https://docs.discord.com/developers/topics/opcodes-and-status-codes`;
}
