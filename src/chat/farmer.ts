// What a farmer may say: caps, the list, the cut, and reports by row.
import { isNo, isYes, readCarrier } from '../language/answers.ts';
import { readFarmer } from '../language/read-farmer.ts';
import { readOrder } from '../language/read-order.ts';
import { readSeller } from '../language/read-seller.ts';
import type { FarmerReading } from '../language/reading.ts';
import { addDays, localDate } from '../orders/dates.ts';
import { DomainError } from '../orders/errors.ts';
import { dayOf, isLate } from '../orders/harvest.ts';
import * as ordering from '../orders/ordering.ts';
import type { ReportResult, RowReport } from '../orders/reporting.ts';
import { productsOnSale } from '../orders/shop.ts';
import type { Command, DayList } from '../orders/store.ts';
import type { Conversation } from './conversation.ts';
import {
  type Asking,
  ask,
  by,
  closed,
  contextOf,
  type Handled,
  pending,
  type Step,
  stay,
} from './desk.ts';
import * as replies from './replies.ts';
import { setStoreOpen } from './shop-state.ts';

const DATES_LOOKED_AT = 400;

/** Where a report or a cut belongs: the newest list sent, or the draft shown last. */
type Target = { readonly date: string; readonly isDraft: boolean };

type Saying = Extract<FarmerReading, { kind: string }>;

/** A pressed button of the farmer's; null when it is none of his. */
export async function pressedByFarmer(asking: Asking): Promise<Handled> {
  const { press } = asking.message;
  switch (press?.act) {
    case 'page':
      return showPage(asking, press.ref);
    case 'freeze':
      return freezeAndGoOn(asking, press.ref);
    case 'carrier':
      return nameCarrier(asking, press.ref);
    case 'row-cancel':
      return cancelRow(asking, press.ref);
    default:
      return null;
  }
}

/** Our open question, if it is one to the farmer and this message answers it. */
export async function answerFarmerQuestion(asking: Asking): Promise<Handled> {
  const { open } = asking.talk;
  const { text } = asking;
  switch (open?.kind) {
    case 'freeze':
      if (isYes(text)) return freezeAndGoOn(asking, open.id);
      return isNo(text) ? stay(closed(asking), replies.notDone()) : null;
    case 'carrier': {
      const carrier = readCarrier(text, replies.CARRIER_NAMES);
      return carrier === null ? null : nameCarrier(asking, `${open.id}:${carrier}`);
    }
    case 'row-reason':
      return takeReason(asking, open);
    case 'row-cancel':
      if (isYes(text) || text === replies.BUTTONS.cancelYes) return cancelRow(asking, open.id);
      return isNo(text) ? stay(closed(asking), replies.notCancelled()) : null;
    default:
      return null;
  }
}

/** A text that answers no question of ours; null when it is no farmer's word. */
export async function answerFarmer(asking: Asking): Promise<Handled> {
  const { today } = contextOf(asking);
  const readings = readFarmer(asking.text, today);
  if (readings.every(({ kind }) => kind === 'other' || kind === 'mark-paid')) return null;
  // A farmer orders too: what holds a recipient's data is an order, whatever else it looks like,
  // and a bare number answers the question that his own draft waits for.
  if (isOrder(asking)) return null;
  const isBareNumber = readings.every((one) => one.kind === 'cap' && one.date === null);
  if (asking.talk.draft?.question && isBareNumber) return null;
  return takeAll(asking, readings);
}

function isOrder(asking: Asking): boolean {
  const reading = readOrder([{ text: asking.text }], contextOf(asking));
  if (reading.kind === 'none') return false;
  return reading.draft.recipients.some(({ phone, address }) => phone !== null || address !== null);
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
    case 'more':
      return addRoom(asking, reading.date, reading.boxes);
    case 'price':
      return setPrice(asking, reading.priceKrw);
    case 'sold-out':
    case 'back-on-sale':
      return setOnSale(asking, reading.product, reading.kind === 'back-on-sale');
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
  const date = said ?? meantDate(asking) ?? (await nextOpenDate(asking));
  const result = await run(asking, ordering.setCap(by(asking, 'farmer'), { date, capBoxes }));
  return { reply: replies.capSet(result), talk: { ...asking.talk, cap: meaning(asking, date) } };
}

