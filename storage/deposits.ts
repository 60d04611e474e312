// Deposits: each booked once with the payments it makes, completed by later sources, settled by the seller.
import type { OrderPersonal, ParcelPersonal } from '../src/orders/order.ts';
import type {
  Booking,
  Deposit,
  DepositHistory,
  DepositStore,
  Outcome,
  PayableRecord,
} from '../src/payments/store.ts';
import { type Context, oweNotices, readOpenChange, submitBody } from './operations.ts';
import { readKey } from './people.ts';
import type { Row } from './rows.ts';
import { all, type Body, first, q, together } from './statement.ts';

/** Some statements tell no more than the day. */
const ALIKE_MS = 24 * 3_600_000;

type DepositRow = Row<'deposits'>;
type Written = Pick<Deposit, 'name' | 'memo' | 'sightings'>;

/** Ties what is sealed to its row. */
export function depositPlace(storeId: string, id: string): string {
  return `deposit/${storeId}/${id}`;
}

export function* bookDepositBody(
  context: Context,
  { storeId, now, id, seen, actorId, judge }: Booking,
): Body<{ deposit: Deposit; isNew: boolean }> {
  const at = Date.parse(seen.at);
  const rows = yield* all(q.listAlikeDeposits, {
    store_id: storeId,
    amount_krw: seen.amountKrw,
    from: new Date(at - ALIKE_MS).toISOString(),
    to: new Date(at + ALIKE_MS).toISOString(),
  });
  // Two balances that differ are two deposits: of a busy day few rows are left to be opened.
  const alike = rows.filter(
    ({ balance_krw }) => (balance_krw ?? seen.balanceKrw) === (seen.balanceKrw ?? balance_krw),
  );
  const judged = judge(alike.map((row) => toDeposit(context, row)));
  if ('same' in judged)
    return { deposit: yield* completed(context, judged.same, { seen, now }), isNew: false };
  const { state, orderIds } = judged;
  const { memo, ...sighting } = seen;
  const deposit: Deposit = {
    ...{ id, storeId, state, orderIds, memo, bookedAt: now.toISOString() },
    ...{ at: seen.at, name: seen.name, amountKrw: seen.amountKrw },
    ...{ balanceKrw: seen.balanceKrw, source: seen.source, sightings: [sighting] },
  };
  yield* all(q.insertDeposit, {
    store_id: storeId,
    id,
    at: seen.at,
    amount_krw: seen.amountKrw,
    balance_krw: seen.balanceKrw,
    source: seen.source,
    state,
    orders: JSON.stringify(orderIds),
    sealed: sealWritten(context, deposit),
    booked_at: deposit.bookedAt,
  });
  yield* carryOut(context, deposit, { outcome: judged, now, actorId });
  return { deposit, isNew: true };
}

export function* settleDepositBody(
  context: Context,
  { deposit, now, outcome }: Parameters<DepositStore['settleDeposit']>[0],
): Body<Deposit | null> {
  const { storeId: store_id, id } = deposit;
  const { state, orderIds } = outcome;
  const orders = JSON.stringify(orderIds);
  const settled = yield* first(q.settleDepositRow, {
    ...{ store_id, id, state, orders },
    was: deposit.state,
  });
  if (settled === null) return null;
  yield* carryOut(context, deposit, { outcome, now });
  return { ...deposit, state, orderIds };
}

/** The payments, the history and the words that are owed. */
function* carryOut(
  context: Context,
  { storeId, id }: Deposit,
  {
    outcome,
    now,
    actorId,
  }: { readonly outcome: Outcome; readonly now: Date; readonly actorId?: string },
): Body<void> {
  const subject = { store_id: storeId, deposit_id: id };
  if (outcome.act === 'undone') yield* all(q.untieDeposit, subject);
  if (outcome.tiedTo !== undefined)
    yield* all(q.tieDeposit, { ...subject, order_id: outcome.tiedTo.orderId });
  for (const command of outcome.commands) yield* submitBody(context, command);
  const { act, who, detail, notices } = outcome;
  yield* keepAct({ storeId, id, now, act, who, detail });
  yield* oweNotices(context, { storeId, now, actorId }, notices);
}

function* keepAct(
  of: { readonly storeId: string; readonly id: string; readonly now: Date } & Pick<
    Outcome,
    'act' | 'who' | 'detail'
  >,
): Body<void> {
  yield* all(q.insertDepositAct, {
    store_id: of.storeId,
    deposit_id: of.id,
    at: of.now.toISOString(),
    who: of.who,
    act: of.act,
    detail: JSON.stringify(of.detail),
  });
}

/** What another source knows better: the longer name, the balance, the remark. */
function* completed(
  context: Context,
  deposit: Deposit,
  { seen, now }: Pick<Booking, 'seen' | 'now'>,
): Body<Deposit> {
  const { memo, ...sighting } = seen;
  const known = JSON.stringify(sighting);
  if (deposit.sightings.some((one) => JSON.stringify(one) === known)) return deposit;
  const full: Deposit = {
    ...deposit,
    name: seen.name.length > deposit.name.length ? seen.name : deposit.name,
    memo: deposit.memo ?? memo,
    balanceKrw: deposit.balanceKrw ?? seen.balanceKrw,
    sightings: [...deposit.sightings, sighting],
  };
  const { storeId, id } = deposit;
  yield* all(q.completeDeposit, {
    store_id: storeId,
    id,
    balance_krw: full.balanceKrw,
    sealed: sealWritten(context, full),
  });
  const { source } = seen;
  yield* keepAct({ storeId, id, now, act: 'seen_again', who: 'system', detail: { source } });
  return full;
}

