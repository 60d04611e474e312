// A command as one body for every engine: read what the decision needs, decide, write the change.
import { randomBytes } from 'node:crypto';
import type {
  Audience,
  Change,
  Notice,
  NoticeKind,
  OpenChange,
  OwedNotice,
  ParcelPatch,
  Payment,
  PlacedSlot,
  Reads,
  RefundAccount,
  RefundPatch,
  Role,
  State,
  WaybillUse,
} from '../src/orders/change.ts';
import { EVERY_STORE } from '../src/orders/change.ts';
import type { Day, Unpaid } from '../src/orders/day.ts';
import { DomainError, StaleTurn } from '../src/orders/errors.ts';
import {
  CODES_TOTAL,
  type OrderCore,
  orderCode,
  type Package,
  STATES_TOLD_DAILY,
} from '../src/orders/order.ts';
import type { Policy } from '../src/orders/shop.ts';
import type {
  Command,
  Ending,
  PersonRecord,
  Submitted,
  Told,
  TurnEnd,
} from '../src/orders/store.ts';
import type { Vault } from './crypto.ts';
import { writeLists } from './lists.ts';
import { holdPerson, isErased, readKey, sealPersonal, storePerson } from './people.ts';
import { nextQuestionNo, readOpenQuestions, readQuestion, writeQuestion } from './questions.ts';
import { readReceipts, writeReceipt } from './receipts.ts';
import { routing } from './routes.ts';
import {
  fromDay,
  fromOrder,
  type Row,
  toDay,
  toDays,
  toOrderCore,
  toRefund,
  toSlot,
} from './rows.ts';
import { readShop, type ShopMemory } from './shops.ts';
import { all, type Body, first, q, together } from './statement.ts';

const CODE_UNIQUE_DAYS = 180;
const CODE_TRIES_MAX = 100;
/** The counter of a store's order codes. */
const CODES = 'order';
const DAY_MS = 86_400_000;

/** The platforms on which a notice waits for the next contact. */
export type HoldFor = (notice: {
  readonly kind: string;
  readonly audience: Audience;
}) => ReadonlySet<string>;

/** What bodies share: the vault, and the stores in memory. */
export type Context = {
  readonly vault: Vault;
  readonly shops: ShopMemory;
  readonly holdFor: HoldFor;
  readonly policyOverride: Partial<Policy>;
  /** Hears which orders a body changes, so that their open pages are woken after the commit. */
  readonly touched?: Set<string>;
};

export function* submitBody<T>(context: Context, command: Command<T>): Body<Submitted<T>> {
  const { request } = command;
  if (request !== undefined) {
    const stored = yield* findAnswer<T>(context, request);
    if (stored !== null) return stored;
  }
  if (command.turn) yield* meetStranger(context, command.turn, command.now);
  const mark = newMark();
  const state = yield* readState(context, command, mark);
  const change = command.decide(state);
  yield* writeChange(context, { command, state, change });
  const { answer } = change;
  const reply = command.turn
    ? yield* settleTurn(context, { now: command.now, end: command.turn, answer })
    : null;
  if (request !== undefined) {
    const { placed } = change;
    const buyerId = placed?.order.buyerId ?? state.order?.buyerId ?? null;
    // What is answered of an order whose buyer is erased is about nobody any more.
    const isAboutBuyer = buyerId !== null && !(yield* isErased(buyerId));
    const personId = command.turn?.turn.person.id ?? (isAboutBuyer ? buyerId : null);
    yield* storeAnswer(context, { now: command.now, request, answer, reply, personId });
  }
  return { answer, reply, repeated: false };
}

export function* findAnswer<T>(
  context: Context,
  request: { readonly key: string; readonly body?: string },
): Body<Submitted<T> | null> {
  const { vault } = context;
  const row = yield* first(q.findRequest, { key: request.key });
  if (row === null) return null;
  const bodyHash = request.body === undefined ? null : vault.hash('body', request.body);
  // A change of the data key leaves no hash to compare with.
  if (row.body_hash !== null && row.body_hash !== bodyHash)
    throw new DomainError('idempotency_reuse', 'this key was used for another request');
  const stored = yield* openAnswer(context, request.key, row);
  if (stored === null)
    throw new DomainError('idempotency_reuse', 'whoever this key was used for is erased');
  // What was sealed is the answer of the very command that asks again.
  return { ...(stored as { answer: T; reply: unknown }), repeated: true };
}

type StoredAnswer = { readonly sealed: Uint8Array; readonly sealed_for: string | null };

