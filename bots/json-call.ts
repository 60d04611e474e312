// One call of somebody's JSON interface over HTTP, its failures told apart by the only question that
// matters before a second try: may the first have been taken?
import { SendError } from '../src/chat/bot.ts';

/** Shorter than the outbox waits for a send, so that the failure is named here. */
const CALL_WITHIN_MS = 4000;
const RETRY_AFTER_MS_MAX = 3_600_000;

export type JsonCall = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly withinMs?: number;
};

export type JsonAnswer = { readonly status: number; readonly body: unknown };

/** What was answered, refusals included; throws a `SendError` where the same call may go through later. */
export async function callJson(call: JsonCall): Promise<JsonAnswer> {
  const { method, url, headers, body, withinMs = CALL_WITHIN_MS } = call;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A key is not shown to whomever an answer names.
      redirect: 'error',
      signal: AbortSignal.timeout(withinMs),
    });
    text = await response.text();
  } catch (error) {
    throw new SendError(failureOf(error));
  }
  const { status } = response;
  if (status === 429) throw new SendError('rate_limited', retryAfterMs(response.headers));
  if (status === 503) throw new SendError('unavailable', retryAfterMs(response.headers));
  // What a gateway or a crash says in place of the service tells nothing of what was done before it.
  if (status >= 500 || status === 408) throw new SendError('lost_answer');
  return { status, body: parsed(text, status) };
}

function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A refusal is one in any words.
    if (status >= 400) return null;
    throw new SendError('lost_answer');
  }
}

/** The connection was never made, so nothing has left. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function failureOf(error: unknown): 'time_out' | 'unavailable' | 'lost_answer' {
  if (!(error instanceof Error)) return 'lost_answer';
  if (error.name === 'TimeoutError') return 'time_out';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return NOT_REACHED.has(code) ? 'unavailable' : 'lost_answer';
}

function retryAfterMs(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0
    ? Math.min(seconds * 1000, RETRY_AFTER_MS_MAX)
    : null;
}
