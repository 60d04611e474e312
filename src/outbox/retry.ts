// When a failed delivery is tried again.

/** After this many tries a row is dead and somebody is told. */
export const ATTEMPTS_MAX = 10;
/** A bug does not go away by itself; a deploy in between may mend it. */
export const BUG_TRIES_MAX = 3;
/** Resends after an outcome that nobody knows, where the platform shows every copy. */
export const COPIES_MAX = 1;
const DELAY_MS_MAX = 3_600_000;

/**
 * The wait before the next try: doubling with full jitter, so that rows that failed together do not
 * come back together; never sooner than the platform asked for.
 */
export function retryDelayMs(
  attempts: number,
  { baseMs, random, retryAfterMs }: { baseMs: number; random: number; retryAfterMs: number | null },
): number {
  const ceiling = Math.min(DELAY_MS_MAX, baseMs * 2 ** Math.min(attempts, 30));
  const jittered = Math.round(ceiling / 2 + (random * ceiling) / 2);
  return Math.max(jittered, retryAfterMs ?? 0);
}
