// The rules say no: one error with a code from a closed list. Whoever speaks to people finds the words.

export const REFUSAL_CODES = [
  'bad_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'ambiguous',
  'conflict',
  'amount_mismatch',
  'not_payable',
  'not_cancellable',
  'not_changeable',
  'not_served',
  'over_capacity',
  'no_date',
  'out_of_season',
  'store_paused',
  'busy',
  'rate_limited',
  'idempotency_reuse',
  'method_not_allowed',
  'too_large',
  'unsupported_type',
  'internal',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** `detail` holds ids, numbers and dates for the words; never personal data. */
export class DomainError extends Error {
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;

  constructor(
    code: RefusalCode,
    message: string,
    detail: Readonly<Record<string, string | number | boolean | null>> = {},
  ) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.detail = detail;
  }
}

/** Another process answered the same person meanwhile: the turn is taken again from the start. */
export class StaleTurn extends Error {
  constructor() {
    super('the conversation went on elsewhere');
    this.name = 'StaleTurn';
  }
}

const FRAMES_SHOWN = 5;

/** Where something broke, for a log: its message is left out, for it may quote what a person wrote. */
export function whereItBroke(error: unknown): {
  readonly error: string;
  readonly at: readonly string[];
} {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const { name, message, stack = '' } = error;
  // A message may have lines of its own, and any of them may look like a frame.
  const from = stack.indexOf(message);
  const frames = from < 0 ? stack : stack.slice(from + message.length);
  const lines = frames.split('\n').filter((line) => line.startsWith('    at '));
  return { error: name, at: lines.slice(0, FRAMES_SHOWN).map((line) => line.trim()) };
}

/** Another server has this database; the code marks it as something to be mended by a person. */
export class LeaseTaken extends Error {
  readonly code = 'LEASE_TAKEN';

  constructor(by: { readonly pid: number; readonly host: string; readonly since: string }) {
    super(
      `another server has this database: process ${by.pid} on ${by.host}, since ${by.since}; stop it first`,
    );
    this.name = 'LeaseTaken';
  }
}
