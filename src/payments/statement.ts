// Reads a bank's statement file: which bank's it is, what came in, what went out, what cannot be read.
import { readBankTime, readWon } from './bank-values.ts';
import { statementTable, type TableRow } from './statement-table.ts';
import { statementText, type TextRefusal } from './statement-text.ts';
import {
  CHANNEL,
  DIRECTION_TITLES,
  OTHER_FORM,
  STATEMENT_FORMS,
  type StatementForm,
  TAKEN_BACK,
  TITLES,
  TOTAL,
  WENT_OUT,
} from './statement-words.ts';

export { STATEMENT_BYTES_MAX } from './statement-text.ts';

/** One row of the statement that moved money. */
export type StatementRow = {
  readonly line: number;
  /** An instant; the time of day is exact to `precision`. */
  readonly at: string;
  readonly precision: 'second' | 'minute' | 'day';
  /** What the sender wrote, else the holder of his account, else the bank's remark. */
  readonly name: string;
  /** Negative: went out, or came in and was taken back. */
  readonly amountKrw: number;
  readonly memo: string | null;
  readonly balanceKrw: number | null;
  /** Came in and was taken back by this row. */
  readonly isTakenBack: boolean;
  /** Which one of the rows of this file that are alike in all of this, from 0. */
  readonly nth: number;
};

export const ROW_REFUSALS = [
  'no_row',
  'unreadable_time',
  'unreadable_amount',
  'fraction',
  'taken_back',
  'both_ways',
  'formula',
  'no_name',
] as const;
export type RowRefusal = (typeof ROW_REFUSALS)[number];

/** A row that is not booked: told to the seller by its line, never dropped. */
export type RefusedRow = { readonly line: number; readonly reason: RowRefusal };

export type StatementReading =
  | {
      readonly kind: 'read';
      /** A row of the table of banks, or `other`. */
      readonly bank: string;
      readonly deposits: readonly StatementRow[];
      /** What went out: a deposit that was sent back is doubtful. */
      readonly outgoing: readonly StatementRow[];
      readonly refused: readonly RefusedRow[];
    }
  | { readonly kind: 'refused'; readonly reason: FileRefusal };

/** `no_table`: no line has the titles of a statement. */
export type FileRefusal = TextRefusal | 'no_table' | 'too_many_rows';

