// How rows of a list are named.
import type { Parcel } from '../../orders/order.ts';
import type { DayListRow } from '../../orders/store.ts';
import type { Choice } from '../bot.ts';
import * as words from '../words.ts';

export function parcelOf(row: DayListRow): Parcel | undefined {
  return row.order.parcels.find(({ id }) => id === row.parcelId);
}

const ROWS_NAMED_MAX = 3;

export function rowsWithNames(
  rows: readonly number[],
  recipients: ReadonlyMap<number, string>,
): string {
  if (rows.length > ROWS_NAMED_MAX) return `${words.ranges(rows)}번 (${rows.length}곳)`;
  return rows
    .map((row) => `${row}번${recipients.has(row) ? ` ${recipients.get(row)}님` : ''}`)
    .join(', ');
}

/** A bare "발송" is not taken for every row; under a list the button means just that. */
export function wholeDay(label: string): Choice {
  return { label, say: `전부 ${label}` };
}
