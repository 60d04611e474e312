import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  instantAt,
  isoWithOffset,
  localDate,
  localTime,
  weekdayOf,
} from '../../src/orders/dates.ts';
import { payBy } from '../../src/orders/placing.ts';
import { shopWith } from '../support/shop.ts';

const ZONES = ['Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'UTC'];
const HOUR_MS = 3_600_000;

const instantArbitrary = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2030-12-31T00:00:00Z'),
  noInvalidDate: true,
});

describe('calendar days', () => {
  test('are counted over months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(weekdayOf('2026-07-20')).toBe('mon');
    expect(weekdayOf('2026-07-26')).toBe('sun');
  });

  test('there and back is the same day', () => {
    fc.assert(
      fc.property(instantArbitrary, fc.integer({ min: -500, max: 500 }), (at, days) => {
        const date = at.toISOString().slice(0, 10);
        expect(addDays(addDays(date, days), -days)).toBe(date);
        expect(Date.parse(addDays(date, days)) - Date.parse(date)).toBe(days * 24 * HOUR_MS);
      }),
    );
  });
});

describe('the clock of a store', () => {
  test.each([
    ['2026-07-20T14:59:59Z', 'Asia/Seoul', '2026-07-20', '23:59'],
    ['2026-07-20T15:00:00Z', 'Asia/Seoul', '2026-07-21', '00:00'],
    ['2026-07-20T15:00:00Z', 'UTC', '2026-07-20', '15:00'],
    ['2026-07-21T03:59:00Z', 'America/New_York', '2026-07-20', '23:59'],
    ['2026-12-21T04:59:00Z', 'America/New_York', '2026-12-20', '23:59'],
    ['2026-07-20T18:30:00Z', 'Asia/Kolkata', '2026-07-21', '00:00'],
  ])('shows %s in %s as %s %s', (instant, zone, date, time) => {
    expect(localTime(new Date(instant), zone)).toEqual({ date, time });
  });

  test('Korea’s shortcut agrees with the time zone tables', () => {
    fc.assert(
      fc.property(instantArbitrary, (at) => {
        const shown = new Intl.DateTimeFormat('en-CA', {
          timeZone: 'Asia/Seoul',
          dateStyle: 'short',
          timeStyle: 'short',
          hourCycle: 'h23',
        }).format(at);
        const { date, time } = localTime(at, 'Asia/Seoul');
        expect(shown).toBe(`${date}, ${time}`);
      }),
    );
  });

  test('a time on the wall and its instant lead to each other', () => {
    fc.assert(
      fc.property(instantArbitrary, fc.constantFrom(...ZONES), (at, zone) => {
        const { date, time } = localTime(at, zone);
        const back = instantAt(date, time, zone);
        expect(localTime(back, zone)).toEqual({ date, time });
        expect(localDate(back, zone)).toBe(date);
      }),
    );
  });

  test('an instant is shown with its zone’s offset and stays the same instant', () => {
    expect(isoWithOffset(new Date('2026-07-20T21:00:00Z'), 'Asia/Seoul')).toBe(
      '2026-07-21T06:00:00+09:00',
    );
    expect(isoWithOffset(new Date('2026-07-20T21:00:00Z'), 'America/New_York')).toBe(
      '2026-07-20T17:00:00-04:00',
    );
    fc.assert(
      fc.property(instantArbitrary, fc.constantFrom(...ZONES), (at, zone) => {
        const whole = Math.floor(at.getTime() / 1_000) * 1_000;
        expect(Date.parse(isoWithOffset(new Date(whole), zone))).toBe(whole);
      }),
    );
  });
});

describe('the time to pay', () => {
  test.each([
    // Placed, window, quiet hours 21:00–08:00 in Seoul, last moment to pay.
    ['2026-07-20T03:00:00Z', 24, '2026-07-21T03:00:00.000Z'],
    ['2026-07-20T11:59:00Z', 24, '2026-07-21T11:59:00.000Z'],
    ['2026-07-20T12:00:00Z', 24, '2026-07-21T23:00:00.000Z'],
    ['2026-07-20T18:00:00Z', 24, '2026-07-21T23:00:00.000Z'],
    ['2026-07-20T22:59:59Z', 24, '2026-07-21T23:00:00.000Z'],
    ['2026-07-20T23:00:00Z', 24, '2026-07-21T23:00:00.000Z'],
    ['2026-07-20T10:00:00Z', 2, '2026-07-20T23:00:00.000Z'],
  ])('of an order placed at %s with %i hours ends at %s', (placed, payWindowHours, end) => {
    expect(payBy(shopWith({ payWindowHours }), new Date(placed))).toBe(end);
  });

  test('ends when the quiet hours do, also on the night the clocks change', () => {
    const shop = shopWith({ timeZone: 'America/New_York' });
    // 22:00 on 31 October; the clocks go back an hour before 08:00.
    const end = payBy(shop, new Date('2026-10-31T02:00:00Z'));
    expect(localTime(new Date(end), 'America/New_York')).toEqual({
      date: '2026-11-01',
      time: '08:00',
    });
  });

  test('never ends in quiet hours, is never shorter than promised, nor a night longer', () => {
    const quiet = fc.constantFrom(
      { from: '21:00', to: '08:00' },
      { from: '12:00', to: '14:00' },
      { from: '00:00', to: '06:30' },
    );
    fc.assert(
      fc.property(
        instantArbitrary,
        fc.constantFrom(...ZONES),
        quiet,
        fc.integer({ min: 1, max: 72 }),
        (now, timeZone, quietHours, payWindowHours) => {
          const shop = shopWith({ timeZone, quietHours, payWindowHours });
          const end = payBy(shop, now);
          const { time } = localTime(new Date(end), timeZone);
          const { from, to } = quietHours;
          const isQuiet = from < to ? from <= time && time < to : time >= from || time < to;
          expect(isQuiet, `${end} is ${time}`).toBe(false);
          const waited = Date.parse(end) - now.getTime() - payWindowHours * HOUR_MS;
          expect(waited).toBeGreaterThanOrEqual(0);
          expect(waited).toBeLessThanOrEqual(13 * HOUR_MS);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