/** Null when the person it was sealed for is erased. */
export function* openAnswer(
  context: Context,
  key: string,
  row: StoredAnswer,
): Body<{ readonly answer: unknown; readonly reply: unknown } | null> {
  const { vault } = context;
  if (row.sealed_for !== null) yield* readKey(context, row.sealed_for);
  const stored =
    row.sealed_for === null
      ? vault.openOwn(key, row.sealed)
      : vault.openIfKept(row.sealed_for, key, row.sealed);
  return stored as { answer: unknown; reply: unknown } | null;
}

/** With the key of whom the answer is about, so that it goes when he does. */
export function* sealAnswer(
  context: Context,
  { key, personId, stored }: { key: string; personId: string | null; stored: unknown },
): Body<Uint8Array> {
  if (personId === null) return context.vault.sealOwn(key, stored);
  yield* readKey(context, personId);
  return context.vault.sealFor(personId, key, stored);
}

function* storeAnswer<T>(
  context: Context,
  {
    now,
    request: { key, body },
    answer,
    reply,
    personId,
  }: {
    now: Date;
    request: NonNullable<Command<T>['request']>;
    answer: T;
    reply: unknown;
    personId: string | null;
  },
): Body<void> {
  // A chat repeats its reply; only callers without one need the answer itself again.
  const stored = reply === null ? { answer, reply } : { answer: null, reply };
  yield* all(q.insertRequest, {
    key,
    body_hash: body === undefined ? null : context.vault.hash('body', body),
    sealed: yield* sealAnswer(context, { key, personId, stored }),
    sealed_for: personId,
    at: now.toISOString(),
  });
}

/** Puts the full answer in the place of the short one that its command stored. */
export function* rememberAnswerBody(context: Context, key: string, answer: unknown): Body<void> {
  const row = yield* first(q.findRequest, { key });
  if (row === null) return;
  const stored = { answer, reply: null };
  const sealed = yield* sealAnswer(context, { key, personId: row.sealed_for, stored });
  yield* all(q.sealRequest, { key, sealed });
}

/** Keeps the answer of a request that led to no command, unless one is there. */
export function* keepAnswerBody(
  context: Context,
  kept: { request: NonNullable<Command<unknown>['request']>; answer: unknown; now: Date },
): Body<void> {
  if ((yield* findAnswer(context, kept.request)) === null)
    yield* storeAnswer(context, { ...kept, reply: null, personId: null });
}

/** `codeSeq`: the number of the code, which is taken when an order gets it. */
type Read = State & { readonly codeSeq: number };

function* readState<T>(context: Context, command: Command<T>, mark: string): Body<Read> {
  const { storeId, now, reads } = command;
  const shop = yield* readShop(context, storeId);
  if (shop === null) throw new DomainError('not_found', `no store ${storeId}`, { store: storeId });
  const { orderId } = reads;
  const [order, money, daysFrom, unpaid, waiting, , newCode, listed, others] = yield* together(
    orderId === undefined ? null : readOrderCore(storeId, orderId),
    reads.money && orderId !== undefined ? readMoney(storeId, orderId) : null,
    reads.daysFrom === undefined ? null : readDaysFrom(storeId, reads.daysFrom),
    reads.unpaid ? readUnpaid(storeId) : null,
    reads.waiting ? readWaiting(storeId) : null,
    reads.heldPerson === undefined ? null : holdPerson(context, reads.heldPerson),
    reads.newCode ? nextCode(storeId, now) : null,
    reads.slotsOn ? readListed(storeId, reads.slotsOn) : null,
    readOthers(storeId, reads),
  );
  const refundAccount =
    reads.refundAccount && order !== null ? yield* readRefundAccount(context, order) : null;
  const receipts =
    reads.receipts && order !== null ? yield* readReceipts(context, storeId, order.id) : [];
  const { questionsOf } = reads;
  const questions =
    questionsOf !== undefined
      ? yield* readOpenQuestions(context, storeId, questionsOf)
      : reads.question === undefined
        ? []
        : yield* readQuestion(context, storeId, reads.question);
  const newQuestionNo = questionsOf === undefined ? 0 : yield* nextQuestionNo(storeId);
  const openChange =
    reads.openChange && order?.state === 'paid' ? yield* readOpenChange(context, order) : null;
  // A change is made on the dates of its parcels, past ones too.
  const isOnOwnDays = reads.daysOfOrder || openChange !== null;
  const days = daysFrom ?? new Map<string, Day>();
  if (isOnOwnDays && order !== null) yield* addOwnDays(order, days);
  return {
    now,
    shop,
    order,
    ...(money ?? NO_MONEY),
    refundAccount,
    receipts,
    questions,
    newQuestionNo,
    days,
    openChange,
    ...(listed ?? NOT_LISTED),
    unpaid: unpaid ?? new Map(),
    waiting: waiting ?? [],
    mark,
    newCode: newCode?.code ?? '',
    codeSeq: newCode?.seq ?? 0,
    ...others,
  };
}

