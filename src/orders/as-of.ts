// What the history says of a parcel at an earlier moment.
import { PARCEL_STATES, type ParcelState } from './order.ts';
import type { HistoryEntry } from './store.ts';

export type Standing = {
  readonly state: ParcelState;
  /** Its harvest date, null while it had none. */
  readonly date: string | null;
};

const UNDATED: Standing = { state: 'waiting', date: null };

/** `history` is its order's, oldest first. Null: it was not there yet. */
export function standingAt(
  history: readonly HistoryEntry[],
  parcelId: string,
  asOf: string,
): Standing | null {
  let standing: Standing | null = null;
  for (const entry of history) {
    if (entry.at > asOf) continue;
    const isAbout = entry.parcelId === null || entry.parcelId === parcelId;
    if (entry.event === 'placed') standing = UNDATED;
    else if (isAbout && standing !== null) standing = after(standing, entry);
  }
  return standing;
}

/** What was recorded of the whole order counts for each of its parcels that is not cancelled. */
function after(was: Standing, entry: HistoryEntry): Standing {
  const { event, detail } = entry;
  if (was.state === 'cancelled') return was;
  switch (event) {
    case 'scheduled':
      return { state: 'scheduled', date: String(detail.date) };
    case 'moved':
      return { ...was, date: String(detail.to) };
    case 'no_date':
      return UNDATED;
    case 'payment_taken_back':
      return isTakenBack(entry) ? UNDATED : was;
    case 'cancelled':
      return { ...was, state: 'cancelled' };
    case 'undone':
      return { state: stateIn(detail.to) ?? was.state, date: dateBefore(was, detail) };
    default:
      return { ...was, state: stateIn(event) ?? was.state };
  }
}

/** Where an act that was taken back had moved it, the date it came back to. */
function dateBefore({ date }: Standing, { toDate }: HistoryEntry['detail']): string | null {
  if (toDate === undefined) return date;
  return toDate === null ? null : String(toDate);
}

/** The steps of a report are recorded by the state they lead to. */
function stateIn(word: unknown): ParcelState | null {
  return PARCEL_STATES.find((state) => state === word) ?? null;
}

/**
 * When the payment was booked that gave an order its place, as far as `asOf`; null where the place it has
 * now is the only one it ever had.
 */
export function otherPlaceAt(history: readonly HistoryEntry[], asOf: string): string | null {
  if (!history.some(isTakenBack)) return null;
  const until = history.filter(({ at }) => at <= asOf);
  const since = until.findLastIndex(isTakenBack);
  // A change that was paid for later is recorded in the same words.
  return until.slice(since + 1).find(({ event }) => event === 'paid')?.at ?? null;
}

/** Entries of older programs do not say whether the order was owed again; most often it was. */
function isTakenBack({ event, detail }: HistoryEntry): boolean {
  return event === 'payment_taken_back' && detail.isOwed !== false;
}

/** How many boxes a parcel had that now has `boxes`: each change tells from how many it came. */
export function boxesAt(
  history: readonly HistoryEntry[],
  { id, boxes }: { readonly id: string; readonly boxes: number },
  asOf: string,
): number {
  const next = history.find(
    ({ event, parcelId, at, detail }) =>
      event === 'changed' && parcelId === id && at > asOf && typeof detail.from === 'number',
  );
  return next === undefined ? boxes : Number(next.detail.from);
}
