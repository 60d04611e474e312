// What has come in and is not answered yet. Telegram delivers an update until it is confirmed, and it is
// confirmed when its answer is there: so an update that comes again while it is at work joins that work.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arrived } from './telegram-payload.ts';
import { createRecent } from './telegram-recent.ts';

/** Confirmations can cross a second delivery; after a restart the shop itself knows what it answered. */
const REMEMBERED_MAX = 2000;
/** As many as Telegram shows at once, less some: so many unread answers hold up nobody else. */
const HELD_MAX = 80;

export type Intake = {
  readonly take: (arrived: Arrived) => Taken;
  /** The first update that may not be confirmed, of those that were taken. */
  readonly firstOpen: () => number | null;
  /** Whoever listened meanwhile has answered what we left. */
  readonly startOver: () => void;
  /** Fulfilled when one of those that are open has ended. */
  readonly next: () => Promise<unknown>;
  readonly size: () => number;
  /** Waits for all that is open, but no longer. */
  readonly settle: (withinMs: number) => Promise<void>;
};

export type Taken = {
  /** The shop has answered it, and keeps that answer, which cannot leave before its chat's turn comes. */
  readonly waits: Promise<void>;
  /** Fulfilled when the answer is there; rejects when the update must be delivered again. */
  readonly end: Promise<void>;
};

export type Signs = {
  /** The shop has answered, and only the way to the person is left. */
  readonly answered: () => void;
  readonly waits: () => void;
};

export type Handle = (arrived: Arrived, signs: Signs) => Promise<void>;

const OVER: Taken = { waits: Promise.resolve(), end: Promise.resolve() };

export function createIntake(handle: Handle): Intake {
  const open = new Map<number, Taken & { isAnswered: boolean }>();
  const ended = createRecent(REMEMBERED_MAX);
  /** Given up unanswered: to be delivered again, so not to be confirmed. */
  const unanswered = new Set<number>();

  function begin(arrived: Arrived): Taken {
    const { id } = arrived;
    const { promise: waits, resolve } = Promise.withResolvers<void>();
    const answered = () => {
      const one = open.get(id);
      if (one !== undefined) one.isAnswered = true;
    };
    unanswered.delete(id);
    const end = handle(arrived, { answered, waits: resolve })
      .then(
        () => void ended.isNew(String(id)),
        (error: unknown) => {
          unanswered.add(id);
          throw error;
        },
      )
      .finally(() => open.delete(id));
    open.set(id, { waits, end, isAnswered: false });
    return { waits, end };
  }

  return {
    take({ id, ...arrived }) {
      const known = open.get(id);
      if (known !== undefined) return known;
      return ended.has(String(id)) ? OVER : begin({ id, ...arrived });
    },
    firstOpen() {
      const isHeld = open.size <= HELD_MAX;
      const atWork = [...open].filter(([, { isAnswered }]) => isHeld || !isAnswered);
      const ids = [...atWork.map(([id]) => id), ...unanswered];
      return ids.length === 0 ? null : Math.min(...ids);
    },
    startOver: () => unanswered.clear(),
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
