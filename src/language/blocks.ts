// Second stage: the tokens of one message become recipients, shared facts and noise.
import { type CountFact, readItems } from './items.ts';
import { cutLines, type Line } from './lines.ts';
import {
  type Block,
  conflictsWith,
  emptyBlock,
  type Fact,
  fill,
  filled,
  isName,
  isPrimary,
  mergeBlocks,
  mergeCount,
  type Notes,
} from './notes.ts';
import type { Token } from './page.ts';
import { CORRECTS } from './phrases.ts';
import type { Question } from './reading.ts';
import { takeReferences } from './references.ts';

export type Message = {
  readonly text: string;
  readonly taken: Uint8Array;
  readonly tokens: readonly Token[];
  /** The question of ours that this message answers. */
  readonly asked: Question | null;
  readonly first: boolean;
};

/** Adds what a message says to the notes. */
export function takeMessage(notes: Notes, message: Message): void {
  const { text, taken, tokens } = message;
  const { counts, header } = readItems(text, taken, tokens);
  const rest = takeSender(notes, text, tokens);
  takeShared(notes, rest);
  const writer = openWriter(notes, message);
  const lines = cutLines(text, rest, counts);
  for (const [index, line] of lines.entries()) takeLine(writer, line, lines.slice(index + 1));
  takeHeader(writer, header);
  notes.blocks = mergeBlocks(notes.blocks);
  if (notes.blocks.some((block) => filled(block) > 1)) {
    notes.blocks = notes.blocks.filter((block) => !isMention(block));
  }
}

/** Somebody who only said who he is, beside recipients with their data. */
const isMention = (block: Block): boolean =>
  block.introduced && filled(block) === 1 && block.homes.length === 0;

/** Takes out what belongs to the sender: his name, and a number or address said in his stretch. */
function takeSender(notes: Notes, text: string, tokens: readonly Token[]): Token[] {
  const rest: Token[] = [];
  let sending = false;
  let section = false;
  const recipientAt = tokens.findLastIndex(
    (token) => token.kind === 'party' && token.party === 'recipient',
  );
  const addresses = tokens.filter(({ kind }) => kind === 'address').length;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'party') {
      sending = token.party === 'sender';
      section = sending && (token.section || index < recipientAt);
      if (sending) notes.senderIsBuyer = BUYS.test(text.slice(token.start, token.start + 2));
      else rest.push(token);
    } else if (token.kind === 'sender') {
      notes.sender = token.text;
    } else if (token.kind === 'break') {
      if (!section || (token.blank && notes.sender !== null)) sending = false;
      rest.push(token);
    } else if (token.kind === 'phone' && (sending || token.sender)) {
      notes.senderPhone ??= token.digits;
    } else if (sending && token.kind === 'name' && notes.sender === null) {
      notes.sender = token.text;
    } else if (!(sending && token.kind === 'address' && addresses > 1 && index < recipientAt)) {
      rest.push(token);
    }
  }
  return rest;
}

const BUYS = /^(?:주문|구매|신청)/u;

function takeShared(notes: Notes, tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.kind === 'depositor') {
      notes.depositor = token.text;
      notes.depositorSame = token.sameAs;
    } else if (token.kind === 'memo') {
      if (!notes.memos.includes(token.text)) notes.memos.push(token.text);
    } else if (token.kind === 'wanted') {
      notes.wanted = { date: token.date, kind: token.wish };
    }
  }
}

type Writer = {
  readonly notes: Notes;
  readonly message: Message;
  /** The message sets something right that was said before it. */
  readonly corrects: boolean;
  /** Product words of earlier messages hold until the new ones are known to be for all. */
  readonly before: number;
  current: Block | null;
  /** Blocks that this message opened. */
  readonly opened: Set<Block>;
};

function openWriter(notes: Notes, message: Message): Writer {
  const asked = message.asked?.recipient ?? null;
  const current = (asked === null ? undefined : notes.blocks[asked]) ?? notes.blocks.at(-1) ?? null;
  const corrects = !message.first && CORRECTS.test(message.text);
  return { notes, message, corrects, before: notes.blocks.length, current, opened: new Set() };
}

