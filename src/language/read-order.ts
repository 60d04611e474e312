// Reads what a buyer has said so far into an order, the questions still open, or nothing.
//
// tokens (kinds) → blocks (recipient, shared, noise) → assignment of counts → checks → questions
import { afterthoughtAt, doubtUnread, stateOf } from './afterthought.ts';
import { withoutAnnounced } from './announced.ts';
import { takeMessage } from './blocks.ts';
import { withoutChatFrames } from './chat-export.ts';
import { check } from './check.ts';
import { cutClauses } from './clauses.ts';
import { isOrder, noEvidence, weigh } from './evidence.ts';
import { BESIDE_PHONE } from './find-names.ts';
import { handlesOf } from './handles.ts';
import { withoutInjection } from './injections.ts';
import { type Letters, lettersOf } from './letters.ts';
import { seatNamed } from './named.ts';
import { normalise, TEXT_LENGTH_MAX } from './normalise.ts';
import { emptyNotes, type Notes } from './notes.ts';
import { blanked, type Token } from './page.ts';
import { takePhoneSlip } from './phone-slip.ts';
import { catalogue } from './product.ts';
import type { OrderContext, OrderReading, Said } from './reading.ts';
import { takeInParts } from './second-thoughts.ts';
import { type PhoneHead, phoneHead } from './split-phone.ts';
import { readTokens } from './tokens.ts';
import { bringsData, readWithdrawal, type Withdrawal } from './withdrawal.ts';

/** What is seen of a message on the way: its tokens, and where some reader has understood a letter. */
export type Glimpse = {
  readonly message: number;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly taken: Uint8Array;
};

/** `watch` is for explaining a reading; it changes nothing. */
/** 고민라 has not changed her mind: names and places say nothing of how a clause is meant. */
const WHO_AND_WHERE: ReadonlySet<Token['kind']> = new Set([
  'name',
  'sender',
  'depositor',
  'address',
]);

const isCertain = (token: Token): boolean =>
  token.kind !== 'name' || token.labelled || token.weight >= BESIDE_PHONE;

export function readOrder(
  said: readonly Said[],
  context: OrderContext,
  watch?: (glimpse: Glimpse) => void,
): OrderReading {
  const known = catalogue(context.products);
  let notes = emptyNotes();
  let evidence = noEvidence();
  let withdrawn = false;
  let first = true;
  let head: PhoneHead | null = null;
  const heard = withinBounds(said);
  for (const part of heard.flatMap((one, at) => parts(one, heard[at + 1]?.text ?? ''))) {
    const { whole, text, letters, asked: question, of, message } = part;
    const begun = of === undefined ? phoneHead(text, message) : null;
    const asked = of === undefined ? question : seatNamed(notes, of, { question, known });
    const taken = new Uint8Array(text.length + 1);
    const tokens = readTokens(text, {
      catalogue: known,
      today: context.today,
      asked: asked?.field ?? null,
      message,
      houses: notes.blocks.flatMap(({ address }) => address ?? []),
      called: notes.blocks.length > 1 ? handlesOf(notes.blocks) : [],
      region: regionOf(notes, asked?.recipient ?? null),
      nameless: isNameless(notes),
      head,
      taken,
      letters,
    });
    const beside = blanked({ text, tokens: tokens.filter(isCertain) }, WHO_AND_WHERE);
    const clauses = cutClauses(beside, letters);
    watch?.({ message, text: whole, tokens, taken });
    head = begun;
    if (begun !== null) continue;
    if (of !== undefined) {
      withdrawn = false;
      evidence.asked = true;
      takeMessage(notes, {
        index: message,
        text,
        letters,
        taken,
        tokens,
        clauses,
        asked: asked ?? null,
        first: false,
      });
      continue;
    }
    const isFirst = first;
    first = false;
    const before = stateOf(notes);
    const withdrawal = readWithdrawal(text, tokens, notes);
    if (withdrawal.kind === 'all') {
      withdrawn = true;
      notes = emptyNotes();
      evidence = noEvidence();
      continue;
    }
    if (withdrawal.kind === 'unclear') continue;
    if (takePhoneSlip(notes, { text, letters, message })) continue;
    const done = takeOut(notes, withdrawal);
    const rest = done > 0 ? tokens.filter(({ start }) => start >= done) : tokens;
    if (bringsData(tokens)) withdrawn = false;
    const about = { asked: asked ?? null, first: isFirst };
    takeInParts(notes, { index: message, text, letters, taken, tokens: rest, clauses, ...about });
    doubtUnread(notes, { text, tokens }, before);
    weigh(evidence, { text, letters, taken, tokens, clauses, asked: asked !== undefined });
  }
  if (withdrawn || !isOrder(notes, evidence)) return { kind: 'none' };
  return check(notes, known, context);
}

type Numbered = Said & { readonly message: number };
/** The letters are those of the whole, so they hold for every part of it. */
type Part = Numbered & { readonly whole: string; readonly letters: Letters };

/** What is said about a list below it is read once the list stands, at its place in the text. */
function parts(said: Numbered, next: string): Part[] {
  const whole = normalise(said.text);
  const letters = lettersOf(whole);
  const own = withoutChatFrames(withoutInjection(whole, letters), letters);
  const text = said.of === undefined ? withoutAnnounced(own, next) : own;
  const from = said.of === undefined ? afterthoughtAt({ text, letters }) : null;
  if (from === null) return [{ ...said, whole, letters, text }];
  const list = { ...said, whole, letters, text: text.slice(0, from) };
  return [list, { ...said, whole, letters, text: ' '.repeat(from) + text.slice(from) }];
}

const isNameless = ({ blocks }: Notes): boolean => {
  const [only, another] = blocks;
  if (only === undefined || another !== undefined || only.name !== null) return false;
  return only.phone !== null || only.address !== null;
};

/** The town of the recipient asked about, or of the only one, while his road is missing. */
function regionOf({ blocks }: Notes, asked: number | null): string | null {
  const block = asked === null ? (blocks.length === 1 ? blocks[0] : undefined) : blocks[asked];
  return block?.address === null ? block.region : null;
}

/** A correction, an answer, a recipient: none of these is left out before SHORT_CHARS_MAX. */
const SHORT = 500;
const SHORT_CHARS_MAX = 100_000;
const LONG_CHARS_MAX = TEXT_LENGTH_MAX;

/**
 * The draft is read anew with every message, so what is read of it is bounded: of the long messages
 * the newest with 20,000 characters together, of the short ones the newest with 100,000. The rest
 * is as if never said.
 */
function withinBounds(said: readonly Said[]): readonly (Said & { readonly message: number })[] {
  let long = LONG_CHARS_MAX;
  let short = SHORT_CHARS_MAX;
  const numbered = said.map((one, message) => ({ ...one, message }));
  const kept = numbered.toReversed().filter(({ text }) => {
    const length = Math.min(text.length, TEXT_LENGTH_MAX);
    if (length <= SHORT) {
      short -= length;
      return short >= 0;
    }
    if (length > long) return false;
    long -= length;
    return true;
  });
  return kept.toReversed();
}

/** Takes a part out of the notes; answers up to where the message has been dealt with. */
function takeOut(notes: Notes, withdrawal: Withdrawal): number {
  if (withdrawal.kind === 'recipients') {
    notes.blocks = notes.blocks.filter((block) => !withdrawal.blocks.includes(block));
    return withdrawal.to;
  }
  if (withdrawal.kind !== 'boxes') return 0;
  const { block, boxes, to } = withdrawal;
  block.counts = block.counts.map((count) => ({ ...count, boxes: (count.boxes ?? 0) - boxes }));
  return to;
}
