// Day lists as they are written: the rows of a frozen list and, with each of its revisions, what it said.
import type { Change } from '../src/orders/change.ts';
import { type Day, dayOf } from '../src/orders/day.ts';
import { ERASED } from '../src/orders/forgetting.ts';
import type { OrderPersonal, Package, ParcelPersonal } from '../src/orders/order.ts';
import { hashOf, type PaperRow, paperAt, totalOf } from '../src/orders/paper.ts';
import type { Shop } from '../src/orders/shop.ts';
import type { Vault } from './crypto.ts';
import type { Context } from './operations.ts';
import type { Row } from './rows.ts';
import { all, type Body, first, q, together } from './statement.ts';

/** Revisions that were made before they were kept have no hash. */
export const NOT_KEPT = '';

type Writing = {
  readonly shop: Shop;
  readonly at: string;
  readonly change: Change<unknown>;
};

export function* writeLists(context: Context, writing: Writing): Body<void> {
  const { change, shop } = writing;
  const { struck = [], altered = [], joined = [], listRows } = change;
  const store_id = shop.id;
  const revisionOf = (date: string) => dayIn(change, date).revision;
  // Struck first: a parcel that comes back to a list must not stand on it twice.
  for (const { date, parcelId: parcel_id } of struck)
    yield* all(q.strikeListRow, { store_id, date, parcel_id, revision: revisionOf(date) });
  for (const { date, parcelId: parcel_id } of altered)
    yield* all(q.alterListRow, { store_id, date, parcel_id, revision: revisionOf(date) });
  const frozen = (listRows?.frozen ?? []).map((row) => ({ ...row, date: listRows?.date ?? '' }));
  for (const { row, date, parcelId: parcel_id } of frozen)
    yield* all(q.insertListRow, { store_id, date, row, parcel_id, added_revision: 1 });
  for (const { date, parcelId: parcel_id, rowAsOf = 0 } of joined) {
    const revision = revisionOf(date);
    const had = { store_id, date, parcel_id, as_of: rowAsOf, revision };
    if (rowAsOf > 0 && (yield* first(q.reviveListRow, had)) !== null) continue;
    const last = yield* first(q.lastListRow, { store_id, date });
    const row = Number(last?.row ?? 0) + 1;
    yield* all(q.insertListRow, { store_id, date, row, parcel_id, added_revision: revision });
  }
  const touched = [...struck, ...altered, ...frozen, ...joined].map(({ date }) => date);
  for (const date of new Set(touched))
    yield* keepRevision(context, { ...writing, day: dayIn(change, date) });
}

function dayIn({ days = [] }: Change<unknown>, date: string): Day {
  const day = days.find((one) => one.date === date);
  if (day === undefined) throw new Error(`the list of ${date} was changed without its day`);
  return day;
}

/**
 * Keeps what the list says with its newest revision: the rows that came, left or changed with it, and the
 * hash of all. A list that was frozen before revisions were kept has all its rows kept from here on.
 */
function* keepRevision(
  context: Context,
  { shop, at, day }: Omit<Writing, 'change'> & { readonly day: Day },
): Body<void> {
  const { date, revision } = day;
  const of = { store_id: shop.id, date };
  const before = revision === 1 ? [] : yield* all(q.listListRevisions, of);
  const isKept = revision === 1 || (before.at(-1)?.hash ?? NOT_KEPT) !== NOT_KEPT;
  const [changed, earlier] = yield* together(
    all(q.listSaidRows, { ...of, since: isKept ? revision : 0 }),
    revision > 1 && isKept ? all(q.listListVersions, of) : null,
  );
  const fresh = changed.map((row) => {
    const said = openSaid(context.vault, row);
    return { ...versionOf(context, row, { ...of, revision, said }), said };
  });
  for (const { said: _, ...version } of fresh) yield* all(q.insertListVersion, version);
  const isFresh = new Set(fresh.map(({ row }) => row));
  const known = (earlier ?? []).filter(({ row }) => !isFresh.has(row));
  const rows = [
    ...paperAt(known, revision).map((row) => openVersion(context.vault, { ...of, row }).said),
    ...fresh.map(({ said, ...row }) => toPaperRow(row, said)),
  ].sort((a, b) => a.row - b.row);
  yield* all(q.insertListRevision, {
    ...of,
    revision,
    at,
    cap_boxes: dayOf(shop, new Map([[date, day]]), date).capBoxes,
    total_boxes: totalOf(rows),
    hash: hashOf({ date, revision, rows }),
    store_name: shop.name,
  });
}

