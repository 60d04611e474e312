// The deposit order: who comes before whom, on a list and for a date.
import type { Load } from './day.ts';
import type { ParcelState } from './order.ts';

/** A parcel as the planner sees it, in its place of the deposit order. */
export type Slot = Load & {
  readonly parcelId: string;
  readonly orderId: string;
  readonly buyerId: string;
  readonly boxes: number;
  readonly state: ParcelState;
  readonly harvestDate: string | null;
  readonly depositedAt: string;
  readonly bookingSeq: number;
  /** Its number on the frozen list of its date. */
  readonly row: number | null;
};

/** What its place in the deposit order is made of. */
export type Queued = Pick<Slot, 'depositedAt' | 'bookingSeq' | 'parcelId'>;

export function byDeposit(a: Queued, b: Queued): number {
  if (a.depositedAt !== b.depositedAt) return a.depositedAt < b.depositedAt ? -1 : 1;
  if (a.bookingSeq !== b.bookingSeq) return a.bookingSeq - b.bookingSeq;
  return a.parcelId < b.parcelId ? -1 : a.parcelId > b.parcelId ? 1 : 0;
}
