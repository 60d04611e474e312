// Seller: deposits that nobody could match, answered by one tap or by an order's code, and taken back.
import { findOrderCodes } from '../language/codes.ts';
import { DomainError } from '../orders/errors.ts';
import type { Order } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import { answerDeposit } from '../payments/answering.ts';
import { bookDeposits } from '../payments/booking.ts';
import { doubtAbout } from '../payments/doubt.ts';
import { looksLikeNotice, readNotices } from '../payments/notice.ts';
import { seenByHand, seenInText } from '../payments/sightings.ts';
import type { Deposit, DepositAnswer, Engine, SeenDeposit } from '../payments/store.ts';
import { type Asking, ask, by, closed, type Handled, pending, type Step, stay } from './desk.ts';
import * as replies from './replies/index.ts';

const DEPOSITS_READ_MAX = 50;

/** The orders a deposit may be for, the likeliest first. */
export async function candidatesOf(
  store: Pick<Engine, 'findOrder'>,
  { storeId, orderIds }: Deposit,
): Promise<readonly Order[]> {
  const orders = await Promise.all(orderIds.map((id) => store.findOrder(storeId, id)));
  return orders.flatMap((order) => order ?? []);
}

/** What waits for an answer: the oldest with its buttons, for it has waited longest. */
export async function showDeposits(asking: Asking): Promise<Step> {
  const { desk, shop } = asking;
  const of = { storeId: shop.id, state: 'asked', limit: DEPOSITS_READ_MAX } as const;
  const open = (await desk.store.findDeposits(of)).toReversed();
  const [oldest] = open;
  if (oldest === undefined) return stay(asking, replies.noDeposits());
  const first = replies.askDeposit(shop, oldest, await doubtAbout(desk.store, oldest, asking.now));
  return stay(asking, replies.depositList(shop, open, first));
}

/** A bank's message that the seller passes on; null when the text is none. */
export async function takeForwarded(asking: Asking): Promise<Step | null> {
  const { text, now } = asking;
  const read = seenInText(readNotices(text, now), 'forwarded', now);
  const isRead = read.seen.length + read.withdrawals > 0;
  if (!isRead) return looksLikeNotice(text) ? stay(asking, replies.unreadNotice()) : null;
  if (read.seen.length === 0) return stay(asking, replies.onlyWithdrawals(read.withdrawals));
  return tellBooked(asking, read.seen, read.unread);
}

/** Whether it is a bank's notice, or looks like one. */
export function isForwarded(text: string, now: Date): boolean {
  const read = seenInText(readNotices(text, now), 'forwarded', now);
  return read.seen.length + read.withdrawals > 0 || looksLikeNotice(text);
}

export async function takeByHand(
  asking: Asking,
  said: { readonly name: string; readonly amountKrw: number },
): Promise<Step> {
  const at = asking.now.toISOString();
  return tellBooked(asking, [seenByHand({ ...said, at, precision: 'told' })], []);
}

/** Each deposit with what became of it, and the question about the first that is doubtful. */
async function tellBooked(
  asking: Asking,
  seen: readonly SeenDeposit[],
  unread: readonly string[],
): Promise<Step> {
  const { desk, shop, now, turn } = asking;
  const actorId = turn.person.id;
  const booked = await bookDeposits(desk, seen, { shop, now, who: 'seller', actorId });
  const told = await Promise.all(
    booked.map(async (one) => ({
      ...one,
      orders: await candidatesOf(desk.store, one.deposit),
    })),
  );
  const open = told.find(({ deposit }) => deposit.state === 'asked');
  const question =
    open && replies.askDeposit(shop, open.deposit, await doubtAbout(desk.store, open.deposit, now));
  return stay(asking, replies.depositsTaken(shop, told, { question: question ?? null, unread }));
}

