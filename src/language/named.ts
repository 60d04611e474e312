// Somebody named without his data ("엄마집 2상자") takes his seat among the recipients of the draft.
import type { CountFact } from './items.ts';
import { type Block, emptyBlock, filled, type Notes } from './notes.ts';
import type { Mark } from './origin.ts';
import { type Catalogue, featuresOf } from './product.ts';
import type { Named, Question, ReadItem } from './reading.ts';

/** Nobody sells it today, so which product it shall be is asked. */
const NOT_ON_SALE = 'word:?';

/** Answers the question that his part of the message is read as an answer to: how many boxes. */
export function seatNamed(
  notes: Notes,
  named: Named,
  { question, known }: { readonly question: Question | undefined; readonly known: Catalogue },
): Question {
  const { recipient, called, items } = named;
  const block = seatOf(notes, named) ?? emptySeat(notes, question ?? null, called);
  if (recipient !== null) {
    const { name, phone, address, postcode } = recipient;
    Object.assign(block, { name, phone, phoneBad: false, address, addressBad: false, postcode });
    block.longAddress = null;
    block.known = recipient;
  }
  if (called !== null && !block.homes.includes(called)) block.homes.unshift(called);
  if (items.length > 0) block.counts = items.map((item) => countOf(item, known));
  return { field: 'boxes', recipient: notes.blocks.indexOf(block) };
}

/** He sits there already. */
function seatOf({ blocks }: Notes, { recipient, called }: Named): Block | undefined {
  if (recipient === null)
    return blocks.find(({ homes }) => called !== null && homes.includes(called));
  return blocks.find(
    ({ name, phone, address }) =>
      name === recipient.name && phone === recipient.phone && address === recipient.address,
  );
}

/** The recipient we asked for, or the only one, of whom nothing is known yet; else one more. */
function emptySeat({ blocks }: Notes, question: Question | null, called: string | null): Block {
  const asked = question?.recipient ?? null;
  const awaited = asked === null ? (blocks.length === 1 ? blocks[0] : undefined) : blocks[asked];
  const isAnother = (awaited?.homes ?? []).some((home) => home !== called);
  if (awaited !== undefined && filled(awaited) === 0 && !isAnother) return awaited;
  const block = emptyBlock();
  blocks.push(block);
  return block;
}

function countOf({ product, boxes }: ReadItem, known: Catalogue): CountFact {
  const features = featuresOf(product, known) ?? [NOT_ON_SALE];
  const flags = { each: false, shares: false, total: false, more: false, part: false };
  return { start: 0, features, boxes, ...flags, mark: UNSAID, namedAt: [] };
}

/** It stands in no message. */
const UNSAID: Mark = { spans: [], certainty: 'said' };

/** What was typed later in its place is the buyer's own words again. */
export function isAsKnown({ known, name, phone, address }: Block): boolean {
  if (known === null) return false;
  return known.name === name && known.phone === phone && known.address === address;
}
