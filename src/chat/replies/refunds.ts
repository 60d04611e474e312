// Seller: the money that goes back by bank. Buyer: the account it goes to.
import type { AccountFault } from '../../language/read-account.ts';
import type { RefundAccount, RefundState } from '../../orders/change.ts';
import type { Transfer } from '../../orders/refunding.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { BUTTONS, choice, pressable, say } from './parts.ts';
import { inBoth, type Tongue } from './tongue.ts';

/** Two buttons for each that is due, and one to go on, are as many as a phone shows. */
const TRANSFERS_SHOWN = 4;

/** The buyers' accounts stand in the seller's lists and notices, and nowhere else in the chat. */
export function refundList(transfers: readonly Transfer[], after: string | null): Reply {
  const [only, another] = transfers;
  if (only === undefined) return say('돌려 드릴 금액이 없어요.', [choice(BUTTONS.today)]);
  if (another === undefined) return refundTransfer(only);
  const from = transfers.findLastIndex(({ orderId }) => orderId === after) + 1;
  const shown = transfers.slice(from, from + TRANSFERS_SHOWN);
  const rest = transfers.length - from - shown.length;
  const sum = transfers.reduce((total, { amountKrw }) => total + amountKrw, 0);
  const last = shown.at(-1)?.orderId ?? '';
  return say(
    [
      `환불할 ${transfers.length}건 ${words.won(sum)}`,
      ...shown.map(transferLine),
      ...(rest > 0 ? [`외 ${rest}건이 더 있어요.`] : []),
    ].join('\n'),
    [
      ...shown.flatMap((transfer) => transferButtons(transfer, true)),
      ...(rest > 0
        ? [pressable(BUTTONS.moreRefunds, { key: null, act: 'refunds-page', ref: last })]
        : []),
      choice(BUTTONS.today),
    ],
  );
}

function transferLine({ code, amountKrw, state, account }: Transfer): string {
  const where =
    state === 'due' && account !== null
      ? `${account.bank} ${account.account} ${account.holder}`
      : REFUND_WORDS[state];
  return `${code} ${words.won(amountKrw)} · ${where}`;
}

const REFUND_WORDS: Readonly<Record<RefundState, string>> = {
  needs_account: '환불 계좌를 기다려요',
  due: '보낼 차례예요',
  done: '보냈어요',
  failed: '보내지 못해 새 계좌를 기다려요',
  withdrawn: '필요 없어졌어요',
};

/** Several may stand in one message: then each button says whose it is. */
function transferButtons({ code, state, refundIds }: Transfer, isOneOfSeveral: boolean): Choice[] {
  if (state !== 'due') return [];
  const of = isOneOfSeveral ? `${code} ` : '';
  const ref = refundIds.join('.');
  return [
    pressable(`${of}${BUTTONS.refundSent}`, { key: null, act: 'refund-done', ref }),
    pressable(`${of}${BUTTONS.refundNotSent}`, { key: null, act: 'refund-failed', ref }),
  ];
}

/** Bank, holder and number are bubbles of their own, to be copied by one touch each. */
export function refundTransfer(transfer: Transfer): Reply {
  const { account, state } = transfer;
  if (state !== 'due' || account === null)
    return say(`환불할 1건\n${transferLine(transfer)}`, [choice(BUTTONS.today)]);
  const { code, amountKrw } = transfer;
  return {
    texts: [`환불할 1건\n${code} ${words.won(amountKrw)} · 보낼 차례예요`, ...copyable(account)],
    choices: [...transferButtons(transfer, false), choice(BUTTONS.today)],
  };
}

/** The account came: what to send, and where. */
export function refundDue(transfer: Transfer, isCorrected: boolean): Reply {
  const { code, amountKrw, account } = transfer;
  const head = isCorrected ? `${code} 환불 계좌가 바뀌었어요.` : `${code} 환불 계좌를 받았어요.`;
  return {
    texts: [
      `${head} ${words.won(amountKrw)}을 아래 계좌로 보내 주세요.`,
      ...(account === null ? [] : copyable(account)),
    ],
    choices: transferButtons(transfer, true),
  };
}

function copyable({ bank, holder, account }: RefundAccount): string[] {
  return [bank, holder, account];
}

export function refundSent(code: string, amountKrw: number): Reply {
  return say(`${code} ${words.won(amountKrw)} 환불을 마쳤어요. 주문한 분께 알려요.`, [
    choice(BUTTONS.refunds),
  ]);
}

export function refundNotSent(code: string, amountKrw: number): Reply {
  return say(
    `${code} ${words.won(amountKrw)}을 못 보냈다고 적었어요. 주문한 분께 계좌를 다시 여쭤볼게요.`,
    [choice(BUTTONS.refunds)],
  );
}

export function refundSentBefore(code: string, amountKrw: number): Reply {
  return say(`${code} ${words.won(amountKrw)}은 이미 보낸 환불이에요.`, [choice(BUTTONS.refunds)]);
}

