// Names without a label: ordinary words of the right shape that stand where a name would.

import { COPULA } from './endings.ts';
import { isLongName, soundsLikeName } from './given-names.ts';
import { hangulFrom, hangulTo, matchesOn, says } from './letters.ts';
import {
  COMPANY,
  isDepartment,
  isKindOfPlace,
  isLatinName,
  isOrdinary,
  isPersonName,
  isPlaceName,
  isRelation,
  isSurname,
  looksLikeVerb,
  personName,
  TITLES,
} from './names.ts';
import { inTextOrder, isFree, type Page, put, type Spotted } from './page.ts';

/** How well a candidate stands. A name below `SURE` alone makes no recipient. */
export const SURE = 2;
export const BESIDE_PHONE = 4;
const STANDS_ALONE = 3;
const INTRODUCED = new RegExp(
  `^ ?(?:(?:${TITLES})(?:님)?)?(?:이?라고|올림|드림|배상|${COPULA})`,
  'u',
);

const LATIN = /(?<![A-Za-z'’.-])[A-Z][A-Za-z'’.-]*(?: [A-Z][A-Za-z'’.-]*){1,3}/gu;
const PARTS = /[가-힣a-z\d\n.!?]/i;
const HAS_COMPANY = /\([주유재사]\)|회사/u;
const SOFT = /^[^\p{L}\p{N}\n.!?]*$/u;

export function findNames(page: Page): void {
  const ordered = inTextOrder(page.tokens.filter(({ start, end }) => end > start));
  const seams = seamsOf(ordered);
  const found: Extract<Spotted, { kind: 'name' }>[] = [];
  let at = 0;
  const { text } = page;
  for (let from = hangulFrom(text, 0), to = 0; from < text.length; from = hangulFrom(text, to)) {
    to = hangulTo(text, from);
    // "…1101호민하경010…": typed without spaces between his house and his number.
    if (/^ ?\d/u.test(text.slice(to, to + 2)) && !isFree(page, from, from + 1))
      from = gluedTo(seams, from, to);
    if (from < at || !isFree(page, from, to)) continue;
    const word = text.slice(from, to);
    const candidate = candidateAt(page, from, word);
    if (candidate === null) continue;
    const { name, start, end, length, long } = candidate;
    const weight = weigh(page, ordered, { start, end, name, cut: length < word.length });
    if (
      weight === 0 ||
      (long && weight < (length < word.length || isTitled(page, end) ? SURE : STANDS_ALONE))
    )
      continue;
    at = end;
    const introduced = weight < BESIDE_PHONE && INTRODUCED.test(page.text.slice(start + length));
    found.push({
      kind: 'name',
      text: name,
      weight,
      labelled: false,
      introduced,
      start,
      end: start + length,
    });
  }
  for (const match of matchesOn(page, LATIN)) {
    const end = match.index + match[0].length;
    if (!isFree(page, match.index, end)) continue;
    const text = latinName(match[0]);
    if (text === null) continue;
    const start = match.index + match[0].indexOf(text);
    const weight = weigh(page, ordered, { start, end, name: text, cut: false });
    const introduced = false;
    if (weight > 0)
      found.push({ kind: 'name', text, weight, labelled: false, introduced, start, end });
  }
  for (const match of says(page, HAS_COMPANY) ? matchesOn(page, COMPANY) : []) {
    const { index: start, 0: text } = match;
    const end = start + text.length;
    if (!isFree(page, start, end)) continue;
    const weight = weigh(page, ordered, { start, end, name: text, cut: false });
    // A person at the company is whom the parcel is for.
    if (weight > 1)
      found.push({
        kind: 'name',
        text,
        weight: SURE,
        labelled: false,
        introduced: false,
        start,
        end,
      });
  }
  const introduced = new Set(found.filter((name) => name.introduced).map(({ start }) => start));
  for (const token of found)
    put(page, isAffiliation(token, introduced) ? { ...token, introduced: true } : token);
}

/** Where houses end and numbers begin. */
const seamsOf = (tokens: readonly Spotted[]): Seams => ({
  houses: new Set(tokens.flatMap(({ kind, end }) => (kind === 'address' ? end : []))),
  numbers: new Set(tokens.flatMap(({ kind, start }) => (kind === 'phone' ? start : []))),
});
type Seams = { readonly houses: ReadonlySet<number>; readonly numbers: ReadonlySet<number> };

/** Where an address ends inside the word that a number follows at once; else where the word begins. */
function gluedTo({ houses, numbers }: Seams, from: number, to: number): number {
  if (numbers.has(to) || numbers.has(to + 1))
    for (let at = from + 1; at < to; at += 1) if (houses.has(at)) return at;
  return from;
}

/** "(주)한빛테크 총무팀 이나경입니다": where somebody works who says who he is. */
function isAffiliation({ end }: Spotted, introduced: ReadonlySet<number>): boolean {
  if (introduced.size === 0) return false;
  for (let start = end + 1; start < end + AFFILIATION_MAX; start += 1)
    if (introduced.has(start)) return true;
  return false;
}

const AFFILIATION_MAX = 12;

const isTitled = ({ text }: Page, end: number): boolean => TITLE.test(text.slice(end, end + 8));

/** Drops greetings in front: "Hi John Miller". */
function latinName(words: string): string | null {
  const parts = words.split(' ');
  for (let from = 0; from < parts.length - 1; from += 1) {
    const name = parts
      .slice(from)
      .join(' ')
      .replace(/[.'’-]+$/u, '');
    if (isLatinName(name)) return name;
  }
  return null;
}

const HANGS_ON = new RegExp(`^(?:${COPULA}|으로|로|은|는|이|가)$`, 'u');

type Candidate = {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly length: number;
  /** Of four letters with a surname of one: that many words look so. */
  readonly long: boolean;
};

/** "두루치과이고 연락처는 …" */
const SAID = /(?:이[고구]요?|이며|입니다|이에요|예요|이요|인데요?)$/u;

function candidateAt(page: Page, start: number, word: string): Candidate | null {
  const end = start + word.length;
  if (!isFree(page, start, end) || word.length > 14) return null;
  // "010-1234-5678이고요", "043-013-0606 이에유": what hangs on a number is its ending.
  if (/\d ?$/u.test(page.text.slice(Math.max(0, start - 2), start)) && HANGS_ON.test(word))
    return null;
  if (word.length === 1 && isSurname(word)) {
    const given = /^ ([가-힣]{2})(?![가-힣])/u.exec(page.text.slice(end, end + 4))?.[1];
    if (
      given === undefined ||
      !isFree(page, start, end + 3) ||
      isOrdinary(given) ||
      !isPersonName(word + given)
    )
      return null;
    return { name: word + given, start, end: end + 3, length: 4, long: false };
  }
  const mark = /\([주유재사]\) ?$/u.exec(page.text.slice(Math.max(0, start - 4), start))?.[0];
  if (mark !== undefined && isFree(page, start - mark.length, end)) {
    const length = mark.length + word.length;
    return { name: mark.trim() + word, start: start - mark.length, end, length, long: false };
  }
  const shop = shopAt(page, start, word);
  if (shop !== null) return shop;
  const place = word.replace(SAID, '');
  if (place !== word && isPlaceName(place))
    return { name: place, start, end, length: place.length, long: false };
  const usual = personName(word);
  const person = usual ?? withoutSuffix(personName(word, isLongName), word);
  // 은사님께 is nobody called 은사, but 우리은 is somebody.
  if (person !== null && isRelation(person) && !/[은는]$/u.test(person)) return null;
  // 하늘치과 is no person called 하늘치.
  if (person !== null && (person === word || !isPlaceName(word)))
    return { name: person, start, end, length: person.length, long: usual === null };
  const whole = { name: word, start, end, length: word.length, long: false };
  return isPlaceName(word) || isTitledName(page, word, end) ? whole : null;
}

/** 낭독서 교수님: with what its bearer is behind it a name needs no surname that a list has. */
const isTitledName = (page: Page, word: string, end: number): boolean =>
  word.length === 3 &&
  isTitled(page, end) &&
  (soundsLikeName(word) || !NO_END_OF_NAME.test(word)) &&
  !isOrdinary(word) &&
  !isRelation(word) &&
  !isDepartment(word) &&
  !looksLikeVerb(word);

/** Of a word with its particle, or of a part of a firm. */
const NO_END_OF_NAME = /[은는을를의에과부팀실회원관점장청]$/u;

/** "배시은이가": 이 hangs on a name of three letters before the particle does. */
function withoutSuffix(name: string | null, word: string): string | null {
  if (name === null || name === word || !name.endsWith('이')) return name;
  const short = name.slice(0, -1);
  return isPersonName(short) && soundsLikeName(short) ? short : name;
}

const SAID_BEHIND = new RegExp(`^ ?(?:${COPULA})(?![가-힣])`, 'u');

const SHOP_LEAD = /^([가-힣]{2,6}) (?=[가-힣]{2})/u;
/** 두레과일 본점, 햇살커피 강남점 */
const BRANCH = /^(?:본점|본사|지사|[가-힣]{2,4}(?:점|센터))$/u;
const SHOP_ENDING = /(?:으로요?|로요?|에|앞으로|앞)$/u;

/** The end of a cell, or a number. */
const ENDS_SHOP = /^ *(?:[\n\t,/|(:]|$| [-–—] |[+(]?0\d{1,3}[- .)\d])/u;

/** "초록들 공방으로": a shop of two words, the second of which says what it is. */
function shopAt(page: Page, start: number, word: string): Candidate | null {
  const lead = SHOP_LEAD.exec(page.text.slice(start, start + 10))?.[1];
  if (lead !== word || isOrdinary(word) || /[는를도의로에서]$/u.test(word)) return null;
  const from = start + word.length + 1;
  const kind = /^[가-힣]+/u.exec(page.text.slice(from, from + 12))?.[0] ?? '';
  const bare = kind.replace(SHOP_ENDING, '');
  const end = from + kind.length;
  const branch = BRANCH.test(bare);
  if (kind.length - bare.length === 0 && !ENDS_SHOP.test(page.text.slice(end, end + 6)))
    return null;
  if (!(branch || (bare.length <= 4 && isKindOfPlace(bare))) || !isFree(page, start, end))
    return null;
  return { name: `${word} ${bare}`, start, end, length: from - start + bare.length, long: false };
}

type Standing = {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly cut: boolean;
};

const NEAR = 40;
const BETWEEN_MAX = 12;
const TITLE = new RegExp(
  `^ ?(?:(?:${TITLES})(?:님)?|님|씨|귀하|앞(?:으로)?)(?=(?:${COPULA})?(?![가-힣]{2}))`,
  'u',
);

function weigh(page: Page, tokens: readonly Spotted[], standing: Standing): number {
  const { start, end, cut } = standing;
  const { text } = page;
  const before = neighbour(page, tokens, start, 'before');
  const title = TITLE.exec(text.slice(end, end + 8))?.[0] ?? '';
  const after = neighbour(page, tokens, end + title.length, 'after');
  const beside = (kind: Spotted['kind']): boolean => before?.kind === kind || after?.kind === kind;
  // An unknown label: only a number may follow a name and its colon.
  if (/^ ?:/u.test(text.slice(end, end + 2)) && after?.kind !== 'phone') return 0;
  if (runsOn(page, standing, title)) return 0;
  if (beside('phone')) return BESIDE_PHONE;
  // A name stands alone on a short line or in a cell; farther than this nobody looks.
  const left =
    text
      .slice(Math.max(0, start - NEAR), start)
      .split('\n')
      .at(-1) ?? '';
  const right = text.slice(end, end + NEAR).split('\n', 1)[0] ?? '';
  const alone = /^[^\p{L}\p{N}]*(?:\d{1,2} ?[).])?[^\p{L}\p{N}]*$/u;
  const spare = /^[^\p{L}\p{N}]*(?:(?:고객)?님|씨|귀하|앞)?[^\p{L}\p{N}]*$/u;
  if (
    ((alone.test(left.replace(GREETING, '')) && left.length < NEAR) ||
      /[\t/|,][ ]*$/u.test(left)) &&
    (spare.test(right.replace(FAREWELL, '')) || /^ *[\t/|,(]/u.test(right))
  ) {
    if (standsAlone(page, standing.name) || title !== '') return STANDS_ALONE;
  }
  if (EMPLOYER.test(left) && soundsLikeName(standing.name) && (title !== '' || spare.test(right)))
    return STANDS_ALONE;
  if (beside('address') || beside('home') || beside('postcode'))
    return mayLiveThere(standing.name) ? SURE : 1;
  if (/\b(?:this is|i am|i'm|name is|(?:send|ship|deliver|it|them) to|for) $/iu.test(left))
    return SURE;
  const said = SAID_BEHIND.test(text.slice(start + standing.name.length, end + 6));
  if (/(?:^|[\s,.])(?:저|저는|전|나|나는|난|내는|지는|이름은?)\s?$/u.test(left) && (cut || said))
    return SURE;
  if (
    title !== '' ||
    /^네 ?(?:집|댁)/u.test(text.slice(start + standing.name.length, end + 2)) ||
    /^(?:고객)?(?:님|씨|귀하|에게|한테|께|앞으로|네(?:집|댁|로))/u.test(
      text.slice(start + standing.name.length, end),
    )
  ) {
    return SURE;
  }
  if (
    cut &&
    /^(?:이에요|예요|입니다|앞으로|이라고|인데)/u.test(text.slice(start + standing.name.length))
  )
    return SURE;
  if (
    standing.name.includes(' ') &&
    /^(?:앞?으?로|앞|에)/u.test(text.slice(start + standing.name.length))
  )
    return SURE;
  if (
    left.trim() === '' &&
    after?.kind === 'count' &&
    standing.name.length > 2 &&
    !cut &&
    soundsLikeName(standing.name)
  )
    return SURE;
  return beside('count') || beside('mention') || cut ? 1 : 0;
}

/**
 * "010-… 한국말 조금 못해요": behind the number begins a sentence, whose first word is no name. What
 * sounds like one all the same is where only politeness or a wish follows.
 */
function runsOn({ text, taken }: Page, { name, end }: Standing, title: string): boolean {
  if (title !== '' || !/^[가-힣]+$/u.test(name)) return false;
  let to = end;
  while (to < text.length && to < end + NEAR && taken[to] !== 1) to += 1;
  const rest = text.slice(end, to);
  const sentence = /^ [^\n.!?,/|(]*/u.exec(rest)?.[0] ?? '';
  const goesOn = to < text.length && end + sentence.length === to;
  if (goesOn && to < end + NEAR) return false;
  const words = sentence.trim().split(/ +/u);
  const said = words.findIndex((word) => PREDICATE.test(word) || WISH.test(word));
  return said >= 0 && !WISH.test(words[said] ?? '');
}

/** However it is conjugated, a sentence ends in few letters. */
const PREDICATE = /[가-힣]{2}(?:요|다|죠|네|까|서|데|고)$/u;
const WISH =
  /감사|고맙|고마|부탁|수고|주문|보내|배송|신청|예약|주세요|하루|맛있|건강|번창|확인|입금|송금|시킬|살게/u;

/** "(주)한결소프트 총무팀 박서준": who works there receives what goes there. */
const EMPLOYER =
  /(?:(?:\([주유재사]\)|주식회사|유한회사) ?[가-힣A-Za-z0-9]{2,15}|[가-힣A-Za-z0-9]{2,15} ?\([주유]\)) (?:[가-힣]{1,6}(?:팀|부|과|실|센터) )?$/u;
/** Politeness on the same line does not count: "안녕하세요 김영희", "김영희 잘 부탁드려요~". */
const GREETING =
  /^\D*(?:안녕하세요|안녕하십니까|반갑습니다|사장님|농장님|수고하십니다|수고 ?많으(?:십니다|세요)|네요|(?<!주)세요|니다|죠)(?:[.,!?~^ㅎㅋㅠㅜ]|\p{Emoji_Presentation})*(?= )/u;
const FAREWELL =
  /^(?:님|씨)? +(?:(?:항상|늘|그럼|정말|너무) )?(?:감사|고맙|고마|(?:잘 )?부탁|수고|좋은 하루|맛있|건강|확인).*$/u;
/** Beside an address stand many words (이번엔, 사는); a name at least ends like one. */
function mayLiveThere(name: string): boolean {
  if (/^[가-힣][은는]$/u.test(name)) return false;
  if (!/^[가-힣]{2,4}$/u.test(name) || isPlaceName(name) || soundsLikeName(name)) return true;
  return name.length > 2 && soundsLikeName(`${name[0]}${name.at(-1)}`);
}

/** Alone on its line a word must sound like a name, all the more so where we asked for another thing. */
function standsAlone(page: Page, name: string): boolean {
  if (!/^[가-힣]+$/u.test(name) || isPlaceName(name)) return true;
  const awaited = page.asked === null || page.asked === 'name';
  return soundsLikeName(name) && (awaited || name.length > 2);
}

function neighbour(
  page: Page,
  tokens: readonly Spotted[],
  at: number,
  side: 'before' | 'after',
): Spotted | null {
  // Tokens are few; the nearest one on either side is found by halving.
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const token = tokens[side === 'before' ? low - 1 : low];
  if (token === undefined) return null;
  const [from, to] = side === 'before' ? [token.end, at] : [at, token.start];
  if (to - from > BETWEEN_MAX) return null;
  // A label in between ("김영희 (전화 010…") does not part them.
  let between = '';
  for (let index = from; index < to; index += 1) {
    const letter = page.taken[index] === 1 ? ' ' : (page.text[index] ?? '');
    // Most of what parts two tokens is a word, and seen by its first letter.
    if (letter !== ' ' && PARTS.test(letter)) return null;
    if (letter !== ' ') between += letter;
  }
  return between === '' || SOFT.test(between) ? token : null;
}
