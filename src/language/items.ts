// Pairs product words with counts, and leaves out the counts of small talk.

import { type Clause, type Stance, stretchAt } from './clauses.ts';
import { lineAbove, type Section, sectionsOf, shareHeadings, wordsOf } from './headings.ts';
import { hangulFrom, hangulTo } from './letters.ts';
import { matchesOf } from './matches.ts';
import { ordinaryWord } from './names.ts';
import { type Mark, markOf, type Span } from './origin.ts';
import type { Page, Token } from './page.ts';
import { CORRECTS, ORDERS } from './phrases.ts';
import { unknownGoods } from './product.ts';

export type CountFact = {
  readonly start: number;
  /** Product words that stand with the count; empty when none do. */
  readonly features: readonly string[];
  readonly boxes: number | null;
  readonly each: boolean;
  readonly shares: boolean;
  readonly total: boolean;
  readonly more: boolean;
  /** Of one of them, and another count is for the rest: "한 분만 3상자, 나머지는 1상자씩". */
  readonly part: boolean;
  readonly mark: Mark;
  /** Where its product words stand. */
  readonly namedAt: readonly Span[];
};

const REST_LOOK = 20;
const REST_BEHIND =
  /^[^\n\d]{0,14}(?:나머(?:진|지(?! ?(?:정보|주소|내용|금액|돈|잔금|상세|사항|연락처)))|(?:다른|그 ?외|이 ?외) ?(?:분|집|곳|사람|데)들?[은는도])/u;

/** "한 상자는 …, 또 한 상자는 누나네로요" */
const ANOTHER = /(?<![가-힣])(?:또|다른|나머지) ?$/u;

export type Items = {
  readonly counts: readonly CountFact[];
  /** Product words of an order sentence or a form that stand with no count of their own. */
  readonly header: readonly string[];
  readonly headerAt: readonly Span[];
  /** Headings that name a product for the recipients below them, whose count is said for all. */
  readonly sections: readonly Section[];
};

type Mention = Extract<Token, { kind: 'mention' }>;
type Count = Extract<Token, { kind: 'count' }>;

type Sentence = { readonly start: number; readonly end: number; readonly plain: boolean };

/** A row of dots leads to a count: "거봉 2kg ........ 1". */
const SENTENCE_END =
  /(?<!\.)[.!?]{1,3}(?=\s|$)|(?<=[요다죠])(?:[~^ㅎㅋㅠㅜ]|\p{Emoji_Presentation})+(?=\s|$)|\n/gu;
const WORDS_OF_TALK = 3;

/** What a message says, as far as counts and products go. */
export type Telling = Pick<Page, 'text' | 'taken'> & {
  readonly first: boolean;
  readonly tokens: readonly Token[];
  readonly clauses: readonly Clause[];
};

