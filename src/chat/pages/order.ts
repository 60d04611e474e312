// What the page of an order says: how far it is, what is to be paid, each parcel with its steps, and what its
// buyer may do. A link may be passed on: recipients stand on it masked, and no address at all.
import { isChangeable } from '../../orders/change-plan.ts';
import { addDays, localTime } from '../../orders/dates.ts';
import {
  canCancel,
  dueKrw,
  isLive,
  type Order,
  type Parcel,
  type ParcelState,
  undatedOf,
} from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { HistoryEntry } from '../../orders/store.ts';
import { trackingPage } from '../../shipping/carriers.ts';
import {
  type Difference,
  ENGLISH,
  KOREAN,
  preorderMark,
  type Tongue,
  transferName,
} from '../replies/index.ts';
import { masked, waybillNumber } from '../words.ts';

export type PageLanguage = 'ko' | 'en';
export type OrderSeen = {
  readonly order: Order;
  readonly shop: Shop;
  readonly history: readonly HistoryEntry[];
  readonly difference: Difference | null;
  readonly now: Date;
};

/** Something to be written into a bank's form: copied by a button, or marked with a finger. */
export type Copyable = { readonly name: string; readonly shown: string; readonly copied: string };
export type PayCard = {
  readonly heading: string;
  readonly amount: Copyable;
  readonly rows: readonly Copyable[];
  readonly until: string;
  readonly note: string | null;
  readonly links: readonly { readonly label: string; readonly href: string }[];
  /** The button by which the buyer says that he paid; null where he did or nothing is asked. */
  readonly claim: string | null;
};

export type Step = {
  readonly label: string;
  readonly date: string | null;
  readonly time: string | null;
  readonly state: 'done' | 'now' | 'ahead';
};
export type PackageSeen = {
  readonly label: string;
  readonly number: string | null;
  readonly href: string | null;
};
export type ParcelSeen = {
  readonly no: number;
  readonly state: ParcelState;
  readonly who: string;
  readonly goods: string;
  readonly word: string;
  readonly tone: 'now' | 'done' | 'warn' | 'none';
  readonly when: string | null;
  readonly whenNote: string | null;
  readonly promised: string | null;
  readonly steps: readonly Step[];
  readonly packages: readonly PackageSeen[];
  readonly canChange: boolean;
  readonly canCancel: boolean;
};
export type OrderView = {
  readonly lang: PageLanguage;
  readonly title: string;
  readonly headline: string;
  readonly lead: string;
  readonly about: string;
  readonly pay: PayCard | null;
  readonly parcels: readonly ParcelSeen[];
  readonly money: readonly { readonly name: string; readonly value: string }[];
  readonly refund: string | null;
  readonly why: string | null;
  readonly canCancel: boolean;
  readonly canComplain: boolean;
};

export function tongueOf(lang: PageLanguage): Tongue {
  return lang === 'en' ? ENGLISH : KOREAN;
}

export function orderView(seen: OrderSeen, lang: PageLanguage): OrderView {
  const { order, shop } = seen;
  const tongue = tongueOf(lang);
  const { either, words } = tongue;
  const placed = words.moment(order.placedAt, shop.policy.timeZone);
  const isOpen = order.state === 'awaiting_payment' || order.state === 'paid';
  return {
    lang,
    title: `${either('주문', 'Order')} ${order.code} · ${shop.name}`,
    ...headOf(seen, tongue),
    about: either(
      `주문번호 ${order.code} · ${placed} 주문`,
      `Order ${order.code} · placed ${placed}`,
    ),
    pay: payCard(seen, tongue),
    parcels: order.parcels.map((parcel) => parcelSeen(parcel, seen, tongue)),
    money: moneyOf(order, tongue),
    refund: refundLine(order, tongue),
    why: whyLabel(order, tongue),
    canCancel: isOpen && order.parcels.some(canCancel),
    canComplain: order.state === 'paid',
  };
}

