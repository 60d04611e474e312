import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import { holdsOn } from '../../src/outbox/kinds.ts';
import type { SqliteStore } from '../../storage/sqlite.ts';
import { openEventApi } from '../support/kakao-event.ts';
import { SECRET } from '../support/kakao-house.ts';
import { MONDAY_NOON, openFarm, requestFor } from '../support/shop.ts';
import { DATA_KEY, fileForTest } from '../support/sqlite.ts';

const WORKER = fileURLToPath(new URL('push-worker.ts', import.meta.url));
const NOTICES = 200;
const PER_SECOND_MAX = 30;
/** More than a lease and a receipt may take. */
const AHEAD_MS = 5 * 60_000;
/** Persons spoken to at once. */
const IN_FLIGHT_MAX = 16;
const LIMIT_MS = 120_000;
const MONEY = { amountKrw: null, method: 'bank', reference: null, depositor: null } as const;

type Api = Awaited<ReturnType<typeof openEventApi>>;

/** Half of the people are owed the news of a new date, half that of their payment. */
async function oweNotices(store: SqliteStore): Promise<void> {
  const quietHours = { from: '00:00', to: '00:00' };
  const farm = await openFarm(store, { policy: { dailyCapBoxes: 10_000, quietHours } });
  const payFrom = async (from: number, to: number) => {
    for (let no = from; no < to; no++) {
      const user = `buyer-${no}`;
      const buyer = await store.meet({ platform: 'kakao', bot: 'bot', user }, MONDAY_NOON);
      const placing = { id: `ord_${no}`, buyerId: buyer.id, request: requestFor({}) };
      await store.submit(ordering.place(farm.asked(), placing));
      const paying = { ...MONEY, at: MONDAY_NOON.toISOString() };
      await store.submit(ordering.pay(farm.asked('seller'), placing.id, paying));
    }
  };
  await payFrom(0, NOTICES / 2);
  const claim = { now: MONDAY_NOON, leaseMs: 1000, limit: NOTICES };
  for (const row of await store.claimOutbox(claim))
    await store.settleOutbox(row, { state: 'done', content: null }, MONDAY_NOON);
  await farm.cap('2026-07-21', 0);
  await payFrom(NOTICES / 2, NOTICES);
}

type Server = { readonly child: ChildProcess; readonly written: (count: number) => Promise<void> };

async function start(path: string, api: Api, aheadMs: number): Promise<Server> {
  const child = spawn(process.execPath, [WORKER, path, api.base, String(aheadMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: url } = await lines.next();
  if (typeof url !== 'string') throw new Error('the server ended by itself');
  api.connect({ url, secret: SECRET });
  return {
    child,
    async written(count) {
      for (let lineNo = 0; lineNo < count; lineNo++) await lines.next();
    },
  };
}

async function kill({ child }: Server): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test(
  '200 notices of money and dates, pushed by a process that is killed half way, are all seen',
  async () => {
    const { path, open } = fileForTest();
    const before = open(DATA_KEY, holdsOn({ kakao: 'paid' }));
    await oweNotices(before);
    await before.close();
    const api = await openEventApi({ perSecondMax: PER_SECOND_MAX });
    const first = await start(path, api, 0);
    await api.shown(NOTICES / 2);
    await kill(first);
    await api.ended();
    const seenBefore = api.screens.length;
    const second = await start(path, api, AHEAD_MS);
    await api.shown(NOTICES);
    await api.ended();
    await second.written(api.screens.length - seenBefore);
    await kill(second);

    const store = open();
    const due = await store.listOutbox({ state: 'due', limit: NOTICES });
    await store.close();
    expect(due).toEqual([]);
    expect(seenBefore).toBeLessThan(NOTICES);
    const screens = Map.groupBy(api.screens, ({ receipt }) => receipt);
    expect(screens.size).toBe(NOTICES);
    const twice = [...screens.values()].filter(({ length }) => length > 1);
    // What was being answered at the kill, and the same words again.
    expect(twice.length).toBeLessThanOrEqual(IN_FLIGHT_MAX);
    for (const [one, other, third] of twice) {
      expect(other?.shown).toEqual(one?.shown);
      expect(third).toBeUndefined();
    }
    for (const { user, shown } of api.screens) {
      const isPaid = Number(user.slice('buyer-'.length)) >= NOTICES / 2;
      expect(shown.texts.join()).toContain(isPaid ? '입금완료' : '출하일이 바뀌었어요');
    }
    expect(api.calls.length).toBeLessThanOrEqual(NOTICES + IN_FLIGHT_MAX);
  },
  LIMIT_MS,
);
