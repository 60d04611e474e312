// The words of an address and their kinds: 서울, 노원구, 동일로, 1729, 103동.

import { TOWNS_SAID_SHORT } from './districts.ts';
import { COPULA, COPULA_LAST } from './endings.ts';
import { hasLetter, isSyllable, lettersOf } from './letters.ts';
import { endsAsPlace } from './names.ts';

export const PROVINCE =
  '서울(?:특별시|시)?|(?:부산|대구|인천|광주|대전|울산)(?:광역시|시)?|세종(?:특별자치시|시)?|경기도?|강원(?:특별자치도|도)?|충청[남북]도|전라[남북]도|경상[남북]도|[충전경][남북]|전북특별자치도|제주(?:특별자치도|도)?';
/** A province that is a city by itself needs no further city. */
export const CITY_PROVINCE = /^(?:서울|부산|대구|인천|광주|대전|울산|세종)/u;
const PROVINCE_WORD = new RegExp(`^(?:${PROVINCE})$`, 'u');
const PROVINCE_GLUED = new RegExp(`^(${PROVINCE})(?=[가-힣]{1,4}(?:시|군|구))`, 'u');

export type PieceKind =
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

type Shape = { readonly kind: PieceKind; readonly ends: string; readonly shape: RegExp };

const DIGITS = '0123456789';

/**
 * The shapes of one word; the first fitting row counts. Only the rows that name its last letter are
 * tried, since most words end like none of them.
 */
export const SHAPES: readonly Shape[] = [
  {
    kind: 'number',
    ends: `${DIGITS}지호`,
    shape: /^(?!(?:지하)?\d+호$)(?:지하|산)?\d{1,5}(?:-\d{1,4})?(?:번지)?(?:-\d{1,4})?(?:호)?$/u,
  }, // 1729, 산12-3번지
  { kind: 'province', ends: '울시산구천주전종기원도북남', shape: PROVINCE_WORD }, // 서울특별시, 충북
  { kind: 'unit', ends: '동호층지차실', shape: /^제?\d{1,4}(?:동|호|층|단지|차|호실|동호)$/u }, // 103동, 1204호, 2단지
  { kind: 'unit', ends: `${DIGITS}호`, shape: /^제?(?:\d{1,4}|[a-z가-하])동-?\d{1,5}호?$/iu }, // 103동1204호
  { kind: 'unit', ends: '동', shape: /^[a-z가나다라마바사아자차카타파하]동$/iu }, // B동, 나동
  { kind: 'unit', ends: '인', shape: /^\d{1,3}(?:[-,~]\d{1,3})?호?라인$/u }, // 3호라인, 1-2라인
  {
    kind: 'unit',
    ends: `${DIGITS}하상탑층관호bB`,
    shape: /^(?:지하|지상|반지하|옥탑|지층|본관|별관|신관|[bB])\d{0,3}(?:층|호)?$/u,
  }, // 지하, B1, 지하1층
  { kind: 'unit', ends: `${DIGITS}호`, shape: /^\d{1,4}층\d{1,5}호?$/u }, // 3층302호
  { kind: 'unit', ends: `${DIGITS}호`, shape: /^[a-z]-?\d{1,5}호?$/iu }, // A1203호
  {
    kind: 'unit',
    ends: `${DIGITS}호`,
    shape: /^[가나다라마바사아자차카타파하]-?\d{2,5}호?$/u,
  }, // 나-301
  {
    kind: 'unit',
    ends: '호층',
    shape: /^[공영일이삼사오육칠팔구십백천]{2,7}호$|^[일이삼사오육칠팔구십]{1,3}층$/u,
  }, // 이공삼호, 삼층
  { kind: 'city', ends: '시군구', shape: /^[가-힣]{1,5}[시군구]$/u }, // 노원구, 창원시
  { kind: 'town', ends: '읍면', shape: /^[가-힣]{1,5}\d?[읍면]$/u }, // 화도읍
  {
    kind: 'road',
    ends: '로길',
    shape:
      /^(?![\d.]+(?:키로|킬로)$)[가-힣\d.·]{1,14}(?:대로|로|길)(?:\d{1,4}[가-하]?(?:번)?(?:[가-하])?길)?$/u,
  }, // 동일로115길
  {
    kind: 'village',
    ends: '동리가',
    shape: /^[가-힣]{1,6}\d{0,2}(?:동|리|[동로]\d가|가)$/u,
  }, // 구산리, 효자동3가
  { kind: 'road', ends: '길', shape: /^\d{1,4}(?:번|번가|[가-하])?길$/u }, // 중앙로 12번길
];

