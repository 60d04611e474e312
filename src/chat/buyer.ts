// What a buyer may say: orders in his own words, and the commands of the tables below.
import {
  isNo,
  isOneMore,
  isReceived,
  isSkip,
  isWhy,
  isYes,
  readOwnPhone,
} from '../language/answers.ts';
import { findOrderCodes } from '../language/codes.ts';
import { wantsToBeForgotten } from '../language/forget-me.ts';
import { readNonsense } from '../language/nonsense.ts';
import { asksTheFarm, isThanks, readBuyer } from '../language/read-intent.ts';
import type { BuyerIntent } from '../language/reading.ts';
import type { Chosen } from '../language/recall.ts';
import { confirmedCode } from '../language/staff-words.ts';
import { addDays, localDate } from '../orders/dates.ts';
import { roomOn } from '../orders/day.ts';
import type { Order } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { productsOnSale } from '../orders/shop.ts';
import { handToSeller } from './asking-seller.ts';
import { cancel, cancelPressed, cancelYes } from './cancelling.ts';
import {
  answerAddress,
  answerBoxes,
  changeAddress,
  changeBoxes,
  changeBoxesYes,
} from './changing.ts';
import { type Asking, by, closed, contextOf, type Handled, pending, stay } from './desk.ts';
import {
  confirmDraft,
  continueDraft,
  draftOffer,
  dropDraft,
  placeDraft,
  remindOfDraft,
  showDraft,
} from './drafts.ts';
import { askToForget, forgetYes } from './forgetting.ts';
import { pageOf } from './links.ts';
import { differenceOf, isOpen, ordersOf, withTimes } from './own-orders.ts';
import { answerWhich, chooseRecipient } from './recalling.ts';
import {
  answerReceipt,
  answerWhichReceipt,
  askForReceipt,
  ownNumberPressed,
  receiptOrderPressed,
} from './receipts.ts';
import {
  answerTrouble,
  askTrouble,
  complainOf,
  notYet,
  receivedBySaying,
  receivedPressed,
  waitFor,
} from './receiving.ts';
import { accountUnasked, answerRefundAccount, askRefundAccount } from './refund-account.ts';
import * as replies from './replies/index.ts';
import { explainDates } from './why.ts';

const ORDERS_SHOWN = 3;
const DATES_SHOWN = 5;
/** What is longer and asks nothing may still matter to the farm: its telephone is named. */
const CHATTER_CHARS_MAX = 16;

type Handler = (asking: Asking) => Promise<Handled> | Handled;

/** Buttons say their label, so typing it does the same, in either language. */
const SAID: ReadonlyMap<string, Handler> = byLabel({
  confirm: (asking) => confirmDraft(asking, null),
  edit: editDraft,
  drop: dropDraft,
  order: sayHowToOrder,
  status: showOrders,
  track: showOrders,
  info: showPrices,
  copyAccount: showAccount,
  paid: (asking) => claimPaid(asking),
  cancelOrder: cancel,
  changeAddress,
  wait: (asking) => waitFor(asking),
  notYet: (asking) => notYet(asking),
  trouble: (asking) => askTrouble(asking),
  statusOff: (asking) => wantStatus(asking, false),
  statusOn: (asking) => wantStatus(asking, true),
  refundAccount: askRefundAccount,
  cancelYes: (asking) => stay(asking, replies.questionIsOver()),
  changeYes: (asking) => stay(asking, replies.questionIsOver()),
  menu: greet,
});

type Act = (asking: Asking, ref: string) => Promise<Handled> | Handled;

/** A Map, because what was pressed comes from outside: `toString` must not find a method. */
const ACTS: ReadonlyMap<string, Act> = new Map(
  Object.entries<Act>({
    confirm: confirmDraft,
    edit: editDraft,
    drop: dropDraft,
    again: placeDraft,
    recipient: (asking, ref) => chooseRecipient(asking, ref, draftWith),
    paid: claimPaid,
    received: receivedPressed,
    'not-yet': notYet,
    trouble: askTrouble,
    wait: (asking, ref) => waitFor(closed(asking), ref),
    'status-off': (asking) => wantStatus(asking, false),
    'status-on': (asking) => wantStatus(asking, true),
    cancel: cancelPressed,
    'cancel-yes': cancelYes,
    'change-yes': changeBoxesYes,
    'cancel-moved': cancelPressed,
    'cancel-placed': (asking, ref) => ofQuestion(asking, ref, () => cancel(withoutDraft(asking))),
    'drop-draft': (asking, ref) => ofQuestion(asking, ref, () => dropDraft(asking)),
    forget: forgetYes,
    'receipt-order': receiptOrderPressed,
    'receipt-own': ownNumberPressed,
    no: (asking, ref) =>
      ofQuestion(asking, ref, () => stay(closed(asking), replies.notCancelled())),
  }),
);

