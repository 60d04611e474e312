// Recipients named instead of retyped: which earlier ones a message means, and what it says of each.
// Pure: who is known comes from the buyer's own orders at this store, and from nowhere else.
import { SURE } from './find-names.ts';
import { normalise } from './normalise.ts';
import type { Token } from './page.ts';
import { ABOUT_THE_PAST, ASKS_OR_COMPLAINS, ORDERS, WITHDRAWN } from './phrases.ts';
import { catalogue } from './product.ts';
import type {
  KnownRecipient,
  Named,
  OrderContext,
  Question,
  ReadItem,
  ReadRecipient,
  Said,
} from './reading.ts';
import { readTokens } from './tokens.ts';
import { findMentions, isAlike, type Mention } from './whom.ts';

/** Longer messages are lists with their own data. */
const MESSAGE_MAX = 500;

/** What "저희집" and "우리집" are remembered as. */
export const OWN_PLACE = '저희';

/** What the buyer ordered the last time, parcel by parcel. */
export type LastOrder = readonly {
  readonly recipient: KnownRecipient;
  readonly items: readonly ReadItem[];
}[];

export type Remembered = {
  /** Newest first; each recipient once. */
  readonly known: readonly KnownRecipient[];
  readonly last: LastOrder;
};

/**
 * `said`: the message in parts, each of one recipient or as it stands. `which`: several fit. `nothing`:
 * the same again is wanted, and there was no order yet.
 */
export type Recall =
  | { readonly kind: 'said'; readonly parts: readonly Said[] }
  | {
      readonly kind: 'which';
      readonly word: string;
      readonly fitting: readonly KnownRecipient[];
    }
  | { readonly kind: 'nothing' };

export type Recalling = Remembered & {
  readonly context: OrderContext;
  /** Who is in the draft already: words for him are the draft's to read. */
  readonly drafted: readonly ReadRecipient[];
  readonly asked: Question | null;
  /** Who was chosen where several fit a word. */
  readonly chosen: readonly Chosen[];
};

/** `id` as of the known recipient. */
export type Chosen = { readonly word: string; readonly id: string };

/** Null when the message names nobody, or brings its own data. */
export function recall(raw: string, recalling: Recalling): Recall | null {
  const text = normalise(raw);
  const { known, last, drafted, asked, context } = recalling;
  if (text.length > MESSAGE_MAX || WITHDRAWN.test(text) || namesAddress(asked, drafted))
    return null;
  const tokens = readTokens(text, {
    catalogue: catalogue(context.products),
    today: context.today,
    asked: null,
    message: 0,
    taken: new Uint8Array(text.length + 1),
  });
  const counts = tokens.filter(({ kind }) => kind === 'count');
  if (isTalk(text, counts.length > 0)) return null;
  const page: Page = { text, tokens, asked };
  const recipients = last.map(({ recipient }) => recipient);
  const all = findMentions(text, tokens, { known, last: recipients }).map((mention) =>
    choose(text, mention, recalling.chosen),
  );
  const mentions = all.filter(
    (mention) => !bringsData(page, mention, all) && !isDrafted(mention, drafted),
  );
  const isWanted = counts.length > 0 || asked !== null || ORDERS.test(text);
  if (mentions.length === 0) return all.length > 0 ? null : again(page, recalling);
  if (!isWanted || foreignDataIsLoose(tokens, mentions)) return null;
  return settle(page, mentions);
}

type Page = {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly asked: Question | null;
};

/** We asked whose the address is: a name belongs to that address. */
function namesAddress(asked: Question | null, drafted: readonly ReadRecipient[]): boolean {
  if (asked?.field !== 'name') return false;
  const one = drafted[asked.recipient ?? 0];
  return one !== undefined && (one.phone !== null || one.address !== null);
}

/** Asks or tells of boxes that were sent, and orders none. */
function isTalk(text: string, isCounted: boolean): boolean {
  const asks = ASKS_OR_COMPLAINS.test(text);
  return asks && (!isCounted || ABOUT_THE_PAST.test(text));
}

function choose(text: string, mention: Mention, chosen: readonly Chosen[]): Mention {
  const said = text.slice(mention.start, mention.end);
  const picked = mention.fitting.filter(({ id }) =>
    chosen.some((one) => one.id === id && one.word === said),
  );
  return picked.length === 1 ? { ...mention, fitting: picked } : mention;
}

/** "엄마집 김영희 010-… 부산…": typed in full, whoever was called so before. */
function bringsData({ text, tokens }: Page, mention: Mention, all: readonly Mention[]): boolean {
  const isNext = ({ start }: { readonly start: number }): boolean =>
    start >= mention.end && PARTS.test(text.slice(mention.end, start));
  const next = [...all, ...tokens.filter(isSureName)].filter(isNext);
  const to = Math.min(...next.map(({ start }) => start));
  return tokens.some((token) => isData(token) && token.start >= mention.end && token.start < to);
}

/** With one of these in between, the next name is somebody else's. */
const PARTS = /\d|[한두세네] ?(?:박스|상자|개|팩)|하나|둘|그리고|이?랑|하고|[과와] |및/u;

const isSureName = (token: Token): boolean => token.kind === 'name' && token.weight >= SURE;
const isData = (token: Token): boolean =>
  token.kind === 'phone' || (token.kind === 'address' && token.text !== null);

function isDrafted({ fitting, called }: Mention, drafted: readonly ReadRecipient[]): boolean {
  return drafted.some(
    (one) =>
      (one.called !== undefined && isAlike(one.called, called)) ||
      fitting.some(({ name, address }) => name === one.name && address === one.address),
  );
}