/** What few commands look at. */
function* readOthers(
  storeId: string,
  reads: Reads,
): Body<Pick<State, 'slotsAfter' | 'waybillUses' | 'parcels' | 'owed' | 'untold' | 'askedDay'>> {
  const [slotsAfter, waybillUses, parcels, owed, untold, askedDay] = yield* together(
    reads.slotsAfter ? readSlotsAfter(storeId, reads.slotsAfter) : null,
    reads.waybills ? readWaybillUses(storeId, reads.waybills) : null,
    reads.parcels ? readParcels(storeId, reads.parcels) : null,
    reads.owed ? readOwed(reads.owed) : null,
    reads.untoldOf === undefined ? null : readUntold(storeId, reads.untoldOf),
    reads.askedDay ? first(q.findAskedDay, { store_id: storeId }) : null,
  );
  return {
    slotsAfter: slotsAfter ?? [],
    waybillUses: waybillUses ?? [],
    parcels: parcels ?? [],
    owed: owed ?? [],
    untold: untold ?? [],
    askedDay,
  };
}

const NOT_LISTED: Pick<State, 'slotsOn' | 'rows'> = { slotsOn: [], rows: [] };

function* readListed(storeId: string, date: string): Body<Pick<State, 'slotsOn' | 'rows'>> {
  const on = { store_id: storeId, date };
  const [slots, rows] = yield* together(all(q.listSlotsOn, on), all(q.listListRows, on));
  return {
    slotsOn: slots.map(toSlot),
    rows: rows.map((row) => ({
      row: row.row,
      parcelId: row.parcel_id,
      orderId: row.order_id,
      struck: row.struck_revision !== null,
    })),
  };
}

function* readOrderCore(storeId: string, orderId: string): Body<OrderCore | null> {
  const [row, parcels] = yield* together(
    first(q.findOrderRow, { store_id: storeId, id: orderId }),
    all(q.listParcelsOfOrder, { store_id: storeId, order_id: orderId }),
  );
  return row === null ? null : toOrderCore(row, parcels);
}

export function* readOpenChange(
  context: Context,
  { storeId, id: orderId }: Pick<OrderCore, 'storeId' | 'id'>,
): Body<OpenChange | null> {
  const row = yield* first(q.findOpenChange, { store_id: storeId, order_id: orderId });
  if (row === null) return null;
  yield* readKey(context, row.buyer_id);
  return context.vault.openFor(row.buyer_id, changePlace(orderId), row.sealed) as OpenChange;
}

/** Ties what is sealed to the order it would change. */
function changePlace(orderId: string): string {
  return `change/${orderId}`;
}

const NO_MONEY: Pick<State, 'payments' | 'refunds'> = { payments: [], refunds: [] };

function* readMoney(storeId: string, orderId: string): Body<Pick<State, 'payments' | 'refunds'>> {
  const subject = { store_id: storeId, order_id: orderId };
  const [entries, refundRows] = yield* together(
    all(q.listLedgerOf, subject),
    all(q.listRefundsOf, subject),
  );
  const refunds = refundRows.map(toRefund);
  const payments = entries
    .filter(({ kind }) => kind === 'payment')
    .map((entry): Payment => {
      const own = refunds.filter((r) => r.paymentId === entry.id && r.state !== 'withdrawn');
      const back = entries.filter(({ offsets_id }) => offsets_id === entry.id);
      const refundedKrw =
        own.reduce((sum, refund) => sum + refund.amountKrw, 0) +
        back.reduce((sum, { amount_krw }) => sum + amount_krw, 0);
      const method = entry.method as Payment['method'];
      const depositId = entry.deposit_id;
      return { id: entry.id, amountKrw: entry.amount_krw, method, refundedKrw, depositId };
    });
  return { payments, refunds };
}

function* readRefundAccount(
  context: Context,
  { storeId, id: orderId }: Pick<OrderCore, 'storeId' | 'id'>,
): Body<RefundAccount | null> {
  const row = yield* first(q.findRefundAccount, { store_id: storeId, order_id: orderId });
  return row === null ? null : yield* openAccount(context, { ...row, order_id: orderId });
}

/** Null when none was given, or its holder is erased. */
export function* openAccount(
  context: Context,
  { order_id, sealed, sealed_for }: Pick<Row<'refunds'>, 'order_id' | 'sealed' | 'sealed_for'>,
): Body<RefundAccount | null> {
  if (sealed === null) return null;
  const place = refundPlace(order_id);
  if (sealed_for === null) return context.vault.openOwn(place, sealed) as RefundAccount;
  yield* readKey(context, sealed_for);
  return context.vault.openIfKept(sealed_for, place, sealed) as RefundAccount | null;
}

