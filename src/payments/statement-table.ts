// The table in a statement's text: the line with the titles, wherever it stands, and the rows below.
import { parse } from 'csv-parse/sync';
import { TITLES, UNIT } from './statement-words.ts';

export type StatementTable = {
  /** Titles without spaces and units, by place. */
  readonly titles: readonly string[];
  readonly rows: readonly TableRow[];
};

/** `cells` is null where the line is no row of the table. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] | null };

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** Above the titles stand the account, the period, a few notes. */
const LINES_ABOVE_MAX = 60;
const START_CHARS = 20_000;
const ROLES_MIN = 3;

export function statementTable(text: string): StatementTable | null {
  const start = text.slice(0, START_CHARS);
  for (const delimiter of DELIMITERS) {
    const header = records(start, delimiter)
      .slice(0, LINES_ABOVE_MAX)
      .find(({ cells }) => cells !== null && isHeader(cells.map(bareTitle)));
    if (header?.cells == null) continue;
    const titles = header.cells.map(bareTitle);
    return { titles, rows: rowsBelow(text, { delimiter, titles, line: header.line }) };
  }
  return null;
}

/** Title without what differs from file to file: spaces, line breaks, the unit. */
export function bareTitle(title: string): string {
  return title
    .normalize('NFKC')
    .replace(UNIT, '')
    .replace(/[\s:*]/g, '')
    .replace(/\.$/, '');
}

function isHeader(titles: readonly string[]): boolean {
  const has = (role: keyof typeof TITLES) => titles.some((title) => TITLES[role].test(title));
  const roles = Object.values(TITLES).filter((role) => titles.some((title) => role.test(title)));
  return (
    (has('dateTime') || has('date')) &&
    (has('deposit') || has('amount')) &&
    roles.length >= ROLES_MIN
  );
}

function rowsBelow(
  text: string,
  { delimiter, titles, line }: { delimiter: string; titles: readonly string[]; line: number },
): TableRow[] {
  return records(text, delimiter)
    .filter((row) => row.line > line)
    .flatMap((row) => withoutSwallowed(row, { delimiter, titles }))
    .filter(({ cells }) => cells === null || cells.map(bareTitle).join() !== titles.join());
}

/** A quote that is never closed swallows the rows below it: each line counts by itself then. */
function withoutSwallowed(
  row: Piece,
  { delimiter, titles }: { delimiter: string; titles: readonly string[] },
): readonly TableRow[] {
  if (!row.text.includes('\n')) return [row];
  const lines = alone(row.text, { delimiter, line: row.line });
  const isWhole =
    row.cells?.length === titles.length &&
    lines.every(({ cells }) => cells === null || cells.length < titles.length);
  return isWhole ? [row] : lines;
}

type Piece = TableRow & { readonly text: string };

function records(text: string, delimiter: string): Piece[] {
  try {
    return parsed(text, { delimiter, line: 1 });
  } catch {
    return alone(text, { delimiter, line: 1 });
  }
}

/** Every line read by itself; one that cannot be is a row without cells. */
function alone(text: string, { delimiter, line }: { delimiter: string; line: number }): Piece[] {
  return text.split(/\r?\n/).flatMap((one, at) => {
    const place = { delimiter, line: line + at };
    if (one.trim() === '') return [];
    try {
      return parsed(one, place);
    } catch {
      return [{ line: place.line, cells: null, text: one }];
    }
  });
}

function parsed(text: string, { delimiter, line }: { delimiter: string; line: number }): Piece[] {
  const found: unknown = parse(text, {
    delimiter,
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  return (found as { record: string[]; raw: string; info: { lines: number } }[]).map(
    ({ record, raw, info }) => {
      const own = raw.replace(/\r?\n$/, '');
      return { line: line + info.lines - own.split('\n').length, cells: record, text: own };
    },
  );
}
