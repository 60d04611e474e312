// A farmer's message cut into words with a known job, row numbers, counts, sums, days and waybills.

import { findAmounts } from './amounts.ts';
import { type FoundName, houseAt, likelyNameAt, sureNameAt } from './farmer-names.ts';
import { findPlaces } from './farmer-places.ts';
import { slipAt } from './farmer-slips.ts';
import { FARMER_WORDS, type FarmerWord } from './farmer-words.ts';
import { catalogue, findMentions } from './product.ts';
import { readNumber } from './quantity.ts';
import type { Pointed, RowSaid } from './reading.ts';
import { type FoundNumber, findWaybills } from './waybill-numbers.ts';
import { findDates, weekday } from './when.ts';

export type FarmerToken =
  | { readonly kind: 'word'; readonly word: FarmerWord; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string }
  | { readonly kind: 'rows'; readonly from: number; readonly to: number }
  /** A row by its place on the list or by its recipient's name. */
  | { readonly kind: 'pointed'; readonly pointed: Pointed }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boxes'; readonly value: number }
  /** "두 집", "5곳": so many rows, told apart from boxes by what is counted. */
  | { readonly kind: 'houses'; readonly value: number; readonly text: string }
  | { readonly kind: 'money'; readonly krw: number; readonly perhapsOnly: number | null }
  /** `weekday`: named by it alone, 0 = Monday, so that another week may be meant. */
  | { readonly kind: 'date'; readonly date: string; readonly weekday?: number }
  | { readonly kind: 'waybill'; readonly digits: string }
  /** Meant as a waybill, and none: too few digits, too many, or rounded by a sheet. */
  | { readonly kind: 'odd'; readonly text: string; readonly why: 'digits' | 'exponent' }
  | { readonly kind: 'product'; readonly text: string }
  /** Digits that are none of these: a time, a weight, a telephone number, a vague range. */
  | { readonly kind: 'digits'; readonly text: string }
  | { readonly kind: 'sign'; readonly sign: ',' | '.' | '?' | '~' | '\n' };

/** "1-12" and "3.5" look like days to nobody on a farm. */
const NO_DATE = /^\d{1,2}[-.]/;