const SHAPES_BY_END = new Map<number, readonly Shape[]>();
for (const shape of SHAPES)
  for (const end of shape.ends) {
    const code = end.charCodeAt(0);
    SHAPES_BY_END.set(code, [...(SHAPES_BY_END.get(code) ?? []), shape]);
  }

const LOT = String.raw`(?:산 ?)?\d{1,5}(?:-\d{1,4})?(?:번지|번)?`;
/** Glued to the number: a particle or the polite ending of the sentence. */
const ENDING = new RegExp(`(?:${COPULA}|으로요?|로요?|에|(?<=\\d[호층동])[고구])$`, 'u');
/** Cheap, and true of every word with such an ending. */
const MAY_END = lettersOf(`${COPULA_LAST}로에`);
const NUMBER_GLUED = new RegExp(
  String.raw`^([가-힣\d.·]{1,14}(?:대로|로|길)(?:\d{1,4}번?길)?|[가-힣]{1,6}\d{0,2}(?:동|리|가))(${LOT})$`,
  'u',
);
export const PAIR = /^\d{1,4}[-/]\d{2,5}호?$/u; // 103-1204 behind a house number
export const BOX_UNIT =
  /^(?:kg|키로|킬로|그[램람]|g(?![a-z])|박스|상자|빡스|box|bx|팩|세트|봉지|포대|자루|(?:박|개|봉|망|포|통|짝)(?=$|[^가-힣]|[만씩요]))/iu;
/** Ends of building names. They belong to the address even where no unit follows. */
export const BUILDING =
  /(?:아파트|아파트먼트|빌라|빌딩|타워|오피스텔|맨션|맨숀|주택|하이츠|단지|캐슬|파크|자이|힐스테이트|푸르지오|래미안|빌|빌리지|타운|상가|하우스|원룸|고시원|기숙사|팰리스|스위트|더샵|아이파크|연립|다세대|프라자|플라자|월드|마을|회관|센터|시티|아이비|에이스|apt)$/iu;
/** Looks like a town or road by its last letter, and is not one. */
const NO_REGION = new Set(
  (
    '으로 표시 여기로 거기로 저기로 이쪽으로 그쪽으로 보내주시 해주시 부쳐주시 놔주시 다시 혹시 역시 잠시 즉시 일시 반드시 몇시 부재시 배송시 도착시 수령시 접수시 주문시 필요시 당시 임시 친구 가구 입구 누구 ' +
    '회사로 집으로 따로 바로 새로 서로 별로 그대로 마음대로 이대로 주소로 번호로 계좌로 택배로 앞으로 이쪽으로 아래로 위로 ' +
    '그걸로 이걸로 걸로 것으로 이름으로 명의로 제대로 선물로 추가로 실제로 절대로 ' +
    '자동 활동 행동 운동 감동 우리 빨리 멀리 정리 거리 소리 자리 관리 처리 수리 미리 아무리 그리 언니가 제가 내가 누가 엄마가 우체국길 수량이 이면 저면 하면 되면 라면 사면 오면 가면 있으면 없으면 주시면 그러면 보내면 어떠면 아니면 도착하면 놓으면'
  ).split(' '),
);

/** The text with one blank for each stretch of spaces. Nearly every address is so already. */
export const oneSpaced = (text: string): string =>
  hasOddSpace(text) ? text.replace(/\s{2,}|[^\S ]/gu, ' ') : text;

function hasOddSpace(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === SPACE ? text.charCodeAt(at + 1) === SPACE : code < SPACE) return true;
    if (code >= ASCII_END && !isSyllable(code)) return true;
  }
  return false;
}

