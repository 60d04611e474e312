import { describe, expect, test } from 'vitest';
import type { PlacedSlot, WaybillUse } from '../../src/orders/change.ts';
import {
  PARCEL_STATES,
  type ParcelState,
  packagesFor,
  type ReportedState,
} from '../../src/orders/order.ts';
import {
  decideAdvance,
  decideCarrier,
  decideReport,
  type ReportRequest,
  type RowReport,
} from '../../src/orders/reporting.ts';
import { orderIn, placedSlots } from '../support/orders.ts';
import {
  calendarWith,
  MONDAY,
  MONDAY_NOON,
  refusal,
  shopWith,
  stateWith,
  TUESDAY,
} from '../support/shop.ts';

const W1 = '123456789012';
const W2 = '234567890123';
const W3 = '345678901234';

function row(no: number, ...waybills: string[]): RowReport {
  return { row: no, waybills, carrier: null };
}

function stateOf(slots: readonly PlacedSlot[], over = {}) {
  return stateWith(calendarWith({ shop: shopWith() }), { slotsOn: slots, ...over });
}

const report = (
  slots: readonly PlacedSlot[],
  rows: ReportRequest['rows'],
  to: ReportedState | null,
) => decideReport(stateOf(slots), { date: TUESDAY, rows, to }, 'farmer');

/** What the report of one row in a state leads to: its state and the steps recorded. */
function outcome(from: ParcelState, to: ReportedState): string {
  const { answer, events } = report(
    placedSlots(TUESDAY, [1], () => ({ state: from })),
    [row(1)],
    to,
  );
  const [done] = answer.done;
  return done === undefined ? '-' : `${events.map(({ event }) => event).join('+')}`;
}

describe('a report', () => {
  // From each state on a date to each reported state: the steps recorded, - for none.
  const TABLE = `
             harvested  packed            shipped                   delivered
scheduled    harvested  harvested+packed  harvested+packed+shipped  harvested+packed+shipped+delivered
harvested    -          packed            packed+shipped            packed+shipped+delivered
packed       -          -                 shipped                   shipped+delivered
shipped      -          -                 -                         delivered
delivered    -          -                 -                         -
returned     -          -                 -                         -`;
  const [head = '', ...lines] = TABLE.trim().split('\n');
  const targets = head.trim().split(/\s+/) as ReportedState[];
  for (const line of lines) {
    const [from = '', ...cells] = line.trim().split(/\s+/);
    const state = PARCEL_STATES.find((one) => one === from) ?? 'waiting';
    for (const [index, cell] of cells.entries())
      test(`of ${targets[index]} on a ${from} row records ${cell}`, () => {
        expect(outcome(state, targets[index] ?? 'packed')).toBe(cell);
      });
  }

  test('of all rows takes every row that can, and says which were there already', () => {
    const slots = placedSlots(TUESDAY, [1, 1, 1], (index) => ({
      state: index === 1 ? 'packed' : 'scheduled',
    }));
    const { answer, notices } = report(slots, 'all', 'packed');
    expect(answer.done.map((one) => one.row)).toEqual([1, 3]);
    expect(answer.already.map((one) => one.row)).toEqual([2]);
    // Packing is for the live page; only the seller and other farmers get a line.
    expect(notices.map(({ kind, to }) => [kind, to])).toEqual([
      ['report', { role: 'seller' }],
      ['report', { role: 'farmer' }],
    ]);
  });

  test('of shipping tells each buyer once, and seller and farmers once', () => {
    const slots = placedSlots(TUESDAY, [1, 1, 1], (index) =>
      index === 2 ? { orderId: 'ord_1', buyerId: 'per_1' } : {},
    );
    const { notices } = report(slots, 'all', 'shipped');
    expect(notices.map(({ kind, to, orderId }) => [kind, to, orderId])).toEqual([
      ['shipped', { person: 'per_1' }, 'ord_1'],
      ['shipped', { person: 'per_2' }, 'ord_2'],
      ['report', { role: 'seller' }, undefined],
      ['report', { role: 'farmer' }, undefined],
    ]);
    expect(notices[0]?.data).toEqual({ parcels: ['par_1-1', 'par_3-1'] });
  });

  test('of nothing new tells nobody and writes nothing', () => {
    const slots = placedSlots(TUESDAY, [1], () => ({ state: 'packed' }));
    expect(report(slots, [row(1)], 'packed')).toMatchObject({
      parcels: [],
      events: [],
      notices: [],
      answer: { done: [], already: [{ row: 1, state: 'packed' }] },
    });
  });

  test('of a row that is not there is refused whole, with the last row', () => {
    const slots = placedSlots(TUESDAY, [1, 1]);
    const error = refusal(() => report(slots, [row(1), row(3)], 'packed'));
    expect(error).toMatchObject({ code: 'not_found', detail: { row: 3, last: 2 } });
  });

  test('of a range passes over struck rows and says so; a struck row alone is refused', () => {
    const slots = placedSlots(TUESDAY, [1, 1], (index) => ({ row: index * 2 + 1 }));
    const rows = [{ row: 2, parcelId: 'par_9-1', orderId: 'ord_9', struck: true }];
    const frozen = { days: new Map(), rows };
    const day = calendarWith({ days: [] });
    const state = stateOf(slots, {
      ...frozen,
      days: new Map([[TUESDAY, { ...dayFrozen(), date: TUESDAY }]]),
      now: day.now,
    });
    const request = { date: TUESDAY, rows: [row(1), row(2), row(3)], to: 'packed' as const };
    const { answer } = decideReport(state, request, 'farmer');
    expect(answer.done.map((one) => one.row)).toEqual([1, 3]);
    expect(answer.struck).toEqual([2]);
    const alone = { ...request, rows: [row(2)] };
    expect(refusal(() => decideReport(state, alone, 'farmer')).code).toBe('conflict');
    const withWaybill = { ...request, rows: [row(1), row(2, W1)] };
    expect(refusal(() => decideReport(state, withWaybill, 'farmer')).code).toBe('conflict');
  });

  test('numbers a draft by the deposit order', () => {
    const slots = placedSlots(TUESDAY, [1, 1], (index) =>
      index === 1 ? { depositedAt: '2026-07-20T01:00:00.000Z' } : {},
    );
    expect(report(slots, [row(1)], 'packed').answer.done).toMatchObject([{ parcelId: 'par_2-1' }]);
  });
});

