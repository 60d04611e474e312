// The figures in the form Prometheus reads. Loaded at the first scrape.
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { QueueFigures } from '../orders/store.ts';
import { BUCKET_SECONDS, type Meter } from './meter.ts';

export type Metrics = { readonly contentType: string; readonly render: () => Promise<string> };

const MS = 1000;

export function createMetrics(
  meter: Meter,
  queueFigures: (() => Promise<QueueFigures>) | null,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addCounts(registry, meter);
  const queue = queueFigures && { read: queueFigures, show: queueGauges(registry) };
  return {
    contentType: registry.contentType,
    render: async () => {
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
      name: 'sanji_events_total',
      help: 'Refused links and codes, and failures',
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
  return ({ due, held, dead, oldestDueAgeMs, oldestDeadAgeMs }) => {
    messages.set({ state: 'due' }, due);
    messages.set({ state: 'held' }, held);
    messages.set({ state: 'dead' }, dead);
    age.set({ state: 'due' }, oldestDueAgeMs / MS);
    age.set({ state: 'dead' }, oldestDeadAgeMs / MS);
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
