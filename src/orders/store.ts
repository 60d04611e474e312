// The contract of the storage engine: whole operations. Commands read, decide and write as one
// transaction; finders read what is committed. One suite runs against every engine.
import type {
  AskedDay,
  Audience,
  Change,
  OpenChange,
  Question,
  QuestionState,
  Reads,
  Receipt,
  ReceiptState,
  Refund,
  RefundAccount,
  RefundState,
  Role,
  State,
} from './change.ts';
import type { Day, Days, Unpaid } from './day.ts';
import type { Order, ParcelCore, ParcelPersonal } from './order.ts';
import type { Paper, PaperOf, Standings } from './paper.ts';
import type { Period, SettledOrder } from './settlement.ts';
import type { Business, Policy, Product, Shop, StoreState } from './shop.ts';

export type SenderKey = { readonly platform: string; readonly bot: string; readonly user: string };

/** A person as the storage knows them; what they told us is sealed with a key of their own. */
export type PersonRecord = {
  readonly id: string;
  readonly sender: SenderKey;
  readonly name: string | null;
  readonly phone: string | null;
};

/** What is owed to somebody, as its words are made of it. */
export type Owed = {
  readonly id: number;
  readonly storeId: string;
  readonly kind: string;
  readonly orderId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** Somebody's own words that the notice passes on. */
  readonly said: string | null;
  readonly createdAt: string;
};

export type Held = Owed & {
  /** Words that may have been read already, or that somebody wrote by hand: said as they are. */
  readonly content: unknown;
  /** Others that the content tells as well. */
  readonly bundled: readonly Owed[];
};

/** All that is known of a sender when a message comes in. */
export type Turn = {
  readonly person: PersonRecord;
  /** True when this sender has never been answered before. */
  readonly isNew: boolean;
  /** A stranger's wrapped key, stored with his first turn; only the storage reads it. */
  readonly newKey: Uint8Array | null;
  readonly roles: readonly { readonly storeId: string; readonly role: Role }[];
  /** The version of the notice on personal data that was shown; null while none was. */
  readonly noticeVersion: string | null;
  /** Names those with whom he is linked, until one of them leaves; null while he is alone. */
  readonly accountId: string | null;
  /** His platform took nothing that we said first; that he writes ends it. */
  readonly isBlocked: boolean;
  /** The chat's own state between two messages, as the chat left it; null at first. */
  readonly conversation: unknown;
  readonly version: number;
  /** Notices that wait for this contact, oldest first. */
  readonly held: readonly Held[];
  /** The reply stored under the request key of this message, if it was answered before. */
  readonly answered: unknown;
};

/** Somebody as one of the platforms on which he is linked with himself. */
export type AccountMember = {
  readonly personId: string;
  readonly platform: string;
  readonly linkedAt: string;
  /** Notices go here first. */
  readonly isPreferred: boolean;
  /** His platform takes nothing that we say first. */
  readonly isBlocked: boolean;
};

/**
 * Whose a code for linking is, as far as may be said: his platform, and how many more he is linked with.
 * `both`: each of the two is linked with others already. `full`: no more can be linked.
 */
export type CodeLook =
  | { readonly platform: string; readonly others: number }
  | { readonly refused: 'wrong' | 'locked' | 'yourself' | 'already' | 'both' | 'full' };

/** What somebody told us about himself. */
export type Told = {
  readonly name?: string;
  readonly phone?: string;
  /** Whether he wants the summary of the evening. */
  readonly wantsStatus?: boolean;
  /** The version of the notice on personal data that this answer shows. */
  readonly noticeVersion?: string;
};

/** Ends a turn in the same transaction as the command it led to. */
export type TurnEnd<T> = {
  readonly turn: Turn;
  readonly person?: Told;
  /** Held notices shown in this reply: they count as delivered with it. */
  readonly shown: readonly number[];
  readonly settle: (answer: T) => { readonly conversation: unknown; readonly reply: unknown };
};

