// Buyer: asking for a receipt. Seller: the receipts that are asked for.
import type { ReceiptFault } from '../../language/read-receipt.ts';
import type { ReceiptDetails, ReceiptKind } from '../../orders/change.ts';
import type { Order } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import type { ReceiptRecord } from '../../orders/store.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { BUTTONS, choice, pressable, say } from './parts.ts';
import { inBoth, type Tongue } from './tongue.ts';

const RECEIPTS_SHOWN = 6;

/** Produce is free of VAT: then it is 계산서, else 세금계산서. */
function nameOf({ business }: Shop, kind: ReceiptKind, { either }: Pick<Tongue, 'either'>): string {
  if (kind === 'cash') return either('현금영수증', 'cash receipt');
  const isExempt = business?.taxExempt ?? true;
  return isExempt ? either('계산서', 'invoice (VAT-exempt)') : either('세금계산서', 'tax invoice');
}

function koreanName(shop: Shop, kind: ReceiptKind): string {
  return nameOf(shop, kind, { either: (korean) => korean });
}

/** A phone, a firm's number or a card, grouped as people read it. */
function numberWords(digits: string): string {
  if (/^01\d{8,9}$/.test(digits)) return words.phone(digits);
  if (digits.length === 10) return digits.replace(/^(\d{3})(\d{2})/, '$1-$2-');
  return digits.replace(/(\d{4})(?=\d)/g, '$1-');
}

function detailWords({ number, email }: ReceiptDetails): string {
  return [numberWords(number), ...(email === null ? [] : [email])].join(' ');
}

type Missing = {
  readonly id: string;
  readonly code: string;
  readonly kind: ReceiptKind;
  readonly number: string | null;
  readonly email: string | null;
  readonly fault: ReceiptFault | null;
  readonly hasOwn: boolean;
};

export function askReceiptDetails(shop: Shop, missing: Missing): Reply {
  const { id, code, kind, fault, hasOwn } = missing;
  return inBoth((tongue) => {
    const name = nameOf(shop, kind, tongue);
    const { either, labels } = tongue;
    const wrong = fault === null ? [] : [faultWords(fault, tongue)];
    const question =
      kind === 'cash'
        ? either(
            `${code} ${words.withParticle(name, '을/를')} 받으실 번호를 알려 주세요. 휴대폰, 사업자등록번호, 현금영수증 카드번호 모두 괜찮아요.`,
            `Which number is the ${name} for ${code} for? A mobile phone, a business or a cash-receipt card number.`,
          )
        : invoiceQuestion(missing, name, tongue);
    return say(
      [...wrong, question].join('\n'),
      kind === 'cash' && hasOwn
        ? [pressable(labels.ownNumber, { key: null, act: 'receipt-own', ref: id })]
        : [],
    );
  });
}

function invoiceQuestion(
  { code, number, email }: Missing,
  name: string,
  { either }: Tongue,
): string {
  if (number === null && email === null)
    return either(
      `${code} ${words.withParticle(name, '을/를')} 받으실 사업자등록번호와 이메일을 알려 주세요. 예) 123-45-67891 farm@example.com`,
      `Please send the business number and the e-mail address for the ${name} of ${code}. e.g. 123-45-67891 farm@example.com`,
    );
  return number === null
    ? either('사업자등록번호도 알려 주세요.', 'Please send the business number too.')
    : either('받으실 이메일도 알려 주세요.', 'Please send the e-mail address too.');
}

function faultWords(fault: ReceiptFault, { either }: Tongue): string {
  switch (fault) {
    case 'resident':
      return either(
        '주민등록번호는 받지 않아요. 대화에서도 지워 주세요.',
        'Please do not send a resident registration number.',
      );
    case 'firm':
      return either(
        '사업자등록번호가 맞지 않아요. 숫자 10자리를 확인해 주세요.',
        'That business number is not right. It has 10 digits.',
      );
    case 'number':
      return either('번호가 맞지 않아요.', 'That number is not right.');
  }
}

export function receiptAsked(
  shop: Shop,
  { code, state }: Order,
  { kind, details }: { readonly kind: ReceiptKind; readonly details: ReceiptDetails },
): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const name = nameOf(shop, kind, tongue);
    const given = detailWords(details);
    const when =
      state === 'paid'
        ? either('판매자가 발급하면 알려 드릴게요.', 'I will tell you when it is made out.')
        : either(
            '입금이 확인된 뒤 발급해 드리고 알려 드릴게요.',
            'It is made out after the payment, and I will tell you.',
          );
    return say(
      either(
        `${code} ${words.withParticle(name, '을/를')} 신청했어요: ${given}\n${when}`,
        `I have asked for the ${name} of ${code}: ${given}\n${when}`,
      ),
      [choice(labels.status)],
    );
  });
}

