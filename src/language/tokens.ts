// The first stage: a message becomes tokens with kinds. Each pass claims what it understands, so
// the order of the passes decides who may read a stretch of text first.

import { readRests } from './address-rest.ts';
import { readAddresses, readNoise } from './address-tokens.ts';
import { asksWhere, namesAddressee } from './addressee.ts';
import { readCounts, readHomes, readRowEnds } from './count-tokens.ts';
import { findNames } from './find-names.ts';
import { readFlats } from './flats.ts';
import { type Handle, readHandles } from './handles.ts';
import { readFirms, readIntroductions } from './introductions.ts';
import { CONTACTS } from './label-words.ts';
import { type FoundLabel, fieldOfHeader, findLabels } from './labels.ts';
import { type Letters, lettersOf, matchesOn } from './letters.ts';
import { isRelation } from './names.ts';
import { claim, inTextOrder, isFree, isTaken, type Page, type Token } from './page.ts';
import { readDeposits, readOrderers, readPaidAs, readSenders } from './payers.ts';
import type { Catalogue } from './product.ts';
import { findQuestions } from './question-form.ts';
import type { AskField } from './reading.ts';
import { readRoles } from './roles.ts';
import { readRows } from './row-facts.ts';
import { readDays, readExamples, readGiftWishes, readMemos } from './sentence-tokens.ts';
import { type PhoneHead, readSplitPhone } from './split-phone.ts';
import { findTable } from './table.ts';
import { readTicks } from './ticks.ts';
import { readVacancies } from './vacant-names.ts';
import { readMemoValues, readNameValues, readPhones } from './value-tokens.ts';

export type ReadOptions = {
  readonly catalogue: Catalogue;
  readonly today: string;
  readonly asked: AskField | null;
  /** Which message of the conversation it is, from 0. */
  readonly message: number;
  /** The addresses known before. */
  readonly houses?: readonly string[];
  /** What the recipients known before are called. */
  readonly called?: readonly Handle[];
  /** The town said before, when only that is known of the address. */
  readonly region?: string | null;
  /** The one recipient known before has an address or a number, and no name yet. */
  readonly nameless?: boolean;
  /** The message before was the beginning of a number. */
  readonly head?: PhoneHead | null;
  /** One more than the text is long; set where a reader has claimed a character. */
  readonly taken: Uint8Array;
  readonly letters?: Letters;
};

const PASSES: readonly ((page: Page) => void)[] = [
  readExamples, // 예) 홍길동 / 010-0000-0000
  readGiftWishes, // 가격 안 보이게
  readTicks, // 부사 5kg ( ) 박스, 복길동(X) → 복기동
  readRoles, // 도한결(보내는 사람)
  readPaidAs, // I will pay as JOHN MILLER
  readLabels, // 성함: …, and the cells of a sheet
  readMemoValues, // 배송메모: 문 앞
  readSplitPhone, // 1234-5678 behind a message with 010
  readPhones, // 010-1234-5678
  readNameValues, // 받는분: 김영희
  readNoise, // 계좌 123-456-789, 27,000원
  readRowEnds, // … 월드컵로 190 (2), in each line
  readAddresses, // 서울 노원구 동일로 1729
  readOrderers, // 주문은 목승자 이름으로
  readSenders, // 김민수가 보내는 걸로
  readDeposits, // 진종필 이름으로 입금
  readFirms, // 상호는 오늘의온도
  readDays, // 8/13 도착 희망
  readCounts, // 황도 2박스
  readHomes, // 저희집 2 엄마집 1
  readIntroductions, // 301호 사는 천유담이에요, 점장 비룡
  readMemos, // 문앞에 놔주세요
  findNames, // 김영희 next to a phone
  readFlats, // … 방산빌딩. 205호 은다솔 010-…, 701호 피재경 010-…
  readRows, // 야민주 010-1234-5678 전남 … 2, in each line
  readRests, // … 온천로 12 해뜨는민박
  readVacancies, // 비단결, where nobody is named
  readHandles, // 가 1개 나 2개
  readBreaks,
];

/** Tokens in text order; the text is normalised. */
export function readTokens(text: string, options: ReadOptions): Token[] {
  const { message } = options;
  const page: Page = {
    region: null,
    nameless: false,
    head: null,
    called: [],
    houses: [],
    ...options,
    text,
    letters: options.letters ?? lettersOf(text),
    tokens: [],
    labels: [],
  };
  for (const pass of PASSES) pass(page);
  return inTextOrder(page.tokens).map((token) => Object.assign(token, { message }));
}

/** "입금은 와이프 이름 갈미연으로": still who pays, and no other person's field. */
function isNameOfKin(text: string, before?: FoundLabel, label?: FoundLabel): boolean {
  if (label?.field !== 'name' || label.strong || before === undefined) return false;
  if (before.field !== 'depositor' && before.field !== 'sender') return false;
  const words = text.slice(before.end, label.start).trim();
  return /^[가-힣 ]{1,12}$/u.test(words) && words.split(/ +/u).every(isRelation);
}

const ASKED_FIELDS = {
  name: 'name',
  phone: 'phone',
  address: 'address',
  boxes: 'count',
  product: 'product',
} as const;