/** A number or an address without a name of its own may belong to whom we would recall. */
function foreignDataIsLoose(tokens: readonly Token[], mentions: readonly Mention[]): boolean {
  const count = (kind: Token['kind']): number =>
    tokens.filter((token) => token.kind === kind && isData(token)).length;
  const strangers = tokens.filter(
    (token) => isSureName(token) && !mentions.some((mention) => covers(mention, token.start)),
  );
  return strangers.length < Math.max(count('phone'), count('address'));
}

const covers = ({ start, end }: Mention, at: number): boolean => start <= at && at < end;

/** Everybody meant is one: the message falls into parts. */
function settle(page: Page, mentions: readonly Mention[]): Recall | null {
  for (const { fitting, start, end } of mentions)
    if (fitting.length > 1) return { kind: 'which', word: page.text.slice(start, end), fitting };
  const unknown = mentions.filter(({ fitting }) => fitting.length === 0);
  const isLone = mentions.length === 1 && !page.tokens.some(isData);
  if (unknown.length > 0 && !isLone) return null;
  return { kind: 'said', parts: cutParts(page, mentions) };
}

function cutParts({ text, tokens, asked }: Page, mentions: readonly Mention[]): Said[] {
  const strangers = tokens
    .filter((token) => isData(token) || isSureName(token))
    .filter((token) => !mentions.some((mention) => covers(mention, token.start)))
    .map(({ start }) => start);
  const parts: Said[] = [];
  let done = 0;
  for (const [index, mention] of mentions.entries()) {
    const edges = cutAt(tokens, mentions, index);
    const from = strangers.length > 0 ? mention.start : edges.from;
    const stranger = strangers.find((start) => start > mention.end) ?? text.length;
    const to = Math.min(edges.to, stranger, mentions[index + 1]?.start ?? text.length);
    pushRest(parts, text.slice(done, from), asked);
    const before = text.slice(from, mention.start);
    const behind = text.slice(mention.end, to).replace(JOINS, '');
    const said = `${before} ${behind}`.trim();
    parts.push({ text: said, of: namedBy(mention), ...(asked === null ? {} : { asked }) });
    done = Math.max(done, to);
  }
  pushRest(parts, text.slice(done), asked);
  return parts;
}

/** What leads on to the next recipient is said of neither. */
const JOINS = /(?:[\s,.]|그리고|그리구|하고|이?랑|또)+$/u;

/** "2상자는 엄마집, 1상자는 언니집": where counts lead, each stands with the name behind it. */
function cutAt(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  index: number,
): { from: number; to: number } {
  const counts = tokens.filter(({ kind }) => kind === 'count');
  const first = mentions[0]?.start ?? 0;
  const last = mentions.at(-1)?.end ?? 0;
  const isLed =
    counts.some(({ start }) => start < first) && !counts.some(({ start }) => start >= last);
  const end = Number.POSITIVE_INFINITY;
  const isFinal = index === mentions.length - 1;
  if (isLed)
    return { from: mentions[index - 1]?.end ?? 0, to: isFinal ? end : (mentions[index]?.end ?? 0) };
  return { from: index === 0 ? 0 : (mentions[index]?.start ?? 0), to: end };
}

/** What is said of strangers, and never a lone word between them. */
function pushRest(parts: Said[], rest: string, asked: Question | null): void {
  const text = rest.trim();
  if (!/\d/u.test(text)) return;
  parts.push({ text, ...(asked === null || parts.length > 0 ? {} : { asked }) });
}

function namedBy({ fitting, called }: Mention): Named {
  const recipient = fitting[0] ?? null;
  return { recipient, called: recipient?.called ?? called, items: [] };
}

const LAST_TIME = '(?:지난 ?번|저번|전번|먼젓번|전|이전|예전|늘|항상|매번|맨날|언제나|평소|원래)';
const SAME = new RegExp(
  [
    `${LAST_TIME}에?(?:이?랑|과|와|하고)? ?(?:주문한|주문했던|시킨|시켰던|보낸|보냈던|보내던|하던|시키던|주문하던|먹던)? ?(?:거|것|주문)?(?:이?랑|과|와|하고)? ?(?:완전 ?|다 ?|전부 ?)?(?:똑같이|그대로|같이|같은 ?(?:걸로|거로|거|것|것으로)|처럼|대로|만큼)`,
    '^[\\s,.]*(?:(?:네|이번에도|또)[\\s,.]*)?(?:똑같이|그대로) ?(?:한 ?번 ?)?(?:더 ?)?(?:보내|주문|부탁|주세요|해 ?주)',
    '(?:the )?same (?:order |thing |one )?(?:again|as (?:last time|before))|(?:the|my) usual|repeat (?:the|my) (?:last )?order|order (?:it |the same )?again',
  ].join('|'),
  'iu',
);

/** "지난번이랑 똑같이 보내주세요": the last order, with what the message changes in it. */
function again({ text, tokens, asked }: Page, { last, drafted }: Recalling): Recall | null {
  const found = SAME.exec(text);
  if (found === null || drafted.length > 0 || tokens.some(isData)) return null;
  if (last.length === 0) return { kind: 'nothing' };
  const rest = text.replace(found[0], ' ').trim();
  const [only, another] = last;
  const parts = last.map(({ recipient, items }) => ({
    text: another === undefined && recipient === only?.recipient ? rest : '',
    of: { recipient, called: recipient.called, items },
    ...(asked === null ? {} : { asked }),
  }));
  const isMore = another !== undefined && tokens.some(({ kind }) => kind === 'count');
  return { kind: 'said', parts: isMore ? [...parts, { text: rest }] : parts };
}
