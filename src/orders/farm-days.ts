// The farmer's word about several days at once: one decision, so that it is told and taken back as one.
import type { Change, State, Who } from './change.ts';
import { dayOf } from './day.ts';
import { type CapWanted, capAfter, checkDate, type DayNow, dayNow, daySet } from './farm-day.ts';
import { planCaps } from './harvest.ts';
import { effectsOf, type MovedParcel, movedParcel } from './moving.ts';
import { type ActTrace, tracePlan } from './undoing.ts';

export type DaysResult = {
  /** In order of date. */
  readonly days: readonly DayNow[];
  readonly moved: readonly MovedParcel[];
  /** How it can be taken back; null when nothing was changed. */
  readonly trace: ActTrace | null;
};

export function decideDays(state: State, said: readonly CapWanted[], who: Who): Change<DaysResult> {
  const caps = new Map<string, number>();
  for (const wanted of said) {
    const { date } = wanted;
    checkDate(state, date);
    const now = caps.get(date) ?? dayOf(state.shop, state.days, date).capBoxes;
    caps.set(date, capAfter(now, wanted));
  }
  const plan = planCaps(state, caps, state.slotsAfter);
  const effects = effectsOf(state, plan, who);
  const dates = [...caps.keys()].sort();
  const told = dates.flatMap((date) => daySet(state, dayOf(state.shop, plan.days, date)));
  return {
    answer: {
      days: dates.map((date) => dayNow(state, plan, date)),
      moved: plan.moves.map(movedParcel),
      trace: tracePlan(state, plan),
    },
    who,
    ...effects,
    notices: [...(effects.notices ?? []), ...told],
  };
}
