// The web chat on a real server over a real store, and a browser without a script or a screen.
import { hash, randomBytes } from 'node:crypto';
import express from 'express';
import { createWebChatBot } from '../../bots/web-chat.ts';
import type { WebChatOptions } from '../../bots/web-chat-room.ts';
import { openHouse } from '../../src/app.ts';
import type { Message } from '../../src/chat/bot.ts';
import { newChatLink } from '../../src/chat/links.ts';
import { enterByLink, transcriptIn } from '../../src/chat/page.ts';
import { PAGE_WORDS } from '../../src/chat/replies/index.ts';
import { parseConfig } from '../../src/config.ts';

export type WebChat = Awaited<ReturnType<typeof openWebChat>>;

export const NOON = new Date('2026-07-20T03:00:00Z');

/** The demo store's chat; what is given stands in place of the real answer, clock and so on. */
export async function openWebChat(over: Partial<WebChatOptions> = {}) {
  const logged: { event: string; fields: Record<string, unknown> }[] = [];
  const heard: Message[] = [];
  const log = (event: string, fields: Record<string, unknown>) => {
    logged.push({ event, fields });
  };
  const house = await openHouse(parseConfig({ DATABASE_URL: 'sqlite::memory:' }), log);
  const { store } = house;
  const answer = over.answer ?? house.answer;
  const bot = createWebChatBot({
    open: house.openPage,
    transcript: transcriptIn(store),
    enter: (link) => enterByLink(store, link),
    words: PAGE_WORDS,
    sharedLook: async () => ({ style: '/assets/0/base.css', icon: '/assets/0/icon.svg' }),
    baseUrl: 'https://farm.example',
    isSecure: false,
    timeZone: 'Asia/Seoul',
    now: () => NOON,
    log,
    ...over,
    answer: (message) => {
      heard.push(message);
      return answer(message);
    },
  });
  const server = express().use(bot.routes).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    bot,
    store,
    logged,
    heard,
    url,
    browser: () => new Browser(url),
    link: (roles: readonly ('farmer' | 'seller')[], now = NOON) =>
      newChatLink(store, { storeId: 'peach', roles, now }),
    async close() {
      await bot.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await house.close();
    },
  };
}

export type Shown = {
  readonly status: number;
  readonly html: string;
  /** Words of the bubbles, in order, with who said them. */
  readonly bubbles: readonly { readonly who: string; readonly text: string }[];
  readonly ids: readonly number[];
  readonly headers: Headers;
};

/** Keeps cookies as a browser does and fills in the forms of the page it is on. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #url: string;
  #page = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** Sits down as somebody whose name in the shop is known beforehand. */
  sitDown(seat = ''): { platform: 'web'; bot: 'web'; user: string } {
    const secret = randomBytes(32).toString('base64url');
    this.cookies.set(seat === '' ? 'chat' : `chat_${seat}`, secret);
    return { platform: 'web', bot: 'web', user: hash('sha256', secret, 'base64url') };
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.#url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...(init.headers as Record<string, string> | undefined) },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }

  async open(path = '/chat'): Promise<Shown> {
    const shown = await read(await this.fetch(path));
    this.#page = shown.html;
    return shown;
  }

  /** As the script sends it, with the id of the page or one given. */
  async say(text: string, { path = '/chat', id = this.newId() } = {}): Promise<Shown> {
    return this.post({ text, id }, { path, headers: { 'hx-request': 'true' } });
  }

  async press(
    label: string,
    { path = '/chat', on = this.#page, id = this.newId() } = {},
  ): Promise<Shown> {
    const choice = choicesOf(on).findLast((one) => one.label === label);
    if (choice === undefined) throw new Error(`no choice ${label} on ${on}`);
    return this.post({ choice: choice.value, id }, { path, headers: { 'hx-request': 'true' } });
  }

  async post(
    fields: Record<string, string>,
    { path = '/chat', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
  ): Promise<Shown> {
    const body = new URLSearchParams(fields);
    const shown = await read(await this.fetch(path, { method: 'POST', body, headers }));
    if (shown.status === 200) this.#page += shown.html;
    return shown;
  }

  newId(): string {
    return randomBytes(16).toString('base64url');
  }

  /** Listens as an open page does, until `close`. */
  async listen(path = '/chat/events', headers: Record<string, string> = {}): Promise<Listening> {
    const controller = new AbortController();
    const response = await this.fetch(path, { headers, signal: controller.signal });
    return new Listening(response, controller);
  }
}

/** A stream as its page reads it. */
export class Listening {
  readonly status: number;
  readonly headers: Headers;
  readonly close: () => void;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #decoder = new TextDecoder();
  #rest = '';

  constructor(response: Response, controller: AbortController) {
    this.status = response.status;
    this.headers = response.headers;
    this.#reader = response.body?.getReader();
    this.close = () => controller.abort();
  }

  /** The next entry; null when the stream has ended. */
  async next(): Promise<{ readonly id: number; readonly text: string } | null> {
    for (;;) {
      const end = this.#rest.indexOf('\n\n');
      if (end < 0) {
        const read = await this.#reader?.read();
        if (read === undefined || read.done) return null;
        this.#rest += this.#decoder.decode(read.value, { stream: true });
        continue;
      }
      const event = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end + 2);
      const id = /^id: (\d+)$/m.exec(event)?.[1];
      if (id === undefined) continue;
      const html = [...event.matchAll(/^data: (.*)$/gm)].map(([, line]) => line).join('\n');
      return { id: Number(id), text: wordsOf(html) };
    }
  }
}

async function read(response: Response): Promise<Shown> {
  const html = await response.text();
  const bubbles = [...html.matchAll(/data-message="\d*" data-who="(\w+)">([^<]*)</g)].map(
    ([, who = '', text = '']) => ({ who, text: plain(text) }),
  );
  const ids = [...html.matchAll(/data-entry="(\d+)"/g)].map(([, id]) => Number(id));
  return { status: response.status, html, bubbles, ids, headers: response.headers };
}

export function choicesOf(html: string): readonly { label: string; value: string }[] {
  const button = /<button class="choice"[^>]* value="([^"]*)">([^<]*)</g;
  return [...html.matchAll(button)].map(([, value = '', label = '']) => ({
    label: plain(label),
    value: plain(value),
  }));
}

/** What a person sees: the words of bubbles and choices, and where links lead. */
export function wordsOf(html: string): string {
  const links = html.replace(/<a [^>]*href="([^"]*)"[^>]*>/g, '$1 ');
  return plain(links.replace(/<(input|time)[^>]*>([^<]*<\/time>)?/g, '').replace(/<[^>]+>/g, '\n'));
}

function plain(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
