// Korean addresses: where one starts, how far it reaches, and whether a parcel could find it.
import {
  BOX_UNIT,
  BUILDING,
  CITY_PROVINCE,
  cutPieces,
  oneSpaced,
  PAIR,
  type Piece,
  type PieceKind,
  type Taken,
} from './address-words.ts';
import { soundsLikeName } from './given-names.ts';
import { isPersonName, looksLikeVerb, ROOM } from './names.ts';
import { memoIn } from './phrases.ts';
import { findRomanAddresses } from './roman-address.ts';

export type FoundAddress = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Has a city and a house or lot number. Without them nobody can deliver. */
  readonly complete: boolean;
  /** Has a house or lot number. */
  readonly numbered: boolean;
  /** Shop or school at the very end, which may be the recipient's name instead. */
  readonly place: { readonly start: number; readonly end: number } | null;
};

const PIECES_MAX = 4_000;

/** Addresses in the text, in order; `taken` marks what is a phone or another field. */
export function findAddresses(text: string, taken: Taken): FoundAddress[] {
  const pieces = cutPieces(text, taken);
  const found: FoundAddress[] = [];
  let at = 0;
  while (at < pieces.length && found.length < PIECES_MAX) {
    const read = readAddress(text, pieces, at);
    if (read === null) {
      at += 1;
      continue;
    }
    found.push(read.address);
    at = read.next;
  }
  return [...found, ...findRomanAddresses(text, taken)].sort((a, b) => a.start - b.start);
}

type Read = { readonly address: FoundAddress; readonly next: number };

/** Reads region words, then road or lot with its number, then the building and its units. */
function readAddress(text: string, pieces: readonly Piece[], from: number): Read | null {
  const region = readRegion(text, pieces, from);
  if (region === null) return null;
  const first = pieces[from];
  if (first === undefined) return null;
  let { next, end } = region;
  let place: FoundAddress['place'] = null;
  if (region.numbered && !region.closed) {
    const tail = readTail(text, pieces, next);
    next = tail.next;
    end = Math.max(end, tail.end);
    place = tail.place;
  }
  const address = {
    start: first.start,
    end,
    text: oneLine(text.slice(first.start, end)),
    complete: region.numbered && region.city,
    numbered: region.numbered,
    place,
  };
  return { address, next };
}

const REGION_WORDS_MAX = 14;

type Region = {
  readonly next: number;
  readonly end: number;
  readonly numbered: boolean;
  readonly city: boolean;
  readonly closed: boolean;
};

/** What an address begins with. */
const BEGINS: ReadonlySet<PieceKind> = new Set(['province', 'city', 'town', 'village', 'road']);

