// Buyer: the draft, from the first question to the card that is confirmed.
import type { KnownRecipient, Question, ReadRecipient, Source } from '../../language/reading.ts';
import { addDays } from '../../orders/dates.ts';
import type { DomainError } from '../../orders/errors.ts';
import type { Order } from '../../orders/order.ts';
import type { Offer } from '../../orders/placing.ts';
import type { Product, Shop } from '../../orders/shop.ts';
import type { Choice, Reply } from '../bot.ts';
import * as koreanWords from '../words.ts';
import { CHOICES_MAX, choice, pressable, say, shortly } from './parts.ts';
import { inBoth, KOREAN, type Tongue } from './tongue.ts';

const FIELD_QUESTIONS = {
  name: ['받는 분 성함을 알려 주세요.', "What is the recipient's name?"],
  phone: ['받는 분 연락처를 알려 주세요.', "What is the recipient's phone number?"],
  address: [
    '주소를 도로명이나 번지까지 알려 주세요.',
    'What is the full address, with street and number? Korean spelling is safest.',
  ],
  boxes: ['몇 상자 보내 드릴까요?', 'How many boxes would you like?'],
  product: ['어떤 상품으로 드릴까요?', 'Which product would you like?'],
} as const satisfies Record<Question['field'], readonly [korean: string, english: string]>;

const CARD_SPARE_CHARS = 40;

const SHORT_ADDRESS_CHARS = 12;

/** One pointed question: what is missing and, of several recipients, for whom. */
export function askMissing(
  question: Question,
  {
    recipients,
    products,
    maxBoxes,
  }: {
    recipients: readonly { readonly name: string | null }[];
    products: readonly Product[];
    /** The most one order may hold, when a count was said that cannot be. */
    maxBoxes: number | null;
  },
): Reply {
  const { field, recipient } = question;
  const [korean, english] = FIELD_QUESTIONS[field];
  const choices = field === 'product' ? products.slice(0, CHOICES_MAX) : [];
  return inBoth(({ either }) => {
    const whose =
      recipient === null || recipients.length < 2
        ? ''
        : `${recipients[recipient]?.name ?? either(`${recipient + 1}번째 분`, `Recipient ${recipient + 1}`)}: `;
    const asks = `${whose}${either(korean, english)}`;
    const limit = either(
      `한 번에 1상자부터 ${maxBoxes}상자까지 주문하실 수 있어요.`,
      `One order may hold 1 to ${maxBoxes} boxes.`,
    );
    return say(
      maxBoxes === null ? asks : `${limit} ${asks}`,
      choices.map(({ name }) => choice(name)),
    );
  });
}

/** The same name or word for several: who is meant is chosen, never guessed. */
export function whichRecipient({
  word,
  fitting,
  question,
}: {
  readonly word: string;
  readonly fitting: readonly KnownRecipient[];
  readonly question: string;
}): Reply {
  const lines = koreanWords.maskedApart(fitting).map((line, index) => `${index + 1}) ${line}`);
  const choices = fitting.map(({ id, name }, index) => ({
    label: `${index + 1}) ${koreanWords.maskedName(name)}`,
    say: String(index + 1),
    press: { key: null, act: 'recipient', ref: `${question}.${id}` },
  }));
  return inBoth(({ either }) => {
    const said = shortly(word.trim());
    const head = either(`"${said}", 어느 분께 보낼까요?`, `Who do you mean by "${said}"?`);
    return say([head, ...lines].join('\n'), choices);
  });
}

export function noEarlierOrder(): Reply {
  return inBoth(({ either, start }) =>
    say(
      either(
        '지난 주문이 아직 없어요. 받는 분 성함, 연락처, 주소, 상자 수를 적어 주세요.',
        'There is no earlier order yet. Please send the name, phone number and address of the recipient and how many boxes.',
      ),
      start,
    ),
  );
}

/** Everything that will be sent and paid; recipients get one line each where there are many. */
export function card(shop: Shop, offer: Offer, shown: CardShown): Reply {
  return inBoth((tongue) => cardIn(tongue, { shop, offer, shown }));
}

