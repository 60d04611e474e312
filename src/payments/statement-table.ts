// The table in a statement's text: the line with the titles, wherever it stands, and the rows below.
import { DELIMITERS, records, unswallowed } from '../files/records.ts';
import { TITLES, UNIT } from './statement-words.ts';

export type StatementTable = {
  /** Titles without spaces and units, by place. */
  readonly titles: readonly string[];
  readonly rows: readonly TableRow[];
};

/** `cells` is null where the line is no row of the table. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] | null };

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
    .flatMap((row) => unswallowed(row, { delimiter, columns: titles.length }))
    .filter(({ cells }) => cells === null || cells.map(bareTitle).join() !== titles.join());
}
