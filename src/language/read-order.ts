// Reads what a buyer has said so far into an order, the questions still open, or nothing.
//
// tokens (kinds) → blocks (recipient, shared, noise) → assignment of counts → checks → questions
import { takeMessage } from './blocks.ts';
import { check } from './check.ts';
import { cutClauses } from './clauses.ts';
import { handlesOf } from './handles.ts';
import { withoutInjection } from './injections.ts';
import { seatNamed } from './named.ts';
import { normalise, TEXT_LENGTH_MAX } from './normalise.ts';
import { emptyNotes, type Notes } from './notes.ts';
import type { Token } from './page.ts';
import { ABOUT_THE_PAST, ASKS_OR_COMPLAINS, ORDERS, SAME_AGAIN, WONDERS } from './phrases.ts';
import { catalogue } from './product.ts';
import type { OrderContext, OrderReading, Said } from './reading.ts';
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
  for (const { text: raw, asked: question, of, message } of withinBounds(said)) {
    const whole = normalise(raw);
    const text = withoutInjection(whole);
    const clauses = cutClauses(text);
    const asked = of === undefined ? question : seatNamed(notes, of, { question, known });
    const taken = new Uint8Array(text.length + 1);
    const tokens = readTokens(text, {
      catalogue: known,
      today: context.today,
      asked: asked?.field ?? null,
      message,
      called: notes.blocks.length > 1 ? handlesOf(notes.blocks) : [],
      region: regionOf(notes, asked?.recipient ?? null),
      taken,
    });
    watch?.({ message, text: whole, tokens, taken });
    if (of !== undefined) {
      withdrawn = false;
      evidence.asked = true;
      takeMessage(notes, { text, taken, tokens, clauses, asked: asked ?? null, first: false });
      continue;
    }
    const isFirst = first;
    first = false;
    const withdrawal = readWithdrawal(text, tokens, notes);
    if (withdrawal.kind === 'all') {
      withdrawn = true;
      notes = emptyNotes();
      evidence = noEvidence();
      continue;
    }
    if (withdrawal.kind === 'unclear') continue;
    const done = takeOut(notes, withdrawal);
    const rest = done > 0 ? tokens.filter(({ start }) => start >= done) : tokens;
    if (bringsData(tokens)) withdrawn = false;
    const about = { asked: asked ?? null, first: isFirst };
    takeMessage(notes, { text, taken, tokens: rest, clauses, ...about });
    weigh(evidence, text, tokens, asked !== undefined);
    evidence.begins ||= isFragment(text, taken, tokens);
    evidence.lives ||= isAddressAlone(text, taken, tokens);
  }
  if (withdrawn || !isOrder(notes, evidence)) return { kind: 'none' };
  return check(notes, known, context);
}

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

type Evidence = {
  asked: boolean;
  naming: boolean;
  /** Says a product and a count and not a word more. */
  begins: boolean;
  /** Says a whole address and not a word more. */
  lives: boolean;
  labels: number;
  /** What was said, for the questions that only an incomplete order raises. */
  readonly texts: string[];
};

const noEvidence = (): Evidence => ({
  asked: false,
  naming: false,
  begins: false,
  lives: false,
  labels: 0,
  texts: [],
});

function weigh(evidence: Evidence, text: string, tokens: readonly Token[], asked: boolean): void {
  evidence.texts.push(text);
  evidence.asked ||= asked;
  evidence.naming ||= tokens.some(({ kind }) => kind === 'mention');
  evidence.labels += tokens.filter(
    (token) => (token.kind === 'name' || token.kind === 'address') && token.labelled,
  ).length;
}

/** "두 상자요", "복숭아 세 상자": nothing beside a usable count but politeness. */
function isFragment(text: string, taken: Uint8Array, tokens: readonly Token[]): boolean {
  const counts = tokens.filter((token) => token.kind === 'count');
  const usable = counts.length > 0 && counts.every(({ boxes, more }) => boxes !== null && !more);
  if (!usable || tokens.some(({ kind }) => !FRAGMENT_KINDS.has(kind))) return false;
  return saysNoMore(text, taken);
}

/** "서울 마포구 월드컵로 12길 5 301호": the order may begin with where it goes. */
function isAddressAlone(text: string, taken: Uint8Array, tokens: readonly Token[]): boolean {
  const [address, more] = tokens.filter(({ kind }) => kind !== 'postcode' && kind !== 'break');
  if (address?.kind !== 'address' || more !== undefined || address.text === null) return false;
  return saysNoMore(text, taken);
}

function saysNoMore(text: string, taken: Uint8Array): boolean {
  let rest = '';
  for (let at = 0; at < text.length; at += 1) rest += taken[at] === 1 ? ' ' : text[at];
  return !/[\p{L}\p{N}?]/u.test(rest.replace(POLITE, ' '));
}

const FRAGMENT_KINDS: ReadonlySet<Token['kind']> = new Set(['count', 'mention', 'break']);
const POLITE =
  /(?<![가-힣])(?:안녕하세요|안녕하십니까|저|저도|저는|네|그럼|일단|우선)(?![가-힣])|이요|요|만|이에요|예요|입니다|로|으로|정도|[ㅎㅋㅠㅜ]/gu;

const PLAIN_ORDER = /주문|예약|order/iu;

function isOrder(notes: Notes, evidence: Evidence): boolean {
  const { blocks, shared } = notes;
  const address = blocks.some((block) => block.address !== null || block.addressBad);
  const phone = blocks.some((block) => block.phone !== null || block.phoneBad);
  const name = blocks.some((block) => block.name !== null);
  const count =
    shared.length + notes.pending.length > 0 || blocks.some(({ counts }) => counts.length > 0);
  if (evidence.asked || (address && phone && count)) return true;
  const said = (pattern: RegExp): boolean => evidence.texts.some((text) => pattern.test(text));
  const past = said(ABOUT_THE_PAST);
  const talk = said(ASKS_OR_COMPLAINS);
  if (past && talk) return false;
  if (address && (phone || name || count)) return true;
  if (evidence.labels >= 2) return true;
  if (talk) return false;
  if (count && (phone || name)) return true;
  if (past) return false;
  if (address && evidence.lives) return true;
  const ordering = said(ORDERS);
  if (count && (ordering || evidence.begins)) return true;
  if (ordering && said(SAME_AGAIN)) return true;
  if (name && phone) return true;
  return evidence.texts.some(
    (text) =>
      ORDERS.test(text) && !WONDERS.test(text) && (evidence.naming || PLAIN_ORDER.test(text)),
  );
}
