import { describe, expect, test } from 'vitest';
import { CAP_BOXES_MAX, decideCap, decideCut, decideFreeze } from '../../src/orders/farm-day.ts';
import { placedSlots } from '../support/orders.ts';
import {
  calendarWith,
  dayWith,
  MONDAY,
  MONDAY_NOON,
  refusal,
  stateWith,
  TUESDAY,
  WEDNESDAY,
} from '../support/shop.ts';

const frozen = { revision: 1, frozenAt: MONDAY_NOON.toISOString() };

function stateOf(boxes: readonly number[], over: Partial<Parameters<typeof dayWith>[1]> = {}) {
  const isFrozen = (over?.revision ?? 0) > 0;
  const slots = placedSlots(TUESDAY, boxes, (index) => (isFrozen ? { row: index + 1 } : {}));
  const reservedBoxes = boxes.reduce((sum, count) => sum + count, 0);
  const day = dayWith(TUESDAY, {
    reservedBoxes,
    productBoxes: { 'peach-4kg': reservedBoxes },
    ...over,
  });
  return stateWith(calendarWith({ days: [day] }), { slotsOn: slots });
}

const cap = (state: ReturnType<typeof stateOf>, capBoxes: number, date = TUESDAY) =>
  decideCap(state, { date, capBoxes }, 'farmer');

describe('a cap by word', () => {
  test('tells exactly the buyers who move, once per order, and the seller once', () => {
    const change = cap(stateOf([10, 10, 10]), 15);
    expect(change.answer).toMatchObject({
      capBoxes: 15,
      reservedBoxes: 10,
      overBoxes: 0,
      moved: [
        { parcel: 'par_2-1', from: TUESDAY, to: WEDNESDAY },
        { parcel: 'par_3-1', from: TUESDAY, to: WEDNESDAY },
      ],
    });
    expect(change.notices.map(({ kind, to }) => [kind, to])).toEqual([
      ['moved', { person: 'per_2' }],
      ['moved', { person: 'per_3' }],
      ['moved_summary', { role: 'seller' }],
      ['day_set', { role: 'farmer' }],
    ]);
    expect(change.notices[0]?.data).toEqual({
      moved: ['par_2-1'],
      was: [`par_2-1=${TUESDAY}`],
      isEarlier: false,
    });
    expect(change.notices[2]?.data).toMatchObject({ date: TUESDAY, dates: [TUESDAY], parcels: 2 });
  });

  test('that moves nobody tells nobody but other farmers, and them only of a new number', () => {
    expect(cap(stateOf([10]), 20).notices).toMatchObject([
      { kind: 'day_set', to: { role: 'farmer' }, data: { dates: [TUESDAY] } },
    ]);
    expect(cap(stateOf([10]), 40).notices).toEqual([]);
  });

  test('on top of what the day takes, or off it down to a closed day', () => {
    const add = (addBoxes: number) =>
      decideCap(stateOf([10]), { date: TUESDAY, addBoxes }, 'farmer');
    expect(add(5).answer).toMatchObject({ capBoxes: 45, leftBoxes: 35, isLate: false });
    expect(add(-40).answer).toMatchObject({ capBoxes: 0, leftBoxes: 0 });
    expect(refusal(() => add(-41))).toMatchObject({
      code: 'bad_request',
      detail: { date: TUESDAY, capBoxes: 40 },
    });
  });

  test('on top of a list that is out lets no more come forward than were said', () => {
    const later = placedSlots(WEDNESDAY, [3, 4, 2]);
    const state = { ...stateOf([10], frozen), slotsAfter: later };
    const days = new Map(state.days).set(
      WEDNESDAY,
      dayWith(WEDNESDAY, { reservedBoxes: 9, productBoxes: { 'peach-4kg': 9 } }),
    );
    const change = decideCap({ ...state, days }, { date: TUESDAY, addBoxes: 5 }, 'farmer');
    expect(change.answer).toMatchObject({ capBoxes: 45, reservedBoxes: 15, leftBoxes: 0 });
    expect(change.answer.moved.map(({ parcel }) => parcel)).toEqual(
      [later[0], later[2]].map((slot) => slot?.parcelId),
    );
  });

  test('strikes the rows that leave a frozen list', () => {
    const change = cap(stateOf([10, 10], frozen), 10);
    expect(change.struck).toEqual([{ date: TUESDAY, parcelId: 'par_2-1' }]);
    expect(change.days?.find(({ date }) => date === TUESDAY)).toMatchObject({ revision: 2 });
  });

  test.each([-1, 1.5, Number.NaN, CAP_BOXES_MAX + 1])('of %d is refused', (capBoxes) => {
    expect(refusal(() => cap(stateOf([]), capBoxes)).code).toBe('bad_request');
  });

  test('of a past or a far date is refused', () => {
    expect(refusal(() => cap(stateOf([]), 5, '2026-07-19')).code).toBe('bad_request');
    expect(refusal(() => cap(stateOf([]), 5, '2028-07-19')).code).toBe('bad_request');
    expect(cap(stateOf([]), 5, MONDAY).answer.capBoxes).toBe(5);
  });
});

