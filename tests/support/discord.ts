// Discord for tests: its gateway and the part of its API that a bot needs, over real sockets and as
// strict: three seconds for the first response, one response only, tokens, limits, nonces.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  fieldsOf,
  isEmptyMessage,
  listOf,
  problemsOfCommands,
  problemsOfMessage,
  problemsOfModal,
} from './discord-limits.ts';

type Fields = Readonly<Record<string, unknown>>;

export const TOKEN = 'MTAw.Gtest.secret';
export const BOT_ID = '100000000000000001';
const GUILD_ID = '200000000000000001';
export const CHANNEL_ID = '300000000000000001';
const EPHEMERAL = 64;
const ANSWER_WITHIN_MS = 3000;
const USER_INTENTS = { guildMessages: 1 << 9, directMessages: 1 << 12, content: 1 << 15 };
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);

export type Shown = {
  readonly id: string;
  readonly channelId: string;
  readonly author: string;
  content: string;
  components: readonly Fields[];
  flags: number;
  nonce: unknown;
  /** Null is everybody in the channel. */
  readonly onlyFor: string | null;
  readonly interaction: Interaction | null;
  readonly files: readonly string[];
  isThinking: boolean;
};
type Session = {
  readonly id: string;
  socket: WebSocket | null;
  sequence: number;
  readonly sent: string[];
  readonly intents: number;
};
export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly user: string;
  readonly channelId: string;
  readonly source: Shown | null;
  readonly at: number;
  response: number | null;
  respondedAfterMs: number | null;
  original: Shown | null;
  modal: Fields | null;
};
/** `lost`: done, but the answer does not arrive. `drop`: not done, the connection ends. */
export type Fault = {
  readonly on: RegExp;
  readonly kind: 'rate_limit' | 'error' | 'drop' | 'lost' | 'slow';
  times: number;
  readonly status?: number;
  readonly code?: number;
  readonly seconds?: number;
};
export type Request = { readonly method: string; readonly path: string; readonly status: number };

class Refused extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export class FakeDiscord {
  readonly messages: Shown[] = [];
  readonly interactions: Interaction[] = [];
  readonly requests: Request[] = [];
  readonly faults: Fault[] = [];
  readonly refusals: string[] = [];
  readonly closedTo = new Set<string>();
  isTokenGood = true;
  commands: readonly Fields[] = [];
  guildCommands: readonly Fields[] = [];
  identified = 0;
  resumed = 0;
  readonly #channels = new Map<string, string>();
  readonly #sessions = new Map<string, Session>();
  readonly #watchers = new Set<() => void>();
  readonly #server = createServer((req, res) => void this.#handle(req, res));
  readonly #gateway = new WebSocketServer({ noServer: true });
  #port = 0;
  #ids = 0n;

