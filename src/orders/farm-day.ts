// The farmer's word about a day: its cap, the cut, and freezing the list.
import type { Change, Notice, PlacedSlot, State, Who } from './change.ts';
import { addDays, localDate } from './dates.ts';
import { type Day, dayOf, HORIZON_DAYS_MAX, isLate, roomOn } from './day.ts';
import { DomainError } from './errors.ts';
import { type Plan, planCap, planCut } from './harvest.ts';
import { effectsOf, type MovedParcel, movedParcel } from './moving.ts';
import { byDeposit } from './queue.ts';
import { type ActTrace, tracePlan } from './undoing.ts';

export const CAP_BOXES_MAX = 10_000;

/** A day with what a word about it left there. */
export type DayNow = {
  readonly date: string;
  readonly capBoxes: number;
  readonly reservedBoxes: number;
  /** Boxes above the cap that stay because they are harvested already. */
  readonly overBoxes: number;
  /** Boxes that new payments may still put on the date; when it is late, only what was opened by word. */
  readonly leftBoxes: number;
  readonly isLate: boolean;
};

export type CapResult = DayNow & {
  readonly moved: readonly MovedParcel[];
  /** How it can be taken back; null when nothing was changed. */
  readonly trace: ActTrace | null;
};

/** `addBoxes` is on top of what the date takes when it is done, or off it where it is negative. */
export type CapWanted = { readonly date: string } & (
  | { readonly capBoxes: number }
  | { readonly addBoxes: number }
);

/** Sets the cap of a date; parcels move by the Down and Up rules and their buyers hear it. */
export function decideCap(state: State, wanted: CapWanted, who: Who): Change<CapResult> {
  const { date } = wanted;
  checkDate(state, date);
  const { capBoxes: now } = dayOf(state.shop, state.days, date);
  const capBoxes = capAfter(now, wanted);
  const slots = { here: state.slotsOn, later: state.slotsAfter };
  const plan = planCap(state, date, capBoxes, { ...slots, comersMax: comersMax(state, wanted) });
  return movesChange(state, { date, plan, who });
}

/** "오늘 5상자 더" of a list that is out means five boxes more on it, not also what its cap had left over. */
function comersMax(state: State, wanted: CapWanted): number | undefined {
  const day = dayOf(state.shop, state.days, wanted.date);
  if (!('addBoxes' in wanted) || !isLate(state, day)) return undefined;
  return Math.max(0, day.lateRoomBoxes + wanted.addBoxes);
}

/** The number of a date that takes `capBoxes` now, once the word is done. */
export function capAfter(capBoxes: number, wanted: CapWanted): number {
  const { date } = wanted;
  const next = 'capBoxes' in wanted ? wanted.capBoxes : capBoxes + wanted.addBoxes;
  if ('addBoxes' in wanted && next < 0)
    throw new DomainError('bad_request', `${date} takes ${capBoxes} boxes`, { date, capBoxes });
  checkCap(next);
  return next;
}

export function checkCap(capBoxes: number): void {
  if (!Number.isSafeInteger(capBoxes) || capBoxes < 0 || capBoxes > CAP_BOXES_MAX)
    throw new DomainError('bad_request', `a cap is a whole number from 0 to ${CAP_BOXES_MAX}`, {
      max: CAP_BOXES_MAX,
    });
}

/** "12번까지": rows after `row` that are not harvested yet move on to their next dates. */
export function decideCut(
  state: State,
  { date, row }: { readonly date: string; readonly row: number },
  who: Who,
): Change<CapResult> {
  const numbered = numberRows(state, date);
  const last = numbered.at(-1)?.row ?? 0;
  if (row < 0 || last === 0)
    throw new DomainError('not_found', `the list of ${date} has rows 1 to ${last}, not ${row}`, {
      date,
      row,
      last,
    });
  // "Up to 12" of 5 rows leaves the day as it is.
  const leaving = numbered
    .filter((entry) => entry.row > row && entry.slot.state === 'scheduled')
    .map(({ slot }) => slot);
  const plan = row >= last ? { moves: [], days: state.days } : planCut(state, date, leaving);
  return movesChange(state, { date, plan, who });
}

