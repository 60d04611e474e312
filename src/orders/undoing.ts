// Taking back what the farm did by one message: all of it or nothing, and only while everything is
// still as it was left. What others did meanwhile beside it stays.
import {
  type Change,
  changedDays,
  type Event,
  listDeltas,
  type Notice,
  type NoticeKind,
  type OwedBefore,
  type ParcelPatch,
  type PlacedSlot,
  reviseLists,
  type State,
  type Who,
  wasOn,
} from './change.ts';
import { localDate } from './dates.ts';
import { type Day, type Days, dayOf, defaultCap } from './day.ts';
import { DomainError } from './errors.ts';
import { carry, type Move, type Plan } from './harvest.ts';
import { nextParcelState, type Package, type ParcelState, stateBefore } from './order.ts';
import type { Policy, Shop } from './shop.ts';
import { waybillNotices } from './waybills.ts';

/** `packages` before only where the act changed them, and after it only of what was reported. */
export type Standing = {
  readonly state: ParcelState;
  readonly date: string | null;
  readonly packages?: readonly Package[];
};

export type ParcelTrace = {
  readonly parcelId: string;
  readonly orderId: string;
  /** As the farmer counted it then. */
  readonly row: number | null;
  readonly before: Standing;
  readonly after: Standing;
  /** Moved away and back by the same message: it may stand in another row of its list. */
  readonly isRelisted?: boolean;
};

/** `isFixed`: its number was said or counted on, and must still be the one that was left. */
export type DayTrace = { readonly isFixed: boolean; readonly before: Day; readonly after: Day };

/** What the commands of one message changed in the books. */
export type ActTrace = {
  /** The commands it was made of. */
  readonly marks: readonly string[];
  readonly parcels: readonly ParcelTrace[];
  readonly days: readonly DayTrace[];
};

/** Several commands of one message are taken back as one: from before the first to after the last. */
export function joinTraces(first: ActTrace, second: ActTrace): ActTrace {
  const parcels = new Map(first.parcels.map((one) => [one.parcelId, one]));
  for (const one of second.parcels) {
    const known = parcels.get(one.parcelId);
    parcels.set(one.parcelId, known === undefined ? one : joinParcels(known, one));
  }
  const days = new Map(first.days.map((one) => [one.before.date, one]));
  for (const one of second.days) {
    const known = days.get(one.before.date);
    const isFixed = one.isFixed || known?.isFixed === true;
    days.set(one.before.date, { ...one, isFixed, before: known?.before ?? one.before });
  }
  return {
    marks: [...first.marks, ...second.marks],
    parcels: [...parcels.values()],
    days: [...days.values()],
  };
}

function joinParcels(first: ParcelTrace, second: ParcelTrace): ParcelTrace {
  const had = first.before.packages ?? second.before.packages;
  const has = second.after.packages ?? first.after.packages;
  return {
    ...first,
    ...(wasMoved(first) || wasMoved(second) ? { isRelisted: true } : {}),
    before: had === undefined ? first.before : { ...first.before, packages: had },
    after: has === undefined ? second.after : { ...second.after, packages: has },
  };
}

/** The trace of a plan: who moved, and every day that is another one now. Null when nothing is. */
export function tracePlan(state: State, { moves, days }: Plan): ActTrace | null {
  const changed = changedDays(state.days, days);
  if (changed.length === 0) return null;
  return {
    marks: [state.mark],
    parcels: moves.map(({ slot, from, to }) => ({
      parcelId: slot.parcelId,
      orderId: slot.orderId,
      row: slot.row,
      before: { state: slot.state, date: from },
      after: { state: to === null ? 'waiting' : 'scheduled', date: to },
    })),
    days: changed.map(({ date }) => {
      const before = dayOf(state.shop, state.days, date);
      const after = dayOf(state.shop, days, date);
      // Late room is taken by those who come; where nobody came it was closed by word.
      const isClosed =
        before.lateRoomBoxes !== after.lateRoomBoxes && moves.every(({ to }) => to !== date);
      return { isFixed: isClosed || !hasSameNumber(before, after), before, after };
    }),
  };
}

/** What the policy makes of a day is nobody's word about it. */
function hasSameNumber(one: Day, other: Day): boolean {
  if (one.capSource !== other.capSource) return false;
  return one.capSource === 'default' || one.capBoxes === other.capBoxes;
}

/** It went to another date, or lost it. */
export function isMoved({ before, after }: ParcelTrace): boolean {
  return before.date !== after.date;
}

function wasMoved(trace: ParcelTrace): boolean {
  return isMoved(trace) || trace.isRelisted === true;
}