  static async start(): Promise<FakeDiscord> {
    const fake = new FakeDiscord();
    fake.#server.on('upgrade', (req, socket, head) =>
      fake.#gateway.handleUpgrade(req, socket, head, (ws) => fake.#greet(ws)),
    );
    fake.#server.listen(0, '127.0.0.1');
    await new Promise((resolve) => fake.#server.once('listening', resolve));
    const address = fake.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    fake.#port = address.port;
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/api`;
  }

  async close(): Promise<void> {
    for (const socket of this.#gateway.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What `look` finds, as soon as it finds something. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined && found !== false) return found;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#watchers.delete(wake);
          resolve();
        };
        this.#watchers.add(wake);
      });
    }
  }

  ready(): Promise<boolean> {
    return this.until(() => this.#live().length > 0);
  }

  newId(): string {
    this.#ids += 1n;
    return String(((BigInt(Date.now()) - 1_420_070_400_000n) << 22n) + this.#ids);
  }

  channelOf(user: string): string {
    const known = this.#channels.get(user);
    if (known !== undefined) return known;
    const id = this.newId();
    this.#channels.set(user, id);
    return id;
  }

  /** Tells the bot of something; `again` tells the same once more. */
  tell(event: string, data: Fields): void {
    for (const session of this.#sessions.values()) {
      if (event === 'MESSAGE_CREATE') {
        const { guildMessages, directMessages } = USER_INTENTS;
        const needed = data.guild_id === undefined ? directMessages : guildMessages;
        if ((session.intents & needed) === 0) continue;
      }
      this.#send(session, event, data);
    }
  }

  interact(given: {
    readonly user: string;
    readonly type: number;
    readonly data: Fields;
    readonly isInGuild?: boolean;
    readonly source?: Shown;
  }): Interaction {
    const { user, type, data, isInGuild = false, source = null } = given;
    const interaction: Interaction = {
      id: this.newId(),
      token: randomBytes(40).toString('base64url'),
      user,
      channelId: isInGuild ? CHANNEL_ID : this.channelOf(user),
      source,
      at: performance.now(),
      response: null,
      respondedAfterMs: null,
      original: null,
      modal: null,
    };
    this.interactions.push(interaction);
    this.tell('INTERACTION_CREATE', this.#interactionBody(interaction, { type, data, isInGuild }));
    return interaction;
  }

  /** As Discord does after some minutes. */
  forgetNonces(): void {
    for (const message of this.messages) message.nonce = null;
  }

  /** Stands in the channel, and nobody tells the bot of it. */
  post(
    user: string,
    { channelId, text }: { readonly channelId: string; readonly text: string },
  ): void {
    this.messages.push({
      id: this.newId(),
      channelId,
      author: user,
      content: text,
      components: [],
      flags: 0,
      nonce: null,
      onlyFor: null,
      interaction: null,
      files: [],
      isThinking: false,
    });
  }

  /** The same delivery once more, as after a connection was resumed. */
  again(interaction: Interaction, type: number, data: Fields, isInGuild = false): void {
    this.tell('INTERACTION_CREATE', this.#interactionBody(interaction, { type, data, isInGuild }));
  }

  /** `drop`: resumable. `invalid`: the session is over, and what happens meanwhile is told by nobody. */
  async breakGateway(how: 'drop' | 'reconnect' | 'invalid'): Promise<void> {
    for (const session of [...this.#sessions.values()]) {
      const { socket } = session;
      session.socket = null;
      if (how === 'invalid') this.#sessions.delete(session.id);
      if (how === 'reconnect') socket?.send(JSON.stringify({ op: 7, d: null }));
      else socket?.terminate();
    }
  }

  /** Ends the connection with a code of Discord's. */
  closeGateway(code: number): void {
    for (const { socket } of this.#sessions.values()) socket?.close(code);
  }

  #live(): Session[] {
    return [...this.#sessions.values()].filter(({ socket }) => socket !== null);
  }

  #wake(): void {
    for (const wake of [...this.#watchers]) wake();
  }

  #send(session: Session, event: string, data: unknown): void {
    session.sequence += 1;
    const frame = JSON.stringify({ op: 0, t: event, s: session.sequence, d: data });
    session.sent.push(frame);
    session.socket?.send(frame);
  }

  #greet(socket: WebSocket): void {
    let session: Session | undefined;
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = null;
    });
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw));
      if (op === 1) socket.send(JSON.stringify({ op: 11, d: null }));
      if ((op === 2 || op === 6) && (d.token !== TOKEN || !this.isTokenGood)) socket.close(4004);
      else if (op === 2) session = this.#identify(socket, Number(d.intents));
      else if (op === 6) session = this.#resume(socket, d);
      this.#wake();
    });
  }

  #identify(socket: WebSocket, intents: number): Session | undefined {
    if ((intents & PRIVILEGED) !== 0) return void socket.close(4014);
    this.identified += 1;
    const id = randomBytes(8).toString('hex');
    const session: Session = { id, socket, sequence: 0, sent: [], intents };
    this.#sessions.set(id, session);
    this.#send(session, 'READY', {
      v: 10,
      user: BOT,
      guilds: [{ id: GUILD_ID, unavailable: true }],
      session_id: id,
      resume_gateway_url: `ws://127.0.0.1:${this.#port}`,
      application: { id: BOT_ID, flags: 0 },
      private_channels: [],
      shard: [0, 1],
    });
    this.#send(session, 'GUILD_CREATE', GUILD);
    return session;
  }

  #resume(socket: WebSocket, d: { session_id: string; seq: number }): Session | undefined {
    const session = this.#sessions.get(d.session_id);
    if (session === undefined) return void socket.send(JSON.stringify({ op: 9, d: false }));
    this.resumed += 1;
    session.socket = socket;
    for (const frame of session.sent.slice(d.seq)) socket.send(frame);
    this.#send(session, 'RESUMED', {});
    return session;
  }

  #interactionBody(
    { id, token, user, channelId, source }: Interaction,
    given: { readonly type: number; readonly data: Fields; readonly isInGuild: boolean },
  ): Fields {
    const { type, data, isInGuild } = given;
    const person = userOf(user);
    return {
      id,
      application_id: BOT_ID,
      type,
      data,
      token,
      version: 1,
      channel_id: channelId,
      channel: { id: channelId, type: isInGuild ? 0 : 1 },
      locale: 'ko',
      entitlements: [],
      authorizing_integration_owners: {},
      context: isInGuild ? 0 : 1,
      app_permissions: '0',
      attachment_size_limit: 10_485_760,
      ...(isInGuild
        ? { guild_id: GUILD_ID, guild_locale: 'ko', member: { ...MEMBER, user: person } }
        : { user: person }),
      ...(source === null ? {} : { message: wireOf(source) }),
    };
  }

  async #handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(Buffer.from(chunk));
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://discord');
    const path = decodeURIComponent(pathname).replace(/^\/api\/v10/, '');
    const method = req.method ?? 'GET';
    const answer = (status: number, body?: unknown, headers: Record<string, string> = {}) => {
      this.requests.push({ method, path, status });
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      res.writeHead(status, { ...type, ...headers });
      res.end(body === undefined ? undefined : JSON.stringify(body));
      this.#wake();
    };
    const fault = this.faults.find((one) => one.times > 0 && one.on.test(`${method} ${path}`));
    if (fault !== undefined) fault.times -= 1;
    if (fault?.kind === 'drop') return void res.destroy();
    if (fault?.kind === 'rate_limit') {
      const seconds = fault.seconds ?? 1;
      const headers = { 'retry-after': String(seconds), 'x-ratelimit-scope': 'user' };
      return answer(429, { message: 'slow down', retry_after: seconds, global: false }, headers);
    }
    if (fault?.kind === 'error')
      return answer(fault.status ?? 500, { code: fault.code ?? 0, message: 'refused' });
    if (fault?.kind === 'slow')
      await new Promise((resolve) => setTimeout(resolve, (fault.seconds ?? 1) * 1000));
    try {
      const isOpen = /^\/(interactions|webhooks)\//.test(path);
      if (!isOpen && (req.headers.authorization !== `Bot ${TOKEN}` || !this.isTokenGood))
        throw new Refused(401, 0, '401: Unauthorized');
      const body = bodyOf(Buffer.concat(chunks), req.headers['content-type'] ?? '');
      const result = this.#route({ method, path, body, query: searchParams });
      if (fault?.kind === 'lost') {
        res.destroy();
        return this.#wake();
      }
      answer(result === undefined ? 204 : 200, result);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refusals.push(`${method} ${path.replace(/[\w-]{40,}/, '…')}: ${error.message}`);
      answer(error.status, { code: error.code, message: error.message });
    }
  }

  #route({ method, path, body, query }: Routed): unknown {
    const on = (wanted: string, shape: RegExp) =>
      method === wanted ? (shape.exec(path)?.slice(1) ?? null) : null;
    let parts: readonly string[] | null = null;
    if (on('GET', /^\/users\/@me$/)) return BOT;
    if (on('GET', /^\/gateway\/bot$/)) return { ...GATEWAY, url: `ws://127.0.0.1:${this.#port}` };
    if (on('GET', /^\/applications\/\d+\/commands$/)) return this.commands;
    if (on('PUT', /^\/applications\/\d+\/commands$/)) {
      this.commands = this.#registered(body);
      return this.commands;
    }
    if (on('GET', /^\/applications\/\d+\/guilds\/\d+\/commands$/)) return this.guildCommands;
    if (on('PUT', /^\/applications\/\d+\/guilds\/\d+\/commands$/)) {
      this.guildCommands = this.#registered(body);
      return this.guildCommands;
    }
    parts = on('POST', /^\/interactions\/\d+\/([^/]+)\/callback$/);
    if (parts) return this.#callback(parts[0] ?? '', fieldsOf(body));
    parts = on('PATCH', /^\/webhooks\/\d+\/([^/]+)\/messages\/([^/]+)$/);
    if (parts) return this.#editByToken(parts[0] ?? '', parts[1] ?? '', fieldsOf(body));
    parts = on('POST', /^\/webhooks\/\d+\/([^/]+)$/);
    if (parts) return wireOf(this.#followUp(parts[0] ?? '', fieldsOf(body)));
    if (on('POST', /^\/users\/@me\/channels$/)) {
      const user = String(fieldsOf(body).recipient_id);
      if (!/^\d{15,21}$/.test(user)) throw new Refused(400, 50035, 'no id');
      return { id: this.channelOf(user), type: 1, recipients: [userOf(user)] };
    }
    parts = on('GET', /^\/channels\/(\d+)$/);
    if (parts) {
      const user = this.#ownerOf(parts[0] ?? '');
      return { id: parts[0], type: 1, recipients: [userOf(user)] };
    }
    parts = on('POST', /^\/channels\/(\d+)\/messages$/);
    if (parts) return wireOf(this.#post(parts[0] ?? '', fieldsOf(body)));
    parts = on('GET', /^\/channels\/(\d+)\/messages$/);
    if (parts) {
      const [channelId] = parts;
      const after = BigInt(query.get('after') ?? 0);
      const here = this.messages.filter(
        (one) => one.channelId === channelId && one.onlyFor === null && BigInt(one.id) > after,
      );
      return here
        .slice(-Number(query.get('limit') ?? 50))
        .toReversed()
        .map(wireOf);
    }
    parts = on('PATCH', /^\/channels\/(\d+)\/messages\/(\d+)$/);
    if (parts) {
      const id = parts[1];
      const found = this.messages.find((one) => one.id === id && one.onlyFor === null);
      if (found === undefined) throw new Refused(404, 10008, 'Unknown Message');
      return wireOf(this.#change(found, fieldsOf(body)));
    }
    throw new Refused(404, 0, `there is no ${method} ${path} here`);
  }

  #registered(body: unknown): readonly Fields[] {
    const commands = listOf(body);
    const [problem] = problemsOfCommands(commands);
    if (problem !== undefined) throw new Refused(400, 50035, problem);
    const filled = { default_member_permissions: null, nsfw: false, version: '1' };
    return commands.map((one) => ({ ...filled, ...one, id: this.newId(), application_id: BOT_ID }));
  }

  #callback(token: string, body: Fields): undefined {
    const one = this.interactions.find((each) => each.token === token);
    const ms = performance.now() - (one?.at ?? 0);
    if (one === undefined || ms > ANSWER_WITHIN_MS)
      throw new Refused(404, 10062, 'Unknown interaction');
    if (one.response !== null) throw new Refused(400, 40060, 'already acknowledged');
    const type = Number(body.type);
    const data = fieldsOf(body.data);
    const [problem] = type === 9 ? problemsOfModal(data) : problemsOfMessage(data);
    if (problem !== undefined) throw new Refused(400, 50035, problem);
    if (type === 4 && isEmptyMessage(data)) throw new Refused(400, 50006, 'empty message');
    one.response = type;
    one.respondedAfterMs = ms;
    if (type === 9) one.modal = data;
    if (type === 6) one.original = one.source;
    if (type === 4 || type === 5)
      one.original = this.#add(one.channelId, data, { interaction: one, isThinking: type === 5 });
    return undefined;
  }

  #ofToken(token: string): Interaction {
    const one = this.interactions.find((each) => each.token === token);
    if (one === undefined) throw new Refused(401, 50027, 'Invalid Webhook Token');
    if (one.response === null) throw new Refused(404, 10015, 'Unknown Webhook');
    return one;
  }

  #editByToken(token: string, id: string, body: Fields): unknown {
    const one = this.#ofToken(token);
    const own = this.messages.filter(({ interaction }) => interaction === one);
    const found = id === '@original' ? one.original : own.find((each) => each.id === id);
    if (found === null || found === undefined) throw new Refused(404, 10008, 'Unknown Message');
    return wireOf(this.#change(found, body));
  }

  #followUp(token: string, body: Fields): Shown {
    const one = this.#ofToken(token);
    if (isEmptyMessage(body)) throw new Refused(400, 50006, 'empty message');
    return this.#add(one.channelId, body, { interaction: one, isThinking: false });
  }

  #post(channelId: string, body: Fields): Shown {
    const owner = channelId === CHANNEL_ID ? null : this.#ownerOf(channelId);
    if (owner !== null && this.closedTo.has(owner))
      throw new Refused(403, 50007, 'Cannot send messages to this user');
    if (isEmptyMessage(body)) throw new Refused(400, 50006, 'empty message');
    if (typeof body.nonce === 'string' && body.nonce.length > 25)
      throw new Refused(400, 50035, 'a nonce of more than 25 characters');
    const isSame = ({ nonce, author }: Shown) => nonce === body.nonce && author === BOT_ID;
    const known = body.enforce_nonce === true ? this.messages.find(isSame) : undefined;
    return known ?? this.#add(channelId, body, { interaction: null, isThinking: false });
  }

  #ownerOf(channelId: string): string {
    const found = [...this.#channels].find(([, id]) => id === channelId);
    if (found === undefined) throw new Refused(404, 10003, 'Unknown Channel');
    return found[0];
  }

  #change(shown: Shown, body: Fields): Shown {
    const [problem] = problemsOfMessage(body);
    if (problem !== undefined) throw new Refused(400, 50035, problem);
    if (typeof body.content === 'string') shown.content = body.content;
    if (body.components !== undefined) shown.components = listOf(body.components);
    shown.isThinking = false;
    return shown;
  }

  #add(
    channelId: string,
    body: Fields,
    of: { readonly interaction: Interaction | null; readonly isThinking: boolean },
  ): Shown {
    const [problem] = problemsOfMessage(body);
    if (problem !== undefined) throw new Refused(400, 50035, problem);
    const mentions = fieldsOf(body.allowed_mentions);
    if (!of.isThinking && listOf(mentions.parse).length + Object.keys(mentions).length !== 1)
      throw new Refused(400, 50035, 'it could ping somebody');
    const flags = Number(body.flags ?? 0);
    const shown: Shown = {
      id: this.newId(),
      channelId,
      author: BOT_ID,
      content: String(body.content ?? ''),
      components: listOf(body.components),
      flags,
      nonce: body.nonce,
      onlyFor: (flags & EPHEMERAL) !== 0 ? (of.interaction?.user ?? null) : null,
      interaction: of.interaction,
      files: listOf(body.files).map(({ name }) => String(name)),
      isThinking: of.isThinking,
    };
    this.messages.push(shown);
    return shown;
  }
}

