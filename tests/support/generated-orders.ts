// Fills the skeletons at random. What was filled in is the label, so any number of messages can be judged.
import { addDays, weekday } from '../../src/language/when.ts';
import type { Expected, Labelled } from './corpus.ts';
import { type Dice, diceOf } from './generated-dice.ts';
import { boxes, called, catalogue, counted, type Goods, vagueCount } from './generated-goods.ts';
import { badPhone, personName, phone } from './generated-people.ts';
import { address, postcode, vagueAddress } from './generated-places.ts';
import { SKELETONS, type Skeleton } from './generated-skeletons.ts';

/** Of one order, all its recipients together. */
const MAX_BOXES = 150;
/** A count that is taken back is another one than the one that takes its place. */
const LARGEST_SAID = 30;
const RECIPIENTS_MAX = 4;
const PRODUCTS_MAX = 5;
const FIRST_DAY = '2026-06-01';
const DAYS = 200;

export type Generated = Labelled & { readonly skeleton: number };

/** The same seed gives the same message. */
export function generateOrder(seed: number): Generated {
  const dice = diceOf(seed);
  const skeleton = dice.between(0, SKELETONS.length - 1);
  return fillSkeleton(dice, skeleton, `g${seed}`);
}

function fillSkeleton(dice: Dice, index: number, id: string): Generated {
  const skeleton = SKELETONS[index];
  if (skeleton === undefined) throw new Error(`expected a skeleton, found none at ${index}`);
  const whole = skeleton.text + (skeleton.row ?? '');
  const goods = catalogue(dice, productsOnSale(dice, whole));
  const form: Form = {
    dice,
    goods,
    today: addDays(FIRST_DAY, dice.between(0, DAYS)),
    colon: dice.pick([': ', ': ', ' : ', ':', ' - ', ' ']),
    order: { sender: null, depositor: null, memo: null, wanted_date: null, asks: new Set() },
    used: new Set(),
  };
  const { text, recipients } = fillText(form, skeleton);
  const messages = text.split('\n---\n');
  return {
    id,
    skeleton: index,
    ...(messages.length > 1 ? { messages } : { text }),
    context: {
      today: form.today,
      products: goods.map(({ id: product, name }) => ({ id: product, name })),
      max_boxes: MAX_BOXES,
    },
    expected: labelOf(form, skeleton, recipients),
  };
}

/** A count alone says all only where one product is on sale; {unnamed} leaves open which of several. */
function productsOnSale(dice: Dice, text: string): number {
  if (text.includes('{unnamed}')) return dice.between(2, 3);
  if (/\{(?:count|each|total|vagueCount|tooMany)\}/u.test(text)) return 1;
  if (/\{number\}/u.test(text) && !text.includes('{product}')) return 1;
  return dice.between(1, PRODUCTS_MAX);
}

type Item = { readonly product: string; readonly boxes: number };
type Recipient = { name: string; phone: string; address: string; items: readonly Item[] };

type Form = {
  readonly dice: Dice;
  readonly goods: readonly Goods[];
  readonly today: string;
  readonly colon: string;
  readonly order: {
    sender: string | null;
    depositor: string | null;
    memo: string | null;
    wanted_date: string | null;
    readonly asks: Set<string>;
  };
  /** Names and numbers given away, so that nobody comes twice. */
  readonly used: Set<string>;
};

const emptyRecipient = (): Recipient => ({ name: '', phone: '', address: '', items: [] });

function fillText(form: Form, { text, row, join = '\n' }: Skeleton) {
  const { dice } = form;
  if (row === undefined) {
    const only = emptyRecipient();
    return { text: fillSlots(form, choose(dice, text), only), recipients: [only] };
  }
  const frame = choose(dice, text);
  const line = choose(dice, row);
  const recipients = Array.from({ length: dice.between(2, RECIPIENTS_MAX) }, emptyRecipient);
  const lines = recipients.map((recipient, index) =>
    fillSlots(form, line.replace('{i}', String(index + 1)), recipient),
  );
  const each = boxes(dice);
  const [only] = form.goods;
  if (frame.includes('{each}') && only !== undefined) {
    for (const recipient of recipients) recipient.items = [{ product: only.id, boxes: each }];
  }
  const total = recipients.flatMap(({ items }) => items).reduce((sum, item) => sum + item.boxes, 0);
  const filled = fillSlots(form, frame, emptyRecipient())
    .replace('{each}', counted(dice, each, null))
    .replace('{total}', `${total}박스`)
    .replace('{rows}', lines.join(join));
  return { text: filled, recipients };
}

const choose = (dice: Dice, text: string): string =>
  text.replace(/<([^<>]*\|[^<>]*)>/gu, (_, words: string) => dice.pick(words.split('|')));

const fillSlots = (form: Form, text: string, recipient: Recipient): string =>
  text.replace(
    /\{([a-zA-Z:]+)\}/gu,
    (slot, name: string) => SLOTS[name]?.(form, recipient) ?? slot,
  );

type Fill = (form: Form, recipient: Recipient) => string;

