// How an attempt at paying through a company goes on with what is heard of it, from whomever and however
// late. Pure. Money that is there is never denied and never booked twice.

export const ATTEMPT_STATES = ['ready', 'approving', 'unknown', 'captured', 'declined'] as const;
/** `approving`: the capture is under way, in one hand. `unknown`: it was, and nobody knows its end. */
export type AttemptState = (typeof ATTEMPT_STATES)[number];

export type Attempt = {
  readonly id: string;
  readonly orderId: string;
  readonly amountKrw: number;
  readonly reference: string | null;
  readonly startedAt: string;
  readonly state: AttemptState;
  /** What the company took, which is booked as it is; null until then. */
  readonly capturedKrw: number | null;
};

/** `agreed`: the buyer came back with a proof. The rest is what the company answered, or that it did not. */
export type Heard =
  | { readonly kind: 'agreed' | 'outage' | 'pending' | 'none' | 'declined' }
  | { readonly kind: 'captured'; readonly amountKrw: number };
export const HEARD_KINDS = [
  'agreed',
  'captured',
  'declined',
  'outage',
  'pending',
  'none',
] as const satisfies readonly Heard['kind'][];

/** What becomes of an attempt; what is not named leaves it as it is. */
export const ATTEMPT_STEPS: Readonly<
  Record<AttemptState, Readonly<Partial<Record<Heard['kind'], AttemptState>>>>
> = {
  ready: { agreed: 'approving', captured: 'captured', declined: 'declined' },
  // In whose hand it is may have died: that the company still waits says that nobody knows.
  approving: {
    captured: 'captured',
    declined: 'declined',
    outage: 'unknown',
    pending: 'unknown',
    none: 'unknown',
  },
  // Tried again with the same key, which captures once.
  unknown: { agreed: 'approving', captured: 'captured', declined: 'declined' },
  // A late capture is money all the same.
  declined: { captured: 'captured' },
  captured: {},
};

/** What is not paid by then never will be: no company keeps a page open that long. */
export const ATTEMPT_LIFE_MS = 24 * 3_600_000;

/** What has to follow a step: the capture itself, booking what came, or asking the company. */
export type FollowUp = 'capture' | 'book' | 'look_up' | null;

export type Step = { readonly attempt: Attempt; readonly next: FollowUp };

export function stepAfter(attempt: Attempt, heard: Heard, now: Date): Step {
  const state = nextState(attempt, heard, now);
  if (state === attempt.state) return { attempt, next: null };
  const capturedKrw = heard.kind === 'captured' ? heard.amountKrw : attempt.capturedKrw;
  return { attempt: { ...attempt, state, capturedKrw }, next: FOLLOW_UPS[state] };
}

const FOLLOW_UPS: Readonly<Record<AttemptState, FollowUp>> = {
  ready: null,
  approving: 'capture',
  unknown: 'look_up',
  captured: 'book',
  declined: null,
};

function nextState({ state, startedAt }: Attempt, { kind }: Heard, now: Date): AttemptState {
  const isOver = now.getTime() - Date.parse(startedAt) >= ATTEMPT_LIFE_MS;
  // Only an answer ends it: an outage says nothing, however old the attempt is.
  const isUnpaid = kind === 'pending' || kind === 'none';
  if (isOver && isUnpaid && state !== 'captured') return 'declined';
  if (isOver && kind === 'agreed') return state;
  return ATTEMPT_STEPS[state][kind] ?? state;
}

/** These are asked about again until they end. */
export function isOpen({ state }: Attempt): boolean {
  return state === 'ready' || state === 'approving' || state === 'unknown';
}
