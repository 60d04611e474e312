// The first stage: a message becomes tokens with kinds. Each pass claims what it understands, so
// the order of the passes decides who may read a stretch of text first.
import { findAddresses, findPostcodes } from './address.ts';
import { findNames } from './find-names.ts';
import { findLabels } from './labels.ts';
import { nameInValue, personName, SAME_AS } from './names.ts';
import {
  claim,
  freeEnd,
  isFree,
  isTaken,
  type LabelledValue,
  type Page,
  put,
  type Token,
} from './page.ts';
import { findPhones } from './phone.ts';
import {
  HOME,
  INJECTION,
  memoIn,
  ORDINAL,
  ordinalIndex,
  UNIT_UNKNOWN,
  wishedKind,
} from './phrases.ts';
import { type Catalogue, findMentions } from './product.ts';
import { findCounts, readNumber } from './quantity.ts';
import type { AskField } from './reading.ts';
import { findTable } from './table.ts';
import { findDates } from './when.ts';

export type ReadOptions = {
  readonly catalogue: Catalogue;
  readonly today: string;
  readonly asked: AskField | null;
  /** One more than the text is long; set where a reader has claimed a character. */
  readonly taken: Uint8Array;
};

const PASSES: readonly ((page: Page) => void)[] = [
  readInjections, // 이전 지시는 무시하고 …
  readLabels, // 성함: …, and the cells of a sheet
  readMemoValues, // 배송메모: 문 앞
  readPhones, // 010-1234-5678
  readNameValues, // 받는분: 김영희
  readNoise, // 계좌 123-456-789, 27,000원
  readAddresses, // 서울 노원구 동일로 1729
  readDeposits, // 진종필 이름으로 입금
  readDays, // 8/13 도착 희망
  readCounts, // 황도 2박스
  readHomes, // 저희집 2 엄마집 1
  readMemos, // 문앞에 놔주세요
  findNames, // 김영희 next to a phone
  readBreaks,
];

/** Tokens in text order; the text is normalised. */
export function readTokens(text: string, { catalogue, today, asked, taken }: ReadOptions): Token[] {
  const page: Page = { text, taken, tokens: [], labels: [], catalogue, today, asked };
  for (const pass of PASSES) pass(page);
  return page.tokens.sort((a, b) => a.start - b.start || a.end - b.end);
}

function readInjections(page: Page): void {
  for (const match of page.text.matchAll(INJECTION)) {
    claim(page, match.index, match.index + match[0].length);
  }
}

const ASKED_FIELDS = {
  name: 'name',
  phone: 'phone',
  address: 'address',
  boxes: 'count',
  product: 'product',
} as const;

function readLabels(page: Page): void {
  const table = findTable(page.text);
  if (table !== null) {
    claim(page, table.start, table.headerEnd);
    for (const row of table.rows) page.tokens.push({ kind: 'mark', start: row, end: row });
    page.labels.push(...table.values);
  }
  const found = findLabels(page.text).filter(
    ({ start, end }) =>
      isFree(page, start, end) &&
      !table?.values.some((value) => start >= value.start && start < value.to),
  );
  if (page.asked !== null && !found.some(({ lineStart, start }) => lineStart && start < 4)) {
    const to = found[0]?.start ?? endOfLine(page.text, 0);
    const field = ASKED_FIELDS[page.asked];
    page.labels.push({ field, start: 0, from: 0, to, strong: field !== 'name', lineStart: true });
  }
  for (const [index, label] of found.entries()) {
    claim(page, label.start, label.end);
    const next = found[index + 1]?.start ?? page.text.length;
    const value = { ...label, from: label.end, to: valueEnd(page.text, label.end, next) };
    page.labels.push(value);
  }
}

const endOfLine = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

/** To the end of the line; an empty line passes the turn to the next one. */
function valueEnd(text: string, from: number, next: number): number {
  const end = Math.min(next, endOfLine(text, from));
  if (end === next || text.slice(from, end).trim() !== '') return end;
  return Math.min(next, endOfLine(text, end + 1));
}