type Routed = {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly query: URLSearchParams;
};

const BOT = { id: BOT_ID, username: 'shop', discriminator: '0', avatar: null, bot: true };
const MEMBER = { roles: [], joined_at: '2026-01-01T00:00:00Z', deaf: false, mute: false, flags: 0 };
const GUILD = {
  id: GUILD_ID,
  name: 'Farm friends',
  roles: [],
  emojis: [],
  channels: [{ id: CHANNEL_ID, type: 0, guild_id: GUILD_ID, name: 'general', position: 0 }],
  members: [],
  member_count: 2,
};
const GATEWAY = {
  shards: 1,
  session_start_limit: { total: 1000, remaining: 999, reset_after: 1, max_concurrency: 1 },
};

export function userOf(id: string): Fields {
  return { id, username: `user${id.slice(-4)}`, discriminator: '0', avatar: null };
}

export function wireOf(shown: Shown): Fields {
  const { id, channelId, author, content, components, flags, interaction } = shown;
  return {
    id,
    type: interaction === null ? 0 : 20,
    channel_id: channelId,
    author: author === BOT_ID ? BOT : userOf(author),
    content,
    components,
    flags,
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    ...(interaction === null
      ? {}
      : {
          application_id: BOT_ID,
          webhook_id: BOT_ID,
          interaction_metadata: {
            id: interaction.id,
            type: 2,
            user: userOf(interaction.user),
            authorizing_integration_owners: {},
          },
        }),
  };
}

/** Of a message with files, the names beside what else it says. */
function bodyOf(raw: Buffer, type: string): unknown {
  if (raw.length === 0) return {};
  if (!type.startsWith('multipart/')) return JSON.parse(raw.toString());
  const text = raw.toString('latin1');
  const names = [...text.matchAll(/filename="([^"]*)"/g)];
  const files = names.map(([, name = '']) => ({ name: Buffer.from(name, 'latin1').toString() }));
  const [, json = '{}'] =
    /name="payload_json"\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--/s.exec(text) ?? [];
  return { ...JSON.parse(Buffer.from(json, 'latin1').toString()), files };
}
