// Korean addresses: where one starts, how far it reaches, and whether a parcel could find it.
import { isPersonName, PLACE } from './names.ts';

export type FoundAddress = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Has a city and a house or lot number. Without them nobody can deliver. */
  readonly complete: boolean;
  /** Shop or school at the very end, which may be the recipient's name instead. */
  readonly place: { readonly start: number; readonly end: number } | null;
};

const PROVINCE =
  '서울(?:특별시|시)?|(?:부산|대구|인천|광주|대전|울산)(?:광역시|시)?|세종(?:특별자치시|시)?|경기도?|강원(?:특별자치도|도)?|충청[남북]도|전라[남북]도|경상[남북]도|[충전경][남북]|전북특별자치도|제주(?:특별자치도|도)?';
/** A province that is a city by itself needs no further city. */
const CITY_PROVINCE = /^(?:서울|부산|대구|인천|광주|대전|울산|세종)/u;
const PROVINCE_WORD = new RegExp(`^(?:${PROVINCE})$`, 'u');
const PROVINCE_GLUED = new RegExp(`^(${PROVINCE})(?=[가-힣]{1,4}(?:시|군|구))`, 'u');

type PieceKind =
  | 'province'
  | 'city'
  | 'town'
  | 'village'
  | 'road'
  | 'number'
  | 'unit'
  | 'bracket'
  | 'place'
  | 'word';

/** The shapes of one word; the first fitting row counts. */
const SHAPES: readonly { readonly kind: PieceKind; readonly shape: RegExp }[] = [
  { kind: 'province', shape: PROVINCE_WORD }, // 서울특별시, 충북
  { kind: 'unit', shape: /^제?\d{1,4}(?:동|호|층|단지|차|호실|동호)$/u }, // 103동, 1204호, 2단지
  { kind: 'unit', shape: /^제?(?:\d{1,4}|[a-z가-하])동-?\d{1,5}호?$/iu }, // 103동1204호
  { kind: 'unit', shape: /^[a-z가나다라마바사아자차카타파하]동$/iu }, // B동, 나동
  { kind: 'unit', shape: /^(?:지하|지상|반지하|옥탑|[bB])\d{0,3}(?:층|호)?$/u }, // 지하, B1, 지하1층
  { kind: 'unit', shape: /^\d{1,4}층\d{1,5}호?$/u }, // 3층302호
  { kind: 'unit', shape: /^[a-z]-?\d{1,5}호?$/iu }, // A1203호
  { kind: 'city', shape: /^[가-힣]{1,5}[시군구]$/u }, // 노원구, 창원시
  { kind: 'town', shape: /^[가-힣]{1,5}\d?[읍면]$/u }, // 화도읍
  {
    kind: 'road',
    shape: /^[가-힣\d.·]{1,14}(?:대로|로|길)(?:\d{1,4}[가-하]?(?:번)?(?:[가-하])?길)?$/u,
  }, // 동일로115길
  { kind: 'village', shape: /^[가-힣]{1,6}\d{0,2}(?:동|리|[동로]\d가|가)$/u }, // 구산리, 효자동3가
  { kind: 'road', shape: /^\d{1,4}(?:번|번가|[가-하])?길$/u }, // 중앙로 12번길
];

const LOT = String.raw`(?:산 ?)?\d{1,5}(?:-\d{1,4})?(?:번지|번)?`;
const NUMBER = /^(?:지하|산)?\d{1,5}(?:-\d{1,4})?(?:번지)?(?:-\d{1,4})?(?:호)?$/u;
/** Glued to the number: a particle or the polite ending of the sentence. */
const ENDING =
  /(?:이고요?|이구요?|이며|이에요|예요|에요|이예요|입니다|임|이요|으로요?|로요?|에|요)$/u;
const NUMBER_GLUED = new RegExp(
  String.raw`^([가-힣\d.·]{1,14}(?:대로|로|길)(?:\d{1,4}번?길)?|[가-힣]{1,6}\d{0,2}(?:동|리|가))(${LOT})$`,
  'u',
);
const PAIR = /^\d{1,4}[-/]\d{2,5}호?$/u; // 103-1204 behind a house number
const BOX_UNIT =
  /^(?:박스|상자|빡스|box|bx|팩|세트|봉지|포대|자루|(?:박|개|봉|망|포|통|짝)(?=$|[^가-힣]|[만씩요]))/iu;
