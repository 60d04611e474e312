// Buyer: what to pay, where, and what becomes of it.
import { dueKrw, type Order } from '../../orders/order.ts';
import type { BankAccount, Shop } from '../../orders/shop.ts';
import { depositorCode } from '../../payments/depositor-code.ts';
import type { Choice, Reply } from '../bot.ts';
import { bankLine, depositorOf, liveChoice, preorderMark } from './lines.ts';
import { choice, pressable, say } from './parts.ts';
import { inBoth, type Tongue } from './tongue.ts';

/** `page`: where the order is shown while it happens; null where nobody reaches our pages. */
export function ordered(shop: Shop, order: Order, page: string | null): Reply {
  const { bank } = shop.policy;
  return inBoth((tongue) => {
    const { either, words } = tongue;
    const until = words.moment(order.payBy, shop.policy.timeZone);
    return transfer(order, tongue, {
      lines: [
        either(`주문번호 ${order.code}`, `Order number ${order.code}`),
        ...preorderLine(order, shop, tongue),
        amountLine(dueKrw(order), tongue),
        accountLine(bank, tongue),
        either(
          `${until}까지 입금해 주세요. 그때까지 입금이 없으면 자동으로 취소돼요.`,
          `Please pay by ${until} (Korean time). Without payment by then the order ends by itself.`,
        ),
      ],
      choices: [...payChoices(bank, order, tongue), ...liveChoice(page, tongue)],
    });
  });
}

function preorderLine(order: Order, shop: Shop, tongue: Tongue): string[] {
  const dates = order.parcels.flatMap((parcel) =>
    parcel.harvestDate !== null && preorderMark(order, parcel, { shop, tongue }) !== ''
      ? [parcel.harvestDate]
      : [],
  );
  const [first] = dates.sort();
  if (first === undefined) return [];
  const day = tongue.words.day(first);
  return [
    tongue.either(
      `예약 주문이에요. 철이 되면 ${day}부터 보내 드릴 예정이에요.`,
      `A pre-order: it ships when the season begins, from ${day}.`,
    ),
  ];
}

/** What to pay, with the name to write on the transfer alone below it: it is copied with one long press. */
function transfer(
  order: Order,
  { either }: Tongue,
  { lines, choices }: { readonly lines: readonly string[]; readonly choices: readonly Choice[] },
): Reply {
  const name = either(
    '입금자 이름은 아래처럼 적어 주세요.',
    'Please use the name below as the depositor.',
  );
  return {
    texts: [[...lines, name].join('\n'), transferName(order)],
    choices,
  };
}

/** The name to write on the transfer: by its digits the deposit finds its order. */
export function transferName(order: Order): string {
  return depositorCode(depositorOf(order), order.code);
}

function amountLine(amountKrw: number, { either, words }: Tongue): string {
  return `${either('입금하실 금액', 'Amount to pay')} ${words.won(amountKrw)}`;
}

function accountLine(bank: BankAccount | null, { either }: Tongue): string {
  if (bank !== null) return bankLine(bank);
  return either('계좌는 판매자가 알려 드려요.', 'The seller will tell you the bank account.');
}

function payChoices(bank: BankAccount | null, order: Order, { labels }: Tongue): Choice[] {
  return [
    pressable(labels.paid, { key: null, act: 'paid', ref: order.id }),
    ...(bank ? [choice(labels.copyAccount)] : []),
    choice(labels.status),
    pressable(labels.cancelOrder, {
      key: null,
      act: 'cancel',
      ref: order.id,
    }),
    ...(bank?.kakaoPayLink ? [{ label: labels.kakaoPaySend, url: bank.kakaoPayLink }] : []),
  ];
}

/** The account alone, to be copied with one long press. */
export function accountAlone(bank: BankAccount): Reply {
  return inBoth(({ labels }) => ({
    texts: [bankLine(bank), bank.account],
    choices: [choice(labels.paid)],
  }));
}

export function askPhone(): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '배송 중 연락드릴 주문하신 분 전화번호를 알려 주세요. 받는 분과 같으면 건너뛰셔도 돼요.',
        'What is your own phone number, in case we need to reach you about the delivery? You can skip this if it is the same as the recipient’s.',
      ),
      [choice(labels.skip)],
    ),
  );
}

