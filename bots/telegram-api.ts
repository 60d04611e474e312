// Calls of the Bot API by telegraf's client, each with an end: taken, refused, to be tried later, or nobody knows.
import { Telegram, TelegramError } from 'telegraf';
import type { Refusal } from '../src/chat/bot.ts';

/** How a call failed. Only after `unknown` may somebody have seen what it was to do. */
export type Failing =
  /** Telegram asks to wait (429). */
  | { readonly kind: 'wait'; readonly ms: number }
  /** It was not reached, or says that it cannot. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'unknown'; readonly failure: 'time_out' | 'lost_answer' }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  /** Another one polls, or a webhook is set. */
  | { readonly kind: 'rival'; readonly isWebhook: boolean }
  /** The token is not, or no longer, good. */
  | { readonly kind: 'token' }
  /** What was asked makes no sense to Telegram: our mistake. */
  | { readonly kind: 'wrong'; readonly description: string };

export class ApiError extends Error {
  readonly failing: Failing;

  constructor(method: string, failing: Failing) {
    super(`${method} failed: ${failing.kind}`);
    this.name = 'ApiError';
    this.failing = failing;
  }
}

type Method = Parameters<Telegram['callApi']>[0];
type CallApi<M extends Method> = typeof Telegram.prototype.callApi<M>;
type Limits = { readonly withinMs: number; readonly signal?: AbortSignal };

export type Api = <M extends Method>(
  method: M,
  payload: Parameters<CallApi<M>>[1],
  limits: Limits,
) => ReturnType<CallApi<M>>;

export function createApi(token: string, apiRoot: string): Api {
  // Never in the answer of a webhook: what is said there can fail without anybody knowing.
  const telegram = new Telegram(token, { apiRoot, webhookReply: false });
  return async (method, payload, { withinMs, signal }) => {
    const late = AbortSignal.timeout(Math.ceil(withinMs));
    const either = signal === undefined ? late : AbortSignal.any([late, signal]);
    try {
      // Its types name a stand-in for the platform's own signal, which the fetch below takes as well.
      return await telegram.callApi(method, payload, { signal: either as never });
    } catch (error) {
      throw new ApiError(method, failingOf(error));
    }
  };
}

/** Reads telegraf's errors and those of the fetch below it. */
export function failingOf(error: unknown): Failing {
  if (error instanceof TelegramError) return refusalOf(error);
  if (!(error instanceof Error)) return { kind: 'unknown', failure: 'lost_answer' };
  if (error.name === 'AbortError') return { kind: 'unknown', failure: 'time_out' };
  // A name that was not found or a door that was closed: nothing has left.
  const isUnreached = /reason: (connect |getaddrinfo )|ECONNREFUSED|ENOTFOUND|EAI_AGAIN/;
  return isUnreached.test(error.message)
    ? { kind: 'unavailable' }
    : { kind: 'unknown', failure: 'lost_answer' };
}

const GATEWAY_TIMED_OUT = 504;

function refusalOf({ code, description, parameters }: TelegramError): Failing {
  if (code === 429) return { kind: 'wait', ms: (parameters?.retry_after ?? 1) * 1000 };
  if (code === GATEWAY_TIMED_OUT) return { kind: 'unknown', failure: 'time_out' };
  if (code >= 500) return { kind: 'unavailable' };
  if (code === 409) return { kind: 'rival', isWebhook: /webhook/i.test(description) };
  if (code === 401 || code === 404) return { kind: 'token' };
  if (/user is deactivated|chat not found|PEER_ID_INVALID/i.test(description))
    return { kind: 'refused', reason: 'bad_address' };
  if (code === 403) return { kind: 'refused', reason: 'blocked' };
  return { kind: 'wrong', description };
}
