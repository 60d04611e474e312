// What a farmer may say: caps, the list, the cut, and reports by row.
import { isYes, readCarrier } from '../language/answers.ts';
import { readFarmer } from '../language/read-farmer.ts';
import { readOrder } from '../language/read-order.ts';
import type { FarmerReading } from '../language/reading.ts';
import { addDays, localDate } from '../orders/dates.ts';
import { DomainError } from '../orders/errors.ts';
import { dayOf, isLate } from '../orders/harvest.ts';
import * as ordering from '../orders/ordering.ts';
import type { ReportResult, RowReport } from '../orders/reporting.ts';
import { productsOnSale, type Shop } from '../orders/shop.ts';
import type { Command, DayList } from '../orders/store.ts';
import type { Conversation } from './conversation.ts';
import { type Asking, by, contextOf, type Handled, type Step, stay } from './desk.ts';
import * as replies from './replies.ts';

const DATES_LOOKED_AT = 400;

/** Where a report or a cut belongs: the newest list sent, or the draft shown last. */
type Target = { readonly date: string; readonly isDraft: boolean };

type Saying = Extract<FarmerReading, { kind: string }>;

export async function answerFarmer(asking: Asking): Promise<Handled> {
  const { press } = asking.message;
  if (press?.act === 'page') return showPage(asking, press.ref);
  if (press?.act === 'freeze') return freezeAndGoOn(asking, press.ref);
  if (press?.act === 'carrier') return nameCarrier(asking, press.ref);
  if (press !== undefined) return null;
  const answered = await answerOpenQuestion(asking);
  if (answered !== null) return answered;
  const { today } = contextOf(asking);
  const readings = readFarmer(asking.text, today);
  if (readings.every(({ kind }) => kind === 'other')) return null;
  // A farmer orders too: what holds a recipient's data is an order, whatever else it looks like.
  if (isOrder(asking)) return null;
  return takeAll(asking, readings);
}

function isOrder(asking: Asking): boolean {
  const reading = readOrder([{ text: asking.text }], contextOf(asking));
  if (reading.kind === 'none') return false;
  return reading.draft.recipients.some(({ phone, address }) => phone !== null || address !== null);
}

async function answerOpenQuestion(asking: Asking): Promise<Handled> {
  const { open } = asking.talk;
  if (open?.kind === 'freeze' && isYes(asking.text)) return freezeAndGoOn(asking, open.id);
  if (open?.kind === 'carrier') {
    const carrier = readCarrier(asking.text, replies.CARRIER_NAMES);
    if (carrier !== null) return nameCarrier(asking, `${open.id}:${carrier}`);
  }
  if (open?.kind === 'row-reason') return cancelRow(asking, open);
  return null;
}

/** Every part of a message in order; each is done or refused by itself, and all are answered. */
async function takeAll(start: Asking, readings: readonly Saying[]): Promise<Handled> {
  let asking = start;
  const said: Step['reply'][] = [];
  for (const reading of readings) {
    try {
      const step = await take(asking, reading);
      said.push(step.reply);
      asking = { ...asking, talk: step.talk };
      // A question of ours must be answered before the rest makes sense.
      if (step.talk.open?.kind === 'freeze') break;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      said.push(replies.farmRefused(error));
    }
  }
  const [only, another] = said;
  const reply = only !== undefined && another === undefined ? only : replies.together(said);
  const labels = new Set<string>();
  const choices = reply.choices.filter(({ label }) => !labels.has(label) && labels.add(label));
  return { reply: { ...reply, choices }, talk: asking.talk };
}

async function take(asking: Asking, reading: Saying): Promise<Step> {
  switch (reading.kind) {
    case 'cap':
      return setCap(asking, reading.date, reading.boxes);
    case 'close':
      return setCap(asking, reading.date, 0);
    case 'list':
      return showList(asking, reading.date);
    case 'cut':
      return cut(asking, reading);
    case 'advance':
    case 'waybills':
      return report(asking, reading);
    case 'cancel-row':
      return askRowReason(asking, reading);
    case 'price':
      return setPrice(asking, reading.priceKrw);
    case 'pause':
    case 'resume':
      return setOpen(asking, reading.kind === 'resume');
    case 'mark-paid':
    case 'undo':
    case 'other':
      return stay(asking, replies.notYet());
  }
}

