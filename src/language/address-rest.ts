// What stands between the last number of an address and the next thing understood: 해뜨는민박, 세무법인 다온,
// 교육관. An address ends where something else begins, not at the last word that some table knows.

import { BUILDING } from './address-words.ts';
import { COPULA } from './endings.ts';
import { BESIDE_PHONE } from './find-names.ts';
import { soundsLikeName } from './given-names.ts';
import { fieldOfHeader } from './labels.ts';
import {
  endsAsPlace,
  isDepartment,
  isOrdinary,
  isPersonName,
  isRelation,
  looksLikeVerb,
  ROOM,
  TITLE_ALONE,
} from './names.ts';
import { type At, claim, isTaken, type Page, type Spotted } from './page.ts';
import { memoIn } from './phrases.ts';

type Address = Extract<Spotted, { kind: 'address' }>;
type Name = Extract<Spotted, { kind: 'name' }>;

/** Adds to each address the place named behind it, which counts where somebody else is the recipient. */
export function readRests(page: Page): void {
  const addresses = page.tokens.filter(isAddress);
  if (addresses.length === 0) return;
  const readable = page.tokens.filter(
    (token) => isName(token) || token.kind === 'ordinal' || isPlainMemo(token),
  );
  const names = new Map(readable.filter(isName).map((name) => [name.start, name] as const));
  const loose = readable.filter((token) => !isName(token));
  const changed = new Map<Spotted, Spotted | null>();
  const [only, another] = addresses;
  const phones = page.tokens.filter(({ kind }) => kind === 'phone').length;
  const shop = another === undefined && phones < 2 ? names.get(only?.placeStart ?? -1) : undefined;
  if (shop !== undefined && isOutweighed(shop, [...names.values()])) changed.set(shop, null);
  for (const address of addresses) {
    if (address.text === null || address.said !== undefined) continue;
    const from = Math.max(address.end, address.placeEnd);
    const around = addresses.length > 1 ? lineAround(page.text, from) : ALL;
    const rest = restBehind(page, from, { names, loose, around });
    if (rest === null) continue;
    for (const token of readable)
      if (token.start < rest.end && token.end > rest.start) changed.set(token, null);
    claim(page, from, rest.end);
    const known = address.placeEnd > address.end;
    const place = {
      longText: `${address.text}${page.text.slice(address.end, rest.end)}`.replace(/\s+/gu, ' '),
      placeStart: known ? address.placeStart : rest.start,
      placeEnd: rest.end,
    };
    changed.set(address, { ...address, ...place });
  }
  const copies = addresses.filter(({ said }) => said !== undefined);
  const originals = new Map(copies.length > 0 ? addresses.map((one) => [one.start, one]) : []);
  for (const copy of copies) {
    const above = originals.get(copy.said?.start ?? -1);
    const whole = above && (changed.get(above) ?? above);
    if (whole?.kind !== 'address' || whole.longText === null) continue;
    const { longText, placeStart, placeEnd } = whole;
    changed.set(copy, { ...copy, longText, placeStart, placeEnd });
  }
  if (changed.size === 0) return;
  const kept = page.tokens.flatMap((token) =>
    changed.has(token) ? (changed.get(token) ?? []) : token,
  );
  page.tokens.length = 0;
  for (const token of kept) page.tokens.push(token);
}

/** Somebody is named who stands better: then a shop is where he is. */
const isOutweighed = (shop: Name, names: readonly Name[]): boolean =>
  !shop.labelled && names.some(({ labelled, weight }) => labelled || weight > shop.weight);

const isAddress = (token: Spotted): token is Address => token.kind === 'address';
const isName = (token: Spotted): token is Name => token.kind === 'name';

type Named = {
  readonly names: ReadonlyMap<number, Name>;
  readonly loose: readonly Spotted[];
  readonly around: At;
};

/** "정문 경비실" behind a firm is where it goes; "벨 누르지 마세요" is an instruction wherever it stands. */
const isPlainMemo = (token: Spotted): boolean =>
  token.kind === 'memo' && !token.labelled && !INSTRUCTS.test(token.text);
const INSTRUCTS =
  /주세요|주셔|주시|주십|줘|부탁|바랍|바래|마세요|마시|말고|하지 ?마|해요|세요|두고|놔|놓|맡[겨기김]|연락|전화|문자|부재|비번|비밀|번호|벨|노크|초인종|[#*]|\d{4}|시 ?(?:이후|이전|까지)|please|leave|call/iu;

/** Where the recipient of an address is named: anywhere, or on its line where there are several. */
const ALL = { start: 0, end: Number.POSITIVE_INFINITY };
const lineAround = (text: string, at: number): At => {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at - 1) + 1, end: end < 0 ? text.length : end };
};

