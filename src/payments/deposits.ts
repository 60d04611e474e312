// Which deposit pays which order. A wrong match is far worse than a question: only what the amount and
// the name leave exactly one reading of is booked without asking.
import type { OrderCore } from '../orders/order.ts';
import { choicesFor } from './choices.ts';
import { type Batch, openBatch, type Seen } from './deposit-batch.ts';
import { aloneVerdict } from './deposit-verdict.ts';
import { noCustomer } from './no-customer.ts';
import { indexOrders, type OrderIndex, ordersNamed } from './order-index.ts';
import { splitVerdicts } from './split-transfers.ts';

export { indexOrders, type OrderIndex } from './order-index.ts';

/** What is known of an order when money comes in; any state, so that late money finds its order. */
export type PayableOrder = {
  /** Unique among the orders given. */
  readonly code: string;
  readonly amountDueKrw: number;
  readonly paidKrw: number;
  /** The name that was agreed on; null where none was. */
  readonly depositor: string | null;
  /** The name the buyer shows in the chat. */
  readonly buyer: string | null;
  /** Who the buyer is; without it two orders of the same shown name are one buyer's. */
  readonly buyerId?: string;
  readonly recipients: readonly string[];
  readonly placedAt: string;
  readonly payBy: string;
  readonly state: OrderCore['state'];
};

/** A row of the bank. */
export type Deposit = {
  readonly id: string;
  readonly at: string;
  readonly name: string;
  /** Negative where money went out. */
  readonly amountKrw: number;
  /** The bank's remark (적요). */
  readonly memo?: string | null;
};

/** Why the seller is asked. */
export const ASK_REASONS = [
  'unknown',
  'amount_only',
  'weak_name',
  'too_little',
  'too_much',
  'several_orders',
  'two_names',
  'paid_twice',
  'already_paid',
  'not_open',
  'closed_twin',
  'unnamed_twin',
  'unknown_code',
  'other_code',
  'other_number',
  'other_name',
  'own_name',
  'sent_back',
] as const;
export type AskReason = (typeof ASK_REASONS)[number];

export const NO_CUSTOMER_REASONS = [
  'no_deposit',
  'bank_check',
  'interest',
  'settlement',
  'own_money',
  'money_back',
] as const;
export type NoCustomerReason = (typeof NO_CUSTOMER_REASONS)[number];

export type Decision =
  /** Booked. Several codes: one transfer for several orders; one code under several deposits: a split transfer. */
  | { readonly kind: 'match'; readonly codes: readonly string[] }
  /** Shown to the seller with these orders, the likeliest first; none means that nobody knows. */
  | { readonly kind: 'ask'; readonly codes: readonly string[]; readonly reason: AskReason }
  /** No customer's payment. */
  | { readonly kind: 'none'; readonly reason: NoCustomerReason };

/** Names under which the seller's own accounts send. */
export type MatchOptions = { readonly ownNames?: readonly string[] };

/**
 * Decides all deposits of one batch together: nothing of it is booked yet, and what one deposit fills is
 * filled for the next. Give `indexOrders(orders)` where the same orders are asked about again.
 */
export function matchDeposits(
  orders: readonly PayableOrder[] | OrderIndex,
  deposits: readonly Deposit[],
  { ownNames = [] }: MatchOptions = {},
): ReadonlyMap<string, Decision> {
  const index = 'all' in orders ? orders : indexOrders(orders);
  const batch = openBatch(index, deposits, ownNames);
  const nobodys = new Map<Seen, NoCustomerReason>();
  for (const seen of batch.seen) {
    const reason = hasStrongEvidence(batch, seen)
      ? outgoing(seen)
      : noCustomer(seen, batch.ownNames);
    if (reason !== null) nobodys.set(seen, reason);
    else batch.take(seen, aloneVerdict(batch, seen));
  }
  for (const [seen, verdict] of splitVerdicts(batch)) batch.take(seen, verdict);
  return new Map(
    deposits.map(({ id }, place) => {
      const seen = batch.at(place);
      const reason = nobodys.get(seen);
      return [id, reason === undefined ? decision(batch, seen) : { kind: 'none', reason }];
    }),
  );
}

function outgoing({ deposit }: Seen): NoCustomerReason | null {
  return deposit.amountKrw > 0 ? null : 'no_deposit';
}

function hasStrongEvidence({ index }: Batch, { name }: Seen): boolean {
  return ordersNamed(index, name).length > 0 || name.codes.some((code) => index.byCode.has(code));
}

function decision(batch: Batch, seen: Seen): Decision {
  const verdict = batch.verdictOf(seen);
  if (verdict.kind === 'match')
    return { kind: 'match', codes: verdict.orders.map(({ order }) => order.code) };
  return { kind: 'ask', ...choicesFor(batch, seen, verdict) };
}
