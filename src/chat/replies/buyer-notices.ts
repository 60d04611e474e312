// What a buyer hears without having asked.
import { dueKrw, isLive, type Order, type Parcel, undatedOf } from '../../orders/order.ts';
import type { Choice, Reply } from '../bot.ts';
import { refundComing } from './cancelling.ts';
import { liveChoice, parcelHead, waybillLines } from './lines.ts';
import { choice, pressable, say, shortly, together } from './parts.ts';
import { type Sent, troubleChoice } from './receiving.ts';
import { accountQuestion } from './refunds.ts';
import { inBoth, type Tongue } from './tongue.ts';

/** A parcel that goes on another date than the one its buyer was told last. */
export type ToldMove = { readonly parcel: Parcel; readonly was: string | null };

export function paidNotice(order: Order, moves: readonly ToldMove[], page: string | null): Reply {
  const moved = new Map(moves.map(({ parcel, was }) => [parcel.id, was]));
  const undated = undatedOf(order);
  return inBoth((tongue) => {
    const { either, words, labels } = tongue;
    const dates = order.parcels.filter(isLive).map((parcel) => {
      const head = parcelHead(parcel, tongue);
      if (parcel.harvestDate === null || undated.includes(parcel))
        return `${head} · ${either('아직 날짜가 없어요', 'no date yet')}`;
      const was = moved.get(parcel.id);
      const day = words.day(parcel.harvestDate);
      const before = was ? words.day(was) : null;
      const ships =
        before === null
          ? either(`${day} 출하 예정`, `ships ${day}`)
          : either(`예상 ${before} → ${day} 출하 예정`, `estimated ${before}, now ships ${day}`);
      return `${head} · ${ships}`;
    });
    const head = either(
      `입금완료! ${order.code} 입금을 확인했어요.`,
      `Paid! Your payment for ${order.code} is confirmed.`,
    );
    const changed = isLater(moves)
      ? either(
          '먼저 입금하신 분들이 있어 출하일이 예상과 달라졌어요. 기다려 주시겠어요?',
          'Others had paid before, so the date differs from the estimate. Would you like to wait?',
        )
      : either('자리가 있어 예상보다 일찍 보내 드려요!', 'There is room, so it ships earlier!');
    const tail = undated.length > 0 ? [noRoom(tongue)] : moves.length > 0 ? [changed] : [];
    return say([head, ...dates, ...tail].join('\n'), [
      ...(undated.length > 0 || isLater(moves)
        ? [waitChoice(order, { undated, moves }, tongue)]
        : [choice(labels.status)]),
      ...givingUp(order, { undated, moves }, tongue),
      ...liveChoice(page, tongue),
    ]);
  });
}

function isLater(moves: readonly ToldMove[]): boolean {
  return moves.some(({ parcel, was }) => was !== null && (parcel.harvestDate ?? '') > was);
}

/** Later, earlier, or a first date after all for what had none. */
export function movedNotice(
  order: Order,
  { moves, isClosed }: { readonly moves: readonly ToldMove[]; readonly isClosed: boolean },
): Reply {
  const isFirst = moves.every(({ was }) => was === null);
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const { code } = order;
    const head = isFirst
      ? either(`${code} 출하일이 정해졌어요.`, `${code} has a shipping date now.`)
      : either(`${code} 출하일이 바뀌었어요.`, `The shipping date of ${code} has changed.`);
    const why = isClosed
      ? either('그날은 농장이 쉬게 됐어요.', 'The farm is closed that day after all.')
      : either(
          '농장에서 그날 보낼 수 있는 상자가 줄었어요.',
          'The farm can send fewer boxes that day.',
        );
    const tail = isLater(moves)
      ? `${why} ${either('기다려 주시겠어요?', 'Would you like to wait?')}`
      : isFirst
        ? either('기다려 주셔서 고마워요.', 'Thank you for waiting.')
        : either('자리가 나서 더 일찍 보내 드려요!', 'There is more room, so it ships earlier!');
    return say(
      [head, ...moveLines(moves, tongue), tail].join('\n'),
      isLater(moves)
        ? changedChoices(order, { undated: [], moves }, tongue)
        : [choice(labels.status)],
    );
  });
}

type DatesLost = { readonly undated: readonly Parcel[]; readonly moves: readonly ToldMove[] };

