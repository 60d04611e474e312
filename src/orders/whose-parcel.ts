// Whose parcel a courier's line is about: a name, a telephone number or an address, whole or partly
// hidden, against the parcels it may be.
import { TITLE } from './recipient-words.ts';
import { comparedAddress, isSameAddress } from './same-address.ts';

export type Destination = {
  readonly recipient: string;
  readonly phone: string;
  readonly address: string;
};

/** What is seen of a recipient; absent, null or empty says nothing. */
export type Seen = {
  readonly name?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly address?: string | null | undefined;
};

export type Whose<T> =
  | { readonly kind: 'one'; readonly row: T }
  | { readonly kind: 'several'; readonly rows: readonly T[] }
  /** `near` are those whom a part fits while another part speaks against them. */
  | { readonly kind: 'none'; readonly near: readonly T[] };

/** Where many lines are looked up among the same parcels, `whoseAmong` prepares these once. */
export function whoseParcel<T extends Destination>(rows: readonly T[], seen: Seen): Whose<T> {
  return whoseAmong(rows)(seen);
}

export function whoseAmong<T extends Destination>(rows: readonly T[]): (seen: Seen) => Whose<T> {
  const known = rows.map((row) => ({
    row,
    name: comparedName(row.recipient),
    phone: row.phone.replace(/\D/g, ''),
    address: comparedAddress(row.address),
  }));
  return (seen) => {
    const { name, phone, address } = compared(seen);
    if (name === '' && phone === '' && address === '') return { kind: 'none', near: [] };
    const fits = known.map((one) => ({
      row: one.row,
      name: name === '' ? null : nameFit(name, one.name),
      phone: phone === '' ? null : phoneFits(phone, one.phone),
      address: address === '' ? null : isSameAddress(address, one.address),
    }));
    const fitting = fits.filter(
      (fit) => fit.name !== 'no' && fit.phone !== false && fit.address !== false,
    );
    // A name in full goes before one said without its surname.
    const whole = fitting.filter((fit) => fit.name !== 'given');
    const [first, ...others] = whole.length > 0 ? whole : fitting;
    if (first === undefined) {
      const near = fits.filter(
        (fit) => isWhole(fit.name) || fit.phone === true || fit.address === true,
      );
      return { kind: 'none', near: near.map(({ row }) => row) };
    }
    if (others.length === 0) return { kind: 'one', row: first.row };
    return { kind: 'several', rows: [first, ...others].map(({ row }) => row) };
  };
}

const NAME_CHARS_MAX = 60;
const MASK = /[*○◯●〇＊]/u;
const MASKS = /[○◯●〇＊]/gu;
/** An O or X between syllables hides one as well: 박O수. */
const LATIN_MASK = /(?<=\p{Script=Hangul})[ox](?=\p{Script=Hangul}|$)/gu;
const BRACKETED = /\([^()]*\)|\[[^[\]]*\]/gu;
/** Shorter, a part of a number is no sign of whose it is. */
const PHONE_DIGITS_MIN = 4;
/** Longer, it is a number of its own and not the end of one. */
const PHONE_END_MAX = 8;
const PHONE_CHARS_MAX = 40;

function compared(seen: Seen): { name: string; phone: string; address: string } {
  return {
    name: comparedName(seen.name ?? ''),
    phone: comparedPhone(seen.phone ?? ''),
    address: comparedAddress(seen.address ?? ''),
  };
}

/** Digits and stars; empty where it tells nobody from another. */
function comparedPhone(phone: string): string {
  const plain = phone.slice(0, PHONE_CHARS_MAX).normalize('NFKC').replace(MASKS, '*');
  // A sheet drops the zero in front.
  const digits = plain.replace(/[^\d*]/g, '').replace(/^(?:82)?(?=10[\d*]{8}$)/, '0');
  const isTold = digits.replaceAll('*', '').length >= PHONE_DIGITS_MIN;
  return isTold && !isVirtual(digits) ? digits : '';
}

/** A number that a courier puts in the place of the recipient's own. */
const isVirtual = (phone: string): boolean => phone.length > PHONE_END_MAX && /^050\d/.test(phone);

/** A name in the form in which names are compared; `*` stands for what is hidden. */
export function comparedName(name: string): string {
  const plain = name.slice(0, NAME_CHARS_MAX).normalize('NFKC').toLowerCase();
  const bare = plain
    .replace(BRACKETED, '')
    .replace(MASKS, '*')
    .replace(/[^\p{L}\p{N}*]/gu, '');
  const untitled = bare.replace(TITLE, '');
  return (untitled === '' ? bare : untitled).replace(LATIN_MASK, '*');
}

/** Whether a compared name, or a letter of one, is hidden. */
export const isHidden = (name: string): boolean => MASK.test(name);

type NameFit = 'whole' | 'given' | 'no';
const isWhole = (fit: NameFit | null): boolean => fit === 'whole';

/** `given` is a name without its surname: 철수 of 박철수. */
function nameFit(seen: string, name: string): NameFit {
  if (seen === name) return 'whole';
  if (MASK.test(seen) || MASK.test(name)) return isMaskOf(seen, name) ? 'whole' : 'no';
  const isGiven = seen.length === 2 && /^\p{Script=Hangul}{3}$/u.test(name) && name.endsWith(seen);
  return isGiven ? 'given' : 'no';
}

/** Letter by letter; a name of stars alone says nothing of whose it is. */
function isMaskOf(seen: string, name: string): boolean {
  const letters = [...seen];
  const others = [...name];
  if (letters.length !== others.length) return false;
  const pairs = letters.map((letter, index) => [letter, others[index] ?? ''] as const);
  const isSeen = pairs.some(([one, other]) => one === other && !MASK.test(one));
  return (
    isSeen && pairs.every(([one, other]) => one === other || MASK.test(one) || MASK.test(other))
  );
}

/** A whole number, the end of one, or one with digits hidden in it. */
function phoneFits(seen: string, phone: string): boolean {
  if (seen === phone) return true;
  if (seen.length === phone.length)
    return [...seen].every((digit, index) => digit === '*' || digit === phone[index]);
  const hidden = seen.split('*');
  if (hidden.length === 1) return seen.length <= PHONE_END_MAX && phone.endsWith(seen);
  return phone.startsWith(hidden[0] ?? '') && phone.endsWith(hidden.at(-1) ?? '');
}
