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
