import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createPace, TELEGRAM_PACE, TooLate } from '../../bots/telegram-pace.ts';

const pause = (ms: number) => sleep(ms);
const PATIENT = { withinMs: 60_000, pause };

/** The most that left within any `ms`. */
function mostWithin(leftAt: readonly number[], ms: number): number {
  return Math.max(
    ...leftAt.map((from) => leftAt.filter((at) => at >= from && at < from + ms).length),
  );
}

test('no more than thirty leave within a second, whoever they go to', async () => {
  const pace = createPace(TELEGRAM_PACE);
  const leftAt: number[] = [];
  await Promise.all(
    Array.from({ length: 50 }, async (_, chat) => {
      await pace.turn(String(chat), PATIENT);
      leftAt.push(performance.now());
    }),
  );
  // Timers of the runtime are a millisecond too early at times.
  expect(mostWithin(leftAt, 990)).toBeLessThanOrEqual(30);
  expect(Math.max(...leftAt) - Math.min(...leftAt)).toBeLessThan(3_000);
});

test('to one chat leaves one in a second, and others need not wait for it', async () => {
  const pace = createPace(TELEGRAM_PACE);
  await pace.turn('1', PATIENT);
  const first = performance.now();
  await pace.turn('2', PATIENT);
  expect(performance.now() - first).toBeLessThan(500);
  await pace.turn('1', PATIENT);
  expect(performance.now() - first).toBeGreaterThanOrEqual(990);
});

test('what would come too late is said at once, with how long it is', async () => {
  const pace = createPace(TELEGRAM_PACE);
  await pace.pause('1', 30_000);
  const late = await pace.turn('1', { withinMs: 5_000, pause }).catch((error: unknown) => error);
  expect(late).toBeInstanceOf(TooLate);
  expect((late as TooLate).ms).toBeGreaterThan(25_000);
});
