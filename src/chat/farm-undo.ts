// `되돌려`: takes the farmer's last act back, exactly and as a whole, or says why not.
import { DomainError } from '../orders/errors.ts';
import * as ordering from '../orders/ordering.ts';
import {
  isSameWeek,
  type Product,
  type Shop,
  type WeekRules,
  weekRulesOf,
} from '../orders/shop.ts';
import { type ActTrace, isMoved, joinTraces } from '../orders/undoing.ts';
import type { Conversation, UndoStep } from './conversation.ts';
import { type Asking, by, type Handled, run, type Step, stay } from './desk.ts';
import { packed, unpacked } from './packed-trace.ts';
import * as replies from './replies/index.ts';

/** Remembers how what was just done is taken back; all that one message did is one act. */
export function remembering(
  { talk, now }: Pick<Asking, 'talk' | 'now'>,
  step: UndoStep,
): Conversation {
  const at = now.toISOString();
  const earlier = talk.undo?.at === at ? talk.undo.steps : [];
  return { ...talk, undo: { at, steps: joined(earlier, step) } };
}

export function rememberingBooks(
  asking: Pick<Asking, 'talk' | 'now'>,
  trace: ActTrace | null,
): Conversation {
  if (trace === null) return asking.talk;
  return remembering(asking, { kind: 'books', trace: packed(trace) });
}

/** A carrier named later belongs to the report that was asked about it. */
export function rememberingCarrier(asking: Asking, trace: ActTrace): Conversation {
  const steps = asking.talk.undo?.steps ?? [];
  const known = new Set(
    steps.flatMap((one) => (one.kind === 'books' ? unpacked(one.trace).parcels : [])).map(idOf),
  );
  const isOfLast = trace.parcels.every((one) => known.has(idOf(one)));
  const step = { kind: 'books', trace: packed(trace) } as const;
  const at = asking.now.toISOString();
  return { ...asking.talk, undo: { at, steps: joined(isOfLast ? steps : [], step) } };
}

const idOf = ({ parcelId }: { readonly parcelId: string }) => parcelId;

/** Two steps about one thing are one: from before the first to after the second. */
function joined(steps: readonly UndoStep[], step: UndoStep): readonly UndoStep[] {
  const index = steps.findIndex((one) => isSameThing(one, step));
  const known = steps[index];
  if (known === undefined) return [...steps, step];
  return steps.with(index, joinTwo(known, step));
}

function isSameThing(one: UndoStep, other: UndoStep): boolean {
  if (one.kind === 'product' && other.kind === 'product') return one.after.id === other.after.id;
  return one.kind === other.kind;
}

function joinTwo(one: UndoStep, other: UndoStep): UndoStep {
  if (one.kind === 'books' && other.kind === 'books')
    return {
      kind: 'books',
      trace: packed(joinTraces(unpacked(one.trace), unpacked(other.trace))),
    };
  if (one.kind === 'product' && other.kind === 'product') return { ...other, before: one.before };
  if (one.kind === 'store' && other.kind === 'store') return { ...other, before: one.before };
  if (one.kind === 'policy' && other.kind === 'policy') return { ...other, before: one.before };
  return other;
}

/** The button that takes back what this answer tells; none when it told nothing that could be. */
export function withUndo(step: Step, { now }: Pick<Asking, 'now'>): Step {
  const { undo } = step.talk;
  if (undo === null || undo.at !== now.toISOString() || !canBeUndone(undo.steps)) return step;
  const { texts, choices } = step.reply;
  return { ...step, reply: { texts, choices: [...choices, replies.undoChoice(undo.at)] } };
}

const canBeUndone = (steps: readonly UndoStep[]): boolean =>
  steps.every(({ kind }) => kind !== 'cancel');

/** The button: only while what it stood under is still the last act. */
export function undoPressed(asking: Asking, ref: string): Promise<Handled> | Handled {
  if (asking.talk.undo?.at !== ref) return stay(asking, replies.nothingToUndo());
  return undo(asking);
}

