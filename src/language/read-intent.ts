// What a buyer's message wants, with the few details the answer needs.

import { type BuyerSaid, isSign, lookAt, type Sign } from './buyer-said.ts';
import { paidDepositor } from './depositor.ts';
import { withoutInjection } from './injections.ts';
import { GROUPS, INTENT_RULES } from './intent-rules.ts';
import { changedAddress, changedBoxes, paidAmount } from './intent-slots.ts';
import { plainText } from './plain-text.ts';
import type { BuyerIntent, BuyerReading, OrderContext } from './reading.ts';

/** What a message wants shows in its beginning; the rest of a long one is data or noise. */
const LOOK_MAX = 1_500;

/** Less than this says nothing. */
const WEIGHT_MIN = 2;

/** Never throws. Instructions to the reader hidden in the text are not seen. */
export function readBuyer(text: string, context: OrderContext): BuyerReading {
  const plain = plainText(text.slice(0, 4 * LOOK_MAX)).slice(0, LOOK_MAX);
  const clean = withoutInjection(plain).trim();
  const intent = strongest(lookAt(clean, context));
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

type Rule = Signs & { readonly weight: number };

type Signs = {
  /** All of these; of a list within it any one. */
  readonly needs: readonly (readonly Sign[])[];
  readonly unless: readonly Sign[];
};

const RULES = (Object.keys(INTENT_RULES) as (keyof typeof INTENT_RULES)[]).map((intent) => ({
  intent,
  rules: (INTENT_RULES[intent] ?? []).map(([weight, signs]) => parseRule(weight, signs)),
}));

function parseRule(weight: number, row: string): Rule {
  const words = Object.entries(GROUPS).reduce(
    (signs, [name, members]) => signs.replaceAll(`@${name}`, members),
    row,
  );
  const parts = words.split(' ');
  const denied = parts.filter((part) => part.startsWith('!'));
  const needed = parts.filter((part) => !part.startsWith('!'));
  return {
    weight,
    needs: needed.map((part) => part.split('|').map(asSign)),
    unless: denied.flatMap((part) => part.slice(1).split('|').map(asSign)),
  };
}

function asSign(word: string): Sign {
  if (!isSign(word)) throw new Error(`expected a sign in a rule of intents, got "${word}"`);
  return word;
}

/** Of equally strong ones the first in the table. */
function strongest(said: BuyerSaid): BuyerIntent {
  let best: { intent: BuyerIntent; weight: number } = { intent: 'other', weight: WEIGHT_MIN - 1 };
  for (const { intent, rules } of RULES) {
    const weight = rules.reduce((sum, rule) => sum + (fits(rule, said) ? rule.weight : 0), 0);
    if (weight > best.weight) best = { intent, weight };
  }
  return best.intent;
}

const fits = ({ needs, unless }: Signs, { has }: BuyerSaid): boolean =>
  needs.every((any) => any.some(has)) && !unless.some(has);

const asks = { needs: [['farm', 'give', 'inform']], unless: ['ads'] } as const;
const asksMore = { needs: [['asks']], unless: ['ads', 'elseTopic'] } as const;
/** Fewer letters ask nothing that somebody could answer. */
const ASKS_LETTERS_MIN = 4;

/** Whether a message that wants nothing else of us asks or begs something that the farm can answer. */
export function asksTheFarm(text: string, context: OrderContext): boolean {
  const clean = withoutInjection(plainText(text.slice(0, LOOK_MAX))).trim();
  if ((clean.match(/\p{L}/gu)?.length ?? 0) < ASKS_LETTERS_MIN) return false;
  const said = lookAt(clean, context);
  return [asks, asksMore].some((rule) => fits(rule, said));
}

/** Whether it holds what an order is made of: a telephone number with an address, or more of a form. */
export function holdsOrderData(text: string, context: OrderContext): boolean {
  return lookAt(plainText(text.slice(0, LOOK_MAX)), context).has('data');
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