function headOf({ order, shop }: OrderSeen, tongue: Tongue): { headline: string; lead: string } {
  const { either, words } = tongue;
  const until = words.moment(order.payBy, shop.policy.timeZone);
  const live = order.parcels.filter(isLive);
  if (order.state === 'awaiting_payment')
    return {
      headline: either('입금을 기다리고 있어요', 'Waiting for your payment'),
      lead: either(`${until}까지 입금해 주세요.`, `Please pay by ${until} (Korean time).`),
    };
  if (order.state === 'expired')
    return {
      headline: either('입금 시간이 지났어요', 'The time to pay is over'),
      lead: either(
        '주문이 끝났어요. 이미 입금하셨다면 채팅에 ‘입금했어요’라고 보내 주세요.',
        'The order has ended. If you have paid, write “I have paid” in the chat.',
      ),
    };
  if (live.length === 0)
    return {
      headline: either('취소된 주문이에요', 'This order was cancelled'),
      lead: either('다음에 또 찾아 주세요.', 'We hope to see you again.'),
    };
  return paidHead(live, order, tongue);
}

const SENT: ReadonlySet<ParcelState> = new Set(['shipped', 'delivered', 'returned']);

function paidHead(live: readonly Parcel[], order: Order, tongue: Tongue) {
  const { either, words } = tongue;
  const sent = live.filter(({ state }) => SENT.has(state));
  const all = live.length;
  if (live.some(({ state }) => state === 'returned'))
    return {
      headline: either('상자가 농장으로 돌아왔어요', 'A box came back to the farm'),
      lead: either('판매자가 곧 연락드릴게요.', 'The seller will get in touch soon.'),
    };
  if (live.every(({ state }) => state === 'delivered'))
    return {
      headline: either('잘 도착했어요', 'It has arrived'),
      lead: either('맛있게 드세요!', 'Enjoy!'),
    };
  if (sent.length === all)
    return {
      headline: either('농장을 떠났어요', 'On its way'),
      lead: either('송장번호로 어디쯤인지 볼 수 있어요.', 'The waybill tells you where it is.'),
    };
  if (sent.length > 0)
    return {
      headline: either(
        `${all}곳 중 ${sent.length}곳을 보냈어요`,
        `${sent.length} of ${all} are on their way`,
      ),
      lead: either('나머지도 준비하고 있어요.', 'The rest is being prepared.'),
    };
  if (undatedOf(order).length > 0)
    return {
      headline: either('보낼 날을 찾고 있어요', 'Looking for a date'),
      lead: either(
        '자리가 나는 대로 보내 드리고, 원하시면 환불해 드려요.',
        'We ship as soon as there is room, or refund you if you prefer.',
      ),
    };
  if (live.every(({ state }) => state === 'packed'))
    return {
      headline: either('상자에 담았어요', 'Packed'),
      lead: either('곧 택배사에 맡겨요.', 'It goes to the carrier soon.'),
    };
  if (live.some(({ state }) => state === 'harvested' || state === 'packed'))
    return {
      headline: either('지금 준비하고 있어요', 'Being prepared right now'),
      lead: either('수확해서 상자에 담고 있어요.', 'It is being harvested and packed.'),
    };
  const [first] = live.flatMap(({ harvestDate }) => harvestDate ?? []).sort();
  const day = first === undefined ? '' : words.day(first);
  return {
    headline: either(`${day}에 보내 드려요`, `Ships ${day}`),
    lead: either('그날 수확해서 바로 보내요.', 'Harvested and shipped on the same day.'),
  };
}

function payCard({ order, shop, difference }: OrderSeen, tongue: Tongue): PayCard | null {
  const { either, words, labels } = tongue;
  const { bank, timeZone } = shop.policy;
  const isWaiting = order.state === 'awaiting_payment';
  if (!isWaiting && difference === null) return null;
  const amountKrw = isWaiting ? dueKrw(order) : (difference?.amountKrw ?? 0);
  const until = words.moment(isWaiting ? order.payBy : (difference?.payBy ?? ''), timeZone);
  const name = transferName(order);
  return {
    heading: isWaiting
      ? either('입금하실 금액', 'Amount to pay')
      : either('바꾸시려면 더 입금하실 금액', 'To be paid for your change'),
    amount: {
      name: either('금액', 'Amount'),
      shown: words.won(amountKrw),
      copied: `${amountKrw}`,
    },
    rows: [
      ...(bank === null
        ? []
        : [
            {
              name: `${bank.name} · ${bank.holder}`,
              shown: bank.account,
              copied: bank.account,
            },
          ]),
      { name: either('입금자 이름', 'Depositor name'), shown: name, copied: name },
    ],
    until: isWaiting
      ? either(
          `${until}까지 입금이 없으면 자동으로 취소돼요.`,
          `Without payment by ${until} (Korean time) the order ends by itself.`,
        )
      : either(
          `${until}까지 입금되면 바뀌고, 아니면 지금 주문 그대로 보내 드려요.`,
          `If it arrives by ${until} (Korean time) the order changes; if not, it is sent as it is now.`,
        ),
    note: noteOf(order, bank === null, tongue),
    links: isWaiting ? payLinks(shop, tongue) : [],
    claim: isWaiting && order.claimedPaidAt === null ? labels.paid : null,
  };
}

