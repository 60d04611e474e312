// Histories of money: orders, deposits told by several sources, answers and their undoing, cancels, refunds
// and late money. Beside the shop runs a bank that only counts; after every step both must agree.
import { DomainError } from '../../src/orders/errors.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Shop } from '../../src/orders/shop.ts';
import { answerDeposit } from '../../src/payments/answering.ts';
import { bookDeposits } from '../../src/payments/booking.ts';
import type { Deposit, SeenDeposit } from '../../src/payments/store.ts';
import { openWatched, type Watched } from './engine.ts';
import { type Random, randomOf } from './random.ts';
import { MONDAY_NOON, openFarm, requestFor } from './shop.ts';

const STEPS = 30;
const NAMES = ['김영희', '박철수', '이순자', '최민수', '남궁민수'];
const HOUR_MS = 3_600_000;
const DOCTOR_EVERY = 10;

export type MoneyFigures = { steps: number; readonly done: Map<string, number> };

export function newMoneyFigures(): MoneyFigures {
  return { steps: 0, done: new Map() };
}

/** What the bank knows: what came in, and what the seller sent out. */
type Bank = { balanceKrw: number; inKrw: number; outKrw: number; readonly seen: SeenDeposit[] };

type World = {
  readonly watched: Watched;
  readonly shop: Shop;
  readonly buyerId: string;
  readonly random: Random;
  readonly bank: Bank;
  readonly orders: string[];
  now: Date;
};

/** Throws at the first step after which the books and the bank differ. */
export async function runMoneyStream(seed: number, figures: MoneyFigures): Promise<void> {
  const watched = await openWatched();
  try {
    const { shop, buyerId } = await openFarm(watched.store);
    const bank = { balanceKrw: 1_000_000, inKrw: 0, outKrw: 0, seen: [] };
    const random = randomOf(seed);
    const world: World = { watched, shop, buyerId, random, bank, orders: [], now: MONDAY_NOON };
    for (let step = 0; step < STEPS; step++) {
      const act = pick(random, ACTS);
      const did = await take(world, act).catch((error: unknown) => {
        throw new Error(`seed ${seed}, step ${step}, ${act}`, { cause: error });
      });
      if (did) figures.done.set(act, (figures.done.get(act) ?? 0) + 1);
      figures.steps += 1;
      const fault = await faultIn(world, step % DOCTOR_EVERY === DOCTOR_EVERY - 1);
      if (fault !== null) throw new Error(`seed ${seed}, step ${step}, ${act}: ${fault}`);
    }
  } finally {
    await watched.close();
  }
}

const ACTS = [
  ...['place', 'place', 'place', 'exact', 'exact', 'exact', 'under', 'over', 'stranger'],
  ...['again', 'again', 'answer', 'answer', 'undo', 'cancel', 'refund', 'expire', 'hand'],
  ...['split', 'together'],
] as const;
export type MoneyAct = (typeof ACTS)[number];

