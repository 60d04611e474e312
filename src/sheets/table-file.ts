// The rows of whatever file a program exports as a table: .xlsx, the older .xls, a web page that is called
// .xls, or text with separators. Cells come as the texts they are.
import type { CellValue } from 'hucre/xlsx';
import { DELIMITERS, records, unswallowed } from '../files/records.ts';
import { fileKind, fileText, isReadable, isWebPage } from '../files/text.ts';

export const TABLE_BYTES_MAX = 20_000_000;
export const TABLE_ROWS_MAX = 20_000;
/** What a workbook may hold once it is unpacked: a small file can claim gigabytes. */
const UNPACKED_BYTES_MAX = 200_000_000;

export type FileRow = { readonly line: number; readonly cells: readonly string[] };

/** A workbook has a table for each sheet, a text one for each sign that may separate its cells. */
export type TableFile =
  | { readonly kind: 'read'; readonly tables: readonly (readonly FileRow[])[] }
  | { readonly kind: 'refused'; readonly reason: TableRefusal };

export const TABLE_REFUSALS = [
  'too_large',
  'too_many_rows',
  'empty',
  'pdf',
  'locked',
  'damaged',
  'no_text',
] as const;
export type TableRefusal = (typeof TABLE_REFUSALS)[number];

export async function readTables(bytes: Uint8Array): Promise<TableFile> {
  if (bytes.length > TABLE_BYTES_MAX) return { kind: 'refused', reason: 'too_large' };
  if (bytes.length === 0) return { kind: 'refused', reason: 'empty' };
  const kind = fileKind(bytes);
  if (kind === 'pdf') return { kind: 'refused', reason: 'pdf' };
  const read = kind === 'text' ? await textTables(bytes) : await workbookTables(bytes, kind);
  if (typeof read === 'string') return { kind: 'refused', reason: read };
  const tables = read.filter((rows) => rows.length > 0);
  if (tables.length === 0) return { kind: 'refused', reason: 'empty' };
  if (tables.some((rows) => rows.length > TABLE_ROWS_MAX))
    return { kind: 'refused', reason: 'too_many_rows' };
  return { kind: 'read', tables };
}

async function workbookTables(
  bytes: Uint8Array,
  kind: 'zip' | 'compound',
): Promise<readonly (readonly FileRow[])[] | TableRefusal> {
  if (kind === 'zip' && unpackedBytes(bytes) > UNPACKED_BYTES_MAX) return 'too_large';
  const { readXls, readXlsx } = await import('hucre/xlsx');
  try {
    const isShown = ({ hidden, veryHidden }: { hidden?: boolean; veryHidden?: boolean }) =>
      hidden !== true && veryHidden !== true;
    const { sheets } = await (kind === 'zip'
      ? readXlsx(bytes, { sheets: isShown, maxRows: TABLE_ROWS_MAX + 1 })
      : readXls(bytes));
    return sheets.map(({ rows }) => rowsOf(rows));
  } catch (error) {
    return error instanceof Error && error.name === 'EncryptedFileError' ? 'locked' : 'damaged';
  }
}

async function textTables(
  bytes: Uint8Array,
): Promise<readonly (readonly FileRow[])[] | TableRefusal> {
  const { text } = fileText(bytes);
  if (text.trim() === '') return 'empty';
  if (!isReadable(text)) return 'no_text';
  if (!isWebPage(text)) return DELIMITERS.map((delimiter) => recordsOf(text, delimiter));
  const { fromHtml } = await import('hucre');
  try {
    return [rowsOf(fromHtml(plainPage(text), { typeInference: false, classes: false }).rows)];
  } catch {
    return 'damaged';
  }
}

/** The reader of pages knows neither this entity nor a break inside a cell. */
function plainPage(html: string): string {
  return html.replaceAll(/&nbsp;/gi, ' ').replaceAll(/<br\s*\/?>/gi, '\n');
}

function recordsOf(text: string, delimiter: string): FileRow[] {
  const found = records(text, delimiter);
  const columns = usual(found.map(({ cells }) => cells?.length ?? 0));
  return found
    .flatMap((record) => unswallowed(record, { delimiter, columns }))
    .map(({ line, cells, text: own }) => ({ line, cells: (cells ?? [own]).map(textOf) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/** The count that occurs most often. */
function usual(counts: readonly number[]): number {
  const times = [...Map.groupBy(counts, (count) => count)];
  return times.reduce((best, one) => (one[1].length > best[1].length ? one : best), [0, []])[0];
}

function rowsOf(rows: readonly (readonly CellValue[])[]): FileRow[] {
  return rows
    .map((row, at) => ({ line: at + 1, cells: row.map(textOf) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function textOf(cell: CellValue): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell).replaceAll('\u00a0', ' ').trim();
}

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;

/** What the directory of a zip says its entries come to; the reader lets none of them grow beyond that. */
function unpackedBytes(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const last = bytes.length - END_BYTES;
  let end = last;
  while (
    end >= Math.max(0, last - COMMENT_BYTES_MAX) &&
    view.getUint32(end, true) !== DIRECTORY_END
  )
    end--;
  if (end < 0 || view.getUint32(end, true) !== DIRECTORY_END) return 0;
  let at = view.getUint32(end + 16, true);
  let sum = 0;
  while (at + 46 <= end && view.getUint32(at, true) === DIRECTORY_ENTRY) {
    const packed = view.getUint32(at + 20, true);
    const unpacked = view.getUint32(at + 24, true);
    // An entry that says nothing of its size would be unpacked without a limit.
    sum += unpacked === 0 && packed > 2 ? UNPACKED_BYTES_MAX + 1 : unpacked;
    at +=
      46 +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
  }
  return sum;
}
