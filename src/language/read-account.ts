// A bank account as people write it: bank, number and holder in any order, all or some of them.
import { ALSO_WORDS, BANKS, type Bank, DIGITS } from './banks.ts';
import { COMPANY, isLatinName, isOrdinary, looksLikeVerb, personName } from './names.ts';
import { normalise } from './normalise.ts';
import { findPhones } from './phone.ts';

export type AccountPart = 'bank' | 'account' | 'holder';
export type Account = Readonly<Record<AccountPart, string>>;

/** Why a number is no account number; `digits` is how many it has, `wanted` how many it would have. */
export type AccountFault =
  | { readonly kind: 'phone' }
  | { readonly kind: 'unlikely' }
  | {
      readonly kind: 'length';
      readonly bank: string | null;
      readonly digits: number;
      readonly wanted: readonly [min: number, max: number];
    };

export type AccountReading = {
  /** Null where it is not said. */
  readonly [part in AccountPart]: string | null;
} & {
  readonly fault: AccountFault | null;
  /** Nothing else is said, but for courtesies. */
  readonly isAlone: boolean;
};

const TEXT_MAX = 200;

/** Never throws; what is not said is not guessed. */
export function readAccount(text: string): AccountReading {
  const line = normalise(text).slice(0, TEXT_MAX);
  const number = numberIn(line);
  const free = number === null ? line : line.replace(number.said, ' / ');
  const bank = bankIn(free, number !== null);
  const rest = bank === null ? free : free.replace(bank.said, ' / ');
  const fault = number === null ? null : faultOf(number, bank?.bank ?? null);
  const { holder, left } = holderIn(rest, bank !== null || number !== null);
  return {
    bank: bank?.bank.name ?? null,
    account: number === null || fault !== null ? null : number.digits,
    holder,
    fault,
    isAlone: left.every((word) => COURTESY.test(word)),
  };
}

type SaidNumber = { readonly said: string; readonly digits: string };

const NUMBER = /\d(?:[\d .-]*\d)?/g;
/** Shorter ones are counts, dates and rooms. */
const LOOK_DIGITS_MIN = 6;

/** The likeliest account number: of several the first that could be one. */
function numberIn(line: string): SaidNumber | null {
  const numbers = [...line.matchAll(NUMBER)].flatMap(([said]) => {
    const whole = { said, digits: said.replace(/\D/g, '') };
    const parts = said.split(' ').map((part) => ({ said: part, digits: part.replace(/\D/g, '') }));
    // Two numbers with a blank between them: a phone beside the account.
    const isOne = whole.digits.length <= DIGITS[1] && !parts.some((part) => isPhone(part.digits));
    return isOne ? [whole] : parts;
  });
  const long = numbers.filter(({ digits }) => digits.length >= LOOK_DIGITS_MIN);
  return long.find((number) => faultOf(number, null) === null) ?? long[0] ?? null;
}

const RESIDENT = /^\d{6} ?- ?[1-8]\d{6}$/;

function faultOf({ said, digits }: SaidNumber, bank: Bank | null): AccountFault | null {
  const wanted = bank?.digits ?? DIGITS;
  const [min, max] = wanted;
  // 기업은행 gives out accounts that are the phone number.
  if (bank?.name !== '기업은행' && isPhone(digits)) return { kind: 'phone' };
  if (digits.length < min || digits.length > max)
    return { kind: 'length', bank: bank?.digits ? bank.name : null, digits: digits.length, wanted };
  return /^(\d)\1*$/.test(digits) || RESIDENT.test(said) ? { kind: 'unlikely' } : null;
}

function isPhone(digits: string): boolean {
  if (!/^01[016-9]\d{7,8}$/.test(digits)) return false;
  return findPhones(digits).some((phone) => phone.digits === digits);
}

type SaidBank = { readonly said: string; readonly bank: Bank };

const SUFFIX = '(?: ?은행| ?뱅크| ?bank)';
const BEHIND = '(?:이고요?|이구요?|으로|이에요|입니다|로|은|는|이요|예요|요)?(?![가-힣a-z])';
const CALLED = BANKS.flatMap((bank) =>
  [...new Set([...bank.called, bank.name.toLowerCase()])].map((word) => ({ word, bank })),
).sort((a, b) => b.word.length - a.word.length);
const BANK = new RegExp(
  `(?<![가-힣a-z])(${CALLED.map(({ word }) => word.replace(/[()]/g, '\\$&')).join('|')})(${SUFFIX}?)${BEHIND}`,
  'giu',
);
const BY_WORD = new Map(CALLED.map(({ word, bank }) => [word, bank]));
/** Banks and brokers of which there are too many for a table. */
const FURTHER = new RegExp(
  `(?<![가-힣a-z])([가-힣a-z]{2,8}(?:저축은행|증권|투자증권))${BEHIND}`,
  'iu',
);

