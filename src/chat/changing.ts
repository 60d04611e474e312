// Changing where a parcel goes and how many boxes it holds, in words and by button, until it is
// harvested. Boxes change only by a yes to the question that shows what it costs.
import { findOrderCodes } from '../language/codes.ts';
import { answeredBoxes } from '../language/intent-slots.ts';
import { readNewAddress } from '../language/new-address.ts';
import { readBuyer } from '../language/read-intent.ts';
import type { Change, State } from '../orders/change.ts';
import type { Changed } from '../orders/change-effects.ts';
import { type ChangeRequest, isChangeable } from '../orders/change-plan.ts';
import { orderAfter } from '../orders/changing.ts';
import { localDate } from '../orders/dates.ts';
import { DomainError } from '../orders/errors.ts';
import type { Order, Parcel } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import type { Reply } from './bot.ts';
import type { OpenQuestion } from './conversation.ts';
import {
  type Asking,
  ask,
  by,
  closed,
  contextOf,
  type Handled,
  pending,
  type Step,
  stay,
} from './desk.ts';
import { ordersOf } from './own-orders.ts';
import * as replies from './replies/index.ts';

type Changeable = { readonly order: Order; readonly parcel: Parcel };

async function changeableParcels(asking: Asking): Promise<readonly Changeable[]> {
  const orders = await ordersOf(asking);
  return orders.flatMap((order) =>
    order.parcels
      .filter((parcel) => isChangeable(order, parcel))
      .map((parcel) => ({ order, parcel })),
  );
}

/** The one parcel that is meant, or what to say when there is none or more than one. */
async function whichParcel(
  asking: Asking,
  whose: (orders: readonly Order[]) => Reply,
): Promise<Changeable | Handled> {
  const all = await changeableParcels(asking);
  const [code] = findOrderCodes(asking.text);
  const ofCode = all.filter(({ order }) => code === undefined || order.code === code);
  const named = ofCode.filter(({ parcel }) => asking.text.includes(parcel.recipient));
  const [only, another] = named.length > 0 ? named : ofCode;
  if (only === undefined) return stay(asking, replies.nothingToChange(asking.shop));
  if (another === undefined) return only;
  const orders = new Map(ofCode.map(({ order }) => [order.id, order]));
  return stay(asking, whose([...orders.values()]));
}

function isFound(found: Changeable | Handled): found is Changeable {
  return found !== null && 'parcel' in found;
}

export async function changeAddress(asking: Asking): Promise<Handled> {
  const only = await whichParcel(asking, replies.whoseAddress);
  if (!isFound(only)) return only;
  const said = readNewAddress(asking.text);
  if (said !== null) return readdress(asking, only, said);
  const question = { kind: 'address', orderId: only.order.id, parcelId: only.parcel.id } as const;
  return ask(asking, question, () => replies.askNewAddress(only.parcel));
}

/** Null when the message is no address: then our question is over and the message is read anew. */
export async function answerAddress(
  asking: Asking,
  open: { readonly orderId: string; readonly parcelId: string },
): Promise<Handled> {
  const said = readNewAddress(asking.text);
  if (said === null) return null;
  const own = (await changeableParcels(asking)).find(({ parcel }) => parcel.id === open.parcelId);
  if (own === undefined) return stay(closed(asking), replies.nothingToChange(asking.shop));
  return readdress(closed(asking), own, said);
}

