// The draft of an order: what was said so far, read anew with every message, until it is confirmed.
import { saysAbsurdCount } from '../language/nonsense.ts';
import { isThanks, readBuyer } from '../language/read-intent.ts';
import { readOrder } from '../language/read-order.ts';
import type { OrderDraft, OrderReading, Said } from '../language/reading.ts';
import type { Chosen } from '../language/recall.ts';
import type { Change, NewOrder } from '../orders/change.ts';
import { localDate } from '../orders/dates.ts';
import type { Calendar } from '../orders/day.ts';
import { DomainError } from '../orders/errors.ts';
import type { Order } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { type Offer, type OrderRequest, offerFor } from '../orders/placing.ts';
import { PRIVACY_VERSION, productsOnSale } from '../orders/shop.ts';
import type { Reply } from './bot.ts';
import type { Draft } from './conversation.ts';
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
import { pageOf } from './links.ts';
import { readSaid } from './recalling.ts';
import * as replies from './replies/index.ts';

/** More is no order any more; the oldest is forgotten first. */
const SAID_MAX = 300;
const SAME_ORDER_MS = 10 * 60_000;
const RECENT_ORDERS_MAX = 10;

/** Takes the message into the draft if it says something about the order; null when it does not. */
export async function continueDraft(
  asking: Asking,
  onWithdrawn: () => Promise<Handled>,
  chosen: readonly Chosen[] = [],
): Promise<Handled> {
  const { draft } = asking.talk;
  const before = draft === null ? null : readOrder(draft.said, contextOf(asking));
  const said = await readSaid(asking, before, chosen);
  if ('reply' in said) return said;
  const all = [...(draft?.said ?? []), ...said].slice(-SAID_MAX);
  const reading = readOrder(all, contextOf(asking));
  if (draft === null)
    return reading.kind === 'none' ? null : show(asking, begin(asking, all), reading);
  if (reading.kind === 'none') return onWithdrawn();
  const isNews =
    before === null ||
    before.kind === 'none' ||
    JSON.stringify(reading.draft) !== JSON.stringify(before.draft);
  if (!isNews && !mayBePiece(asking, draft)) return null;
  return show(asking, { ...draft, said: all, at: asking.now.toISOString() }, reading);
}

/** An answer may come in pieces that mean nothing yet ("서울 마포구 월드컵로", "12길 5"): all are kept. */
function mayBePiece(asking: Asking, { question }: Draft): boolean {
  if (question === null || isThanks(asking.text)) return false;
  const { intent } = readBuyer(asking.text, contextOf(asking));
  return intent === 'other' || intent === 'order' || intent === 'change_address';
}

/** The confirm button or its words; `ref` names the card, null when the words were typed. */
export async function confirmDraft(asking: Asking, ref: string | null): Promise<Handled> {
  const { draft, placed } = asking.talk;
  const [draftId] = ref?.split('.') ?? [];
  if (placed !== null && (draftId === placed.draftId || (ref === null && draft === null)))
    return stay(asking, placed.reply);
  if (draft === null || (draftId !== undefined && draftId !== draft.id))
    return stay(asking, replies.nothingToConfirm());
  const reading = readOrder(draft.said, contextOf(asking));
  const card = `${draft.id}.${draft.card}`;
  if (reading.kind !== 'order') return tentative(await show(asking, draft, reading));
  if (ref !== null && ref !== card)
    return tentative(withHead(replies.cardIsOld(), await show(asking, draft, reading)));
  const same = await findSameOrder(asking, requestOf(reading.draft));
  if (same === null) return placeDraft(asking, draft.id);
  const question = { kind: 'again', draftId: draft.id } as const;
  return tentative(ask(asking, question, () => replies.orderAgain(same, draft.id)));
}

/** Nothing was placed: the same card pressed later may place it. */
function tentative(step: Step): Step {
  return { ...step, isTentative: true };
}

/** Places the draft as an order; the draft ends in the same transaction. */
export function placeDraft(asking: Asking, draftId: string): Handled {
  const { talk, turn, desk, shop } = asking;
  const { draft } = talk;
  if (draft === null || draft.id !== draftId)
    return stay(
      asking,
      talk.placed?.draftId === draftId ? talk.placed.reply : replies.nothingToConfirm(),
    );
  const reading = readOrder(draft.said, contextOf(asking));
  if (reading.kind !== 'order') return stay(asking, replies.nothingToConfirm());
  const request = requestOf(reading.draft, turn.person);
  const id = desk.newOrderId();
  const command = ordering.place(by(asking), { id, buyerId: turn.person.id, request });
  return pending({
    command: { ...command, decide: (state) => atCardPrice(command.decide(state), draft) },
    settle: (placed): Step => {
      // Who sends it said his number with the order: that is the one to call.
      const isSaid = (request.sender?.phone ?? null) !== null;
      const isPhoneAsked = talk.isPhoneAsked || turn.person.phone !== null || isSaid;
      const order = viewOf(placed, turn.person.sender.platform);
      const pay = replies.ordered(shop, order, pageOf(desk, order));
      const both = isPhoneAsked ? pay : withPhoneQuestion(pay);
      const reply = replies.spoken(both, talk.language);
      return {
        reply,
        talk: {
          ...talk,
          draft: null,
          placed: { draftId: draft.id, reply },
          isPhoneAsked: talk.isPhoneAsked || !isPhoneAsked,
          open: isPhoneAsked ? null : { kind: 'phone', id: `p${draft.id}` },
        },
      };
    },
    refused: async (error) => {
      const again = closed(asking);
      if ('cardKrw' in error.detail)
        return withHead(replies.cardIsOld(), await show(again, draft, reading));
      return stay(again, refusal(error, asking));
    },
  });
}

