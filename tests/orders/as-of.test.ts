import { describe, expect, test } from 'vitest';
import { boxesAt, otherPlaceAt, standingAt } from '../../src/orders/as-of.ts';
import type { HistoryEntry } from '../../src/orders/store.ts';

const at = (hour: number) => `2026-07-20T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** What happened at each full hour, of the parcel unless it is of the whole order. */
function historyOf(
  ...events: readonly (readonly [event: string, detail?: HistoryEntry['detail'], of?: string])[]
): readonly HistoryEntry[] {
  return events.map(([event, detail = {}, of = 'par_1'], hour) => ({
    ...{ at: at(hour), who: 'system', event, detail },
    parcelId: of === 'order' ? null : of,
  }));
}

const PLACED = ['placed', {}, 'order'] as const;
const DATED = ['scheduled', { date: '2026-07-21' }] as const;
const TAKEN_BACK = ['payment_taken_back', { amountKrw: 1, isOwed: true }, 'order'] as const;

describe('where a parcel stood', () => {
  const walk = historyOf(
    PLACED,
    ['paid', {}, 'order'],
    DATED,
    ['moved', { from: '2026-07-21', to: '2026-07-22' }],
    ['harvested'],
    ['undone', { from: 'harvested', to: 'scheduled' }],
    ['waybill', { waybill: '1' }],
    ['shipped'],
    ['delivered'],
  );

  test('is told step by step, each from its own moment on', () => {
    const seen = walk.map((_, hour) => standingAt(walk, 'par_1', at(hour)));
    expect(seen.map((one) => one && [one.state, one.date?.slice(-2) ?? null])).toEqual([
      ['waiting', null],
      ['waiting', null],
      ['scheduled', '21'],
      ['scheduled', '22'],
      ['harvested', '22'],
      ['scheduled', '22'],
      ['scheduled', '22'],
      ['shipped', '22'],
      ['delivered', '22'],
    ]);
  });

  test('is nowhere before it was ordered', () => {
    expect(standingAt(walk, 'par_1', '2026-07-19T23:59:59.999Z')).toBeNull();
  });

  test('is not what happened to another parcel of the order', () => {
    const others = historyOf(PLACED, DATED, ['cancelled', {}, 'par_2']);
    expect(standingAt(others, 'par_1', at(9))?.state).toBe('scheduled');
    expect(standingAt(others, 'par_2', at(9))).toEqual({ state: 'cancelled', date: null });
  });

  test('is on no date once its payment is taken back or no date is left', () => {
    for (const last of [TAKEN_BACK, ['no_date', { from: '2026-07-21' }] as const]) {
      const history = historyOf(PLACED, DATED, last);
      expect(standingAt(history, 'par_1', at(9))).toEqual({ state: 'waiting', date: null });
    }
  });

  test('stays where a payment is taken back that was too much', () => {
    const history = historyOf(PLACED, DATED, ['payment_taken_back', { isOwed: false }, 'order']);
    expect(standingAt(history, 'par_1', at(9))?.date).toBe('2026-07-21');
  });

  test('stays cancelled, whatever becomes of its order', () => {
    const history = historyOf(PLACED, DATED, ['cancelled'], TAKEN_BACK);
    expect(standingAt(history, 'par_1', at(9))?.state).toBe('cancelled');
  });
});

test('a move that was taken back leads back to the date before, or to none', () => {
  const moved = ['moved', { from: '2026-07-21', to: '2026-07-22' }] as const;
  const steps = { from: 'scheduled', to: 'scheduled', fromDate: '2026-07-22' };
  const history = historyOf(PLACED, DATED, moved, ['undone', { ...steps, toDate: '2026-07-21' }]);
  expect(standingAt(history, 'par_1', at(2))?.date).toBe('2026-07-22');
  expect(standingAt(history, 'par_1', at(3))?.date).toBe('2026-07-21');
  const none = historyOf(PLACED, DATED, ['undone', { to: 'waiting', toDate: null }]);
  expect(standingAt(none, 'par_1', at(9))).toEqual({ state: 'waiting', date: null });
});

describe('how many boxes a parcel had', () => {
  const history = historyOf(
    PLACED,
    ['changed', { from: 4, to: 6 }],
    ['changed', { address: true }],
    ['changed', { from: 6, to: 2 }],
    ['changed', { from: 9, to: 8 }, 'par_2'],
  );

  test.each([
    [0, 4],
    [1, 6],
    [2, 6],
    [3, 2],
    [4, 2],
  ])('after %s hours: %s', (hour, boxes) => {
    expect(boxesAt(history, { id: 'par_1', boxes: 2 }, at(hour))).toBe(boxes);
  });
});

describe('another place in the queue', () => {
  const PAID = ['paid', {}, 'order'] as const;

  test('is that of the first payment since the one before was taken back', () => {
    const history = historyOf(PLACED, PAID, PAID, TAKEN_BACK, PAID);
    expect(otherPlaceAt(history, at(2))).toBe(at(1));
    expect(otherPlaceAt(history, at(3))).toBeNull();
    expect(otherPlaceAt(history, at(4))).toBe(at(4));
  });

  test('is none, where nothing was taken back', () => {
    expect(otherPlaceAt(historyOf(PLACED, PAID, PAID), at(9))).toBeNull();
  });
});
