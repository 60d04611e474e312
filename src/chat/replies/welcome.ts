// Buyer: looking around before there is an order.
import { localDate } from '../../orders/dates.ts';
import { type Product, productsOnSale, type Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import { bankLine, contactLine } from './lines.ts';
import { choice, LIST_PAGE_SPARE_CHARS, pressable, say, shortly } from './parts.ts';
import { ENGLISH, inBoth, KOREAN, type Tongue } from './tongue.ts';

const STORES_SHOWN_MAX = 8;

const STORE_PRODUCTS_SHOWN = 3;

/** What stands above the stores, at its longest but for the words quoted. */
const STORES_HEAD_CHARS = 160;

export function greeting(shop: Shop, products: readonly Product[]): Reply {
  return inBoth((tongue) => {
    const { either, start } = tongue;
    const lines = [
      either(
        `안녕하세요, ${shop.name} 주문 도우미예요.`,
        `Hello, I take the orders for ${shop.name}.`,
      ),
      ...products.map((product) => productLine(product, tongue)),
      either(
        '받는 분 성함, 연락처, 주소, 상자 수를 편하게 적어 보내 주세요. 여러 곳도 한 번에 돼요.',
        'Send me the name, phone number and address of each recipient and how many boxes. Several at once are fine.',
      ),
    ];
    const example = either(
      '예) 김영희 010-1234-5678 서울시 … 2상자',
      'e.g. 2 boxes to Kim Younghee, 010-1234-5678, 서울시 …',
    );
    return say([...lines, ...(products.length > 0 ? [example] : [])].join('\n'), start);
  });
}

export function prices(shop: Shop, products: readonly Product[]): Reply {
  const { boxesPerFee, feeKrw, freeFromKrw } = shop.policy;
  return inBoth((tongue) => {
    const { either, words, start } = tongue;
    if (products.length === 0)
      return say(either('지금 판매하는 상품이 없어요.', 'Nothing is on sale right now.'), start);
    const fee = words.won(feeKrw);
    const lines = [
      ...products.map((product) => productLine(product, tongue)),
      either(
        `배송비는 받는 곳마다 ${boxesPerFee}상자에 ${words.won(feeKrw)}이에요.`,
        `Shipping is ${fee} for every ${words.boxes(boxesPerFee)} to one address.`,
      ),
    ];
    if (freeFromKrw !== null)
      lines.push(
        either(
          `${words.won(freeFromKrw)}부터는 배송비가 없어요.`,
          `Free shipping from ${words.won(freeFromKrw)}.`,
        ),
      );
    if (shop.state === 'paused')
      return say([...lines, pausedWords(shop, tongue)].join('\n'), [choice(tongue.labels.status)]);
    return say(lines.join('\n'), start);
  });
}

function productLine({ name, priceKrw }: Product, { either, words }: Tongue): string {
  const price = words.won(priceKrw);
  return either(`${name} 1상자 ${price}`, `${name}: ${price} a box`);
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
  if (shops.length === 0)
    return {
      reply: inBoth(({ either }) =>
        say(either('지금 열려 있는 상점이 없어요.', 'No store is open right now.')),
      ),
      next: null,
    };
  // Both languages show the same stores, so that the next page begins at one place.
  const to = endOfPage(shops, page);
  const next = to < shops.length ? to : null;
  return { reply: inBoth((tongue) => storesPage(shops, { ...page, to, next }, tongue)), next };
}

type StoresPage = Parameters<typeof stores>[1];

function endOfPage(shops: readonly Shop[], { from, roomChars, now }: StoresPage): number {
  let used = STORES_HEAD_CHARS + LIST_PAGE_SPARE_CHARS;
  let to = from;
  for (const shop of shops.slice(from, from + STORES_SHOWN_MAX)) {
    const lines = [KOREAN, ENGLISH].map((tongue) => storeLine(shop, { now, tongue }).length);
    used += Math.max(...lines) + 1;
    if (used > roomChars && to > from) break;
    to += 1;
  }
  return to;
}

function storesPage(
  shops: readonly Shop[],
  page: StoresPage & { readonly to: number; readonly next: number | null },
  tongue: Tongue,
): Reply {
  const { from, to, next, wish, isFound, isKept, now } = page;
  const { either, labels } = tongue;
  const quoted = shortly(wish);
  const lines = [
    ...(isFound
      ? []
      : [either(`"${quoted}" 상점은 찾지 못했어요.`, `I found no store called "${quoted}".`)]),
    ...(isKept ? [either('보내 주신 내용은 적어 두었어요.', 'I have kept what you wrote.')] : []),
    either(
      '어느 상점에서 주문할까요? 이름을 적어 주셔도 돼요.',
      'Which store would you like to order from? You can also type its name.',
    ),
    ...shops.slice(from, to).map((shop) => storeLine(shop, { now, tongue })),
    ...(next === null && from === 0
      ? []
      : [
          either(
            `${shops.length}곳 중 ${from + 1}-${to}번째`,
            `${from + 1}-${to} of ${shops.length} stores`,
          ),
        ]),
  ];
  const choices = shops.slice(from, to).map(({ id, name }) => ({
    label: name,
    say: `${labels.stores} ${name}`,
    press: { key: null, act: 'store', ref: id },
  }));
  const more = pressable(labels.next, {
    key: null,
    act: 'stores',
    ref: `${next}|${isFound ? wish : ''}`,
  });
  return say(lines.join('\n'), next === null ? choices : [...choices, more]);
}

function storeLine(
  shop: Shop,
  { now, tongue }: { readonly now: Date; readonly tongue: Tongue },
): string {
  const { either, words } = tongue;
  if (shop.state === 'paused')
    return either(`· ${shop.name} (지금은 쉬어요)`, `· ${shop.name} (taking a break)`);
  const products = productsOnSale(shop, localDate(now, shop.policy.timeZone));
  const shown = products.slice(0, STORE_PRODUCTS_SHOWN);
  const goods = shown.map(({ name, priceKrw }) => `${name} ${words.won(priceKrw)}`).join(', ');
  const rest = products.length - shown.length;
  const nothing = either('지금 판매하는 상품이 없어요', 'nothing on sale right now');
  const more = rest > 0 ? either(` 외 ${rest}가지`, ` and ${rest} more`) : '';
  return `· ${shop.name}: ${goods || nothing}${more}`;
}

export function storePaused(shop: Shop): Reply {
  return inBoth((tongue) => say(pausedWords(shop, tongue), [choice(tongue.labels.status)]));
}

function pausedWords({ name }: Shop, { either }: Tongue): string {
  return either(
    `${name}에서 지금 주문을 잠시 쉬고 있어요. 다시 열리면 주문하실 수 있어요.`,
    `${name} is not taking orders for the moment. You can order when it opens again.`,
  );
}

export function thanks(): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '저희가 고마워요. 궁금한 것은 언제든 물어봐 주세요.',
        'Thank you! Ask me anything, any time.',
      ),
      [choice(labels.status)],
    ),
  );
}