export const STATEMENT_ROWS_MAX = 50_000;
const NAME_CHARS_MAX = 100;
/** What a spreadsheet would run: no sender's name begins so. */
const FORMULA = /^(?:[=@]|[+-]\s*[\p{L}\d]*[(|!+*/=])/u;

export function readStatement(bytes: Uint8Array): StatementReading {
  const file = statementText(bytes);
  if (file.kind === 'refused') return file;
  const table = statementTable(file.text);
  if (table === null) return { kind: 'refused', reason: 'no_table' };
  if (table.rows.length > STATEMENT_ROWS_MAX) return { kind: 'refused', reason: 'too_many_rows' };
  const layout = layoutOf(table.titles);
  const read = table.rows.map((row) => readRow(row, layout)).filter((row) => row !== null);
  const moved = numbered(read.filter((row) => 'amountKrw' in row));
  const refused = [
    ...read.filter((row) => 'reason' in row),
    ...moved
      .filter(({ isTakenBack }) => isTakenBack)
      .map(({ line }): RefusedRow => ({ line, reason: 'taken_back' })),
  ];
  return {
    kind: 'read',
    bank: layout.form.bank,
    deposits: moved.filter(({ amountKrw }) => amountKrw > 0),
    outgoing: moved.filter(({ amountKrw }) => amountKrw < 0),
    refused: refused.toSorted((a, b) => a.line - b.line),
  };
}

type Layout = {
  readonly form: StatementForm;
  /** The place of the column for this; -1: there is none. */
  readonly at: Readonly<Record<keyof typeof TITLES | 'direction', number>>;
  readonly name: readonly number[];
  readonly memo: readonly number[];
};

function layoutOf(titles: readonly string[]): Layout {
  const form =
    STATEMENT_FORMS.find(({ knownBy }) => knownBy.every((title) => titles.includes(title))) ??
    OTHER_FORM;
  const places = (wanted: readonly string[]) =>
    wanted.map((title) => titles.indexOf(title)).filter((place) => place >= 0);
  const placeOf = (role: keyof typeof TITLES) =>
    titles.findIndex((title) => TITLES[role].test(title));
  return {
    form,
    at: {
      dateTime: placeOf('dateTime'),
      date: placeOf('date'),
      time: placeOf('time'),
      deposit: placeOf('deposit'),
      withdrawal: placeOf('withdrawal'),
      amount: placeOf('amount'),
      balance: placeOf('balance'),
      direction: places(DIRECTION_TITLES)[0] ?? -1,
    },
    name: places(form.name),
    memo: places(form.memo),
  };
}

type Row = Omit<StatementRow, 'nth'>;

/** Null for what is no row of money: sums, notes, empty lines. */
function readRow({ line, cells }: TableRow, layout: Layout): Row | RefusedRow | null {
  if (cells === null) return { line, reason: 'no_row' };
  const cell = (place: number) => plainCell(cells[place] ?? '');
  const { at } = layout;
  const moved = movedKrw(cell, layout);
  const time = readBankTime(cell(at.dateTime >= 0 ? at.dateTime : at.date), cell(at.time));
  if (time === null) {
    const isSum = moved === 0 || cells.some((one) => TOTAL.test(bare(one)));
    return isSum ? null : { line, reason: 'unreadable_time' };
  }
  if (moved === 0) return null;
  if (typeof moved === 'string') return { line, reason: moved };
  const name = nameIn(layout.name.map(cell), layout.form);
  if (name === null) return { line, reason: 'no_name' };
  if (FORMULA.test(name)) return { line, reason: 'formula' };
  const balance = readWon(at.balance >= 0 ? cell(at.balance) : '-');
  const hasBalance = typeof balance === 'number' && cell(at.balance) !== '';
  return {
    line,
    ...time,
    name,
    amountKrw: moved,
    memo: layout.memo.map(cell).find((one) => one !== '') ?? null,
    balanceKrw: hasBalance ? balance : null,
    isTakenBack: moved < 0 && at.deposit >= 0 && readWon(cell(at.deposit)) === moved,
  };
}

/** What the row moved: positive where it came in. 0 moves nothing. */
function movedKrw(
  cell: (place: number) => string,
  { at }: Layout,
): number | 'fraction' | 'unreadable_amount' | 'both_ways' {
  const wonAt = (place: number) => (place < 0 ? 0 : readWon(cell(place)));
  const came = wonAt(at.deposit >= 0 ? at.deposit : at.amount);
  const went = at.deposit >= 0 ? wonAt(at.withdrawal) : 0;
  if (came === 'fraction' || went === 'fraction') return 'fraction';
  if (came === 'unreadable' || went === 'unreadable') return 'unreadable_amount';
  if (came !== 0 && went !== 0) return 'both_ways';
  if (at.deposit >= 0) return came !== 0 ? came : -went;
  const direction = cell(at.direction);
  const isOut = came > 0 && WENT_OUT.test(direction) && !TAKEN_BACK.test(direction);
  return isOut ? -came : came;
}

/** The first column that says who; how the money came is only the last resort. */
function nameIn(said: readonly string[], { isMixed = false }: StatementForm): string | null {
  const texts = said.filter((text) => /[\p{L}\p{N}=@+]/u.test(text));
  const name = texts.find((text) => !isMixed || !CHANNEL.test(bare(text))) ?? texts[0];
  return name?.slice(0, NAME_CHARS_MAX) ?? null;
}

/** Excel keeps digits as text by writing them as formulas (`="0123"`). */
function plainCell(text: string): string {
  const [, inner = text] = /^="(.*)"$/s.exec(text.trim()) ?? [];
  return inner.replace(/[\p{Cc}\u200b\ufeff]+/gu, ' ').trim();
}

function bare(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}

function numbered(rows: readonly Row[]): StatementRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const key = [row.at, row.name, row.amountKrw, row.balanceKrw].join(' ');
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return { ...row, nth };
  });
}