export type Command<T> = {
  readonly storeId: string;
  readonly now: Date;
  readonly reads: Reads;
  /** Who acts, when it is a person of the store: need not be told what he did himself. */
  readonly actorId?: string;
  /** Pure; throws a DomainError to refuse. */
  readonly decide: (state: State) => Change<T>;
  /** One key, one effect: a repeat gets the stored answer. `body` guards against reuse for another request. */
  readonly request?: { readonly key: string; readonly body?: string };
  readonly turn?: TurnEnd<T>;
};

/** A turn that leads to no command. `storeId` only says in whose queue it waits. */
export type Ending = {
  readonly storeId: string;
  readonly now: Date;
  readonly request?: { readonly key: string; readonly body?: string };
  readonly end: TurnEnd<null>;
};

export type Submitted<T> = {
  readonly answer: T;
  readonly reply: unknown;
  readonly repeated: boolean;
};

export type DayListRow = {
  readonly row: number;
  readonly struck: boolean;
  /** The revision with which it came to the list; 0 on a draft. */
  readonly addedRevision: number;
  /** The revision with which it left; null while it stands there. */
  readonly struckRevision: number | null;
  /** The revision with which it last came to say something else; null while it never did. */
  readonly alteredRevision: number | null;
  readonly parcelId: string;
  readonly order: Order;
};

export type DayList = { readonly day: Day; readonly rows: readonly DayListRow[] };

export type OrderFilter = {
  readonly storeId?: string;
  readonly state?: Order['state'];
  /** Orders with a live parcel on this date. */
  readonly date?: string;
  /** Of this buyer, or of whomever he is linked with. */
  readonly buyerId?: string;
  readonly code?: string;
  /** Placed at or after this instant. */
  readonly since?: string;
  readonly limit: number;
  /** The id and time of the last order of the page before. */
  readonly after?: string;
};

/** A parcel of a buyer's earlier order, as far as it says to whom it went. */
export type SentTo = Pick<ParcelCore, 'items' | 'state'> & {
  readonly orderId: string;
  readonly orderState: Order['state'];
  readonly parcelId: string;
  readonly personal: ParcelPersonal;
};

/** Somebody who works at a store. */
export type StaffMember = {
  readonly personId: string;
  readonly platform: string;
  readonly roles: readonly Role[];
  /** When the first of the roles was given. */
  readonly since: string;
};

/** Money that goes back to a buyer. The account is the buyer's and only the seller's to see. */
export type RefundRecord = {
  readonly id: string;
  readonly storeId: string;
  readonly orderId: string;
  readonly code: string;
  readonly amountKrw: number;
  readonly state: RefundState;
  /** Null until it is given, and again when the refund has ended. */
  readonly account: RefundAccount | null;
  readonly openedAt: string;
  readonly endedAt: string | null;
};

/** A receipt with the order it is for, as the seller works it off. */
export type ReceiptRecord = Receipt & {
  readonly storeId: string;
  readonly orderId: string;
  readonly code: string;
  readonly orderState: Order['state'];
  /** What the order costs. */
  readonly amountKrw: number;
  readonly askedAt: string;
  readonly doneAt: string | null;
};

export type QuestionRecord = Question & { readonly storeId: string };

/** That somebody complained of an order; his words went to the seller when he said them. */
export type Complaint = { readonly orderId: string; readonly code: string; readonly at: string };

/** A store's money at a glance; amounts are whole won. */
export type Totals = {
  /** Orders that wait for their payment, and what they owe together. */
  readonly unpaid: number;
  readonly unpaidKrw: number;
  /** Orders paid on the given day of the store's calendar that were not cancelled since. */
  readonly paidToday: number;
  /** Refunds that are opened and not yet paid out, and of how many orders. */
  readonly toRefundKrw: number;
  readonly toRefund: number;
  /** Receipts that wait to be made out. */
  readonly receipts: number;
  /** Deposits that nobody could match yet, and their sum. */
  readonly deposits: number;
  readonly depositsKrw: number;
  /** Unpaid orders whose buyers say that the money is sent. */
  readonly claimedPaid: number;
  /** Paid parcels for which no date is left. */
  readonly undated: number;
};