const AFTER_ROWS = String.raw`(?! ?(?:박스|상자|개|팩|box|kg|키로|킬로|[시분월일동층원만천명도]|리터)|[\d.~-]*\d)`;
const AS_FAR = '(?:까지|까정|꺼정|꺼지)';
const RANGE = new RegExp(
  String.raw`#?(\d{1,5}) ?(?:번 ?)?(?:부터|에서|[-~]|to) ?#?(\d{1,5})(?:(?: ?번(?!호|지)| ?호(?![가-힣]))(?: ?${AS_FAR})?|${AFTER_ROWS}(?: ?${AS_FAR})?)`,
  'y',
);
/** "3.5.8 포장": rows only where their step stands right behind. */
const DOTTED = /\d{1,3}(?:\.\d{1,3}){1,20}(?= ?(?:포장|발송|수확|출고|출하|보냈|나갔|싹|다 ))/y;
const SLASHED = /\d{1,4}(?: ?[/·] ?\d{1,4}){2,40}(?![\d/])/y;
/** "5,6번", "3.5.7번": the sign is said once for all. */
const LISTED = /\d{1,4}(?: ?[,.·] ?\d{1,4}){1,40} ?번(?!지|호|길)/y;
const ROW = /(?:(?:#|no\.? ?|row )(\d{1,5})(?![\d.,]\d)|(\d{1,5}) ?번(?!지|호|길))(?:째)?/y;
const BOXES =
  /(\d{1,3}(?:,\d{3})+|\d{1,9}) ?(?:박스|상자|box(?:es)?|팩|개(?!월|년|소|인)|박(?![가-힣]))/y;
const HOUSE = '(?:군데|곳|집|가구|건|줄|명|분(?![가-힣]))';
const HOUSES = new RegExp(
  String.raw`(\d{1,4}) ?${HOUSE}(?:에|은|는|이|가|만|을|꺼|거|것)?(?![가-힣a-z])`,
  'y',
);
const MEASURE =
  /[\d.,]{1,12} ?(?:시|분|월|년|리터|키로|킬로|명|도|층|동|호|차|포대?|병|마리|그루|평|인분|시간|건|%|kg|cm|mm|g|l)(?:에|쯤|은|는|이|가|부터|까지|정도)?(?![가-힣a-z])/y;
const FIGURE = /(?<![\d.~])(?:\d{1,3}(?:,\d{3})+|\d{1,8})(?![\d.]*\d|[~-])/y;
const JUNK = /[\d.,~-]*\d[\d.,~-]*/y;
const NUMERAL =
  '하나둘셋넷다섯여섯일곱덟홉아열스물무서른마흔쉰예순든한두세네석넉영공일이삼사오육칠팔구십백천';
const COUNT_WORD = new RegExp(`([${NUMERAL}]{1,8}) ?(박스|상자|개(?!월|년)|번(?!지|호|째))`, 'y');
const HOUSE_WORD = new RegExp(
  `([${NUMERAL}]{1,6}) ?${HOUSE}(?: ?[거것꺼])?(?=$|[^가-힣]|[은는만도이가을]|남|빼)`,
  'y',
);
const BARE_WORD = new RegExp(`[${NUMERAL}]{1,8}(?=$|[^가-힣]|이요|요|개|만(?![가-힣]))`, 'y');
/** Short enough to be another word ("네", "이번", "한번", "열"), so only with a box word. */
const LONE_NUMERALS = new Set(['쉰', '백']);

const NO_PRODUCTS = catalogue([]);

const LEXICON = new Map<string, FarmerWord>();
for (const word of Object.keys(FARMER_WORDS) as FarmerWord[])
  for (const said of FARMER_WORDS[word].trim().split(/\s+/))
    LEXICON.set(said.replaceAll('_', ''), word);

const LONG_WORD = new RegExp(
  Object.values(FARMER_WORDS)
    .flatMap((row) => row.trim().split(/\s+/))
    .filter((said) => said.length > 1 && /[가-힣]/.test(said))
    .sort((a, b) => b.length - a.length)
    .map((said) => said.replaceAll('_', ' ?'))
    .join('|'),
  'y',
);
const HANGUL = /[가-힣]/;
const LATIN = /[a-z]+/y;

/** `text` is plain; every place in it is looked at a bounded number of times. */
export function farmerTokens(text: string, today: string): FarmerToken[] {
  const spans = knownSpans(text, today);
  const tokens: FarmerToken[] = [];
  let next = 0;
  let at = 0;
  while (at < text.length) {
    while ((spans[next]?.start ?? Number.POSITIVE_INFINITY) < at) next += 1;
    const span = spans[next];
    if (span?.start === at) {
      tokens.push(span.token);
      at = span.end;
      continue;
    }
    const letter = text[at] ?? '';
    if (letter === '-' && (span?.start === at + 1 || span?.start === at + 2)) {
      tokens.push({ kind: 'sign', sign: '~' });
      at += 1;
    } else if (HANGUL.test(letter)) at = hangul(text, at, tokens);
    else if (/[a-z]/.test(letter)) at = latin(text, at, tokens);
    else if (/[\d#.+-]/.test(letter)) at = figures(text, at, tokens);
    else at = sign(letter, at, tokens);
  }
  return tokens;
}

type Span = { readonly start: number; readonly end: number; readonly token: FarmerToken };

/** Waybills, days and sums, which other readers find; the earlier kind wins where they overlap. */
function knownSpans(text: string, today: string): Span[] {
  const spans: Span[] = [];
  const taken = new Set<number>();
  const take = (span: Span): void => {
    for (let i = span.start; i < span.end; i += 1) if (taken.has(i)) return;
    for (let i = span.start; i < span.end; i += 1) taken.add(i);
    spans.push(span);
  };
  for (const number of findWaybills(text))
    take({ start: number.start, end: number.end, token: numberToken(number) });
  for (const { start, end, row } of findPlaces(text)) take({ start, end, token: placeToken(row) });
  for (const { date, start, end } of findDates(text, today))
    if (!NO_DATE.test(text.slice(start, end)))
      take({ start, end, token: dateToken(date, text.slice(start, end)) });
  for (const { krw, start, end, perhapsOnly } of findAmounts(text))
    take({ start, end, token: { kind: 'money', krw, perhapsOnly } });
  // 황도윤님 is no peach.
  for (const { feature, start, end } of findMentions(text, NO_PRODUCTS))
    if (!feature.startsWith('grams:') && sureNameAt(text, start) === null)
      take({ start, end, token: { kind: 'product', text: text.slice(start, end) } });
  return spans.sort((a, b) => a.start - b.start);
}

function numberToken({ kind, text, digits }: FoundNumber): FarmerToken {
  if (kind === 'waybill') return { kind, digits };
  return kind === 'phone' ? { kind: 'digits', text: '' } : { kind: 'odd', text, why: kind };
}

const placeToken = (row: RowSaid): FarmerToken =>
  typeof row === 'number'
    ? { kind: 'rows', from: row, to: row }
    : { kind: 'pointed', pointed: row };

const BARE_WEEKDAY = /^[월화수목금토일](?:요일|욜)$/;
function dateToken(date: string, said: string): FarmerToken {
  const isBare = BARE_WEEKDAY.test(said);
  return isBare ? { kind: 'date', date, weekday: weekday(date) } : { kind: 'date', date };
}

/** What digits may be the start of, in the order in which it is tried. */
const FIGURES: readonly {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => readonly FarmerToken[];
}[] = [
  {
    pattern: SLASHED,
    read: ([said]) => said.split(/ ?[/·] ?/).map((row) => rowsToken(row, row)),
  },
  { pattern: DOTTED, read: ([said]) => said.split('.').map((row) => rowsToken(row, row)) },
  { pattern: RANGE, read: ([, from, to]) => [rowsToken(from, to)] },
  {
    pattern: LISTED,
    read: ([said]) => said.match(/\d+/g)?.map((row) => rowsToken(row, row)) ?? [],
  },
  {
    pattern: ROW,
    read: ([, marked, counted]) => [rowsToken(marked ?? counted, marked ?? counted)],
  },
  { pattern: BOXES, read: ([, count]) => [{ kind: 'boxes', value: figure(count) }] },
  {
    pattern: HOUSES,
    read: ([said, count]) => [{ kind: 'houses', value: Number(count), text: said.trim() }],
  },
  { pattern: MEASURE, read: ([said]) => [{ kind: 'digits', text: said.trim() }] },
  // A dash or wave behind it would make it the vague half of "30~".
  { pattern: FIGURE, read: ([said]) => [{ kind: 'number', value: figure(said) }] },
  { pattern: JUNK, read: () => [{ kind: 'digits', text: '' }] },
];

const figure = (said = ''): number => Number(said.replaceAll(',', ''));
const rowsToken = (from = '', to = ''): FarmerToken => {
  return { kind: 'rows', from: Number(from), to: Number(to) };
};

function figures(text: string, at: number, tokens: FarmerToken[]): number {
  const letter = text[at] ?? '';
  if (letter === '.' || (/[+-]/.test(letter) && !/\d/.test(text[at + 1] ?? ''))) {
    if (letter === '.') tokens.push({ kind: 'sign', sign: '.' });
    return at + 1;
  }
  // "-1" and "+5" are no counts; a range has taken its own dash already.
  if (/[+-]/.test(letter)) {
    tokens.push({ kind: 'digits', text: '' });
    JUNK.lastIndex = at + 1;
    return at + 1 + (JUNK.exec(text)?.[0].length ?? 1);
  }
  for (const { pattern, read } of FIGURES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    tokens.push(...read(match));
    return at + match[0].length;
  }
  return at + 1;
}

/** One run of Hangul: a name, else words. */
function hangul(text: string, from: number, tokens: FarmerToken[]): number {
  const sure = sureNameAt(text, from) ?? houseAt(text, from);
  if (sure !== null) return name(sure, tokens);
  const words: FarmerToken[] = [];
  const end = knownWords(text, from, words);
  const likely = words.some(({ kind }) => kind === 'unknown') ? likelyNameAt(text, from) : null;
  if (likely !== null) return name(likely, tokens);
  tokens.push(...words);
  return end;
}

function name({ name: said, end, isSure }: FoundName, tokens: FarmerToken[]): number {
  tokens.push({ kind: 'pointed', pointed: { kind: 'recipient', name: said, isSure } });
  return end;
}

/** Words nobody knows are kept whole; known ones are found inside longer ones. */
function knownWords(text: string, from: number, tokens: FarmerToken[]): number {
  let at = from;
  let unknownFrom = -1;
  const close = (): void => {
    if (unknownFrom >= 0) {
      const said = text.slice(unknownFrom, at);
      // "쌌드래유": what is glued behind a finished act is how it ends in some valley.
      const isEnding = tokens.length > 0 && said.length <= ENDING_MAX && isEnded(tokens.at(-1));
      tokens.push(
        isEnding ? { kind: 'word', word: 'ending', text: said } : { kind: 'unknown', text: said },
      );
    }
    unknownFrom = -1;
  };
  const counted = countWord(text, at, tokens);
  if (counted > at) return counted;
  while (HANGUL.test(text[at] ?? '')) {
    const length = wordLength(text, at, unknownFrom < 0);
    const slip = length === 0 && unknownFrom < 0 ? slipAt(text, at) : null;
    if (slip !== null) {
      tokens.push({ kind: 'word', ...slip });
      at += slip.text.length;
      continue;
    }
    if (length === 0) {
      if (unknownFrom < 0) unknownFrom = at;
      at += 1;
      continue;
    }
    close();
    const said = text.slice(at, at + length);
    // "다 보냈다": in front it is "all", behind a stem it is an ending.
    const ends = said === '다' && at > from;
    const word = ends ? 'ending' : LEXICON.get(said.replaceAll(' ', ''));
    if (word) tokens.push({ kind: 'word', word, text: said });
    at += length;
  }
  close();
  return at;
}

const ENDING_MAX = 2;
const ENDED: readonly FarmerWord[] = ['did', 'end', 'ending'];
const isEnded = (token: FarmerToken | undefined): boolean =>
  token?.kind === 'word' &&
  (ENDED.includes(token.word) || /[았었했났랐렀썼쌌땄갔]$/.test(token.text));

function countWord(text: string, at: number, tokens: FarmerToken[]): number {
  COUNT_WORD.lastIndex = at;
  const counted = COUNT_WORD.exec(text);
  const value = counted ? readNumber(counted[1] ?? '') : null;
  if (counted && value !== null) {
    const end = at + counted[0].length;
    if (counted[2] !== '번') tokens.push({ kind: 'boxes', value });
    else if (
      value > 2 &&
      (value >= 10 || !/[한두세네다여아]/.test(counted[0]) || isUpTo(text, end))
    )
      tokens.push({ kind: 'rows', from: value, to: value });
    else return at;
    return end;
  }
  HOUSE_WORD.lastIndex = at;
  const [houses, said = ''] = HOUSE_WORD.exec(text) ?? [];
  const among = houses === undefined ? null : readNumber(said);
  if (houses !== undefined && among !== null) {
    tokens.push({ kind: 'houses', value: among, text: houses });
    return at + houses.length;
  }
  BARE_WORD.lastIndex = at;
  const bare = BARE_WORD.exec(text)?.[0] ?? '';
  const number = bare.length > 1 || LONE_NUMERALS.has(bare) ? readNumber(bare) : null;
  if (number === null || number < 10) return at;
  tokens.push({ kind: 'number', value: number });
  return at + bare.length;
}

/** "다섯번" is five times, "다섯번까지" row 5. */
const isUpTo = (text: string, end: number): boolean => /^ ?까지/.test(text.slice(end, end + 3));

/** 땄어라, 쌌수다: no other word begins so. */
const PAST_STEM = /[땄땃쌌쌋캤벴]/;

/** 0 when no known word begins here. */
function wordLength(text: string, at: number, known: boolean): number {
  LONG_WORD.lastIndex = at;
  const long = LONG_WORD.exec(text)?.[0].length ?? 0;
  if (long > 0) return long;
  if (!known || !LEXICON.has(text[at] ?? '')) return 0;
  const after = text[at + 1] ?? '';
  if (!HANGUL.test(after) || PAST_STEM.test(text[at] ?? '') || PAST_STEM.test(after)) return 1;
  LONG_WORD.lastIndex = at + 1;
  if (LONG_WORD.test(text)) return 1;
  return LEXICON.has(after) && !HANGUL.test(text[at + 2] ?? '') ? 1 : 0;
}

function latin(text: string, at: number, tokens: FarmerToken[]): number {
  for (const pattern of [ROW, LATIN]) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) continue;
    const [said] = found;
    const word = LEXICON.get(said);
    if (pattern === ROW && found[1])
      tokens.push({ kind: 'rows', from: Number(found[1]), to: Number(found[1]) });
    else if (word) tokens.push({ kind: 'word', word, text: said });
    else tokens.push({ kind: 'unknown', text: said });
    return at + said.length;
  }
  return at + 1;
}

function sign(letter: string, at: number, tokens: FarmerToken[]): number {
  if (letter === '\n' || letter === '?' || letter === '~' || letter === ',')
    tokens.push({ kind: 'sign', sign: letter });
  else if (/[/·&、]/.test(letter)) tokens.push({ kind: 'sign', sign: ',' });
  else if (/[;!。]/.test(letter)) tokens.push({ kind: 'sign', sign: '.' });
  return at + 1;
}
