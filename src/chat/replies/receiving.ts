// Buyer: whether the boxes arrived, and in what state.
import { isLive, type Order, type Parcel } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Choice, Reply } from '../bot.ts';
import { contactLine, parcelHead, waybillLines } from './lines.ts';
import { STATE_WORDS } from './names.ts';
import { BUTTONS, CHOICES_MAX, choice, pressable, START_CHOICES, say } from './parts.ts';

export function complaint(shop: Shop): Reply {
  return say(`불편을 드려 정말 죄송해요. 판매자에게 바로 알렸어요. ${contactLine(shop)}`, [
    choice(BUTTONS.status),
  ]);
}

export type Sent = { readonly order: Order; readonly parcels: readonly Parcel[] };

export function received(order: Order, parcels: readonly Parcel[], shop: Shop): Reply {
  return say(
    [
      '알려 주셔서 고마워요. 맛있게 드세요!',
      ...parcels.map((parcel) => `${order.code} ${parcelHead(parcel)} · 배송 완료`),
      `상하거나 깨진 것이 있으면 ${shop.policy.claimHours}시간 안에 알려 주세요.`,
    ].join('\n'),
    [troubleChoice(order, parcels), choice(BUTTONS.order)],
  );
}

/** Several are on their way, and the words did not say which arrived. */
export function whichReceived(sent: readonly Sent[]): Reply {
  const parcels = sent.flatMap(({ order, parcels: own }) =>
    own.map((parcel) => ({ order, parcel })),
  );
  const [only, another] = sent;
  const everything =
    only !== undefined && another === undefined
      ? [receivedChoice(`모두 ${BUTTONS.received}`, only.order, only.parcels)]
      : [];
  return say(
    [
      '어느 상자를 받으셨나요?',
      ...parcels.map(({ order, parcel }) => `${order.code} ${parcelHead(parcel)}`),
    ].join('\n'),
    [
      ...everything,
      ...parcels
        .slice(0, CHOICES_MAX - 1)
        .map(({ order, parcel }) => receivedChoice(`${parcel.recipient}님 상자`, order, [parcel])),
    ],
  );
}

function receivedChoice(label: string, order: Order, parcels: readonly Parcel[]): Choice {
  const ref = parcelsRef(order, parcels);
  return pressable(label, { key: `received:${ref}`, act: 'received', ref });
}

export function notYetThere(order: Order, parcels: readonly Parcel[]): Reply {
  const lines = parcels.flatMap((parcel) => [parcelHead(parcel), ...waybillLines(parcel)]);
  return say(
    ['아직 못 받으셨군요. 판매자에게 바로 알렸어요. 기다리게 해 드려 죄송해요.', ...lines].join(
      '\n',
    ),
    [receivedChoice(BUTTONS.received, order, parcels), choice(BUTTONS.status)],
  );
}

export function nothingOnItsWay(): Reply {
  return say('지금 가고 있는 상자가 없어요.', [choice(BUTTONS.status)]);
}

export function askTrouble(code: string): Reply {
  return say(`${code} 상자에 어떤 문제가 있나요? 짧게 적어 주시면 판매자에게 바로 전할게요.`);
}

export function noTrouble(): Reply {
  return say('네, 다행이에요. 맛있게 드세요!', [choice(BUTTONS.status)]);
}

/** `order` is what he waits for. */
export function waiting(order: Order): Reply {
  const then =
    order.state === 'paid' ? '보내면 바로 알려 드릴게요.' : '입금이 확인되면 바로 알려 드릴게요.';
  return say(`기다려 주셔서 고마워요. ${then}`, [choice(BUTTONS.status)]);
}

/** Said of an order of which nothing is still to be sent. */
export function nothingToWaitFor(order: Order, parcels: readonly Parcel[]): Reply {
  if (order.state === 'expired')
    return say(
      `${order.code} 주문은 입금 시간이 지나 끝났어요. 보낼 상자가 없어요.`,
      START_CHOICES,
    );
  const live = parcels.filter(isLive);
  if (live.length > 0)
    return say(
      [
        '더 기다리실 상자가 없어요.',
        ...live.map(
          (parcel) => `${order.code} ${parcelHead(parcel)} · ${STATE_WORDS[parcel.state]}`,
        ),
      ].join('\n'),
      [choice(BUTTONS.status)],
    );
  return order.parcels.some(isLive)
    ? say(`${order.code} 주문에서 그 상자는 취소됐어요.`, [choice(BUTTONS.status)])
    : say(`${order.code} 주문은 취소됐어요. 보낼 상자가 없어요.`, START_CHOICES);
}

export function troubleChoice(order: Order, parcels: readonly Parcel[]): Choice {
  return pressable(BUTTONS.trouble, { key: null, act: 'trouble', ref: parcelsRef(order, parcels) });
}

function parcelsRef({ id }: Order, parcels: readonly Parcel[]): string {
  return `${id}:${parcels.map(({ no }) => no).join('.')}`;
}

/** `받으셨나요?`, about the parcels that are still on their way. */
export function askDelivered(order: Order, parcels: readonly Parcel[]): Reply {
  return say(
    [`${order.code} 상자, 잘 받으셨나요?`, ...parcels.map(parcelHead)].join('\n'),
    deliveryChoices(order, parcels),
  );
}

function deliveryChoices(order: Order, parcels: readonly Parcel[]): Choice[] {
  const ref = parcelsRef(order, parcels);
  return [
    pressable(BUTTONS.received, { key: `received:${ref}`, act: 'received', ref }),
    pressable(BUTTONS.notYet, { key: `not-yet:${ref}`, act: 'not-yet', ref }),
    troubleChoice(order, parcels),
  ];
}
