// Whose a fact is when the message names a recipient of the draft, whatever was asked:
// "철수는 010-…", "박철수 주소: …", "영희는 두개", "이영희랑 박철수는 2개씩", "각각 2개", "전부 2상자로".

import { givenName, isInToken, mayBeGiven } from './called.ts';
import type { CountFact } from './items.ts';
import { matchesOf } from './matches.ts';
import { addUnit, type Block, fill, isPrimary, mergeCount, type Notes, townsOf } from './notes.ts';
import { takeNewcomers } from './one-more.ts';
import { takeOwnDay } from './own-days.ts';
import type { Token } from './page.ts';
import { isUnknownGoods } from './product.ts';
import type { Message } from './writer.ts';

/** Longer messages are lists with their own order, and no answers. */
const ANSWER_MAX = 500;

/** The recipients one stretch of the message speaks of; none or several fitting ones are `open`. */
type Group = {
  readonly start: number;
  readonly end: number;
  readonly blocks: readonly Block[];
  readonly open: boolean;
  /** By his whole name, not only by the given one. */
  readonly whole: boolean;
};

/** Gives the facts to those named beside them; answers the tokens that are left. */
export function takeAddressed(
  notes: Notes,
  message: Message,
  tokens: readonly Token[],
  counts: readonly CountFact[],
): Token[] {
  const { text, first } = message;
  if (first || notes.blocks.length === 0 || text.length > ANSWER_MAX) return [...tokens];
  const countAt = new Map(counts.map((fact) => [fact.start, fact]));
  const isFact = (token: Token): boolean =>
    FACTS.has(token.kind) && (token.kind !== 'count' || countAt.has(token.start));
  if (!tokens.some(isFact)) return [...tokens];
  const used = new Set<Token>();
  const named = findGroups(notes, text, tokens);
  const groups =
    named.length > 0 ? named : unknownGroup(notes, message, tokens.filter(isFact), tokens);
  for (const [group, facts] of shareOut(text, groups, tokens, isFact)) {
    const kinds = new Set(facts.map(({ kind }) => kind));
    if (group.whole && kinds.has('phone') && kinds.has('address')) continue;
    for (const token of give(notes, group, facts, countAt)) used.add(token);
    for (const token of tokens)
      if (token.kind === 'name' && token.start >= group.start && token.start < group.end)
        used.add(token);
  }
  const rest = tokens.filter((token) => !used.has(token));
  return takeNewcomers(notes, message, takeForAll(notes, text, rest, countAt), countAt);
}

const FACTS: ReadonlySet<Token['kind']> = new Set(['phone', 'address', 'unit', 'count', 'wanted']);

/** What may hang on a name: 철수는, 박철수님네, 영희한테도, 철수꺼는. */
const HUNG_ON =
  /^(?:님|씨)?(?:이네|네|이)?(?:집|댁)?(?:한테|에게|께|꺼|거|것)?(?:은|는|이|가|도|의|만|로|이?랑|하고|와|과)?$/u;

function findGroups(notes: Notes, text: string, tokens: readonly Token[]): Group[] {
  const groups: Group[] = [];
  for (const { 0: word, index } of matchesOf(text, /[가-힣]+/gu)) {
    const fitting = meant(notes, word);
    if (fitting === null || isInToken(tokens, index)) continue;
    const last = groups.at(-1);
    const end = index + word.length;
    const joined = last !== undefined && JOINS.test(text.slice(last.start, index));
    if (joined && !last.open && !fitting.open) {
      groups[groups.length - 1] = { ...last, end, blocks: [...last.blocks, ...fitting.blocks] };
    } else {
      groups.push({ start: index, end, ...fitting });
    }
  }
  return groups;
}

/** "이영희랑 박철수는 2개씩": one group. */
const JOINS =
  /^[가-힣]{2,8}?(?:이?랑|하고|와|과|,|(?<=[^은는이가도의]))(?: *(?:[,·&]|그리고))? *$/u;

type Meant = Pick<Group, 'blocks' | 'open' | 'whole'>;