function bankIn(text: string, hasNumber: boolean): SaidBank | null {
  const [further, name] = FURTHER.exec(text) ?? [];
  if (further !== undefined && name !== undefined)
    return { said: further, bank: { name, called: [] } };
  for (const [said, word = '', suffix = ''] of text.matchAll(BANK)) {
    const bank = BY_WORD.get(word.toLowerCase());
    const isClear = hasNumber || suffix !== '' || said.trim() === text.trim();
    if (bank === undefined || (ALSO_WORDS.has(word.toLowerCase()) && !isClear)) continue;
    return { said, bank };
  }
  return null;
}

const LABELS =
  /(?:예금 ?주(?: ?(?:명|성함|이름))?|명의(?:자)?|성함|이름)(?:은|는|이)? ?[:=]? ?(?=[가-힣A-Za-z(])/gu;
const OTHER_LABELS =
  /(?:은행 ?명|은행|계좌 ?번호|계좌|환불 ?계좌|입금 ?계좌|account(?: number)?|bank|holder|name)(?:은|는|이)?(?: ?[:=]|(?=[^가-힣A-Za-z]|$))/giu;
/** What may stand around an account without saying anything more. */
const COURTESY =
  /^(?:제|저의?|저희|내|네+|넵|예|응|여기|이쪽|이걸로|이거|으?로|은|는|이고요?|이며|입니다|이에요|예요|이요|요|앞|앞으로|해|주세요|줘요|드려요|드립니다|해주세요|보내|보내주세요|보내주시면|돼요|됩니다|넣어주세요|입금해주세요|입금|이체|부탁\S*|환불\S*|계좌\S*|감사\S*|고맙\S*|고마\S*|수고\S*|안녕하세요|죄송\S*|please|thanks?|thank|you|my|is|it|account|number|bank|name|holder|refund|to|the|here|and)$/iu;
const LATIN_NO_HOLDER =
  /\b(?:ok(?:ay)?|yes|no|bank|account|number|holder|refund|my|is|sorry|asap|soon|now|here|it|this|that|test|null|undefined|select|from|where|drop|table)\b/iu;

/** Letters as a hand falls on the keys; only asked of words without a capital. */
const UNSPOKEN = /[^aeiouy\s]{3}|q(?!u)|(?<![a-z])[^aeiouy\s]+(?![a-z])/iu;

function holderIn(
  text: string,
  isBeside: boolean,
): { readonly holder: string | null; readonly left: readonly string[] } {
  const [company] = text.match(COMPANY) ?? [];
  if (company !== undefined) return { holder: company, left: wordsOf(text.replace(company, ' ')) };
  const labelled = labelledHolder(text);
  if (labelled !== null) return labelled;
  const words = wordsOf(text);
  const latin = latinHolder(text.replace(OTHER_LABELS, ' / '));
  if (latin !== null) {
    const parts = latin.split(' ');
    return { holder: latin, left: words.filter((word) => !parts.includes(word)) };
  }
  const at = words.findLastIndex((word) => !COURTESY.test(word) && personName(word) !== null);
  const name = personName(words[at] ?? '');
  if (name !== null) return { holder: name, left: words.toSpliced(at, 1) };
  // 햇살농원, 응우옌: the only word beside bank and number is the holder, whatever it sounds like.
  const others = words.filter((word) => !COURTESY.test(word));
  const [only, another] = others;
  if (!isBeside || only === undefined || another !== undefined || !mayBeHolder(only))
    return { holder: null, left: words };
  return { holder: only.replace(/(?:님|입니다|이에요|예요)$/u, ''), left: [] };
}

function labelledHolder(text: string): ReturnType<typeof holderIn> | null {
  for (const { index, 0: label } of text.matchAll(LABELS)) {
    const behind = text.slice(index + label.length);
    const said = /^(?:[가-힣]+|[A-Za-z]+(?: [A-Za-z]+){0,2})/u.exec(behind)?.[0] ?? '';
    const holder = personName(said) ?? said.replace(/(?:님|입니다|이에요|예요|이고요?|요)$/u, '');
    if (holder.length < 2) continue;
    return { holder, left: wordsOf(`${text.slice(0, index)} ${behind.slice(said.length)}`) };
  }
  return null;
}

function latinHolder(text: string): string | null {
  for (const [said] of text.matchAll(/[A-Za-z][A-Za-z'’.-]+(?: [A-Za-z][A-Za-z'’.-]+){1,2}/g)) {
    if (LATIN_NO_HOLDER.test(said)) continue;
    const cased = said.replace(/\S+/g, (word) => `${word[0]?.toUpperCase()}${word.slice(1)}`);
    if (isLatinName(said) || (isLatinName(cased) && !UNSPOKEN.test(said))) return said;
  }
  return null;
}

function mayBeHolder(word: string): boolean {
  return /^[가-힣]{2,10}$/u.test(word) && !looksLikeVerb(word) && !isOrdinary(word);
}

function wordsOf(text: string): string[] {
  return text
    .replace(LABELS, ' ')
    .replace(OTHER_LABELS, ' ')
    .split(/[^\p{L}\p{N}'’.()-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}
