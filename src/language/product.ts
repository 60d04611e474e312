// Which of the products on sale a buyer's words mean.

import { hasLetter, lettersOf } from './letters.ts';
import { matchesOf } from './matches.ts';
import { GRADES, KINDS } from './produce.ts';
import { readNumber } from './quantity.ts';
import type { Product } from './reading.ts';

/**
 * `kind:복숭아`, `grade:선물용`, `grams:4500`, `size:4송이`, `word:` and a word only this catalogue has,
 * or `word:?` and what stands for a product and is not understood.
 */
type Feature = string;

export const unknownGoods = (word: string): Feature => `word:?${word}`;
export const isUnknownGoods = (feature: Feature): boolean => feature.startsWith('word:?');

export type Mention = {
  readonly start: number;
  readonly end: number;
  readonly feature: Feature;
};

type Entry = {
  readonly product: Product;
  readonly name: string;
  /** What its full name says. */
  readonly features: ReadonlySet<Feature>;
  /** What the words of its name say besides: 꿀참외 is a 참외. */
  readonly implied: ReadonlySet<Feature>;
};

export type Catalogue = {
  /** Sizes of one letter that names on sale have: 상, 중, 특. */
  readonly letters: ReadonlySet<string>;
  readonly entries: readonly Entry[];
  readonly ownWords: readonly string[];
  /** Every feature of any of the products. */
  readonly features: ReadonlySet<Feature>;
};

const KIND_OF = new Map(
  KINDS.flatMap(({ kind, words }) => words.map((word) => [word.toLowerCase(), kind] as const)),
);
const PARENT = new Map(KINDS.flatMap(({ kind, of }) => (of ? [[kind, of] as const] : [])));
const GRADE_OF = new Map(
  GRADES.flatMap(({ grade, words }) => words.map((word) => [word.toLowerCase(), grade] as const)),
);
const AXIS_OF = new Map<string, string>(GRADES.map(({ grade, axis }) => [grade, axis]));

/** What any of the words begins with. */
const FIRST_LETTERS = lettersOf(
  [...KIND_OF.keys(), ...GRADE_OF.keys()].map((word) => word.charAt(0)).join(''),
);
/** Words by the code of their first letter, the longest first: one look-up per letter of the text. */
const WORDS_FROM = new Map<number, readonly string[]>();
for (const word of [...KIND_OF.keys(), ...GRADE_OF.keys()].sort((a, b) => b.length - a.length)) {
  const first = word.charCodeAt(0);
  WORDS_FROM.set(first, [...(WORDS_FROM.get(first) ?? []), word]);
}

/** 사과즙 is another product than 사과. */
const MADE =
  /(?:즙|주스|쥬스|잼|말랭이|칩|식초|와인|파이|빵|청(?![송도양주매정])|조청|[진원]액|[액엑]기스|가루|분말|장아찌)/uy;
/** A place, a title, a plant or a dish, and nothing to be sent: 사과나무길, 부사장, 오디오, 김치냉장고. */
const NO_PRODUCE =
  /(?:묘목|나무|농원|농장|과수원|밭|꽃|마을|로\d|길|장님?(?![가-힣])|오|드[리려립]|냉장고|찌[개게](?!용)|전골|라떼|샐러드|피자)/uy;
/** One letter is produce only where it is ordered: 배 2박스, 귤을; but not "오늘 밤에". */
const ORDERED =
  /(?=[을를은는도만랑](?![가-힣])|이랑|하고|,|$| *[\n\t|/]|[^\p{L}\p{N}\s.!?~^]{1,4}(?:$|\n)|\d|[한두세네](?=박스|상자|팩|봉)| (?:\d|한|두|세(?!트)|네|다섯|여섯|일곱|여덟|아홉|열|스무|반|몇|각|하나|둘|셋|주문|보내|부탁|예약))/uy;
