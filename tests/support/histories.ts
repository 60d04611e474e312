// Generated histories of the outbox: what is owed, how the platform answers, when workers die, and how
// the clock goes. Whatever happens, each row comes to an end, and what people see stays within the rules.
import fc from 'fast-check';
import { expect } from 'vitest';
import { SendError } from '../../src/chat/bot.ts';
import { localTime } from '../../src/orders/dates.ts';
import * as ordering from '../../src/orders/ordering.ts';
import type { Store } from '../../src/orders/store.ts';
import type { SqliteStore } from '../../storage/sqlite.ts';
import { type Behaviour, openPost, type Post, SENT } from './post.ts';
import { type Farm, openFarm, TUESDAY, WEDNESDAY } from './shop.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FARMS = 3;
const UNTIL_ALL_IS_OVER_HOURS = 96;

/** How a platform answers, and whether the person sees the message all the same. */
const OUTCOMES = {
  sent: { isShown: true, answer: () => SENT },
  unavailable: { isShown: false, answer: () => new SendError('unavailable') },
  rate_limited: { isShown: false, answer: () => new SendError('rate_limited', 45_000) },
  blocked: { isShown: false, answer: () => ({ kind: 'refused', reason: 'blocked' }) as const },
  time_out: { isShown: false, answer: () => new SendError('time_out') },
  shown_late: { isShown: true, answer: () => new SendError('time_out') },
  lost_answer: { isShown: true, answer: () => new SendError('lost_answer') },
  bug: { isShown: false, answer: () => new TypeError('bug') },
} as const;
export type OutcomeName = keyof typeof OUTCOMES;
const KNOWN = ['sent', 'sent', 'sent', 'unavailable', 'rate_limited', 'blocked', 'bug'] as const;
const ANY = Object.keys(OUTCOMES) as OutcomeName[];

type Step =
  | { readonly do: 'sell' | 'move' | 'ship' | 'number'; readonly farm: number }
  | { readonly do: 'run' | 'run-both' | 'let-in' }
  | { readonly do: 'die'; readonly afterCalls: number; readonly isDone: boolean }
  | { readonly do: 'wait'; readonly ms: number };

function stepArbitrary(mayDie: boolean): fc.Arbitrary<Step> {
  const farm = fc.nat(FARMS - 1);
  const work = fc.record({
    do: fc.constantFrom('sell', 'sell', 'move', 'ship', 'number', 'number'),
    farm,
  });
  const run = fc.record({ do: fc.constantFrom('run', 'run-both', 'let-in') });
  const wait = fc.record({
    do: fc.constant('wait'),
    ms: fc.constantFrom(1000, MINUTE_MS, 20 * MINUTE_MS, 5 * HOUR_MS, -10 * MINUTE_MS),
  });
  const die = fc.record({ do: fc.constant('die'), afterCalls: fc.nat(8), isDone: fc.boolean() });
  const steps = mayDie ? [work, run, wait, die] : [work, run, wait];
  return fc.oneof(...steps) as fc.Arbitrary<Step>;
}

type Shown = {
  readonly to: string;
  readonly key: string;
  readonly text: string;
  readonly at: Date;
};

export class World {
  readonly post: Post;
  readonly farms: readonly Farm[];
  readonly shown: Shown[];
  readonly #caps = new Map<string, number>();
  #orders: { readonly id: string; readonly farm: number }[] = [];
  #numbers = 0;

  constructor(post: Post, farms: readonly Farm[], shown: Shown[]) {
    this.post = post;
    this.farms = farms;
    this.shown = shown;
  }

  async take(step: Step): Promise<void> {
    const { post } = this;
    if ('farm' in step) await this.#work(step);
    else if (step.do === 'wait') post.pass(step.ms);
    else if (step.do === 'run') await post.delivery.run();
    else if (step.do === 'let-in') await this.letIn();
    else if (step.do === 'run-both')
      await Promise.all([post.delivery.run(), post.deliveryOf().run()]);
    else if (step.do === 'die') {
      const store = dying(post.store, step);
      await post
        .deliveryOf(store)
        .run()
        .catch(() => undefined);
    }
  }

  /** Whoever has blocked us takes what we say again. */
  async letIn(): Promise<void> {
    const { store, now } = this.post;
    for (const { sender } of this.farms)
      await store.setReach({ sender, isReachable: true, now: now() });
  }

