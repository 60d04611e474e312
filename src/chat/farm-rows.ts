// Which rows of a list the farmer means who points at them: by a name, by their place, by a number.
import type { Pointed, RowSaid, Whom } from '../language/reading.ts';
import { DomainError } from '../orders/errors.ts';
import type { Parcel } from '../orders/order.ts';
import type { DayList, DayListRow } from '../orders/store.ts';
import { comparedName, type Seen, type Whose, whoseAmong } from '../orders/whose-parcel.ts';

export type ListedParcel = {
  readonly row: number;
  readonly struck: boolean;
  readonly recipient: string;
  readonly phone: string;
  readonly address: string;
  readonly parcel: Parcel;
};

/** A name that does not tell one row: several bear it, none does, or another than the one said. */
export type Unclear = {
  readonly said: string;
  readonly kind: 'several' | 'nobody' | 'other';
  /** The rows it may be. */
  readonly rows: readonly number[];
};

export function listedParcels({ rows }: DayList): ListedParcel[] {
  return rows.flatMap((one) => {
    const parcel = parcelOn(one);
    if (parcel === undefined) return [];
    const { recipient, phone, address } = parcel;
    return [{ row: one.row, struck: one.struck, recipient, phone, address, parcel }];
  });
}

const parcelOn = ({ parcelId, order }: DayListRow): Parcel | undefined =>
  order.parcels.find(({ id }) => id === parcelId);

export function namesOf(list: DayList): ReadonlyMap<number, string> {
  return new Map(listedParcels(list).map(({ row, recipient }) => [row, recipient]));
}

export type Finder = {
  /** The rows meant, in the order said; the first name that tells no single row stops it. */
  readonly rowsOf: (said: readonly RowSaid[]) => number[] | Unclear;
  /** The row of a line that tells its number, its recipient or both. */
  readonly rowOfLine: (line: Line) => number | Unclear;
  /** Whether the list has somebody of this name. */
  readonly knows: (name: string) => boolean;
};

export type Line = {
  readonly row: number | null;
  readonly whom: Whom;
  /** The number may only count the lines of a sheet. */
  readonly isRowLoose: boolean;
};

/** Shorter, a part is any shop's: 식당, 약국. */
const PART_LETTERS_MIN = 3;
/** A person's name is said whole. */
const SHOP_LETTERS_MIN = 5;

/** "경로당" where the list has one 송학경로당: the beginning or the end of a shop's long name. */
function withParts(
  rows: readonly ListedParcel[],
  whose: (seen: Seen) => Whose<ListedParcel>,
): (seen: Seen) => Whose<ListedParcel> {
  const shops = rows.flatMap((row) => {
    const name = comparedName(row.recipient);
    return name.length < SHOP_LETTERS_MIN ? [] : [{ row, name }];
  });
  return (seen) => {
    const found = whose(seen);
    const part = comparedName(seen.name ?? '');
    const isNameOnly = (seen.phone ?? seen.address ?? '') === '';
    if (found.kind !== 'none' || !isNameOnly || part.length < PART_LETTERS_MIN) return found;
    const [first, ...others] = shops.filter(
      ({ name }) => name.startsWith(part) || name.endsWith(part),
    );
    if (first === undefined) return found;
    if (others.length === 0) return { kind: 'one', row: first.row };
    return { kind: 'several', rows: [first, ...others].map(({ row }) => row) };
  };
}

/** Four digits, as people say the end of a number. */
const PHONE_END_MIN = 1000;

/** Looks rows up on one list; struck rows bear no names any more. */
export function finderOn(list: DayList): Finder {
  const { date } = list.day;
  const live = listedParcels(list).filter(({ struck }) => !struck);
  const whose = withParts(live, whoseAmong(live));
  const numbers = new Set(list.rows.map(({ row }) => row));
  /** "2804 → 1234…" on a short list: the end of a telephone number. */
  const byEnd = (row: number): number | null => {
    if (row < PHONE_END_MIN || numbers.has(row)) return null;
    const found = whose({ phone: String(row) });
    return found.kind === 'one' ? found.row.row : null;
  };
  const rowOfLine = (line: Line): number | Unclear => {
    const { row, whom } = line;
    const found = whose(whom);
    const byPhone = row === null || Object.keys(whom).length > 0 ? null : byEnd(row);
    if (byPhone !== null) return byPhone;
    if (row === null) return found.kind === 'one' ? found.row.row : unclear(line, found);
    const rows = rowsIn(found);
    if (rows.includes(row) || isNear(found, row)) return row;
    if (found.kind === 'none') {
      // Beside a number, a word that is nobody's name is none; a telephone number is somebody's.
      const isWordOnly = whom.phone === undefined && whom.address === undefined;
      return isWordOnly && !line.isRowLoose ? row : unclear(line, found);
    }
    if (found.kind === 'one' && line.isRowLoose) return found.row.row;
    return { said: saidOf(line), kind: 'other', rows: [row, ...rows] };
  };
  const pointedAt = (pointed: Pointed): readonly number[] | Unclear => {
    switch (pointed.kind) {
      case 'first':
      case 'last':
        if (pointed.count > live.length) throw noSuchRow(date, pointed.count, list);
        return (
          pointed.kind === 'first' ? live.slice(0, pointed.count) : live.slice(-pointed.count)
        ).map(({ row }) => row);
      case 'from': {
        const rows = live.filter(({ row }) => row >= pointed.row).map(({ row }) => row);
        if (rows.length === 0) throw noSuchRow(date, pointed.row, list);
        return rows;
      }
      case 'upto': {
        const found = rowOfLine({ row: null, whom: { name: pointed.name }, isRowLoose: false });
        if (typeof found !== 'number') return found;
        return live.map(({ row }) => row).filter((row) => row >= pointed.from && row <= found);
      }
      case 'recipient': {
        const { row = null, name, isSure } = pointed;
        // A word beside a number that is nobody's name says nothing of the row.
        if (row !== null && !isSure && whose({ name }).kind === 'none') return [row];
        const found = rowOfLine({ row, whom: { name }, isRowLoose: false });
        return typeof found === 'number' ? [found] : found;
      }
    }
  };
  return {
    rowOfLine,
    knows: (name) => whose({ name }).kind !== 'none',
    rowsOf(said) {
      const rows = new Set<number>();
      for (const one of said) {
        const found = typeof one === 'number' ? [one] : pointedAt(one);
        if ('kind' in found) return found;
        for (const row of found) rows.add(row);
      }
      return [...rows];
    },
  };
}

const isNear = (found: Whose<ListedParcel>, row: number): boolean =>
  found.kind === 'none' && found.near.some((one) => one.row === row);

const rowsIn = (found: Whose<ListedParcel>): number[] => {
  if (found.kind === 'one') return [found.row.row];
  return found.kind === 'several' ? found.rows.map(({ row }) => row) : [];
};

function unclear(line: Line, found: Whose<ListedParcel>): Unclear {
  const rows = rowsIn(found);
  return { said: saidOf(line), kind: rows.length > 1 ? 'several' : 'nobody', rows };
}

const saidOf = ({ whom, row }: Line): string =>
  whom.name ?? whom.phone ?? whom.address ?? `${row ?? ''}`;

function noSuchRow(date: string, row: number, { rows }: DayList): DomainError {
  const last = rows.at(-1)?.row ?? 0;
  return new DomainError('not_found', `the list of ${date} has no row ${row}`, { date, row, last });
}
