// How far an order is, for its buyer and for the seller.
import { canCancel, dueKrw, isLive, type Order, type Parcel } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import { depositorCode } from '../../payments/depositor-code.ts';
import type { Choice, Reply } from '../bot.ts';
import { depositorOf, liveChoice, parcelHead, preorderMark, waybillLines } from './lines.ts';
import { choice, say } from './parts.ts';
import type { Difference } from './paying.ts';
import { troubleChoice } from './receiving.ts';
import { inBoth, KOREAN, type Tongue } from './tongue.ts';

export { preorderMark } from './lines.ts';

const HOUR_MS = 3_600_000;
/** Kakao shows three links under an answer. */
const PAGES_LINKED_MAX = 3;

export function noOrders(): Reply {
  return inBoth(({ either, start }) =>
    say(
      either(
        '아직 주문이 없어요. 받는 분과 상자 수를 적어 보내 주시면 바로 시작해요.',
        'You have no orders yet. Send me the recipient and how many boxes, and we can start.',
      ),
      start,
    ),
  );
}

export type StepTimes = ReadonlyMap<string, string>;

export type OrderSeen = {
  readonly order: Order;
  readonly times: StepTimes;
  readonly difference: Difference | null;
};

/** Orders newest first, each with its step, the step's time, and the date or the waybills. */
export function orderStatus(
  orders: readonly OrderSeen[],
  { shop, now, pageOf }: { readonly shop: Shop; readonly now: Date; readonly pageOf: PageOf },
): Reply {
  const newest = orders[0]?.order;
  const canPay = newest?.state === 'awaiting_payment';
  const isOpen = canPay || newest?.state === 'paid';
  return inBoth((tongue) => {
    const { labels, start } = tongue;
    // What has left can be neither called back nor sent elsewhere.
    const acts = newest?.parcels.some(canCancel)
      ? [choice(labels.cancelOrder), choice(labels.changeAddress)]
      : [choice(labels.order)];
    return {
      texts: orders.map((seen) => statusText(seen, shop, tongue)),
      choices: [
        ...(canPay ? [choice(labels.paid), choice(labels.copyAccount)] : []),
        ...(isOpen ? [choice(labels.status), ...acts] : start),
        ...(orders.some(({ order }) => order.refundDueKrw > 0)
          ? [choice(labels.refundAccount)]
          : []),
        ...claimChoice(orders, { shop, now, tongue }),
        ...pageChoices(orders, pageOf, tongue),
      ],
    };
  });
}

/** Where the page of an order is; null where nobody reaches our pages. */
export type PageOf = (order: Order) => string | null;

function pageChoices(orders: readonly OrderSeen[], pageOf: PageOf, tongue: Tongue): Choice[] {
  return orders.slice(0, PAGES_LINKED_MAX).flatMap(({ order }) => {
    const [shown] = liveChoice(pageOf(order), tongue);
    if (shown === undefined) return [];
    return [orders.length === 1 ? shown : { ...shown, label: `${order.code} ${shown.label}` }];
  });
}

/** For the newest order of which something arrived so lately that a complaint is in time. */
function claimChoice(
  orders: readonly OrderSeen[],
  { shop, now, tongue }: { readonly shop: Shop; readonly now: Date; readonly tongue: Tongue },
): Choice[] {
  const since = new Date(now.getTime() - shop.policy.claimHours * HOUR_MS).toISOString();
  for (const { order, times } of orders) {
    const arrived = order.parcels.filter(
      ({ id, state }) => state === 'delivered' && (times.get(`${id}:delivered`) ?? '') >= since,
    );
    if (arrived.length > 0) return [troubleChoice(order, arrived, tongue)];
  }
  return [];
}