export async function undo(asking: Asking): Promise<Step> {
  const { talk } = asking;
  const last = talk.undo;
  if (last === null) return stay(asking, replies.nothingToUndo());
  if (!canBeUndone(last.steps)) return stay(asking, replies.cannotUndo());
  const reply = replies.together(await takeBack(asking, last.steps));
  return { reply, talk: { ...talk, undo: null } };
}

/** What may refuse comes first, so that nothing is taken back unless all of it is. */
async function takeBack(asking: Asking, steps: readonly UndoStep[]): Promise<Step['reply'][]> {
  for (const step of steps) await mustBeAsLeft(asking, step);
  const said: Step['reply'][] = [];
  const books = steps.find((one) => one.kind === 'books');
  const trace = books === undefined ? NOTHING_BOOKED : unpacked(books.trace);
  const rules = steps.find((one) => one.kind === 'policy')?.before ?? null;
  if (rules !== null || trace !== NOTHING_BOOKED)
    said.push(...(await takeBackBooks(asking, trace, rules)));
  for (const step of steps) {
    if (step.kind === 'policy') said.push(await takeBackWeek(asking, step));
    if (step.kind === 'product') said.push(await takeBackProduct(asking, step));
    if (step.kind === 'store') said.push(await takeBackStore(asking, step));
  }
  return said;
}

const NOTHING_BOOKED: ActTrace = { marks: [], parcels: [], days: [] };

type Of<K extends UndoStep['kind']> = Extract<UndoStep, { kind: K }>;

/** The store and its products as they are now, not as they were when the message came in. */
async function mustBeAsLeft({ desk, shop }: Asking, step: UndoStep): Promise<void> {
  if (step.kind === 'books' || step.kind === 'cancel') return;
  const now = await desk.store.findShop(shop.id);
  if (now === null || !isAsLeft(now, step))
    throw new DomainError('conflict', `the ${step.kind} was changed since`, { undo: step.kind });
}

function isAsLeft(now: Shop, step: Of<'product' | 'store' | 'policy'>): boolean {
  if (step.kind === 'store') return now.state === step.after;
  if (step.kind === 'policy') return isSameWeek(weekRulesOf(now), step.after);
  const product = now.products.find(({ id }) => id === step.after.id);
  return product !== undefined && isSameProduct(product, step.after);
}

async function takeBackBooks(asking: Asking, trace: ActTrace, rules: WeekRules | null) {
  const { corrected } = await run(asking, ordering.undo(by(asking, 'farmer'), trace, rules));
  const names = new Map<string, string>();
  const dates = trace.parcels.filter((one) => !isMoved(one)).map(({ before }) => before.date);
  for (const date of new Set(dates)) {
    const { rows } = await asking.desk.store.findDayList(asking.shop.id, date ?? '');
    for (const { parcelId, order } of rows)
      names.set(parcelId, order.parcels.find(({ id }) => id === parcelId)?.recipient ?? '');
  }
  return replies.booksTakenBack(trace, { names, corrected });
}

async function takeBackWeek({ desk, shop }: Asking, { before }: Of<'policy'>) {
  const now = (await desk.store.findShop(shop.id)) ?? shop;
  const back = { ...now, policy: { ...now.policy, ...before } };
  await desk.store.putShop(back);
  return replies.weekTakenBack(back);
}

async function takeBackProduct({ desk, shop }: Asking, { before }: Of<'product'>) {
  await desk.store.putProduct(shop.id, before);
  return replies.productTakenBack(before);
}

async function takeBackStore({ desk, shop }: Asking, { before }: Of<'store'>) {
  const now = await desk.store.findShop(shop.id);
  if (now !== null) await desk.store.putShop({ ...now, state: before });
  return replies.storeTakenBack(before === 'open');
}

function isSameProduct(one: Product, other: Product): boolean {
  return one.priceKrw === other.priceKrw && one.state === other.state && one.name === other.name;
}
