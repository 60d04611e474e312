// Counts calls and what was refused, at the price of a few additions per call. Rendering, and the
// library for it, come with the first look at the figures (`metrics.ts`).
import type { Request, RequestHandler } from 'express';
import { REFUSAL_CODES } from '../orders/errors.ts';
import { Flow } from './flow.ts';

/** Upper ends in seconds; a chat must be answered within 5. */
export const BUCKET_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

/** Of one route, method and class of status; no label ever holds an id. */
export type Series = {
  readonly method: string;
  readonly route: string;
  readonly status: string;
  /** Calls in each bucket of its own; the last counts those above every end. */
  readonly buckets: number[];
  seconds: number;
};

/** Things that happen elsewhere and are counted here, by the name they are logged with. */
export const COUNTED_EVENTS = [
  'link.refused',
  'ops.refused',
  'code.refused',
  'account.refused',
  'account.linked',
  'account.unlinked',
  'outbox.copied',
  'outbox.moved',
  'web.failed',
  // Pushes on Kakao: once more without a receipt, never shown as far as we know, balance used up.
  'kakao.sent_again',
  'kakao.no_receipt',
  'kakao.unpaid',
] as const;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const NO_ROUTE = 'none';
const MS = 1000;

export class Meter {
  readonly series = new Map<string, Series>();
  readonly refusals = new Map<string, number>(REFUSAL_CODES.map((code) => [code, 0]));
  readonly events = new Map<string, number>(COUNTED_EVENTS.map((event) => [event, 0]));

  readonly flow = new Flow();

  /** Messages that cost money, by the way they went. */
  readonly pushes = new Map<string, { messages: number; krw: number }>();

  readonly spend = (route: string, krw: number): void => {
    const { messages, krw: before } = this.pushes.get(route) ?? { messages: 0, krw: 0 };
    this.pushes.set(route, { messages: messages + 1, krw: before + krw });
  };

  /** To stand before everything that is to be counted. */
  readonly watch: RequestHandler = (req, res, next) => {
    const from = performance.now();
    // `close` comes also where the caller went away before the answer.
    res.once('close', () => {
      const method = METHODS.has(req.method) ? req.method : 'other';
      const status = `${Math.floor(res.statusCode / 100)}xx`;
      this.#add({ method, route: routeOf(req), status }, (performance.now() - from) / MS);
      const refused: unknown = res.locals.refused;
      if (typeof refused === 'string') bump(this.refusals, refused);
    });
    next();
  };

  /** Takes what is logged; only the events of the list are counted. */
  notice(event: string): void {
    bump(this.events, event);
  }

  #add(labels: Pick<Series, 'method' | 'route' | 'status'>, seconds: number): void {
    const key = `${labels.method} ${labels.route} ${labels.status}`;
    let series = this.series.get(key);
    if (series === undefined) {
      series = { ...labels, buckets: new Array(BUCKET_SECONDS.length + 1).fill(0), seconds: 0 };
      this.series.set(key, series);
    }
    const at = BUCKET_SECONDS.findIndex((end) => seconds <= end);
    const bucket = at < 0 ? BUCKET_SECONDS.length : at;
    series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1;
    series.seconds += seconds;
  }
}

/** Only what is in the list from the start: a made-up name opens no new row. */
function bump(counts: Map<string, number>, name: string): void {
  const count = counts.get(name);
  if (count !== undefined) counts.set(name, count + 1);
}

/** The pattern as it is mounted, such as `/order/:ref`. */
function routeOf(req: Request): string {
  const path: unknown = req.route?.path;
  return typeof path === 'string' ? path : NO_ROUTE;
}