function readMemoValues(page: Page): void {
  for (const { field, from, to, strong, lineStart } of page.labels) {
    if (field === 'noise' && strong) claim(page, from, to);
    if (field !== 'memo' || !(strong || lineStart)) continue;
    const end = freeEnd(page, from, to);
    const text = tidy(page.text.slice(from, end));
    if (text.length >= 2 && !NO_MEMO_VALUE.test(text)) {
      put(page, { kind: 'memo', text, start: from, end });
    }
    claim(page, from, to);
  }
}

const NO_MEMO_VALUE = /^(?:없음|없어요|없습니다|x|none|no|-+|n\/a)$/iu;
const tidy = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(/^[\s:=>-]+|[\s~]+$/gu, '');

function readPhones(page: Page): void {
  for (const { start, end, digits } of findPhones(page.text)) {
    if (!isFree(page, start, end)) continue;
    const sender = page.labels.some(
      (label) => label.field === 'senderPhone' && start >= label.from && end <= label.to,
    );
    put(page, { kind: 'phone', digits, sender, start, end });
  }
  for (const { field, from, to, strong } of page.labels) {
    if ((field !== 'phone' && field !== 'senderPhone') || !strong || !isFree(page, from, to))
      continue;
    // Digits or stars where a number should stand, and none was readable.
    if (!/[\d*]/u.test(page.text.slice(from, to))) continue;
    if (page.asked === 'phone' && from === 0 && !/\d{3}/u.test(page.text.slice(0, to))) continue;
    put(page, {
      kind: 'phone',
      digits: null,
      sender: field === 'senderPhone',
      start: from,
      end: to,
    });
  }
}

function readNameValues(page: Page): void {
  for (const label of page.labels) {
    const { field, start, from, to, strong, lineStart } = label;
    if (field !== 'recipient' && field !== 'name' && field !== 'sender' && field !== 'depositor')
      continue;
    const end = freeEnd(page, from, to);
    const value = page.text.slice(from, end);
    const name = nameInValue(
      value,
      strong || (lineStart && field !== 'depositor' && !asksName(page, label)),
    );
    if (field === 'recipient' || field === 'sender') {
      const section = page.text.slice(from, to).trim() === '' || value.includes('\n');
      page.tokens.push({ kind: 'party', party: field, section, start, end: start });
    }
    if (field === 'depositor' && SAME_AS.test(value.trim())) {
      put(page, { kind: 'depositor', text: null, sameAs: sameAs(value), start: from, end });
    } else if (name !== null) {
      putName(page, label, name, value);
    }
  }
}

const sameAs = (value: string): 'sender' | 'recipient' =>
  /^\s*(?:주문|보내|발송|구매)/u.test(value) ? 'sender' : 'recipient';

const asksName = (page: Page, { start, from }: LabelledValue): boolean =>
  page.asked === 'name' && start === 0 && from === 0;

function putName(page: Page, { field, from }: LabelledValue, name: string, value: string): void {
  const offset = Math.max(0, value.indexOf(name[0] ?? ''));
  const start = from + offset;
  const end =
    start + (value.startsWith(name, offset) ? name.length : nameLength(value, offset, name));
  if (field === 'depositor') put(page, { kind: 'depositor', text: name, sameAs: null, start, end });
  else if (field === 'sender') put(page, { kind: 'sender', text: name, start, end });
  else
    put(page, {
      kind: 'name',
      text: name,
      weight: 5,
      labelled: true,
      introduced: false,
      start,
      end,
    });
}

/** Length in the text of a name written with a space inside. */
function nameLength(value: string, offset: number, name: string): number {
  let letters = 0;
  let at = offset;
  while (at < value.length && letters < name.length) {
    if (value[at] !== ' ') letters += 1;
    at += 1;
  }
  return at - offset;
}

