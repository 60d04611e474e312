import { describe, expect, test } from 'vitest';
import { DomainError } from '../../src/orders/errors.ts';
import {
  CODES_TOTAL,
  canCancel,
  nextOrderState,
  nextParcelState,
  ORDER_ACTIONS,
  ORDER_STATES,
  ORDER_TRANSITIONS,
  orderCode,
  PARCEL_ACTIONS,
  PARCEL_STATES,
  PARCEL_TRANSITIONS,
  packagesFor,
  REPORT_STEPS,
  STATES_ON_A_DATE,
} from '../../src/orders/order.ts';
import { depositorCode } from '../../src/payments/depositor-code.ts';

// One row per state, one column per action; - is a refusal.
const ORDERS = `
                    pay     unpay             expire    cancel      revive
awaiting_payment    paid    -                 expired   cancelled   -
paid                -       awaiting_payment  -         cancelled   -
expired             -       -                 -         -           awaiting_payment
cancelled           -       -                 -         -           -`;

const PARCELS = `
            schedule   unschedule  harvest    pack    ship     deliver    cancel     return
waiting     scheduled  -           -          -       -        -          cancelled  -
scheduled   scheduled  waiting     harvested  -       -        -          cancelled  -
harvested   -          -           -          packed  -        -          cancelled  -
packed      -          -           -          -       shipped  -          cancelled  -
shipped     -          -           -          -       -        delivered  -          returned
delivered   -          -           -          -       -        -          -          returned
cancelled   -          -           -          -       -        -          -          -
returned    -          -           -          -       -        -          -          -`;

function cellsOf(table: string): { from: string; action: string; to: string }[] {
  const [head = '', ...rows] = table.trim().split('\n');
  const actions = head.trim().split(/\s+/);
  return rows.flatMap((row) => {
    const [from = '', ...cells] = row.trim().split(/\s+/);
    return cells.map((to, index) => ({ from, action: actions[index] ?? '', to }));
  });
}

function outcome(next: () => string): string {
  try {
    return next();
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'conflict' });
    return '-';
  }
}

describe('order states', () => {
  const cells = cellsOf(ORDERS);

  test('the table covers every state and every action', () => {
    expect(cells).toHaveLength(ORDER_STATES.length * ORDER_ACTIONS.length);
  });

  for (const { from, action, to } of cells)
    test(`${from} on ${action} becomes ${to}`, () => {
      const state = ORDER_STATES.find((one) => one === from);
      const act = ORDER_ACTIONS.find((one) => one === action);
      if (state === undefined || act === undefined) throw new Error('unknown in the table');
      expect(outcome(() => nextOrderState(state, act))).toBe(to);
    });

  test('every state is reached from the first', () => {
    expect(reached('awaiting_payment', ORDER_TRANSITIONS)).toEqual(new Set(ORDER_STATES));
  });
});

describe('parcel states', () => {
  const cells = cellsOf(PARCELS);

  test('the table covers every state and every action', () => {
    expect(cells).toHaveLength(PARCEL_STATES.length * PARCEL_ACTIONS.length);
  });

  for (const { from, action, to } of cells)
    test(`${from} on ${action} becomes ${to}`, () => {
      const state = PARCEL_STATES.find((one) => one === from);
      const act = PARCEL_ACTIONS.find((one) => one === action);
      if (state === undefined || act === undefined) throw new Error('unknown in the table');
      expect(outcome(() => nextParcelState(state, act))).toBe(to);
    });

  test('every state is reached from the first', () => {
    expect(reached('waiting', PARCEL_TRANSITIONS)).toEqual(new Set(PARCEL_STATES));
  });

  test('a parcel can be cancelled until it is shipped', () => {
    const open = PARCEL_STATES.filter((state) => canCancel({ state }));
    expect(open).toEqual(['waiting', 'scheduled', 'harvested', 'packed']);
  });

  test('all but waiting and cancelled parcels take room on their date', () => {
    const without = PARCEL_STATES.filter((state) => !STATES_ON_A_DATE.has(state));
    expect(without).toEqual(['waiting', 'cancelled']);
  });

  test('the steps a farmer reports follow one another in the table', () => {
    let state: (typeof PARCEL_STATES)[number] = 'scheduled';
    for (const { action, to } of REPORT_STEPS) {
      state = nextParcelState(state, action);
      expect(state).toBe(to);
    }
  });
});

function reached(
  first: string,
  table: Readonly<Record<string, Readonly<Record<string, string>>>>,
): ReadonlySet<string> {
  const seen = new Set([first]);
  for (const state of seen) for (const next of Object.values(table[state] ?? {})) seen.add(next);
  return seen;
}

describe('packages', () => {
  test('a parcel is sent in packages of two, the last with what is left', () => {
    const boxes = (count: number, perFee = 2) => packagesFor(count, perFee).map((p) => p.boxes);
    expect(boxes(1)).toEqual([1]);
    expect(boxes(2)).toEqual([2]);
    expect(boxes(5)).toEqual([2, 2, 1]);
    expect(boxes(7, 3)).toEqual([3, 3, 1]);
    expect(packagesFor(5, 2).map(({ no }) => no)).toEqual([1, 2, 3]);
  });
});

describe('order codes', () => {
  const codes = Array.from({ length: CODES_TOTAL }, (_, index) => orderCode(index + 1));

  test('are all different until every one of 240,000 was used', () => {
    expect(CODES_TOTAL).toBe(240_000);
    expect(new Set(codes).size).toBe(CODES_TOTAL);
    expect(orderCode(CODES_TOTAL + 1)).toBe(codes[0]);
  });

  test('are a letter, a digit and three digits, without letters that look like digits', () => {
    expect(orderCode(42)).toBe('P7-042');
    expect(codes.every((code) => /^[A-HJ-NP-Z]\d-\d{3}$/.test(code))).toBe(true);
  });

  test('of 1,000 orders in a row end in different digits, as the depositor’s names do', () => {
    const ends = codes.slice(2_500, 3_500).map((code) => depositorCode('김 영희', code));
    expect(new Set(ends).size).toBe(1_000);
    expect(depositorCode('김 영희', 'P7-042')).toBe('김영희042');
  });
});
