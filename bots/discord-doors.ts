// Direct messages: which channel is whose, and putting the parts of one message into it in order.
import { hash } from 'node:crypto';
import { type APIChannel, type APIMessage, type RawFile, Routes } from 'discord.js';
import { createMemory } from './discord-memory.ts';
import type { Part } from './discord-render.ts';
import type { Outcome, Wire } from './discord-rest.ts';
import { createOneByOne } from './one-by-one.ts';

const CHANNELS_REMEMBERED = 20_000;
/** As many as one look at a channel shows. */
const LOOKED_AT = 100;
/** The clocks of Discord and of our database need not agree. */
const CLOCKS_APART_MS = 60_000;
const UNKNOWN_CHANNEL = 10003;
const MISSING_ACCESS = 50001;
const INVALID_FORM = 50035;

export type To = { readonly user: string } | { readonly channelId: string };

export type Manner = {
  /** Names the message: said again within minutes, Discord itself shows it once. */
  readonly key: string;
  readonly withinMs: number;
  /** It may have been said since then, so the channel is looked at first. */
  readonly lookSince?: Date;
};

/** How many parts, from the first, surely stand in the channel. */
export type Said = Outcome<unknown> & { readonly parts: number };

export type Doors = {
  /** This person's direct messages are in this channel. */
  readonly open: (user: string, channelId: string) => void;
  readonly say: (to: To, parts: readonly Part[], manner: Manner) => Promise<Said>;
};

export function createDoors(wire: Wire): Doors {
  const channels = createMemory<string>(CHANNELS_REMEMBERED);
  const inTurn = createOneByOne();

  async function channelOf(user: string, withinMs: number): Promise<Outcome<string>> {
    const known = channels.get(user);
    if (known !== undefined) return { kind: 'ok', value: known };
    const body = { recipient_id: user };
    const call = { method: 'POST', route: Routes.userChannels(), body } as const;
    const opened = await wire.insist<APIChannel>(call, withinMs);
    if (opened.kind !== 'ok') return opened;
    channels.set(user, opened.value.id);
    return { kind: 'ok', value: opened.value.id };
  }

  async function post(channelId: string, part: Part, nonce: string, withinMs: number) {
    const { body, files } = filesOf(part);
    const named = { ...body, nonce, enforce_nonce: true };
    const call = { method: 'POST', route: Routes.channelMessages(channelId), files } as const;
    const outcome = await wire.insist<APIMessage>({ ...call, body: named }, withinMs);
    if (outcome.kind !== 'no' || outcome.code !== INVALID_FORM || !part.components) return outcome;
    // A link that Discord does not like must not keep the words from being read.
    return wire.insist<APIMessage>({ ...call, body: { ...named, components: [] } }, withinMs);
  }

  /** What we said there since then; nothing where the channel does not show it. */
  async function ownWords(channelId: string, since: Date): Promise<string[]> {
    const query = new URLSearchParams({ limit: String(LOOKED_AT) });
    const route = Routes.channelMessages(channelId);
    const looked = await wire.call<APIMessage[]>({ method: 'GET', route, query });
    if (looked.kind !== 'ok') return [];
    const from = since.getTime() - CLOCKS_APART_MS;
    return looked.value
      .filter(({ author, timestamp }) => author.bot === true && Date.parse(timestamp) >= from)
      .map(({ content }) => content);
  }

  async function put(channelId: string, parts: readonly Part[], manner: Manner): Promise<Said> {
    const { key, withinMs, lookSince } = manner;
    const standing = lookSince === undefined ? [] : await ownWords(channelId, lookSince);
    for (const [at, part] of parts.entries()) {
      const found = standing.indexOf(part.content ?? '');
      if (found >= 0) {
        standing.splice(found, 1);
        continue;
      }
      // By its words: the rest of a message is sent under the same key, and begins with another part.
      const same = parts.slice(0, at).filter(({ content }) => content === part.content).length;
      const nonce = nonceOf(JSON.stringify([key, part.content, same]));
      const outcome = await post(channelId, part, nonce, withinMs);
      if (outcome.kind !== 'ok') return { ...outcome, parts: at };
    }
    return { kind: 'ok', value: null, parts: parts.length };
  }

  return {
    open: (user, channelId) => channels.set(user, channelId),
    async say(to, parts, manner) {
      if ('channelId' in to) return inTurn(to.channelId, () => put(to.channelId, parts, manner));
      const first = await channelOf(to.user, manner.withinMs);
      if (first.kind !== 'ok') return { ...first, parts: 0 };
      const said = await inTurn(first.value, () => put(first.value, parts, manner));
      const isGone = said.kind === 'no' && [UNKNOWN_CHANNEL, MISSING_ACCESS].includes(said.code);
      if (isGone) channels.drop(to.user);
      return said;
    },
  };
}

/** The body of a part, and its files beside it. */
export function filesOf<P extends { readonly files?: Part['files'] }>({
  files = [],
  ...body
}: P): { readonly body: Omit<P, 'files'>; readonly files?: RawFile[] } {
  return files.length === 0 ? { body } : { body, files: [...files] };
}

/** At most 25 characters; ours are apart over all people, as Discord compares those of one author. */
export function nonceOf(key: string): string {
  return hash('sha256', key, 'base64url').slice(0, 25);
}
