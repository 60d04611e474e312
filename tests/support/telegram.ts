// Telegram's side for tests: a Bot API server over a real socket, strict about what it takes, and people who
// write and press. https://core.telegram.org/bots/api
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';

export const TOKEN = '700100:TEST-token';
export const BOT = '700100';

type Fields = Readonly<Record<string, unknown>>;
type Button = { readonly text: string; readonly callback_data?: string; readonly url?: string };
export type Shown = {
  readonly id: number;
  readonly at: number;
  readonly text: string;
  readonly file: string | null;
  buttons: readonly Button[];
};
type Update = { readonly update_id: number } & Fields;

/** What becomes of a call: refused, or taken and its answer lost, or never answered. */
export type Fault =
  | { readonly status: number; readonly description: string; readonly retryAfter?: number }
  | 'drop'
  | 'lost'
  | 'hang';

/** Why a call is refused, as Telegram says it. */
class No extends Error {
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(status: number, description: string, retryAfter?: number) {
    super(description);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** The fields a method takes; anything else is a mistake of ours. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  getUpdates: ['offset', 'timeout', 'limit', 'allowed_updates'],
  setWebhook: ['url', 'secret_token', 'allowed_updates', 'max_connections'],
  deleteWebhook: [],
  getMe: [],
  getMyCommands: [],
  setMyCommands: ['commands'],
  sendMessage: ['chat_id', 'text', 'reply_markup', 'link_preview_options'],
  sendDocument: ['method', 'chat_id', 'document', 'caption', 'reply_markup'],
  answerCallbackQuery: ['callback_query_id', 'text'],
  editMessageReplyMarkup: ['chat_id', 'message_id', 'reply_markup'],
};
const AGAIN_AFTER_MS = 5;
const FILE_LIMIT = 1024;

export type Call = { readonly method: string; readonly at: number; readonly fields: Fields };

export type TelegramServer = Awaited<ReturnType<typeof openTelegram>>;

export async function openTelegram({ perSecondMax = Number.POSITIVE_INFINITY, wayMs = 0 } = {}) {
  const chats = new Map<string, { shown: Shown[]; isBlocked: boolean }>();
  const calls: Call[] = [];
  const refused: string[] = [];
  const faults: { method: string; fault: Fault; chat: string | null; skip: number }[] = [];
  const queries = new Map<string, { answers: number }>();
  let waiting: Update[] = [];
  let commands: unknown = [];
  let webhook: Fields | null = null;
  let nextId = 1000;
  let poller: (() => void) | null = null;
  let changed = Promise.withResolvers<void>();

  function tellChange(): void {
    changed.resolve();
    changed = Promise.withResolvers();
  }

  /** Fulfilled when it holds; looked at whenever anything happens. */
  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await changed.promise;
  }

  function chatOf(id: unknown) {
    const chat = chats.get(String(id));
    if (chat === undefined) throw new No(400, 'Bad Request: chat not found');
    if (chat.isBlocked) throw new No(403, 'Forbidden: bot was blocked by the user');
    return chat;
  }

  function show(fields: Fields, content: { text: string; file: string | null }) {
    const chat = chatOf(fields.chat_id);
    const recent = [...chats.values()].flatMap(({ shown }) => shown);
    const at = performance.now();
    if (recent.filter((one) => at - one.at < 1000).length >= perSecondMax)
      throw new No(429, 'Too Many Requests: retry after 1', 1);
    const message = { id: nextId++, at, ...content, buttons: buttonsIn(fields.reply_markup) };
    chat.shown.push(message);
    return messageOf(String(fields.chat_id), message);
  }