describe('waybills said package by package', () => {
  const three = (waybills: readonly (string | null)[] = []) =>
    placedSlots(TUESDAY, [1], () => ({
      packages: packagesFor(5, 2).map((one, at) => ({ ...one, waybill: waybills[at] ?? null })),
    }));
  const on = (packageNos: readonly number[], ...waybills: string[]) => [
    { ...row(1, ...waybills), packageNos },
  ];

  test('are on exactly these packages, and the others stay as they are', () => {
    const [patch] = report(three(), on([3, 1], W1, W2), null).parcels ?? [];
    expect(patch?.packages?.map(({ waybill }) => waybill)).toEqual([W2, null, W1]);
  });

  test('never replace one, nor stand twice in a parcel', () => {
    const refusals = [
      () => report(three([W1]), on([1], W2), null),
      () => report(three([W1]), on([2], W1), null),
      () => report(three(), on([4], W1), null),
    ];
    for (const one of refusals) expect(refusal(one).code).toBe('conflict');
    expect(report(three([W1]), on([1], W1), 'packed').parcels?.[0]?.packages?.[0]).toMatchObject({
      waybill: W1,
    });
  });
});

function dayFrozen() {
  return {
    capBoxes: 40,
    capSource: 'default' as const,
    reservedBoxes: 2,
    productBoxes: { 'peach-4kg': 2 },
    lateRoomBoxes: 0,
    revision: 1,
    frozenAt: 'then',
    isFlagged: false,
  };
}

