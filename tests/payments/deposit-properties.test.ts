// What holds for any orders and deposits; names, amounts and states are few, so that they meet often.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readName } from '../../src/payments/depositor-name.ts';
import {
  type Decision,
  type Deposit,
  matchDeposits,
  type PayableOrder,
} from '../../src/payments/deposits.ts';

const NAMES = ['김영희', '김영화', '박나연', '행복한농산물유통', 'Kim Subin', '(주)한결상사'];
const SENT = [
  ...NAMES,
  ...[
    '행복한농산물',
    '김영희모',
    '김*희',
    '박나연(김영희)',
    '이자',
    '신한카드',
    '산지농원',
    '한성규',
  ],
];
const AMOUNTS = [20_000, 35_000, 45_000, 80_000, 100_000, 125_000];
const BUYERS = ['영희맘', '별이네', null];
const RUNS = 2_000;

const hour = (at: number) => `2026-07-21T${String(at).padStart(2, '0')}:00:00+09:00`;

const someOrder = fc.record({
  amountDueKrw: fc.constantFrom(...AMOUNTS),
  paidShare: fc.constantFrom(0, 0, 0, 15_000),
  depositor: fc.constantFrom(...NAMES, null),
  buyer: fc.constantFrom(...BUYERS),
  recipients: fc.array(fc.constantFrom(...NAMES, '한성규'), { minLength: 1, maxLength: 2 }),
  placed: fc.integer({ min: 0, max: 10 }),
  open: fc.integer({ min: 1, max: 20 }),
  state: fc.constantFrom(
    ...(['awaiting_payment', 'awaiting_payment', 'awaiting_payment'] as const),
    ...(['paid', 'expired', 'cancelled'] as const),
  ),
});
const someOrders = fc.array(someOrder, { maxLength: 6 }).map((list) =>
  list.map(
    ({ paidShare, placed, open, ...order }, at): PayableOrder => ({
      ...order,
      code: `P7-${String(at * 37 + 40).padStart(3, '0')}`,
      paidKrw: order.state === 'paid' ? order.amountDueKrw : paidShare,
      placedAt: hour(placed),
      payBy: hour(Math.min(23, placed + open)),
    }),
  ),
);
const someDeposits = fc
  .array(
    fc.record({
      name: fc.constantFrom(...SENT),
      behind: fc.constantFrom('', '', '', '040', '077', '7040', ' P7-077', '9733', ' K1-111'),
      amountKrw: fc.oneof(
        fc.constantFrom(...AMOUNTS, ...AMOUNTS, 5_000, 65_000, 155_000, 1),
        fc.constantFrom(...AMOUNTS).map((amount) => -amount),
      ),
      at: fc.integer({ min: 0, max: 23 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) =>
    list.map(
      ({ name, behind, amountKrw, at }, place): Deposit => ({
        id: `d${place}`,
        name: `${name}${behind}`,
        amountKrw,
        at: hour(at),
      }),
    ),
  );

type Booked = { readonly deposit: Deposit; readonly codes: readonly string[] };

function bookedIn(
  deposits: readonly Deposit[],
  decisions: ReadonlyMap<string, Decision>,
): readonly Booked[] {
  return deposits.flatMap((deposit) => {
    const decision = decisions.get(deposit.id);
    return decision?.kind === 'match' ? [{ deposit, codes: decision.codes }] : [];
  });
}

const restOf = ({ amountDueKrw, paidKrw }: PayableOrder) => amountDueKrw - paidKrw;

const isOpen = ({ state, placedAt, payBy }: PayableOrder, { at }: Deposit) =>
  state === 'awaiting_payment' && placedAt <= at && at <= payBy;

/** The rule of a strong name, written out once more. */
function isStrong({ depositor, buyer, recipients }: PayableOrder, { name }: Deposit): boolean {
  const { compared, masked } = readName(name);
  if (masked !== null || compared === '') return false;
  if (depositor !== null) {
    const agreed = readName(depositor).compared;
    return agreed === compared || (/^[가-힣]{5,}$/.test(compared) && agreed.startsWith(compared));
  }
  const isLong =
    compared.replace(/[^가-힣]/g, '').length >= 3 || compared.replace(/[^a-z]/g, '').length >= 6;
  const names = [...recipients, ...(buyer === null ? [] : [buyer])];
  return isLong && names.some((one) => readName(one).compared === compared);
}

function check(
  holds: (
    orders: readonly PayableOrder[],
    deposits: readonly Deposit[],
    decisions: ReadonlyMap<string, Decision>,
  ) => void,
): void {
  fc.assert(
    fc.property(someOrders, someDeposits, (orders, deposits) => {
      holds(orders, deposits, matchDeposits(orders, deposits, { ownNames: ['산지농원'] }));
    }),
    { numRuns: RUNS },
  );
}

describe('whatever is booked by itself', () => {
  test('pays open orders to the won, and each only once', () => {
    check((orders, deposits, decisions) => {
      const booked = bookedIn(deposits, decisions);
      const groups = Map.groupBy(booked, ({ codes }) => codes.join());
      for (const parts of groups.values()) {
        const paid = orders.filter(({ code }) => parts[0]?.codes.includes(code));
        const sum = parts.reduce((total, { deposit }) => total + deposit.amountKrw, 0);
        expect(sum).toBe(paid.reduce((total, order) => total + restOf(order), 0));
        for (const { deposit } of parts)
          expect(paid.every((order) => isOpen(order, deposit))).toBe(true);
      }
      const codes = [...groups.values()].flatMap((parts) => parts[0]?.codes ?? []);
      expect(new Set(codes).size).toBe(codes.length);
    });
  });

  test('is named by the name or by the code', () => {
    check((orders, deposits, decisions) => {
      for (const { deposit, codes } of bookedIn(deposits, decisions))
        for (const order of orders.filter(({ code }) => codes.includes(code)))
          expect(
            isStrong(order, deposit) ||
              readName(deposit.name).codes.includes(order.code.replace('-', '')),
          ).toBe(true);
    });
  });

  test('leaves no second order that the name and the amount fit', () => {
    check((orders, deposits, decisions) => {
      const booked = bookedIn(deposits, decisions);
      for (const { deposit, codes } of booked) {
        const { codes: written, numbers } = readName(deposit.name);
        if (written.length > 0 || numbers.length > 0) continue;
        const own = orders.filter(({ code }) => codes.includes(code));
        const rivals = orders.filter(
          (order) =>
            !codes.includes(order.code) &&
            order.state !== 'paid' &&
            isStrong(order, deposit) &&
            restOf(order) === deposit.amountKrw &&
            (isOpen(order, deposit) || order.state !== 'awaiting_payment') &&
            (order.buyer === null || own.some(({ buyer }) => buyer !== order.buyer)),
        );
        expect(rivals).toEqual([]);
        const twins = orders.filter(
          (order) =>
            !codes.includes(order.code) &&
            isOpen(order, deposit) &&
            isStrong(order, deposit) &&
            restOf(order) === deposit.amountKrw,
        );
        // Equal orders of one buyer are booked only when all of them are paid by equal deposits.
        const paid = new Set(booked.flatMap((one) => one.codes));
        expect(twins.every(({ code }) => paid.has(code))).toBe(true);
      }
    });
  });

  test('is never a guess about a name that is cut short, hidden, or another’s', () => {
    check((_, deposits, decisions) => {
      for (const { deposit } of bookedIn(deposits, decisions)) {
        if (/P7-/.test(deposit.name)) continue;
        expect(deposit.name).not.toMatch(/모|\*|K1-111/);
      }
    });
  });
});

describe('whatever came in', () => {
  test('is decided, offers five orders at most, each once, and no withdrawal any', () => {
    check((orders, deposits, decisions) => {
      expect([...decisions.keys()]).toEqual(deposits.map(({ id }) => id));
      for (const { id, amountKrw } of deposits) {
        const decision = decisions.get(id);
        if (amountKrw <= 0) expect(decision?.kind).toBe('none');
        if (decision?.kind !== 'ask') continue;
        expect(decision.codes.length).toBeLessThanOrEqual(5);
        expect(new Set(decision.codes).size).toBe(decision.codes.length);
        const known = orders.map(({ code }) => code);
        expect(decision.codes.every((code) => known.includes(code))).toBe(true);
      }
    });
  });

  test('of a customer is never nobody’s', () => {
    check((orders, deposits, decisions) => {
      for (const deposit of deposits) {
        if (deposit.amountKrw <= 0 || decisions.get(deposit.id)?.kind !== 'none') continue;
        expect(orders.some((order) => isStrong(order, deposit))).toBe(false);
        const isKnown = /^(?:이자|신한카드|산지농원)/.test(deposit.name);
        expect(isKnown || deposit.amountKrw < 100).toBe(true);
      }
    });
  });

  test('is decided alike in whatever order orders are listed', () => {
    check((orders, deposits, decisions) => {
      const again = matchDeposits(orders.toReversed(), deposits, { ownNames: ['산지농원'] });
      for (const [id, decision] of decisions) {
        const other = again.get(id);
        expect(other?.kind).toBe(decision.kind);
        if (decision.kind === 'match' && other?.kind === 'match' && decision.codes.length > 1)
          expect(other.codes.toSorted()).toEqual(decision.codes.toSorted());
      }
    });
  });
});

test('one order more makes a doubtful deposit certain only by being the one it pays', () => {
  fc.assert(
    fc.property(someOrders, someDeposits, someOrders, (orders, [deposit], [added]) => {
      if (deposit === undefined || added === undefined) return;
      const more = { ...added, code: 'Q3-500' };
      const before = matchDeposits(orders, [deposit]).get(deposit.id);
      const after = matchDeposits([...orders, more], [deposit]).get(deposit.id);
      if (before?.kind !== 'match' && after?.kind === 'match')
        expect(after.codes).toContain(more.code);
    }),
    { numRuns: RUNS },
  );
});

test('an order of another buyer with the same name and amount takes the certainty away', () => {
  fc.assert(
    fc.property(someOrders, someDeposits, (orders, [deposit]) => {
      if (deposit === undefined) return;
      const before = matchDeposits(orders, [deposit]).get(deposit.id);
      const { codes, numbers } = readName(deposit.name);
      if (before?.kind !== 'match' || before.codes.length > 1) return;
      if (codes.length > 0 || numbers.length > 0) return;
      const paid = orders.find(({ code }) => code === before.codes[0]);
      if (paid === undefined) return;
      const twin = { ...paid, code: 'Q3-500', buyer: 'somebody else' };
      expect(matchDeposits([...orders, twin], [deposit]).get(deposit.id)?.kind).toBe('ask');
    }),
    { numRuns: RUNS },
  );
});

test('any text and any amount is decided without a complaint', () => {
  const order: PayableOrder = {
    code: 'P7-042',
    amountDueKrw: 80_000,
    paidKrw: 0,
    depositor: '김영희',
    buyer: null,
    recipients: [],
    placedAt: hour(1),
    payBy: hour(22),
    state: 'awaiting_payment',
  };
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer(), (name, amountKrw) => {
      const deposit = { id: 'd', at: hour(9), name, amountKrw };
      expect(matchDeposits([{ ...order, depositor: name }], [deposit]).size).toBe(1);
      expect(matchDeposits([order], [deposit]).size).toBe(1);
    }),
  );
});
