// Rows of a sheet in any order of columns, with or without a line of titles.

import { isPersonName } from './names.ts';
import { addressIn, carrierIn, type Facts, nameIn, phonesIn } from './paste-lines.ts';
import { type Column, columnOf, LABELLED_NAME } from './paste-words.ts';
import type { Whom } from './reading.ts';
import { findWaybills } from './waybill-numbers.ts';

const CELLS_MAX = 40;
const TITLES_MIN = 2;
const DELIMITERS: readonly (readonly [RegExp, number])[] = [
  [/\t/, 2],
  [/ ?\| ?/, 2],
  [/ ?, ?/, 3],
  [/ \/ /, 3],
  [/ {2,}/, 3],
];

export type Columns = readonly (Column | null)[];

/** The cells of a line that is cut into columns; null when it is not. */
export function cellsOf(line: string): string[] | null {
  for (const [delimiter, cellsMin] of DELIMITERS) {
    const cells = line.split(delimiter).map((cell) => cell.trim());
    if (cells.filter((cell) => cell !== '').length >= cellsMin) return cells.slice(0, CELLS_MAX);
  }
  return null;
}

/** What the columns hold under a line of titles; null when the line is none. */
export function titlesOf(line: string): Columns | null {
  if (findWaybills(line).length > 0) return null;
  const cells = cellsOf(line) ?? line.trim().split(/ +/u);
  const columns = cells.map(columnOf);
  const titles = columns.filter((column) => column !== undefined).length;
  const telling = columns.filter((column) => column !== undefined && column !== null).length;
  if (telling < TITLES_MIN || titles * 2 <= cells.length) return null;
  return columns.map((column) => column ?? null);
}

const MASKED = /[*○●〇]/u;
const NAME_CHARS_MAX = 20;

/** Which column holds the names, where no title says so: the one in which most cells look like one. */
export function nameColumnOf(rows: readonly (readonly string[])[]): number {
  const scores = new Map<number, Set<string>>();
  for (const cells of rows)
    for (const [at, cell] of cells.entries()) {
      const name = cell.replace(/ ?(?:고객)?님$/u, '');
      const isName = isPersonName(name) || (MASKED.test(name) && /^[가-힣*○●〇]{2,5}$/u.test(name));
      if (isName) scores.set(at, (scores.get(at) ?? new Set()).add(`${name}`));
    }
  let best = -1;
  let most = 0;
  // Who sends stands in every row alike: the column with more different names is meant.
  for (const [at, names] of scores)
    if (names.size > most) {
      best = at;
      most = names.size;
    }
  return best;
}

export function factsOfCells(
  cells: readonly string[],
  columns: Columns | null,
  nameColumn: number,
): Facts {
  const first = cells.findIndex((cell) => cell !== '');
  const kinds = cells.map(
    (cell, at) =>
      columns?.[at] ??
      (columns === null ? kindOf(cell, { at, nameColumn, isFirst: at === first }) : null),
  );
  const of = (kind: Column): string[] =>
    cells.filter((cell, at) => kinds[at] === kind && cell !== '');
  const [row] = of('row');
  const [ordinal] = of('ordinal');
  const number = /\d{1,4}/.exec(row ?? ordinal ?? '')?.[0];
  return {
    numbers: of('waybill')
      .flatMap((cell) => findWaybills(cell))
      .filter(({ kind }) => kind !== 'phone'),
    row: number === undefined ? null : Number(number),
    isRowLoose: row === undefined,
    isLabelled: false,
    whom: whomOf(of('name')[0], of('phone')[0], of('address')[0]),
    carrier: carrierIn(of('carrier')[0] ?? cells.join(' ')),
  };
}

function whomOf(
  name: string | undefined,
  phone: string | undefined,
  address: string | undefined,
): Whom {
  const labelled = LABELLED_NAME.exec(name ?? '')?.[1];
  const isName = name !== undefined && name.length <= NAME_CHARS_MAX;
  return {
    ...(isName ? { name: (labelled ?? name).replace(/ ?(?:고객)?님$/u, '') } : {}),
    ...(phone === undefined ? {} : { phone }),
    ...(address === undefined ? {} : { address }),
  };
}

function kindOf(
  cell: string,
  { at, nameColumn, isFirst }: { at: number; nameColumn: number; isFirst: boolean },
): Column | null {
  if (at === nameColumn) return 'name';
  if (/^(?:no\.? ?|#)?\d{1,4} ?번$|^#\d{1,4}$/u.test(cell)) return 'row';
  if (isFirst && /^\d{1,4}[.)]?$/u.test(cell)) return 'ordinal';
  if (phonesIn(cell).length > 0) return 'phone';
  const [number] = findWaybills(cell);
  if (number !== undefined && number.kind !== 'phone') return 'waybill';
  if (carrierIn(cell) !== null && cell.length <= NAME_CHARS_MAX) return 'carrier';
  if (addressIn(cell) !== null) return 'address';
  return nameColumn < 0 && nameIn(cell) !== null ? 'name' : null;
}
