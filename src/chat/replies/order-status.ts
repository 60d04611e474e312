// How far an order is, for its buyer and for the seller.
import {
  canCancel,
  depositorLine,
  dueKrw,
  isLive,
  type Order,
  type Parcel,
} from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { depositorOf, parcelHead, waybillLines } from './lines.ts';
import { STATE_WORDS } from './names.ts';
import { BUTTONS, choice, START_CHOICES, say } from './parts.ts';
import type { Difference } from './paying.ts';
import { troubleChoice } from './receiving.ts';

const HOUR_MS = 3_600_000;

export function noOrders(): Reply {
  return say(
    '아직 주문이 없어요. 받는 분과 상자 수를 적어 보내 주시면 바로 시작해요.',
    START_CHOICES,
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
  { shop, now }: { readonly shop: Shop; readonly now: Date },
): Reply {
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
      ...claimChoice(orders, { shop, now }),
    ],
  };
}

/** For the newest order of which something arrived so lately that a complaint is in time. */
function claimChoice(
  orders: readonly OrderSeen[],
  { shop, now }: { readonly shop: Shop; readonly now: Date },
): Choice[] {
  const since = new Date(now.getTime() - shop.policy.claimHours * HOUR_MS).toISOString();
  for (const { order, times } of orders) {
    const arrived = order.parcels.filter(
      ({ id, state }) => state === 'delivered' && (times.get(`${id}:delivered`) ?? '') >= since,
    );
    if (arrived.length > 0) return [troubleChoice(order, arrived)];
  }
  return [];
}

export function statusText({ order, times, difference }: OrderSeen, shop: Shop): string {
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

export function orderStateWords(order: Order): string {
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

function parcelStatus(parcel: Parcel, times: StepTimes, zone: string): string {
  const date = parcel.harvestDate === null ? '' : words.day(parcel.harvestDate);
  if (parcel.state === 'scheduled') return `${parcelHead(parcel)} · ${date} 출하 예정`;
  const at = times.get(`${parcel.id}:${parcel.state}`);
  const step = `${STATE_WORDS[parcel.state]}${at ? ` ${words.moment(at, zone)}` : ''}`;
  const isReady = parcel.state === 'harvested' || parcel.state === 'packed';
  const promise = isReady ? ` · ${date} 출하 예정` : '';
  return [`${parcelHead(parcel)} · ${step}${promise}`, ...waybillLines(parcel)].join('\n');
}