export function refundNotDue(code: string): Reply {
  return say(`${code} 환불은 아직 계좌를 기다리고 있어요. 계좌가 오면 알려 드릴게요.`, [
    choice(BUTTONS.refunds),
  ]);
}

export function noRefundOf(code: string): Reply {
  return say(`${code} 주문에는 돌려 드릴 금액이 없어요.`, [choice(BUTTONS.refunds)]);
}

export function noSuchRefund(): Reply {
  return say('이 상점에는 없는 환불이에요. 지금 남은 환불을 확인해 주세요.', [
    choice(BUTTONS.refunds),
  ]);
}

export function accountQuestion({ either }: Tongue): string {
  return either(
    '환불받으실 은행, 계좌번호, 예금주를 한 줄로 알려 주세요. 예) 농협 302-1234-5678-91 김영희',
    'Please send the bank, account number and account holder for the refund in one line. e.g. 농협 302-1234-5678-91 김영희',
  );
}

export function askRefundAccount(): Reply {
  return inBoth((tongue) => say(accountQuestion(tongue)));
}

type Parts = Partial<Record<keyof RefundAccount, string | undefined>>;

const PART_WORDS: Readonly<Record<keyof RefundAccount, readonly [string, string]>> = {
  bank: ['은행', 'bank'],
  account: ['계좌번호', 'account number'],
  holder: ['예금주 이름', 'name of the account holder'],
};

/** What came is shown, what is missing is asked. */
export function accountGoesOn(parts: Parts): Reply {
  const keys = ['bank', 'account', 'holder'] as const;
  const known = keys.flatMap((key) => parts[key] ?? []).join(' ');
  const missing = keys.filter((key) => !parts[key]).map((key) => PART_WORDS[key]);
  return inBoth(({ either }) => {
    const wanted = missing.map(([korean]) => korean).join(', ');
    const asked = words.withParticle(wanted, '을/를');
    const english = missing.map(([, one]) => `the ${one}`).join(' and ');
    return say(
      either(
        `${known} 받았어요. ${asked} 알려 주세요.`,
        `Got ${known}. Please send ${english} too.`,
      ),
    );
  });
}

/** The rest of what was said is kept: only the number is asked again. */
export function accountIsWrong(fault: AccountFault): Reply {
  return inBoth((tongue) => {
    const again = tongue.either(
      '계좌번호만 다시 보내 주세요.',
      'Please send just the account number again.',
    );
    return say(`${faultWords(fault, tongue)} ${again}`);
  });
}

function faultWords(fault: AccountFault, { either }: Tongue): string {
  if (fault.kind === 'phone')
    return either(
      '계좌번호가 아니라 휴대폰 번호 같아요.',
      'That looks like a phone number, not an account number.',
    );
  if (fault.kind === 'unlikely')
    return either('계좌번호가 아닌 것 같아요.', 'That does not look like an account number.');
  const [min, max] = fault.wanted;
  const span = min === max ? `${min}` : `${min}~${max}`;
  const englishSpan = min === max ? `${min}` : `${min} to ${max}`;
  const of = fault.bank === null ? '' : `${fault.bank} `;
  return either(
    `${of}계좌번호는 숫자 ${span}자리인데 ${fault.digits}자리를 보내셨어요.`,
    `${of === '' ? 'An account number has' : `A ${of}account number has`} ${englishSpan} digits, yours has ${fault.digits}.`,
  );
}

/** Said back, so that a slip shows at once. */
export function refundAccountKept(account: RefundAccount, codes: readonly string[]): Reply {
  const { bank, account: number, holder } = account;
  const [, another] = codes;
  const of = another === undefined ? '' : `${codes.join(', ')} `;
  return inBoth(({ either, labels }) =>
    say(
      [
        either(
          `${of}환불 계좌를 받았어요.`,
          `Got your refund account${of === '' ? '' : ` for ${codes.join(', ')}`}.`,
        ),
        `${bank} ${number} ${holder}`,
        either(
          '판매자가 보내면 바로 알려 드릴게요. 계좌가 다르면 다시 보내 주세요.',
          'The seller will send the refund there, and I will tell you then. If it is wrong, just send it again.',
        ),
      ].join('\n'),
      [choice(labels.status)],
    ),
  );
}

export function noRefund(): Reply {
  return inBoth(({ either, labels }) =>
    say(either('돌려 드릴 금액이 없어요.', 'There is nothing to refund.'), [choice(labels.status)]),
  );
}

export function refundIsOver(): Reply {
  return inBoth(({ either, labels }) =>
    say(
      either(
        '그 환불은 이미 끝났어요. 다른 점은 판매자에게 물어봐 주세요.',
        'That refund is already done. For anything else, please ask the seller.',
      ),
      [choice(labels.status)],
    ),
  );
}