describe('waybills', () => {
  const waybillsOf = (change: ReturnType<typeof report>) =>
    change.parcels?.[0]?.packages?.map(({ waybill }) => waybill);
  const three = (...given: (string | null)[]) =>
    placedSlots(TUESDAY, [5]).map((one) => ({
      ...one,
      packages: one.packages.map((p, index) => ({ ...p, waybill: given[index] ?? null })),
    }));

  test('fill the packages in order and mean that the parcel is shipped', () => {
    const change = report(three(), [row(1, W1)], null);
    expect(waybillsOf(change)).toEqual([W1, null, null]);
    expect(change.parcels?.[0]?.packages?.map(({ state }) => state)).toEqual([
      'shipped',
      null,
      null,
    ]);
    expect(change.answer.done).toMatchObject([{ row: 1, state: 'shipped' }]);
    expect(change.events.map(({ event }) => event)).toEqual([
      'waybill',
      'harvested',
      'packed',
      'shipped',
    ]);
  });

  test('do not mean it where the store’s policy says so', () => {
    const shop = shopWith({ waybillMeansShipped: false });
    const state = stateWith(calendarWith({ shop }), { slotsOn: three() });
    const request = { date: TUESDAY, rows: [row(1, W1)], to: null };
    const change = decideReport(state, request, 'farmer');
    expect(change.answer.done).toMatchObject([{ state: 'scheduled' }]);
    expect(waybillsOf(change)).toEqual([W1, null, null]);
  });

  test('given later fill what is empty; one that is there is not repeated', () => {
    expect(waybillsOf(report(three(W1), [row(1, W2)], null))).toEqual([W1, W2, null]);
    expect(waybillsOf(report(three(W1), [row(1, W1, W2)], null))).toEqual([W1, W2, null]);
    const same = report(
      three(W1).map((one) => ({ ...one, state: 'shipped' as const })),
      [row(1, W1)],
      null,
    );
    expect(same).toMatchObject({ parcels: [], events: [], answer: { already: [{ row: 1 }] } });
  });

  test('for all packages at once replace what was there', () => {
    expect(waybillsOf(report(three(W1), [row(1, W3, W2, W1)], null))).toEqual([W3, W2, W1]);
    const single = placedSlots(TUESDAY, [2]).map((one) => ({
      ...one,
      packages: one.packages.map((p) => ({ ...p, waybill: W1 })),
    }));
    expect(waybillsOf(report(single, [row(1, W2)], null))).toEqual([W2]);
  });

  test('of one row on several lines are all kept', () => {
    const change = report(three(), [row(1, W1), row(1, W2)], 'shipped');
    expect(waybillsOf(change)).toEqual([W1, W2, null]);
    expect(change.parcels).toHaveLength(1);
    expect(change.events.filter(({ event }) => event === 'shipped')).toHaveLength(1);
  });

  test('more than packages are refused', () => {
    const error = refusal(() => report(three(W1, W2, W3), [row(1, '999999999999', W1)], null));
    expect(error).toMatchObject({ code: 'conflict', detail: { waybills: 2, packages: 3 } });
    const four = [row(1, W1, W2, W3, '999999999999')];
    expect(refusal(() => report(three(), four, null)).code).toBe('conflict');
  });

  test.each(['123456789', '123456789012345', '12345678901a', '', '１２３４５６７８９０'])(
    '%j is no waybill',
    (waybill) => {
      expect(refusal(() => report(three(), [row(1, waybill)], null)).code).toBe('bad_request');
    },
  );

  test.each(['1234567890', '12345678901234'])('%s is one', (waybill) => {
    expect(waybillsOf(report(three(), [row(1, waybill)], null))?.[0]).toBe(waybill);
  });

  test('without a carrier are named, until the carrier is told', () => {
    const change = report(three(), [row(1, W1)], null);
    expect(change.answer.carrierless).toEqual([1]);
    const told = report(three(), [{ ...row(1, W1), carrier: 'kr.epost' }], null);
    expect(told.answer.carrierless).toEqual([]);
    const state = stateOf(three(W1, W2));
    const named = decideCarrier(state, { date: TUESDAY, rows: [1], carrier: 'kr.epost' }, 'farmer');
    expect(named.parcels?.[0]?.packages?.map(({ carrier }) => carrier)).toEqual([
      'kr.epost',
      'kr.epost',
      null,
    ]);
    expect(named.events).toEqual([
      { orderId: 'ord_1', parcelId: 'par_1-1', event: 'waybill', detail: { carrier: 'kr.epost' } },
    ]);
    expect(named.who).toBe('farmer');
  });

  describe('that are on another parcel already', () => {
    const use = (over: Partial<WaybillUse> = {}): WaybillUse => ({
      waybill: W1,
      parcelId: 'par_9-1',
      at: new Date(MONDAY_NOON.getTime() - 86_400_000).toISOString(),
      harvestDate: MONDAY,
      row: 4,
      ...over,
    });
    const given = (
      rows: readonly RowReport[],
      uses: readonly WaybillUse[],
      slots: readonly PlacedSlot[] = placedSlots(TUESDAY, [1, 1]),
    ) =>
      decideReport(
        stateOf(slots, { waybillUses: uses }),
        { date: TUESDAY, rows, to: null },
        'farmer',
      );

    test('are refused, and it is said where they are', () => {
      const error = refusal(() => given([row(2, W2), row(1, W1)], [use()]));
      expect(error.code).toBe('conflict');
      expect(error.detail).toEqual({ row: 1, usedBy: 4, usedDate: MONDAY });
      const other = use({ parcelId: 'par_2-1', row: 2, harvestDate: TUESDAY });
      expect(refusal(() => given([row(1, W1)], [other])).detail).toMatchObject({ usedBy: 2 });
    });

    test('are taken after 60 days, as carriers use them again', () => {
      const days = (count: number) =>
        new Date(MONDAY_NOON.getTime() - count * 86_400_000).toISOString();
      expect(given([row(1, W1)], [use({ at: days(60) })]).answer.done).toHaveLength(1);
      expect(refusal(() => given([row(1, W1)], [use({ at: days(59) })])).code).toBe('conflict');
    });

    test('are taken for several rows of one report: one carton for them all', () => {
      expect(given([row(1, W1), row(2, W1)], []).answer.done).toHaveLength(2);
    });

    test('may be said again for their own row, and exchanged in one report', () => {
      const own = use({ parcelId: 'par_1-1', row: 1, harvestDate: TUESDAY });
      const [first, ...rest] = placedSlots(TUESDAY, [1, 1]);
      if (first === undefined) throw new Error('a slot was expected');
      const packages = first.packages.map((p) => ({ ...p, waybill: W1 }));
      const slots = [{ ...first, packages }, ...rest];
      expect(given([row(1, W1)], [own], slots).answer.done).toHaveLength(1);
      expect(given([row(1, W2), row(2, W1)], [own], slots).answer.done).toHaveLength(2);
      expect(refusal(() => given([row(2, W1)], [own], slots)).code).toBe('conflict');
    });
  });
});

