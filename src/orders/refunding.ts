// Money that goes back to a buyer: waits for an account, is paid out by the seller, or could not be sent.
import type {
  Change,
  Notice,
  Refund,
  RefundAccount,
  RefundPatch,
  RefundState,
  State,
  Who,
} from './change.ts';
import { DomainError } from './errors.ts';
import type { OrderCore } from './order.ts';
import { mustHaveOrder } from './paying.ts';
import type { RefundRecord } from './store.ts';

/** Refunds of one order that one transfer pays out; an order that was paid twice has two. */
export type RefundStep = {
  readonly order: OrderCore;
  readonly refunds: readonly Refund[];
  readonly amountKrw: number;
};

/**
 * Where the order's money goes back to; a later account takes the place of the first until it is paid
 * out. Answers for which refunds it counts: none when no refund waits for an account any more.
 */
export function decideRefundAccount(
  state: State,
  account: RefundAccount,
  who: Who,
): Change<RefundStep> {
  const order = mustHaveOrder(state);
  const meant = state.refunds.filter((refund) => takesAccount(state, refund));
  const answer = stepOf(order, meant, 'due');
  const isKnown = state.refundAccount !== null && isSame(state.refundAccount, account);
  const given = isKnown ? meant.filter(({ state: at }) => at !== 'due') : meant;
  if (given.length === 0) return unchanged(answer, who);
  const accountAt = who === 'buyer' ? state.now.toISOString() : null;
  const isCorrected = given.every(({ state: at }) => at === 'due');
  return {
    answer,
    who,
    refundPatches: given.map(({ id }) => ({ id, state: 'due', account, accountAt })),
    events: [{ orderId: order.id, event: 'refund_due', detail: { amountKrw: answer.amountKrw } }],
    notices: [refundDue(order, meant, isCorrected)],
  };
}

/** The seller's task. What the account is, is read when he is told: here it would outlive the refund. */
export function refundDue(
  { id: orderId, code }: OrderCore,
  refunds: readonly Refund[],
  isCorrected: boolean,
): Notice {
  const data = { code, refunds: refunds.map(({ id }) => id), isCorrected };
  return { to: { role: 'seller' }, kind: 'refund_due', orderId, data };
}

/** KakaoPay gives back by itself, so what is due there waits for no account. */
function takesAccount({ payments }: State, { state: at, paymentId }: Refund): boolean {
  if (at === 'needs_account' || at === 'failed') return true;
  return at === 'due' && payments.find(({ id }) => id === paymentId)?.method !== 'kakaopay';
}

function isSame(one: RefundAccount, other: RefundAccount): boolean {
  const { bank, account, holder } = one;
  return bank === other.bank && account === other.account && holder === other.holder;
}

/** The seller sent the money, perhaps to an account he heard by phone. Said again it is the same answer. */
export function decideRefundDone(
  state: State,
  refundIds: readonly string[],
  who: Who,
): Change<RefundStep> {
  const order = mustHaveOrder(state);
  const refunds = mustHaveRefunds(state, refundIds);
  mustBeIn(refunds, ['needs_account', 'due', 'failed', 'done'], 'cannot be done');
  const sent = refunds.filter((refund) => refund.state !== 'done');
  if (sent.length === 0) return unchanged(stepOf(order, refunds, 'done'), who);
  const amountKrw = sumOf(sent);
  const final = {
    ...order,
    refundedKrw: order.refundedKrw + amountKrw,
    refundDueKrw: order.refundDueKrw - amountKrw,
  };
  const at = state.now.toISOString();
  return {
    ...take(final, refunds, { sent, to: 'done', who }),
    orders: [final],
    counter: sent.map(({ amountKrw: krw, paymentId }) => {
      const method = state.payments.find(({ id }) => id === paymentId)?.method ?? 'bank';
      return { orderId: order.id, kind: 'refund', amountKrw: krw, method, paymentId, at };
    }),
  };
}

export type RefundFailure = {
  readonly refundIds: readonly string[];
  /** The seller's own words, passed on to the buyer. */
  readonly reason: string | null;
};

/** The money could not be sent, mostly because of the account: the buyer is asked for another. */
export function decideRefundFailed(
  state: State,
  { refundIds, reason }: RefundFailure,
  who: Who,
): Change<RefundStep> {
  const order = mustHaveOrder(state);
  const refunds = mustHaveRefunds(state, refundIds);
  mustBeIn(refunds, ['due', 'failed'], 'cannot fail');
  const sent = refunds.filter((refund) => refund.state === 'due');
  if (sent.length === 0) return unchanged(stepOf(order, refunds, 'failed'), who);
  return take(order, refunds, { sent, to: 'failed', who, reason });
}