function sealWritten(
  { vault }: Context,
  { storeId, id, name, memo, sightings }: Deposit,
): Uint8Array {
  return vault.sealOwn(depositPlace(storeId, id), { name, memo, sightings } satisfies Written);
}

function toDeposit({ vault }: Context, row: DepositRow): Deposit {
  const place = depositPlace(row.store_id, row.id);
  const { name, memo, sightings } = vault.openOwn(place, row.sealed) as Written;
  return {
    id: row.id,
    storeId: row.store_id,
    at: row.at,
    name,
    memo,
    amountKrw: row.amount_krw,
    balanceKrw: row.balance_krw,
    source: row.source as Deposit['source'],
    sightings,
    state: row.state as Deposit['state'],
    orderIds: JSON.parse(row.orders) as string[],
    bookedAt: row.booked_at,
  };
}

export function* findDeposit(context: Context, id: string): Body<Deposit | null> {
  const found = yield* first(q.findStoreOfDeposit, { id });
  if (found === null) return null;
  const row = yield* first(q.findDepositRow, { store_id: found.store_id, id });
  return row === null ? null : toDeposit(context, row);
}

export function* findDeposits(
  context: Context,
  { storeId, state = undefined, since = '', limit }: Parameters<DepositStore['findDeposits']>[0],
): Body<Deposit[]> {
  const of = { store_id: storeId, state: state ?? '', since, limit };
  return (yield* all(q.listDeposits, of)).map((row) => toDeposit(context, row));
}

export function* findDepositHistory(storeId: string, id: string): Body<DepositHistory[]> {
  const rows = yield* all(q.listDepositActs, { store_id: storeId, deposit_id: id });
  return rows.map(({ at, who, act, detail }) => ({
    at,
    who,
    act,
    detail: JSON.parse(detail) as DepositHistory['detail'],
  }));
}

const LAST = '9999';

/** Who sent money is told by names, and names are sealed: so these are read, page by page. */
export function* findPayable(
  context: Context,
  { storeId, of, since, after, limit }: Parameters<DepositStore['findPayable']>[0],
): Body<PayableRecord[]> {
  const before = { before_at: after?.placedAt ?? LAST, before_id: after?.id ?? '' };
  const page = { store_id: storeId, since, ...before, limit };
  const rows =
    of === 'waiting'
      ? yield* all(q.listAwaiting, page)
      : yield* all(q.listOrders, { ...page, state: '', date: '' });
  const subjects = rows.map(({ id }) => ({ store_id: storeId, order_id: id }));
  const parcels = yield* together(...subjects.map((one) => all(q.listParcelsOfOrder, one)));
  const entries = yield* together(...subjects.map((one) => all(q.listLedgerOf, one)));
  const found: PayableRecord[] = [];
  for (const [index, row] of rows.entries())
    found.push(
      yield* toPayable(context, {
        row,
        parcels: parcels[index] ?? [],
        entries: entries[index] ?? [],
      }),
    );
  return found;
}

type Entry = { readonly method: string; readonly kind: string; readonly amount_krw: number } & {
  readonly deposit_id: string | null;
};

function* toPayable(
  context: Context,
  of: {
    readonly row: Row<'orders'>;
    readonly parcels: readonly Pick<Row<'parcels'>, 'id' | 'sealed'>[];
    readonly entries: readonly Entry[];
  },
): Body<PayableRecord> {
  const { row, parcels, entries } = of;
  const { vault } = context;
  const { id, buyer_id: buyerId, store_id: storeId } = row;
  yield* readKey(context, buyerId);
  const personal = vault.openIfKept(buyerId, id, row.sealed) as OrderPersonal | null;
  const recipients = parcels.flatMap((parcel) => {
    const own = vault.openIfKept(buyerId, parcel.id, parcel.sealed) as ParcelPersonal | null;
    return own?.recipient ?? [];
  });
  const open = row.state === 'paid' ? yield* readOpenChange(context, { storeId, id }) : null;
  const untied = entries.filter(
    ({ kind, method, deposit_id }) =>
      kind === 'payment' && method === 'manual' && deposit_id === null,
  );
  return {
    id,
    code: row.code,
    buyerId,
    state: row.state as PayableRecord['state'],
    totalKrw: row.total_krw,
    paidKrw: row.paid_krw,
    refundedKrw: row.refunded_krw,
    placedAt: row.placed_at,
    payBy: row.pay_by,
    depositor: personal?.depositor ?? null,
    buyer: personal?.buyer.name ?? null,
    recipients,
    openChange: open && { extraKrw: open.extraKrw, payBy: open.payBy },
    untiedKrw: untied.reduce((sum, { amount_krw }) => sum + amount_krw, 0),
  };
}