const INTENTS: Readonly<Record<BuyerIntent, Handler>> = {
  order: sayHowToOrder,
  ask_price: (asking) => (asking.talk.draft === null ? showPrices : showDraft)(asking),
  ask_stock: showDates,
  ask_product: (asking) => (isThanks(asking.text) ? thank : whomToAsk)(asking),
  ask_account: showAccount,
  ask_status: showOrders,
  ask_ship_date: async (asking) => ((await hasOpenOrder(asking)) ? showOrders : showDates)(asking),
  ask_why: async (asking) =>
    (await explainDates(asking)) ?? ((await hasOpenOrder(asking)) ? showOrders : showDates)(asking),
  paid: (asking) => claimPaid(asking),
  cancel: cancelUnclear,
  complain,
  greet: (asking) => (isThanks(asking.text) ? thank : greet)(asking),
  change_address: changeAddress,
  change_boxes: changeBoxes,
  other: sayUnknown,
};

/** What is about a placed order is not the start of a new one, although it holds an address. */
const ABOUT_PLACED: ReadonlySet<BuyerIntent> = new Set([
  'cancel',
  'change_address',
  'change_boxes',
]);

const CHANGES: ReadonlySet<BuyerIntent> = new Set(['change_address', 'change_boxes']);
/** What a farmer who has ordered nothing says so, he says of the farm. */
const OF_FARM: ReadonlySet<BuyerIntent> = new Set([
  ...CHANGES,
  ...(['ask_status', 'ask_ship_date', 'cancel', 'complain', 'paid'] as const),
]);

/** A pressed button; null when it is none of ours. */
export async function pressedByBuyer(asking: Asking): Promise<Handled> {
  const { press } = asking.message;
  const act = press === undefined ? undefined : ACTS.get(press.act);
  return press === undefined || act === undefined ? null : act(asking, press.ref);
}

/** Our open question, if it is one to a buyer and this message answers it. */
export async function answerBuyerQuestion(asking: Asking): Promise<Handled> {
  const { open } = asking.talk;
  const { text } = asking;
  const says = (label: keyof typeof replies.BUTTONS) => replies.isLabel(text, label);
  switch (open?.kind) {
    case 'phone':
      return answerPhone(asking);
    case 'which':
      return answerWhich(asking, open, draftWith);
    case 'forget':
      if (isYes(text) || says('forgetYes')) return forgetYes(asking, open.id);
      return isNo(text) ? stay(closed(asking), replies.notForgotten()) : null;
    case 'refund-account':
      return SAID.has(replies.plainLabel(text)) ? null : answerRefundAccount(asking, open);
    case 'receipt-order':
      return answerWhichReceipt(asking, open);
    case 'receipt':
      if (says('ownNumber')) return ownNumberPressed(asking, open.id);
      return SAID.has(replies.plainLabel(text)) ? null : answerReceipt(asking, open);
    case 'trouble':
      return SAID.has(replies.plainLabel(text)) ? null : answerTrouble(asking, open.orderId);
    case 'address':
      return answerAddress(asking, open);
    case 'boxes':
      return answerBoxes(asking, open);
    case 'change-boxes':
      if (isYes(text) || says('changeYes')) return changeBoxesYes(asking, open.id);
      return isNo(text) ? stay(closed(asking), replies.notCancelled()) : null;
    case 'cancel':
      if (isYes(text) || says('cancelYes')) return cancelYes(asking, open.id);
      if (isNo(text) || says('wait')) return stay(closed(asking), replies.notCancelled());
      return null;
    case 'drop-or-cancel':
      if (says('drop')) return dropDraft(asking);
      if (says('cancelOrder')) return cancel(closed(withoutDraft(asking)));
      return isNo(text) ? stay(closed(asking), replies.notCancelled()) : null;
    case 'again':
      if (isYes(text) || isOneMore(text) || says('confirm'))
        return placeDraft(asking, open.draftId);
      return isNo(text) ? dropDraft(asking) : null;
    default:
      return null;
  }
}

