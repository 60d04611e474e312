// Streams of commands over two stores with a moving clock, run through a real store; after every
// step the books are counted and compared with what the rules allow.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { addDays, instantAt, localTime } from '../../src/orders/dates.ts';
import { DomainError } from '../../src/orders/errors.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Shop } from '../../src/orders/shop.ts';
import { type Counts, countAll } from './engine.ts';
import {
  askDoctor,
  checkBooks,
  checkChange,
  checkLateRoom,
  checkTrace,
  compareFinders,
} from './stream-checks.ts';
import { checkLists } from './stream-lists.ts';
import { checkMoves, checkTold } from './stream-moves.ts';
import { asking, type Plan, planFor, type Submit } from './stream-steps.ts';
import { noteLeft } from './stream-undo.ts';
import { checkWaybills } from './stream-waybills.ts';
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

/** What often comes at once, in so many of four cases. */
const FOLLOWED_BY: Readonly<
  Partial<Record<Kind, { readonly kind: Kind; readonly ofFour: number }>>
> = {
  place: { kind: 'pay', ofFour: 3 },
  change: { kind: 'settle', ofFour: 2 },
  expire: { kind: 'revive', ofFour: 2 },
  report: { kind: 'undo', ofFour: 2 },
  number: { kind: 'undo', ofFour: 1 },
  cut: { kind: 'undo', ofFour: 2 },
  cap: { kind: 'undo', ofFour: 1 },
};

const HOUR_MS = 3_600_000;

const STEPS_MAX = 60;

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
  /** Parcels whose buyers heard of other waybills. */
  renumbered: number;
};

export function newFigures(): StreamFigures {
  return { steps: 0, refused: new Map(), done: new Map(), renumbered: 0 };
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
      const next = FOLLOWED_BY[step.kind];
      if (next !== undefined && step.c % 4 < next.ofFour)
        await takeStep(world, { ...step, kind: next.kind }, index, figures);
      for (const behind of world.shops.keys())
        if (world.behind.has(world.shops[behind]?.id ?? ''))
          await takeStep(world, { ...step, kind: 'policy', shop: behind }, index, figures);
      figures.steps += 1;
      if (index % DOCTOR_EVERY === DOCTOR_EVERY - 1) await askDoctor(world.store);
    }
    await askDoctor(world.store);
    await compareFinders(world);
    figures.renumbered += world.renumbered;
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
    world.now = afterTick(world.now, shop, step);
    return;
  }
  const before = await readBooks(world.look, shop.id);
  if (step.kind === 'burst') {
    await burst(world, { shop, before, index });
    const after = await readBooks(world.look, shop.id);
    checkBooks(world, shop, { kind: 'burst', before, after });
    await checkLists(world, { storeId: shop.id, books: after, isOne: false });
    return;
  }
  const plan = planFor(world, { shop, before, step, index });
  if (plan === null) return;
  const elsewhere = await Promise.all(others.map(({ id }) => readBooks(world.look, id)));
  const counts = await countAll(world.look);
  const isAgain = step.again && plan.isOnce !== true;
  const request = isAgain ? { key: `key-${index}-${step.kind}-${shop.id}` } : undefined;
  try {
    const first = await plan.submit(request);
    if (isAgain) await sayAgain(world, () => plan.submit(request), first.answer);
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
  await checkStep(world, { plan, step, counts, before, after });
}

/** All that must hold of what one step made of the books. */
async function checkStep(
  world: World,
  {
    plan,
    step,
    counts,
    before,
    after,
  }: { plan: Plan; step: StreamStep; counts: Counts; before: Books; after: Books },
): Promise<void> {
  const { shop } = pickShop(world, step);
  const { kind } = step;
  const { date: today } = localTime(world.now, shop.policy.timeZone);
  checkChange({ step, plan, before, after });
  checkMoves({ kind, shop, today, before, after });
  await checkTrace(world, { kind, counts, before, after });
  await checkTold(world, { kind, shop, today, before, after, counts });
  await checkWaybills(world, { since: counts.last_outbox ?? 0, kind, after });
  plan.check?.(after);
  noteLeft(world, shop.id, after);
  checkBooks(world, shop, { kind, before, after });
  checkLateRoom(world, shop, { plan, before, after });
  await checkLists(world, { storeId: shop.id, books: after, isOne: true });
}

/** Some hours, some days, or just until the minute from which on a day is late. */
function afterTick(now: Date, { policy }: Shop, { a, b }: StreamStep): Date {
  if (a % 4 === 0) return new Date(now.getTime() + (1 + (b % 5)) * 24 * HOUR_MS);
  if (a % 4 !== 1) return new Date(now.getTime() + (1 + (a % 20)) * HOUR_MS + b * 1_000);
  const { date, time } = localTime(now, policy.timeZone);
  const late = policy.cutoffAt ?? policy.listAt;
  return instantAt(time < late ? date : addDays(date, 1), late, policy.timeZone);
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
    const whole = order.total + order.refunded;
    demand(now?.paid === whole, `${id} was paid ${now?.paid}, due ${whole}`);
    world.paid.set(id, whole);
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
