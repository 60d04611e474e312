// Orders, parcels, packages: their shapes and the tables that say which step may follow which.
import { DomainError } from './errors.ts';
import type { Policy } from './shop.ts';

export const ORDER_STATES = ['awaiting_payment', 'paid', 'expired', 'cancelled'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const PARCEL_STATES = [
  'waiting',
  'scheduled',
  'harvested',
  'packed',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
] as const;
export type ParcelState = (typeof PARCEL_STATES)[number];

export const ORDER_ACTIONS = ['pay', 'unpay', 'expire', 'cancel', 'revive'] as const;
export type OrderAction = (typeof ORDER_ACTIONS)[number];

/** What an action makes of an order; an absent entry is refused. */
export const ORDER_TRANSITIONS: Readonly<
  Record<OrderState, Readonly<Partial<Record<OrderAction, OrderState>>>>
> = {
  awaiting_payment: { pay: 'paid', expire: 'expired', cancel: 'cancelled' },
  paid: { cancel: 'cancelled', unpay: 'awaiting_payment' },
  expired: { revive: 'awaiting_payment' },
  cancelled: {},
};

export const PARCEL_ACTIONS = [
  'schedule',
  'unschedule',
  'harvest',
  'pack',
  'ship',
  'deliver',
  'cancel',
  'return',
] as const;
export type ParcelAction = (typeof PARCEL_ACTIONS)[number];

/** One step at a time; a report that skips steps is recorded as the steps it implies. */
export const PARCEL_TRANSITIONS: Readonly<
  Record<ParcelState, Readonly<Partial<Record<ParcelAction, ParcelState>>>>
> = {
  waiting: { schedule: 'scheduled', cancel: 'cancelled' },
  // `schedule` again is a move to another date; `unschedule` is the move for which no date is left.
  scheduled: {
    schedule: 'scheduled',
    unschedule: 'waiting',
    harvest: 'harvested',
    cancel: 'cancelled',
  },
  harvested: { pack: 'packed', cancel: 'cancelled' },
  packed: { ship: 'shipped', cancel: 'cancelled' },
  shipped: { deliver: 'delivered', return: 'returned' },
  delivered: { return: 'returned' },
  cancelled: {},
  returned: {},
};

export function nextOrderState(state: OrderState, action: OrderAction): OrderState {
  const next = ORDER_TRANSITIONS[state][action];
  if (next === undefined)
    throw new DomainError('conflict', `an order that is ${state} cannot ${action}`, { state });
  return next;
}

export function nextParcelState(state: ParcelState, action: ParcelAction): ParcelState {
  const next = PARCEL_TRANSITIONS[state][action];
  if (next === undefined)
    throw new DomainError('conflict', `a parcel that is ${state} cannot ${action}`, { state });
  return next;
}

/** The states in which a parcel takes room on its date. */
export const STATES_ON_A_DATE: ReadonlySet<ParcelState> = new Set([
  'scheduled',
  'harvested',
  'packed',
  'shipped',
  'delivered',
  'returned',
]);

/** States that a farmer's report moves to, in order, with the action that reaches each. */
export const REPORT_STEPS = [
  { action: 'harvest', to: 'harvested' },
  { action: 'pack', to: 'packed' },
  { action: 'ship', to: 'shipped' },
  { action: 'deliver', to: 'delivered' },
] as const satisfies readonly { action: ParcelAction; to: ParcelState }[];
export type ReportedState = (typeof REPORT_STEPS)[number]['to'];

/** Steps that the buyer hears of in the evening; the others are told as they happen. */
export const STATES_TOLD_DAILY: ReadonlySet<ParcelState> = new Set(['harvested', 'packed']);

const PATH_OF_AN_ACT: readonly ParcelState[] = [
  'waiting',
  'scheduled',
  ...REPORT_STEPS.map(({ to }) => to),
];

/** The only step back there is: from where an act of the farm led to where the parcel was before. */
export function stateBefore(state: ParcelState, was: ParcelState): ParcelState {
  const from = PATH_OF_AN_ACT.indexOf(was);
  if (from < 0 || from > PATH_OF_AN_ACT.indexOf(state))
    throw new DomainError('conflict', `a parcel that is ${state} cannot be ${was} again`, {
      state,
    });
  return was;
}

export type Item = {
  readonly product: string;
  readonly name: string;
  readonly boxes: number;
  readonly priceKrw: number;
};

export type Wanted = { readonly date: string; readonly kind: 'arrive' | 'dispatch' };

export type Package = {
  readonly no: number;
  readonly boxes: number;
  readonly carrier: string | null;
  readonly waybill: string | null;
  readonly state: 'shipped' | 'delivered' | null;
  readonly lastEvent: string | null;
};

export const REGIONS = ['mainland', 'jeju', 'island'] as const;
export type Region = (typeof REGIONS)[number];

/** A parcel without personal data: all that decisions need. */
export type ParcelCore = {
  readonly id: string;
  readonly no: number;
  readonly items: readonly Item[];
  readonly boxes: number;
  readonly region: Region;
  readonly shippingKrw: number;
  readonly surchargeKrw: number;
  readonly state: ParcelState;
  readonly wanted: Wanted | null;
  /** The estimate until paid, then the promise; null while there is none. */
  readonly harvestDate: string | null;
  readonly packages: readonly Package[];
  readonly shippedAt: string | null;
  /** When the buyer was asked whether it arrived. */
  readonly askedAt: string | null;
};

/** The parts of the policy an order keeps from the moment it was made. */
export type Terms = Pick<
  Policy,
  'boxesPerFee' | 'feeKrw' | 'jejuFeeKrw' | 'islandFeeKrw' | 'freeFromKrw' | 'transitDays'
>;

/** An order without personal data. Times are ISO 8601 in UTC. */
export type OrderCore = {
  readonly id: string;
  readonly storeId: string;
  readonly code: string;
  readonly buyerId: string;
  readonly state: OrderState;
  readonly goodsKrw: number;
  readonly shippingKrw: number;
  readonly surchargeKrw: number;
  readonly totalKrw: number;
  readonly paidKrw: number;
  readonly refundedKrw: number;
  /** Refunds that are opened and not yet paid out. */
  readonly refundDueKrw: number;
  readonly payBy: string;
  /** When the buyer is reminded of paying; null when there is nothing more to remind of. */
  readonly remindAt: string | null;
  readonly placedAt: string;
  readonly paidAt: string | null;
  /** Place in the queue: the time at the bank, then the order of booking. */
  readonly depositedAt: string | null;
  readonly bookingSeq: number | null;
  /** When the buyer said that the money was sent. */
  readonly claimedPaidAt: string | null;
  /** When it was handed to the seller because its time was over and only a part was paid. */
  readonly handedAt: string | null;
  readonly termsVersion: string;
  readonly terms: Terms;
  readonly parcels: readonly ParcelCore[];
};

export type Person = { readonly name: string | null; readonly phone: string | null };

export type OrderPersonal = {
  readonly buyer: Person;
  readonly sender: Person | null;
  readonly depositor: string | null;
  readonly memo: string | null;
};

export type ParcelPersonal = {
  readonly recipient: string;
  readonly phone: string;
  readonly postcode: string | null;
  readonly address: string;
  readonly memo: string | null;
  /** The buyer's own word for the place (엄마, 사무실); absent when he used none. */
  readonly called?: string;
};

export type Parcel = ParcelCore & ParcelPersonal & { readonly row: number | null };

export type Order = Omit<OrderCore, 'parcels'> &
  OrderPersonal & {
    readonly platform: string;
    /** How often the links to its page were taken back. */
    readonly linkGeneration: number;
    readonly parcels: readonly Parcel[];
  };

/** Money still owed; negative when over-paid. */
export function dueKrw(order: Pick<OrderCore, 'totalKrw' | 'paidKrw' | 'refundedKrw'>): number {
  return order.totalKrw - order.paidKrw + order.refundedKrw;
}

export function isLive(parcel: Pick<ParcelCore, 'state'>): boolean {
  return parcel.state !== 'cancelled';
}

/** Paid parcels that wait because no date could be found for them. */
export function undatedOf<P extends Pick<ParcelCore, 'state'>>({
  state,
  parcels,
}: {
  readonly state: OrderState;
  readonly parcels: readonly P[];
}): readonly P[] {
  return state === 'paid' ? parcels.filter((parcel) => parcel.state === 'waiting') : [];
}

export function canCancel(parcel: Pick<ParcelCore, 'state'>): boolean {
  return PARCEL_TRANSITIONS[parcel.state].cancel !== undefined;
}

export function packagesFor(boxes: number, boxesPerFee: number): Package[] {
  const count = Math.ceil(boxes / boxesPerFee);
  return Array.from({ length: count }, (_, index) => ({
    no: index + 1,
    boxes: Math.min(boxesPerFee, boxes - index * boxesPerFee),
    carrier: null,
    waybill: null,
    state: null,
    lastEvent: null,
  }));
}

const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_DIGITS = 10;
const CODE_NUMBERS = 1000;
export const CODES_TOTAL = CODE_LETTERS.length * CODE_DIGITS * CODE_NUMBERS;

/**
 * The short code of a store's n-th order. The three digits run on, so that the last three digits on
 * a depositor's name differ among any 1,000 orders in a row; letters that look like digits are out.
 */
export function orderCode(seq: number): string {
  const index = seq % CODES_TOTAL;
  const prefix = Math.floor(index / CODE_NUMBERS);
  const letter = CODE_LETTERS[(prefix * 7 + 13) % CODE_LETTERS.length] ?? 'P';
  const digit = (Math.floor(prefix / CODE_LETTERS.length) + 7) % CODE_DIGITS;
  return `${letter}${digit}-${String(index % CODE_NUMBERS).padStart(3, '0')}`;
}