/** What is left of a day, for those who work here; orders unless said otherwise. */
export type DayEnd = {
  /** Parcels and boxes of this date or earlier that were not sent. */
  readonly leftParcels: number;
  readonly leftBoxes: number;
  /** Parcels on their way with a package that has no waybill. */
  readonly withoutWaybill: number;
  /** Paid, and on no date. */
  readonly undated: number;
  readonly unpaid: number;
  readonly unpaidKrw: number;
};

export type HistoryEntry = {
  readonly at: string;
  readonly who: string;
  readonly event: string;
  readonly parcelId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** An entry of the history among those of all orders; ids grow with time. */
export type EventRow = HistoryEntry & {
  readonly id: number;
  readonly storeId: string;
  readonly orderId: string;
};

/** How often each event was recorded, and the place of the last one. */
/** Orders placed in one minute (`2026-07-21T00:40`, UTC) at one store through one platform. */
export type PlacedCount = {
  readonly storeId: string;
  readonly platform: string;
  readonly minute: string;
  readonly orders: number;
};

export type EventCounts = {
  readonly last: number;
  readonly counts: Readonly<Record<string, number>>;
};

/** A row in a worker's hand. `cause` is what became of the attempt before. */
export type OutboxRow = Held & {
  readonly personId: string;
  readonly sender: SenderKey;
  /** As the person gave it; null when he did not. */
  readonly phone: string | null;
  readonly key: string;
  readonly audience: Audience;
  /** When a person of the staff wants to be left alone; null: at no time, or a buyer. */
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  readonly attempts: number;
  /** Counts claims: a worker whose row was taken over no longer settles it. */
  readonly claims: number;
  /** Resends after an outcome that nobody knows. */
  readonly copies: number;
  readonly edits: number;
  readonly cause: string | null;
};

/** What became of a person who asked to be erased. */
export type Forgotten = {
  /** False: as long as an order is open or he has a role, what it needs is kept. */
  readonly isErased: boolean;
  /** Open orders, a hundred at most; he is erased when they have ended. */
  readonly keptOrders: readonly {
    readonly storeId: string;
    readonly id: string;
    readonly code: string;
  }[];
};

/**
 * How an attempt at an outbox row ended. `content` null: nobody has read its words, so the rows that
 * were told by them share its end; else the words are kept as they are.
 */
export type OutboxEnd =
  | { readonly state: 'done'; readonly content: unknown }
  | {
      readonly state: 'held' | 'dropped' | 'dead';
      readonly cause: string;
      readonly content: unknown;
      /** No other platform of the person would do any better. */
      readonly stays?: boolean;
    }
  | {
      readonly state: 'due';
      readonly cause: string;
      readonly dueAt: string;
      readonly content: unknown;
    };

/**
 * `moved`: it goes on to another platform of the same person instead. `taken`: it is in another worker's
 * hand by now, and its end is not ours to say.
 */
export type Settled = 'settled' | 'moved' | 'taken';

/** What is kept for a person's page, under a key that the page shows once. */
export type NewPageEntry = { readonly key: string; readonly entry: unknown };
export type PageEntry = NewPageEntry & { readonly id: number; readonly at: string };

export const LINK_KINDS = ['chat', 'print', 'board', 'account', 'ops'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** A link that lets somebody in; `storeId` is '*' for the whole installation. */
export type NewLink = {
  /** At least 128 random bits; only its hash is kept. */
  readonly token: string;
  readonly kind: LinkKind;
  readonly storeId: string;
  /**
   * What it gives: `{ roles }` of a chat link, `{ date }` of one to a printed list, `{ personId }` of a
   * board, on which that person acts; of a code for linking whose it is: `{ person }`; of a session of an operator by which
   * key it was opened: `{ keyId }`. No personal data.
   */
  readonly data: Readonly<Record<string, unknown>>;
  readonly now: Date;
  readonly expiresAt: Date;
};

export type OpenLink = Pick<NewLink, 'kind' | 'storeId' | 'data'> & {
  /** Names the link to people; lets nobody in. */
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
};

export type EnteredByLink =
  | { readonly storeId: string; readonly roles: readonly Role[] }
  | { readonly refused: 'forged' | 'expired' | 'used' };

/** A link that shows something to whoever has it, as often as he likes. */
export type FollowedLink =
  | { readonly storeId: string; readonly date: string }
  | { readonly refused: 'forged' | 'expired' };

/** The board of a store, as long as whoever it was made for is its farmer. */
export type FollowedBoardLink =
  | { readonly storeId: string; readonly personId: string }
  | { readonly refused: 'forged' | 'expired' };

/** The login of an operator: `id` ends it by `revokeLink`. */
export type FollowedSession =
  | { readonly id: string; readonly keyId: string }
  | { readonly refused: 'forged' | 'expired' };

/** What an open page shows: an order, or anything of a store. */
export type Watched = { readonly storeId: string; readonly orderId?: string };

export const OUTBOX_STATES = ['due', 'held', 'done', 'dead', 'dropped'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** An outbox row as it is listed: without a word of what it says, and of whom. */
export type Letter = {
  readonly id: number;
  readonly storeId: string;
  readonly kind: string;
  readonly audience: Audience;
  readonly platform: string;
  readonly state: OutboxState;
  readonly cause: string | null;
  readonly attempts: number;
  readonly claims: number;
  readonly createdAt: string;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly dueAt: string | null;
  readonly diedAt: string | null;
};

/** A letter with what an operator mends: the fields its words are made of, and why it was dropped. */
export type LetterInFull = Letter & {
  readonly data: Readonly<Record<string, unknown>>;
  readonly why: string | null;
};

/** `reword`: with these words instead. `redo`: with words made anew of this data. */
export type Mending =
  | { readonly how: 'retry' }
  | { readonly how: 'reword'; readonly content: unknown }
  | { readonly how: 'redo'; readonly data: Owed['data'] }
  | { readonly how: 'drop'; readonly why: string };

export type QueueFigures = {
  readonly due: number;
  readonly held: number;
  readonly dead: number;
  /** How long the oldest row is overdue; 0 when nothing is late. */
  readonly oldestDueAgeMs: number;
  readonly oldestHeldAgeMs: number;
  readonly oldestDeadAgeMs: number;
};

/** The right to be the one server on a database. */
export type Lease = {
  /** Says that the holder lives; false when another took over meanwhile. */
  readonly renew: (now: Date) => Promise<boolean>;
  readonly release: () => Promise<void>;
};

/** The right to do what only one process may do at a time. */
export type Seat = {
  /** Fulfilled when it is no longer ours, whether it was left or lost. */
  readonly lost: Promise<void>;
  readonly leave: () => Promise<void>;
};

export type Slotted = { readonly job: string; readonly storeId: string; readonly slot: string };

export type Check = { readonly name: string; readonly ok: boolean; readonly detail: string };

/** Hears how far long work has come. */
export type OnProgress = (done: number, total: number) => void;

/** A copy of the whole database. The data key is not in it; its fingerprint says which one it needs. */
export type Backup = {
  readonly file: string;
  readonly bytes: number;
  readonly keyFingerprint: string;
};

export interface Store {
  submit<T>(command: Command<T>): Promise<Submitted<T>>;
  /** Answers what is to be said: the stored reply when the request key was answered before. */
  endTurn(ending: Ending): Promise<unknown>;
  /** The stored answer of a request, or null; refuses a key that was used for another body. */
  findAnswer(request: { readonly key: string; readonly body?: string }): Promise<unknown>;
  /** Keeps the full answer of a request whose short answer was stored with its command. */
  rememberAnswer(key: string, answer: unknown): Promise<void>;
  /** Keeps the answer of a request that led to no command; one that is there already stays. */
  keepAnswer(
    request: { readonly key: string; readonly body?: string },
    answer: unknown,
    now: Date,
  ): Promise<void>;

  /** Writes nothing: a stranger is stored with the end of his first turn. */
  findTurn(sender: SenderKey, requestKey: string | null): Promise<Turn>;
  /** The person behind a sender, made known if need be. */
  meet(sender: SenderKey, now: Date): Promise<PersonRecord>;
  findShop(storeId: string): Promise<Shop | null>;
  listShops(filter: { readonly states: readonly StoreState[] }): Promise<readonly Shop[]>;
  findDays(storeId: string, from: string): Promise<Days>;
  /** The boxes of unpaid orders by the dates estimated for them. */
  findUnpaid(storeId: string): Promise<Unpaid>;
  findOrder(storeId: string, orderId: string): Promise<Order | null>;
  findOrders(filter: OrderFilter): Promise<readonly Order[]>;
  /** To whom a buyer, or whoever he is linked with, had boxes sent by the newest `limit` orders; nothing of what was erased. */
  findSentTo(of: {
    readonly buyerId: string;
    readonly storeId: string;
    readonly limit: number;
  }): Promise<readonly SentTo[]>;
  /** Sums over the whole store, without reading an order; `today` is a date of the store's zone. */
  findTotals(storeId: string, of: { readonly today: string }): Promise<Totals>;
  findDayEnd(storeId: string, date: string): Promise<DayEnd>;
  /** Refunds that wait for an account or for being paid out, oldest first. */
  findOpenRefunds(storeId: string, limit: number): Promise<readonly RefundRecord[]>;
  findRefund(storeId: string, refundId: string): Promise<RefundRecord | null>;
  /** In this state or in any, newest first. */
  findRefundsOf(filter: {
    readonly storeId: string;
    readonly state?: RefundState;
    readonly limit: number;
  }): Promise<readonly RefundRecord[]>;
  /**
   * The asked ones of orders that are neither over nor cancelled, oldest first; else those in this
   * state or in any, newest first.
   */
  findReceipts(filter: {
    readonly storeId: string;
    readonly state?: ReceiptState;
    readonly limit: number;
  }): Promise<readonly ReceiptRecord[]>;
  findReceipt(storeId: string, receiptId: string): Promise<ReceiptRecord | null>;
  /** Those that wait for an answer, oldest first; else those in this state or in any, newest first. */
  findQuestions(filter: {
    readonly storeId: string;
    readonly state?: QuestionState;
    readonly limit: number;
  }): Promise<readonly QuestionRecord[]>;
  findQuestion(storeId: string, no: number): Promise<QuestionRecord | null>;
  /** Forgets what was answered or closed before the one time and asked before the other; answers how many. */
  dropOldQuestions(before: { readonly ended: Date; readonly asked: Date }): Promise<number>;
  /** Newest first. */
  findComplaints(
    storeId: string,
    of: { readonly since: Date; readonly limit: number },
  ): Promise<readonly Complaint[]>;
  findRefunds(storeId: string, orderId: string): Promise<readonly Refund[]>;
  /** The change that waits for its difference, as it was asked for: it may be over by now. */
  findOpenChange(storeId: string, orderId: string): Promise<OpenChange | null>;
  /** The store that holds this order or parcel id, or null. */
  findStoreOf(id: string): Promise<{ readonly storeId: string; readonly orderId: string } | null>;
  findHistory(storeId: string, orderId: string): Promise<readonly HistoryEntry[]>;
  /** What happened to all orders, or to one, behind the entry `after`; oldest first. */
  findEvents(of: {
    readonly after: number;
    readonly order?: { readonly storeId: string; readonly orderId: string };
    readonly limit: number;
  }): Promise<readonly EventRow[]>;
  /** The newest entry before an instant; 0 when there is none. */
  findLastEventBefore(at: string): Promise<number>;
  /** Of all stores, behind a place named before; null only says where to begin. */
  countEvents(after: number | null): Promise<EventCounts>;
  /** What was ordered since, by minute, store and platform; minutes in which nothing was are left out. */
  countPlaced(since: Date): Promise<readonly PlacedCount[]>;
  /** The list of a date: frozen rows with what was struck, else the draft in deposit order. */
  findDayList(storeId: string, date: string): Promise<DayList>;
  /**
   * The list of a date as the paper says it; null when it has no such revision. Without `revision` and
   * `asOf` as it is: the newest revision with the cap of now, or the draft. What a frozen list said is
   * known for good, but for lists that were frozen before revisions were kept: of those the earlier
   * revisions read from what stands, and have no hash. A draft of an earlier moment is rebuilt from the
   * history: who stood on it, in which order and with how many boxes; its cap, and addresses and products
   * that were changed since, are those of now.
   */
  findPaper(
    storeId: string,
    date: string,
    of: PaperOf & { readonly now: Date },
  ): Promise<Paper | null>;
  /** Where parcels stand, or stood by `asOf`; their packages are those of now. */
  findStandings(
    storeId: string,
    of: { readonly parcelIds: readonly string[]; readonly asOf?: string },
  ): Promise<Standings>;
  /** The list that was frozen last, or null. */
  findNewestList(
    storeId: string,
  ): Promise<{ readonly date: string; readonly frozenAt: string } | null>;

  /** Whether the order's buyer was told of an earlier date since then. */
  wasToldEarlier(orderId: string, since: Date): Promise<boolean>;

  /** The date the farmer was asked for last, or null. */
  findAskedDay(storeId: string): Promise<AskedDay | null>;

  putShop(shop: {
    readonly id: string;
    readonly name: string;
    readonly state: StoreState;
    readonly policy: Policy;
    readonly business: Business | null;
  }): Promise<void>;
  putProduct(storeId: string, product: Product): Promise<void>;
  putHoliday(date: string, name: string | null): Promise<void>;
  listHolidays(): Promise<readonly { readonly date: string; readonly name: string }[]>;

  createInvite(invite: {
    readonly codeHash: string;
    readonly storeId: string;
    readonly roles: readonly Role[];
    readonly expiresAt: string;
  }): Promise<void>;
  findStaff(storeId: string): Promise<readonly StaffMember[]>;
  /** Answers how many of the roles the person had. What was owed to him as staff is not told any more. */
  removeRoles(of: {
    readonly storeId: string;
    readonly personId: string;
    readonly roles: readonly Role[];
    readonly now: Date;
  }): Promise<number>;
  /**
   * Uses an invite once; null when there is no such open invite. Wrong tries are counted. Whoever works
   * at the store hears who joined; the admins hear of a lock.
   */
  useInvite(use: {
    readonly codeHash: string;
    readonly personId: string;
    readonly now: Date;
  }): Promise<{ readonly storeId: string; readonly roles: readonly Role[] } | 'wrong' | 'locked'>;

  /**
   * Keeps a code by which somebody joins this person's account, once; it ends those before. False when
   * he is linked with as many as there may be.
   */
  createAccountCode(code: {
    readonly code: string;
    readonly personId: string;
    readonly now: Date;
    readonly expiresAt: Date;
  }): Promise<boolean>;
  /** Looks at a code without using it up. Wrong tries are counted; the admins hear of a lock. */
  lookAtAccountCode(use: {
    readonly code: string;
    readonly person: PersonRecord;
    readonly now: Date;
  }): Promise<CodeLook>;
  /** Uses it up: both are one from then on, and everybody else of the account is told. */
  linkPeople(use: {
    readonly code: string;
    readonly person: PersonRecord;
    readonly now: Date;
  }): Promise<CodeLook>;
  /** A person and whoever is linked with him; nobody while he is linked with none. */
  findAccount(personId: string): Promise<readonly AccountMember[]>;
  /**
   * Takes a person out of his account; each keeps the orders placed by him, and all but the actor are
   * told. Null when he is in none, or not in the actor's. An actor of null is the operator.
   */
  unlinkPerson(of: {
    readonly personId: string;
    readonly actorId: string | null;
    readonly now: Date;
  }): Promise<{ readonly platform: string } | null>;
  /** Sends what his account is told to this person first; false while he is linked with nobody. */
  preferPerson(personId: string): Promise<boolean>;
  /** What a platform says of a sender: that he blocked us, or lets us in again. */
  setReach(of: {
    readonly sender: SenderKey;
    readonly isReachable: boolean;
    readonly now: Date;
  }): Promise<void>;

  /** Answers the id that names the link. */
  createLink(link: NewLink): Promise<string>;
  /** Uses a chat link up: its one visitor is made known and gets its roles. Refusals are counted. */
  enterByLink(entry: {
    readonly token: string;
    readonly sender: SenderKey;
    readonly now: Date;
  }): Promise<EnteredByLink>;
  /** Where a print link leads; it is not used up. Refusals are counted. */
  followPrintLink(of: { readonly token: string; readonly now: Date }): Promise<FollowedLink>;
  /** The same of a link to a store's board. */
  followBoardLink(of: { readonly token: string; readonly now: Date }): Promise<FollowedBoardLink>;
  /** The session of an operator, and the key it was opened by. Refusals are counted. */
  followSession(of: { readonly token: string; readonly now: Date }): Promise<FollowedSession>;
  /** Counts a link that was refused before anything was looked up. */
  noteRefusedLink(now: Date): Promise<void>;
  /** Ends all links there are to an order's page; answers the number that new ones are made of. */
  endOrderLinks(storeId: string, orderId: string): Promise<number | null>;
  /** A keyed hash that nobody makes without the data key; each purpose has its own. */
  sign(purpose: string, text: string): string;
  /** False when there is no such link that still lets somebody in. */
  revokeLink(id: string, now: Date): Promise<boolean>;
  /** Those that are neither over nor taken back, the next to end first. */
  listOpenLinks(now: Date, limit: number): Promise<readonly OpenLink[]>;
  /** Forgets links that ended by themselves before this time; answers how many. */
  dropEndedLinks(before: Date): Promise<number>;
  /** How many links were refused in the hours that began after `since`. */
  countRefusedLinks(since: Date): Promise<number>;

  /**
   * Adds to a sender's page in one go; what stands there under the same key stays as it is. False
   * when nobody is known as this sender. Only the newest hundred are kept.
   */
  addPageEntries(sender: SenderKey, entries: readonly NewPageEntry[], now: Date): Promise<boolean>;
  /** What stood there under the same key is replaced, and is the newest again. */
  renewPageEntries(
    sender: SenderKey,
    entries: readonly NewPageEntry[],
    now: Date,
  ): Promise<boolean>;
  /** The newest entries after this id (0: of all), oldest first. */
  findPageEntries(
    sender: SenderKey,
    of: { readonly after: number; readonly limit: number },
  ): Promise<readonly PageEntry[]>;
  /** Calls `wake` when something may stand on the sender's page that did not before; answers how to end it. */
  watchPage(sender: SenderKey, wake: () => void): () => void;
  /**
   * Calls `wake` after each commit that may have changed what is watched, whichever process made it,
   * and sometimes for nothing; answers how to end it.
   */
  watch(watched: Watched, wake: () => void): () => void;

  /**
   * Erases what no open order needs: the person's key, so that nothing sealed by it can be read any
   * more, else what has ended and what was said. Marks him, to be asked for again when his orders end.
   * Totals and history stay. Within a turn of his own the turn's end still answers him. Null: there
   * is no such person, as with a stranger in his first turn.
   */
  forgetPerson(personId: string, now: Date): Promise<Forgotten | null>;
  /** Who is marked and not yet erased, longest waiting first. */
  findToForget(limit: number): Promise<readonly string[]>;

  /** Unpaid orders whose time is over, oldest first. */
  findExpired(now: Date, limit: number): Promise<readonly { storeId: string; orderId: string }[]>;

  /** Orders whose refund has waited for an account since before then, and whose buyer was not reminded. */
  findRefundsToRemind(
    before: Date,
    limit: number,
  ): Promise<readonly { storeId: string; orderId: string }[]>;

  /** Unpaid orders whose reminder is due, oldest first. */
  findToRemind(now: Date, limit: number): Promise<readonly { storeId: string; orderId: string }[]>;

  /** Orders with a parcel that left before then and whose buyer was not asked whether it arrived. */
  findUnasked(
    storeId: string,
    of: { readonly shippedBefore: Date; readonly limit: number },
  ): Promise<readonly { storeId: string; orderId: string }[]>;

  /** Buyers who want the summary of the evening and did not hear of a step of theirs. */
  findUntoldBuyers(storeId: string): Promise<readonly string[]>;

  /**
   * Takes for a while all that is due for the people who have waited longest, at least `limit` rows
   * where there are as many; a row not settled by then is taken again.
   */
  claimOutbox(claim: {
    readonly now: Date;
    readonly leaseMs: number;
    readonly limit: number;
  }): Promise<readonly OutboxRow[]>;
  /**
   * Keeps the words before they are sent; `bundled` are told by the same words and count as done. False
   * when one of the rows is in another worker's hand by now: then nothing may be sent.
   */
  startSending(sending: {
    readonly row: OutboxRow;
    readonly bundled: readonly OutboxRow[];
    readonly content: unknown;
    readonly copies: number;
    readonly now: Date;
    readonly leaseMs: number;
  }): Promise<boolean>;
  /**
   * What ends dead or held goes on to another platform of its person, where there is one and the notice
   * is his as a buyer. One who blocked us is told nothing first until he writes again.
   */
  settleOutbox(row: OutboxRow, end: OutboxEnd, now: Date): Promise<Settled>;
  /**
   * The words of a notice that was sent, for the person they are for: the same each time. Null for anybody
   * else, and for a notice that was not sent or is not told any more.
   */
  findNotice(of: { readonly id: number; readonly sender: SenderKey }): Promise<unknown>;
  /** Its person has been shown these words: it has arrived. False where `findNotice` has none for him. */
  confirmNotice(of: {
    readonly id: number;
    readonly sender: SenderKey;
    readonly now: Date;
  }): Promise<boolean>;
  /** Gives rows back untried; those `isQuiet` do not hold up others of the same person. */
  putOffOutbox(
    rows: readonly OutboxRow[],
    off: { readonly until: Date; readonly isQuiet: boolean },
  ): Promise<void>;
  /** Rows newest first; the dead oldest first. */
  listOutbox(filter: {
    readonly state?: OutboxState;
    readonly storeId?: string;
    readonly limit: number;
  }): Promise<readonly Letter[]>;
  findLetter(id: number): Promise<LetterInFull | null>;
  /** Null when no dead letter has this id. */
  mendLetter(mend: {
    readonly id: number;
    readonly now: Date;
    readonly mending: Mending;
  }): Promise<Letter | null>;
  /**
   * Tells every admin of the dead letters that no one was told of yet; answers how many. Without an
   * admin they stay untold.
   */
  raiseAlarm(now: Date): Promise<number>;
  queueFigures(now: Date): Promise<QueueFigures>;
  /** When one of the staff wants no messages, in all his roles of a store; null: never. */
  setQuietHours(quiet: {
    readonly personId: string;
    readonly storeId: string;
    readonly hours: { readonly from: string; readonly to: string } | null;
  }): Promise<void>;

  /** True for the one caller that runs this slot; false when it ran or runs. */
  claimSlot(
    slot: Slotted,
    claim: { readonly now: Date; readonly leaseMs: number },
  ): Promise<boolean>;
  finishSlot(slot: Slotted, result: unknown, now: Date): Promise<void>;
  findLastSlot(job: string, storeId: string): Promise<string | null>;

  /** False while nothing can be written: what comes in now would be refused. */
  isReachable(): Promise<boolean>;
  /**
   * The seat of this name, or null while another process has it; a process that dies leaves it. What may
   * run once among all processes (a poll of Telegram, Discord's gateway) runs while its seat is held:
   * `keepSeat` of `src/jobs/seat.ts` waits for it and begins and ends what is done on it.
   */
  takeSeat(name: string): Promise<Seat | null>;
  /** For servers only. Takes over from a dead one; throws LeaseTaken while another lives. */
  acquireLease(now: Date): Promise<Lease>;

  /**
   * The orders of a store that were paid in a period, or had money come or go in it, or are open at its
   * end, in the order in which they were placed. Nobody who writes waits for it.
   */
  findSettled(storeId: string, period: Period): Promise<readonly SettledOrder[]>;
  /** Checks the books: caps, ledger, states, queue. Nobody who writes waits for it. */
  doctor(told?: OnProgress): Promise<readonly Check[]>;
  /**
   * Copies the database as it is used into a file that is not there yet; null: into the folder of
   * backups beside the database, where the newest are kept. Everything acknowledged before is in it.
   * Answers null when nothing is on disk.
   */
  backup(file: string | null, now: Date, told?: OnProgress): Promise<Backup | null>;
  /** Called when something may be waiting in the outbox. */
  onOutbox(wake: () => void): void;
  close(): Promise<void>;
}
