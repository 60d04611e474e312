// The shop on a page of our own: a form that works without a script, and htmx with a stream where there
// is one. What stands on a page is read from the transcript, for the page, its answers and its streams
// alike, and shown by its id: so nothing is lost between them and nothing stands there twice.
import type { NextFunction, Request, Response } from 'express';
import { Router, urlencoded } from 'express';
import type {
  Answer,
  Bot,
  Entered,
  Message,
  NewEntry,
  Opening,
  Reply,
  Sender,
  Transcript,
  Visit,
} from '../src/chat/bot.ts';
import { harmless } from './harmless.ts';
import { type Assets, loadAssets } from './web-chat-assets.ts';
import { type Limit, perMinute } from './web-chat-limits.ts';
import {
  createClock,
  type Look,
  renderChat,
  renderEntry,
  renderNews,
  renderNotice,
  type Shown,
} from './web-chat-page.ts';
import {
  addressOf,
  cookieFor,
  isFromOwnPage,
  newVisitor,
  readAfter,
  readPlace,
  readSaid,
  type Said,
  type Visitor,
  visitorOf,
} from './web-chat-payload.ts';
import { createStreams } from './web-chat-streams.ts';
import type { Notice, WebChatWords } from './web-chat-words.ts';

const ROOM_CHARS = 4_000;
/** Hangul takes nine bytes a character in a form: room for twice what the core reads. */
const BODY_MAX = '256kb';
const FIELDS_MAX = 10;
const MESSAGES_PER_MINUTE = 60;
const MESSAGES_PER_ADDRESS = 300;
const LINK_TRIES_PER_ADDRESS = 30;
const ASSET_MAX_AGE_S = 365 * 86_400;
/** A proxy beside us that hides its callers says nothing about any of them. */
const LOOPBACK = /^(::1|(::ffff:)?127\.)/;

const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Not `no-referrer`: with it browsers send our own forms with `Origin: null`.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
} as const;

export type WebChatOptions = {
  readonly answer: Answer;
  readonly transcript: Transcript;
  /** What a page shows before anything was said on it; null when there is no such store. */
  readonly open: (visit: Visit) => Promise<Opening | null>;
  /** Uses a one-time link up for a new person, who gets what it gives. */
  readonly enter: (link: {
    readonly token: string;
    readonly sender: Sender;
    readonly at: Date;
  }) => Promise<Entered>;
  readonly words: WebChatWords;
  /** How the outside reaches us. */
  readonly baseUrl: string;
  /** The cookie that says who is who goes over https only. */
  readonly isSecure: boolean;
  readonly timeZone: string;
  readonly now?: () => Date;
  /** Gets no personal data: never the words said, never the user, never a token. */
  readonly log?: (event: string, fields: Record<string, unknown>) => void;
};

export type WebChatBot = Bot & { readonly routes: Router; stop(): Promise<void> };

