// KakaoTalk: Kakao posts what a person said to our one skill and shows what we answer. It shows
// nothing at all on another status than 200 or after 5 seconds, so every genuine call is answered
// with 200, words and within a second.
// https://kakaobusiness.gitbook.io/main/tool/chatbot/skill_guide/answer_json_format
import { hash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { json, Router } from 'express';
import type { Answer, Bot, Message } from '../src/chat/bot.ts';
import { harmless } from './harmless.ts';
import { type KakaoSaid, readPayload } from './kakao-payload.ts';
import type { KakaoPush } from './kakao-push.ts';
import { KAKAO_ROOM_CHARS, renderKakao } from './kakao-render.ts';

/** Leaves a tenth of a second of the promised one for reading, rendering and the way. */
const ANSWER_WITHIN_MS = 900;
/** Nobody waits in front of a screen: Kakao's own 5 seconds are the limit. */
const NOTICE_WITHIN_MS = 4000;
const BODY_MAX = '1mb';
/** Stands for the bot in payloads that name none; accepted only where any bot is. */
const UNNAMED_BOT = 'kakao';

/** What the bot itself has to say; everything else is said by the core. */
export type KakaoWords = {
  /** The answer takes longer than Kakao waits; asking again brings it. */
  readonly late: string;
  /** Something went wrong on our side. */
  readonly broken: string;
  /** What came is not what Kakao sends: broken JSON, missing or wrong fields. */
  readonly unreadable: string;
  /** What came is over a megabyte. */
  readonly tooLarge: string;
};

export type KakaoOptions = {
  readonly answer: Answer;
  /** What Kakao sends as `x-sanji-secret`; null lets everybody in. */
  readonly secret: string | null;
  /** Bot id, without `!`, to its only store or null; an empty map lets any bot in. */
  readonly botIds: ReadonlyMap<string, string | null>;
  readonly words: KakaoWords;
  /** How it speaks first; without it every notice waits for the next contact. */
  readonly push?: KakaoPush | null;
  /** The answer to a receipt has left for Kakao. */
  readonly onShown?: (message: Message) => Promise<void>;
  readonly answerWithinMs?: number;
  readonly now?: () => Date;
  /** Gets no personal data: never the words said, never the user. */
  readonly log?: (event: string, fields: Record<string, unknown>) => void;
};

export function createKakaoBot(options: KakaoOptions): Bot & { readonly routes: Router } {
  const { answer, words, botIds, answerWithinMs = ANSWER_WITHIN_MS, push = null } = options;
  const { onShown = async () => undefined } = options;
  const now = options.now ?? (() => new Date());
  const log = options.log ?? (() => undefined);
  const isGenuine = secretCheck(options.secret);
  const canned = {
    late: cannedBody(words.late),
    broken: cannedBody(words.broken),
    unreadable: cannedBody(words.unreadable),
    tooLarge: cannedBody(words.tooLarge),
  };

  /** Never rejects: it may go on after the late answer, when nobody waits for it any more. */
  async function bodyFor(message: Message): Promise<string> {
    try {
      return renderKakao(await answer(message), words.broken);
    } catch (error) {
      log('kakao.broken', harmless(error));
      return canned.broken;
    }
  }

  function verify(req: Request, res: Response, next: NextFunction): void {
    if (!isGenuine(req.get('x-sanji-secret'))) {
      log('kakao.refused', { why: 'secret' });
      refuse(res);
    } else next();
  }

  async function turn(req: Request, res: Response): Promise<void> {
    const said = readPayload(req.body);
    if (said === undefined) {
      log('kakao.unreadable', { why: 'payload' });
      return show(res, canned.unreadable);
    }
    const storeId = said.bot === null ? undefined : botIds.get(said.bot);
    if (storeId === undefined && botIds.size > 0) {
      log('kakao.refused', { why: 'bot' });
      return refuse(res);
    }
    const message = messageOf(said, storeId ?? null, now());
    if (message.receipt !== undefined) return showNotice(res, message);
    const body = await within(answerWithinMs, bodyFor(message));
    if (body === undefined) log('kakao.late', { answerWithinMs });
    show(res, body ?? canned.late);
  }

  /**
   * Failing, it says so: Kakao shows nothing then, and the notice goes another way. It counts as shown only
   * when the answer has left: whoever dies in between may show it twice, but loses nothing.
   */
  async function showNotice(res: Response, message: Message): Promise<void> {
    const broken = (error: unknown) => log('kakao.broken', harmless(error));
    try {
      const reply = await within(NOTICE_WITHIN_MS, answer(message));
      if (reply !== undefined) {
        res.once('finish', () => void onShown(message).catch(broken));
        return show(res, renderKakao(reply, words.broken));
      }
      log('kakao.late', { answerWithinMs: NOTICE_WITHIN_MS });
    } catch (error) {
      broken(error);
    }
    write(res, 503, '{"error":"unavailable"}');
  }

  // Express knows an error handler by its four parameters.
  function unread(error: unknown, _req: Request, res: Response, _next: NextFunction): void {
    const why = typeOf(error);
    log('kakao.unreadable', { why });
    if (!res.headersSent)
      show(res, why === 'entity.too.large' ? canned.tooLarge : canned.unreadable);
  }

  const routes = Router();
  // The secret comes before the parser: of a stranger's body nothing is read.
  routes.post('/kakao/skill', verify, json({ limit: BODY_MAX }), turn, unread);

  return {
    platform: 'kakao',
    // Not Kakao: the routes ask before they send again.
    dropsCopies: push !== null,
    textChars: KAKAO_ROOM_CHARS,
    isOneScreen: true,
    ...(push === null ? {} : { forms: push.forms, settlesWithinMs: push.settlesWithinMs }),
    routes,
    send: async (to, reply, _key, sending) =>
      push === null || sending === undefined ? { kind: 'held' } : push.send(to, reply, sending),
  };
}

function messageOf(said: KakaoSaid, storeId: string | null, at: Date): Message {
  return {
    sender: { platform: 'kakao', bot: said.bot ?? UNNAMED_BOT, user: said.user },
    text: said.text,
    press: said.press,
    attachment: said.attachment,
    receipt: said.receipt,
    // The payload has neither a message id nor a time nor a count of attempts.
    updateId: null,
    storeId,
    roomChars: KAKAO_ROOM_CHARS,
    at,
  };
}

function cannedBody(words: string): string {
  return renderKakao({ texts: [words], choices: [] }, words);
}

/** Digests are compared, so that neither the time nor the length tells anything of the secret. */
function secretCheck(secret: string | null): (given: string | undefined) => boolean {
  if (secret === null) return () => true;
  const expected = digest(secret);
  return (given) => given !== undefined && timingSafeEqual(digest(given), expected);
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** Undefined when the time is over first; `work` itself goes on. */
function within<T>(timeoutMs: number, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, timeoutMs, undefined);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Written past `res.send`, which would compute an ETag for an answer nobody caches. */
function show(res: Response, body: string): void {
  write(res, 200, body);
}

function refuse(res: Response): void {
  write(res, 401, '{"error":"unauthorized"}');
}

function write(res: Response, status: number, body: string): void {
  const bytes = Buffer.from(body);
  res
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': bytes.length,
    })
    .end(bytes);
}

/** What a parser error is called, as `entity.parse.failed`; its message quotes the body. */
function typeOf(error: unknown): string {
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  return typeof type === 'string' ? type : 'unknown';
}