function noteOf(order: Order, isBankMissing: boolean, { either }: Tongue): string | null {
  if (isBankMissing)
    return either('계좌는 판매자가 알려 드려요.', 'The seller will tell you the bank account.');
  if (order.state !== 'awaiting_payment') return null;
  if (order.claimedPaidAt !== null)
    return either(
      '입금하셨다고 알려 주셨어요. 확인되면 이 화면이 바로 바뀌어요.',
      'You told us that you have paid. This page changes as soon as it is confirmed.',
    );
  return either(
    '이름 뒤 숫자까지 적어 주시면 바로 알아볼 수 있어요.',
    'With the digits behind the name we recognise it at once.',
  );
}

function payLinks({ policy: { bank } }: Shop, { either, labels }: Tongue): PayCard['links'] {
  return [
    ...(bank?.kakaoPayLink ? [{ label: labels.kakaoPaySend, href: bank.kakaoPayLink }] : []),
    ...(bank?.tossLink
      ? [{ label: either('토스로 송금', 'Send by Toss'), href: bank.tossLink }]
      : []),
  ];
}

const TONES: Readonly<Record<ParcelState, ParcelSeen['tone']>> = {
  waiting: 'none',
  scheduled: 'now',
  harvested: 'now',
  packed: 'now',
  shipped: 'done',
  delivered: 'done',
  cancelled: 'none',
  returned: 'warn',
};

function parcelSeen(parcel: Parcel, seen: OrderSeen, tongue: Tongue): ParcelSeen {
  const { order, shop } = seen;
  const { words, states } = tongue;
  const { recipient: name, phone, address } = parcel;
  return {
    no: parcel.no,
    state: parcel.state,
    who: masked({ name, phone, address }),
    goods: words.items(parcel.items),
    word:
      order.state === 'paid' || !isLive(parcel) ? states[parcel.state] : unpaidWord(order, tongue),
    tone: TONES[parcel.state],
    ...whenOf(parcel, seen, tongue),
    steps: isLive(parcel) && order.state !== 'expired' ? stepsOf(parcel, seen, tongue) : [],
    packages: packagesOf(parcel, tongue),
    canChange: isChangeable(order, parcel) && shop.state !== 'archived',
    canCancel: order.state !== 'expired' && isLive(parcel) && canCancel(parcel),
  };
}

function unpaidWord({ state }: Order, { either }: Tongue): string {
  return state === 'expired'
    ? either('끝난 주문', 'ended')
    : either('입금 대기', 'waiting for payment');
}

/** The date with what it is worth: an estimate until it is paid, then a promise. */
function whenOf(
  parcel: Parcel,
  { order, shop }: OrderSeen,
  tongue: Tongue,
): Pick<ParcelSeen, 'when' | 'whenNote' | 'promised'> {
  const { either, words } = tongue;
  const { harvestDate: date } = parcel;
  const isOver = !isLive(parcel) || order.state === 'expired' || SENT.has(parcel.state);
  if (isOver || date === null) return { when: null, whenNote: null, promised: null };
  const mark = preorderMark(order, parcel, { shop, tongue });
  const day = words.day(date);
  const arrives = words.day(addDays(date, shop.policy.transitDays));
  if (order.state === 'awaiting_payment')
    return {
      when: `${either(`${day} 출하 예상`, `Ships ${day} (estimate)`)}${mark}`,
      whenNote: either(
        '입금 순서라 바뀔 수 있어요.',
        'Places go by order of payment, so it may change.',
      ),
      promised: null,
    };
  return {
    when: `${either(`${day} 출하`, `Ships ${day}`)}${mark}`,
    whenNote: either(`${arrives}쯤 도착해요.`, `Arrives around ${arrives}.`),
    promised: date,
  };
}

