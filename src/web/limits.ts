// How often one caller may ask. The limits stop a loop gone wild, not a busy store: they stand well
// above what one process answers to everybody. The Kakao skill, health and metrics have none.
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { DomainError } from '../orders/errors.ts';
import { ANYBODY, type Caller } from './auth.ts';

const WINDOW_MS = 60_000;

/** Calls a minute. */
export const LIMITS = {
  /** A store that books 200 orders in every second asks 12,000 times. */
  ofOneKey: 60_000,
  /** Public calls and pages; behind one address may be a whole mobile network. */
  ofOneAddress: 30_000,
  /** After these nobody at the address is let in for the rest of the minute. */
  wrongKeysOfOneAddress: 60,
  /** Of people who log in: they type a key once a day. */
  wrongLoginsOfOneAddress: 10,
} as const;

export type Limits = { readonly [name in keyof typeof LIMITS]: number };

/** Proxies on the same machine or network may say for whom they ask; nobody else is believed. */
export const TRUSTED_PROXIES = 'loopback, linklocal, uniquelocal';

export function limitsFor(limits: Limits) {
  const wrongKeys = limiter(limits.wrongKeysOfOneAddress, addressOf);
  return {
    /** For public calls and pages. */
    perAddress: limiter(limits.ofOneAddress, addressOf),
    /** For calls with a key, once `res.locals.caller` is known. */
    perKey: limiter(limits.ofOneKey, (_req, res) => (res.locals.caller as Caller).id),
    letIn: letIn(wrongKeys, limits.wrongKeysOfOneAddress),
    logins: loginTries(limits.wrongLoginsOfOneAddress),
  };
}

export type LoginTries = {
  /** Throws when there were too many in this minute. */
  readonly count: (req: Request, res: Response) => Promise<void>;
  /** Who got in begins anew. */
  readonly forget: (req: Request) => void;
};

type Limiter = ReturnType<typeof limiter>;

function limiter(limit: number, keyGenerator: (req: Request, res: Response) => string) {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    keyGenerator,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    handler: (_req, _res, next) =>
      next(new DomainError('rate_limited', `more than ${limit} calls in a minute`)),
  });
}

/** Knows the caller or refuses him. Wrong keys are counted, and guessing ends after some. */
function letIn(wrongKeys: Limiter, limit: number) {
  return (
    identify: (given: string | undefined) => Caller,
    header = 'authorization',
  ): RequestHandler =>
    async (req, res, next) => {
      const tried = await wrongKeys.getKey(addressOf(req));
      const isGuessing = tried !== undefined && tried.totalHits > limit;
      let refusal: unknown = null;
      try {
        if (!isGuessing) res.locals.caller = identify(req.get(header));
      } catch (error) {
        refusal = error;
      }
      if (!isGuessing && refusal === null) next();
      else await wrongKeys(req, res, (limited?: unknown) => next(limited ?? refusal));
    };
}

/** Counted before the key is looked at, so that many at once are no more tries than one after another. */
function loginTries(limit: number): LoginTries {
  const counted = limiter(limit, addressOf);
  return {
    async count(req, res) {
      const refusal = await new Promise<unknown>((resolve, reject) => {
        Promise.resolve(counted(req, res, resolve)).catch(reject);
      });
      if (refusal instanceof Error) throw refusal;
    },
    forget: (req) => counted.resetKey(addressOf(req)),
  };
}

/** For calls that need no key. */
export const letAnybodyIn: RequestHandler = (_req, res, next) => {
  res.locals.caller = ANYBODY;
  next();
};

function addressOf(req: Pick<Request, 'ip'>): string {
  return ipKeyGenerator(req.ip ?? '');
}
