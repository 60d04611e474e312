// What a farmer may say, and who of the two farm files answers it.
import { isDayOff, isNo, isYes, readCarrier } from '../language/answers.ts';
import { readOddNumber } from '../language/odd-number.ts';
import { farmTalk, readFarmer } from '../language/read-farmer.ts';
import { readOrder } from '../language/read-order.ts';
import type { FarmerReading } from '../language/reading.ts';
import { wantsRest } from '../language/rows.ts';
import { isNextPage } from '../language/store-name.ts';
import { DomainError } from '../orders/errors.ts';
import { type Asking, closed, contextOf, type Handled, type Step, stay } from './desk.ts';
import {
  askDays,
  closeAskedDay,
  type SaidDay,
  setDays,
  setOnSale,
  setOpen,
  setPrice,
} from './farm-days.ts';
import {
  askRowReason,
  cancelRow,
  cut,
  freezeAndGoOn,
  showBoardLink,
  showList,
  showNextPage,
  showPage,
  takeReason,
} from './farm-lists.ts';
import { chooseRow, withoutStrangers } from './farm-names.ts';
import { report, reportOnOlder, writeRest } from './farm-reports.ts';
import { nameCarrier } from './farm-told.ts';
import { undo, undoPressed, withUndo } from './farm-undo.ts';
import { setWeekdays } from './farm-weeks.ts';
import * as replies from './replies/index.ts';

const ANSWERS_SHOWN_MAX = 5;
const COUNTS: ReadonlySet<string> = new Set(['cap', 'more', 'less']);
const NOTHING: FarmerReading = { kind: 'other' };
const OF_DAYS: ReadonlySet<string> = new Set(['cap', 'close', 'more', 'less']);