export function phoneKept(): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '고마워요. 연락이 필요할 때만 쓸게요.',
        'Thank you. We will use it only when we need to reach you.',
      ),
      [choice(labels.status)],
    ),
  );
}

export function phoneSkipped(): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '네, 괜찮아요. 입금이 확인되면 바로 알려 드릴게요.',
        'That is fine. I will tell you as soon as your payment is confirmed.',
      ),
      [choice(labels.status)],
    ),
  );
}

export function claimedPaid(order: Order, shop: Shop): Reply {
  return inBoth(({ either, words, labels }) => {
    const due = words.won(dueKrw(order));
    return say(
      either(
        `고마워요. ${order.code} ${due} 입금이 확인되는 대로 바로 알려 드릴게요.`,
        `Thank you. I will tell you as soon as the ${due} for ${order.code} is confirmed.`,
      ),
      [choice(labels.status), ...(shop.policy.bank ? [choice(labels.copyAccount)] : [])],
    );
  });
}

/** What must be paid before a change of an order is made. */
export type Difference = { readonly amountKrw: number; readonly payBy: string };

export function claimedDifference(order: Order, { amountKrw }: Difference): Reply {
  return inBoth(({ either, words, labels }) => {
    const more = words.won(amountKrw);
    return say(
      either(
        `고마워요. ${order.code} ${more} 추가 입금이 확인되는 대로 바꾸고 알려 드릴게요.`,
        `Thank you. Once the extra ${more} for ${order.code} is confirmed, I will make the change and tell you.`,
      ),
      [choice(labels.status)],
    );
  });
}

export function claimedLate(code: string): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        `${code} 주문은 입금 시간이 지났어요. 판매자에게 알렸으니 확인하고 연락드릴게요.`,
        `The time to pay for ${code} is over. I have told the seller, who will check and get back to you.`,
      ),
      [choice(labels.status)],
    ),
  );
}

export function nothingToPay(order: Order | null): Reply {
  return inBoth(({ either, labels, start }) =>
    order === null
      ? say(
          either(
            '입금을 기다리는 주문이 없어요. 주문은 받는 분, 연락처, 주소, 상자 수를 적어 보내 주세요.',
            'No order is waiting for payment. To order, send the recipient, phone number, address and how many boxes.',
          ),
          start,
        )
      : say(
          either(
            `${order.code} 주문은 입금이 확인됐어요.`,
            `Your payment for ${order.code} is confirmed.`,
          ),
          [choice(labels.status)],
        ),
  );
}

/** The change waits for this money; without it the order stays as it was. */
export function payDifference(
  { policy }: Shop,
  order: Order,
  { amountKrw, payBy }: Difference,
): Reply {
  return inBoth((tongue) => {
    const { either, words, labels } = tongue;
    const more = words.won(amountKrw);
    const until = words.moment(payBy, policy.timeZone);
    return transfer(order, tongue, {
      lines: [
        either(
          `${order.code} 주문을 바꾸시려면 ${words.won(amountKrw)}을 더 입금해 주세요.`,
          `To change ${order.code}, please pay another ${more}.`,
        ),
        accountLine(policy.bank, tongue),
        either(
          `${until}까지 입금되면 바뀌고, 아니면 지금 주문 그대로 보내 드려요.`,
          `If it arrives by ${until} (Korean time) the order changes; if not, it is sent as it is now.`,
        ),
      ],
      choices: [choice(labels.copyAccount), choice(labels.status)],
    });
  });
}

export function reminder(shop: Shop, order: Order): Reply {
  const { bank } = shop.policy;
  return inBoth((tongue) => {
    const { either, words } = tongue;
    const until = words.moment(order.payBy, shop.policy.timeZone);
    return transfer(order, tongue, {
      lines: [
        either(
          `${order.code} 입금을 기다리고 있어요.`,
          `${order.code} is waiting for your payment.`,
        ),
        amountLine(dueKrw(order), tongue),
        ...(bank ? [bankLine(bank)] : []),
        either(
          `${until}까지 입금이 없으면 자동으로 취소돼요. 이미 보내셨다면 [입금했어요]를 눌러 주세요.`,
          `Without payment by ${until} (Korean time) it ends by itself. If you have paid already, press [I have paid].`,
        ),
      ],
      choices: payChoices(bank, order, tongue),
    });
  });
}