  async #work({ do: what, farm: no }: Extract<Step, { readonly farm: number }>): Promise<void> {
    const { store, now } = this.post;
    const farm = this.farms[no];
    if (farm === undefined) throw new Error('no such farm');
    const asked = { ...farm.asked('farmer'), now: now() };
    if (what === 'sell') {
      const id = `ord_${no}x${this.#orders.length}`;
      const placing = farm.placing(id);
      await store.submit({ ...placing, now: now() }).catch(() => undefined);
      if ((await store.findOrder(farm.shop.id, id)) === null) return;
      await store.submit({ ...farm.paying(id, now()), now: now() });
      this.#orders.push({ id, farm: no });
    } else if (what === 'move') {
      const cap = this.#caps.get(farm.shop.id) === 0 ? 40 : 0;
      this.#caps.set(farm.shop.id, cap);
      for (const date of [TUESDAY, WEDNESDAY])
        await store.submit(ordering.setCap(asked, { date, capBoxes: cap })).catch(() => undefined);
    } else {
      const last = this.#orders.findLast((one) => one.farm === no);
      // Of a few, so that a number is corrected back to one that was told before.
      this.#numbers += 1;
      const number = `${1_000_000_000 + no * 10 + (this.#numbers % 3)}`;
      const waybills = what === 'number' ? [number] : [];
      const shipped = { parcelIds: null, to: 'shipped', carrier: null, waybills } as const;
      if (last)
        await store.submit(ordering.advanceParcels(asked, last.id, shipped)).catch(() => undefined);
    }
  }
}

/** A store whose process dies after some calls: the last one is done or not, and nobody hears of it. */
function dying(
  store: SqliteStore,
  { afterCalls, isDone }: { readonly afterCalls: number; readonly isDone: boolean },
): SqliteStore {
  let calls = 0;
  const guarded = ['claimOutbox', 'startSending', 'settleOutbox', 'putOffOutbox'] as const;
  const over: Partial<Record<keyof Store, unknown>> = {};
  for (const name of guarded) {
    const method = store[name] as (...args: unknown[]) => Promise<unknown>;
    over[name] = async (...args: unknown[]) => {
      calls += 1;
      if (calls < afterCalls + 1) return method.apply(store, args);
      if (isDone && calls === afterCalls + 1) await method.apply(store, args);
      throw new Error('the process died');
    };
  }
  const handler: ProxyHandler<SqliteStore> = {
    get: (target, name) => {
      const value = name in over ? over[name as keyof Store] : Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  };
  return new Proxy(store, handler);
}

export async function play(
  steps: readonly Step[],
  outcomes: readonly OutcomeName[],
  dropsCopies: boolean,
): Promise<World> {
  const shown: Shown[] = [];
  let calls = 0;
  let isCalm = false;
  const behave: Behaviour = ({ to, key, reply, at }) => {
    const name = isCalm ? 'sent' : (outcomes[calls++ % outcomes.length] ?? 'sent');
    const { isShown, answer } = OUTCOMES[name];
    const isCopy = dropsCopies && shown.some((one) => one.key === key);
    if (isShown && !isCopy) shown.push({ to, key, text: reply.texts.join('\n'), at });
    return answer();
  };
  const post = await openPost(behave, { dropsCopies });
  const farms = [];
  for (let no = 0; no < FARMS; no++)
    farms.push(await openFarm(post.store, { id: `farm${no}`, platform: 'telegram' }));
  const world = new World(post, farms, shown);
  for (const step of steps) await world.take(step);
  isCalm = true;
  await world.letIn();
  for (let hours = 0; hours < UNTIL_ALL_IS_OVER_HOURS; hours++) {
    await post.delivery.run();
    if (post.rows().every(({ state }) => state !== 'due')) break;
    post.pass(HOUR_MS);
  }
  return world;
}

function isNight(at: Date): boolean {
  const { time } = localTime(at, 'Asia/Seoul');
  return time >= '21:00' || time < '08:00';
}

/** What holds in every history. */
export function mustHold({ post, shown }: World): void {
  const rows = post.rows();
  expect(rows.filter(({ state }) => !['done', 'dead', 'dropped'].includes(state))).toEqual([]);
  for (const row of rows) {
    if (row.bundle_id === null) continue;
    const leader = rows.find(({ id }) => id === row.bundle_id);
    // The words that tell it went somewhere, and they are not told by a third.
    expect(leader).toMatchObject({ bundle_id: null, person_id: row.person_id });
    expect(row.state).toBe('done');
  }
  for (const own of Map.groupBy(shown, ({ key }) => key).values())
    expect(new Set(own.map(({ text }) => text)).size).toBe(1);
  for (const { text, at } of shown) {
    if (!isNight(at)) continue;
    expect(text).not.toMatch(/출하일이 바뀌었어요|상자를 보냈어요|송장번호/);
  }
}

/** Who could be told knows the number that holds; `isOnce`: and was told none twice in a row. */
async function mustKnowWaybills(
  { post, farms, shown }: World,
  { isOnce }: { readonly isOnce: boolean },
): Promise<void> {
  const isLost = ({ kind, state }: { readonly kind: string; readonly state: string }) =>
    state === 'dead' && ['shipped', 'waybill_changed'].includes(kind);
  const lost = new Set(
    post
      .rows()
      .filter(isLost)
      .map(({ person_id }) => person_id),
  );
  for (const { shop, buyerId } of farms) {
    if (lost.has(buyerId)) continue;
    for (const order of await post.store.findOrders({ storeId: shop.id, limit: 100 })) {
      const told = shown
        .filter(({ to }) => to === `buyer-of-${shop.id}`)
        .flatMap(({ text }) => numbersTold(text, order.code));
      const [parcel] = order.parcels;
      if (isOnce)
        for (const [at, number] of told.entries())
          if (at > 0) expect(number).not.toBe(told[at - 1]);
      if (parcel?.state === 'shipped')
        expect(told.at(-1)).toBe(parcel.packages[0]?.waybill ?? null);
    }
  }
}

/** What a message says of the waybill of an order, if it says anything of it. */
function numbersTold(text: string, code: string): (string | null)[] {
  const lines = text.split('\n');
  const isNews = (line: string) => /^\S+ (?:상자를 보냈어요|송장번호)/.test(line);
  return lines.flatMap((line, at) => {
    if (!line.startsWith(`${code} `) || !isNews(line)) return [];
    const [, , waybill] = lines.slice(at, at + 3);
    return [/^송장 (\d+)$/.exec(waybill ?? '')?.[1] ?? null];
  });
}

/** Rows that are done by words of their own or of the row that tells them too. */
function toldOf(post: Post, kind: string): number {
  const ends = new Map(post.rows().map(({ id, state }) => [id, state]));
  const own = post.rows(kind).filter(({ state }) => state === 'done');
  return own.filter(({ id, bundle_id }) => ends.get(bundle_id ?? id) === 'done').length;
}

const outcomesOf = (names: readonly OutcomeName[]) =>
  fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 40 });
