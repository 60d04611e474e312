// What a store took in a period, what of it stands for goods, and what of it is still open, to the won.
// Every sum is a sum over the rows, and every row is made of the ledger and of its order as it stands.
import { addDays, instantAt } from './dates.ts';
import { DomainError } from './errors.ts';

/** An order as far as a period's money concerns it. Instants are those at the bank, in UTC. */
export type SettledOrder = {
  readonly code: string;
  readonly placedAt: string;
  /** When the money came that paid it; null where that was not before the end of the period. */
  readonly paidAt: string | null;
  /** It was paid within the period and was not cancelled since. */
  readonly isCounted: boolean;
  /** What it costs as it stands now, where it was paid within the period; else 0. */
  readonly goodsKrw: number;
  readonly shippingKrw: number;
  readonly surchargeKrw: number;
  /** Payments of the period less those taken back in it: below 0 where an earlier one was. */
  readonly paidKrw: number;
  readonly refundedKrw: number;
  /**
   * What was had of it at the end of the period beyond what it costs, if it was paid by then: part of a
   * price, or a refund that is not sent yet. Below 0: its price rose later, and so did what was paid.
   */
  readonly openKrw: number;
};

export type Settlement = {
  readonly orders: number;
  readonly goodsKrw: number;
  readonly shippingKrw: number;
  readonly surchargeKrw: number;
  readonly paidKrw: number;
  readonly refundedKrw: number;
  readonly openKrw: number;
};

/** From the first instant of the period to the first one behind it. */
export type Period = { readonly from: string; readonly before: string };

/** The last date behind which another one is written with four digits of a year. */
const DATE_MAX = '9999-12-30';

/** Two dates, both included, on the calendar of a time zone. */
export function periodOf(fromDate: string, toDate: string, timeZone: string): Period {
  if (fromDate > toDate)
    throw new DomainError('bad_request', `the period ends on ${toDate}, before ${fromDate}`);
  if (toDate > DATE_MAX)
    throw new DomainError('bad_request', `expected a date up to ${DATE_MAX}, got ${toDate}`);
  const startOf = (date: string) => instantAt(date, '00:00', timeZone).toISOString();
  return { from: startOf(fromDate), before: startOf(addDays(toDate, 1)) };
}

export function settle(rows: readonly SettledOrder[]): Settlement {
  const sum = (of: (row: SettledOrder) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    orders: rows.filter(({ isCounted }) => isCounted).length,
    goodsKrw: sum(({ goodsKrw }) => goodsKrw),
    shippingKrw: sum(({ shippingKrw }) => shippingKrw),
    surchargeKrw: sum(({ surchargeKrw }) => surchargeKrw),
    paidKrw: sum(({ paidKrw }) => paidKrw),
    refundedKrw: sum(({ refundedKrw }) => refundedKrw),
    openKrw: sum(({ openKrw }) => openKrw),
  };
}

/** What was open when the period began: with it every period continues the one before. */
export function carriedKrw(settled: Settlement): number {
  const { goodsKrw, shippingKrw, surchargeKrw, paidKrw, refundedKrw, openKrw } = settled;
  return openKrw - (paidKrw - refundedKrw - goodsKrw - shippingKrw - surchargeKrw);
}