/** The notices that an act owed: of each order, of each list, and the summaries for the seller. */
export function owedBy(storeId: string, { marks, parcels, days }: ActTrace): OwedBefore[] {
  const wanted: Omit<OwedBefore, 'mark'>[] = [
    ...parcels.flatMap((one) => toldOf(one).map((kind) => ({ kind, subject: one.orderId }))),
    ...days
      .filter(({ before }) => before.revision > 0)
      .map(({ before }) => ({ kind: 'list_delta', subject: before.date }) as const),
    ...days.map(({ before }) => ({ kind: 'day_set', subject: before.date }) as const),
    { kind: 'report', subject: storeId },
    { kind: 'moved_summary', subject: storeId },
  ];
  const distinct = new Map(wanted.map((one) => [`${one.kind} ${one.subject}`, one]));
  return marks.flatMap((mark) => [...distinct.values()].map((one) => ({ ...one, mark })));
}

/** What its buyer may have heard of a parcel. */
function toldOf(trace: ParcelTrace): NoticeKind[] {
  const { state } = trace.after;
  return [
    ...(wasMoved(trace) ? (['moved', 'no_date'] as const) : []),
    ...(state === 'shipped' || state === 'delivered'
      ? (['shipped', 'delivered', 'waybill_changed'] as const)
      : []),
  ];
}

/** `corrected`: orders whose buyers were told and hear now that it was not so. */
export type Undone = { readonly corrected: number };

/** Puts everything back to what it was, exactly, or refuses and changes nothing. */
export function decideUndo(
  found: State,
  { trace, policy }: { readonly trace: ActTrace; readonly policy: Partial<Policy> | null },
  who: Who,
): Change<Undone> {
  const state = policy === null ? found : underPolicy(found, policy);
  const back = trace.parcels.map((one) => ({ one, slot: mustBeAsLeft(state, one) }));
  const moves = back.flatMap(({ one: { before }, slot }): Move[] =>
    slot.harvestDate === before.date ? [] : [{ slot, from: slot.harvestDate, to: before.date }],
  );
  const days = restoreDays(state, trace, moves);
  if (policy !== null) mustSuitPolicy(state, days);
  const lists = listsOf(state, trace);
  const changed = reviseLists(daysToWrite(state, days, lists), lists);
  const corrections = correctionsFor(state, trace);
  const numbers = waybillNotices(
    back.map(({ one: { before }, slot }) => ({
      ...{ slot, state: before.state },
      packages: before.packages ?? slot.packages,
    })),
  );
  return {
    answer: { corrected: correctedIn(state, [...corrections, ...numbers]) },
    who,
    parcels: back.map(({ one, slot }) => patchFor(one, slot)),
    days: changed,
    ...lists,
    events: back.map(({ one }) => eventFor(one)),
    notices: [
      ...corrections,
      ...numbers,
      ...numbersAgain(state),
      ...deltasFor(state, trace, { changed, lists, who }),
    ],
    // Of waybills every notice stays: each compares what was told with what holds when it is told.
    retracted: state.owed
      .filter(({ isOpen, kind }) => isOpen && kind !== 'waybill_changed')
      .map(({ id }) => id),
  };
}

function correctedIn({ owed }: State, notices: readonly Notice[]): number {
  const renumbered = new Set(
    owed.flatMap(({ kind, isTold, orderId }) =>
      kind === 'waybill_changed' && isTold ? [orderId] : [],
    ),
  );
  const corrected = notices.filter(
    ({ kind, orderId = null }) =>
      kind === 'taken_back' || (kind === 'waybill_changed' && renumbered.has(orderId)),
  );
  return new Set(corrected.map(({ orderId }) => orderId)).size;
}

/** The policy is put back after the books, so that what it cannot take refuses before. */
function underPolicy(state: State, policy: Partial<Policy>): State {
  const { shop } = state;
  return { ...state, shop: { ...shop, policy: { ...shop.policy, ...policy } } };
}

/** Nobody who came to a day meanwhile is moved because its weekday is as before. */
function mustSuitPolicy({ shop, now }: State, days: Days): void {
  const today = localDate(now, shop.policy.timeZone);
  for (const { date, capSource, reservedBoxes, isFlagged } of days.values())
    if (capSource === 'default' && date >= today && !isFlagged)
      if (reservedBoxes > defaultCap(shop, date)) throw changedDay(date, 'room');
}

function mustBeAsLeft(state: State, { parcelId, row, before, after }: ParcelTrace): PlacedSlot {
  const slot = state.parcels.find((one) => one.parcelId === parcelId);
  const isAsLeft =
    slot !== undefined &&
    // Whose money was taken back since has no place in the queue, so no date to come back to.
    slot.depositedAt !== '' &&
    slot.state === after.state &&
    slot.harvestDate === after.date &&
    (after.packages === undefined ||
      JSON.stringify(slot.packages) === JSON.stringify(after.packages));
  if (isAsLeft) return slot;
  throw new DomainError('conflict', `row ${row} of ${before.date} was changed since`, {
    undo: 'row',
    date: before.date,
    row,
    now: slot?.state ?? 'cancelled',
  });
}

