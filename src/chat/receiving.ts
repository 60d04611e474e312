// A parcel that left: it arrived, it did not yet, or something is wrong with it.
import { isNo } from '../language/answers.ts';
import { canCancel, type Order, type Parcel } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { type Asking, ask, by, closed, type Handled, pending, stay } from './desk.ts';
import { isOpen, ordersOf } from './own-orders.ts';
import * as replies from './replies/index.ts';

type Named = { readonly order: Order; readonly parcels: readonly Parcel[] };

/** What is on its way: of the order and parcels that a press names (`ord_1:1.2`), else of all. */
async function sentOf(asking: Asking, ref?: string): Promise<readonly Named[]> {
  return (await namedOf(asking, ref)).flatMap(({ order, parcels }) => {
    const sent = parcels.filter(({ state }) => state === 'shipped');
    return sent.length > 0 ? [{ order, parcels: sent }] : [];
  });
}

/** The order and parcels that a press names; without one all of the sender's, newest first. */
async function namedOf(asking: Asking, ref?: string): Promise<readonly Named[]> {
  const [orderId = '', nos = ''] = (ref ?? '').split(':');
  const named = new Set(nos.split('.').filter((no) => no !== ''));
  return (await ordersOf(asking)).flatMap((order) => {
    if (ref !== undefined && order.id !== orderId) return [];
    const parcels = order.parcels.filter(({ no }) => named.size === 0 || named.has(String(no)));
    return [{ order, parcels }];
  });
}

/** Words mean what we asked about, else what is on its way. */
function meantBy(sent: readonly Named[]): readonly Named[] {
  const asked = sent.flatMap(({ order, parcels }) => {
    const own = parcels.filter(({ askedAt }) => askedAt !== null);
    return own.length > 0 ? [{ order, parcels: own }] : [];
  });
  return asked.length > 0 ? asked : sent;
}

/** A press under our question. */
export async function receivedPressed(asking: Asking, ref: string): Promise<Handled> {
  const [only] = await sentOf(asking, ref);
  return only === undefined ? stay(asking, replies.nothingOnItsWay()) : receive(asking, only);
}

/** "받았어요" in words; null when nothing is on its way, so that they are only thanks. */
export async function receivedBySaying(asking: Asking): Promise<Handled> {
  const sent = meantBy(await sentOf(asking));
  const [only, another] = sent;
  if (only === undefined) return null;
  const isClear =
    only.parcels.length === 1 || only.parcels.every(({ askedAt }) => askedAt !== null);
  if (another === undefined && isClear) return receive(asking, only);
  return stay(asking, replies.whichReceived(sent));
}

function receive(asking: Asking, { order, parcels }: Named): Handled {
  const parcelIds = parcels.map(({ id }) => id);
  const request = { parcelIds, to: 'delivered', carrier: null, waybills: [] } as const;
  return pending({
    command: ordering.advanceParcels(by(asking), order.id, request),
    settle: () => stay(closed(asking), replies.received(order, parcels, asking.shop)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

export async function notYet(asking: Asking, ref?: string): Promise<Handled> {
  const [only] = ref === undefined ? meantBy(await sentOf(asking)) : await sentOf(asking, ref);
  if (only === undefined) return stay(asking, replies.nothingOnItsWay());
  const { order, parcels } = only;
  const parcelIds = parcels.map(({ id }) => id);
  return pending({
    command: ordering.reportNotArrived(by(asking), order.id, parcelIds),
    settle: () => stay(asking, replies.notYetThere(order, parcels)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

/** `기다릴게요`: to the button under a moved parcel (`ord_1:1.2`), else of whatever is still to come. */
export async function waitFor(asking: Asking, ref?: string): Promise<Handled> {
  const named = await namedOf(asking, ref);
  const coming = named.find(({ order, parcels }) => isOpen(order) && parcels.some(canCancel));
  if (coming !== undefined) return stay(asking, replies.waiting(coming.order));
  const [newest] = named;
  if (newest === undefined) return stay(asking, replies.noOrders());
  return stay(asking, replies.nothingToWaitFor(newest.order, newest.parcels));
}

/** What is wrong is asked first; the answer goes to the seller. */
export async function askTrouble(asking: Asking, ref?: string): Promise<Handled> {
  const [orderId] = (ref ?? '').split(':');
  const paid = (await ordersOf(asking)).filter(({ state }) => state === 'paid');
  const order =
    ref === undefined
      ? (paid.find(({ parcels }) => parcels.some(hasLeft)) ?? paid[0])
      : paid.find(({ id }) => id === orderId);
  if (order === undefined) return stay(asking, replies.askSeller(asking.shop));
  return ask(asking, { kind: 'trouble', orderId: order.id }, () => replies.askTrouble(order.code));
}

function hasLeft({ state }: Parcel): boolean {
  return state === 'shipped' || state === 'delivered';
}

export function answerTrouble(asking: Asking, orderId: string): Handled {
  if (isNo(asking.text)) return stay(closed(asking), replies.noTrouble());
  return complainOf(closed(asking), orderId);
}

/** The buyer's own words go to the seller. */
export function complainOf(asking: Asking, orderId: string): Handled {
  return pending({
    command: ordering.complain(by(asking), orderId, asking.text),
    settle: () => stay(asking, replies.complaint(asking.shop)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}
