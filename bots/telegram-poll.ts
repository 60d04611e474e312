// Asks Telegram for its updates, again and again. telegraf's own loop confirms a batch before it is answered,
// waits for all of it before it asks again, and ends when somebody else polls: this one does none of that.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, ApiError, type Failing } from './telegram-api.ts';
import type { Intake } from './telegram-intake.ts';
import { ALLOWED_UPDATES, readUpdate } from './telegram-payload.ts';
import type { Log } from './telegram-send.ts';

/** How long Telegram holds a call while nothing comes; networks cut what is silent for much longer. */
const POLL_S = 25;
const POLL_WITHIN_MS = 35_000;
const UPDATES_MAX = 100;
/** What is at work comes again with each call: so long it is not asked for. */
const OPEN_PAUSE_MS = 300;
const HELD_MS_MIN = 50;
const TROUBLED_PAUSE_MS = 1000;
const FIRST_PAUSE_MS = 500;
const PAUSE_MS_MAX = 15_000;
/** Two that poll take the connection from each other; the one that gives way longer lets the other finish. */
const RIVAL_PAUSE_MS = 2000;
const TOKEN_PAUSE_MS = 60_000;
const CONFIRM_WITHIN_MS = 3000;

type Polling = { readonly api: Api; readonly intake: Intake; readonly log: Log };

/** Runs until the signal; then confirms what is answered. */
export async function poll({ api, intake, log }: Polling, signal: AbortSignal): Promise<void> {
  /** All before it may be forgotten; null when there is nothing new to confirm. */
  let confirmed: number | null = null;
  let pauseMs = FIRST_PAUSE_MS;
  let isRivalKnown = false;
  /** Something could not be answered, as when the database is away: it comes again at once. */
  let isTroubled = false;

  async function look(timeout: number, withinMs: number, until?: AbortSignal) {
    const offset = intake.firstOpen() ?? confirmed ?? undefined;
    const asked = { offset, timeout, limit: UPDATES_MAX, allowed_updates: ALLOWED_UPDATES };
    return api('getUpdates', asked, { withinMs, signal: until });
  }

  while (!signal.aborted)
    try {
      // While something is open Telegram answers at once, with that.
      const askedAt = performance.now();
      const updates = await look(POLL_S, POLL_WITHIN_MS, signal);
      pauseMs = FIRST_PAUSE_MS;
      isRivalKnown = false;
      const before = intake.size();
      for (const update of updates) {
        const arrived = readUpdate(update);
        confirmed = Math.max(confirmed ?? 0, update.update_id + 1);
        if (arrived === undefined) log('telegram.unreadable', { why: 'update' });
        // Who rejects is open no more and comes again.
        else
          intake.take(arrived).end.catch(() => {
            isTroubled = true;
          });
      }
      if (updates.length === 0) {
        confirmed = null;
        // Something between us and Telegram, or in its place, does not hold the call.
        if (performance.now() - askedAt < HELD_MS_MIN) await sleep(OPEN_PAUSE_MS);
      }
      if (isTroubled) {
        isTroubled = false;
        await sleep(TROUBLED_PAUSE_MS, undefined, { signal });
      }
      const isNew = intake.size() > before;
      if (!isNew && intake.size() > 0) await Promise.race([intake.next(), sleep(OPEN_PAUSE_MS)]);
    } catch (error) {
      if (signal.aborted) break;
      if (!(error instanceof ApiError)) throw error;
      const { failing } = error;
      if (failing.kind !== 'rival' || !isRivalKnown)
        log('telegram.poll_failed', { why: failing.kind });
      isRivalKnown = failing.kind === 'rival';
      await afterFailure(failing, { api, pauseMs, signal });
      pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX);
    }
  await intake.settle(CONFIRM_WITHIN_MS);
  await look(0, CONFIRM_WITHIN_MS).catch(() => undefined);
}

async function afterFailure(
  failing: Failing,
  { api, pauseMs, signal }: { api: Api; pauseMs: number; signal: AbortSignal },
): Promise<void> {
  if (failing.kind === 'rival' && failing.isWebhook)
    await api('deleteWebhook', {}, { withinMs: POLL_WITHIN_MS, signal }).catch(() => undefined);
  await sleep(pauseAfter(failing, pauseMs), undefined, { signal }).catch(() => undefined);
}

function pauseAfter(failing: Failing, pauseMs: number): number {
  if (failing.kind === 'wait') return failing.ms;
  if (failing.kind === 'rival') return RIVAL_PAUSE_MS * (0.5 + Math.random());
  return failing.kind === 'token' ? TOKEN_PAUSE_MS : pauseMs;
}
