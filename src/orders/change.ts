// What a decision sees and what it answers: plain data both ways. The storage writes a `Change` as
// one transaction with the reading that led to it.
import type { Day, Days, Unpaid } from './day.ts';
import type { Move } from './harvest.ts';
import type {
  Item,
  OrderCore,
  OrderPersonal,
  Package,
  ParcelCore,
  ParcelPersonal,
  ParcelState,
  Region,
} from './order.ts';
import type { Slot } from './queue.ts';
import type { Shop } from './shop.ts';

export const ROLES = ['farmer', 'seller', 'admin'] as const;
export type Role = (typeof ROLES)[number];
/** Where a role holds that holds in every store. */
export const EVERY_STORE = '*';
export type Who = 'buyer' | Role | 'system';

/** Recorded past facts: the order's history. `detail` never holds personal data. */
export type Event = {
  readonly orderId: string;
  readonly parcelId?: string;
  readonly event: EventName;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
};

export const EVENT_NAMES = [
  'placed',
  'payment_claimed',
  'reminded',
  'paid',
  'part_paid',
  'payment_taken_back',
  'handed_to_seller',
  'expired',
  'revived',
  'cancelled',
  'change_asked',
  'changed',
  'scheduled',
  'moved',
  'no_date',
  'harvested',
  'packed',
  'shipped',
  'delivered',
  'waybill',
  'undone',
  'refund_opened',
  'refund_due',
  'refund_done',
  'refund_failed',
  'refund_withdrawn',
  'refund_reminded',
  'receipt_asked',
  'receipt_done',
  'asked_delivered',
  'not_arrived',
  'complained',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** Who hears a notice: the buyer, or one of the staff in this role. */
export type Audience = 'buyer' | Role;

/** What there is to tell, and to whom each of it may be told: a decision can owe nothing else. */
export const HEARERS = {
  paid: ['buyer'],
  moved: ['buyer'],
  no_date: ['buyer', 'seller'],
  shipped: ['buyer'],
  waybill_changed: ['buyer'],
  delivered: ['buyer'],
  ask_delivered: ['buyer'],
  not_arrived: ['seller'],
  cancelled: ['buyer', 'farmer', 'seller'],
  expired: ['buyer'],
  reminder: ['buyer'],
  daily_status: ['buyer'],
  daily_summary: ['farmer', 'seller'],
  day_list: ['farmer'],
  evening_question: ['farmer'],
  moved_summary: ['seller'],
  report: ['farmer', 'seller'],
  complained: ['seller'],
  changed: ['buyer'],
  list_delta: ['farmer'],
  day_set: ['farmer'],
  taken_back: ['buyer'],
  act_undone: ['farmer', 'seller'],
  refund_opened: ['seller'],
  refund_due: ['seller'],
  refund_done: ['buyer'],
  refund_failed: ['buyer'],
  refund_reminder: ['buyer'],
  overpaid: ['buyer', 'seller'],
  part_paid: ['buyer'],
  part_paid_over: ['seller'],
  payment_taken_back: ['buyer'],
  revived: ['buyer'],
  deposit_asked: ['seller'],
  notice_unread: ['seller'],
  receipt_asked: ['seller'],
  receipt_done: ['buyer'],
  question_asked: ['seller'],
  answered: ['buyer'],
  staff_joined: ['farmer', 'seller', 'admin'],
  codes_locked: ['admin'],
  // Who has lost his role is nobody's staff any more.
  role_removed: ['buyer'],
  account_linked: ['buyer'],
  account_unlinked: ['buyer'],
  dead_letters: ['admin'],
} as const satisfies Readonly<Record<string, readonly Audience[]>>;
export type NoticeKind = keyof typeof HEARERS;

/** About the very place where they are told, so they go to no other platform of the same person. */
const TOLD_THERE: ReadonlySet<string> = new Set<NoticeKind>([
  'role_removed',
  'account_linked',
  'account_unlinked',
]);

/** Whether a notice may be told on another platform. A role acts where it was given, and hears there. */
export function isRouted({ kind, audience }: { kind: string; audience: Audience }): boolean {
  return audience === 'buyer' && !TOLD_THERE.has(kind);
}

/** `evenActor`: also whoever acts, who need not be told what he did himself otherwise. */
type HeardBy<A extends Audience> =
  | ('buyer' extends A ? { readonly person: string; readonly as?: undefined } : never)
  | { readonly role: Exclude<A, 'buyer'>; readonly evenActor?: boolean }
  /** One of the staff, for what he heard before in this role. */
  | { readonly person: string; readonly as: Exclude<A, 'buyer'> };

/** Words owed to somebody: the outbox turns it into a message when it is delivered. */
type NoticeOf<K extends NoticeKind> = {
  readonly to: HeardBy<(typeof HEARERS)[K][number]>;
  readonly kind: K;
  readonly orderId?: string;
  /** Tells it apart from others of its kind that the same command owes about no order. */
  readonly about?: string;
  readonly data: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** Somebody's own words, passed on; stored sealed for the one who hears them. */
  readonly said?: string;
  /** Not told before: with others of then it is one message. */
  readonly dueAt?: string;
};
export type Notice = { [K in NoticeKind]: NoticeOf<K> }[NoticeKind];

/** How a notice says of which date a parcel was before; empty when it had none. */
export function wasOn(parcelId: string, date: string | null): string {
  return `${parcelId}=${date ?? ''}`;
}

export type Payment = {
  readonly id: number;
  readonly amountKrw: number;
  readonly method: PaymentMethod;
  /** What refunds that name this payment, and what took it back, have taken of it. */
  readonly refundedKrw: number;
  /** The deposit it was booked from, if it was one. */
  readonly depositId?: string | null;
};

export const PAYMENT_METHODS = ['bank', 'kakaopay', 'manual'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** `withdrawn`: the payment it would have returned was taken back, so nothing is owed. */
export const REFUND_STATES = ['needs_account', 'due', 'done', 'failed', 'withdrawn'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

export type RefundAccount = {
  readonly bank: string;
  readonly account: string;
  readonly holder: string;
};

export type Refund = {
  readonly id: string;
  readonly paymentId: number;
  readonly amountKrw: number;
  readonly state: RefundState;
  /** Its buyer was reminded of the account. */
  readonly isReminded?: boolean;
  /** When its buyer himself gave the account. */
  readonly accountAt?: string;
};

export const RECEIPT_KINDS = ['cash', 'invoice'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];
export const RECEIPT_STATES = ['asked', 'done'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

/** A phone's, a firm's or a card's number, and where an invoice is sent to; personal. */
export type ReceiptDetails = { readonly number: string; readonly email: string | null };

export type Receipt = {
  readonly id: string;
  readonly kind: ReceiptKind;
  readonly state: ReceiptState;
  /** Null when its buyer is erased. */
  readonly details: ReceiptDetails | null;
};

export const QUESTION_STATES = ['open', 'answered', 'closed'] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

/** What a buyer asks and only the farm can answer. `no` is said aloud: 답장 3. */
export type Question = {
  readonly no: number;
  readonly personId: string;
  readonly state: QuestionState;
  /** Null when its asker is erased. */
  readonly text: string | null;
  readonly askedAt: string;
  readonly endedAt: string | null;
};

/** A row of a frozen day list. Its number never changes; what leaves the list is struck. */
export type ListRow = {
  readonly row: number;
  readonly parcelId: string;
  readonly orderId: string;
  readonly struck: boolean;
};

/** A waybill on a parcel, since when, and where that one stands. */
export type WaybillUse = {
  readonly waybill: string;
  readonly parcelId: string;
  readonly at: string;
  readonly harvestDate: string | null;
  readonly row: number | null;
};

/** The date whose number the farmer was asked for, and when. */
export type AskedDay = { readonly date: string; readonly at: string };

/** The notices of one kind that the command with this mark owed, about this order or, where of none, this store. */
export type OwedBefore = {
  readonly kind: NoticeKind;
  readonly subject: string;
  readonly mark: string;
};

/**
 * A notice of an earlier command. `isTold`: somebody has read it, or may have. `isOpen`: it may still
 * be sent, perhaps once more.
 */
export type OwedNotice = {
  readonly id: number;
  readonly kind: string;
  /** What it was asked for by. */
  readonly subject: string;
  readonly personId: string;
  readonly audience: Audience;
  readonly orderId: string | null;
  readonly isTold: boolean;
  readonly isOpen: boolean;
};

/** What a command asks to have read before its decision. */
export type Reads = {
  readonly orderId?: string;
  /** The order's ledger and refunds. */
  readonly money?: boolean;
  /** The account its refunds go to. */
  readonly refundAccount?: boolean;
  /** The receipts asked for of the order. */
  readonly receipts?: boolean;
  /** Who gets an order: refused when he is erased, which then nobody does before all is written. */
  readonly heldPerson?: string;
  /** The open questions of this person, and the number of the next one. */
  readonly questionsOf?: string;
  /** This question alone. */
  readonly question?: number;
  /** A free order code. */
  readonly newCode?: boolean;
  /** All stored days from this date on. */
  readonly daysFrom?: string;
  /** The stored days on which the order's parcels lie, past ones too. */
  readonly daysOfOrder?: boolean;
  /** The boxes of unpaid orders by their estimated dates. */
  readonly unpaid?: boolean;
  /** The live parcels of this date, with their rows. */
  readonly slotsOn?: string;
  /** Parcels that may come forward to this date: those of later dates, and those that wait. */
  readonly slotsAfter?: string;
  /** Paid parcels that have no date yet. */
  readonly waiting?: boolean;
  /** The change of the order that waits for its difference. */
  readonly openChange?: boolean;
  /** Which live parcels have these numbers. */
  readonly waybills?: readonly string[];
  /** These parcels, wherever they are. */
  readonly parcels?: readonly string[];
  /** What became of the notices that earlier commands owed. */
  readonly owed?: readonly OwedBefore[];
  /** The date the farmer was asked for last. */
  readonly askedDay?: boolean;
  /** Parcels of this buyer with a step he did not hear of, unless he wants no summary. */
  readonly untoldOf?: string;
};

export type State = {
  readonly now: Date;
  readonly shop: Shop;
  readonly days: Days;
  readonly order: OrderCore | null;
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
  readonly refundAccount: RefundAccount | null;
  readonly receipts: readonly Receipt[];
  readonly newCode: string;
  readonly questions: readonly Question[];
  readonly newQuestionNo: number;
  readonly unpaid: Unpaid;
  readonly slotsOn: readonly PlacedSlot[];
  readonly slotsAfter: readonly Slot[];
  readonly waiting: readonly Slot[];
  readonly waybillUses: readonly WaybillUse[];
  readonly parcels: readonly PlacedSlot[];
  readonly owed: readonly OwedNotice[];
  /** Names this command among all; the keys of its notices hold it. */
  readonly mark: string;
  readonly openChange: OpenChange | null;
  /** Live and struck rows of the list of `slotsOn`, when it is frozen. */
  readonly rows: readonly ListRow[];
  readonly askedDay: AskedDay | null;
  readonly untold: readonly { readonly parcelId: string; readonly orderId: string }[];
};

/** A slot with what a report needs to know of its parcel. */
export type PlacedSlot = Slot & { readonly packages: readonly Package[] };

export type NewOrder = {
  readonly order: OrderCore;
  readonly personal: OrderPersonal;
  readonly parcels: readonly ParcelPersonal[];
};

/** A change of one parcel with its prices settled; null leaves what it is about. */
export type PricedChange = {
  readonly parcelId: string;
  readonly personal: ParcelPersonal | null;
  readonly region: Region | null;
  readonly items: readonly Item[] | null;
};

/** A change that costs more, until its difference is paid. An order has one at most. */
export type OpenChange = {
  readonly parcels: readonly PricedChange[];
  readonly extraKrw: number;
  readonly payBy: string;
  /** The order's total when it was asked for. */
  readonly fromKrw: number;
};

export type ParcelPatch = {
  readonly id: string;
  readonly orderId: string;
  readonly state: ParcelState;
  readonly harvestDate: string | null;
  readonly packages?: readonly Package[];
  /** The buyer is asked whether it arrived. */
  readonly askedAt?: string;
  /** Its payment was taken back: it loses its place in the queue. */
  readonly isUnpaid?: boolean;
  readonly contents?: Pick<
    ParcelCore,
    'items' | 'boxes' | 'region' | 'shippingKrw' | 'surchargeKrw'
  >;
};

export type LedgerEntry = {
  readonly orderId: string;
  readonly kind: 'payment';
  readonly amountKrw: number;
  readonly method: PaymentMethod;
  /** As the bank wrote it; personal, like the name on the transfer. */
  readonly reference: string | null;
  readonly depositor: string | null;
  /** The instant at the bank. */
  readonly at: string;
  /** The deposit it is booked from. */
  readonly depositId?: string;
};

/** What gives a payment back: paid out to the buyer, or booked by mistake and offset. */
export type CounterEntry = {
  readonly orderId: string;
  readonly kind: 'refund' | 'adjustment';
  readonly amountKrw: number;
  readonly method: PaymentMethod;
  readonly paymentId: number;
  readonly at: string;
};

/** A refund that goes on; the account is erased where it ends. */
export type RefundPatch = {
  readonly id: string;
  readonly state: RefundState;
  readonly isReminded?: boolean;
  /** Where it goes, and when the buyer said so; `null`: somebody said it for him. */
  readonly account?: RefundAccount;
  readonly accountAt?: string | null;
};

export type Change<T> = {
  readonly answer: T;
  readonly who: Who;
  readonly placed?: NewOrder;
  /** Orders whose own fields changed; their parcels are written by `parcels`. */
  readonly orders?: readonly OrderCore[];
  readonly parcels?: readonly ParcelPatch[];
  /** New personal data of a parcel. */
  readonly readdressed?: readonly {
    readonly parcelId: string;
    readonly personal: ParcelPersonal;
  }[];
  readonly days?: readonly Day[];
  readonly listRows?: {
    readonly date: string;
    readonly frozen?: readonly { readonly row: number; readonly parcelId: string }[];
  };
  /** Parcels that joined or left dates whose list is already frozen. */
  readonly joined?: readonly Joined[];
  readonly struck?: readonly { readonly date: string; readonly parcelId: string }[];
  /** Rows of frozen lists that stay but say something else. */
  readonly altered?: readonly { readonly date: string; readonly parcelId: string }[];
  readonly payment?: LedgerEntry;
  readonly counter?: readonly CounterEntry[];
  readonly askedDay?: AskedDay;
  /** Parcels whose last step their buyer hears of now. */
  readonly told?: readonly string[];
  /** A payment id of null is the payment that this change books. */
  readonly refunds?: readonly (Omit<Refund, 'paymentId'> & {
    readonly paymentId: number | null;
    readonly orderId: string;
    readonly account: RefundAccount | null;
  })[];
  readonly refundPatches?: readonly RefundPatch[];
  /** Asked for, with new details, or made out. */
  readonly receipt?: Receipt & { readonly orderId: string };
  /** Asked now, answered or closed. */
  readonly question?: Question;
  /** Takes the place of the order's open change; null ends it. */
  readonly openChange?: {
    readonly orderId: string;
    readonly buyerId: string;
    readonly open: OpenChange | null;
  };
  readonly events: readonly Event[];
  readonly notices: readonly Notice[];
  /** Notices that are no longer owed to anybody. */
  readonly retracted?: readonly number[];
};

/** `rowAsOf`: it stands again in the row that it had with this revision; a new one if it had none. */
export type Joined = {
  readonly date: string;
  readonly parcelId: string;
  readonly rowAsOf?: number;
};

/** The days that differ between a plan and what was read. */
export function changedDays(before: Days, after: Days): Day[] {
  return [...after.values()].filter((day) => before.get(day.date) !== day);
}

/** What a set of moves does to frozen lists: rows struck where they leave, added where they come. */
export function listEffects(
  moves: readonly Move[],
  before: Days,
): Required<Pick<Change<never>, 'joined' | 'struck'>> {
  const isFrozen = (date: string | null): date is string =>
    date !== null && (before.get(date)?.revision ?? 0) > 0;
  return {
    struck: moves.flatMap(({ slot, from }) =>
      isFrozen(from) ? [{ date: from, parcelId: slot.parcelId }] : [],
    ),
    joined: moves.flatMap(({ slot, to }) =>
      isFrozen(to) ? [{ date: to, parcelId: slot.parcelId }] : [],
    ),
  };
}

/** A frozen list that gains, loses or changes rows gets its next revision. */
export function reviseLists(
  days: readonly Day[],
  effects: {
    readonly joined: readonly { date: string }[];
    readonly struck: readonly { date: string }[];
    readonly altered?: readonly { date: string }[];
  },
): Day[] {
  const { joined, struck, altered = [] } = effects;
  const touched = new Set([...joined, ...struck, ...altered].map(({ date }) => date));
  return days.map((day) => (touched.has(day.date) ? { ...day, revision: day.revision + 1 } : day));
}

/** The farmer hears what became of a list that is out, unless it was his own word. */
export function listDeltas(
  days: readonly Day[],
  effects: Parameters<typeof reviseLists>[1],
  who: Who,
): Notice[] {
  const { joined, struck, altered = [] } = effects;
  const touched = new Set([...joined, ...struck, ...altered].map(({ date }) => date));
  return days
    .filter(({ date }) => touched.has(date))
    .map(({ date, revision }) => ({
      to: { role: 'farmer', evenActor: who !== 'farmer' },
      kind: 'list_delta',
      about: date,
      data: { date, revision },
    }));
}
