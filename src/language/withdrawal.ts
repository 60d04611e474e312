// What a message takes back: the whole order, one recipient, some boxes, or nothing at all.

import { handlesOf } from './handles.ts';
import { matchesOf } from './matches.ts';
import { personName } from './names.ts';
import type { Block, Notes } from './notes.ts';
import type { Token } from './page.ts';
import { HOME, ORDINAL, ordinalIndex, WITHDRAWN } from './phrases.ts';
import { findCounts } from './quantity.ts';

/**
 * `unclear` takes back a part, but nobody can tell which: nothing may change. `from` and `to` are
 * the stretch of the text that is done with.
 */
export type Withdrawal =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'recipients'; readonly blocks: readonly Block[]; readonly to: number }
  | { readonly kind: 'boxes'; readonly block: Block; readonly boxes: number; readonly to: number };

/** What is taken back is said in a few clauses, each a few words long. */
const VERBS_MAX = 10;
const CLAUSE_MAX = 80;

const NONE: Withdrawal = { kind: 'none' };
const ALL: Withdrawal = { kind: 'all' };
const UNCLEAR: Withdrawal = { kind: 'unclear' };

/** "취소하면 환불되나요?" asks, "취소하지 마세요" keeps. */
const KEEPS =
  /취소 ?(?:는|를|을)? ?(?:하려|할까|할 ?뻔|하지|안 ?(?:해|할|하|합)|못|말고|아니|된 ?거|됐|되었|하면|되면|가능|되나|할 ?수|수수료|규정)|취소[^\n]{0,8}(?:나요|까요|는지|\?)|(?:안|못) ?취소|(?<!그러|그르)(?:[으되하오]|늦)면 ?(?:그냥 ?)?취소/u;
/** "두 번 갔네요 하나는 무시해 주세요": the order itself stays. */
const SENT_TWICE =
  /(?:두 ?번|2번|중복|똑같은 ?(?:게|거|걸)|같은 ?(?:문자|메시지|톡|주문|내용|게|거|걸))[^\n.!?]{0,12}(?:갔|보내|보냈|왔|올라|올렸|눌|됐|되었|전송|접수|들어)/u;
const TAKES_BACK = /취소|빼(?= ?[주줘고]|$)|뺄게|빼요|제외/gu;
const CLAUSE_START = /[\n,.!?]|(?:하고|하구|고요|는데|지만|그리고) /gu;

/** Reads a message against what is known; without a recipient there is only the whole to take back. */
export function readWithdrawal(text: string, tokens: readonly Token[], notes: Notes): Withdrawal {
  const whole = !bringsData(tokens) && WITHDRAWN.test(text) && !SENT_TWICE.test(text) ? ALL : NONE;
  if (notes.blocks.length === 0) return whole;
  if (KEEPS.test(text) || SENT_TWICE.test(text)) return NONE;
  for (const { 0: verb, index } of matchesOf(text, TAKES_BACK).slice(0, VERBS_MAX)) {
    const to = index + verb.length;
    const part = readPart(text.slice(clauseStart(text, index), index), notes, to);
    if (part === null) continue;
    // "빼 주세요" alone may be about anything: only what names a known part takes it out.
    if (part.kind === 'all' && goesOn(text.slice(to))) return NONE;
    return part.kind === 'unclear' && verb !== '취소' ? NONE : part;
  }
  return whole.kind === 'all' && goesOn(text.slice(text.indexOf('취소') + 2)) ? NONE : whole;
}

/** "2박스는 취소하고 3박스로 해주세요" puts one count in the place of another. */
const goesOn = (rest: string): boolean =>
  /^ ?(?:해 ?주시고|하시고|하고|하구)(?![^\n]{0,12}(?:다음|담에|나중))/u.test(rest) &&
  findCounts(rest).length > 0;

/** An address with a number or count behind the word is a new order, whatever was taken back. */
export function bringsData(tokens: readonly Token[]): boolean {
  return (
    tokens.some(({ kind }) => kind === 'address') &&
    tokens.some(({ kind }) => kind === 'phone' || kind === 'count')
  );
}

function clauseStart(text: string, end: number): number {
  const from = Math.max(0, end - CLAUSE_MAX);
  let start = from;
  for (const { 0: mark, index } of matchesOf(text.slice(from, end), CLAUSE_START))
    start = from + index + mark.length;
  return start;
}

