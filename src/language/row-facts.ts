// What the place in a row tells of a word that no other reader knows: the one free word beside a
// number and an address is the name, the number at the end of each row its count.

import { homeKey, putCount } from './count-tokens.ts';
import { BESIDE_PHONE } from './find-names.ts';
import { isPlaceName, isRelation } from './names.ts';
import { listKey } from './notes.ts';
import { inTextOrder, isFree, isTaken, type Page, put, type Spotted } from './page.ts';
import { memoIn } from './phrases.ts';
import { findRows, MYSELF, type Row, rowsInLines } from './row-shape.ts';
import { mayName, putVacant } from './vacant-names.ts';

export function readRows(page: Page): void {
  if (page.tokens.filter(({ kind }) => kind === 'phone').length < 2) return;
  const ordered = inTextOrder(page.tokens);
  const rows = findRows(page, ordered);
  for (const row of rows) {
    readHead(page, row);
    readRow(page, row);
    page.tokens.push({ kind: 'row', opens: true, start: row.start, end: row.start });
    page.tokens.push({ kind: 'row', opens: false, start: row.end, end: row.end });
  }
  if (rows.length > 0) {
    readRowCounts(page, rows);
    readMyself(page, rows, ordered);
  } else for (const row of rowsInLines(page, ordered)) readRow(page, row);
}

const SENDS = /보내는|보낸|발신|발송인|주문자|주문하는/u;

/** "제가 보내는 걸로요, 저는 김민수 010-…" beside a list is who sends it, and none of the recipients. */
function readMyself(page: Page, rows: readonly Row[], tokens: readonly Spotted[]): void {
  const sends = SENDS.test(page.text);
  for (const phone of tokens) {
    if (phone.kind !== 'phone' || phone.sender || inRows(rows, phone.start)) continue;
    const from = page.text.lastIndexOf('\n', phone.start - 1) + 1;
    const line = page.text.slice(from, phone.start);
    if (!MYSELF.test(line)) continue;
    const name = tokens.find(
      (token): token is Name => isName(token) && token.start >= from && token.end <= phone.start,
    );
    drop(page, name === undefined ? [phone] : [phone, name]);
    put(page, { ...phone, sender: true });
    if (name !== undefined && sends) {
      const { text, start, end } = name;
      put(page, { kind: 'sender', text, start, end });
    }
  }
}

const inRows = (rows: readonly Row[], at: number): boolean =>
  rows.some(({ start, end }) => at >= start && at < end);

/** The name in a row, the firm he works at, and the flat where the house is said elsewhere. */
function readRow(page: Page, row: Row): void {
  const names = row.tokens.filter(isName);
  const best = Math.max(BESIDE_PHONE, ...names.map(({ weight }) => weight));
  const sure = names.find(({ weight }) => weight >= best);
  // A shop's name behind the address is a name only where nobody else is named.
  const person =
    sure ??
    (names.every(isShop) ? putVacant(page, { ...row, isRow: true }) : null) ??
    names[0] ??
    null;
  const address = row.tokens.find(isAddress);
  if (address === undefined) readUnit(page, row);
  else if (person !== null) readPlace(page, row, { address, person });
}

const isShop = ({ text, labelled }: Name): boolean => !labelled && isPlaceName(text);
const isName = (token: Spotted): token is Name => token.kind === 'name';
const isAddress = (token: Spotted): token is Address => token.kind === 'address';
type Name = Extract<Spotted, { kind: 'name' }>;
type Address = Extract<Spotted, { kind: 'address' }>;

const HEAD =
  /[^\p{L}\p{N}\n]*(?<word>[A-Z]|[가-힣]|[가-힣]{2,7})(?: ?[:)\]>=.]| - | ?→|[ \t]*(?=\n)| (?=[가-힣]{2,4} ?[,/(\d]))/uy;
const FIRST_LETTER = /(?:^|\n)[^\p{L}\p{N}\n]*가 ?[:).\]>]/u;
const LETTERED = /^[A-Z가나다라마바사아자차]$/u;

