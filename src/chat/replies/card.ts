// Buyer: the draft, from the first question to the card that is confirmed.
import type { KnownRecipient, Question, ReadRecipient } from '../../language/reading.ts';
import type { DomainError } from '../../orders/errors.ts';
import type { Order } from '../../orders/order.ts';
import type { Offer } from '../../orders/placing.ts';
import type { Product, Shop } from '../../orders/shop.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { BUTTONS, CHOICES_MAX, choice, pressable, START_CHOICES, say } from './parts.ts';

const FIELD_QUESTIONS = {
  name: '받는 분 성함을 알려 주세요.',
  phone: '받는 분 연락처를 알려 주세요.',
  address: '주소를 도로명이나 번지까지 알려 주세요.',
  boxes: '몇 상자 보내 드릴까요?',
  product: '어떤 상품으로 드릴까요?',
} as const;

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
  const whose =
    recipient === null || recipients.length < 2
      ? ''
      : `${recipients[recipient]?.name ?? `${recipient + 1}번째 분`}: `;
  const choices = field === 'product' ? products.slice(0, CHOICES_MAX) : [];
  return say(
    maxBoxes === null
      ? `${whose}${FIELD_QUESTIONS[field]}`
      : `한 번에 1상자부터 ${maxBoxes}상자까지 주문하실 수 있어요. ${whose}${FIELD_QUESTIONS[field]}`,
    choices.map(({ name }) => choice(name)),
  );
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
  const lines = words.maskedApart(fitting).map((line, index) => `${index + 1}) ${line}`);
  return say(
    [`"${word.trim()}", 어느 분께 보낼까요?`, ...lines].join('\n'),
    fitting.map(({ id, name }, index) => ({
      label: `${index + 1}) ${words.maskedName(name)}`,
      say: String(index + 1),
      press: { key: null, act: 'recipient', ref: `${question}.${id}` },
    })),
  );
}

export function noEarlierOrder(): Reply {
  return say(
    '지난 주문이 아직 없어요. 받는 분 성함, 연락처, 주소, 상자 수를 적어 주세요.',
    START_CHOICES,
  );
}

/** Everything that will be sent and paid; recipients get one line each where there are many. */
export function card(
  shop: Shop,
  offer: Offer,
  {
    draftId,
    cardNo,
    sender,
    depositor,
    memo,
    known,
    roomChars,
    pagesUrl,
  }: {
    draftId: string;
    cardNo: number;
    sender: string | null;
    depositor: string | null;
    memo: string | null;
    /** Recipients who were named and not typed: shown masked. */
    known: readonly ReadRecipient[];
    roomChars: number;
    pagesUrl: string | null;
  },
): Reply {
  const money = [
    `상품 ${words.won(offer.goodsKrw)}`,
    `배송비 ${words.won(offer.shippingKrw)}`,
    ...(offer.surchargeKrw > 0 ? [`추가 배송비 ${words.won(offer.surchargeKrw)}`] : []),
  ].join(' + ');
  const head = [
    '주문서를 확인해 주세요.',
    `합계 ${words.won(offer.totalKrw)}`,
    money,
    ...(sender ? [`보내는 분: ${sender}`] : []),
    ...(depositor ? [`입금자: ${depositor}`] : []),
    ...(memo ? [`메모: ${memo}`] : []),
  ].join('\n');
  const rules = cardTerms(shop);
  const room = roomChars - head.length - rules.length - CARD_SPARE_CHARS;
  const full = offer.parcels.map((parcel, index) =>
    fullParcel(parcel, {
      number: offer.parcels.length > 1 ? index + 1 : null,
      isMasked: known.some(
        ({ name, phone, address }) =>
          name === parcel.recipient && phone === parcel.phone && address === parcel.address,
      ),
    }),
  );
  const isLong = full.join('\n\n').length > room;
  const parcels = isLong ? offer.parcels.map(shortParcel).join('\n') : full.join('\n\n');
  const page = storePageChoice(pagesUrl, shop.id);
  return { texts: [head, parcels, rules], choices: [...cardChoices(draftId, cardNo), ...page] };
}

/** What a buyer agrees to, in short; the page behind the card's link says it whole. */
export function cardTerms({ policy }: Shop): string {
  return [
    '출하일은 입금 순서라 바뀔 수 있어요.',
    `신선식품이라 보낸 뒤 단순 변심 반품은 어려워요. 상하거나 깨진 상자는 받고 ${policy.claimHours}시간 안에 알려 주시면 환불하거나 다시 보내 드려요.`,
  ].join('\n');
}

