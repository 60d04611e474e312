// Keeps a platform that is down, or that asks to wait, from being hammered by all that is due for it.
import { retryDelayMs } from './retry.ts';

/** A platform that answers nothing is asked again at least this often. */
const REST_MS_MAX = 60_000;

export type Gate = {
  /** Null lets in, and `left` must be called then; else the time to come back. */
  readonly enter: (bot: string, now: Date) => Date | null;
  readonly left: (bot: string, now: Date, how: Leaving) => void;
};

/** `unsure`: our own trouble, which says nothing of the platform; else what it asked us to wait. */
export type Leaving = 'well' | 'unsure' | { readonly retryAfterMs: number | null };

type State = { inside: number; failures: number; restMs: number; closedUntil: number };

/** Whoever fails closes the gate for a while; then one at a time goes through, until one gets out well. */
export function createGate({
  baseMs,
  random,
}: {
  readonly baseMs: number;
  readonly random: () => number;
}): Gate {
  const states = new Map<string, State>();
  const stateOf = (bot: string): State => {
    const known = states.get(bot) ?? { inside: 0, failures: 0, restMs: 0, closedUntil: 0 };
    states.set(bot, known);
    return known;
  };
  return {
    enter(bot, now) {
      const state = stateOf(bot);
      if (now.getTime() < state.closedUntil) return new Date(state.closedUntil);
      if (state.failures > 0 && state.inside > 0) return new Date(now.getTime() + state.restMs);
      state.inside += 1;
      return null;
    },
    left(bot, now, how) {
      const state = stateOf(bot);
      state.inside -= 1;
      if (how === 'unsure') return;
      if (how === 'well') {
        state.failures = 0;
        state.closedUntil = 0;
        return;
      }
      // Those that went in together and fail together are one failure.
      if (now.getTime() >= state.closedUntil) {
        state.failures += 1;
        const backOff = { baseMs, random: random(), retryAfterMs: null };
        state.restMs = Math.min(REST_MS_MAX, retryDelayMs(state.failures, backOff));
      }
      state.restMs = Math.max(state.restMs, how.retryAfterMs ?? 0);
      state.closedUntil = Math.max(state.closedUntil, now.getTime() + state.restMs);
    },
  };
}