/** By the whole name, or by the given name where that fits just one; null for no name at all. */
function meant({ blocks }: Notes, word: string): Meant | null {
  const by = (key: (name: string) => string | null): Block[] =>
    blocks.filter(({ name }) => {
      const part = name === null ? null : key(name);
      return part !== null && word.startsWith(part) && HUNG_ON.test(word.slice(part.length));
    });
  const whole = by((name) => (name.length > 1 ? name : null));
  const called = whole.length > 0 ? whole : by(givenName);
  const fitting = called.length > 0 || blocks.length < 2 ? called : livingIn(blocks, word);
  if (fitting.length === 0) return null;
  const open = fitting.length > 1;
  return { blocks: open ? [] : fitting, open, whole: whole.length > 0 };
}

/** "인천은 3박스로": where he lives stands for him. */
const livingIn = (blocks: readonly Block[], word: string): Block[] =>
  blocks.filter(({ address }) =>
    townsOf(address ?? '').some(
      (town) => word.startsWith(town) && HUNG_ON.test(word.slice(town.length)),
    ),
  );

const STRANGER =
  /^[\s,.]*(?:(?:네+|넵|예|아|음|그럼|그리고)[\s,.]+)?(?<name>[가-힣]{2,3}?)(?<title>님|씨)?(?:이네|네|이)?(?: ?(?:집|댁))?(?<particle>은|는|이|가|도|의)? ?(?:(?:전화|핸드폰|휴대폰|폰)? ?(?:번호|전화|연락처|주소)(?:은|는)?)? ?:? ?$/u;

/** "민수 번호 010-…" where nobody is called so: the field stays open. */
function unknownGroup(
  { blocks }: Notes,
  { text, asked }: Message,
  facts: readonly Token[],
  tokens: readonly Token[],
): Group[] {
  const block = asked === null || asked.recipient === null ? undefined : blocks[asked.recipient];
  const [fact] = facts;
  if (fact === undefined || block === undefined || block.name === null) return [];
  const said = STRANGER.exec(text.slice(0, fact.start));
  const { name = '', particle } = said?.groups ?? {};
  if (said === null || (fact.kind === 'count' && particle === undefined)) return [];
  const at = text.indexOf(name);
  if (!mayBeGiven(name) || isInToken(tokens, at)) return [];
  // With his surname he is one more recipient; 민수는 is no name of three letters.
  const isAnother = (token: Token): boolean =>
    token.kind === 'name' && isPrimary(token) && !(token.start === at && token.text !== name);
  if (tokens.some((token) => isAnother(token) && token.end - token.start > 2)) return [];
  return [{ start: at, end: fact.start, blocks: [], open: true, whole: false }];
}

/** Behind its name on the line; in front of it where nothing follows; below it where it stands alone. */
function shareOut(
  text: string,
  groups: readonly Group[],
  tokens: readonly Token[],
  isFact: (token: Token) => boolean,
): Map<Group, Token[]> {
  const shares = new Map<Group, Token[]>();
  const add = (group: Group, token: Token): void => {
    shares.set(group, [...(shares.get(group) ?? []), token]);
  };
  let carried: Group | null = null;
  let from = 0;
  for (const line of groups.length > 0 ? text.split('\n') : []) {
    const to = from + line.length;
    const within = (at: { readonly start: number }): boolean => at.start >= from && at.start <= to;
    const mine = groups.filter(within);
    const others = tokens.filter(
      (token) =>
        token.kind === 'name' && isPrimary(token) && within(token) && !isOf(mine, token.start),
    );
    const facts = tokens.filter((token) => isFact(token) && within(token));
    // "010-… 영희, 010-… 철수": only where a fact leads and a name ends the line.
    const leads = (mine[0]?.start ?? -1) < (facts[0]?.start ?? -1);
    const behind = leads || (mine.at(-1)?.start ?? -1) < (facts.at(-1)?.start ?? -1);
    if (others.length > 0) carried = null;
    for (const fact of facts) {
      const ahead = mine.findLast(({ start }) => start < fact.start);
      const group: Group | null | undefined =
        mine.length === 0 ? carried : behind ? ahead : mine.find(({ start }) => start > fact.start);
      const parted = others.some(({ start }) => start < fact.start && start > (group?.start ?? 0));
      if (group && !parted) add(group, fact);
    }
    if (mine.length > 0) carried = facts.length === 0 ? (mine.at(-1) ?? null) : null;
    from = to + 1;
  }
  return shares;
}

