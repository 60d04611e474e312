// Row numbers of a day list, spelled out from what was said.

/** One report names at most so many rows: more is a typing mistake ("1-12000"). */
export const ROWS_MAX = 1000;

export type RowSpan = { readonly from: number; readonly to: number };

/** In the order said, once each; null when a span runs backwards, starts at 0, or is too long. */
export function expandRows(spans: readonly RowSpan[]): number[] | null {
  const rows = new Set<number>();
  for (const { from, to } of spans) {
    if (from < 1 || to < from || to - from >= ROWS_MAX) return null;
    for (let row = from; row <= to; row += 1) rows.add(row);
    if (rows.size > ROWS_MAX) return null;
  }
  return [...rows];
}
