// Day lists read back: with any revision, and as they stood at any moment.
import { boxesAt, otherPlaceAt, standingAt } from '../src/orders/as-of.ts';
import { type Day, dayOf } from '../src/orders/day.ts';
import { type Package, packagesFor, STATES_ON_A_DATE, type Terms } from '../src/orders/order.ts';
import {
  hashOf,
  type Paper,
  type PaperOf,
  type PaperRow,
  paperAt,
  type Standings,
  totalOf,
} from '../src/orders/paper.ts';
import { byDeposit } from '../src/orders/queue.ts';
import type { Shop } from '../src/orders/shop.ts';
import type { HistoryEntry, Store } from '../src/orders/store.ts';
import { toHistory } from './finders.ts';
import { NOT_KEPT, openSaid, openVersion, toPaperRow } from './lists.ts';
import type { Context } from './operations.ts';
import { type Row, toDay, toSlot } from './rows.ts';
import { readShop } from './shops.ts';
import { all, type Body, first, q, together } from './statement.ts';

type Place = { readonly store_id: string; readonly date: string };
type Revision = Omit<Row<'list_revisions'>, keyof Place>;

/** Null: the list has no such revision. */
export function* findPaper(
  context: Context,
  { storeId, date, of, now }: { storeId: string; date: string; of: PaperOf; now: Date },
): Body<Paper | null> {
  const shop = yield* readShop(context, storeId);
  if (shop === null) throw new Error(`no store ${storeId}`);
  const place = { store_id: storeId, date };
  const [stored, revisions] = yield* together(
    first(q.findDay, place),
    all(q.listListRevisions, place),
  );
  const day = dayOf(shop, new Map(stored === null ? [] : [[date, toDay(stored)]]), date);
  const revision = revisionOf(day, revisions, of);
  if (revision === null) return null;
  if (revision === 0) return yield* draft(context, { shop, day, asOf: of.asOf ?? null, now });
  const kept = revisions.find((one) => one.revision === revision);
  const isNewest = of.revision === undefined && of.asOf === undefined;
  const head = {
    ...{ store: shop.id, storeName: kept?.store_name ?? shop.name, date, revision },
    at: kept?.at ?? day.frozenAt ?? '',
    // A larger cap moves nobody and makes no revision.
    capBoxes: isNewest || kept === undefined ? day.capBoxes : kept.cap_boxes,
  };
  const isKept = kept !== undefined && kept.hash !== NOT_KEPT;
  const rows = isKept
    ? (yield* readVersions(context, place, revision)).map(({ said }) => said)
    : yield* readStanding(context, place, revision);
  return { ...head, totalBoxes: totalOf(rows), hash: kept?.hash ?? NOT_KEPT, rows };
}

/** 0: the draft. */
function revisionOf(
  { revision: newest, frozenAt }: Day,
  revisions: readonly Revision[],
  { revision, asOf }: PaperOf,
): number | null {
  if (revision !== undefined) return revision >= 1 && revision <= newest ? revision : null;
  if (asOf === undefined || frozenAt === null) return newest;
  if (asOf < frozenAt) return 0;
  // Of a list that was frozen before revisions were kept, the one that stood when they began to be.
  return revisions.findLast(({ at }) => at <= asOf)?.revision ?? newest;
}

function* readVersions(context: Context, place: Place, revision: number) {
  const versions = yield* all(q.listListVersions, place);
  return paperAt(versions, revision).map((row) => openVersion(context.vault, { ...place, row }));
}

/** A revision that was not kept, of the rows and parcels as they stand: what they said before is not known. */
function* readStanding(
  { vault }: Context,
  place: Place,
  revision: number,
): Body<readonly PaperRow[]> {
  const upTo = (since: number | null) => (since !== null && since <= revision ? since : null);
  return (yield* all(q.listSaidRows, { ...place, since: 0 }))
    .filter(({ added_revision }) => added_revision <= revision)
    .map((row) => {
      const [struck_revision, altered_revision] = [row.struck_revision, row.altered_revision].map(
        upTo,
      );
      const then = {
        struck_revision: struck_revision ?? null,
        altered_revision: altered_revision ?? null,
      };
      return toPaperRow(
        { ...row, ...then, packages: packagesIn(row.packages) },
        openSaid(vault, row),
      );
    })
    .sort((a, b) => a.row - b.row);
}

function packagesIn(json: string): number {
  return (JSON.parse(json) as readonly Package[]).length;
}

type Drafting = {
  readonly shop: Shop;
  readonly day: Day;
  readonly asOf: string | null;
  readonly now: Date;
};