function* readDaysFrom(storeId: string, date: string): Body<Map<string, Day>> {
  return new Map(toDays(yield* all(q.listDaysFrom, { store_id: storeId, date })));
}

/** Adds the dates of an order's parcels that are not among the days yet. */
function* addOwnDays({ storeId, parcels }: OrderCore, days: Map<string, Day>): Body<void> {
  const dates = new Set(parcels.map(({ harvestDate }) => harvestDate));
  const rows = yield* together(
    ...[...dates].map((date) =>
      date === null || days.has(date) ? null : first(q.findDay, { store_id: storeId, date }),
    ),
  );
  for (const row of rows) if (row !== null) days.set(row.date, toDay(row));
}

function* readSlotsAfter(storeId: string, date: string): Body<State['slotsAfter']> {
  const later = yield* all(q.listSlotsAfter, { store_id: storeId, date });
  return [...later.map(toSlot), ...(yield* readWaiting(storeId))];
}

export function* readUnpaid(storeId: string): Body<Unpaid> {
  const rows = yield* all(q.sumUnpaid, { store_id: storeId });
  return new Map(rows.map(({ harvest_date, boxes }) => [harvest_date ?? '', Number(boxes)]));
}

function* readWaiting(storeId: string): Body<State['waiting']> {
  return (yield* all(q.listSlotsWaiting, { store_id: storeId })).map(toSlot);
}

function* readWaybillUses(
  storeId: string,
  waybills: readonly string[],
): Body<State['waybillUses']> {
  const uses: WaybillUse[] = [];
  for (const waybill of new Set(waybills)) {
    const rows = yield* all(q.listWaybillUses, { store_id: storeId, waybill });
    for (const { parcel_id: parcelId, at, harvest_date: harvestDate, row } of rows)
      uses.push({ waybill, parcelId, at, harvestDate, row });
  }
  return uses;
}

function* readUntold(storeId: string, buyerId: string): Body<State['untold']> {
  const rows = yield* all(q.listUntoldOf, { store_id: storeId, buyer_id: buyerId });
  return rows.map(({ id, order_id }) => ({ parcelId: id, orderId: order_id }));
}

function* readParcels(storeId: string, ids: readonly string[]): Body<State['parcels']> {
  const slots: PlacedSlot[] = [];
  for (const id of new Set(ids)) {
    const row = yield* first(q.findSlot, { store_id: storeId, id });
    if (row !== null) slots.push(toSlot(row));
  }
  return slots;
}

/** The end of a key's range: behind every character an id is written with. */
const AFTER_ALL_IDS = '~';

function* readOwed(wanted: NonNullable<Reads['owed']>): Body<State['owed']> {
  const owed: OwedNotice[] = [];
  for (const { kind, subject, mark } of wanted) {
    const from = noticeKey({ kind, subject, mark, personId: '' });
    const rows = yield* all(q.listOwed, { from, to: `${from}${AFTER_ALL_IDS}` });
    for (const { id, person_id: personId, order_id: orderId, state, attempts, ...row } of rows)
      if (state !== 'dropped') {
        const isTried = state !== 'dead' && (attempts > 0 || row.is_worded === 1);
        const isDone = state === 'done';
        const audience = row.audience as Audience;
        owed.push({
          ...{ id, kind, subject, personId, audience, orderId },
          ...{ isTold: isDone || isTried, isOpen: !isDone },
        });
      }
  }
  return owed;
}

/** The keys of all notices of a kind about one thing, whatever owed them and to whom. */
export function keysOf(kind: NoticeKind, subject: string): { from: string; to: string } {
  const from = `${kind}:${subject}:`;
  return { from, to: `${from}${AFTER_ALL_IDS}` };
}

function noticeKey(of: {
  readonly kind: string;
  readonly subject: string;
  readonly mark: string;
  readonly personId: string;
}): string {
  return [of.kind, of.subject, of.mark, of.personId].join(':');
}

/** The next code of a store, whose commands come one after another: a refusal has taken none. */
function* nextCode(storeId: string, now: Date): Body<{ code: string; seq: number }> {
  const since = new Date(now.getTime() - CODE_UNIQUE_DAYS * DAY_MS).toISOString();
  const counter = yield* first(q.findCounter, { store_id: storeId, name: CODES });
  const from = (counter?.value ?? 0) + 1;
  for (let seq = from; seq < from + CODE_TRIES_MAX; seq++) {
    const code = orderCode(seq);
    // Codes run on without repeating until all were used once.
    if (seq < CODES_TOTAL) return { code, seq };
    if ((yield* first(q.isCodeTaken, { store_id: storeId, code, since })) === null)
      return { code, seq };
  }
  throw new DomainError('busy', 'no free order code');
}

