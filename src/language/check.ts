// Last stage: what is known becomes a draft, what is missing or doubtful becomes questions.
import { assignCounts, countedProducts, readItems } from './assign.ts';
import { COPULA } from './endings.ts';
import { isAsKnown } from './named.ts';
import { type Block, emptyBlock, isListKey, type Notes, placeBelongs } from './notes.ts';
import { guessed, joinMarks, type Mark } from './origin.ts';
import type { Catalogue } from './product.ts';
import type {
  AskField,
  OrderContext,
  OrderDraft,
  OrderReading,
  Question,
  ReadRecipient,
  Source,
  WantedDate,
} from './reading.ts';

/** The politeness behind a unit is no part of the place: "202호요", "3층이에요". */
const SAID_ENDING = new RegExp(`(?<=[호층동\\d])(?:${COPULA})$`, 'u');

/** Checks every field, and turns what is missing into questions. */
export function check(notes: Notes, known: Catalogue, context: OrderContext): OrderReading {
  const blocks = notes.blocks.length > 0 ? notes.blocks : [emptyBlock()];
  const questions: Question[] = [];
  const asked = new Set<string>();
  const ask = (field: AskField, recipient: number | null): void => {
    const key = `${field} ${recipient}`;
    if (!asked.has(key)) questions.push({ field, recipient });
    asked.add(key);
  };
  const sources: Source[] = [];
  const writer = adopted(notes, blocks);
  adoptPhone(notes, blocks);
  const assigned = assignCounts(notes, blocks, known);
  const elsewhere = countedProducts(notes, known);
  // What is said of all goods is weighed for each recipient, and saying it again adds nothing.
  const said = { ...notes, features: [...new Set(notes.features)] };
  const recipients = blocks.map((block, index): ReadRecipient => {
    const name = block.name ?? (writer && notes[writer]);
    if (assigned.doubtful) ask('boxes', null);
    const items = readItems(
      block,
      assigned.counts[index] ?? [],
      { notes: said, known, context, elsewhere },
      {
        ask: (field) => ask(field, index),
        tell: (field, value, mark) => sources.push({ field, recipient: index, value, ...mark }),
      },
    );
    const address = placeBelongs(block) ? block.longAddress : block.address;
    if (address === null) ask('address', index);
    if (name === null) ask('name', index);
    if (block.phone === null) ask('phone', index);
    const recipient = {
      name,
      phone: block.phone,
      postcode: block.postcode,
      address: address === null ? null : address.replace(SAID_ENDING, ''),
      items,
      memo: blocks.length > 1 ? block.memo : null,
      ...(block.wanted === null ? {} : { wanted: block.wanted }),
      ...calledOf(block),
      ...(isAsKnown(block) ? { isKnown: true as const } : {}),
    };
    sources.push(
      ...sourcesOf(recipient, index, {
        block,
        writer: writer === null ? undefined : notes.from[writer],
      }),
    );
    return recipient;
  });
  // Each count fits, and all of them together are more than one order may have.
  const sum = recipients.flatMap(({ items }) => items).reduce((all, { boxes }) => all + boxes, 0);
  if (sum > context.maxBoxes && questions.length === 0) ask('boxes', null);
  const draft: OrderDraft = {
    recipients,
    sender: notes.sender,
    senderPhone: notes.senderPhone,
    depositor: depositorOf(notes, recipients),
    memo: orderMemo(notes, blocks),
    wanted: notes.wanted,
  };
  sources.push(...sharedSources(draft, notes, blocks));
  if (questions.length === 0) return { kind: 'order', draft, sources };
  return { kind: 'ask', draft, sources, questions };
}

/** Letters and towns of a list ("가", "인천") mean nothing outside it. */
function calledOf({ homes }: Block): { readonly called?: string } {
  const called = homes.find((home) => !isListKey(home));
  return called === undefined ? {} : { called };
}

/** `writer` is where the name was said of a recipient who has none of his own. */
type Facts = { readonly block: Block; readonly writer: Mark | undefined };

/** Where each value of one recipient was said. */
function sourcesOf(
  { name, phone, postcode, address, memo, wanted }: ReadRecipient,
  recipient: number,
  { block, writer }: Facts,
): Source[] {
  const { from } = block;
  const adopted = writer && guessed(writer);
  const told: readonly Told[] = [
    { field: 'name', value: name, mark: block.name === null ? adopted : from.name },
    { field: 'phone', value: phone, mark: from.phone },
    { field: 'postcode', value: postcode, mark: from.postcode },
    { field: 'address', value: address, mark: placeBelongs(block) ? toPlace(block) : from.address },
    { field: 'memo', value: memo, mark: from.memo },
    { field: 'wanted', value: dateOf(wanted), mark: from.wanted },
  ];
  return told.flatMap((one) => source(one, recipient));
}

function sharedSources(draft: OrderDraft, notes: Notes, blocks: readonly Block[]): Source[] {
  const { from } = notes;
  const { sender, senderPhone, depositor, memo, wanted } = draft;
  const own = blocks.length === 1 ? blocks[0]?.from.memo : undefined;
  const orderer = notes.depositorSame === 'sender' ? from.sender : undefined;
  const whose = notes.depositorSame === null ? undefined : (orderer ?? blocks[0]?.from.name);
  const told: readonly Told[] = [
    { field: 'sender', value: sender, mark: from.sender },
    { field: 'senderPhone', value: senderPhone, mark: from.senderPhone },
    { field: 'depositor', value: depositor, mark: both(whose, from.depositor) },
    { field: 'memo', value: memo, mark: both(own, from.memo) },
    { field: 'wanted', value: dateOf(wanted), mark: from.wanted },
  ];
  return told.flatMap((one) => source(one, null));
}

const dateOf = (wanted: WantedDate | null | undefined): string | null => wanted?.date ?? null;

type Told = {
  readonly field: Source['field'];
  readonly value: string | null;
  readonly mark: Mark | undefined;
};

const source = ({ field, value, mark }: Told, recipient: number | null): Source[] =>
  value === null || mark === undefined ? [] : [{ field, recipient, value, ...mark }];

const both = (first: Mark | undefined, second: Mark | undefined): Mark | undefined =>
  second === undefined ? first : joinMarks(first, second);

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

/** As far as the end of that shop. */
function toPlace({ from: { address }, placeStart, placeEnd }: Block): Mark | undefined {
  if (address === undefined) return undefined;
  const at = address.spans.findLastIndex(({ start }) => start <= placeStart);
  const spans = address.spans.map((span, index) =>
    index === at && span.end < placeEnd ? { ...span, end: placeEnd } : span,
  );
  return { ...address, spans };
}

/** 주문자 or "저 김영희" with a phone and an address and no 받는분: he orders for himself. */
function adopted(notes: Notes, blocks: readonly Block[]): 'sender' | 'depositor' | null {
  const [only, another] = blocks;
  if (only === undefined || another !== undefined || only.name !== null) return null;
  if (notes.senderReceives) return 'sender';
  if (only.phone === null || only.address === null) return null;
  if (notes.senderIsBuyer) return 'sender';
  return notes.depositorWrites && notes.sender === null ? 'depositor' : null;
}

/** "받는분: 주문자와 동일" holds for his number as well. */
function adoptPhone({ senderReceives, senderPhone, from }: Notes, blocks: readonly Block[]): void {
  const [only, another] = blocks;
  if (!senderReceives || only === undefined || another !== undefined) return;
  if (only.phone !== null || only.phoneBad || senderPhone === null) return;
  only.phone = senderPhone;
  if (from.senderPhone !== undefined) only.from.phone = guessed(from.senderPhone);
}