/** A date is gone and none is left; `moves` are those of the same order that found another one. */
export function noDateNotice(order: Order, { undated, moves }: DatesLost): Reply {
  const isAll = order.parcels.filter(isLive).length === undated.length;
  return inBoth((tongue) => {
    const { either } = tongue;
    const { code } = order;
    const count = undated.length;
    const head = isAll
      ? either(
          `${code} 주문은 지금 보낼 수 있는 날짜가 없어요.`,
          `There is no open shipping date for ${code} right now.`,
        )
      : either(
          `${code} 주문 중 ${count}곳은 지금 보낼 수 있는 날짜가 없어요.`,
          `There is no open shipping date for ${count} of the parcels of ${code} right now.`,
        );
    const heads = isAll ? [] : undated.map((parcel) => parcelHead(parcel, tongue));
    return say(
      [head, ...heads, ...moveLines(moves, tongue), noRoom(tongue)].join('\n'),
      changedChoices(order, { undated, moves }, tongue),
    );
  });
}

function moveLines(moves: readonly ToldMove[], tongue: Tongue): string[] {
  const { either, words } = tongue;
  return moves.map(({ parcel, was }) => {
    const day = words.day(parcel.harvestDate ?? '');
    const before = was ? `${words.day(was)} ` : '';
    return `${parcelHead(parcel, tongue)} ${before}→ ${either(`${day} 출하`, day)}`;
  });
}

function noRoom({ either }: Tongue): string {
  return either(
    '자리가 나는 대로 보내 드리고, 원하시면 환불해 드려요.',
    'We ship as soon as there is room, or refund you if you prefer.',
  );
}

/** Waiting is for all of them; what may be given up is either moved or without a date. */
function changedChoices(order: Order, lost: DatesLost, tongue: Tongue): Choice[] {
  return [waitChoice(order, lost, tongue), ...givingUp(order, lost, tongue)];
}

function waitChoice(order: Order, { undated, moves }: DatesLost, { labels }: Tongue): Choice {
  const all = [...undated, ...moves.map(({ parcel }) => parcel)];
  return pressable(labels.wait, { key: null, act: 'wait', ref: refOf(order, all) });
}

function givingUp(order: Order, { undated, moves }: DatesLost, { labels }: Tongue): Choice[] {
  const give = (label: string, parcels: readonly Parcel[]) =>
    parcels.length === 0
      ? []
      : [pressable(label, { key: null, act: 'cancel-moved', ref: refOf(order, parcels) })];
  const moved = moves.map(({ parcel }) => parcel);
  return [...give(labels.cancelAndRefund, undated), ...give(labels.cancelParcel, moved)];
}

function refOf({ id }: Order, parcels: readonly Parcel[]): string {
  return `${id}:${parcels.map(({ no }) => no).join('.')}`;
}

/** What became of the numbers that were told; `named`, `recarried`: they hold, with their carrier. */
export type NumbersNow = 'replaced' | 'added' | 'withdrawn' | 'named' | 'recarried';
export type Renumbering = { readonly parcel: Parcel; readonly how: NumbersNow };

/** What has left now, and other numbers of what left before. */
export function waybillNews(
  { code }: Order,
  {
    shipped,
    renumbered,
    page,
  }: {
    readonly shipped: readonly Parcel[];
    readonly renumbered: readonly Renumbering[];
    readonly page: string | null;
  },
): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const linesOf = (parcel: Parcel) => [
      parcelHead(parcel, tongue),
      ...waybillLines(parcel, tongue),
    ];
    const sent = either(`${code} 상자를 보냈어요!`, `${code} has been shipped!`);
    const lines = shipped.length === 0 ? [] : [sent, ...shipped.flatMap(linesOf)];
    for (const [how, own] of Map.groupBy(renumbered, (one) => one.how)) {
      const { head, tail } = numbersNow(code, how, tongue);
      lines.push(head, ...own.flatMap(({ parcel }) => linesOf(parcel)), ...tail);
    }
    return say(lines.join('\n'), [choice(labels.track), ...liveChoice(page, tongue)]);
  });
}

