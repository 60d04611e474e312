// What the farmer reports of rows: steps and waybills, on the newest list or the one he means.
import type { FarmerReading } from '../language/reading.ts';
import { addDays } from '../orders/dates.ts';
import { DomainError } from '../orders/errors.ts';
import { PARCEL_STATES } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import type { ReportResult, RowReport } from '../orders/reporting.ts';
import type { DayList } from '../orders/store.ts';
import { carrierByDigits, carrierOf as carrierById } from '../shipping/carriers.ts';
import { type Asking, ask, by, closed, type Handled, run, type Step, stay } from './desk.ts';
import { askFreeze, type Target, targetOf } from './farm-lists.ts';
import { rememberingBooks, rememberingCarrier, withUndo } from './farm-undo.ts';
import * as replies from './replies/index.ts';

/** How far back a row may be meant that the newest list cannot take. */
const OLDER_LISTS_DAYS = 7;

type Report = Extract<FarmerReading, { kind: 'advance' | 'waybills' }>;

export async function report(asking: Asking, reading: Report): Promise<Step> {
  const target = await targetOf(asking, reading.list);
  const list = await asking.desk.store.findDayList(asking.shop.id, target.date);
  if (list.rows.length === 0) return stay(asking, replies.nothingToReport(target.date));
  if (target.isDraft) return askFreeze(asking, target.date);
  if (reading.kind === 'advance' && reading.product !== undefined && holdsSeveral(list))
    return stay(asking, replies.rowsOfProduct(reading.product));
  const rows = rowsOf(reading, list);
  if (rows !== 'all') mustBeOfCarrier(rows);
  const to = reading.kind === 'advance' ? reading.to : null;
  const command = ordering.report(by(asking, 'farmer'), { date: target.date, rows, to });
  let result: ReportResult;
  try {
    result = await run(asking, command);
  } catch (error) {
    const older = error instanceof DomainError ? await askOlder(asking, reading, target) : null;
    if (older === null) throw error;
    return older;
  }
  if (result.done.length === 0) {
    const older = await askOlder(asking, reading, target);
    if (older !== null) return older;
  }
  const talk = rememberingBooks(asking, result.trace);
  return reportStep({ ...asking, talk }, { result, list, rows });
}

/** An older list whose rows could take what the newest one could not: asked once, never guessed. */
async function askOlder(asking: Asking, reading: Report, target: Target): Promise<Step | null> {
  if (reading.list !== null || (reading.kind === 'advance' && reading.rows === 'all')) return null;
  const rows = namedRows(reading);
  const { desk, shop } = asking;
  const days = await desk.store.findDays(shop.id, addDays(target.date, -OLDER_LISTS_DAYS));
  const older = [...days.values()].filter((day) => day.revision > 0 && day.date < target.date);
  for (const { date } of older.reverse()) {
    const list = await desk.store.findDayList(shop.id, date);
    if (!rows.every((one) => mayTake(list, one, reading))) continue;
    const names = namesOf(list);
    return ask(asking, { kind: 'older-list', date, reading }, (id) =>
      replies.askOlderList(target.date, { date, rows: rows.map(({ row }) => row), names, id }),
    );
  }
  return null;
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

/** Whether the list is of more than one product. */
function holdsSeveral({ rows }: DayList): boolean {
  const live = rows.filter(({ struck }) => !struck);
  const items = live.flatMap(
    ({ order, parcelId }) => order.parcels.find(({ id }) => id === parcelId)?.items ?? [],
  );
  return new Set(items.map(({ product }) => product)).size > 1;
}

function rowsOf(reading: Report, list: DayList): readonly RowReport[] | 'all' {
  if (reading.kind === 'waybills' || reading.rows !== 'all') return namedRows(reading);
  const { left = [] } = reading;
  if (left.length === 0) return 'all';
  const live = list.rows.filter(({ row, struck }) => !struck && !left.includes(row));
  return live.map(({ row }) => ({ row, waybills: [], carrier: null }));
}

function namedRows(reading: Report): readonly RowReport[] {
  if (reading.kind === 'waybills')
    return reading.entries.map(({ row, waybills, carrier }) => ({
      row,
      waybills,
      carrier: carrier ?? carrierOf(waybills),
    }));
  const rows = reading.rows === 'all' ? [] : reading.rows;
  return rows.map((row) => ({ row, waybills: [], carrier: null }));
}

/** A carrier that was named has only numbers of its lengths: one digit too many is a slip of the pen. */
function mustBeOfCarrier(rows: readonly RowReport[]): void {
  for (const { row, waybills, carrier } of rows) {
    const lengths = carrier === null ? undefined : carrierById(carrier)?.digits;
    const odd = waybills.find(({ length }) => lengths !== undefined && !lengths.includes(length));
    if (odd !== undefined)
      throw new DomainError('bad_request', 'a waybill of this carrier has other digits', {
        row,
        carrier,
        digits: odd.length,
        expected: lengths?.at(-1) ?? null,
      });
  }
}

function carrierOf(waybills: readonly string[]): string | null {
  const carriers = new Set(waybills.map(({ length }) => carrierByDigits(length)));
  return carriers.size === 1 ? ([...carriers][0] ?? null) : null;
}

function reportStep(
  asking: Asking,
  said: { result: ReportResult; list: DayList; rows: readonly RowReport[] | 'all' },
): Step {
  const { result, list, rows } = said;
  const names = namesOf(list);
  const given = rows === 'all' ? [] : rows.filter(({ waybills }) => waybills.length > 0);
  const kept = given
    .filter(({ row }) => result.done.some((one) => one.row === row))
    .map(({ row, waybills, carrier }) => {
      const isShipped = result.done.some((one) => one.row === row && one.state === 'shipped');
      return { row, name: names.get(row) ?? '', waybills, carrier, isShipped };
    });
  const reply =
    kept.length > 0 ? replies.waybillsKept(result.date, kept) : replies.reported(result, names);
  if (result.carrierless.length === 0) return stay(asking, reply);
  const question = { kind: 'carrier', date: result.date, rows: result.carrierless } as const;
  return ask(asking, question, (id) => {
    const { texts, choices } = replies.askCarrier(result.date, {
      rows: result.carrierless,
      names,
      id,
    });
    return { texts: [...reply.texts, ...texts], choices };
  });
}

function namesOf({ rows }: DayList): ReadonlyMap<number, string> {
  return new Map(
    rows.map(({ row, parcelId, order }) => [
      row,
      order.parcels.find(({ id }) => id === parcelId)?.recipient ?? '',
    ]),
  );
}

export async function nameCarrier(asking: Asking, ref: string): Promise<Handled> {
  const [id = '', carrier = ''] = ref.split(':');
  const { open } = asking.talk;
  const isKnown = Object.hasOwn(replies.CARRIER_NAMES, carrier);
  if (open?.kind !== 'carrier' || open.id !== id || !isKnown)
    return stay(asking, replies.questionIsOver());
  const { date, rows } = open;
  const command = ordering.nameCarrier(by(asking, 'farmer'), { date, rows, carrier });
  const { trace } = await run(asking, command);
  const talk = trace === null ? asking.talk : rememberingCarrier(asking, trace);
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  const reply = replies.carrierKept(date, { rows, carrier, names: namesOf(list) });
  return withUndo({ reply, talk: { ...talk, open: null } }, asking);
}
