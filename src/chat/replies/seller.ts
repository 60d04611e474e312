// Seller: the day, the money, the orders, the shop open or paused.
import { dueKrw, type Order } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Complaint, QuestionRecord, Totals } from '../../orders/store.ts';
import { depositorCode } from '../../payments/depositor-code.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { depositorOf } from './lines.ts';
import { ROLE_WORDS } from './names.ts';
import { type OrderSeen, statusText } from './order-status.ts';
import { BUTTONS, CHOICES_MAX, choice, say } from './parts.ts';
import { linesOf } from './questions.ts';

export function sellerToday(
  shop: Shop,
  totals: Totals & {
    readonly today: string;
    readonly boxesToday: number;
    readonly complaints: number;
    /** Open ones, and those of them that have waited for longer than a day. */
    readonly questions: number;
    readonly oldQuestions: readonly QuestionRecord[];
    readonly isFarmer: boolean;
  },
): Reply {
  const { today, boxesToday, unpaid, unpaidKrw, claimedPaid } = totals;
  const { toRefund, toRefundKrw, receipts, undated, complaints, isFarmer } = totals;
  const { deposits, depositsKrw, questions, oldQuestions } = totals;
  return say(
    [
      `${shop.name} 오늘 ${words.day(today)}${shop.state === 'paused' ? ' · 주문 멈춤' : ''}`,
      `보낼 상자 ${boxesToday}상자`,
      `입금완료 ${totals.paidToday}건`,
      `미입금 ${unpaid}건 ${words.won(unpaidKrw)}${claimedPaid > 0 ? ` (보냈다고 하신 ${claimedPaid}건)` : ''}`,
      ...(deposits > 0 ? [`확인할 입금 ${deposits}건 ${words.won(depositsKrw)}`] : []),
      `환불할 금액 ${words.won(toRefundKrw)}${toRefund > 0 ? ` (${toRefund}건)` : ''}`,
      ...(receipts > 0 ? [`발급할 영수증 ${receipts}건`] : []),
      ...(undated > 0 ? [`보낼 날짜가 없는 ${undated}곳`] : []),
      ...(complaints > 0 ? [`최근 7일 불편 알림 ${complaints}건`] : []),
      ...(questions > 0 ? [`답을 기다리는 문의 ${questions}개`] : []),
      ...(oldQuestions.length > 0 ? ['하루 넘게 기다린 문의', ...linesOf(shop, oldQuestions)] : []),
    ].join('\n'),
    [
      choice(BUTTONS.unpaid),
      choice(BUTTONS.week),
      ...(deposits > 0 ? [choice(BUTTONS.deposits)] : []),
      ...(toRefund > 0 ? [choice(BUTTONS.refunds)] : []),
      ...(receipts > 0 ? [choice(BUTTONS.receipts)] : []),
      ...(complaints > 0 ? [choice(BUTTONS.claims)] : []),
      ...(questions > 0 ? [choice(BUTTONS.questions)] : []),
      ...(isFarmer ? [choice(BUTTONS.list)] : []),
    ],
  );
}

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
            `${order.code} ${depositorCode(depositorOf(order), order.code)} ${words.won(dueKrw(order))} ${words.moment(order.payBy, shop.policy.timeZone)}까지${order.claimedPaidAt ? ' · 보냈다고 하심' : ''}`,
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
