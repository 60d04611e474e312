// Waybills that the farmer says or pastes: whose they are, what speaks against a line, and that one
// message of them is written down whole or, on his word, without the lines that cannot be.
import type { FarmerReading, RowSaid, WaybillEntry } from '../language/reading.ts';
import type { DomainError } from '../orders/errors.ts';
import type { RowReport } from '../orders/reporting.ts';
import type { DayList } from '../orders/store.ts';
import { carrierByDigits, carrierOf as carrierById } from '../shipping/carriers.ts';
import { type Finder, finderOn, type Line, listedParcels, type Unclear } from './farm-rows.ts';

type Waybills = Extract<FarmerReading, { kind: 'waybills' }>;

/** Why a line cannot be written down; `said` is the row it is of, or as much of the line as tells it. */
export type Problem = { readonly said: string | number } & (
  | { readonly why: 'exponent' | 'whose' | 'overlap' | 'struck' | 'delivered' }
  | { readonly why: 'digits'; readonly digits: number }
  /** The carrier named, or null where the other lines of the paste are of another length. */
  | {
      readonly why: 'length';
      readonly digits: number;
      readonly expected: number;
      readonly carrier: string | null;
    }
  | { readonly why: 'nobody' | 'several' | 'other'; readonly rows: readonly number[] }
  | { readonly why: 'no-row'; readonly last: number }
  /** The same number stands on a line of another row. */
  | { readonly why: 'twice'; readonly row: number }
  | { readonly why: 'packages'; readonly packages: number; readonly waybills: number }
  | { readonly why: 'used'; readonly usedBy: number | null; readonly usedDate: string | null }
);

export type Sorted = { readonly rows: readonly RowReport[]; readonly problems: readonly Problem[] };

type Found = { readonly entry: WaybillEntry; readonly row: number };

/** So many lines of one length make another length a slip. */
const ALIKE_MIN = 2;

/** The lines that can be written down on this list, and what speaks against the others. */
export function sortWaybills(list: DayList, { entries, bad = [] }: Waybills): Sorted {
  const problems: Problem[] = bad.map(({ said, why, digits = 0 }) =>
    why === 'digits' ? { said, why, digits } : { said, why },
  );
  const finder = finderOn(list);
  const found: Found[] = [];
  for (const entry of entries)
    for (const row of rowsOf(finder, entry)) {
      if (typeof row === 'number') found.push({ entry, row });
      else problems.push({ said: row.said, why: row.kind, rows: row.rows });
    }
  // A word alone is answered as it always is; among others every line is looked at before.
  const checks =
    entries.length + bad.length > 1
      ? [notTwice(found, list), ofUsualLength(found), ofTheList(list, found)]
      : [];
  const good = found.filter((one) => {
    const problem = [...checks, ofItsCarrier].map((check) => check(one)).find((p) => p !== null);
    if (problem) problems.push(problem);
    return !problem;
  });
  return { rows: good.map(toReport), problems };
}

function rowsOf(finder: Finder, entry: WaybillEntry): readonly (number | Unclear)[] {
  const { row, whom = {}, isRowLoose = false } = entry;
  if (row !== null && typeof row !== 'number' && row.kind !== 'recipient') {
    const rows = finder.rowsOf([row]);
    return 'kind' in rows ? [rows] : rows;
  }
  return [finder.rowOfLine(lineOf(row, whom, isRowLoose))];
}

function lineOf(
  row: Exclude<RowSaid, number> | number | null,
  whom: Line['whom'],
  isRowLoose: boolean,
): Line {
  if (row === null || typeof row === 'number') return { row, whom, isRowLoose };
  if (row.kind !== 'recipient') return { row: null, whom, isRowLoose };
  return { row: row.row ?? null, whom: { name: row.name }, isRowLoose: false };
}

type Check = (one: Found) => Problem | null;

