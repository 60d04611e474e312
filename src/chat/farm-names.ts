// Names in the place of row numbers: which of several is meant, and words that are nobody's name.
import type { FarmerReading, ListDate, RowSaid } from '../language/reading.ts';
import { readRowChoice } from '../language/rows.ts';
import { addDays } from '../orders/dates.ts';
import { type Asking, closed, type Step, stay } from './desk.ts';
import { OLDER_LISTS_DAYS, targetOf } from './farm-lists.ts';
import { finderOn } from './farm-rows.ts';
import * as replies from './replies/index.ts';

/** The row chosen of those that bear a name; null when the words choose none. */
export async function chooseRow(
  asking: Asking,
  ref: string,
  take: (asking: Asking, reading: FarmerReading) => Promise<Step>,
): Promise<Step | null> {
  const { open } = asking.talk;
  if (open?.kind !== 'which-row') return stay(asking, replies.questionIsOver());
  const [id, said = ''] = ref.split(':');
  if (id !== open.id) return stay(asking, replies.questionIsOver());
  const chosen = readRowChoice(said);
  const isWaybill = open.reading.kind === 'waybills';
  const rows =
    chosen === 'all' && !isWaybill ? open.rows : open.rows.filter((row) => row === chosen);
  if (rows.length === 0) return null;
  return take(closed(asking), { ...withRows(open.reading, open.said, rows), list: open.date });
}

type Named = Extract<FarmerReading, { kind: 'advance' | 'waybills' | 'cancel-row' }>;

/** The same report with numbers in the place of the name. */
function withRows(reading: Named, name: string, rows: readonly number[]): Named {
  const isIt = (row: RowSaid | null): boolean =>
    row !== null && typeof row !== 'number' && row.kind === 'recipient' && row.name === name;
  const [row = 0] = rows;
  switch (reading.kind) {
    case 'cancel-row':
      return { ...reading, row };
    case 'advance': {
      const { left, ...rest } = reading;
      const put = (said: readonly RowSaid[]): RowSaid[] =>
        said.flatMap((one): readonly RowSaid[] => (isIt(one) ? rows : [one]));
      const all = rest.rows === 'all' ? ('all' as const) : put(rest.rows);
      return { ...rest, rows: all, ...(left === undefined ? {} : { left: put(left) }) };
    }
    case 'waybills':
      // Only a line that stood alone is asked about.
      return {
        ...reading,
        entries: reading.entries.map(({ waybills, carrier }) => ({ row, waybills, carrier })),
      };
  }
}

/** Readings about names that no list knows are words of another kind. */
export async function withoutStrangers(
  asking: Asking,
  readings: readonly FarmerReading[],
): Promise<readonly FarmerReading[]> {
  const known: FarmerReading[] = [];
  for (const reading of readings) {
    const names = strangersOf(reading);
    const isNothing =
      reading.kind === 'advance' &&
      names.length > 0 &&
      (await isAboutNobody(asking, reading.list, names));
    known.push(isNothing ? { kind: 'other' } : reading);
  }
  return known;
}

/** The names of a step of which nothing else tells the rows, and which may be no names. */
function strangersOf(reading: FarmerReading): string[] {
  if (reading.kind !== 'advance' || reading.rows === 'all') return [];
  const names = reading.rows.flatMap((row) =>
    typeof row !== 'number' && row.kind === 'recipient' && !row.isSure && row.row === undefined
      ? [row.name]
      : [],
  );
  return names.length === reading.rows.length ? names : [];
}

/** No list of the last days knows any of the names. */
async function isAboutNobody(asking: Asking, list: ListDate, names: readonly string[]) {
  const { store } = asking.desk;
  const { date } = await targetOf(asking, list);
  const days = await store.findDays(asking.shop.id, addDays(date, -OLDER_LISTS_DAYS));
  for (const day of days.values()) {
    if (day.date > date || day.reservedBoxes === 0) continue;
    const { knows } = finderOn(await store.findDayList(asking.shop.id, day.date));
    if (names.some(knows)) return false;
  }
  return true;
}
