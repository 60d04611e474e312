// "길하늘은 3박스 편도윤은 2박스": who gets how many, said apart from the rows themselves.
import { givenName } from './called.ts';
import type { CountFact } from './items.ts';
import { type Block, isCalled, type Notes } from './notes.ts';
import type { Token } from './page.ts';

/** Takes the counts that stand with somebody's name or place; answers the tokens that are left. */
export function takeDivision(
  notes: Notes,
  text: string,
  tokens: readonly Token[],
  counts: readonly CountFact[],
): Token[] {
  const handles = new Set(tokens.map(keyOf).filter((key) => key !== null));
  // A count for each, and another one for somebody.
  const others = counts.some(({ each, part }) => each || part) || ONLY.test(text);
  if (handles.size < 2 && notes.blocks.length < 2 && !others) return [...tokens];
  const countAt = new Map(counts.map((fact) => [fact.start, fact]));
  const used = new Set<Token>();
  for (const stretch of stretches(text, tokens)) {
    const shares = sharesIn(text, stretch, countAt);
    const known = (key: string): boolean =>
      notes.blocks.some(
        (block, index) =>
          key === `#${index}` || key === `#${index - notes.blocks.length}` || isCalled(block, key),
      );
    const keys = new Set(shares.map(({ key }) => key));
    // "첫 번째 분만 3상자, 나머지는 1상자씩": one of them is enough.
    if (keys.size === 0 || (keys.size === 1 && !others && ![...keys].every(known))) continue;
    for (const share of shares) notes.pending.push(share);
    const shared = new Set(shares.map(({ fact }) => fact.start));
    for (const token of stretch) {
      const taken = token.kind === 'count' && shared.has(token.start);
      if (taken || isHandle(token)) used.add(token);
    }
  }
  return tokens.filter((token) => !used.has(token));
}

type Share = { readonly key: string; readonly fact: CountFact };

const isHandle = ({ kind }: Token): boolean =>
  kind === 'name' || kind === 'home' || kind === 'ordinal';

function keyOf(token: Token): string | null {
  if (token.kind === 'name') return token.text;
  if (token.kind === 'home') return token.word;
  return token.kind === 'ordinal' ? `#${token.index}` : null;
}

/** Sentences and lines without a number or an address, outside the rows. */
function stretches(text: string, tokens: readonly Token[]): Token[][] {
  const found: Token[][] = [];
  let current: Token[] = [];
  let data = false;
  let inRow = false;
  let end = 0;
  const close = (): void => {
    if (!data && current.length > 1) found.push(current);
    current = [];
    data = inRow;
  };
  for (const token of tokens) {
    if (token.kind === 'row') inRow = token.opens;
    if (token.kind === 'break' || token.kind === 'row') close();
    else if (/[.!?~](?:\s|$)/u.test(text.slice(end, token.start))) close();
    if (token.kind === 'phone' || token.kind === 'address' || token.kind === 'party') data = true;
    else if (token.kind !== 'break' && token.kind !== 'row') current.push(token);
    end = Math.max(end, token.end);
  }
  close();
  return found;
}

/** "큰집만 세 박스로" */
const ONLY = /(?:님|씨|네|집|댁|분)만 (?:\d|[한두세네다여일열])/u;

const FAR = 14;

/** Handle, then its counts; or count and then its handle: "3박스는 길하늘, 2박스는 편도윤". */
function sharesIn(
  text: string,
  stretch: readonly Token[],
  countAt: ReadonlyMap<number, CountFact>,
): Share[] {
  const parts = stretch.filter((token) => isHandle(token) || isOwn(token, countAt));
  const leads = parts[0]?.kind === 'count' && parts.length % 2 === 0 && parts.length > 2;
  const alternate = parts.every((token, index) => (token.kind === 'count') === (index % 2 === 0));
  if (leads && alternate) return pairs(parts, countAt);
  const shares: Share[] = [];
  let keys: readonly string[] = [];
  let last: Token['kind'] | null = null;
  let counted = false;
  let end = 0;
  for (const token of stretch) {
    const between = text.slice(end, token.start);
    // "가영 언니는 1": she is named already.
    if (token.kind === 'home' && last === 'name' && !counted && /^ ?$/u.test(between)) {
      end = token.end;
      continue;
    }
    if (isHandle(token)) {
      const joins = !counted && token.kind === last && JOINS.test(between);
      const key = keyOf(token);
      keys = [...(joins ? keys : []), ...(key === null ? [] : [key])];
      last = token.kind;
      counted = false;
      end = token.end;
      continue;
    }
    if (token.kind === 'mention') {
      if (token.start - end > FAR) keys = [];
      end = token.end;
      continue;
    }
    const fact = countAt.get(token.start);
    if (token.kind !== 'count' || fact === undefined) continue;
    // "1번, 3번은 두 박스씩"; of "친정이랑 시댁 5박스" nobody knows how they are shared.
    const own = keys.length > 1 ? fact.each && !fact.total : isOwn(token, countAt);
    if (own && token.start - end <= FAR && !ENDS.test(between))
      for (const key of keys) shares.push({ key, fact: { ...fact, each: false, shares: false } });
    counted = true;
    end = token.end;
  }
  return shares;
}

