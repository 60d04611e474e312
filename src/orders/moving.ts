// Parcels that change their date: what is written, who hears it, and the moves nobody asked for.
import {
  type Change,
  changedDays,
  type Event,
  listDeltas,
  listEffects,
  type Notice,
  type ParcelPatch,
  reviseLists,
  type State,
  type Who,
  wasOn,
} from './change.ts';
import { type Move, type Plan, planPolicy, planWaiting } from './harvest.ts';
import { nextParcelState } from './order.ts';
import type { Shop } from './shop.ts';
import { type ActTrace, tracePlan } from './undoing.ts';

export type MovedParcel = {
  readonly parcel: string;
  readonly order: string;
  readonly from: string | null;
  readonly to: string | null;
};

export type Replanned = {
  readonly moved: readonly MovedParcel[];
  /** How it can be taken back; null when nothing was changed. */
  readonly trace: ActTrace | null;
};

/**
 * Brings the days to what the policy and the holidays say now. `was` is the store as it stood before
 * the change; null only moves away what is too many, to catch up a change that was cut short.
 */
export function decidePolicy(state: State, was: Shop | null, who: Who): Change<Replanned> {
  return replanned(state, planPolicy(state, state.slotsAfter, was), who);
}

/** Gives dates to paid parcels that had none: the horizon moved on, or room was freed. */
export function decideWaiting(state: State, who: Who): Change<Replanned> {
  return replanned(state, planWaiting(state, state.waiting), who);
}

function replanned(state: State, plan: Plan, who: Who): Change<Replanned> {
  return {
    answer: { moved: plan.moves.map(movedParcel), trace: tracePlan(state, plan) },
    who,
    ...effectsOf(state, plan, who),
  };
}

export function movedParcel({ slot, from, to }: Move): MovedParcel {
  return { parcel: slot.parcelId, order: slot.orderId, from, to };
}

/** All that a plan's moves change and tell. */
export function effectsOf(
  state: State,
  { moves, days }: Plan,
  who: Who,
): Pick<Change<never>, 'parcels' | 'days' | 'joined' | 'struck' | 'events' | 'notices'> {
  const lists = listEffects(moves, state.days);
  const changed = reviseLists(changedDays(state.days, days), lists);
  return {
    parcels: moves.map(patchFor),
    days: changed,
    ...lists,
    events: moves.map(eventFor),
    notices: [...noticesFor(moves), ...listDeltas(changed, lists, who)],
  };
}

function patchFor({ slot, to }: Move): ParcelPatch {
  const state =
    to === null
      ? nextParcelState(slot.state, 'unschedule')
      : nextParcelState(slot.state, 'schedule');
  return { id: slot.parcelId, orderId: slot.orderId, state, harvestDate: to };
}

function eventFor({ slot, from, to }: Move): Event {
  const { orderId, parcelId } = slot;
  if (to === null) return { orderId, parcelId, event: 'no_date', detail: { from } };
  if (from === null) return { orderId, parcelId, event: 'scheduled', detail: { date: to } };
  return { orderId, parcelId, event: 'moved', detail: { from, to } };
}

/** Each affected buyer hears it once per order; the seller gets one summary. */
function noticesFor(moves: readonly Move[]): Notice[] {
  if (moves.length === 0) return [];
  const byOrder = Map.groupBy(moves, ({ slot }) => slot.orderId);
  const buyers = [...byOrder].map(([orderId, own]): Notice => {
    const isUndated = own.some(({ to }) => to === null);
    const isEarlier = own.every(({ from, to }) => from !== null && to !== null && to < from);
    return {
      to: { person: own[0]?.slot.buyerId ?? '' },
      kind: isUndated ? 'no_date' : 'moved',
      orderId,
      data: {
        moved: own.map(({ slot }) => slot.parcelId),
        was: own.map(({ slot, from }) => wasOn(slot.parcelId, from)),
        isEarlier,
      },
    };
  });
  const dates = [...new Set(moves.map(({ from, to }) => from ?? to ?? ''))].sort();
  const undated = moves.filter(({ to }) => to === null);
  return [
    ...buyers,
    {
      to: { role: 'seller' },
      kind: 'moved_summary',
      data: {
        ...{ date: dates[0] ?? '', dates, parcels: moves.length, orders: byOrder.size },
        moved: moves.map(({ slot }) => slot.parcelId),
        undated: undated.length,
        undatedOrders: [...new Set(undated.map(({ slot }) => slot.orderId))],
      },
    },
  ];
}