export function readItems(telling: Telling): Items {
  const { text, taken, tokens, clauses } = telling;
  const sentences = cutSentences(telling);
  const terse = new Map<Clause, boolean>();
  // Beside somebody's data a count is meant even in a question, or where it has been paid for.
  const has = (kind: Token['kind']): boolean => tokens.some((token) => token.kind === kind);
  const whole = has('phone') && has('address');
  const data = has('phone') || has('address');
  const asked = !tokens.some((token) => token.kind === 'count' && isMeant(token));
  const counts: CountFact[] = [];
  let header: Mention[] = [];
  const asides: Mention[] = [];
  let buffer: Mention[] = [];
  let refused: readonly Mention[] = [];
  let sentence = 0;
  for (const [index, token] of tokens.entries()) {
    while (token.start >= (sentences[sentence]?.end ?? Number.POSITIVE_INFINITY)) {
      sentence += 1;
      if (buffer.length > 0) header.push(...buffer.splice(0));
    }
    if (token.kind === 'mention')
      (isMeant(token) || isConfirmed(token) ? buffer : asides).push(token);
    if (token.kind !== 'count') continue;
    if (!isMeant(token) && !(asked && isBeside(token))) {
      buffer = [];
      continue;
    }
    if (REJECTED.test(text.slice(token.end, token.end + 16))) {
      refused = [...buffer];
      continue;
    }
    buffer = withoutRefused(buffer, refused);
    refused = [];
    if (buffer.length === 0) buffer = lineAbove(text, header, token);
    const beside =
      buffer.length > 0
        ? lastNamed(restated(buffer), clauses)
        : mentionsBehind(text, tokens, index);
    const unknown = beside.length > 0 ? null : unknownBefore(text, taken, token.start);
    const features =
      unknown === null ? beside.map(({ feature }) => feature) : [unknownGoods(unknown)];
    buffer = [];
    const previous = counts.at(-1);
    const replaces =
      previous !== undefined &&
      (corrects(text.slice(previous.start, token.start)) ||
        thinksAgain(text, previous, { token, tokens, features }));
    if (replaces) counts.pop();
    const inherits = features.length === 0 && replaces ? previous : null;
    counts.push({
      start: token.start,
      features: inherits?.features ?? features,
      namedAt: inherits?.namedAt ?? beside.map(wordsOf),
      mark: markOf(token),
      boxes: token.boxes,
      each: token.each,
      shares: token.shares,
      total: token.total,
      more: token.more,
      part:
        REST_BEHIND.test(text.slice(token.end, token.end + REST_LOOK)) ||
        (previous !== undefined && ANOTHER.test(text.slice(previous.start, token.start))),
    });
  }
  header.push(...buffer);
  header = shareHeadings({ text, tokens }, header, counts);
  const sections = sectionsOf({ text, tokens }, header, counts);
  if (sections.length > 0) header = [];
  header = sizesBehind(header, counts);
  // "복숭아 잘 먹었어요 2박스 더 보내주세요": told of, and nothing else is named.
  const named = header.length > 0 || counts.some(({ features }) => features.length > 0);
  if (!named && (counts.length > 0 || ORDERS.test(text))) header.push(...asides);
  header = withoutContrast(text, header);
  return {
    counts,
    header: header.map(({ feature }) => feature),
    headerAt: header.map(wordsOf),
    sections,
  };

  function stanceAt({ start }: Token): Stance {
    return stretchAt(clauses, start)?.stance() ?? 'plain';
  }

  /** "사과 2박스 맞으시죠?" beside all the data, and nothing else is said of boxes. */
  function isConfirmed(token: Mention): boolean {
    return asked && whole && stanceAt(token) === 'asks';
  }

  function isBeside(token: Count): boolean {
    const stance = stanceAt(token);
    return (whole && stance === 'asks') || (data && stance === 'pays');
  }

  /** "3박스는 아니고 몇 박스 할지 …": the count said before no longer holds. */
  function takesBack(clause: Clause | undefined): boolean {
    return clause !== undefined && CORRECTS.test(text.slice(clause.start, clause.end));
  }

  /** A clause of so few words tells no story, whatever the sentence around it does. */
  function isTerse(clause: Clause | undefined): boolean {
    if (clause === undefined) return false;
    const known = terse.get(clause);
    if (known !== undefined) return known;
    const part = text.slice(clause.start, clause.end);
    const found = !isTalk(part, clause.start, { taken, clauses });
    terse.set(clause, found);
    return found;
  }

  function isMeant(token: Mention | Count): boolean {
    if (token.labelled) return true;
    const stance = stanceAt(token);
    if (stance === 'wants') return true;
    if (stance === 'maybe' && token.kind === 'count' && token.boxes === null)
      return takesBack(stretchAt(clauses, token.start));
    if (token.kind === 'count' && STATED.test(text.slice(token.end, token.end + 12))) return true;
    if (stance !== 'plain') return false;
    if (isTerse(stretchAt(clauses, token.start))) return true;
    return stretchAt(sentences, token.start)?.plain ?? true;
  }
}

/** "수박 2통은 필요없고 멜론 2박스만": the count is of the product named behind the boxes he does not want. */
function withoutRefused(mentions: Mention[], refused: readonly Mention[]): Mention[] {
  const last = refused.at(-1);
  if (last === undefined) return mentions;
  const behind = mentions.filter(({ start }) => start > last.start);
  return behind.some(({ feature }) => /^(?:kind|word):/u.test(feature)) ? behind : mentions;
}

/** "포도즙이랑 포도 헷갈리지 마시고 포도 2박스": said again right before its count. */
function restated(mentions: readonly Mention[]): readonly Mention[] {
  const again = mentions.findIndex(({ feature }, index) =>
    mentions.slice(0, index).some((earlier) => earlier.feature === feature),
  );
  return again < 0 ? mentions : mentions.slice(again);
}

/** "백도 시켜먹고 맛있어서 이번엔 황도 2박스": the kind named in the clause of the count. */
function lastNamed(mentions: readonly Mention[], clauses: readonly Clause[]): readonly Mention[] {
  const last = mentions.at(-1);
  const from = (last && stretchAt(clauses, last.start)?.start) ?? 0;
  const isKind = ({ feature }: Mention): boolean => /^(?:kind|word):/u.test(feature);
  const named = mentions.some((mention) => mention.start >= from && isKind(mention));
  return named ? mentions.filter((mention) => mention.start >= from || !isKind(mention)) : mentions;
}

