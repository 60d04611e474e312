// Every sentence people read. Short, warm 해요체, numbers first, one question at a time.
import type { Question } from '../language/reading.ts';
import type { NoticeKind, RefundState } from '../orders/change.ts';
import { localDate } from '../orders/dates.ts';
import type { DomainError } from '../orders/errors.ts';
import type { Explained, Reason } from '../orders/explain.ts';
import { CAP_BOXES_MAX, type CapResult } from '../orders/farm-day.ts';
import type { Day } from '../orders/harvest.ts';
import {
  canCancel,
  depositorLine,
  dueKrw,
  isLive,
  type Order,
  type Package,
  type Parcel,
} from '../orders/order.ts';
import type { Offer } from '../orders/placing.ts';
import type { ReportResult } from '../orders/reporting.ts';
import {
  type BankAccount,
  DEFAULT_POLICY,
  type Product,
  productsOnSale,
  type Shop,
} from '../orders/shop.ts';
import type {
  Audience,
  Complaint,
  DayEnd,
  DayList,
  DayListRow,
  Letter,
  OpenRefund,
  Totals,
} from '../orders/store.ts';
import type { ReportTrace } from '../orders/undoing.ts';
import type { Choice, Press, Refusal, Reply, SendFailure } from './bot.ts';
import * as words from './words.ts';

/** Labels are the same on every platform; pressing one says the same words. */
export const BUTTONS = {
  order: '주문하기',
  status: '주문조회',
  info: '가격·안내',
  stores: '상점',
  menu: '메뉴',
  cancelOrder: '주문 취소',
  confirm: '주문 확정',
  edit: '수정',
  drop: '그만두기',
  kakaoPaySend: '카카오페이 송금',
  copyAccount: '계좌 복사',
  paid: '입금했어요',
  skip: '건너뛰기',
  track: '배송조회',
  changeAddress: '주소 변경',
  cancelYes: '네, 취소해요',
  changeYes: '네, 바꿔요',
  storeInfo: '판매자 정보·환불 안내',
  no: '아니요',
  refundAccount: '환불 계좌',
  wait: '기다릴게요',
  cancelParcel: '이 상자 취소',
  statusOff: '그만 받기',
  statusOn: '소식 다시 받기',
  received: '받았어요',
  notYet: '아직이에요',
  trouble: '문제가 있어요',
  list: '목록',
  harvest: '수확',
  pack: '포장',
  ship: '발송',
  today: '오늘',
  unpaid: '미입금',
  undo: '되돌려',
  refunds: '환불',
  claims: '클레임',
  removeStaff: '내보내기',
  forgetYes: '네, 지워 주세요',
  yes: '네',
  next: '다음',
  letters: '실패 알림',
  retry: '재시도',
  reword: '고쳐서',
  discard: '버림',
} as const;

export const CARRIER_NAMES: Readonly<Record<string, string>> = {
  'kr.cjlogistics': 'CJ대한통운',
  'kr.epost': '우체국택배',
  'kr.hanjin': '한진택배',
  'kr.lotte': '롯데택배',
  'kr.logen': '로젠택배',
};

/** Where a waybill can be looked up; the carriers' public pages. */
const TRACKING_PAGES: Readonly<Record<string, string>> = {
  'kr.cjlogistics': 'https://trace.cjlogistics.com/next/tracking.html?wblNo=',
  'kr.epost': 'https://service.epost.go.kr/trace.RetrieveDomRigiTraceList.comm?sid1=',
  'kr.lotte': 'https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo=',
  'kr.logen': 'https://www.ilogen.com/web/personal/trace/',
};

const STATE_WORDS: Readonly<Record<Parcel['state'], string>> = {
  waiting: '날짜 기다림',
  scheduled: '출하 예정',
  harvested: '수확 완료',
  packed: '포장 완료',
  shipped: '발송 완료',
  delivered: '배송 완료',
  cancelled: '취소됨',
  returned: '반송됨',
};

const FIELD_QUESTIONS = {
  name: '받는 분 성함을 알려 주세요.',
  phone: '받는 분 연락처를 알려 주세요.',
  address: '주소를 도로명이나 번지까지 알려 주세요.',
  boxes: '몇 상자 보내 드릴까요?',
  product: '어떤 상품으로 드릴까요?',
} as const;

const START_CHOICES = [BUTTONS.order, BUTTONS.status, BUTTONS.info].map(choice);
const LIST_PAGE_SPARE_CHARS = 120;
const QUOTE_CHARS_MAX = 300;
const CARD_SPARE_CHARS = 40;
const SHORT_ADDRESS_CHARS = 12;
const CHOICES_MAX = 10;
const CODES_SHOWN_MAX = 5;
const REASONS_SHOWN_MAX = 5;
const STORES_SHOWN_MAX = 8;
const STORE_PRODUCTS_SHOWN = 3;

export function choice(label: string): Choice {
  return { label, say: label };
}

function pressable(label: string, press: Press): Choice {
  return { label, say: label, press };
}

export function say(text: string, choices: readonly Choice[] = []): Reply {
  return { texts: [text], choices };
}

/** Bubbles of several replies, one after another, with the choices of all. */
export function together(replies: readonly Reply[]): Reply {
  return {
    texts: replies.flatMap(({ texts }) => texts),
    choices: replies.flatMap(({ choices }) => choices),
  };
}

// What bots say by themselves

export const BOT_WORDS = {
  late: '조금만 기다려 주세요. 잠시 뒤에 같은 말을 한 번 더 보내 주시면 바로 답해 드릴게요.',
  broken: '지금 답을 드리지 못했어요. 잠시 뒤에 다시 보내 주세요.',
  unreadable: '메시지를 읽지 못했어요. 글로 다시 보내 주세요.',
  tooLarge: '메시지가 너무 커요. 글로 짧게 나눠 보내 주세요.',
} as const;

/** What the pages of the web chat say around the conversation. */
export const PAGE_WORDS = {
  log: '대화',
  me: '나',
  shop: '상점',
  message: '메시지',
  placeholder: '메시지를 적어 주세요',
  send: '보내기',
  busy: '답을 쓰고 있어요',
  newer: '아래에 더 있어요',
  lost: '연결이 끊겼어요. 다시 잇고 있어요.',
  failed: '보내지 못했어요. 보내기를 다시 눌러 주세요.',
  nothing: '…',
  notSent: '보내지 못했어요',
  broken: BOT_WORDS.broken,
  unreadable: BOT_WORDS.unreadable,
  tooLarge: BOT_WORDS.tooLarge,
  tooFast: '조금 빨라요. 1분 뒤에 다시 보내 주세요.',
  foreign: '채팅 화면에서 보내 주세요.',
  toChat: '채팅으로 가기',
  noStore: { title: '이런 상점이 없어요', text: '주소를 다시 확인해 주세요.' },
  noPage: { title: '이런 화면이 없어요', text: '주소를 다시 확인해 주세요.' },
  tooOften: {
    title: '잠시 뒤에 열어 주세요',
    text: '너무 자주 열었어요. 1분 뒤에 다시 해 주세요.',
  },
  links: {
    forged: {
      title: '맞지 않는 링크예요',
      text: '주소가 중간에 잘리지 않았는지 확인하거나 링크를 다시 받아 주세요.',
    },
    expired: {
      title: '시간이 지난 링크예요',
      text: '링크는 15분 동안만 열려요. 새 링크를 받아 주세요.',
    },
    used: {
      title: '이미 쓴 링크예요',
      text: '링크는 한 번만 열려요. 새 링크를 받아 주세요.',
    },
  },
} as const;

/** Names a page by its store and, for staff, by what they are there. */
export function pageTitle(shop: Shop | null, roles: readonly string[]): string {
  const names = roles.map((role) => ROLE_WORDS[role] ?? role).join('·');
  const where = shop?.name ?? '산지';
  return names === '' ? where : `${where} · ${names}`;
}

export function broken(): Reply {
  return say(BOT_WORDS.broken);
}

export function crowded(): Reply {
  return say('지금 주문이 몰려요. 1분 뒤에 다시 보내 주세요.');
}

export function tooLong(charsMax: number): Reply {
  return say(
    `메시지가 너무 길어요. ${charsMax.toLocaleString('en-US')}자 안으로 나눠 보내 주세요.`,
  );
}

export function attachment(): Reply {
  return say('사진이나 음성은 읽지 못해요. 주문은 글로 보내 주세요 🙂', START_CHOICES);
}

// Buyer: looking around

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
  return say([...products.map(productLine), shipping, ...free].join('\n'), START_CHOICES);
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
  return say(`${shop.name}에서 지금 주문을 잠시 쉬고 있어요. 다시 열리면 주문하실 수 있어요.`, [
    choice(BUTTONS.status),
  ]);
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

function contactLine(shop: Shop): string {
  const contact = shop.policy.contact ?? shop.business?.phone ?? null;
  return contact === null
    ? '판매자에게 직접 물어봐 주세요.'
    : `판매자 ${contact}로 연락해 주시면 바로 도와드려요.`;
}

// Buyer: why a date

export type WhyDate = {
  /** Null while it is a card. */
  readonly code: string | null;
  readonly recipient: string;
  readonly date: string;
  readonly earlier: readonly Explained[];
  readonly isPaid: boolean;
  /** What comes before it on its date; null while nothing is promised. */
  readonly place: {
    readonly parcelsBefore: number;
    readonly boxesBefore: number;
    readonly capBoxes: number;
  } | null;
};

export function whyThisDate(why: readonly WhyDate[]): Reply {
  if (why.length === 0)
    return say('앞으로 보낼 수 있는 날짜가 모두 찼어요. 자리가 나면 다시 알려 드릴게요.');
  return { texts: why.map(whyText), choices: why[0]?.code ? [choice(BUTTONS.status)] : [] };
}

function whyText({ code, recipient, date, earlier, isPaid, place }: WhyDate): string {
  const who = code === null ? `${recipient}님` : `${code} ${recipient}님`;
  const runs = runsOf(earlier, isPaid);
  const lines = runs.slice(0, REASONS_SHOWN_MAX).map(({ from, to, why }) => {
    return `· ${words.day(from)}${to === from ? '' : `~${words.day(to)}`} ${why}`;
  });
  const lastShown = runs[lines.length - 1]?.to ?? '';
  const rest = earlier.filter((one) => one.date > lastShown).length;
  return [
    `${who} ${words.day(date)} 출하${isPaid ? ' 예정이에요' : ' 예상이에요'}. ${earlier.length === 0 ? '가장 빠른 날이에요.' : '그 전 날짜는 이래서 어려워요.'}`,
    ...lines,
    ...(rest > 0 ? [`· 그 밖에 ${rest}일도 어려워요`] : []),
    queueText(place, isPaid),
  ].join('\n');
}

function queueText(place: WhyDate['place'], isPaid: boolean): string {
  if (!isPaid) return '입금하신 순서로 자리가 정해져요. 그래서 날짜가 바뀔 수 있어요.';
  if (place === null) return '입금하신 순서로 보내 드려요.';
  return place.boxesBefore === 0
    ? `그날 맨 먼저예요. 하루 ${place.capBoxes}상자까지 입금 순서로 보내요.`
    : `그날 앞에 ${place.boxesBefore}상자가 있어요. 하루 ${place.capBoxes}상자까지 입금 순서로 보내요.`;
}

/** Dates in a row with the same reason are one line. */
function runsOf(
  earlier: readonly Explained[],
  isPaid: boolean,
): readonly { readonly from: string; readonly to: string; readonly why: string }[] {
  const runs: { from: string; to: string; why: string }[] = [];
  for (const { date, reason } of earlier) {
    const why = reasonText(reason, isPaid);
    const last = runs.at(-1);
    if (last?.why === why) last.to = date;
    else runs.push({ from: date, to: date, why });
  }
  return runs;
}

