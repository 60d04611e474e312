// Rows pasted from a sheet: the header says what each cell is.
import type { Field } from './label-words.ts';
import { fieldOfColumn, fieldOfHeader } from './labels.ts';
import type { LabelledValue } from './page.ts';
import { memoIn } from './phrases.ts';
import { type Catalogue, findMentions, type Mention } from './product.ts';

export type FoundTable = {
  readonly start: number;
  /** End of the header line, which holds no values. */
  readonly headerEnd: number;
  readonly end: number;
  readonly rows: readonly number[];
  readonly values: readonly LabelledValue[];
};

const DELIMITERS = ['\t', '|', ',', ';', '/'] as const;
const COLUMNS_MIN = 2;
const COLUMNS_MAX = 40;
const CELL_MAX = 24;

/** The last line of many a sheet. */
const SUM = /^[\s"]*(?:합계|총계|소계|총합|합)(?![가-힣])/u;
/** The line between the header and the rows: |---|---| */
const RULE = /^[\s|:+=-]*-{2}[\s|:+=-]*$/u;

type Cell = { readonly text: string; readonly start: number; readonly end: number };

/** The first table of the text; a second header starts nothing new in a chat message. */
export function findTable(text: string, known: Catalogue): FoundTable | null {
  const lines = cutLines(text);
  for (const [index, line] of lines.entries()) {
    if (line.text.length > 400) continue;
    for (const delimiter of DELIMITERS) {
      if (!line.text.includes(delimiter)) continue;
      const cells = cutCells(line, delimiter);
      const sheet = isSheet(delimiter) && isRowOf(cells, lines[index + 1], delimiter);
      const fields = headerFields(cells, { known, sheet });
      if (fields !== null) return readRows(lines, index, fields, delimiter);
    }
  }
  return null;
}

/** What a column holds; of a column named after a product, how many boxes of it. */
type Column = { readonly field: Field | null; readonly product: readonly Mention[] };

/** Tabs and upright strokes stand between cells and nowhere else. */
const isSheet = (delimiter: string): boolean => delimiter === '\t' || delimiter === '|';
const isRowOf = (header: readonly Cell[], line: Cell | undefined, delimiter: string): boolean =>
  line !== undefined && Math.abs(cutCells(line, delimiter).length - header.length) <= 1;

type Heads = { readonly known: Catalogue; readonly sheet: boolean };

/** In a sheet a column may be called anything, if only others are known by their name. */
function headerFields(cells: readonly Cell[], { known, sheet }: Heads): Column[] | null {
  if (cells.length < COLUMNS_MIN || cells.length > COLUMNS_MAX) return null;
  if (cells.some(({ text }) => text.length > CELL_MAX)) return null;
  if (sheet && cells.some(({ text }) => /\d{3}/u.test(text))) return null;
  const fields = cells.map(
    ({ text }) => fieldOfHeader(text) ?? (sheet ? fieldOfColumn(text) : null),
  );
  // "안녕하세요~ 수취인\t전화번호": the first column is named by the last word.
  fields[0] ??= fieldOfHeader(/[^\s.!?~^]+\s*$/u.exec(cells[0]?.text ?? '')?.[0] ?? '');
  const named = fields.filter((field) => field !== null && field !== 'noise').length;
  if (named < COLUMNS_MIN) return null;
  const columns = cells.map((cell, index) => columnOf(cell, fields[index] ?? null, known));
  const read = columns.filter(({ field }) => field !== null && field !== 'noise').length;
  const filled = cells.filter(({ text }) => text.trim() !== '').length;
  return sheet || read * 10 >= filled * 6 ? columns : null;
}

function columnOf({ text, start }: Cell, field: Field | null, known: Catalogue): Column {
  const product = field === null ? findMentions(text, known) : [];
  if (product.length === 0) return { field, product };
  const moved = product.map((one) => ({ ...one, start: one.start + start, end: one.end + start }));
  return { field: 'count', product: moved };
}

type Row = { readonly start: number; readonly cells: readonly Cell[] };

function readRows(
  lines: readonly Cell[],
  header: number,
  named: readonly Column[],
  delimiter: string,
): FoundTable | null {
  const head = lines[header];
  if (head === undefined) return null;
  const rows: Row[] = [];
  const labelled: LabelledValue[] = [];
  let sum: Cell | null = null;
  for (const line of lines.slice(header + 1)) {
    if (RULE.test(line.text)) continue;
    if (line.text.trim() === '') {
      if (rows.length > 0) break;
      continue;
    }
    const cut = cutCells(line, delimiter);
    if (cut.length < COLUMNS_MIN) break;
    const cells = cut.length > named.length ? joinAddress(line, cut, named) : cut;
    if (SUM.test(line.text)) {
      sum = line;
      break;
    }
    const told = labelRow(cells, named);
    if (told !== null) {
      labelled.push(told);
      continue;
    }
    rows.push({ start: line.start, cells });
  }
  if (rows.length === 0) return null;
  const columns = byValues(named, rows);
  const values = rows.flatMap(({ cells }) =>
    cells.map((cell, index) => cellValue(cell, columns[index])),
  );
  // The sums are no counts of anybody.
  if (sum !== null) values.push(cellValue(sum, UNKNOWN));
  values.push(...labelled);
  const end = values.at(-1)?.to ?? head.end;
  return {
    start: head.start,
    headerEnd: head.end,
    end,
    rows: rows.map(({ start }) => start),
    values,
  };
}

/** "입금자|승다빈" below the rows: a field that no column has, and its value for the whole order. */
function labelRow(cells: readonly Cell[], columns: readonly Column[]): LabelledValue | null {
  const [label, value, ...rest] = cells;
  if (label === undefined || value === undefined || value.text.trim() === '') return null;
  if (columns.length <= 2 || rest.some(({ text }) => text.trim() !== '')) return null;
  const field = fieldOfHeader(label.text);
  if (field === null || columns.some((column) => column.field === field)) return null;
  return cellValue(value, { field, product: [] });
}

function cellValue(cell: Cell, { field, product }: Column = UNKNOWN): LabelledValue {
  // In a column per product an empty cell, 0 or - is none of it.
  const empty = product.length > 0 && !/[1-9]/u.test(cell.text);
  return {
    field: empty ? 'noise' : (field ?? 'noise'),
    product,
    start: cell.start,
    from: cell.start,
    to: cell.end,
    strong: true,
    lineStart: false,
    told: false,
    cell: true,
  };
}

const UNKNOWN: Column = { field: null, product: [] };

const NUMBER = /^[\s"'(]*(?:\+?82|0)[\d) .-]{7,16}[\s"']*$/u;
const ADDRESS = /[가-힣][시군구읍면동리로길] ?\d/u;

/**
 * What stands in a column corrects its header: 번호 over 1, 2, 3 holds no telephone numbers, and a header
 * that nobody knows is known by numbers, addresses or words for the courier below it.
 */
function byValues(columns: readonly Column[], rows: readonly Row[]): Column[] {
  const all = (index: number, fits: (text: string) => boolean): boolean => {
    const filled = rows.flatMap(({ cells }) => cells[index]?.text.trim() || []);
    return filled.length > 0 && filled.every(fits);
  };
  const holds = (field: Field): boolean => columns.some((column) => column.field === field);
  const meant = (column: Column, index: number): Column => {
    const { field } = column;
    if (field === 'phone' && all(index, (text) => /^\d{1,3}$/u.test(text)))
      return { ...column, field: 'noise' };
    if (field !== null) return column;
    if (all(index, (text) => NUMBER.test(text))) return { ...column, field: 'phone' };
    if (!holds('address') && all(index, (text) => ADDRESS.test(text)))
      return { ...column, field: 'address' };
    const instructs = rows.some(({ cells }) => memoIn(cells[index]?.text ?? '') !== null);
    return !holds('memo') && instructs ? { ...column, field: 'memo' } : column;
  };
  return columns.map(meant);
}

/** An address with commas of its own makes too many cells; the surplus belongs to it. */
function joinAddress(
  line: Cell,
  cells: readonly Cell[],
  columns: readonly Column[],
): readonly Cell[] {
  const column = columns.findIndex(({ field }) => field === 'address');
  const surplus = cells.length - columns.length;
  const first = cells[column];
  const last = cells[column + surplus];
  if (column < 0 || first === undefined || last === undefined) return [...cells];
  const text = line.text.slice(first.start - line.start, last.end - line.start);
  const joined = { text, start: first.start, end: last.end };
  return [...cells.slice(0, column), joined, ...cells.slice(column + surplus + 1)];
}

function cutLines(text: string): Cell[] {
  const lines: Cell[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ text: line, start, end: start + line.length });
    start += line.length + 1;
  }
  return lines;
}

function cutCells(line: Cell, delimiter: string): Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= line.text.length; at += 1) {
    const letter = line.text[at];
    if (letter === '"') quoted = !quoted;
    if (letter !== undefined && (letter !== delimiter || quoted)) continue;
    cells.push({
      text: line.text.slice(start, at),
      start: line.start + start,
      end: line.start + at,
    });
    start = at + 1;
  }
  return cells;
}