export type Piece = {
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
const BRACKET = new RegExp(
  String.raw`\((?! ?(?:${PROVINCE})[ 가-힣]|[주유재사]\))[^()\n]{0,24}\)`,
  'uy',
);
const PARTS_WORDS = /[\s()[\]|;"'“”\p{So}]/u;
const PARTS_ASCII = lettersOf(' \t\n\r\v\f()[]|;"\'');
const OPENS_BRACKET = 0x28;

/** The words of a text in order, without what another reader has claimed. */
export function cutPieces(text: string, taken: Taken): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    const bracket = text.charCodeAt(at) === OPENS_BRACKET ? bracketAt(text, at) : 0;
    if (bracket > 0) {
      if (!taken(at + 1)) pieces.push(piece('bracket', at, text.slice(at, at + bracket), false));
      at += bracket;
      continue;
    }
    const parting = partingAt(text, at);
    if (parting > 0) {
      at += parting;
      continue;
    }
    const start = at;
    while (at < text.length && partingAt(text, at) === 0) at += widthAt(text, at);
    cutWord(text, { start, end: at, taken }, pieces);
  }
  for (let index = 0; index + 1 < pieces.length; index += 1) {
    const one = pieces[index];
    if (one !== undefined && isShortTown(one, pieces[index + 1])) pieces[index] = toCity(one);
  }
  return pieces;
}

const bracketAt = (text: string, at: number): number => {
  BRACKET.lastIndex = at;
  return BRACKET.exec(text)?.[0].length ?? 0;
};

/** How long the letter is that stands between two words here; 0 where a word goes on. */
function partingAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (isSyllable(code)) return 0;
  if (code < ASCII_END) return hasLetter(PARTS_ASCII, code) ? 1 : 0;
  const width = widthAt(text, at);
  return PARTS_WORDS.test(text.slice(at, at + width)) ? width : 0;
}