const isOf = (groups: readonly Group[], at: number): boolean =>
  groups.some(({ start, end }) => start <= at && at < end);

/** Writes the facts to the group's recipients; answers those that were taken. */
function give(
  notes: Notes,
  group: Group,
  facts: readonly Token[],
  countAt: ReadonlyMap<number, CountFact>,
): Token[] {
  const used: Token[] = [];
  const touched = new Set<Block>();
  const several = group.blocks.length > 1;
  for (const token of facts) {
    const count = countAt.get(token.start);
    if (token.kind === 'wanted' && notes.blocks.length === 1) continue;
    if (token.kind === 'count' && count !== undefined) {
      if (count.total || (count.shares && !several)) continue;
      for (const block of several && !count.each ? [] : group.blocks)
        giveCount(notes, block, ownCount(count, group), touched);
    } else if (!several) {
      for (const block of group.blocks) giveFact(block, token);
    }
    used.push(token);
  }
  return used;
}

/** In "철수 두개" the word in front is he, and nothing that is not on sale. */
function ownCount(count: CountFact, { end }: Group): CountFact {
  const features = count.start - end <= 1 ? count.features.filter(isKnown) : count.features;
  return { ...count, features, each: false, shares: false };
}

const isKnown = (feature: string): boolean => !isUnknownGoods(feature);

function giveFact(block: Block, token: Token): void {
  if (token.kind === 'unit') addUnit(block, { ...token, restates: true });
  else if (token.kind === 'wanted') takeOwnDay(block, token);
  else fill(block, token);
}

function giveCount(notes: Notes, block: Block, fact: CountFact, touched: Set<Block>): void {
  if (fact.more) {
    const each = notes.shared.filter((count) => count.each || notes.blocks.length === 1);
    const own = block.counts.length > 0 ? block.counts : each;
    if (notes.blocks.length === 1) notes.shared = [];
    block.counts = mergeCount(own, fact);
    return;
  }
  if (notes.blocks.length === 1) notes.shared = [];
  if (!touched.has(block)) block.counts = [];
  touched.add(block);
  block.counts.push(fact);
}

const EVERYBODY =
  /(?:(?:둘|셋|넷|두 ?분|세 ?분|네 ?분|두 ?집|세 ?집|두 ?곳|세 ?곳) ?(?:다|모두|전부)|(?<![가-힣])(?:전부|모두|다|전체|똑같이)(?: ?다)?) ?$/u;
const BOTH = /(?:둘|셋|넷|분|집|곳) ?(?:다|모두|전부) ?$/u;

/** "한 상자씩", "각각 2개", "두 분 다 1상자로" by itself holds for every recipient known. */
function takeForAll(
  notes: Notes,
  text: string,
  tokens: readonly Token[],
  countAt: ReadonlyMap<number, CountFact>,
): Token[] {
  if (notes.blocks.length < 2 || tokens.some(isPrimary) || tokens.some(isPointing))
    return [...tokens];
  return tokens.filter((token) => {
    const count = token.kind === 'count' ? countAt.get(token.start) : undefined;
    if (count === undefined) return true;
    const before = text.slice(Math.max(0, token.start - 16), token.start);
    const behind = text.slice(token.end, token.end + 4);
    const all = BOTH.test(before) || (EVERYBODY.test(before) && /^(?:으로|로)/u.test(behind));
    const kinds = count.features.filter((feature) => feature.startsWith('kind:')).length;
    if (!(all || (count.each && !count.total)) || kinds > 1) return true;
    const fact = { ...count, each: true, shares: false, total: false };
    const given = notes.shared.filter(({ each }) => each);
    for (const block of notes.blocks)
      block.counts = mergeCount(block.counts.length > 0 ? block.counts : given, {
        ...fact,
        each: false,
      });
    notes.shared = mergeCount(given, fact);
    return false;
  });
}

/** "저희집 2개씩", "두번째 분은 …" */
const isPointing = ({ kind }: Token): boolean => kind === 'home' || kind === 'ordinal';
