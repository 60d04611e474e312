// What a buyer may say: orders in his own words, and the commands of the table below.
import { isYes } from '../language/answers.ts';
import { findOrderCodes } from '../language/codes.ts';
import { findPhones } from '../language/phone.ts';
import { readAccount } from '../language/read-account.ts';
import { readBuyer } from '../language/read-intent.ts';
import { readOrder } from '../language/read-order.ts';
import type { BuyerIntent } from '../language/reading.ts';
import { refundFor } from '../orders/cancelling.ts';
import { isChangeable } from '../orders/changing.ts';
import { addDays, localDate } from '../orders/dates.ts';
import { roomOn } from '../orders/harvest.ts';
import { canCancel, isLive, type Order, type Parcel } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { productsOnSale } from '../orders/shop.ts';
import { type Asking, by, contextOf, type Handled, pending, stay } from './desk.ts';
import { confirmDraft, continueDraft, dropDraft, placeDraft } from './drafts.ts';
import * as replies from './replies.ts';

const ORDERS_SHOWN = 3;
const ORDERS_READ_MAX = 20;
const DATES_SHOWN = 5;

type Handler = (asking: Asking) => Promise<Handled> | Handled;

/** Buttons say their label, so typing it does the same. */
const SAID: Readonly<Record<string, Handler>> = {
  [replies.BUTTONS.confirm]: (asking) => confirmDraft(asking, null),
  [replies.BUTTONS.edit]: editDraft,
  [replies.BUTTONS.drop]: dropDraft,
  [replies.BUTTONS.order]: (asking) => stay(asking, replies.howToOrder()),
  [replies.BUTTONS.status]: showOrders,
  [replies.BUTTONS.track]: showOrders,
  [replies.BUTTONS.info]: showPrices,
  [replies.BUTTONS.copyAccount]: showAccount,
  [replies.BUTTONS.paid]: claimPaid,
  [replies.BUTTONS.cancelOrder]: cancel,
  [replies.BUTTONS.changeAddress]: changeAddress,
  [replies.BUTTONS.wait]: (asking) => stay(asking, replies.waiting()),
  [replies.BUTTONS.refundAccount]: askRefundAccount,
  [replies.BUTTONS.cancelYes]: (asking) => cancelYes(asking, asking.talk.open?.id ?? ''),
  [replies.BUTTONS.skip]: (asking) => stay(asking, replies.phoneSkipped()),
  [replies.BUTTONS.no]: (asking) => stay(closed(asking), replies.notCancelled()),
  [replies.BUTTONS.menu]: greet,
};

const ACTS: Readonly<Record<string, (asking: Asking, ref: string) => Promise<Handled> | Handled>> =
  {
    confirm: confirmDraft,
    edit: editDraft,
    drop: dropDraft,
    again: (asking, ref) => placeDraft(asking, ref),
    cancel: cancelPressed,
    'cancel-yes': cancelYes,
    'cancel-moved': cancelPressed,
    'cancel-placed': (asking) => cancel({ ...asking, talk: { ...asking.talk, draft: null } }),
    'drop-draft': dropDraft,
    no: (asking, ref) => {
      if (asking.talk.open?.id !== ref) return stay(asking, replies.questionIsOver());
      return stay(closed(asking), replies.notCancelled());
    },
  };

const INTENTS: Readonly<Record<BuyerIntent, Handler>> = {
  order: (asking) => stay(asking, replies.howToOrder()),
  ask_price: showPrices,
  ask_stock: showDates,
  ask_product: (asking) => stay(asking, replies.askSeller(asking.shop)),
  ask_account: showAccount,
  ask_status: showOrders,
  ask_ship_date: async (asking) => ((await hasOpenOrder(asking)) ? showOrders : showDates)(asking),
  paid: claimPaid,
  cancel,
  complain,
  greet,
  change_address: changeAddress,
  change_boxes: changeBoxes,
  other: (asking) => (asking.turn.isNew ? greet : sayUnknown)(asking),
};