/** A text that answers no question of ours. */
export async function answerBuyer(asking: Asking): Promise<Handled> {
  const said = SAID.get(replies.plainLabel(asking.text));
  if (said !== undefined) return said(asking);
  if (wantsToBeForgotten(asking.text)) return askToForget(asking);
  const money =
    (await paidByCode(asking)) ?? (await accountUnasked(asking)) ?? (await askForReceipt(asking));
  if (money !== null) return money;
  const received = isReceived(asking.text) ? await receivedBySaying(asking) : null;
  if (received !== null) return received;
  // A bare "왜?" is about the date, as long as there is one.
  const isDated = asking.talk.draft === null || (await draftOffer(asking)) !== null;
  const why = isWhy(asking.text) && isDated ? await explainDates(asking) : null;
  if (why !== null) return remindOfDraft(asking, why);
  if (await isAboutPlaced(asking)) return INTENTS[intentOf(asking)](asking);
  // "왜 목요일이에요?" wishes for no Thursday.
  if (asking.talk.draft !== null && intentOf(asking) === 'ask_why')
    return remindOfDraft(asking, await INTENTS.ask_why(asking));
  const drafted = await continueDraft(asking, () => cancel(asking));
  if (drafted !== null) return drafted;
  const intent = intentOf(asking);
  // Staff who have ordered nothing mean the farm: no order of theirs can be changed.
  const ofFarm = asking.roles.has('farmer') ? OF_FARM : CHANGES;
  const isOfFarm = asking.roles.size > 0 && ofFarm.has(intent) && !(await hasOpenOrder(asking));
  return remindOfDraft(asking, await (isOfFarm ? sayUnknown : INTENTS[intent])(asking));
}

/** What was said before our question which recipient is meant, with the answer. */
function draftWith(asking: Asking, chosen: readonly Chosen[]): Promise<Handled> {
  return continueDraft(asking, () => cancel(asking), chosen);
}

function intentOf(asking: Asking): BuyerIntent {
  return readBuyer(asking.text, contextOf(asking)).intent;
}

async function isAboutPlaced(asking: Asking): Promise<boolean> {
  if (asking.talk.draft !== null || !(await hasOpenOrder(asking))) return false;
  return ABOUT_PLACED.has(intentOf(asking));
}

function byLabel(
  table: Partial<Record<keyof typeof replies.BUTTONS, Handler>>,
): ReadonlyMap<string, Handler> {
  const keys = Object.keys(replies.BUTTONS) as (keyof typeof replies.BUTTONS)[];
  return new Map(
    keys.flatMap((key) => {
      const handler = table[key];
      return handler === undefined
        ? []
        : replies.labelsOf(key).map((label) => [label, handler] as const);
    }),
  );
}

function withoutDraft(asking: Asking): Asking {
  return { ...asking, talk: { ...asking.talk, draft: null } };
}

/** A press on a question that is still open; on an older one it does nothing. */
function ofQuestion(
  asking: Asking,
  ref: string,
  act: () => Promise<Handled> | Handled,
): Promise<Handled> | Handled {
  return asking.talk.open?.id === ref ? act() : stay(asking, replies.questionIsOver());
}

function answerPhone(asking: Asking): Handled {
  const done = closed(asking);
  if (isSkip(asking.text) || isYes(asking.text) || isNo(asking.text))
    return stay(done, replies.phoneSkipped());
  const phone = readOwnPhone(asking.text);
  return phone === null ? null : { ...stay(done, replies.phoneKept()), person: { phone } };
}

function greet(asking: Asking): Handled {
  const { shop, roles } = asking;
  if (roles.size > 0) return stay(asking, replies.staffGreeting(shop, roles));
  if (shop.state === 'paused') return stay(asking, replies.storePaused(shop));
  const today = localDate(asking.now, shop.policy.timeZone);
  return stay(asking, replies.greeting(shop, productsOnSale(shop, today)));
}

function thank(asking: Asking): Handled {
  return stay(asking, replies.thanks());
}

/** The summary of the evening, from now on or no more. */
function wantStatus(asking: Asking, wantsStatus: boolean): Handled {
  return { ...stay(asking, replies.statusWanted(wantsStatus)), person: { wantsStatus } };
}

/** What is no order: a question for the farm goes there, all else is answered kindly and shortly. */
function sayUnknown(asking: Asking): Promise<Handled> | Handled {
  const nonsense = readNonsense(asking.text);
  if (nonsense === 'insult') return stay(asking, replies.calmDown(asking.shop));
  const isStaff = asking.roles.size > 0;
  const isForFarm = nonsense === null && asksTheFarm(asking.text, contextOf(asking));
  // Beside a draft it is more likely an answer that could not be read.
  if (isStaff || (isForFarm && asking.talk.draft === null)) return whomToAsk(asking);
  if (asking.turn.isNew) return greet(asking);
  if (nonsense === 'noise') return stay(asking, replies.notRead());
  const isChatter = asking.text.length <= CHATTER_CHARS_MAX;
  return stay(asking, isChatter ? replies.smallTalk() : replies.askSeller(asking.shop));
}

