// One deposit is seen by several eyes: the statement, the bank's notice, a forwarded text, a hand.
import { readName } from './depositor-name.ts';

export const DEPOSIT_SOURCES = ['file', 'notice', 'forwarded', 'hand'] as const;
export type DepositSource = (typeof DEPOSIT_SOURCES)[number];

/** How exactly a source knows when; `told`: it only says that the money was there by then. */
export type TimePrecision = 'second' | 'minute' | 'day' | 'told';

/** A deposit as one source shows it. */
export type Sighting = {
  readonly source: DepositSource;
  /** Which file or message of that source; null where nobody knows. */
  readonly sourceId: string | null;
  /** Which one of the rows that are alike to the letter in that file or message, from 0. */
  readonly nth: number;
  readonly at: string;
  readonly precision: TimePrecision;
  readonly name: string;
  readonly amountKrw: number;
  /** What the account held afterwards. */
  readonly balanceKrw: number | null;
};

/** `asked`: nothing tells the two apart, and nothing says that they are one. */
export type Sameness = 'same' | 'different' | 'asked';

export const SAME_WITHIN_MS = 3 * 60_000;
const CUT_LETTERS_MIN = 4;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const KOREA_AHEAD_MS = 9 * 60 * MINUTE_MS;

/** Whether two sightings are of one deposit. Turns the same way whichever comes first. */
export function sameDeposit(a: Sighting, b: Sighting): Sameness {
  if (a.amountKrw !== b.amountKrw) return 'different';
  const balance = sameBalance(a, b);
  if (balance === 'different') return 'different';
  const isOneSource = a.source === b.source;
  const time = sameTime(a, b, isOneSource ? 0 : SAME_WITHIN_MS);
  if (time === 'different') return 'different';
  const name = sameName(a.name, b.name);
  // Two deposits do not leave one balance: then a name that differs is only doubtful.
  if (name === 'different') return balance === 'same' ? 'asked' : 'different';
  if (balance === 'same' && name === 'same') return 'same';
  if (!isOneSource) return name === 'same' && time === 'same' ? 'same' : 'asked';
  return name === 'same' ? sameRow(a, b) : 'asked';
}

/**
 * The same, for a deposit that was seen before, perhaps more than once: a second row of one statement is
 * another deposit though it is like the notice that told of the first.
 */
export function seenBefore(known: readonly Sighting[], one: Sighting): Sameness {
  const found = known.map((sighting) => sameDeposit(sighting, one));
  if (found.includes('different')) return 'different';
  return found.includes('same') ? 'same' : 'asked';
}

/** Rows of one kind of source, alike in all that is known of both. */
function sameRow(a: Sighting, b: Sighting): Sameness {
  const isOnePlace = a.sourceId !== null && a.sourceId === b.sourceId;
  if (isOnePlace) return a.nth === b.nth ? 'same' : 'asked';
  // Two statements overlap: the first of two like rows here is the first of them there.
  if (a.source === 'file') return a.nth === b.nth ? 'same' : 'different';
  return 'asked';
}

function sameBalance(a: Sighting, b: Sighting): Sameness {
  if (a.balanceKrw === null || b.balanceKrw === null) return 'asked';
  return a.balanceKrw === b.balanceKrw ? 'same' : 'different';
}

/** Within `withinMs`, which begins where the coarser of the two clocks cannot tell any more. */
function sameTime(a: Sighting, b: Sighting, withinMs: number): Sameness {
  const [atA, atB] = [Date.parse(a.at), Date.parse(b.at)];
  if (a.precision === 'told' || b.precision === 'told') return toldTime(a, b, withinMs);
  if (a.precision === 'day' || b.precision === 'day')
    return dayInKorea(atA) === dayInKorea(atB) ? 'asked' : 'different';
  const isCoarse = a.precision !== b.precision;
  const apart = isCoarse
    ? Math.abs(Math.floor(atA / MINUTE_MS) - Math.floor(atB / MINUTE_MS)) * MINUTE_MS
    : Math.abs(atA - atB);
  return apart <= withinMs ? 'same' : 'different';
}

/** Whoever tells of money may mean any that came before: only what came after is surely another. */
function toldTime(a: Sighting, b: Sighting, withinMs: number): Sameness {
  const [told, other] = a.precision === 'told' ? [a, b] : [b, a];
  const afterMs = Date.parse(other.at) - Date.parse(told.at);
  if (other.precision !== 'day' && Math.abs(afterMs) <= withinMs) return 'same';
  return other.precision !== 'told' && afterMs > SAME_WITHIN_MS ? 'different' : 'asked';
}

function dayInKorea(atMs: number): number {
  return Math.floor((atMs + KOREA_AHEAD_MS) / DAY_MS);
}

/** Equal, or one of them cut: by a bank, or of the number and brackets behind a name. */
function sameName(a: string, b: string): Sameness {
  const [short, long] = [plain(a), plain(b)].toSorted((one, other) => one.length - other.length);
  if (short === undefined || long === undefined || short === '') return 'asked';
  if (short === long) return 'same';
  const isBare = readName(a).compared === readName(b).compared;
  if (long.startsWith(short)) {
    return short.length >= CUT_LETTERS_MIN || isBare ? 'same' : 'asked';
  }
  const isMasked = [a, b].some((one) => readName(one).masked !== null);
  return isMasked ? 'asked' : 'different';
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
