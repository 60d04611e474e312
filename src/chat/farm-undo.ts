// `되돌려`: takes the farmer's last act back, exactly and as a whole, or says why not.
import { DomainError } from '../orders/errors.ts';
import * as ordering from '../orders/ordering.ts';
import type { Product } from '../orders/shop.ts';
import type { ReportTrace } from '../orders/undoing.ts';
import { joinTraces } from '../orders/undoing.ts';
import type { Conversation, NewUndo, Undo } from './conversation.ts';
import { type Asking, by, type Handled, run, type Step, stay } from './desk.ts';
import * as replies from './replies/index.ts';

/** Remembers how what was just done is taken back; reports of one message are one act. */
export function remembering(
  { talk, now }: Pick<Asking, 'talk' | 'now'>,
  undo: NewUndo,
): Conversation {
  const at = now.toISOString();
  const { undo: last } = talk;
  if (undo.kind !== 'report' || last?.kind !== 'report' || last.at !== at)
    return { ...talk, undo: { ...undo, at } };
  return { ...talk, undo: { kind: 'report', at, traces: joinTraces(last.traces, undo.traces) } };
}

/** A carrier named later belongs to the report that was asked about it. */
export function rememberingCarrier(asking: Asking, trace: ReportTrace): Conversation {
  const { undo: last } = asking.talk;
  const rows = new Set(last?.kind === 'report' ? last.traces.flatMap(rowsOf) : []);
  const isOfLast = rowsOf(trace).every((row) => rows.has(row));
  const traces = last?.kind === 'report' && isOfLast ? joinTraces(last.traces, [trace]) : [trace];
  return { ...asking.talk, undo: { kind: 'report', at: asking.now.toISOString(), traces } };
}

function rowsOf({ date, parcels }: ReportTrace): string[] {
  return parcels.map(({ row }) => `${date} ${row}`);
}

/** The button that takes back what this answer tells; none when it told nothing that could be. */
export function withUndo(step: Step, { now }: Pick<Asking, 'now'>): Step {
  const { undo } = step.talk;
  if (undo === null || undo.kind === 'never' || undo.at !== now.toISOString()) return step;
  const { texts, choices } = step.reply;
  return { ...step, reply: { texts, choices: [...choices, replies.undoChoice(undo.at)] } };
}

/** The button: only while what it stood under is still the last act. */
export function undoPressed(asking: Asking, ref: string): Promise<Handled> | Handled {
  if (asking.talk.undo?.at !== ref) return stay(asking, replies.nothingToUndo());
  return undo(asking);
}

export async function undo(asking: Asking): Promise<Step> {
  const { talk, now, desk } = asking;
  const last = talk.undo;
  const isOver = last === null || now.getTime() - Date.parse(last.at) > desk.undoWindowMs;
  if (isOver) return stay(asking, replies.nothingToUndo());
  if (last.kind === 'never') return stay(asking, replies.cannotUndo(last.what));
  const reply = await takeBack(asking, last);
  return { reply, talk: { ...talk, undo: null } };
}

function takeBack(asking: Asking, last: Exclude<Undo, { kind: 'never' }>): Promise<Step['reply']> {
  switch (last.kind) {
    case 'report':
      return takeBackReport(asking, last.traces);
    case 'cap':
      return takeBackCap(asking, last);
    case 'product':
      return takeBackProduct(asking, last);
    case 'store':
      return takeBackStore(asking, last);
  }
}

async function takeBackReport(asking: Asking, traces: readonly ReportTrace[]) {
  const { corrected } = await run(asking, ordering.undoReport(by(asking, 'farmer'), traces));
  const names = new Map<string, string>();
  for (const { date } of traces) {
    const { rows } = await asking.desk.store.findDayList(asking.shop.id, date);
    for (const { parcelId, order } of rows)
      names.set(parcelId, order.parcels.find(({ id }) => id === parcelId)?.recipient ?? '');
  }
  return replies.reportTakenBack(traces, { names, corrected });
}

async function takeBackCap(asking: Asking, { trace }: Extract<Undo, { kind: 'cap' }>) {
  await run(asking, ordering.undoCap(by(asking, 'farmer'), trace));
  return replies.capTakenBack(trace.before);
}

/** The store as it is now, not as it was when the message came in. */
async function takeBackProduct(
  { desk, shop }: Asking,
  { before, after }: Extract<Undo, { kind: 'product' }>,
) {
  const products = (await desk.store.findShop(shop.id))?.products ?? [];
  const now = products.find(({ id }) => id === after.id);
  if (now === undefined || !isSameProduct(now, after)) throw changedSince('product');
  await desk.store.putProduct(shop.id, before);
  return replies.productTakenBack(before);
}

async function takeBackStore(
  { desk, shop }: Asking,
  { before, after }: Extract<Undo, { kind: 'store' }>,
) {
  const now = await desk.store.findShop(shop.id);
  if (now === null || now.state !== after) throw changedSince('store');
  await desk.store.putShop({ ...now, state: before });
  return replies.storeTakenBack(before === 'open');
}

function isSameProduct(one: Product, other: Product): boolean {
  return one.priceKrw === other.priceKrw && one.state === other.state && one.name === other.name;
}

function changedSince(undo: 'product' | 'store'): DomainError {
  return new DomainError('conflict', `the ${undo} was changed since`, { undo });
}