const STEP_STATES = ['harvested', 'packed', 'shipped', 'delivered'] as const;

function stepsOf(parcel: Parcel, { order, shop, history }: OrderSeen, tongue: Tongue): Step[] {
  const { either } = tongue;
  const at = (event: string) =>
    history.findLast((one) => one.parcelId === parcel.id && one.event === event)?.at ?? null;
  const reached = STEP_STATES.indexOf(parcel.state as (typeof STEP_STATES)[number]);
  const labels = [
    either('수확', 'Harvest'),
    either('포장', 'Packing'),
    either('발송', 'Shipped'),
    either('도착', 'Arrival'),
  ];
  const ways: readonly { label: string; at: string | null; isDone: boolean }[] = [
    { label: either('주문', 'Order'), at: order.placedAt, isDone: true },
    { label: either('입금', 'Payment'), at: order.paidAt, isDone: order.state === 'paid' },
    ...STEP_STATES.map((state, index) => ({
      label: labels[index] ?? '',
      at: at(state),
      isDone: reached >= index,
    })),
  ];
  const next = ways.findIndex(({ isDone }) => !isDone);
  return ways.map(({ label, at: instant, isDone }, index) => {
    const local =
      isDone && instant !== null ? localTime(new Date(instant), shop.policy.timeZone) : null;
    const state = isDone ? 'done' : index === next ? 'now' : 'ahead';
    const [, month = '', day = ''] = local?.date.split('-') ?? [];
    const date = local === null ? null : `${Number(month)}/${Number(day)}`;
    return { label, date, time: local?.time ?? null, state };
  });
}

function packagesOf(parcel: Parcel, { either, carriers }: Tongue): PackageSeen[] {
  const { packages } = parcel;
  if (!SENT.has(parcel.state) && packages.every(({ waybill }) => waybill === null)) return [];
  return packages.map(({ no, carrier, waybill }) => {
    const name = carrier === null ? either('송장', 'Waybill') : (carriers[carrier] ?? carrier);
    const count = packages.length > 1 ? ` ${no}/${packages.length}` : '';
    return {
      label: `${name}${count}`,
      number: waybill === null ? null : waybillNumber(waybill),
      href: carrier !== null && waybill !== null ? trackingPage(carrier, waybill) : null,
    };
  });
}

function moneyOf(order: Order, { either, words }: Tongue): OrderView['money'] {
  const { goodsKrw, shippingKrw, surchargeKrw, totalKrw, paidKrw, refundedKrw } = order;
  const row = (name: string, amountKrw: number) => ({ name, value: words.won(amountKrw) });
  return [
    row(either('상품', 'Goods'), goodsKrw),
    row(either('배송비', 'Shipping'), shippingKrw),
    ...(surchargeKrw > 0 ? [row(either('도서산간 추가', 'Island surcharge'), surchargeKrw)] : []),
    row(either('합계', 'Total'), totalKrw),
    ...(paidKrw > 0 ? [row(either('입금하신 금액', 'Paid'), paidKrw)] : []),
    ...(refundedKrw > 0 ? [row(either('돌려 드린 금액', 'Refunded'), refundedKrw)] : []),
  ];
}

function refundLine({ refundDueKrw }: Order, { either, words }: Tongue): string | null {
  if (refundDueKrw <= 0) return null;
  const amount = words.won(refundDueKrw);
  return either(
    `${amount}을 돌려 드릴게요. 받으실 계좌를 아직 알려 주지 않으셨다면 채팅에 ‘환불 계좌’라고 보내 주세요.`,
    `${amount} will be refunded. If you have not told us the account yet, write “Refund account” in the chat.`,
  );
}

function whyLabel({ state, parcels }: Order, { either, words }: Tongue): string | null {
  if (state !== 'awaiting_payment' && state !== 'paid') return null;
  const [date] = parcels
    .filter((parcel) => isLive(parcel) && !SENT.has(parcel.state))
    .flatMap(({ harvestDate }) => harvestDate ?? [])
    .sort();
  if (date === undefined) return null;
  return either(`왜 ${words.day(date)}인가요?`, `Why ${words.day(date)}?`);
}
