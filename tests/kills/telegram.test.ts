// Two hundred people are told of their money and their dates, at the pace Telegram takes, by a process that
// is killed half way and another one that comes after it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import type { Store } from '../../src/orders/store.ts';
import { openPlain } from '../../storage/sqlite.ts';
import { type Farm, MONDAY_NOON, openFarm, requestFor, TUESDAY } from '../support/shop.ts';
import { fileForTest } from '../support/sqlite.ts';
import { BOT, openTelegram, type TelegramServer } from '../support/telegram.ts';

const WORKER = fileURLToPath(new URL('./telegram-worker.ts', import.meta.url));
const EACH = 100;
const PER_SECOND_MAX = 30;
/** As long as a message takes to get there and back: some are on their way at any moment. */
const WAY_MS = 120;
/** Messages the outbox has on their way at once. */
const AT_ONCE_MAX = 16;
/** A killed worker's rows are another one's when its lease is over. */
const AFTER_LEASE_MS = 120_000;
const LIMIT_MS = 120_000;

async function orderFor({ store, ...farm }: Farm, no: number): Promise<void> {
  const sender = { platform: 'telegram', bot: BOT, user: String(7000 + no) };
  const { id: buyerId } = await store.meet(sender, MONDAY_NOON);
  const placing = { id: `ord_${no}`, buyerId, request: requestFor({ boxes: 1 }) };
  await store.submit(ordering.place(farm.asked(), placing));
  await store.submit(farm.paying(`ord_${no}`));
}

/** A hundred who know their date and are moved, a hundred who have just paid. */
async function oweNotices(store: Store): Promise<void> {
  const farm = await openFarm(store, { policy: { dailyCapBoxes: 1_000 } });
  for (let no = 0; no < EACH; no++) await orderFor(farm, no);
  const claim = { now: MONDAY_NOON, leaseMs: 0, limit: 2 * EACH };
  for (const row of await store.claimOutbox(claim))
    await store.settleOutbox(row, { state: 'done', content: null }, MONDAY_NOON);
  await farm.cap(TUESDAY, 0);
  for (let no = EACH; no < 2 * EACH; no++) await orderFor(farm, no);
}

function work(path: string, server: TelegramServer, aheadMs: number) {
  const words = [WORKER, path, server.url, String(aheadMs)];
  return spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] });
}

test(
  'all two hundred arrive, and only what was on its way comes twice, to the letter and counted',
  async () => {
    const { path, open } = fileForTest();
    const store = open();
    await oweNotices(store);
    await store.close();
    const server = await openTelegram({ perSecondMax: PER_SECOND_MAX, wayMs: WAY_MS });
    const people = Array.from({ length: 2 * EACH }, (_, no) => String(7000 + no));
    const shownTo = (user: string) => server.shownTo(user).shown.map(({ text }) => text);
    const arrived = () => people.reduce((sum, user) => sum + shownTo(user).length, 0);

    const first = work(path, server, 0);
    const killed = once(first, 'exit');
    await server.until(() => arrived() >= EACH);
    first.kill('SIGKILL');
    await killed;
    const before = arrived();
    expect(before).toBeLessThan(2 * EACH);
    const [code] = await once(work(path, server, AFTER_LEASE_MS), 'exit');
    expect(code).toBe(0);

    const texts = people.map(shownTo);
    expect(texts.filter(({ length }) => length === 0)).toEqual([]);
    const doubled = texts.filter(({ length }) => length > 1);
    for (const said of doubled) expect(said).toEqual([said[0], said[0]]);
    const after = open();
    const letters = await after.listOutbox({ limit: 10 * EACH });
    const ends = letters.filter(({ kind }) => kind === 'paid' || kind === 'moved');
    expect(new Set(ends.map(({ kind, state }) => `${kind} ${state}`))).toEqual(
      new Set(['paid done', 'moved done']),
    );
    await after.close();
    const db = openPlain(path);
    const copies = Number(db.prepare('SELECT sum(copies) FROM outbox').pluck().get());
    db.close();
    expect(doubled.length).toBeLessThanOrEqual(copies);
    expect(copies).toBeLessThanOrEqual(AT_ONCE_MAX);
    expect(server.refused).toEqual([]);
    await server.close();
  },
  LIMIT_MS,
);