/** Runs a command of the farmer; several may stand in one message, so each is its own transaction. */
async function run<T>(asking: Asking, command: Command<T>): Promise<T> {
  return (await asking.desk.store.submit(command)).answer;
}

async function setCap(asking: Asking, said: string | null, capBoxes: number): Promise<Step> {
  const date = said ?? asking.talk.capDate ?? (await nextOpenDate(asking));
  const result = await run(asking, ordering.setCap(by(asking, 'farmer'), { date, capBoxes }));
  return { reply: replies.capSet(result), talk: { ...asking.talk, capDate: date } };
}

async function nextOpenDate(asking: Asking): Promise<string> {
  const { shop, now, desk } = asking;
  const today = localDate(now, shop.policy.timeZone);
  const days = await desk.store.findDays(shop.id, today);
  for (let ahead = 0; ahead < DATES_LOOKED_AT; ahead++) {
    const day = dayOf(shop, days, addDays(today, ahead));
    if (day.capBoxes > 0 && !isLate({ shop, days, now }, day)) return day.date;
  }
  return addDays(today, 1);
}

// The list

async function showList(asking: Asking, said: string | null): Promise<Step> {
  const date = said ?? (await currentListDate(asking));
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  return listStep(asking, list, 1);
}

async function showPage(asking: Asking, ref: string): Promise<Handled> {
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
  return { ...talk, list: { ...target, at: now.toISOString() }, capDate: target.date };
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

async function cut(asking: Asking, reading: Extract<Saying, { kind: 'cut' }>): Promise<Step> {
  const { date } = await targetOf(asking, reading.list);
  const { row } = reading;
  const result = await run(asking, ordering.cut(by(asking, 'farmer'), { date, row }));
  return { reply: replies.cutDone(result, row), talk: { ...asking.talk, capDate: date } };
}

// Reports

type Report = Extract<Saying, { kind: 'advance' | 'waybills' }>;

async function report(asking: Asking, reading: Report): Promise<Step> {
  const target = await targetOf(asking, reading.list);
  const list = await asking.desk.store.findDayList(asking.shop.id, target.date);
  if (list.rows.length === 0) return stay(asking, replies.nothingToReport());
  if (target.isDraft) return askFreeze(asking, target.date);
  const rows = rowsOf(reading);
  const result = await run(
    asking,
    ordering.report(by(asking, 'farmer'), {
      date: target.date,
      rows,
      to: reading.kind === 'advance' ? reading.to : null,
    }),
  );
  return reportStep(asking, { result, list, rows });
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

function carrierOf(waybills: readonly string[]): string | null {
  const carriers = new Set(waybills.map(({ length }) => CARRIER_BY_DIGITS[length] ?? null));
  return carriers.size === 1 ? ([...carriers][0] ?? null) : null;
}

function reportStep(
  asking: Asking,
  said: { result: ReportResult; list: DayList; rows: readonly RowReport[] | 'all' },
): Step {
  const { result, list, rows } = said;
  const names = new Map(
    list.rows.map(({ row, parcelId, order }) => [
      row,
      order.parcels.find(({ id }) => id === parcelId)?.recipient ?? '',
    ]),
  );
  const given = rows === 'all' ? [] : rows.filter(({ waybills }) => waybills.length > 0);
  const kept = given
    .filter(({ row }) => result.done.some((one) => one.row === row))
    .map(({ row, waybills }) => ({ row, name: names.get(row) ?? '', waybills }));
  const reply =
    kept.length > 0 ? replies.waybillsKept(result.date, kept) : replies.reported(result, names);
  if (result.carrierless.length === 0) return stay(asking, reply);
  const seq = asking.talk.seq + 1;
  const id = String(seq);
  const open = { kind: 'carrier', id, date: result.date, rows: result.carrierless } as const;
  const question = replies.askCarrier(result.carrierless, id);
  return {
    reply: { texts: [...reply.texts, ...question.texts], choices: question.choices },
    talk: { ...asking.talk, seq, open },
  };
}

async function nameCarrier(asking: Asking, ref: string): Promise<Handled> {
  const [id = '', carrier = ''] = ref.split(':');
  const { open } = asking.talk;
  if (open?.kind !== 'carrier' || open.id !== id || !(carrier in replies.CARRIER_NAMES))
    return stay(asking, replies.questionIsOver());
  const { date, rows } = open;
  await run(asking, ordering.nameCarrier(by(asking, 'farmer'), { date, rows, carrier }));
  const talk = { ...asking.talk, open: null };
  return { reply: replies.carrierKept(rows, carrier), talk };
}

// Freezing a draft by word

function askFreeze(asking: Asking, date: string): Step {
  const seq = asking.talk.seq + 1;
  const id = String(seq);
  return {
    reply: replies.askFreeze(date, id),
    talk: { ...asking.talk, seq, open: { kind: 'freeze', id, date, text: asking.text } },
  };
}

async function freezeAndGoOn(asking: Asking, ref: string): Promise<Handled> {
  const { open } = asking.talk;
  if (open?.kind !== 'freeze' || open.id !== ref) return stay(asking, replies.questionIsOver());
  const { date, text } = open;
  const list = await run(asking, ordering.freezeList(by(asking, 'farmer'), date));
  const talk = rememberList({ ...asking.talk, open: null }, { date, isDraft: false }, asking.now);
  const { today } = contextOf(asking);
  const rest = await takeAll({ ...asking, text, talk }, readFarmer(text, today));
  if (rest === null || !('reply' in rest)) return rest;
  const head = replies.frozen(date, list.rows);
  return { ...rest, reply: { ...rest.reply, texts: [...head.texts, ...rest.reply.texts] } };
}

// Cancelling a row

async function askRowReason(
  asking: Asking,
  reading: Extract<Saying, { kind: 'cancel-row' }>,
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
  const seq = asking.talk.seq + 1;
  const open = { kind: 'row-reason', id: String(seq), date, row: row.row } as const;
  return { reply: replies.askRowReason(row, date), talk: { ...asking.talk, seq, open } };
}

async function cancelRow(
  asking: Asking,
  { date, row }: { readonly date: string; readonly row: number },
): Promise<Handled> {
  const talk = { ...asking.talk, open: null };
  if (asking.text === replies.BUTTONS.no) return { reply: replies.notCancelled(), talk };
  const list = await asking.desk.store.findDayList(asking.shop.id, date);
  const target = list.rows.find((one) => one.row === row && !one.struck);
  if (target === undefined) return { reply: replies.questionIsOver(), talk };
  const request = { parcelIds: [target.parcelId], reason: asking.text, account: null };
  try {
    const command = ordering.cancel(by(asking, 'farmer'), target.order.id, request);
    const { order } = await run(asking, command);
    const refundKrw = order.refundDueKrw - target.order.refundDueKrw;
    return { reply: replies.rowCancelled(row, date, refundKrw), talk };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { reply: replies.farmRefused(error), talk };
  }
}

// The shop

async function setPrice(asking: Asking, priceKrw: number): Promise<Step> {
  const { shop, desk, now } = asking;
  const today = localDate(now, shop.policy.timeZone);
  const products = productsOnSale(shop, today);
  const [only, another] = products;
  if (only === undefined || another !== undefined)
    return stay(asking, replies.whichPrice(products));
  const product = { ...only, priceKrw };
  await desk.store.putProduct(shop.id, product);
  return stay(asking, replies.priceSet(product));
}

export async function setOpen(asking: Asking, isOpen: boolean): Promise<Step> {
  const shop: Shop = { ...asking.shop, state: isOpen ? 'open' : 'paused' };
  await asking.desk.store.putShop(shop);
  return stay(asking, isOpen ? replies.resumed(shop) : replies.paused(shop));
}
