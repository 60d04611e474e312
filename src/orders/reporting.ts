// What the farm reports of its rows: harvested, packed, shipped, with waybills; and what that implies.
import type { Change, Event, Notice, ParcelPatch, PlacedSlot, State, Who } from './change.ts';
import { dayOf } from './day.ts';
import { DomainError } from './errors.ts';
import { numberRows } from './farm-day.ts';
import {
  isLive,
  nextParcelState,
  type OrderCore,
  PARCEL_STATES,
  type Package,
  type ParcelState,
  REPORT_STEPS,
  type ReportedState,
} from './order.ts';
import type { ActTrace, ParcelTrace } from './undoing.ts';
import {
  mustBeUnderway,
  mustBeUnused,
  stampShipped,
  waybillNotices,
  withWaybills,
} from './waybills.ts';

export type RowReport = {
  readonly row: number;
  readonly waybills: readonly string[];
  readonly carrier: string | null;
  /** The packages that the waybills are on, one each; else they fill those without one. */
  readonly packageNos?: readonly number[];
};

export type ReportRequest = {
  readonly date: string;
  /** `all`: every row that can take the step. */
  readonly rows: readonly RowReport[] | 'all';
  /** Null when only waybills are recorded. */
  readonly to: ReportedState | null;
};

export type ReportedRow = {
  readonly row: number;
  readonly parcelId: string;
  readonly orderId: string;
  readonly state: ParcelState;
};

export type ReportResult = {
  readonly date: string;
  readonly to: ReportedState | null;
  readonly done: readonly ReportedRow[];
  /** Rows that were at or past the step already. */
  readonly already: readonly ReportedRow[];
  /** Rows of a range that left the list: passed over, and said so. */
  readonly struck: readonly number[];
  /** Rows whose waybill has no carrier yet. */
  readonly carrierless: readonly number[];
  /** How it can be taken back; null when nothing was changed. */
  readonly trace: ActTrace | null;
};

/** Moves rows of a date's list; steps that were skipped are recorded at the same moment. */
export function decideReport(state: State, request: ReportRequest, who: Who): Change<ReportResult> {
  const numbered = numberRows(state, request.date);
  const wanted = request.rows === 'all' ? allRows(numbered, request.to) : oncePerRow(request.rows);
  const struck = wanted.length > 1 ? wanted.filter((report) => isPassedOver(state, report)) : [];
  const targets = wanted
    .filter((report) => !struck.includes(report))
    .map((report) => {
      const slot = numbered.find(({ row }) => row === report.row)?.slot;
      if (slot === undefined) throw noSuchRow(state, request.date, report.row, numbered);
      return { ...report, slot };
    });
  const steps = targets.map(({ slot, ...report }) => {
    const packages = withWaybills(slot.packages, report);
    if (packages !== slot.packages) mustBeUnderway(slot, request.date, report.row);
    return { ...report, slot, packages, ...advance(slot, targetOf(state, request, report)) };
  });
  mustBeUnused(
    state,
    steps.map(({ row, waybills, packages, slot }) => ({
      row,
      waybills,
      packages,
      parcelId: slot.parcelId,
      had: slot.packages,
    })),
  );
  const patches = steps
    .filter(({ events, slot, packages }) => events.length > 0 || packages !== slot.packages)
    .map(
      ({ slot, state: next, packages }): ParcelPatch => ({
        id: slot.parcelId,
        orderId: slot.orderId,
        state: next,
        harvestDate: slot.harvestDate,
        packages: stampShipped(packages, next),
      }),
    );
  const rowOf = (step: (typeof steps)[number]): ReportedRow => ({
    row: step.row,
    parcelId: step.slot.parcelId,
    orderId: step.slot.orderId,
    state: step.state,
  });
  const done = steps.filter((step) => patches.some(({ id }) => id === step.slot.parcelId));
  return {
    answer: {
      date: request.date,
      to: request.to,
      done: done.map(rowOf),
      already: steps.filter((step) => !done.includes(step)).map(rowOf),
      struck: struck.map(({ row }) => row),
      carrierless: done
        .filter(({ packages }) => packages.some((p) => p.waybill !== null && p.carrier === null))
        .map(({ row }) => row),
      trace: traceOf(state, request.date, done.map(toTrace)),
    },
    who,
    parcels: patches,
    events: done.flatMap(({ events, slot, waybills }) => [
      ...waybillEvents(slot, waybills),
      ...events,
    ]),
    notices: [...reportNotices(request, done), ...waybillNotices(done)],
  };
}

export type AdvanceRequest = {
  /** Null: every live parcel of the order that is not further already. */
  readonly parcelIds: readonly string[] | null;
  readonly to: ReportedState;
  readonly carrier: string | null;
  readonly waybills: readonly string[];
};

