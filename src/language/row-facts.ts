// What the place in a row tells of a word that no other reader knows: the one free word beside a
// number and an address is the name, the number at the end of each row its count.
import { homeKey, putCount } from './count-tokens.ts';
import { BESIDE_PHONE } from './find-names.ts';
import { isOrdinary, isPlaceName, isRelation, looksLikeVerb } from './names.ts';
import { isFree, isTaken, type Page, put } from './page.ts';
import { findRows, type Row } from './row-shape.ts';

export function readRows(page: Page): void {
  if (page.tokens.filter(({ kind }) => kind === 'phone').length < 2) return;
  const ordered = [...page.tokens].sort((a, b) => a.start - b.start || a.end - b.end);
  const rows = findRows(page, ordered);
  for (const row of rows) {
    readHead(page, row);
    if (!row.tokens.some(({ kind }) => kind === 'name')) readName(page, row);
    page.tokens.push({ kind: 'row', opens: true, start: row.start, end: row.start });
    page.tokens.push({ kind: 'row', opens: false, start: row.end, end: row.end });
  }
  readRowCounts(page, rows);
}

const HEAD =
  /[^\p{L}\p{N}\n]*(?<word>[A-Z]|[가-힣]|[가-힣]{2,7})(?: ?[:)\]>=.]| - | ?→|[ \t]*(?=\n)| (?=[가-힣]{2,4} ?[,/(\d]))/uy;
const LETTERED = /^[A-Z가나다라마바사아자차]$/u;

/** "가: 김영희 …", "♡시부모님댁", "언니) …": what the buyer calls the row at its beginning. */
function readHead(page: Page, { start, end }: Row): void {
  HEAD.lastIndex = start;
  const match = HEAD.exec(page.text);
  const word = match?.groups?.word;
  if (match === null || word === undefined || match.index + match[0].length >= end) return;
  const at = start + match[0].indexOf(word);
  if (!isFree(page, at, at + word.length) || /[가-힣]/u.test(page.text[at + word.length] ?? ''))
    return;
  const lettered = LETTERED.test(word);
  const called = word.length > 1 && /(?:집|네|댁|님|가게|점|사무실)$/u.test(word);
  const self = /^(?:저|나|제|본인)$/u.test(word);
  if (lettered || called || self || isRelation(word))
    put(page, { kind: 'home', word: homeKey(word), start: at, end: at + word.length });
}

const HANGUL = /[가-힣]+/gu;
const NAME_LENGTH_MAX = 4;
const FIRM_LENGTH_MAX = 12;
const HUNG_ON = /(?:고객님|님|씨|귀하)$/u;
const BESIDE = /^[ ,()[\]/|:;~♡-]*$/u;

/** The one word of a row that nobody has read, where a name would stand. */
function readName(page: Page, row: Row): void {
  const found = new Map<string, { readonly start: number; readonly near: boolean }>();
  for (const match of page.text.slice(row.start, row.end).matchAll(HANGUL)) {
    const start = row.start + match.index;
    const word = match[0].replace(HUNG_ON, '');
    if (!mayName(word) || !isFree(page, start, start + match[0].length)) continue;
    const stand = standing(page, row, start, start + match[0].length);
    if (stand !== null && !found.has(word)) found.set(word, { start, near: stand === 'near' });
  }
  const all = [...found];
  const near = all.filter(([, { near: beside }]) => beside);
  const [only, another] = near.length > 0 ? near : all;
  if (only === undefined || another !== undefined) return;
  const [text, { start }] = only;
  const end = start + text.length;
  const rest = { weight: BESIDE_PHONE, labelled: false, introduced: false };
  put(page, { kind: 'name', text, ...rest, start, end });
}

function mayName(word: string): boolean {
  if (word.length < 2 || word.length > FIRM_LENGTH_MAX) return false;
  if (isOrdinary(word) || isRelation(word) || looksLikeVerb(word)) return false;
  return word.length <= NAME_LENGTH_MAX || isPlaceName(word) || !/[은는을를에의로]$/u.test(word);
}

/** Beside the number, or alone in its cell or line; null anywhere else. */
function standing(
  { text }: Page,
  { tokens }: Row,
  start: number,
  end: number,
): 'near' | 'alone' | null {
  const between = (from: number, to: number): boolean =>
    to >= from && to - from < 16 && BESIDE.test(text.slice(from, to));
  for (const token of tokens) {
    if (token.kind !== 'phone') continue;
    if (between(end, token.start) || between(token.end, start)) return 'near';
  }
  const left = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const right = text.slice(end, end + 40).split('\n', 1)[0] ?? '';
  const opens =
    /^[^\p{L}\p{N}]*(?:\d{1,2} ?[).])?[^\p{L}\p{N}]*$/u.test(left) || /[\t/|,] *$/u.test(left);
  return opens && /^ *(?:$|[\t/|,])/u.test(right) ? 'alone' : null;
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