const NOISE =
  /(?<![\d-])\d{2,7}(?:-\d{2,8}){2,5}(?![\d-])|(?<!\d)\d{9,}|(?:₩ ?\d[\d,]*|\d[\d,.]*\d? ?(?:천 ?원|만 ?\d{0,4} ?천? ?원|만 ?원|원)(?![가-힣]{2}길))|\d{1,2} ?시(?: ?\d{1,2} ?분)?(?=까지|에|쯤|전|이후| |$|정도)|\d{1,3} ?(?:세|살|도|학년|년|%|퍼센트)(?=$|[^가-힣\d]|까지|이|인|가|를|에|은|는|짜)/gu;

function readNoise(page: Page): void {
  for (const match of page.text.matchAll(NOISE)) {
    const end = match.index + match[0].length;
    // A lot number with three parts is no account, so only long ones are claimed.
    if (/-/u.test(match[0]) && match[0].replace(/\D/gu, '').length < 9) continue;
    if (isFree(page, match.index, end)) claim(page, match.index, end);
  }
}

function readAddresses(page: Page): void {
  for (const { start, end, digits } of findPostcodes(page.text)) {
    if (isFree(page, start, end)) put(page, { kind: 'postcode', digits, start, end });
  }
  for (const { field, from, to } of page.labels) {
    const digits = field === 'postcode' ? /\d{5}/u.exec(page.text.slice(from, to)) : null;
    if (digits === null) continue;
    const start = from + digits.index;
    if (isFree(page, start, start + 5)) {
      put(page, { kind: 'postcode', digits: digits[0], start, end: start + 5 });
    }
  }
  const values = page.labels.filter(({ field }) => field === 'address');
  for (const address of findAddresses(page.text, (at) => isTaken(page, at))) {
    const label = values.find(({ from, to }) => address.start >= from && address.start < to);
    let { end } = address;
    if (label?.strong && end < label.to) end = extend(page, end, label.to);
    if (!isFree(page, address.start, end)) end = freeEnd(page, address.start, end);
    const unknown = UNIT_UNKNOWN.exec(page.text.slice(end, end + 40));
    const text = clean(page.text.slice(address.start, end));
    const usable = address.complete && !(unknown && unknown.index < 12) && !UNIT_UNKNOWN.test(text);
    const place = end > address.end ? null : address.place;
    put(page, {
      kind: 'address',
      text: usable ? text : null,
      longText: usable && place ? clean(page.text.slice(address.start, place.end)) : null,
      placeStart: place?.start ?? -1,
      labelled: label !== undefined,
      start: address.start,
      end,
    });
  }
  for (const value of values) readAddressValue(page, value);
}

const clean = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(/^[\s,:]+|[\s,.~!]+$/gu, '');

