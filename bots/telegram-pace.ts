// No more than Telegram takes: one message a second to a chat, thirty a second to all together.
// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** A little longer than a second: what leaves a second apart may arrive closer together. */
export const TELEGRAM_PACE = { chatEveryMs: 1010, allMax: 29, allEveryMs: 1010 } as const;
export type PaceLimits = {
  readonly chatEveryMs: number;
  /** To all chats together so many within any `allEveryMs`. */
  readonly allMax: number;
  readonly allEveryMs: number;
};

/** A turn that would come later than it may be waited for. */
export class TooLate extends Error {
  readonly ms: number;

  constructor(ms: number) {
    super(`the next message may leave in ${ms} ms`);
    this.name = 'TooLate';
    this.ms = ms;
  }
}

export type Pace = {
  /** Fulfilled when a message may leave for this chat; one at a time may wait for a chat. */
  readonly turn: (chat: string, wait: Waiting) => Promise<void>;
  /** Telegram asked for it. */
  readonly pause: (chat: string, ms: number) => Promise<void>;
};

export type Waiting = {
  /** The most that may be waited before `TooLate`. */
  readonly withinMs: number;
  readonly pause: (ms: number) => Promise<void>;
  /** Called when the chat's own turn has not come yet. */
  readonly onWait?: () => void;
};

export function createPace({ chatEveryMs, allMax, allEveryMs }: PaceLimits): Pace {
  const chatEveryS = chatEveryMs / 1000;
  const perChat = new RateLimiterMemory({ points: 1, duration: chatEveryS });
  // The messages take seats in turn, and each seat is free again a while after it was taken: so no more
  // than there are seats leave within that while, wherever one begins to count.
  const perSeat = new RateLimiterMemory({ points: 1, duration: allEveryMs / 1000 });
  let taken = 0;

  async function takeSeat(): Promise<void> {
    const seat = String(taken % allMax);
    taken += 1;
    for (;;) {
      const waitMs = await waitFor(perSeat, seat);
      if (waitMs === 0) return;
      await sleep(waitMs);
    }
  }

  return {
    async turn(chat, { withinMs, pause, onWait }) {
      let leftMs = withinMs;
      for (;;) {
        const waitMs = await waitFor(perChat, chat);
        if (waitMs === 0) break;
        if (waitMs > leftMs) throw new TooLate(waitMs);
        leftMs -= waitMs;
        onWait?.();
        await pause(waitMs);
      }
      await takeSeat();
      // The second begins when the message leaves, however long it has waited for the others.
      await perChat.set(chat, 1, chatEveryS);
    },
    async pause(chat, ms) {
      await perChat.block(chat, ms / 1000);
    },
  };
}

/** How long until one may leave; 0 when it may now, and then it counts. */
async function waitFor(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
    throw refusal;
  }
}
