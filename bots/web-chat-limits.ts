// How much one visitor and one address may say in a minute. Counted in memory and forgotten with it.

const WINDOW_MS = 60_000;
/** More keys than this in a minute are a flood of made-up visitors: the count starts anew. */
const KEYS_MAX = 50_000;
const LOOPBACK = /^(::1|(::ffff:)?127\.)/;

export type Limit = (key: string, now: Date) => boolean;

/** True while `key` has not come more than `max` times in this minute. */
export function perMinute(max: number): Limit {
  let counts = new Map<string, number>();
  let window = 0;
  return (key, now) => {
    const current = Math.floor(now.getTime() / WINDOW_MS);
    if (current !== window || counts.size > KEYS_MAX) {
      window = current;
      counts = new Map();
    }
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= max;
  };
}

/** A proxy beside us that does not name its callers says nothing about any of them. */
export function mayAddress(may: Limit, address: string | undefined, now: Date): boolean {
  return address === undefined || LOOPBACK.test(address) || may(address, now);
}
