// Buyer: another address or another number of boxes.
import { isLive, type Order, type Parcel } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { contactLine } from './lines.ts';
import { BUTTONS, choice, pressable, START_CHOICES, say } from './parts.ts';

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
