// A word that no reader knows is the name where a recipient lacks one and nothing else could stand
// there: between two walls, beside his number or alone in its line or cell.

import { COPULA } from './endings.ts';
import { BESIDE_PHONE, SURE } from './find-names.ts';
import { soundsLikeName } from './given-names.ts';
import { hangulTo, isSyllable } from './letters.ts';
import { matchesOf } from './matches.ts';
import {
  hangsOn,
  isCalledByWork,
  isDepartment,
  isOrdinary,
  isPersonName,
  isPlaceName,
  isRelation,
  looksLikeVerb,
  ROOM,
  TITLES,
} from './names.ts';
import { isFree, type Page, put, type Spotted } from './page.ts';
import { namesGoods } from './produce.ts';

type Name = Extract<Spotted, { kind: 'name' }>;
type Phone = Extract<Spotted, { kind: 'phone' }>;

/** Part of a page with its tokens. */
export type Stretch = {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Spotted[];
  /** The shape of the list says that there is a name: what may be one need not sound so. */
  readonly isRow?: true;
};

/** After the rows of a list: the recipients of whom still nobody is named. */
export function readVacancies(page: Page): void {
  const { text, tokens, nameless } = page;
  if (tokens.some(({ kind }) => kind === 'row' || kind === 'selfsame')) return;
  const phones = tokens.filter((token): token is Phone => token.kind === 'phone' && !token.sender);
  if (phones.length === 0 && !nameless) return;
  const named = tokens.filter((token) => token.kind === 'name' && token.weight >= SURE);
  if (named.length >= Math.max(1, phones.length)) return;
  if (phones.length < 2) {
    const whole = { start: 0, end: text.length, tokens };
    // Without a number in the message it may be any short answer: 고마워, 오케이.
    putVacant(page, whole, phones.length > 0 ? undefined : ({ word }) => soundsLikeName(word));
    return;
  }
  for (const phone of phones)
    if (!named.some((name) => isNear(page, name, phone)))
      putVacant(page, around(text, phone), isBesidePhone);
}

/** What is farther from a number than a name and the signs between them is not beside it. */
const AROUND = 48;

/** No word is cut by it that could be a name: one that reaches so far is too long. */
function around(text: string, phone: Phone): Stretch {
  const from = Math.max(0, phone.start - AROUND);
  const start = from > 0 && isSyllable(text.charCodeAt(from - 1)) ? hangulTo(text, from) : from;
  return { start, end: Math.min(text.length, phone.end + AROUND), tokens: [phone] };
}

/** Puts the one word of the stretch that can be the name; of two that stand as well neither is. */
export function putVacant(
  page: Page,
  stretch: Stretch,
  may: (candidate: Candidate) => boolean = () => true,
): Name | null {
  const found = new Map<string, Candidate>();
  for (const candidate of candidates(page, stretch))
    if (may(candidate) && !found.has(candidate.word)) found.set(candidate.word, candidate);
  const [best, second] = [...found.values()].sort((a, b) => b.rank - a.rank);
  if (best === undefined || best.rank === second?.rank) return null;
  const { word: text, start } = best;
  const end = start + text.length;
  const weight = BESIDE_PHONE;
  const name: Name = { kind: 'name', text, weight, labelled: false, introduced: false, start, end };
  put(page, name);
  return name;
}

type Candidate = { readonly word: string; readonly start: number; readonly rank: number };

const HANGUL = /[가-힣]+/gu;
/** 마크 존슨 */
const FOREIGN_PAIR = /[가-힣]{1,5} [가-힣]{1,5}(?![가-힣])/gu;
const NAME_MAX = 4;
/** 응우옌티란 */
const FOREIGN_MAX = 7;
const FIRM_MAX = 12;
const HUNG_ON =
  /(?:(?:고객님|님|씨|귀하)(?:께|한테|에게)?|이[고구]요?|이요|입니다|이에요|예요|앞으로|앞|한테|에게|께)$/u;

/** Where a word stands counts most, how it sounds decides between two of the same place. */
const NEAR = 10;
const isBesidePhone = ({ rank }: Candidate): boolean => rank >= NEAR;