function readLabels(page: Page): void {
  const table = findTable(page.text, page.catalogue);
  if (table !== null) {
    claim(page, table.start, table.headerEnd);
    for (const row of table.rows) page.tokens.push({ kind: 'mark', start: row, end: row });
    page.labels.push(...table.values);
  }
  const questions = findQuestions(page.text);
  const words = findLabels(page.text).filter(
    ({ start }) => !questions.some((asked) => start >= asked.start && start < asked.end),
  );
  const labels = withAddressees(
    page.text,
    [...questions, ...words].sort((a, b) => a.start - b.start),
  );
  const received = labels.some(({ field, strong }) => field === 'recipient' && strong);
  const meant = withoutHeaders(page, labels).map((label) =>
    received && isContact(page.text, label) ? { ...label, field: 'noise' as const } : label,
  );
  const found = meant.filter(
    ({ start, end }, index, all) =>
      isFree(page, start, end) &&
      !isNameOfKin(page.text, all[index - 1], all[index]) &&
      !(table !== null && start >= table.start && start < table.end),
  );
  if (page.asked !== null && !found.some(({ lineStart, start }) => lineStart && start < 4)) {
    const to = found[0]?.start ?? endOfLine(page.text, 0);
    const field = ASKED_FIELDS[page.asked];
    page.labels.push({
      field,
      start: 0,
      from: 0,
      to,
      strong: field !== 'name',
      lineStart: true,
      told: false,
    });
  }
  for (const [index, label] of found.entries()) {
    claim(page, label.start, label.end);
    const next = found[index + 1]?.start ?? page.text.length;
    const to = valueEnd(page.text, label.end, next);
    const from = unstruck(page, label.end, to);
    const contact = label.field === 'noise' && saysContact(page.text, label);
    page.labels.push({ ...label, from, to: contact ? numberAt(page.text, from, to) : to });
  }
}

/** "받는곳: 하늘빛어린이집" asks for a place, and names who receives. */
const withAddressees = (text: string, labels: readonly FoundLabel[]): FoundLabel[] =>
  labels.map((label, index) => {
    if (label.field !== 'address' || !asksWhere(text.slice(label.start, label.end))) return label;
    const to = valueEnd(text, label.end, labels[index + 1]?.start ?? text.length);
    return namesAddressee(text, { from: label.end, to }) ? { ...label, field: 'recipient' } : label;
  });

/** Beside a 받는분 the 담당자 of a firm receives nothing; his number is the firm's. */
const isContact = (text: string, label: FoundLabel): boolean =>
  label.field === 'name' && saysContact(text, label);
const saysContact = (text: string, { start, end }: FoundLabel): boolean =>
  CONTACTS.some((word) => text.slice(start, end).startsWith(word));

const NUMBER = /[+(]?0\d{1,2}[-). ]?\d{3}/u;
const numberAt = (text: string, from: number, to: number): number => {
  const at = text.slice(from, to).search(NUMBER);
  return at < 0 ? to : from + at;
};

/** "이름 연락처 주소 수량" alone on a line heads the rows below and has no values of its own. */
function withoutHeaders(page: Page, labels: readonly FoundLabel[]): FoundLabel[] {
  const kept: FoundLabel[] = [];
  let lineTo = -1;
  let heads = false;
  for (const label of labels) {
    if (label.start >= lineTo) {
      const lineFrom = page.text.lastIndexOf('\n', label.start - 1) + 1;
      lineTo = endOfLine(page.text, label.start);
      heads = lineTo - lineFrom < HEADER_MAX && isHeader(page.text.slice(lineFrom, lineTo));
      if (heads) claim(page, lineFrom, lineTo);
    }
    if (!heads) kept.push(label);
  }
  return kept;
}

const HEADER_MAX = 60;
const isHeader = (line: string): boolean => {
  if (/[\d:]/u.test(line)) return false;
  const words = line.split(/[\s,/|]+/u).filter((word) => word !== '');
  return words.length > 1 && words.every((word) => fieldOfHeader(word) !== null);
};

const endOfLine = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

/** Behind what was struck out at the start of the value. */
function unstruck(page: Page, from: number, to: number): number {
  let at = from;
  while (at < to && page.text[at] === ' ') at += 1;
  if (!isTaken(page, at)) return from;
  while (at < to && isTaken(page, at)) at += 1;
  return at;
}

/** To the end of the line; an empty line passes the turn to the next one. */
function valueEnd(text: string, from: number, next: number): number {
  const end = Math.min(next, endOfLine(text, from));
  if (end === next || text.slice(from, end).trim() !== '') return end;
  // The last column of a header that nobody knows has no value in the row below.
  if (text.slice(text.lastIndexOf('\n', from - 1) + 1, from).includes('\t')) return end;
  return Math.min(next, endOfLine(text, end + 1));
}

const BREAK = /\n[ \t]*(\n\s*)?/gu;
/** "1)", "2.", "-" at the start of a line that says more. */
const MARK = /(?:^|\n)[ \t]*(?:\(?\d{1,2} ?[).]|[-•·*▶▷●■□◆◇☞])(?= ?\S)/gu;

function readBreaks(page: Page): void {
  for (const match of matchesOn(page, BREAK)) {
    const end = match.index + match[0].length;
    page.tokens.push({ kind: 'break', blank: match[1] !== undefined, start: match.index, end });
  }
  for (const match of matchesOn(page, MARK)) {
    const end = match.index + match[0].length;
    if (/\d/u.test(match[0])) page.tokens.push({ kind: 'mark', start: end - 1, end });
  }
}
