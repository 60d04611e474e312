// Buyer: whether the boxes arrived, and in what state.
import type { Order, Parcel } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Choice, Reply } from '../bot.ts';
import { contactLine, parcelHead, waybillLines } from './lines.ts';
import { BUTTONS, CHOICES_MAX, choice, pressable, say } from './parts.ts';

export function complaint(shop: Shop): Reply {
  return say(`불편을 드려 정말 죄송해요. 판매자에게 바로 알렸어요. ${contactLine(shop)}`, [
    choice(BUTTONS.status),
  ]);
}

export type Sent = { readonly order: Order; readonly parcels: readonly Parcel[] };

export function received(order: Order, parcels: readonly Parcel[], shop: Shop): Reply {
  const ref = `${order.id}:${parcels.map(({ no }) => no).join('.')}`;
  return say(
    [
      '알려 주셔서 고마워요. 맛있게 드세요!',
      ...parcels.map((parcel) => `${order.code} ${parcelHead(parcel)} · 배송 완료`),
      `상하거나 깨진 것이 있으면 ${shop.policy.claimHours}시간 안에 알려 주세요.`,
    ].join('\n'),
    [pressable(BUTTONS.trouble, { key: null, act: 'trouble', ref }), choice(BUTTONS.order)],
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
  const ref = `${order.id}:${parcels.map(({ no }) => no).join('.')}`;
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

export function waiting(): Reply {
  return say('기다려 주셔서 고마워요. 보내면 바로 알려 드릴게요.', [choice(BUTTONS.status)]);
}

/** `받으셨나요?`, about the parcels that are still on their way. */
export function askDelivered(order: Order, parcels: readonly Parcel[]): Reply {
  return say(
    [`${order.code} 상자, 잘 받으셨나요?`, ...parcels.map(parcelHead)].join('\n'),
    deliveryChoices(order, parcels),
  );
}

function deliveryChoices(order: Order, parcels: readonly Parcel[]): Choice[] {
  const ref = `${order.id}:${parcels.map(({ no }) => no).join('.')}`;
  return [
    pressable(BUTTONS.received, { key: `received:${ref}`, act: 'received', ref }),
    pressable(BUTTONS.notYet, { key: `not-yet:${ref}`, act: 'not-yet', ref }),
    pressable(BUTTONS.trouble, { key: null, act: 'trouble', ref }),
  ];
}