/** Moves parcels of one order; unlike a farmer's report a step back of a named one is refused. */
export function decideAdvance(
  state: State,
  request: AdvanceRequest,
  who: Who,
): Change<readonly ParcelPatch[]> {
  const order = state.order;
  if (order === null) throw new DomainError('not_found', 'no such order');
  const parcelIds = request.parcelIds ?? notPast(order, request.to);
  if (parcelIds.length > 1 && request.waybills.length > 0)
    throw new DomainError('bad_request', 'a waybill belongs to one parcel', {
      parcels: parcelIds.length,
    });
  const steps = parcelIds.map((id) => {
    const parcel = order.parcels.find((one) => one.id === id);
    if (parcel === undefined) throw new DomainError('not_found', `order has no parcel ${id}`);
    const { carrier, waybills } = request;
    const packages = withWaybills(parcel.packages, { row: parcel.no, carrier, waybills });
    const slot = { orderId: order.id, parcelId: id, state: parcel.state };
    const moved = advance(slot, request.to);
    const isSame = parcel.state === request.to;
    if (moved.events.length === 0 && !isSame)
      throw new DomainError(
        'conflict',
        `a parcel that is ${parcel.state} cannot be ${request.to}`,
        {
          state: parcel.state,
          to: request.to,
        },
      );
    return { id, harvestDate: parcel.harvestDate, packages, old: parcel, ...moved };
  });
  mustBeUnused(
    state,
    steps.map(({ id, packages, old }) => ({
      row: old.no,
      waybills: request.waybills,
      packages,
      parcelId: id,
      had: old.packages,
    })),
  );
  const changed = steps.filter((s) => s.events.length > 0 || s.packages !== s.old.packages);
  const patches = changed.map(({ id, state: next, packages, harvestDate }) => ({
    id,
    orderId: order.id,
    state: next,
    harvestDate,
    packages: stampShipped(packages, next),
  }));
  const told = changed.filter(({ events }) => events.some(({ event }) => event === request.to));
  return {
    answer: patches,
    who,
    parcels: patches,
    events: changed.flatMap(({ id, events }) => [
      ...waybillEvents({ orderId: order.id, parcelId: id }, request.waybills),
      ...events,
    ]),
    notices: [
      // Who says himself that it arrived need not be told.
      ...(who !== 'buyer' &&
      told.length > 0 &&
      (request.to === 'shipped' || request.to === 'delivered')
        ? [
            {
              to: { person: order.buyerId },
              kind: request.to,
              orderId: order.id,
              data: { parcels: told.map(({ id }) => id) },
            },
          ]
        : []),
      ...waybillNotices(
        changed.map(({ id, old, ...now }) => ({
          ...now,
          slot: { ...old, parcelId: id, orderId: order.id, buyerId: order.buyerId },
        })),
      ),
    ],
  };
}

function notPast(order: OrderCore, to: ReportedState): string[] {
  const live = order.parcels.filter(isLive);
  const coming = live.filter(
    ({ state }) => PARCEL_STATES.indexOf(state) <= PARCEL_STATES.indexOf(to),
  );
  if (coming.length === 0)
    throw new DomainError('conflict', `every parcel of the order is past ${to}`, { to });
  return coming.map(({ id }) => id);
}

/** Adds a row's carrier later, when it was asked after the waybill. */
export function decideCarrier(
  state: State,
  { date, rows, carrier }: { date: string; rows: readonly number[]; carrier: string },
  who: Who,
): Change<{ readonly rows: readonly number[]; readonly trace: ActTrace | null }> {
  const numbered = numberRows(state, date).filter(({ row }) => rows.includes(row));
  const named = numbered.filter(({ slot }) =>
    slot.packages.some((p) => p.waybill !== null && p.carrier !== carrier),
  );
  const patches = named.map(
    ({ slot }): ParcelPatch => ({
      id: slot.parcelId,
      orderId: slot.orderId,
      state: slot.state,
      harvestDate: slot.harvestDate,
      packages: slot.packages.map((p) => (p.waybill === null ? p : { ...p, carrier })),
    }),
  );
  return {
    answer: {
      rows: numbered.map(({ row }) => row),
      trace: traceOf(
        state,
        date,
        named.map(({ row, slot }, index) => {
          const packages = patches[index]?.packages ?? slot.packages;
          return toTrace({ row, slot, state: slot.state, packages });
        }),
      ),
    },
    who,
    parcels: patches,
    events: named.map(({ slot: { orderId, parcelId } }) => ({
      orderId,
      parcelId,
      event: 'waybill',
      detail: { carrier },
    })),
    notices: waybillNotices(
      named.map(({ slot }, index) => ({
        ...{ slot, state: slot.state },
        packages: patches[index]?.packages ?? slot.packages,
      })),
    ),
  };
}