type Writing<T> = {
  readonly command: Command<T>;
  readonly state: Read;
  readonly change: Change<T>;
};

function* writeChange<T>(context: Context, writing: Writing<T>): Body<void> {
  const { command, change } = writing;
  const { storeId, now } = command;
  const at = now.toISOString();
  // Nobody can be looking at an order that is just being placed.
  for (const { orderId } of change.events)
    if (orderId !== change.placed?.order.id) context.touched?.add(orderId);
  if (change.placed) {
    yield* all(q.putCounter, { store_id: storeId, name: CODES, value: writing.state.codeSeq });
    yield* insertPlaced(context, change.placed);
  }
  const { payment } = change;
  if (payment) yield* insertPayment(context, { storeId, payment, at });
  for (const order of change.orders ?? []) {
    // Paid by this very payment: the only one whose place in the queue is not known yet.
    const isPaidNow = order.paidAt !== null && order.bookingSeq === null;
    yield* all(isPaidNow ? q.payOrder : q.updateOrder, fromOrder(order));
  }
  // Up to here nothing is inserted behind the payment, whose number goes into these rows.
  for (const patch of change.parcels ?? []) yield* moveParcel(storeId, patch, { payment, at });
  for (const patch of change.parcels ?? []) yield* patchParcel(storeId, patch, at);
  for (const { parcelId, personal } of change.readdressed ?? []) {
    const buyerId = writing.state.order?.buyerId ?? '';
    yield* readKey(context, buyerId);
    const sealed = context.vault.sealFor(buyerId, parcelId, personal);
    yield* all(q.sealParcel, { store_id: storeId, id: parcelId, sealed });
  }
  if (change.openChange) yield* writeOpenChange(context, storeId, change.openChange);
  yield* writeLists(context, { shop: writing.state.shop, at, change });
  for (const id of change.told ?? []) yield* all(q.markTold, { store_id: storeId, id });
  if (change.askedDay) yield* all(q.putAskedDay, { store_id: storeId, ...change.askedDay });
  for (const refund of change.refunds ?? []) {
    const buyerId = writing.state.order?.buyerId ?? '';
    yield* readKey(context, buyerId);
    yield* all(q.insertRefund, {
      store_id: storeId,
      id: refund.id,
      order_id: refund.orderId,
      payment_id: refund.paymentId,
      amount_krw: refund.amountKrw,
      state: refund.state,
      sealed:
        refund.account &&
        context.vault.sealFor(buyerId, refundPlace(refund.orderId), refund.account),
      sealed_for: buyerId,
      opened_at: at,
    });
  }
  yield* writeMoney(context, writing);
  const { order } = writing.state;
  if (change.receipt && order !== null)
    yield* writeReceipt(context, { order, at, receipt: change.receipt });
  if (change.question) yield* writeQuestion(context, storeId, change.question);
  for (const event of change.events)
    yield* all(q.insertEvent, {
      store_id: storeId,
      order_id: event.orderId,
      parcel_id: event.parcelId ?? null,
      at,
      who: change.who,
      event: event.event,
      detail: JSON.stringify(event.detail ?? {}),
    });
  const { mark } = writing.state;
  for (const notice of change.notices) yield* oweNotice(context, { command, mark, notice });
  for (const id of change.retracted ?? []) yield* all(q.retractNotice, { id, now: at });
  // The row every other payment of this date waits for comes last, so that it is held shortest.
  for (const day of change.days ?? []) yield* all(q.putDay, fromDay(storeId, day));
}

/** What goes back: entries against a payment, and what became of the refunds. */
function* writeMoney<T>(
  context: Context,
  { command: { storeId, now }, state: { order }, change }: Writing<T>,
): Body<void> {
  const { counter = [], refundPatches = [] } = change;
  const at = now.toISOString();
  for (const { orderId, kind, amountKrw, method, paymentId, at: when } of counter)
    yield* all(q.insertLedger, {
      store_id: storeId,
      order_id: orderId,
      kind,
      amount_krw: amountKrw,
      method,
      sealed: null,
      returns_id: kind === 'refund' ? paymentId : null,
      offsets_id: kind === 'adjustment' ? paymentId : null,
      deposit_id: null,
      at: when,
      booked_at: at,
    });
  for (const patch of refundPatches)
    if (order !== null) yield* patchRefund(context, { storeId, at, order, patch });
}

