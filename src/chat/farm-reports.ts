// What the farmer reports of rows: steps and waybills, on the newest list or the one he means.

import type { FarmerReading, RowSaid } from '../language/reading.ts';
import { addDays } from '../orders/dates.ts';
import { DomainError } from '../orders/errors.ts';
import { PARCEL_STATES, type ReportedState } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import type { ReportResult, RowReport } from '../orders/reporting.ts';
import type { DayList } from '../orders/store.ts';
import { type Asking, ask, by, closed, type Handled, run, type Step, stay } from './desk.ts';
import { askFreeze, OLDER_LISTS_DAYS, type Target, targetOf } from './farm-lists.ts';
import { finderOn, listedParcels, namesOf, type Unclear } from './farm-rows.ts';
import { reportStep } from './farm-told.ts';
import { withUndo } from './farm-undo.ts';
import { type Problem, problemOf, sortWaybills } from './farm-waybills.ts';
import * as replies from './replies/index.ts';

type Report = Extract<FarmerReading, { kind: 'advance' | 'waybills' }>;

/** A report with the list that it is about. */
type Meant = { readonly reading: Report; readonly target: Target; readonly list: DayList };

export async function report(asking: Asking, reading: Report): Promise<Step> {
  const target = await targetOf(asking, reading.list);
  const list = await asking.desk.store.findDayList(asking.shop.id, target.date);
  if (list.rows.length === 0) return stay(asking, replies.nothingToReport(target.date));
  if (target.isDraft) return askFreeze(asking, target.date);
  if (reading.kind === 'advance' && reading.product !== undefined && holdsSeveral(list))
    return stay(asking, replies.rowsOfProduct(reading.product));
  const meant = { reading, target, list };
  if (reading.kind === 'waybills') return reportWaybills(asking, meant);
  const rows = rowsOf(reading, list);
  if (rows !== 'all' && 'kind' in rows) return askWhose(asking, meant, rows);
  return write(asking, meant, rows);
}

/** The rows of a step, or the name that tells none. */
function rowsOf(
  { rows, left = [] }: Extract<Report, { kind: 'advance' }>,
  list: DayList,
): readonly RowReport[] | 'all' | Unclear {
  if (rows === 'all' && left.length === 0) return 'all';
  const finder = finderOn(list);
  const live = listedParcels(list).filter(({ struck }) => !struck);
  const meant = rows === 'all' ? live.map(({ row }) => row) : finder.rowsOf(rows);
  const out = finder.rowsOf(left);
  if ('kind' in meant) return meant;
  if ('kind' in out) return out;
  const kept = meant.filter((row) => !out.includes(row));
  return kept.map((row) => ({ row, waybills: [], carrier: null }));
}

async function reportWaybills(asking: Asking, meant: Meant): Promise<Step> {
  const { reading, list } = meant;
  if (reading.kind !== 'waybills') throw new Error('expected waybills, got a step');
  const { rows, problems } = sortWaybills(list, reading);
  const [only] = problems;
  if (only === undefined) return write(asking, meant, rows);
  const isAlone = rows.length === 0 && problems.length === 1;
  if (isAlone && 'rows' in only)
    return askWhose(asking, meant, { said: String(only.said), kind: only.why, rows: only.rows });
  return askRest(asking, meant, { rows, problems });
}

/** One command for all rows: the books take them all or none. */
async function write(
  asking: Asking,
  meant: Meant,
  rows: readonly RowReport[] | 'all',
): Promise<Step> {
  const { target, list, reading } = meant;
  const to = reading.kind === 'advance' ? reading.to : null;
  let result: ReportResult;
  try {
    result = await submit(asking, { date: target.date, rows, to });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const older = await askOlder(asking, meant);
    if (older !== null) return older;
    const refused = rows === 'all' || rows.length < 2 || to !== null ? [] : problemsOf(error);
    if (rows === 'all' || refused.length === 0) throw error;
    const left = rows.filter(({ row }) => refused.every(({ said }) => said !== row));
    return askRest(asking, meant, { rows: left, problems: refused });
  }
  if (result.done.length === 0) {
    const older = await askOlder(asking, meant);
    if (older !== null) return older;
  }
  return reportStep(asking, { result, list, rows });
}

async function submit(
  asking: Asking,
  request: {
    readonly date: string;
    readonly rows: readonly RowReport[] | 'all';
    readonly to: ReportedState | null;
  },
): Promise<ReportResult> {
  return run(asking, ordering.report(by(asking, 'farmer'), request));
}

/** Every row that the books refused, where they name several. */
function problemsOf(error: DomainError): Problem[] {
  const first = problemOf(error);
  if (first === null) return [];
  const others = String(error.detail.alsoUsed ?? '')
    .split(',')
    .filter((row) => row !== '');
  const also = others.map(
    (row): Problem => ({ said: Number(row), why: 'used', usedBy: null, usedDate: null }),
  );
  return [first, ...also];
}

