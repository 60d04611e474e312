// The farmer's list: shown, cut, frozen by word, and reported row by row.

import { isNo } from '../language/answers.ts';
import { readFarmer } from '../language/read-farmer.ts';
import { readSeller } from '../language/read-seller.ts';
import type { FarmerReading } from '../language/reading.ts';
import { addDays, localDate } from '../orders/dates.ts';
import { DomainError } from '../orders/errors.ts';
import { canCancel, PARCEL_STATES } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
import type { ReportResult, RowReport } from '../orders/reporting.ts';
import type { DayList } from '../orders/store.ts';
import type { Conversation } from './conversation.ts';
import {
  type Asking,
  ask,
  by,
  closed,
  contextOf,
  type Handled,
  pending,
  run,
  type Step,
  stay,
} from './desk.ts';
import { meaning, nextOpenDate } from './farm-days.ts';
import { remembering, rememberingCarrier, withUndo } from './farm-undo.ts';
import * as replies from './replies.ts';

/** How far back a row may be meant that the newest list cannot take. */
const OLDER_LISTS_DAYS = 7;

/** Where a report or a cut belongs: the newest list sent, or the draft shown last. */
type Target = { readonly date: string; readonly isDraft: boolean };

export async function showList(asking: Asking, said: string | null): Promise<Step> {
  const date = said ?? (await currentListDate(asking));
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  return listStep(asking, list, 1);
}

export async function showPage(asking: Asking, ref: string): Promise<Handled> {
  const [date = '', row = '1'] = ref.split(':');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  return listStep(asking, list, Number(row) || 1);
}

function listStep(asking: Asking, list: DayList, fromRow: number): Step {
  const { date, revision } = list.day;
  const reply = replies.dayList(list, { fromRow, roomChars: asking.message.roomChars });
  return { reply, talk: rememberList(asking.talk, { date, isDraft: revision === 0 }, asking.now) };
}

function rememberList(talk: Conversation, target: Target, now: Date): Conversation {
  const at = now.toISOString();
  return { ...talk, list: { ...target, at }, cap: { date: target.date, at } };
}

/** Today's list or the next frozen one, else the next date with parcels, else the next open day. */
async function currentListDate(asking: Asking): Promise<string> {
  const { shop, now, desk } = asking;
  const today = localDate(now, shop.policy.timeZone);
  const days = [...(await desk.store.findDays(shop.id, today)).values()];
  const frozen = days.find(({ revision }) => revision > 0);
  const used = days.find(({ reservedBoxes }) => reservedBoxes > 0);
  return frozen?.date ?? used?.date ?? (await nextOpenDate(asking));
}

/** Rows mean the newest list sent, or the draft when that was shown after it. */
async function targetOf(asking: Asking, said: string | null): Promise<Target> {
  const { shop, desk, talk } = asking;
  const shown = talk.list;
  const newest = await desk.store.findNewestList(shop.id);
  const isShownLast =
    shown !== null && (newest === null || (shown.isDraft && shown.at > newest.frozenAt));
  const date =
    said ?? (isShownLast ? shown.date : (newest?.date ?? (await currentListDate(asking))));
  const { day } = await desk.store.findDayList(shop.id, date);
  return { date, isDraft: day.revision === 0 };
}

export async function cut(
  asking: Asking,
  reading: Extract<FarmerReading, { kind: 'cut' }>,
): Promise<Step> {
  const { date } = await targetOf(asking, reading.list);
  const { row } = reading;
  const result = await run(asking, ordering.cut(by(asking, 'farmer'), { date, row }));
  const talk =
    result.moved.length > 0 ? remembering(asking, { kind: 'never', what: 'cut' }) : asking.talk;
  return { reply: replies.cutDone(result, row), talk: { ...talk, cap: meaning(asking, date) } };
}

// Reports

type Report = Extract<FarmerReading, { kind: 'advance' | 'waybills' }>;

export async function report(asking: Asking, reading: Report): Promise<Step> {
  const target = await targetOf(asking, reading.list);
  const list = await asking.desk.store.findDayList(asking.shop.id, target.date);
  if (list.rows.length === 0) return stay(asking, replies.nothingToReport(target.date));
  if (target.isDraft) return askFreeze(asking, target.date);
  const rows = rowsOf(reading);
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
  const { trace } = result;
  const talk =
    trace === null ? asking.talk : remembering(asking, { kind: 'report', traces: [trace] });
  return reportStep({ ...asking, talk }, { result, list, rows });
}

