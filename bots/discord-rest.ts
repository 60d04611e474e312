// Calls of Discord's API. The library would wait out a rate limit and repeat a failed call by itself, for
// longer than an interaction lives and without saying so; here each call is made once, and whoever makes
// it decides what a failure means.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes
import {
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  REST,
  type RequestData,
  type RequestMethod,
  type RouteLike,
} from 'discord.js';
import type { SendFailure } from '../src/chat/bot.ts';

/** Shorter than the outbox waits for one message. */
const CALL_WITHIN_MS = 5000;
/** A shorter limit is waited out, as by the library; of a longer one the caller is told. */
const WAIT_OUT_MS = 1500;
const BACK_OFF_MS = 200;
const BACK_OFF_MS_MAX = 5000;

export type Failed = { readonly failure: SendFailure; readonly retryAfterMs: number | null };
/** `no`: Discord refused, by its own code or else the HTTP status. */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'no'; readonly code: number; readonly status: number }
  | ({ readonly kind: 'failed' } & Failed);

export type Call = Omit<RequestData, 'signal'> & {
  readonly method: `${RequestMethod}`;
  readonly route: RouteLike;
  readonly withinMs?: number;
};

export type Wire = {
  /** The answer as Discord documents it for this route. */
  readonly call: <T>(call: Call) => Promise<Outcome<T>>;
  /** Again and again while the failure may pass, until the time is over. */
  readonly insist: <T>(call: Call, untilMs: number) => Promise<Outcome<T>>;
};

export function createWire({
  token,
  apiBase,
  onUnauthorised,
}: {
  readonly token: string;
  readonly apiBase: string | null;
  /** The token is no longer good: nothing must be called any more. */
  readonly onUnauthorised: () => void;
}): Wire {
  const rest = new REST({
    ...(apiBase === null ? {} : { api: apiBase }),
    version: '10',
    retries: 0,
    timeout: CALL_WITHIN_MS,
    rejectOnRateLimit: (limit) => waitOf(limit) > WAIT_OUT_MS,
  }).setToken(token);

  async function call<T>({ method, route, withinMs, ...request }: Call): Promise<Outcome<T>> {
    const limitMs = Math.ceil(Math.max(1, Math.min(withinMs ?? CALL_WITHIN_MS, CALL_WITHIN_MS)));
    const signal = AbortSignal.timeout(limitMs);
    try {
      const fullRoute = { ...request, fullRoute: route, method: method as RequestMethod, signal };
      return { kind: 'ok', value: (await rest.request(fullRoute)) as T };
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.kind === 'no' && outcome.status === 401 && request.auth !== false)
        onUnauthorised();
      return outcome;
    }
  }

  return {
    call,
    async insist<T>(one: Call, untilMs: number) {
      const until = performance.now() + untilMs;
      for (let tries = 1; ; tries += 1) {
        const leftMs = until - performance.now();
        const limitMs = Math.min(one.withinMs ?? leftMs, leftMs);
        const outcome = await call<T>({ ...one, withinMs: limitMs });
        if (outcome.kind !== 'failed') return outcome;
        const backOffMs = Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS * 2 ** (tries - 1));
        const waitMs = Math.max(backOffMs, outcome.retryAfterMs ?? 0);
        if (performance.now() + waitMs >= until) return outcome;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    },
  };
}

/** Of a bucket that is empty and of a call that was refused the library tells in different fields. */
function waitOf(limit: { readonly timeToReset: number; readonly retryAfter: number }): number {
  return Math.max(limit.timeToReset, limit.retryAfter);
}

/** Anything that is not of the network or of Discord rises: it is ours. */
function outcomeOf(error: unknown): Exclude<Outcome<never>, { kind: 'ok' }> {
  const failed = (failure: SendFailure, retryAfterMs: number | null = null) =>
    ({ kind: 'failed', failure, retryAfterMs }) as const;
  if (error instanceof RateLimitError) return failed('rate_limited', waitOf(error));
  if (error instanceof DiscordAPIError) {
    const { status } = error;
    const code = Number(error.code);
    return { kind: 'no', code: Number.isInteger(code) && code > 0 ? code : status, status };
  }
  // A gateway in between that got no answer does not know what became of the call.
  if (error instanceof HTTPError)
    return failed(error.status === 502 || error.status === 504 ? 'lost_answer' : 'unavailable');
  // Something between us answered in Discord's place.
  if (error instanceof SyntaxError) return failed('lost_answer');
  if (error instanceof Error) {
    if (error.name === 'AbortError' || error.name === 'TimeoutError') return failed('time_out');
    const code = codeOf(error) ?? codeOf(error.cause);
    // Those of Node itself, as ERR_OUT_OF_RANGE, are of no network.
    if (code !== undefined && !code.startsWith('ERR_'))
      return failed(NOT_REACHED.has(code) ? 'unavailable' : 'lost_answer');
  }
  throw error;
}

const NOT_REACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