export type FrozenList = {
  readonly date: string;
  readonly revision: number;
  readonly rows: number;
  readonly boxes: number;
  /** False when the list had been frozen before. */
  readonly isNew: boolean;
};

/** Freezes a date's list as revision 1 in deposit order; an empty list is not frozen. */
export function decideFreeze(state: State, date: string, who: Who): Change<FrozenList> {
  const day = dayOf(state.shop, state.days, date);
  const boxes = day.reservedBoxes;
  if (day.revision > 0 || state.slotsOn.length === 0) {
    const rows = state.slotsOn.length;
    const answer = { date, revision: day.revision, rows, boxes, isNew: false };
    return { answer, who, events: [], notices: [] };
  }
  const rows = [...state.slotsOn].sort(byDeposit);
  return {
    answer: { date, revision: 1, rows: rows.length, boxes, isNew: true },
    who,
    days: [{ ...day, revision: 1, frozenAt: state.now.toISOString() }],
    listRows: {
      date,
      frozen: rows.map(({ parcelId }, index) => ({ row: index + 1, parcelId })),
    },
    events: [],
    notices: [{ to: { role: 'farmer' }, kind: 'day_list', data: { date, revision: 1 } }],
  };
}

/** Sends the list as it is now to the farmer once more; a draft is frozen and thereby sent. */
export function decideSend(state: State, date: string, who: Who): Change<FrozenList> {
  const frozen = decideFreeze(state, date, who);
  const { revision, isNew } = frozen.answer;
  if (isNew) return frozen;
  if (revision === 0)
    throw new DomainError('not_found', `nothing is to be harvested on ${date}`, { date });
  return {
    ...frozen,
    notices: [{ to: { role: 'farmer' }, kind: 'day_list', data: { date, revision } }],
  };
}

/** The list's rows as the farmer counts them: frozen numbers, else the deposit order of the draft. */
export function numberRows(
  state: Pick<State, 'days' | 'slotsOn'>,
  date: string,
): { readonly row: number; readonly slot: PlacedSlot }[] {
  const isFrozen = (state.days.get(date)?.revision ?? 0) > 0;
  if (!isFrozen)
    return [...state.slotsOn].sort(byDeposit).map((slot, index) => ({ row: index + 1, slot }));
  return state.slotsOn
    .flatMap((slot) => (slot.row === null ? [] : [{ row: slot.row, slot }]))
    .sort((a, b) => a.row - b.row);
}

export function dayNow(state: State, { days }: Plan, date: string): DayNow {
  const day = dayOf(state.shop, days, date);
  return {
    date,
    capBoxes: day.capBoxes,
    reservedBoxes: day.reservedBoxes,
    overBoxes: Math.max(0, day.reservedBoxes - day.capBoxes),
    leftBoxes: roomOn({ ...state, days }, date),
    isLate: isLate(state, day),
  };
}

function movesChange(
  state: State,
  { date, plan, who }: { date: string; plan: Plan; who: Who },
): Change<CapResult> {
  const day = dayOf(state.shop, plan.days, date);
  const effects = effectsOf(state, plan, who);
  return {
    answer: {
      ...dayNow(state, plan, date),
      moved: plan.moves.map(movedParcel),
      trace: tracePlan(state, plan),
    },
    who,
    ...effects,
    notices: [...(effects.notices ?? []), ...daySet(state, day)],
  };
}

/** Two may farm one day: the other one hears the number that was said, whoever said it. */
export function daySet(
  { shop, days }: Pick<State, 'shop' | 'days'>,
  { date, capBoxes }: Day,
): Notice[] {
  if (dayOf(shop, days, date).capBoxes === capBoxes) return [];
  return [{ to: { role: 'farmer' }, kind: 'day_set', about: date, data: { dates: [date] } }];
}

export function checkDate(state: State, date: string): void {
  const today = localDate(state.now, state.shop.policy.timeZone);
  if (date < today) throw new DomainError('bad_request', `${date} is past`, { date, today });
  if (date > addDays(today, HORIZON_DAYS_MAX))
    throw new DomainError('bad_request', `${date} is too far away`, { date, today });
}