function pick<T>(random: Random, from: readonly T[]): T {
  const one = from[random.whole(0, from.length - 1)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

/** Answers whether it did something; a refusal is none. */
async function take(world: World, act: MoneyAct): Promise<boolean> {
  world.now = new Date(world.now.getTime() + world.random.whole(1, 90) * 60_000);
  try {
    return await DOING[act](world);
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

const DOING: Readonly<Record<MoneyAct, (world: World) => Promise<boolean>>> = {
  place,
  exact: (world) => transfer(world, (due) => [due]),
  under: (world) => transfer(world, (due) => [due - 1000 * world.random.whole(1, 9)]),
  over: (world) => transfer(world, (due) => [due + 1000 * world.random.whole(1, 9)]),
  split: (world) => transfer(world, (due) => [20_000, due - 20_000]),
  together: twoOrdersAtOnce,
  stranger: (world) =>
    come(world, [{ name: '모르는사람', amountKrw: 1000 * world.random.whole(1, 90) }]),
  again,
  answer,
  undo,
  cancel,
  refund,
  expire,
  hand,
};

async function place(world: World): Promise<boolean> {
  const { watched, shop, buyerId, random, orders, now } = world;
  const id = `ord_${orders.length + 1}`;
  const boxes = random.whole(1, 4);
  const depositor = random.chance(0.8) ? pick(random, NAMES) : null;
  const request = { ...requestFor({ items: [{ product: 'peach-4kg', boxes }] }), depositor };
  await watched.store.submit(ordering.place({ shop, now, who: 'buyer' }, { id, buyerId, request }));
  orders.push(id);
  return true;
}

async function someOrder({ watched, random, orders }: World) {
  if (orders.length === 0) return null;
  return watched.store.findOrder('peach', pick(random, orders));
}

type Sum = { readonly name: string; readonly amountKrw: number };

/** Real money: each of these comes in once, whatever is told of it. */
async function come(world: World, sums: readonly Sum[]): Promise<boolean> {
  const { bank, now } = world;
  const rows = sums.filter(({ amountKrw }) => amountKrw > 0);
  const seen = rows.map(({ name, amountKrw }, nth): SeenDeposit => {
    bank.inKrw += amountKrw;
    bank.balanceKrw += amountKrw;
    const at = new Date(now.getTime() + nth * 1000).toISOString();
    const known = { at, name, amountKrw, balanceKrw: bank.balanceKrw, memo: null };
    return { ...known, source: 'notice', sourceId: null, nth: 0, precision: 'second' };
  });
  bank.seen.push(...seen);
  await tell(world, seen);
  return seen.length > 0;
}

async function tell({ watched, shop, now }: World, seen: readonly SeenDeposit[]): Promise<void> {
  await bookDeposits(watched, seen, { shop, now, who: 'system' });
}

async function transfer(world: World, parts: (due: number) => readonly number[]): Promise<boolean> {
  const order = await someOrder(world);
  if (order === null) return false;
  const { random } = world;
  const due = Math.max(1000, order.totalKrw - order.paidKrw + order.refundedKrw);
  const own = `${order.depositor ?? '김영희'}${random.chance(0.5) ? order.code.slice(-3) : ''}`;
  const name = random.chance(0.85) ? own : pick(random, NAMES);
  return come(
    world,
    parts(due).map((amountKrw) => ({ name, amountKrw })),
  );
}

async function twoOrdersAtOnce(world: World): Promise<boolean> {
  const [one, other] = [await someOrder(world), await someOrder(world)];
  if (one === null || other === null || one.id === other.id) return false;
  const name = `${one.code.replace('-', '')} ${other.code.replace('-', '')}`;
  return come(world, [{ name, amountKrw: one.totalKrw + other.totalKrw }]);
}

/** The same money told once more: by the same source, or by a statement without the seconds. */
async function again(world: World): Promise<boolean> {
  const { bank, random } = world;
  if (bank.seen.length === 0) return false;
  const one = pick(random, bank.seen);
  const asRow: SeenDeposit = { ...one, source: 'file', sourceId: 'july.csv', precision: 'minute' };
  await tell(world, [random.chance(0.5) ? one : asRow]);
  return true;
}

async function someDeposit({ watched, random }: World, isOpen: boolean): Promise<Deposit | null> {
  const all = await watched.store.findDeposits({ storeId: 'peach', limit: 100 });
  const fit = all.filter(({ state }) => (state === 'asked') === isOpen);
  return fit.length === 0 ? null : pick(random, fit);
}

async function answer(world: World): Promise<boolean> {
  const { watched, shop, random, now } = world;
  const deposit = await someDeposit(world, true);
  const order = await someOrder(world);
  if (deposit === null) return false;
  const [likeliest = null] = deposit.orderIds;
  const orderId = random.chance(0.8) ? likeliest : (order?.id ?? null);
  const said =
    orderId === null || random.chance(0.15)
      ? ({ kind: 'none' } as const)
      : random.chance(0.25)
        ? ({ kind: 'refund', orderId } as const)
        : ({ kind: 'orders', orderIds: [orderId] } as const);
  await answerDeposit(watched, deposit, { shop, now, who: 'seller', answer: said });
  return true;
}

async function undo(world: World): Promise<boolean> {
  const { watched, shop, now } = world;
  const deposit = await someDeposit(world, false);
  if (deposit === null) return false;
  const asked = { shop, now, who: 'seller', answer: { kind: 'undo' } } as const;
  return (await answerDeposit(watched, deposit, asked)) !== null;
}

async function cancel(world: World): Promise<boolean> {
  const { watched, shop, now } = world;
  const order = await someOrder(world);
  if (order === null) return false;
  const whole = { parcelIds: null, reason: null, account: null };
  await watched.store.submit(ordering.cancel({ shop, now, who: 'buyer' }, order.id, whole));
  return true;
}

/** The seller sends the money of a refund: the bank counts it out. */
async function refund(world: World): Promise<boolean> {
  const { watched, shop, now, bank } = world;
  const order = await someOrder(world);
  const refunds = order && (await watched.store.findRefunds('peach', order.id));
  const open = refunds?.find(({ state }) => state === 'due' || state === 'needs_account');
  if (!order || !open) return false;
  await watched.store.submit(
    ordering.refundDone({ shop, now, who: 'seller' }, order.id, [open.id]),
  );
  bank.outKrw += open.amountKrw;
  bank.balanceKrw -= open.amountKrw;
  return true;
}

async function expire(world: World): Promise<boolean> {
  const { watched, shop } = world;
  world.now = new Date(world.now.getTime() + world.random.whole(1, 30) * HOUR_MS);
  const due = await watched.store.findExpired(world.now, 100);
  const asked = { shop, now: world.now, who: 'system' } as const;
  for (const { orderId } of due) await watched.store.submit(ordering.expire(asked, orderId));
  return due.length > 0;
}

/** Confirmed by hand before the bank tells of it, which it does later. */
async function hand(world: World): Promise<boolean> {
  const { watched, shop, now } = world;
  const order = await someOrder(world);
  if (order === null || order.depositor === null || order.paidKrw > 0) return false;
  const money = { amountKrw: null, method: 'manual', reference: null, depositor: null } as const;
  const paying = ordering.pay({ shop, now, who: 'seller' }, order.id, {
    ...money,
    at: now.toISOString(),
  });
  await watched.store.submit(paying);
  return come(world, [{ name: order.depositor, amountKrw: order.totalKrw }]);
}

type Sums = {
  readonly paid: number;
  readonly refunded: number;
  readonly untied: number;
  readonly loose: number;
  readonly deposits: number;
};

/** Every won that came in is on an order or waits for an answer; every won that went out was a refund's. */
async function faultIn({ watched, bank }: World, withDoctor: boolean): Promise<string | null> {
  const [sums] = (await watched.look(
    `SELECT
       (SELECT coalesce(sum(paid_krw), 0) FROM orders) AS paid,
       (SELECT coalesce(sum(refunded_krw), 0) FROM orders) AS refunded,
       (SELECT coalesce(sum(amount_krw), 0) FROM ledger
          WHERE method = 'manual' AND kind = 'payment' AND deposit_id IS NULL) AS untied,
       (SELECT coalesce(sum(amount_krw), 0) FROM deposits WHERE state <> 'booked') AS loose,
       (SELECT count(*) FROM deposits) AS deposits`,
  )) as [Sums];
  const [paid, refunded, untied, loose, deposits] = [
    ...[sums.paid, sums.refunded, sums.untied, sums.loose, sums.deposits].map(Number),
  ] as [number, number, number, number, number];
  if (deposits !== bank.seen.length)
    return `${bank.seen.length} deposits came in, ${deposits} are in the books`;
  if (refunded !== bank.outKrw) return `${bank.outKrw} won went out, the books say ${refunded}`;
  if (paid - untied + loose !== bank.inKrw)
    return `${bank.inKrw} won came in, the books say ${paid} - ${untied} + ${loose}`;
  if (!withDoctor) return null;
  const faults = (await watched.store.doctor()).filter(({ ok }) => !ok);
  return faults.length === 0 ? null : JSON.stringify(faults);
}
