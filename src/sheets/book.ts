// Writes tables as an .xlsx file. A text stays a text whatever it begins with, an amount is a number and a
// time is a date, so that a spreadsheet neither computes what somebody wrote nor guesses what it was.
import { type CellStyle, type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { localTime } from '../orders/dates.ts';

/** What stands in a column. */
export type CellKind = 'text' | 'krw' | 'count' | 'date' | 'time';

export type Column = { readonly title: string; readonly kind: CellKind; readonly width: number };

export type Table = {
  /** Letters and digits only: names with other signs break the ranges that are printed. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly CellValue[])[];
};

const FORMATS: Readonly<Record<CellKind, string>> = {
  text: '@',
  krw: '#,##0',
  count: '0',
  date: 'yyyy-mm-dd',
  time: 'yyyy-mm-dd hh:mm',
};
const TITLE: CellStyle = { font: { bold: true }, numFmt: FORMATS.text };
const PLAIN_NAME = /^[\p{L}\p{N}]+$/u;

/** One sheet for each table, each with its titles on every printed page. */
export function writeBook(tables: readonly Table[]): Promise<Uint8Array> {
  return writeXlsx({ sheets: tables.map(sheetOf) });
}

function sheetOf({ name, columns, rows }: Table): WriteSheet {
  if (!PLAIN_NAME.test(name)) throw new Error(`a sheet cannot be named ${name}`);
  const titles = columns.map(({ title }) => title);
  return {
    name,
    columns: columns.map(({ width, kind }) => ({ width, numFmt: FORMATS[kind] })),
    rows: [titles, ...rows.map((row) => [...row])],
    cells: new Map(titles.map((_, column) => [`0,${column}`, { style: TITLE }])),
    freezePane: { rows: 1 },
    pageSetup: {
      paperSize: 'a4',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '$1:$1',
    },
  };
}

/** A calendar date as a cell: dates in a sheet know no zone. */
export function dateCell(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** The time on the wall of a zone as a cell, to the minute. */
export function timeCell(instant: string, timeZone: string): Date {
  const { date, time } = localTime(new Date(instant), timeZone);
  return new Date(`${date}T${time}:00Z`);
}
