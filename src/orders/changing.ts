// Changing who gets a parcel, where it goes and what is in it, until it is harvested. What costs more
// leaves the order as it was until the difference is paid; what costs less opens a refund.
import { openRefunds } from './cancelling.ts';
import type { Change, OpenChange, PricedChange, State, Who } from './change.ts';
import { applied, type Changed } from './change-effects.ts';
import { type ChangeRequest, isChangeable, planChange, priceChanges } from './change-plan.ts';
import type { Calendar } from './day.ts';
import { DomainError } from './errors.ts';
import type { OrderCore } from './order.ts';
import { mustHaveOrder, type PaymentRequest, paymentOf } from './paying.ts';
import { payBy } from './placing.ts';

/** All parcels of a request change, or none. */
export function decideChange(state: State, request: ChangeRequest, who: Who): Change<Changed> {
  const order = mustHaveOrder(state);
  const changes = priceChanges(state, order, request);
  const plan = planChange(state, order, changes);
  const extraKrw = plan.order.totalKrw - order.totalKrw;
  const { tellsBuyer = false } = request;
  if (order.state === 'paid' && extraKrw > 0)
    return openChange(state, { order, changes, extraKrw, tellsBuyer }, who);
  const refunds = order.state === 'paid' ? openRefunds(state, plan.order, null) : [];
  return applied(state, { order, changes, plan, refunds, payment: null, tellsBuyer }, who);
}

/** The order as a change would make it, or a refusal; nothing is written. */
export function orderAfter(
  calendar: Calendar,
  order: OrderCore,
  request: ChangeRequest,
): OrderCore {
  return planChange(calendar, order, priceChanges(calendar, order, request)).order;
}

/** True when the order waits for the difference of a change that can still be made. */
export function isChangeOpen({ order, openChange: open, now }: State): boolean {
  return order !== null && open !== null && isStillOpen(open, order, now);
}

/** Time, the harvest, and whatever else changed the order since, end a change that waits. */
export function isStillOpen(
  open: OpenChange,
  order: Pick<OrderCore, 'state' | 'totalKrw'> & {
    readonly parcels: readonly Pick<OrderCore['parcels'][number], 'id' | 'state'>[];
  },
  now: Date,
): boolean {
  if (order.state !== 'paid' || order.totalKrw !== open.fromKrw) return false;
  if (now.toISOString() > open.payBy) return false;
  return open.parcels.every(({ parcelId }) => {
    const parcel = order.parcels.find(({ id }) => id === parcelId);
    return parcel !== undefined && isChangeable(order, parcel);
  });
}

/** Takes exactly the difference and makes the change that waited for it. */
export function decidePayChange(
  state: State,
  request: PaymentRequest,
  who: Who,
): Change<OrderCore> {
  const order = mustHaveOrder(state);
  const { extraKrw = 0, parcels: changes = [] } = state.openChange ?? {};
  const amountKrw = request.amountKrw ?? extraKrw;
  if (amountKrw !== extraKrw)
    throw new DomainError('amount_mismatch', `expected ${extraKrw}, got ${amountKrw}`, {
      dueKrw: extraKrw,
      amountKrw,
    });
  const plan = planChange(state, order, changes);
  // A cancel may leave the total as it was and yet change what the rest costs.
  if (plan.order.totalKrw - order.totalKrw !== extraKrw)
    throw new DomainError('not_payable', 'the order changed since; the change must be asked anew');
  const paid = { ...plan.order, paidKrw: order.paidKrw + amountKrw };
  const payment = paymentOf(order, { ...request, amountKrw });
  const made = { order, changes, plan: { ...plan, order: paid }, refunds: [], payment };
  const change = applied(state, made, who);
  return { ...change, answer: paid };
}

function openChange(
  { shop, now }: State,
  asked: {
    order: OrderCore;
    changes: readonly PricedChange[];
    extraKrw: number;
    tellsBuyer: boolean;
  },
  who: Who,
): Change<Changed> {
  const { order, changes, extraKrw, tellsBuyer } = asked;
  const open: OpenChange = {
    parcels: changes,
    extraKrw,
    fromKrw: order.totalKrw,
    payBy: payBy(shop, now),
  };
  const { payBy: until, fromKrw } = open;
  const about = { code: order.code, extraKrw, payBy: until, fromKrw };
  const data = tellsBuyer ? { ...about, byPage: true } : about;
  return {
    answer: { order, difference: { amountKrw: extraKrw, payBy: until }, refunds: [] },
    who,
    openChange: { orderId: order.id, buyerId: order.buyerId, open },
    events: [{ orderId: order.id, event: 'change_asked', detail: { extraKrw } }],
    notices:
      who === 'buyer' && !tellsBuyer
        ? []
        : [{ to: { person: order.buyerId }, kind: 'changed', orderId: order.id, data }],
  };
}
