// A day wished for one recipient alone: "박철수 … 2상자 7/28 도착" in a list with other days.
import type { Block, Notes } from './notes.ts';
import { markOf } from './origin.ts';
import type { Token } from './page.ts';
import type { WantedDate } from './reading.ts';

type Wanted = Extract<Token, { kind: 'wanted' }>;

/** A day that stands in the row of a recipient. */
export type RowDay = { readonly block: Block; readonly token: Wanted };

/**
 * Gives the days of a list to its rows: where two rows have one, or one in front of the last row.
 * A single day at the end of a whole list is for the whole order.
 */
export function takeRowDays(
  notes: Notes,
  { days, opened }: { readonly days: readonly RowDay[]; readonly opened: ReadonlySet<Block> },
  before: WantedDate | null,
): void {
  const rows = new Set(days.map(({ block }) => block));
  const [only] = rows;
  if (notes.blocks.length < 2 || only === undefined) return;
  const list = notes.blocks.every((block) => opened.has(block));
  if (rows.size === 1 && only === notes.blocks.at(-1) && list) return;
  for (const { block, token } of days) takeOwnDay(block, token);
  notes.wanted = before;
}

export function takeOwnDay(block: Block, token: Wanted): void {
  block.wanted = wantedOf(token, block.wanted);
  block.from.wanted = markOf(token);
}

/** A day by itself keeps the kind of the one it takes the place of. */
export const wantedOf = ({ date, wish }: Wanted, old: WantedDate | null): WantedDate => ({
  date,
  kind: wish ?? old?.kind ?? 'arrive',
});

/** A day that will not do is nobody's wish any more. */
export function excludeDay(notes: Notes, date: string): void {
  if (notes.wanted?.date === date) notes.wanted = null;
  for (const block of notes.blocks) if (block.wanted?.date === date) block.wanted = null;
}