/** The buttons below a deposit; null when it is none of them. `ref` is the deposit's id, and a code. */
export async function depositPressed(asking: Asking): Promise<Handled> {
  const { press } = asking.message;
  if (press?.act === 'part-wait' || press?.act === 'part-refund') return partPaid(asking, press);
  if (!press?.act.startsWith('deposit-')) return null;
  const [id = '', code = ''] = press.ref.split(':');
  const { desk, shop } = asking;
  const deposit = await desk.store.findDeposit(id);
  if (deposit === null || deposit.storeId !== shop.id)
    return stay(asking, replies.depositIsGone(null, []));
  if (press.act === 'deposit-other')
    return ask(asking, { kind: 'deposit-code', depositId: id }, () => replies.askDepositCode());
  const order = (await candidatesOf(desk.store, deposit)).find((one) => one.code === code);
  const answer = answerIn(press.act, order ?? null);
  return answer === null ? null : settle(asking, deposit, answer);
}

function answerIn(act: string, order: Order | null): DepositAnswer | null {
  switch (act) {
    case 'deposit-pay':
      return order && { kind: 'orders', orderIds: [order.id] };
    case 'deposit-back':
      return { kind: 'refund', orderId: order?.id ?? null };
    case 'deposit-none':
      return { kind: 'none' };
    case 'deposit-undo':
      return { kind: 'undo' };
    default:
      return null;
  }
}

/** The code of the order that a deposit is for, said after `아니에요`. */
export async function answerDepositQuestion(asking: Asking): Promise<Handled> {
  const { talk, text, desk, shop, roles } = asking;
  if (talk.open?.kind !== 'deposit-code' || !roles.has('seller')) return null;
  const [code, ...more] = findOrderCodes(text);
  if (code === undefined || more.length > 0) return null;
  const [deposit, [order]] = await Promise.all([
    desk.store.findDeposit(talk.open.depositId),
    desk.store.findOrders({ code, storeId: shop.id, limit: 1 }),
  ]);
  const done = closed(asking);
  if (deposit === null || deposit.storeId !== shop.id)
    return stay(done, replies.depositIsGone(null, []));
  if (order === undefined) return stay(asking, replies.noSuchCode(code));
  return settle(done, deposit, { kind: 'orders', orderIds: [order.id] });
}

async function settle(asking: Asking, deposit: Deposit, answer: DepositAnswer): Promise<Step> {
  const { desk, shop, now } = asking;
  const asked = { shop, now, who: 'seller', answer } as const;
  try {
    const settled = await answerDeposit(desk, deposit, asked);
    const after = settled ?? (await desk.store.findDeposit(deposit.id));
    if (after === null) return stay(asking, replies.depositIsGone(null, []));
    const orders = await candidatesOf(desk.store, after);
    if (settled === null) return stay(asking, replies.depositIsGone(after, orders));
    if (answer.kind === 'undo')
      return stay(
        asking,
        replies.depositUndone(shop, after, await doubtAbout(desk.store, after, now)),
      );
    return stay(
      asking,
      replies.depositSettled(after, { orders, isRefund: answer.kind === 'refund' }),
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return stay(asking, replies.depositRefused(error) ?? replies.refused(error, shop));
  }
}

/** What becomes of an order that was paid in part when its time was over. */
async function partPaid(
  asking: Asking,
  { act, ref }: { act: string; ref: string },
): Promise<Handled> {
  const { desk, shop } = asking;
  const order = await desk.store.findOrder(shop.id, ref);
  if (order === null) return stay(asking, replies.orderIsGone());
  const refused = (error: DomainError) => stay(asking, replies.refused(error, shop));
  if (act === 'part-wait')
    return pending({
      command: ordering.waitForRest(by(asking, 'seller'), order.id),
      settle: ({ payBy }) => stay(asking, replies.waitsForRest(shop, order.code, payBy)),
      refused,
    });
  const whole = { parcelIds: null, reason: null, account: null };
  return pending({
    command: ordering.cancel(by(asking, 'seller'), order.id, whole),
    settle: (cancelled) =>
      stay(asking, replies.cancelledWithRefund(order.code, cancelled.order.refundDueKrw)),
    refused,
  });
}