describe('“12번까지”', () => {
  const cut = (state: ReturnType<typeof stateOf>, row: number) =>
    decideCut(state, { date: TUESDAY, row }, 'farmer');

  test('moves the rows behind it, in a draft as on a frozen list', () => {
    for (const over of [{}, frozen]) {
      const change = cut(stateOf([10, 5, 5], over), 1);
      expect(change.answer.moved.map(({ parcel }) => parcel)).toEqual(['par_2-1', 'par_3-1']);
      expect(change.answer).toMatchObject({ capBoxes: 10, reservedBoxes: 10 });
    }
  });

  test('leaves what is harvested where it is', () => {
    const state = stateOf([10, 5, 5]);
    const slotsOn = state.slotsOn.map((slot, index) =>
      index === 1 ? { ...slot, state: 'harvested' as const } : slot,
    );
    const change = cut({ ...state, slotsOn }, 1);
    expect(change.answer.moved.map(({ parcel }) => parcel)).toEqual(['par_3-1']);
    expect(change.answer).toMatchObject({ capBoxes: 15, reservedBoxes: 15 });
  });

  test('behind the last row changes nothing', () => {
    const change = cut(stateOf([10, 5]), 12);
    expect(change).toMatchObject({ parcels: [], days: [], notices: [] });
  });

  test('counts the rows of a frozen list by their numbers, struck ones included', () => {
    const state = stateOf([10, 5, 5], frozen);
    const slotsOn = state.slotsOn.filter(({ row }) => row !== 2);
    const change = cut({ ...state, slotsOn }, 2);
    expect(change.answer.moved.map(({ parcel }) => parcel)).toEqual(['par_3-1']);
  });
});

describe('freezing a list', () => {
  const freeze = (state: ReturnType<typeof stateOf>) => decideFreeze(state, TUESDAY, 'system');

  test('numbers the rows in deposit order, as revision 1, and sends it to the farmer', () => {
    const state = stateOf([1, 2, 3]);
    const slotsOn = state.slotsOn.toReversed();
    const change = freeze({ ...state, slotsOn });
    expect(change.answer).toEqual({ date: TUESDAY, revision: 1, rows: 3, boxes: 6, isNew: true });
    expect(change.listRows?.frozen).toEqual([
      { row: 1, parcelId: 'par_1-1' },
      { row: 2, parcelId: 'par_2-1' },
      { row: 3, parcelId: 'par_3-1' },
    ]);
    expect(change.notices).toMatchObject([{ kind: 'day_list', to: { role: 'farmer' } }]);
  });

  test('twice, or without a row, changes nothing', () => {
    for (const state of [stateOf([1], frozen), stateOf([])]) {
      const change = freeze(state);
      expect(change.answer.isNew).toBe(false);
      expect(change).toMatchObject({ events: [], notices: [] });
      expect(change.days).toBeUndefined();
    }
  });
});
