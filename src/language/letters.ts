// Which letters a text holds, and which of them a pattern cannot do without: where none of those stands
// there is nothing to search for. Nearly all patterns look for words that a message does not have.

import { matchesOf } from './matches.ts';

/** A bit for each letter seen, by the remainder of its code: now and then two share one. */
export type Letters = readonly number[];

const CELLS = 64;
const BITS = 32;

const cellOf = (code: number): number => (code >> 5) & (CELLS - 1);
const bitOf = (code: number): number => 1 << (code & (BITS - 1));

/** Whether such a letter may stand there; never false where it does. */
export const hasLetter = (letters: Letters, code: number): boolean =>
  ((letters[cellOf(code)] ?? 0) & bitOf(code)) !== 0;

export function lettersOf(text: string): Letters {
  const seen = new Array<number>(CELLS).fill(0);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const cell = cellOf(code);
    seen[cell] = (seen[cell] ?? 0) | bitOf(code);
  }
  return seen;
}

/** Where the next word of Hangul begins; the text's length where there is none. */
export function hangulFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isSyllable(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the word of Hangul that begins here ends. */
export function hangulTo(text: string, from: number): number {
  let at = from;
  while (isSyllable(text.charCodeAt(at))) at += 1;
  return at;
}

export const isSyllable = (code: number): boolean =>
  code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE;
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/** A text beside what stands in it at all; the letters may be those of more than the text. */
export type Lettered = { readonly text: string; readonly letters: Letters };

/** Whether a pattern without memory has a match in the text. */
export const says = ({ text, letters }: Lettered, pattern: RegExp): boolean =>
  mayHold(letters, pattern) && pattern.test(text);

/** All matches of a global pattern in the text. */
export const matchesOn = (
  { text, letters }: Lettered,
  pattern: RegExp,
): readonly RegExpExecArray[] => (mayHold(letters, pattern) ? matchesOf(text, pattern) : NOTHING);

const NOTHING: readonly RegExpExecArray[] = [];

/** False only where the pattern has no match in the text of these letters, nor in any part of it. */
export function mayHold(letters: Letters, pattern: RegExp): boolean {
  const needed = NEEDED.get(pattern) ?? learn(pattern);
  for (let at = 0; at < needed.length; ) {
    const end = needed[at] ?? 0;
    at += 1;
    while (at < end && hasOneOf(letters, needed, at)) at = needed[at] ?? end;
    if (at >= end) return true;
    at = end;
  }
  return false;
}

function hasOneOf(letters: Letters, needed: Needed, set: number): boolean {
  const end = needed[set] ?? 0;
  for (let at = set + 1; at < end; at += 2)
    if (((letters[needed[at] ?? 0] ?? 0) & (needed[at + 1] ?? 0)) !== 0) return true;
  return false;
}

/**
 * What is found out of each pattern once, in one row of numbers, because it is asked so often: of each
 * way to match where it ends; in it, of each set where that ends, and its cells with their bits.
 */
type Needed = readonly number[];

const NEEDED = new WeakMap<RegExp, Needed>();

function learn(pattern: RegExp): Needed {
  const needed: number[] = [];
  for (const way of neededBy(pattern)) {
    const from = needed.push(0);
    for (const set of way) {
      const at = needed.push(0);
      for (const [cell, bits] of cellsOf(set)) needed.push(cell, bits);
      needed[at - 1] = needed.length;
    }
    needed[from - 1] = needed.length;
  }
  NEEDED.set(pattern, needed);
  return needed;
}

function cellsOf(set: string): ReadonlyMap<number, number> {
  const cells = new Map<number, number>();
  for (let at = 0; at < set.length; at += 1) {
    const code = set.charCodeAt(at);
    cells.set(cellOf(code), (cells.get(cellOf(code)) ?? 0) | bitOf(code));
  }
  return cells;
}

/**
 * The ways in which a pattern may match, and for each of them sets of letters: in every match stands one
 * letter of each. One way without sets is open to any text. A blank is never needed, so that what is left
 * out of a text may leave blanks.
 */
export function neededBy({ source, flags }: RegExp): string[][] {
  const reader: Reader = { source, at: 0 };
  const ways = waysOf(reader);
  if (reader.at < source.length)
    throw new SyntaxError(`expected ${source} to end at ${reader.at}, found ${source[reader.at]}`);
  const needed = flags.includes('i') ? ways.map((way) => way.map(inBothCases)) : ways;
  return needed.some((way) => way.length === 0) ? [[]] : needed;
}

function inBothCases(set: string): string {
  // The two letters of other alphabets that a pattern without regard to case takes for Latin ones.
  const kin = /[ks]/iu.test(set) ? '\u017f\u212a' : '';
  return `${set.toLowerCase()}${set.toUpperCase()}${kin}`;
}

type Reader = { readonly source: string; at: number };
const LETTERS_MAX = 60;
const SETS_MAX = 3;
/** Letters that every other message holds, or every fifth one, tell little. */
const COMMON: ReadonlySet<string> = new Set('0123456789\n-로스박요시호주동구경자이서다기수세대도');
const USUAL: ReadonlySet<string> = new Set(
  '남산는문고지아니원상부보은천소하길과한전성군북금연에번강나.,:',
);
const COMMON_WEIGHT = 20;
const USUAL_WEIGHT = 6;

const weigh = (set: string): number => [...set].reduce((sum, letter) => sum + weightOf(letter), 0);
const weightOf = (letter: string): number =>
  COMMON.has(letter) ? COMMON_WEIGHT : USUAL.has(letter) ? USUAL_WEIGHT : 1;

function waysOf(reader: Reader): string[][] {
  const ways = [sequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at += 1;
    ways.push(sequence(reader));
  }
  return ways;
}

/** Of the ways within a group each one's rarest set goes into the one that all of them share. */
function group(reader: Reader): string[] {
  const [first = [], ...others] = waysOf(reader);
  if (others.length === 0) return first;
  const rarest = [first, ...others].map(([set]) => set);
  return rarest.includes(undefined) ? [] : setOf([...new Set(rarest.join(''))].join(''));
}

/** The sets of what must stand one behind the other, the rarest first. */
function sequence(reader: Reader): string[] {
  const sets: string[] = [];
  const { source } = reader;
  while (reader.at < source.length && source[reader.at] !== '|' && source[reader.at] !== ')') {
    const needed = atom(reader);
    if (!mayBeMissing(reader)) sets.push(...needed);
  }
  return sets.sort((a, b) => weigh(a) - weigh(b)).slice(0, SETS_MAX);
}

const GROUP = /\((?:\?(?:[:=!]|<[=!]|<\w+>))?/uy;
const TIMES = /(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/uy;
const CLASS = /\[(\^?)((?:\\(?:[pP]\{[^}]*\}|u\{?[\da-fA-F]+\}?|.)|[^\]\\])*)\]/suy;
const ESCAPE = /\\(?:[pP]\{[^}]*\}|k<\w+>|u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|[\s\S])/uy;

