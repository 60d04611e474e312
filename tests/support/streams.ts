// Streams of commands over two stores with a moving clock, run through a real store; after every
// step the books are counted and compared with what the rules allow.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { DomainError } from '../../src/orders/errors.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Shop } from '../../src/orders/shop.ts';
import { countAll } from './engine.ts';
import { askDoctor, checkBooks, checkChange, checkTrace, compareFinders } from './stream-checks.ts';
import { asking, planFor, type Submit } from './stream-steps.ts';
import {
  type Books,
  demand,
  KINDS,
  type Kind,
  openWorld,
  readBooks,
  type StreamStep,
  type World,
} from './stream-world.ts';

const DOCTOR_EVERY = 10;

const HOUR_MS = 3_600_000;

export const STEPS_MAX = 40;

export const streamArbitrary: fc.Arbitrary<readonly StreamStep[]> = fc.noBias(
  fc.array(
    fc.record({
      kind: fc.oneof(...KINDS.map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind) }))),
      shop: fc.nat(1),
      a: fc.nat(999),
      b: fc.nat(999),
      c: fc.nat(999),
      again: fc.nat(4).map((n) => n === 0),
    }),
    { minLength: 1, maxLength: STEPS_MAX, size: 'max' },
  ),
);

export type StreamFigures = {
  steps: number;
  refused: Map<string, number>;
  done: Map<Kind, number>;
};

export function newFigures(): StreamFigures {
  return { steps: 0, refused: new Map(), done: new Map() };
}

/** Runs one stream from an empty database; throws at the first step that breaks a rule. */
export async function runStream(
  steps: readonly StreamStep[],
  figures: StreamFigures = newFigures(),
): Promise<void> {
  const world = await openWorld();
  try {
    for (const [index, step] of steps.entries()) {
      await takeStep(world, step, index, figures);
      figures.steps += 1;
      if (index % DOCTOR_EVERY === DOCTOR_EVERY - 1) await askDoctor(world.store);
    }
    await askDoctor(world.store);
    await compareFinders(world);
  } finally {
    await world.close();
  }
}

async function takeStep(
  world: World,
  step: StreamStep,
  index: number,
  figures: StreamFigures,
): Promise<void> {
  const { shop, others } = pickShop(world, step);
  if (step.kind === 'tick') {
    world.now = new Date(world.now.getTime() + (1 + (step.a % 20)) * HOUR_MS + step.b * 1_000);
    return;
  }
  const before = await readBooks(world.look, shop.id);
  if (step.kind === 'burst') {
    await burst(world, { shop, before, index });
    checkBooks(world, shop, await readBooks(world.look, shop.id));
    return;
  }
  const plan = planFor(world, { shop, before, step, index });
  if (plan === null) return;
  const elsewhere = await Promise.all(others.map(({ id }) => readBooks(world.look, id)));
  const counts = await countAll(world.look);
  const request = step.again ? { key: `key-${index}` } : undefined;
  try {
    const first = await plan.submit(request);
    if (step.again) await sayAgain(world, () => plan.submit(request), first.answer);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'internal') throw error;
    count(figures.refused, error.code);
    demand(isDeepStrictEqual(await countAll(world.look), counts), 'a refusal wrote a row');
    const unchanged = isDeepStrictEqual(await readBooks(world.look, shop.id), before);
    demand(unchanged, 'a refusal changed the books');
    return;
  }
  count(figures.done, step.kind);
  const after = await readBooks(world.look, shop.id);
  for (const [place, { id }] of others.entries()) {
    const same = isDeepStrictEqual(await readBooks(world.look, id), elsewhere[place]);
    demand(same, `a command of ${shop.id} changed ${id}`);
  }
  if (step.kind === 'pay') notePaid(world, before, after, plan.touches.orders);
  checkChange({ step, plan, before, after });
  await checkTrace(world, { counts, before, after });
  plan.check?.(after);
  checkBooks(world, shop, after);
}

function pickShop(world: World, step: StreamStep): { shop: Shop; others: readonly Shop[] } {
  const shop = world.shops[step.shop % world.shops.length];
  if (shop === undefined) throw new Error('no shop');
  return { shop, others: world.shops.filter((one) => one !== shop) };
}

async function sayAgain(world: World, submit: Submit, answer: unknown): Promise<void> {
  const counts = await countAll(world.look);
  const again = await submit();
  demand(again.repeated, 'a repeat had an effect of its own');
  const same = isDeepStrictEqual(again.answer, JSON.parse(JSON.stringify(answer)));
  demand(same, 'a repeat got another answer');
  demand(isDeepStrictEqual(await countAll(world.look), counts), 'a repeat wrote a row');
}

/** Several people at the very same moment, some of them twice. */
async function burst(
  world: World,
  { shop, before, index }: { shop: Shop; before: Books; index: number },
): Promise<void> {
  const unpaid = [...before.orders.values()].filter(({ state }) => state === 'awaiting_payment');
  const payment = { amountKrw: null, method: 'bank', reference: null, depositor: null } as const;
  const at = world.now.toISOString();
  const asked = asking(world, shop, 'buyer');
  const ends = await Promise.allSettled(
    unpaid.flatMap(({ id }, place): Promise<unknown>[] => {
      const paying = { ...ordering.pay(asked, id, { ...payment, at }) };
      const keyed = { ...paying, request: { key: `burst-${index}-${id}` } };
      const cancelling = { parcelIds: null, reason: null, account: null };
      if (place % 3 === 0) return [world.store.submit(keyed), world.store.submit(keyed)];
      if (place % 3 === 1) return [world.store.submit(paying), world.store.submit(paying)];
      const cancel = ordering.cancel(asked, id, cancelling);
      return [world.store.submit(paying), world.store.submit(cancel)];
    }),
  );
  for (const end of ends) {
    if (end.status === 'fulfilled' || end.reason instanceof DomainError) continue;
    throw end.reason;
  }
  notePaid(
    world,
    before,
    await readBooks(world.look, shop.id),
    unpaid.map(({ id }) => id),
  );
}

function notePaid(world: World, before: Books, after: Books, ids: readonly string[]): void {
  for (const id of ids) {
    const order = before.orders.get(id);
    if (order === undefined) continue;
    const now = after.orders.get(id);
    demand(now?.paid === order.total, `${id} was paid ${now?.paid}, due ${order.total}`);
    world.paid.set(id, order.total);
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