/** What stands in front of the verb: a person, a place, "하나는", "입금자는"; null for the whole. */
function readPart(clause: string, notes: Notes, to: number): Withdrawal | null {
  const meant = blocksIn(clause, notes);
  const all = /(?:다|전부|모두|전체|싹) ?$/u.test(clause);
  if (meant.length === 0) {
    if (notes.blocks.length === 1 && MINE.test(clause)) return ALL;
    if (all) return null;
    return boxesIn(clause, notes, to) ?? (namesAnother(clause) ? UNCLEAR : null);
  }
  const count = all ? null : countIn(clause);
  const [only, another] = meant;
  if (count !== null && only !== undefined && another === undefined && count < boxesOf(only))
    return { kind: 'boxes', block: only, boxes: count, to };
  if (count !== null && (only === undefined || count !== boxesOf(only))) return UNCLEAR;
  return meant.length === notes.blocks.length ? ALL : { kind: 'recipients', blocks: meant, to };
}

function blocksIn(clause: string, { blocks }: Notes): Block[] {
  const homes = matchesOf(clause, HOME).map(([, word = '']) =>
    word.replaceAll(' ', '').replace(/(?:집|네|댁)$/u, ''),
  );
  const ordinals = [
    ...matchesOf(clause, ORDINAL).map(([word]) => ordinalIndex(word)),
    ...matchesOf(clause, /([1-9]) ?번(?!지)/gu).map(([, digit]) => Number(digit) - 1),
  ].map((index) => (index < 0 ? blocks.length + index : index));
  const called = blocks.map((block) => handlesOf([block]).map(({ word }) => word));
  const shared = new Set(called.flat().filter((word, at, all) => all.indexOf(word) !== at));
  return blocks.filter(
    ({ name, homes: own }, index) =>
      (name !== null && clause.includes(name)) ||
      own.some((home) => homes.includes(home)) ||
      ordinals.includes(index) ||
      called[index]?.some((word) => !shared.has(word) && clause.includes(word)),
  );
}

/** "제 건 빼주세요": of one order it is the whole. */
const MINE =
  /(?:^|[\s,])(?:(?:제|내|우리|저희|저희 ?집) ?(?:꺼|거|것|건|주문|주문건|이름)|저|저희)(?:은|는|도|만)? ?$/u;

const BARE_COUNT = /(?:^|[\s,])(하나|둘|셋)(?:는|은|만)? ?$/u;
const WORDS: Readonly<Record<string, number>> = { 하나: 1, 둘: 2, 셋: 3 };

function countIn(clause: string): number | null {
  const bare = BARE_COUNT.exec(clause)?.[1];
  if (bare !== undefined) return WORDS[bare] ?? null;
  const counts = findCounts(clause);
  return counts.length === 1 ? (counts[0]?.boxes ?? Number.NaN) : null;
}

/** "한 상자는 취소해주세요": of one recipient's boxes so many fewer; of several, nobody knows whose. */
function boxesIn(clause: string, { blocks, shared }: Notes, to: number): Withdrawal | null {
  const boxes = countIn(clause);
  if (boxes === null) return null;
  const [only, another] = blocks;
  if (only === undefined || another !== undefined || shared.length > 0) return UNCLEAR;
  if (boxes === boxesOf(only)) return ALL;
  return boxes < boxesOf(only) ? { kind: 'boxes', block: only, boxes, to } : UNCLEAR;
}

const boxesOf = ({ counts }: Block): number =>
  counts.length === 1 ? (counts[0]?.boxes ?? Number.NaN) : Number.NaN;

/** Said of the order itself, of oneself, or of the time: "오늘은 취소할게요". */
const WHOLE =
  /^(?:주문|주문건|이거|이것|이건|그거|그것|그건|저거|방금|아까|전부|전체|모두|그냥|예약|신청|이번|이번에|오늘|지금|저|제|제꺼|제것|나|내|우리|저희|일단|그럼|죄송|미안|구매|거래|복숭아|사과|상품|물건|것|건)$/u;

/** Somebody unknown, or a thing that is only a part of the order. */
function namesAnother(clause: string): boolean {
  const word = /(?:^|[\s,])([가-힣]{2,8}) ?$/u.exec(clause)?.[1];
  if (word === undefined) return false;
  const bare = word.replace(/(?:님|씨)?(?:네)?(?:주문|건|꺼|것|거|분)?(?:은|는|만|도)?$/u, '');
  if (WHOLE.test(bare) || WHOLE.test(word)) return false;
  if (personName(bare) !== null && bare.length > 2) return true;
  return /[가-힣]{2}(?:은|는|만)$/u.test(word) && !VERB_END.test(word);
}

const VERB_END = /(?:하는|있는|없는|되는|오는|가는|에는|에서는|해서는|으로는|싶은|같은|작은|큰)$/u;
