// What the storage keeps of deposits: money seen at the bank, what it was booked on, and what was done with it.
import type { Notice, Who } from '../orders/change.ts';
import type { OrderCore } from '../orders/order.ts';
import type { Command, Store } from '../orders/store.ts';
import type { DepositSource, Sighting } from './same-deposit.ts';

/** `asked`: the seller is asked what it is for. `none`: no customer's money. */
export const DEPOSIT_STATES = ['asked', 'booked', 'none'] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

/** Money that came in, as one source tells it. */
export type SeenDeposit = Sighting & {
  /** The bank's remark. */
  readonly memo: string | null;
};

export type Deposit = {
  readonly id: string;
  readonly storeId: string;
  /** The instant at the bank, in UTC. */
  readonly at: string;
  /** As the bank wrote it; of several sources the one that cut it least. */
  readonly name: string;
  readonly amountKrw: number;
  readonly memo: string | null;
  readonly balanceKrw: number | null;
  readonly source: DepositSource;
  /** As each source told of it, the first one first. */
  readonly sightings: readonly Sighting[];
  readonly state: DepositState;
  /** The orders it pays, or may be for, the likeliest first. */
  readonly orderIds: readonly string[];
  readonly bookedAt: string;
};

export const DEPOSIT_ACTS = [
  'booked',
  'asked',
  'not_ours',
  'seen_again',
  'resolved',
  'refunded',
  'tied',
  'undone',
] as const;
export type DepositAct = (typeof DEPOSIT_ACTS)[number];

export type DepositHistory = {
  readonly at: string;
  readonly who: string;
  readonly act: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** What the seller says of a deposit. */
export type DepositAnswer =
  /** Pays these orders, expired ones too: they live again. */
  | { readonly kind: 'orders'; readonly orderIds: readonly string[] }
  /** Goes back to whoever sent it, by the refund of the order it was meant for. */
  | { readonly kind: 'refund'; readonly orderId: string | null }
  | { readonly kind: 'none' }
  /** Takes the last answer back, with all it did. */
  | { readonly kind: 'undo' };

/** What is made of a deposit, as one transaction with what it does to orders. */
export type Outcome = {
  readonly state: DepositState;
  readonly orderIds: readonly string[];
  readonly act: DepositAct;
  readonly who: Who;
  /** No personal data. */
  readonly detail: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** What it pays, one command for each order; a refusal of one undoes all. */
  readonly commands: readonly Command<OrderCore>[];
  /** A payment confirmed by hand that is this very money: not booked again, but tied to it. */
  readonly tiedTo?: { readonly orderId: string };
  readonly notices: readonly Notice[];
};

export type Booking = {
  readonly storeId: string;
  readonly now: Date;
  readonly id: string;
  readonly seen: SeenDeposit;
  /** Who passed it on, and sees in the answer what is doubtful: not told a second time. */
  readonly actorId?: string;
  /** Looks at those of the same amount within a day: one of them is this one, or it is new. Pure. */
  readonly judge: (alike: readonly Deposit[]) => { readonly same: Deposit } | Outcome;
};

/** An order as far as a deposit may be for it. */
export type PayableRecord = Pick<
  OrderCore,
  | 'id'
  | 'code'
  | 'buyerId'
  | 'state'
  | 'totalKrw'
  | 'paidKrw'
  | 'refundedKrw'
  | 'placedAt'
  | 'payBy'
> & {
  readonly depositor: string | null;
  /** Whoever ordered, as he is called in the chat. */
  readonly buyer: string | null;
  readonly recipients: readonly string[];
  /** The difference that a change of it waits for; null where none is open. */
  readonly openChange: { readonly extraKrw: number; readonly payBy: string } | null;
  /** What was confirmed by hand, and since when, that no deposit is tied to yet. */
  readonly untiedKrw: number;
};

export interface DepositStore {
  /**
   * Books a deposit once: one that was seen before, by whatever source, is completed and answered as it
   * is. Throws the DomainError of a command that is refused, because an order changed meanwhile.
   */
  bookDeposit(booking: Booking): Promise<{ readonly deposit: Deposit; readonly isNew: boolean }>;
  /** Null when it is not in the state any more in which the caller saw it. */
  settleDeposit(settling: {
    readonly deposit: Deposit;
    readonly now: Date;
    readonly outcome: Outcome;
  }): Promise<Deposit | null>;
  findDeposit(id: string): Promise<Deposit | null>;
  /** Newest first. */
  findDeposits(filter: {
    readonly storeId: string;
    readonly state?: DepositState;
    readonly since?: string;
    readonly limit: number;
  }): Promise<readonly Deposit[]>;
  findDepositHistory(storeId: string, id: string): Promise<readonly DepositHistory[]>;
  /** Newest first, a page behind `after`; of all states, or of those that wait for money. */
  findPayable(page: {
    readonly storeId: string;
    readonly of: 'waiting' | 'all';
    /** Placed at or after this instant. */
    readonly since: string;
    readonly after: Pick<PayableRecord, 'id' | 'placedAt'> | null;
    readonly limit: number;
  }): Promise<readonly PayableRecord[]>;
}

/** One engine keeps everything. */
export type Engine = Store & DepositStore;