const here = (pattern: RegExp, { source, at }: Reader): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(source);
};

function atom(reader: Reader): string[] {
  const letter = reader.source[reader.at] ?? '';
  if (letter === '(') {
    const opening = here(GROUP, reader)?.[0] ?? letter;
    reader.at += opening.length;
    const inner = group(reader);
    reader.at += 1;
    return /[=!]$/u.test(opening) ? [] : inner;
  }
  if (letter === '[') {
    const [whole, not, members = ''] = here(CLASS, reader) ?? [letter];
    reader.at += whole.length;
    return not === '' ? membersOf(members) : [];
  }
  if (letter === '\\') {
    const [whole] = here(ESCAPE, reader) ?? [letter];
    reader.at += whole.length;
    return setOf(whole === '\\d' ? DIGITS : escaped(whole));
  }
  reader.at += 1;
  return setOf('.^$'.includes(letter) ? null : letter);
}

const setOf = (letters: string | null): string[] =>
  letters === null || letters.includes(' ') || letters.length > LETTERS_MAX ? [] : [letters];

const DIGITS = '0123456789';
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The one letter that is meant; null for a class, a border of words or a letter by its code. */
function escaped(written: string): string | null {
  const [, letter = ''] = written;
  if (written.length > 2) return null;
  return CONTROLS[letter] ?? (/[a-zA-Z0-9]/u.test(letter) ? null : letter);
}

const MEMBER = /\\(?:[pP]\{[^}]*\}|u\{?[\da-fA-F]+\}?|[\s\S])|[\s\S]-[\s\S]|[\s\S]/gu;

function membersOf(members: string): string[] {
  let all = '';
  for (const [part] of members.matchAll(MEMBER)) {
    const known = part === '\\d' ? DIGITS : memberOf(part);
    if (known === null) return [];
    all += known;
  }
  return setOf(all);
}

function memberOf(part: string): string | null {
  if (part.startsWith('\\')) return escaped(part);
  if (!/^.-.$/su.test(part)) return part;
  const from = part.charCodeAt(0);
  const length = part.charCodeAt(2) - from + 1;
  if (length > LETTERS_MAX) return null;
  return String.fromCharCode(...Array.from({ length }, (_, index) => from + index));
}

/** Passes over how often the atom in front may come; true where it need not come at all. */
function mayBeMissing(reader: Reader): boolean {
  const times = here(TIMES, reader);
  if (times === null) return false;
  reader.at += times[0].length;
  return /^[*?]/u.test(times[0]) || times[1] === '0';
}
