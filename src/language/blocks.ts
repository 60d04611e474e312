// Second stage: the tokens of one message become recipients, shared facts and noise.
import { takeAddressed } from './addressed.ts';
import { withoutAsides } from './asides.ts';
import { settlePending, takeDivision } from './division.ts';
import { type CountFact, type Items, readItems } from './items.ts';
import { cutLines, type Line } from './lines.ts';
import {
  addsKnownPlace,
  addsSomebody,
  isAside,
  renames,
  unitsBlock,
  withoutShop,
} from './newcomers.ts';
import {
  addUnit,
  type Block,
  conflictsWith,
  type Fact,
  fill,
  filled,
  isCalled,
  isName,
  isPrimary,
  mergeBlocks,
  mergeCount,
  type Notes,
} from './notes.ts';
import { takeRowDays } from './own-days.ts';
import { takeOwnMemos } from './own-memos.ts';
import { takeOwnName, takeWriter } from './own-name.ts';
import type { Token } from './page.ts';
import { ORDERS } from './phrases.ts';
import { resaysPhone, takeOwnSwap, takeProductSwap, takeRecants } from './recant.ts';
import { NOBODY, takeReferences } from './references.ts';
import { addMemo, takeSender, takeShared, withRowMemos } from './shared.ts';
import { shareAddress } from './shared-address.ts';
import { phoneForAll, sharePhone } from './shared-phone.ts';
import { withoutBystanders } from './sole-recipient.ts';
import { type Message, open, openWriter, type Writer } from './writer.ts';

/** Adds what a message says to the notes. */
export function takeMessage(notes: Notes, message: Message): void {
  const { text, tokens } = message;
  takeRecants(notes, message);
  const { counts, sections, ...header } = readItems(message);
  const received = takeSender(notes, text, withoutAsides(message));
  const forAll = phoneForAll(text, received);
  const single = received.filter((token) => token !== forAll);
  const undivided = takeDivision(notes, text, single, counts);
  const others = takeAddressed(notes, message, undivided, counts);
  const owned = message.asked?.field === 'name' ? others : takeOwnName(notes, text, others);
  const rest = withoutBystanders(notes, text, owned);
  const wanted = notes.wanted;
  const writer = openWriter(notes, message);
  const meant = writer.rows ? withRowMemos(text, rest) : rest;
  takeShared(notes, meant);
  const lines = cutLines(text, meant, counts);
  for (const [index, line] of lines.entries())
    takeLine(writer, line, () => startsRow(lines, index));
  const uncounted = !message.first && counts.length === 0;
  const swapped =
    uncounted &&
    (takeOwnSwap(notes, message, header) || (writer.corrects && takeProductSwap(notes, header)));
  if (!swapped) takeHeader(writer, header);
  if (writer.before === 0) takeLeads(notes, message, counts);
  for (const block of writer.opened) takeSection(block, sections);
  takeRowDays(notes, writer, wanted);
  notes.blocks = mergeBlocks(notes.blocks);
  shareAddress(notes, text, tokens);
  if (forAll !== null) sharePhone(notes, forAll);
  takeOwnMemos(notes, text, meant);
  settlePending(notes, writer.earlier);
  dropHalfKnown(writer);
  if (notes.blocks.some((block) => filled(block) > 1)) {
    const mentions = notes.blocks.filter(isMention);
    for (const block of mentions) notes.shared.push(...block.counts);
    notes.blocks = notes.blocks.filter((block) => !isMention(block));
    takeWriter(
      notes,
      mentions.filter((block) => writer.earlier.includes(block)),
    );
  }
}

/** "이름은 김민수" and nothing more: another recipient with all his data takes his place. */
function dropHalfKnown({ notes, earlier, opened }: Writer): void {
  const [only, another] = earlier;
  if (only === undefined || another !== undefined || opened.size === 0) return;
  const bare = filled(only) === 1 && only.name !== null && only.region === null;
  const complete = [...opened].some((block) => filled(block) === 3);
  if (!bare || !complete || only.counts.length + only.homes.length > 0) return;
  notes.blocks = notes.blocks.filter((block) => block !== only);
}

/** Somebody who only said who he is, beside recipients with their data. */
const isMention = (block: Block): boolean =>
  block.introduced && filled(block) === 1 && block.homes.length === 0;

function takeLine(writer: Writer, line: Line, startsRowHere: () => boolean): void {
  if (line.row !== null && writer.rows) {
    if (line.row === 'opens') open(writer);
    for (const fact of line.facts) takeFact(writer, fact, true);
    return;
  }
  if (addsSomebody(writer, line) || addsKnownPlace(writer, line)) return;
  if (isAside(writer, line) || renames(writer, line)) return;
  const placeless = writer.message.asked?.field === 'address' ? withoutShop(line, writer) : line;
  takeData(writer, placeless, startsRowHere);
}