/** "가: 김영희 …", "♡시부모님댁", "언니) …": what the buyer calls the row at its beginning. */
function readHead(page: Page, { start, end, tokens }: Row): void {
  HEAD.lastIndex = start;
  const match = HEAD.exec(page.text);
  const word = match?.groups?.word;
  if (match === null || word === undefined || match.index + match[0].length >= end) return;
  const at = start + match[0].indexOf(word);
  if (!isFree(page, at, at + word.length) || /[가-힣]/u.test(page.text[at + word.length] ?? ''))
    return;
  // Without a 가 in front, 나 is the buyer himself.
  const lettered = LETTERED.test(word) && (word !== '나' || FIRST_LETTER.test(page.text));
  const called = word.length > 1 && /(?:집|네|댁|님|가게|점|사무실)$/u.test(word);
  const self = /^(?:저|나|제|본인|집)$/u.test(word);
  // "농막: 김순례 …": in front of a colon it is no name where another one is.
  const named = tokens.some((token) => isName(token) && token.weight >= BESIDE_PHONE);
  const headed = word.length > 1 && named && /^ ?[:)>]/u.test(page.text.slice(at + word.length));
  if (lettered || called || self || headed || isRelation(word))
    put(page, {
      kind: 'home',
      word: lettered ? listKey(word) : homeKey(word === '집' ? '우리' : word),
      start: at,
      end: at + word.length,
    });
}

const UNIT = /\d{1,4}동 ?\d{1,5}호|(?<![\d-])\d{2,5}호/u;

/** "101동 402호 김영희 …" where the house is the same for all rows. */
function readUnit(page: Page, { start, end, tokens }: Row): void {
  if (tokens.some(({ kind }) => kind === 'unit')) return;
  const match = UNIT.exec(page.text.slice(start, end));
  if (match === null) return;
  const at = start + match.index;
  if (!isFree(page, at, at + match[0].length)) return;
  const rest = { instead: null, restates: false };
  put(page, { kind: 'unit', text: match[0], ...rest, start: at, end: at + match[0].length });
}

const PLACE =
  /[ ,]{1,3}(?<place>(?:\([주유재사]\) ?)?[가-힣A-Za-z0-9&]{2,14})(?=[ \t]*(?:$|[\n/|,(])|[ \t]+[가-힣])/uy;

type Beside = { readonly address: Address; readonly person: Name };

/** "… 5층 필라테스온 / 안소담": the firm behind the address is part of it where a person receives. */
function readPlace(page: Page, row: Row, { address, person }: Beside): void {
  if (address.text === null) return;
  PLACE.lastIndex = address.end;
  const match = PLACE.exec(page.text);
  const place = match?.groups?.place;
  if (match === null || place === undefined || match.index + match[0].length > row.end) return;
  const start = match.index + match[0].indexOf(place);
  const end = start + place.length;
  if (start === person.start || person.labelled) return;
  const named = row.tokens.filter(
    (token) => isName(token) && token.start < end && token.end > start,
  );
  // Behind an address that ends the row an unknown word may be anything.
  const known = isPlaceName(place) || person.start > address.end;
  if (named.length === 0 && !(known && isFree(page, start, end) && mayPlace(place))) return;
  drop(page, [address, ...named]);
  const longText = `${address.text} ${place}`;
  put(page, { ...address, longText, placeStart: start, placeEnd: end });
}

const mayPlace = (word: string): boolean =>
  word.length > 2 && mayName(word) && memoIn(word) === null && !/\d$/u.test(word);

function drop(page: Page, tokens: readonly Spotted[]): void {
  for (const token of tokens) {
    const at = page.tokens.indexOf(token);
    if (at >= 0) page.tokens.splice(at, 1);
  }
}

const LAST_NUMBER = /(?<=[\s,/|)])(\d{1,3})(?: ?[.,])?[ \t]*$/u;
const BRACKETED = /(?<=[가-힣] ?)\((\d{1,2})\)/u;

/** "… 중마로 290 1" in each row: the last number of the line, or the one in brackets behind the name. */
function readRowCounts(page: Page, rows: readonly Row[]): void {
  const open = rows.filter(({ tokens }) => !tokens.some(({ kind }) => kind === 'count'));
  for (const pattern of [LAST_NUMBER, BRACKETED]) {
    const found = open.map((row) => numberIn(page, row, pattern));
    if (found.length === 0 || found.includes(null)) continue;
    for (const one of found) if (one !== null) putCount(page, one.start, one.end, one.word);
    return;
  }
}

type Found = { readonly start: number; readonly end: number; readonly word: string };

function numberIn(page: Page, { start, end }: Row, pattern: RegExp): Found | null {
  const match = pattern.exec(page.text.slice(start, end));
  const word = match?.[1];
  if (match === null || word === undefined) return null;
  const at = start + match.index + match[0].indexOf(word);
  return isTaken(page, at) ? null : { start: at, end: at + word.length, word };
}