function candidates(page: Page, { start: from, end: to, tokens, isRow }: Stretch): Candidate[] {
  const found: Candidate[] = [];
  for (const match of matchesOf(page.text.slice(from, to), HANGUL)) {
    const start = from + match.index;
    const whole = match[0];
    if (!isFree(page, start, start + whole.length)) continue;
    const cut = whole.replace(HUNG_ON, '');
    const first = cut.length > 1 ? cut : whole;
    if (!(isRow ? mayName(first) : isLikely(first))) continue;
    const room = isPlaceName(whole) ? roomBehind(page, start + whole.length) : '';
    const word = first + room;
    const sound = soundOf(first);
    const end = start + whole.length + room.length;
    if (!isRow && isOfHouse(page, tokens, { start, end, sound })) continue;
    const stand = standing(page, tokens, { start, end, sound });
    if (stand !== null) found.push({ word, start, rank: sound + (stand === 'near' ? NEAR : 0) });
  }
  for (const match of found.length > 0 ? [] : matchesOf(page.text.slice(from, to), FOREIGN_PAIR)) {
    const word = match[0];
    const start = from + match.index;
    const end = start + word.length;
    const foreign = isFree(page, start, end) && word.split(' ').every(mayBeForeign);
    if (foreign && standing(page, tokens, { start, end, sound: 1 }) === 'near')
      found.push({ word, start, rank: NEAR });
  }
  return found;
}

/** "솔빛중학교 교무실": who is there receives it. */
function roomBehind(page: Page, from: number): string {
  const room = /^ ([가-힣]{2,6})(?![가-힣])/u.exec(page.text.slice(from, from + ROOM_LOOK));
  if (room === null || !(ROOM.test(room[1] ?? '') || isDepartment(room[1] ?? ''))) return '';
  return isFree(page, from, from + room[0].length) ? room[0] : '';
}
const ROOM_LOOK = 8;

const DETERMINES: ReadonlySet<string> = new Set('그이저내제네큰작한두세또더등및');

/** Part of a name of another language: no word of ours, and nothing that hangs on one. */
export const mayBeForeign = (word: string): boolean =>
  word.length === 1
    ? !DETERMINES.has(word)
    : mayStandAlone(word) && !isCalledByWork(word) && !/[집댁네님씨]$/u.test(word);

/** 3 for 김영희, 2 for what has a surname (지구슬) or a given name (궁연희), 1 for 비단결. */
function soundOf(word: string): number {
  const sounds = soundsLikeName(word);
  if (isPersonName(word)) return sounds ? 3 : 2;
  return sounds && word.length === 3 ? 2 : 1;
}

/** Any word but one of the language's own; a long one only where it says what sort of shop it is. */
export function mayName(word: string): boolean {
  if (word.length < 2 || word.length > FIRM_MAX) return false;
  if (isOrdinary(word) || isRelation(word) || isDepartment(word) || looksLikeVerb(word))
    return false;
  if (OF_A_LABEL.test(word)) return false;
  return word.length <= NAME_MAX || isPlaceName(word) || !/[은는을를에의로]$/u.test(word);
}

/** 안심번호, 사업장주소 */
const OF_A_LABEL = /(?:번호|전화|연락처|주소|배송지|수량|이름|성함|날짜|금액|사항)$/u;

/** Neither something to eat nor a word with its particle. */
export const mayStandAlone = (word: string): boolean =>
  mayName(word) && !hangsOn(word.replace(MAY_END, '')) && !namesGoods(word);
/** 리웨이, 마리아; but 같이, 봉지 and 언제나 are no names. */
const MAY_END = /(?<=..)(?<!같|많|까|봉|난|언제)[이아나지시야]$/u;

/** Without a list around it a word may be anything, and a name shows by its sound. */
function isLikely(word: string): boolean {
  if (!mayName(word) || isCalledByWork(word)) return false;
  if (isPersonName(word) || isPlaceName(word)) return true;
  if (word.length < 3) return false;
  return word.length <= FOREIGN_MAX && mayStandAlone(word);
}

const BESIDE = new RegExp(
  String.raw`^(?: ?(?:${TITLES})님?)?(?:\(\d{1,2}\))?[ ,.()[\]/|:;~♡-]*$`,
  'u',
);
const BESIDE_MAX = 16;

type Place = { readonly start: number; readonly end: number };
type Standing = Place & { readonly sound: number };

/** Nothing but signs, titles and what is read already between two places. */
function isBetween({ text, taken }: Page, from: number, to: number): boolean {
  if (to < from || to - from > BESIDE_MAX) return false;
  let free = '';
  for (let at = from; at < to; at += 1) if (taken[at] !== 1) free += text[at] ?? '';
  return BESIDE.test(free);
}

const isNear = (page: Page, a: Place, b: Place): boolean =>
  isBetween(page, a.end, b.start) || isBetween(page, b.end, a.start);

/** Beside the number, or alone in its cell, line or sentence; null anywhere else. */
function standing(page: Page, tokens: readonly Spotted[], at: Standing): 'near' | 'alone' | null {
  if (!opensSlot(page, at.start) || !closesSlot(page, at.end)) return null;
  const { text } = page;
  if (tokens.some((token) => token.kind === 'phone' && isNear(page, at, token))) return 'near';
  const long = at.end - at.start > NAME_MAX && !isPlaceName(text.slice(at.start, at.end));
  if (long) return null;
  return at.sound > 1 || standsByItself(page, at) ? 'alone' : null;
}

