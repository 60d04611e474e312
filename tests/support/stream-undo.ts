// Taking back what the farmer did last, as a step of the generated streams: one command or several of
// the same message.
import { isDeepStrictEqual } from 'node:util';
import * as ordering from '../../src/orders/ordering.ts';
import { type ActTrace, joinTraces } from '../../src/orders/undoing.ts';
import { countAll } from './engine.ts';
import { asking, type Plan, type Scene, type Submit } from './stream-steps.ts';
import { type Act, type Books, type DayRow, demand, type World } from './stream-world.ts';

/** Submits, and remembers what the command did as all or a part of the farmer's last act. */
export function noteAct(world: World, { shop, before, step }: Scene, submit: Submit): Submit {
  return async (request) => {
    const { last_outbox: lastOutbox = 0 } = await countAll(world.look);
    const submitted = await submit(request);
    const { trace } = submitted.answer as { readonly trace: ActTrace | null };
    if (trace === null || submitted.repeated) return submitted;
    const last = world.acts.get(shop.id);
    // Some messages hold more than one command.
    const isMore = last !== undefined && step.c % 2 === 1 && isDeepStrictEqual(last.left, before);
    const act: Act = isMore
      ? { ...last, trace: joinTraces(last.trace, trace), left: null }
      : { trace, was: before, left: null, lastOutbox };
    world.acts.set(shop.id, act);
    return submitted;
  };
}

/** Called with the books after every step: those after a step of the farmer are how he left them. */
export function noteLeft(world: World, storeId: string, after: Books): void {
  const act = world.acts.get(storeId);
  if (act?.left === null) act.left = after;
}

/** To what it was, exactly, and only while all of it is as it was left. */
export function planUndo(world: World, { shop, before }: Scene): Plan | null {
  const act = world.acts.get(shop.id);
  if (act === undefined || act.left === null) return null;
  const { trace, was, left } = act;
  const parcels = trace.parcels.map(({ parcelId }) => parcelId);
  const dateIn = (books: Books, id: string) => {
    const { state, date = null } = books.parcels.get(id) ?? {};
    return state === 'waiting' ? null : date;
  };
  const moved = parcels.filter((id) => dateIn(was, id) !== dateIn(left, id));
  return {
    submit: (request) => {
      const command = ordering.undo(asking(world, shop, 'farmer'), trace);
      return world.store.submit(request === undefined ? command : { ...command, request });
    },
    touches: { orders: [], parcels },
    dates: new Map(moved.map((id) => [id, dateIn(was, id)])),
    lateRoom: roomsBack(before, { was, left }),
    check(after) {
      world.acts.delete(shop.id);
      for (const one of trace.parcels) checkParcel(one, { was, left, before, after });
      for (const { before: day, isFixed } of trace.days)
        if (isFixed) checkNumber(day.date, { was, left, before, after });
      if (isDeepStrictEqual(before, left)) checkAll(was, after);
    },
  };
}

type Around = { readonly was: Books; readonly left: Books };
type Undoing = Around & { readonly before: Books; readonly after: Books };

function checkParcel(
  { parcelId: id, after: left }: ActTrace['parcels'][number],
  { was, left: leftBooks, before, after }: Undoing,
): void {
  const as = (books: Books) => {
    const { state, packages, date } = books.parcels.get(id) ?? {};
    // What its buyer changed of a parcel that only moved goes with it.
    const own = left.packages === undefined ? '' : packages;
    return JSON.stringify([state, own, state === 'waiting' ? null : date]);
  };
  demand(as(before) === as(leftBooks), `${id} was changed since and is taken back`);
  demand(as(after) === as(was), `${id} is ${as(after)}, not ${as(was)} again`);
}

/** A number that the farmer said is the one of before again; another word about it since stays. */
function checkNumber(date: string, { was, left, before, after }: Undoing): void {
  demand(saidOf(before, date) === saidOf(left, date), `${date} was planned anew since`);
  demand(saidOf(after, date) === saidOf(was, date), `${date} is ${saidOf(after, date)} again`);
}

function saidOf({ days }: Books, date: string): number | null {
  const day = days.get(date);
  return day?.capSource === 'farmer' ? day.capBoxes : null;
}

/** Where nothing came between, everything but the revisions is as if it had never been said. */
function checkAll(was: Books, after: Books): void {
  const bare = ({ revision, capBoxes, capSource, ...day }: DayRow) => {
    return { ...day, capBoxes: capSource === 'farmer' ? capBoxes : null };
  };
  for (const [date, day] of after.days) {
    const known = was.days.get(date);
    const isEmpty = known === undefined && day.reserved === 0 && day.capSource === 'default';
    const isBack = known !== undefined && isDeepStrictEqual(bare(day), bare(known));
    demand(isEmpty || isBack, `${date} is ${JSON.stringify(day)}, not ${JSON.stringify(known)}`);
  }
  for (const [id, parcel] of after.parcels) {
    const row = was.parcels.get(id)?.row;
    demand(parcel.row === row, `${id} has row ${parcel.row}, not ${row} again`);
  }
}

/** What was opened is closed and the other way round; what others took of it since stays taken. */
function roomsBack(now: Books, { was, left }: Around): ReadonlyMap<string, number> {
  const room = (books: Books, date: string) => books.days.get(date)?.lateRoomBoxes ?? 0;
  const dates = new Set([...now.days.keys(), ...was.days.keys()]);
  return new Map(
    [...dates].map((date) => [date, room(now, date) + room(was, date) - room(left, date)]),
  );
}
