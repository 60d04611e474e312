// A depositor's name as a bank shows it: what is compared, and what else stands in it.
import { COMPANY_FORMS, TRAILING_WORDS } from './name-words.ts';

export type ReadName = {
  /** Without all that is not the name itself; may be empty. */
  readonly compared: string;
  /** Text in brackets, read in the same way. */
  readonly inside: readonly string[];
  /** Order codes in the text, as `P7042`. */
  readonly codes: readonly string[];
  /** Three or four digits at an end: perhaps the number of an order. */
  readonly numbers: readonly string[];
  /** Where letters are hidden (김*희): what the whole name may look like. */
  readonly masked: RegExp | null;
};

/** Longer texts are no names; banks keep far less. */
const NAME_CHARS_MAX = 100;
/** The last two are letters that are typed for one, as they come out of NFKC (ㅡ, ー). */
const HYPHENS = '\\-‐‑‒–—−\\u1173\\u30fc';
const CODE = new RegExp(
  `(?<![a-z\\d])([a-z])\\s?[${HYPHENS}]?\\s?(\\d)\\s?[${HYPHENS}]?\\s?(\\d{3})(?!\\d)`,
  'giu',
);
const BRACKETED = /[([{<〈《【「『〔]([^)\]}>〉》】」』〕]*)[)\]}>〉》】」』〕]?/gu;
const NOT_NAME = /[^\p{L}\p{N}]/gu;
const MASK = /[*○◯●〇]/u;
const MASKED_LETTER = /\p{L}[*○◯●〇]|[*○◯●〇]\p{L}/u;
/** A run that no other digits stand beside: those would be a phone number or a date. */
const NUMBER_IN_FRONT = /^[^\p{L}\d]*(\d{3,4})(?![^\p{L}]*\d)/u;
const NUMBER_BEHIND = /(?<!\d[^\p{L}]*)(\d{3,4})[^\p{L}\d]*$/u;
const NAME_LETTERS_MIN = 2;

/** Reads the name on a bank row or the one an order names; both are treated alike. */
export function readName(text: string): ReadName {
  const plain = text.slice(0, NAME_CHARS_MAX).normalize('NFKC').toLowerCase();
  const codes = [...plain.matchAll(CODE)].map(([, letter = '', digit = '', rest = '']) =>
    `${letter}${digit}${rest}`.toUpperCase(),
  );
  const said = plain.replace(CODE, ' ').replace(COMPANY_FORMS, ' ');
  const outside = said.replace(BRACKETED, ' ');
  const inside = [...said.matchAll(BRACKETED)].map(([, inner = '']) => compared(inner));
  return {
    compared: compared(outside),
    inside: inside.filter((one) => one !== ''),
    codes: [...new Set(codes)],
    numbers: [...new Set([...numbersAtEnds(outside), ...numbersAtEnds(said)])],
    masked: MASKED_LETTER.test(outside) ? maskOf(outside) : null,
  };
}

function compared(text: string): string {
  const bare = text.replace(NOT_NAME, '').replace(/^\p{N}+|\p{N}+$/gu, '');
  const word = TRAILING_WORDS.find(
    (one) => bare.endsWith(one) && bare.length - one.length >= NAME_LETTERS_MIN,
  );
  return word === undefined ? bare : bare.slice(0, -word.length);
}

function numbersAtEnds(text: string): string[] {
  return [NUMBER_IN_FRONT, NUMBER_BEHIND].flatMap((run) => run.exec(text)?.[1] ?? []);
}

function maskOf(text: string): RegExp {
  const letters = [...text].filter((letter) => /\p{L}/u.test(letter) || MASK.test(letter));
  return new RegExp(`^${letters.map((one) => (MASK.test(one) ? '.' : one)).join('')}$`, 'u');
}

/** Whether a bank may have cut `whole` to this: Hangul alone, and long enough to mean one name. */
export function isBankCut(name: string, whole: string): boolean {
  return (
    name.length < whole.length &&
    whole.startsWith(name) &&
    (name.match(/\p{Script=Hangul}/gu)?.length ?? 0) === name.length &&
    name.length >= CUT_LETTERS_MIN
  );
}

export const CUT_LETTERS_MIN = 5;

/** Whether a name nobody called the depositor's is long enough to be more than a nickname. */
export function isFullName(name: string): boolean {
  const count = (script: RegExp) => name.match(script)?.length ?? 0;
  return count(/\p{Script=Hangul}/gu) >= 3 || count(/\p{Script=Latin}/gu) >= 6;
}