function takeLine(writer: Writer, line: Line, following: readonly Line[]): void {
  const referred = takeReferences(writer.notes, line, writer.corrects);
  if (referred !== null) {
    writer.current = referred;
    return;
  }
  const primaries = line.facts.filter(isPrimary);
  if (primaries.length > 0) startBlock(writer, line, { primaries, following });
  for (const fact of line.facts) takeFact(writer, fact, primaries.length > 0);
}

type Surroundings = { readonly primaries: readonly Fact[]; readonly following: readonly Line[] };

/** Decides whether a line with data goes on with the current recipient or opens the next one. */
function startBlock(writer: Writer, line: Line, { primaries, following }: Surroundings): void {
  const { current, notes } = writer;
  const name = primaries.find(isName)?.text;
  const known = notes.blocks.find((block) => name !== undefined && block.name === name);
  if (known !== undefined) {
    writer.current = known;
    return;
  }
  if (current === null) {
    open(writer);
    return;
  }
  const early = !writer.opened.has(current);
  if (!primaries.some((fact) => conflictsWith(current, fact))) {
    const complete = filled(current) === 3 || (filled(current) === 2 && primaries.length >= 2);
    if ((line.blank || line.mark) && complete && !early) open(writer);
    return;
  }
  if (early && (writer.corrects || writer.message.asked !== null) && primaries.length < 3) return;
  if (primaries.every(({ kind }) => kind === 'phone') && !startsRow(following)) return;
  open(writer);
}

/** A number alone begins a recipient only if a name or an address comes before the next number. */
function startsRow(following: readonly Line[]): boolean {
  for (const { facts } of following) {
    for (const fact of facts) {
      if (fact.kind === 'phone') return false;
      if (isPrimary(fact)) return true;
    }
  }
  return false;
}

function open(writer: Writer): Block {
  const block = emptyBlock();
  writer.notes.blocks.push(block);
  writer.opened.add(block);
  writer.current = block;
  return block;
}

function takeFact(writer: Writer, fact: Fact, inRow: boolean): void {
  if (fact.kind === 'boxes') {
    takeCount(writer, fact.fact, inRow);
  } else if (fact.kind === 'home') {
    if (inRow && writer.current) fill(writer.current, fact);
  } else if (isPrimary(fact) || fact.kind === 'postcode') {
    const block = writer.current ?? open(writer);
    const overrides =
      (writer.corrects || writer.message.asked !== null) && !writer.opened.has(block);
    if (!conflictsWith(block, fact) || overrides) fill(block, fact);
    // The first number counts; of names and addresses a second one is a second recipient.
    else if (fact.kind !== 'phone') fill(open(writer), fact);
  }
}

/** A count is its row's, or the answer to our question, or nobody's until all is said. */
function takeCount(writer: Writer, fact: CountFact, inRow: boolean): void {
  const { notes, message, current, opened } = writer;
  const { asked } = message;
  if (asked?.field === 'boxes' && asked.recipient === null && !inRow) {
    notes.shared = [{ ...fact, each: fact.each || !fact.total }];
    return;
  }
  const answers = asked !== null && asked.recipient !== null;
  if (fact.total || (fact.each && !inRow && !answers)) {
    notes.shared.push(fact);
    return;
  }
  const others = notes.blocks.filter((block) => block !== current);
  if (current === null || !(inRow || answers || opened.has(current) || others.length === 0)) {
    notes.shared = message.first ? [...notes.shared, fact] : mergeCount(notes.shared, fact);
    return;
  }
  // Behind several recipients without a count it may be for all of them, or for the last one.
  const alone =
    !inRow &&
    !answers &&
    current.counts.length === 0 &&
    others.some(({ counts }) => counts.length === 0);
  if (alone) notes.shared.push(fact);
  else if (opened.has(current) || message.first) current.counts.push(fact);
  else {
    if (current.counts.length === 0 && others.length === 0) {
      current.counts = notes.shared.splice(0);
    }
    current.counts =
      answers && asked?.field === 'boxes' ? [fact] : mergeCount(current.counts, fact);
  }
}

function takeHeader(
  { notes, message, corrects, before, opened, current }: Writer,
  header: readonly string[],
): void {
  if (header.length === 0) return;
  const [only] = opened;
  const asked = message.asked?.recipient ?? null;
  if (asked !== null && current !== null) current.features = [...header];
  else if (before > 0 && opened.size === 1 && only !== undefined) only.features.push(...header);
  else if (notes.features.length === 0 || corrects || message.asked?.field === 'product') {
    notes.features = [...header];
  }
}
