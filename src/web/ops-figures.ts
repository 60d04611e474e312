// What an operator sees of the whole installation, put together from the storage's own cheap statements and
// from what this process counted. Nobody's name and nobody's words are among it.
import type { Letter, PlacedCount, QueueFigures, Store } from '../orders/store.ts';
import { FLOW_MINUTES, type Lane, type Minute, minuteOf } from './flow.ts';
import type { Live } from './live.ts';
import type { Meter } from './meter.ts';

const LETTERS_MAX = 50;
/** Stores and platforms shown apart, the busiest first. */
const LANES_SHOWN = 20;
/** Any number of open pages cost no more than one that looks this often. */
const FRESH_MS = 2_000;
const MINUTE_MS = 60_000;
/** The schedule looks every minute; a run may take a while. */
const JOB_LATE_MS = 3 * MINUTE_MS;

export type JobSeen = {
  readonly name: string;
  readonly lookedAt: Date | null;
  readonly ran: { readonly at: Date; readonly slot: string } | null;
  readonly dueSince: Date | null;
  readonly failure: string | null;
};

/** What the wiring knows of the process. */
export type Running = {
  readonly since: Date;
  readonly version: string;
  readonly engine: string;
  readonly timeZone: string;
  readonly jobs: () => readonly JobSeen[];
};

export const PASSAGES = ['messages', 'orders', 'notices'] as const;
/** How many in each minute of the last hour, the present one last. */
export type Series = Readonly<Record<(typeof PASSAGES)[number], readonly number[]>>;

export type LaneFlow = Lane & { readonly name: string | null; readonly series: Series };

export type Job = JobSeen & { readonly standing: 'fine' | 'late' | 'failed' | 'new' };

export type Figures = {
  readonly at: Date;
  readonly queue: QueueFigures;
  /** The oldest first; there may be more than are shown. */
  readonly letters: readonly Letter[];
  readonly total: Series;
  readonly lanes: readonly LaneFlow[];
  readonly others: { readonly lanes: number; readonly series: Series } | null;
  readonly jobs: readonly Job[];
  readonly running: Omit<Running, 'jobs'> & {
    readonly openPages: number;
    readonly memoryBytes: number;
    readonly incidents: number;
  };
};

export type ReadFigures = (may?: { readonly beOld: boolean }) => Promise<Figures>;

type Sources = {
  readonly store: Pick<Store, 'queueFigures' | 'listOutbox' | 'countPlaced' | 'findShop'>;
  readonly now: () => Date;
  readonly meter: Meter;
  readonly live: Pick<Live, 'count'>;
  readonly running: Running;
};

/** For a server that nobody told anything of itself. */
export function unknownRunning(since: Date): Running {
  return { since, version: '', engine: '', timeZone: 'Asia/Seoul', jobs: () => [] };
}

export function opsFigures(sources: Sources): ReadFigures {
  let last: { readonly at: number; readonly figures: Promise<Figures> } | null = null;
  return ({ beOld } = { beOld: false }) => {
    if (beOld && last !== null && performance.now() - last.at < FRESH_MS) return last.figures;
    const figures = readFigures(sources);
    last = { at: performance.now(), figures };
    return figures;
  };
}

async function readFigures(sources: Sources): Promise<Figures> {
  const { store, now, meter, live, running } = sources;
  const at = now();
  const since = new Date((minuteOf(at) - FLOW_MINUTES + 1) * MINUTE_MS);
  const [queue, letters, placed] = await Promise.all([
    store.queueFigures(at),
    store.listOutbox({ state: 'dead', limit: LETTERS_MAX }),
    store.countPlaced(since),
  ]);
  const lanes = lanesOf(meter.flow.lastHour(at), placed, at);
  const { jobs, ...process } = running;
  return {
    at,
    queue,
    letters,
    total: sumOf(lanes.map(({ series }) => series)),
    lanes: await Promise.all(
      lanes.slice(0, LANES_SHOWN).map(async (lane) => ({
        ...lane,
        name: (await store.findShop(lane.storeId))?.name ?? null,
      })),
    ),
    others: othersOf(lanes.slice(LANES_SHOWN)),
    jobs: jobs().map((job) => ({ ...job, standing: standingOf(job, at) })),
    running: {
      ...process,
      openPages: live.count(),
      memoryBytes: globalThis.process.memoryUsage.rss(),
      incidents: meter.events.get('web.failed') ?? 0,
    },
  };
}

type Counted = Lane & { readonly series: Readonly<Record<(typeof PASSAGES)[number], number[]>> };

function lanesOf(passed: readonly Minute[], placed: readonly PlacedCount[], at: Date): Counted[] {
  const lanes = new Map<string, Counted>();
  const first = minuteOf(at) - FLOW_MINUTES + 1;
  const add = (lane: Lane, minute: number, counts: Partial<Record<keyof Series, number>>) => {
    const index = minute - first;
    if (index < 0 || index >= FLOW_MINUTES) return;
    const { storeId, platform } = lane;
    const key = JSON.stringify([storeId, platform]);
    const counted = lanes.get(key) ?? { storeId, platform, series: newSeries() };
    for (const passage of PASSAGES)
      counted.series[passage][index] =
        (counted.series[passage][index] ?? 0) + (counts[passage] ?? 0);
    lanes.set(key, counted);
  };
  for (const { minute, messages, notices, ...lane } of passed)
    add(lane, minute, { messages, notices });
  for (const { minute, orders, ...lane } of placed)
    add(lane, minuteOf(new Date(`${minute}:00Z`)), { orders });
  return [...lanes.values()].sort((a, b) => busyness(b.series) - busyness(a.series));
}

function newSeries(): Counted['series'] {
  const none = () => new Array<number>(FLOW_MINUTES).fill(0);
  return { messages: none(), orders: none(), notices: none() };
}

function busyness(series: Series): number {
  return PASSAGES.reduce((sum, passage) => sum + sumUp(series[passage]), 0);
}

export function sumUp(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function sumOf(all: readonly Series[]): Series {
  const sum = newSeries();
  for (const series of all)
    for (const passage of PASSAGES)
      for (const [index, count] of series[passage].entries())
        sum[passage][index] = (sum[passage][index] ?? 0) + count;
  return sum;
}

function othersOf(lanes: readonly Counted[]): Figures['others'] {
  return lanes.length === 0
    ? null
    : { lanes: lanes.length, series: sumOf(lanes.map(({ series }) => series)) };
}

/** Late is also what nobody looks at any more. */
function standingOf({ lookedAt, dueSince, failure }: JobSeen, at: Date): Job['standing'] {
  if (failure !== null) return 'failed';
  const isLate = (since: Date) => at.getTime() - since.getTime() > JOB_LATE_MS;
  if (lookedAt === null) return 'new';
  return isLate(lookedAt) || (dueSince !== null && isLate(dueSince)) ? 'late' : 'fine';
}
