// What went through this process in the last hour, by minute, store and platform: kept in memory, for the
// figures only. Orders are counted by the storage, which knows them whoever took them.
export const FLOW_MINUTES = 60;
/** Stores and platforms counted apart in one minute; the others of that minute are counted together. */
const LANES_MAX = 2_000;
const MINUTE_MS = 60_000;

export type Lane = { readonly storeId: string; readonly platform: string };
/** A message that was answered, or a notice that was handed over. */
export type Passage = 'messages' | 'notices';
export type Minute = Lane & {
  /** Minutes since 1970. */
  readonly minute: number;
  readonly messages: number;
  readonly notices: number;
};

type Counts = Lane & { messages: number; notices: number };

export class Flow {
  readonly #minutes = new Map<number, Map<string, Counts>>();

  count(passage: Passage, lane: Lane, at: { readonly now: Date; readonly times?: number }): void {
    const minute = minuteOf(at.now);
    const lanes = this.#minutes.get(minute) ?? this.#begin(minute);
    const key = JSON.stringify([lane.storeId, lane.platform]);
    const isKept = lanes.has(key) || lanes.size < LANES_MAX;
    const { storeId, platform } = isKept ? lane : { storeId: '', platform: '' };
    const counts = lanes.get(isKept ? key : '') ?? { storeId, platform, messages: 0, notices: 0 };
    counts[passage] += at.times ?? 1;
    lanes.set(isKept ? key : '', counts);
  }

  /** The minutes in which something passed, of the hour that ends with this one. */
  lastHour(now: Date): readonly Minute[] {
    const last = minuteOf(now);
    return [...this.#minutes]
      .filter(([minute]) => minute > last - FLOW_MINUTES && minute <= last)
      .flatMap(([minute, lanes]) => [...lanes.values()].map((counts) => ({ ...counts, minute })));
  }

  #begin(minute: number): Map<string, Counts> {
    for (const old of this.#minutes.keys())
      if (old <= minute - FLOW_MINUTES) this.#minutes.delete(old);
    const lanes = new Map<string, Counts>();
    this.#minutes.set(minute, lanes);
    return lanes;
  }
}

export function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / MINUTE_MS);
}
