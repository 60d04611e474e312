// What a buyer hears without having asked.
import { dueKrw, isLive, type Order, type Parcel } from '../../orders/order.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { refundComing } from './cancelling.ts';
import { parcelHead, waybillLines } from './lines.ts';
import { STATE_WORDS } from './names.ts';
import { BUTTONS, choice, pressable, START_CHOICES, say, shortly, together } from './parts.ts';
import { type Sent, troubleChoice } from './receiving.ts';

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
    pressable(BUTTONS.wait, { key: null, act: 'wait', ref }),
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
  return say([`${order.code} 배송이 끝났어요. 맛있게 드세요!`, ...own.map(parcelHead)].join('\n'), [
    troubleChoice(order, own),
  ]);
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
