// The orders that are offered to the seller for a doubtful deposit, the likeliest first.
import type { Batch, Seen, Verdict } from './deposit-batch.ts';
import { codedOrders, isOpenAt } from './deposit-verdict.ts';
import type { AskReason } from './deposits.ts';
import { namesOf, ordersLike, ordersNamed, type Payable } from './order-index.ts';
import { resembles } from './weak-name.ts';

export const CHOICES_MAX = 5;

const RANKS = {
  code: 0,
  nameAndAmount: 1,
  name: 2,
  /** What the verdict itself is about: another's number, bracket or half of a sum. */
  verdict: 3,
  likeNameAndAmount: 4,
  amount: 5,
  likeName: 6,
} as const;

const STATES: readonly Payable['order']['state'][] = [
  'awaiting_payment',
  'expired',
  'cancelled',
  'paid',
];

/** What the batch has paid comes last, as what was paid before. */
const FILLED = STATES.length;

type Choice = {
  readonly one: Payable;
  readonly rank: number;
  readonly state: number;
};

export function choicesFor(
  batch: Batch,
  seen: Seen,
  verdict: Verdict & { kind: 'ask' },
): { readonly codes: readonly string[]; readonly reason: AskReason } {
  const { name, deposit, atMs } = seen;
  const coded = new Set(codedOrders(batch.index, name));
  const named = new Set(ordersNamed(batch.index, name));
  const also = new Set(verdict.also);
  const costing = batch.index.byRest.get(deposit.amountKrw) ?? [];
  const rankOf = (one: Payable): number => {
    const isExact = one.restKrw === deposit.amountKrw && !batch.isFilled(one);
    if (coded.has(one)) return RANKS.code;
    if (named.has(one)) return isExact ? RANKS.nameAndAmount : RANKS.name;
    if (also.has(one)) return RANKS.verdict;
    const isLike = namesOf(one).some((known) => resembles(name, known));
    if (isExact) return isLike ? RANKS.likeNameAndAmount : RANKS.amount;
    return isLike ? RANKS.likeName : Number.POSITIVE_INFINITY;
  };
  const isOffered = (one: Payable) => coded.has(one) || named.has(one) || !batch.isFilled(one);
  const sure = [...coded, ...named, ...also, ...costing];
  const choices = (pool: Iterable<Payable>): Choice[] =>
    [...new Set(pool)]
      .filter(isOffered)
      .map((one) => ({
        one,
        rank: rankOf(one),
        state: batch.isFilled(one) ? FILLED : stateRank(one, atMs),
      }))
      .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
      .sort((a, b) => a.rank - b.rank || a.state - b.state || a.one.placedMs - b.one.placedMs);
  const found = choices(sure);
  const all =
    found.length < CHOICES_MAX ? choices([...sure, ...ordersLike(batch.index, name)]) : found;
  const codes = all.slice(0, CHOICES_MAX).map(({ one }) => one.order.code);
  return { codes, reason: reasonFor(verdict.reason, all[0]) };
}

/** Without a name that fits, the best choice says why it is one. */
function reasonFor(reason: AskReason, best: Choice | undefined): AskReason {
  if (reason !== 'unknown' || best === undefined) return reason;
  return best.rank === RANKS.amount ? 'amount_only' : 'weak_name';
}

/** Open before what awaits payment but was not open at the time, then as the states come. */
function stateRank(one: Payable, atMs: number): number {
  const place = STATES.indexOf(one.order.state);
  return place === 0 && !isOpenAt(one, atMs) ? 0.5 : place;
}
