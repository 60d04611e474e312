// Brings the numbers of a carrier's file to their packages: reads the lists of the last days, matches, and
// writes in slices, so that a long file holds nobody up and one that was cut short goes on where it ended.
import { addDays, localDate } from '../orders/dates.ts';
import { DomainError } from '../orders/errors.ts';
import * as ordering from '../orders/ordering.ts';
import type { DayList, DayListRow, Store } from '../orders/store.ts';
import {
  type Given,
  type ListedParcel,
  type Matched,
  type Matching,
  matchWaybills,
  type OpenLine,
} from './match-waybills.ts';
import type { WaybillLine } from './waybill-line.ts';

/** A parcel that left longer ago has its number, or is told by hand. */
const LISTS_DAYS = 7;
/** Parcels written at once: short enough to let a chat in between. */
const SLICE_PARCELS = 20;

export type WaybillBooks = { readonly store: Pick<Store, 'findDays' | 'findDayList' | 'submit'> };

export type Importing = ordering.Asked &
  Omit<Matching, 'parcels'> & {
    /** Only the list of this date; null: those of the last days. */
    readonly date: string | null;
    readonly isDryRun: boolean;
    readonly told?: (done: number, total: number) => void;
  };

export async function importWaybills(
  { store }: WaybillBooks,
  lines: readonly WaybillLine[],
  importing: Importing,
): Promise<Matched> {
  const parcels = await listedParcels({ store }, importing);
  const matched = matchWaybills(lines, { ...importing, parcels });
  if (importing.isDryRun) return matched;
  const { written, refused } = await write({ store }, matched.given, importing);
  const open = [...matched.open, ...refused].toSorted((a, b) => a.line - b.line);
  return { ...matched, given: written, open };
}

/** Each parcel once, where it stands; one that left a list stays known, to be told of. */
async function listedParcels(
  { store }: WaybillBooks,
  { shop, now, date }: Importing,
): Promise<readonly ListedParcel[]> {
  const since = date ?? addDays(localDate(now, shop.policy.timeZone), -LISTS_DAYS);
  const days = await store.findDays(shop.id, since);
  if (date !== null && (days.get(date)?.revision ?? 0) === 0)
    throw new DomainError('not_found', `there is no frozen list of ${date}`, { date });
  const found = new Map<string, ListedParcel>();
  for (const day of days.values()) {
    if (day.revision === 0 || (date !== null && day.date !== date)) continue;
    for (const parcel of parcelsOf(await store.findDayList(shop.id, day.date))) {
      const before = found.get(parcel.parcelId);
      if (before === undefined || before.isGone) found.set(parcel.parcelId, parcel);
    }
  }
  return [...found.values()];
}

export function parcelsOf({ day, rows }: DayList): ListedParcel[] {
  return rows.flatMap((row) => parcelOf(day.date, row) ?? []);
}

function parcelOf(date: string, { row, struck, order, parcelId }: DayListRow): ListedParcel | null {
  const parcel = order.parcels.find(({ id }) => id === parcelId);
  if (parcel === undefined) return null;
  const { recipient, phone, address, packages, state, no: parcelNo } = parcel;
  return {
    ...{ date, row, parcelId, parcelNo, code: order.code, orderId: order.id },
    ...{ recipient, phone, address, isGone: struck || state === 'cancelled' },
    waybills: packages.map(({ waybill }) => waybill),
  };
}

type Written = { readonly written: readonly Given[]; readonly refused: readonly OpenLine[] };

async function write(
  books: WaybillBooks,
  given: readonly Given[],
  importing: Importing,
): Promise<Written> {
  const written: Given[] = [];
  const refused: OpenLine[] = [];
  let done = 0;
  for (const slice of slicesOf(given)) {
    const wrong = await writeSlice(books, slice, importing);
    for (const one of slice) {
      const candidates = [one.parcel];
      if (wrong.has(one.parcel))
        refused.push({ line: one.line, reason: wrong.get(one.parcel) ?? 'changed', candidates });
      else written.push(one);
    }
    done += slice.length;
    importing.told?.(done, given.length);
  }
  return { written, refused };
}

/** Of one date and one carrier each; the parcels of an order stay together, so that its buyer hears once. */
function slicesOf(given: readonly Given[]): Given[][] {
  const slices: Given[][] = [];
  for (const alike of Map.groupBy(given, (one) => `${one.parcel.date} ${one.carrier}`).values()) {
    let slice: Given[] = [];
    let parcels = 0;
    for (const own of Map.groupBy(alike, ({ parcel }) => parcel.orderId).values()) {
      const count = new Set(own.map(({ parcel }) => parcel)).size;
      if (parcels > 0 && parcels + count > SLICE_PARCELS) {
        slices.push(slice);
        slice = [];
        parcels = 0;
      }
      slice.push(...own);
      parcels += count;
    }
    slices.push(slice);
  }
  return slices;
}

type Wrong = ReadonlyMap<ListedParcel, OpenLine['reason']>;

/** The parcels that could not take their numbers: who changed meanwhile holds nobody else up. */
async function writeSlice(
  { store }: WaybillBooks,
  slice: readonly Given[],
  importing: Importing,
): Promise<Wrong> {
  const byParcel = Map.groupBy(slice, ({ parcel }) => parcel);
  try {
    await store.submit(commandFor(slice, importing));
    return new Map();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'busy') throw error;
    const [only, another] = byParcel.keys();
    if (only === undefined) return new Map();
    if (another === undefined)
      return new Map([[only, 'usedBy' in error.detail ? 'used' : 'changed']]);
  }
  const wrong = new Map<ListedParcel, OpenLine['reason']>();
  for (const own of byParcel.values())
    for (const [parcel, why] of await writeSlice({ store }, own, importing)) wrong.set(parcel, why);
  return wrong;
}

function commandFor(slice: readonly Given[], { shop, now, who }: Importing) {
  const [first] = slice;
  const rows = [...Map.groupBy(slice, ({ parcel }) => parcel)].map(([parcel, own]) => ({
    parcelId: parcel.parcelId,
    row: parcel.row,
    carrier: first?.carrier ?? null,
    waybills: own.map(({ waybill }) => waybill),
    packageNos: own.map(({ no }) => no),
  }));
  return ordering.giveWaybills({ shop, now, who }, { date: first?.parcel.date ?? '', rows });
}