/** Reminds a buyer once of the account that his refund waits for; answers whether he was. */
export function decideRemindRefund(state: State): Change<boolean> {
  const order = mustHaveOrder(state);
  const waiting = state.refunds.filter(
    (refund) => refund.state === 'needs_account' && !refund.isReminded,
  );
  if (waiting.length === 0) return { answer: false, who: 'system', events: [], notices: [] };
  const amountKrw = sumOf(waiting);
  return {
    answer: true,
    who: 'system',
    refundPatches: waiting.map(({ id, state: at }) => ({ id, state: at, isReminded: true })),
    events: [{ orderId: order.id, event: 'refund_reminded', detail: { amountKrw } }],
    notices: [
      {
        to: { person: order.buyerId },
        kind: 'refund_reminder',
        orderId: order.id,
        data: { code: order.code, amountKrw },
      },
    ],
  };
}

function mustHaveRefunds(state: State, ids: readonly string[]): Refund[] {
  return [...new Set(ids)].map((id) => {
    const refund = state.refunds.find((one) => one.id === id);
    if (refund === undefined) throw new DomainError('not_found', `no such refund ${id}`);
    return refund;
  });
}

function mustBeIn(refunds: readonly Refund[], states: readonly RefundState[], why: string): void {
  const stuck = refunds.find(({ state }) => !states.includes(state));
  if (stuck !== undefined)
    throw new DomainError('conflict', `a refund that is ${stuck.state} ${why}`, {
      state: stuck.state,
    });
}

function stepOf(order: OrderCore, refunds: readonly Refund[], state: RefundState): RefundStep {
  return {
    order,
    refunds: refunds.map((refund) => ({ ...refund, state })),
    amountKrw: sumOf(refunds),
  };
}

function unchanged(answer: RefundStep, who: Who): Change<RefundStep> {
  return { answer, who, events: [], notices: [] };
}

type Taken = {
  readonly sent: readonly Refund[];
  readonly to: 'done' | 'failed';
  readonly who: Who;
  readonly reason?: string | null;
};

function take(
  order: OrderCore,
  refunds: readonly Refund[],
  { sent, to, who, reason = null }: Taken,
): Change<RefundStep> {
  const amountKrw = sumOf(sent);
  const kind = to === 'done' ? 'refund_done' : 'refund_failed';
  const patches = sent.map(({ id }): RefundPatch => ({ id, state: to }));
  // Who gave his account a moment ago has the phone in his hand.
  const actedAt =
    sent
      .flatMap(({ accountAt }) => accountAt ?? [])
      .sort()
      .at(-1) ?? null;
  return {
    answer: stepOf(order, refunds, to),
    who,
    refundPatches: patches,
    events: [{ orderId: order.id, event: kind, detail: { amountKrw } }],
    notices: [
      {
        to: { person: order.buyerId },
        kind,
        orderId: order.id,
        data: { code: order.code, amountKrw, actedAt },
        ...(reason === null ? {} : { said: reason }),
      },
    ],
  };
}

/** What one transfer of the seller's pays out: the refunds of an order that stand alike. */
export type Transfer = Pick<
  RefundRecord,
  'orderId' | 'code' | 'amountKrw' | 'state' | 'account'
> & {
  readonly refundIds: readonly string[];
};

const STATES_BY_URGENCY: readonly RefundState[] = ['due', 'failed', 'needs_account'];

/** Those that can be sent come first, else the oldest. */
export function transfersOf(refunds: readonly RefundRecord[]): Transfer[] {
  const alike = Map.groupBy(refunds, ({ orderId, state }) => `${orderId} ${state}`);
  const transfers = [...alike.values()].flatMap((own): Transfer[] => {
    const [first] = own;
    if (first === undefined) return [];
    const { orderId, code, state, account } = first;
    const refundIds = own.map(({ id }) => id);
    return [{ orderId, code, state, account, amountKrw: sumOf(own), refundIds }];
  });
  const urgency = ({ state }: Transfer) => STATES_BY_URGENCY.indexOf(state);
  return transfers.sort((a, b) => urgency(a) - urgency(b));
}

function sumOf(refunds: readonly Pick<Refund, 'amountKrw'>[]): number {
  return refunds.reduce((sum, { amountKrw }) => sum + amountKrw, 0);
}
