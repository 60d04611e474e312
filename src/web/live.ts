// The open pages that stay as they are: each is woken when what it shows may have changed, is rendered as
// things stand, and gets the parts that differ from what it got last. Nothing is replayed: a page that
// comes back says what it shows, and gets the present.
import { hash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Watched } from '../orders/store.ts';

const STREAMS_PER_LINK = 8;
const STREAMS_MAX = 2_000;
export const HEARTBEAT_MS = 15_000;
/** What nobody wakes us for, such as an erased person, is seen at the latest after so many beats. */
const BEATS_TO_LOOK = 4;
/** How long a browser waits before it comes back. */
const RETRY_MS = 1_000;
/** Between two renderings of one page, so that a store at its busiest costs no more than this. */
const GAP_MS = 250;
/** Renderings under way at the same moment: what wakes all pages at once is worked off in turns. */
const RENDERING_MAX = 8;
/** A reader this far behind is cut off; it comes back and is shown the present. */
const BEHIND_BYTES_MAX = 256 * 1024;
const VERSION_LENGTH = 12;

/** The parts of a page that change, as HTML, by the names in its `sse-swap`. */
export type Parts = Readonly<Record<string, string>>;

export type Opening = {
  readonly req: Request;
  readonly res: Response;
  /** Whose stream it is: so many may be open by one link. */
  readonly link: string;
  /** What wakes it; else it is looked at anew every so often. */
  readonly watched: Watched | { readonly everyMs: number };
  /** As things stand; null when the page may not be seen any more, which ends the stream. */
  readonly render: () => Promise<Parts | null>;
  readonly gapMs?: number;
};

export type Live = {
  /** Holds the answer open; 503 when too many are. */
  readonly open: (opening: Opening) => void;
  /** How many are open, for the figures. */
  readonly count: () => number;
  readonly stop: () => void;
};

export type LiveOptions = {
  readonly watch: (watched: Watched, wake: () => void) => () => void;
  readonly onBroken: (error: unknown) => void;
};

/** What a page shows, in a word: it says it when it comes back. */
export function versionOf(parts: Parts): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, VERSION_LENGTH);
}

export function createLive({ watch, onBroken }: LiveOptions): Live {
  const streams = new Set<Stream>();
  const byLink = new Map<string, number>();
  const turns = takeTurns(RENDERING_MAX);
  let isStopped = false;
  let heart: NodeJS.Timeout | null = null;

  function count(link: string, by: 1 | -1): void {
    const left = (byLink.get(link) ?? 0) + by;
    if (left === 0) byLink.delete(link);
    else byLink.set(link, left);
  }

  function forget(stream: Stream, link: string): void {
    if (!streams.delete(stream)) return;
    count(link, -1);
    if (streams.size > 0 || heart === null) return;
    clearInterval(heart);
    heart = null;
  }

  return {
    open({ req, res, link, watched, render, gapMs = GAP_MS }) {
      if (isStopped || streams.size >= STREAMS_MAX || (byLink.get(link) ?? 0) >= STREAMS_PER_LINK)
        return void res.status(503).set({ 'Retry-After': '5', Connection: 'close' }).end();
      const shown = shownBy(req);
      const stream = new Stream({ res, shown, gapMs, onBroken, render: () => turns(render) });
      const wake = () => stream.wake();
      const unwatch =
        'everyMs' in watched ? wakeEvery(watched.everyMs, wake) : watch(watched, wake);
      streams.add(stream);
      count(link, 1);
      heart ??= setInterval(() => streams.forEach((one) => void one.beat()), HEARTBEAT_MS).unref();
      res.once('close', () => {
        unwatch();
        stream.end();
        forget(stream, link);
      });
      stream.wake();
    },
    count: () => streams.size,
    stop() {
      isStopped = true;
      for (const stream of streams) stream.end();
    },
  };
}

function wakeEvery(everyMs: number, wake: () => void): () => void {
  const timer = setInterval(wake, everyMs).unref();
  return () => clearInterval(timer);
}

