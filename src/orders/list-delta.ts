// What changed on a frozen list between two revisions: the first one and all deltas are the full list.
import type { DayListRow } from './store.ts';

type Row = Pick<DayListRow, 'addedRevision' | 'struckRevision' | 'alteredRevision'>;

/**
 * The rows that came with one of the revisions and stayed, those that stood before and left, and those
 * that stood before, stay, and say something else now.
 */
export function deltaOf<T extends Row>(
  rows: readonly T[],
  { from, to }: { readonly from: number; readonly to: number },
): { readonly added: readonly T[]; readonly struck: readonly T[]; readonly altered: readonly T[] } {
  const isStruckBy = (row: Row, revision: number) =>
    row.struckRevision !== null && row.struckRevision <= revision;
  return {
    added: rows.filter(
      (row) => row.addedRevision >= from && row.addedRevision <= to && !isStruckBy(row, to),
    ),
    struck: rows.filter(
      (row) => row.addedRevision < from && isStruckBy(row, to) && !isStruckBy(row, from - 1),
    ),
    altered: rows.filter(({ alteredRevision, ...row }) => {
      const isAltered =
        alteredRevision !== null && alteredRevision >= from && alteredRevision <= to;
      return isAltered && row.addedRevision < from && row.struckRevision === null;
    }),
  };
}