const within = ({ start, end }: At, around: At): boolean =>
  start >= around.start && end <= around.end;

const WORDS_MAX = 4;
/** The next word, behind a space, or behind a comma where the place begins. */
const FIRST = /(?: ?, ?| {1,2})(?!-+ )(?<word>(?:\([주유재사]\) ?)?[가-힣A-Za-z0-9&·'-]{1,16})/uy;
const NEXT = / (?!-+ )(?<word>(?:\([주유재사]\) ?)?[가-힣A-Za-z0-9&·'-]{1,16})/uy;
/** Where the address's own stretch of the text ends. */
const DELIMITER =
  /[ ]*(?:$|[\n\t,/|;:()[\]<>"'”’]|[.!?~](?=\s|$)| [-–—→] |(?:감사|고맙|고마워|수고|번창|건강|(?:잘 )?부탁|입니다|이에요|예요|이고|으로 |앞으로))/uy;

/**
 * All words up to a delimiter or a particle, if each may be one of a place's name; of a sentence that
 * goes on with other words, as far as its last word that is surely a place.
 */
function restBehind(page: Page, from: number, named: Named): At | null {
  const { text } = page;
  if (text[from] !== ' ' && text[from] !== ',') return null;
  const limit = fieldEnd(page, from);
  let start = -1;
  let end = from;
  let sureEnd = -1;
  let numbered = false;
  // "행정실 앞" is a place; "1204호 앞" is where to put it.
  const houseEnds =
    /[가-힣]{2}$/u.test(text.slice(from - 2, from)) && !/[호층]$/u.test(text[from - 1] ?? '');
  for (let count = 0; count < WORDS_MAX; count += 1) {
    const pattern = count === 0 ? FIRST : NEXT;
    pattern.lastIndex = end;
    const word = pattern.exec(text)?.groups?.word;
    if (word === undefined || pattern.lastIndex > limit) break;
    const at = pattern.lastIndex - word.length;
    if (!mayRead(page, { start: at, end: at + word.length }, named)) break;
    // "일병 남도윤", "원장 모지연": behind a title stands its bearer.
    if (TITLE_ALONE.test(word)) break;
    const bare = bareWord(word);
    if (ROOM_NUMBER.test(bare)) {
      // "4층 401 영재수학": a number belongs to the place only between its words.
      end = at + word.length;
      if (start < 0) start = at;
      numbered = true;
      continue;
    }
    if (DESCRIBES.test(bare) && isKnownPlace(wordBehind(text, at + word.length))) {
      if (start < 0) start = at;
      end = at + word.length;
      continue;
    }
    if (!(LOCATIVE.test(bare) ? start >= 0 || houseEnds : mayPlace(bare))) break;
    numbered = false;
    if (start < 0) start = at;
    end = at + bare.length;
    if (isKnownPlace(bare) && !FIRM.test(bare)) sureEnd = end;
    if (bare.length < word.length) return { start, end };
  }
  if (start < 0) return null;
  if (!numbered && isDelimited(page, end, limit))
    return isPerson(page, { start, end }) ? null : { start, end };
  return sureEnd < 0 ? null : { start, end: sureEnd };
}

/** Part of a place only behind what it belongs to: "본관 앞", "주산지 입구 사과나무집". */
const LOCATIVE =
  /^(?:입구|앞|뒤|옆|밑|위|안|내|정문|후문|로비|경비실|관리실|사거리|삼거리|건너|맞은편|뒤편|근처|부근|(?:첫|두|세|[1-9])번째집?)$/u;

/** "해뜨는 사과나무집": what it is like, in front of what it is. */
const DESCRIBES =
  /^(?!사는|있는|없는|계신|보내는|받는|다니는|가는|같은|좋은)[가-힣]{1,3}[는은한]$/u;

const ROOM_NUMBER = /^\d{3,4}$/u;

/** A cell or a labelled value ends what is said of its address. */
function fieldEnd({ text, labels }: Page, from: number): number {
  const value = labels.find((label) => from > label.from && from <= label.to && label.strong);
  return value?.to ?? text.length;
}

/** Nobody has read the word, or only as a name where somebody else is surely the recipient. */
function mayRead(page: Page, word: At, { names, loose, around }: Named): boolean {
  const isLoose = (at: number): boolean =>
    !isTaken(page, at) || loose.some(({ start, end }) => at >= start && at < end);
  if (isLoose(word.start)) return isLoose(word.end - 1);
  const name = names.get(word.start);
  if (name === undefined || name.labelled) return false;
  const { text } = page;
  const firm = FIRM.test(
    text.slice(Math.max(0, word.start - FIRM_LENGTH_MAX), word.start).trimEnd(),
  );
  const places = [bareWord(text.slice(word.start, word.end)), wordBehind(text, word.end)];
  if (!firm && !places.some((one) => isKnownPlace(one))) return false;
  return [...names.values()].some(
    (other) =>
      other !== name &&
      within(other, around) &&
      (other.labelled || (other.weight >= BESIDE_PHONE && other.weight > name.weight)),
  );
}

function wordBehind(text: string, at: number): string {
  NEXT.lastIndex = at;
  return bareWord(NEXT.exec(text)?.groups?.word ?? '');
}

const ENDING = new RegExp(`(?:${COPULA}|으로|로|에|앞|앞으로|에서)$`, 'u');

/** These hang on any word, and no place ends so. */
const SAID = /(?:이?[고구]요|이[고구며]|입니다|이에요|예요|인데요?)$/u;

/** Without the particle or the polite ending that closes an address: 교육관이고, 파란지붕집으로. */
function bareWord(word: string): string {
  const said = word.replace(SAID, '');
  if (said !== word && said.length > 1) return said;
  const bare = word.replace(ENDING, '');
  return bare.length > 1 && isKnownPlace(bare) ? bare : word;
}

const KIND_OF_PLACE =
  /(?:[가-힣]{2}[관점집댁초중고대]|[가-힣]{3}[사소회원]|본관|별관|민박|창고|공장|가든|산장|부대|대대|연대|사단|법인|공방|캠퍼스|농막|정자)$/iu;

/** What sort of firm it is, in front of its name: 세무법인 다온. */
const FIRM = /(?:법인|주식회사|유한회사|재단|협동조합)$/u;
const FIRM_LENGTH_MAX = 8;
const FIRM_MARK = /^\([주유재사]\)/u;

/** 옆집, 뒤편, 사택: said in one word where it is, though some of them sound like names. */
const BESIDE =
  /^(?:옆|앞|뒷|윗|아랫|끝|왼쪽|오른쪽|(?:첫|두|세)번째)(?:집|방|동|건물)$|^(?:맞은|건너|뒤|앞|옆)편$|^(?:사택|관사|숙소|별채|안채|본채|본관|별관|본당|교육관|창고|매점)$/u;

const isKnownPlace = (word: string): boolean =>
  BESIDE.test(word) ||
  (word.length > 1 &&
    !isOrdinary(word) &&
    (FIRM_MARK.test(word) ||
      endsAsPlace(word) ||
      BUILDING.test(word) ||
      ROOM.test(word) ||
      isDepartment(word) ||
      (KIND_OF_PLACE.test(word) && !(isPersonName(word) && soundsLikeName(word)))));

/** What stands behind an address without being part of it: 착불, 여기도, 나머지는. */
const NO_PLACE =
  /^(?:착불|선불|급함|급해|각각?|또|총|합|이하|이상|여기|거기|나머지|보낼|보내|받을|받는|빨리|되도록|가급적|최대한|추석|설날?|명절|생일|선물|사는|계신|있는|없는|한테|에게|앞|뒤|옆|쪽|근처|그냥|같은|다른|모든|좋은|맛있|잘|꼭|좀)|(?:은|는|를|도|만|까지|부터|에서|께|한테|에게|씩|처럼|보다|면|며|서)$/u;

function mayPlace(word: string): boolean {
  if (word.length < 2) return false;
  if (isKnownPlace(word)) return true;
  if (isOrdinary(word) || isRelation(word) || NO_PLACE.test(word)) return false;
  if (looksLikeVerb(word) || ENDING.test(word) || /^\d/u.test(word)) return false;
  return fieldOfHeader(word) === null && memoIn(word) === null;
}

const isDelimited = (page: Page, end: number, limit: number): boolean => {
  if (end >= limit || isTaken(page, end) || isTaken(page, end + 1)) return true;
  DELIMITER.lastIndex = end;
  return DELIMITER.test(page.text);
};

/** A word that sounds like a name beside the number is somebody, though no list has his surname. */
function isPerson({ text, tokens }: Page, { start, end }: At): boolean {
  const word = text.slice(start, end);
  if (!/^[가-힣]{2,4}$/u.test(word) || isKnownPlace(word) || !soundsLikeName(word)) return false;
  return tokens.some(
    (token) =>
      token.kind === 'phone' && token.start >= end && /^[ ,]*$/u.test(text.slice(end, token.start)),
  );
}