export function whichReceipt(orders: readonly Order[], id: string): Reply {
  return inBoth(({ either, words: own }) =>
    say(
      [
        either('어느 주문의 영수증인가요?', 'Which order is it for?'),
        ...orders.map(({ code, totalKrw }) => `${code} ${own.won(totalKrw)}`),
      ].join('\n'),
      orders.map(({ code, id: orderId }) =>
        pressable(code, { key: null, act: 'receipt-order', ref: `${id}:${orderId}` }),
      ),
    ),
  );
}

export function receiptAfterOrder(): Reply {
  return inBoth(({ either }) =>
    say(
      either(
        '영수증은 주문을 확정하신 뒤에 말씀해 주시면 바로 신청해 드려요.',
        'Please ask for a receipt once the order is confirmed, and I will see to it at once.',
      ),
    ),
  );
}

export function noReceiptFor(code: string | null): Reply {
  return inBoth(({ either, start }) =>
    say(
      code === null
        ? either(
            '영수증을 받으실 주문이 없어요. 주문하신 뒤에 말씀해 주세요.',
            'There is no order to give a receipt for. Please ask once you have ordered.',
          )
        : either(
            `${code} 주문은 영수증을 신청할 수 없어요.`,
            `There can be no receipt for ${code}.`,
          ),
      start,
    ),
  );
}

export function receiptMadeBefore(code: string): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        `${code}: 판매자가 이미 발급했어요. 다시 필요하시면 판매자에게 말씀해 주세요.`,
        `${code}: it is made out already. For another one please ask the seller.`,
      ),
      [choice(labels.status)],
    ),
  );
}

/** To the buyer, when it is made out. */
export function receiptDone(shop: Shop, { code }: Order, kind: ReceiptKind): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const name = nameOf(shop, kind, tongue);
    return say(
      either(
        `${code} ${words.withParticle(name, '을/를')} 발급했어요.`,
        `The ${name} for ${code} was made out.`,
      ),
      [choice(labels.status)],
    );
  });
}

/** To the seller: what to make out, and to whom; its number is a bubble of its own, to be copied. */
export function receiptForSeller(shop: Shop, receipt: ReceiptRecord, isCorrected: boolean): Reply {
  const { code, kind, amountKrw, details, orderState } = receipt;
  const name = koreanName(shop, kind);
  const head = isCorrected
    ? `${code} ${name} 번호가 바뀌었어요.`
    : `${code} ${name} 요청이 왔어요.`;
  const unpaid = orderState === 'paid' ? '' : ' (입금 전)';
  return {
    texts: [
      `${head} ${words.won(amountKrw)}${unpaid}`,
      ...(details === null ? [] : [numberWords(details.number)]),
      ...(details?.email ? [details.email] : []),
    ],
    choices: [doneButton(receipt, true), choice(BUTTONS.receipts)],
  };
}

function doneButton({ id, code }: ReceiptRecord, isOneOfSeveral: boolean): Choice {
  const of = isOneOfSeveral ? `${code} ` : '';
  return pressable(`${of}${BUTTONS.receiptDone}`, { key: null, act: 'receipt-done', ref: id });
}

export function receiptList(
  shop: Shop,
  receipts: readonly ReceiptRecord[],
  after: string | null,
): Reply {
  if (receipts.length === 0) return say('발급할 영수증이 없어요.', [choice(BUTTONS.today)]);
  const from = receipts.findLastIndex(({ id }) => id === after) + 1;
  const shown = receipts.slice(from, from + RECEIPTS_SHOWN);
  const rest = receipts.length - from - shown.length;
  const last = shown.at(-1)?.id ?? '';
  return say(
    [
      `발급할 영수증 ${receipts.length}건`,
      ...shown.map((receipt) => receiptLine(shop, receipt)),
      ...(rest > 0 ? [`외 ${rest}건이 더 있어요.`] : []),
    ].join('\n'),
    [
      ...shown.map((receipt) => doneButton(receipt, receipts.length > 1)),
      ...(rest > 0
        ? [pressable(BUTTONS.moreReceipts, { key: null, act: 'receipts-page', ref: last })]
        : []),
      choice(BUTTONS.today),
    ],
  );
}

function receiptLine(shop: Shop, receipt: ReceiptRecord): string {
  const { code, kind, amountKrw, details, orderState } = receipt;
  const to = details === null ? '번호가 지워졌어요' : detailWords(details);
  const unpaid = orderState === 'paid' ? '' : ' · 입금 전';
  return `${code} ${koreanName(shop, kind)} ${words.won(amountKrw)} · ${to}${unpaid}`;
}

export function receiptMade(shop: Shop, { code, kind }: ReceiptRecord): Reply {
  const name = words.withParticle(koreanName(shop, kind), '을/를');
  return say(`${code} ${name} 발급했다고 적었어요. 주문한 분께 알려요.`, [
    choice(BUTTONS.receipts),
  ]);
}

export function noReceiptAsked(code: string): Reply {
  return say(`${code} 주문에는 발급할 영수증이 없어요.`, [choice(BUTTONS.receipts)]);
}

export function noSuchReceipt(): Reply {
  return say('이 상점에는 없는 영수증 요청이에요.', [choice(BUTTONS.receipts)]);
}
