import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quietEnd } from '../../src/orders/dates.ts';
import { decideRemind, remindAt } from '../../src/orders/reminding.ts';
import { DEFAULT_POLICY } from '../../src/orders/shop.ts';
import { placedOrder } from '../support/orders.ts';
import { calendarWith, stateWith } from '../support/shop.ts';

const HOUR_MS = 3_600_000;
const SEOUL = { timeZone: 'Asia/Seoul', quietHours: { from: '21:00', to: '08:00' } };
const endOfQuiet = ({ timeZone, quietHours }: typeof SEOUL, at: Date) =>
  quietEnd(at, quietHours, timeZone);
const seoul = (local: string) => new Date(`2026-07-${local}:00+09:00`);

describe('the instant of the reminder', () => {
  test.each([
    ['in the last quarter of the time to pay', '20T18:00', '21T18:00', '21T12:00'],
    ['in the evening before, where that is night', '20T12:00', '21T12:00', '20T20:00'],
    ['in the morning, when it was ordered late', '20T19:30', '21T10:00', '21T08:00'],
    ['at the last waking minute, when it ends with the night', '20T20:10', '21T08:00', '20T20:59'],
    ['never, where there is only night', '20T22:00', '21T08:00', null],
  ])('%s', (_name, placed, payBy, expected) => {
    const at = remindAt(SEOUL, { placedAt: seoul(placed), payBy: seoul(payBy) });
    expect(at).toEqual(expected && seoul(expected));
  });

  test('lies between the order and its end, never in quiet hours, and is there for any full day', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const time = (m: number) =>
      `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 10, max: 4_000 }),
        minute,
        minute,
        (startMin, windowMin, from, to) => {
          const waking = { timeZone: 'Asia/Seoul', quietHours: { from: time(from), to: time(to) } };
          const placedAt = new Date(Date.UTC(2026, 6, 1) + startMin * 60_000);
          const end = new Date(placedAt.getTime() + windowMin * 60_000);
          const payBy = endOfQuiet(waking, end) ?? end;
          const at = remindAt(waking, { placedAt, payBy });
          const isWaking = endOfQuiet(waking, placedAt) === null;
          if (at === null) {
            // Somebody who orders in waking hours is left out only at their very last minute.
            const soon = new Date(placedAt.getTime() + 60_000);
            expect(isWaking && endOfQuiet(waking, soon) === null).toBe(false);
            return;
          }
          expect(at > placedAt && at < payBy).toBe(true);
          expect(endOfQuiet(waking, at)).toBeNull();
        },
      ),
    );
  });
});

describe('reminding', () => {
  const order = placedOrder();
  const due = new Date(order.remindAt ?? '');
  const remind = (over: Partial<typeof order>, now = due) =>
    decideRemind(
      stateWith(calendarWith({ now }), {
        order: { ...order, ...over },
      }),
    );

  test('is due some hours before the end, tells the buyer once and is then over', () => {
    const left = Date.parse(order.payBy) - due.getTime();
    expect(left).toBeGreaterThanOrEqual(2 * HOUR_MS);
    const change = remind({});
    expect(change).toMatchObject({
      answer: true,
      who: 'system',
      orders: [{ remindAt: null }],
      events: [{ event: 'reminded' }],
      notices: [{ kind: 'reminder', to: { person: 'per_1' } }],
    });
    expect(remind({ remindAt: null })).toMatchObject({ answer: false, notices: [] });
  });

  test('waits for its time', () => {
    expect(remind({}, new Date(due.getTime() - 1))).toMatchObject({ answer: false, notices: [] });
  });

  test.each([
    ['paid', { state: 'paid' }],
    ['cancelled', { state: 'cancelled' }],
    ['expired', { state: 'expired' }],
    ['said to be paid', { claimedPaidAt: '2026-07-20T04:00:00.000Z' }],
    ['paid in part', { paidKrw: 1 }],
    ['over', { payBy: due.toISOString() }],
  ] as const)('says nothing about an order that is %s, and never comes back to it', (_, over) => {
    expect(remind(over)).toMatchObject({
      answer: false,
      orders: [{ remindAt: null }],
      events: [],
      notices: [],
    });
  });

  test('that was missed in the daytime waits for the morning, or is given up when that is too late', () => {
    const night = seoul('20T23:00');
    const missed = { remindAt: '2026-07-20T03:30:00.000Z' };
    expect(endOfQuiet(DEFAULT_POLICY, night)).not.toBeNull();
    expect(remind(missed, night)).toMatchObject({
      answer: false,
      notices: [],
      orders: [{ remindAt: seoul('21T08:00').toISOString() }],
    });
    const short = { ...missed, payBy: seoul('21T08:00').toISOString() };
    expect(remind(short, night)).toMatchObject({ notices: [], orders: [{ remindAt: null }] });
  });
});