/** The price is settled by the card: if it changed meanwhile, the new card is shown first. */
function atCardPrice(change: Change<NewOrder>, { cardKrw }: Draft): Change<NewOrder> {
  const { totalKrw } = change.answer.order;
  if (cardKrw === null || cardKrw === totalKrw) return change;
  throw new DomainError('conflict', 'the price changed after the card', { cardKrw, totalKrw });
}

/** The open draft again: its card, or the question it waits for. */
export async function showDraft(asking: Asking): Promise<Handled> {
  const { draft } = asking.talk;
  if (draft === null) return stay(asking, replies.nothingToConfirm());
  return show(asking, draft, readOrder(draft.said, contextOf(asking)));
}

/** Behind an answer to something else stands what the open draft waits for. */
export async function remindOfDraft(asking: Asking, handled: Handled): Promise<Handled> {
  if (handled === null || !('reply' in handled)) return handled;
  const { draft, open } = handled.talk;
  if (draft === null || open !== null || handled.talk !== asking.talk) return handled;
  // A card of a paused store cannot be confirmed: the draft waits with it.
  if (asking.shop.state === 'paused') return handled;
  const reading = readOrder(draft.said, contextOf(asking));
  if (reading.kind === 'none') return handled;
  const reminder =
    reading.kind === 'order'
      ? replies.confirmReminder(draft.id, draft.card)
      : questionOf(reading, asking);
  const isUnknown = readBuyer(asking.text, contextOf(asking)).intent === 'other';
  const reply = replies.combine([handled.reply, reminder], ([answer, last]) => ({
    texts: [...(isUnknown ? [] : (answer?.texts ?? [])), ...(last?.texts ?? [])],
    choices: last?.choices ?? [],
  }));
  return { ...handled, reply };
}

function questionOf(
  reading: Extract<OrderReading, { kind: 'ask' }>,
  { shop, now, text }: Asking,
): Reply {
  const [question] = reading.questions;
  if (question === undefined) return replies.howToOrder();
  const { recipients } = reading.draft;
  const products = productsOnSale(shop, localDate(now, shop.policy.timeZone));
  const { maxBoxesPerOrder } = shop.policy;
  const isAbsurd = question.field === 'boxes' && saysAbsurdCount(text, maxBoxesPerOrder);
  const maxBoxes = isAbsurd ? maxBoxesPerOrder : null;
  return replies.askMissing(question, { recipients, products, maxBoxes });
}

function withHead(head: Reply, step: Step): Step {
  return { ...step, reply: replies.together([head, step.reply]) };
}

export function dropDraft(asking: Asking, ref?: string): Handled {
  const { draft } = asking.talk;
  const [draftId] = ref?.split('.') ?? [];
  // The button of an old card must not throw away a newer draft.
  if (draft === null || (draftId !== undefined && draftId !== draft.id))
    return stay(asking, replies.questionIsOver());
  return { reply: replies.dropped(), talk: { ...asking.talk, draft: null, open: null } };
}

function begin(asking: Asking, said: readonly Said[]): Draft {
  const at = asking.now.toISOString();
  return { id: `d${asking.talk.seq + 1}`, card: 0, said, question: null, cardKrw: null, at };
}

/**
 * The card when the draft is complete, else the first open question. With the first personal data stands
 * the notice on what becomes of it.
 */
async function show(asking: Asking, draft: Draft, reading: OrderReading): Promise<Step> {
  const { shop, turn, desk, message } = asking;
  const isDue = turn.noticeVersion !== PRIVACY_VERSION && holdsPersonal(reading);
  if (!isDue) return showPlain(asking, draft, reading);
  const notice = replies.privacyNotice(shop, desk.pagesUrl);
  const roomChars = message.roomChars - replies.lengthOf(notice);
  const step = await showPlain({ ...asking, message: { ...message, roomChars } }, draft, reading);
  const reply = replies.withLine(step.reply, notice);
  return { ...step, reply, person: { ...step.person, noticeVersion: PRIVACY_VERSION } };
}

function holdsPersonal(reading: OrderReading): boolean {
  if (reading.kind === 'none') return false;
  const { recipients, sender, depositor } = reading.draft;
  return (
    sender !== null ||
    depositor !== null ||
    recipients.some((one) => one.name !== null || one.phone !== null || one.address !== null)
  );
}