/** What the page shows: a browser that comes back by itself says it in a header. */
function shownBy(req: Request): string {
  const { v } = req.query;
  return req.get('last-event-id') ?? (typeof v === 'string' ? v : '');
}

class Stream {
  readonly #res: Response;
  readonly #gapMs: number;
  readonly #render: () => Promise<Parts | null>;
  readonly #onBroken: (error: unknown) => void;
  /** What the page shows: all of it by its version, each part by its hash. */
  #shown: string;
  readonly #parts = new Map<string, string>();
  #beats = 0;
  #isBusy = false;
  #isWoken = false;
  #rendered = Number.NEGATIVE_INFINITY;
  #waiting: NodeJS.Timeout | null = null;

  constructor(of: {
    readonly res: Response;
    readonly shown: string;
    readonly gapMs: number;
    readonly render: () => Promise<Parts | null>;
    readonly onBroken: (error: unknown) => void;
  }) {
    this.#res = of.res;
    this.#shown = of.shown;
    this.#gapMs = of.gapMs;
    this.#render = of.render;
    this.#onBroken = of.onBroken;
    of.res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // `no-transform` keeps proxies from packing, and so holding it back.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.#write(`retry: ${RETRY_MS}\n\n${BEAT}`);
  }

  /** An event and no comment, for a script hears it: where none comes, somebody holds the stream back. */
  beat(): void {
    this.#write(BEAT);
    this.#beats++;
    if (this.#beats % BEATS_TO_LOOK === 0) this.wake();
  }

  /** At once where nothing was rendered for a while, else when the time has come. */
  wake(): void {
    this.#isWoken = true;
    if (this.#isBusy || this.#waiting !== null || this.#res.writableEnded) return;
    const waitMs = this.#rendered + this.#gapMs - performance.now();
    if (waitMs <= 0) this.#show();
    else
      this.#waiting = setTimeout(() => {
        this.#waiting = null;
        this.#show();
      }, waitMs);
  }

  end(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting);
    this.#waiting = null;
    if (!this.#res.writableEnded) this.#res.end();
  }

  #show(): void {
    this.#isBusy = true;
    this.#isWoken = false;
    this.#render()
      .then((parts) => this.#send(parts))
      .catch((error: unknown) => {
        this.#onBroken(error);
        this.end();
      })
      .finally(() => {
        this.#isBusy = false;
        this.#rendered = performance.now();
        if (this.#isWoken) this.wake();
      });
  }

  #send(parts: Parts | null): void {
    if (parts === null) {
      this.#write('event: over\ndata:\n\n');
      this.end();
      return;
    }
    const version = versionOf(parts);
    if (version === this.#shown) return;
    this.#shown = version;
    const fresh = Object.entries(parts).filter(([name, html]) => this.#isNew(name, html));
    const events = fresh.map(([name, html], at) =>
      eventOf(name, html, at === fresh.length - 1 ? version : null),
    );
    this.#write(events.join(''));
  }

  #isNew(name: string, html: string): boolean {
    const hashed = hash('sha256', html, 'base64url').slice(0, VERSION_LENGTH);
    if (this.#parts.get(name) === hashed) return false;
    this.#parts.set(name, hashed);
    return true;
  }

  #write(text: string): void {
    if (this.#res.writableEnded || this.#res.destroyed) return;
    if (this.#res.writableLength > BEHIND_BYTES_MAX) this.#res.destroy();
    else this.#res.write(text);
  }
}

const BEAT = 'event: beat\ndata:\n\n';

/** https://html.spec.whatwg.org/multipage/server-sent-events.html: each line has its own `data:`. */
function eventOf(name: string, html: string, version: string | null): string {
  const lines = html.split(/\r\n|[\r\n]/).map((line) => `data: ${line}\n`);
  const id = version === null ? '' : `id: ${version}\n`;
  return `${id}event: ${name}\n${lines.join('')}\n`;
}

/** Runs so many at a time; the others wait in the order they came. */
function takeTurns(max: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
