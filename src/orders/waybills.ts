// The waybills of a parcel's packages: which may be given, to which package, and what they say of it.
import type { Notice, PlacedSlot, State } from './change.ts';
import { DomainError } from './errors.ts';
import type { Package, ParcelState } from './order.ts';
import type { RowReport } from './reporting.ts';

export const WAYBILL_DIGITS_MIN = 10;
export const WAYBILL_DIGITS_MAX = 14;
/** For this long a number belongs to the parcel it was given to. */
export const WAYBILL_OWN_DAYS = 60;
const DAY_MS = 86_400_000;

type Waybilled = {
  readonly row: number;
  readonly parcelId: string;
  /** The numbers of this report. */
  readonly waybills: readonly string[];
  readonly had: readonly Package[];
  readonly packages: readonly Package[];
};

/**
 * A number that is on another parcel already is a slip of the pen, which would send a buyer to a
 * stranger's parcel; said for several rows in one report it is one carton for them all. Carriers use
 * their numbers again after a while.
 */
export function mustBeUnused(state: State, given: readonly Waybilled[]): void {
  const since = new Date(state.now.getTime() - WAYBILL_OWN_DAYS * DAY_MS).toISOString();
  const used = given.flatMap(({ row, parcelId, waybills, had }) =>
    waybills.flatMap((waybill) => {
      if (has(had, waybill)) return [];
      const other = state.waybillUses.find((use) => {
        if (use.waybill !== waybill || use.parcelId === parcelId || use.at <= since) return false;
        const beside = given.find((one) => one.parcelId === use.parcelId);
        if (beside === undefined) return true;
        return !beside.waybills.includes(waybill) && has(beside.packages, waybill);
      });
      return other === undefined ? [] : [{ row, other }];
    }),
  );
  const [first, ...others] = used;
  if (first === undefined) return;
  throw new DomainError('conflict', 'this waybill is on another parcel', {
    row: first.row,
    usedBy: first.other.row,
    usedDate: first.other.harvestDate,
    ...(others.length > 0 ? { alsoUsed: others.map(({ row }) => row).join() } : {}),
  });
}

/** Numbers that a parcel had when it arrived are those by which it came. */
export function mustBeUnderway({ state, packages }: PlacedSlot, date: string, row: number): void {
  const isOver = state === 'delivered' || state === 'returned';
  if (isOver && packages.every(({ waybill }) => waybill !== null))
    throw new DomainError('conflict', `row ${row} of ${date} has arrived with its waybills`, {
      date,
      row,
      isDelivered: true,
    });
}

function has(packages: readonly Package[], waybill: string): boolean {
  return packages.some((p) => p.waybill === waybill);
}

/** Waybills fill packages without one in order; given for all packages at once they replace. */
export function withWaybills(packages: readonly Package[], report: RowReport): readonly Package[] {
  const { waybills, carrier, row } = report;
  if (waybills.length === 0) return packages;
  for (const waybill of waybills)
    if (
      !/^\d+$/.test(waybill) ||
      waybill.length < WAYBILL_DIGITS_MIN ||
      waybill.length > WAYBILL_DIGITS_MAX
    )
      throw new DomainError('bad_request', 'a waybill has 10 to 14 digits', {
        row,
        digits: waybill.length,
      });
  if (report.packageNos !== undefined) return withWaybillsOn(packages, report, report.packageNos);
  const fresh = waybills.filter((waybill) => !packages.some((p) => p.waybill === waybill));
  if (fresh.length === 0) return packages;
  const isCorrection = waybills.length === packages.length;
  const empty = packages.filter((p) => isCorrection || p.waybill === null).map((p) => p.no);
  const given = isCorrection ? waybills : fresh;
  if (given.length > empty.length)
    throw new DomainError('conflict', 'more waybills than packages', {
      row,
      waybills: waybills.length,
      packages: packages.length,
    });
  return packages.map((p) => {
    const waybill = given[empty.indexOf(p.no)];
    return empty.includes(p.no) && waybill !== undefined ? { ...p, waybill, carrier } : p;
  });
}

/** Nothing is replaced: another number on the same package is for somebody to look at. */
function withWaybillsOn(
  packages: readonly Package[],
  { waybills, carrier, row }: RowReport,
  nos: readonly number[],
): readonly Package[] {
  const given = new Map(nos.map((no, index) => [no, waybills[index] ?? null]));
  const odd = nos.find((no) => {
    const own = packages.find((p) => p.no === no);
    const isOnAnother = packages.some((p) => p.no !== no && p.waybill === given.get(no));
    return !own || isOnAnother || (own.waybill !== null && own.waybill !== given.get(no));
  });
  if (odd !== undefined)
    throw new DomainError('conflict', `package ${odd} cannot take this waybill`, { row });
  if (packages.every((p) => !given.has(p.no) || p.waybill !== null)) return packages;
  return packages.map((p) => {
    const waybill = given.get(p.no) ?? null;
    return p.waybill !== null || waybill === null ? p : { ...p, waybill, carrier };
  });
}

/** What a buyer may read of a parcel's waybills: each as `carrier:number`, the carrier empty while unknown. */
export function waybillsOn(packages: readonly Package[]): string[] {
  return packages.flatMap(({ carrier, waybill }) =>
    waybill === null ? [] : [`${carrier ?? ''}:${waybill}`],
  );
}

/** A parcel with what it becomes. */
export type Renumbered = {
  readonly slot: Pick<PlacedSlot, 'orderId' | 'parcelId' | 'buyerId' | 'state' | 'packages'>;
  readonly state: ParcelState;
  readonly packages: readonly Package[];
};

/**
 * Buyers whose parcels left with other numbers than now: each order once, with what was told before. The
 * first of several that nobody has read yet says what was told, so none is taken back: when they are told,
 * what holds then is compared with it.
 */
export function waybillNotices(given: readonly Renumbered[]): Notice[] {
  const changed = given.flatMap(({ slot, state, packages }) => {
    const was = waybillsOn(slot.packages).join();
    const isTold = slot.state === 'shipped' && state === 'shipped';
    return isTold && was !== waybillsOn(packages).join() ? [{ ...slot, was }] : [];
  });
  return [...Map.groupBy(changed, ({ orderId }) => orderId)].map(([orderId, own]) => ({
    to: { person: own[0]?.buyerId ?? '' },
    kind: 'waybill_changed',
    orderId,
    data: { was: own.map(({ parcelId, was }) => `${parcelId}=${was}`) },
  }));
}

export function stampShipped(packages: readonly Package[], state: ParcelState): readonly Package[] {
  if (state !== 'shipped' && state !== 'delivered') return packages;
  return packages.map((p) => (state === 'delivered' || p.waybill !== null ? { ...p, state } : p));
}
