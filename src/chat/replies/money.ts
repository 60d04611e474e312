// Buyer and seller: money that was less, more or later than an order costs, and money that goes back.
import { dueKrw, type Order } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import { depositorCode } from '../../payments/depositor-code.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { bankLine, depositorOf } from './lines.ts';
import { BUTTONS, choice, pressable, say, shortly } from './parts.ts';
import { inBoth } from './tongue.ts';

/** What is still owed, with the name to write alone below it. */
export function partPaid({ policy }: Shop, order: Order, amountKrw: number): Reply {
  return inBoth(({ either, words, labels }) => ({
    texts: [
      [
        either(
          `${order.code} ${words.won(amountKrw)} 입금을 확인했어요. ${words.won(dueKrw(order))}이 더 필요해요.`,
          `Your ${words.won(amountKrw)} for ${order.code} is here. ${words.won(dueKrw(order))} is still missing.`,
        ),
        ...(policy.bank ? [bankLine(policy.bank)] : []),
        either(
          '나머지가 들어오면 바로 알려 드릴게요. 입금자 이름은 아래처럼 적어 주세요.',
          'I will tell you as soon as the rest arrives. Please use the name below as the depositor.',
        ),
      ].join('\n'),
      depositorCode(depositorOf(order), order.code),
    ],
    choices: [...(policy.bank ? [choice(labels.copyAccount)] : []), choice(labels.status)],
  }));
}

export function overpaid(order: Order, amountKrw: number): Reply {
  const isOver = order.state !== 'paid';
  return inBoth(({ either, words, labels }) =>
    say(
      [
        isOver
          ? either(
              `${order.code} 주문은 끝난 주문이라 보내신 ${words.won(amountKrw)}을 돌려 드릴게요.`,
              `${order.code} has ended, so we will return the ${words.won(amountKrw)} you sent.`,
            )
          : either(
              `${order.code} 주문에 ${words.won(amountKrw)}이 더 들어왔어요. 돌려 드릴게요.`,
              `${words.won(amountKrw)} more than needed came in for ${order.code}. We will return it.`,
            ),
        either(
          '환불받으실 은행, 계좌번호, 예금주를 한 줄로 알려 주세요. 예) 농협 302-1234-5678-91 김영희',
          'Please send the bank, account number and account holder for the refund in one line. e.g. 농협 302-1234-5678-91 김영희',
        ),
      ].join('\n'),
      [choice(labels.refundAccount), choice(labels.status)],
    ),
  );
}

export function paymentTakenBack(order: Order, amountKrw: number): Reply {
  return inBoth(({ either, words, labels }) => {
    const due = words.won(dueKrw(order));
    return say(
      [
        either(
          `죄송해요. ${order.code} ${words.won(amountKrw)} 입금 확인은 다른 분의 입금을 잘못 본 거였어요.`,
          `Sorry, the ${words.won(amountKrw)} confirmed for ${order.code} was somebody else’s payment.`,
        ),
        ...(order.state === 'awaiting_payment'
          ? [
              either(
                `이 주문은 아직 ${due} 입금을 기다려요. 이미 보내셨다면 [입금했어요]를 눌러 주세요.`,
                `This order still waits for ${due}. If you have paid already, press [I have paid].`,
              ),
            ]
          : []),
      ].join('\n'),
      [
        ...(order.state === 'awaiting_payment'
          ? [pressable(labels.paid, { key: null, act: 'paid', ref: order.id })]
          : []),
        choice(labels.status),
      ],
    );
  });
}

export function revived({ policy }: Shop, order: Order): Reply {
  return inBoth(({ either, words, labels }) => {
    const until = words.moment(order.payBy, policy.timeZone);
    const due = words.won(dueKrw(order));
    return say(
      [
        either(
          `${order.code} 주문을 되살렸어요. ${until}까지 ${words.won(dueKrw(order))}을 입금해 주세요.`,
          `${order.code} is open again. Please pay ${due} by ${until} (Korean time).`,
        ),
        ...(policy.bank ? [bankLine(policy.bank)] : []),
      ].join('\n'),
      [choice(labels.copyAccount), choice(labels.status)],
    );
  });
}

export function refundDone({ code }: Order, amountKrw: number): Reply {
  return inBoth(({ either, words, labels }) =>
    say(
      either(
        `${code} ${words.won(amountKrw)}을 환불 계좌로 보냈어요.`,
        `The refund of ${words.won(amountKrw)} for ${code} was sent to your account.`,
      ),
      [choice(labels.status)],
    ),
  );
}

export function refundFailed({ code }: Order, amountKrw: number, reason: string | null): Reply {
  return inBoth(({ either, words, labels }) =>
    say(
      [
        either(
          `${code} ${words.won(amountKrw)}을 보내지 못했어요.`,
          `The refund of ${words.won(amountKrw)} for ${code} could not be sent.`,
        ),
        ...(reason === null ? [] : [`${either('이유', 'Reason')}: ${shortly(reason)}`]),
        either(
          '은행, 계좌번호, 예금주를 다시 한 줄로 알려 주세요.',
          'Please send the bank, account number and account holder again in one line.',
        ),
      ].join('\n'),
      [choice(labels.refundAccount)],
    ),
  );
}

export function refundReminder({ code }: Order, amountKrw: number): Reply {
  return inBoth(({ either, words, labels }) =>
    say(
      either(
        `${code} ${words.won(amountKrw)}을 돌려 드리려고 해요. 은행, 계좌번호, 예금주를 한 줄로 알려 주세요. 예) 농협 302-1234-5678-91 김영희`,
        `We would like to return ${words.won(amountKrw)} for ${code}. Please send the bank, account number and account holder in one line. e.g. 농협 302-1234-5678-91 김영희`,
      ),
      [choice(labels.refundAccount)],
    ),
  );
}

export function overpaidForSeller({ code, state }: Order, amountKrw: number): Reply {
  return say(
    state === 'paid'
      ? `${code} 주문에 ${words.won(amountKrw)}이 더 들어왔어요. 주문한 분께 환불 계좌를 여쭤봤어요.`
      : `${code}: 끝난 주문에 ${words.won(amountKrw)}이 들어왔어요. 주문한 분께 환불 계좌를 여쭤봤어요.`,
    [choice(BUTTONS.refunds), choice(`주문 ${code}`)],
  );
}

/** A part-paid order never ends by itself: the seller says what becomes of it. */
export function partPaidOver(order: Order): Reply {
  const { code, paidKrw, refundedKrw, id } = order;
  return say(
    [
      `${code} 입금 시간이 끝났는데 일부만 들어왔어요.`,
      `들어온 돈 ${words.won(paidKrw - refundedKrw)} · 모자란 돈 ${words.won(dueKrw(order))}`,
    ].join('\n'),
    [
      pressable(BUTTONS.waitForRest, { key: null, act: 'part-wait', ref: id }),
      pressable(BUTTONS.cancelAndRefund, { key: null, act: 'part-refund', ref: id }),
      choice(`주문 ${code}`),
    ],
  );
}
