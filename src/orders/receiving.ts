// Whether a parcel arrived: the question to the buyer some days after it left, and his "not yet".
import type { Change, State } from './change.ts';
import { addDays, instantAt } from './dates.ts';
import { DomainError } from './errors.ts';
import type { ParcelCore } from './order.ts';
import { mustHaveOrder } from './paying.ts';
import type { Shop } from './shop.ts';

/** Parcels that left before this instant are asked about on `date`. */
export function askedIfShippedBefore({ policy }: Shop, date: string): Date {
  return instantAt(addDays(date, 1 - policy.askDeliveredDays), '00:00', policy.timeZone);
}

/** Asks the buyer about all parcels of his order that left before, each once; answers whether it asked. */
export function decideAskDelivered(state: State, shippedBefore: Date): Change<boolean> {
  const order = mustHaveOrder(state);
  const before = shippedBefore.toISOString();
  const due = order.parcels.filter(
    (parcel) =>
      parcel.state === 'shipped' &&
      parcel.askedAt === null &&
      parcel.shippedAt !== null &&
      parcel.shippedAt < before,
  );
  if (due.length === 0) return { answer: false, who: 'system', events: [], notices: [] };
  return {
    answer: true,
    who: 'system',
    parcels: due.map(({ id, harvestDate }) => ({
      id,
      orderId: order.id,
      state: 'shipped',
      harvestDate,
      askedAt: state.now.toISOString(),
    })),
    events: due.map(({ id }) => ({
      orderId: order.id,
      parcelId: id,
      event: 'asked_delivered',
    })),
    notices: [
      {
        to: { person: order.buyerId },
        kind: 'ask_delivered',
        orderId: order.id,
        data: { code: order.code, parcels: due.map(({ id }) => id) },
      },
    ],
  };
}

/** The buyer says that parcels which left did not arrive: recorded, and the seller hears it. */
export function decideNotArrived(
  state: State,
  parcelIds: readonly string[],
): Change<readonly ParcelCore[]> {
  const order = mustHaveOrder(state);
  const missing = order.parcels.filter(
    ({ id, state: step }) => parcelIds.includes(id) && step === 'shipped',
  );
  if (missing.length === 0)
    throw new DomainError('conflict', 'no such parcel is on its way', { code: order.code });
  return {
    answer: missing,
    who: 'buyer',
    events: missing.map(({ id }) => ({ orderId: order.id, parcelId: id, event: 'not_arrived' })),
    notices: [
      {
        to: { role: 'seller' },
        kind: 'not_arrived',
        orderId: order.id,
        data: { code: order.code, parcels: missing.map(({ id }) => id) },
      },
    ],
  };
}