const JOINS = /^ ?(?:님|씨)?(?:네|집|댁)?(?:이?랑|하고|와|과|[,·&/]) ?$/u;
const ENDS = /[\n.]/u;

const isOwn = (token: Token, countAt: ReadonlyMap<number, CountFact>): boolean => {
  const fact = token.kind === 'count' ? countAt.get(token.start) : undefined;
  return fact !== undefined && !fact.each && !fact.total && !fact.more;
};

function pairs(parts: readonly Token[], countAt: ReadonlyMap<number, CountFact>): Share[] {
  const shares: Share[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [count, handle] = [parts[at], parts[at + 1]];
    const fact = count === undefined ? undefined : countAt.get(count.start);
    const key = handle === undefined ? null : keyOf(handle);
    if (fact !== undefined && key !== null) shares.push({ key, fact });
  }
  return shares;
}

/** Gives the counts said for a name, a place or a turn to its recipient, once he is known. */
export function settlePending(notes: Notes, before: readonly Block[]): void {
  const open: Notes['pending'] = [];
  const touched = new Map<Block, boolean>();
  for (const share of notes.pending) {
    const block = ownerOf(notes, share.key);
    if (block === null) {
      open.push(share);
      continue;
    }
    give(block, share.fact, { touched, again: before.includes(block) });
  }
  notes.pending = withSelf(notes, open, touched);
  // All were spoken of anew, so a sum said before is out of date.
  if (before.length > 1 && touched.size === notes.blocks.length)
    notes.shared = notes.shared.filter(({ each }) => each);
}

type Giving = { readonly touched: Map<Block, boolean>; readonly again: boolean };

/** What was said of a recipient known before takes the place of his count. */
function give(block: Block, fact: CountFact, { touched, again }: Giving): void {
  if (touched.get(block) === true) {
    block.counts.push(fact);
    return;
  }
  const said = block.counts.reduce((sum, { boxes }) => sum + (boxes ?? Number.NaN), 0);
  if (again && !fact.more) block.counts = [];
  touched.set(block, block.counts.length === 0);
  if (block.counts.length === 0) block.counts.push(fact);
  // His row says another number than the sentence: he is asked.
  else if (said !== fact.boxes) block.counts.push({ ...fact, features: [], boxes: null });
}

function ownerOf({ blocks }: Notes, key: string): Block | null {
  if (key.startsWith('#')) return blocks.at(Number(key.slice(1))) ?? null;
  const called = blocks.filter((block) => isCalled(block, key));
  const [only, another] =
    called.length > 0
      ? called
      : blocks.filter(
          ({ name, homes }) => homes.some((home) => isKin(home, key)) || isGiven(name, key),
        );
  return another === undefined ? (only ?? null) : null;
}

const isGiven = (name: string | null, key: string): boolean =>
  name !== null && key.length > 1 && givenName(name) === key;

/** 엄마 of a list with a 친정엄마, or the other way round. */
const isKin = (home: string, key: string): boolean =>
  [
    [home, key],
    [key, home],
  ].some(
    ([long = '', short = '']) => long.endsWith(short) && SIDE.test(long.slice(0, -short.length)),
  );
const SIDE = /^(?:친정|시|처가|큰|작은|막내|둘째|셋째|우리)$/u;

/** "저한테 하나 언니한테 두개": the only one whom nothing was said of is the buyer himself. */
function withSelf(
  { blocks }: Notes,
  open: Notes['pending'],
  touched: Map<Block, boolean>,
): Notes['pending'] {
  const [only, another] = open;
  const [left, more] = blocks.filter((block) => !touched.has(block));
  if (only?.key !== '저희' || another !== undefined) return open;
  if (left === undefined || more !== undefined || touched.size === 0) return open;
  give(left, only.fact, { touched, again: true });
  return [];
}
