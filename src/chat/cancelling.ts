// `취소`: the open draft first, then the one order that can be cancelled, else a choice; done only by
// a yes to the question that shows what comes back.
import { isException, isPlainCancel } from '../language/answers.ts';
import { findOrderCodes } from '../language/codes.ts';
import { refundFor, refusalOfPart } from '../orders/cancelling.ts';
import { canCancel, isLive, type Order, type Parcel } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { type Asking, ask, by, closed, type Handled, pending, stay } from './desk.ts';
import { dropDraft } from './drafts.ts';
import { isCancellable, ordersOf } from './own-orders.ts';
import * as replies from './replies/index.ts';

const CHOICES_MAX = 10;

export async function cancel(asking: Asking): Promise<Handled> {
  const orders = await ordersOf(asking);
  const [code] = findOrderCodes(asking.text);
  const able = orders.filter(isCancellable).filter((o) => code === undefined || o.code === code);
  if (asking.talk.draft !== null && code === undefined) {
    if (able.length === 0) return dropDraft(asking);
    return ask(asking, { kind: 'drop-or-cancel' }, replies.dropOrCancel);
  }
  const [only, another] = able;
  if (only === undefined) {
    const told = orders.find((order) => code === undefined || order.code === code);
    return stay(asking, replies.nothingToCancel(told ?? null, asking.shop));
  }
  if (isPlainCancel(asking.text)) {
    if (another !== undefined)
      return stay(asking, replies.whichToCancel(able.slice(0, CHOICES_MAX)));
    return askToCancel(asking, only, only.parcels.filter(canCancel));
  }
  const named = isException(asking.text) ? [] : namedParcels(asking.text, able);
  const [one, more] = named;
  if (one !== undefined && more === undefined) return askToCancel(asking, one.order, one.parcels);
  const count = able.reduce((sum, order) => sum + order.parcels.filter(canCancel).length, 0);
  if (count === 1) return askToCancel(asking, only, only.parcels.filter(canCancel));
  return stay(asking, replies.whichParcelToCancel(able.slice(0, CHOICES_MAX)));
}

/** The parcels whose recipients the message names, by the whole name or the given one alone. */
function namedParcels(
  text: string,
  orders: readonly Order[],
): { readonly order: Order; readonly parcels: readonly Parcel[] }[] {
  const fits = ({ recipient }: Parcel) =>
    text.includes(recipient) || (recipient.length === 3 && text.includes(recipient.slice(1)));
  return orders.flatMap((order) => {
    const parcels = order.parcels.filter((p) => canCancel(p) && fits(p));
    return parcels.length > 0 ? [{ order, parcels }] : [];
  });
}

function askToCancel(asking: Asking, order: Order, parcels: readonly Parcel[]): Handled {
  const parcelIds = parcels.map((parcel) => parcel.id);
  const rest = order.parcels.filter((one) => isLive(one) && !parcelIds.includes(one.id));
  const refusal = refusalOfPart(order, rest);
  if (refusal !== null) return stay(asking, replies.refused(refusal, asking.shop));
  const refundKrw = refundFor(order, parcelIds);
  return ask(asking, { kind: 'cancel', orderId: order.id, parcelIds }, (id) =>
    replies.confirmCancel(order, { parcelIds, refundKrw, id }),
  );
}

/** A cancel button under an order (`id`) or a moved parcel (`id:1.2`): may be weeks old. */
export async function cancelPressed(asking: Asking, ref: string): Promise<Handled> {
  const [orderId = '', nos = ''] = ref.split(':');
  const order = (await ordersOf(asking)).find(({ id }) => id === orderId);
  const wanted = nos.split('.').filter((no) => no !== '');
  const parcels = (order?.parcels ?? []).filter(
    (parcel) => canCancel(parcel) && (wanted.length === 0 || wanted.includes(String(parcel.no))),
  );
  if (order === undefined || !isCancellable(order) || parcels.length === 0)
    return stay(asking, replies.nothingToCancel(order ?? null, asking.shop));
  return askToCancel(asking, order, parcels);
}

/** The yes to our question; `ref` is the question's id, so the yes of an older one does nothing. */
export function cancelYes(asking: Asking, ref: string): Handled {
  const { open } = asking.talk;
  if (open?.kind !== 'cancel' || open.id !== ref) return stay(asking, replies.questionIsOver());
  const done = closed(asking);
  const { orderId, parcelIds } = open;
  const request = { parcelIds, reason: null, account: null };
  return pending({
    command: ordering.cancel(by(asking), orderId, request),
    settle: ({ order, refunds }) => {
      const fresh = refunds.filter(({ state }) => state === 'needs_account' || state === 'due');
      const refundKrw = fresh.reduce((sum, refund) => sum + refund.amountKrw, 0);
      const state = fresh[0]?.state ?? null;
      const rest = order.parcels.filter((parcel) => parcel.state !== 'cancelled').length;
      const reply = replies.cancelled(order.code, { refundKrw, state, rest });
      if (state !== 'needs_account') return stay(done, reply);
      return ask(done, { kind: 'refund-account', orderId }, () => reply);
    },
    refused: (error) => stay(done, replies.refused(error, asking.shop)),
  });
}