/** Ends of building names. They belong to the address even where no unit follows. */
const BUILDING =
  /(?:아파트|아파트먼트|빌라|빌딩|타워|오피스텔|맨션|맨숀|주택|하이츠|단지|캐슬|파크|자이|힐스테이트|푸르지오|래미안|빌|빌리지|타운|상가|하우스|원룸|고시원|기숙사|팰리스|스위트|더샵|아이파크|연립|다세대|프라자|플라자|월드|마을|회관|센터|시티|아이비|에이스|apt)$/iu;
/** Looks like a town or road by its last letter, and is not one. */
const NO_REGION = new Set(
  (
    '다시 혹시 역시 잠시 즉시 일시 반드시 몇시 부재시 배송시 도착시 수령시 접수시 주문시 필요시 당시 임시 친구 가구 입구 누구 ' +
    '회사로 집으로 따로 바로 새로 서로 별로 그대로 마음대로 이대로 주소로 번호로 계좌로 택배로 앞으로 이쪽으로 아래로 위로 ' +
    '그걸로 이걸로 걸로 것으로 이름으로 명의로 제대로 선물로 추가로 실제로 절대로 ' +
    '자동 활동 행동 운동 감동 우리 빨리 멀리 정리 거리 소리 자리 관리 처리 수리 미리 아무리 그리 언니가 제가 내가 누가 엄마가 우체국길 수량이 이면 저면 하면 되면 라면 사면 오면 가면 있으면 없으면 주시면 그러면 보내면 어떠면 아니면 도착하면 놓으면'
  ).split(' '),
);

type Piece = {
  readonly kind: PieceKind;
  readonly start: number;
  /** End of what belongs to the address: without a glued particle or comma. */
  readonly end: number;
  readonly text: string;
  /** A particle was cut off, so the address ends here. */
  readonly last: boolean;
};

/** True where another reader has claimed the character. */
export type Taken = (at: number) => boolean;

/** A bracket inside an address names the town or the building; one around an address does not count. */
const WORD = new RegExp(
  String.raw`\((?!(?:${PROVINCE})[ 가-힣])[^()\n]{0,24}\)|[^\s()[\]|;]+`,
  'gu',
);
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

function cutPieces(text: string, taken: Taken): Piece[] {
  const pieces: Piece[] = [];
  for (const match of text.matchAll(WORD)) {
    if (match[0].startsWith('(')) {
      if (!taken(match.index + 1)) pieces.push(piece('bracket', match.index, match[0], false));
      continue;
    }
    for (const part of cutWord(match[0], match.index, taken)) {
      pieces.push(...classify(part.text, part.start));
    }
  }
  return pieces;
}

const PAIR_HERE = /\d{2,4}\/\d{3,5}(?!\d)/uy;

/** Commas, slashes and other fields glued to it end a word ("05호010-…"), but not 103/1204. */
function cutWord(word: string, start: number, taken: Taken): { text: string; start: number }[] {
  const parts: { text: string; start: number }[] = [];
  let from = 0;
  for (let at = 0; at <= word.length; at += 1) {
    const letter = word[at];
    const separates =
      letter === undefined ||
      letter === ',' ||
      letter === '/' ||
      letter === ':' ||
      taken(start + at);
    if (!separates) continue;
    PAIR_HERE.lastIndex = from;
    if (letter === '/' && PAIR_HERE.test(word)) continue;
    if (at > from) parts.push({ text: word.slice(from, at), start: start + from });
    from = at + 1;
  }
  return parts;
}

