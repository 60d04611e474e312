// The shop on a page of our own: a form that works without a script, and htmx with a stream where there
// is one. What stands on a page is read from the transcript, for the page, its answers and its streams
// alike, and shown by its id: so nothing is lost between them and nothing stands there twice.
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { Router, urlencoded } from 'express';
import type { Bot } from '../src/chat/bot.ts';
import { harmless } from './harmless.ts';
import { mayAddress, perMinute } from './web-chat-limits.ts';
import { addressOf, cookieFor, newVisitor } from './web-chat-payload.ts';
import { createRoom, type Room, refuse, showNotice, type WebChatOptions } from './web-chat-room.ts';
import { letIn, openStream, showPage, take } from './web-chat-talk.ts';

/** Hangul takes nine bytes a character in a form: room for several times what the core reads. */
const BODY_MAX = '256kb';
const FIELDS_MAX = 10;
/** A page takes any; more would be long to read in one piece. */
const TEXT_CHARS = 3_500;
/** Behind one address may be a whole mobile network. */
const LINK_TRIES_PER_ADDRESS = 300;
const ASSET_MAX_AGE_S = 365 * 86_400;

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

export type WebChatBot = Bot & { readonly routes: Router; stop(): Promise<void> };

export function createWebChatBot(options: WebChatOptions): WebChatBot {
  const room = createRoom(options);
  const { transcript, streams, now, words } = room;
  const form = urlencoded({ extended: false, limit: BODY_MAX, parameterLimit: FIELDS_MAX });
  const routes = Router();
  routes.use('/chat', (_req, res, next) => {
    res.set(HEADERS);
    next();
  });
  routes.get('/chat', (req, res) => showPage(room, req, res));
  routes.post('/chat', letIn(room), form, (req, res) => take(room, req, res));
  routes.get('/chat/events', (req, res) => openStream(room, req, res));
  routes.get('/chat/in/:token', enterBy(room));
  routes.get('/chat/assets/:version/:file', (req, res) => sendAsset(room, req, res));
  routes.use('/chat', (_req, res) => showNotice(room, res, { status: 404, notice: words.noPage }));
  routes.use('/chat', lastResort(room));
  return {
    platform: 'web',
    dropsCopies: true,
    textChars: TEXT_CHARS,
    routes,
    async send(to, reply, key) {
      const isKnown = await transcript.add(to, [{ key: `notice:${key}`, reply }], now());
      return isKnown ? { kind: 'sent' } : { kind: 'refused', reason: 'bad_address' };
    },
    async stop() {
      streams.stop();
    },
  };
}

/** One-time links: a new seat for whoever brings one that is still good. */
function enterBy(room: Room): RequestHandler<{ token: string }> {
  const { words, now, log } = room;
  const mayCaller = perMinute(LINK_TRIES_PER_ADDRESS);
  return async (req, res) => {
    // A browser that fetches ahead, or asks for the head alone, has not been sent by anybody yet.
    const isAhead = /prefetch/.test(req.get('sec-purpose') ?? req.get('purpose') ?? '');
    if (isAhead || req.method === 'HEAD') return void res.status(204).end();
    if (!mayAddress(mayCaller, req.ip, now()))
      return showNotice(room, res, { status: 429, notice: words.tooOften });
    const visitor = newVisitor();
    const { token } = req.params;
    const entered = await room.enter({ token, sender: visitor.sender, at: now() });
    if (entered !== 'in') {
      log('link.refused', { kind: 'chat', why: entered });
      const status = entered === 'forged' ? 403 : 410;
      return showNotice(room, res, { status, notice: words.links[entered] });
    }
    res.set('Set-Cookie', cookieFor(visitor, room.isSecure));
    res.redirect(303, addressOf('/chat', visitor));
  };
}

async function sendAsset(
  room: Room,
  req: Request<{ version: string; file: string }>,
  res: Response,
): Promise<void> {
  const { version, byName } = await room.assets();
  const asset = byName.get(req.params.file);
  if (asset === undefined || req.params.version !== version)
    return showNotice(room, res, { status: 404, notice: room.words.noPage });
  const isPacked = req.acceptsEncodings('gzip') !== false;
  if (isPacked) res.set('Content-Encoding', 'gzip');
  res
    .set({ 'Content-Type': asset.type, Vary: 'Accept-Encoding' })
    .set('Cache-Control', `public, max-age=${ASSET_MAX_AGE_S}, immutable`)
    .send(isPacked ? asset.packed : asset.plain);
}

function lastResort(room: Room): ErrorRequestHandler {
  const { words, log } = room;
  // Express knows an error handler by its four parameters.
  return (error, req, res, _next) => {
    if (res.headersSent) return void res.destroy();
    const no = (status: number, text: string) => refuse(room, { req, res }, { status, text });
    const status = statusOf(error);
    if (status === 413) return no(status, words.tooLarge);
    if (status !== undefined) return no(400, words.unreadable);
    log('web.broken', harmless(error));
    return no(500, words.broken);
  };
}

/** What a parser of the body refuses carries a status; anything else is ours. */
function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
