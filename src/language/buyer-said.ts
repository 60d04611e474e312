// What the rules may ask about a buyer's message; everything dear is looked up at most once.

import { findAddresses } from './address.ts';
import { findAmounts } from './amounts.ts';
import { findSigns, makeLexicon } from './find-signs.ts';
import { CONCEPT_WORDS, type Concept } from './intent-words.ts';
import { findPhones } from './phone.ts';
import { catalogue, findMentions } from './product.ts';
import { findCounts } from './quantity.ts';
import type { OrderContext } from './reading.ts';
import { asks, TURNS, type Turn } from './turns.ts';

/** What shows in the form of a message and not in a word of the table. */
const SHAPES = [
  'asks', // is a question
  'amount', // a sum of money
  'count', // so many boxes
  'counts', // more than one number of boxes
  'unitInstead', // "101동 아니고 102동"
  'fromTo', // "세 개에서 두 개로"
  'mimetic', // "쪼글쪼글": told of fruit, mostly no praise
  'polite', // ends as one speaks to a stranger
  'wordy', // more than a word or two
  'countInstead', // "2박스 말고", "5박스라 했는데", "두 상자에서"
  'product', // something that grows
  'onSale', // one of the shop's own products
  'address',
  'phone',
  'data', // two of phone, address, count, or a filled-in form
  'date', // 7/22, 22일
  'short',
] as const;
type Shape = (typeof SHAPES)[number];

export type Sign = Shape | Concept | `${Concept}.${Turn}`;

export type BuyerSaid = { readonly text: string; readonly has: (sign: Sign) => boolean };

const LEXICON = makeLexicon<keyof typeof CONCEPT_WORDS>(CONCEPT_WORDS);

/** Whether the count that ends there is not the one that is wanted now. */
export const takenBack = (text: string, end: number): boolean =>
  INSTEAD_BEHIND.test(text.slice(end, end + 12));

/** Whether a rule may ask for it. */
export function isSign(word: string): word is Sign {
  const [concept = '', turn] = word.split('.');
  if (turn === undefined && isShape(word)) return true;
  const known = Object.hasOwn(CONCEPT_WORDS, concept) && concept !== 'nothing';
  return known && (turn === undefined || (TURNS as readonly string[]).includes(turn));
}

const SHORT_MAX = 80;

/** Enough to see a filled-in form; what its fields hold is read elsewhere. */
const FORM_FIELD =
  /(?:이름|성함|성명|연락처|전번|전화(?:번호)?|핸드폰|휴대폰|주소|배송지|수량|개수|받는 ?(?:분|사람|이)|보내는 ?(?:분|사람|이)|수취인|수령인|입금자명?|상품명?|품목|name|phone|address|quantity|qty) ?:/g;

const UNIT_INSTEAD = /\d ?(?:동|호|층) ?(?:이|가)? ?(?:말고|아니)/;
const FROM_TO =
  /(?:개|박스|상자|팩)에서 ?\S{1,4} ?(?:개|박스|상자|팩)? ?(?:로|으로)|from \w{1,6} (?:boxes )?to /;
const MIMETIC =
  /(?!방가|달달|아삭|사각|싱싱|탱글|포슬|촉촉|쫀득|쫄깃|반짝|두루|하하|호호|히히|크크)([가-힣])(?!\1)([가-힣])\1\2/;
const WORDY_MIN = 5;
const POLITE = /(?:[요죠까예유교여용슈염꺼]|당가)(?![가-힣])|[나노지잉][^가-힣]*$|^[^가-힣]+$/;
const INSTEAD_BEHIND =
  /^ ?(?:는|은|을|를|이|가)? ?(?:말고|아니|에서|대신|빼|취소|이?라고? ?(?:했|하|말|적|썼)|(?:주문|예약|신청)?(?:했|햇|시켰|였|이었)는데|(?:하|시키)려다|->|→)/u;
const INSTEAD_BEFORE = /instead of ?$/u;

export function lookAt(text: string, { products }: OrderContext): BuyerSaid {
  const found = once(() => signsIn(text));
  const counts = once(() => findCounts(text).filter(({ rate }) => !rate));
  const phones = once(() => findPhones(text));
  const address = once(() => {
    if (!/\d/.test(text)) return false;
    const taken = (at: number): boolean =>
      phones().some(({ start, end }) => at >= start && at < end);
    return findAddresses(text, taken).some(({ complete }) => complete);
  });
  const mentions = once(() => findMentions(text, catalogue(products)));
  const shapes: Readonly<Record<Shape, () => boolean>> = {
    asks: once(() => asks(text)),
    amount: once(() => findAmounts(text).length > 0 || BARE_SUM.test(text)),
    count: () => counts().length > 0,
    counts: () => counts().length > 1,
    countInstead: () =>
      counts().some(
        ({ start, end }) =>
          takenBack(text, end) || INSTEAD_BEFORE.test(text.slice(Math.max(0, start - 12), start)),
      ),
    product: () => mentions().some(({ feature }) => !feature.startsWith('grams:')),
    onSale: () => mentions().length > 0,
    address,
    phone: () => phones().length > 0,
    data: once(() => {
      if ((text.match(FORM_FIELD)?.length ?? 0) >= 2) return true;
      return Number(phones().length > 0) + Number(address()) + Number(counts().length > 0) >= 2;
    }),
    date: () => DATE.test(text),
    unitInstead: () => UNIT_INSTEAD.test(text),
    fromTo: () => FROM_TO.test(text),
    wordy: () => (text.match(/[가-힣]|[a-z]/g)?.length ?? 0) >= WORDY_MIN,
    mimetic: () => MIMETIC.test(text),
    polite: () => POLITE.test(text),
    short: () => text.length <= SHORT_MAX,
  };
  return {
    text,
    has: (sign) => (isShape(sign) ? shapes[sign]() : found().has(sign)),
  };
}

/** "84,000 넣었습니다": a number before a verb of paying needs no 원. */
const BARE_SUM = /(?<![\d-])(?:\d{4,7}|\d{1,3}(?:,\d{3})+)(?![\d-])/;

const DATE = /(?<!\d)\d{1,2} ?(?:일|\/ ?\d{1,2})/;

const isShape = (sign: string): sign is Shape => (SHAPES as readonly string[]).includes(sign);

function signsIn(text: string): ReadonlySet<Sign> {
  const signs = new Set<Sign>();
  for (const { concept, turns } of findSigns(text, LEXICON)) {
    if (concept === 'nothing') continue;
    signs.add(concept);
    for (const turn of turns) signs.add(`${concept}.${turn}`);
  }
  return signs;
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