const widthAt = (text: string, at: number): number =>
  (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
const ASCII_END = 0x80;
const SPACE = 0x20;

const WITHIN_TOWN: ReadonlySet<PieceKind> = new Set(['city', 'town', 'village', 'road']);

/** "수원 영통구", "여수 학동서3길": a town said short stands in front of what is in it. */
const isShortTown = ({ kind, text, end }: Piece, next: Piece | undefined): boolean =>
  // 안동 and 영동 look like villages.
  (kind === 'word' || kind === 'village') &&
  next !== undefined &&
  next.start - end <= 1 &&
  WITHIN_TOWN.has(next.kind) &&
  TOWNS_SAID_SHORT.has(text);

const toCity = (one: Piece): Piece => ({ ...one, kind: 'city' });

const PAIR_HERE = /\d{2,4}\/\d{3,5}(?!\d)/uy;

type Stretch = { readonly start: number; readonly end: number; readonly taken: Taken };

/** Commas, slashes and other fields glued to it end a word ("05호010-…"), but not 103/1204. */
function cutWord(text: string, { start, end, taken }: Stretch, pieces: Piece[]): void {
  let from = start;
  for (let at = start; at <= end; at += 1) {
    const letter = at < end ? text[at] : undefined;
    const separates =
      letter === undefined || letter === ',' || letter === '/' || letter === ':' || taken(at);
    if (!separates) continue;
    if (letter === '/') {
      PAIR_HERE.lastIndex = from;
      if (PAIR_HERE.test(text) && PAIR_HERE.lastIndex <= end) continue;
    }
    if (at > from) classify(text.slice(from, at), from, pieces);
    from = at + 1;
  }
}

const HANGS_ON = lettersOf('.!?~^*ㅎㅋㅠㅜ\'"”’♡');

function classify(raw: string, start: number, pieces: Piece[]): void {
  const hangs = hasLetter(HANGS_ON, raw.charCodeAt(raw.length - 1));
  const word = hangs ? raw.replace(/[.!?~^*ㅎㅋㅠㅜ'"”’♡]+$/u, '') : raw;
  const mayEnd = hasLetter(MAY_END, word.charCodeAt(word.length - 1));
  const bare = mayEnd ? word.replace(ENDING, '') : word;
  if (bare !== word && shapeOf(bare) === 'number') {
    pieces.push(piece('number', start, bare, true));
    return;
  }
  const whole = shapeOf(word);
  // 1502호로 and 5층으로 are shaped like roads.
  if (bare !== word && /\d(?:호|층)$/u.test(bare) && shapeOf(bare) === 'unit') {
    pieces.push(piece('unit', start, bare, true));
    return;
  }
  if (whole !== 'word') {
    pieces.push(piece(whole, start, word, false));
    return;
  }
  if (bare !== word && bare.length > 0) {
    const kind = shapeOf(bare);
    const known = kind === 'unit' || kind === 'number' ? kind : null;
    if (known !== null || (BUILDING.test(bare) && !BUILDING.test(word))) {
      pieces.push(piece(known ?? 'word', start, bare, true));
      return;
    }
  }
  const glued = mayBeGlued(word) ? splitGlued(word, start) : [];
  if (glued.length > 1) pieces.push(...glued);
  else pieces.push(piece('word', start, word, false));
}

function shapeOf(word: string): PieceKind {
  const shapes = SHAPES_BY_END.get(word.charCodeAt(word.length - 1));
  const place = endsAsPlace(word);
  if ((shapes === undefined && !place) || NO_REGION.has(word)) return 'word';
  const fitting = shapes?.find(({ shape }) => shape.test(word));
  return fitting?.kind ?? (place ? 'place' : 'word');
}

const GLUE = lettersOf('시군구0123456789');

/** Cheap, and true of every word that splits. */
function mayBeGlued(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) if (hasLetter(GLUE, word.charCodeAt(at))) return true;
  return false;
}

const GLUED_STEPS: readonly { readonly kind: PieceKind; readonly shape: RegExp }[] = [
  { kind: 'province', shape: PROVINCE_GLUED },
  { kind: 'city', shape: /^[가-힣]{1,3}?[시군](?=[가-힣]{2})/u },
  { kind: 'city', shape: /^[가-힣]{1,4}?구(?=[가-힣]{2}|$)/u },
];

const TOWN_GLUED = /^[가-힣]{1,4}?[읍면](?=[가-힣]{2})/u;
const HOUSE_GLUED =
  /^(?<road>(?:[가-힣\d.·]{1,14}?(?:대로|로|길)(?:\d{1,4}번?길)?)?)(?<number>\d{1,5}(?:-\d{1,4})?)(?<building>[가-힣A-Za-z]{2,12}(?:\d{1,2}차|\d{1,2}단지)?)(?<flat>(?:\d{1,4}동)?\d{1,5}(?:호|층(?:\d{1,5}호)?))(?<rest>.*)$/u;

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
  const town = pieces.length > 0 ? TOWN_GLUED.exec(rest)?.[0] : undefined;
  if (town !== undefined && /\d/u.test(rest) && shapeOf(rest) === 'word') {
    pieces.push(piece('town', at, town, false));
    rest = rest.slice(town.length);
    at += town.length;
  }
  const whole = pieces.length > 0 || /^\d/u.test(rest) ? HOUSE_GLUED.exec(rest)?.groups : undefined;
  if (whole !== undefined) return [...pieces, ...houseGlued(whole, at)];
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

/** "독서당로285금호파크힐104동1502호…": behind its flat another thing may begin. */
function houseGlued(parts: Readonly<Record<string, string | undefined>>, from: number): Piece[] {
  const { road = '', number = '', building = '', flat = '', rest = '' } = parts;
  const kinds = [
    [shapeOf(road), road],
    ['number', number],
    ['word', building],
    ['unit', flat],
  ] as const;
  let at = from;
  return kinds.flatMap(([kind, text]) => {
    const start = at;
    at += text.length;
    return text === '' ? [] : [piece(kind, start, text, kind === 'unit' && rest !== '')];
  });
}

function piece(kind: PieceKind, start: number, text: string, last: boolean): Piece {
  return { kind, start, end: start + text.length, text, last };
}
