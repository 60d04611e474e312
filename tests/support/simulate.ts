// One simulated history: 72 hours of a shop at which no seller says a word.
import { addDays, instantAt, localDate } from '../../src/orders/dates.ts';
import type { Policy } from '../../src/orders/shop.ts';
import { randomOf } from './random.ts';
import { faultsOf, faultsOfBooks, tellingsOf } from './sim-checks.ts';
import {
  farmDay,
  orderByApi,
  orderByChat,
  type Plan,
  recipients,
  watchDeliveries,
} from './sim-people.ts';
import { openSimWorld, type Person, type SimWorld, ZONE } from './sim-world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HOURS = 72;
/** A Monday, a Thursday before a weekend, a Wednesday whose Friday is the eve of a holiday. */
const STARTS = ['2026-07-20', '2026-07-23', '2026-08-12'];
const ORDERS_OF_ONE = 2;
/** The schedule is down for a night: what it missed is caught up, or left out. */
const DOWN_HOURS = 5;
const DOWN_FROM = { first: '16:00', hours: 13 };

const POLICY: Partial<Policy> = {
  // Small days, so that promises move; asked soon, so that it happens within the time.
  dailyCapBoxes: 30,
  askDeliveredDays: 1,
};

export type SimOptions = {
  readonly seed: number;
  /** How often the jobs look at the clock. */
  readonly lookEveryMin: number;
  readonly buyers: number;
  /** Breaks a rule on purpose, to see that it is noticed. */
  readonly spoil?: (world: SimWorld) => void | Promise<void>;
};

export type SimResult = {
  readonly faults: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
};

export async function simulate(options: SimOptions): Promise<SimResult> {
  const { seed, buyers } = options;
  const start = instantAt(STARTS[seed % STARTS.length] ?? '', '09:00', ZONE);
  const end = new Date(start.getTime() + HOURS * HOUR_MS);
  const world = await openSimWorld({ start, policy: POLICY });
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const agenda = new Agenda(end);
  const random = randomOf(seed);
  const plan: Plan = {
    world,
    random,
    count,
    at: (at, act) => at >= world.now() && agenda.add(at, act),
  };
  try {
    await options.spoil?.(world);
    planLooks(plan, { ...options, start, end });
    const people = await populate(plan, { buyers, start, end });
    for (let next = agenda.take(); next !== null; next = agenda.take()) {
      world.setNow(next.at);
      await next.act();
    }
    // What waits for a contact is told now, so that all that happened was told.
    for (const person of people) await hearAll(world, person);
    for (const { what } of tellingsOf(world.seen)) count(`told: ${what}`);
    return { faults: await faultsOf(world), counts };
  } finally {
    await world.close();
  }
}

type Act = () => Promise<void>;

/** What is to be done when, in order; what comes at the same moment in the order it was added. */
export class Agenda {
  readonly #end: Date;
  readonly #acts = new Map<number, Act[]>();

  constructor(end: Date) {
    this.#end = end;
  }

  add(at: Date, act: Act): boolean {
    if (at > this.#end) return false;
    this.#acts.set(at.getTime(), [...(this.#acts.get(at.getTime()) ?? []), act]);
    return true;
  }

  take(): { readonly at: Date; readonly act: Act } | null {
    if (this.#acts.size === 0) return null;
    let first = Number.POSITIVE_INFINITY;
    for (const time of this.#acts.keys()) if (time < first) first = time;
    const [act, ...rest] = this.#acts.get(first) ?? [];
    if (rest.length === 0) this.#acts.delete(first);
    else this.#acts.set(first, rest);
    return act === undefined ? null : { at: new Date(first), act };
  }
}

/** The schedule looks at the clock again and again, but for one night of every second history. */
function planLooks(
  { world, at, random, count }: Plan,
  { seed, lookEveryMin, start, end }: SimOptions & { readonly start: Date; readonly end: Date },
): void {
  const evening = instantAt(
    addDays(localDate(start, ZONE), random.whole(0, 2)),
    DOWN_FROM.first,
    ZONE,
  );
  const from = evening.getTime() + random.next() * (DOWN_FROM.hours - DOWN_HOURS) * HOUR_MS;
  const isDown = (time: number) =>
    seed % 2 === 0 && time >= from && time < from + DOWN_HOURS * HOUR_MS;
  for (let time = start.getTime(); time <= end.getTime(); time += lookEveryMin * MINUTE_MS)
    if (!isDown(time)) at(new Date(time), world.look);
  for (let date = localDate(start, ZONE); date <= localDate(end, ZONE); date = addDays(date, 1))
    at(instantAt(date, '23:30', ZONE), async () => {
      const [fault] = await faultsOfBooks(world);
      if (fault !== undefined) throw new Error(`${date}: ${fault}`);
      count('books checked');
    });
}

async function populate(
  plan: Plan,
  { buyers, start, end }: { buyers: number; start: Date; end: Date },
): Promise<readonly Person[]> {
  const { world, random, at } = plan;
  const farmer: Person = { name: 'farmer', platform: 'telegram' };
  await world.hire(farmer, 'farmer');
  for (let date = localDate(start, ZONE); date <= localDate(end, ZONE); date = addDays(date, 1))
    farmDay(plan, farmer, date);
  const newRecipient = recipients();
  const sometime = () => new Date(start.getTime() + random.next() * HOURS * HOUR_MS);
  const people: Person[] = [];
  for (let index = 0; index < buyers; index++) {
    const platform = index % 2 === 0 ? 'telegram' : 'kakao';
    const person: Person = { name: `buyer${index}`, platform };
    people.push(person);
    for (let orders = 0; orders < ORDERS_OF_ONE; orders++)
      at(sometime(), orderByChat(plan, person, newRecipient));
    const answer = watchDeliveries(plan, person);
    for (let hours = 25; hours < HOURS; hours += 3)
      at(new Date(start.getTime() + (hours + random.next()) * HOUR_MS), answer);
  }
  for (let orders = 0; orders < buyers / 2; orders++)
    at(sometime(), orderByApi(plan, newRecipient));
  return people;
}

const CONTACTS_MAX = 20;
const BETWEEN_MESSAGES_MS = 10_000;

export async function hearAll(world: SimWorld, person: Person): Promise<void> {
  const sender = { platform: person.platform, bot: 'bot', user: person.name };
  for (let contacts = 0; contacts < CONTACTS_MAX; contacts++) {
    const { held } = await world.store.findTurn(sender, null);
    if (held.length === 0) return;
    world.setNow(new Date(world.now().getTime() + BETWEEN_MESSAGES_MS));
    await world.say(person, '안녕하세요');
  }
  throw new Error(`${person.name} still has notices waiting`);
}
