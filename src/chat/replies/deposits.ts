// Seller: money that came in and what it is for.
import type { DomainError } from '../../orders/errors.ts';
import { dueKrw, type Order } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import { depositorCode } from '../../payments/depositor-code.ts';
import type { Candidate, Doubt } from '../../payments/doubt.ts';
import type { Deposit } from '../../payments/store.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { depositorOf } from './lines.ts';
import { BUTTONS, choice, pressable, say, shortly } from './parts.ts';

const DEPOSITS_SHOWN = 8;
const ORDER_WORDS: Readonly<Record<Order['state'], string>> = {
  awaiting_payment: '입금 대기',
  paid: '이미 입금됨',
  expired: '입금 시간 지남',
  cancelled: '취소됨',
};
/** Confirmed by hand, or changed: this sum is what the bank has yet to show. */
const AWAITED_AGAIN = '통장 입금 확인 전';

function depositLine({ policy }: Shop, { amountKrw, name, at }: Deposit): string {
  return `${words.won(amountKrw)} · ${shortly(name) || '이름 없음'} · ${words.moment(at, policy.timeZone)}`;
}

function orderLine({ order, isAwaited }: Candidate): string {
  const name = depositorCode(depositorOf(order), order.code);
  const owed = order.state === 'awaiting_payment' ? ` ${words.won(dueKrw(order))}` : '';
  const stands = isAwaited && order.state === 'paid' ? AWAITED_AGAIN : ORDER_WORDS[order.state];
  return `${order.code} ${name}${owed} · ${stands}`;
}

/** One question, its likeliest answers below it. */
export function askDeposit(shop: Shop, deposit: Deposit, doubt: Doubt): Reply {
  const { candidates } = doubt;
  const lines = [
    '확인할 입금이 있어요.',
    depositLine(shop, deposit),
    ...candidates.map(orderLine),
    questionOf(doubt),
  ];
  return say(lines.join('\n'), depositChoices(deposit, doubt));
}

function questionOf({ candidates: [first, ...more], isMaybeKnown }: Doubt): string {
  // Before all else: money that came once must not be sent back.
  if (isMaybeKnown)
    return '같은 이름, 같은 금액을 이미 적었어요. 통장에 한 번만 들어왔다면 [한 번 들어왔어요]를 눌러 주세요.';
  if (first === undefined)
    return '누구의 입금인지 알 수 없어요. 주문번호를 아시면 [다른 주문]을 눌러 주세요.';
  if (more.length > 0) return '어느 주문의 입금인가요?';
  return first.isAwaited
    ? '이 주문의 입금이 맞나요?'
    : '이 주문은 입금을 받지 않는 상태예요. 어떻게 할까요?';
}

/** Without keys: pressed again each says what has become of the deposit. */
function depositChoices({ id }: Deposit, { candidates, isMaybeKnown }: Doubt): Choice[] {
  const isOnly = candidates.length === 1;
  const press = (label: string, act: string, ref: string) =>
    pressable(label, { key: null, act, ref });
  const [first] = candidates;
  const own = candidates.map(({ order, isAwaited }) => {
    const ref = `${id}:${order.code}`;
    if (isAwaited)
      return press(isOnly && !isMaybeKnown ? BUTTONS.thatsIt : order.code, 'deposit-pay', ref);
    if (order.state === 'expired')
      return press(isOnly ? BUTTONS.revive : `${order.code} 되살리기`, 'deposit-pay', ref);
    return press(
      isOnly && !isMaybeKnown ? BUTTONS.giveBack : `${order.code} 환불`,
      'deposit-back',
      ref,
    );
  });
  const isAwaited = isOnly && first?.isAwaited === true;
  if (isMaybeKnown)
    return [
      press(BUTTONS.cameOnce, 'deposit-none', id),
      ...own,
      press(BUTTONS.otherOrder, 'deposit-other', id),
    ];
  return [
    ...own,
    ...(first?.order.state === 'expired'
      ? [press(BUTTONS.giveBack, 'deposit-back', `${id}:${first.order.code}`)]
      : []),
    press(isAwaited ? BUTTONS.notThat : BUTTONS.otherOrder, 'deposit-other', id),
    ...(isAwaited ? [] : [press(BUTTONS.notOurs, 'deposit-none', id)]),
  ];
}