/** "오늘 5상자 더": on top of what the day takes already. */
async function addRoom(asking: Asking, said: string | null, boxes: number): Promise<Step> {
  const date = said ?? meantDate(asking) ?? (await nextOpenDate(asking));
  const days = await asking.desk.store.findDays(asking.shop.id, date);
  return setCap(asking, date, dayOf(asking.shop, days, date).capBoxes + boxes);
}

/** The date last spoken of, today: yesterday's word meant another tomorrow. */
function meantDate({ talk, shop, now }: Asking): string | null {
  const zone = shop.policy.timeZone;
  const today = localDate(now, zone);
  if (talk.cap === null || talk.cap.date < today) return null;
  return localDate(new Date(talk.cap.at), zone) === today ? talk.cap.date : null;
}

function meaning({ now }: Asking, date: string): Conversation['cap'] {
  return { date, at: now.toISOString() };
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

async function cut(asking: Asking, reading: Extract<Saying, { kind: 'cut' }>): Promise<Step> {
  const { date } = await targetOf(asking, reading.list);
  const { row } = reading;
  const result = await run(asking, ordering.cut(by(asking, 'farmer'), { date, row }));
  return {
    reply: replies.cutDone(result, row),
    talk: { ...asking.talk, cap: meaning(asking, date) },
  };
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
  const question = { kind: 'carrier', date: result.date, rows: result.carrierless } as const;
  return ask(asking, question, (id) => {
    const { texts, choices } = replies.askCarrier(result.carrierless, id);
    return { texts: [...reply.texts, ...texts], choices };
  });
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
  const question = { kind: 'freeze', date, text: asking.text } as const;
  return ask(asking, question, (id) => replies.askFreeze(date, id));
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
  return ask(asking, { kind: 'row-reason', date, row: row.row }, () =>
    replies.askRowReason(row, date),
  );
}

/** The reason, unless it is a no or something else the farmer or seller says. */
function takeReason(
  asking: Asking,
  { date, row }: { readonly date: string; readonly row: number },
): Handled {
  const { text } = asking;
  if (isNo(text)) return stay(closed(asking), replies.notCancelled());
  const { today } = contextOf(asking);
  const isCommand =
    readFarmer(text, today).some(({ kind }) => kind !== 'other') ||
    readSeller(text).kind !== 'other';
  if (isCommand) return null;
  return ask(asking, { kind: 'row-cancel', date, row, reason: text }, (id) =>
    replies.confirmRowCancel(row, { date, reason: text, id }),
  );
}

async function cancelRow(asking: Asking, ref: string): Promise<Handled> {
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
      return stay(done, replies.rowCancelled(row, date, refundKrw));
    },
    refused: (error) => stay(done, replies.farmRefused(error)),
  });
}

// The shop

async function setPrice(asking: Asking, priceKrw: number): Promise<Step> {
  const { shop, desk, now } = asking;
  const products = productsOnSale(shop, localDate(now, shop.policy.timeZone));
  const [only, another] = products;
  if (only === undefined || another !== undefined)
    return stay(asking, replies.whichPrice(products));
  const product = { ...only, priceKrw };
  await desk.store.putProduct(shop.id, product);
  return stay(asking, replies.priceSet(product));
}

/** "황도 품절": the one product that the word fits; several are asked. */
async function setOnSale(asking: Asking, word: string, isOnSale: boolean): Promise<Step> {
  const { shop, desk } = asking;
  const known = shop.products.filter(({ state }) => state !== 'archived');
  const fitting = known.filter(({ name }) =>
    name.replace(/\s/g, '').includes(word.replace(/\s/g, '')),
  );
  const [only, another] = fitting;
  if (only === undefined || another !== undefined)
    return stay(asking, replies.whichProduct(fitting.length > 0 ? fitting : known));
  const product = { ...only, state: isOnSale ? 'on_sale' : 'sold_out' } as const;
  await desk.store.putProduct(shop.id, product);
  return stay(asking, replies.onSaleSet(product));
}

async function setOpen(asking: Asking, isOpen: boolean): Promise<Step> {
  return stay(asking, await setStoreOpen(asking, isOpen));
}
