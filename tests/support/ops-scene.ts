// A morning's traffic and some letters that could not be delivered, for the operator's page.
import type { Store } from '../../src/orders/store.ts';
import { Meter } from '../../src/web/meter.ts';
import type { Running } from '../../src/web/ops-figures.ts';
import { type Scene, TUESDAY_MORNING } from './page-scene.ts';
import { MONDAY_NOON } from './shop.ts';

export const OPS_KEY = 'installation-key-of-these-tests';
export const STORE_KEY = 'key-of-one-store-only';
export const OPS_KEYS = new Map([
  [OPS_KEY, null],
  [STORE_KEY, 'peach'],
]);

const MINUTE_MS = 60_000;
const ago = (minutes: number, now = TUESDAY_MORNING) =>
  new Date(now.getTime() - minutes * MINUTE_MS);

/** What waits for its people is taken by a worker, and dies of these causes; answers their numbers. */
export async function letDie(
  store: Store,
  causes: readonly string[],
  now = TUESDAY_MORNING,
): Promise<readonly number[]> {
  const rows = await store.claimOutbox({ now, leaseMs: MINUTE_MS, limit: causes.length });
  const dying = rows.slice(0, causes.length);
  for (const [at, row] of dying.entries()) {
    const end = { state: 'dead', cause: causes[at] ?? 'bug', content: null } as const;
    await store.settleOutbox(row, end, ago(90 - at * 25, now));
  }
  // The others are given back.
  await store.putOffOutbox(rows.slice(causes.length), { until: now, isQuiet: false });
  return dying.map(({ id }) => id);
}

/** Orders all through the last hour, some of them paid; what their buyers are told waits. */
export async function placeThroughTheHour({ place, pay }: Scene): Promise<void> {
  const nine = (TUESDAY_MORNING.getTime() - MONDAY_NOON.getTime()) / MINUTE_MS - 55;
  for (const [index, after] of [0, 4, 5, 11, 12, 12, 20, 31, 32, 32, 40, 47, 53].entries()) {
    await place(`ord_${index}`, nine + after, 1);
    if (index < 5) await pay(`ord_${index}`, nine + after + 1);
  }
}

/** An hour with a wave in it, the same each time. */
export function busyHour(now = TUESDAY_MORNING): Meter {
  const meter = new Meter();
  for (let minute = 59; minute >= 0; minute--) {
    const wave = Math.round(6 + 5 * Math.sin(minute / 7));
    const at = { now: ago(minute, now) };
    const kakao = { storeId: 'peach', platform: 'kakao' };
    meter.flow.count('messages', kakao, { ...at, times: wave });
    meter.flow.count('notices', kakao, { ...at, times: wave % 4 });
    if (minute % 3 === 0)
      meter.flow.count('messages', { storeId: 'peach', platform: 'telegram' }, { ...at, times: 2 });
    if (minute % 11 === 0) meter.flow.count('messages', { storeId: '', platform: 'web' }, at);
  }
  return meter;
}

export function runningSince(now = TUESDAY_MORNING): Running {
  const fine = { lookedAt: ago(0, now), dueSince: null, failure: null };
  const ran = (minutes: number, slot: string) => ({ at: ago(minutes, now), slot });
  return {
    since: ago(3 * 1440, now),
    version: '0.1.0',
    engine: 'SQLite',
    timeZone: 'Asia/Seoul',
    jobs: () => [
      { name: 'day-list', ...fine, ran: ran(220, '2026-07-21') },
      { name: 'expiry', ...fine, ran: ran(0, '2026-07-21T00:40') },
      { name: 'evening-question', ...fine, ran: null, dueSince: ago(12, now) },
      { name: 'backup', ...fine, ran: null, dueSince: ago(2, now), failure: 'SqliteError' },
    ],
  };
}
