// Telegram calls us. 200 says that an update is answered: the shop has done and keeps what it asked for, and
// its answer is there or waits for its chat's turn. Anything else brings the update again, up to a day long.
import { hash, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';
import { json, Router } from 'express';
import type { Intake } from './telegram-intake.ts';
import { readUpdate } from './telegram-payload.ts';
import type { Log } from './telegram-send.ts';

export const HOOK_PATH = '/telegram/webhook';
const BODY_MAX = '1mb';
/** Telegram gives up after a minute, whatever we do. */
const ANSWER_WITHIN_MS = 25_000;
/** How long Telegram waits before it brings again what takes longer. */
const AGAIN_AFTER_S = '5';

export type HookOptions = {
  readonly intake: Intake;
  /** What Telegram sends in `X-Telegram-Bot-Api-Secret-Token`; null lets everybody in. */
  readonly secret: string | null;
  readonly isOpen: () => boolean;
  readonly log: Log;
  readonly answerWithinMs?: number;
};

export function createHook(options: HookOptions): Router {
  const { intake, isOpen, log, answerWithinMs = ANSWER_WITHIN_MS } = options;
  const isGenuine = secretCheck(options.secret);

  function verify(req: Request, res: Response, next: NextFunction): void {
    if (isGenuine(req.get('x-telegram-bot-api-secret-token'))) next();
    else {
      log('telegram.refused_call', { why: 'secret' });
      res.status(401).json({ error: 'unauthorized' });
    }
  }

  async function take(req: Request, res: Response): Promise<void> {
    if (!isOpen()) return later(res);
    const arrived = readUpdate(req.body);
    if (arrived === undefined) {
      log('telegram.unreadable', { why: 'update' });
      return void res.status(400).json({ error: 'this is no update' });
    }
    const { waits, end } = intake.take(arrived);
    const isGood = end.then(
      () => true,
      () => false,
    );
    // Telegram's next updates need not wait with it.
    const isWaiting = waits.then(() => true);
    const isLate = sleep(answerWithinMs, false, { ref: false });
    if (await Promise.race([isGood, isWaiting, isLate])) res.status(200).end();
    else later(res);
  }

  // Express knows an error handler by its four parameters.
  function unread(_error: unknown, _req: Request, res: Response, _next: NextFunction): void {
    log('telegram.unreadable', { why: 'body' });
    if (!res.headersSent) res.status(400).json({ error: 'this is no update' });
  }

  const routes = Router();
  // The secret comes before the parser: of a stranger's body nothing is read.
  routes.post(HOOK_PATH, verify, json({ limit: BODY_MAX }), take, unread);
  return routes;
}

function later(res: Response): void {
  res.status(503).set('Retry-After', AGAIN_AFTER_S).end();
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