/** Who works here is no buyer to be handed to the seller: he is shown what he may say. */
function whomToAsk(asking: Asking): Promise<Handled> | Handled {
  const { roles } = asking;
  return roles.size > 0 ? stay(asking, replies.staffMenu(roles)) : handToSeller(asking);
}

/** The reader saw no plain withdrawal of the open draft: of whom or what is asked, nothing is dropped. */
function cancelUnclear(asking: Asking): Promise<Handled> | Handled {
  const isOfDraft = asking.talk.draft !== null && findOrderCodes(asking.text).length === 0;
  return isOfDraft ? stay(asking, replies.whomToDrop()) : cancel(asking);
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

function sayHowToOrder(asking: Asking): Handled {
  const { shop } = asking;
  return stay(asking, shop.state === 'paused' ? replies.storePaused(shop) : replies.howToOrder());
}

async function showDates(asking: Asking): Promise<Handled> {
  const { shop, now, desk } = asking;
  if (shop.state === 'paused') return stay(asking, replies.storePaused(shop));
  const today = localDate(now, shop.policy.timeZone);
  const days = await desk.store.findDays(shop.id, today);
  const open = Array.from({ length: shop.policy.horizonDays }, (_, ahead) => addDays(today, ahead))
    .map((date) => ({ date, leftBoxes: roomOn({ shop, days, now }, date) }))
    .filter(({ leftBoxes }) => leftBoxes > 0);
  return stay(asking, replies.harvestPlan(open.slice(0, DATES_SHOWN)));
}

async function hasOpenOrder(asking: Asking): Promise<boolean> {
  return (await ordersOf(asking)).some(isOpen);
}

async function showOrders(asking: Asking): Promise<Handled> {
  const orders = await ordersOf(asking);
  const [code] = findOrderCodes(asking.text);
  const named = code === undefined ? orders : orders.filter((order) => order.code === code);
  if (named.length === 0) return stay(asking, replies.noOrders());
  const timed = await withTimes(asking, named.slice(0, ORDERS_SHOWN));
  const { shop, now, desk } = asking;
  const seen = { shop, now, pageOf: (order: Order) => pageOf(desk, order) };
  return stay(asking, replies.orderStatus(timed, seen));
}

async function showAccount(asking: Asking): Promise<Handled> {
  const { bank } = asking.shop.policy;
  const unpaid = (await ordersOf(asking)).find(({ state }) => state === 'awaiting_payment');
  if (unpaid === undefined || bank === null) return stay(asking, replies.accountInfo(asking.shop));
  return stay(
    asking,
    replies.isLabel(asking.text, 'copyAccount')
      ? replies.accountAlone(bank)
      : replies.ordered(asking.shop, unpaid, pageOf(asking.desk, unpaid)),
  );
}

/** `ref` names the order when the button under it was pressed; typed words mean the newest. */
async function claimPaid(asking: Asking, ref?: string): Promise<Handled> {
  const all = await ordersOf(asking);
  const orders = ref === undefined ? all : all.filter(({ id }) => id === ref);
  const unpaid = orders.find(({ state }) => state === 'awaiting_payment');
  const [newest] = orders;
  if (unpaid === undefined && newest?.state === 'expired') return claimLate(asking, newest);
  if (unpaid === undefined) return claimDifference(asking, orders);
  return pending({
    command: ordering.claimPaid(by(asking), unpaid.id),
    settle: () => stay(asking, replies.claimedPaid(unpaid, asking.shop)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

/** "입금 P7-042" of a buyer means his own order. */
async function paidByCode(asking: Asking): Promise<Handled> {
  const code = confirmedCode(asking.text);
  if (code === null) return null;
  const own = (await ordersOf(asking)).find((order) => order.code === code);
  return own === undefined ? null : claimPaid(asking, own.id);
}

/** The money may be the difference that a change waits for. */
async function claimDifference(asking: Asking, orders: readonly Order[]): Promise<Handled> {
  for (const order of orders) {
    const difference = await differenceOf(asking, order);
    if (difference !== null) return stay(asking, replies.claimedDifference(order, difference));
  }
  return stay(asking, replies.nothingToPay(orders.find(isOpen) ?? null));
}

/** Money said to be sent for an order whose time is over: never lost, the seller hears it. */
function claimLate(asking: Asking, { id, code }: Order): Handled {
  return pending({
    command: ordering.complain(by(asking), id, asking.text),
    settle: () => stay(asking, replies.claimedLate(code)),
    refused: (error) => stay(asking, replies.refused(error, asking.shop)),
  });
}

async function complain(asking: Asking): Promise<Handled> {
  const [newest] = (await ordersOf(asking)).filter(({ state }) => state === 'paid');
  if (newest === undefined) return whomToAsk(asking);
  return complainOf(asking, newest.id);
}
