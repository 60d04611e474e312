// The only place that speaks first: puts a person's rows into words, sends them, and settles each.
import { type Bot, type Platform, type Reply, SEND_FAILURES, SendError } from '../chat/bot.ts';
import { earlierDatesThatWait } from '../chat/earlier-dates.ts';
import { receiptOf } from '../chat/receipt-of-notice.ts';
import type { WordsFor } from '../chat/telling.ts';
import { DomainError } from '../orders/errors.ts';
import type { OutboxEnd, OutboxRow, Settled } from '../orders/store.ts';
import type { Engine } from '../payments/store.ts';
import { createGate, type Gate, type Leaving } from './gate.ts';
import { waitsUntil } from './kinds.ts';
import { type NextMessage, nextMessage } from './message.ts';
import { endAfter, endBefore, mayHaveArrived, type Outcome } from './outcome.ts';
import { ATTEMPTS_MAX, retryDelayMs } from './retry.ts';

/** Longer than any send may take; after it another worker takes the row. */
export const LEASE_MS = 60_000;
/** Shorter than a stopping server waits, so that its last messages have an end. */
const SEND_WITHIN_MS = 8000;
/** Letters that die together are told of together, and admins are not rung for each. */
const ALARM_EVERY_MS = 30_000;
const ALARM_GATHER_MS = 5000;
/** Each try waits for the file's lock as long as the store does, together less than the lease. */
const SETTLE_TRIES_MAX = 10;

export type WorkerOptions = {
  readonly store: Engine;
  readonly bots: ReadonlyMap<string, Bot>;
  readonly wordsFor: WordsFor;
  /** Where people reach our pages; null when they cannot. */
  readonly pagesUrl: string | null;
  readonly now: () => Date;
  readonly random: () => number;
  readonly retryBaseMs: number;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** Hears of each message that a platform took. */
  readonly onSent?: (sent: { readonly storeId: string; readonly platform: string }) => void;
};

export type Worker = {
  readonly deliver: (rows: readonly OutboxRow[]) => Promise<number>;
  /** True when there is something new to tell. */
  readonly raiseAlarm: (isIdle: boolean) => Promise<boolean>;
};

/** Delivers one person's rows, one message after another. */
export function createWorker(options: WorkerOptions): Worker {
  const { store, now, log } = options;
  const { random, retryBaseMs: baseMs } = options;
  const gate = createGate({ baseMs, random });
  let diedAt: Date | null = null;
  let alarmedAt = Number.NEGATIVE_INFINITY;

  async function settle(row: OutboxRow, end: OutboxEnd): Promise<Settled> {
    const settled = await persistently(() => store.settleOutbox(row, end, now()));
    const { id, kind, attempts } = row;
    const cause = 'cause' in end ? end.cause : undefined;
    log(`outbox.${settled}` satisfies `outbox.${Settled}`, {
      id,
      kind,
      attempts,
      state: end.state,
      cause,
    });
    if (settled === 'settled' && end.state === 'dead') diedAt ??= now();
    return settled;
  }

  return {
    async deliver(rows) {
      let left = await putOffQuiet(rows, options);
      while (left.length > 0) left = await deliverNext(left, { options, gate, settle });
      return rows.length;
    },

    async raiseAlarm(isIdle) {
      if (diedAt === null) return false;
      const at = now();
      const isGathered = isIdle || at.getTime() - diedAt.getTime() >= ALARM_GATHER_MS;
      if (!isGathered || at.getTime() - alarmedAt < ALARM_EVERY_MS) return false;
      diedAt = null;
      const isAnybodyTold = (await store.raiseAlarm(at)) > 0;
      if (isAnybodyTold) alarmedAt = at.getTime();
      return isAnybodyTold;
    },
  };
}

/** An end that cannot be written down would make a copy of what was sent well. */
async function persistently<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await write();
    } catch (error) {
      const isPassing = error instanceof DomainError && error.code === 'busy';
      if (!isPassing || tries >= SETTLE_TRIES_MAX) throw error;
    }
}

