// What the commands of one queue want to know first is asked for all of them at once, before the first of
// them has decided. What an earlier one writes meanwhile is put into what a later one was answered, or that
// one asks again.
import compiled from './compiled/postgres.json' with { type: 'json' };
import type { Rows } from './postgres-link.ts';
import type { Compiled, Question, Step, Values } from './statement.ts';

type RowsOfOne = Rows[number];
/** The rows as they are after a write; null where only the database can tell. */
type Mend = (rows: RowsOfOne, read: Values, written: Values) => RowsOfOne | null;

const stays: Mend = (rows) => rows;
/** Rows that are found by a value: a write that has another one is about others. */
const staysUnlessSame =
  (name: string): Mend =>
  (rows, read, written) =>
    read[name] === written[name] ? null : rows;
const staysUnlessAmong: Mend = (rows, _, written) =>
  rows.some(({ id }) => id === written.id) ? null : rows;
const staysUnlessWaiting: Mend = (rows, read, written) =>
  written.state === 'waiting' ? null : staysUnlessAmong(rows, read, written);

/** What may be asked ahead, and how it stays true; a write that is missing here makes it be asked again. */
const READINGS: Readonly<Record<string, Readonly<Record<string, Mend>>>> = {
  findRequest: { insertRequest: staysUnlessSame('key') },
  findCounter: {
    putCounter: (rows, read, { store_id, name, value = null }) =>
      read.store_id === store_id && read.name === name ? [{ value }] : rows,
  },
  findPerson: { sealPerson: staysUnlessSame('id'), insertPerson: staysUnlessSame('id') },
  holdPerson: { sealPerson: staysUnlessSame('id'), insertPerson: staysUnlessSame('id') },
  findOrderRow: {
    insertOrder: staysUnlessSame('id'),
    updateOrder: staysUnlessSame('id'),
    payOrder: staysUnlessSame('id'),
  },
  listParcelsOfOrder: {
    insertParcel: staysUnlessSame('order_id'),
    queueParcel: staysUnlessAmong,
    patchParcel: staysUnlessAmong,
  },
  listLedgerOf: { insertLedger: staysUnlessSame('order_id') },
  listRefundsOf: { insertRefund: staysUnlessSame('order_id') },
  listDaysFrom: {
    putDay: (rows, read, day) =>
      String(day.date) < String(read.date)
        ? rows
        : [...rows.filter(({ date }) => date !== day.date), day],
  },
  // A parcel waits for a date once it is paid, which no new one is.
  listSlotsWaiting: {
    insertParcel: stays,
    queueParcel: staysUnlessWaiting,
    patchParcel: staysUnlessWaiting,
  },
};

const SQL = compiled as Readonly<Record<string, Compiled>>;
/** The tables that a statement reads, and the one that it writes. */
const tablesIn = (name: string, words: RegExp): ReadonlySet<string> =>
  new Set([...(SQL[name]?.sql ?? '').matchAll(words)].map(([, table = '']) => table));
const READ = new Map(
  Object.keys(READINGS).map((name) => [name, tablesIn(name, /(?:from|join) "(\w+)"/g)]),
);
const WRITTEN = new Map(
  Object.keys(SQL).map((name) => [
    name,
    tablesIn(name, /^(?:insert into|update|delete from) "(\w+)"/g),
  ]),
);

/** Nothing but readings that stay true, or are known not to. */
export function mayAskAhead(step: Step): boolean {
  return step.every(([{ name }]) => name in READINGS);
}

/** What was answered to a step, as it is after these statements; null when it must be asked again. */
export function mended(step: Step, answered: Rows, written: readonly Question[]): Rows | null {
  const rows: RowsOfOne[] = [];
  for (const [at, [{ name }, values]] of step.entries()) {
    const one = mendedOne([name, values], answered[at] ?? [], written);
    if (one === null) return null;
    rows.push(one);
  }
  return rows;
}

function mendedOne(
  [name, read]: readonly [string, Values],
  answered: RowsOfOne,
  written: readonly Question[],
): RowsOfOne | null {
  let rows: RowsOfOne | null = answered;
  for (const [statement, values] of written) {
    if (rows === null) return null;
    const isTouched = [...(WRITTEN.get(statement.name) ?? [])].some((t) => READ.get(name)?.has(t));
    if (!isTouched) continue;
    rows = READINGS[name]?.[statement.name]?.(rows, read, values) ?? null;
  }
  return rows;
}
