// What a buyer's message wants, with the few details the answer needs.

import { findAddresses } from './address.ts';
import { INTENT_RULES } from './intent-rules.ts';
import { changedAddress, changedBoxes, paidAmount, paidDepositor } from './intent-slots.ts';
import { SIGNS, type Sign } from './intent-words.ts';
import { findPhones } from './phone.ts';
import { INJECTION } from './phrases.ts';
import { plainText } from './plain-text.ts';
import { catalogue, findMentions } from './product.ts';
import { findCounts } from './quantity.ts';
import type { BuyerReading, OrderContext } from './reading.ts';

/** What a message wants shows in its beginning; the rest of a long one is data or noise. */
const LOOK_MAX = 1_500;

/** Enough to see a filled-in form; what its fields hold is read elsewhere. */
const FORM_FIELD =
  /(?:이름|성함|성명|연락처|전화(?:번호)?|핸드폰|휴대폰|주소|배송지|수량|개수|받는 ?(?:분|사람|이)|보내는 ?(?:분|사람|이)|수취인|수령인|입금자명?|상품명?|name|phone|address|quantity|qty) ?:/g;

/** What the rules may ask about a message. Everything is looked up at most once. */
export type BuyerSaid = {
  readonly text: string;
  readonly has: (...signs: readonly Sign[]) => boolean;
  /** How many of phone, address, count and a filled-in form it holds; two are an order. */
  readonly data: () => number;
  readonly hasCount: () => boolean;
  readonly namesProduct: () => boolean;
};

/** Never throws. Instructions to the reader hidden in the text are not seen. */
export function readBuyer(text: string, context: OrderContext): BuyerReading {
  const plain = plainText(text.slice(0, 4 * LOOK_MAX)).slice(0, LOOK_MAX);
  const clean = plain.replace(INJECTION, ' ').trim();
  const said = look(clean, context);
  const intent = INTENT_RULES.find((rule) => rule.when(said))?.intent ?? 'other';
  switch (intent) {
    case 'paid':
      return {
        intent,
        ...present({ depositor: paidDepositor(clean), amountKrw: paidAmount(clean) }),
      };
    case 'change_address':
      return { intent, ...present({ address: changedAddress(clean) }) };
    case 'change_boxes':
      return { intent, ...present({ boxes: changedBoxes(clean) }) };
    default:
      return { intent };
  }
}

const THANKS_MAX = 60;
const THANKS =
  /감사|고마|고맙|땡큐|thank|thx|수고|안녕히|잘 ?(?:받았|도착|먹었|먹을게|먹겠|쓸게)|맛있게 ?(?:먹|잘)|맛있었|맛있어요|번창|(?:좋은|즐거운|행복한) ?(?:하루|주말|저녁|밤|오후|명절|추석|설)|bye|goodbye/iu;
const SAYS_MORE =
  /\d|[?？]|(?:나요|까요|는지|은데|는데|지만|주문|취소|환불|교환|바꿔|변경|상했|썩|터졌|깨졌|물렀|무른|없어요|안 ?왔|못 ?받|언제|얼마|계좌|입금|보내 ?주|해 ?주|알려)/u;

/** Thanks, or a good-bye, and nothing to answer: "고마워요", "잘 받았어요", "안녕히 계세요". */
export function isThanks(text: string): boolean {
  if (text.length > THANKS_MAX) return false;
  const plain = plainText(text);
  return THANKS.test(plain) && !SAYS_MORE.test(plain);
}

type Slots = Omit<BuyerReading, 'intent'>;

function present(slots: { readonly [K in keyof Slots]: Slots[K] | null }): Slots {
  return Object.fromEntries(Object.entries(slots).filter(([, value]) => value != null));
}

function look(text: string, context: OrderContext): BuyerSaid {
  const seen = new Map<Sign, boolean>();
  const has = (sign: Sign): boolean => {
    const known = seen.get(sign);
    if (known !== undefined) return known;
    const found = SIGNS[sign].test(text);
    seen.set(sign, found);
    return found;
  };
  const hasCount = once(() => findCounts(text).some(({ rate }) => !rate));
  return {
    text,
    has: (...signs) => signs.some(has),
    hasCount,
    data: once(() => countData(text, hasCount)),
    namesProduct: once(() => findMentions(text, catalogue(context.products)).length > 0),
  };
}

function countData(text: string, hasCount: () => boolean): number {
  if (!/\d|[:：]/.test(text)) return 0;
  const phones = findPhones(text);
  const taken = (at: number): boolean => phones.some(({ start, end }) => at >= start && at < end);
  const addresses = findAddresses(text, taken).filter(({ complete }) => complete);
  const form = (text.match(FORM_FIELD)?.length ?? 0) >= 2;
  return (
    Number(phones.length > 0) + Number(addresses.length > 0) + Number(hasCount()) + (form ? 2 : 0)
  );
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}