function* patchRefund(
  context: Context,
  {
    storeId: store_id,
    at,
    order,
    patch: { id, state, isReminded, account, accountAt = null },
  }: { storeId: string; at: string; order: OrderCore; patch: RefundPatch },
): Body<void> {
  if (account !== undefined) {
    const { buyerId } = order;
    yield* readKey(context, buyerId);
    const sealed = context.vault.sealFor(buyerId, refundPlace(order.id), account);
    const given = { sealed, sealed_for: buyerId, account_at: accountAt };
    return void (yield* all(q.giveRefundAccount, { store_id, id, ...given }));
  }
  const hasEnded = state === 'done' || state === 'withdrawn';
  yield* all(q.patchRefund, {
    ...{ store_id, id, state },
    reminded_at: isReminded ? at : null,
    ended_at: hasEnded ? at : null,
  });
  if (!hasEnded) return;
  yield* all(q.dropWords, keysOf('refund_due', order.id));
}

function* writeOpenChange(
  context: Context,
  storeId: string,
  { orderId, buyerId, open }: NonNullable<Change<unknown>['openChange']>,
): Body<void> {
  const subject = { store_id: storeId, order_id: orderId };
  if (open === null) return void (yield* all(q.dropOpenChange, subject));
  yield* readKey(context, buyerId);
  const sealed = context.vault.sealFor(buyerId, changePlace(orderId), open);
  yield* all(q.putOpenChange, { ...subject, buyer_id: buyerId, pay_by: open.payBy, sealed });
}

function* insertPlaced(
  context: Context,
  { order, personal, parcels }: NonNullable<Change<unknown>['placed']>,
): Body<void> {
  const { vault } = context;
  yield* readKey(context, order.buyerId);
  yield* all(q.insertOrder, {
    ...fromOrder(order),
    code: order.code,
    buyer_id: order.buyerId,
    placed_at: order.placedAt,
    terms_version: order.termsVersion,
    terms: JSON.stringify(order.terms),
    sealed: vault.sealFor(order.buyerId, order.id, personal),
  });
  for (const [index, parcel] of order.parcels.entries())
    yield* all(q.insertParcel, {
      store_id: order.storeId,
      id: parcel.id,
      order_id: order.id,
      no: parcel.no,
      buyer_id: order.buyerId,
      items: JSON.stringify(parcel.items),
      boxes: parcel.boxes,
      region: parcel.region,
      shipping_krw: parcel.shippingKrw,
      surcharge_krw: parcel.surchargeKrw,
      state: parcel.state,
      wanted_date: parcel.wanted?.date ?? null,
      wanted_kind: parcel.wanted?.kind ?? null,
      harvest_date: parcel.harvestDate,
      packages: JSON.stringify(parcel.packages),
      sealed: vault.sealFor(order.buyerId, parcel.id, parcels[index]),
    });
}

function* insertPayment(
  { vault }: Context,
  {
    storeId,
    payment,
    at,
  }: { storeId: string; payment: NonNullable<Change<unknown>['payment']>; at: string },
): Body<void> {
  const { orderId, reference, depositor } = payment;
  const isSilent = reference === null && depositor === null;
  yield* all(q.insertLedger, {
    store_id: storeId,
    order_id: payment.orderId,
    kind: payment.kind,
    amount_krw: payment.amountKrw,
    method: payment.method,
    sealed: isSilent
      ? null
      : vault.sealOwn(ledgerPlace(storeId, orderId, at), { reference, depositor }),
    returns_id: null,
    offsets_id: null,
    deposit_id: payment.depositId ?? null,
    at: payment.at,
    booked_at: at,
  });
}

/** Where the money of an order goes back to; one account for all its refunds. */
export function refundPlace(orderId: string): string {
  return `refund/${orderId}`;
}

/** Ties what is sealed to its entry, whose id is not known before it is written. */
export function ledgerPlace(storeId: string, orderId: string, bookedAt: string): string {
  return `ledger/${storeId}/${orderId}/${bookedAt}`;
}

/** Its state, its date and its place in the queue. */
function* moveParcel(
  storeId: string,
  patch: ParcelPatch,
  { payment, at }: { payment: Change<unknown>['payment']; at: string },
): Body<void> {
  const { id, state, harvestDate } = patch;
  const values = { store_id: storeId, id, state, harvest_date: harvestDate };
  if (patch.isUnpaid) return void (yield* all(q.unqueueParcel, values));
  if (payment)
    yield* all(q.queueParcel, { ...values, order_id: payment.orderId, deposited_at: payment.at });
  else {
    const untold = STATES_TOLD_DAILY.has(state) ? 1 : 0;
    yield* all(q.patchParcel, { ...values, untold, now: at });
  }
}

