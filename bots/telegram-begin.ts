// What is said to Telegram once, when the bot begins to listen: how we want its updates, and our menu.
import { setTimeout as sleep } from 'node:timers/promises';
import type { MenuLine } from '../src/chat/bot.ts';
import { type Api, ApiError } from './telegram-api.ts';
import { ALLOWED_UPDATES } from './telegram-payload.ts';
import { type Log, unquoted } from './telegram-send.ts';

const CALL_WITHIN_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const PAUSE_MS_MAX = 30_000;
/** The most that Telegram opens at once: an update may have to wait for its chat's turn. */
const CONNECTIONS_MAX = 100;

export type Webhook = { readonly url: string; readonly secret: string | null };

type Beginning = {
  readonly api: Api;
  readonly webhook: Webhook | null;
  readonly menu: readonly MenuLine[];
  readonly log: Log;
  /** Gets the name under which people find the bot. */
  readonly onName: (name: string) => void;
};

/** Until Telegram is reached: without it nothing is to be done. False when the signal came first. */
export async function begin(beginning: Beginning, signal: AbortSignal): Promise<boolean> {
  const { api, webhook, menu, onName } = beginning;
  const limits = { withinMs: CALL_WITHIN_MS, signal };
  const isAgreed = await persistently(
    () =>
      webhook === null
        ? api('deleteWebhook', {}, limits)
        : api('setWebhook', hookOf(webhook), limits),
    beginning,
    signal,
  );
  if (!isAgreed) return false;
  // Neither a menu nor a link is a reason to wait.
  void showMenu(menu, api).catch(() => undefined);
  void api('getMe', {}, limits).then(
    ({ username }) => onName(username),
    () => undefined,
  );
  return true;
}

function hookOf({ url, secret }: Webhook) {
  const secret_token = secret ?? undefined;
  const allowed_updates = ALLOWED_UPDATES;
  return { url, secret_token, allowed_updates, max_connections: CONNECTIONS_MAX };
}

async function showMenu(menu: readonly MenuLine[], api: Api): Promise<void> {
  const limits = { withinMs: CALL_WITHIN_MS };
  const commands = menu.map(({ command, about: description }) => ({ command, description }));
  const shown = await api('getMyCommands', {}, limits);
  const isSame = JSON.stringify(
    shown.map(({ command, description }) => ({ command, description })),
  );
  if (isSame !== JSON.stringify(commands)) await api('setMyCommands', { commands }, limits);
}

async function persistently(
  work: () => Promise<unknown>,
  { log }: Beginning,
  signal: AbortSignal,
): Promise<boolean> {
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs *= 2)
    try {
      await work();
      return true;
    } catch (error) {
      if (signal.aborted) break;
      if (!(error instanceof ApiError)) throw error;
      const { failing } = error;
      const why = failing.kind === 'wrong' ? unquoted(failing.description) : failing.kind;
      log('telegram.not_begun', { why });
      const ms = failing.kind === 'wait' ? failing.ms : Math.min(pauseMs, PAUSE_MS_MAX);
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    }
  return false;
}
