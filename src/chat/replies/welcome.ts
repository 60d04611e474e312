// Buyer: looking around before there is an order.
import { localDate } from '../../orders/dates.ts';
import { type Product, productsOnSale, type Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { bankLine, contactLine } from './lines.ts';
import {
  BUTTONS,
  choice,
  LIST_PAGE_SPARE_CHARS,
  START_CHOICES,
  say,
  shortly,
  withLine,
} from './parts.ts';

const STORES_SHOWN_MAX = 8;

const STORE_PRODUCTS_SHOWN = 3;

export function greeting(shop: Shop, products: readonly Product[]): Reply {
  const first = products[0];
  const example = first ? '예) 김영희 010-1234-5678 서울시 … 2상자' : '';
  return say(
    [
      `안녕하세요, ${shop.name} 주문 도우미예요.`,
      ...products.map(productLine),
      '받는 분 성함, 연락처, 주소, 상자 수를 편하게 적어 보내 주세요. 여러 곳도 한 번에 돼요.',
      example,
    ]
      .filter((line) => line !== '')
      .join('\n'),
    START_CHOICES,
  );
}

export function prices(shop: Shop, products: readonly Product[]): Reply {
  const { boxesPerFee, feeKrw, freeFromKrw } = shop.policy;
  const shipping = `배송비는 받는 곳마다 ${boxesPerFee}상자에 ${words.won(feeKrw)}이에요.`;
  const free = freeFromKrw === null ? [] : [`${words.won(freeFromKrw)}부터는 배송비가 없어요.`];
  if (products.length === 0) return say('지금 판매하는 상품이 없어요.', START_CHOICES);
  const lines = [...products.map(productLine), shipping, ...free];
  return shop.state === 'paused'
    ? withLine(say(lines.join('\n'), [choice(BUTTONS.status)]), pausedWords(shop))
    : say(lines.join('\n'), START_CHOICES);
}

function productLine(product: Product): string {
  return `${product.name} 1상자 ${words.won(product.priceKrw)}`;
}

/** A page of stores with what they sell; `next` is where the following page begins. */
export function stores(
  shops: readonly Shop[],
  page: {
    readonly from: number;
    readonly wish: string;
    /** False when no store is called like that: then these are all. */
    readonly isFound: boolean;
    /** Something was said that waits for the choice. */
    readonly isKept: boolean;
    readonly roomChars: number;
    readonly now: Date;
  },
): { readonly reply: Reply; readonly next: number | null } {
  if (shops.length === 0) return { reply: say('지금 열려 있는 상점이 없어요.'), next: null };
  const { from, wish, isFound, isKept, roomChars, now } = page;
  const head = [
    ...(isFound ? [] : [`"${shortly(wish)}" 상점은 찾지 못했어요.`]),
    ...(isKept ? ['보내 주신 내용은 적어 두었어요.'] : []),
    '어느 상점에서 주문할까요? 이름을 적어 주셔도 돼요.',
  ].join('\n');
  const lines: string[] = [];
  let used = head.length + LIST_PAGE_SPARE_CHARS;
  for (const shop of shops.slice(from, from + STORES_SHOWN_MAX)) {
    const line = storeLine(shop, now);
    if (used + line.length > roomChars && lines.length > 0) break;
    lines.push(line);
    used += line.length + 1;
  }
  const to = from + lines.length;
  const next = to < shops.length ? to : null;
  const count = next === null && from === 0 ? [] : [`${shops.length}곳 중 ${from + 1}-${to}번째`];
  const choices = shops.slice(from, to).map(({ id, name }) => ({
    label: name,
    say: `${BUTTONS.stores} ${name}`,
    press: { key: null, act: 'store', ref: id },
  }));
  const more = {
    label: BUTTONS.next,
    say: BUTTONS.next,
    press: { key: null, act: 'stores', ref: `${next}|${isFound ? wish : ''}` },
  };
  const reply = say(
    [head, ...lines, ...count].join('\n'),
    next === null ? choices : [...choices, more],
  );
  return { reply, next };
}

function storeLine(shop: Shop, now: Date): string {
  if (shop.state === 'paused') return `· ${shop.name} (지금은 쉬어요)`;
  const products = productsOnSale(shop, localDate(now, shop.policy.timeZone));
  const shown = products.slice(0, STORE_PRODUCTS_SHOWN);
  const goods = shown.map(({ name, priceKrw }) => `${name} ${words.won(priceKrw)}`).join(', ');
  const rest = products.length - shown.length;
  return `· ${shop.name}: ${goods || '지금 판매하는 상품이 없어요'}${rest > 0 ? ` 외 ${rest}가지` : ''}`;
}

export function storePaused(shop: Shop): Reply {
  return say(pausedWords(shop), [choice(BUTTONS.status)]);
}

function pausedWords({ name }: Shop): string {
  return `${name}에서 지금 주문을 잠시 쉬고 있어요. 다시 열리면 주문하실 수 있어요.`;
}

export function thanks(): Reply {
  return say('저희가 고마워요. 궁금한 것은 언제든 물어봐 주세요.', [choice(BUTTONS.status)]);
}

export function howToOrder(): Reply {
  return say(
    '받는 분 성함, 연락처, 주소, 상자 수를 한 번에 적어 보내 주세요.\n예) 박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자',
  );
}

export function soldOut(): Reply {
  return say('지금은 판매하는 상품이 없어요. 다시 판매하면 주문하실 수 있어요.', [
    choice(BUTTONS.status),
    choice(BUTTONS.drop),
  ]);
}

export function harvestPlan(dates: readonly { date: string; leftBoxes: number }[]): Reply {
  if (dates.length === 0)
    return say('지금은 보낼 수 있는 날짜가 없어요. 조금 뒤에 다시 물어봐 주세요.', START_CHOICES);
  const lines = dates.map(({ date, leftBoxes }) => `${words.day(date)} ${leftBoxes}상자 남음`);
  return say(['지금 주문하면 보낼 수 있는 날이에요.', ...lines].join('\n'), START_CHOICES);
}

export function askSeller(shop: Shop): Reply {
  return say(`그건 제가 답하기 어려워요. ${contactLine(shop)}`, START_CHOICES);
}

/** Nothing in it could be read: a sign, a number, a laugh. */
export function notRead(): Reply {
  return say(
    '무슨 말씀인지 잘 모르겠어요. 주문은 받는 분, 연락처, 주소, 상자 수를 적어 보내 주세요.',
    START_CHOICES,
  );
}

export function calmDown(shop: Shop): Reply {
  return say(
    `불편하셨다면 죄송해요. 어떤 점이 불편하셨는지 적어 주시면 도와드릴게요. ${contactLine(shop)}`,
    [choice(BUTTONS.status)],
  );
}

export function accountInfo(shop: Shop): Reply {
  if (shop.policy.bank === null) return askSeller(shop);
  return say(
    `${bankLine(shop.policy.bank)}\n주문을 확정하시면 보내실 금액과 입금자 이름을 알려 드려요.`,
    START_CHOICES,
  );
}
