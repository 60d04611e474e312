// Every refusal of the HTTP API: one table from code to status, one body shape (RFC 9457).
import type { Response } from 'express';
import type { z } from 'zod';
import { DomainError, type RefusalCode } from '../orders/errors.ts';

export const PROBLEMS: Readonly<
  Record<RefusalCode, { readonly status: number; readonly title: string }>
> = {
  bad_request: { status: 400, title: 'The request is not understood' },
  unauthorized: { status: 401, title: 'A valid API key is needed' },
  forbidden: { status: 403, title: 'This key may not do that' },
  not_found: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'This path takes other methods' },
  ambiguous: { status: 409, title: 'Several fit' },
  conflict: { status: 409, title: 'It does not fit the present state' },
  amount_mismatch: { status: 409, title: 'The amount is not what is due' },
  not_payable: { status: 409, title: 'The order cannot be paid' },
  not_cancellable: { status: 409, title: 'It can no longer be cancelled' },
  not_changeable: { status: 409, title: 'It can no longer be changed' },
  not_served: { status: 409, title: 'The store does not send there' },
  over_capacity: { status: 409, title: 'More boxes than may be ordered' },
  no_date: { status: 409, title: 'No date has room' },
  out_of_season: { status: 409, title: 'The product is not on sale' },
  store_paused: { status: 409, title: 'The store takes no orders' },
  too_large: { status: 413, title: 'The body is too large' },
  unsupported_type: { status: 415, title: 'Only JSON is read' },
  idempotency_reuse: { status: 422, title: 'The Idempotency-Key was used for another request' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  busy: { status: 503, title: 'Too much at once' },
};

/** What the caller should wait before the same request again. */
const RETRY_AFTER_SECONDS: Readonly<Partial<Record<RefusalCode, number>>> = {
  busy: 5,
  rate_limited: 60,
};

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: RefusalCode;
};

/** Null when the error is no refusal but a failure of ours, of which nothing is told. */
export function refusalOf(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  const status = error instanceof Error && 'status' in error ? error.status : null;
  if (status === 413) return new DomainError('too_large', `a body has at most ${BODY_MAX}`);
  if (status === 415)
    return new DomainError('unsupported_type', 'the body must be JSON in UTF-8, not encoded');
  // What the body parser and the router refuse: broken JSON, a cut body, a broken %-escape.
  if (status === 400) return new DomainError('bad_request', 'the body or the path is broken');
  return null;
}

export const BODY_MAX = '1mb';

export function problemOf(refusal: DomainError | null, baseUrl: string): Problem {
  const code = refusal?.code ?? 'internal';
  const { status, title } = PROBLEMS[code];
  const detail = refusal === null ? 'the cause is in our log' : detailOf(refusal);
  return { type: `${baseUrl.replace(/\/$/, '')}/docs#${code}`, title, status, detail, code };
}

/** A stored refusal comes back as the answer it was. */
export function isProblem(body: unknown): body is Problem {
  return (
    body !== null &&
    typeof body === 'object' &&
    'code' in body &&
    'status' in body &&
    typeof body.status === 'number' &&
    body.status >= 400
  );
}

export function sendProblem(res: Response, problem: Problem): void {
  // For the figures.
  res.locals.refused = problem.code;
  const retryAfter = RETRY_AFTER_SECONDS[problem.code];
  // Who counts the calls knows it to the second.
  if (retryAfter !== undefined && !res.get('retry-after'))
    res.set('retry-after', String(retryAfter));
  if (problem.code === 'unauthorized') res.set('www-authenticate', 'Bearer');
  res.status(problem.status).type('application/problem+json').json(problem);
}

/** The sentence of a refusal and what it was about: ids, numbers, dates. */
function detailOf({ message, detail }: DomainError): string {
  const said = new Set(message.split(/[^\p{L}\p{N}_-]+/u));
  const facts = Object.entries(detail)
    .filter(([, value]) => value !== null && !said.has(String(value)))
    .map(([name, value]) => `${name} ${value}`);
  return facts.length === 0 ? message : `${message} (${facts.join(', ')})`;
}

/**
 * One sentence for what is wrong with an input. It names the field, what was expected and what kind
 * of thing came: the value itself may be somebody's name or address.
 */
export function sentenceFor(issue: z.core.$ZodIssue, input: unknown, where: string): string {
  const field = issue.path.length === 0 ? where : fieldName(issue.path);
  const got = kindOf(issue.path.reduce(stepInto, input));
  switch (issue.code) {
    case 'invalid_type':
      return `${field} must be ${EXPECTED[issue.expected] ?? issue.expected}, got ${got}`;
    case 'unrecognized_keys':
      return `${field} has the unknown field ${fieldName([issue.keys[0] ?? ''])}`;
    case 'invalid_value':
      return `${field} must be one of ${issue.values.join(', ')}; got ${got}`;
    case 'too_small':
      return `${field} must ${sizeOf(issue.origin)} at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `${field} must ${sizeOf(issue.origin)} at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_format':
    case 'custom':
      return `${field} ${issue.message}`;
    default:
      return `${field} is not valid`;
  }
}

const FIELD_CHARS_MAX = 60;

function fieldName(path: readonly PropertyKey[]): string {
  const name = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  // A name that is no field name may be a whole address put in the wrong place.
  return /^[\w.[\]-]+$/.test(name) && name.length <= FIELD_CHARS_MAX ? name : '(not a field name)';
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function stepInto(value: unknown, step: PropertyKey): unknown {
  return value !== null && typeof value === 'object' ? Reflect.get(value, step) : undefined;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a fraction';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function sizeOf(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'have' : 'be';
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}