/** "two boxes of the 3kg ones", "포도 두 상자인데 5kg짜리로요": a size that is said of all counts. */
function sizesBehind(header: Mention[], counts: CountFact[]): Mention[] {
  const [size, another] = header;
  if (size === undefined || another !== undefined || !/^(?:grams|size):/u.test(size.feature))
    return header;
  const axis = size.feature.slice(0, size.feature.indexOf(':') + 1);
  const named = counts.length > 0 && counts.every(({ features }) => features.length > 0);
  const sized = counts.some(({ features }) => features.some((one) => one.startsWith(axis)));
  if (!named || sized || size.start < (counts[0]?.start ?? 0)) return header;
  for (const [index, count] of counts.entries()) {
    const features = [...count.features, size.feature];
    counts[index] = { ...count, features, namedAt: [...count.namedAt, wordsOf(size)] };
  }
  return [];
}

/** "호박고구마로 부탁드려요, 밤고구마는 목이 메어서요": of two kinds the one that is only talked about. */
function withoutContrast(text: string, header: readonly Mention[]): Mention[] {
  const isTopic = ({ end }: Mention): boolean => {
    const clause = /^[^,.!?\n]*/u.exec(text.slice(end, end + CLAUSE_MAX))?.[0] ?? '';
    return /^[은는]/u.test(clause) && !ORDERS.test(clause);
  };
  const wanted = header.filter((mention) => !isTopic(mention));
  return wanted.length > 0 ? wanted : [...header];
}

const CLAUSE_MAX = 40;

/** "7박스 시켰던", "5박스는 너무 많대요", "세 자루 말고": boxes that are not wanted. */
const REJECTED =
  /^(?:씩|나|를|을)? ?(?:시킨|시켰|주문한|주문했|구매했|잘 ?받|받았|먹[었은던]|사면|샀|사던|산 )|^(?:까지(?:는|은)?|까진|은|는|나)? ?(?:필요 ?(?:없|는 ?없)|안 ?(?:해도|사도|시켜도))|^(?:은|는) ?(?:됐고|됐구|빼고|빼 ?주|취소하고|제외하고|패스하?고?|안 ?(?:할|하고|사고|시킬|살))|^(?:은|는|이|가)? ?(?:너무|좀|쫌|넘|아무래도)? ?(?:많(?:아|네|은|다|대|을|겠|고)|적(?:어|네|은|다|대|을|겠|고)|부족|모자라|과하|부담)/u;

/** "바나나 2박스": a bare noun right before the count names something that is not on sale. */
function unknownBefore(text: string, taken: Page['taken'], at: number): string | null {
  const word = /(?:^|[\s,.])([가-힣]{2,6}) ?$/u.exec(text.slice(Math.max(0, at - 10), at))?.[1];
  if (word === undefined || taken[at - 1 - (text[at - 1] === ' ' ? 1 : 0)] === 1) return null;
  // 체육대회용 says what for, and nothing to be sent.
  return ordinaryWord(word) || OF_USE.test(word) || CONNECTS.test(word) ? null : word;
}

/** 체육대회용, 먹을거 */
const OF_USE = /(?:용|[을릴줄낼쓸](?:거|것|꺼))$/u;

/** 생각해보니, 모자라서: the end of a clause, and no noun. */
const CONNECTS =
  /(?:(?:군데|[곳집명분])당|마다|보니|니까|[아어여해와워눠둬춰쳐켜려겨져가라]서|으면|하면|하고|는데|은데|인데|려고|지만|더니|다가|이라|이고|합쳐|모아|더해|나눠)$/u;

/** "2박스 아니 세박스": the last word counts. Only within one breath. */
function corrects(between: string): boolean {
  if (between.length >= 24 || between.includes('\n')) return false;
  return CORRECTS.test(` ${between} `) || /ㄴㄴ|노노|[→⇒➡]|->/u.test(between);
}

const PAUSE =
  /(?:^|[\s,.!~])(?:아|앗|어|참|아참|아차|아이고|어머|에고|이런|맞다|잠깐|잠시|잠시만|잠깐만|생각해 ?보니|다시|그냥|음)(?:요|만요)?(?=[\s,.!~])/u;