type CardShown = {
  readonly draftId: string;
  readonly cardNo: number;
  readonly sender: string | null;
  readonly depositor: string | null;
  readonly memo: string | null;
  /** Recipients who were named and not typed: shown masked. */
  readonly known: readonly ReadRecipient[];
  /** Values the reader is not sure of. */
  readonly guessed: readonly Source[];
  readonly roomChars: number;
  readonly pagesUrl: string | null;
};

function cardIn(
  tongue: Tongue,
  { shop, offer, shown }: { readonly shop: Shop; readonly offer: Offer; readonly shown: CardShown },
): Reply {
  const { draftId, cardNo, known, roomChars, pagesUrl } = shown;
  const head = cardHead(offer, shown, tongue);
  const rules = cardTerms(shop, tongue);
  const room = roomChars - head.length - rules.length - CARD_SPARE_CHARS;
  const full = offer.parcels.map((parcel, index) =>
    fullParcel(parcel, {
      number: offer.parcels.length > 1 ? index + 1 : null,
      isMasked: known.some(
        ({ name, phone, address }) =>
          name === parcel.recipient && phone === parcel.phone && address === parcel.address,
      ),
      tongue,
    }),
  );
  const isLong = full.join('\n\n').length > room;
  const short = () => offer.parcels.map((parcel, index) => shortParcel(parcel, { index, tongue }));
  const parcels = isLong ? short().join('\n') : full.join('\n\n');
  const page = storePageChoice(pagesUrl, shop.id, tongue);
  return {
    texts: [head, parcels, rules],
    choices: [...cardChoices(draftId, cardNo, tongue), ...page],
  };
}

function cardHead(
  offer: Offer,
  { sender, depositor, memo, guessed }: CardShown,
  tongue: Tongue,
): string {
  const { either, words } = tongue;
  const surcharge = words.won(offer.surchargeKrw);
  const money = [
    `${either('상품', 'Goods')} ${words.won(offer.goodsKrw)}`,
    `${either('배송비', 'shipping')} ${words.won(offer.shippingKrw)}`,
    ...(offer.surchargeKrw > 0 ? [`${either('추가 배송비', 'surcharge')} ${surcharge}`] : []),
  ].join(' + ');
  return [
    either('주문서를 확인해 주세요.', 'Please check your order.'),
    `${either('합계', 'Total')} ${words.won(offer.totalKrw)}`,
    money,
    ...(sender ? [`${either('보내는 분', 'From')}: ${sender}`] : []),
    ...(depositor ? [`${either('입금자', 'Depositor')}: ${depositor}`] : []),
    ...(memo ? [`${either('메모', 'Note')}: ${memo}`] : []),
    ...lookAgain(guessed, tongue),
  ].join('\n');
}

const LOOKED_AT: {
  readonly [field in Source['field']]?: readonly [korean: string, english: string];
} = {
  name: ['받는 분', 'recipient'],
  phone: ['연락처', 'phone number'],
  address: ['주소', 'address'],
  sender: ['보내는 분', 'sender'],
  depositor: ['입금자', 'depositor'],
};

/** What may have been read wrongly is named, so that the buyer looks before he confirms. */
function lookAgain(guessed: readonly Source[], { either }: Tongue): string[] {
  const values = guessed.flatMap(({ field, value }) => {
    const [korean, english] = LOOKED_AT[field] ?? [];
    return korean && english ? [`${either(korean, english)} ‘${value}’`] : [];
  });
  if (values.length === 0) return [];
  const all = [...new Set(values)].join(', ');
  return [either(`${all} 맞는지 한 번 더 봐 주세요.`, `Is this right? ${all}`)];
}

/** What a buyer agrees to, in short; the page behind the card's link says it whole. */
export function cardTerms({ policy }: Shop, { either }: Tongue = KOREAN): string {
  return [
    either(
      '출하일은 입금 순서라 바뀔 수 있어요.',
      'Shipping dates go by order of payment, so they may change.',
    ),
    either(
      `신선식품이라 보낸 뒤 단순 변심 반품은 어려워요. 상하거나 깨진 상자는 받고 ${policy.claimHours}시간 안에 알려 주시면 환불하거나 다시 보내 드려요.`,
      `Fresh produce cannot be returned for a change of mind once shipped. Tell us within ${policy.claimHours} hours of delivery if a box is spoiled or broken, and we refund or resend it.`,
    ),
  ].join('\n');
}

