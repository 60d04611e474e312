// Takes an attempt through its company: each step is kept before the next act, and in doubt the look-up decides.
import {
  type Captured,
  type Declined,
  type Provider,
  ProviderOutage,
  type Refunded,
  type RefundRequest,
  type Truth,
} from './provider.ts';
import { type Attempt, type Heard, type Step, stepAfter } from './settling.ts';

export type AttemptBooks = {
  find(attemptId: string): Promise<Attempt | null>;
  /**
   * Writes a step, and books what it captured, as one transaction; false where the attempt does not stand
   * any more as `was`.
   */
  keep(was: Attempt, step: Step): Promise<boolean>;
};

export type Approving = {
  readonly provider: Provider;
  readonly books: AttemptBooks;
  readonly now: () => Date;
};

/** Others hear of the same attempt at the same time: a few at most. */
const TRIES_MAX = 8;

/** The buyer came back: captures once, whoever else comes back with the same. Answers how it stands then. */
export async function approve(house: Approving, id: string, proof: string): Promise<Attempt> {
  const { attempt, next } = await hear(house, id, { kind: 'agreed' });
  const { reference, amountKrw } = attempt;
  if (next !== 'capture' || reference === null) return attempt;
  const request = { attemptId: id, reference, amountKrw, proof };
  const step = await hear(house, id, await answerOf(house.provider.capture(request)));
  return step.next === 'look_up' ? lookAgain(house, id) : step.attempt;
}

/** Asks the company how an attempt stands: in doubt, after a crash, and whenever its page is left. */
export async function lookAgain(house: Approving, id: string): Promise<Attempt> {
  const { reference } = await mustFind(house, id);
  const heard = await answerOf(house.provider.lookUp({ attemptId: id, reference }));
  return (await hear(house, id, heard)).attempt;
}

/** `unknown`: to be asked for again later, with the same key. */
export async function refundThrough(
  provider: Provider,
  request: RefundRequest,
): Promise<Refunded | Declined | { readonly kind: 'unknown' }> {
  const answer = await orOutage(provider.refund(request));
  if (answer !== null) return answer;
  const { attemptId, reference, key } = request;
  const truth = await orOutage(provider.lookUp({ attemptId, reference }));
  const done =
    truth?.kind === 'captured' ? truth.refunds.find((one) => one.key === key) : undefined;
  if (done === undefined) return { kind: 'unknown' };
  return { kind: 'refunded', amountKrw: done.amountKrw, at: done.at };
}

/** Reads, decides and keeps until nobody came in between. */
async function hear(house: Approving, id: string, heard: Heard): Promise<Step> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const was = await mustFind(house, id);
    const step = stepAfter(was, heard, house.now());
    if (step.attempt === was || (await house.books.keep(was, step))) return step;
  }
  throw new Error(`attempt ${id} was changed by others ${TRIES_MAX} times in a row`);
}

async function mustFind({ books }: Approving, id: string): Promise<Attempt> {
  const attempt = await books.find(id);
  if (attempt === null) throw new Error(`there is no attempt ${id}`);
  return attempt;
}

async function answerOf(answer: Promise<Captured | Truth>): Promise<Heard> {
  return (await orOutage(answer)) ?? { kind: 'outage' };
}

/** Null for an outage; a bug of ours rises, and leaves the attempt to the next look-up. */
async function orOutage<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProviderOutage) return null;
    throw error;
  }
}
