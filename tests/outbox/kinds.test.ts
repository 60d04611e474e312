import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOTICE_KINDS } from '../../src/orders/change.ts';
import { localTime } from '../../src/orders/dates.ts';
import { KINDS, waitsUntil } from '../../src/outbox/kinds.ts';

const HOUR_MS = 3_600_000;
const NIGHT = { hours: { from: '21:00', to: '08:00' }, timeZone: 'Asia/Seoul' };
/** Seoul is nine hours ahead. */
const seoul = (time: string) => new Date(`2026-07-21T${time}:00+09:00`);
const eight = (date: string) => new Date(`${date}T08:00:00+09:00`);

function paid(actedAt?: Date) {
  return { kind: 'paid', data: actedAt === undefined ? {} : { actedAt: actedAt.toISOString() } };
}

describe('in quiet hours', () => {
  test.each(NOTICE_KINDS.filter((kind) => KINDS[kind].timing === 'waits'))(
    '%s waits until they end',
    (kind) => {
      expect(waitsUntil({ kind, data: {} }, seoul('22:10'), NIGHT)).toEqual(eight('2026-07-22'));
      expect(waitsUntil({ kind, data: {} }, seoul('03:00'), NIGHT)).toEqual(eight('2026-07-21'));
    },
  );

  test('the list of the day goes out when it is made', () => {
    expect(waitsUntil({ kind: 'day_list', data: {} }, seoul('06:00'), NIGHT)).toBeNull();
  });

  test.each([
    ['30 minutes ago', 30, true],
    ['a minute longer ago', 31, false],
  ])('a payment of somebody who acted %s', (_, minutes, isTold) => {
    const now = seoul('23:00');
    const acted = new Date(now.getTime() - minutes * 60_000);
    expect(waitsUntil(paid(acted), now, NIGHT) === null).toBe(isTold);
  });

  test('a payment of which nobody knows when the buyer acted waits', () => {
    expect(waitsUntil(paid(), seoul('23:00'), NIGHT)).toEqual(eight('2026-07-22'));
  });

  test.each(['refund_done', 'refund_failed'] as const)(
    '%s is told to a buyer who gave his account just now, and waits for the others',
    (kind) => {
      const now = seoul('23:00');
      const just = { kind, data: { actedAt: seoul('22:45').toISOString() } };
      expect(waitsUntil(just, now, NIGHT)).toBeNull();
      const before = { kind, data: { actedAt: seoul('18:00').toISOString() } };
      expect(waitsUntil(before, now, NIGHT)).toEqual(eight('2026-07-22'));
      expect(waitsUntil({ kind, data: { actedAt: null } }, now, NIGHT)).toEqual(
        eight('2026-07-22'),
      );
    },
  );

  test('what a newer program wrote waits, for nobody knows whether it may wake people', () => {
    const notice = { kind: 'from_the_future', data: {} };
    expect(waitsUntil(notice, seoul('23:00'), NIGHT)).toEqual(eight('2026-07-22'));
  });
});

test('the first and the last minute of the night', () => {
  const moved = { kind: 'moved', data: {} };
  expect(waitsUntil(moved, seoul('20:59'), NIGHT)).toBeNull();
  expect(waitsUntil(moved, seoul('21:00'), NIGHT)).toEqual(eight('2026-07-22'));
  expect(waitsUntil(moved, seoul('07:59'), NIGHT)).toEqual(eight('2026-07-21'));
  expect(waitsUntil(moved, seoul('08:00'), NIGHT)).toBeNull();
});

test('nobody waits where a store has no quiet hours', () => {
  const none = { ...NIGHT, hours: { from: '00:00', to: '00:00' } };
  expect(waitsUntil({ kind: 'moved', data: {} }, seoul('03:00'), none)).toBeNull();
});

test('what waits is told later, at a time that is not quiet, also when clocks change', () => {
  const clock = fc.constantFrom('00:00', '01:30', '02:30', '03:00', '08:00', '12:00', '21:00');
  // Three weeks around each change of the clocks in New York and in London.
  const instant = fc
    .tuple(fc.constantFrom('2026-03-01', '2026-10-18'), fc.integer({ min: 0, max: 45 * 24 * 60 }))
    .map(([from, minutes]) => new Date(Date.parse(`${from}T00:00:00Z`) + minutes * 60_000));
  fc.assert(
    fc.property(
      instant,
      fc.constantFrom('Asia/Seoul', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe'),
      clock,
      clock,
      (now, timeZone, from, to) => {
        const isQuiet = (at: Date) => {
          const { time } = localTime(at, timeZone);
          return from <= to ? from <= time && time < to : time >= from || time < to;
        };
        const until = waitsUntil({ kind: 'moved', data: {} }, now, {
          hours: { from, to },
          timeZone,
        });
        expect(until !== null).toBe(isQuiet(now));
        if (until === null) return;
        expect(until.getTime()).toBeGreaterThan(now.getTime());
        // The day the clocks go forward may not have the half hour that is left: then the day after.
        expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(49 * HOUR_MS);
        expect(isQuiet(until), `${until.toISOString()} in ${timeZone}`).toBe(false);
      },
    ),
    { numRuns: 3_000 },
  );
});