export function createWebChatBot(options: WebChatOptions): WebChatBot {
  const { answer, transcript, words, isSecure } = options;
  const now = options.now ?? (() => new Date());
  const log = options.log ?? (() => undefined);
  const { origin } = new URL(options.baseUrl);
  const look: Look = { words, clock: createClock(options.timeZone, now) };
  const mayVisitorSay = perMinute(MESSAGES_PER_MINUTE);
  const mayAddressSay = perMinute(MESSAGES_PER_ADDRESS);
  const mayAddressEnter = perMinute(LINK_TRIES_PER_ADDRESS);
  const streams = createStreams({
    read: transcript.read,
    render: (entry) => renderEntry(entry, look),
    onBroken: (error) => log('web.broken', harmless(error)),
  });
  let loading: Promise<Assets> | null = null;
  const assets = () => {
    loading ??= loadAssets();
    return loading;
  };
  const assetsPath = async () => `/chat/assets/${(await assets()).version}`;

  async function showPage(req: Request, res: Response): Promise<void> {
    const place = readPlace(req.query);
    if (place === undefined) return showNotice(res, 404, words.noPage);
    const visitor = visitorOf(req, place);
    const { sender } = visitor;
    const at = now();
    const opening = await options.open(visitOf(visitor));
    if (opening === null) return showNotice(res, 404, words.noStore);
    const kept = await transcript.read(sender, 0);
    const entries = kept.length > 0 ? kept : [{ id: null, at, reply: opening.reply }];
    const page = { place, title: opening.title, entries, assets: await assetsPath() };
    res.set('Set-Cookie', cookieFor(visitor, isSecure));
    res.type('html').send(renderChat(page, look));
  }

  /** Before the parser: of another site's form nothing is read. */
  function letIn(req: Request, res: Response, next: NextFunction): Promise<void> | void {
    if (!isFromOwnPage(req, origin)) return refuse(req, res, { status: 403, text: words.foreign });
    const place = readPlace(req.query);
    if (place === undefined) return refuse(req, res, { status: 404, text: words.noPage.text });
    const visitor = visitorOf(req, place);
    if (!mayVisitorSay(visitor.sender.user, now()) || !mayAddress(mayAddressSay, req))
      return refuse(req, res, { status: 429, text: words.tooFast });
    res.locals.visitor = visitor;
    next();
  }

  async function take(req: Request, res: Response): Promise<void> {
    // The one that `letIn` found; Express keeps what handlers hand on untyped.
    const visitor = res.locals.visitor as Visitor;
    const said = readSaid(req.body);
    if (said === undefined) return refuse(req, res, { status: 400, text: words.unreadable });
    if (visitor.storeId !== null && (await options.open(visitOf(visitor))) === null)
      return refuse(req, res, { status: 404, text: words.noStore.text });
    res.set('Set-Cookie', cookieFor(visitor, isSecure));
    const entries = said.text === '' ? [] : await turn(visitor, said);
    if (!isByScript(req)) return res.redirect(303, `${addressOf('/chat', visitor)}#end`);
    const form = said.isPress ? 'press' : 'say';
    res.type('html').send(renderNews({ entries, form }, look));
  }

  function visitOf({ sender, storeId }: Visitor): Visit {
    return { sender, storeId, roomChars: ROOM_CHARS, at: now() };
  }

  async function turn(visitor: Visitor, said: Said): Promise<readonly Shown[]> {
    const { id, text, press } = said;
    const visit = visitOf(visitor);
    const { sender, at } = visit;
    const reply = await answerSafely({ ...visit, text, press, updateId: id });
    const spoken: readonly NewEntry[] = [
      { key: `said:${id}`, said: text },
      { key: `answer:${id}`, reply },
    ];
    // Nobody is known by this name where not even the first words were heard: there is no page to keep.
    if (!(await transcript.add(sender, spoken, at)))
      return spoken.map(({ key: _, ...entry }) => ({ id: null, at, ...entry }));
    streams.wake(sender.user);
    return transcript.read(sender, said.after);
  }

  async function answerSafely(message: Message): Promise<Reply> {
    try {
      return await answer(message);
    } catch (error) {
      log('web.broken', harmless(error));
      return { texts: [words.broken], choices: [] };
    }
  }

  function openStream(req: Request, res: Response): void {
    const place = readPlace(req.query);
    const visitor = place && visitorOf(req, place);
    // Without the cookie of its page a stream would hear nothing for ever.
    if (visitor === undefined || visitor.isNew) return void res.status(204).end();
    const after = readAfter(req.query, req.get('last-event-id'));
    if (streams.open({ res, sender: visitor.sender, after })) return;
    res.status(503).set({ 'Retry-After': '5', Connection: 'close' }).end();
  }

  async function enter(req: Request<{ token: string }>, res: Response): Promise<void> {
    // A browser that fetches ahead, or asks for the head alone, has not been sent by anybody yet.
    const isAhead = /prefetch/.test(req.get('sec-purpose') ?? req.get('purpose') ?? '');
    if (isAhead || req.method === 'HEAD') return void res.status(204).end();
    if (!mayAddress(mayAddressEnter, req)) return showNotice(res, 429, words.tooOften);
    const visitor = newVisitor();
    const { token } = req.params;
    const entered = await options.enter({ token, sender: visitor.sender, at: now() });
    if (entered !== 'in') {
      log('link.refused', { kind: 'chat', why: entered });
      return showNotice(res, entered === 'forged' ? 403 : 410, words.links[entered]);
    }
    res.set('Set-Cookie', cookieFor(visitor, isSecure));
    res.redirect(303, addressOf('/chat', visitor));
  }

  async function sendAsset(
    req: Request<{ version: string; file: string }>,
    res: Response,
  ): Promise<void> {
    const { version, byName } = await assets();
    const asset = byName.get(req.params.file);
    if (asset === undefined || req.params.version !== version)
      return showNotice(res, 404, words.noPage);
    const isPacked = req.acceptsEncodings('gzip') !== false;
    if (isPacked) res.set('Content-Encoding', 'gzip');
    res
      .set({ 'Content-Type': asset.type, Vary: 'Accept-Encoding' })
      .set('Cache-Control', `public, max-age=${ASSET_MAX_AGE_S}, immutable`)
      .send(isPacked ? asset.packed : asset.plain);
  }

  async function showNotice(res: Response, status: number, { title, text }: Notice): Promise<void> {
    const page = { title, text, assets: await assetsPath() };
    res.status(status).type('html').send(renderNotice(page, words));
  }

  /** Our script shows the words beside the field; without it they are a page. */
  async function refuse(
    req: Request,
    res: Response,
    { status, text }: { status: number; text: string },
  ): Promise<void> {
    if (isByScript(req)) res.status(status).type('text').send(text);
    else await showNotice(res, status, { title: words.notSent, text });
  }

  function mayAddress(may: Limit, { ip }: Request): boolean {
    return ip === undefined || LOOPBACK.test(ip) || may(ip, now());
  }

  // Express knows an error handler by its four parameters.
  async function broken(error: unknown, req: Request, res: Response, _next: NextFunction) {
    if (res.headersSent) return void res.destroy();
    const status = statusOf(error);
    if (status === 413) return refuse(req, res, { status, text: words.tooLarge });
    if (status !== undefined) return refuse(req, res, { status: 400, text: words.unreadable });
    log('web.broken', harmless(error));
    return refuse(req, res, { status: 500, text: words.broken });
  }

  const routes = Router();
  const form = urlencoded({ extended: false, limit: BODY_MAX, parameterLimit: FIELDS_MAX });
  routes.use('/chat', (_req, res, next) => {
    res.set(HEADERS);
    next();
  });
  routes.get('/chat', showPage);
  routes.post('/chat', letIn, form, take);
  routes.get('/chat/events', openStream);
  routes.get('/chat/in/:token', enter);
  routes.get('/chat/assets/:version/:file', sendAsset);
  routes.use('/chat', (_req, res) => showNotice(res, 404, words.noPage));
  routes.use('/chat', broken);

  return {
    platform: 'web',
    dropsCopies: true,
    routes,
    async send(to, reply, key) {
      if (!(await transcript.add(to, [{ key: `notice:${key}`, reply }], now())))
        return { kind: 'refused', reason: 'nobody has this page' };
      streams.wake(to.user);
      return { kind: 'sent' };
    },
    async stop() {
      streams.stop();
    },
  };
}

function isByScript(req: Request): boolean {
  return req.get('hx-request') === 'true';
}

/** What a parser of the body refuses carries a status; anything else is ours. */
function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
