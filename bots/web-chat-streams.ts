// The open pages: each hears what comes to its person, from where it was. What a stream sends is read
// from the transcript, so that nothing is lost between a page and its stream, or two streams.
import type { Response } from 'express';
import type { Entry, Sender } from '../src/chat/bot.ts';

const STREAMS_PER_PERSON = 4;
const STREAMS_MAX = 2_000;
const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it comes back. */
const RETRY_MS = 1_000;
/** A reader this far behind is cut off; it comes back and is told what it missed. */
const BEHIND_BYTES_MAX = 512 * 1024;

export type Streams = {
  /** Holds the answer open; false when there are too many. */
  readonly open: (to: Listener) => boolean;
  readonly stop: () => void;
};

export type Listener = {
  readonly res: Response;
  readonly sender: Sender;
  /** The last entry the page shows. */
  readonly after: number;
};

export type StreamOptions = {
  readonly read: (sender: Sender, after: number) => Promise<readonly Entry[]>;
  /** Says when to read again; what it misses is found at the next beat. */
  readonly watch: (sender: Sender, wake: () => void) => () => void;
  readonly render: (entry: Entry) => string;
  /** Called when reading broke: the page then comes back by itself. */
  readonly onBroken: (error: unknown) => void;
};

type Stream = { readonly wake: () => void; readonly beat: () => void; readonly end: () => void };

export function createStreams(options: StreamOptions): Streams {
  const byUser = new Map<string, Set<Stream>>();
  let count = 0;
  let isStopped = false;
  let heart: NodeJS.Timeout | null = null;

  function all(): Stream[] {
    return [...byUser.values()].flatMap((streams) => [...streams]);
  }

  function forget(user: string, stream: Stream): void {
    const streams = byUser.get(user);
    if (streams?.delete(stream) !== true) return;
    if (streams.size === 0) byUser.delete(user);
    count--;
    if (count > 0 || heart === null) return;
    clearInterval(heart);
    heart = null;
  }

  return {
    open(to) {
      const { user } = to.sender;
      const streams = byUser.get(user) ?? new Set();
      if (isStopped || count >= STREAMS_MAX || streams.size >= STREAMS_PER_PERSON) return false;
      const stream = startStream(to, options);
      const unwatch = options.watch(to.sender, stream.wake);
      streams.add(stream);
      byUser.set(user, streams);
      count++;
      heart ??= setInterval(() => all().forEach(({ beat }) => void beat()), HEARTBEAT_MS).unref();
      to.res.once('close', () => {
        unwatch();
        forget(user, stream);
      });
      return true;
    },
    stop() {
      isStopped = true;
      for (const stream of all()) stream.end();
    },
  };
}

function startStream({ res, sender, after }: Listener, options: StreamOptions): Stream {
  let last = after;
  let isReading = false;
  let isWoken = false;
  res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // The page's own `no-store`; `no-transform` keeps proxies from packing, and so holding it back.
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  write(`retry: ${RETRY_MS}\n\n`);
  wake();
  return { wake, beat, end: () => void res.end() };

  /** Says that we are there, and looks for what nobody told us of. */
  function beat(): void {
    write(':\n\n');
    wake();
  }

  function write(text: string): void {
    if (res.writableEnded) return;
    if (res.writableLength > BEHIND_BYTES_MAX) res.destroy();
    else res.write(text);
  }

  /** One reading at a time, so that entries leave in order; a call meanwhile reads once more. */
  function wake(): void {
    isWoken = true;
    if (isReading) return;
    isReading = true;
    readOn()
      .catch((error: unknown) => {
        options.onBroken(error);
        res.end();
      })
      .finally(() => {
        isReading = false;
      });
  }

  async function readOn(): Promise<void> {
    while (isWoken) {
      isWoken = false;
      for (const entry of await options.read(sender, last)) {
        write(eventOf(entry.id, options.render(entry)));
        last = entry.id;
      }
    }
  }
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html: each line has its own `data:`. */
function eventOf(id: number, html: string): string {
  const lines = html.split('\n').map((line) => `data: ${line}\n`);
  return `id: ${id}\nevent: entry\n${lines.join('')}\n`;
}