const stepsOf = (mayDie: boolean) =>
  fc.array(stepArbitrary(mayDie), { minLength: 5, maxLength: 30 });

/** Every outcome is known and no worker dies: each notice is told once, or not at all. */
export const calmHistory = fc.asyncProperty(
  stepsOf(false),
  outcomesOf(KNOWN),
  fc.boolean(),
  async (steps, outcomes, dropsCopies) => {
    const world = await play(steps, outcomes, dropsCopies);
    mustHold(world);
    await mustKnowWaybills(world, { isOnce: true });
    for (const own of Map.groupBy(world.shown, ({ key }) => key).values())
      expect(own).toHaveLength(1);
    const said = world.shown.map(({ text }) => text).join('\n');
    expect(said.split('입금완료!').length - 1).toBe(toldOf(world.post, 'paid'));
    await world.post.store.close();
  },
);

/** Anything may happen: at most one copy, and none where the platform drops copies. */
export const wildHistory = fc.asyncProperty(
  stepsOf(true),
  outcomesOf(ANY.filter((name) => name !== 'bug')),
  fc.boolean(),
  async (steps, outcomes, dropsCopies) => {
    const world = await play(steps, outcomes, dropsCopies);
    mustHold(world);
    await mustKnowWaybills(world, { isOnce: false });
    for (const own of Map.groupBy(world.shown, ({ key }) => key).values())
      expect(own.length).toBeLessThanOrEqual(dropsCopies ? 1 : 2);
    const copies = world.post.rows().map((row) => row.copies);
    expect(Math.max(0, ...copies)).toBeLessThanOrEqual(dropsCopies ? 0 : 1);
    await world.post.store.close();
  },
);