/** An older list whose rows could take what the newest one could not: asked once, never guessed. */
async function askOlder(asking: Asking, reading: Report, target: Target): Promise<Step | null> {
  const rows = rowsOf(reading);
  if (reading.list !== null || rows === 'all') return null;
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

function rowsOf(reading: Report): readonly RowReport[] | 'all' {
  if (reading.kind === 'waybills')
    return reading.entries.map(({ row, waybills, carrier }) => ({
      row,
      waybills,
      carrier: carrier ?? carrierOf(waybills),
    }));
  if (reading.rows === 'all') return 'all';
  return reading.rows.map((row) => ({ row, waybills: [], carrier: null }));
}

/** Only these lengths belong to one carrier; 12 digits may be any of three, so they are asked. */
const CARRIER_BY_DIGITS: Readonly<Record<number, string>> = { 11: 'kr.logen', 13: 'kr.epost' };

/** A carrier that was named has only these lengths: one digit too many is a slip of the pen. */
const DIGITS_BY_CARRIER: Readonly<Record<string, readonly number[]>> = {
  'kr.cjlogistics': [10, 12],
  'kr.epost': [13],
};

function mustBeOfCarrier(rows: readonly RowReport[]): void {
  for (const { row, waybills, carrier } of rows) {
    const lengths = carrier === null ? undefined : DIGITS_BY_CARRIER[carrier];
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
  const carriers = new Set(waybills.map(({ length }) => CARRIER_BY_DIGITS[length] ?? null));
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

// Freezing a draft by word

function askFreeze(asking: Asking, date: string): Step {
  const question = { kind: 'freeze', date, text: asking.text } as const;
  return ask(asking, question, (id) => replies.askFreeze(date, id));
}

export async function freezeAndGoOn(
  asking: Asking,
  ref: string,
  goOn: (asking: Asking) => Promise<Handled>,
): Promise<Handled> {
  const { open } = asking.talk;
  if (open?.kind !== 'freeze' || open.id !== ref) return stay(asking, replies.questionIsOver());
  const { date, text } = open;
  const list = await run(asking, ordering.freezeList(by(asking, 'farmer'), date));
  const talk = rememberList({ ...asking.talk, open: null }, { date, isDraft: false }, asking.now);
  const rest = await goOn({ ...asking, text, talk });
  if (rest === null || !('reply' in rest)) return rest;
  const head = replies.frozen(date, list.rows);
  return { ...rest, reply: { ...rest.reply, texts: [...head.texts, ...rest.reply.texts] } };
}

// Cancelling a row

export async function askRowReason(
  asking: Asking,
  reading: Extract<FarmerReading, { kind: 'cancel-row' }>,
): Promise<Step> {
  const { date } = await targetOf(asking, reading.list);
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  const row = list.rows.find((one) => one.row === reading.row);
  if (row === undefined)
    throw new DomainError('not_found', `no row ${reading.row}`, {
      date,
      row: reading.row,
      last: list.rows.at(-1)?.row ?? 0,
    });
  const parcel = row.order.parcels.find(({ id }) => id === row.parcelId);
  if (row.struck || parcel === undefined || !canCancel(parcel))
    throw new DomainError('not_cancellable', `row ${row.row} has left`, {
      date,
      row: row.row,
      name: parcel?.recipient ?? '',
      isStruck: row.struck,
    });
  const name = parcel.recipient;
  return ask(asking, { kind: 'row-reason', date, row: row.row, name }, () =>
    replies.askRowReason(row, date),
  );
}

/** The reason, unless it is a no or something else the farmer or seller says. */
export function takeReason(
  asking: Asking,
  { date, row, name }: { readonly date: string; readonly row: number; readonly name: string },
): Handled {
  const { text } = asking;
  if (isNo(text)) return stay(closed(asking), replies.notCancelled());
  const { today } = contextOf(asking);
  const isCommand =
    readFarmer(text, today).some(({ kind }) => kind !== 'other') ||
    readSeller(text).kind !== 'other';
  if (isCommand) return null;
  return ask(asking, { kind: 'row-cancel', date, row, name, reason: text }, (id) =>
    replies.confirmRowCancel(row, { date, name, reason: text, id }),
  );
}

export async function cancelRow(asking: Asking, ref: string): Promise<Handled> {
  const { open } = asking.talk;
  if (open?.kind !== 'row-cancel' || open.id !== ref) return stay(asking, replies.questionIsOver());
  const done = closed(asking);
  const { date, row, reason } = open;
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  const target = list.rows.find((one) => one.row === row && !one.struck);
  if (target === undefined) return stay(done, replies.questionIsOver());
  const request = { parcelIds: [target.parcelId], reason, account: null };
  return pending({
    command: ordering.cancel(by(asking, 'farmer'), target.order.id, request),
    settle: ({ order }) => {
      const refundKrw = order.refundDueKrw - target.order.refundDueKrw;
      const talk = remembering(done, { kind: 'never', what: 'cancel' });
      return { reply: replies.rowCancelled(row, { date, name: open.name, refundKrw }), talk };
    },
    refused: (error) => stay(done, replies.farmRefused(error)),
  });
}