function storePageChoice(pagesUrl: string | null, storeId: string, { labels }: Tongue): Choice[] {
  if (pagesUrl === null) return [];
  return [{ label: labels.storeInfo, url: `${pagesUrl.replace(/\/$/, '')}/store/${storeId}` }];
}

type OfferedParcel = Offer['parcels'][number];

function fullParcel(
  parcel: OfferedParcel,
  {
    number,
    isMasked,
    tongue: { either, words },
  }: { readonly number: number | null; readonly isMasked: boolean; readonly tongue: Tongue },
): string {
  const { recipient, phone, address, memo, priced, harvestDate, wanted, isPreorder } = parcel;
  const day = words.day(harvestDate);
  const ships = either(`${day} 출하 예상`, `ships ${day} (estimate)`);
  const preorder = isPreorder ? either(' (예약)', ', pre-order') : '';
  const arrival = wanted?.kind === 'arrive' ? words.day(wanted.date) : null;
  const wish = arrival === null ? '' : either(` · ${arrival} 도착 희망`, ` · to arrive ${arrival}`);
  const who = isMasked
    ? [koreanWords.masked({ name: recipient, phone, address })]
    : [`${recipient} ${koreanWords.phone(phone)}`, address];
  return [
    `${number === null ? '' : `${number}) `}${who.join('\n')}`,
    ...(memo ? [`${either('메모', 'Note')}: ${memo}`] : []),
    `${words.items(priced)} · ${ships}${preorder}${wish}`,
  ].join('\n');
}

/** Enough of each to notice a wrong one. */
function shortParcel(
  parcel: OfferedParcel,
  { index, tongue: { either, words } }: { readonly index: number; readonly tongue: Tongue },
): string {
  const place = parcel.address.slice(0, SHORT_ADDRESS_CHARS);
  const date = words.day(parcel.harvestDate).replace(/\(.\)/, '');
  const preorder = parcel.isPreorder ? either(' (예약)', ' (pre-order)') : '';
  return `${index + 1}) ${parcel.recipient} ${words.boxes(parcel.boxes)} ${date}${preorder} ${parcel.phone.slice(-4)} ${place}`;
}

/** What the open card waits for, said behind the answer to something else. */
export function confirmReminder(draftId: string, cardNo: number): Reply {
  return inBoth((tongue) =>
    say(
      tongue.either(
        '작성하신 주문서가 있어요. 주문하시려면 [주문 확정]을 눌러 주세요. 바꾸실 내용은 그대로 적어 주세요.',
        'Your order is not placed yet. Press [Confirm order] to place it, or just write what to change.',
      ),
      cardChoices(draftId, cardNo, tongue),
    ),
  );
}

function cardChoices(draftId: string, cardNo: number, { labels }: Tongue): Choice[] {
  const ref = `${draftId}.${cardNo}`;
  return [
    pressable(labels.confirm, { key: `confirm:${ref}`, act: 'confirm', ref }),
    pressable(labels.edit, { key: null, act: 'edit', ref }),
    pressable(labels.drop, { key: null, act: 'drop', ref }),
  ];
}

export function whatToEdit(): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '바꿀 내용을 그대로 적어 주세요. 예) 2상자 말고 3상자요 / 주소는 … 로 바꿔 주세요',
        'Just write what to change. e.g. make it 3 boxes / change the address to …',
      ),
      [choice(labels.drop)],
    ),
  );
}

export function whomToDrop(): Reply {
  return inBoth(({ either }) =>
    say(
      either(
        '어느 분을 뺄까요? 성함을 적어 주세요. 모두 그만두시려면 [그만두기]를 눌러 주세요.',
        'Which recipient shall I take out? Please write the name. To drop the whole order, press [Discard].',
      ),
    ),
  );
}

export function dropped(): Reply {
  return inBoth(({ either, start }) =>
    say(
      either(
        '주문서를 지웠어요. 언제든 다시 적어 보내 주세요.',
        'I have discarded that order. Write to me whenever you like.',
      ),
      start,
    ),
  );
}

export function nothingToConfirm(): Reply {
  return inBoth(({ either, start }) =>
    say(
      either(
        '확정할 주문서가 없어요. 주문 내용을 다시 적어 보내 주세요.',
        'There is no order to confirm. Please send it again.',
      ),
      start,
    ),
  );
}