/** Gives back what must wait for the morning or for the end of quiet hours; asked at every attempt, whoever wrote the row. */
async function putOffQuiet(
  rows: readonly OutboxRow[],
  { store, now }: WorkerOptions,
): Promise<readonly OutboxRow[]> {
  const may: OutboxRow[] = [];
  const tomorrow = await earlierDatesThatWait(rows, { store, now: now() });
  for (const row of rows) {
    const policy = (await store.findShop(row.storeId))?.policy;
    const hours = row.audience === 'buyer' ? policy?.quietHours : row.quietHours;
    const quiet =
      policy && hours ? waitsUntil(row, now(), { hours, timeZone: policy.timeZone }) : null;
    const until = tomorrow.get(row) ?? quiet;
    if (until === null) may.push(row);
    else await store.putOffOutbox([row], { until, isQuiet: true });
  }
  return may;
}

type Delivering = {
  readonly options: WorkerOptions;
  readonly gate: Gate;
  /** False when the row was not ours any more: another worker has it, or its receipt came first. */
  readonly settle: (row: OutboxRow, end: OutboxEnd) => Promise<Settled>;
};

/** Sends the next message made of a person's rows; answers those that are left for the one after it. */
async function deliverNext(
  rows: readonly OutboxRow[],
  delivering: Delivering,
): Promise<readonly OutboxRow[]> {
  const { options, settle } = delivering;
  const [head] = rows;
  const bot = head && options.bots.get(head.sender.platform);
  if (head === undefined) return [];
  const rest = rows.filter((row) => row !== head);
  if (bot === undefined) {
    await settle(head, { state: 'held', cause: 'no_bot', content: head.content });
    return rest;
  }
  const before = endBefore(head, bot.dropsCopies);
  if (before !== null) {
    await settle(head, before);
    return rest;
  }
  const message = await compose(rows, { ...delivering, bot });
  if (message === null) return rest;
  for (const row of message.untrue)
    await settle(row, { state: 'dropped', cause: 'untrue', content: null });
  if (message.row === null || message.words === null) return message.rest;
  const { row, words } = message;
  return sendMessage({ ...message, row, words }, { ...delivering, bot });
}

/** Null when no words could be found: the first row is settled as failed, the others go on without it. */
async function compose(
  rows: readonly OutboxRow[],
  { options, settle, bot }: Delivering & { readonly bot: Bot },
): Promise<NextMessage | null> {
  const { store, wordsFor, pagesUrl } = options;
  const { textChars, isOneScreen = false, forms } = bot;
  const asked = {
    ...{ store, wordsFor, pagesUrl, now: options.now() },
    ...{ textChars, isOneScreen, forms },
  };
  const [head] = rows;
  try {
    return await nextMessage(rows, asked);
  } catch {
    // One of them cannot be put into words. Alone each shows whether it is the one.
  }
  if (head === undefined) return null;
  try {
    const message = await nextMessage([head], asked);
    return { ...message, rest: rows.filter((row) => row !== head) };
  } catch (error) {
    const cause = nameOf(error);
    const { content } = head;
    const isOver = head.attempts >= ATTEMPTS_MAX;
    const dueAt = nextTry(head, null, options).toISOString();
    await settle(
      head,
      isOver
        ? { state: 'dead', cause, content, stays: true }
        : { state: 'due', cause, dueAt, content },
    );
    return null;
  }
}

