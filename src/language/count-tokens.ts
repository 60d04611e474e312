// Products, counts, and the places and ordinals that counts may be said for.

import { soundsLikeName } from './given-names.ts';
import { matchesOn } from './letters.ts';
import { personName, TITLES } from './names.ts';
import {
  type At,
  blanked,
  claim,
  freeEnd,
  isFree,
  type LabelledValue,
  type Page,
  put,
  type Spotted,
  type Token,
} from './page.ts';
import { HOME, ORDINAL, ordinalIndex } from './phrases.ts';
import { findMentions, findNamedSizes, unknownGoods } from './product.ts';
import { findCounts, readNumber } from './quantity.ts';

/** Behind a product or a home a bare number is a count: "백도 5", "황도 4kg → 3", "회사 3 시골집 2". */
const BARE =
  /^(?: ?(?:짜리|들이))?(?:으로|로|[은는도만])? {0,2}(?:(?:[xX×✕✖❌*:/)]|[.·…]{2,}|[-=~]?>|[→⇒➡▶=-](?= )|[→⇒➡▶]) ?)?(?:[([{] ?)?(?:(\d{1,5})(?![\d.,]\d|[\d~-]| ?(?!시골|시댁|시집|시부모|시[어아]|시누|동생|동서|과수원|일산|천안|통영)(?:kg|키로|킬로|그[램람]|g|ml|밀리|리터|l(?![a-z])|과|호|동|층|월|일|시|년|원|번|박스|상자|개|팩|송이|포기|알|수|입|통|단|만|천|곳|군데|명|가구)|[집분])|(하나|둘(?! ?(?:다|모두))|셋(?! ?(?:다|모두))|넷|다섯|여섯|일곱|여덟|아홉|열)(?=$|[^가-힣]|요|만|이요|씩|이?랑|하고|[은는] |이고|이구|로|여))/iu;

/** "📦×2", "🍑 3": a number behind nothing but signs, on a line or in a cell of its own, or at the end of one. */
const SIGNED =
  /(?:(?<=[ \t])(?=\p{Extended_Pictographic}\uFE0F? ?[xX×✕✖*]|[📦🎁])|(?<=^|\n|[/|,]))[^\p{L}\p{N}\n/|,]{0,4}(?:\p{Extended_Pictographic}\uFE0F?|(?<![xX])[xX×✕✖*])[^\p{L}\p{N}\n/|,.-]{0,3}(\d{1,2})(?=[ \t]*(?:$|[\n/|,]))/gu;

/** House and telephone numbers are none of boxes: "…동일로 17/2박스" ends in two. */
const NUMBERED: ReadonlySet<Token['kind']> = new Set(['address', 'phone']);

export function readCounts(page: Page): void {
  const { text } = page;
  for (const { start, end, feature } of findNamedSizes(text, page.catalogue))
    if (isFree(page, start, end)) {
      put(page, { kind: 'mention', feature, labelled: false, start, end });
      putBare(page, end);
    }
  const fields = page.labels.filter(isCountField);
  for (const count of findCounts(blanked(page, NUMBERED))) {
    if (!isFree(page, count.start, count.end)) continue;
    if (count.rate) claim(page, count.start, count.end);
    else put(page, { kind: 'count', labelled: isWithin(fields, count.start), ...count });
  }
  for (const match of matchesOn(page, MORE)) {
    const word = match[1] ?? '';
    const end = match.index + match[0].length;
    if (!isFree(page, match.index, end)) continue;
    const flags = { each: false, shares: false, total: false, more: true, rate: false };
    const boxes = readNumber(word);
    put(page, { kind: 'count', labelled: true, boxes, start: match.index, end, ...flags });
  }
  for (const match of matchesOn(page, EACH)) {
    const word = match[1] ?? match[2] ?? '';
    const start = match.index + match[0].indexOf(word);
    const end = match.index + match[0].length;
    if (!isFree(page, start, end)) continue;
    const flags = { each: true, shares: true, total: false, more: false, rate: false };
    put(page, { kind: 'count', labelled: true, boxes: readNumber(word), start, end, ...flags });
  }
  for (const match of matchesOn(page, SIGNED)) {
    const word = match[1] ?? '';
    const end = match.index + match[0].length;
    if (isFree(page, match.index, end)) putCount(page, end - word.length, end, word);
  }
  const phones = page.tokens.flatMap(({ kind, start }) => (kind === 'phone' ? start : []));
  const values = page.labels.filter(({ field }) => field === 'product' || field === 'order');
  const mentions = findMentions(text, page.catalogue);
  for (const [index, { start, end, feature }] of mentions.entries()) {
    if (!isFree(page, start, end) || isInName(text, { start, end }, phones)) continue;
    if (NOT_THIS.test(text.slice(end, end + 16))) {
      claim(page, start, end);
      continue;
    }
    const behind = mentions[index + 1];
    if (behind !== undefined && isPurpose(text.slice(end, behind.start))) {
      claim(page, start, end);
      continue;
    }
    const labelled = isWithin(values, start);
    put(page, { kind: 'mention', feature, labelled, start, end });
    putBare(page, end);
  }
  for (const { field, start: labelStart, from, to, strong, product = [] } of page.labels) {
    for (const { feature, start, end } of field === 'count' ? product : []) {
      const head = { start, end };
      page.tokens.push({ kind: 'mention', feature, labelled: true, head, start: from, end: from });
    }
    if (field === 'count' || (field === 'order' && strong)) putBareValue(page, from, to);
    if (field === 'product' && !SIZE_LABEL.test(page.text.slice(labelStart, from)))
      putUnknown(page, from, to);
  }
  readCellCounts(page);
  readPicturedCounts(page);
  const kinds = new Set(page.tokens.map(({ kind }) => kind));
  if (kinds.has('count') || !(kinds.has('phone') || kinds.has('address'))) return;
  const words = matchesOn(page, NUMBER_WORD);
  if (putRowWords(page, words)) return;
  const [only, another] = words;
  // "하나 아니면 둘" is no count.
  if (only === undefined || another !== undefined) return;
  const end = only.index + only[0].length;
  if (IS_WANTED.test(text.slice(end, end + 8)) && isFree(page, only.index, end))
    putCount(page, only.index, end, only[0]);
}

/** "… 010-1234-5678 하나요", "아들한테 둘 보내주세요": beside data, where nothing else is counted. */
const NUMBER_WORD = /(?<![가-힣\d])(?:하나|둘|셋|넷|다섯)(?![가-힣]{3})/gu;
const IS_WANTED =
  /^(?:만|이?요|만요)? ?(?:$|[.!~\n,])|^만? (?:보내|부탁|주세요|주문|부쳐|예약|할게|할께|시킬)/u;

/** "… 010-… 하나, … 010-… 셋": a number word at the end of each row, behind his number or house. */
function putRowWords(page: Page, words: readonly RegExpExecArray[]): boolean {
  const phones = page.tokens.filter(({ kind }) => kind === 'phone').length;
  if (words.length < 2 || words.length !== phones) return false;
  const ends = (word: RegExpExecArray, at: number): boolean => {
    const from = words[at - 1]?.index ?? -1;
    const end = word.index + word[0].length;
    const row = page.tokens.filter(
      (token) => NUMBERED.has(token.kind) && token.start > from && token.start < word.index,
    );
    return (
      ROW_ENDS.test(page.text.slice(end, end + ROW_END_MAX)) &&
      isFree(page, word.index, end) &&
      row.some(({ kind }) => kind === 'phone') &&
      row.some((token) => /^[\s,/|:)-]{0,3}$/u.test(page.text.slice(token.end, word.index)))
    );
  };
  if (!words.every(ends)) return false;
  for (const word of words) putCount(page, word.index, word.index + word[0].length, word[0]);
  return true;
}

const ROW_END_MAX = 8;
const ROW_ENDS = /^(?:요|이요)?[ \t]*(?:$|[,.\n/;)]| ?(?:이렇게|보내|부탁|주문))/u;

const WORD_BEFORE = /[가-힣]{0,3}$/u;
const WORD_BEHIND = /^[가-힣]{0,8}/u;

/** 양광혜, 연근윤: a name beside its number, though there are apples called 양광. */
function isInName(text: string, { start, end }: At, phones: readonly number[]): boolean {
  const before = WORD_BEFORE.exec(text.slice(Math.max(0, start - 3), start))?.[0] ?? '';
  const behind = WORD_BEHIND.exec(text.slice(end, end + 8))?.[0] ?? '';
  if (before === '' && behind === '') return false;
  const word = before + text.slice(start, end) + behind;
  const name = personName(word);
  if (name === null || name.length < 3 || !soundsLikeName(name)) return false;
  const to = end + behind.length;
  const titled =
    /^(?:님|씨)/u.test(word.slice(name.length)) || TITLE.test(text.slice(to, to + TITLE_MAX));
  const isNear = (phone: number): boolean =>
    phone - to <= BESIDE_MAX && isBeside(text.slice(to, phone));
  return titled || phones.some(isNear);
}

const TITLE = new RegExp(`^ (?:${TITLES})님?(?![가-힣])`, 'u');
const TITLE_MAX = 8;

const BESIDE_MAX = 4;
const isBeside = (between: string): boolean => /^[\s,/|(:-]*$/u.test(between);

/** "옥수수는 취소하고 감자만", "햇반 말고 햅쌀", "수박 2통은 필요없고". */
const NOT_THIS =
  /^(?: ?\d{1,3} ?(?:통|단|망|포대|자루|송이|포기)(?=[은는]))?(?:은|는|도|이랑|랑|을|를|이|가)? ?(?:말고|아니고|아니구|아니라|대신|빼고|빼 ?주|취소|제외|패스|(?:다음|담|나중|내년)(?:번)?에(?! ?(?:보내|배송|받|부쳐))|됐고|됐구|필요 ?없|안 ?(?:할|사|살|주문|시킬|하고))/u;

/** "사과파이용으로 홍옥": what it will be made into. */
const isPurpose = (between: string): boolean =>
  PURPOSE.test(between) && !/\d|박스|상자/u.test(between);
const PURPOSE = /^[가-힣]{0,6}용(?:으로|도로|이라|이에요)?[ ,]/u;

/** "하나만 더요", "둘 더 추가해주세요"; never "하나만 더 여쭤볼게요". */
const MORE =
  /(?<![가-힣\d.,-])(하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|\d{1,3})만? ?(?:더|추가)(?= ?(?:$|[.!~,\n]|요|주세요|주셔요|줘|보내|추가|부탁|할게|할께|주문|시킬|해 ?주))/gmu;

/** "각 2", "똑같이 하나", "하나씩": a number without its unit. */
const EACH =
  /(?:(?<![가-힣])(?:각각|각자|각)|똑같이|동일하게) ?(\d{1,3}|하나|둘|셋|넷|다섯)(?= ?(?:$|[.,!~\n)]|씩|요|이요|로|으로|주문|부탁|보내))|(?<![\d.,-])(\d{1,3}|하나|둘|셋|넷|다섯)씩(?![가-힣]{2}(?<!이고|이구|이요|이에|이며|입니|으로|보내|부탁|주세|해주))/gmu;

const isWithin = (values: readonly LabelledValue[], at: number): boolean =>
  values.some(({ from, to }) => at >= from && at < to);

/** Of a form's field; what answers our question stands in none. */
const isCountField = ({ field, strong, start, from }: LabelledValue): boolean =>
  field === 'count' && strong && from > start;

export function putBare(page: Page, from: number): void {
  const match = BARE.exec(page.text.slice(from, from + 36));
  if (match === null) return;
  const word = match[1] ?? match[2] ?? '';
  const start = from + match[0].length - word.length;
  if (isFree(page, start, start + word.length)) putCount(page, start, start + word.length, word);
}

export function putCount(page: Page, start: number, end: number, word: string): void {
  const rest = { each: false, shares: false, total: false, more: false, rate: false };
  put(page, { kind: 'count', labelled: true, boxes: readNumber(word), start, end, ...rest });
}

/** "수량: 3", "수량: 세 개요": the number of a count field needs no unit. */
function putBareValue(page: Page, from: number, to: number): void {
  const known = page.tokens.some(
    ({ kind, start }) => kind === 'count' && start >= from && start < to,
  );
  if (known) return;
  const end = freeEnd(page, from, to);
  const value = page.text.slice(from, end);
  const match = BARE_VALUE.exec(value);
  const word = match?.[2];
  if (match === null || word === undefined || NO_COUNT.test(value.slice(match[0].length))) return;
  const start = from + match[0].length - word.length;
  const bare = word.replace(/(?:이요|이에요|예요|요|입니다|만요?|으로|로)$/u, '');
  const number = LONE_WORDS.test(bare) ? null : readNumber(bare);
  if (number === null && !/^\d|^-/u.test(word)) return;
  const rest = { each: false, shares: false, total: false, more: false, rate: false };
  put(page, {
    kind: 'count',
    labelled: true,
    boxes: number,
    start,
    end: start + word.length,
    ...rest,
  });
}

/** "3", "네 3", ": 세". */
const BARE_VALUE =
  /^([\s:]*(?:- +)?(?:(?:네+|넵|넹|예|응|아|음)[\s,.!~]+)?)(-? ?\d(?:[\d.,]*\d)?|[가-힣a-z]+)/iu;
/** "2개월 뒤", "2kg짜리": the digits are no count of boxes. */
const NO_COUNT =
  /^ ?(?:개 ?(?:월|년|입)|[월일시년원만천동호층과살주](?![가-힣]*요)|kg|키로|킬로|g|그램|%|인분|학년|번)/iu;
/** These count only with a unit behind them; alone 네 is a yes, 이 and 한 are other words. */
const LONE_WORDS = /^[한두세네서석너넉일이사오구]$/u;

/** What may be said of a size is no product. */
const SIZE_LABEL = /^(?:규격|사이즈|크기|중량)/u;

/** A product field with words that name nothing known is a product that is not on sale. */
function putUnknown(page: Page, from: number, to: number): void {
  const known = page.tokens.some(
    ({ kind, start }) => kind === 'mention' && start >= from && start < to,
  );
  const end = freeEnd(page, from, to);
  if (known || page.asked !== null || !/[가-힣]{2}/u.test(page.text.slice(from, end))) return;
  put(page, {
    kind: 'mention',
    feature: unknownGoods(page.text.slice(from, end).replace(/[^가-힣a-z]+/giu, '')),
    labelled: true,
    start: from,
    end,
  });
}

const LAST_CELL = /(?:\t|[|/,;] ?)["']?(\d{1,4})(?=["']? *(?:$|\n|\t|[|/,;]))/gu;

/** The last cell of a row without a header: "김영희\t010…\t서울…\t5". */
function readCellCounts(page: Page): void {
  const has = (wanted: Spotted['kind']): boolean => page.tokens.some(({ kind }) => kind === wanted);
  if (!has('phone') || !has('address')) return;
  for (const match of matchesOn(page, LAST_CELL)) {
    const word = match[1] ?? '';
    const end = match.index + match[0].length;
    const start = end - word.length;
    if (!isFree(page, start, end)) continue;
    const lineStart = page.text.lastIndexOf('\n', start - 1) + 1;
    const row = page.tokens.filter((token) => token.start >= lineStart && token.end <= start);
    const kinds = new Set(row.map(({ kind }) => kind));
    if (kinds.has('phone') && kinds.has('address') && !kinds.has('count'))
      putCount(page, start, end, word);
  }
}

const ROW_END = /[([](\d{1,2})[)\]][ \t]*(?=\n|$)/gu;

/** "… 월드컵로 190 (1)" at the end of each row with a number: his boxes, and no part of the address. */
export function readRowEnds(page: Page): void {
  const { text } = page;
  const ends = matchesOn(page, ROW_END);
  if (ends.length < 2) return;
  const lineOf = (at: number): number => text.lastIndexOf('\n', at - 1) + 1;
  const phones = page.tokens
    .filter(({ kind }) => kind === 'phone')
    .map(({ start }) => lineOf(start));
  const rows = new Set(phones);
  if (rows.size < phones.length || ends.length !== rows.size) return;
  if (!ends.every(({ index }) => rows.has(lineOf(index)))) return;
  for (const { 0: whole, 1: word = '', index } of ends) {
    if (!isFree(page, index, index + whole.trimEnd().length)) continue;
    putCount(page, index + 1, index + 1 + word.length, word);
    claim(page, index, index + whole.trimEnd().length);
  }
}

/** "📦×2", "🍑 x3 박스" on a line of its own, beside somebody's number. */
const PICTURED =
  /(?:^|\n)[^\p{L}\p{N}\n]*(?:\p{Extended_Pictographic}\uFE0F? ?[xX×✕*:]? ?|[×✕] ?)(\d{1,3})[^\p{L}\p{N}\n]*(?=\n|$)/gu;

function readPicturedCounts(page: Page): void {
  if (!page.tokens.some(({ kind }) => kind === 'phone')) return;
  if (page.tokens.some(({ kind }) => kind === 'count')) return;
  for (const match of matchesOn(page, PICTURED)) {
    const word = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(word);
    if (isFree(page, start, start + word.length)) putCount(page, start, start + word.length, word);
  }
}

const AFTER_ORDINAL = /^(?:으로|로|에는|에|은|는|만|을|를)? ?/u;

export function readHomes(page: Page): void {
  const homes = matchesOn(page, HOME);
  for (const [at, match] of homes.entries()) {
    const word = match[1] ?? '';
    const end = match.index + word.length;
    // 저희 형님댁 is the place of the 형님.
    if (OURS.test(word) && homes[at + 1]?.index === end + 1 && page.text[end] === ' ') {
      claim(page, match.index, end);
      continue;
    }
    if (!isFree(page, match.index, end) || isSplit(page.text, end)) continue;
    if (RECOMMENDS.test(page.text.slice(end, end + 8))) continue;
    put(page, { kind: 'home', word: homeKey(word), start: match.index, end });
    const particle =
      /^(?:님)?(?:네|집|댁)?(?:에는|에|은|는|이랑|랑|한테|께)?[:=-]? {0,2}/u.exec(
        page.text.slice(end, end + 8),
      )?.[0] ?? '';
    putBare(page, end + particle.length);
  }
  for (const match of matchesOn(page, ORDINAL)) {
    const end = match.index + match[0].length;
    if (!isFree(page, match.index, end)) continue;
    put(page, { kind: 'ordinal', index: ordinalIndex(match[0]), start: match.index, end });
    if (page.called.length === 0) continue;
    const particle = AFTER_ORDINAL.exec(page.text.slice(end, end + 4))?.[0] ?? '';
    putBare(page, end + particle.length);
  }
}

const OURS = /^(?:저희|우리)$/u;

/** "친구 소개로": nobody receives anything there. */
const RECOMMENDS = /^(?:의|가|이|한테|께)? ?(?:소개|추천|통해|덕분|덕에|얘기|말 ?듣)/u;

/** 은 and 이 hang on a consonant only, so 우리은 is a person and no place of ours. */
export function isSplit(text: string, end: number): boolean {
  if (!/^[은이]/u.test(text.slice(end, end + 1))) return false;
  return (text.charCodeAt(end - 1) - 0xac00) % 28 === 0;
}

/** 저희 집, 우리집 and 저희 are one place; 엄마네 and 엄마집 too. */
export function homeKey(word: string): string {
  const key = word.replaceAll(' ', '').replace(/(?:집|네|댁)$/u, '');
  return /^(?:저희|우리|제|저|나|내|본인|[제내][꺼것거])$/u.test(key) ? '저희' : key;
}
