// Buyer: cancelling, and the money that comes back.
import type { RefundState } from '../../orders/change.ts';
import { canCancel, isLive, type Order } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import { contactLine, parcelHead } from './lines.ts';
import { orderStateWords } from './order-status.ts';
import { CHOICES_MAX, choice, pressable, say } from './parts.ts';
import { accountQuestion } from './refunds.ts';
import { inBoth, type Tongue } from './tongue.ts';

export function confirmCancel(
  order: Order,
  { parcelIds, refundKrw, id }: { parcelIds: readonly string[]; refundKrw: number; id: string },
): Reply {
  const targets = order.parcels.filter((parcel) => parcelIds.includes(parcel.id));
  const rest = order.parcels.filter((p) => isLive(p) && !parcelIds.includes(p.id)).length;
  return inBoth((tongue) => {
    const { either, words, labels } = tongue;
    const refund = words.won(refundKrw);
    const back =
      order.paidKrw > 0
        ? either(
            `취소하면 ${words.won(refundKrw)}을 돌려 드려요.`,
            `If you cancel, you get ${refund} back.`,
          )
        : either(
            '아직 입금 전이라 그대로 취소돼요.',
            'It is not paid yet, so it is simply cancelled.',
          );
    return say(
      [
        either(`${order.code} 주문을 취소할까요?`, `Shall I cancel order ${order.code}?`),
        ...targets.map((parcel) => parcelHead(parcel, tongue)),
        ...(rest > 0 ? [restLine(rest, tongue)] : []),
        back,
      ].join('\n'),
      [
        pressable(labels.cancelYes, {
          key: `cancel-yes:${id}:${order.id}`,
          act: 'cancel-yes',
          ref: id,
        }),
        pressable(labels.no, { key: null, act: 'no', ref: id }),
      ],
    );
  });
}

function restLine(rest: number, { either }: Tongue): string {
  return either(
    `나머지 ${rest}곳은 그대로 보내 드려요.`,
    rest === 1
      ? 'The other parcel is sent as planned.'
      : `The other ${rest} parcels are sent as planned.`,
  );
}

export function whichToCancel(orders: readonly Order[]): Reply {
  return inBoth((tongue) => {
    const { either } = tongue;
    const lines = orders.map(({ code, parcels }) => {
      const live = parcels.filter(isLive).map((parcel) => parcelHead(parcel, tongue));
      return `${code} ${live.join(' / ')}`;
    });
    return say(
      [either('어느 주문을 취소할까요?', 'Which order shall I cancel?'), ...lines].join('\n'),
      orders.map(({ code }) => choice(either(`${code} 취소`, `Cancel ${code}`))),
    );
  });
}

/** The words meant less than the whole, and not clearly what: each parcel is a button. */
export function whichParcelToCancel(orders: readonly Order[]): Reply {
  const parcels = orders.flatMap((order) =>
    order.parcels.filter(canCancel).map((parcel) => ({ order, parcel })),
  );
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    return say(
      [
        either('어느 상자를 취소할까요?', 'Which parcel shall I cancel?'),
        ...parcels.map(({ order, parcel }) => `${order.code} ${parcelHead(parcel, tongue)}`),
      ].join('\n'),
      [
        ...parcels.slice(0, CHOICES_MAX - 1).map(({ order, parcel }) =>
          pressable(either(`${parcel.recipient} 취소`, `Cancel ${parcel.recipient}`), {
            key: null,
            act: 'cancel-moved',
            ref: `${order.id}:${parcel.no}`,
          }),
        ),
        choice(labels.cancelOrder),
      ],
    );
  });
}

export function dropOrCancel(id: string): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '작성 중인 주문서를 그만둘까요, 아니면 지난 주문을 취소할까요?',
        'Shall I discard the order you are writing, or cancel one you placed before?',
      ),
      [
        pressable(labels.drop, { key: null, act: 'drop-draft', ref: id }),
        pressable(labels.cancelOrder, { key: null, act: 'cancel-placed', ref: id }),
      ],
    ),
  );
}

export function nothingToCancel(order: Order | null, shop: Shop): Reply {
  return inBoth((tongue) => {
    const { either, start } = tongue;
    if (order === null)
      return say(either('취소할 주문이 없어요.', 'There is no order to cancel.'), start);
    const isSent = order.parcels.some(({ state }) => state === 'shipped' || state === 'delivered');
    const why = isSent
      ? either(
          `${order.code} 주문은 이미 보내서 취소할 수 없어요.`,
          `${order.code} has already been shipped, so it can no longer be cancelled.`,
        )
      : '';
    if (isSent) return say(`${why} ${contactLine(shop, tongue)}`);
    const state = orderStateWords(order, tongue);
    return say(
      either(
        `${order.code} 주문은 ${state} 상태라 취소할 것이 없어요.`,
        `Nothing to cancel: ${order.code} is ${state}.`,
      ),
      start,
    );
  });
}

export function cancelled(
  code: string,
  { refundKrw, state, rest }: { refundKrw: number; state: RefundState | null; rest: number },
): Reply {
  return inBoth((tongue) => {
    const { either, labels, start } = tongue;
    const done =
      rest > 0
        ? `${either(`${code} 주문에서 취소했어요.`, `Cancelled in ${code}.`)} ${restLine(rest, tongue)}`
        : either(`${code} 주문을 취소했어요.`, `Order ${code} is cancelled.`);
    if (refundKrw === 0 || state === null) return say(done, start);
    const back = `${done} ${backLine(refundKrw, tongue)}`;
    if (state !== 'needs_account') return say(back, start);
    return say(`${back}\n${accountQuestion(tongue)}`, [choice(labels.refundAccount)]);
  });
}

function backLine(refundKrw: number, { either, words }: Tongue): string {
  const refund = words.won(refundKrw);
  return either(`${words.won(refundKrw)}을 돌려 드릴게요.`, `We will refund ${refund}.`);
}

export function refundComing(refundKrw: number, needsAccount: boolean): Reply {
  return inBoth((tongue) => {
    const coming = backLine(refundKrw, tongue);
    if (!needsAccount) return say(coming);
    return say(`${coming}\n${accountQuestion(tongue)}`, [choice(tongue.labels.refundAccount)]);
  });
}

export function notCancelled(): Reply {
  return inBoth(({ either, labels }) =>
    say(either('네, 그대로 둘게요.', 'All right, I will leave it as it is.'), [
      choice(labels.status),
    ]),
  );
}

export function buttonIsOld(): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '오래된 버튼이에요. 지금 상태를 다시 열어서 골라 주세요.',
        'That button is too old. Please open [My orders] again and choose there.',
      ),
      [choice(labels.status)],
    ),
  );
}

export function questionIsOver(): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '이미 지난 질문이에요. 지금 상태는 주문조회에서 볼 수 있어요.',
        'That question is already over. See [My orders] for how things stand.',
      ),
      [choice(labels.status)],
    ),
  );
}