export async function answerBuyer(asking: Asking): Promise<Handled> {
  const { press } = asking.message;
  if (press !== undefined) {
    const act = ACTS[press.act];
    if (act !== undefined) return act(asking, press.ref);
  }
  const answered = await answerOpenQuestion(asking);
  if (answered !== null) return answered;
  const said = SAID[asking.text];
  if (said !== undefined) return said(asking);
  const drafted = await continueDraft(asking, () => cancel(asking));
  if (drafted !== null) return drafted;
  return INTENTS[readBuyer(asking.text, contextOf(asking)).intent](asking);
}

function closed(asking: Asking): Asking {
  return { ...asking, talk: { ...asking.talk, open: null } };
}

/** The next message answers our question when it fits; else the question is dropped. */
async function answerOpenQuestion(asking: Asking): Promise<Handled> {
  const { open } = asking.talk;
  switch (open?.kind) {
    case 'phone':
      return answerPhone(asking);
    case 'refund-account':
      return answerRefundAccount(asking, open.orderId);
    case 'address':
      return answerAddress(asking, open);
    case 'cancel':
      return isYes(asking.text) ? cancelYes(asking, open.id) : null;
    default:
      return null;
  }
}

function answerPhone(asking: Asking): Handled {
  const talk = { ...asking.talk, open: null };
  if (asking.text === replies.BUTTONS.skip) return { reply: replies.phoneSkipped(), talk };
  const [found] = findPhones(asking.text);
  const isOnlyPhone = found !== undefined && asking.text.length <= found.end - found.start + 8;
  if (!isOnlyPhone || found.digits === null) return null;
  return { reply: replies.phoneKept(), talk, person: { phone: found.digits } };
}

async function greet(asking: Asking): Promise<Handled> {
  const { shop } = asking;
  const today = localDate(asking.now, shop.policy.timeZone);
  return stay(asking, replies.greeting(shop, productsOnSale(shop, today)));
}

function sayUnknown(asking: Asking): Handled {
  return stay(asking, replies.askSeller(asking.shop));
}

function editDraft(asking: Asking): Handled {
  const reply = asking.talk.draft === null ? replies.nothingToConfirm() : replies.whatToEdit();
  return stay(asking, reply);
}

function showPrices(asking: Asking): Handled {
  const { shop } = asking;
  const today = localDate(asking.now, shop.policy.timeZone);
  return stay(asking, replies.prices(shop, productsOnSale(shop, today)));
}

async function showDates(asking: Asking): Promise<Handled> {
  const { shop, now, desk } = asking;
  const today = localDate(now, shop.policy.timeZone);
  const days = await desk.store.findDays(shop.id, today);
  const open = Array.from({ length: shop.policy.horizonDays }, (_, ahead) => addDays(today, ahead))
    .map((date) => ({ date, leftBoxes: roomOn({ shop, days, now }, date) }))
    .filter(({ leftBoxes }) => leftBoxes > 0);
  return stay(asking, replies.harvestPlan(open.slice(0, DATES_SHOWN)));
}

async function ordersOf(asking: Asking): Promise<readonly Order[]> {
  const { desk, turn, shop } = asking;
  return desk.store.findOrders({
    buyerId: turn.person.id,
    storeId: shop.id,
    limit: ORDERS_READ_MAX,
  });
}

async function hasOpenOrder(asking: Asking): Promise<boolean> {
  const orders = await ordersOf(asking);
  return orders.some(({ state }) => state === 'paid' || state === 'awaiting_payment');
}

async function showOrders(asking: Asking): Promise<Handled> {
  const orders = await ordersOf(asking);
  const [code] = findOrderCodes(asking.text);
  const named = code === undefined ? orders : orders.filter((order) => order.code === code);
  if (named.length === 0) return stay(asking, replies.noOrders());
  return stay(
    asking,
    replies.orderStatus(await withTimes(asking, named.slice(0, ORDERS_SHOWN)), asking.shop),
  );
}

/** When each parcel reached each of its steps, by `parcel:state`. */
export async function withTimes(asking: Asking, orders: readonly Order[]) {
  const { store } = asking.desk;
  return Promise.all(
    orders.map(async (order) => {
      const history = await store.findHistory(order.storeId, order.id);
      const times = new Map(history.map((h) => [`${h.parcelId ?? ''}:${h.event}`, h.at]));
      return { order, times };
    }),
  );
}