function numbersNow(
  code: string,
  how: NumbersNow,
  { either }: Tongue,
): { readonly head: string; readonly tail: readonly string[] } {
  switch (how) {
    case 'replaced':
      return {
        head: either(`${code} 송장번호가 바뀌었어요.`, `The waybill of ${code} has changed.`),
        tail: [
          either(
            '앞서 알려 드린 번호 대신 이 번호로 확인해 주세요.',
            'Please use this one instead of the one I sent before.',
          ),
        ],
      };
    case 'added':
      return {
        head: either(`${code} 송장번호를 알려 드려요.`, `Here is the waybill of ${code}.`),
        tail: [],
      };
    case 'withdrawn':
      return {
        head: either(
          `${code} 송장번호를 잘못 알려 드렸어요. 죄송해요.`,
          `The waybill I sent for ${code} was wrong, sorry.`,
        ),
        tail: [
          either(
            '맞는 번호가 나오면 바로 알려 드릴게요.',
            'I will send the right one as soon as there is one.',
          ),
        ],
      };
    case 'named':
      return {
        head: either(`${code} 택배사를 알려 드려요.`, `Here is the carrier of ${code}.`),
        tail: [],
      };
    case 'recarried':
      return {
        head: either(`${code} 택배사가 바뀌었어요.`, `The carrier of ${code} has changed.`),
        tail: [],
      };
  }
}

export function deliveredNotice(order: Order, parcelIds: readonly string[]): Reply {
  const own = order.parcels.filter((parcel) => parcelIds.includes(parcel.id));
  return inBoth((tongue) => {
    const head = tongue.either(
      `${order.code} 배송이 끝났어요. 맛있게 드세요!`,
      `${order.code} has been delivered. Enjoy!`,
    );
    return say([head, ...own.map((parcel) => parcelHead(parcel, tongue))].join('\n'), [
      troubleChoice(order, own, tongue),
    ]);
  });
}

const NEWS_SHOWN_MAX = 8;

/** Steps nobody told of as they happened: where each parcel stands now. */
export function dailyStatus(
  news: readonly Sent[],
  { isToday, today }: { isToday: boolean; today: string },
): Reply {
  return inBoth((tongue) => {
    const { either, words, labels, states } = tongue;
    const lines = news.flatMap(({ order, parcels }) =>
      parcels.map((parcel) => {
        const date = parcel.harvestDate ?? '';
        const when =
          date >= today
            ? either(`${words.day(date)} 출하 예정`, `ships ${words.day(date)}`)
            : either('곧 보내 드려요', 'ships soon');
        return `${order.code} ${parcelHead(parcel, tongue)} · ${states[parcel.state]} · ${when}`;
      }),
    );
    const rest = lines.length - NEWS_SHOWN_MAX;
    return say(
      [
        isToday
          ? either('오늘 소식이에요.', 'Today’s news.')
          : either('그동안의 소식이에요.', 'What happened since.'),
        ...lines.slice(0, NEWS_SHOWN_MAX),
        ...(rest > 0
          ? [either(`그 밖에 ${rest}곳도 준비하고 있어요.`, `We are also preparing ${rest} more.`)]
          : []),
      ].join('\n'),
      [choice(labels.status), statusOff(tongue)],
    );
  });
}

export function statusWanted(isWanted: boolean): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const status = choice(labels.status);
    return isWanted
      ? say(
          either(
            '네, 저녁에 소식을 모아 알려 드릴게요.',
            'All right, I will send you the news each evening.',
          ),
          [status],
        )
      : say(
          either(
            '네, 저녁 소식은 이제 보내지 않아요. 입금, 출하일, 발송은 그대로 알려 드려요.',
            'All right, no more evening news. I still tell you of payments, dates and shipping.',
          ),
          [statusOn(tongue), status],
        );
  });
}

// Pressed, not only said: in words they are also how a farm stops and goes on taking orders.
const statusOn = ({ labels }: Tongue): Choice =>
  pressable(labels.statusOn, { key: null, act: 'status-on', ref: '' });

const statusOff = ({ labels }: Tongue): Choice =>
  pressable(labels.statusOff, { key: null, act: 'status-off', ref: '' });

export function expiredNotice(order: Order): Reply {
  return inBoth(({ either, labels, start }) =>
    say(
      either(
        `${order.code} 주문은 입금 시간이 지나 취소됐어요. 이미 입금하셨다면 [입금했어요]를 눌러 주세요. 판매자가 확인해 드려요.`,
        `${order.code} ended because it was not paid in time. If you have paid already, press [I have paid] and the seller will check.`,
      ),
      [pressable(labels.paid, { key: null, act: 'paid', ref: order.id }), ...start],
    ),
  );
}

