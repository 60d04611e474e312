// What a farmer does on his board. Each tap is one of the farm's commands under an id of its own: a tap that
// is sent again, because nobody knows whether it arrived, does its work once and gets the same answer.
import { DomainError } from '../orders/errors.ts';
import type { CapResult } from '../orders/farm-day.ts';
import * as ordering from '../orders/ordering.ts';
import type { ReportResult } from '../orders/reporting.ts';
import type { Shop } from '../orders/shop.ts';
import type { Command, Store } from '../orders/store.ts';
import type { SeenCap, Tap, WaybillTap } from '../orders/tapping.ts';
import type { ActTrace } from '../orders/undoing.ts';

export type BoardAct =
  | { readonly kind: 'tap'; readonly tap: Tap }
  | { readonly kind: 'waybills'; readonly tap: WaybillTap }
  | {
      readonly kind: 'carrier';
      readonly date: string;
      readonly row: number;
      readonly carrier: string;
    }
  | { readonly kind: 'cap'; readonly cap: SeenCap }
  | { readonly kind: 'freeze'; readonly date: string }
  /** `of` is the id under which the act was done. */
  | { readonly kind: 'undo'; readonly of: string };

/** What became of an act, as it is kept under its id. */
export type BoardDone = {
  /** What was asked, word for word: an id that comes back with something else is no repeat. */
  readonly asked: string;
  readonly at: string;
  /** How it is taken back; null where nothing was changed, or it cannot be. */
  readonly trace: ActTrace | null;
  readonly told:
    | { readonly kind: 'report'; readonly result: Omit<ReportResult, 'trace'> }
    | {
        readonly kind: 'waybills';
        readonly result: Omit<ReportResult, 'trace'>;
        readonly given: Pick<WaybillTap, 'waybills' | 'carrier'>;
      }
    | {
        readonly kind: 'carrier';
        readonly date: string;
        readonly rows: readonly number[];
        readonly carrier: string;
      }
    | { readonly kind: 'cap'; readonly result: Omit<CapResult, 'trace'> }
    | { readonly kind: 'freeze'; readonly date: string; readonly rows: number }
    | { readonly kind: 'undone'; readonly trace: ActTrace; readonly corrected: number };
};

export type BoardHand = {
  readonly store: Pick<Store, 'submit' | 'findAnswer'>;
  readonly shop: Shop;
  /** The farmer whose link it is. */
  readonly personId: string;
  readonly now: Date;
  readonly undoWindowMs: number;
};

/** Throws a DomainError to refuse; then nothing was done, and the same id may be used again. */
export async function actOnBoard(hand: BoardHand, id: string, act: BoardAct): Promise<BoardDone> {
  const asked = JSON.stringify(act);
  // Looked up before: an undo that comes again, its answer lost, may be too late to be told anew.
  const done = (await findBoardAct(hand, id)) ?? (await submit(hand, id, { act, asked }));
  if (done.asked !== asked)
    throw new DomainError('idempotency_reuse', 'this id was used for another act');
  return done;
}

async function submit(
  hand: BoardHand,
  id: string,
  { act, asked }: { readonly act: BoardAct; readonly asked: string },
): Promise<BoardDone> {
  const { now, store } = hand;
  const command = await commandFor(hand, act);
  const submitted = await store.submit<BoardDone>({
    ...command,
    request: { key: keyOf(hand, id) },
    decide(state) {
      const change = command.decide(state);
      return { ...change, answer: { ...change.answer, asked, at: now.toISOString() } };
    },
  });
  return submitted.answer;
}

/** What was done under an id before; null where nothing was. */
export async function findBoardAct(
  hand: Pick<BoardHand, 'store' | 'shop' | 'personId'>,
  id: string,
): Promise<BoardDone | null> {
  return (await hand.store.findAnswer({ key: keyOf(hand, id) })) as BoardDone | null;
}

/** Until when an act can be taken back; null where it cannot. */
export function undoableUntil(
  { at, trace }: Pick<BoardDone, 'at' | 'trace'>,
  { now, undoWindowMs }: Pick<BoardHand, 'now' | 'undoWindowMs'>,
): Date | null {
  const until = new Date(Date.parse(at) + undoWindowMs);
  return trace === null || until < now ? null : until;
}

function keyOf({ shop, personId }: Pick<BoardHand, 'shop' | 'personId'>, id: string): string {
  return `board:${shop.id}:${personId}:${id}`;
}

type Doing = Pick<BoardDone, 'trace' | 'told'>;

async function commandFor(hand: BoardHand, act: BoardAct): Promise<Command<Doing>> {
  const { shop, now, personId: actorId } = hand;
  const asked = { shop, now, actorId, who: 'farmer' } as const;
  switch (act.kind) {
    case 'tap':
      return telling(ordering.tap(asked, act.tap), ({ trace, ...result }) => ({
        trace,
        told: { kind: 'report', result },
      }));
    case 'waybills': {
      const { waybills, carrier } = act.tap;
      return telling(ordering.tapWaybills(asked, act.tap), ({ trace, ...result }) => ({
        trace,
        told: { kind: 'waybills', result, given: { waybills, carrier } },
      }));
    }
    case 'carrier': {
      const { date, row, carrier } = act;
      const named = { date, rows: [row], carrier };
      return telling(ordering.nameCarrier(asked, named), ({ rows, trace }) => ({
        trace,
        told: { kind: 'carrier', date, rows, carrier },
      }));
    }
    case 'cap':
      return telling(ordering.setSeenCap(asked, act.cap), ({ trace, ...result }) => ({
        trace,
        told: { kind: 'cap', result },
      }));
    case 'freeze':
      return telling(ordering.freezeList(asked, act.date), ({ date, rows }) => ({
        trace: null,
        told: { kind: 'freeze', date, rows },
      }));
    case 'undo': {
      const trace = await traceOf(hand, act.of);
      return telling(ordering.undo(asked, trace), ({ corrected }) => ({
        trace: null,
        told: { kind: 'undone', trace, corrected },
      }));
    }
  }
}

async function traceOf(hand: BoardHand, id: string): Promise<ActTrace> {
  const done = await findBoardAct(hand, id);
  if (done?.trace == null)
    throw new DomainError('not_found', 'nothing was done under this id', { undo: 'nothing' });
  if (undoableUntil(done, hand) === null)
    throw new DomainError('conflict', 'it was done too long ago', { undo: 'late' });
  return done.trace;
}

function telling<T>(
  { storeId, now, actorId, reads, decide }: Command<T>,
  tell: (answer: T) => Doing,
): Command<Doing> {
  return {
    ...{ storeId, now, actorId, reads },
    decide(state) {
      const change = decide(state);
      return { ...change, answer: tell(change.answer) };
    },
  };
}
