import { expect, test } from 'vitest';
import { mayAddress, perMinute } from '../../bots/web-chat-limits.ts';

const NOON = new Date('2026-07-20T03:00:00Z');
const NEXT_MINUTE = new Date('2026-07-20T03:01:00Z');

test('each key has its own count in each minute', () => {
  const may = perMinute(2);
  expect([may('a', NOON), may('a', NOON), may('a', NOON)]).toEqual([true, true, false]);
  expect(may('b', NOON)).toBe(true);
  expect(may('a', NEXT_MINUTE)).toBe(true);
});

test('made-up keys do not fill the memory', () => {
  const may = perMinute(1);
  expect(may('a', NOON)).toBe(true);
  expect(may('a', NOON)).toBe(false);
  for (let key = 0; key <= 50_000; key++) may(`${key}`, NOON);
  // All was forgotten, this key too.
  expect(may('a', NOON)).toBe(true);
});

test('an address is limited, but not the proxy on this machine that hides many', () => {
  const may = perMinute(1);
  const tries = (address: string | undefined) =>
    [1, 2].map(() => mayAddress(may, address, NOON)).join();
  expect(tries('203.0.113.7')).toBe('true,false');
  for (const near of ['127.0.0.1', '::1', '::ffff:127.0.0.1', undefined])
    expect(tries(near)).toBe('true,true');
});