  const methods: Readonly<Record<string, (fields: Fields, isGone: Promise<unknown>) => unknown>> = {
    async getUpdates({ offset, timeout, limit, allowed_updates }, isGone) {
      if (webhook !== null)
        throw new No(409, "Conflict: can't use getUpdates while webhook is active");
      poller?.();
      const rival = Promise.withResolvers<'rival'>();
      poller = () => rival.resolve('rival');
      if (typeof offset === 'number')
        waiting = waiting.filter(({ update_id }) => update_id >= offset);
      tellChange();
      if (!isDeepStrictEqual(allowed_updates, ALLOWED)) throw new No(400, 'not all is asked for');
      const over = Number(timeout) === 0 ? Promise.resolve() : new Promise(() => undefined);
      while (waiting.length === 0) {
        const why = await Promise.race([
          rival.promise,
          changed.promise,
          isGone,
          over.then(() => 'over'),
        ]);
        if (why === 'rival') throw new No(409, 'Conflict: terminated by other getUpdates request');
        if (why === 'over' || why === 'gone') break;
      }
      return waiting.slice(0, Number(limit));
    },
    setWebhook(fields) {
      webhook = fields;
      void callHook();
      return true;
    },
    deleteWebhook() {
      webhook = null;
      return true;
    },
    getMe: () => ({ id: 700100, is_bot: true, first_name: '햇살농원', username: 'haetsal_bot' }),
    getMyCommands: () => commands,
    setMyCommands(fields) {
      commands = fields.commands;
      return true;
    },
    sendMessage(fields) {
      const text = textIn(fields.text, 4096);
      return show(fields, { text, file: null });
    },
    sendDocument(fields) {
      const text = fields.caption === undefined ? '' : textIn(fields.caption, FILE_LIMIT);
      return show(fields, { text, file: String(fields.document) });
    },
    answerCallbackQuery({ callback_query_id, text }) {
      const query = queries.get(String(callback_query_id));
      if (query === undefined) throw new No(400, 'Bad Request: query is too old');
      if (text !== undefined) textIn(text, 200);
      query.answers += 1;
      return true;
    },
    editMessageReplyMarkup({ chat_id, message_id, reply_markup }) {
      const message = chatOf(chat_id).shown.find(({ id }) => id === message_id);
      if (message === undefined) throw new No(400, 'Bad Request: message to edit not found');
      const buttons = buttonsIn(reply_markup);
      if (isDeepStrictEqual(buttons, message.buttons))
        throw new No(400, 'Bad Request: message is not modified');
      message.buttons = buttons;
      return messageOf(String(chat_id), message);
    },
  };

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(req.url ?? '') ?? [];
    const fields = await fieldsOf(req);
    calls.push({ method, at: performance.now(), fields });
    const at = faults.findIndex(
      (one) =>
        one.method === method &&
        (one.chat === null || one.chat === String(fields.chat_id)) &&
        one.skip-- === 0,
    );
    const [{ fault = null } = {}] = at < 0 ? [] : faults.splice(at, 1);
    tellChange();
    try {
      if (token !== TOKEN) throw new No(401, 'Unauthorized');
      const run = methods[method];
      if (run === undefined) throw new No(404, 'Not Found');
      if (fault === 'hang') return;
      if (fault === 'drop') return void res.destroy();
      if (fault !== null && fault !== 'lost')
        throw new No(fault.status, fault.description, fault.retryAfter);
      const known = FIELDS[method] ?? [];
      for (const name of Object.keys(fields))
        if (!known.includes(name)) throw new No(400, `${method} has an unexpected ${name}`);
      const isGone = new Promise((resolve) => res.once('close', () => resolve('gone')));
      const result = await run(fields, isGone);
      tellChange();
      // The way back: so long the message is shown and its sender does not know.
      if (wayMs > 0) await new Promise((resolve) => setTimeout(resolve, wayMs));
      if (fault === 'lost') return void res.destroy();
      send(res, 200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof No)) throw error;
      const isOurs = error.status === 400 && !/chat not found/.test(error.message);
      if (fault === null && isOurs) refused.push(`${method}: ${error.message}`);
      const parameters = error.retryAfter && { parameters: { retry_after: error.retryAfter } };
      const { status: error_code, message: description } = error;
      send(res, error_code, { ok: false, error_code, description, ...parameters });
    }
  }

  let isCalling = false;
  /** One after another, and again until it is taken. */
  async function callHook(): Promise<void> {
    if (isCalling) return;
    isCalling = true;
    while (webhook !== null) {
      const [update] = waiting;
      if (update === undefined) break;
      if (await isTaken(String(webhook.url), webhook.secret_token, update))
        waiting = waiting.filter((one) => one !== update);
      else await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
      tellChange();
    }
    isCalling = false;
  }

  const server = createServer((req, res) => void answer(req, res)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    /** Calls that make no sense to Telegram: mistakes of ours. */
    refused,
    queries,
    until,
    /** The next call of this method, but for the first `skip`, meets the fault. */
    fail(method: string, fault: Fault, { chat = null as string | null, skip = 0 } = {}) {
      faults.push({ method, fault, chat, skip });
    },
    get commands() {
      return commands;
    },
    get webhook() {
      return webhook;
    },
    isWaiting: (id: number) => waiting.some(({ update_id }) => update_id === id),
    /** Something happened: it is delivered until it is confirmed. */
    deliver(what: Fields, id = nextId++): number {
      waiting.push({ ...what, update_id: id });
      void callHook();
      tellChange();
      return id;
    },
    /** Nobody is asking any more: as when the process that did is gone. */
    hangUp() {
      poller = null;
      server.closeAllConnections();
    },
    shownTo(user: string) {
      const chat = chats.get(user) ?? { shown: [], isBlocked: false };
      chats.set(user, chat);
      return chat;
    },
    newId: () => nextId++,
    async close() {
      webhook = null;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const ALLOWED = ['message', 'edited_message', 'callback_query', 'my_chat_member'];

async function isTaken(url: string, secret: unknown, update: Update): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(typeof secret === 'string' && { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: JSON.stringify(update),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function fieldsOf(req: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = req.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return JSON.parse(body.toString() || '{}');
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form)
    fields[name] = typeof value === 'string' ? value : `${value.name} ${value.size}`;
  if (typeof fields.reply_markup === 'string')
    fields.reply_markup = JSON.parse(fields.reply_markup);
  return fields;
}

function send(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function textIn(value: unknown, max: number): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw new No(400, 'Bad Request: message text is empty');
  if (value.length > max) throw new No(400, 'Bad Request: message is too long');
  if (!value.isWellFormed()) throw new No(400, 'Bad Request: strings must be encoded in UTF-8');
  return value;
}

function buttonsIn(markup: unknown): readonly Button[] {
  if (markup === undefined) return [];
  const { inline_keyboard } = markup as { inline_keyboard: Button[][] };
  const buttons = inline_keyboard.flat();
  for (const { text, callback_data, url } of buttons) {
    if (text.trim() === '') throw new No(400, 'Bad Request: Text buttons are empty');
    const bytes = Buffer.byteLength(callback_data ?? '');
    if (url === undefined && (bytes < 1 || bytes > 64))
      throw new No(400, 'Bad Request: BUTTON_DATA_INVALID');
    if (url !== undefined && !/^https?:\/\/[^/]*\./.test(url))
      throw new No(400, `Bad Request: inline keyboard button URL '${url}' is invalid`);
  }
  if (buttons.length > 100) throw new No(400, 'Bad Request: reply markup is too long');
  return buttons;
}

/** As it comes back from a send, and with a press. */
export function messageOf(user: string, { id, text, file, buttons }: Shown): Fields {
  return {
    message_id: id,
    date: 1_784_600_000,
    chat: { id: Number(user), type: 'private' },
    from: { id: Number(BOT), is_bot: true, first_name: '산지' },
    ...(file === null ? { text } : { caption: text, document: { file_id: 'd' } }),
    ...(buttons.length > 0 && { reply_markup: { inline_keyboard: buttons.map((one) => [one]) } }),
  };
}

/** Somebody with the app. What he does is fulfilled when its update is confirmed. */
export class TelegramUser {
  readonly user: string;
  readonly #server: TelegramServer;
  #last: { readonly id: number; readonly what: Fields } = { id: 0, what: {} };
  #seen = 0;

  constructor(server: TelegramServer, user: string) {
    this.#server = server;
    this.user = user;
    server.shownTo(user);
  }

  get from(): Fields {
    return {
      id: Number(this.user),
      is_bot: false,
      first_name: '<b>*영희*</b>',
      language_code: 'ko',
    };
  }

  get chat(): Fields {
    return { id: Number(this.user), type: 'private', first_name: '<b>*영희*</b>' };
  }

  /** All that is on screen since the last look. */
  news(): string {
    const { shown } = this.#server.shownTo(this.user);
    const fresh = shown.slice(this.#seen);
    this.#seen = shown.length;
    return fresh.map(screenOf).join('\n');
  }

  async say(text: string): Promise<string> {
    await this.confirmed(this.sayOnly({ text }));
    return this.news();
  }

  /** Without waiting for anything. */
  sayOnly(content: Fields): number {
    return this.#deliver({ message: this.message(content) });
  }

  message(content: Fields): Fields {
    const { from, chat } = this;
    return { message_id: this.#server.newId(), date: 1_784_600_000, from, chat, ...content };
  }

  async press(label: string): Promise<string> {
    await this.confirmed(this.pressOnly(label).id);
    return this.news();
  }

  /** The newest button of this label. */
  pressOnly(label: string): { readonly id: number; readonly query: string } {
    const { shown } = this.#server.shownTo(this.user);
    const message = shown.findLast(({ buttons }) => buttons.some(({ text }) => text === label));
    if (message === undefined) throw new Error(`no button "${label}" is shown`);
    const data = message.buttons.find(({ text }) => text === label)?.callback_data;
    return this.sendPress({ message: messageOf(this.user, message), data });
  }

  sendPress(press: Fields): { readonly id: number; readonly query: string } {
    const query = String(this.#server.newId());
    this.#server.queries.set(query, { answers: 0 });
    const id = this.#deliver({ callback_query: { id: query, from: this.from, ...press } });
    return { id, query };
  }

  /** What was said or pressed last, delivered a second time. */
  async again(): Promise<string> {
    await this.confirmed(this.#server.deliver(this.#last.what, this.#last.id));
    return this.news();
  }

  async confirmed(id: number): Promise<void> {
    await this.#server.until(() => !this.#server.isWaiting(id));
  }

  block(isBlocked: boolean): number {
    this.#server.shownTo(this.user).isBlocked = isBlocked;
    const status = isBlocked ? 'kicked' : 'member';
    const { from, chat } = this;
    return this.#server.deliver({
      my_chat_member: { from, chat, date: 0, old_chat_member: {}, new_chat_member: { status } },
    });
  }

  #deliver(what: Fields): number {
    const id = this.#server.deliver(what);
    this.#last = { id, what };
    return id;
  }
}

/** A message as it looks. */
export function screenOf({ text, file, buttons }: Shown): string {
  const words = buttons.map((one) => [one.text, one.url].filter(Boolean).join(' '));
  return [text, ...(file === null ? [] : [`📎 ${file}`]), ...words].join('\n');
}