function takeData(writer: Writer, line: Line, startsRowHere: () => boolean): void {
  const referred = takeReferences(writer.notes, line, writer.corrects);
  if (referred !== null) {
    if (referred !== NOBODY) writer.current = referred;
    return;
  }
  const primaries = line.facts.filter(isPrimary);
  const answer = leadingAnswer(writer, line, primaries);
  if (answer !== null) {
    takeFact(writer, answer, false);
    takeLine(writer, { ...line, facts: line.facts.slice(1) }, startsRowHere);
    return;
  }
  const owner = primaries.length > 0 ? calledBy(writer, line) : null;
  if (owner !== null) {
    writer.current = owner;
    for (const fact of line.facts) takeFact(writer, fact, true);
    return;
  }
  if (primaries.length > 0) startBlock(writer, line, { primaries, startsRowHere });
  for (const fact of line.facts) takeFact(writer, fact, primaries.length > 0);
}

/** "3박스요 그리고 박철수 010… 부산… 1박스도": the count in front answers our question. */
function leadingAnswer({ message }: Writer, line: Line, primaries: readonly Fact[]): Fact | null {
  const { asked } = message;
  const [first] = line.facts;
  if (asked?.field !== 'boxes' || asked.recipient === null || first?.kind !== 'boxes') return null;
  const counts = line.facts.filter(({ kind }) => kind === 'boxes').length;
  return primaries.length > 1 && counts > 1 ? first : null;
}

/** "인천은 두현석 010-…": whose line it is, when what he is called leads it and nothing contradicts. */
function calledBy({ notes }: Writer, { facts }: Line): Block | null {
  const [first] = facts;
  if (first?.kind !== 'home') return null;
  const [only, another] = notes.blocks.filter((block) => isCalled(block, first.word));
  if (only === undefined || another !== undefined) return null;
  return facts.some((fact) => isPrimary(fact) && conflictsWith(only, fact)) ? null : only;
}

type Surroundings = { readonly primaries: readonly Fact[]; readonly startsRowHere: () => boolean };

/** Decides whether a line with data goes on with the current recipient or opens the next one. */
function startBlock(writer: Writer, line: Line, { primaries, startsRowHere }: Surroundings): void {
  const { current, notes } = writer;
  const name = primaries.find(isName)?.text;
  const known = name === undefined ? undefined : notes.blocks.find((block) => block.name === name);
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
  if (early && writer.corrects && primaries.length < 3) return;
  if (early && answersOnly(writer, current, primaries)) return;
  const spare = filled(current) < 3 || !startsRowHere();
  if (primaries.every(({ kind }) => kind === 'phone') && spare) return;
  open(writer);
}

/** Nothing but what was asked differs; another name or number is another recipient's. */
function answersOnly({ message }: Writer, current: Block, primaries: readonly Fact[]): boolean {
  const { asked } = message;
  if (asked === null) return false;
  const others = primaries.filter((fact) => conflictsWith(current, fact));
  return others.every(({ kind }) => kind === asked.field);
}

const ROW_LINES_MAX = 8;

/** A number alone begins a recipient only if a name or an address comes before the next number. */
function startsRow(lines: readonly Line[], index: number): boolean {
  for (const { facts } of lines.slice(index + 1, index + 1 + ROW_LINES_MAX)) {
    for (const fact of facts) {
      if (fact.kind === 'phone') return false;
      if (isPrimary(fact)) return true;
    }
  }
  return false;
}

function takeFact(writer: Writer, fact: Fact, inRow: boolean): void {
  if (fact.kind === 'wanted') {
    const { current, opened, days } = writer;
    if (current !== null && opened.has(current)) days.push({ block: current, token: fact });
  } else if (fact.kind === 'boxes') {
    takeCount(writer, fact.fact, inRow);
  } else if (fact.kind === 'unit') {
    const block = unitsBlock(writer, fact);
    if (block !== null) addUnit(block, fact);
  } else if (fact.kind === 'memo') {
    if (fact.labelled) takeMemo(writer, fact, inRow);
  } else if (fact.kind === 'home') {
    if (inRow && writer.current) fill(writer.current, fact);
  } else if (isPrimary(fact) || fact.kind === 'postcode') {
    const block = writer.current ?? open(writer);
    const answers = writer.message.asked?.field === fact.kind;
    const earlier = !writer.opened.has(block);
    const overrides = (writer.corrects || answers) && earlier;
    if (!conflictsWith(block, fact) || overrides) fill(block, fact);
    else if (fact.kind === 'phone' && earlier && resaysPhone(writer.message.text))
      fill(block, fact);
    // The first number counts; of names and addresses a second one is a second recipient.
    else if (fact.kind !== 'phone') fill(open(writer), fact);
  }
}

