// Taking back what the farm reported or said of a day: all of it or nothing, and only while everything
// is still as it was left.
import type { Change, Event, Notice, OwedBefore, ParcelPatch, State, Who } from './change.ts';
import { type Day, dayOf } from './day.ts';
import { DomainError } from './errors.ts';
import { type Package, type ParcelState, stateBefore } from './order.ts';

type Standing = { readonly state: ParcelState; readonly packages: readonly Package[] };

export type ParcelTrace = {
  readonly parcelId: string;
  readonly orderId: string;
  readonly row: number;
  readonly before: Standing;
  readonly after: Standing;
};

/** What a report changed on the list of one date. */
export type ReportTrace = {
  readonly date: string;
  /** The cap of the date then: another one now means that somebody planned with the report. */
  readonly capBoxes: number;
  /** The commands it was made of. */
  readonly marks: readonly string[];
  readonly parcels: readonly ParcelTrace[];
};

/** Two reports of one message, or a report and its carrier, are taken back as one. */
export function joinTraces(
  first: readonly ReportTrace[],
  second: readonly ReportTrace[],
): readonly ReportTrace[] {
  const joined = new Map(first.map((trace) => [trace.date, trace]));
  for (const trace of second) {
    const known = joined.get(trace.date);
    joined.set(trace.date, known === undefined ? trace : joinTwo(known, trace));
  }
  return [...joined.values()];
}

function joinTwo(first: ReportTrace, second: ReportTrace): ReportTrace {
  const parcels = new Map(first.parcels.map((one) => [one.parcelId, one]));
  for (const one of second.parcels) {
    const { before } = parcels.get(one.parcelId) ?? one;
    parcels.set(one.parcelId, { ...one, before });
  }
  const marks = [...first.marks, ...second.marks];
  return { ...second, marks, parcels: [...parcels.values()] };
}

/** The notices that a report owed: of each order and the summary for the seller. */
export function owedBy(storeId: string, traces: readonly ReportTrace[]): readonly OwedBefore[] {
  return traces.flatMap(({ marks, parcels }) => {
    const orderIds = [...new Set(parcels.map(({ orderId }) => orderId))];
    return marks.flatMap((mark): OwedBefore[] => [
      ...orderIds.flatMap((subject): OwedBefore[] => [
        { kind: 'shipped', subject, mark },
        { kind: 'delivered', subject, mark },
      ]),
      { kind: 'report', subject: storeId, mark },
    ]);
  });
}

/** `corrected`: buyers who were told and hear now that it was not so. */
export type Undone = { readonly corrected: number };

export function decideUndoReport(
  state: State,
  traces: readonly ReportTrace[],
  who: Who,
): Change<Undone> {
  const patches: ParcelPatch[] = [];
  const events: Event[] = [];
  for (const trace of traces) {
    mustBePlannedAsThen(state, trace);
    for (const one of trace.parcels) {
      mustBeAsLeft(state, trace.date, one);
      const { parcelId, orderId, before, after } = one;
      patches.push({
        id: parcelId,
        orderId,
        state: stateBefore(after.state, before.state),
        harvestDate: trace.date,
        packages: before.packages,
      });
      const detail = { from: after.state, to: before.state };
      events.push({ orderId, parcelId, event: 'undone', detail });
    }
  }
  const notices = correctionsFor(state, traces);
  return {
    answer: { corrected: notices.filter(({ kind }) => kind === 'taken_back').length },
    who,
    parcels: patches,
    events,
    notices,
    retracted: state.owed.filter(({ isOpen }) => isOpen).map(({ id }) => id),
  };
}

function mustBePlannedAsThen(state: State, { date, capBoxes, parcels }: ReportTrace): void {
  const day = dayOf(state.shop, state.days, date);
  // Nothing that is not harvested stands above a cap.
  const isTooMuch = day.isFlagged && parcels.some(({ before }) => before.state === 'scheduled');
  if (day.capBoxes !== capBoxes || isTooMuch)
    throw new DomainError('conflict', `the list of ${date} was changed since`, {
      undo: 'list',
      date,
    });
}

function mustBeAsLeft(state: State, date: string, { parcelId, row, after }: ParcelTrace): void {
  const slot = state.parcels.find((one) => one.parcelId === parcelId);
  const isAsLeft =
    slot !== undefined &&
    slot.state === after.state &&
    slot.harvestDate === date &&
    JSON.stringify(slot.packages) === JSON.stringify(after.packages);
  if (!isAsLeft)
    throw new DomainError('conflict', `row ${row} of ${date} was changed since`, {
      undo: 'row',
      date,
      row,
      now: slot?.state ?? 'cancelled',
    });
}

/** Whoever was told already hears once more, shortly; the others hear nothing at all. */
function correctionsFor(state: State, traces: readonly ReportTrace[]): Notice[] {
  const told = state.owed.filter(({ isTold }) => isTold);
  const parcelsOf = (orderId: string) =>
    traces.flatMap(({ parcels }) =>
      parcels.filter((one) => one.orderId === orderId).map((one) => one.parcelId),
    );
  const buyers = new Map(
    told.flatMap(({ kind, orderId, personId: person }) =>
      kind === 'report' || orderId === null ? [] : [[orderId, { person, kind }] as const],
    ),
  );
  const staff = new Set(told.filter(({ kind }) => kind === 'report').map((one) => one.personId));
  return [
    ...[...buyers].map(
      ([orderId, { person, kind }]): Notice => ({
        to: { person },
        kind: 'taken_back',
        orderId,
        data: { parcels: parcelsOf(orderId), told: kind },
      }),
    ),
    ...[...staff].flatMap((person) =>
      traces.map(
        ({ date, parcels }): Notice => ({
          to: { person },
          kind: 'report_undone',
          about: date,
          data: { date, rows: parcels.map(({ row }) => String(row)) },
        }),
      ),
    ),
  ];
}

/** A day as it was before and after the farmer's word, when that word moved nobody. */
export type CapTrace = { readonly before: Day; readonly after: Day };

/** Gives a day its number back; refused as soon as anything else happened to the day. */
export function decideUndoCap(state: State, { before, after }: CapTrace, who: Who): Change<Day> {
  const { date } = before;
  const day = dayOf(state.shop, state.days, date);
  if (JSON.stringify(day) !== JSON.stringify(after))
    throw new DomainError('conflict', `${date} was changed since`, { undo: 'cap', date });
  return { answer: before, who, days: [before], events: [], notices: [] };
}