/** In a form the whole value is the address, down to the words no grammar knows. */
function extend(page: Page, from: number, to: number): number {
  const end = freeEnd(page, from, to);
  const rest = page.text.slice(from, end);
  if (rest.length > 40 || /[.!?](?:\s|$)|\n|입니다|이에요|예요|주세요|이고|이구/u.test(rest))
    return from;
  if (/[^가-힣a-z0-9 ,()\-·.'&~]/iu.test(rest) || /(?:박스|상자) ?$/u.test(rest)) return from;
  return from + rest.trimEnd().length;
}

/** An address field without a readable address: usable only if it has a town and a number. */
function readAddressValue(page: Page, { from, to, strong }: LabelledValue): void {
  const end = freeEnd(page, from, to);
  const text = clean(page.text.slice(from, end));
  if (!strong || text.length < 2 || !isFree(page, from, end) || page.asked !== null) return;
  if (page.tokens.some(({ kind, start }) => kind === 'address' && start >= from && start < to))
    return;
  if (/\n|주세요/u.test(text)) return;
  put(page, {
    kind: 'address',
    text: null,
    longText: null,
    placeStart: -1,
    labelled: true,
    start: from,
    end,
  });
}

const KIN_WORD =
  '(?:(?:남편|아내|와이프|신랑|엄마|아빠|어머니|아버지|아들|딸|동생|언니|누나|오빠|형|친구|며느리|사위) ?)?';
const BY_NAME = new RegExp(
  `(?<![가-힣])${KIN_WORD}(?<name>[가-힣]{2,4}) ?(?:이름|명의|이란 이름)?(?:으로|로) ?(?<act>입금|송금|이체|돈|보냈|넣|들어|보내 ?(?:주|드|는)|발송)`,
  'gu',
);

/** "진종필 이름으로 입금할게요" names the depositor, "… 이름으로 보내주세요" the sender. */
function readDeposits(page: Page): void {
  for (const match of page.text.matchAll(BY_NAME)) {
    const { name = '', act = '' } = match.groups ?? {};
    const start = match.index + match[0].indexOf(name);
    const person = personName(name);
    if (person === null || !isFree(page, start, start + name.length)) continue;
    const end = start + person.length;
    const named = /이름|명의/u.test(match[0]);
    const pays = /입금|송금|이체|돈/u.test(act) || (named && /보냈|넣|들어/u.test(act));
    if (pays) put(page, { kind: 'depositor', text: person, sameAs: null, start, end });
    else if (named && /보내|발송/u.test(act))
      put(page, { kind: 'sender', text: person, start, end });
  }
}

function readDays(page: Page): void {
  const dates = findDates(page.text, page.today);
  for (const [index, { date, start, end }] of dates.entries()) {
    if (!isFree(page, start, end)) continue;
    const labelled = page.labels.find(
      ({ field, from, to }) => field === 'date' && start >= from && end <= to,
    );
    const before = page.text.slice(Math.max(0, start - 16), start);
    const after = page.text.slice(end, dates[index + 1]?.start ?? end + 40);
    const wish = labelled ? 'arrive' : wishedKind(before, after);
    if (wish === null || date < page.today) claim(page, start, end);
    else put(page, { kind: 'wanted', date, wish, start, end });
  }
}

/** Behind a product or a home a bare number is a count: "백도 5", "황도 4kg 3", "복숭아 둘". */
const BARE =
  /^ {0,2}(?:[xX×*:] ?)?(?:(\d{1,5})(?![\d.,]\d|[\d~-]| ?(?:kg|키로|킬로|g|과|호|동|층|월|일|시|년|원|번|박스|상자|개|팩))|(하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)(?=$|[^가-힣]|요|만|이요))/iu;

function readCounts(page: Page): void {
  const { text } = page;
  for (const count of findCounts(text)) {
    if (!isFree(page, count.start, count.end)) continue;
    if (count.rate) claim(page, count.start, count.end);
    else put(page, { kind: 'count', labelled: false, ...count });
  }
  for (const { start, end, feature } of findMentions(text, page.catalogue)) {
    if (!isFree(page, start, end)) continue;
    if (/^ ?(?:말고|아니고|아니라|대신|빼고|은 ?말고|는 ?말고)/u.test(text.slice(end, end + 8))) {
      claim(page, start, end);
      continue;
    }
    const labelled = inValue(page, 'product', start) || inValue(page, 'order', start);
    put(page, { kind: 'mention', feature, labelled, start, end });
    putBare(page, end);
  }
  for (const { field, from, to } of page.labels) {
    if (field === 'count') putBareValue(page, from, to);
    if (field === 'product') putUnknown(page, from, to);
  }
  readCellCounts(page);
}

const inValue = (page: Page, wanted: string, at: number): boolean =>
  page.labels.some(({ field, from, to }) => field === wanted && at >= from && at < to);

function putBare(page: Page, from: number): void {
  const match = BARE.exec(page.text.slice(from, from + 14));
  if (match === null) return;
  const word = match[1] ?? match[2] ?? '';
  const start = from + match[0].length - word.length;
  if (isFree(page, start, start + word.length)) putCount(page, start, start + word.length, word);
}

function putCount(page: Page, start: number, end: number, word: string): void {
  const rest = { each: false, total: false, more: false, rate: false };
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
  const word = /^[\s:]*(-? ?\d[\d.,]*|[가-힣a-z]+)/iu.exec(value)?.[1];
  if (word === undefined) return;
  const start = from + value.indexOf(word);
  const number = readNumber(word.replace(/(?:이요|요|입니다|만|으로|로)$/u, ''));
  if (number === null && !/^\d|^-/u.test(word)) return;
  const rest = { each: false, total: false, more: false, rate: false };
  put(page, {
    kind: 'count',
    labelled: true,
    boxes: number,
    start,
    end: start + word.length,
    ...rest,
  });
}

/** A product field with words that name nothing known is a product that is not on sale. */
function putUnknown(page: Page, from: number, to: number): void {
  const known = page.tokens.some(
    ({ kind, start }) => kind === 'mention' && start >= from && start < to,
  );
  const end = freeEnd(page, from, to);
  if (known || page.asked !== null || !/[가-힣]{2}/u.test(page.text.slice(from, end))) return;
  put(page, { kind: 'mention', feature: 'word:?', labelled: true, start: from, end });
}

/** The last cell of a row without a header: "김영희\t010…\t서울…\t5". */
function readCellCounts(page: Page): void {
  for (const match of page.text.matchAll(/(?:\t|[|/,;] ?)(\d{1,4})(?= *(?:$|\n|\t|[|/,;]))/gu)) {
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

function readHomes(page: Page): void {
  for (const match of page.text.matchAll(HOME)) {
    const word = match[1] ?? '';
    const end = match.index + word.length;
    if (!isFree(page, match.index, end)) continue;
    put(page, { kind: 'home', word: homeKey(word), start: match.index, end });
    const particle =
      /^(?:에는|에|은|는|네|이랑|랑)? {0,2}/u.exec(page.text.slice(end, end + 5))?.[0] ?? '';
    putBare(page, end + particle.length);
  }
  for (const match of page.text.matchAll(ORDINAL)) {
    const end = match.index + match[0].length;
    if (!isFree(page, match.index, end)) continue;
    put(page, { kind: 'ordinal', index: ordinalIndex(match[1] ?? ''), start: match.index, end });
  }
}

/** 저희 집, 우리집 and 저희 are one place; 엄마네 and 엄마집 too. */
function homeKey(word: string): string {
  const key = word.replaceAll(' ', '').replace(/(?:집|네|댁)$/u, '');
  return /^(?:저희|우리|제)$/u.test(key) ? '저희' : key;
}

const CLAUSE = /[^\n.!?]+(?:[.!?](?=\S)[^\n.!?]*)*/gu;

function readMemos(page: Page): void {
  for (const match of page.text.matchAll(CLAUSE)) {
    for (const part of freeParts(page, match.index, match.index + match[0].length)) {
      const memo = memoIn(page.text.slice(part.start, part.end));
      if (memo === null) continue;
      const start = part.start + memo.start;
      const end = part.start + memo.end;
      put(page, { kind: 'memo', text: page.text.slice(start, end).trim(), start, end });
    }
  }
}

/** The stretches of a clause that nobody has claimed. */
function freeParts(page: Page, from: number, to: number): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let start = from;
  for (let at = from; at <= to; at += 1) {
    if (at < to && page.taken[at] !== 1) continue;
    if (at - start >= 3) parts.push({ start, end: at });
    start = at + 1;
  }
  return parts;
}

const BREAK = /\n[ \t]*(\n\s*)?/gu;
/** "1)", "2.", "-" at the start of a line that says more. */
const MARK = /(?:^|\n)[ \t]*(?:\(?\d{1,2} ?[).]|[-•·*▶▷●■□◆◇☞])(?= ?\S)/gu;

function readBreaks(page: Page): void {
  for (const match of page.text.matchAll(BREAK)) {
    const end = match.index + match[0].length;
    page.tokens.push({ kind: 'break', blank: match[1] !== undefined, start: match.index, end });
  }
  for (const match of page.text.matchAll(MARK)) {
    const end = match.index + match[0].length;
    if (/\d/u.test(match[0])) page.tokens.push({ kind: 'mark', start: end - 1, end });
  }
}