/** A memo field is its recipient's; after the last one of several it may be for all. */
function takeMemo({ notes, current, opened }: Writer, fact: MemoFact, inRow: boolean): void {
  const others = notes.blocks.filter((block) => block !== current);
  const own = inRow || others.length === 0 || others.some(({ memo }) => memo !== null);
  if (current !== null && opened.has(current) && own) fill(current, fact);
  else addMemo(notes, fact);
}

type MemoFact = Extract<Fact, { kind: 'memo' }>;

/** With one of these another product comes on top of what was ordered. */
const ADDS = /추가|더 |도 |그리고/u;

/** A count is its row's, or the answer to our question, or nobody's until all is said. */
function takeCount(writer: Writer, fact: CountFact, inRow: boolean): void {
  const { notes, message, current, opened } = writer;
  const { asked } = message;
  const swaps = writer.corrects && !ADDS.test(message.text);
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
  const lacks =
    current?.counts.length === 0 && others.every(({ counts }) => counts.length > 0) && !fact.each;
  if (
    current === null ||
    !(inRow || answers || lacks || opened.has(current) || others.length === 0)
  ) {
    if (message.first) notes.shared.push(fact);
    else notes.shared = mergeCount(notes.shared, fact, swaps);
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
      answers && asked?.field === 'boxes' ? [fact] : mergeCount(current.counts, fact, swaps);
  }
}

/** "샤인 4박스요" in front of all recipients says what the boxes below hold. */
function takeLeads(
  notes: Notes,
  { text, tokens }: Pick<Message, 'text' | 'tokens'>,
  counts: readonly CountFact[],
): void {
  const to = tokens.find(({ kind }) => kind === 'phone' || kind === 'address')?.start;
  const before = to ?? Number.POSITIVE_INFINITY;
  const named = counts.filter(
    ({ start, features, namedAt }) =>
      features.length > 0 &&
      (start < before || namedAt.every(({ end }) => isChosen(text, tokens, end))),
  );
  const [first, ...rest] = named;
  if (first === undefined || rest.some(({ features }) => features.join() !== first.features.join()))
    return;
  notes.leads = first.features;
}

/** "황금향으로 손별이(010-…)에게 1박스, …": chosen before anybody is named. */
function isChosen(text: string, tokens: readonly Token[], end: number): boolean {
  const somebody = tokens.some(({ kind, start }) => start < end && DATA.has(kind));
  return !somebody && /^(?:으로|로|을|를)(?:요|만)?[\s,]/u.test(text.slice(end, end + 5));
}

const DATA: ReadonlySet<Token['kind']> = new Set(['name', 'phone', 'address', 'home', 'row']);

/** "<5kg>" above his row says what his boxes hold. */
function takeSection(block: Block, sections: Items['sections']): void {
  const at = block.from.phone?.spans[0]?.start ?? -1;
  const section = sections.find(({ start, end }) => at >= start && at < end);
  if (section === undefined) return;
  block.features = [...section.features];
  block.namedAt = section.namedAt;
}

type Header = Pick<Items, 'header' | 'headerAt'>;

function takeHeader(
  { notes, message, corrects, before, opened, current }: Writer,
  { header, headerAt }: Header,
): void {
  if (header.length === 0) return;
  // Beside a name, a number or an address that we asked for, a product word is no order.
  const field = message.asked?.field ?? 'product';
  if (field !== 'product' && field !== 'boxes' && !ORDERS.test(message.text)) return;
  const [only] = opened;
  const asked = message.asked?.recipient ?? null;
  if (asked !== null && current !== null) {
    current.features = [...header];
    current.namedAt = headerAt;
  } else if (before > 0 && opened.size === 1 && only !== undefined) {
    only.features.push(...header);
    only.namedAt = [...only.namedAt, ...headerAt];
  } else if (notes.features.length === 0 || corrects || message.asked?.field === 'product') {
    notes.features = [...header];
    notes.namedAt = headerAt;
    if (corrects) renameGoods(notes);
  }
}

/** "포도 말고 사과로 할게요": what was counted as one product is to be the other. */
function renameGoods({ blocks, shared, features }: Notes): void {
  const named = [...shared, ...blocks.flatMap(({ counts }) => counts)].map(({ features: own }) =>
    own.join(),
  );
  if (new Set(named).size > 1) return;
  const axes = new Set(features.map(axisOf));
  const renamed = (count: CountFact): CountFact => ({
    ...count,
    features: [...count.features.filter((feature) => !axes.has(axisOf(feature))), ...features],
  });
  for (const block of blocks) block.counts = block.counts.map(renamed);
}

const axisOf = (feature: string): string => feature.split(':', 1)[0] ?? '';
