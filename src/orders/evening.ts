// The evening: how many boxes the farmer can send on the next open day, and what the days after it hold.
import type { Change, State } from './change.ts';
import { addDays, localDate } from './dates.ts';
import { type Calendar, type Day, dayOf, isLate, nextOpenDay, roomOn } from './day.ts';
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

export const FORECAST_DAYS = 7;

/** What a date holds, and what it may still take. */
export type DayForecast = {
  readonly date: string;
  readonly capBoxes: number;
  /** Promised: they are paid. */
  readonly paidBoxes: number;
  /** Ordered for that date and not paid yet: they hold nothing. */
  readonly unpaidBoxes: number;
  /** What is left when all that is ordered gets paid; of a date that is late only late room counts. */
  readonly leftBoxes: number;
  /** Its cut-off is over or its list is out. */
  readonly isLate: boolean;
};

/** The dates from `from` on. An order that is not paid counts on the date that was estimated for it. */
export function forecast(
  calendar: Calendar,
  unpaid: ReadonlyMap<string, number>,
  from: string,
  days = FORECAST_DAYS,
): readonly DayForecast[] {
  return Array.from({ length: days }, (_, ahead) => {
    const date = addDays(from, ahead);
    const day = dayOf(calendar.shop, calendar.days, date);
    const { capBoxes, reservedBoxes: paidBoxes } = day;
    const unpaidBoxes = unpaid.get(date) ?? 0;
    const leftBoxes = Math.max(0, roomOn(calendar, date) - unpaidBoxes);
    return { date, capBoxes, paidBoxes, unpaidBoxes, leftBoxes, isLate: isLate(calendar, day) };
  });
}
