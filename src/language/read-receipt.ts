// A buyer's wish for a receipt, and what it is to be made out to: a phone, a firm's or a card's number.
import { findAddresses } from './address.ts';
import { normalise } from './normalise.ts';
import { findCounts } from './quantity.ts';

export type ReceiptKind = 'cash' | 'invoice';

/** Why a number cannot be what a receipt is made out to. */
export type ReceiptFault = 'number' | 'firm' | 'resident';

export type ReceiptDetails = {
  readonly number: string | null;
  readonly email: string | null;
  /** The number he ordered with. */
  readonly isOwn: boolean;
  readonly fault: ReceiptFault | null;
};

const TEXT_MAX = 150;
const KINDS: readonly (readonly [ReceiptKind, RegExp])[] = [
  ['cash', /현금 ?영수증|현영(?![가-힣])|지출 ?증빙|소득 ?공제|cash receipt/iu],
  ['invoice', /계산서|tax invoice|invoice/iu],
  ['cash', /영수증|receipt/iu],
];
/** "영수증은 빼고 보내 주세요": what is not to lie in the box. */
const NOT_WANTED =
  /(?:영수증|계산서|receipt|invoice)[^\n.,!?]{0,8}(?:빼|없이|안 ?(?:보이|넣|들어|해|주|줘)|넣지|필요 ?없|말고|말아|괜찮|no need)|(?:no|without(?: a)?) (?:receipt|invoice)/iu;

/** Null when no receipt is asked for, or an order stands beside. */
export function readReceipt(text: string): (ReceiptDetails & { kind: ReceiptKind }) | null {
  const said = normalise(text).trim();
  if (said.length > TEXT_MAX || NOT_WANTED.test(said)) return null;
  const kind = KINDS.find(([, words]) => words.test(said))?.[0];
  if (kind === undefined || isOrder(said)) return null;
  return { kind, ...readReceiptDetails(said, kind) };
}

function isOrder(said: string): boolean {
  return findCounts(said).length > 0 || findAddresses(said, () => false).length > 0;
}

const EMAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/u;
const NUMBER = /(?<![\dA-Za-z-])\d[\d -]{6,24}\d(?![\d-])/gu;
const OWN =
  /(?:제|내|주문자?|주문한|등록된?|가입한|이|같은)[ 의]{0,2}(?:휴대폰|핸드폰|전화)? ?번호|주문할 때 ?(?:적은|쓴|드린)|my (?:own )?(?:phone )?number|same number/iu;

/** What an answer to our question holds. */
export function readReceiptDetails(text: string, kind: ReceiptKind): ReceiptDetails {
  const said = normalise(text).slice(0, 2 * TEXT_MAX);
  const email = EMAIL.exec(said)?.[0].toLowerCase() ?? null;
  const rest = email === null ? said : said.replace(EMAIL, ' ');
  const written = [...rest.matchAll(NUMBER)].map(([number]) => number);
  const good = written.find((number) => faultOf(number, kind) === null);
  const [first] = written;
  return {
    number: good?.replace(/\D/g, '') ?? null,
    email,
    isOwn: OWN.test(rest),
    fault: good === undefined && first !== undefined ? faultOf(first, kind) : null,
  };
}

const MOBILE = /^01[016-9]\d{7,8}$/;
const RESIDENT = /^\d{6} ?- ?[1-8]\d{6}$/;
const FIRM_DIGITS = 10;
/** Cards for cash receipts have 18 digits, other cards 15 or 16. */
const CARD_DIGITS = [13, 19] as const;

function faultOf(written: string, kind: ReceiptKind): ReceiptFault | null {
  const digits = written.replace(/\D/g, '');
  if (RESIDENT.test(written.trim())) return 'resident';
  if (kind === 'invoice') return isFirm(digits) ? null : 'firm';
  if (MOBILE.test(digits)) return null;
  if (digits.length === FIRM_DIGITS) return isFirm(digits) ? null : 'firm';
  const [min, max] = CARD_DIGITS;
  return digits.length >= min && digits.length <= max ? null : 'number';
}

const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5] as const;

/** A firm's number ends in a digit that the nine before it give. */
function isFirm(digits: string): boolean {
  if (digits.length !== FIRM_DIGITS) return false;
  const figures = [...digits].map(Number);
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * (figures[at] ?? 0), 0);
  const carried = Math.floor((5 * (figures[8] ?? 0)) / 10);
  return (10 - ((sum + carried) % 10)) % 10 === figures[9];
}