function storePageChoice(pagesUrl: string | null, storeId: string): Choice[] {
  if (pagesUrl === null) return [];
  return [{ label: BUTTONS.storeInfo, url: `${pagesUrl.replace(/\/$/, '')}/store/${storeId}` }];
}

type OfferedParcel = Offer['parcels'][number];

function fullParcel(
  parcel: OfferedParcel,
  { number, isMasked }: { readonly number: number | null; readonly isMasked: boolean },
): string {
  const { recipient, phone, address, memo, priced, harvestDate, wanted, isPreorder } = parcel;
  const wish = wanted?.kind === 'arrive' ? ` · ${words.day(wanted.date)} 도착 희망` : '';
  const who = isMasked
    ? [words.masked({ name: recipient, phone, address })]
    : [`${recipient} ${words.phone(phone)}`, address];
  return [
    `${number === null ? '' : `${number}) `}${who.join('\n')}`,
    ...(memo ? [`메모: ${memo}`] : []),
    `${words.items(priced)} · ${words.day(harvestDate)} 출하 예상${isPreorder ? ' (예약)' : ''}${wish}`,
  ].join('\n');
}

/** Enough of each to notice a wrong one. */
function shortParcel(parcel: OfferedParcel, index: number): string {
  const place = parcel.address.slice(0, SHORT_ADDRESS_CHARS);
  const date = words.day(parcel.harvestDate).replace(/\(.\)/, '');
  return `${index + 1}) ${parcel.recipient} ${parcel.boxes}상자 ${date} ${parcel.phone.slice(-4)} ${place}`;
}

/** What the open card waits for, said behind the answer to something else. */
export function confirmReminder(draftId: string, cardNo: number): Reply {
  return say(
    '작성하신 주문서가 있어요. 주문하시려면 [주문 확정]을 눌러 주세요. 바꾸실 내용은 그대로 적어 주세요.',
    cardChoices(draftId, cardNo),
  );
}

function cardChoices(draftId: string, cardNo: number): Choice[] {
  const ref = `${draftId}.${cardNo}`;
  return [
    pressable(BUTTONS.confirm, { key: `confirm:${ref}`, act: 'confirm', ref }),
    pressable(BUTTONS.edit, { key: null, act: 'edit', ref }),
    pressable(BUTTONS.drop, { key: null, act: 'drop', ref }),
  ];
}

export function whatToEdit(): Reply {
  return say('바꿀 내용을 그대로 적어 주세요. 예) 2상자 말고 3상자요 / 주소는 … 로 바꿔 주세요', [
    choice(BUTTONS.drop),
  ]);
}

export function whomToDrop(): Reply {
  return say('어느 분을 뺄까요? 성함을 적어 주세요. 모두 그만두시려면 [그만두기]를 눌러 주세요.');
}

export function dropped(): Reply {
  return say('주문서를 지웠어요. 언제든 다시 적어 보내 주세요.', START_CHOICES);
}

export function nothingToConfirm(): Reply {
  return say('확정할 주문서가 없어요. 주문 내용을 다시 적어 보내 주세요.', START_CHOICES);
}

export function cardIsOld(): Reply {
  return say('주문서가 그 뒤에 바뀌었어요. 아래 새 주문서를 확인해 주세요.');
}

export function orderAgain(order: Order, ref: string): Reply {
  return say(`조금 전에 같은 내용으로 주문하셨어요 (${order.code}). 하나 더 주문할까요?`, [
    pressable(BUTTONS.confirm, { key: `again:${ref}`, act: 'again', ref }),
    pressable(BUTTONS.drop, { key: null, act: 'drop', ref }),
  ]);
}

export function noDateOnWish(error: DomainError): Reply {
  const { wish, before, after } = error.detail;
  const dates = [before, after].filter((date): date is string => typeof date === 'string');
  const head = `원하신 날짜에는 자리가 없어요${typeof wish === 'string' ? ` (${words.day(wish)} 출하)` : ''}.`;
  if (dates.length === 0) return say(`${head} 날짜 없이 주문하시겠어요?`, [choice(BUTTONS.drop)]);
  return say(`${head} ${dates.map((date) => words.day(date)).join('이나 ')} 출하는 어떠세요?`, [
    ...dates.map((date) => ({
      label: `${words.day(date)} 출하`,
      say: `${Number(date.slice(5, 7))}월 ${Number(date.slice(8))}일 발송으로 해주세요`,
    })),
    choice(BUTTONS.drop),
  ]);
}