/** A pressed button of the farmer's; null when it is none of his. */
export async function pressedByFarmer(asking: Asking): Promise<Handled> {
  const { press } = asking.message;
  switch (press?.act) {
    case 'page':
      return showPage(asking, press.ref);
    case 'freeze':
      return freezeAndGoOn(asking, press.ref, takeText);
    case 'which-row':
      return answering(asking, () => chooseRow(asking, press.ref, takeOne));
    case 'waybill-rest':
      return answering(asking, () => writeRest(asking, press.ref));
    case 'carrier':
      return nameCarrier(asking, press.ref);
    case 'row-cancel':
      return cancelRow(asking, press.ref);
    case 'older-list':
      return answering(asking, () => reportOnOlder(asking, press.ref));
    case 'farm-days':
      return answering(asking, () => daysConfirmed(asking, press.ref));
    case 'undo':
      return refusing(asking, () => undoPressed(asking, press.ref));
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
      if (isYes(text)) return freezeAndGoOn(asking, open.id, takeText);
      return isNo(text) ? stay(closed(asking), replies.notDone()) : null;
    case 'older-list':
      if (isYes(text)) return answering(asking, () => reportOnOlder(asking, open.id));
      return isNo(text) ? answering(asking, () => leaveIt(asking)) : null;
    case 'which-row':
      if (isNo(text)) return answering(asking, () => leaveIt(asking));
      return answering(asking, () => chooseRow(asking, `${open.id}:${text}`, takeOne));
    case 'waybill-rest':
      if (isYes(text) || wantsRest(text))
        return answering(asking, () => writeRest(asking, open.id));
      return isNo(text) || replies.isLabel(text, 'drop')
        ? answering(asking, () => leaveIt(asking))
        : null;
    case 'farm-days':
      if (isYes(text)) return answering(asking, () => daysConfirmed(asking, open.id));
      return isNo(text) ? answering(asking, () => leaveIt(asking)) : null;
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
  if (isDayOff(asking.text)) {
    const closed = await closeAskedDay(asking);
    if (closed !== null) return closed;
  }
  const { today } = contextOf(asking);
  const page = isNextPage(asking.text) ? await showNextPage(asking) : null;
  if (page !== null) return page;
  const readings = await withoutStrangers(asking, readFarmer(asking.text, today));
  if (readings.every(({ kind }) => kind === 'other')) return sayOddNumber(asking);
  // A farmer orders too: what holds a recipient's data and no waybill is an order, whatever else it
  // looks like, and a bare count is about his own draft while there is one.
  if (readings.every(({ kind }) => kind !== 'waybills') && isOrder(asking)) return null;
  const isBareNumber = readings.every((one) => COUNTS.has(one.kind) && 'date' in one && !one.date);
  if (asking.talk.draft !== null && isBareNumber) return null;
  return takeAll(asking, readings);
}

/** A waybill too long or a count below zero is a slip of the farmer's, unless he is ordering. */
function sayOddNumber(asking: Asking): Handled {
  const odd = readOddNumber(asking.text, contextOf(asking).today);
  if (odd === null || asking.talk.draft !== null || isOrder(asking)) return null;
  return stay(asking, replies.notReadByFarm(odd));
}

/** What speaks of rows, of the work or of days is the farm's, and no buyer's answer fits it. */
export function sayNotRead(asking: Asking): Handled {
  if (asking.talk.draft !== null || isOrder(asking)) return null;
  const about = farmTalk(asking.text, contextOf(asking).today);
  if (about === null) return null;
  return stay(asking, about === 'rows' ? replies.notReadByFarm(null) : replies.dayNotRead());
}

type Answered = { readonly reply: Step['reply']; readonly isDone: boolean };

/** A summer of closed days is not a screen of answers; what was not done is told in any case. */
function shortened(said: readonly Answered[]): Step['reply'][] {
  const done = said.filter(({ isDone }) => isDone);
  const shown = new Set([...done.slice(0, ANSWERS_SHOWN_MAX - 1), ...done.slice(-1)]);
  const unsaid = done.length - shown.size;
  const last = done.at(-1);
  return said.flatMap((one) => {
    if (one === last && unsaid > 0) return [replies.andMore(unsaid), one.reply];
    return !one.isDone || shown.has(one) ? [one.reply] : [];
  });
}

/** `readings` is what is left of a message that was begun; absent, it is the text. */
function takeText(
  asking: Asking,
  readings: readonly FarmerReading[] = readFarmer(asking.text, contextOf(asking).today),
): Promise<Handled> {
  return takeAll(asking, readings);
}

function isOrder(asking: Asking): boolean {
  const reading = readOrder([{ text: asking.text }], contextOf(asking));
  if (reading.kind === 'none') return false;
  return reading.draft.recipients.some(({ phone, address }) => phone !== null || address !== null);
}

function daysConfirmed(asking: Asking, ref: string): Promise<Handled> | Handled {
  const { open } = asking.talk;
  if (open?.kind !== 'farm-days' || open.id !== ref) return stay(asking, replies.questionIsOver());
  return takeAll(closed(asking), open.meant);
}

/** What is said of days one after another is one act, and so are rules for weekdays. */
function partsOf(readings: readonly FarmerReading[]): readonly (readonly FarmerReading[])[] {
  const parts: FarmerReading[][] = [];
  for (const reading of readings) {
    const [first] = parts.at(-1) ?? [];
    const isMore =
      first !== undefined &&
      ((isOfDays(first) && isOfDays(reading)) ||
        (first.kind === 'weekly' && reading.kind === 'weekly'));
    if (isMore) parts.at(-1)?.push(reading);
    else parts.push([reading]);
  }
  return parts;
}

const isOfDays = (reading: FarmerReading): reading is SaidDay => OF_DAYS.has(reading.kind);

/** Every part of a message in order; each is done or refused by itself, and all are answered. */
async function takeAll(
  start: Asking,
  readings: readonly FarmerReading[],
  before: readonly Answered[] = [],
): Promise<Handled> {
  let asking = start;
  const said = [...before];
  const parts = partsOf(readings);
  for (const [at, part] of parts.entries()) {
    try {
      const isUnread = readings.length > 1 && part[0]?.kind === 'other';
      const step = isUnread ? stay(asking, replies.partNotRead()) : await take(asking, part);
      said.push({ reply: step.reply, isDone: !isUnread && step.talk.open === null });
      asking = { ...asking, talk: step.talk };
      const rest = parts.slice(step.talk.open?.kind === 'freeze' ? at : at + 1).flat();
      const waiting = withRest(step.talk, rest);
      if (waiting === null) continue;
      // A question of ours must be answered before the rest makes sense.
      asking = { ...asking, talk: waiting };
      const left = parts.slice(at + 1).flat().length;
      if (left > 0) said.push(untold(replies.restWaits(left)));
      break;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      said.push(untold(replies.farmRefused(error)));
    }
  }
  const told = said.length > ANSWERS_SHOWN_MAX ? shortened(said) : said.map((one) => one.reply);
  const reply = replies.together(told);
  const labels = new Set<string>();
  const choices = reply.choices.filter(({ label }) => !labels.has(label) && labels.add(label));
  return withUndo({ reply: { ...reply, choices }, talk: asking.talk }, asking);
}

const untold = (reply: Step['reply']): Answered => ({ reply, isDone: false });

/** Keeps what a question holds up; null where no such question is open. */
function withRest(talk: Step['talk'], rest: readonly FarmerReading[]): Step['talk'] | null {
  const { open } = talk;
  switch (open?.kind) {
    case 'freeze':
    case 'older-list':
    case 'which-row':
    case 'waybill-rest':
    case 'farm-days':
      return { ...talk, open: { ...open, rest } };
    default:
      return null;
  }
}

/** What answers a question of ours; then the rest of the message that it held up. */
async function answering(asking: Asking, act: () => Promise<Handled> | Handled): Promise<Handled> {
  const { open } = asking.talk;
  const rest = open !== null && 'rest' in open ? (open.rest ?? []) : [];
  const answered = await refusing(asking, act);
  const isOver = answered !== null && 'reply' in answered && answered.talk.open?.id !== open?.id;
  if (!isOver || rest.length === 0) return answered;
  const { reply, talk } = answered;
  return takeAll({ ...asking, talk: { ...talk, open: null } }, rest, [{ reply, isDone: false }]);
}

const leaveIt = (asking: Asking): Step => stay(closed(asking), replies.notDone());

/** A press that the rules refuse is answered like a word that they refuse. */
async function refusing(asking: Asking, act: () => Promise<Handled> | Handled): Promise<Handled> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...stay(asking, replies.farmRefused(error)), isTentative: true };
  }
}

