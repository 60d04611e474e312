// Reads the file in which a carrier gives the numbers back: finds its line of titles wherever it stands,
// knows the carrier by them, and reads line by line what is to be matched.
import {
  bareTitle,
  CARRIERS,
  type Carrier,
  carrierByDigits,
  carrierOf,
} from '../shipping/carriers.ts';
import { marksIn } from '../shipping/marks.ts';
import { type WaybillLine, waybillsIn } from '../shipping/waybill-line.ts';
import { type FileRow, readTables, type TableRefusal } from './table-file.ts';
import { DETAIL, NOT_SENT, type Role, roleOf, TOTAL } from './waybill-titles.ts';

export type WaybillFile =
  | {
      readonly kind: 'read';
      /** By its titles, else by the length of all its numbers; null when they leave it open. */
      readonly carrier: Carrier | null;
      /** The title over the numbers: where a line is wrong. */
      readonly column: string;
      readonly lines: readonly WaybillLine[];
    }
  | { readonly kind: 'refused'; readonly reason: WaybillFileRefusal; readonly line?: number };

/** `no_titles`: no line says what its columns are. `two_tables`: several do, and differ. */
export type WaybillFileRefusal = TableRefusal | 'no_titles' | 'two_tables' | 'no_lines';

export async function readWaybillFile(bytes: Uint8Array): Promise<WaybillFile> {
  const file = await readTables(bytes);
  return file.kind === 'refused' ? file : waybillsOf(file.tables);
}

export function waybillsOf(tables: readonly (readonly FileRow[])[]): WaybillFile {
  const found = tables.flatMap((rows) => tableIn(rows) ?? []);
  const [first] = found;
  if (first === undefined) return { kind: 'refused', reason: 'no_titles' };
  const other = found.find(({ titles }) => titles.join() !== first.titles.join());
  if (other !== undefined) return { kind: 'refused', reason: 'two_tables', line: other.line };
  const again = found
    .flatMap(({ rows }) => rows)
    .find(({ cells }) => isTitles(cells) && cells.map(bareTitle).join() !== first.titles.join());
  if (again !== undefined) return { kind: 'refused', reason: 'two_tables', line: again.line };
  const { titles } = first;
  const columns = columnsOf(titles);
  const lines = found
    .flatMap(({ rows }) => rows)
    .flatMap((row) => lineOf(row, titles, columns) ?? []);
  if (lines.length === 0) return { kind: 'refused', reason: 'no_lines' };
  const column = titles[columns.waybill[0] ?? 0] ?? '';
  return { kind: 'read', carrier: carrierIn(titles) ?? carrierOfNumbers(lines), column, lines };
}

type FoundTable = {
  readonly line: number;
  readonly titles: readonly string[];
  readonly rows: readonly FileRow[];
};

function tableIn(rows: readonly FileRow[]): FoundTable | null {
  const at = rows.findIndex(({ cells }) => isTitles(cells));
  const head = rows[at];
  if (head === undefined) return null;
  return { line: head.line, titles: head.cells.map(bareTitle), rows: rows.slice(at + 1) };
}

/** The number, and something that says whose it is. */
function isTitles(cells: readonly string[]): boolean {
  const roles = new Set(cells.map((cell) => roleOf(bareTitle(cell))));
  return roles.has('waybill') && IDENTITY.some((role) => roles.has(role));
}

const IDENTITY: readonly Role[] = ['recipient', 'phone', 'address', 'own'];

type Columns = Readonly<Record<Role, readonly number[]>>;

function columnsOf(titles: readonly string[]): Columns {
  const of = (role: Role) =>
    titles.flatMap((title, column) => (roleOf(title) === role ? [column] : []));
  return {
    waybill: of('waybill'),
    recipient: of('recipient'),
    phone: of('phone'),
    // The rest of an address stands behind it, wherever its column does.
    address: of('address').toSorted((a, b) => detailed(titles[a]) - detailed(titles[b])),
    carrier: of('carrier'),
    status: of('status'),
    own: of('own'),
  };
}

/** Fewer are a count. */
const PHONE_DIGITS_MIN = 4;
const NUMBERLIKE = /\d(?:[\s-]?\d){8}|\dE\+/i;

const detailed = (title = ''): number => (DETAIL.test(title) ? 1 : 0);

function lineOf(
  { line, cells }: FileRow,
  titles: readonly string[],
  columns: Columns,
): WaybillLine | null {
  // Titles stand on every page of some files.
  if (cells.map(bareTitle).join() === titles.join()) return null;
  const texts = (role: Role) =>
    columns[role].map((column) => (cells[column] ?? '').trim()).filter((text) => text !== '');
  const [recipient = ''] = texts('recipient');
  const phones = [...new Set(texts('phone').map(withZero))];
  const address = texts('address').join(' ');
  const marks = marksIn(cells.join('\n'));
  const numbers = texts('waybill').map(waybillsIn);
  const waybills = [...new Set(numbers.flatMap((one) => (typeof one === 'string' ? [] : one)))];
  const unread = numbers.find((one) => typeof one === 'string');
  const isSum = cells.some((cell) => TOTAL.test(cell));
  const hasPhone = phones.some((phone) => phone.replaceAll(/\D/g, '').length >= PHONE_DIGITS_MIN);
  const isSomebody = hasPhone || marks.length > 0 || (recipient !== '' && !isSum);
  // Sums and notes below the table; a line that is only damaged still has its digits.
  const isNote = waybills.length === 0 && !texts('waybill').some((text) => NUMBERLIKE.test(text));
  if (!isSomebody && (isSum || isNote)) return null;
  const isNotSent = texts('status').some((text) => NOT_SENT.test(text));
  const fault = isNotSent ? 'not_sent' : (unread ?? (waybills.length === 0 ? 'no_number' : null));
  const [carrier = null] = texts('carrier');
  return { line, waybills, recipient, phones, address, marks, carrier, fault };
}

/** Every number begins with a zero, which a spreadsheet drops. */
function withZero(phone: string): string {
  return /^[1-7]\d{8,9}$/.test(phone) ? `0${phone}` : phone;
}

function carrierIn(titles: readonly string[]): Carrier | null {
  const [only, another] = CARRIERS.filter((carrier: Carrier) =>
    carrier.knownBy.some((title) => titles.includes(title)),
  );
  return another === undefined ? (only ?? null) : null;
}

function carrierOfNumbers(lines: readonly WaybillLine[]): Carrier | null {
  const numbers = lines.flatMap(({ waybills }) => waybills);
  const [only = null, another] = new Set(numbers.map(({ length }) => carrierByDigits(length)));
  return only === null || another !== undefined ? null : carrierOf(only);
}
