// Buyer: cancelling, and the money that comes back.
import type { RefundState } from '../../orders/change.ts';
import { canCancel, isLive, type Order } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { contactLine, parcelHead } from './lines.ts';
import { orderStateWords } from './order-status.ts';
import { BUTTONS, CHOICES_MAX, choice, pressable, START_CHOICES, say } from './parts.ts';

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

export function refundComing(refundKrw: number, needsAccount: boolean): Reply {
  const coming = `${words.won(refundKrw)}을 돌려 드릴게요.`;
  if (!needsAccount) return say(coming);
  return say(
    `${coming}\n환불받으실 은행, 계좌번호, 예금주를 한 줄로 알려 주세요. 예) 농협 302-1234-5678-91 김영희`,
    [choice(BUTTONS.refundAccount)],
  );
}

export function notCancelled(): Reply {
  return say('네, 그대로 둘게요.', [choice(BUTTONS.status)]);
}

export function questionIsOver(): Reply {
  return say('이미 지난 질문이에요. 지금 상태는 주문조회에서 볼 수 있어요.', [
    choice(BUTTONS.status),
  ]);
}
