// The way out to a chat: one reply after another. An answer is tried until it is there, for nobody else would
// say it; a notice is tried once, for the outbox tries it again.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bot, type Reply, SendError, type Sender, type SendResult } from '../src/chat/bot.ts';
import { harmless } from './harmless.ts';
import { asOne, countFitting } from './telegram-gather.ts';
import { Cut, type Office, sendReply, unquoted } from './telegram-send.ts';

/** Less than the outbox waits for a send: it must hear what has gone and what has not. */
const PUSH_WITHIN_MS = 7000;
/** When others go to the same chat before it. */
const PUSH_AGAIN_MS = 1000;
/** Telegram keeps an update for a day: after it nobody waits for the answer. */
const ANSWER_LIFE_MS = 24 * 3_600_000;
const FIRST_PAUSE_MS = 300;
const PAUSE_MS_MAX = 30_000;
/** As with notices: what may have arrived is said once more. */
const COPIES_MAX = 1;
/** Who presses three times at once has his answer with the first. */
const SAME_MOMENT_MS = 5000;
const LAST_SAID_MAX = 1000;

/** The bot stops before something is said: it is delivered anew, and answered by whoever comes next. */
export class Stopped extends Error {
  constructor() {
    super('the bot stopped');
    this.name = 'Stopped';
  }
}

export type Post = {
  /** Fulfilled when it is there, or never can be; rejects with `Stopped`. */
  readonly answer: (to: Sender, reply: Reply, on: Answering) => Promise<void>;
  readonly push: Bot['send'];
};

export type Answering = {
  readonly stop: AbortSignal;
  /** Called when it cannot leave at once, for another one has just left for this chat. */
  readonly onWait?: () => void;
};

export type PostOptions = Office & {
  /** Said where an answer of ours is one that Telegram does not take. */
  readonly broken: string;
  readonly onBlocked: (to: Sender) => void;
};

type Unsaid = {
  readonly reply: Reply;
  readonly onWait: (() => void) | undefined;
  readonly said: (end: Promise<void>) => void;
};

export function createPost(office: PostOptions): Post {
  const lanes = new Map<string, Promise<unknown>>();
  const unsaid = new Map<string, Unsaid[]>();
  const lastSaid = new Map<string, { readonly words: string; readonly at: number }>();

  /** The end of a press that ended a moment ago, with nothing said since: it stands there already. */
  function stands({ user }: Sender, reply: Reply): boolean {
    const last = lastSaid.get(user);
    const isThen = last !== undefined && performance.now() - last.at < SAME_MOMENT_MS;
    return isThen && reply.endsPress === true && last.words === JSON.stringify(reply.texts);
  }

  function noteSaid({ user }: Sender, reply: Reply): void {
    lastSaid.delete(user);
    lastSaid.set(user, { words: JSON.stringify(reply.texts), at: performance.now() });
    const [oldest] = lastSaid.keys();
    if (lastSaid.size > LAST_SAID_MAX && oldest !== undefined) lastSaid.delete(oldest);
  }

  /** What goes to one chat goes one after another. */
  function inLane<T>(chat: string, work: () => Promise<T>): Promise<T> {
    const before = lanes.get(chat) ?? Promise.resolve();
    const own = before.then(work);
    const lane = own
      .catch(() => undefined)
      .then(() => {
        if (lanes.get(chat) === lane) lanes.delete(chat);
      });
    lanes.set(chat, lane);
    return own;
  }

  /** What came together while the chat had to wait is one message, as far as one holds it. */
  async function sayAll(to: Sender, stop: AbortSignal): Promise<void> {
    let left = unsaid.get(to.user) ?? [];
    unsaid.delete(to.user);
    while (left.length > 0) {
      const count = countFitting(left.map(({ reply }) => reply));
      const own = left.slice(0, count);
      left = left.slice(count);
      const reply = asOne(own.map(({ reply }) => reply));
      const end = stands(to, reply)
        ? Promise.resolve()
        : sayPatiently(to, reply, { office, stop, onWait: () => own.forEach(tellOfWait) });
      for (const { said } of own) said(end);
      await end.then(
        () => noteSaid(to, reply),
        () => undefined,
      );
    }
  }

  return {
    answer: (to, reply, { stop, onWait }) =>
      new Promise((said) => {
        if (lanes.has(to.user)) onWait?.();
        const waiting = unsaid.get(to.user);
        if (waiting !== undefined) return void waiting.push({ reply, onWait, said });
        unsaid.set(to.user, [{ reply, onWait, said }]);
        void inLane(to.user, () => sayAll(to, stop));
      }),

    push(to, reply) {
      const until = performance.now() + PUSH_WITHIN_MS;
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(
        () => late.reject(new SendError('rate_limited', PUSH_AGAIN_MS)),
        PUSH_WITHIN_MS,
      );
      const own = inLane(to.user, async () => {
        clearTimeout(timer);
        // Nobody waits for it any more: the next try says it.
        if (performance.now() >= until) throw new SendError('rate_limited', PUSH_AGAIN_MS);
        lastSaid.delete(to.user);
        return pushNow(to, reply, { office, until });
      });
      own.catch(() => undefined);
      return Promise.race([own, late.promise]);
    },
  };
}