/** To whom a row goes, as it is sealed. */
export type Said = Pick<
  PaperRow,
  'recipient' | 'phone' | 'postcode' | 'address' | 'memo' | 'sender'
>;

const ERASED_SAID: Said = {
  recipient: ERASED,
  phone: '',
  postcode: null,
  address: ERASED,
  memo: null,
  sender: null,
};

type Sealed = {
  readonly order_id: string;
  readonly order_sealed: Uint8Array;
  readonly parcel_id: string;
  readonly buyer_id: string;
  readonly sealed: Uint8Array;
  readonly wrapped_key: Uint8Array;
};

/** What stands of a parcel now; null when it was erased. */
export function openSaid(vault: Vault, row: Sealed): Said | null {
  vault.unwrapKey(row.buyer_id, row.wrapped_key);
  const own = vault.openIfKept(row.buyer_id, row.parcel_id, row.sealed);
  const whole = vault.openIfKept(row.buyer_id, row.order_id, row.order_sealed);
  if (own === null || whole === null) return null;
  const { recipient, phone, postcode, address, memo } = own as ParcelPersonal;
  return { recipient, phone, postcode, address, memo, sender: (whole as OrderPersonal).sender };
}

type Version = Row<'list_versions'>;
type Changed = Sealed &
  Omit<Version, 'store_id' | 'date' | 'revision' | 'packages'> & { readonly packages: string };

function versionOf(
  { vault }: Context,
  row: Changed,
  { said, ...place }: Place & { readonly said: Said | null },
): Version {
  const { order_sealed: _, wrapped_key: __, ...kept } = row;
  return {
    ...kept,
    ...place,
    items: JSON.stringify(itemsIn(row.items)),
    packages: (JSON.parse(row.packages) as readonly Package[]).length,
    sealed:
      said === null
        ? new Uint8Array(0)
        : vault.sealFor(row.buyer_id, placeOf({ ...place, row: row.row }), said),
  };
}

type Place = { readonly store_id: string; readonly date: string; readonly revision: number };

/** Ties what is sealed to its row and revision. */
function placeOf({ store_id, date, row, revision }: Place & { readonly row: number }): string {
  return `list/${store_id}/${date}/${row}/${revision}`;
}

export function openVersion(
  vault: Vault,
  {
    store_id,
    date,
    row,
  }: Omit<Place, 'revision'> & {
    readonly row: Omit<Version, 'store_id' | 'date'> & { readonly wrapped_key: Uint8Array };
  },
): { readonly said: PaperRow; readonly isErased: boolean } {
  vault.unwrapKey(row.buyer_id, row.wrapped_key);
  const place = placeOf({ store_id, date, row: row.row, revision: row.revision });
  const said = vault.openIfKept(row.buyer_id, place, row.sealed) as Said | null;
  return { said: toPaperRow(row, said), isErased: said === null };
}

/** Of the products only what a list says of them: their prices are nobody's business there. */
export function itemsIn(json: string): PaperRow['items'] {
  const items = JSON.parse(json) as PaperRow['items'];
  return items.map(({ product, name, boxes }) => ({ product, name, boxes }));
}

type Plain = Pick<
  Version,
  | 'row'
  | 'code'
  | 'parcel_id'
  | 'items'
  | 'boxes'
  | 'packages'
  | 'added_revision'
  | 'struck_revision'
  | 'altered_revision'
>;

export function toPaperRow(row: Plain, said: Said | null): PaperRow {
  return {
    row: row.row,
    order: row.code,
    parcel: row.parcel_id,
    struck: row.struck_revision !== null,
    ...(said ?? ERASED_SAID),
    items: itemsIn(row.items),
    boxes: row.boxes,
    packages: row.packages,
    addedRevision: row.added_revision,
    struckRevision: row.struck_revision,
    alteredRevision: row.altered_revision,
  };
}
