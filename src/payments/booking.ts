// From money seen at the bank to booked payments: what is known already, what the matcher says, what is
// written. What the seller says of the doubtful ones is in answering.ts.
import { randomBytes } from 'node:crypto';
import type { Who } from '../orders/change.ts';
import { DomainError } from '../orders/errors.ts';
import * as ordering from '../orders/ordering.ts';
import type { Shop } from '../orders/shop.ts';
import { type Decision, indexOrders, matchDeposits } from './deposits.ts';
import { isLeftToSeller, MAYBE_SAME } from './doubt.ts';
import { isConfirmedOf, isTied, payable, restOf } from './payable.ts';
import { seenBefore } from './same-deposit.ts';
import type { Deposit, DepositStore, Outcome, PayableRecord, SeenDeposit } from './store.ts';

/** Orders older than this are no longer offered for money that comes in. */
const PAYABLE_DAYS = 60;
const DAY_MS = 86_400_000;
/** Read in pages, so that a store with many orders does not hold up others. */
const PAGE = 200;
/** Asked about before: the second half of a split transfer completes the first. */
const ASKED_MAX = 200;
/** A statement is compared with as many deposits of its time. */
const KNOWN_MAX = 20_000;
const LAST_MS = 8.64e15;
const TRIES_MAX = 3;
const ID_BYTES = 9;

export type Books = { readonly store: DepositStore };

export type Booked = {
  readonly deposit: Deposit;
  /** False where it was seen before: nothing was booked again. */
  readonly isNew: boolean;
};

export type Asked = {
  readonly shop: Shop;
  readonly now: Date;
  readonly who: Who;
  /** Who hears in the answer what is doubtful; everybody else of the sellers is asked by a message. */
  readonly actorId?: string;
};

/** The orders that money may be for, by code. */
type Known = ReadonlyMap<string, PayableRecord>;

/** Books what one source shows, each deposit once; what is doubtful goes to the seller. In the order given. */
export async function bookDeposits(
  { store }: Books,
  seen: readonly SeenDeposit[],
  asked: Asked & { readonly told?: (done: number, total: number) => void },
): Promise<readonly Booked[]> {
  const booked = new Map<SeenDeposit, Booked>();
  for (let tries = 1; booked.size < seen.length; tries++) {
    const before = booked.size;
    const left = seen.filter((one) => !booked.has(one));
    const known = await findKnown(store, asked);
    const rows = new Map(left.map((one) => [newId(), one]));
    const decisions = await decide(store, { ...asked, known, rows });
    for (const [id, one] of rows) {
      const decision = decisions.get(id) ?? UNKNOWN;
      // After so many changes of its orders the seller may as well look himself.
      const outcome =
        tries < TRIES_MAX
          ? outcomeOf(decision, { ...asked, known, id, seen: one })
          : asking(doubted(decision), { id, known });
      const done = await bookOne(store, { ...asked, id, seen: one, outcome });
      if (done === null) break;
      booked.set(one, done);
      asked.told?.(booked.size, seen.length);
    }
    // Only rounds that come to nothing count against it.
    if (booked.size > before) tries = 0;
  }
  return seen.flatMap((one) => booked.get(one) ?? []);
}

const UNKNOWN: Decision = { kind: 'ask', codes: [], reason: 'unknown' };

function newId(): string {
  return `dep_${randomBytes(ID_BYTES).toString('base64url')}`;
}

/** Null when an order changed since it was read: all that is left is decided anew. */
async function bookOne(
  store: DepositStore,
  of: Asked & { readonly id: string; readonly seen: SeenDeposit; readonly outcome: Outcome },
): Promise<Booked | null> {
  const { id, seen, outcome, shop, now, actorId } = of;
  const judge = (alike: readonly Deposit[]) => {
    const sameness = alike.map((deposit) => seenBefore(deposit.sightings, seen));
    const same = alike[sameness.indexOf('same')] ?? repeated(alike, seen);
    if (same !== undefined) return { same };
    const twin = alike[sameness.indexOf('asked')];
    if (twin === undefined || outcome.state === 'none') return outcome;
    return {
      ...asking({ codes: [], reason: MAYBE_SAME }, { id, known: new Map() }),
      orderIds: [...new Set([...twin.orderIds, ...outcome.orderIds])].slice(0, CHOICES_MAX),
    };
  };
  try {
    return await store.bookDeposit({ storeId: shop.id, now, id, seen, actorId, judge });
  } catch (error) {
    if (error instanceof DomainError && outcome.commands.length > 0) return null;
    throw error;
  }
}