/** The days with everybody back on them, and those that were said with their numbers as before. */
function restoreDays(state: State, trace: ActTrace, moves: readonly Move[]): Days {
  const { shop } = state;
  const days = new Map(carry(state, moves));
  for (const one of trace.days) {
    const { date } = one.before;
    const now = dayOf(shop, state.days, date);
    if (one.isFixed && !isAsSaid(now, one)) throw changedDay(date, 'cap');
    const restored = restoredDay(shop, dayOf(shop, days, date), one);
    const isComing = trace.parcels.some(
      ({ before }) => before.state === 'scheduled' && before.date === date,
    );
    mustFit(shop, restored, { ...one, now, isComing });
    const stored = state.days.get(date);
    const isSame = JSON.stringify(restored) === JSON.stringify(stored);
    days.set(date, isSame && stored !== undefined ? stored : restored);
  }
  return days;
}

function isAsSaid(now: Day, { before, after }: DayTrace): boolean {
  const isLateRoomAlone =
    hasSameNumber(before, after) && before.lateRoomBoxes !== after.lateRoomBoxes;
  return (
    hasSameNumber(now, after) && (!isLateRoomAlone || now.lateRoomBoxes === after.lateRoomBoxes)
  );
}

/** Room that was opened late is given back as it was taken: what others took of it stays taken. */
function restoredDay(shop: Shop, moved: Day, { isFixed, before, after }: DayTrace): Day {
  const { date } = moved;
  const lateRoomBoxes = moved.lateRoomBoxes + before.lateRoomBoxes - after.lateRoomBoxes;
  if (lateRoomBoxes < 0) throw changedDay(date, 'room');
  const { capSource, capBoxes } = isFixed ? before : moved;
  const said = { ...moved, capSource, capBoxes, lateRoomBoxes };
  if (capSource === 'farmer') return { ...said, isFlagged: said.reservedBoxes > capBoxes };
  return dayOf(shop, new Map([[date, { ...said, isFlagged: before.isFlagged }]]), date);
}

/** Above a cap stands only what was harvested there before, and nobody who came meanwhile. */
function mustFit(
  shop: Shop,
  restored: Day,
  { before, after, now, isComing }: DayTrace & { readonly now: Day; readonly isComing: boolean },
): void {
  const { date, capSource, reservedBoxes } = restored;
  const capBoxes = capSource === 'farmer' ? restored.capBoxes : defaultCap(shop, date);
  const isAsLeft =
    now.lateRoomBoxes === after.lateRoomBoxes &&
    JSON.stringify(now.productBoxes) === JSON.stringify(after.productBoxes);
  const mayStandAbove = before.isFlagged && isAsLeft && !isComing;
  if (reservedBoxes > capBoxes && !mayStandAbove) throw changedDay(date, 'room');
  for (const { id, dailyCapBoxes } of shop.products) {
    const boxes = restored.productBoxes[id] ?? 0;
    const had = before.productBoxes[id] ?? 0;
    if (dailyCapBoxes !== null && boxes > Math.max(dailyCapBoxes, had))
      throw changedDay(date, 'room');
  }
}

function changedDay(date: string, undo: 'cap' | 'room'): DomainError {
  return new DomainError('conflict', `${date} was changed since`, { undo, date });
}

/** A list that has other rows has its next revision, also where they are as many boxes as before. */
function daysToWrite(state: State, days: Days, { joined, struck }: Lists): Day[] {
  const listed = new Set([...joined, ...struck].map(({ date }) => date));
  return [...days.values()].filter(
    (day) => listed.has(day.date) || state.days.get(day.date) !== day,
  );
}

/** Whoever was struck from a list comes back to it, into the row he had there before the act. */
function listsOf({ days }: State, trace: ActTrace): Lists {
  const was = new Map(trace.days.map(({ before }) => [before.date, before.revision]));
  const isFrozen = (date: string | null): date is string =>
    date !== null && (days.get(date)?.revision ?? 0) > 0;
  // Who left and came back while there was no list of the date yet stands on it as he should.
  const moved = trace.parcels.filter(
    (one) => isMoved(one) || (one.isRelisted && (was.get(one.before.date ?? '') ?? 0) > 0),
  );
  return {
    struck: moved.flatMap(({ parcelId, after: { date } }) =>
      isFrozen(date) ? [{ date, parcelId }] : [],
    ),
    joined: moved.flatMap(({ parcelId, before: { date } }) =>
      isFrozen(date) ? [{ date, parcelId, rowAsOf: was.get(date) ?? 0 }] : [],
    ),
  };
}