const WEIGHT = String.raw`(?<![\d.])(?<amount>\d{1,3}(?:\.\d{1,2})?|(?<![가-힣])[일이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|(?<![가-힣])[일이삼사오육칠팔구])\s?(?<unit>kg|키로|킬로|kilos?|k(?![a-z]))(?:그램|그람)?`;
const GRAMS = String.raw`(?<![\d.])(?<grams>\d{3,4})\s?(?:g(?![a-z])|그램|그람)`;
const WEIGHTS = new RegExp(`${WEIGHT}|${GRAMS}`, 'giu');
const HAS_WEIGHT = /(?:\d|[일이삼사오육칠팔구십]) ?(?:k|키로|킬로|g|그[램람])/iu;
/** How many come in a box, or on a stalk: 4송이, 10포기, 20과, 4통들이, 30개입. */
const SIZE =
  /(?<![\d.~-])(\d{1,3}(?:[~-]\d{1,3})?) ?(?:(송이|포기|알|과|수|입|마리)(?![가-힣]|$)|(송이|포기|알|과|수|통|포|병|봉지?|단|개|묶음|마리|구|팩|장)(?:들이|짜리|입(?!니)| ?(?:든|들은|들어간|들어 ?있는)(?= ))|(송이|포기)(?=로|으로|[은는] ))/gu;
/** In the name of a product the number of pieces needs no more words: 멜론 4통, 사과즙 50포. */
const SIZE_NAMED =
  /(?<![\d.~-])(\d{1,3}(?:[~-]\d{1,3})?) ?(송이|포기|알|과|수|통|포|병|봉|단|개|묶음|마리|구|입|장|매|팩|판|봉지)(?:입|들이)?(?![가-힣])/gu;
/** The same as a buyer writes it; whether it is a size or a count, the names on sale tell. */
const SIZE_SAID =
  /(?<![\d.~-])(\d{1,3}) ?(통|포|병|봉지?|단|개|묶음|구|장|매|팩|판|송이|포기|알|과|마리)(?:(?:짜리|들이|입)(?!니)|(?=$|[^가-힣]|로 |으로 |[은는을를이]? |이?요|만))/gu;
const ONE_LETTER_KIND = /[가-힣](배|귤|감|밤|쌀)$/u;
const SPLIT_NAME = /[\s()[\],/+·]+/u;

/** One for each list of products, since many messages are read against the same; it keeps none alive. */
const CATALOGUES = new WeakMap<readonly Product[], Catalogue>();

/** The list must not be changed in place. */
export function catalogue(products: readonly Product[]): Catalogue {
  const known = CATALOGUES.get(products) ?? makeCatalogue(products);
  CATALOGUES.set(products, known);
  return known;
}

function makeCatalogue(products: readonly Product[]): Catalogue {
  const ownWords = new Set<string>();
  const names = products.map((product) => ({
    product,
    name: product.name.normalize('NFKC').toLowerCase(),
  }));
  for (const { name } of names) {
    for (const word of name.split(SPLIT_NAME)) {
      if (word.length < 2 || /^\d/.test(word)) continue;
      if (!isKnown(word) || tellsApart(word, name, names)) ownWords.add(word);
    }
  }
  const letters = new Set(names.flatMap(({ name }) => sizeLetters(name)));
  const heads = headsOf(names.map(({ name }) => name));
  for (const head of heads) ownWords.add(head);
  const entries = names.map(({ product, name }) => ({
    product,
    name: name.replaceAll(' ', ''),
    features: new Set([
      ...withOwnWords(staticMentions(name), name, [...ownWords]).map(({ feature }) => feature),
      ...sizeLetters(name).map((letter) => `size:${letter}`),
      ...matchesOf(name, SIZE_NAMED).map(([, number, unit]) => `size:${number}${unit}`),
    ]),
    implied: new Set([
      ...staticMentions(name).map(({ feature }) => feature),
      ...shortKinds(name),
      ...heads.filter((head) => name.includes(head)).map((head) => `word:${head}`),
      // 말랑 복숭아 is what is meant by 말랑이.
      ...KINDS.filter(({ kind }) => name.split(SPLIT_NAME).includes(kind)).map(
        ({ kind }) => `kind:${kind}`,
      ),
    ]),
  }));
  const features = new Set(entries.flatMap((entry) => [...entry.features, ...entry.implied]));
  return { entries, ownWords: [...ownWords], letters, features };
}

