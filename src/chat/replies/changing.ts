// Buyer: another address or another number of boxes.
import { isLive, type Order, type Parcel } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Reply } from '../bot.ts';
import { contactLine } from './lines.ts';
import { choice, pressable, say } from './parts.ts';
import { inBoth, type Tongue } from './tongue.ts';

export function askNewAddress({ recipient, address }: Parcel): Reply {
  return inBoth(({ either }) =>
    say(
      either(
        `${recipient}님께 보낼 새 주소를 적어 주세요.\n지금 주소: ${address}`,
        `What is the new address for ${recipient}? Korean spelling is safest.\nNow: ${address}`,
      ),
    ),
  );
}

export function addressChanged(parcel: { recipient: string; address: string }): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        `${parcel.recipient}님 주소를 바꿨어요.\n${parcel.address}`,
        `The address for ${parcel.recipient} is changed.\n${parcel.address}`,
      ),
      [choice(labels.status)],
    ),
  );
}

export function whoseAddress(orders: readonly Order[]): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either('어느 분 주소를 바꿀까요?', 'Whose address shall I change?'),
      orders.flatMap((order) =>
        order.parcels.filter(isLive).map((parcel) => ({
          label: `${order.code} ${parcel.recipient}`,
          say: `${order.code} ${parcel.recipient} ${labels.changeAddress}`,
        })),
      ),
    ),
  );
}

export function nothingToChange(shop: Shop): Reply {
  return inBoth((tongue) =>
    say(
      `${tongue.either(
        '바꿀 수 있는 주문이 없어요. 수확한 뒤에는 바꾸지 못해요.',
        'No order can be changed now; once harvested it stays as it is.',
      )} ${contactLine(shop, tongue)}`,
      tongue.start,
    ),
  );
}

/** Where a number alone does not say which product is meant. */
export function boxesChange({ code }: Order): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        `${code} 상자를 더 원하시면 추가로 주문해 주시고, 줄이시려면 취소 후 다시 주문해 주세요.`,
        `To get more than in ${code}, please place another order; to get less, cancel it and order again.`,
      ),
      [choice(labels.order), choice(labels.cancelOrder)],
    ),
  );
}

export function whoseBoxes(orders: readonly Order[]): Reply {
  return inBoth(({ either }) =>
    say(
      either('어느 분 상자 수를 바꿀까요?', 'For whom shall I change the number of boxes?'),
      orders.flatMap(({ code, parcels }) =>
        parcels.filter(isLive).map(({ recipient }) => ({
          label: `${code} ${recipient}`,
          say: `${code} ${recipient} ${either('상자 수 변경', 'change the number of boxes')}`,
        })),
      ),
    ),
  );
}

export function askBoxes({ recipient, items }: Parcel): Reply {
  return inBoth(({ either, words }) =>
    say(
      either(
        `${recipient}님께 몇 상자를 보낼까요?\n지금은 ${words.items(items)}예요.`,
        `How many boxes shall go to ${recipient}?\nNow: ${words.items(items)}`,
      ),
    ),
  );
}

export function boxesAsTheyAre({ recipient, items }: Parcel): Reply {
  return inBoth(({ either, words, labels }) =>
    say(
      either(
        `${recipient}님 주문은 이미 ${words.items(items)}예요.`,
        `The order for ${recipient} already is ${words.items(items)}.`,
      ),
      [choice(labels.status)],
    ),
  );
}

export function noBoxes(order: Order): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '한 상자도 보내지 않으시려면 주문을 취소해 주세요.',
        'If you want no box at all, please cancel the order.',
      ),
      [
        pressable(labels.cancelOrder, { key: null, act: 'cancel', ref: order.id }),
        choice(labels.status),
      ],
    ),
  );
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
  return inBoth((tongue) => {
    const { either, words, labels } = tongue;
    const from = words.boxes(parcel.boxes);
    const to = words.boxes(boxes);
    const asks = either(
      `${order.code} ${parcel.recipient}님 ${words.boxes(parcel.boxes)}를 ${words.boxes(boxes)}로 바꿀까요?`,
      `Shall I change ${order.code} for ${parcel.recipient} from ${from} to ${to}?`,
    );
    return say(`${asks}\n${moneyOfChange(order, toKrw, tongue)}`, [
      pressable(labels.changeYes, {
        key: `change-yes:${order.id}:${question}`,
        act: 'change-yes',
        ref: question,
      }),
      pressable(labels.no, { key: null, act: 'no', ref: question }),
    ]);
  });
}

function moneyOfChange(order: Order, toKrw: number, { either, words }: Tongue): string {
  const extraKrw = toKrw - order.totalKrw;
  const total = words.won(toKrw);
  const amount = words.won(Math.abs(extraKrw));
  if (order.state !== 'paid')
    return either(
      `입금하실 금액은 ${words.won(toKrw)}이 돼요.`,
      `The amount to pay becomes ${total}.`,
    );
  if (extraKrw > 0)
    return either(
      `${words.won(Math.abs(extraKrw))}을 더 입금하시면 바뀌어요.`,
      `It changes once you pay another ${amount}.`,
    );
  if (extraKrw < 0)
    return either(`${words.won(Math.abs(extraKrw))}을 돌려 드려요.`, `You get ${amount} back.`);
  return either('금액은 그대로예요.', 'The amount stays the same.');
}

export function boxesChanged(
  order: Pick<Order, 'state' | 'totalKrw'>,
  { recipient }: Parcel,
  boxes: number,
): Reply {
  return inBoth(({ either, words, labels }) => {
    const count = words.boxes(boxes);
    const done = either(
      `${recipient}님 상자를 ${words.boxes(boxes)}로 바꿨어요.`,
      `${recipient} now gets ${count}.`,
    );
    if (order.state === 'paid') return say(done, [choice(labels.status)]);
    const total = words.won(order.totalKrw);
    return say(
      `${done} ${either(`입금하실 금액은 ${words.won(order.totalKrw)}이에요.`, `The amount to pay is ${total}.`)}`,
      [choice(labels.copyAccount), choice(labels.paid), choice(labels.status)],
    );
  });
}
