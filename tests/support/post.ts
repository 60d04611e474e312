// A farm whose people can be spoken to first, a bot that fails as it is told, and a clock that is moved.
import type { Database } from 'better-sqlite3';
import { type Bot, type Reply, SendError, type SendResult } from '../../src/chat/bot.ts';
import { wordsFor } from '../../src/chat/notices.ts';
import { createDelivery } from '../../src/outbox/delivery.ts';
import type { SqliteStore } from '../../storage/sqlite.ts';
import { hire, openFarm } from './shop.ts';
import { openWithConnection } from './sqlite.ts';

export const BASE_MS = 1000;

export type Sent = {
  readonly to: string;
  readonly reply: Reply;
  readonly key: string;
  readonly at: Date;
};
/** What the platform does with a message; it has taken it when this answers `sent`. */
export type Behaviour = (sent: Sent, tries: number) => SendResult | Error | Promise<SendResult>;

export type Row = {
  readonly id: number;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly copies: number;
  readonly cause: string | null;
  readonly due_at: string | null;
  readonly person_id: string;
  readonly bundle_id: number | null;
};

/** As Telegram has it. */
export const TEXT_CHARS = 4096;
export const PAGES_URL = 'https://shop.example';
export const SENT: SendResult = { kind: 'sent' };

export type Post = Awaited<ReturnType<typeof openPost>>;

export async function openPost(
  behave: Behaviour = () => SENT,
  {
    dropsCopies = false,
    platform = 'telegram',
    now,
  }: { readonly dropsCopies?: boolean; readonly platform?: string; readonly now?: Date } = {},
) {
  const { store, db, vault } = openWithConnection();
  const farm = await openFarm(store, { platform, now });
  const sent: Sent[] = [];
  const passed: { readonly storeId: string; readonly platform: string }[] = [];
  let at = farm.asked().now;
  const bot: Bot = {
    platform: 'telegram',
    dropsCopies,
    textChars: TEXT_CHARS,
    async send(to, reply, key) {
      const one = { to: to.user, reply, key, at };
      sent.push(one);
      const tries = sent.filter((other) => other.key === key).length;
      const result = await behave(one, tries);
      if (result instanceof Error) throw result;
      return result;
    },
  };
  const deliveryOf = (of: SqliteStore = store, bots = new Map([['telegram', bot]])) =>
    createDelivery({
      store: of,
      bots,
      wordsFor,
      pagesUrl: PAGES_URL,
      now: () => at,
      random: () => 1,
      retryBaseMs: BASE_MS,
      log: () => undefined,
      onSent: (one) => passed.push(one),
    });
  return {
    store,
    db,
    vault,
    farm,
    bot,
    sent,
    /** What a platform took, as the figures hear of it. */
    passed,
    deliveryOf,
    delivery: deliveryOf(),
    now: () => at,
    pass(ms: number) {
      at = new Date(at.getTime() + ms);
    },
    setNow(instant: string) {
      at = new Date(instant);
    },
    rows: (kind = '%'): Row[] => rowsOf(db, kind),
    row(kind = '%'): Row {
      const [row] = rowsOf(db, kind);
      if (row === undefined) throw new Error(`there is no row of ${kind}`);
      return row;
    },
    textsTo: (user: string) =>
      sent.filter(({ to }) => to === user).map(({ reply }) => reply.texts.join('\n')),
    hireAdmin: () => hire(store, { storeId: '*', role: 'admin', now: at }),
  };
}

function rowsOf(db: Database, kind: string): Row[] {
  return db.prepare('SELECT * FROM outbox WHERE kind LIKE ? ORDER BY id').all(kind) as Row[];
}

export const rateLimited = (seconds: number) => new SendError('rate_limited', seconds * 1000);
