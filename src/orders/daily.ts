// The evening's summaries: what buyers did not hear yet, and what is left for the farm and the seller.
import type { Change, State } from './change.ts';

/** Tells a buyer of all steps he did not hear of, in one message; answers how many parcels. */
export function decideTellDaily(
  state: State,
  { buyerId, date }: { readonly buyerId: string; readonly date: string },
): Change<number> {
  const { untold } = state;
  const parcels = untold.map(({ parcelId }) => parcelId);
  const orders = [...new Set(untold.map(({ orderId }) => orderId))];
  return {
    answer: parcels.length,
    who: 'system',
    told: parcels,
    events: [],
    notices:
      parcels.length === 0
        ? []
        : [{ to: { person: buyerId }, kind: 'daily_status', data: { date, orders, parcels } }],
  };
}

/**
 * The day's end for those who work here; whoever is farmer and seller hears it once. The days ahead are
 * for the seller: a farmer sees them where he is asked for his number.
 */
export function decideSummary(date: string): Change<null> {
  const notice = { kind: 'daily_summary', data: { date } } as const;
  return {
    answer: null,
    who: 'system',
    events: [],
    notices: [
      { ...notice, to: { role: 'farmer' } },
      { ...notice, to: { role: 'seller' }, data: { date, ahead: true } },
    ],
  };
}
