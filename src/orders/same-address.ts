// Whether two spellings of an address may be one: a courier shortens, cuts off and hides parts of it.
import { CITY, UNIT } from './recipient-words.ts';
import { shortProvince } from './region.ts';

const ADDRESS_CHARS_MAX = 200;
/** A fragment shorter than this ("서울") says too little to be found inside another address. */
const FRAGMENT_CHARS_MIN = 4;

const POSTCODE = /^[([]?\d{5}[)\]]?(?=\s)|(?<=\s)[([]\d{5}[)\]]/gu;
const BRACKETED = /\([^()]*\)|\[[^[\]]*\]/gu;
const MASKS = /[*○◯●〇＊]+/gu;
/** An address in the form in which addresses are compared; `*` stands for what is hidden. */
export function comparedAddress(address: string): string {
  const plain = address.slice(0, ADDRESS_CHARS_MAX).normalize('NFKC').toLowerCase().trim();
  const bare = plain.replace(POSTCODE, ' ').replace(BRACKETED, ' ').replace(MASKS, '*').trim();
  return shortProvince(bare)
    .replace(CITY, '$1')
    .replace(UNIT, '-')
    .replace(/(?<=\d)[^\p{L}\p{N}*]+(?=\d)/gu, '-')
    .replace(/[^\p{L}\p{N}*-]/gu, '')
    .replace(/-+(?!\d)|(?<!\d)-+/gu, '');
}

/** Both as `comparedAddress` answers them: one is the other, or what is left of it. */
export function isSameAddress(one: string, other: string): boolean {
  if (one === other) return one !== '';
  return isPartOf(one, other) || isPartOf(other, one);
}

/** The pieces between what is hidden, one behind the other, no number cut in two. */
function isPartOf(part: string, whole: string): boolean {
  const pieces = part.split('*').filter((piece) => piece !== '');
  if (pieces.join('').length < FRAGMENT_CHARS_MIN) return false;
  let from = 0;
  for (const [index, piece] of pieces.entries()) {
    const isCut = {
      before: index > 0 || part.startsWith('*'),
      behind: index < pieces.length - 1 || part.endsWith('*'),
    };
    const at = placeOf(piece, whole, { from, isCut });
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}

type Cut = { readonly before: boolean; readonly behind: boolean };

/** 동일로 17 is no part of 동일로 1729, unless the rest of the number is hidden. */
function placeOf(
  piece: string,
  whole: string,
  { from, isCut }: { readonly from: number; readonly isCut: Cut },
): number {
  for (let at = whole.indexOf(piece, from); at >= 0; at = whole.indexOf(piece, at + 1)) {
    const splitsBefore = !isCut.before && isDigit(piece[0]) && isDigit(whole[at - 1]);
    const end = at + piece.length;
    const splitsBehind = !isCut.behind && isDigit(piece.at(-1)) && isDigit(whole[end]);
    if (!splitsBefore && !splitsBehind) return at;
  }
  return -1;
}

const isDigit = (letter: string | undefined): boolean => letter !== undefined && /\d/.test(letter);
