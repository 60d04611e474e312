// One Idempotency-Key, one effect, one answer. A command stores its short answer in its own
// transaction; the full answer replaces it afterwards. Where the process dies in between, the repeat
// finds the short answer, changes nothing and composes the full answer again.
import { DomainError } from '../orders/errors.ts';
import type { Store } from '../orders/store.ts';
import type { Caller } from './auth.ts';
import { problemOf } from './problem.ts';
import type { InTurn } from './turns.ts';

export type Answered = { readonly status: number; readonly body: unknown };
export type RequestKey = { readonly key: string; readonly body: string };

const KEY_CHARS_MAX = 200;
const CONFLICT = 409;

/** The stored name of a request: two API keys never meet in one. */
export function requestKey(
  caller: Caller,
  { header, said }: { readonly header: string | undefined; readonly said: readonly unknown[] },
): RequestKey | undefined {
  if (header === undefined) return undefined;
  if (header.length > KEY_CHARS_MAX || !/^[\x21-\x7e]+$/.test(header))
    throw new DomainError(
      'bad_request',
      `an Idempotency-Key has 1 to ${KEY_CHARS_MAX} visible ASCII characters`,
    );
  return { key: `http:${caller.id}:${header}`, body: JSON.stringify(said) };
}

export type Once = (
  request: RequestKey | undefined,
  work: () => Promise<Answered>,
) => Promise<Answered>;

export function answerOnce(
  { store, now, baseUrl }: { store: Store; now: () => Date; baseUrl: string },
  inTurn: InTurn,
): Once {
  const first = async (request: RequestKey, work: () => Promise<Answered>) => {
    const known = await store.findAnswer(request);
    if (isAnswered(known)) return known;
    const answered = await work().catch((error: unknown) => refusedByRule(error, baseUrl));
    await store.rememberAnswer(request.key, answered);
    // No command stored anything under this key: a refusal, or a write that is no command.
    if ((await store.findAnswer(request)) === null)
      await store.keepAnswer(request, answered, now());
    return answered;
  };
  return (request, work) =>
    // In turn: of two at once the second finds the answer of the first.
    request === undefined ? work() : inTurn(request.key, () => first(request, work));
}

/** What the rules refused is an answer like any other; a failure or a wrong form may be tried again. */
function refusedByRule(error: unknown, baseUrl: string): Answered {
  if (!(error instanceof DomainError)) throw error;
  const problem = problemOf(error, baseUrl);
  if (problem.status !== CONFLICT) throw error;
  return { status: problem.status, body: problem };
}

function isAnswered(known: unknown): known is Answered {
  return (
    known !== null &&
    typeof known === 'object' &&
    'status' in known &&
    typeof known.status === 'number' &&
    'body' in known
  );
}
