// Buyer: what to pay, where, and what becomes of it.
import { depositorLine, dueKrw, type Order } from '../../orders/order.ts';
import type { BankAccount, Shop } from '../../orders/shop.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { bankLine, depositorOf } from './lines.ts';
import { BUTTONS, choice, pressable, START_CHOICES, say } from './parts.ts';

export function ordered(shop: Shop, order: Order): Reply {
  const { bank } = shop.policy;
  const due = dueKrw(order);
  const until = words.moment(order.payBy, shop.policy.timeZone);
  const name = depositorOf(order);
  return {
    texts: [
      [
        `주문번호 ${order.code}`,
        `입금하실 금액 ${words.won(due)}`,
        ...(bank ? [bankLine(bank)] : ['계좌는 판매자가 알려 드려요.']),
        `${until}까지 입금해 주세요. 그때까지 입금이 없으면 자동으로 취소돼요.`,
        '입금자 이름은 아래처럼 적어 주세요.',
      ].join('\n'),
      depositorLine(name, order.code),
    ],
    choices: payChoices(bank, order),
  };
}

function payChoices(bank: BankAccount | null, order: Order): Choice[] {
  return [
    pressable(BUTTONS.paid, { key: null, act: 'paid', ref: order.id }),
    ...(bank ? [choice(BUTTONS.copyAccount)] : []),
    choice(BUTTONS.status),
    pressable(BUTTONS.cancelOrder, {
      key: null,
      act: 'cancel',
      ref: order.id,
    }),
    ...(bank?.kakaoPayLink ? [{ label: BUTTONS.kakaoPaySend, url: bank.kakaoPayLink }] : []),
  ];
}

/** The account alone, to be copied with one long press. */
export function accountAlone(bank: BankAccount): Reply {
  return { texts: [bankLine(bank), bank.account], choices: [choice(BUTTONS.paid)] };
}

export function askPhone(): Reply {
  return say(
    '배송 중 연락드릴 주문하신 분 전화번호를 알려 주세요. 받는 분과 같으면 건너뛰셔도 돼요.',
    [choice(BUTTONS.skip)],
  );
}

export function phoneKept(): Reply {
  return say('고마워요. 연락이 필요할 때만 쓸게요.', [choice(BUTTONS.status)]);
}

export function phoneSkipped(): Reply {
  return say('네, 괜찮아요. 입금이 확인되면 바로 알려 드릴게요.', [choice(BUTTONS.status)]);
}

export function claimedPaid(order: Order, shop: Shop): Reply {
  return say(
    `고마워요. ${order.code} ${words.won(dueKrw(order))} 입금이 확인되는 대로 바로 알려 드릴게요.`,
    [choice(BUTTONS.status), ...(shop.policy.bank ? [choice(BUTTONS.copyAccount)] : [])],
  );
}

/** What must be paid before a change of an order is made. */
export type Difference = { readonly amountKrw: number; readonly payBy: string };

export function claimedDifference(order: Order, { amountKrw }: Difference): Reply {
  return say(
    `고마워요. ${order.code} ${words.won(amountKrw)} 추가 입금이 확인되는 대로 바꾸고 알려 드릴게요.`,
    [choice(BUTTONS.status)],
  );
}

export function claimedLate(code: string): Reply {
  return say(`${code} 주문은 입금 시간이 지났어요. 판매자에게 알렸으니 확인하고 연락드릴게요.`, [
    choice(BUTTONS.status),
  ]);
}

export function nothingToPay(order: Order | null): Reply {
  return order === null
    ? say(
        '입금을 기다리는 주문이 없어요. 주문은 받는 분, 연락처, 주소, 상자 수를 적어 보내 주세요.',
        START_CHOICES,
      )
    : say(`${order.code} 주문은 입금이 확인됐어요.`, [choice(BUTTONS.status)]);
}

/** The change waits for this money; without it the order stays as it was. */
export function payDifference(
  { policy }: Shop,
  order: Order,
  { amountKrw, payBy }: Difference,
): Reply {
  return {
    texts: [
      [
        `${order.code} 주문을 바꾸시려면 ${words.won(amountKrw)}을 더 입금해 주세요.`,
        ...(policy.bank ? [bankLine(policy.bank)] : ['계좌는 판매자가 알려 드려요.']),
        `${words.moment(payBy, policy.timeZone)}까지 입금되면 바뀌고, 아니면 지금 주문 그대로 보내 드려요.`,
        '입금자 이름은 아래처럼 적어 주세요.',
      ].join('\n'),
      depositorLine(depositorOf(order), order.code),
    ],
    choices: [choice(BUTTONS.copyAccount), choice(BUTTONS.status)],
  };
}

export function reminder(shop: Shop, order: Order): Reply {
  const { bank } = shop.policy;
  const until = words.moment(order.payBy, shop.policy.timeZone);
  return {
    texts: [
      [
        `${order.code} 입금을 기다리고 있어요.`,
        `입금하실 금액 ${words.won(dueKrw(order))}`,
        ...(bank ? [bankLine(bank)] : []),
        `${until}까지 입금이 없으면 자동으로 취소돼요. 이미 보내셨다면 [입금했어요]를 눌러 주세요.`,
        '입금자 이름은 아래처럼 적어 주세요.',
      ].join('\n'),
      depositorLine(depositorOf(order), order.code),
    ],
    choices: payChoices(bank, order),
  };
}