async function showAccount(asking: Asking): Promise<Handled> {
  const { bank } = asking.shop.policy;
  const unpaid = (await ordersOf(asking)).find(({ state }) => state === 'awaiting_payment');
  if (unpaid === undefined || bank === null) return stay(asking, replies.accountInfo(asking.shop));
  return stay(
    asking,
    asking.text === replies.BUTTONS.copyAccount
      ? replies.accountAlone(bank)
      : replies.ordered(asking.shop, unpaid),
  );
}

async function claimPaid(asking: Asking): Promise<Handled> {
  const orders = await ordersOf(asking);
  const unpaid = orders.find(({ state }) => state === 'awaiting_payment');
  if (unpaid === undefined)
    return stay(asking, replies.nothingToPay(orders.find(({ state }) => state === 'paid') ?? null));
  return pending({
    command: ordering.claimPaid(by(asking), unpaid.id),
    settle: () => stay(asking, replies.claimedPaid(unpaid, asking.shop)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

async function complain(asking: Asking): Promise<Handled> {
  const [newest] = (await ordersOf(asking)).filter(({ state }) => state === 'paid');
  if (newest === undefined) return stay(asking, replies.askSeller(asking.shop));
  return pending({
    command: ordering.complain(by(asking), newest.id, asking.text),
    settle: () => stay(asking, replies.complaint(asking.shop)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

// Cancelling: the open draft first, then the one order that can be cancelled, else a choice.

async function cancel(asking: Asking): Promise<Handled> {
  const orders = await ordersOf(asking);
  const [code] = findOrderCodes(asking.text);
  const able = orders.filter(isCancellable).filter((o) => code === undefined || o.code === code);
  const { draft, seq } = asking.talk;
  if (draft !== null && code === undefined) {
    if (able.length === 0) return dropDraft(asking);
    const id = String(seq + 1);
    const open = { kind: 'drop-or-cancel', id } as const;
    return { reply: replies.dropOrCancel(id), talk: { ...asking.talk, seq: seq + 1, open } };
  }
  const [only, another] = able;
  if (only === undefined) {
    const named = orders.find((order) => code === undefined || order.code === code);
    return stay(asking, replies.nothingToCancel(named ?? null, asking.shop));
  }
  if (another !== undefined) return stay(asking, replies.whichToCancel(able.slice(0, 10)));
  return askToCancel(asking, only, only.parcels.filter(canCancel));
}

function isCancellable(order: Order): boolean {
  const isOpen = order.state === 'awaiting_payment' || order.state === 'paid';
  return isOpen && order.parcels.some(canCancel);
}

function askToCancel(asking: Asking, order: Order, parcels: readonly Parcel[]): Handled {
  const id = String(asking.talk.seq + 1);
  const parcelIds = parcels.map((parcel) => parcel.id);
  const refundKrw = refundFor(order, parcelIds);
  return {
    reply: replies.confirmCancel(order, { parcelIds, refundKrw, id }),
    talk: {
      ...asking.talk,
      seq: asking.talk.seq + 1,
      open: { kind: 'cancel', id, orderId: order.id, parcelIds },
    },
  };
}

/** A cancel button under an order (`id`) or a moved parcel (`id:1.2`): may be weeks old. */
async function cancelPressed(asking: Asking, ref: string): Promise<Handled> {
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

function cancelYes(asking: Asking, ref: string): Handled {
  const { open } = asking.talk;
  if (open?.kind !== 'cancel' || open.id !== ref) return stay(asking, replies.questionIsOver());
  const talk = { ...asking.talk, open: null };
  const { orderId, parcelIds } = open;
  const request = { parcelIds, reason: null, account: null };
  return pending({
    command: ordering.cancel(by(asking), orderId, request),
    settle: ({ order, refunds }) => {
      const fresh = refunds.filter(({ state }) => state === 'needs_account' || state === 'due');
      const refundKrw = fresh.reduce((sum, refund) => sum + refund.amountKrw, 0);
      const state = fresh[0]?.state ?? null;
      const id = String(talk.seq + 1);
      const account = { kind: 'refund-account', id, orderId } as const;
      return {
        reply: replies.cancelled(order.code, { refundKrw, state }),
        talk: state === 'needs_account' ? { ...talk, seq: talk.seq + 1, open: account } : talk,
      };
    },
    refused: (error) => ({ reply: replies.refused(error, asking.shop), talk }),
  });
}

async function askRefundAccount(asking: Asking): Promise<Handled> {
  const owed = (await ordersOf(asking)).find(({ refundDueKrw }) => refundDueKrw > 0);
  if (owed === undefined) return stay(asking, replies.nothingToCancel(null, asking.shop));
  const id = String(asking.talk.seq + 1);
  return {
    reply: replies.askRefundAccount(),
    talk: {
      ...asking.talk,
      seq: asking.talk.seq + 1,
      open: { kind: 'refund-account', id, orderId: owed.id },
    },
  };
}

async function answerRefundAccount(asking: Asking, orderId: string): Promise<Handled> {
  const account = readAccount(asking.text);
  if (account === null) return null;
  await asking.desk.store.setRefundAccount({ storeId: asking.shop.id, orderId, account });
  return { reply: replies.refundAccountKept(), talk: { ...asking.talk, open: null } };
}

// Changing

async function changeableParcels(asking: Asking) {
  const orders = await ordersOf(asking);
  return orders.flatMap((order) =>
    order.parcels
      .filter((parcel) => isChangeable(order, parcel))
      .map((parcel) => ({ order, parcel })),
  );
}

async function changeAddress(asking: Asking): Promise<Handled> {
  const all = await changeableParcels(asking);
  const [code] = findOrderCodes(asking.text);
  const named = all.filter(
    ({ order, parcel }) =>
      (code === undefined || order.code === code) &&
      (all.length === 1 || code === undefined || asking.text.includes(parcel.recipient)),
  );
  const [only, another] = named;
  if (only === undefined) return stay(asking, replies.nothingToChange(asking.shop));
  if (another !== undefined) {
    const orders = new Map(named.map(({ order }) => [order.id, order]));
    return stay(asking, replies.whoseAddress([...orders.values()]));
  }
  const { address } = readBuyer(asking.text, contextOf(asking));
  if (address !== undefined) return readdress(asking, only, { address });
  const id = String(asking.talk.seq + 1);
  const open = { kind: 'address', id, orderId: only.order.id, parcelId: only.parcel.id } as const;
  return {
    reply: replies.askNewAddress(only.parcel),
    talk: { ...asking.talk, seq: asking.talk.seq + 1, open },
  };
}

async function answerAddress(
  asking: Asking,
  open: { readonly orderId: string; readonly parcelId: string },
): Promise<Handled> {
  const asked = { field: 'address', recipient: 0 } as const;
  const reading = readOrder([{ text: asking.text, asked }], contextOf(asking));
  const found = reading.kind === 'none' ? undefined : reading.draft.recipients[0];
  if (found === undefined || found.address === null) return null;
  const own = (await changeableParcels(asking)).find(({ parcel }) => parcel.id === open.parcelId);
  if (own === undefined) return stay(closed(asking), replies.nothingToChange(asking.shop));
  const { name, phone, address, postcode } = found;
  return readdress(closed(asking), own, {
    address,
    postcode,
    recipient: name ?? own.parcel.recipient,
    phone: phone ?? own.parcel.phone,
  });
}

function readdress(
  asking: Asking,
  { order, parcel }: { order: Order; parcel: Parcel },
  to: { address: string; postcode?: string | null; recipient?: string; phone?: string },
): Handled {
  const { recipient, phone, memo } = parcel;
  const personal = { recipient, phone, memo, postcode: null, ...to };
  return pending({
    command: ordering.readdress(by(asking), order.id, { parcelId: parcel.id, personal }),
    settle: () => stay(asking, replies.addressChanged(personal)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

async function changeBoxes(asking: Asking): Promise<Handled> {
  const orders = await ordersOf(asking);
  const open = orders.find((order) =>
    order.parcels.some((p) => isLive(p) && isChangeable(order, p)),
  );
  return stay(asking, replies.boxesChange(open ?? null, asking.shop));
}
