// What the seller is asked about a deposit that nobody could match.
import type { Order } from '../orders/order.ts';
import { payable, restOf } from './payable.ts';
import type { Deposit, DepositStore, Engine } from './store.ts';

/** Asked because a deposit like it is known. */
export const MAYBE_SAME = 'maybe_same';
/** Orders placed in one millisecond. */
const PAGE = 50;

/** An order that a deposit may be for; `isAwaited`: it takes this sum, though it may be paid. */
export type Candidate = { readonly order: Order; readonly isAwaited: boolean };

/** What the seller is to be asked about a deposit. */
export type Doubt = {
  readonly candidates: readonly Candidate[];
  /** Another deposit like it is known: it may be that one, told of again. */
  readonly isMaybeKnown: boolean;
};

export async function doubtAbout(
  store: Pick<Engine, 'findOrder'> & DepositStore,
  deposit: Deposit,
  now: Date,
): Promise<Doubt> {
  const { storeId, id, orderIds, amountKrw } = deposit;
  const history = await store.findDepositHistory(storeId, id);
  const candidates: Candidate[] = [];
  for (const orderId of orderIds) {
    const order = await store.findOrder(storeId, orderId);
    if (order === null) continue;
    const isAwaited =
      order.state === 'awaiting_payment' || (await takes(store, order, { amountKrw, now }));
    candidates.push({ order, isAwaited });
  }
  const isMaybeKnown = history.some(({ detail }) => detail.reason === MAYBE_SAME);
  return { candidates, isMaybeKnown };
}

/** Whether a paid order takes this sum all the same: a hand confirmed it, or a change costs it. */
async function takes(
  store: DepositStore,
  { id, storeId, state, placedAt }: Order,
  { amountKrw, now }: { readonly amountKrw: number; readonly now: Date },
): Promise<boolean> {
  if (state !== 'paid') return false;
  const after = { placedAt: `${placedAt}~`, id: '' };
  const page = { storeId, of: 'all', since: placedAt, after, limit: PAGE } as const;
  const record = (await store.findPayable(page)).find((one) => one.id === id);
  return (
    record !== undefined &&
    payable(record, now).state !== 'paid' &&
    restOf(record, now) === amountKrw
  );
}

/** Whether no later deposit may settle it: the seller took it back, or it may be one that is booked already. */
export async function isLeftToSeller(
  store: DepositStore,
  { storeId, id }: Deposit,
): Promise<boolean> {
  const history = await store.findDepositHistory(storeId, id);
  return history.some(({ act, detail }) => act === 'undone' || detail.reason === MAYBE_SAME);
}
