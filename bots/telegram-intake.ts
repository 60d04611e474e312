// What has come in and is not answered yet. Telegram delivers an update until it is confirmed, and it is
// confirmed when its answer is there: so an update that comes again while it is at work joins that work.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arrived } from './telegram-payload.ts';

/** Confirmations can cross a second delivery; after a restart the shop itself knows what it answered. */
const REMEMBERED_MAX = 2000;
/** As many as Telegram shows at once, less some: so many unread answers hold up nobody else. */
const HELD_MAX = 80;

export type Intake = {
  /** Fulfilled when the update may be confirmed; rejects when it must be delivered again. */
  readonly take: (arrived: Arrived) => Promise<void>;
  /** The first update that may not be confirmed, of those that were taken. */
  readonly firstOpen: () => number | null;
  /** Fulfilled when one of those that are open has ended. */
  readonly next: () => Promise<unknown>;
  readonly size: () => number;
  /** Waits for all that is open, but no longer. */
  readonly settle: (withinMs: number) => Promise<void>;
};

/** Called with a way to say that the shop has answered, and only the way to the person is left. */
export type Handle = (arrived: Arrived, answered: () => void) => Promise<void>;

export function createIntake(handle: Handle): Intake {
  const open = new Map<number, { readonly end: Promise<void>; isAnswered: boolean }>();
  const ended = new Set<number>();
  /** Given up unanswered: to be delivered again, so not to be confirmed. */
  const unanswered = new Set<number>();

  function remember(id: number): void {
    ended.add(id);
    const [oldest] = ended;
    if (ended.size > REMEMBERED_MAX && oldest !== undefined) ended.delete(oldest);
  }

  function begin(arrived: Arrived): Promise<void> {
    const { id } = arrived;
    const answered = () => {
      const one = open.get(id);
      if (one !== undefined) one.isAnswered = true;
    };
    unanswered.delete(id);
    const end = handle(arrived, answered)
      .then(
        () => remember(id),
        (error: unknown) => {
          unanswered.add(id);
          throw error;
        },
      )
      .finally(() => open.delete(id));
    open.set(id, { end, isAnswered: false });
    return end;
  }

  return {
    take({ id, ...arrived }) {
      const known = open.get(id);
      if (known !== undefined) return known.end;
      return ended.has(id) ? Promise.resolve() : begin({ id, ...arrived });
    },
    firstOpen() {
      const isHeld = open.size <= HELD_MAX;
      const atWork = [...open].filter(([, { isAnswered }]) => isHeld || !isAnswered);
      const ids = [...atWork.map(([id]) => id), ...unanswered];
      return ids.length === 0 ? null : Math.min(...ids);
    },
    next: () => Promise.race([...open.values()].map(({ end }) => end.catch(() => undefined))),
    size: () => open.size,
    async settle(withinMs) {
      const ends = Promise.allSettled([...open.values()].map(({ end }) => end));
      const late = new AbortController();
      await Promise.race([ends, sleep(withinMs, undefined, late)]);
      late.abort();
    },
  };
}