async function showPlain(asking: Asking, draft: Draft, reading: OrderReading): Promise<Step> {
  const { shop, now, desk } = asking;
  const today = localDate(now, shop.policy.timeZone);
  const seq = asking.talk.draft === null ? asking.talk.seq + 1 : asking.talk.seq;
  const talk = { ...asking.talk, seq, open: null };
  if (productsOnSale(shop, today).length === 0) return { reply: replies.soldOut(), talk };
  if (reading.kind === 'none') return { reply: replies.nothingToConfirm(), talk };
  if (reading.kind === 'ask') {
    const [question = null] = reading.questions;
    const reply = questionOf(reading, asking);
    return { reply, talk: { ...talk, draft: { ...draft, question } } };
  }
  const calendar = await calendarOf(asking);
  const card = draft.card + 1;
  try {
    const offer = offerFor(calendar, requestOf(reading.draft));
    const { sender, depositor, memo } = reading.draft;
    const reply = replies.card(shop, offer, {
      draftId: draft.id,
      cardNo: card,
      sender,
      depositor,
      memo,
      known: reading.draft.recipients.filter(({ isKnown }) => isKnown === true),
      guessed: reading.sources.filter(({ certainty }) => certainty === 'guess'),
      roomChars: asking.message.roomChars,
      pagesUrl: desk.pagesUrl,
    });
    return {
      reply,
      talk: { ...talk, draft: { ...draft, card, cardKrw: offer.totalKrw, question: null } },
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return {
      reply: refusal(error, asking),
      talk: { ...talk, draft: { ...draft, question: null } },
    };
  }
}

/** What the open draft would get, when it is complete and the rules let it be ordered. */
export async function draftOffer(asking: Asking): Promise<Offer | null> {
  if (asking.talk.draft === null) return null;
  const reading = readOrder(asking.talk.draft.said, contextOf(asking));
  if (reading.kind !== 'order') return null;
  const calendar = await calendarOf(asking);
  try {
    return offerFor(calendar, requestOf(reading.draft));
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** All that a date on a card is estimated from. */
async function calendarOf({ shop, now, desk }: Asking): Promise<Calendar> {
  const today = localDate(now, shop.policy.timeZone);
  const [days, unpaid] = await Promise.all([
    desk.store.findDays(shop.id, today),
    desk.store.findUnpaid(shop.id),
  ]);
  return { shop, now, days, unpaid };
}

function refusal(error: DomainError, asking: Asking): Reply {
  if (error.code === 'no_date' && 'wish' in error.detail) return replies.noDateOnWish(error);
  return replies.refused(error, asking.shop);
}

function requestOf(
  draft: OrderDraft,
  buyer: OrderRequest['buyer'] = { name: null, phone: null },
): OrderRequest {
  return {
    buyer: { name: buyer.name, phone: buyer.phone },
    sender: draft.sender === null ? null : { name: draft.sender, phone: draft.senderPhone },
    depositor: draft.depositor,
    memo: draft.memo,
    parcels: draft.recipients.map(({ name, phone, postcode, address, items, memo, ...one }) => ({
      // A complete reading has all three; the reader's own tests hold it to that.
      recipient: name ?? '',
      phone: phone ?? '',
      address: address ?? '',
      postcode,
      memo,
      items,
      // A date behind one recipient is his; the others have the order's.
      wanted: one.wanted === undefined ? draft.wanted : one.wanted,
      ...(one.called === undefined ? {} : { called: one.called }),
    })),
  };
}

/** An order of the last ten minutes with the same parcels. */
async function findSameOrder(asking: Asking, request: OrderRequest): Promise<Order | null> {
  const { desk, turn, shop, now } = asking;
  const since = new Date(now.getTime() - SAME_ORDER_MS).toISOString();
  const filter = { buyerId: turn.person.id, storeId: shop.id, since, limit: RECENT_ORDERS_MAX };
  const wanted = parcelKeys(request.parcels);
  const recent = await desk.store.findOrders(filter);
  const isOpen = ({ state }: Order) => state === 'awaiting_payment' || state === 'paid';
  return recent.find((order) => isOpen(order) && parcelKeys(order.parcels) === wanted) ?? null;
}

function parcelKeys(
  parcels: readonly {
    readonly recipient: string;
    readonly phone: string;
    readonly address: string;
    readonly items: readonly { readonly product: string; readonly boxes: number }[];
  }[],
): string {
  const keys = parcels.map(({ recipient, phone, address, items }) => {
    const counts = items.map(({ product, boxes }) => `${product}=${boxes}`).sort();
    return JSON.stringify([recipient, phone, address, counts]);
  });
  return keys.sort().join();
}

function viewOf({ order, personal, parcels }: NewOrder, platform: string): Order {
  return {
    ...order,
    ...personal,
    platform,
    linkGeneration: 0,
    parcels: order.parcels.flatMap((parcel, index) => {
      const own = parcels[index];
      return own === undefined ? [] : [{ ...parcel, ...own, row: null }];
    }),
  };
}

function withPhoneQuestion(pay: Reply): Reply {
  return replies.combine([pay, replies.askPhone()], (parts) => ({
    texts: parts.flatMap(({ texts }) => texts),
    choices: parts.toReversed().flatMap(({ choices }) => choices),
  }));
}