// What tells no row, or none of this list

async function askWhose(asking: Asking, meant: Meant, unclear: Unclear): Promise<Step> {
  const { target, reading, list } = meant;
  const { said, rows } = unclear;
  if (unclear.kind === 'nobody') {
    const older = await askOlder(asking, meant);
    return older ?? stay(asking, replies.nobodyOnList(target.date, said));
  }
  const question = { kind: 'which-row', date: target.date, said, rows, reading } as const;
  const whom = { date: target.date, said, isOther: unclear.kind === 'other' };
  return ask(asking, question, (id) =>
    replies.askWhichRow(whom, {
      rows: listedParcels(list).filter(({ row }) => rows.includes(row)),
      id,
    }),
  );
}

/** An older list whose rows could take what the newest one could not: asked once, never guessed. */
async function askOlder(asking: Asking, { reading, target }: Meant): Promise<Step | null> {
  if (reading.list !== null || (reading.kind === 'advance' && reading.rows === 'all')) return null;
  const { desk, shop } = asking;
  const days = await desk.store.findDays(shop.id, addDays(target.date, -OLDER_LISTS_DAYS));
  const older = [...days.values()].filter((day) => day.revision > 0 && day.date < target.date);
  for (const { date } of older.reverse()) {
    const list = await desk.store.findDayList(shop.id, date);
    const rows = definiteRows(reading, list);
    if (rows.length === 0 || !rows.every((one) => mayTake(list, one, reading))) continue;
    const names = namesOf(list);
    return ask(asking, { kind: 'older-list', date, reading }, (id) =>
      replies.askOlderList(target.date, { date, rows: rows.map(({ row }) => row), names, id }),
    );
  }
  return null;
}

/** The rows of a list, where everything said tells one; places on the list mean the newest alone. */
function definiteRows(reading: Report, list: DayList): readonly RowReport[] {
  if (reading.kind === 'waybills') {
    const { rows, problems } = sortWaybills(list, reading);
    return problems.length === 0 ? rows : [];
  }
  const isByPlace = (row: RowSaid) => typeof row !== 'number' && row.kind !== 'recipient';
  if (reading.rows === 'all' || reading.rows.some(isByPlace)) return [];
  const rows = rowsOf(reading, list);
  return rows === 'all' || 'kind' in rows ? [] : rows;
}

function mayTake({ rows }: DayList, report: RowReport, reading: Report): boolean {
  const row = rows.find((one) => one.row === report.row && !one.struck);
  const parcel = row?.order.parcels.find(({ id }) => id === row.parcelId);
  if (parcel === undefined) return false;
  if (reading.kind === 'advance')
    return PARCEL_STATES.indexOf(parcel.state) < PARCEL_STATES.indexOf(reading.to);
  return parcel.packages.filter((p) => p.waybill === null).length >= report.waybills.length;
}

export async function reportOnOlder(asking: Asking, ref: string): Promise<Handled> {
  const { open } = asking.talk;
  if (open?.kind !== 'older-list' || open.id !== ref) return stay(asking, replies.questionIsOver());
  const { date, reading } = open;
  return withUndo(await report(closed(asking), { ...reading, list: date }), asking);
}

// A paste with lines that cannot be written down

/** Names what is wrong, and offers the others: nothing of the paste is written before. */
function askRest(
  asking: Asking,
  { target: { date }, list }: Meant,
  { rows, problems }: { rows: readonly RowReport[]; problems: readonly Problem[] },
): Step {
  const names = namesOf(list);
  const refused = { date, problems, names };
  if (rows.length === 0) return stay(asking, replies.waybillsRefused(refused));
  return ask(asking, { kind: 'waybill-rest', date, rows }, (id) =>
    replies.askRestOfWaybills(refused, { rows: rows.map(({ row }) => row), id }),
  );
}

export async function writeRest(asking: Asking, ref: string): Promise<Step> {
  const { open } = asking.talk;
  if (open?.kind !== 'waybill-rest' || open.id !== ref)
    return stay(asking, replies.questionIsOver());
  const { date, rows } = open;
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  const reading: Report = { kind: 'waybills', entries: [], list: date };
  return write(closed(asking), { reading, target: { date, isDraft: false }, list }, rows);
}

/** Whether the list is of more than one product. */
function holdsSeveral({ rows }: DayList): boolean {
  const live = rows.filter(({ struck }) => !struck);
  const items = live.flatMap(
    ({ order, parcelId }) => order.parcels.find(({ id }) => id === parcelId)?.items ?? [],
  );
  return new Set(items.map(({ product }) => product)).size > 1;
}
