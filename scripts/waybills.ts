// The numbers of a carrier's file, brought to their packages: what the command reads, does and says.
import { readFile, stat } from 'node:fs/promises';
import { DomainError, type Shop } from '../src/app.ts';
import type { WaybillFileRefusal } from '../src/sheets/waybill-sheet.ts';
import { type Carrier, carrierOf } from '../src/shipping/carriers.ts';
import { type Importing, importWaybills } from '../src/shipping/import-waybills.ts';
import { markOf } from '../src/shipping/marks.ts';
import type {
  Given,
  ListedParcel,
  Matched,
  OpenLine,
  OpenReason,
} from '../src/shipping/match-waybills.ts';
import { type Cli, OutsideError, type Told, UsageError } from './command.ts';
import { asked, findShop } from './find.ts';

export type Settled = readonly [line: number, parcel: { code: string; parcelNo: number }];

export type WaybillsGiven = {
  readonly file: string;
  readonly carrier: Carrier | null;
  readonly date: string | null;
  readonly settled: readonly Settled[];
  readonly isDryRun: boolean;
  readonly withoutAddress: boolean;
  readonly store: string | undefined;
};

export async function bringWaybills(cli: Cli, given: WaybillsGiven): Promise<Told> {
  const { file: path, settled, isDryRun } = given;
  const house = await cli.house();
  const shop = await findShop(house, given.store);
  const { readWaybillFile } = await import('../src/sheets/waybill-sheet.ts');
  const file = await readWaybillFile(await bytesOf(path));
  if (file.kind === 'refused') {
    const where = file.line === undefined ? '' : ` (line ${file.line})`;
    throw new DomainError(
      'bad_request',
      `${path} was not read: ${FILE_REFUSALS[file.reason]}${where}`,
    );
  }
  const carrier = given.carrier ?? file.carrier;
  if (carrier === null && file.lines.some((line) => line.carrier === null))
    throw new UsageError(
      `${path} does not say whose numbers these are: name the carrier by --carrier`,
    );
  for (const [line] of settled)
    if (!file.lines.some((one) => one.line === line))
      throw new UsageError(`--line: ${path} has no line ${line} with a number`);
  const lines = given.withoutAddress
    ? file.lines.map((line) => ({ ...line, address: '' }))
    : file.lines;
  const progress = await cli.progress('Writing waybills');
  const importing: Importing = {
    ...asked(cli, shop),
    ...{ carrier, settled: new Map(settled), date: given.date, isDryRun },
    told: progress.told,
  };
  const matched = await importWaybills(house, lines, importing).finally(progress.end);
  const { open } = matched;
  const count = lines.length;
  return {
    json: jsonOf(matched, { shop, path, carrier, count, column: file.column, isDryRun }),
    lines: linesOf(matched, { count, column: file.column, isDryRun }),
    ok: open.length === 0,
  };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    const { TABLE_BYTES_MAX } = await import('../src/sheets/table-file.ts');
    const { size } = await stat(path);
    if (size > TABLE_BYTES_MAX)
      throw new DomainError('bad_request', `${path} was not read: ${FILE_REFUSALS.too_large}`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    throw new OutsideError(`${path} cannot be read: ${code}`);
  }
}

const FILE_REFUSALS: Readonly<Record<WaybillFileRefusal, string>> = {
  too_large: 'it is too large for a file of waybills',
  too_many_rows: 'it has more than 20,000 lines; split it',
  empty: 'it is empty',
  pdf: 'it is a PDF; expected .xlsx, .xls or .csv',
  locked: 'it is locked by a password; save it without one',
  damaged: 'it is damaged or cut short and cannot be opened',
  no_text: 'it is neither a spreadsheet nor readable text',
  no_titles:
    'no line has the titles of a waybill file (expected a column of numbers and one of recipients or order numbers)',
  two_tables: 'it holds two tables with different titles; keep one',
  no_lines: 'no line below its titles holds anybody',
};

const REASONS: Readonly<Record<OpenReason, string>> = {
  rounded: 'a spreadsheet has rounded the number; export the file anew, with the column as text',
  lost_zeros: 'the number is short of digits, as if a spreadsheet had dropped zeros in front',
  digits: 'numbers of this carrier have another length',
  check_digit: 'the last digit does not follow from the others: a digit is wrong',
  unreadable_number: 'expected digits',
  no_number: 'there is no number',
  no_carrier: 'its carrier is none we know',
  not_sent: 'the carrier says it is cancelled or comes back',
  twice: 'the same number stands on lines for different people or packages',
  used: 'another parcel has this number',
  nobody: 'no parcel on the frozen lists is for this recipient',
  several: 'several parcels may be meant',
  too_little: 'a name alone is too little to go by',
  several_marks: 'it bears the marks of several packages',
  unknown_mark: 'its mark is of no package on these lists',
  mark_of_another: 'its mark is of a parcel for somebody else',
  gone: 'the parcel is cancelled or left the list',
  has_number: 'the package has another number already; sanji parcel ship corrects it',
  too_many: 'there are more numbers than packages',
  changed: 'the parcel was changed meanwhile; run the file again',
};

type Context = { readonly count: number; readonly column: string; readonly isDryRun: boolean };

function jsonOf(
  { given, known, open, unsure }: Matched,
  {
    shop,
    path,
    carrier,
    count,
    column,
    isDryRun,
  }: Context & { readonly shop: Shop; readonly path: string; readonly carrier: Carrier | null },
) {
  return {
    ...{ store: shop.id, file: path, carrier: carrier?.id ?? null, lines: count, dryRun: isDryRun },
    written: given.map(({ line, parcel, no, waybill, carrier: by }) => ({
      ...{ line, ...plain(parcel), package: no, carrier: by, waybill },
    })),
    known,
    open: open.map(({ line, reason, candidates }) => ({
      ...{ line, column, reason, candidates: candidates.map(plain) },
    })),
    unsure,
  };
}

function plain({ date, row, code, parcelNo, parcelId, recipient }: ListedParcel) {
  return { date, row, order: code, no: parcelNo, parcel: parcelId, recipient };
}

function linesOf({ given, known, open, unsure }: Matched, context: Context): string[] {
  const done = context.isDryRun ? 'would be written' : 'written';
  return [
    ...given.map(givenLine),
    ...unsure.map(
      (line) => `line ${line}: written, but its check digit is unusual; compare it with the label`,
    ),
    ...open.flatMap((one) => openLines(one, context)),
    `${given.length} ${done}, ${known.length} known before, ${open.length} open, of ${context.count} lines`,
    ...(open.length > 0
      ? ['settle a line by --line 7=P7-042/1 (the order and its recipient)']
      : []),
  ];
}

function givenLine({ line, parcel, no, waybill, carrier }: Given): string {
  const by = carrierOf(carrier)?.name ?? carrier;
  return `line ${line}: ${parcel.date} row ${parcel.row} ${mark(parcel, no)} ${parcel.recipient}  ${by} ${waybill}`;
}

function openLines({ line, reason, candidates }: OpenLine, { column }: Context): string[] {
  return [
    `line ${line}, ${column}: ${REASONS[reason]}`,
    ...candidates.map(
      (parcel) =>
        `    ${parcel.date} row ${parcel.row}  ${parcel.code}/${parcel.parcelNo}  ${parcel.recipient} ${parcel.phone} ${parcel.address}`,
    ),
  ];
}

function mark({ code, parcelNo }: ListedParcel, no: number): string {
  return markOf({ code, parcelNo, no });
}