/**
 * Words that came before to the letter: told at one instant they are the same ones passed on again. Told to
 * the minute they may be of a second deposit, which is asked about; then they are taken for that one.
 */
function repeated(alike: readonly Deposit[], { memo: _, ...seen }: SeenDeposit) {
  const words = JSON.stringify(seen);
  const equal = alike.filter(({ sightings }) =>
    sightings.some((one) => JSON.stringify(one) === words),
  );
  const isExact = seen.precision === 'second' || seen.precision === 'told';
  return isExact || equal.length > 1 ? equal.at(-1) : undefined;
}

const CHOICES_MAX = 5;

export async function findKnown(store: DepositStore, { shop, now }: Asked): Promise<Known> {
  const recent = new Date(now.getTime() - PAYABLE_DAYS * DAY_MS).toISOString();
  const known = new Map<string, PayableRecord>();
  // A code is given again after half a year: the newest order of a code is the one that is meant.
  for (const [of, since] of [
    ['waiting', ''],
    ['all', recent],
  ] as const)
    for await (const record of pages(store, { storeId: shop.id, of, since })) {
      const before = known.get(record.code);
      if (before === undefined || before.placedAt < record.placedAt) known.set(record.code, record);
    }
  return known;
}

async function* pages(
  store: DepositStore,
  of: Pick<Parameters<DepositStore['findPayable']>[0], 'storeId' | 'of' | 'since'>,
): AsyncGenerator<PayableRecord> {
  let after: PayableRecord | null = null;
  for (;;) {
    const page: readonly PayableRecord[] = await store.findPayable({ ...of, after, limit: PAGE });
    yield* page;
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}

/** Beside what was asked about before: parts of one payment come one by one. */
async function decide(
  store: DepositStore,
  of: Asked & {
    readonly known: Known;
    readonly rows: ReadonlyMap<string, SeenDeposit>;
  },
): Promise<ReadonlyMap<string, Decision>> {
  const { shop, now, known, rows } = of;
  const earlier = await store.findDeposits({
    storeId: shop.id,
    state: 'asked',
    limit: ASKED_MAX,
  });
  const ownNames = ownNamesOf(shop);
  const asDeposit = (one: Deposit) => ({
    ...one,
    at: latestOf(one.sightings[0] ?? { ...one, precision: 'second' }, now),
  });
  const fresh = await unknownOf(store, shop.id, rows);
  const seen = fresh.map(([id, one]) => {
    const { name, amountKrw, memo } = one;
    return { id, at: latestOf(one, now), name, amountKrw, memo };
  });
  let doubtful = earlier.filter(
    ({ sightings }) => !fresh.some(([, one]) => seenBefore(sightings, one) !== 'different'),
  );
  const orders = indexOrders([...known.values()].map((record) => payable(record, now)));
  for (;;) {
    const decisions = matchDeposits(orders, [...doubtful.map(asDeposit), ...seen], { ownNames });
    const matched = doubtful.filter(({ id }) => decisions.get(id)?.kind === 'match');
    const left = new Set<Deposit>();
    for (const one of matched) if (await isLeftToSeller(store, one)) left.add(one);
    if (left.size > 0) {
      doubtful = doubtful.filter((one) => !left.has(one));
      continue;
    }
    await settleEarlier(store, { ...of, decisions, doubtful: matched });
    return decisions;
  }
}

/** Without what is in the books: a statement shows again what has filled its order long ago. */
async function unknownOf(
  store: DepositStore,
  storeId: string,
  rows: ReadonlyMap<string, SeenDeposit>,
): Promise<readonly (readonly [string, SeenDeposit])[]> {
  const firstMs = [...rows.values()].reduce((ms, { at }) => Math.min(ms, Date.parse(at)), LAST_MS);
  const since = new Date(firstMs - DAY_MS).toISOString();
  const known = await store.findDeposits({ storeId, since, limit: KNOWN_MAX });
  const alike = Map.groupBy(known, ({ amountKrw }) => amountKrw);
  return [...rows].filter(
    ([, one]) =>
      !(alike.get(one.amountKrw) ?? []).some(
        ({ sightings }) => seenBefore(sightings, one) === 'same',
      ),
  );
}

const UNTIL_MS = { second: 999, minute: 59_999, day: DAY_MS - 1, told: 0 } as const;

/** A clock shows less than it knows: money that came right after an order, as if it came before it. */
function latestOf({ at, precision }: Pick<SeenDeposit, 'at' | 'precision'>, now: Date): string {
  const shown = Date.parse(at);
  const latest = Math.min(shown + UNTIL_MS[precision], Math.max(shown, now.getTime()));
  return new Date(latest).toISOString();
}

/** Under which the seller moves money between accounts of his own. */
function ownNamesOf({ policy, business }: Shop): readonly string[] {
  return [policy.bank?.holder, business?.owner].flatMap((name) => name || []);
}

/** What was doubtful alone and is not any more. */
async function settleEarlier(
  store: DepositStore,
  of: Asked & {
    readonly known: Known;
    readonly decisions: ReadonlyMap<string, Decision>;
    readonly doubtful: readonly Deposit[];
  },
): Promise<void> {
  for (const deposit of of.doubtful) {
    const decision = of.decisions.get(deposit.id);
    if (decision?.kind !== 'match') continue;
    const outcome = outcomeOf(decision, { ...of, id: deposit.id, seen: deposit });
    try {
      await store.settleDeposit({ deposit, now: of.now, outcome });
    } catch (error) {
      // The order went on meanwhile: the seller's question stands.
      if (!(error instanceof DomainError)) throw error;
    }
  }
}

type Row = Asked & {
  readonly id: string;
  readonly known: Known;
  readonly seen: Pick<SeenDeposit, 'at' | 'name' | 'amountKrw'>;
};

function outcomeOf(decision: Decision, row: Row): Outcome {
  const { who } = row;
  if (decision.kind === 'none')
    return {
      ...{ state: 'none', act: 'not_ours', who, orderIds: [] },
      ...{ detail: { reason: decision.reason }, commands: [], notices: [] },
    };
  const records = recordsOf(decision.codes, row.known);
  if (decision.kind === 'ask') return asking(decision, row);
  const [only] = records;
  const orderIds = records.map(({ id }) => id);
  const base = { state: 'booked', who, orderIds, detail: { codes: decision.codes } } as const;
  if (only !== undefined && isTied(only, row.now)) {
    // Half of what a hand confirmed is no sure sign.
    if (!isConfirmedOf(records, row.seen, row.now)) return asking(doubted(decision), row);
    return { ...base, act: 'tied', tiedTo: { orderId: only.id }, commands: [], notices: [] };
  }
  return {
    ...base,
    act: 'booked',
    commands: paymentsOf(records, { ...row, isSure: true }),
    notices: [],
  };
}

function doubted(decision: Decision): { codes: readonly string[]; reason: string } {
  return { codes: decision.kind === 'none' ? [] : decision.codes, reason: 'changed' };
}

function asking(
  { codes, reason }: { readonly codes: readonly string[]; readonly reason: string },
  { id, known }: Pick<Row, 'id' | 'known'>,
): Outcome {
  return {
    ...{ state: 'asked', act: 'asked', who: 'system', detail: { reason, codes } },
    orderIds: recordsOf(codes, known).map((record) => record.id),
    commands: [],
    notices: [{ to: { role: 'seller' }, kind: 'deposit_asked', about: id, data: { deposit: id } }],
  };
}

function recordsOf(codes: readonly string[], known: Known): readonly PayableRecord[] {
  return codes.flatMap((code) => known.get(code) ?? []);
}

/** Each order gets what is left of it; the last one also what is over. */
export function paymentsOf(
  records: readonly PayableRecord[],
  { shop, now, who, id, seen, isSure }: Omit<Row, 'known'> & { readonly isSure: boolean },
): Outcome['commands'] {
  let leftKrw = seen.amountKrw;
  return records.flatMap((record, index) => {
    const isLast = index === records.length - 1;
    const amountKrw = isLast ? leftKrw : Math.min(leftKrw, restOf(record, now));
    leftKrw -= amountKrw;
    if (amountKrw <= 0) return [];
    const money = { depositId: id, amountKrw, depositor: seen.name, at: seen.at };
    // Nobody is asked: an order that went on since it was read refuses, and all is decided anew.
    const expected: 'all' | 'part' = amountKrw === restOf(record, now) ? 'all' : 'part';
    const request = isSure
      ? { ...money, isRevived: false, expected }
      : { ...money, isRevived: true };
    return [ordering.takeDeposit({ shop, now, who }, record.id, request)];
  });
}