/** 깐밤 beside a 생밤: the tables have one kind for both, and only one of them is called so. */
function tellsApart(
  word: string,
  own: string,
  names: readonly { readonly name: string }[],
): boolean {
  const kind = KIND_OF.get(word);
  if (kind === undefined || kind === word) return false;
  const others = names.filter(({ name }) => name !== own);
  const sharesKind = (name: string): boolean =>
    shortKinds(name).includes(`kind:${kind}`) ||
    staticMentions(name).some(({ feature }) => feature === `kind:${kind}`);
  return (
    others.some(({ name }) => sharesKind(name)) && others.every(({ name }) => !name.includes(word))
  );
}

/** The tables know every letter of it: 황도, but not 꿀참외. */
function isKnown(word: string): boolean {
  const covered = staticMentions(word).reduce((sum, { start, end }) => sum + end - start, 0);
  return covered >= word.length;
}

/** 한입 of 한입고구마, where no other product on sale begins so. */
function headsOf(names: readonly string[]): string[] {
  const heads = names.flatMap((name) =>
    name.split(SPLIT_NAME).flatMap((word) => {
      const [first, another] = staticMentions(word);
      if (first === undefined || another !== undefined || first.end < word.length) return [];
      return /^[가-힣]{2,4}$/u.test(word.slice(0, first.start)) ? [word.slice(0, first.start)] : [];
    }),
  );
  return heads.filter((head) => names.filter((name) => name.includes(head)).length === 1);
}

/** 원황배 is a kind of 배, 공주밤 of 밤: one letter at the end of a variety's name. */
function shortKinds(name: string): Feature[] {
  return name.split(SPLIT_NAME).flatMap((word) => {
    const kind = KIND_OF.get(ONE_LETTER_KIND.exec(word)?.[1] ?? '');
    return kind === undefined || KIND_OF.has(word) ? [] : [`kind:${kind}`];
  });
}

/** Product words in the text, in order; each is one feature, neighbours belong together. */
export function findMentions(text: string, { ownWords, letters }: Catalogue): Mention[] {
  const known = [...staticMentions(text), ...sizeMentions(text)];
  if (letters.size > 0) known.push(...letterMentions(text, letters));
  return withOwnWords(known, text, ownWords);
}

const LETTER = /(?<![가-힣\d])([상중하특대소])(?![가-힣])/gu;
const sizeLetters = (name: string): string[] => matchesOf(name, LETTER).map(([letter]) => letter);

/** "중 2박스 특 1박스", "대자로": never "3개 중 2개". */
const LETTER_SAID =
  /(?<![가-힣\d]|(?:개|거|것|곳|분|명) )([상중하특대소])(?:품|급|자|짜|사이즈)?(?=(?:짜리|으로|로|은|는|만|도)? ?(?:[\d:/,)\]\n]|(?:한|두|세|네|다섯|여섯|하나|둘|셋|넷)(?![가-힣]{3})|박스|상자|$))/gu;
const letterMentions = (text: string, letters: ReadonlySet<string>): Mention[] =>
  matchesOf(text, LETTER_SAID).flatMap(({ 0: whole, 1: letter = '', index }) =>
    letters.has(letter)
      ? [{ start: index, end: index + whole.length, feature: `size:${letter}` }]
      : [],
  );

/** Where a word of the catalogue holds one of the tables, only the longer one counts. */
function withOwnWords(known: Mention[], text: string, ownWords: readonly string[]): Mention[] {
  const found: Mention[] = [];
  const lower = ownWords.length > 0 ? inSmall(text) : text;
  for (const word of ownWords) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
      found.push({ start: at, end: at + word.length, feature: `word:${word}` });
    }
  }
  // Of the same letters the word of the catalogue goes first, since sorting keeps the order.
  found.push(...known);
  let behind = 0;
  return found
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      if (start < behind) return false;
      behind = end;
      return true;
    });
}

