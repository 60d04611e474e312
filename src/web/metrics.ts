// The figures in the form Prometheus reads. Loaded at the first scrape.
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { EVENT_NAMES } from '../orders/change.ts';
import type { QueueFigures, Store } from '../orders/store.ts';
import { BUCKET_SECONDS, type Meter } from './meter.ts';

export type Metrics = { readonly contentType: string; readonly render: () => Promise<string> };

const MS = 1000;

export function createMetrics({
  meter,
  store,
  queueFigures,
}: {
  readonly meter: Meter;
  readonly store: Pick<Store, 'countEvents'>;
  readonly queueFigures: (() => Promise<QueueFigures>) | null;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addCounts(registry, meter);
  addPushes(registry, meter);
  const countNews = orderCounter(registry, store);
  const queue = queueFigures && { read: queueFigures, show: queueGauges(registry) };
  return {
    contentType: registry.contentType,
    render: async () => {
      await countNews();
      if (queue !== null) queue.show(await queue.read());
      return `${await registry.metrics()}\n${callsText(meter)}`;
    },
  };
}

function addCounts(registry: Registry, { refusals, events }: Meter): void {
  const rows = [
    {
      name: 'sanji_http_refusals_total',
      help: 'Refused calls by code',
      label: 'code',
      counts: refusals,
    },
    {
      name: 'sanji_incidents_total',
      help: 'Refused links and codes, and failures of ours',
      label: 'event',
      counts: events,
    },
  ];
  for (const { name, help, label, counts } of rows)
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const [value, count] of counts) this.inc({ [label]: value }, count);
      },
    });
}

/** Handed over, and at what price: what a route gives back for a failure is not taken off. */
function addPushes(registry: Registry, { pushes }: Meter): void {
  const common = { labelNames: ['route'], registers: [registry] };
  new Counter({
    ...common,
    name: 'sanji_push_messages_total',
    help: 'Messages handed over to a route that takes money',
    collect() {
      this.reset();
      for (const [route, { messages }] of pushes) this.inc({ route }, messages);
    },
  });
  new Counter({
    ...common,
    name: 'sanji_push_won_total',
    help: 'What they cost, in won with tax',
    collect() {
      this.reset();
      for (const [route, { krw }] of pushes) this.inc({ route }, krw);
    },
  });
}

/** Counts what happened to orders, whoever did it; the history of before the first look is not read. */
function orderCounter(registry: Registry, store: Pick<Store, 'countEvents'>): () => Promise<void> {
  const counter = new Counter({
    name: 'sanji_order_events_total',
    help: 'What happened to orders since the figures were first asked for',
    labelNames: ['event'],
    registers: [registry],
  });
  for (const event of EVENT_NAMES) counter.inc({ event }, 0);
  let seen: number | null = null;
  const countNews = async () => {
    const { last, counts } = await store.countEvents(seen);
    for (const [event, count] of Object.entries(counts)) counter.inc({ event }, count);
    seen = last;
  };
  // One after another, so that two who look at the same moment count nothing twice.
  let tail: Promise<void> = Promise.resolve();
  return () => {
    tail = tail.then(countNews, countNews);
    return tail;
  };
}

/** Answers how to bring the gauges up to date. */
function queueGauges(registry: Registry): (figures: QueueFigures) => void {
  const common = { labelNames: ['state'], registers: [registry] };
  const messages = new Gauge({
    ...common,
    name: 'sanji_outbox_messages',
    help: 'Messages owed to people by state: due, held for the next contact, dead',
  });
  const age = new Gauge({
    ...common,
    name: 'sanji_outbox_oldest_seconds',
    help: 'Age of the oldest message by state',
  });
  return ({ due, held, dead, ...oldest }) => {
    messages.set({ state: 'due' }, due);
    messages.set({ state: 'held' }, held);
    messages.set({ state: 'dead' }, dead);
    age.set({ state: 'due' }, oldest.oldestDueAgeMs / MS);
    age.set({ state: 'held' }, oldest.oldestHeldAgeMs / MS);
    age.set({ state: 'dead' }, oldest.oldestDeadAgeMs / MS);
  };
}

const CALLS = 'sanji_http_request_duration_seconds';

/**
 * The meter has counted since the start, while a histogram of the library could only begin now: these
 * lines are written by hand. No label needs escaping, for each comes from a closed list.
 */
function callsText({ series }: Meter): string {
  const lines = [
    `# HELP ${CALLS} Time from a request to the end of its answer, by route pattern`,
    `# TYPE ${CALLS} histogram`,
  ];
  for (const { method, route, status, buckets, seconds } of series.values()) {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    let below = 0;
    for (const [at, count] of buckets.entries()) {
      below += count;
      const end = BUCKET_SECONDS[at] ?? '+Inf';
      lines.push(`${CALLS}_bucket{le="${end}",${labels}} ${below}`);
    }
    lines.push(`${CALLS}_sum{${labels}} ${seconds}`, `${CALLS}_count{${labels}} ${below}`);
  }
  return `${lines.join('\n')}\n`;
}
