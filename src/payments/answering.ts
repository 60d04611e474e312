// What the seller says of a deposit that nobody could match, done as one transaction, and taken back whole.
import { DomainError } from '../orders/errors.ts';
import * as ordering from '../orders/ordering.ts';
import { type Asked, type Books, findKnown, paymentsOf } from './booking.ts';
import { isConfirmedOf } from './payable.ts';
import type { Deposit, DepositAnswer, DepositStore, Outcome } from './store.ts';

/**
 * Does what the seller says. Null when somebody answered meanwhile, or there is nothing to undo; throws
 * the DomainError of an order that refuses.
 */
export async function answerDeposit(
  { store }: Books,
  deposit: Deposit,
  { answer, ...asked }: Asked & { readonly answer: DepositAnswer },
): Promise<Deposit | null> {
  const { now } = asked;
  const isOpen = deposit.state === 'asked';
  if (deposit.storeId !== asked.shop.id)
    throw new DomainError('not_found', 'no such deposit in this store');
  if (isOpen === (answer.kind === 'undo')) return null;
  const outcome = await outcomeOfAnswer(store, deposit, { answer, ...asked });
  return store.settleDeposit({ deposit, now, outcome });
}

async function outcomeOfAnswer(
  store: DepositStore,
  deposit: Deposit,
  { answer, ...asked }: Asked & { readonly answer: DepositAnswer },
): Promise<Outcome> {
  const { who } = asked;
  const { id, orderIds: offered } = deposit;
  const plain = { who, commands: [], notices: [] } as const;
  switch (answer.kind) {
    case 'none':
      return { ...plain, state: 'none', act: 'resolved', orderIds: [], detail: { as: 'none' } };
    case 'undo':
      return {
        ...{ ...plain, state: 'asked', act: 'undone', orderIds: offered, detail: {} },
        commands:
          deposit.state === 'booked' ? await takeBacks(store, deposit, asked) : plain.commands,
      };
    case 'refund': {
      const { orderId } = answer;
      if (orderId === null)
        return { ...plain, state: 'none', act: 'refunded', orderIds: [], detail: { as: 'refund' } };
      const { amountKrw, name, at } = deposit;
      const request = { depositId: id, amountKrw, depositor: name, at, isRevived: false };
      return {
        ...{ ...plain, state: 'booked', act: 'refunded', orderIds: [orderId] },
        detail: { as: 'refund' },
        commands: [ordering.takeDeposit(asked, orderId, request)],
      };
    }
    case 'orders': {
      const known = [...(await findKnown(store, asked)).values()];
      const records = answer.orderIds.flatMap(
        (one) => known.find((record) => record.id === one) ?? [],
      );
      if (records.length < answer.orderIds.length)
        throw new DomainError('not_found', 'no such order in this store, or one that is too old');
      const orderIds = records.map((record) => record.id);
      const [only] = records;
      if (only !== undefined && isConfirmedOf(records, deposit, asked.now))
        return {
          ...{ ...plain, state: 'booked', act: 'tied', orderIds, detail: {} },
          tiedTo: { orderId: only.id },
        };
      const commands = paymentsOf(records, { ...asked, id, seen: deposit, isSure: false });
      return { ...plain, state: 'booked', act: 'resolved', orderIds, detail: {}, commands };
    }
  }
}

/** What was only tied to a hand's confirmation has no payment of its own to take back. */
async function takeBacks(
  store: DepositStore,
  { id, storeId, orderIds }: Deposit,
  asked: Asked,
): Promise<Outcome['commands']> {
  const history = await store.findDepositHistory(storeId, id);
  const last = history.findLast(({ act }) => act !== 'seen_again');
  if (last?.act === 'tied') return [];
  return orderIds.map((orderId) => ordering.takeBackDeposit(asked, orderId, id));
}