export function statusText(
  { order, times, difference }: OrderSeen,
  shop: Shop,
  tongue: Tongue = KOREAN,
): string {
  const { either, words } = tongue;
  const zone = shop.policy.timeZone;
  const head = `${order.code} · ${orderStateWords(order, tongue)}`;
  if (order.state === 'awaiting_payment') {
    const due = words.won(dueKrw(order));
    const until = words.moment(order.payBy, zone);
    const name = depositorCode(depositorOf(order), order.code);
    return [
      head,
      either(`입금하실 금액 ${due} (${until}까지)`, `Amount to pay ${due} (by ${until})`),
      either(`입금자 이름 ${name}`, `Depositor name ${name}`),
      ...order.parcels.map((parcel) => {
        const day = parcel.harvestDate === null ? null : words.day(parcel.harvestDate);
        const ships = day === null ? '' : either(`${day} 출하 예상`, `ships ${day} (estimate)`);
        const mark = preorderMark(order, parcel, { shop, tongue });
        return `${parcelHead(parcel, tongue)} · ${ships}${mark}`;
      }),
    ].join('\n');
  }
  const heads = order.parcels.map((parcel) => parcelHead(parcel, tongue));
  const back = refundLines(order, tongue);
  if (order.state === 'expired' || order.state === 'cancelled')
    return [head, ...heads, ...back].join('\n');
  const paidAt =
    order.paidAt === null
      ? []
      : [`${either('입금 확인', 'Payment confirmed')} ${words.moment(order.paidAt, zone)}`];
  const waits = difference === null ? [] : [differenceLine(difference, zone, tongue)];
  const parcels = order.parcels.map((parcel) => {
    const mark = preorderMark(order, parcel, { shop, tongue });
    return parcelStatus(parcel, { times, zone, tongue, mark });
  });
  return [head, ...paidAt, ...parcels, ...waits, ...back].join('\n');
}

function refundLines({ refundedKrw, refundDueKrw }: Order, { either, words }: Tongue): string[] {
  const [sent, due] = [words.won(refundedKrw), words.won(refundDueKrw)];
  return [
    ...(refundedKrw > 0 ? [either(`돌려 드린 금액 ${sent}`, `Refunded ${sent}`)] : []),
    ...(refundDueKrw > 0 ? [either(`돌려 드릴 금액 ${due}`, `To be refunded ${due}`)] : []),
  ];
}

function differenceLine(
  { amountKrw, payBy }: Difference,
  zone: string,
  { either, words }: Tongue,
): string {
  const more = words.won(amountKrw);
  const until = words.moment(payBy, zone);
  return either(
    `바꾸시려면 ${more} 더 입금 (${until}까지)`,
    `Your change needs another ${more} (by ${until})`,
  );
}

export function orderStateWords(order: Order, { either }: Tongue = KOREAN): string {
  if (order.state === 'awaiting_payment') return either('입금 대기', 'waiting for payment');
  if (order.state === 'expired')
    return either('입금 시간이 지나 취소됨', 'ended, not paid in time');
  if (order.state === 'cancelled') return either('취소됨', 'cancelled');
  const live = order.parcels.filter(isLive);
  const sent = live.filter(({ state }) => state === 'shipped' || state === 'delivered');
  const arrived = live.filter(({ state }) => state === 'delivered');
  if (arrived.length === live.length) return either('배송 완료', 'delivered');
  if (sent.length === live.length) return either('발송 완료', 'shipped');
  if (sent.length > 0)
    return either(
      `${live.length}곳 중 ${sent.length}곳 발송`,
      `${sent.length} of ${live.length} parcels shipped`,
    );
  return either('입금완료', 'paid');
}

function parcelStatus(
  parcel: Parcel,
  {
    times,
    zone,
    tongue,
    mark,
  }: {
    readonly times: StepTimes;
    readonly zone: string;
    readonly tongue: Tongue;
    readonly mark: string;
  },
): string {
  const { either, words, states } = tongue;
  const head = parcelHead(parcel, tongue);
  const day = parcel.harvestDate === null ? '' : words.day(parcel.harvestDate);
  const ships = either(`${day} 출하 예정`, `ships ${day}`);
  if (parcel.state === 'scheduled') return `${head} · ${ships}${mark}`;
  const at = times.get(`${parcel.id}:${parcel.state}`);
  const step = `${states[parcel.state]}${at ? ` ${words.moment(at, zone)}` : ''}`;
  const isReady = parcel.state === 'harvested' || parcel.state === 'packed';
  const promise = isReady ? ` · ${ships}` : '';
  return [`${head} · ${step}${promise}`, ...waybillLines(parcel, tongue)].join('\n');
}
