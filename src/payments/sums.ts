import type { Payable } from './order-index.ts';

/** More orders under one name have too many sums to try, and to mean anything. */
const SUM_ORDERS_MAX = 16;
/** Two readings are as doubtful as any more. */
const SUMS_WANTED = 2;

/** Sums of two or more orders that are exactly this amount, at most two; null: too many to tell. */
export function sumsOf(
  orders: readonly Payable[],
  amountKrw: number,
): readonly (readonly Payable[])[] | null {
  const small = orders.filter(({ restKrw }) => restKrw < amountKrw);
  if (small.length > SUM_ORDERS_MAX) return null;
  const found: Payable[][] = [];
  const add = (from: number, chosen: readonly Payable[], leftKrw: number): void => {
    if (leftKrw === 0 && chosen.length > 1) found.push([...chosen]);
    if (leftKrw <= 0) return;
    for (let at = from; at < small.length && found.length < SUMS_WANTED; at++) {
      const one = small[at];
      if (one !== undefined) add(at + 1, [...chosen, one], leftKrw - one.restKrw);
    }
  };
  add(0, [], amountKrw);
  return found;
}