function reasonText(reason: Reason, isPaid: boolean): string {
  switch (reason.kind) {
    case 'wish':
      return `${words.day(reason.date)} 출하를 원하셨어요`;
    case 'before-season':
      return `${reason.product} 출하 철 전이에요`;
    case 'after-season':
      return `${reason.product} 출하 철이 지났어요`;
    case 'closed-weekday':
    case 'closed-date':
    case 'closed-by-farmer':
      return '농장이 쉬어요';
    case 'before-holiday':
      return '공휴일 전날이라 쉬어요';
    case 'cutoff':
      return `그날 마감(${reason.time})이 지났어요`;
    case 'list-is-out':
      return '보낼 목록이 이미 정해졌어요';
    case 'full':
      return `${reason.capBoxes}상자 중 ${reason.reservedBoxes}상자가 찼어요`;
    case 'product-full':
      return `${reason.product} 하루 ${reason.capBoxes}상자가 찼어요`;
    case 'freed-since':
      return isPaid ? '입금하신 뒤에 자리가 났어요' : '자리가 있어요';
  }
}

// Buyer: the draft

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
    roomChars,
    pagesUrl,
  }: {
    draftId: string;
    cardNo: number;
    sender: string | null;
    depositor: string | null;
    memo: string | null;
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
    fullParcel(parcel, offer.parcels.length > 1 ? index + 1 : null),
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

function fullParcel(parcel: OfferedParcel, number: number | null): string {
  const { recipient, phone, address, memo, priced, harvestDate, wanted, isPreorder } = parcel;
  const wish = wanted?.kind === 'arrive' ? ` · ${words.day(wanted.date)} 도착 희망` : '';
  return [
    `${number === null ? '' : `${number}) `}${recipient} ${words.phone(phone)}`,
    address,
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

/** Why the rules refuse a draft or a command, in words for the buyer. */
export function refused(error: DomainError, shop: Shop): Reply {
  const { detail } = error;
  switch (error.code) {
    case 'over_capacity':
      return say(
        detail.per === 'parcel'
          ? `한 곳에는 하루에 ${detail.maxBoxes}상자까지 보낼 수 있어요. 상자 수를 나눠서 알려 주세요.`
          : `한 번에 ${detail.maxBoxes}상자까지 주문하실 수 있어요. 상자 수를 줄여 주세요.`,
      );
    case 'no_date':
      return say(
        '앞으로 보낼 수 있는 날짜가 모두 찼어요. 자리가 나면 다시 주문하실 수 있어요.',
        START_CHOICES,
      );
    case 'out_of_season':
      return say(
        typeof detail.saleFrom === 'string'
          ? `${detail.product}: ${words.day(detail.saleFrom)}부터 주문하실 수 있어요.`
          : `${detail.product}: 지금은 판매하지 않아요.`,
        START_CHOICES,
      );
    case 'not_served':
      return say(`그 주소로는 보내 드리지 못해요. ${contactLine(shop)}`);
    case 'store_paused':
      return storePaused(shop);
    case 'not_cancellable':
      return say(
        detail.state === 'expired'
          ? '입금 시간이 지나 이미 끝난 주문이에요.'
          : `이미 보낸 상자라 취소할 수 없어요. ${contactLine(shop)}`,
      );
    case 'not_changeable':
      return say(`이미 수확한 상자라 바꿀 수 없어요. ${contactLine(shop)}`);
    case 'not_payable':
      return say(
        detail.state === 'expired'
          ? '입금 시간이 지나 끝난 주문이에요. 받으신 돈은 돌려 드리거나 새 주문으로 받아 주세요.'
          : '입금을 기다리는 주문이 아니에요.',
      );
    case 'busy':
      return crowded();
    default:
      return say('그건 지금 할 수 없어요. 주문 내용을 다시 확인해 주세요.', START_CHOICES);
  }
}

// Buyer: after the order

export function ordered(shop: Shop, order: Order): Reply {
  const { bank } = shop.policy;
  const due = dueKrw(order);
  const until = words.moment(order.payBy, shop.policy.timeZone);
  const name = depositorOf(order);
  return {
    texts: [
      [
        `주문번호 ${order.code}`,
        `입금하실 금액 ${words.won(due)}`,
        ...(bank ? [bankLine(bank)] : ['계좌는 판매자가 알려 드려요.']),
        `${until}까지 입금해 주세요. 그때까지 입금이 없으면 자동으로 취소돼요.`,
        '입금자 이름은 아래처럼 적어 주세요.',
      ].join('\n'),
      depositorLine(name, order.code),
    ],
    choices: payChoices(bank, order),
  };
}

function depositorOf(order: Order): string {
  return (
    order.depositor ??
    order.sender?.name ??
    order.buyer.name ??
    order.parcels[0]?.recipient ??
    order.code
  );
}

function bankLine(bank: BankAccount): string {
  return `${bank.name} ${bank.account} ${bank.holder}`;
}

function payChoices(bank: BankAccount | null, order: Order): Choice[] {
  return [
    pressable(BUTTONS.paid, { key: null, act: 'paid', ref: order.id }),
    ...(bank ? [choice(BUTTONS.copyAccount)] : []),
    choice(BUTTONS.status),
    pressable(BUTTONS.cancelOrder, {
      key: null,
      act: 'cancel',
      ref: order.id,
    }),
    ...(bank?.kakaoPayLink ? [{ label: BUTTONS.kakaoPaySend, url: bank.kakaoPayLink }] : []),
  ];
}

/** The account alone, to be copied with one long press. */
export function accountAlone(bank: BankAccount): Reply {
  return { texts: [bankLine(bank), bank.account], choices: [choice(BUTTONS.paid)] };
}

export function askPhone(): Reply {
  return say(
    '배송 중 연락드릴 주문하신 분 전화번호를 알려 주세요. 받는 분과 같으면 건너뛰셔도 돼요.',
    [choice(BUTTONS.skip)],
  );
}

export function phoneKept(): Reply {
  return say('고마워요. 연락이 필요할 때만 쓸게요.', [choice(BUTTONS.status)]);
}

export function phoneSkipped(): Reply {
  return say('네, 괜찮아요. 입금이 확인되면 바로 알려 드릴게요.', [choice(BUTTONS.status)]);
}

export function claimedPaid(order: Order, shop: Shop): Reply {
  return say(
    `고마워요. ${order.code} ${words.won(dueKrw(order))} 입금이 확인되는 대로 바로 알려 드릴게요.`,
    [choice(BUTTONS.status), ...(shop.policy.bank ? [choice(BUTTONS.copyAccount)] : [])],
  );
}

export function claimedDifference(order: Order, { amountKrw }: Difference): Reply {
  return say(
    `고마워요. ${order.code} ${words.won(amountKrw)} 추가 입금이 확인되는 대로 바꾸고 알려 드릴게요.`,
    [choice(BUTTONS.status)],
  );
}

export function claimedLate(code: string): Reply {
  return say(`${code} 주문은 입금 시간이 지났어요. 판매자에게 알렸으니 확인하고 연락드릴게요.`, [
    choice(BUTTONS.status),
  ]);
}

export function nothingToPay(order: Order | null): Reply {
  return order === null
    ? say(
        '입금을 기다리는 주문이 없어요. 주문은 받는 분, 연락처, 주소, 상자 수를 적어 보내 주세요.',
        START_CHOICES,
      )
    : say(`${order.code} 주문은 입금이 확인됐어요.`, [choice(BUTTONS.status)]);
}

export function noOrders(): Reply {
  return say(
    '아직 주문이 없어요. 받는 분과 상자 수를 적어 보내 주시면 바로 시작해요.',
    START_CHOICES,
  );
}

export type StepTimes = ReadonlyMap<string, string>;

/** What must be paid before a change of an order is made. */
export type Difference = { readonly amountKrw: number; readonly payBy: string };

type OrderSeen = {
  readonly order: Order;
  readonly times: StepTimes;
  readonly difference: Difference | null;
};

/** Orders newest first, each with its step, the step's time, and the date or the waybills. */
export function orderStatus(orders: readonly OrderSeen[], shop: Shop): Reply {
  const texts = orders.map((seen) => statusText(seen, shop));
  const newest = orders[0]?.order;
  const canPay = newest?.state === 'awaiting_payment';
  const isOpen = canPay || newest?.state === 'paid';
  return {
    texts,
    choices: [
      ...(canPay ? [choice(BUTTONS.paid), choice(BUTTONS.copyAccount)] : []),
      ...(isOpen
        ? [
            choice(BUTTONS.status),
            // What has left can be neither called back nor sent elsewhere.
            ...(newest?.parcels.some(canCancel)
              ? [choice(BUTTONS.cancelOrder), choice(BUTTONS.changeAddress)]
              : [choice(BUTTONS.order)]),
          ]
        : START_CHOICES),
    ],
  };
}

function statusText({ order, times, difference }: OrderSeen, shop: Shop): string {
  const zone = shop.policy.timeZone;
  const head = `${order.code} · ${orderStateWords(order)}`;
  if (order.state === 'awaiting_payment')
    return [
      head,
      `입금하실 금액 ${words.won(dueKrw(order))} (${words.moment(order.payBy, zone)}까지)`,
      `입금자 이름 ${depositorLine(depositorOf(order), order.code)}`,
      ...order.parcels.map(
        (p) => `${parcelHead(p)} · ${p.harvestDate ? `${words.day(p.harvestDate)} 출하 예상` : ''}`,
      ),
    ].join('\n');
  if (order.state === 'expired' || order.state === 'cancelled')
    return [head, ...order.parcels.map(parcelHead)].join('\n');
  const paidAt = order.paidAt === null ? [] : [`입금 확인 ${words.moment(order.paidAt, zone)}`];
  const waits = difference === null ? [] : [differenceLine(difference, zone)];
  const parcels = order.parcels.map((p) => parcelStatus(p, times, zone));
  return [head, ...paidAt, ...parcels, ...waits].join('\n');
}

function differenceLine({ amountKrw, payBy }: Difference, zone: string): string {
  return `바꾸시려면 ${words.won(amountKrw)} 더 입금 (${words.moment(payBy, zone)}까지)`;
}

function orderStateWords(order: Order): string {
  if (order.state === 'awaiting_payment') return '입금 대기';
  if (order.state === 'expired') return '입금 시간이 지나 취소됨';
  if (order.state === 'cancelled') return '취소됨';
  const live = order.parcels.filter(isLive);
  const sent = live.filter(({ state }) => state === 'shipped' || state === 'delivered');
  const arrived = live.filter(({ state }) => state === 'delivered');
  if (arrived.length === live.length) return '배송 완료';
  if (sent.length === live.length) return '발송 완료';
  if (sent.length > 0) return `${live.length}곳 중 ${sent.length}곳 발송`;
  return '입금완료';
}

function parcelHead(parcel: Parcel): string {
  return `${parcel.recipient}님 ${words.items(parcel.items)}`;
}

function parcelStatus(parcel: Parcel, times: StepTimes, zone: string): string {
  const date = parcel.harvestDate === null ? '' : words.day(parcel.harvestDate);
  if (parcel.state === 'scheduled') return `${parcelHead(parcel)} · ${date} 출하 예정`;
  const at = times.get(`${parcel.id}:${parcel.state}`);
  const step = `${STATE_WORDS[parcel.state]}${at ? ` ${words.moment(at, zone)}` : ''}`;
  const isReady = parcel.state === 'harvested' || parcel.state === 'packed';
  const promise = isReady ? ` · ${date} 출하 예정` : '';
  return [`${parcelHead(parcel)} · ${step}${promise}`, ...waybillLines(parcel)].join('\n');
}

function waybillLines(parcel: Parcel): string[] {
  const known = parcel.packages.filter(({ waybill }) => waybill !== null);
  if (known.length === 0) return [];
  const count = parcel.packages.length > 1 ? ` ${known.length}/${parcel.packages.length}` : '';
  return [
    `송장${count} ${known
      .map(({ carrier, waybill }) => {
        const name = carrier === null ? '' : `${CARRIER_NAMES[carrier] ?? carrier} `;
        const page = carrier === null ? undefined : TRACKING_PAGES[carrier];
        return `${name}${waybill}${page ? `\n${page}${waybill}` : ''}`;
      })
      .join(', ')}`,
  ];
}

// Buyer: cancel and change

export function confirmCancel(
  order: Order,
  { parcelIds, refundKrw, id }: { parcelIds: readonly string[]; refundKrw: number; id: string },
): Reply {
  const targets = order.parcels.filter((parcel) => parcelIds.includes(parcel.id));
  const rest = order.parcels.filter((p) => isLive(p) && !parcelIds.includes(p.id));
  const back =
    order.paidKrw > 0
      ? `취소하면 ${words.won(refundKrw)}을 돌려 드려요.`
      : '아직 입금 전이라 그대로 취소돼요.';
  return say(
    [
      `${order.code} 주문을 취소할까요?`,
      ...targets.map(parcelHead),
      ...(rest.length > 0 ? [`나머지 ${rest.length}곳은 그대로 보내 드려요.`] : []),
      back,
    ].join('\n'),
    [
      pressable(BUTTONS.cancelYes, {
        key: `cancel-yes:${id}:${order.id}`,
        act: 'cancel-yes',
        ref: id,
      }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
    ],
  );
}

export function whichToCancel(orders: readonly Order[]): Reply {
  return say(
    [
      '어느 주문을 취소할까요?',
      ...orders.map((o) => `${o.code} ${o.parcels.filter(isLive).map(parcelHead).join(' / ')}`),
    ].join('\n'),
    orders.map((order) => ({ label: `${order.code} 취소`, say: `${order.code} 취소` })),
  );
}

/** The words meant less than the whole, and not clearly what: each parcel is a button. */
export function whichParcelToCancel(orders: readonly Order[]): Reply {
  const parcels = orders.flatMap((order) =>
    order.parcels.filter(canCancel).map((parcel) => ({ order, parcel })),
  );
  return say(
    [
      '어느 상자를 취소할까요?',
      ...parcels.map(({ order, parcel }) => `${order.code} ${parcelHead(parcel)}`),
    ].join('\n'),
    [
      ...parcels.slice(0, CHOICES_MAX - 1).map(({ order, parcel }) =>
        pressable(`${parcel.recipient} 취소`, {
          key: null,
          act: 'cancel-moved',
          ref: `${order.id}:${parcel.no}`,
        }),
      ),
      choice(BUTTONS.cancelOrder),
    ],
  );
}

export function dropOrCancel(id: string): Reply {
  return say('작성 중인 주문서를 그만둘까요, 아니면 지난 주문을 취소할까요?', [
    pressable(BUTTONS.drop, { key: null, act: 'drop-draft', ref: id }),
    pressable(BUTTONS.cancelOrder, { key: null, act: 'cancel-placed', ref: id }),
  ]);
}

export function nothingToCancel(order: Order | null, shop: Shop): Reply {
  if (order === null) return say('취소할 주문이 없어요.', START_CHOICES);
  const isSent = order.parcels.some(({ state }) => state === 'shipped' || state === 'delivered');
  if (isSent) return say(`${order.code} 주문은 이미 보내서 취소할 수 없어요. ${contactLine(shop)}`);
  return say(
    `${order.code} 주문은 ${orderStateWords(order)} 상태라 취소할 것이 없어요.`,
    START_CHOICES,
  );
}

export function cancelled(
  code: string,
  { refundKrw, state, rest }: { refundKrw: number; state: RefundState | null; rest: number },
): Reply {
  const done =
    rest > 0
      ? `${code} 주문에서 취소했어요. 나머지 ${rest}곳은 그대로 보내 드려요.`
      : `${code} 주문을 취소했어요.`;
  if (refundKrw === 0 || state === null) return say(done, START_CHOICES);
  if (state === 'needs_account')
    return say(
      `${done} ${words.won(refundKrw)}을 돌려 드릴게요.\n환불받으실 은행, 계좌번호, 예금주를 한 줄로 알려 주세요. 예) 농협 302-1234-5678-91 김영희`,
      [choice(BUTTONS.refundAccount)],
    );
  return say(`${done} ${words.won(refundKrw)}을 돌려 드릴게요.`, START_CHOICES);
}

export function askRefundAccount(): Reply {
  return say(
    '환불받으실 은행, 계좌번호, 예금주를 한 줄로 알려 주세요. 예) 농협 302-1234-5678-91 김영희',
  );
}

export function noRefund(): Reply {
  return say('돌려 드릴 금액이 없어요.', [choice(BUTTONS.status)]);
}

export function refundIsOver(): Reply {
  return say('그 환불은 이미 끝났어요. 다른 점은 판매자에게 물어봐 주세요.', [
    choice(BUTTONS.status),
  ]);
}

export function refundAccountKept(): Reply {
  return say('환불 계좌를 받았어요. 판매자가 확인하고 보내 드릴게요.', [choice(BUTTONS.status)]);
}

export function notCancelled(): Reply {
  return say('네, 그대로 둘게요.', [choice(BUTTONS.status)]);
}

export function questionIsOver(): Reply {
  return say('이미 지난 질문이에요. 지금 상태는 주문조회에서 볼 수 있어요.', [
    choice(BUTTONS.status),
  ]);
}

export function askNewAddress(parcel: Parcel): Reply {
  return say(`${parcel.recipient}님께 보낼 새 주소를 적어 주세요.\n지금 주소: ${parcel.address}`);
}

export function addressChanged(parcel: { recipient: string; address: string }): Reply {
  return say(`${parcel.recipient}님 주소를 바꿨어요.\n${parcel.address}`, [choice(BUTTONS.status)]);
}

export function whoseAddress(orders: readonly Order[]): Reply {
  return say(
    '어느 분 주소를 바꿀까요?',
    orders.flatMap((order) =>
      order.parcels.filter(isLive).map((parcel) => ({
        label: `${order.code} ${parcel.recipient}`,
        say: `${order.code} ${parcel.recipient} ${BUTTONS.changeAddress}`,
      })),
    ),
  );
}

export function nothingToChange(shop: Shop): Reply {
  return say(
    `바꿀 수 있는 주문이 없어요. 수확한 뒤에는 바꾸지 못해요. ${contactLine(shop)}`,
    START_CHOICES,
  );
}

/** Where a number alone does not say which product is meant. */
export function boxesChange(order: Order): Reply {
  return say(
    `${order.code} 상자를 더 원하시면 추가로 주문해 주시고, 줄이시려면 취소 후 다시 주문해 주세요.`,
    [choice(BUTTONS.order), choice(BUTTONS.cancelOrder)],
  );
}

export function whoseBoxes(orders: readonly Order[]): Reply {
  return say(
    '어느 분 상자 수를 바꿀까요?',
    orders.flatMap((order) =>
      order.parcels.filter(isLive).map((parcel) => ({
        label: `${order.code} ${parcel.recipient}`,
        say: `${order.code} ${parcel.recipient} 상자 수 변경`,
      })),
    ),
  );
}

export function askBoxes({ recipient, items }: Parcel): Reply {
  return say(`${recipient}님께 몇 상자를 보낼까요?\n지금은 ${words.items(items)}예요.`);
}

export function boxesAsTheyAre({ recipient, items }: Parcel): Reply {
  return say(`${recipient}님 주문은 이미 ${words.items(items)}예요.`, [choice(BUTTONS.status)]);
}

export function noBoxes(order: Order): Reply {
  return say('한 상자도 보내지 않으시려면 주문을 취소해 주세요.', [
    pressable(BUTTONS.cancelOrder, { key: null, act: 'cancel', ref: order.id }),
    choice(BUTTONS.status),
  ]);
}

export function confirmBoxes(
  order: Order,
  {
    parcel,
    boxes,
    toKrw,
    question,
  }: { parcel: Parcel; boxes: number; toKrw: number; question: string },
): Reply {
  const extraKrw = toKrw - order.totalKrw;
  const money =
    order.state !== 'paid'
      ? `입금하실 금액은 ${words.won(toKrw)}이 돼요.`
      : extraKrw > 0
        ? `${words.won(extraKrw)}을 더 입금하시면 바뀌어요.`
        : extraKrw < 0
          ? `${words.won(-extraKrw)}을 돌려 드려요.`
          : '금액은 그대로예요.';
  return say(
    `${order.code} ${parcel.recipient}님 ${parcel.boxes}상자를 ${boxes}상자로 바꿀까요?\n${money}`,
    [
      pressable(BUTTONS.changeYes, {
        key: `change-yes:${order.id}:${question}`,
        act: 'change-yes',
        ref: question,
      }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: question }),
    ],
  );
}

export function boxesChanged(
  order: Pick<Order, 'state' | 'totalKrw'>,
  { recipient }: Parcel,
  boxes: number,
): Reply {
  const done = `${recipient}님 상자를 ${boxes}상자로 바꿨어요.`;
  return order.state === 'paid'
    ? say(done, [choice(BUTTONS.status)])
    : say(`${done} 입금하실 금액은 ${words.won(order.totalKrw)}이에요.`, [
        choice(BUTTONS.copyAccount),
        choice(BUTTONS.paid),
        choice(BUTTONS.status),
      ]);
}

/** The change waits for this money; without it the order stays as it was. */
export function payDifference(
  { policy }: Shop,
  order: Order,
  { amountKrw, payBy }: Difference,
): Reply {
  return {
    texts: [
      [
        `${order.code} 주문을 바꾸시려면 ${words.won(amountKrw)}을 더 입금해 주세요.`,
        ...(policy.bank ? [bankLine(policy.bank)] : ['계좌는 판매자가 알려 드려요.']),
        `${words.moment(payBy, policy.timeZone)}까지 입금되면 바뀌고, 아니면 지금 주문 그대로 보내 드려요.`,
        '입금자 이름은 아래처럼 적어 주세요.',
      ].join('\n'),
      depositorLine(depositorOf(order), order.code),
    ],
    choices: [choice(BUTTONS.copyAccount), choice(BUTTONS.status)],
  };
}

export function refundComing(refundKrw: number, needsAccount: boolean): Reply {
  const coming = `${words.won(refundKrw)}을 돌려 드릴게요.`;
  if (!needsAccount) return say(coming);
  return say(
    `${coming}\n환불받으실 은행, 계좌번호, 예금주를 한 줄로 알려 주세요. 예) 농협 302-1234-5678-91 김영희`,
    [choice(BUTTONS.refundAccount)],
  );
}

/** Why the rules refuse a change of boxes. */
export function changeRefused(error: DomainError, shop: Shop): Reply {
  const { date } = error.detail;
  if (error.code === 'no_date' && typeof date === 'string')
    return say(
      `${words.day(date)}에는 자리가 모자라 늘릴 수 없어요. 더 필요하시면 따로 주문해 주세요.`,
      [choice(BUTTONS.order), choice(BUTTONS.status)],
    );
  return refused(error, shop);
}

export function complaint(shop: Shop): Reply {
  return say(`불편을 드려 정말 죄송해요. 판매자에게 바로 알렸어요. ${contactLine(shop)}`, [
    choice(BUTTONS.status),
  ]);
}

export function statusWanted(isWanted: boolean): Reply {
  return isWanted
    ? say('네, 저녁에 소식을 모아 알려 드릴게요.', [choice(BUTTONS.status)])
    : say('네, 저녁 소식은 이제 보내지 않아요. 입금, 출하일, 발송은 그대로 알려 드려요.', [
        STATUS_ON,
        choice(BUTTONS.status),
      ]);
}

// Pressed, not only said: in words they are also how a farm stops and goes on taking orders.
const STATUS_ON = pressable(BUTTONS.statusOn, { key: null, act: 'status-on', ref: '' });
const STATUS_OFF = pressable(BUTTONS.statusOff, { key: null, act: 'status-off', ref: '' });

type Sent = { readonly order: Order; readonly parcels: readonly Parcel[] };

export function received(order: Order, parcels: readonly Parcel[], shop: Shop): Reply {
  const ref = `${order.id}:${parcels.map(({ no }) => no).join('.')}`;
  return say(
    [
      '알려 주셔서 고마워요. 맛있게 드세요!',
      ...parcels.map((parcel) => `${order.code} ${parcelHead(parcel)} · 배송 완료`),
      `상하거나 깨진 것이 있으면 ${shop.policy.claimHours}시간 안에 알려 주세요.`,
    ].join('\n'),
    [pressable(BUTTONS.trouble, { key: null, act: 'trouble', ref }), choice(BUTTONS.order)],
  );
}

/** Several are on their way, and the words did not say which arrived. */
export function whichReceived(sent: readonly Sent[]): Reply {
  const parcels = sent.flatMap(({ order, parcels: own }) =>
    own.map((parcel) => ({ order, parcel })),
  );
  const [only, another] = sent;
  const everything =
    only !== undefined && another === undefined
      ? [receivedChoice(`모두 ${BUTTONS.received}`, only.order, only.parcels)]
      : [];
  return say(
    [
      '어느 상자를 받으셨나요?',
      ...parcels.map(({ order, parcel }) => `${order.code} ${parcelHead(parcel)}`),
    ].join('\n'),
    [
      ...everything,
      ...parcels
        .slice(0, CHOICES_MAX - 1)
        .map(({ order, parcel }) => receivedChoice(`${parcel.recipient}님 상자`, order, [parcel])),
    ],
  );
}

function receivedChoice(label: string, order: Order, parcels: readonly Parcel[]): Choice {
  const ref = `${order.id}:${parcels.map(({ no }) => no).join('.')}`;
  return pressable(label, { key: `received:${ref}`, act: 'received', ref });
}

export function notYetThere(order: Order, parcels: readonly Parcel[]): Reply {
  const lines = parcels.flatMap((parcel) => [parcelHead(parcel), ...waybillLines(parcel)]);
  return say(
    ['아직 못 받으셨군요. 판매자에게 바로 알렸어요. 기다리게 해 드려 죄송해요.', ...lines].join(
      '\n',
    ),
    [receivedChoice(BUTTONS.received, order, parcels), choice(BUTTONS.status)],
  );
}

export function nothingOnItsWay(): Reply {
  return say('지금 가고 있는 상자가 없어요.', [choice(BUTTONS.status)]);
}

export function askTrouble(code: string): Reply {
  return say(`${code} 상자에 어떤 문제가 있나요? 짧게 적어 주시면 판매자에게 바로 전할게요.`);
}

export function noTrouble(): Reply {
  return say('네, 다행이에요. 맛있게 드세요!', [choice(BUTTONS.status)]);
}

export function waiting(): Reply {
  return say('기다려 주셔서 고마워요. 보내면 바로 알려 드릴게요.', [choice(BUTTONS.status)]);
}

// Notices to the buyer

/** A parcel that goes on another date than the one its buyer was told last. */
export type ToldMove = { readonly parcel: Parcel; readonly was: string | null };

export function paidNotice(order: Order, moves: readonly ToldMove[]): Reply {
  const moved = new Map(moves.map(({ parcel, was }) => [parcel.id, was]));
  const dates = order.parcels
    .filter((p) => isLive(p) && p.harvestDate !== null)
    .map((p) => {
      const was = moved.get(p.id);
      const before = was ? `예상 ${words.day(was)} → ` : '';
      return `${parcelHead(p)} · ${before}${words.day(p.harvestDate ?? '')} 출하 예정`;
    });
  const why = moves.length > 0 ? ['출하일이 예상과 달라졌어요.'] : [];
  return say(
    [`입금완료! ${order.code} 입금을 확인했어요.`, ...dates, ...why].join('\n'),
    moves.length > 0 ? movedChoices(order, moves) : [choice(BUTTONS.status)],
  );
}

export function movedNotice(order: Order, moves: readonly ToldMove[]): Reply {
  const lines = moves.map(
    ({ parcel, was }) =>
      `${parcelHead(parcel)} ${was ? `${words.day(was)} ` : ''}→ ${words.day(parcel.harvestDate ?? '')} 출하`,
  );
  const isLater = moves.some(({ parcel, was }) => was !== null && (parcel.harvestDate ?? '') > was);
  return say(
    [
      `${order.code} 출하일이 바뀌었어요.`,
      ...lines,
      isLater ? '기다려 주시겠어요?' : '더 일찍 보내 드려요!',
    ].join('\n'),
    isLater ? movedChoices(order, moves) : [choice(BUTTONS.status)],
  );
}

export function noDateNotice(order: Order): Reply {
  return say(
    `${order.code} 주문은 지금 보낼 수 있는 날짜가 없어요. 자리가 나는 대로 보내 드리고, 원하시면 환불해 드려요.`,
    movedChoices(order, []),
  );
}

function movedChoices(order: Order, moves: readonly ToldMove[]): Choice[] {
  const ref = `${order.id}:${moves.map(({ parcel }) => parcel.no).join('.')}`;
  return [
    choice(BUTTONS.wait),
    pressable(BUTTONS.cancelParcel, { key: null, act: 'cancel-moved', ref }),
  ];
}

export function shippedNotice(order: Order, parcelIds: readonly string[]): Reply {
  const own = order.parcels.filter((parcel) => parcelIds.includes(parcel.id));
  const lines = own.map((p) => [`${parcelHead(p)}`, ...waybillLines(p)].join('\n'));
  return say([`${order.code} 상자를 보냈어요!`, ...lines].join('\n'), [choice(BUTTONS.track)]);
}

export function deliveredNotice(order: Order, parcelIds: readonly string[]): Reply {
  const own = order.parcels.filter((parcel) => parcelIds.includes(parcel.id));
  return say([`${order.code} 배송이 끝났어요. 맛있게 드세요!`, ...own.map(parcelHead)].join('\n'));
}

export function reminder(shop: Shop, order: Order): Reply {
  const { bank } = shop.policy;
  const until = words.moment(order.payBy, shop.policy.timeZone);
  return {
    texts: [
      [
        `${order.code} 입금을 기다리고 있어요.`,
        `입금하실 금액 ${words.won(dueKrw(order))}`,
        ...(bank ? [bankLine(bank)] : []),
        `${until}까지 입금이 없으면 자동으로 취소돼요. 이미 보내셨다면 [입금했어요]를 눌러 주세요.`,
        '입금자 이름은 아래처럼 적어 주세요.',
      ].join('\n'),
      depositorLine(depositorOf(order), order.code),
    ],
    choices: payChoices(bank, order),
  };
}

const NEWS_SHOWN_MAX = 8;

/** Steps nobody told of as they happened: where each parcel stands now. */
export function dailyStatus(
  news: readonly Sent[],
  { isToday, today }: { isToday: boolean; today: string },
): Reply {
  const lines = news.flatMap(({ order, parcels }) =>
    parcels.map((parcel) => {
      const date = parcel.harvestDate ?? '';
      const when = date >= today ? `${words.day(date)} 출하 예정` : '곧 보내 드려요';
      return `${order.code} ${parcelHead(parcel)} · ${STATE_WORDS[parcel.state]} · ${when}`;
    }),
  );
  const rest = lines.length - NEWS_SHOWN_MAX;
  return say(
    [
      isToday ? '오늘 소식이에요.' : '그동안의 소식이에요.',
      ...lines.slice(0, NEWS_SHOWN_MAX),
      ...(rest > 0 ? [`그 밖에 ${rest}곳도 준비하고 있어요.`] : []),
    ].join('\n'),
    [choice(BUTTONS.status), STATUS_OFF],
  );
}

/** `받으셨나요?`, about the parcels that are still on their way. */
export function askDelivered(order: Order, parcels: readonly Parcel[]): Reply {
  return say(
    [`${order.code} 상자, 잘 받으셨나요?`, ...parcels.map(parcelHead)].join('\n'),
    deliveryChoices(order, parcels),
  );
}

function deliveryChoices(order: Order, parcels: readonly Parcel[]): Choice[] {
  const ref = `${order.id}:${parcels.map(({ no }) => no).join('.')}`;
  return [
    pressable(BUTTONS.received, { key: `received:${ref}`, act: 'received', ref }),
    pressable(BUTTONS.notYet, { key: `not-yet:${ref}`, act: 'not-yet', ref }),
    pressable(BUTTONS.trouble, { key: null, act: 'trouble', ref }),
  ];
}

export function expiredNotice(order: Order): Reply {
  return say(
    `${order.code} 주문은 입금 시간이 지나 취소됐어요. 이미 입금하셨다면 [입금했어요]를 눌러 주세요. 판매자가 확인해 드려요.`,
    [pressable(BUTTONS.paid, { key: null, act: 'paid', ref: order.id }), ...START_CHOICES],
  );
}

export function cancelledByShop(
  order: Order,
  told: { parcelIds: readonly string[]; refundKrw: number; reason: string | null },
): Reply {
  const own = order.parcels.filter(({ id }) => told.parcelIds.includes(id));
  const why = told.reason === null ? [] : [`이유: ${shortly(told.reason)}`];
  const back = told.refundKrw > 0 ? [`${words.won(told.refundKrw)}을 돌려 드릴게요.`] : [];
  const head = `죄송해요. ${order.code} 주문이 취소됐어요.`;
  return say([head, ...own.map(parcelHead), ...why, ...back].join('\n'), [
    choice(BUTTONS.refundAccount),
    choice(BUTTONS.status),
  ]);
}

// Personal data

/** What, why, for how long, and how it goes: one line in the first answer that takes any. */
export function privacyNotice(shop: Shop, pagesUrl: string | null): string {
  const { erasePersonalDays } = shop.policy;
  const more = pagesUrl === null ? '' : ` ${pagesUrl.replace(/\/$/, '')}/privacy/${shop.id}`;
  return `성함·연락처·주소는 받는 분 것까지 주문과 배송에만 쓰고, 배송 ${erasePersonalDays}일 뒤에 지워요. 바로 지우시려면 "내 정보 삭제"라고 보내 주세요.${more}`;
}

/** A line below the last bubble's words. */
export function withLine(reply: Reply, line: string): Reply {
  const last = reply.texts.at(-1);
  const texts = last === undefined ? [line] : [...reply.texts.slice(0, -1), `${last}\n${line}`];
  return { ...reply, texts };
}

export function askToForget({
  openCodes,
  isStaff,
  id,
}: {
  readonly openCodes: readonly string[];
  readonly isStaff: boolean;
  readonly id: string;
}): Reply {
  return say(
    [
      '성함, 연락처, 주소와 나눈 대화를 모두 지울까요? 지우면 되돌릴 수 없어요.',
      ...(openCodes.length > 0
        ? [`아직 끝나지 않은 주문 ${shortList(openCodes)}에 필요한 것은 끝난 뒤에 지워요.`]
        : []),
      ...(isStaff ? ['상점에서 일하시는 동안은 연락에 필요한 것이 남아요.'] : []),
    ].join('\n'),
    [
      pressable(BUTTONS.forgetYes, { key: `forget:${id}`, act: 'forget', ref: id }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
    ],
  );
}

export function forgotten({
  isErased,
  keptCodes,
}: {
  readonly isErased: boolean;
  readonly keptCodes: readonly string[];
}): Reply {
  if (isErased) return say('모두 지웠어요. 그동안 고마웠어요.');
  return say(
    keptCodes.length > 0
      ? `지웠어요. 아직 끝나지 않은 주문 ${shortList(keptCodes)}에 필요한 것은 끝나는 대로 지울게요.`
      : '지웠어요. 상점에서 일하시는 동안 연락에 필요한 것만 남아요.',
  );
}

export function notForgotten(): Reply {
  return say('네, 그대로 둘게요.', [choice(BUTTONS.status)]);
}

function shortList(codes: readonly string[]): string {
  const shown = codes.slice(0, CODES_SHOWN_MAX).join(', ');
  return codes.length > CODES_SHOWN_MAX ? `${shown} 외 ${codes.length - CODES_SHOWN_MAX}건` : shown;
}

// Staff

export function joined(shop: Shop | null, roles: readonly string[]): Reply {
  const names = roles.map((role) => ROLE_WORDS[role] ?? role).join('·');
  const where = shop === null ? '' : `${shop.name} `;
  const isFarmer = roles.includes('farmer');
  if (roles.includes('admin'))
    return say(`${names}로 등록됐어요.\n전하지 못한 알림이 생기면 바로 알려 드려요.`, [
      choice(BUTTONS.letters),
    ]);
  return say(
    [
      `${where}${names}로 등록됐어요.`,
      ...(isFarmer ? ['내일 상자 수는 "내일 40", 오늘 보낼 것은 "목록"이라고 보내 주세요.'] : []),
      ...(roles.includes('seller') ? ['입금 확인은 "입금 P7-042"처럼 보내 주세요.'] : []),
    ].join('\n'),
    isFarmer ? [choice(BUTTONS.list)] : [choice(BUTTONS.today), choice(BUTTONS.unpaid)],
  );
}

const ROLE_WORDS: Readonly<Record<string, string>> = {
  farmer: '농부',
  seller: '판매자',
  admin: '관리자',
};

const PLATFORM_WORDS: Readonly<Record<string, string>> = {
  kakao: '카카오톡',
  telegram: '텔레그램',
  discord: '디스코드',
  web: '웹 채팅',
  terminal: '터미널',
};

function roleNames(roles: readonly string[]): string {
  return roles.map((role) => ROLE_WORDS[role] ?? role).join('·');
}

/** What a role is needed for is not said. */
export function needsRole(roles: readonly string[]): Reply {
  return say(`${roles.map((role) => ROLE_WORDS[role] ?? role).join('나 ')}만 할 수 있어요.`);
}

export function needsStaff(): Reply {
  return say('상점에서 일하는 분만 할 수 있어요.');
}

export function staffJoined(
  shop: Shop | null,
  joined: {
    readonly storeId: string;
    readonly personId: string;
    readonly roles: readonly string[];
    readonly platform: string;
    readonly at: string;
  },
): Reply {
  const { storeId, personId, roles, platform, at } = joined;
  const where = shop === null ? '' : `${shop.name}에 `;
  const zone = shop?.policy.timeZone ?? DEFAULT_POLICY.timeZone;
  return say(
    `${where}새 ${roleNames(roles)}가 등록됐어요 (${PLATFORM_WORDS[platform] ?? platform}, ${words.moment(at, zone)}). 모르는 분이면 [${BUTTONS.removeStaff}]를 눌러 주세요.`,
    [
      pressable(BUTTONS.removeStaff, {
        key: null,
        act: 'remove-staff',
        ref: `${storeId}:${personId}:${roles.join('.')}`,
      }),
    ],
  );
}

export function askToRemove(roles: readonly string[], platform: string, id: string): Reply {
  return say(
    `등록한 ${roleNames(roles)}(${PLATFORM_WORDS[platform] ?? platform})를 내보낼까요? 이 상점의 목록과 주문을 더 볼 수 없게 돼요.`,
    [
      pressable(BUTTONS.yes, { key: `remove-yes:${id}`, act: 'remove-yes', ref: id }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
    ],
  );
}

export function staffRemoved(roles: readonly string[]): Reply {
  return say(`${roleNames(roles)}를 내보냈어요. 다시 오려면 새 등록 번호가 있어야 해요.`);
}

export function alreadyGone(): Reply {
  return say('이미 나간 분이에요.');
}

export function notRemoved(): Reply {
  return say('네, 그대로 둘게요.');
}

export function notYourself(): Reply {
  return say('자기 자신은 내보낼 수 없어요.');
}

/** To the admins: somebody guesses codes. */
export function codesLocked(whose: 'sender' | 'bot', platform: string): Reply {
  const where = PLATFORM_WORDS[platform] ?? platform;
  return say(
    whose === 'sender'
      ? `등록 번호를 한 사람이 5번 틀려서 1시간 잠갔어요 (${where}).`
      : `등록 번호를 여러 사람이 50번 틀려서 이 봇의 등록을 1시간 잠갔어요 (${where}).`,
  );
}

export function rolesRemoved(shop: Shop | null, roles: readonly string[]): Reply {
  const where = shop === null ? '' : `${shop.name}에서 `;
  return say(`${where}맡으신 ${roleNames(roles)} 역할이 끝났어요.`);
}

export function wrongInvite(isLocked: boolean): Reply {
  return say(
    isLocked
      ? '등록 번호를 여러 번 틀려서 잠시 잠갔어요. 1시간 뒤에 다시 해 주세요.'
      : '등록 번호가 맞지 않거나 이미 쓴 번호예요. 다시 확인해 주세요.',
  );
}

/** For whoever works here and said something that nobody reads. */
export function staffMenu(roles: ReadonlySet<string>): Reply {
  const isFarmer = roles.has('farmer');
  const isSeller = roles.has('seller');
  const isAdmin = roles.has('admin');
  return say(
    [
      '그 말은 알아듣지 못했어요. 이렇게 보내 주세요.',
      ...(isFarmer
        ? [
            '내일 40 · 목록 · 12번까지 · 수확 · 포장 1-12 · 3번 송장 123456789012 · 1-12 발송 · 되돌려',
          ]
        : []),
      ...(isSeller ? ['오늘 · 미입금 · 입금 P7-042 · 주문 P7-042 · 환불 · 주문 멈춤'] : []),
      ...(isAdmin ? ['실패 · 재시도 · 고쳐서 · 버림'] : []),
    ].join('\n'),
    [...(isFarmer ? [choice(BUTTONS.list)] : []), ...(isSeller ? [choice(BUTTONS.today)] : [])],
  );
}

// Farmer

export function eveningQuestion(day: Day, today: string): Reply {
  const { date, reservedBoxes, capBoxes } = day;
  const so =
    reservedBoxes === 0
      ? '아직 들어온 주문은 없어요.'
      : `지금까지 받은 주문은 ${reservedBoxes}상자예요.`;
  const named = `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`;
  return say(`${words.namedDay(date, today)} 몇 상자 하실 수 있어요?\n${so}`, [
    { label: `${capBoxes}상자`, say: `${named} ${capBoxes}` },
    { label: '쉬어요', say: `${named} 휴무` },
    choice(BUTTONS.list),
  ]);
}

export function capSet(result: CapResult): Reply {
  const left = Math.max(0, result.capBoxes - result.reservedBoxes);
  const head =
    result.capBoxes === 0
      ? `${words.day(result.date)}은 쉬는 날로 했어요.`
      : `${words.day(result.date)} ${result.capBoxes}상자로 정했어요. 주문 ${result.reservedBoxes}상자, 남은 자리 ${left}상자예요.`;
  return say([head, ...movedLines(result)].join('\n'), [choice(BUTTONS.list)]);
}

/** `staying`: rows behind the cut that are harvested, so that they go all the same. */
export function cutDone(
  result: CapResult,
  { row, staying }: { readonly row: number; readonly staying: readonly number[] },
): Reply {
  const count = result.moved.length;
  return say(
    [
      `${words.day(result.date)} ${row}번까지, 모두 ${result.reservedBoxes}상자 보내요.`,
      ...(staying.length > 0 ? [`${words.ranges(staying)}번은 이미 수확해서 그대로 보내요.`] : []),
      ...(count === 0 ? ['다음 날짜로 넘길 상자는 없어요.'] : movedLines(result)),
    ].join('\n'),
    [choice(BUTTONS.list), wholeDay(BUTTONS.pack)],
  );
}

function movedLines(result: CapResult): string[] {
  const { date, moved, overBoxes } = result;
  const undated = moved.filter(({ to }) => to === null).length;
  const back = moved.filter(({ to }) => to !== null && to > date).length;
  const forward = moved.length - back - undated;
  return [
    ...(back > 0 ? [`${back}곳은 다음 날짜로 넘겼고 주문한 분께 알려요.`] : []),
    ...(forward > 0 ? [`${forward}곳을 앞당겼고 주문한 분께 알려요.`] : []),
    ...(undated > 0 ? [`${undated}곳은 보낼 날짜가 없어 판매자에게 알렸어요.`] : []),
    ...(overBoxes > 0 ? [`이미 수확한 ${overBoxes}상자는 그대로 둬요.`] : []),
  ];
}

/** The list as text, as much of it as fits into `roomChars`; the rest by `다음`. */
export function dayList(list: DayList, page: ListPage): Reply {
  return dayListPage(list, page).reply;
}

type ListPage = { readonly fromRow: number; readonly roomChars: number };

/** `next` is the row with which the following page begins; null on the last one. */
export function dayListPage(
  list: DayList,
  { fromRow, roomChars }: ListPage,
): { readonly reply: Reply; readonly next: number | null } {
  const { day, rows } = list;
  const live = rows.filter(({ struck }) => !struck);
  const mark = day.revision === 0 ? '예정' : `r${day.revision}`;
  if (rows.length === 0) {
    const empty = `아직 보낼 상자가 없어요. 하루 ${day.capBoxes}상자까지 받을게요.`;
    return { reply: say(`${words.day(day.date)} 목록 ${mark}\n${empty}`), next: null };
  }
  const parcels = live.flatMap((row) => parcelOf(row) ?? []);
  const totals = new Map<string, number>();
  for (const { items } of parcels)
    for (const { name, boxes } of items) totals.set(name, (totals.get(name) ?? 0) + boxes);
  const head = [
    `${words.day(day.date)} 목록 ${mark} · ${live.length}곳 ${day.reservedBoxes}/${day.capBoxes}상자`,
    ...(totals.size > 0
      ? [[...totals].map(([name, boxes]) => `${name} ${boxes}상자`).join(', ')]
      : []),
  ].join('\n');
  const lines: string[] = [];
  let used = head.length + LIST_PAGE_SPARE_CHARS;
  let next: number | null = null;
  for (const row of rows.filter((one) => one.row >= fromRow)) {
    const line = rowLine(row);
    if (used + line.length > roomChars && lines.length > 0) {
      next = row.row;
      break;
    }
    lines.push(line);
    used += line.length + 1;
  }
  const reply: Reply = {
    texts: [[head, ...lines].join('\n')],
    choices: [
      ...(next === null
        ? []
        : [
            {
              label: BUTTONS.next,
              say: `${BUTTONS.list} ${BUTTONS.next}`,
              press: pageOf(day.date, next),
            },
          ]),
      wholeDay(BUTTONS.harvest),
      choice(BUTTONS.list),
    ],
  };
  return { reply, next };
}

/** What joined and left a list that is out; what does not fit is on the full list. */
export function listDelta(
  { day }: DayList,
  delta: {
    readonly added: readonly DayListRow[];
    readonly struck: readonly DayListRow[];
    readonly altered: readonly DayListRow[];
    readonly revision: number;
    readonly roomChars: number;
  },
): Reply {
  const { added, struck, altered, revision, roomChars } = delta;
  const head = `${words.day(day.date)} 목록이 바뀌었어요 (r${revision}, 모두 ${day.reservedBoxes}상자).`;
  const left = struck.map(({ row }) => row);
  const names = new Map(struck.map((row) => [row.row, parcelOf(row)?.recipient ?? '']));
  const gone = left.length === 0 ? [] : [`빠짐: ${rowsWithNames(left, names)}`];
  const lines: string[] = [];
  let used = head.length + gone.join().length + LIST_PAGE_SPARE_CHARS;
  const changed = [
    ...altered.map((row) => `바뀜 ${rowLine(row)}`),
    ...added.map((row) => `＋ ${rowLine({ ...row, struck: false })}`),
  ];
  for (const line of changed) {
    if (used + line.length > roomChars && lines.length > 0) break;
    lines.push(line);
    used += line.length + 1;
  }
  const rest = changed.length - lines.length;
  const more = rest > 0 ? [`… ${rest}줄이 더 있어요. 목록에서 볼 수 있어요.`] : [];
  return say([head, ...gone, ...lines, ...more].join('\n'), [choice(BUTTONS.list)]);
}

function pageOf(date: string, row: number): Press {
  return { key: null, act: 'page', ref: `${date}:${row}` };
}

function rowLine(row: DayListRow): string {
  const parcel = parcelOf(row);
  if (parcel === undefined) return `${row.row}. -`;
  if (row.struck) return `${row.row}. (빠짐) ${parcel.recipient}`;
  const { order } = row;
  const sender = order.sender?.name ? ` / 보내는 분 ${order.sender.name}` : '';
  const memo = parcel.memo ?? order.memo;
  const state = parcel.state === 'scheduled' ? '' : ` [${STATE_WORDS[parcel.state]}]`;
  const packages = parcel.packages.length > 1 ? ` (${parcel.packages.length}개 포장)` : '';
  return [
    `${row.row}. ${parcel.recipient} ${words.phone(parcel.phone)}${state}`,
    `${parcel.address}`,
    `${words.items(parcel.items)}${packages}${memo ? ` / ${memo}` : ''}${sender}`,
  ].join('\n');
}

function parcelOf(row: DayListRow): Parcel | undefined {
  return row.order.parcels.find(({ id }) => id === row.parcelId);
}

export function askFreeze(date: string, id: string): Reply {
  return say(`${words.day(date)} 목록을 지금 확정할까요?`, [
    pressable(BUTTONS.yes, { key: `freeze:${id}:${date}`, act: 'freeze', ref: id }),
    pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
  ]);
}

/** The newest list has no such row to report, an older one has. */
export function askOlderList(
  newest: string,
  older: {
    readonly date: string;
    readonly rows: readonly number[];
    readonly names: ReadonlyMap<number, string>;
    readonly id: string;
  },
): Reply {
  const { date, rows, names, id } = older;
  const which = `${words.day(date)} ${rowsWithNames(rows, names)}`;
  return say(
    `${words.day(newest)} 목록의 ${words.ranges(rows)}번은 처리할 수 없어요. ${which} 말씀이세요?`,
    [
      pressable(BUTTONS.yes, { key: `older-list:${id}:${date}`, act: 'older-list', ref: id }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
    ],
  );
}

export function frozen(date: string, rows: number): Reply {
  return say(`${words.day(date)} 목록을 확정했어요 (r1, ${rows}곳).`);
}

export function nothingToReport(date: string): Reply {
  return say(
    `${words.day(date)}에는 보낼 상자가 없어요. "목록"이라고 보내시면 지금 목록을 보여 드려요.`,
    [choice(BUTTONS.list)],
  );
}

/** Echoes date, rows and, for few rows, the recipients, so that a wrong row is noticed at once. */
export function reported(result: ReportResult, recipients: ReadonlyMap<number, string>): Reply {
  const { date, done, already, struck } = result;
  const lines: string[] = [];
  for (const [state, rows] of Map.groupBy(done, (row) => row.state))
    lines.push(
      `${words.day(date)} ${rowsWithNames(
        rows.map(({ row }) => row),
        recipients,
      )} ${REPORT_WORDS[state] ?? STATE_WORDS[state]}`,
    );
  if (already.length > 0)
    lines.push(
      `${words.day(date)} ${rowsWithNames(
        already.map(({ row }) => row),
        recipients,
      )} 이미 처리돼 있어요.`,
    );
  if (struck.length > 0)
    lines.push(`${words.ranges(struck)}번은 목록에서 빠진 줄이라 건너뛰었어요.`);
  if (lines.length === 0) lines.push('처리할 줄이 없어요.');
  return say(lines.join('\n'), [choice(BUTTONS.list), ...nextStep(done[0]?.state)]);
}

const REPORT_WORDS: Readonly<Partial<Record<Parcel['state'], string>>> = {
  harvested: '수확했어요.',
  packed: '포장했어요.',
  shipped: '발송 처리했어요.',
  delivered: '배송 완료로 했어요.',
  scheduled: '송장을 적었어요.',
};

const ROWS_NAMED_MAX = 3;

function rowsWithNames(rows: readonly number[], recipients: ReadonlyMap<number, string>): string {
  if (rows.length > ROWS_NAMED_MAX) return `${words.ranges(rows)}번 (${rows.length}곳)`;
  return rows
    .map((row) => `${row}번${recipients.has(row) ? ` ${recipients.get(row)}님` : ''}`)
    .join(', ');
}

/** A bare "발송" is not taken for every row; under a list the button means just that. */
function wholeDay(label: string): Choice {
  return { label, say: `전부 ${label}` };
}

function nextStep(state: Parcel['state'] | undefined): Choice[] {
  if (state === 'harvested') return [wholeDay(BUTTONS.pack)];
  return state === 'packed' ? [wholeDay(BUTTONS.ship)] : [];
}

export function waybillsKept(
  date: string,
  rows: readonly {
    readonly row: number;
    readonly name: string;
    readonly waybills: readonly string[];
    /** Named or guessed from the number: said, so that a wrong guess is noticed. */
    readonly carrier: string | null;
    readonly isShipped: boolean;
  }[],
): Reply {
  return say(
    rows
      .map(({ row, name, waybills, carrier, isShipped }) => {
        const by = carrier === null ? '' : `${CARRIER_NAMES[carrier] ?? carrier} `;
        const numbers = waybills.map(words.waybillNumber).join(', ');
        const done = isShipped ? '발송 처리했어요.' : '적었어요.';
        return `${words.day(date)} ${row}번 ${name}님 송장 ${by}${numbers} ${done}`;
      })
      .join('\n'),
    [choice(BUTTONS.list)],
  );
}

export function askCarrier(
  date: string,
  asked: {
    readonly rows: readonly number[];
    readonly names: ReadonlyMap<number, string>;
    readonly id: string;
  },
): Reply {
  const { rows, names, id } = asked;
  return say(
    `${words.day(date)} ${rowsWithNames(rows, names)} 송장은 어느 택배사인가요?`,
    Object.entries(CARRIER_NAMES).map(([carrier, name]) =>
      pressable(name, {
        key: `carrier:${id}:${carrier}:${rows.join()}`,
        act: 'carrier',
        ref: `${id}:${carrier}`,
      }),
    ),
  );
}

export function carrierKept(
  date: string,
  kept: {
    readonly rows: readonly number[];
    readonly carrier: string;
    readonly names: ReadonlyMap<number, string>;
  },
): Reply {
  const { rows, carrier, names } = kept;
  const whose = `${words.day(date)} ${rowsWithNames(rows, names)}`;
  return say(`${whose} 택배사: ${CARRIER_NAMES[carrier] ?? carrier}`, [choice(BUTTONS.list)]);
}

export function askRowReason(row: DayListRow, date: string): Reply {
  const parcel = parcelOf(row);
  return say(
    `${words.day(date)} ${row.row}번 ${parcel?.recipient ?? ''}님 상자를 취소하려고 해요. 이유를 짧게 적어 주세요.`,
    [choice(BUTTONS.no)],
  );
}

export function confirmRowCancel(
  row: number,
  { date, name, reason, id }: { date: string; name: string; reason: string; id: string },
): Reply {
  return say(
    `${words.day(date)} ${row}번 ${name}님을 취소할까요? 주문한 분께 이렇게 알려요: ${shortly(reason)}`,
    [
      pressable(BUTTONS.cancelYes, {
        key: `row-cancel:${id}:${date}:${row}`,
        act: 'row-cancel',
        ref: id,
      }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
    ],
  );
}

export function notDone(): Reply {
  return say('네, 그대로 둘게요.', [choice(BUTTONS.list)]);
}

export function rowCancelled(
  row: number,
  { date, name, refundKrw }: { date: string; name: string; refundKrw: number },
): Reply {
  const back = refundKrw > 0 ? ` ${words.won(refundKrw)} 환불을 열었어요.` : '';
  return say(`${words.day(date)} ${row}번 ${name}님을 취소하고 주문한 분께 알려요.${back}`, [
    choice(BUTTONS.list),
  ]);
}

export function priceSet(product: Product): Reply {
  return say(
    `${product.name} ${words.won(product.priceKrw)}으로 바꿨어요. 지금부터 들어오는 주문에 적용돼요.`,
  );
}

export function whichProduct(products: readonly Product[]): Reply {
  return say(`어느 상품인가요? ${products.map(({ name }) => name).join(', ')}`);
}

export function onSaleSet(product: Product): Reply {
  return product.state === 'sold_out'
    ? say(`${product.name} 품절로 했어요. 새 주문은 받지 않아요.`)
    : say(`${product.name} 다시 판매해요.`);
}

export function whichPrice(products: readonly Product[]): Reply {
  return say(`상품이 ${products.length}가지라 어느 것인지 몰라요. 관리 명령으로 바꿔 주세요.`);
}

export function andMore(count: number): Reply {
  return say(`… 그 사이 ${count}건도 같이 처리했어요.`);
}

/** What a farmer said and nobody reads; `odd` is a number in it that cannot be. */
export function notReadByFarm(odd: { readonly waybillDigits: number } | 'boxes' | null): Reply {
  if (odd === 'boxes')
    return say(`상자 수는 0부터 ${CAP_BOXES_MAX.toLocaleString('en-US')}까지 정할 수 있어요.`);
  if (odd !== null)
    return say(
      `송장 번호가 ${odd.waybillDigits}자리예요. 10~14자리로 다시 알려 주세요. 아무것도 처리하지 않았어요.`,
    );
  return say('그 말은 알아듣지 못했어요. "목록"을 보시고 번호로 알려 주세요.', [
    choice(BUTTONS.list),
  ]);
}

/** One part of a message among others that were done. */
export function partNotRead(): Reply {
  return say('한 부분은 알아듣지 못해서 처리하지 않았어요. 그 부분만 다시 보내 주세요.', [
    choice(BUTTONS.list),
  ]);
}

/** A row is paid for already; money is about an order. */
export function payByCode(): Reply {
  return say('입금은 주문번호로 확인해요. "입금 P7-042"처럼 보내 주세요.');
}

/** Why a farmer's word was refused. */
export function farmRefused(error: DomainError): Reply {
  const { detail } = error;
  const date = typeof detail.date === 'string' ? `${words.day(detail.date)} ` : '';
  if (error.code === 'not_found' && typeof detail.row === 'number')
    return say(
      detail.last === 0
        ? `${date}목록에 아직 줄이 없어요.`
        : `${date}목록은 1번부터 ${detail.last}번까지예요. ${detail.row}번은 없어서 아무것도 처리하지 않았어요.`,
      [choice(BUTTONS.list)],
    );
  if (error.code === 'conflict' && typeof detail.undo === 'string')
    return say(
      `${date}${typeof detail.row === 'number' ? `${detail.row}번이 ` : ''}그 뒤에 바뀌어서 되돌릴 수 없어요. 아무것도 바꾸지 않았어요.`,
      [choice(BUTTONS.list)],
    );
  if (error.code === 'conflict' && detail.isStruck === true)
    return say(`${date}${detail.row}번은 목록에서 빠진 줄이에요.`, [choice(BUTTONS.list)]);
  if (error.code === 'conflict' && 'usedBy' in detail) {
    const where = typeof detail.usedDate === 'string' ? words.day(detail.usedDate) : '';
    const row = detail.usedBy === null ? '다른 상자' : `${detail.usedBy}번`;
    return say(
      `${detail.row}번 송장은 ${where} ${row}에 이미 적은 번호예요. 번호를 확인해 주세요.`,
    );
  }
  if (error.code === 'conflict' && typeof detail.packages === 'number')
    return say(
      `${detail.row}번은 포장이 ${detail.packages}개인데 송장이 ${detail.waybills}개예요. 확인해 주세요.`,
    );
  if (error.code === 'bad_request' && typeof detail.carrier === 'string')
    return say(
      `${detail.row}번 ${CARRIER_NAMES[detail.carrier] ?? detail.carrier} 송장은 ${detail.expected}자리인데 ${detail.digits}자리예요. 번호를 확인해 주세요. 아무것도 처리하지 않았어요.`,
    );
  if (error.code === 'bad_request' && typeof detail.digits === 'number')
    return say(
      `${detail.row}번 송장 번호가 ${detail.digits}자리예요. 10~14자리로 다시 알려 주세요.`,
    );
  if (error.code === 'bad_request' && typeof detail.max === 'number')
    return say(`상자 수는 0부터 ${detail.max.toLocaleString('en-US')}까지 정할 수 있어요.`);
  if (error.code === 'bad_request' && typeof detail.today === 'string')
    return say(
      String(detail.date) < detail.today
        ? `${date.trim()}은 이미 지난 날짜예요.`
        : `${date.trim()}은 너무 먼 날짜예요.`,
    );
  if (error.code === 'not_cancellable') {
    const which = typeof detail.row === 'number' ? `${date}${detail.row}번 ${detail.name}님: ` : '';
    return say(
      `${which}${detail.isStruck === true ? '이미 목록에서 빠졌어요.' : '이미 보낸 상자라 취소할 수 없어요.'}`,
      [choice(BUTTONS.list)],
    );
  }
  if (error.code === 'busy') return crowded();
  return say('그렇게는 할 수 없어요. 목록을 확인해 주세요.', [choice(BUTTONS.list)]);
}

// Seller

export function sellerToday(
  shop: Shop,
  totals: Totals & {
    readonly today: string;
    readonly boxesToday: number;
    readonly complaints: number;
    readonly isFarmer: boolean;
  },
): Reply {
  const { today, boxesToday, unpaid, unpaidKrw, claimedPaid } = totals;
  const { toRefund, toRefundKrw, undated, complaints, isFarmer } = totals;
  return say(
    [
      `${shop.name} 오늘 ${words.day(today)}${shop.state === 'paused' ? ' · 주문 멈춤' : ''}`,
      `보낼 상자 ${boxesToday}상자`,
      `입금완료 ${totals.paidToday}건`,
      `미입금 ${unpaid}건 ${words.won(unpaidKrw)}${claimedPaid > 0 ? ` (보냈다고 하신 ${claimedPaid}건)` : ''}`,
      `환불할 금액 ${words.won(toRefundKrw)}${toRefund > 0 ? ` (${toRefund}건)` : ''}`,
      ...(undated > 0 ? [`보낼 날짜가 없는 ${undated}곳`] : []),
      ...(complaints > 0 ? [`최근 7일 불편 알림 ${complaints}건`] : []),
    ].join('\n'),
    [
      choice(BUTTONS.unpaid),
      ...(toRefund > 0 ? [choice(BUTTONS.refunds)] : []),
      ...(complaints > 0 ? [choice(BUTTONS.claims)] : []),
      ...(isFarmer ? [choice(BUTTONS.list)] : []),
    ],
  );
}

/** The buyers' accounts stand here and nowhere else in the chat. */
export function refundList(refunds: readonly OpenRefund[]): Reply {
  if (refunds.length === 0) return say('돌려 드릴 금액이 없어요.', [choice(BUTTONS.today)]);
  const sum = refunds.reduce((total, { amountKrw }) => total + amountKrw, 0);
  const rest = refunds.length - CHOICES_MAX;
  return say(
    [
      `환불할 ${refunds.length}건 ${words.won(sum)}`,
      ...refunds.slice(0, CHOICES_MAX).map(({ code, amountKrw, state, account }) => {
        const where =
          account === null
            ? REFUND_WORDS[state]
            : `${account.bank} ${account.account} ${account.holder}`;
        return `${code} ${words.won(amountKrw)} · ${where}`;
      }),
      ...(rest > 0 ? [`외 ${rest}건이 더 있어요.`] : []),
    ].join('\n'),
    [choice(BUTTONS.today)],
  );
}

const REFUND_WORDS: Readonly<Record<RefundState, string>> = {
  needs_account: '환불 계좌를 기다려요',
  due: '보낼 차례예요',
  done: '보냈어요',
  failed: '보내지 못했어요',
};

export function complaintList(complaints: readonly Complaint[], shop: Shop): Reply {
  if (complaints.length === 0)
    return say('최근 7일 동안 불편 알림이 없어요.', [choice(BUTTONS.today)]);
  const shown = complaints.slice(0, CHOICES_MAX);
  const codes = [...new Set(shown.map(({ code }) => code))];
  const rest = complaints.length - shown.length;
  return say(
    [
      `최근 7일 불편 알림 ${complaints.length}건`,
      ...shown.map(({ code, at }) => `${words.moment(at, shop.policy.timeZone)} ${code}`),
      ...(rest > 0 ? [`외 ${rest}건이 더 있어요.`] : []),
      '하신 말씀은 그때 보내 드린 알림에 있어요.',
    ].join('\n'),
    codes.slice(0, 5).map((code) => choice(`주문 ${code}`)),
  );
}

const NOT_GATHERED = {
  questions: '문의는 여기에 모이지 않아요. 답하기 어려운 말에는 판매자 연락처를 안내하고 있어요.',
  receipts: '현금영수증과 계산서 요청은 여기에 모이지 않아요. 주문한 분께 직접 받아 주세요.',
  deposits:
    '통장 내역은 여기서 볼 수 없어요. 들어온 돈은 "입금 P7-042"처럼 주문번호로 확인해 주세요.',
} as const;

export function notGathered(what: keyof typeof NOT_GATHERED): Reply {
  return say(NOT_GATHERED[what], [choice(BUTTONS.today)]);
}

export function oneCodeAtATime(codes: readonly string[]): Reply {
  return say(
    `입금은 한 건씩 확인해요. 어느 주문인가요? 아직 아무것도 바꾸지 않았어요.`,
    codes.slice(0, CHOICES_MAX).map((code) => choice(`입금 ${code}`)),
  );
}

export function paidBefore(order: Order, shop: Shop): Reply {
  const at = words.moment(order.paidAt ?? order.placedAt, shop.policy.timeZone);
  return say(`${order.code}: ${at}에 이미 입금을 확인했어요 (${words.won(order.paidKrw)}).`, [
    choice(`주문 ${order.code}`),
  ]);
}

export function unpaidOrders(orders: readonly Order[], shop: Shop): Reply {
  if (orders.length === 0) return say('입금을 기다리는 주문이 없어요.', [choice(BUTTONS.today)]);
  const rest = orders.length - CHOICES_MAX;
  return say(
    [
      `미입금 ${orders.length}건`,
      ...orders
        .slice(0, CHOICES_MAX)
        .map(
          (order) =>
            `${order.code} ${depositorLine(depositorOf(order), order.code)} ${words.won(dueKrw(order))} ${words.moment(order.payBy, shop.policy.timeZone)}까지${order.claimedPaidAt ? ' · 보냈다고 하심' : ''}`,
        ),
      ...(rest > 0 ? [`외 ${rest}건이 더 있어요.`] : []),
    ].join('\n'),
    orders.slice(0, 5).map(({ code }) => choice(`입금 ${code}`)),
  );
}

export function sellerOrder(seen: OrderSeen, shop: Shop): Reply {
  const { order, difference } = seen;
  const isOwed = order.state === 'awaiting_payment' || difference !== null;
  return say(
    [
      statusText(seen, shop),
      ...order.parcels.map((p) => `${p.recipient} ${words.phone(p.phone)} ${p.address}`),
    ].join('\n'),
    isOwed ? [choice(`입금 ${order.code}`)] : [],
  );
}

export function noSuchCode(code: string): Reply {
  return say(`이 상점에는 ${code} 주문이 없어요. 주문번호를 확인해 주세요.`);
}

export function paymentConfirmed(code: string, amountKrw: number): Reply {
  return say(`${code} ${words.won(amountKrw)} 입금을 확인했어요. 주문한 분께 알려요.`, [
    choice(BUTTONS.unpaid),
  ]);
}

type Doing = { readonly who: string; readonly now: Date };

export function paused(shop: Shop, doing: Doing): Reply {
  return say(
    `${shop.name} 주문을 멈췄어요 (${doingText(shop, doing)}). 다시 열려면 "주문 다시 받기"라고 보내 주세요.`,
  );
}

function doingText(shop: Shop, { who, now }: Doing): string {
  return `${words.moment(now.toISOString(), shop.policy.timeZone)} ${ROLE_WORDS[who] ?? who}`;
}

export function alreadyInState(shop: Shop): Reply {
  return say(
    shop.state === 'open'
      ? `${shop.name}: 이미 주문을 받고 있어요.`
      : `${shop.name}: 이미 주문을 멈춘 상태예요. 다시 열려면 "주문 다시 받기"라고 보내 주세요.`,
  );
}

export function resumed(shop: Shop, doing: Doing): Reply {
  return say(`${shop.name} 주문을 다시 받아요 (${doingText(shop, doing)}).`);
}

// Taking back

export function undoChoice(at: string): Choice {
  return pressable(BUTTONS.undo, { key: `undo:${at}`, act: 'undo', ref: at });
}

export function nothingToUndo(): Reply {
  return say('되돌릴 것이 없어요. 방금 하신 일만 5분 안에 되돌릴 수 있어요.', [
    choice(BUTTONS.list),
  ]);
}

const NEVER_UNDONE = {
  cap: '상자 수를 바꾸면서 옮긴 분들께 알리고 있어서 되돌릴 수 없어요. 다시 정하시려면 "7/21 40"처럼 보내 주세요.',
  cut: '넘긴 분들께 알리고 있어서 되돌릴 수 없어요. 더 보내시려면 "오늘 5상자 더"처럼 보내 주세요.',
  cancel: '취소는 주문한 분께 알리고 있어서 되돌릴 수 없어요.',
} as const;

export function cannotUndo(what: keyof typeof NEVER_UNDONE): Reply {
  return say(NEVER_UNDONE[what], [choice(BUTTONS.list)]);
}

export function reportTakenBack(
  traces: readonly ReportTrace[],
  { names, corrected }: { names: ReadonlyMap<string, string>; corrected: number },
): Reply {
  const lines = traces.flatMap(({ date, parcels }) =>
    [...Map.groupBy(parcels, ({ before }) => before.state)].map(([state, own]) => {
      const byRow = new Map(own.map(({ row, parcelId }) => [row, names.get(parcelId) ?? '']));
      const which = rowsWithNames(
        own.map(({ row }) => row),
        byRow,
      );
      const waybills = own.reduce(
        (sum, { before, after }) => sum + countWaybills(after) - countWaybills(before),
        0,
      );
      return `${words.day(date)} ${which} 되돌렸어요. 지금은 ${STATE_WORDS[state]} 상태예요.${waybills > 0 ? ` 송장 ${waybills}개를 지웠어요.` : ''}`;
    }),
  );
  const told = corrected > 0 ? [`이미 알림을 받은 ${corrected}명께는 바로잡아 알려 드려요.`] : [];
  return say([...lines, ...told].join('\n'), [choice(BUTTONS.list)]);
}

function countWaybills({ packages }: { readonly packages: readonly Package[] }): number {
  return packages.filter(({ waybill }) => waybill !== null).length;
}

export function capTakenBack({ date, capBoxes }: Day): Reply {
  return say(
    capBoxes === 0
      ? `${words.day(date)}을 다시 쉬는 날로 돌렸어요.`
      : `${words.day(date)}을 다시 ${capBoxes}상자로 돌렸어요.`,
    [choice(BUTTONS.list)],
  );
}

export function productTakenBack({ name, priceKrw, state }: Product): Reply {
  const sold = state === 'on_sale' ? '판매 중' : '품절';
  return say(`되돌렸어요. ${name} ${words.won(priceKrw)}, ${sold}이에요.`);
}

export function storeTakenBack(isOpen: boolean): Reply {
  return say(isOpen ? '되돌렸어요. 주문을 다시 받아요.' : '되돌렸어요. 주문을 멈춘 상태예요.');
}

/** To a buyer who was told of a parcel that has not left after all. */
export function takenBack(
  order: Order,
  parcelIds: readonly string[],
  told: Parcel['state'],
): Reply {
  const own = order.parcels.filter((parcel) => parcelIds.includes(parcel.id));
  const truth =
    told === 'delivered'
      ? '배송 완료 알림은 잘못 보냈어요. 아직 배송 중이에요.'
      : '발송 알림은 잘못 보냈어요. 아직 보내지 않았어요.';
  return say(
    [
      `죄송해요. ${order.code} ${truth}`,
      ...own.map(parcelHead),
      told === 'delivered' ? '도착하면 다시 알려 드릴게요.' : '보내면 다시 알려 드릴게요.',
    ].join('\n'),
    [choice(BUTTONS.status)],
  );
}

export function reportUndone(date: string, rows: readonly number[]): Reply {
  return say(`${words.day(date)} ${words.ranges(rows)}번 보고를 되돌렸어요 (${rows.length}곳).`);
}

// Notices to staff

export function movedSummary(data: { parcels: number; undated: number }): Reply {
  const undated = data.undated > 0 ? ` ${data.undated}곳은 보낼 날짜가 없어요.` : '';
  return say(`${data.parcels}곳의 출하일이 바뀌었고 주문한 분들께 알려요.${undated}`);
}

export function reportSummary(data: {
  date: string;
  state: Parcel['state'];
  rows: readonly number[];
}): Reply {
  return say(
    `${words.day(data.date)} ${words.ranges(data.rows)}번 ${STATE_WORDS[data.state]} (${data.rows.length}곳)`,
  );
}

/** What is left of a day; null when there is nothing to do. */
export function dailySummary(date: string, left: DayEnd): Reply | null {
  const { leftParcels, leftBoxes, withoutWaybill, undated, unpaid, unpaidKrw } = left;
  const lines = [
    ...(leftParcels > 0 ? [`아직 안 보낸 곳 ${leftParcels}곳 ${leftBoxes}상자`] : []),
    ...(withoutWaybill > 0 ? [`보냈는데 송장이 없는 곳 ${withoutWaybill}곳`] : []),
    ...(undated > 0 ? [`출하일을 기다리는 주문 ${undated}건`] : []),
    ...(unpaid > 0 ? [`미입금 ${unpaid}건 ${words.won(unpaidKrw)}`] : []),
  ];
  if (lines.length === 0) return null;
  return say([`${words.day(date)} 저녁 정리예요.`, ...lines].join('\n'), [
    ...(leftParcels + withoutWaybill > 0 ? [choice(BUTTONS.list)] : []),
    ...(unpaid > 0 ? [choice(BUTTONS.unpaid)] : []),
  ]);
}

export function cancelledForStaff(
  order: Order,
  { parcelIds, refundKrw }: { parcelIds: readonly string[]; refundKrw: number },
): Reply {
  const own = order.parcels.filter((parcel) => parcelIds.includes(parcel.id));
  const lines = own.map(
    (p) => `${p.harvestDate ? `${words.day(p.harvestDate)} ` : ''}${parcelHead(p)}`,
  );
  const back = refundKrw > 0 ? [`환불할 금액 ${words.won(refundKrw)}`] : [];
  return say([`${order.code} 취소됐어요.`, ...lines, ...back].join('\n'));
}

export function noDateForStaff(code: string): Reply {
  return say(`${code} 주문은 입금됐지만 보낼 날짜가 없어요. 날짜를 열거나 환불해 주세요.`);
}

export function complaintForStaff(order: Order, said: string | null): Reply {
  const { code, buyer } = order;
  const phone = buyer.phone === null ? [] : [`연락처 ${words.phone(buyer.phone)}`];
  const quote = said === null ? [] : [`“${shortly(said)}”`];
  return say([`${code} 주문한 분이 불편을 알렸어요.`, ...quote, ...phone].join('\n'), [
    choice(`주문 ${code}`),
  ]);
}

export function notArrivedForStaff(order: Order, parcels: readonly Parcel[]): Reply {
  const { code, buyer } = order;
  const phone = buyer.phone === null ? [] : [`주문한 분 ${words.phone(buyer.phone)}`];
  const lines = parcels.flatMap((parcel) => [
    `${parcelHead(parcel)} ${words.phone(parcel.phone)}`,
    ...waybillLines(parcel),
  ]);
  return say(
    [`${code} 상자를 아직 못 받으셨대요. 택배사에 확인해 주세요.`, ...lines, ...phone].join('\n'),
    [choice(`주문 ${code}`)],
  );
}

/** Somebody's own words, no longer than a message can carry. */
function shortly(said: string): string {
  const characters = [...said];
  return characters.length > QUOTE_CHARS_MAX
    ? `${characters.slice(0, QUOTE_CHARS_MAX).join('')}…`
    : said;
}

export function refundForSeller({ code }: Order, refundKrw: number): Reply {
  return say(`${code} 주문이 줄었어요. ${words.won(refundKrw)}을 돌려 드려야 해요.`, [
    choice(`주문 ${code}`),
  ]);
}

/** What somebody of the store, or the money that came in, changed of the buyer's order. */
export function changedForBuyer(
  order: Order,
  money: {
    readonly refundKrw: number;
    readonly paidKrw: number;
    readonly needsAccount: boolean;
  },
): Reply {
  const { refundKrw, paidKrw, needsAccount } = money;
  const head =
    paidKrw > 0
      ? `${words.won(paidKrw)} 추가 입금을 확인했어요. ${order.code} 주문을 바꿨어요.`
      : `${order.code} 주문을 바꿨어요.`;
  const parcels = order.parcels
    .filter(isLive)
    .map(({ recipient, items }) => `${recipient}님 ${words.items(items)}`);
  const due =
    order.state === 'awaiting_payment'
      ? [`입금하실 금액은 ${words.won(dueKrw(order))}이에요.`]
      : [];
  const changed = say([head, ...parcels, ...due].join('\n'), [choice(BUTTONS.status)]);
  return refundKrw > 0 ? together([changed, refundComing(refundKrw, needsAccount)]) : changed;
}

// Staff: when they want to hear from us

export function hoursSet(quiet: { readonly from: string; readonly to: string }): Reply {
  return say(
    `알림은 ${quiet.to}부터 ${quiet.from}까지만 보낼게요. 그 밖의 알림은 ${quiet.to}에 모아서 알려 드려요.\n목록과 상자 수 질문은 정해진 시간에 보내요.`,
  );
}

export function hoursAlways(): Reply {
  return say('이제 알림을 바로바로 보낼게요.');
}

export function whichHours(): Reply {
  return say('알림을 몇 시부터 몇 시까지 받으실래요? 예) 알림 08:00-21:00 / 알림 항상');
}

// Admin: letters that could not be delivered

const KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  paid: '입금완료',
  moved: '날짜 변경',
  no_date: '보낼 날짜 없음',
  shipped: '발송',
  delivered: '배송 완료',
  cancelled: '취소',
  expired: '입금 시간 끝남',
  reminder: '입금 안내',
  day_list: '오늘 목록',
  evening_question: '상자 수 질문',
  ask_delivered: '받으셨나요 질문',
  not_arrived: '아직 못 받음',
  daily_status: '하루 소식',
  daily_summary: '하루 정리',
  moved_summary: '날짜 변경 요약',
  report: '작업 요약',
  report_undone: '작업 되돌림',
  refund_opened: '환불 접수',
  staff_joined: '직원 등록',
  codes_locked: '등록 번호 잠금',
  role_removed: '역할 끝남',
  taken_back: '발송 정정',
  list_delta: '목록 변경',
  complained: '불편 접수',
  changed: '받는 곳 변경',
  dead_letters: '실패 알림',
};

const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  buyer: '주문한 분',
  farmer: '농부',
  seller: '판매자',
  admin: '관리자',
};

const CAUSE_WORDS: Readonly<Record<Refusal | SendFailure | 'sending' | 'never_sent', string>> = {
  blocked: '받는 쪽이 봇을 차단했어요',
  bad_address: '받는 주소가 맞지 않아요',
  template_refused: '알림 양식이 거절됐어요',
  rate_limited: '너무 많이 보내 플랫폼이 막았어요',
  unavailable: '플랫폼이 받지 못했어요',
  time_out: '제때 대답이 없어 갔는지 몰라요',
  lost_answer: '연결이 끊겨 갔는지 몰라요',
  sending: '보내는 중에 멈춰 갔는지 몰라요',
  never_sent: '여러 번 멈춰 보내지 못했어요',
};

const LETTERS_SHOWN = 5;

function causeWords(cause: string | null): string {
  const known: Readonly<Record<string, string>> = CAUSE_WORDS;
  return known[cause ?? ''] ?? `프로그램 오류예요 (${cause ?? '?'})`;
}

function letterWords(letter: Letter): string {
  const kinds: Readonly<Record<string, string>> = KIND_WORDS;
  const to = `${AUDIENCE_WORDS[letter.audience]} ${PLATFORM_WORDS[letter.platform] ?? letter.platform}`;
  return `${letter.id}번 ${kinds[letter.kind] ?? letter.kind} → ${to}\n${causeWords(letter.cause)}`;
}

/** How long ago, in the largest unit that is not zero. */
function agoWords(since: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(since)) / 60_000);
  if (minutes < 1) return '방금';
  if (minutes < 60) return `${minutes}분 전`;
  return minutes < 1440
    ? `${Math.floor(minutes / 60)}시간 전`
    : `${Math.floor(minutes / 1440)}일 전`;
}

/** The oldest with its buttons, for it has waited longest. */
export function deadLetters(letters: readonly Letter[], now: Date): Reply {
  const [oldest] = letters;
  if (oldest === undefined) return noDeadLetters();
  const more =
    letters.length > 1 ? [`다른 것은 [${BUTTONS.letters}]이라고 보내면 볼 수 있어요.`] : [];
  return say(
    [
      `전하지 못한 알림 ${letters.length}건`,
      `${letterWords(oldest)} (${agoWords(oldest.diedAt ?? oldest.createdAt, now)})`,
      ...more,
    ].join('\n'),
    letterChoices(oldest),
  );
}

export function deadLetterList(
  letters: readonly Letter[],
  { now, hasMore }: { readonly now: Date; readonly hasMore: boolean },
): Reply {
  const [oldest] = letters;
  if (oldest === undefined) return noDeadLetters();
  const shown = letters.slice(0, LETTERS_SHOWN);
  const rest = letters.length - shown.length;
  return say(
    [
      `전하지 못한 알림 ${letters.length}건${hasMore ? ' 넘게' : ''}`,
      ...shown.map((one) => `${letterWords(one)} (${agoWords(one.diedAt ?? one.createdAt, now)})`),
      ...(rest > 0 ? [`… ${rest}건 더 있어요.`] : []),
      ...(letters.length > 1
        ? [
            `버튼은 ${oldest.id}번에 대한 거예요. 다른 것은 "재시도 ${shown[1]?.id}"처럼 보내 주세요.`,
          ]
        : []),
    ].join('\n'),
    letterChoices(oldest),
  );
}

/** A letter that dies again is another press. */
function letterChoices({ id, claims }: Letter): Choice[] {
  const ref = String(id);
  return [
    pressable(BUTTONS.retry, {
      key: `letter-retry:${id}:${claims}`,
      act: 'letter-retry',
      ref,
    }),
    pressable(BUTTONS.reword, { key: null, act: 'letter-reword', ref }),
    pressable(BUTTONS.discard, { key: null, act: 'letter-discard', ref }),
  ];
}

export function noDeadLetters(): Reply {
  return say('전하지 못한 알림이 없어요.');
}

export function letterRetried(id: number): Reply {
  return say(`${id}번 알림을 다시 보낼게요.`);
}

export function askLetterWords(id: number): Reply {
  return say(`${id}번 알림을 어떤 말로 보낼까요? 보낼 말을 그대로 적어 주세요.`, [
    choice(BUTTONS.drop),
  ]);
}

/** Words that an admin wrote instead of ours. */
export function byHand(text: string, audience: Audience): Reply {
  return say(text, audience === 'buyer' ? [choice(BUTTONS.status)] : []);
}

export function letterReworded(id: number): Reply {
  return say(`${id}번 알림을 고친 말로 다시 보낼게요.`);
}

export function askLetterReason(id: number): Reply {
  return say(`${id}번 알림을 버리는 이유를 짧게 적어 주세요.`, [choice(BUTTONS.drop)]);
}

export function letterDiscarded(id: number): Reply {
  return say(`${id}번 알림을 버렸어요. 이유도 적어 뒀어요.`);
}

export function letterIsGone(id: number): Reply {
  return say(`${id}번 알림은 이미 처리됐어요. 지금 할 일은 없어요.`);
}

export function letterLeft(): Reply {
  return say('네, 그대로 둘게요.');
}
