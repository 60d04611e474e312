// `내 정보 삭제`: asked once, with what goes and what an open order still needs; then it is gone, wherever
// the person is linked with himself.
import { hasEnded } from '../orders/forgetting.ts';
import type { Forgotten, Store } from '../orders/store.ts';
import { FRESH } from './conversation.ts';
import { type Asking, ask, type Handled, type Step, stay } from './desk.ts';
import * as replies from './replies/index.ts';

const ORDERS_READ_MAX = 50;

export async function askToForget(asking: Asking): Promise<Step> {
  const { desk, turn } = asking;
  const filter = { buyerId: turn.person.id, limit: ORDERS_READ_MAX };
  const orders = await desk.store.findOrders(filter);
  const openCodes = orders.filter((order) => !hasEnded(order)).map(({ code }) => code);
  const isStaff = turn.roles.length > 0;
  const isLinked = (await desk.store.findAccount(turn.person.id)).length > 0;
  return ask(asking, { kind: 'forget' }, (id) =>
    replies.askToForget({ openCodes, isStaff, isLinked, id }),
  );
}

/** Only the yes to the question that was just asked; what was said here goes with the person. */
export async function forgetYes(asking: Asking, ref: string): Promise<Handled> {
  const { talk, desk, turn, now } = asking;
  if (talk.open?.kind !== 'forget' || talk.open.id !== ref)
    return stay(asking, replies.questionIsOver());
  const forgotten = await forgetAccount(desk.store, turn.person.id, now);
  const keptCodes = forgotten?.keptOrders.map(({ code }) => code) ?? [];
  const isErased = forgotten?.isErased ?? true;
  return { reply: replies.forgotten({ isErased, keptCodes }), talk: FRESH };
}

/** Erases a person on every platform where he is linked with himself; null for a stranger. */
export async function forgetAccount(
  store: Store,
  personId: string,
  now: Date,
): Promise<Forgotten | null> {
  const others = (await store.findAccount(personId)).filter((one) => one.personId !== personId);
  // He himself last: cut short in between, whoever is left still knows of whom it was asked.
  const people = [...others.map((one) => one.personId), personId];
  const ends = [];
  for (const id of people) ends.push(await store.forgetPerson(id, now));
  const known = ends.filter((end) => end !== null);
  if (known.length === 0) return null;
  return {
    isErased: known.every(({ isErased }) => isErased),
    keptOrders: known.flatMap(({ keptOrders }) => keptOrders),
  };
}
