// Names that may be meant though they are not equal: never enough to book, enough to offer.
import type { ReadName } from './depositor-name.ts';
import { KIN_WORDS } from './name-words.ts';
import { soundOf } from './romanised.ts';

const LETTERS_MIN = 2;
const ALIKE_LETTERS_MIN = 3;

/** Whether this bank row may mean the known name; both as compared. */
export function resembles(name: ReadName, known: string): boolean {
  if (known.length < LETTERS_MIN) return false;
  if (name.masked?.test(known)) return true;
  return [name.compared, ...name.inside].some((one) => isNear(one, known));
}

function isNear(name: string, known: string): boolean {
  if (name.length < LETTERS_MIN) return false;
  if (name.includes(known) || known.includes(name)) return true;
  const own = withoutKin(name);
  return (
    (own.length >= LETTERS_MIN && known.includes(own)) ||
    differByOneLetter(name, known) ||
    soundAlike(name, known)
  );
}

function withoutKin(name: string): string {
  const word = KIN_WORDS.find((one) => name.endsWith(one));
  return word === undefined ? name : name.slice(0, -word.length);
}

function differByOneLetter(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < ALIKE_LETTERS_MIN) return false;
  let different = 0;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) different++;
  return different === 1;
}

function soundAlike(a: string, b: string): boolean {
  const isLatin = (text: string) => /^[a-z]+$/.test(text);
  return isLatin(a) !== isLatin(b) && soundOf(a) !== '' && soundOf(a) === soundOf(b);
}
