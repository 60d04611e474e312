// `내 정보 삭제`: asked once, with what goes and what an open order still needs; then it is gone.
import { hasEnded } from '../orders/forgetting.ts';
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
  return ask(asking, { kind: 'forget' }, (id) => replies.askToForget({ openCodes, isStaff, id }));
}

/** Only the yes to the question that was just asked; what was said here goes with the person. */
export async function forgetYes(asking: Asking, ref: string): Promise<Handled> {
  const { talk, desk, turn, now } = asking;
  if (talk.open?.kind !== 'forget' || talk.open.id !== ref)
    return stay(asking, replies.questionIsOver());
  const forgotten = await desk.store.forgetPerson(turn.person.id, now);
  const keptCodes = forgotten?.keptOrders.map(({ code }) => code) ?? [];
  const isErased = forgotten?.isErased ?? true;
  return { reply: replies.forgotten({ isErased, keptCodes }), talk: FRESH };
}
