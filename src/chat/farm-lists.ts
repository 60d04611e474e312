// The farmer's list: shown, cut, frozen by word, and rows cancelled.

import { isNo } from '../language/answers.ts';
import { readFarmer } from '../language/read-farmer.ts';
import { readSeller } from '../language/read-seller.ts';
import type { FarmerReading } from '../language/reading.ts';
import { addDays, localDate } from '../orders/dates.ts';
import { dayOf, isLate, roomOn } from '../orders/day.ts';
import { DomainError } from '../orders/errors.ts';
import { reasonAgainst } from '../orders/explain.ts';
import { canCancel } from '../orders/order.ts';
import * as ordering from '../orders/ordering.ts';
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
import { finderOn, listedParcels, type Unclear } from './farm-rows.ts';
import { remembering, rememberingBooks } from './farm-undo.ts';
import { newBoardLink, newPrintLink } from './links.ts';
import * as replies from './replies/index.ts';

/** How far back a row may be meant that the newest list cannot take. */
export const OLDER_LISTS_DAYS = 7;

/** Where a report or a cut belongs: the newest list sent, or the draft shown last. */
export type Target = { readonly date: string; readonly isDraft: boolean };

export async function showList(asking: Asking, said: string | null): Promise<Step> {
  const date = said ?? (await currentListDate(asking));
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  return listStep(asking, list, 1);
}

export async function showBoardLink(asking: Asking): Promise<Step> {
  return stay(asking, replies.boardLink(await boardLink(asking)));
}

export async function showPage(asking: Asking, ref: string): Promise<Handled> {
  const [date = '', row = '1'] = ref.split(':');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  return listStep(asking, list, Number(row) || 1);
}

/** "다음" in words: the page behind the one shown last; null when there is none. */
export async function showNextPage(asking: Asking): Promise<Step | null> {
  const { list: shown } = asking.talk;
  if (shown?.next === undefined) return null;
  const list = await asking.desk.store.findDayList(asking.shop.id, shown.date);
  return listStep(asking, list, shown.next);
}

async function listStep(asking: Asking, list: DayList, fromRow: number): Promise<Step> {
  const { now, shop, message } = asking;
  const { date, revision } = list.day;
  const talk = rememberList(asking.talk, { date, isDraft: revision === 0 }, now);
  if (list.rows.length === 0)
    return { reply: replies.emptyList(list.day, await whyEmpty(asking, date)), talk };
  const isPast = date < localDate(now, shop.policy.timeZone);
  const isToPrint = fromRow === 1 && revision > 0 && !isPast;
  const printUrl = isToPrint ? await printLink(asking, date) : null;
  const boardUrl = fromRow === 1 && !isPast ? await boardLink(asking) : null;
  const page = { fromRow, roomChars: message.roomChars, printUrl, boardUrl, isPast };
  const { reply, next } = replies.dayListPage(list, page);
  if (next === null || talk.list === null) return { reply, talk };
  return { reply, talk: { ...talk, list: { ...talk.list, next } } };
}

function printLink({ desk, shop, now }: Asking, date: string): Promise<string> | null {
  const { store, pagesUrl } = desk;
  return pagesUrl === null ? null : newPrintLink(store, { storeId: shop.id, date, now, pagesUrl });
}

function boardLink({ desk, shop, turn, now }: Asking): Promise<string> | null {
  const { store, pagesUrl } = desk;
  const of = { storeId: shop.id, personId: turn.person.id, now };
  return pagesUrl === null ? null : newBoardLink(store, { ...of, pagesUrl });
}