export function askDepositCode(): Reply {
  return say('어느 주문인가요? 주문번호를 보내 주세요. 예) P7-042', [choice(BUTTONS.deposits)]);
}

export function noDeposits(): Reply {
  return say('확인을 기다리는 입금이 없어요.', [choice(BUTTONS.unpaid), choice(BUTTONS.today)]);
}

export function depositList(shop: Shop, open: readonly Deposit[], first: Reply): Reply {
  const rest = open.slice(1, DEPOSITS_SHOWN);
  const more = open.length - 1 - rest.length;
  if (rest.length === 0) return first;
  const others = [
    `확인할 입금 ${open.length}건`,
    ...rest.map((deposit) => depositLine(shop, deposit)),
    ...(more > 0 ? [`외 ${more}건이 더 있어요.`] : []),
    '먼저 들어온 것부터 여쭤볼게요.',
  ];
  return { texts: [others.join('\n'), ...first.texts], choices: first.choices };
}

function undoChoice({ id }: Deposit): Choice {
  return pressable(BUTTONS.undo, { key: null, act: 'deposit-undo', ref: id });
}

export function depositSettled(
  deposit: Deposit,
  { orders, isRefund }: { readonly orders: readonly Order[]; readonly isRefund: boolean },
): Reply {
  const { amountKrw, state } = deposit;
  const codes = orders.map(({ code }) => code).join(', ');
  const choices = [undoChoice(deposit), choice(BUTTONS.deposits)];
  if (isRefund && state === 'booked')
    return say(
      `${codes} ${words.won(amountKrw)}을 돌려 드리기로 했어요. 주문한 분께 환불 계좌를 여쭤볼게요.`,
      choices,
    );
  if (isRefund)
    return say(
      `${words.won(amountKrw)}은 보낸 분께 직접 돌려 보내 주세요. 주문과는 연결하지 않았어요.`,
      choices,
    );
  if (state === 'none') return say('주문과 상관없는 돈으로 적어 뒀어요.', choices);
  const [order] = orders;
  const owed = order?.state === 'awaiting_payment' ? dueKrw(order) : 0;
  return say(
    owed > 0
      ? `${codes}에 ${words.won(amountKrw)}을 적었어요. 아직 ${words.won(owed)}이 모자라서 주문한 분께 알려요.`
      : `${codes} ${words.won(amountKrw)} 입금으로 처리했어요. 주문한 분께 알려요.`,
    choices,
  );
}

export function depositUndone(shop: Shop, deposit: Deposit, doubt: Doubt): Reply {
  const again = askDeposit(shop, deposit, doubt);
  return { texts: ['되돌렸어요. 다시 여쭤볼게요.', ...again.texts], choices: again.choices };
}

/** Somebody has answered already, or it never was. */
export function depositIsGone(deposit: Deposit | null, orders: readonly Order[]): Reply {
  if (deposit === null) return say('이 상점에 그런 입금이 없어요.', [choice(BUTTONS.deposits)]);
  if (deposit.state === 'asked')
    return say('아직 처리하지 않은 입금이에요.', [choice(BUTTONS.deposits)]);
  const codes = orders.map(({ code }) => code).join(', ');
  return say(
    deposit.state === 'none' || codes === ''
      ? '이미 주문과 상관없는 돈으로 적어 둔 입금이에요.'
      : `이미 ${codes} 입금으로 처리했어요.`,
    [undoChoice(deposit), choice(BUTTONS.deposits)],
  );
}

export function waitsForRest({ policy }: Shop, code: string, payBy: string): Reply {
  return say(
    `${code} 나머지 입금을 ${words.moment(payBy, policy.timeZone)}까지 기다릴게요. 주문한 분께 알려요.`,
    [choice(`주문 ${code}`)],
  );
}

