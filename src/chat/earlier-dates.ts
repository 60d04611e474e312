// An earlier date is good news, but not twice a day: who heard one today hears the next in the morning,
// together with whatever was changed until then.
import { addDays, instantAt, localDate } from '../orders/dates.ts';
import type { Held, Store } from '../orders/store.ts';

const MORNING = '08:00';

/** Which of a person's notices must not be told now, and when they may be. */
export async function earlierDatesThatWait<N extends Held>(
  notices: readonly N[],
  { store, now }: { readonly store: Store; readonly now: Date },
): Promise<ReadonlyMap<N, Date>> {
  const waiting = new Map<N, Date>();
  for (const notice of notices) {
    const { storeId, orderId } = notice;
    if (orderId === null || !isEarlierDate(notice)) continue;
    // A later date is told at once, and from the date told last: what came between goes with it.
    if (notices.some((other) => isWorse(other) && other.orderId === orderId)) continue;
    const timeZone = (await store.findShop(storeId))?.policy.timeZone;
    if (timeZone === undefined) continue;
    const today = localDate(now, timeZone);
    const since = instantAt(today, '00:00', timeZone);
    if (await store.wasToldEarlier(orderId, since))
      waiting.set(notice, instantAt(addDays(today, 1), MORNING, timeZone));
  }
  return waiting;
}

function isEarlierDate({ kind, data }: Held): boolean {
  return kind === 'moved' && data.isEarlier === true;
}

function isWorse(notice: Held): boolean {
  const isOfDates = notice.kind === 'moved' || notice.kind === 'no_date';
  return isOfDates && notice.data.toStaff !== true && !isEarlierDate(notice);
}