/** Behind a house stand many words that belong to it: 교육관, 해뜨는민박. */
function isOfHouse(
  { text }: Page,
  tokens: readonly Spotted[],
  { start, end, sound }: Standing,
): boolean {
  const housed = tokens.some(
    (token) =>
      token.kind === 'address' && token.end <= start && /^ ?$/u.test(text.slice(token.end, start)),
  );
  if (!housed) return false;
  return sound < 2 || end - start < 3 || (sound < 3 && OF_A_HOUSE.test(text.slice(start, end)));
}
const OF_A_HOUSE = /[관사집실동층호점당원소과부팀댁장방전회]$/u;

const SIGN = /[^\p{L}\p{N} ]/u;
/** What of a value's sentence hangs on it: "3상자요 ", "302호로 ". */
const HANGS_ON_VALUE = new RegExp(`^(?:${COPULA}|으로|로|에|은|는|만|씩|도|번)$`, 'u');
/** What somebody is called in front of his name. */
const LEADS = new RegExp(`^(?:저|전|저는|나|${TITLES}|담당자?)님?$`, 'u');
const LEADS_MAX = 2;
const IN_WORD = /[가-힣]/u;

/** In front of it stands the end of something else. */
function opensSlot({ text, taken }: Page, start: number): boolean {
  let at = start;
  for (let leads = 0; leads <= LEADS_MAX; leads += 1) {
    while (at > 0 && text[at - 1] === ' ' && taken[at - 1] !== 1) at -= 1;
    if (at === 0 || taken[at - 1] === 1 || SIGN.test(text[at - 1] ?? '')) return true;
    let from = at;
    while (from > 0 && taken[from - 1] !== 1 && IN_WORD.test(text[from - 1] ?? '')) from -= 1;
    const word = text.slice(from, at);
    if (word === '') return false;
    if (from > 0 && taken[from - 1] === 1 && HANGS_ON_VALUE.test(word)) return true;
    if (/\d/u.test(text[from - 1] ?? '')) return true;
    if (!LEADS.test(word) && !isKin(word) && !isFirm(text, from, word)) return false;
    at = from;
  }
  return false;
}

/** 아버지, 손주며느리가 */
const isKin = (word: string): boolean => isRelation(word) || KIN.test(word);
const KIN =
  /(?:아들|딸|며느리|사위|언니|누나|오빠|형|동생|이모|고모|삼촌|엄마|아빠|어머니|아버지|어머님|아버님|할머니|할아버지|친구|손주|손자|손녀|조카|처제|처남)(?:님|분)?[이가은는]?$/u;

/** "달빛게스트하우스 진미나": where he works stands at the beginning of the line. */
const isFirm = (text: string, from: number, word: string): boolean =>
  word.length > 2 &&
  mayName(word) &&
  /(?:^|\n)[^\p{L}\p{N}\n]*$/u.test(text.slice(Math.max(0, from - 4), from));

/** Polite words and the wish itself may follow on the line. */
const CLOSES = new RegExp(
  String.raw`^(?: ?(?:${TITLES})님?)? *(?:$|[^\p{L}\p{N} ]|(?:(?:항상|늘|그럼|정말|너무|잘|꼭|이렇게|이쪽으로|여기로|앞으로|으로) )*(?:감사|고맙|고마|부탁|수고|주문|보내|배송|신청|예약|좋은 하루|맛있|입니다|이에요|예요))`,
  'u',
);
const LOOK_AHEAD = 24;

/** Behind it begins something else. */
function closesSlot({ text, taken }: Page, end: number): boolean {
  let to = end;
  while (to < text.length && to < end + LOOK_AHEAD && taken[to] !== 1) to += 1;
  const behind = text.slice(end, to);
  if (CLOSES.test(behind)) return true;
  return to < end + LOOK_AHEAD && to < text.length && BESIDE.test(behind);
}

const LONE_LEFT = /(?:^|[\n\t/|,;:.!?)\]-]) *$/u;
const LONE_RIGHT = /^ *(?:$|[\n\t/|,;.(])/u;

/** A word without surname or sound needs signs around it: a cell, a line, a sentence of one word. */
const standsByItself = ({ text }: Page, { start, end }: Place): boolean =>
  LONE_LEFT.test(text.slice(Math.max(0, start - 4), start)) &&
  LONE_RIGHT.test(text.slice(end, end + 4));