async function sendMessage(
  { row, bundled, words, rest }: NextMessage & { readonly row: OutboxRow; readonly words: Reply },
  { options, gate, settle, bot }: Delivering & { readonly bot: Bot },
): Promise<readonly OutboxRow[]> {
  const { store, now } = options;
  const door = `${row.sender.platform}/${row.sender.bot}`;
  const closedUntil = gate.enter(door, now());
  if (closedUntil !== null) {
    await store.putOffOutbox([row, ...bundled, ...rest], { until: closedUntil, isQuiet: false });
    return [];
  }
  const isCopy = mayHaveArrived(row) && !bot.dropsCopies;
  const copies = row.copies + (isCopy ? 1 : 0);
  let outcome: Outcome | null = null;
  try {
    // Kept before the first try: a resend after a crash says the same words, and none is told twice.
    const sending = { row, bundled, content: words, copies, now: now(), leaseMs: LEASE_MS };
    // Another worker has them by now.
    if (!(await store.startSending(sending))) return [];
    if (isCopy) options.log('outbox.copied', { id: row.id, kind: row.kind });
    outcome = await send(bot, { row, words, phone: await phoneFor(bot, row, options) });
  } finally {
    gate.left(door, now(), leavingOf(outcome));
  }
  const nextAt = nextAfter(outcome, row, { options, bot });
  const { dropsCopies } = bot;
  const ticket = outcome.kind === 'accepted' ? outcome.ticket : undefined;
  const content = ticket === undefined ? words : { ...words, ticket };
  const kept = { content, copies, dropsCopies, dueAt: nextAt.toISOString() };
  const end = endAfter(outcome, row, kept);
  const settled = await settle(row, end);
  // One that was taken before is only asked about.
  if ((outcome.kind === 'sent' || outcome.kind === 'accepted') && row.cause !== 'accepted')
    options.onSent?.({ storeId: row.storeId, platform: row.sender.platform });
  // He takes none of the others either: they are looked at anew, and go elsewhere or wait.
  if (outcome.kind === 'refused' && outcome.reason !== 'template_refused') {
    await store.putOffOutbox(rest, { until: now(), isQuiet: false });
    return [];
  }
  if (end.state !== 'due' || settled === 'taken') return rest;
  // In the order in which they came: what is behind this one waits with it.
  await store.putOffOutbox(rest, { until: nextAt, isQuiet: false });
  return [];
}

function leavingOf(outcome: Outcome | null): Leaving {
  if (outcome === null || outcome.kind === 'bug') return 'unsure';
  return outcome.kind === 'failed' ? outcome : 'well';
}

function nextAfter(
  outcome: Outcome,
  row: OutboxRow,
  { options, bot }: { readonly options: WorkerOptions; readonly bot: Bot },
): Date {
  if (outcome.kind === 'accepted') return new Date(options.now().getTime() + outcome.askAfterMs);
  if (outcome.kind !== 'failed') return nextTry(row, null, options);
  const { failure, retryAfterMs } = outcome;
  const settlesMs = SEND_FAILURES[failure] === 'unknown' ? (bot.settlesWithinMs ?? 0) : 0;
  return nextTry(row, Math.max(retryAfterMs ?? 0, settlesMs), options);
}

function nextTry(row: OutboxRow, retryAfterMs: number | null, options: WorkerOptions): Date {
  const { random, retryBaseMs: baseMs, now } = options;
  const delayMs = retryDelayMs(row.attempts, { baseMs, random: random(), retryAfterMs });
  return new Date(now().getTime() + delayMs);
}

/** Of whoever it is for; only a bot that fills in forms reaches people by their phones. */
async function phoneFor(
  { forms = new Set() }: Bot,
  { phone, audience, storeId, orderId }: OutboxRow,
  { store }: WorkerOptions,
): Promise<string | null> {
  if (forms.size === 0 || phone !== null || audience !== 'buyer' || orderId === null) return phone;
  return (await store.findOrder(storeId, orderId))?.buyer.phone ?? null;
}

async function send(
  bot: Bot,
  {
    row,
    words,
    phone,
  }: { readonly row: OutboxRow; readonly words: Reply; readonly phone: string | null },
): Promise<Outcome> {
  const { bot: botId, user } = row.sender;
  const to = { platform: bot.platform satisfies Platform, bot: botId, user };
  // Words that somebody replaced are another message.
  const key = row.edits === 0 ? row.key : `${row.key}#${row.edits}`;
  try {
    const sending = {
      receipt: receiptOf(row),
      attempts: row.attempts,
      mayHaveArrived: mayHaveArrived(row),
      since: new Date(row.createdAt),
      phone,
    };
    return await within(SEND_WITHIN_MS, bot.send(to, words, key, sending));
  } catch (error) {
    if (!(error instanceof SendError)) return { kind: 'bug', name: nameOf(error) };
    const { failure, retryAfterMs, rest } = error;
    return { kind: 'failed', failure, retryAfterMs, rest };
  }
}

/** Names only: a message may quote what was sent. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SendError('time_out')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
