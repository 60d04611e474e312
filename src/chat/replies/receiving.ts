// Buyer: whether the boxes arrived, and in what state.
import { canCancel, isLive, type Order, type Parcel } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { Choice, Reply } from '../bot.ts';
import { contactLine, parcelHead, waybillLines } from './lines.ts';
import { CHOICES_MAX, choice, pressable, say } from './parts.ts';
import { inBoth, type Tongue } from './tongue.ts';

export function complaint(shop: Shop): Reply {
  return inBoth((tongue) =>
    say(
      `${tongue.either(
        '불편을 드려 정말 죄송해요. 판매자에게 바로 알렸어요.',
        'I am very sorry about that. I have told the seller right away.',
      )} ${contactLine(shop, tongue)}`,
      [choice(tongue.labels.status)],
    ),
  );
}

export type Sent = { readonly order: Order; readonly parcels: readonly Parcel[] };

export function received(order: Order, parcels: readonly Parcel[], shop: Shop): Reply {
  return inBoth((tongue) => {
    const { either, labels, states } = tongue;
    const hours = shop.policy.claimHours;
    return say(
      [
        either('알려 주셔서 고마워요. 맛있게 드세요!', 'Thank you for telling me. Enjoy!'),
        ...parcels.map(
          (parcel) => `${order.code} ${parcelHead(parcel, tongue)} · ${states.delivered}`,
        ),
        either(
          `상하거나 깨진 것이 있으면 ${hours}시간 안에 알려 주세요.`,
          `If anything is spoiled or broken, please tell me within ${hours} hours.`,
        ),
      ].join('\n'),
      [troubleChoice(order, parcels, tongue), choice(labels.order)],
    );
  });
}

/** Several are on their way, and the words did not say which arrived. */
export function whichReceived(sent: readonly Sent[]): Reply {
  const parcels = sent.flatMap(({ order, parcels: own }) =>
    own.map((parcel) => ({ order, parcel })),
  );
  const [only, another] = sent;
  return inBoth((tongue) => {
    const { either } = tongue;
    const everything =
      only !== undefined && another === undefined
        ? [receivedChoice(either('모두 받았어요', 'All arrived'), only.order, only.parcels)]
        : [];
    return say(
      [
        either('어느 상자를 받으셨나요?', 'Which parcel arrived?'),
        ...parcels.map(({ order, parcel }) => `${order.code} ${parcelHead(parcel, tongue)}`),
      ].join('\n'),
      [
        ...everything,
        ...parcels
          .slice(0, CHOICES_MAX - 1)
          .map(({ order, parcel }) =>
            receivedChoice(either(`${parcel.recipient}님 상자`, `For ${parcel.recipient}`), order, [
              parcel,
            ]),
          ),
      ],
    );
  });
}

function receivedChoice(label: string, order: Order, parcels: readonly Parcel[]): Choice {
  const ref = parcelsRef(order, parcels);
  return pressable(label, { key: `received:${ref}`, act: 'received', ref });
}

export function notYetThere(order: Order, parcels: readonly Parcel[]): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const lines = parcels.flatMap((parcel) => [
      parcelHead(parcel, tongue),
      ...waybillLines(parcel, tongue),
    ]);
    const sorry = either(
      '아직 못 받으셨군요. 판매자에게 바로 알렸어요. 기다리게 해 드려 죄송해요.',
      'So it has not arrived yet. I have told the seller right away. Sorry to keep you waiting.',
    );
    return say([sorry, ...lines].join('\n'), [
      receivedChoice(labels.received, order, parcels),
      choice(labels.status),
    ]);
  });
}

export function nothingOnItsWay(): Reply {
  return inBoth(({ either, labels }) =>
    say(either('지금 가고 있는 상자가 없어요.', 'No parcel is on its way right now.'), [
      choice(labels.status),
    ]),
  );
}

export function askTrouble(code: string): Reply {
  return inBoth(({ either }) =>
    say(
      either(
        `${code} 상자에 어떤 문제가 있나요? 짧게 적어 주시면 판매자에게 바로 전할게요.`,
        `What is wrong with ${code}? Write it in a few words and I will pass it on to the seller at once.`,
      ),
    ),
  );
}