type Lists = Required<Pick<Change<never>, 'joined' | 'struck'>>;

function patchFor({ before, after }: ParcelTrace, slot: PlacedSlot): ParcelPatch {
  const isUndated = after.state === 'waiting';
  const state = isUndated
    ? nextParcelState(after.state, 'schedule')
    : stateBefore(after.state, before.state);
  const { packages } = before;
  return {
    id: slot.parcelId,
    orderId: slot.orderId,
    state,
    harvestDate: before.date,
    ...(packages === undefined ? {} : { packages }),
  };
}

function eventFor({ parcelId, orderId, before, after }: ParcelTrace): Event {
  const steps = { from: after.state, to: before.state };
  const dates = { fromDate: after.date, toDate: before.date };
  const isHome = before.date === after.date;
  return { orderId, parcelId, event: 'undone', detail: isHome ? steps : { ...steps, ...dates } };
}

/** The farmers hear of a list that is another one; of one that is as it was those who were told. */
function deltasFor(
  state: State,
  { days }: ActTrace,
  { changed, lists, who }: { changed: readonly Day[]; lists: Lists; who: Who },
): Notice[] {
  const wasFrozen = new Set(
    days.flatMap(({ before }) => (before.revision > 0 ? [before.date] : [])),
  );
  const isNews = (date: string) =>
    lists.struck.some((one) => one.date === date) || !wasFrozen.has(date);
  const told = state.owed.filter(({ kind, isTold }) => kind === 'list_delta' && isTold);
  return listDeltas(changed, lists, who).flatMap((notice) => {
    if (isNews(notice.about ?? '')) return [notice];
    const people = new Set(
      told.flatMap(({ personId, subject }) => (subject === notice.about ? [personId] : [])),
    );
    return [...people].map(
      (person): Notice => ({ ...notice, kind: 'list_delta', to: { person, as: 'farmer' } }),
    );
  });
}

/** Whoever was told already hears once more, shortly; the others hear nothing at all. */
function correctionsFor({ owed }: State, { parcels }: ActTrace): Notice[] {
  const told = owed.filter(({ isTold }) => isTold);
  const ofOrders = told.flatMap(({ orderId, kind, personId: person }) =>
    orderId === null || kind === 'waybill_changed' ? [] : [{ orderId, kind, person }],
  );
  const buyers = [...Map.groupBy(ofOrders, ({ orderId }) => orderId)].map(
    ([orderId, own]): Notice => {
      const kinds = own.map(({ kind }) => kind);
      const of = parcels.filter((one) => one.orderId === orderId);
      const moved = of.filter(isMoved);
      const reported = of.filter(({ before, after }) => before.state !== after.state);
      const isMoveTold = kinds.includes('moved') || kinds.includes('no_date');
      return {
        to: { person: own[0]?.person ?? '' },
        kind: 'taken_back',
        orderId,
        data: {
          parcels: reported.map(({ parcelId }) => parcelId),
          told: kinds.includes('delivered')
            ? 'delivered'
            : kinds.includes('shipped')
              ? 'shipped'
              : null,
          was: isMoveTold ? moved.map(({ parcelId, after }) => wasOn(parcelId, after.date)) : [],
          back: isMoveTold ? moved.map(({ parcelId, before }) => wasOn(parcelId, before.date)) : [],
        },
      };
    },
  );
  const staff = new Map(
    told.flatMap(({ kind, personId, audience }) =>
      kind === 'report' || kind === 'moved_summary' ? [[personId, audience] as const] : [],
    ),
  );
  const summaries = [...staff].flatMap(([person, as]) =>
    as === 'farmer' || as === 'seller' ? [summaryFor({ person, as }, parcels)] : [],
  );
  return [...buyers, ...summaries];
}

/** Who was told of a day's number hears what it is now. */
function numbersAgain({ owed }: State): Notice[] {
  const told = owed.filter(({ kind, isTold }) => kind === 'day_set' && isTold);
  return [...Map.groupBy(told, ({ personId }) => personId)].map(([person, own]) => ({
    to: { person, as: 'farmer' },
    kind: 'day_set',
    data: { dates: own.map(({ subject }) => subject) },
  }));
}

/** One summary, whatever the act was made of. */
function summaryFor(
  to: { readonly person: string; readonly as: 'farmer' | 'seller' },
  parcels: readonly ParcelTrace[],
): Notice {
  const moved = parcels.filter(isMoved);
  const reported = parcels.filter((one) => !isMoved(one));
  const rows = [...Map.groupBy(reported, ({ before }) => before.date)];
  return {
    to,
    kind: 'act_undone',
    data: {
      rows: rows.map(([date, own]) => `${date}=${own.map(({ row }) => row).join()}`),
      moved: moved.length,
    },
  };
}