const takeOne = (asking: Asking, reading: FarmerReading): Promise<Step> => take(asking, [reading]);

async function take(asking: Asking, part: readonly FarmerReading[]): Promise<Step> {
  const [reading = NOTHING] = part;
  switch (reading.kind) {
    case 'cap':
    case 'close':
    case 'more':
    case 'less':
      return setDays(asking, part.filter(isOfDays));
    case 'weekly':
      return setWeekdays(
        asking,
        part.filter((one) => one.kind === 'weekly'),
      );
    case 'ask':
      return askDays(asking, reading.meant);
    case 'list':
      return showList(asking, reading.date);
    case 'board':
      return showBoardLink(asking);
    case 'cut':
      return cut(asking, reading);
    case 'advance':
    case 'waybills':
      return report(asking, reading);
    case 'cancel-row':
      return askRowReason(asking, reading);
    case 'price':
      if (reading.from !== null)
        return stay(asking, replies.priceLater(reading.priceKrw, reading.from));
      return setPrice(asking, reading.priceKrw);
    case 'sold-out':
    case 'back-on-sale':
      return setOnSale(asking, reading.product, reading.kind === 'back-on-sale');
    case 'pause':
    case 'resume':
      return setOpen(asking, reading.kind === 'resume');
    case 'undo':
      return undo(asking);
    case 'mark-paid':
      return stay(asking, replies.payByCode());
    case 'other':
      return stay(
        asking,
        replies.notReadByFarm(readOddNumber(asking.text, contextOf(asking).today)),
      );
  }
}