async function pushNow(
  to: Sender,
  reply: Reply,
  { office, until }: { readonly office: Office; readonly until: number },
): Promise<SendResult> {
  const pause = (ms: number) => sleep(ms);
  const waiting = () => ({ withinMs: Math.max(1, until - performance.now()), pause });
  try {
    await sendReply(to, reply, { office, waiting });
    return { kind: 'sent' };
  } catch (error) {
    if (!(error instanceof Cut)) throw error;
    const { failing, isBegun } = error;
    const rest = isBegun ? error.rest : null;
    if (failing.kind === 'refused') return failing;
    if (failing.kind === 'wait') throw new SendError('rate_limited', failing.ms, rest);
    if (failing.kind === 'unknown') throw new SendError(failing.failure, null, rest);
    if (failing.kind !== 'wrong') throw new SendError('unavailable', null, rest);
    office.log('telegram.wrong', { why: unquoted(failing.description) });
    throw error;
  }
}

function tellOfWait({ onWait }: Unsaid): void {
  onWait?.();
}

type Saying = Answering & { readonly office: PostOptions };

async function sayPatiently(to: Sender, reply: Reply, saying: Saying): Promise<void> {
  const { office, stop, onWait } = saying;
  const { log } = office;
  const until = performance.now() + ANSWER_LIFE_MS;
  const pause = (ms: number) =>
    sleep(ms, undefined, { signal: stop }).catch(() => Promise.reject(new Stopped()));
  const waiting = () => ({ withinMs: until - performance.now(), pause, onWait });
  let [left, copies, pauseMs] = [reply, 0, FIRST_PAUSE_MS];
  let isCopy = false;
  while (performance.now() < until) {
    if (stop.aborted) throw new Stopped();
    try {
      return await sendReply(to, left, { office, waiting, isCopy });
    } catch (error) {
      if (error instanceof Stopped) throw error;
      if (!(error instanceof Cut)) return log('telegram.broken', harmless(error));
      const { failing, isBegun, rest } = error;
      if (isBegun) [copies, pauseMs] = [0, FIRST_PAUSE_MS];
      left = rest;
      isCopy = failing.kind === 'unknown';
      if (failing.kind === 'wait') continue;
      if (failing.kind === 'refused') {
        log('telegram.refused', { reason: failing.reason });
        return failing.reason === 'blocked' ? office.onBlocked(to) : undefined;
      }
      if (failing.kind === 'wrong') {
        log('telegram.wrong', { why: unquoted(failing.description) });
        if (left.texts[0] === office.broken) return;
        left = { texts: [office.broken], choices: [] };
        continue;
      }
      if (failing.kind === 'unknown') {
        const isOver = copies >= COPIES_MAX;
        log(isOver ? 'telegram.unanswered' : 'telegram.copied', { cause: failing.failure });
        if (isOver) return;
        copies += 1;
        // At once, so that both stand together if both arrive.
        continue;
      }
      await pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX);
    }
  }
  log('telegram.unanswered', { cause: 'too_old' });
}
