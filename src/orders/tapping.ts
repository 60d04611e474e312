// What is tapped on the board: the farm's commands, said from a view that may be old by the time they come.
// Whoever taps sees rows as they were; where one of them is something else by now nothing is done.
import type { Change, Notice, State, Who } from './change.ts';
import { dayOf } from './day.ts';
import { DomainError } from './errors.ts';
import { type CapResult, decideCap, numberRows } from './farm-day.ts';
import { PARCEL_STATES, type Package, type ParcelState, type ReportedState } from './order.ts';
import { decideReport, type ReportResult, type RowReport } from './reporting.ts';
import { waybillsOn } from './waybills.ts';

/** Taps follow one another by seconds: the staff hear of all in so many minutes at once. */
const STAFF_SLOT_MS = 10 * 60_000;

/** A row as the board showed it. */
export type SeenRow = {
  readonly row: number;
  readonly parcelId: string;
  readonly state: ParcelState;
};

export type Tap = {
  readonly date: string;
  readonly rows: readonly SeenRow[];
  readonly to: ReportedState;
};

/**
 * A row that left the list is refused alone, and passed over and told among others; a row that stands
 * before what was seen was taken back by somebody, which is for him who tapped to know first.
 */
export function decideTap(state: State, tap: Tap, who: Who): Change<ReportResult> {
  const { here, gone } = seenRows(state, tap);
  const rows = here.map(({ row }): RowReport => ({ row, waybills: [], carrier: null }));
  const change = decideReport(state, { date: tap.date, rows, to: tap.to }, who);
  const answer = { ...change.answer, struck: gone.map(({ row }) => row) };
  return { ...change, answer, notices: bundled(change.notices, state.now) };
}

export type WaybillTap = {
  readonly date: string;
  readonly row: SeenRow;
  /** The numbers that stood on the parcel when they were typed, as `waybillsOn` says them. */
  readonly had: readonly string[];
  readonly waybills: readonly string[];
  readonly carrier: string | null;
};

/** Numbers that another hand wrote meanwhile are not written over unseen. */
export function decideWaybillTap(
  state: State,
  { date, row: seen, had, waybills, carrier }: WaybillTap,
  who: Who,
): Change<ReportResult> {
  seenRows(state, { date, rows: [seen] });
  const { row, parcelId } = seen;
  const packages = state.slotsOn.find((slot) => slot.parcelId === parcelId)?.packages ?? [];
  const isOther = waybillsOn(packages).join() !== had.join();
  if (isOther && waybills.some((waybill) => !isOn(packages, waybill)))
    throw new DomainError('conflict', `row ${row} of ${date} has other waybills by now`, {
      date,
      row,
      hasOtherWaybills: true,
    });
  const rows = [{ row, waybills, carrier }];
  const change = decideReport(state, { date, rows, to: null }, who);
  return { ...change, notices: bundled(change.notices, state.now) };
}

export type SeenCap = { readonly date: string; readonly capBoxes: number; readonly seen: number };

/** The number of a day, said by somebody who saw another one than holds, is asked of him again. */
export function decideSeenCap(state: State, cap: SeenCap, who: Who): Change<CapResult> {
  const { date, capBoxes, seen } = cap;
  const now = dayOf(state.shop, state.days, date).capBoxes;
  if (now !== seen && now !== capBoxes)
    throw new DomainError('conflict', `${date} takes ${now} boxes by now`, { date, capNow: now });
  return decideCap(state, { date, capBoxes }, who);
}

function seenRows(
  state: State,
  { date, rows }: Pick<Tap, 'date' | 'rows'>,
): { readonly here: readonly SeenRow[]; readonly gone: readonly SeenRow[] } {
  const [first] = rows;
  if (first === undefined) throw new DomainError('bad_request', 'expected a row, got none');
  if (dayOf(state.shop, state.days, date).revision === 0)
    throw new DomainError('conflict', `the list of ${date} is not out yet`, {
      date,
      isDraft: true,
    });
  const numbered = numberRows(state, date);
  const stateOf = ({ row, parcelId }: SeenRow) =>
    numbered.find((one) => one.row === row && one.slot.parcelId === parcelId)?.slot.state;
  const gone = rows.filter((one) => stateOf(one) === undefined);
  if (gone.length === rows.length)
    throw new DomainError('conflict', `row ${first.row} of ${date} is struck`, {
      date,
      row: first.row,
      isStruck: true,
    });
  const here = rows.filter((one) => !gone.includes(one));
  const back = here.find((one) => rank(stateOf(one)) < rank(one.state));
  if (back !== undefined)
    throw new DomainError('conflict', `row ${back.row} of ${date} was taken back`, {
      date,
      row: back.row,
      isBack: true,
      now: stateOf(back) ?? 'scheduled',
    });
  return { here, gone };
}

const rank = (state: ParcelState | undefined): number =>
  state === undefined ? -1 : PARCEL_STATES.indexOf(state);

const isOn = (packages: readonly Package[], waybill: string): boolean =>
  packages.some((one) => one.waybill === waybill);

/** What becomes due at one moment is one message: forty taps are no forty messages. */
function bundled(notices: readonly Notice[], now: Date): Notice[] {
  const slotEnd = (Math.floor(now.getTime() / STAFF_SLOT_MS) + 1) * STAFF_SLOT_MS;
  const dueAt = new Date(slotEnd).toISOString();
  return notices.map((notice) => (notice.kind === 'report' ? { ...notice, dueAt } : notice));
}