function classify(raw: string, start: number): Piece[] {
  const word = raw.replace(/[.!?~^*ㅎㅋㅠㅜ'"”’♡]+$/u, '');
  const whole = shapeOf(word);
  if (whole !== 'word') return [piece(whole, start, word, false)];
  const bare = word.replace(ENDING, '');
  if (bare !== word && bare.length > 0) {
    const kind = shapeOf(bare);
    if (kind === 'unit' || kind === 'number') return [piece(kind, start, bare, true)];
  }
  const glued = splitGlued(word, start);
  return glued.length > 1 ? glued : [piece('word', start, word, false)];
}

function shapeOf(word: string): PieceKind {
  if (NUMBER.test(word) && !/^\d+호$/u.test(word)) return 'number';
  if (NO_REGION.has(word)) return 'word';
  const row = SHAPES.find(({ shape }) => shape.test(word));
  if (row) return row.kind;
  if (PLACE.test(word)) return 'place';
  return 'word';
}

const GLUED_STEPS: readonly { readonly kind: PieceKind; readonly shape: RegExp }[] = [
  { kind: 'province', shape: PROVINCE_GLUED },
  { kind: 'city', shape: /^[가-힣]{1,3}?[시군](?=[가-힣]{2})/u },
  { kind: 'city', shape: /^[가-힣]{1,4}?구(?=[가-힣]{2}|$)/u },
];

/** 경기의정부시, 노원구동일로1729, 수원시영통구이의동1088-6: words typed without their spaces. */
function splitGlued(word: string, start: number): Piece[] {
  const pieces: Piece[] = [];
  let rest = word;
  let at = start;
  for (const { kind, shape } of GLUED_STEPS) {
    const head = shape.exec(rest)?.[0];
    if (head === undefined) continue;
    if (kind === 'city' && shapeOf(rest) !== 'word') break;
    pieces.push(piece(kind, at, head, false));
    rest = rest.slice(head.length);
    at += head.length;
  }
  const numbered = NUMBER_GLUED.exec(rest);
  if (numbered?.[1] && numbered[2]) {
    const kind = shapeOf(numbered[1]);
    if (kind === 'road' || kind === 'village') {
      pieces.push(piece(kind, at, numbered[1], false));
      pieces.push(piece('number', at + numbered[1].length, numbered[2], false));
      return pieces;
    }
  }
  if (rest.length > 0) pieces.push(piece(shapeOf(rest), at, rest, false));
  return pieces;
}

function piece(kind: PieceKind, start: number, text: string, last: boolean): Piece {
  return { kind, start, end: start + text.length, text, last };
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
    place,
  };
  return { address, next };
}

type Region = {
  readonly next: number;
  readonly end: number;
  readonly numbered: boolean;
  readonly city: boolean;
  readonly closed: boolean;
};

function readRegion(text: string, pieces: readonly Piece[], from: number): Region | null {
  const seen = { province: 0, city: 0, town: 0, village: 0, road: 0, words: 0 };
  let cityProvince = false;
  let end = 0;
  let at = from;
  for (; at < pieces.length; at += 1) {
    const current = pieces[at];
    if (current === undefined || (at > from && !adjoins(text, end, current.start, true))) break;
    const { kind } = current;
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
  const between = text.slice(end, start);
  if (between.length > 24) return false;
  return acrossLines ? /^[ ,.]*\n?[ ,]*$/u.test(between) : /^[ ,.]*$/u.test(between);
}

function isBoxCount(text: string, { end }: Piece): boolean {
  return BOX_UNIT.test(text.slice(end, end + 8).trimStart());
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
    end = current.end;
    const unit = current.kind === 'unit' || (PAIR.test(current.text) && current.kind !== 'word');
    if (unit || current.kind === 'bracket') {
      tail = { next: at + 1, end: current.end, place: null };
      pending = 0;
      anyUnit ||= unit;
      if (current.last) break;
      continue;
    }
    if (anyUnit && current.kind === 'place' && !newLine) {
      tail = { ...tail, place: { start: current.start, end: current.end } };
      break;
    }
    if (anyUnit || !/^[가-힣a-z0-9.&·'-]{1,14}$/iu.test(current.text)) break;
    if (NOT_BUILDING.test(current.text)) break;
    if (BUILDING.test(current.text)) {
      tail = { next: at + 1, end: current.end, place: null };
      pending = 0;
      continue;
    }
    if (current.kind === 'place' && tail.place === null) {
      tail = { ...tail, place: { start: current.start, end: current.end } };
    }
    pending += 1;
  }
  return tail;
}

const NOT_BUILDING =
  /^(?:\d+|입니다|이고|이에요|주문|주소|이름|성함|연락처|전화|번호|받는|보내는|입금|부탁|그리고|으로|로|에|각|총|합|배송|문앞|현관|부재|도착|모레|내일|오늘|이번|다음)/u;

/** The line starting here goes on with building and unit: "휴먼시아 2단지 118동 203호", "501호". */
function lineIsTail(text: string, pieces: readonly Piece[], from: number): boolean {
  let end = pieces[from]?.start ?? 0;
  for (let at = from; at < from + BUILDING_WORDS_MAX; at += 1) {
    const current = pieces[at];
    if (current === undefined || !/^[ ,.]*$/u.test(text.slice(end, current.start))) return false;
    if (current.kind === 'unit') return true;
    if (current.kind === 'number') return PAIR.test(current.text);
    const building = /^[가-힣a-z0-9.&·'-]{2,14}$/iu.test(current.text);
    if (!building || NOT_BUILDING.test(current.text) || isPersonName(current.text)) return false;
    end = current.end;
  }
  return false;
}

const ROMAN_ROAD =
  /(?:(?:\d{1,5}(?:-\d{1,4})?,? )?(?:[A-Z][\w'-]*|\d[\w-]*)-(?:daero|ro|gil|dong|ri)(?:[ ,]+\d[\w-]*-?gil)?)\b(?:,? \d{1,5}(?:-\d{1,4})?(?![\d-]))?/giu;
const ROMAN_HEAD =
  /(?:(?:apt|unit|room|rm|suite|bldg|building|no)\.? ?#?[\w-]{1,8}|#?\d{1,4}(?:-\d{1,5})?(?:dong|ho)?|[A-Z][\w']{1,15} (?:apt|apartment|villa|tower)s?),? $/iu;
const ROMAN_MORE =
  /^,? ?(?:[A-Za-z][\w'-]{1,20}-(?:gu|si|gun|do|eup|myeon|dong|ri)|[A-Z][a-z]{2,15}(?: City)?|(?:apt|unit|room|rm|bldg|building)\.? ?#?[\w-]{1,8}|#?\d{1,5}(?:-\d{1,5})?(?:dong|ho|F)?)(?=$|[\s,./)])/u;
const ROMAN_PARTS_MAX = 8;

/** 110 Sejong-daero, Jung-gu, Seoul */
function findRomanAddresses(text: string, taken: Taken): FoundAddress[] {
  if (!/[a-z]-?(?:ro|gil|dong|ri)\b/iu.test(text)) return [];
  const found: FoundAddress[] = [];
  for (const match of text.matchAll(ROMAN_ROAD)) {
    let start = match.index;
    let end = start + match[0].length;
    if (taken(start) || taken(end - 1)) continue;
    const head = ROMAN_HEAD.exec(text.slice(Math.max(0, start - 40), start))?.[0];
    if (head && !taken(start - head.length)) start -= head.length;
    let regions = 0;
    for (let parts = 0; parts < ROMAN_PARTS_MAX; parts += 1) {
      const more = ROMAN_MORE.exec(text.slice(end, end + 48))?.[0];
      if (more === undefined || taken(end + more.length - 1)) break;
      if (!more.startsWith(',') && !/-(?:gu|si|gun|do)|^ \d/u.test(more)) break;
      if (/[a-z]/iu.test(more)) regions += 1;
      end += more.length;
    }
    const complete = /\d/u.test(match[0]) && regions > 0;
    found.push({ start, end, text: text.slice(start, end).trim(), complete, place: null });
  }
  return found;
}

const oneLine = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/[ ,.]+$/u, '')
    .trim();

export type FoundPostcode = {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
};

const POSTCODE = new RegExp(
  [
    String.raw`(?:\(?우\)?|우편번호|우편 번호)\s?[:)]?\s?[([]?(\d{5})(?!\d)[)\]]?`,
    String.raw`[([](?:우 ?)?(\d{5})[)\]]`,
    String.raw`(?<![\d-])(\d{5})(?=,? ?(?:${PROVINCE})[ 가-힣])`,
  ].join('|'),
  'gu',
);

export function findPostcodes(text: string): FoundPostcode[] {
  return [...text.matchAll(POSTCODE)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    digits: match[1] ?? match[2] ?? match[3] ?? '',
  }));
}
