import { expect, test } from 'vitest';
import { forecast } from '../../src/orders/evening.ts';
import {
  calendarWith,
  dayWith,
  FRIDAY,
  MONDAY,
  MONDAY_EARLY,
  MONDAY_NOON,
  NEXT_MONDAY,
  SATURDAY,
  THURSDAY,
  TUESDAY,
  WEDNESDAY,
} from '../support/shop.ts';

const lateDay = dayWith(MONDAY, { reservedBoxes: 30, lateRoomBoxes: 4 });
const days = [
  lateDay,
  dayWith(TUESDAY, { reservedBoxes: 24 }),
  dayWith(WEDNESDAY, { reservedBoxes: 38 }),
  dayWith(THURSDAY, { capBoxes: 10, capSource: 'farmer', reservedBoxes: 12, isFlagged: true }),
  dayWith(FRIDAY, { capBoxes: 0, capSource: 'farmer' }),
];
const unpaid = new Map([
  [MONDAY, 1],
  [TUESDAY, 6],
  [WEDNESDAY, 5],
  [FRIDAY, 3],
]);

test('counts what is paid and what is not, and leaves what both leave', () => {
  const ahead = forecast(calendarWith({ days, now: MONDAY_NOON }), unpaid, MONDAY);
  const figures = ahead.map(({ capBoxes, paidBoxes, unpaidBoxes, leftBoxes }) => [
    capBoxes,
    paidBoxes,
    unpaidBoxes,
    leftBoxes,
  ]);
  expect(ahead.map(({ date }) => date).at(-1)).toBe('2026-07-26');
  expect(figures).toEqual([
    // Noon is past the cut-off: only the room that was opened late counts.
    [40, 30, 1, 3],
    [40, 24, 6, 10],
    [40, 38, 5, 0],
    [10, 12, 0, 0],
    [0, 0, 3, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]);
  expect(ahead.map(({ isLate }) => isLate)).toEqual([true, ...Array(6).fill(false)]);
});

test('takes a day by the policy where nothing is stored, and the cut-off into account', () => {
  const [today] = forecast(calendarWith({ days, now: MONDAY_EARLY }), unpaid, MONDAY);
  expect(today).toMatchObject({ leftBoxes: 9, isLate: false });
  const ahead = forecast(calendarWith({ now: MONDAY_NOON }), new Map(), SATURDAY);
  expect(ahead.slice(0, 3)).toMatchObject([
    { date: SATURDAY, capBoxes: 0, leftBoxes: 0 },
    { capBoxes: 0 },
    { date: NEXT_MONDAY, capBoxes: 40, leftBoxes: 40 },
  ]);
});