export function cancelledWithRefund(code: string, refundKrw: number): Reply {
  return say(
    `${code} 주문을 취소했어요. ${words.won(refundKrw)}을 돌려 드려야 해요. 주문한 분께 환불 계좌를 여쭤볼게요.`,
    [choice(BUTTONS.refunds)],
  );
}

export function orderIsGone(): Reply {
  return say('이 상점에 그런 주문이 없어요.', [choice(BUTTONS.today)]);
}

const TAKEN_SHOWN = 10;

export type Taken = {
  readonly deposit: Deposit;
  readonly isNew: boolean;
  readonly orders: readonly Order[];
};

/** What became of each; the question about one that is doubtful stands below. */
export function depositsTaken(
  shop: Shop,
  taken: readonly Taken[],
  { question, unread }: { readonly question: Reply | null; readonly unread: readonly string[] },
): Reply {
  const rest = taken.length - TAKEN_SHOWN;
  const lines = [
    ...taken.slice(0, TAKEN_SHOWN).map((one) => takenLine(shop, one)),
    ...(rest > 0 ? [`외 ${rest}건`] : []),
    ...(unread.length > 0 ? [`읽지 못한 부분이 있어요: “${shortly(unread.join(' '))}”`] : []),
  ];
  // One question alone needs no list above it.
  if (question !== null && taken.length === 1 && unread.length === 0) return question;
  return {
    texts: [lines.join('\n'), ...(question?.texts ?? [])],
    choices: question?.choices ?? [choice(BUTTONS.deposits), choice(BUTTONS.today)],
  };
}

function takenLine(shop: Shop, { deposit, isNew, orders }: Taken): string {
  const codes = orders.map(({ code }) => code).join(', ');
  const line = depositLine(shop, deposit);
  if (deposit.state === 'asked') return `${line} → 확인이 필요해요`;
  if (deposit.state === 'none') return `${line} → 주문과 상관없는 돈이에요`;
  return isNew ? `${line} → ${codes} 입금완료` : `${line} → 이미 적은 입금이에요 (${codes})`;
}

export function onlyWithdrawals(count: number): Reply {
  return say(`나간 돈 ${count}건이라 적을 것이 없어요.`, [choice(BUTTONS.deposits)]);
}

export function unreadNotice(): Reply {
  return say(
    '은행 알림 같은데 읽지 못했어요. “입금 김영희 75,000원”처럼 보내 주시면 적어 둘게요.',
    [choice(BUTTONS.deposits)],
  );
}

/** The bank's words came by themselves, and nobody could read them. */
export function noticeUnread(said: string): Reply {
  return say(
    `은행 알림을 읽지 못했어요.\n“${shortly(said)}”\n입금이라면 “입금 김영희 75,000원”처럼 보내 주세요.`,
    [choice(BUTTONS.deposits)],
  );
}

/** Why a deposit cannot be booked so, or its booking not taken back; null where the rules say it all. */
export function depositRefused({ code, detail }: DomainError): Reply | null {
  const why = code === 'conflict' ? REFUSED_WORDS.get(String(detail.state)) : undefined;
  return why === undefined ? null : say(why, [choice(BUTTONS.deposits), choice(BUTTONS.refunds)]);
}

const HAS_LEFT =
  '이미 수확했거나 보낸 상자가 있어 되돌릴 수 없어요. 잘못 받은 돈은 환불로 처리해 주세요.';
const REFUSED_WORDS: ReadonlyMap<string, string> = new Map([
  [
    'refund_open',
    '그 주문의 돈은 이미 환불하기로 했어요. 되살리려면 그 입금을 먼저 되돌려 주세요.',
  ],
  ['refunded', '이미 환불해 드린 돈이라 되돌릴 수 없어요.'],
  ...['harvested', 'packed', 'shipped', 'delivered'].map((state) => [state, HAS_LEFT] as const),
]);