describe('advancing named parcels', () => {
  const advance = (from: ParcelState, to: ReportedState) =>
    decideAdvance(
      stateWith(calendarWith(), { order: orderIn('paid', from) }),
      { parcelIds: ['par_1-1'], to, carrier: null, waybills: [] },
      'seller',
    );
  const ORDERED: readonly ParcelState[] = [
    'scheduled',
    'harvested',
    'packed',
    'shipped',
    'delivered',
  ];

  for (const from of PARCEL_STATES)
    for (const to of ['harvested', 'packed', 'shipped', 'delivered'] as const) {
      const steps = ORDERED.indexOf(to) - ORDERED.indexOf(from);
      const isForward = ORDERED.includes(from) && steps >= 0;
      test(`${from} to ${to} is ${isForward ? 'recorded step by step' : 'refused'}`, () => {
        if (!isForward) {
          expect(refusal(() => advance(from, to)).code).toBe('conflict');
          return;
        }
        expect(advance(from, to).events).toHaveLength(steps);
      });
    }

  const order = orderIn('paid', 'scheduled', [{ boxes: 1 }, { boxes: 1 }]);
  const withWaybill = (parcelIds: readonly string[]) =>
    decideAdvance(
      stateWith(calendarWith(), { order }),
      { parcelIds, to: 'shipped', carrier: null, waybills: [W1] },
      'seller',
    );

  test('a waybill belongs to one parcel: for several it is refused', () => {
    expect(refusal(() => withWaybill(['par_1-1', 'par_1-2'])).code).toBe('bad_request');
  });

  test('a waybill is part of the history', () => {
    expect(withWaybill(['par_1-1']).events.map(({ event }) => event)).toEqual([
      'waybill',
      'harvested',
      'packed',
      'shipped',
    ]);
  });

  test('a parcel of another order is not there', () => {
    const state = stateWith(calendarWith(), { order: orderIn('paid', 'scheduled') });
    const request = { parcelIds: ['par_2-1'], to: 'packed', carrier: null, waybills: [] } as const;
    expect(refusal(() => decideAdvance(state, request, 'seller')).code).toBe('not_found');
  });

  test('all of an order moves those that are still to come and leaves the others alone', () => {
    const paid = orderIn('paid', 'scheduled', [{}, {}, {}]);
    const states = ['scheduled', 'delivered', 'shipped'] as const;
    const parcels = paid.parcels.map((parcel, index) => ({
      ...parcel,
      state: states[index] ?? 'scheduled',
    }));
    const order = { ...paid, parcels };
    const request = { to: 'shipped', carrier: null, waybills: [] } as const;
    const state = stateWith(calendarWith(), { order });
    const all = decideAdvance(state, { ...request, parcelIds: null }, 'farmer');
    expect(all.parcels?.map(({ id }) => id)).toEqual(['par_1-1']);
    expect(all.notices).toMatchObject([{ kind: 'shipped', data: { parcels: ['par_1-1'] } }]);
    const named = { ...request, parcelIds: ['par_1-2'] };
    expect(refusal(() => decideAdvance(state, named, 'farmer')).code).toBe('conflict');
    const back = { ...request, to: 'packed', parcelIds: null } as const;
    const done = { ...order, parcels: order.parcels.slice(1) };
    const past = stateWith(calendarWith(), { order: done });
    expect(refusal(() => decideAdvance(past, back, 'farmer')).code).toBe('conflict');
  });
});