function readdress(
  asking: Asking,
  { order, parcel }: Changeable,
  said: NonNullable<ReturnType<typeof readNewAddress>>,
): Handled {
  const { memo } = parcel;
  const personal = {
    recipient: said.name ?? parcel.recipient,
    phone: said.phone ?? parcel.phone,
    address: said.address,
    postcode: said.postcode,
    memo,
    ...(parcel.called === undefined ? {} : { called: parcel.called }),
  };
  const request = { parcels: [{ parcelId: parcel.id, personal, items: null }] };
  return pending({
    command: ordering.change(by(asking), order.id, request),
    settle: (changed) => settled(asking, { order, changed }, replies.addressChanged(personal)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

export async function changeBoxes(asking: Asking): Promise<Handled> {
  const only = await whichParcel(asking, replies.whoseBoxes);
  if (!isFound(only)) return only;
  const { boxes = null } = readBuyer(asking.text, contextOf(asking));
  if (boxes !== null) return confirmBoxes(asking, only, boxes);
  const question = { kind: 'boxes', orderId: only.order.id, parcelId: only.parcel.id } as const;
  return ask(asking, question, () => replies.askBoxes(only.parcel));
}

/** Null when the message is no count. */
export async function answerBoxes(
  asking: Asking,
  open: Extract<OpenQuestion, { kind: 'boxes' }>,
): Promise<Handled> {
  const boxes = answeredBoxes(asking.text);
  if (boxes === null) return null;
  const own = (await changeableParcels(asking)).find(({ parcel }) => parcel.id === open.parcelId);
  if (own === undefined) return stay(closed(asking), replies.nothingToChange(asking.shop));
  return confirmBoxes(closed(asking), own, boxes);
}

async function confirmBoxes(asking: Asking, own: Changeable, boxes: number): Promise<Step> {
  const { order, parcel } = own;
  const { shop, now, desk } = asking;
  // Which of several products is meant cannot be seen in a number.
  if (parcel.items.length > 1) return stay(asking, replies.boxesChange(order));
  if (boxes === parcel.boxes) return stay(asking, replies.boxesAsTheyAre(parcel));
  if (boxes < 1) return stay(asking, replies.noBoxes(order));
  try {
    const days = await desk.store.findDays(shop.id, localDate(now, shop.policy.timeZone));
    const after = orderAfter({ shop, now, days }, order, boxesRequest(parcel, boxes));
    const toKrw = after.totalKrw;
    const about = { orderId: order.id, parcelId: parcel.id, boxes };
    const prices = { fromKrw: order.totalKrw, toKrw };
    return ask(asking, { kind: 'change-boxes', ...about, ...prices }, (id) =>
      replies.confirmBoxes(order, { parcel, boxes, toKrw, question: id }),
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return stay(asking, replies.changeRefused(error, shop));
  }
}

function boxesRequest(parcel: Parcel, boxes: number): ChangeRequest {
  const items = parcel.items.map(({ product }) => ({ product, boxes }));
  return { parcels: [{ parcelId: parcel.id, personal: null, items }] };
}

/** The yes to our question; `ref` is its id, so the yes of an older one does nothing. */
export async function changeBoxesYes(asking: Asking, ref: string): Promise<Handled> {
  const { open } = asking.talk;
  if (open?.kind !== 'change-boxes' || open.id !== ref)
    return stay(asking, replies.questionIsOver());
  const done = closed(asking);
  const own = (await changeableParcels(asking)).find(({ parcel }) => parcel.id === open.parcelId);
  if (own === undefined) return stay(done, replies.nothingToChange(asking.shop));
  const { order, parcel } = own;
  const command = ordering.change(by(asking), order.id, boxesRequest(parcel, open.boxes));
  return pending({
    command: { ...command, decide: (state) => atShownPrice(command.decide(state), open, state) },
    settle: (changed) =>
      settled(done, { order, changed }, replies.boxesChanged(changed.order, parcel, open.boxes)),
    refused: async (error) => {
      if (!('toKrw' in error.detail)) return stay(done, replies.changeRefused(error, asking.shop));
      return confirmBoxes(done, own, open.boxes);
    },
  });
}

/** What was agreed to is what the question showed; if the order changed meanwhile, it is asked anew. */
function atShownPrice(
  change: Change<Changed>,
  { fromKrw, toKrw }: { readonly fromKrw: number; readonly toKrw: number },
  state: Pick<State, 'order'>,
): Change<Changed> {
  const { order, difference } = change.answer;
  const totalKrw = order.totalKrw + (difference?.amountKrw ?? 0);
  if (totalKrw === toKrw && state.order?.totalKrw === fromKrw) return change;
  throw new DomainError('conflict', 'the price changed after the question', { toKrw, totalKrw });
}

/** Behind what is done stands what is still to be paid, or where to pay money back to. */
function settled(
  asking: Asking,
  { order, changed }: { readonly order: Order; readonly changed: Changed },
  done: Reply,
): Step {
  const { difference, refunds } = changed;
  if (difference !== null)
    return stay(asking, replies.payDifference(asking.shop, order, difference));
  const refundKrw = refunds.reduce((sum, { amountKrw }) => sum + amountKrw, 0);
  if (refundKrw === 0) return stay(asking, done);
  const needsAccount = refunds.some(({ state }) => state === 'needs_account');
  const reply = replies.together([done, replies.refundComing(refundKrw, needsAccount)]);
  if (!needsAccount) return stay(asking, reply);
  return ask(asking, { kind: 'refund-account', orderId: order.id }, () => reply);
}