function readRegion(text: string, pieces: readonly Piece[], from: number): Region | null {
  if (!BEGINS.has(pieces[from]?.kind ?? 'word')) return null;
  const seen = { province: 0, city: 0, town: 0, village: 0, road: 0, words: 0 };
  let cityProvince = false;
  let end = 0;
  let at = from;
  for (; at < pieces.length && at < from + REGION_WORDS_MAX; at += 1) {
    const current = pieces[at];
    if (current === undefined || (at > from && !adjoins(text, end, current.start, true))) break;
    // 광주 is a metropolis, and a city in Gyeonggi.
    const inGyeonggi =
      at > from && current.text === '광주시' && /^경기/u.test(pieces[from]?.text ?? '');
    // 사동 and 마동 are quarters of a city where a number stands behind them, and wings of a house else.
    const quarter =
      current.kind === 'unit' &&
      /^[가-하]동$/u.test(current.text) &&
      seen.city > 0 &&
      seen.village + seen.road === 0 &&
      (pieces[at + 1]?.kind === 'number' || pieces[at + 1]?.text === '산');
    const kind = inGyeonggi ? 'city' : quarter ? 'village' : current.kind;
    if (kind === 'number' && seen.village + seen.road + seen.town > 0) {
      if (isBoxCount(text, current)) break;
      // Without any region it may be anything ("홍로 2"), and nobody could deliver there.
      if (seen.province + seen.city + seen.town === 0) return null;
      const city = seen.city > 0 || cityProvince;
      return { next: at + 1, end: current.end, numbered: true, city, closed: current.last };
    }
    if (kind === 'unit' && /^(?:지하|산)$/u.test(current.text) && seen.road + seen.village > 0) {
      end = current.end;
      continue;
    }
    if (kind === 'word' && current.text === '산' && seen.village > 0) {
      end = current.end;
      continue;
    }
    // 하회마을 12: a place name that is neither road nor village, with its number right behind.
    if ((kind === 'word' || kind === 'place') && seen.town + seen.village > 0 && seen.words === 0) {
      const following = pieces[at + 1];
      const fits = /^[가-힣\d]{2,10}$/u.test(current.text) && following?.kind === 'number';
      if (fits && adjoins(text, current.end, following.start, false)) {
        if (isBoxCount(text, following)) break;
        seen.words += 1;
        end = current.end;
        continue;
      }
      break;
    }
    if (
      kind === 'province' ||
      kind === 'city' ||
      kind === 'town' ||
      kind === 'village' ||
      kind === 'road'
    ) {
      if (kind === 'province' && at > from) break;
      // No town stands behind a road: "출발로 해주시면".
      if ((kind === 'city' || kind === 'town') && seen.road > 0) break;
      seen[kind] += 1;
      if (kind === 'province') cityProvince = CITY_PROVINCE.test(current.text);
      end = current.end;
      continue;
    }
    if (kind === 'bracket' && at > from) {
      end = current.end;
      continue;
    }
    break;
  }
  const regions = seen.province + seen.city + seen.town;
  const deep = seen.city + seen.town + seen.village + seen.road;
  if (regions === 0 || deep + seen.province < 2 || deep === 0) return null;
  return { next: at, end, numbered: false, city: false, closed: true };
}

/** Words of one address stand on one line, or go on at the start of the next. */
function adjoins(text: string, end: number, start: number, acrossLines: boolean): boolean {
  if (start === end || (start === end + 1 && text[end] === ' ')) return true;
  const between = text.slice(end, start);
  if (between.length > 24) return false;
  return acrossLines ? /^[ ,.]*\n?[ ,]*$/u.test(between) : /^[ ,.]*$/u.test(between);
}

function isBoxCount(text: string, { end }: Piece): boolean {
  return BOX_UNIT.test(text.slice(end, end + 8).replace(/^ +/u, ''));
}

const BUILDING_WORDS_MAX = 4;

type Tail = { readonly next: number; readonly end: number; readonly place: FoundAddress['place'] };