/** What else changes of it. */
function* patchParcel(storeId: string, patch: ParcelPatch, at: string): Body<void> {
  const { id, packages, askedAt } = patch;
  if (patch.isUnpaid) return;
  if (askedAt !== undefined) yield* all(q.markAsked, { store_id: storeId, id, asked_at: askedAt });
  if (patch.contents !== undefined)
    yield* all(q.patchContents, {
      store_id: storeId,
      id,
      items: JSON.stringify(patch.contents.items),
      boxes: patch.contents.boxes,
      region: patch.contents.region,
      shipping_krw: patch.contents.shippingKrw,
      surcharge_krw: patch.contents.surchargeKrw,
    });
  if (packages === undefined) return;
  yield* all(q.patchPackages, { store_id: storeId, id, packages: JSON.stringify(packages) });
  yield* keepWaybills(storeId, { id, packages, at });
}

/** The numbers of a parcel once more, to be found by; since when stays as it was first written. */
function* keepWaybills(
  storeId: string,
  { id, packages, at }: { id: string; packages: readonly Package[]; at: string },
): Body<void> {
  const subject = { store_id: storeId, parcel_id: id };
  const now = new Set(packages.flatMap(({ waybill }) => waybill ?? []));
  const kept = new Set((yield* all(q.listWaybillsOf, subject)).map(({ waybill }) => waybill));
  for (const waybill of kept)
    if (!now.has(waybill)) yield* all(q.dropWaybill, { ...subject, waybill });
  for (const waybill of now)
    if (!kept.has(waybill)) yield* all(q.insertWaybill, { ...subject, waybill, at });
}

/** Who owes: the store, the moment, and the person whose act it was. */
type Owing = Pick<Command<unknown>, 'storeId' | 'now' | 'actorId'>;

/** Notices of what is no command; one person hears each kind once. */
export function* oweNotices(
  context: Context,
  command: Owing,
  notices: readonly Notice[],
): Body<void> {
  const mark = newMark();
  for (const notice of notices) yield* oweNotice(context, { command, mark, notice });
}

/** Names a command in the keys of its messages: another one may owe the same words at this moment. */
function newMark(): string {
  return randomBytes(9).toString('base64url');
}

type OwedBy = { readonly command: Owing; readonly mark: string; readonly notice: Notice };

function* oweNotice(context: Context, owed: OwedBy): Body<void> {
  const { notice, mark } = owed;
  const { kind } = notice;
  const { storeId, now, actorId } = owed.command;
  if (notice.said !== undefined) return yield* oweSaid(context, owed, notice.said);
  // Once per command: whoever has two roles in the store hears a thing once.
  const subject = notice.orderId ?? notice.about ?? storeId;
  const audience = audienceOf(notice);
  const values = {
    store_id: storeId,
    key: noticeKey({ kind, subject, mark, personId: '' }),
    kind,
    order_id: notice.orderId ?? null,
    data: JSON.stringify(notice.data),
    due_at: notice.dueAt ?? now.toISOString(),
    created_at: now.toISOString(),
    audience,
    ...routing(context, { kind, audience }),
  };
  const { to } = notice;
  const isEarlier = notice.data.isEarlier === true;
  // An earlier date that waits for the morning is told with what comes of it now.
  if (notice.orderId !== undefined && (kind === 'no_date' || (kind === 'moved' && !isEarlier)))
    yield* all(q.bringForward, { ...keysOf('moved', notice.orderId), now: now.toISOString() });
  if ('person' in to) return void (yield* all(q.owePerson, { ...values, person_id: to.person }));
  const place = placeOf(to.role, storeId);
  const but = to.evenActor === true ? '' : (actorId ?? '');
  yield* all(q.oweRole, { ...values, place, role: to.role, but });
}

function audienceOf({ to }: Notice): Audience {
  return 'role' in to ? to.role : (to.as ?? 'buyer');
}

/** Admins are of the whole installation. */
function placeOf(role: Role, storeId: string): string {
  return role === 'admin' ? EVERY_STORE : storeId;
}