const SLOTS: Readonly<Record<string, Fill>> = {
  ':': ({ colon }) => colon,
  name: (form, recipient) => {
    recipient.name = newName(form);
    return recipient.name;
  },
  phone: ({ dice }, recipient) => {
    const { text, digits } = phone(dice);
    recipient.phone = digits;
    return text;
  },
  address: ({ dice }, recipient) => {
    recipient.address = address(dice);
    return recipient.address;
  },
  postcode: ({ dice }) => postcode(dice),
  goods: (form, recipient) => goodsOf(form, recipient, form.dice.pick([', ', ' ', ' / ', ' + '])),
  goodsLines: (form, recipient) => goodsOf(form, recipient, '\n'),
  count: ({ dice, goods }, recipient) => {
    const [only] = goods;
    const count = boxes(dice);
    if (only !== undefined) recipient.items = [{ product: only.id, boxes: count }];
    return counted(dice, count, only?.unit ?? null);
  },
  product: ({ dice, goods }, recipient) => {
    const chosen = dice.pick(goods);
    recipient.items = [{ product: chosen.id, boxes: 0 }];
    return called(dice, chosen, goods);
  },
  number: ({ dice, goods }, recipient) => {
    const count = boxes(dice);
    const [said] = recipient.items;
    recipient.items = [{ product: said?.product ?? goods[0]?.id ?? '', boxes: count }];
    return String(count);
  },
  /** Taken back in the same breath or the next message. */
  wrongCount: ({ dice, goods }) =>
    counted(dice, boxes(dice) + LARGEST_SAID, goods[0]?.unit ?? null),
  otherPhone: ({ dice }) => phone(dice).text,
  same: ({ order }, recipient) => {
    order.depositor = recipient.name;
    return '';
  },
  sender: (form) => {
    form.order.sender = newName(form);
    return form.order.sender;
  },
  senderPhone: ({ dice }) => phone(dice).text,
  depositor: (form) => {
    form.order.depositor = newName(form);
    return form.order.depositor;
  },
  memo: ({ dice, order }) => {
    order.memo = dice.pick(MEMOS);
    return order.memo;
  },
  day: ({ dice, order, today }) => {
    const { text, date } = day(dice, today);
    order.wanted_date = date;
    return text;
  },
  badPhone: ({ dice, order }) => asking(order, 'phone', badPhone(dice)),
  vagueAddress: ({ dice, order }) => asking(order, 'address', vagueAddress(dice)),
  vagueCount: ({ dice, order }) => asking(order, 'boxes', vagueCount(dice)),
  unnamed: ({ dice, order }) => asking(order, 'product', counted(dice, boxes(dice), null)),
  tooMany: ({ dice, order }) => asking(order, 'boxes', `${MAX_BOXES + dice.between(1, 300)}박스`),
};

function asking({ asks }: Form['order'], field: string, text: string): string {
  asks.add(field);
  return text;
}

function newName({ dice, used }: Form): string {
  for (;;) {
    const name = personName(dice);
    if (used.has(name)) continue;
    used.add(name);
    return name;
  }
}

function goodsOf({ dice, goods }: Form, recipient: Recipient, separator: string): string {
  const wanted = dice.chance(0.65) ? 1 : dice.between(1, goods.length);
  const from = dice.between(0, goods.length - 1);
  const chosen = goods.map((_, at) => goods[(from + at) % goods.length]).slice(0, wanted);
  const said = chosen.flatMap((product) => {
    if (product === undefined) return [];
    const count = boxes(dice);
    const silent = goods.length === 1 && dice.chance(0.25);
    const words = silent ? '' : `${called(dice, product, goods)} `;
    const text = words + counted(dice, count, product.unit);
    return [{ item: { product: product.id, boxes: count }, text }];
  });
  recipient.items = said.map(({ item }) => item);
  return said.map(({ text }) => text).join(separator);
}

const MEMOS = [
  '문 앞에 놓아주세요',
  '현관 앞에 두고 문자 주세요',
  '부재시 경비실에 맡겨주세요',
  '공동현관 비밀번호 #1207*입니다',
  '배송 전에 꼭 전화 부탁드려요',
  '택배함에 넣어주세요',
  '벨 누르지 말고 문앞에 놔주세요',
  '부재중이면 옆집에 맡겨 주세요',
  '도착하면 문자 한 통 주세요',
];

const WEEKDAYS = '월화수목금토일';

/** A day some days from today, in one of the ways people say it. */
function day(dice: Dice, today: string): { readonly text: string; readonly date: string } {
  const ahead = dice.between(2, 24);
  const date = addDays(today, ahead);
  const [month, of] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  const name = WEEKDAYS[weekday(date)] ?? '';
  const written = [
    `${month}/${of}`,
    `${month}월 ${of}일`,
    `${month}월${of}일`,
    `${month}/${of}(${name})`,
  ];
  const weeks = Math.floor((weekday(today) + ahead) / 7);
  const week = ['이번주', '다음주', '다다음주'][weeks];
  if (week !== undefined && dice.chance(0.4)) return { text: `${week} ${name}요일`, date };
  return { text: dice.pick(written), date };
}

function labelOf(form: Form, skeleton: Skeleton, recipients: readonly Recipient[]): Expected {
  if (skeleton.none) return { kind: 'none' };
  const asks = new Set(form.order.asks);
  for (const { name, phone: number, address: place, items } of recipients) {
    if (name === '') asks.add('name');
    if (number === '' && !asks.has('phone')) asks.add('phone');
    if (place === '' && !asks.has('address')) asks.add('address');
    if (items.length === 0 && !asks.has('product')) asks.add('boxes');
  }
  const ordered = recipients
    .flatMap(({ items }) => items)
    .reduce((sum, item) => sum + item.boxes, 0);
  if (ordered > MAX_BOXES) asks.add('boxes');
  if (asks.size > 0) return { kind: 'ask', ask: [...asks], ask_ok: askedAlso(form, asks) };
  const { asks: _, ...order } = form.order;
  return { kind: 'order', recipients, ...order };
}

/** Where nothing was said of the goods and several are on sale, which of them is open too. */
const askedAlso = ({ goods }: Form, asks: ReadonlySet<string>): string[] =>
  asks.has('boxes') && goods.length > 1 ? ['product'] : [];
