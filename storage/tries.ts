// Wrong codes are counted for whoever tries them and, since a wrong code belongs to nobody, for the bot
// through which they come; either locks for an hour, and leaves all other bots alone.
import { EVERY_STORE, type Notice } from '../src/orders/change.ts';
import type { SenderKey } from '../src/orders/store.ts';
import { type Context, oweNotices } from './operations.ts';
import { all, type Body, first, q } from './statement.ts';

const HOUR_MS = 3_600_000;
const PER_SENDER_MAX = 5;
const PER_BOT_MAX = 50;

/** Codes of one kind lock each other only. */
export type Tried = {
  readonly what: 'invite' | 'account';
  readonly personId: string;
  readonly sender: SenderKey;
};

export function* isLocked(tried: Tried, now: Date): Body<boolean> {
  const { own, everyone } = yield* triesOf(tried, now);
  return own >= PER_SENDER_MAX || everyone >= PER_BOT_MAX;
}

/** Counts one more; of a lock that this makes the admins hear, once. */
export function* countTry(context: Context, tried: Tried, now: Date): Body<void> {
  const { own, everyone } = yield* triesOf(tried, now);
  const { sender, bot } = subjectsOf(tried);
  for (const subject of [sender, bot])
    yield* all(q.addWrongTry, { subject, at: now.toISOString() });
  const locksBot = everyone + 1 === PER_BOT_MAX;
  if (!locksBot && own + 1 !== PER_SENDER_MAX) return;
  const notice: Notice = {
    to: { role: 'admin' },
    kind: 'codes_locked',
    data: {
      whose: locksBot ? 'bot' : 'sender',
      what: tried.what,
      platform: tried.sender.platform,
    },
  };
  yield* oweNotices(context, { storeId: EVERY_STORE, now, actorId: tried.personId }, [notice]);
}

function* triesOf(tried: Tried, now: Date): Body<{ own: number; everyone: number }> {
  const { sender, bot } = subjectsOf(tried);
  const since = new Date(now.getTime() - HOUR_MS).toISOString();
  const own = yield* first(q.countWrongTries, { subject: sender, since });
  const everyone = yield* first(q.countWrongTries, { subject: bot, since });
  return { own: Number(own?.tries), everyone: Number(everyone?.tries) };
}

function subjectsOf({ what, personId, sender: { platform, bot } }: Tried) {
  const before = what === 'invite' ? '' : `${what} `;
  return { sender: `${before}${personId}`, bot: `${before}bot ${JSON.stringify([platform, bot])}` };
}
