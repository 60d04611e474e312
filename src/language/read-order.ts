// Reads what a buyer has said so far into an order, the questions still open, or nothing.
//
// tokens (kinds) → blocks (recipient, shared, noise) → assignment of counts → checks → questions
import { assignCounts, readItems } from './assign.ts';
import { takeMessage } from './blocks.ts';
import { normalise } from './normalise.ts';
import { type Block, emptyBlock, emptyNotes, type Notes } from './notes.ts';
import type { Token } from './page.ts';
import {
  ABOUT_THE_PAST,
  ASKS_OR_COMPLAINS,
  INJECTION,
  ORDERS,
  SAME_AGAIN,
  WITHDRAWN,
} from './phrases.ts';
import { type Catalogue, catalogue } from './product.ts';
import type {
  AskField,
  OrderContext,
  OrderDraft,
  OrderReading,
  Question,
  ReadRecipient,
  Said,
} from './reading.ts';
import { readTokens } from './tokens.ts';

const MESSAGES_MAX = 200;

export function readOrder(said: readonly Said[], context: OrderContext): OrderReading {
  const known = catalogue(context.products);
  let notes = emptyNotes();
  let evidence = noEvidence();
  let withdrawn = false;
  for (const [index, { text: raw, asked }] of said.slice(-MESSAGES_MAX).entries()) {
    const text = normalise(raw);
    const taken = new Uint8Array(text.length + 1);
    const tokens = readTokens(text, {
      catalogue: known,
      today: context.today,
      asked: asked?.field ?? null,
      taken,
    });
    if (WITHDRAWN.test(text.replace(INJECTION, '')) && !bringsData(tokens)) {
      withdrawn = true;
      notes = emptyNotes();
      evidence = noEvidence();
      continue;
    }
    if (bringsData(tokens)) withdrawn = false;
    takeMessage(notes, { text, taken, tokens, asked: asked ?? null, first: index === 0 });
    weigh(evidence, text, tokens, asked !== undefined);
  }
  if (withdrawn || !isOrder(notes, evidence)) return { kind: 'none' };
  return check(notes, known, context);
}

type Evidence = {
  asked: boolean;
  ordering: boolean;
  naming: boolean;
  plainly: boolean;
  sameAgain: boolean;
  past: boolean;
  talk: boolean;
  labels: number;
};

const noEvidence = (): Evidence => ({
  asked: false,
  ordering: false,
  naming: false,
  plainly: false,
  sameAgain: false,
  past: false,
  talk: false,
  labels: 0,
});

function bringsData(tokens: readonly Token[]): boolean {
  return (
    tokens.some(({ kind }) => kind === 'address') &&
    tokens.some(({ kind }) => kind === 'phone' || kind === 'count')
  );
}

function weigh(evidence: Evidence, text: string, tokens: readonly Token[], asked: boolean): void {
  const plain = text.replace(INJECTION, ' ');
  evidence.asked ||= asked;
  evidence.ordering ||= ORDERS.test(plain);
  evidence.plainly ||= PLAIN_ORDER.test(plain) && ORDERS.test(plain);
  evidence.naming ||= tokens.some(({ kind }) => kind === 'mention');
  evidence.sameAgain ||= SAME_AGAIN.test(plain);
  evidence.past ||= ABOUT_THE_PAST.test(plain);
  evidence.talk ||= ASKS_OR_COMPLAINS.test(plain);
  evidence.labels += tokens.filter(
    (token) => (token.kind === 'name' || token.kind === 'address') && token.labelled,
  ).length;
}

const PLAIN_ORDER = /주문|예약|order/iu;

function isOrder(notes: Notes, evidence: Evidence): boolean {
  const { blocks, shared } = notes;
  const address = blocks.some((block) => block.address !== null || block.addressBad);
  const phone = blocks.some((block) => block.phone !== null || block.phoneBad);
  const name = blocks.some((block) => block.name !== null);
  const count =
    shared.length + notes.pending.length > 0 || blocks.some(({ counts }) => counts.length > 0);
  if (evidence.asked) return true;
  if (evidence.past && evidence.talk && !(address && phone && count)) return false;
  if (address && (phone || name || count)) return true;
  if (evidence.labels >= 2) return true;
  if (evidence.talk) return false;
  if (count && (phone || name)) return true;
  if (evidence.past) return false;
  if (count && evidence.ordering) return true;
  if (evidence.sameAgain && evidence.ordering) return true;
  if (name && phone) return true;
  return evidence.ordering && (evidence.naming || evidence.plainly);
}

/** Checks every field, and turns what is missing into questions. */
function check(notes: Notes, known: Catalogue, context: OrderContext): OrderReading {
  const blocks = notes.blocks.length > 0 ? notes.blocks : [emptyBlock()];
  const questions: Question[] = [];
  const ask = (field: AskField, recipient: number | null): void => {
    if (!questions.some((other) => other.field === field && other.recipient === recipient)) {
      questions.push({ field, recipient });
    }
  };
  const adopted = adoptSender(notes, blocks);
  const assigned = assignCounts(notes, blocks, known);
  const recipients = blocks.map((block, index): ReadRecipient => {
    const name = block.name ?? adopted;
    if (assigned.doubtful) ask('boxes', null);
    const items = readItems(
      block,
      assigned.counts[index] ?? [],
      { notes, known, context },
      (field) => ask(field, index),
    );
    const address = placeBelongs(block) ? block.longAddress : block.address;
    if (address === null) ask('address', index);
    if (name === null) ask('name', index);
    if (block.phone === null) ask('phone', index);
    return {
      name,
      phone: block.phone,
      postcode: block.postcode,
      address,
      items,
      memo: blocks.length > 1 ? block.memo : null,
    };
  });
  const draft: OrderDraft = {
    recipients,
    sender: notes.sender,
    senderPhone: notes.senderPhone,
    depositor: depositorOf(notes, recipients),
    memo: orderMemo(notes, blocks),
    wanted: notes.wanted,
  };
  if (questions.length === 0) return { kind: 'order', draft };
  return { kind: 'ask', draft, questions };
}

/** With one recipient his instruction is the order's. */
function orderMemo(notes: Notes, blocks: readonly Block[]): string | null {
  const own = blocks.length === 1 ? (blocks[0]?.memo ?? null) : null;
  const memos = [...(own === null ? [] : [own]), ...notes.memos.filter((memo) => memo !== own)];
  return memos.length > 0 ? memos.join(' ') : null;
}

function depositorOf(notes: Notes, recipients: readonly ReadRecipient[]): string | null {
  const recipient = recipients[0]?.name ?? null;
  if (notes.depositorSame === 'recipient') return recipient;
  return notes.depositorSame === 'sender' ? (notes.sender ?? recipient) : notes.depositor;
}

/** The shop behind the house number is part of the address when somebody else receives there. */
const placeBelongs = (block: Block): boolean =>
  block.longAddress !== null && block.name !== null && block.nameStart !== block.placeStart;

/** 주문자 with a phone and an address and no 받는분: he orders for himself. */
function adoptSender(notes: Notes, blocks: readonly Block[]): string | null {
  const [only] = blocks;
  if (blocks.length !== 1 || only === undefined || only.name !== null) return null;
  return only.phone !== null && only.address !== null && notes.senderIsBuyer ? notes.sender : null;
}