async function whyEmpty({ shop, now, desk }: Asking, date: string): Promise<replies.EmptyDay> {
  const { timeZone, horizonDays } = shop.policy;
  const today = localDate(now, timeZone);
  if (date < today) return { kind: 'past' };
  if (date > addDays(today, horizonDays)) return { kind: 'far', horizonDays };
  const calendar = { shop, now, days: await desk.store.findDays(shop.id, today) };
  const day = dayOf(shop, calendar.days, date);
  if (day.capBoxes === 0) {
    const reason = reasonAgainst(calendar, [], date);
    return { kind: reason?.kind === 'before-holiday' ? 'before-holiday' : 'closed' };
  }
  const roomBoxes = roomOn(calendar, date);
  if (roomBoxes === 0 && isLate(calendar, day)) return { kind: 'late' };
  return shop.state === 'paused' ? { kind: 'paused' } : { kind: 'open', roomBoxes };
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

/** Rows mean the newest list sent, or the draft when that was shown after it and holds any. */
export async function targetOf(asking: Asking, said: string | null): Promise<Target> {
  const { shop, desk } = asking;
  const date = said ?? (await meantList(asking));
  const { day } = await desk.store.findDayList(shop.id, date);
  return { date, isDraft: day.revision === 0 };
}

async function meantList(asking: Asking): Promise<string> {
  const { shop, desk, talk } = asking;
  const shown = talk.list;
  const newest = await desk.store.findNewestList(shop.id);
  const isShownLast =
    shown !== null && (newest === null || (shown.isDraft && shown.at > newest.frozenAt));
  if (isShownLast && (await desk.store.findDayList(shop.id, shown.date)).rows.length > 0)
    return shown.date;
  return newest?.date ?? currentListDate(asking);
}

export async function cut(
  asking: Asking,
  reading: Extract<FarmerReading, { kind: 'cut' }>,
): Promise<Step> {
  const { date } = await targetOf(asking, reading.list);
  const { row } = reading;
  const result = await run(asking, ordering.cut(by(asking, 'farmer'), { date, row }));
  const talk = rememberingBooks(asking, result.trace);
  const { rows } = await asking.desk.store.findDayList(asking.shop.id, date);
  const staying = rows.filter((one) => one.row > row && !one.struck).map((one) => one.row);
  const reply = replies.cutDone(result, { row, staying });
  return { reply, talk: { ...talk, cap: meaning(asking, date) } };
}

// Freezing a draft by word

export function askFreeze(asking: Asking, date: string): Step {
  const question = { kind: 'freeze', date, text: asking.text } as const;
  return ask(asking, question, (id) => replies.askFreeze(date, id));
}

export async function freezeAndGoOn(
  asking: Asking,
  ref: string,
  goOn: (asking: Asking, readings: readonly FarmerReading[] | undefined) => Promise<Handled>,
): Promise<Handled> {
  const { open } = asking.talk;
  if (open?.kind !== 'freeze' || open.id !== ref) return stay(asking, replies.questionIsOver());
  const { date, text } = open;
  const list = await run(asking, ordering.freezeList(by(asking, 'farmer'), date));
  const talk = rememberList({ ...asking.talk, open: null }, { date, isDraft: false }, asking.now);
  const rest = await goOn({ ...asking, text, talk }, open.rest);
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
  const found = finderOn(list).rowsOf([reading.row]);
  if ('kind' in found) return askWhoseRow(asking, reading, { list, unclear: found });
  const [number = 0] = found;
  const row = list.rows.find((one) => one.row === number);
  if (row === undefined)
    throw new DomainError('not_found', `no row ${number}`, {
      date,
      row: number,
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

function askWhoseRow(
  asking: Asking,
  reading: Extract<FarmerReading, { kind: 'cancel-row' }>,
  { list, unclear: { said, rows, kind } }: { list: DayList; unclear: Unclear },
): Step {
  const { date } = list.day;
  if (kind === 'nobody') return stay(asking, replies.nobodyOnList(date, said));
  const fitting = listedParcels(list).filter(({ row }) => rows.includes(row));
  return ask(asking, { kind: 'which-row', date, said, rows, reading }, (id) =>
    replies.askWhichRow({ date, said, isOther: kind === 'other' }, { rows: fitting, id }),
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
      const talk = remembering(done, { kind: 'cancel' });
      return { reply: replies.rowCancelled(row, { date, name: open.name, refundKrw }), talk };
    },
    refused: (error) => stay(done, replies.farmRefused(error)),
  });
}
