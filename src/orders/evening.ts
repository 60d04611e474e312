// The evening question: how many boxes the farmer can send on the next open day.
import type { Change, State } from './change.ts';
import { addDays, localDate } from './dates.ts';
import { type Day, nextOpenDay } from './day.ts';
import { productsOnSale } from './shop.ts';

export type EveningAsked = { readonly date: string | null };

/** Asks for the next open day after today, unless its number is known or nobody needs it. */
export function decideAskEvening(state: State): Change<EveningAsked> {
  const today = localDate(state.now, state.shop.policy.timeZone);
  const day = nextOpenDay(state, addDays(today, 1));
  if (day === null || !isWorthAsking(state, day))
    return { answer: { date: null }, who: 'system', events: [], notices: [] };
  const { date } = day;
  return {
    answer: { date },
    who: 'system',
    askedDay: { date, at: state.now.toISOString() },
    events: [],
    notices: [{ to: { role: 'farmer' }, kind: 'evening_question', data: { date } }],
  };
}

function isWorthAsking({ shop, askedDay, now }: State, day: Day): boolean {
  const today = localDate(now, shop.policy.timeZone);
  if (day.capSource === 'farmer') return false;
  if (askedDay?.date === day.date) {
    // Before a weekend Monday is asked for on Friday and, if need be, once more on its eve.
    const askedOn = localDate(new Date(askedDay.at), shop.policy.timeZone);
    if (askedOn === today || day.date !== addDays(today, 1)) return false;
  }
  const canOrder = shop.state === 'open' && productsOnSale(shop, day.date).length > 0;
  return canOrder || day.reservedBoxes > 0;
}
