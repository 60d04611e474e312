// Giving a season's waiting parcels their dates, and moving them, against sorting and summing the same rows.
import { addDays } from '../src/orders/dates.ts';
import type { Calendar } from '../src/orders/day.ts';
import { type Plan, planCap, planWaiting } from '../src/orders/harvest.ts';
import { byDeposit, type Slot } from '../src/orders/queue.ts';
import { DEFAULT_POLICY, NEW_PRODUCT, type Product, type Shop } from '../src/orders/shop.ts';
import { interleave, median } from './measure.ts';

const PARCELS = 5_000;
const DAYS = 60;
const ROUNDS = 15;
const WARM_UP = 10;
const TODAY = '2026-07-20';
const NOW = new Date('2026-07-19T20:00:00Z');

/** Room for all of them, and a farm that is sold out long before the last. */
const ROOMY = 300;
const SHORT = 40;

export async function benchPlanner(): Promise<string[]> {
  const lines: string[] = [];
  for (const capBoxes of [ROOMY, SHORT]) {
    const calendar = calendarOf(capBoxes);
    const waiting = slots();
    const plan = planWaiting(calendar, waiting);
    lines.push(
      await measured(`${PARCELS} wait, ${capBoxes} boxes a day, ${plan.moves.length} get a date`, {
        plan: () => planWaiting(calendar, waiting),
        rows: waiting,
      }),
    );
    const placed = settled(waiting, plan);
    const after = { ...calendar, days: plan.days };
    const last = addDays(TODAY, DAYS - 1);
    lines.push(
      await measured(`the first day falls to 0 boxes, cap ${capBoxes}`, {
        plan: () => planCap(after, TODAY, 0, { here: on(placed, TODAY), later: placed }),
        rows: placed,
      }),
      await measured(`the first day rises by 100 boxes, cap ${capBoxes}`, {
        plan: () =>
          planCap(after, TODAY, capBoxes + 100, { here: on(placed, TODAY), later: placed }),
        rows: placed,
      }),
    );
    if (plan.days.size === 0) throw new Error(`nothing was planned up to ${last}`);
  }
  return lines;
}

async function measured(
  name: string,
  { plan, rows }: { plan: () => Plan; rows: readonly Slot[] },
): Promise<string> {
  for (let round = 0; round < WARM_UP; round++) sumUp(rows) + plan().moves.length;
  const rounds = await interleave(ROUNDS, {
    subject: async () => timed(plan),
    peer: async () => timed(() => sumUp(rows)),
  });
  const ratios = rounds.map(({ subject, peer }) => subject / peer);
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  const [subject, peer] = (['subject', 'peer'] as const).map((of) =>
    median(rounds.map((round) => round[of])).toFixed(1),
  );
  return `${name}: ${median(ratios).toFixed(2)} of sorting and summing the same rows (${spread}, n=${ROUNDS}; goal ≤ 3); ${subject} ms against ${peer} ms`;
}

/** In deposit order, boxes of each product and of each date. */
function sumUp(rows: readonly Slot[]): number {
  const sums = new Map<string, number>();
  for (const { items, harvestDate } of [...rows].sort(byDeposit))
    for (const { product, boxes } of items)
      for (const key of [product, harvestDate ?? '']) sums.set(key, (sums.get(key) ?? 0) + boxes);
  return sums.size;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function settled(waiting: readonly Slot[], plan: Plan): Slot[] {
  const dates = new Map(plan.moves.map(({ slot, to }) => [slot.parcelId, to]));
  return waiting.map((slot): Slot => {
    const harvestDate = dates.get(slot.parcelId) ?? null;
    return { ...slot, harvestDate, state: harvestDate === null ? 'waiting' : 'scheduled' };
  });
}

function on(placed: readonly Slot[], date: string): Slot[] {
  return placed.filter(({ harvestDate }) => harvestDate === date);
}

function slots(): Slot[] {
  return Array.from({ length: PARCELS }, (_, n): Slot => {
    // As they come out of a table that knows no order.
    const place = (n * 7_919) % PARCELS;
    const items = [{ product: n % 7 === 0 ? 'plum' : 'peach', boxes: 1 + (n % 4) }];
    if (n % 11 === 0) items.push({ product: 'plum', boxes: 1 });
    return {
      parcelId: `par_${String(n).padStart(5, '0')}-1`,
      orderId: `ord_${n}`,
      buyerId: `per_${n}`,
      items,
      boxes: items.reduce((sum, { boxes }) => sum + boxes, 0),
      wanted: n % 10 === 0 ? { date: addDays(TODAY, n % DAYS), kind: 'arrive' } : null,
      state: 'waiting',
      harvestDate: null,
      depositedAt: new Date(NOW.getTime() - (PARCELS - (place >> 1)) * 60_000).toISOString(),
      bookingSeq: place,
      row: null,
    };
  });
}

function calendarOf(capBoxes: number): Calendar {
  const product = (id: string, over: Partial<Product> = {}): Product => ({
    ...NEW_PRODUCT,
    id,
    name: id,
    priceKrw: 35_000,
    ...over,
  });
  const shop: Shop = {
    id: 'peach',
    name: 'peach',
    state: 'open',
    business: null,
    products: [product('peach'), product('plum', { dailyCapBoxes: capBoxes / 4 })],
    holidays: new Set(['2026-08-17']),
    policy: { ...DEFAULT_POLICY, dailyCapBoxes: capBoxes, horizonDays: DAYS },
  };
  return { shop, days: new Map(), now: NOW };
}
