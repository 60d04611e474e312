// The only place that speaks first: takes due rows, finds their words, sends, and settles each.
import { type Bot, type Reply, SendError } from '../chat/bot.ts';
import type { NoticeRow, Telling } from '../chat/notices.ts';
import type { OutboxEnd, OutboxRow, Store } from '../orders/store.ts';
import { ATTEMPTS_MAX, retryDelayMs } from './retry.ts';

const BATCH_MAX = 50;
/** Longer than any send may take; after it another worker takes the row. */
const LEASE_MS = 60_000;
const SEND_WITHIN_MS = 20_000;
/** Rows written by other processes are found by looking; our own wake the worker at once. */
const POLL_MS = 1000;
const ROOM_CHARS = 3500;

export type DeliveryOptions = {
  readonly store: Store;
  readonly bots: ReadonlyMap<string, Bot>;
  readonly wordsFor: (store: Store, notice: NoticeRow, telling: Telling) => Promise<Reply | null>;
  readonly now: () => Date;
  readonly random: () => number;
  readonly retryBaseMs: number;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
};

export type Delivery = {
  /** Delivers all that is due now; answers how many rows were settled. */
  readonly run: () => Promise<number>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, log } = options;
  let running: Promise<number> | null = null;
  let isWoken = false;
  let timer: NodeJS.Timeout | null = null;

  async function drain(): Promise<number> {
    let settled = 0;
    for (;;) {
      isWoken = false;
      const rows = await store.claimOutbox({
        now: options.now(),
        leaseMs: LEASE_MS,
        limit: BATCH_MAX,
      });
      for (const row of rows) await deliver(row, options);
      settled += rows.length;
      if (rows.length === 0 && !isWoken) return settled;
    }
  }

  function run(): Promise<number> {
    isWoken = true;
    running ??= drain().finally(() => {
      running = null;
    });
    return running;
  }

  function runSafely(): void {
    run().catch((error: unknown) => log('outbox.failed', { error: nameOf(error) }));
  }

  return {
    run,
    start() {
      store.onOutbox(() => {
        if (timer !== null) runSafely();
      });
      timer = setInterval(runSafely, POLL_MS);
      runSafely();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      await running;
    },
  };
}

async function deliver(row: OutboxRow, options: DeliveryOptions): Promise<void> {
  const { store, log } = options;
  const end = await attempt(row, options);
  await store.settleOutbox(row, end, options.now());
  log('outbox.settled', { id: row.id, kind: row.kind, state: end.state, attempts: row.attempts });
}

async function attempt(row: OutboxRow, options: DeliveryOptions): Promise<OutboxEnd> {
  const { store, now } = options;
  const bot = options.bots.get(row.sender.platform);
  if (bot === undefined) return { state: 'dropped', content: null };
  let content = row.content as Reply | null;
  try {
    if (content === null) {
      content = await options.wordsFor(store, row, { roomChars: ROOM_CHARS, now: now() });
      // No longer true, so no longer owed.
      if (content === null) return { state: 'dropped', content: null };
      // Kept before the first try: a resend after a crash says the same words.
      const dueAt = new Date(now().getTime() + LEASE_MS).toISOString();
      await store.settleOutbox(row, { state: 'due', cause: 'sending', dueAt, content }, now());
    }
    const { platform, bot: botId, user } = row.sender;
    const to = { platform: bot.platform, bot: botId, user };
    if (platform !== bot.platform) return { state: 'dropped', content };
    const sent = await within(SEND_WITHIN_MS, bot.send(to, content, row.key));
    if (sent.kind === 'refused') return { state: 'dead', cause: sent.reason, content };
    return { state: sent.kind === 'held' ? 'held' : 'done', content };
  } catch (error) {
    return failed(error, { row, content, options });
  }
}

function failed(
  error: unknown,
  { row, content, options }: { row: OutboxRow; content: unknown; options: DeliveryOptions },
): OutboxEnd {
  const cause = nameOf(error);
  if (row.attempts >= ATTEMPTS_MAX) return { state: 'dead', cause, content };
  const retryAfterMs = error instanceof SendError ? error.retryAfterMs : null;
  const { random, retryBaseMs: baseMs } = options;
  const delayMs = retryDelayMs(row.attempts, { baseMs, random: random(), retryAfterMs });
  const dueAt = new Date(options.now().getTime() + delayMs).toISOString();
  return { state: 'due', cause, dueAt, content };
}

/** Names only: a message may quote what was sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SendError('no answer in time', null)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