/** Nearly no message has a capital, and finding that out costs a third of making a copy. */
const inSmall = (text: string): string =>
  /^[\n -@[-~가-힣]*$/.test(text) ? text : text.toLowerCase();

function staticMentions(text: string): Mention[] {
  const found = wordMentions(inSmall(text));
  if (!HAS_WEIGHT.test(text)) return found;
  for (const match of matchesOf(text, WEIGHTS)) {
    const { amount = '', grams } = match.groups ?? {};
    const kilos = /^\d/.test(amount) ? Number(amount) : readNumber(amount);
    const weight = grams === undefined ? Math.round((kilos ?? 0) * 1000) : Number(grams);
    if (weight === 0) continue;
    const end = match.index + match[0].length;
    found.push({ start: match.index, end, feature: `grams:${weight}` });
  }
  return found.sort((a, b) => a.start - b.start);
}

function sizeMentions(text: string): Mention[] {
  if (!HAS_SIZE.test(text)) return [];
  return matchesOf(text, SIZE).map((match) => {
    const [whole, number = ''] = match;
    const unit = match[2] ?? match[3] ?? match[4] ?? '';
    return {
      start: match.index,
      end: match.index + whole.length,
      feature: `size:${number}${unit}`,
    };
  });
}

const HAS_SIZE = /\d ?(?:송이|포기|알|과|수|입|마리|[가-힣]{1,2} ?(?:들이|짜리|입|든|들))/u;

/**
 * "옥수수 30개 3박스" where a 찰옥수수 30개 is on sale: the number of its name, and no count, unless
 * the kind said right before it is sold under no such number.
 */
export function findNamedSizes(text: string, { entries, features }: Catalogue): Mention[] {
  if (![...features].some((feature) => feature.startsWith('size:'))) return [];
  const kinds = wordMentions(text.toLowerCase());
  return matchesOf(text, SIZE_SAID).flatMap(({ 0: whole, 1: number, 2: unit, index }) => {
    const feature = `size:${number}${unit}`;
    if (!features.has(feature)) return [];
    const end = index + whole.length;
    const kind = kinds.findLast((mention) => mention.end <= index);
    const beside = kind !== undefined && index - kind.end <= BESIDE_MAX ? kind.feature : null;
    const sold = entries.some(
      (entry) => entry.features.has(feature) && (beside === null || says(entry, beside)),
    );
    return sold ? [{ start: index, end, feature }] : [];
  });
}

const BESIDE_MAX = 3;

function wordMentions(text: string): Mention[] {
  const found: Mention[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (!hasLetter(FIRST_LETTERS, letter)) continue;
    const word = WORDS_FROM.get(letter)?.find((one) => text.startsWith(one, at));
    if (word === undefined) continue;
    const end = at + word.length;
    // 사과잼용 are apples, to make jam of.
    const product = here(MADE, text, end) ?? '';
    const made = text[end + product.length] === '용' ? '' : product;
    if (made === '' && product !== '') {
      found.push({ start: at, end, feature: `kind:${KIND_OF.get(word)}` });
      at = end + product.length;
      continue;
    }
    if (made === '' && !standsAlone(text, at, end)) continue;
    const kind = KIND_OF.get(word);
    const whole = kind ? `kind:${kind}` : `grade:${GRADE_OF.get(word)}`;
    const feature = made === '' ? whole : `word:${word}${made}`;
    found.push({ start: at, end: end + made.length, feature });
    at = end + made.length - 1;
  }
  return found;
}

function standsAlone(text: string, start: number, end: number): boolean {
  if (here(NO_PRODUCE, text, end) !== null) return false;
  const before = text[start - 1] ?? '';
  if (/[a-z]/u.test(text[start] ?? '')) return !/[a-z]/u.test(before + (text[end] ?? ''));
  if (end - start > 1) return true;
  return !/[가-힣]/u.test(before) && here(ORDERED, text, end) !== null;
}

function here(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** All that a product's own name says of it; null when it is not on sale. */
export function featuresOf(id: string, { entries }: Catalogue): readonly Feature[] | null {
  const entry = entries.find(({ product }) => product.id === id);
  return entry === undefined ? null : [...entry.features, ...entry.implied];
}

/** The one product that all the features fit; null when several do, or none. */
export function chooseProduct(said: readonly Feature[], known: Catalogue): string | null {
  const { entries } = known;
  const features = said.length > 1 ? [...new Set(said)] : said;
  const telling = features.filter((feature) => !isSpareTexture(feature, features, known));
  if (telling.length < features.length) return chooseProduct(telling, known);
  const open = entries.filter((entry) => features.every((feature) => fits(entry, feature, known)));
  // "5kg" is the one that is called so, before one that names no weight.
  const named = open.filter((entry) => features.every((feature) => says(entry, feature)));
  const fitting = named.length > 0 ? named : open;
  if (fitting.length === 1) return fitting[0]?.product.id ?? null;
  // "사과 5kg" names one product in full though "사과 5kg 선물용" would fit as well.
  const full = fitting.filter((entry) =>
    [...entry.features].every((own) => features.includes(own)),
  );
  return features.length > 0 && full.length === 1 ? (full[0]?.product.id ?? null) : null;
}

/** The product's name says so, if only by its variety: 복숭아 for 황도, or said with 천도. */
function says({ features, implied }: Entry, feature: Feature): boolean {
  if (features.has(feature) || implied.has(feature)) return true;
  const [type, value = ''] = feature.split(':');
  return (
    type === 'kind' && [...implied].some((own) => PARENT.get(own.slice('kind:'.length)) === value)
  );
}

/** The product's name says so, or nothing against it. */
function fits(entry: Entry, feature: Feature, known: Catalogue): boolean {
  if (says(entry, feature)) return true;
  const { features, implied, name } = entry;
  const [type, value = ''] = feature.split(':');
  const has = (fitting: (own: Feature) => boolean): boolean => [...features].some(fitting);
  switch (type) {
    case 'grams':
      return !has((own) => own.startsWith('grams:'));
    case 'size': {
      // Pieces of another name ("20과" of a box of 20개) say nothing against it.
      const unit = value.replace(/^[\d~-]+/u, '');
      return !has((own) => own.startsWith('size:') && own.endsWith(unit));
    }
    case 'grade':
      return isSpareGrade(value, implied, known);
    case 'kind':
      return isSpareSeason(feature, known) && says(entry, SEASONS.get(feature) ?? feature);
    default:
      return isUnknownGoods(feature) && value.length > 2 && name.includes(value.slice(1));
  }
}

/** A word for a grade that nothing on sale has changes nothing, but for one that is sold apart. */
function isSpareGrade(grade: string, features: Entry['features'], known: Catalogue): boolean {
  if (known.features.has(`grade:${grade}`) || SOLD_APART.has(grade)) return false;
  const axis = AXIS_OF.get(grade);
  return ![...features].some(
    (own) => own.startsWith('grade:') && AXIS_OF.get(own.slice('grade:'.length)) === axis,
  );
}

/** "말랑한 백도" where nothing on sale is sold by how soft it is: the other word names the product. */
const isSpareTexture = (
  feature: Feature,
  features: readonly Feature[],
  known: Catalogue,
): boolean =>
  TEXTURES.has(feature) &&
  !known.features.has(feature) &&
  features.some((other) => other.startsWith('kind:') && !TEXTURES.has(other));

/** Where no 햅쌀 is sold apart, whoever asks for it wants the rice on sale. */
const SEASONS: ReadonlyMap<Feature, Feature> = new Map([['kind:햅쌀', 'kind:쌀']]);
const isSpareSeason = (feature: Feature, known: Catalogue): boolean =>
  SEASONS.has(feature) && !known.features.has(feature);

const TEXTURES: ReadonlySet<Feature> = new Set(['kind:말랑', 'kind:딱딱']);
const SOLD_APART: ReadonlySet<string> = new Set(['못난이', '유기농']);