export function cancelledByShop(
  order: Order,
  told: {
    readonly parcelIds: readonly string[];
    readonly refundKrw: number;
    readonly needsAccount: boolean;
    readonly reason: string | null;
  },
): Reply {
  const own = order.parcels.filter(({ id }) => told.parcelIds.includes(id));
  return inBoth((tongue) => {
    const { either, words, labels } = tongue;
    const refund = words.won(told.refundKrw);
    return say(
      [
        either(
          `죄송해요. ${order.code} 주문이 취소됐어요.`,
          `I am sorry, ${order.code} was cancelled.`,
        ),
        ...own.map((parcel) => parcelHead(parcel, tongue)),
        ...(told.reason === null ? [] : [`${either('이유', 'Reason')}: ${shortly(told.reason)}`]),
        ...(told.refundKrw > 0
          ? [either(`${words.won(told.refundKrw)}을 돌려 드릴게요.`, `We will refund ${refund}.`)]
          : []),
        ...(told.refundKrw > 0 && told.needsAccount ? [accountQuestion(tongue)] : []),
      ].join('\n'),
      [...(told.refundKrw > 0 ? [choice(labels.refundAccount)] : []), choice(labels.status)],
    );
  });
}

/** To a buyer who was told of a parcel that has not left after all. */
export function takenBack(
  order: Order,
  parcelIds: readonly string[],
  told: Parcel['state'],
): Reply {
  const own = order.parcels.filter((parcel) => parcelIds.includes(parcel.id));
  const isDelivered = told === 'delivered';
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const truth = isDelivered
      ? either(
          '배송 완료 알림은 잘못 보냈어요. 아직 배송 중이에요.',
          'has not been delivered yet; that notice was a mistake. It is still on its way.',
        )
      : either(
          '발송 알림은 잘못 보냈어요. 아직 보내지 않았어요.',
          'has not been shipped yet; that notice was a mistake.',
        );
    const then = isDelivered
      ? either('도착하면 다시 알려 드릴게요.', 'I will tell you when it arrives.')
      : either('보내면 다시 알려 드릴게요.', 'I will tell you when it is shipped.');
    return say(
      [
        `${either('죄송해요.', 'Sorry,')} ${order.code} ${truth}`,
        ...own.map((parcel) => parcelHead(parcel, tongue)),
        then,
      ].join('\n'),
      [choice(labels.status)],
    );
  });
}

/** To a buyer who was told of another date: it is the one before again. */
export function datesBack(order: Order, moves: readonly ToldMove[]): Reply {
  return inBoth((tongue) => {
    const { either, words, labels } = tongue;
    const lines = moves.map(({ parcel }) => {
      const day = words.day(parcel.harvestDate ?? '');
      return `${parcelHead(parcel, tongue)} ${either(`${day} 출하`, day)}`;
    });
    const head = either(
      `${order.code} 날짜 변경 알림은 잘못 보냈어요. 출하일은 처음 알려 드린 대로예요.`,
      `The notice about a new date for ${order.code} was a mistake. It ships on the first date.`,
    );
    return say([head, ...lines].join('\n'), [choice(labels.status)]);
  });
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
  const changed = inBoth((tongue) => {
    const { either, words, labels } = tongue;
    const paid = words.won(paidKrw);
    const due = words.won(dueKrw(order));
    const done = either(`${order.code} 주문을 바꿨어요.`, `${order.code} is changed.`);
    const extra = either(`${paid} 추가 입금을 확인했어요.`, `Your extra ${paid} is confirmed.`);
    return say(
      [
        paidKrw > 0 ? `${extra} ${done}` : done,
        ...order.parcels.filter(isLive).map((parcel) => parcelHead(parcel, tongue)),
        ...(order.state === 'awaiting_payment'
          ? [
              either(
                `입금하실 금액은 ${words.won(dueKrw(order))}이에요.`,
                `The amount to pay is ${due}.`,
              ),
            ]
          : []),
      ].join('\n'),
      [choice(labels.status)],
    );
  });
  return refundKrw > 0 ? together([changed, refundComing(refundKrw, needsAccount)]) : changed;
}

/** Behind what was done on the order's page, whose link somebody else may have by now. */
export function byPage(done: Reply): Reply {
  const line = inBoth(({ either }) =>
    say(
      either(
        '주문 화면에서 하신 일이에요. 직접 하지 않으셨다면 여기에 알려 주세요.',
        'This was done on your order page. If it was not you, please tell me here.',
      ),
    ),
  );
  return together([done, line]);
}
