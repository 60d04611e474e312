// An order as far as money may be for it: what is open of it, and what a hand confirmed before the bank told.
import type { PayableOrder } from './deposits.ts';
import type { PayableRecord, SeenDeposit } from './store.ts';

/** As the matcher sees an order: what a change of it waits for, or was confirmed by hand, is still open. */
export function payable(record: PayableRecord, now: Date): PayableOrder {
  const { code, depositor, buyer, buyerId, recipients, placedAt, state } = record;
  const names = { code, depositor, buyer, buyerId, recipients, placedAt };
  const { totalKrw, paidKrw, refundedKrw, untiedKrw, openChange, payBy } = record;
  const keptKrw = paidKrw - refundedKrw;
  if (openChange !== null && openChange.payBy > now.toISOString())
    return {
      ...names,
      ...{ amountDueKrw: keptKrw + openChange.extraKrw, paidKrw: keptKrw },
      ...{ state: 'awaiting_payment', payBy: openChange.payBy },
    };
  if (state === 'paid' && untiedKrw > 0)
    return {
      ...names,
      ...{ amountDueKrw: keptKrw, paidKrw: keptKrw - untiedKrw },
      ...{ state: 'awaiting_payment', payBy },
    };
  return { ...names, amountDueKrw: totalKrw, paidKrw: keptKrw, state, payBy };
}

export function restOf(record: PayableRecord, now: Date): number {
  const { amountDueKrw, paidKrw } = payable(record, now);
  return Math.max(0, amountDueKrw - paidKrw);
}

/** Paid by a hand's word: the bank's own row is still to come. */
export function isTied({ openChange, untiedKrw, state }: PayableRecord, now: Date): boolean {
  const isChanging = openChange !== null && openChange.payBy > now.toISOString();
  return state === 'paid' && untiedKrw > 0 && !isChanging;
}

/** The very money that a hand confirmed before. */
export function isConfirmedOf(
  [only, ...more]: readonly PayableRecord[],
  { amountKrw }: Pick<SeenDeposit, 'amountKrw'>,
  now: Date,
): boolean {
  return (
    only !== undefined && more.length === 0 && isTied(only, now) && only.untiedKrw === amountKrw
  );
}