/** The cap of a draft is the one of now. */
function* draft(context: Context, { shop, day, asOf, now }: Drafting): Body<Paper> {
  const { date, capBoxes } = day;
  const place = { store_id: shop.id, date };
  const found = asOf === null ? yield* all(q.listSaidOn, place) : yield* saidThen(place, asOf);
  const rows = found
    .map((row) => ({
      row,
      parcelId: row.parcel_id,
      depositedAt: row.deposited_at ?? '',
      bookingSeq: row.booking_seq ?? 0,
    }))
    .sort(byDeposit)
    .map(({ row }, index) => {
      const none = { added_revision: 0, struck_revision: null, altered_revision: null };
      const plain = { ...row, ...none, row: index + 1, packages: packagesIn(row.packages) };
      return toPaperRow(plain, openSaid(context.vault, row));
    });
  return {
    ...{ store: shop.id, storeName: shop.name, date, revision: 0, capBoxes, rows },
    at: asOf ?? now.toISOString(),
    totalBoxes: totalOf(rows),
    hash: hashOf({ date, revision: 0, rows }),
  };
}

/**
 * Who stood on the date then, by the history, and with how many boxes. An address that was changed since, or
 * boxes of several products, are told as they stand: the history keeps no personal data and no contents.
 */
function* saidThen(place: Place, asOf: string) {
  const found = yield* all(q.listSaidOnceOn, place);
  const histories = yield* readHistories(
    place.store_id,
    found.map(({ order_id }) => order_id),
  );
  const then: (typeof found)[number][] = [];
  for (const row of found) {
    const history = histories.get(row.order_id) ?? [];
    const standing = standingAt(history, row.parcel_id, asOf);
    if (standing?.date !== place.date || !STATES_ON_A_DATE.has(standing.state)) continue;
    const boxes = boxesAt(history, { id: row.parcel_id, boxes: row.boxes }, asOf);
    const queued = yield* placeThen({ ...place, ...row }, otherPlaceAt(history, asOf));
    then.push({ ...(boxes === row.boxes ? row : withBoxes(row, boxes)), ...queued });
  }
  return then;
}

type Queued = { readonly deposited_at: string | null; readonly booking_seq: number | null };

/** Its place in the deposit order: another payment gave it, when one was taken back since. */
function* placeThen(
  row: Queued & { readonly store_id: string; readonly order_id: string },
  bookedAt: string | null,
): Body<Queued> {
  const { store_id, order_id, deposited_at, booking_seq } = row;
  if (bookedAt === null) return { deposited_at, booking_seq };
  const booked = yield* first(q.findPaymentOf, { store_id, order_id, booked_at: bookedAt });
  return booked === null
    ? { deposited_at, booking_seq }
    : { deposited_at: booked.at, booking_seq: booked.id };
}

function withBoxes<T extends { readonly items: string; readonly terms: string }>(
  row: T,
  boxes: number,
): T {
  const items = JSON.parse(row.items) as PaperRow['items'];
  if (items.length !== 1) return row;
  const { boxesPerFee } = JSON.parse(row.terms) as Terms;
  return {
    ...row,
    boxes,
    items: JSON.stringify(items.map((item) => ({ ...item, boxes }))),
    packages: JSON.stringify(packagesFor(boxes, boxesPerFee)),
  };
}

function* readHistories(
  store_id: string,
  orderIds: readonly string[],
): Body<ReadonlyMap<string, readonly HistoryEntry[]>> {
  const ids = [...new Set(orderIds)];
  const entries = yield* together(
    ...ids.map((order_id) => all(q.listEventsOf, { store_id, order_id })),
  );
  return new Map(ids.map((id, at) => [id, toHistory(entries[at] ?? [])]));
}

export function* findStandings(
  storeId: string,
  { parcelIds, asOf }: Parameters<Store['findStandings']>[1],
): Body<Standings> {
  const found = yield* together(
    ...[...new Set(parcelIds)].map((id) => first(q.findSlot, { store_id: storeId, id })),
  );
  const slots = found.flatMap((row) => (row === null ? [] : [toSlot(row)]));
  const histories =
    asOf === undefined
      ? null
      : yield* readHistories(
          storeId,
          slots.map(({ orderId }) => orderId),
        );
  return new Map(
    slots.map(({ parcelId, orderId, state, packages }) => {
      const then =
        asOf === undefined ? null : standingAt(histories?.get(orderId) ?? [], parcelId, asOf);
      return [parcelId, { state: then?.state ?? state, packages }];
    }),
  );
}