export function cardIsOld(): Reply {
  return inBoth(({ either }) =>
    say(
      either(
        '주문서가 그 뒤에 바뀌었어요. 아래 새 주문서를 확인해 주세요.',
        'The order has changed since then. Please check the new one below.',
      ),
    ),
  );
}

export function orderAgain(order: Order, ref: string): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        `조금 전에 같은 내용으로 주문하셨어요 (${order.code}). 하나 더 주문할까요?`,
        `You placed the same order a moment ago (${order.code}). Shall I place another one?`,
      ),
      [
        pressable(labels.confirm, { key: `again:${ref}`, act: 'again', ref }),
        pressable(labels.drop, { key: null, act: 'drop', ref }),
      ],
    ),
  );
}

/** Why the wish cannot be met, and the nearest dates that can; in arrivals for who wished for one. */
export function noDateOnWish(error: DomainError): Reply {
  const { wish, before, after, why, arriveDays } = error.detail;
  const dates = [before, after].filter((date): date is string => typeof date === 'string');
  const transit = typeof arriveDays === 'number' ? arriveDays : null;
  const meant = (date: string) => (transit === null ? date : addDays(date, transit));
  return inBoth((tongue) => {
    const { either, words, labels } = tongue;
    const ships = typeof wish === 'string' ? words.day(wish) : '';
    const arrives = typeof wish === 'string' ? words.day(meant(wish)) : '';
    const head =
      transit === null
        ? either(`${ships} 출하는 어려워요.`, `It cannot ship on ${ships}:`)
        : either(
            `${arrives} 도착은 ${ships}에 보내야 해서 어려워요.`,
            `To arrive on ${arrives} it would have to ship on ${ships}:`,
          );
    const because = `${head} ${wishRefusal(typeof why === 'string' ? why : '', tongue)}`;
    if (dates.length === 0)
      return say(
        `${because} ${either('날짜 없이 주문하시겠어요?', 'Would you like to order without a date?')}`,
        [choice(labels.drop)],
      );
    const days = dates.map((date) => words.day(meant(date)));
    const offer =
      transit === null
        ? either(
            `${days.join('이나 ')} 출하는 어떠세요?`,
            `How about shipping on ${days.join(' or ')}?`,
          )
        : either(`${days.join('이나 ')} 도착은 어떠세요?`, `How about ${days.join(' or ')}?`);
    return say(`${because}\n${offer}`, [
      ...dates.map((date) =>
        dateChoice(meant(date), {
          either,
          day: words.day(meant(date)),
          isArrival: transit !== null,
        }),
      ),
      choice(labels.drop),
    ]);
  });
}

function wishRefusal(why: string, { either }: Tongue): string {
  if (why === 'past') return either('이미 지난 날이에요.', 'that day is past.');
  if (why === 'too-far')
    return either(
      '그렇게 먼 날은 아직 정할 수 없어요.',
      'that is further ahead than we can promise yet.',
    );
  if (why.startsWith('closed') || why === 'before-holiday')
    return either('그날은 농장이 쉬어요.', 'the farm is closed that day.');
  if (why === 'cutoff' || why === 'list-is-out')
    return either('그날 보낼 목록은 이미 정해졌어요.', 'the list of that day is already fixed.');
  if (why.endsWith('season'))
    return either('그때는 출하 철이 아니에요.', 'that is outside the season.');
  return either('그날은 자리가 없어요.', 'there is no room that day.');
}

function dateChoice(
  date: string,
  {
    either,
    day,
    isArrival,
  }: {
    readonly either: Tongue['either'];
    readonly day: string;
    readonly isArrival: boolean;
  },
): Choice {
  const korean = `${Number(date.slice(5, 7))}월 ${Number(date.slice(8))}일`;
  const english = day.replace(/^\w+, /, '');
  return isArrival
    ? {
        label: either(`${day} 도착`, day),
        say: either(`${korean} 도착으로 해주세요`, `please let it arrive on ${english}`),
      }
    : {
        label: either(`${day} 출하`, day),
        say: either(`${korean} 발송으로 해주세요`, `please ship on ${english}`),
      };
}