export function noTrouble(): Reply {
  return inBoth(({ either, labels }) =>
    say(either('네, 다행이에요. 맛있게 드세요!', 'Good to hear. Enjoy!'), [choice(labels.status)]),
  );
}

/** `order` is what he waits for. */
export function waiting(order: Order): Reply {
  const coming = order.parcels.filter((parcel) => canCancel(parcel) && parcel.state !== 'waiting');
  const dates = [...new Set(coming.flatMap(({ harvestDate }) => harvestDate ?? []))].sort();
  return inBoth(({ either, words, labels }) => {
    const days = dates.map((date) => words.day(date)).join(', ');
    const then =
      order.state !== 'paid'
        ? either(
            '입금이 확인되면 바로 알려 드릴게요.',
            'I will tell you as soon as your payment is confirmed.',
          )
        : dates.length === 0
          ? either(
              '날짜가 정해지면 바로 알려 드릴게요.',
              'I will tell you as soon as there is a date.',
            )
          : either(
              `${days}에 보내고 바로 알려 드릴게요.`,
              `It ships ${days}, and I will tell you then.`,
            );
    return say(`${either('기다려 주셔서 고마워요.', 'Thank you for waiting.')} ${then}`, [
      choice(labels.status),
    ]);
  });
}

/** Said of an order of which nothing is still to be sent. */
export function nothingToWaitFor(order: Order, parcels: readonly Parcel[]): Reply {
  const { code } = order;
  const live = parcels.filter(isLive);
  return inBoth((tongue) => {
    const { either, labels, states, start } = tongue;
    if (order.state === 'expired')
      return say(
        either(
          `${code} 주문은 입금 시간이 지나 끝났어요. 보낼 상자가 없어요.`,
          `${code} ended because it was not paid in time. There is nothing to send.`,
        ),
        start,
      );
    if (live.length > 0)
      return say(
        [
          either('더 기다리실 상자가 없어요.', 'There is nothing more to wait for.'),
          ...live.map(
            (parcel) => `${code} ${parcelHead(parcel, tongue)} · ${states[parcel.state]}`,
          ),
        ].join('\n'),
        [choice(labels.status)],
      );
    return order.parcels.some(isLive)
      ? say(
          either(`${code} 주문에서 그 상자는 취소됐어요.`, `That parcel of ${code} is cancelled.`),
          [choice(labels.status)],
        )
      : say(
          either(
            `${code} 주문은 취소됐어요. 보낼 상자가 없어요.`,
            `${code} is cancelled. There is nothing to send.`,
          ),
          start,
        );
  });
}

export function troubleChoice(
  order: Order,
  parcels: readonly Parcel[],
  { labels }: Tongue,
): Choice {
  return pressable(labels.trouble, { key: null, act: 'trouble', ref: parcelsRef(order, parcels) });
}

function parcelsRef({ id }: Order, parcels: readonly Parcel[]): string {
  return `${id}:${parcels.map(({ no }) => no).join('.')}`;
}

/** `받으셨나요?`, about the parcels that are still on their way. */
export function askDelivered(order: Order, parcels: readonly Parcel[]): Reply {
  return inBoth((tongue) =>
    say(
      [
        tongue.either(
          `${order.code} 상자, 잘 받으셨나요?`,
          `Has your parcel of ${order.code} arrived?`,
        ),
        ...parcels.map((parcel) => parcelHead(parcel, tongue)),
      ].join('\n'),
      deliveryChoices(order, parcels, tongue),
    ),
  );
}

function deliveryChoices(order: Order, parcels: readonly Parcel[], tongue: Tongue): Choice[] {
  const ref = parcelsRef(order, parcels);
  const { labels } = tongue;
  return [
    pressable(labels.received, { key: `received:${ref}`, act: 'received', ref }),
    pressable(labels.notYet, { key: `not-yet:${ref}`, act: 'not-yet', ref }),
    troubleChoice(order, parcels, tongue),
  ];
}