const INSTEAD =
  /^(?:으?로)? ?(?:바꿀|바꿔|변경|수정|정정)|^(?:으?로|만) ?(?:할[게께]|하겠|해 ?주|부탁|주세요|보내|갈[게께]|가겠)/u;
const PAUSE_MAX = 60;
const OWNER_MAX = 6;
const isOwner = (kind: Token['kind']): boolean =>
  kind === 'name' || kind === 'home' || kind === 'ordinal';

type Again = {
  readonly token: Count;
  readonly tokens: readonly Token[];
  readonly features: readonly string[];
};

/** "2박스 주문합니다 아 잠시만요 5박스로 할게요": said anew before any of the data. */
function thinksAgain(
  text: string,
  previous: CountFact,
  { token, tokens, features }: Again,
): boolean {
  const between = text.slice(previous.start, token.start);
  if (between.length > PAUSE_MAX || between.includes('\n') || !PAUSE.test(between)) return false;
  if (!INSTEAD.test(text.slice(token.end, token.end + 10)) || token.more || token.each)
    return false;
  if (features.length > 0 && features.join() !== previous.features.join()) return false;
  // Of another place, or of somebody named right before it.
  return !tokens.some(
    ({ kind, start, end }) =>
      start > previous.start &&
      start < token.start &&
      (kind === 'phone' || kind === 'address' || (isOwner(kind) && token.start - end < OWNER_MAX)),
  );
}

/** "3박스 황도": the product behind its count, on the same line, when no other count follows it. */
function mentionsBehind(text: string, tokens: readonly Token[], index: number): Mention[] {
  const features: Mention[] = [];
  const from = tokens[index]?.end ?? 0;
  for (const token of tokens.slice(index + 1, index + 6)) {
    if (text.slice(from, token.start).includes('\n') || token.start - from > 24) break;
    if (token.kind === 'count') return [];
    if (token.kind === 'mention') features.push(token);
    else if (features.length > 0) break;
  }
  return features;
}

/** A sentence is plain when it is data or an order, and talk when it only tells something. */
function cutSentences({ text, taken, tokens, clauses, first }: Telling): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  let at = 0;
  const data = tokens.some(({ kind }) => kind === 'phone' || kind === 'address');
  const ends = matchesOf(text, SENTENCE_END).map((match) => match.index + match[0].length);
  for (const end of [...ends, text.length + 1]) {
    let primary = false;
    let shares = 0;
    let name = Number.NEGATIVE_INFINITY;
    for (let token = tokens[at]; token !== undefined && token.start < end; token = tokens[at]) {
      primary ||= POINTS.has(token.kind);
      if (token.kind === 'name') name = token.end;
      // "길하늘은 3박스 편도윤은 2박스"
      else if (
        token.kind === 'count' &&
        (token.start - name <= HUNG_ON_MAX || (token.each && data))
      )
        shares += 1;
      at += 1;
    }
    const part = text.slice(start, end);
    const plain =
      primary ||
      shares > (data || !first ? 0 : 1) ||
      !isTalk(part, start, { taken, clauses }) ||
      ORDERS.test(part) ||
      CORRECTS.test(part);
    sentences.push({ start, end, plain });
    start = end;
  }
  return sentences;
}

/** "… 씨한테도 " between a name and its count. */
const HUNG_ON_MAX = 7;
const POINTS: ReadonlySet<Token['kind']> = new Set(['phone', 'address', 'home', 'ordinal']);

/** "2박스요 언제 와요?": the count is said, and only then comes the question. */
const STATED =
  /^(?:이요|요|만요|입니다|이에요|예요|면 ?(?:됩니다|돼요|되요|될|충분)|으?로요?(?![가-힣 ])|만? ?(?:주세요|부탁)|으?로 ?(?:할게|할께|해 ?주|주세요|하겠|부탁))(?![가-힣]*\?)/u;

/** Has words that nobody understood, beside what its clauses tell of the past. */
function isTalk(
  part: string,
  offset: number,
  { taken, clauses }: Pick<Telling, 'taken' | 'clauses'>,
): boolean {
  const isSpare = (at: number): boolean =>
    taken[at] !== 1 && stretchAt(clauses, at)?.stance() !== 'told';
  let words = 0;
  // Not all of them are looked for: a few words are enough for talk.
  for (let from = hangulFrom(part, 0), to = 0; from < part.length; from = hangulFrom(part, to)) {
    to = hangulTo(part, from);
    if (to - from > 1 && isSpare(offset + from)) words += 1;
    if (words >= WORDS_OF_TALK) return true;
  }
  return false;
}
