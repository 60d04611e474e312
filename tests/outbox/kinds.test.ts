import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMerged } from '../../src/chat/telling.ts';
import { type Audience, HEARERS, type NoticeKind } from '../../src/orders/change.ts';
import { localTime } from '../../src/orders/dates.ts';
import { holdsOn, ruleFor, waitsUntil } from '../../src/outbox/kinds.ts';

const HOUR_MS = 3_600_000;
const NIGHT = { hours: { from: '21:00', to: '08:00' }, timeZone: 'Asia/Seoul' };
/** Seoul is nine hours ahead. */
const seoul = (time: string) => new Date(`2026-07-21T${time}:00+09:00`);
const eight = (date: string) => new Date(`${date}T08:00:00+09:00`);

const HEARD = Object.entries(HEARERS).flatMap(([kind, audiences]) =>
  audiences.map((audience) => ({ kind: kind as NoticeKind, audience })),
);

/** To its first hearer. */
function told(kind: NoticeKind): {
  kind: string;
  audience: Audience;
  data: Record<string, unknown>;
} {
  return { kind, audience: HEARERS[kind][0], data: {} };
}

function paid(actedAt?: Date) {
  const data = actedAt === undefined ? {} : { actedAt: actedAt.toISOString() };
  return { ...told('paid'), data };
}

const TIMINGS = {
  always: 'at any hour',
  'when-fresh': 'at once to who just acted',
  waits: 'in waking hours',
} as const;

describe('the table in docs/notices.md', () => {
  const rows = readFileSync(new URL('../../docs/notices.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );

  test('has exactly one row for each kind and each who hears it', () => {
    expect(rows.map(([kind, audience]) => `${kind} ${audience}`)).toEqual(
      HEARD.map(({ kind, audience }) => `\`${kind}\` ${audience}`),
    );
  });

  test.each(HEARD.map((one, at) => [one.kind, one.audience, at] as const))(
    'says of %s for the %s what is done on every platform',
    (kind, audience, at) => {
      const free = holdsOn({ kakao: 'never', terminal: 'never' })({ kind, audience });
      const bought = holdsOn({ kakao: 'paid', terminal: 'never' })({ kind, audience });
      const { timing, resends } = ruleFor({ kind, audience });
      for (const platform of ['telegram', 'discord', 'web'])
        expect(free.has(platform) || bought.has(platform)).toBe(false);
      expect(free.has('kakao') && free.has('terminal') && bought.has('terminal')).toBe(true);
      expect(rows[at]?.slice(2)).toEqual([
        bought.has('kakao') ? 'waits' : 'sent',
        TIMINGS[timing],
        resends ? 'once more' : 'never',
        isMerged(kind) ? 'merged' : 'beside others',
      ]);
    },
  );
});

describe('in quiet hours', () => {
  const waiting = HEARD.filter((one) => ruleFor(one).timing === 'waits');

  test.each(waiting.map((one) => [one.kind, one.audience, one] as const))(
    '%s waits for the %s until they end',
    (_kind, _audience, one) => {
      const notice = { ...one, data: {} };
      expect(waitsUntil(notice, seoul('22:10'), NIGHT)).toEqual(eight('2026-07-22'));
      expect(waitsUntil(notice, seoul('03:00'), NIGHT)).toEqual(eight('2026-07-21'));
    },
  );

  test('the list of the day goes out when it is made', () => {
    expect(waitsUntil(told('day_list'), seoul('06:00'), NIGHT)).toBeNull();
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
      const just = { ...told(kind), data: { actedAt: seoul('22:45').toISOString() } };
      expect(waitsUntil(just, now, NIGHT)).toBeNull();
      const before = { ...told(kind), data: { actedAt: seoul('18:00').toISOString() } };
      expect(waitsUntil(before, now, NIGHT)).toEqual(eight('2026-07-22'));
      expect(waitsUntil({ ...told(kind), data: { actedAt: null } }, now, NIGHT)).toEqual(
        eight('2026-07-22'),
      );
    },
  );

  test('what a newer program wrote waits, for nobody knows whether it may wake people', () => {
    const notice = { kind: 'from_the_future', audience: 'buyer', data: {} } as const;
    expect(waitsUntil(notice, seoul('23:00'), NIGHT)).toEqual(eight('2026-07-22'));
  });
});

test('the first and the last minute of the night', () => {
  const moved = told('moved');
  expect(waitsUntil(moved, seoul('20:59'), NIGHT)).toBeNull();
  expect(waitsUntil(moved, seoul('21:00'), NIGHT)).toEqual(eight('2026-07-22'));
  expect(waitsUntil(moved, seoul('07:59'), NIGHT)).toEqual(eight('2026-07-21'));
  expect(waitsUntil(moved, seoul('08:00'), NIGHT)).toBeNull();
});

test('nobody waits where a store has no quiet hours', () => {
  const none = { ...NIGHT, hours: { from: '00:00', to: '00:00' } };
  expect(waitsUntil(told('moved'), seoul('03:00'), none)).toBeNull();
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
        const until = waitsUntil(told('moved'), now, {
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
