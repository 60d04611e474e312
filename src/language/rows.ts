// Row numbers of a day list, spelled out from what was said.

/** One report names at most so many rows: more is a typing mistake ("1-12000"). */
export const ROWS_MAX = 1000;

export type RowSpan = { readonly from: number; readonly to: number };

/** The rows but for those left out; null when nothing remains or what is left out is not readable. */
export function without(rows: readonly number[], left: readonly RowSpan[]): number[] | null {
  const out = expandRows(left);
  if (out === null) return null;
  const kept = rows.filter((row) => !out.includes(row));
  return kept.length > 0 ? kept : null;
}

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
