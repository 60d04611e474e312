// Where a buyer's money goes back to: asked for, told in one message or several, corrected, and told unasked.
import { type Account, type AccountReading, readAccount } from '../language/read-account.ts';
import type { Order } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import type { OpenQuestion } from './conversation.ts';
import { type Asking, ask, by, closed, type Handled, pending, run, stay } from './desk.ts';
import { ordersOf } from './own-orders.ts';
import * as replies from './replies/index.ts';

type Question = Extract<OpenQuestion, { kind: 'refund-account' }>;
type Known = NonNullable<Question['known']>;

export async function askRefundAccount(asking: Asking): Promise<Handled> {
  const [meant] = await refundsOf(asking);
  if (meant === undefined) return stay(asking, replies.noRefund());
  const question = { kind: 'refund-account', orderId: meant.order.id } as const;
  return ask(asking, question, replies.askRefundAccount);
}

/** Null when the message is no account, nor a part of one. */
export async function answerRefundAccount(asking: Asking, question: Question): Promise<Handled> {
  const read = readAccount(asking.text);
  const { known = {}, orderId } = question;
  if (!isAbout(read, known)) return null;
  return takeParts(asking, read, { orderId, known });
}

/**
 * An account that no open question asks for, most often behind one of our notices; null when nothing
 * of this sender's waits for one.
 */
export async function accountUnasked(asking: Asking): Promise<Handled> {
  const read = readAccount(asking.text);
  const isWhole = read.bank !== null && read.account !== null && read.holder !== null;
  const isBegun = read.isAlone && read.bank !== null && (read.account ?? read.fault) !== null;
  if (!isWhole && !isBegun) return null;
  const [meant] = await refundsOf(asking);
  return meant === undefined
    ? null
    : takeParts(asking, read, { orderId: meant.order.id, known: {} });
}

function isAbout(read: AccountReading, known: Known): boolean {
  if (read.account !== null) return true;
  // A phone number and a bank's word stand in many an order too.
  if (read.fault !== null && read.bank !== null && read.fault.kind !== 'phone') return true;
  if (!read.isAlone) return false;
  if (read.bank !== null || read.fault !== null) return true;
  // A name by itself is a holder only behind the rest of an account.
  return read.holder !== null && Object.keys(known).length > 0;
}

async function takeParts(
  asking: Asking,
  read: AccountReading,
  { orderId, known }: { readonly orderId: string; readonly known: Known },
): Promise<Handled> {
  const parts = {
    bank: read.bank ?? known.bank,
    account: read.account ?? known.account,
    holder: read.holder ?? known.holder,
  };
  const { bank, account, holder } = parts;
  if (read.fault === null && bank && account && holder)
    return give(asking, orderId, { bank, account, holder });
  const question = { kind: 'refund-account', orderId, known: parts } as const;
  const words =
    read.fault === null ? replies.accountGoesOn(parts) : replies.accountIsWrong(read.fault);
  return ask(asking, question, () => words);
}

/** One account is for all of the buyer's money that waits for one here. */
async function give(asking: Asking, orderId: string, account: Account): Promise<Handled> {
  const waiting = (await refundsOf(asking)).filter(
    ({ order, isWaiting }) => isWaiting && order.id !== orderId,
  );
  const giving = (id: string) => ordering.giveRefundAccount(by(asking), id, account);
  for (const { order } of waiting) await run(asking, giving(order.id));
  const codes = waiting.map(({ order }) => order.code);
  return pending({
    command: giving(orderId),
    settle: ({ order, refunds }) => {
      const all = refunds.length > 0 ? [order.code, ...codes] : codes;
      const reply =
        all.length > 0 ? replies.refundAccountKept(account, all) : replies.refundIsOver();
      return stay(closed(asking), reply);
    },
    refused: (error) => stay(closed(asking), replies.refused(error, asking.shop)),
  });
}

type Meant = { readonly order: Order; readonly isWaiting: boolean };

/** Orders with money to go back by bank: those that wait for an account first, then the newest. */
async function refundsOf(asking: Asking): Promise<readonly Meant[]> {
  const owed = (await ordersOf(asking)).filter(({ refundDueKrw }) => refundDueKrw > 0);
  const { store } = asking.desk;
  const meant = await Promise.all(
    owed.map(async (order) => {
      const refunds = await store.findRefunds(order.storeId, order.id);
      const isWaiting = refunds.some(
        ({ state }) => state === 'needs_account' || state === 'failed',
      );
      return { order, isWaiting };
    }),
  );
  return meant.sort((a, b) => Number(b.isWaiting) - Number(a.isWaiting));
}