/** Building and unit behind the house number: taken up to the last unit, or a building's name. */
function readTail(text: string, pieces: readonly Piece[], from: number): Tail {
  let tail: Tail = { next: from, end: pieces[from - 1]?.end ?? 0, place: null };
  let pending = 0;
  let end = tail.end;
  let anyUnit = false;
  for (let at = from; at < pieces.length; at += 1) {
    const current = pieces[at];
    if (current === undefined || pending > BUILDING_WORDS_MAX) break;
    const newLine = text.slice(end, current.start).includes('\n');
    if (!adjoins(text, end, current.start, !anyUnit)) break;
    if (newLine && !lineIsTail(text, pieces, at)) break;
    if (current.kind === 'number' && isBoxCount(text, current)) break;
    if (current.kind === 'bracket' && isRemark(current.text)) break;
    end = current.end;
    const unit = current.kind === 'unit' || (PAIR.test(current.text) && current.kind !== 'word');
    if (unit || current.kind === 'bracket') {
      tail = { next: at + 1, end: current.end, place: null };
      pending = 0;
      anyUnit ||= unit;
      if (current.last) break;
      continue;
    }
    const room = anyUnit && !newLine ? ROOM.exec(current.text)?.[0] : undefined;
    if (room !== undefined) {
      tail = { next: at + 1, end: current.start + room.length, place: null };
      if (room.length < current.text.length) break;
      continue;
    }
    if (anyUnit && current.kind === 'place' && !newLine) {
      tail = { ...tail, place: { start: current.start, end: current.end } };
      break;
    }
    if (anyUnit || !/^[가-힣a-z0-9.&·'-]{1,14}$/iu.test(current.text)) break;
    if (NOT_BUILDING.test(current.text) || looksLikeVerb(current.text)) break;
    if (BUILDING.test(current.text)) {
      tail = { next: at + 1, end: current.end, place: null };
      pending = 0;
      continue;
    }
    if (current.kind === 'place' && tail.place === null) {
      tail = {
        ...tail,
        place: { start: current.start, end: roomEnd(text, current, pieces[at + 1]) },
      };
    }
    pending += 1;
  }
  return tail;
}

/** "(벨 고장, 노크해주세요)" says what to do, and "(도화동)" where it is. */
const isRemark = (bracket: string): boolean => {
  const said = bracket.slice(1, -1);
  return memoIn(said) !== null || looksLikeVerb(said);
};

/** "한빛초등학교 교무실로": the room belongs to the house. */
function roomEnd(text: string, { end }: Piece, next: Piece | undefined): number {
  const room =
    next && adjoins(text, end, next.start, false) ? ROOM.exec(next.text)?.[0] : undefined;
  return next === undefined || room === undefined ? end : next.start + room.length;
}

/** Beginnings of words that speak of the order, whole words that hang on an address, and ends of talk. */
const NOT_BUILDING =
  /^-+$|^(?:\d+(?![관동]$|공장$|캠퍼스$|학사$|기숙사$|생활관$|센터$|별관$|연구동$|호관$|차$)|엘리베이터|엘베|입니다|이고|이에요|주문|주소|이름|성함|연락처|전화|번호|받는|보내는|입금|부탁|그리고|배송|문앞|현관|부재|도착|모레|내일|오늘|이번|다음)|^(?:으로|로|에|에서|각|각각|총|합|합계|합쳐)(?:$|\d)|(?:없는|있는|이라|인데|근처|맞은편|건너편|사는|계신)$/u;

/** "B. 김영희 …", or a flat with somebody's number and another flat below it: a list begins. */
const LISTED =
  /^(?:[A-Za-z가-하] ?[.):]|\d{1,4}(?:동|호)[^\n]*\d{3,4}[^\n\d]?\d{4}[^\n]*\n[ \t]*\d{1,4}(?:동|호))/u;
const LISTED_MAX = 80;

const FLAT_BELOW = /^ ?\n ?$/u;
/** 남악 and 옥암 may be names, but are seldom any. */
const isSomebody = (word: string): boolean =>
  word.length > 2 && isPersonName(word) && soundsLikeName(word);

/** The line starting here goes on with building and unit: "휴먼시아 2단지 118동 203호", "501호". */
function lineIsTail(text: string, pieces: readonly Piece[], from: number): boolean {
  let end = pieces[from]?.start ?? 0;
  if (LISTED.test(text.slice(end, end + LISTED_MAX))) return false;
  for (let at = from; at < from + BUILDING_WORDS_MAX; at += 1) {
    const current = pieces[at];
    if (current === undefined) return false;
    const between = text.slice(end, current.start);
    // "옥암 푸른숲" and its flat on the line below it.
    if (FLAT_BELOW.test(between) && at > from) return current.kind === 'unit';
    if (!/^[ ,.]*$/u.test(between)) return false;
    if (current.kind === 'unit') return true;
    if (current.kind === 'number') return PAIR.test(current.text);
    const building = /^[가-힣a-z0-9.&·'-]{2,14}$/iu.test(current.text);
    if (!building || NOT_BUILDING.test(current.text) || isSomebody(current.text)) return false;
    end = current.end;
  }
  return false;
}

function oneLine(text: string): string {
  const line = oneSpaced(text);
  return (ENDS.has(line.slice(-1)) ? line.replace(/[ ,.]+$/u, '') : line).trim();
}
const ENDS: ReadonlySet<string> = new Set(' ,.');