function toTrace({
  row,
  slot,
  state,
  packages,
}: {
  readonly row: number;
  readonly slot: PlacedSlot;
  readonly state: ParcelState;
  readonly packages: readonly Package[];
}): ParcelTrace {
  const date = slot.harvestDate;
  const stamped = stampShipped(packages, state);
  const isSame = JSON.stringify(stamped) === JSON.stringify(slot.packages);
  return {
    parcelId: slot.parcelId,
    orderId: slot.orderId,
    row,
    before: { state: slot.state, date, ...(isSame ? {} : { packages: slot.packages }) },
    // Also where it left them alone: a number that another report adds makes them other packages.
    after: { state, date, packages: stamped },
  };
}

function traceOf(state: State, date: string, parcels: readonly ParcelTrace[]): ActTrace | null {
  if (parcels.length === 0) return null;
  const day = dayOf(state.shop, state.days, date);
  // Another number since then means that somebody planned with what was reported.
  return { marks: [state.mark], parcels, days: [{ isFixed: true, before: day, after: day }] };
}

function waybillEvents(
  { orderId, parcelId }: Pick<PlacedSlot, 'orderId' | 'parcelId'>,
  waybills: readonly string[],
): Event[] {
  return waybills.map((waybill) => ({ orderId, parcelId, event: 'waybill', detail: { waybill } }));
}

type Moved = { readonly state: ParcelState; readonly events: readonly Event[] };

function advance(
  slot: Pick<PlacedSlot, 'state' | 'orderId' | 'parcelId'>,
  to: ReportedState | null,
): Moved {
  let current = slot.state;
  const events: Event[] = [];
  for (const step of REPORT_STEPS) {
    if (to === null || PARCEL_STATES.indexOf(current) >= PARCEL_STATES.indexOf(to)) break;
    if (PARCEL_STATES.indexOf(step.to) <= PARCEL_STATES.indexOf(current)) continue;
    current = nextParcelState(current, step.action);
    events.push({ orderId: slot.orderId, parcelId: slot.parcelId, event: step.to });
  }
  return { state: current, events };
}

function targetOf(state: State, request: ReportRequest, report: RowReport): ReportedState | null {
  const impliesShipped = report.waybills.length > 0 && state.shop.policy.waybillMeansShipped;
  return request.to ?? (impliesShipped ? 'shipped' : null);
}

function allRows(
  numbered: readonly { row: number; slot: PlacedSlot }[],
  to: ReportedState | null,
): RowReport[] {
  if (to === null) return [];
  return numbered.map(({ row }) => ({ row, waybills: [], carrier: null }));
}

/** A row said on several lines is one report with all its waybills. */
function oncePerRow(rows: readonly RowReport[]): RowReport[] {
  const byRow = new Map<number, RowReport>();
  for (const { row, waybills, carrier, ...on } of rows) {
    const before = byRow.get(row);
    byRow.set(row, {
      ...on,
      row,
      waybills: [...new Set([...(before?.waybills ?? []), ...waybills])],
      carrier: carrier ?? before?.carrier ?? null,
    });
  }
  return [...byRow.values()];
}

/** A struck row inside a range is passed over; one that was given a waybill is a mistake to be told. */
function isPassedOver(state: State, report: RowReport): boolean {
  const isStruck = state.rows.some(({ row, struck }) => row === report.row && struck);
  return isStruck && report.waybills.length === 0;
}

/** Buyers hear of shipping and delivery, once per order and report; seller and other farmers get one summary. */
function reportNotices(
  request: ReportRequest,
  done: readonly {
    slot: PlacedSlot;
    row: number;
    state: ParcelState;
    events: readonly Event[];
  }[],
): Notice[] {
  if (done.length === 0) return [];
  const told = done.filter(({ state, events }) => events.some(({ event }) => event === state));
  const buyers = [...Map.groupBy(told, ({ slot }) => slot.orderId)].flatMap(([orderId, own]) => {
    const state = own[0]?.state;
    if (state !== 'shipped' && state !== 'delivered') return [];
    return [
      {
        to: { person: own[0]?.slot.buyerId ?? '' },
        kind: state,
        orderId,
        data: { parcels: own.map(({ slot }) => slot.parcelId) },
      } as const,
    ];
  });
  const reached = done[0]?.state ?? 'shipped';
  const rows = done.map(({ row }) => String(row));
  const data = { date: request.date, state: reached, rows };
  return [
    ...buyers,
    { to: { role: 'seller' }, kind: 'report', data },
    // Who works beside the one who reports need not do it again.
    { to: { role: 'farmer' }, kind: 'report', data },
  ];
}

function noSuchRow(
  state: State,
  date: string,
  row: number,
  numbered: readonly { row: number }[],
): DomainError {
  const isStruck = state.rows.some((one) => one.row === row && one.struck);
  // Struck rows stand on the list that the farmer sees: they count, though they take no report.
  const last = Math.max(0, ...numbered.map((one) => one.row), ...state.rows.map((one) => one.row));
  return new DomainError(
    isStruck ? 'conflict' : 'not_found',
    isStruck ? `row ${row} of ${date} is struck` : `the list of ${date} has no row ${row}`,
    { date, row, last, isStruck },
  );
}
