// "왜 내일이에요?": the date of the card or of the newest open order, explained from the planner's books.
import { localDate } from '../orders/dates.ts';
import type { Calendar, Load } from '../orders/day.ts';
import { placeOn, whyNotEarlier } from '../orders/explain.ts';
import { allocate } from '../orders/harvest.ts';
import { type Order, type Parcel, undatedOf } from '../orders/order.ts';
import { type Asking, type Handled, stay } from './desk.ts';
import { draftOffer } from './drafts.ts';
import { isOpen, ordersOf } from './own-orders.ts';
import * as replies from './replies/index.ts';

const DATES_EXPLAINED_MAX = 2;
const NOT_YET_SENT: ReadonlySet<Parcel['state']> = new Set(['scheduled', 'harvested', 'packed']);

/** Null when there is no date to explain. */
export async function explainDates(asking: Asking): Promise<Handled> {
  const offer = await draftOffer(asking);
  if (offer !== null) {
    const why = await explainLoads(asking, offer.parcels, null);
    return stay(asking, replies.whyThisDate(why));
  }
  const order = (await ordersOf(asking)).find(isOpen);
  if (order === undefined) return null;
  const isPaid = order.state === 'paid';
  const why = isPaid
    ? await explainPaid(asking, order)
    : await explainLoads(asking, order.parcels, order.code);
  return why.length === 0 && undatedOf(order).length === 0
    ? null
    : stay(asking, replies.whyThisDate(why));
}

type Wanting = Load & { readonly recipient: string };

/** What is not paid yet is explained as if it were paid now. */
async function explainLoads(
  asking: Asking,
  loads: readonly Wanting[],
  code: string | null,
): Promise<replies.WhyDate[]> {
  const calendar = await calendarAt(asking, asking.now);
  const { dates, days } = allocate(calendar, loads);
  const told = loads.map(({ recipient, ...load }, index): replies.WhyDate | null => {
    const date = dates[index] ?? null;
    if (date === null) return null;
    const earlier = whyNotEarlier({ ...calendar, days }, load, date);
    return { code, recipient, date, earlier, isPaid: false, place: null };
  });
  return onePerDate(told);
}

/** A promise is explained from the moment it was made; the queue is that of its date. */
async function explainPaid(asking: Asking, order: Order): Promise<replies.WhyDate[]> {
  const { desk, shop } = asking;
  const calendar = await calendarAt(asking, new Date(order.paidAt ?? order.placedAt));
  const told: (replies.WhyDate | null)[] = [];
  for (const { id, recipient, items, wanted, harvestDate: date, state } of order.parcels) {
    if (date === null || !NOT_YET_SENT.has(state)) continue;
    if (told.some((one) => one?.date === date)) continue;
    const { day, rows } = await desk.store.findDayList(shop.id, date);
    const place = placeOn(
      rows
        .filter(({ struck }) => !struck)
        .map(({ parcelId, order: of }) => {
          const boxes = of.parcels.find((parcel) => parcel.id === parcelId)?.boxes ?? 0;
          return { parcelId, boxes };
        }),
      id,
    );
    told.push({
      code: order.code,
      recipient,
      date,
      earlier: whyNotEarlier(calendar, { items, wanted }, date),
      isPaid: true,
      place: place === null ? null : { ...place, capBoxes: day.capBoxes },
    });
  }
  return onePerDate(told);
}

async function calendarAt({ desk, shop }: Asking, now: Date): Promise<Calendar> {
  const from = localDate(now, shop.policy.timeZone);
  return { shop, now, days: await desk.store.findDays(shop.id, from) };
}

function onePerDate(told: readonly (replies.WhyDate | null)[]): replies.WhyDate[] {
  const byDate = new Map<string, replies.WhyDate>();
  for (const one of told) if (one !== null && !byDate.has(one.date)) byDate.set(one.date, one);
  return [...byDate.values()].slice(0, DATES_EXPLAINED_MAX);
}