/** One number for two rows is one carton only where both were named together and are one house's. */
function notTwice(found: readonly Found[], list: DayList): Check {
  const houses = new Map(listedParcels(list).map(({ row, parcel }) => [row, parcel.address]));
  const isOneCarton = (one: Found, other: Found): boolean =>
    one.entry.isShared === true &&
    other.entry.isShared === true &&
    houses.get(one.row) === houses.get(other.row);
  const first = new Map<string, Found>();
  for (const one of found)
    for (const waybill of one.entry.waybills) if (!first.has(waybill)) first.set(waybill, one);
  const clashing = new Map<Found, number>();
  for (const one of found)
    for (const waybill of one.entry.waybills) {
      const other = first.get(waybill);
      if (other === undefined || other.row === one.row || isOneCarton(other, one)) continue;
      // Which of the two is wrong nobody knows: neither is written down.
      clashing.set(one, other.row);
      clashing.set(other, one.row);
    }
  return (one) => {
    const row = clashing.get(one);
    return row === undefined ? null : { said: one.row, why: 'twice', row };
  };
}

/** Thirteen digits among twelve everywhere else, and no carrier named that has thirteen. */
function ofUsualLength(found: readonly Found[]): Check {
  const lengths = new Map<number, number>();
  for (const { entry } of found)
    for (const { length } of entry.waybills) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  const [usual] = [...lengths].sort(([, a], [, b]) => b - a);
  return ({ entry, row }) => {
    if (usual === undefined || entry.carrier !== null) return null;
    const [expected, count] = usual;
    const odd = entry.waybills.find(({ length }) => length !== expected);
    const isAlone = odd !== undefined && lengths.get(odd.length) === 1 && count >= ALIKE_MIN;
    return isAlone
      ? { said: row, why: 'length', digits: odd.length, expected, carrier: null }
      : null;
  };
}

/** What the books would refuse, for each line; alone they are asked themselves. */
function ofTheList(list: DayList, found: readonly Found[]): Check {
  const known = new Map(listedParcels(list).map((one) => [one.row, one]));
  const last = list.rows.at(-1)?.row ?? 0;
  const given = new Map<number, Set<string>>();
  for (const { row, entry } of found)
    given.set(row, new Set([...(given.get(row) ?? []), ...entry.waybills]));
  return ({ row }) => {
    const said = row;
    const one = known.get(row);
    if (one === undefined) return { said, why: 'no-row', last };
    if (one.struck) return { said, why: 'struck' };
    const { packages } = one.parcel;
    const waybills = given.get(row)?.size ?? 0;
    if (waybills > packages.length)
      return { said, why: 'packages', packages: packages.length, waybills };
    return null;
  };
}

function ofItsCarrier({ entry, row }: Found): Problem | null {
  const { carrier, waybills } = entry;
  const lengths = carrier === null ? undefined : carrierById(carrier)?.digits;
  const odd = waybills.find(({ length }) => lengths !== undefined && !lengths.includes(length));
  const expected = lengths?.at(-1);
  if (odd === undefined || expected === undefined) return null;
  return { said: row, why: 'length', digits: odd.length, expected, carrier };
}

function toReport({ entry, row }: Found): RowReport {
  const { waybills } = entry;
  return { row, waybills, carrier: entry.carrier ?? carrierOf(waybills) };
}

function carrierOf(waybills: readonly string[]): string | null {
  const carriers = new Set(waybills.map(({ length }) => carrierByDigits(length)));
  return carriers.size === 1 ? ([...carriers][0] ?? null) : null;
}

/** What the books refused of a row, once a paste is theirs to judge; null when it is of no row. */
export function problemOf({ detail, code }: DomainError): Problem | null {
  if (typeof detail.row !== 'number') return null;
  const said = detail.row;
  if ('usedBy' in detail)
    return {
      said,
      why: 'used',
      usedBy: typeof detail.usedBy === 'number' ? detail.usedBy : null,
      usedDate: typeof detail.usedDate === 'string' ? detail.usedDate : null,
    };
  if (detail.isStruck === true) return { said, why: 'struck' };
  if (detail.isDelivered === true) return { said, why: 'delivered' };
  if (typeof detail.packages === 'number')
    return { said, why: 'packages', packages: detail.packages, waybills: Number(detail.waybills) };
  return code === 'not_found' ? { said, why: 'no-row', last: Number(detail.last) } : null;
}