/** A notice that repeats somebody's words has them sealed for each who is to hear it. */
function* oweSaid(context: Context, { command, mark, notice }: OwedBy, said: string): Body<void> {
  const { storeId, now } = command;
  const at = now.toISOString();
  const audience = audienceOf(notice);
  const told = routing(context, { kind: notice.kind, audience });
  for (const owner of yield* listenersOf(command, notice.to)) {
    if (owner.erased_at !== null) continue;
    const route = yield* first(q.findRoute, { ...told, person_id: owner.id });
    const id = route?.route_id ?? owner.id;
    const isBlocked = id === owner.id && owner.blocked_at !== null;
    const isHeld = route?.route_id == null;
    const subject = notice.orderId ?? notice.about ?? storeId;
    const key = noticeKey({ kind: notice.kind, subject, mark, personId: owner.id });
    yield* all(q.insertOutbox, {
      store_id: storeId,
      person_id: id,
      owner_id: id === owner.id ? null : owner.id,
      key,
      cause: isBlocked ? 'blocked' : null,
      kind: notice.kind,
      order_id: notice.orderId ?? null,
      data: JSON.stringify(notice.data),
      state: isHeld ? 'held' : 'due',
      due_at: isHeld ? null : (notice.dueAt ?? at),
      created_at: at,
      said: yield* sealSaid(context, { id, key, said }),
      audience,
    });
  }
}

type Listener = {
  readonly id: string;
  readonly erased_at: string | null;
  readonly blocked_at: string | null;
};

/** Whoever acts need not always be told what he did himself. */
function* listenersOf({ storeId, actorId }: Owing, to: Notice['to']): Body<readonly Listener[]> {
  if ('person' in to) return yield* all(q.findPerson, { id: to.person });
  const { role } = to;
  const people = yield* all(q.listPeopleWithRole, { store_id: placeOf(role, storeId), role });
  return people.filter(({ id }) => to.evenActor === true || id !== actorId);
}

function* sealSaid(
  context: Context,
  { id, key, said }: { id: string; key: string; said: string },
): Body<Uint8Array> {
  yield* readKey(context, id);
  return context.vault.sealFor(id, key, said);
}

/** Ends a turn that led to no command. */
export function* endTurnBody(context: Context, ending: Ending): Body<unknown> {
  const { end, now, request } = ending;
  if (request !== undefined) {
    const stored = yield* findAnswer(context, request);
    if (stored !== null) return stored.reply;
  }
  const { person } = end.turn;
  // Who was erased in this very turn is answered, and nothing of it is kept.
  if (yield* isErased(person.id)) return end.settle(null).reply;
  yield* meetStranger(context, end, now);
  const reply = yield* settleTurn(context, { now, end, answer: null });
  if (request !== undefined)
    yield* storeAnswer(context, { now, request, answer: null, reply, personId: person.id });
  return reply;
}

/** A new sender is stored with his first turn; what the turn does may refer to him. */
function* meetStranger(
  context: Context,
  { turn }: Pick<TurnEnd<never>, 'turn'>,
  now: Date,
): Body<void> {
  const { person, newKey } = turn;
  if (newKey === null) return;
  if (!(yield* storePerson(context, { person, newKey, now }))) throw new StaleTurn();
}

function* keepTold(
  context: Context,
  { person, told, at }: { person: PersonRecord; told: Told; at: string },
): Body<void> {
  const { wantsStatus, noticeVersion, ...personal } = told;
  if (Object.keys(personal).length > 0) {
    const sealed = sealPersonal(context, { ...person, ...personal });
    yield* all(q.sealPerson, { id: person.id, sealed });
  }
  if (noticeVersion !== undefined)
    yield* all(q.keepNotice, { id: person.id, notice_version: noticeVersion, notice_at: at });
  if (wantsStatus === false) yield* all(q.refuseStatus, { person_id: person.id, since: at });
  if (wantsStatus === true) yield* all(q.acceptStatus, { person_id: person.id });
}

/** Stores the chat's state and what was said, and counts held notices as shown. */
function* settleTurn<T>(
  context: Context,
  { now, end, answer }: { now: Date; end: TurnEnd<T>; answer: T },
): Body<unknown> {
  const { vault } = context;
  const { turn } = end;
  const { person } = turn;
  const at = now.toISOString();
  const { conversation, reply } = end.settle(answer);
  yield* readKey(context, person.id);
  if (end.person) yield* keepTold(context, { person, told: end.person, at });
  const sealed = vault.sealFor(person.id, `talk/${person.id}`, conversation);
  const written =
    turn.version === 0
      ? yield* first(q.insertConversation, { person_id: person.id, sealed, updated_at: at })
      : yield* first(q.updateConversation, {
          person_id: person.id,
          version: turn.version,
          sealed,
          updated_at: at,
        });
  if (written === null) throw new StaleTurn();
  if (turn.isBlocked) yield* all(q.unblockPerson, { id: person.id });
  for (const id of end.shown)
    if ((yield* first(q.showHeld, { id, person_id: person.id, now: at })) === null)
      yield* mustBeUntold(id);
  return reply;
}

/** Told meanwhile on another platform of the same person: what is said here is thought over again. */
function* mustBeUntold(id: number): Body<void> {
  const letter = yield* first(q.findLetter, { id });
  if (letter?.state === 'done') throw new StaleTurn();
}