export function howToOrder(): Reply {
  return inBoth(({ either }) =>
    say(
      either(
        '받는 분 성함, 연락처, 주소, 상자 수를 한 번에 적어 보내 주세요.\n예) 박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자',
        'Send the name, phone number and address of the recipient and how many boxes, all in one message. The address is safest in Korean.\ne.g. 2 boxes to Park Chulsoo, 010-1234-5678, 서울 노원구 동일로 1729 103동 1204호',
      ),
    ),
  );
}

export function soldOut(): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '지금은 판매하는 상품이 없어요. 다시 판매하면 주문하실 수 있어요.',
        'Nothing is on sale right now. You can order when sales start again.',
      ),
      [choice(labels.status), choice(labels.drop)],
    ),
  );
}

export function harvestPlan(dates: readonly { date: string; leftBoxes: number }[]): Reply {
  return inBoth(({ either, words, start }) => {
    if (dates.length === 0)
      return say(
        either(
          '지금은 보낼 수 있는 날짜가 없어요. 조금 뒤에 다시 물어봐 주세요.',
          'There is no open shipping date right now. Please ask again a little later.',
        ),
        start,
      );
    const lines = dates.map(({ date, leftBoxes }) =>
      either(
        `${words.day(date)} ${leftBoxes}상자 남음`,
        `${words.day(date)}: ${words.boxes(leftBoxes)} left`,
      ),
    );
    const head = either(
      '지금 주문하면 보낼 수 있는 날이에요.',
      'If you order now, we can ship on these days:',
    );
    return say([head, ...lines].join('\n'), start);
  });
}

export function askSeller(shop: Shop): Reply {
  return inBoth((tongue) =>
    say(
      `${tongue.either('그건 제가 답하기 어려워요.', 'I cannot answer that myself.')} ${contactLine(shop, tongue)}`,
      tongue.start,
    ),
  );
}

/** Nothing in it could be read: a sign, a number, a laugh. */
export function notRead(): Reply {
  return inBoth(({ either, start }) =>
    say(
      either(
        '무슨 말씀인지 잘 모르겠어요. 주문은 받는 분, 연락처, 주소, 상자 수를 적어 보내 주세요.',
        'I did not understand that. To order, send the recipient, phone number, address and how many boxes.',
      ),
      start,
    ),
  );
}

export function calmDown(shop: Shop): Reply {
  return inBoth((tongue) =>
    say(
      `${tongue.either(
        '불편하셨다면 죄송해요. 어떤 점이 불편하셨는지 적어 주시면 도와드릴게요.',
        'I am sorry for the trouble. Tell me what went wrong and I will help.',
      )} ${contactLine(shop, tongue)}`,
      [choice(tongue.labels.status)],
    ),
  );
}

export function accountInfo(shop: Shop): Reply {
  const { bank } = shop.policy;
  if (bank === null) return askSeller(shop);
  return inBoth(({ either, start }) =>
    say(
      `${bankLine(bank)}\n${either(
        '주문을 확정하시면 보내실 금액과 입금자 이름을 알려 드려요.',
        'Once you confirm an order I will tell you the amount and the depositor name to use.',
      )}`,
      start,
    ),
  );
}
