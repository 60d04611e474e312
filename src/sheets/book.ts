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
  /** Absent: read on a screen first, and printed as it comes. */
  readonly paper?: PaperLook;
};

/** For a table that is printed and worked with: large type, its own lines above, all of it on A4. */
export type PaperLook = {
  /** Lines above the titles, on the first page only. */
  readonly heading: readonly string[];
  readonly fontPt: number;
  /** Stands at the foot of each page, before the number of the page. Without `&`, which is a code there. */
  readonly foot: string;
  /** Rows that are struck through, by their place among `rows`. */
  readonly struck: ReadonlySet<number>;
};

export type BookOptions = {
  /** Written into the file as its last change; absent, that is now. */
  readonly madeAt?: string;
};

const FORMATS: Readonly<Record<CellKind, string>> = {
  text: '@',
  krw: '#,##0',
  count: '0',
  date: 'yyyy-mm-dd',
  time: 'yyyy-mm-dd hh:mm',
};
const TITLE: CellStyle = { font: { bold: true }, numFmt: FORMATS.text };
const FIRST_COLUMN = 'A'.charCodeAt(0);
const PAPER_MARGINS_INCH = {
  top: 0.4,
  right: 0.4,
  bottom: 0.6,
  left: 0.5,
  header: 0.3,
  footer: 0.3,
};
const PLAIN_NAME = /^[\p{L}\p{N}]+$/u;

/** One sheet for each table, each with its titles on every printed page. */
export function writeBook(
  tables: readonly Table[],
  { madeAt }: BookOptions = {},
): Promise<Uint8Array> {
  return writeXlsx({
    sheets: tables.map(sheetOf),
    properties: madeAt === undefined ? undefined : { modified: new Date(madeAt) },
  });
}

function sheetOf(table: Table): WriteSheet {
  const { name, columns, rows, paper } = table;
  if (!PLAIN_NAME.test(name)) throw new Error(`a sheet cannot be named ${name}`);
  const titles = columns.map(({ title }) => title);
  const pageSetup = { paperSize: 'a4', fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;
  if (paper !== undefined) return paperSheet(table, paper, pageSetup);
  return {
    name,
    columns: columns.map(({ width, kind }) => ({ width, numFmt: FORMATS[kind] })),
    rows: [titles, ...rows.map((row) => [...row])],
    cells: new Map(titles.map((_, column) => [`0,${column}`, { style: TITLE }])),
    freezePane: { rows: 1 },
    pageSetup: { ...pageSetup, printTitlesRow: '$1:$1' },
  };
}

/** Each cell has its whole style: one of a cell replaces that of its column. */
function paperSheet(
  { name, columns, rows }: Table,
  { heading, fontPt, foot, struck }: PaperLook,
  pageSetup: NonNullable<WriteSheet['pageSetup']>,
): WriteSheet {
  const top = heading.length;
  const lastColumn = columns.length - 1;
  const last = `${String.fromCharCode(FIRST_COLUMN + lastColumn)}$${top + 1 + rows.length}`;
  const styles = new Map<string, { style: CellStyle }>();
  for (const line of heading.keys()) styles.set(`${line},0`, { style: headingStyle(fontPt) });
  for (const [column, { kind }] of columns.entries()) {
    styles.set(`${top},${column}`, { style: { ...TITLE, font: { bold: true, size: fontPt } } });
    for (const row of rows.keys()) {
      const style = paperStyle(kind, { fontPt, isStruck: struck.has(row) });
      styles.set(`${top + 1 + row},${column}`, { style });
    }
  }
  return {
    name,
    columns: columns.map(({ width }) => ({ width })),
    rows: [
      ...heading.map((line) => [line]),
      columns.map(({ title }) => title),
      ...rows.map((row) => [...row]),
    ],
    cells: styles,
    merges: [...heading.keys()].map((line) => ({
      ...{ startRow: line, endRow: line },
      ...{ startCol: 0, endCol: lastColumn },
    })),
    freezePane: { rows: top + 1 },
    pageSetup: {
      ...pageSetup,
      orientation: 'landscape',
      margins: PAPER_MARGINS_INCH,
      printTitlesRow: `$${top + 1}:$${top + 1}`,
      printArea: `$A$1:$${last}`,
    },
    headerFooter: { oddFooter: `&L${foot}&R&P / &N` },
  };
}

function headingStyle(fontPt: number): CellStyle {
  return { font: { bold: true, size: fontPt + 2 }, numFmt: FORMATS.text };
}

function paperStyle(
  kind: CellKind,
  { fontPt, isStruck }: { readonly fontPt: number; readonly isStruck: boolean },
): CellStyle {
  return {
    font: { size: fontPt, strikethrough: isStruck },
    numFmt: FORMATS[kind],
    alignment: { wrapText: true, vertical: 'top' },
    border: { bottom: { style: 'thin' } },
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
