// Every state of a refund × everything that may be done with it, refusals included.
import { describe, expect, test } from 'vitest';
import type { Change, Refund, RefundState, State } from '../../src/orders/change.ts';
import { REFUND_STATES } from '../../src/orders/change.ts';
import { DomainError } from '../../src/orders/errors.ts';
import {
  decideRefundAccount,
  decideRefundDone,
  decideRefundFailed,
  decideRemindRefund,
  type RefundStep,
  transfersOf,
} from '../../src/orders/refunding.ts';
import { paidOrder } from '../support/orders.ts';
import { calendarWith, MONDAY_NOON, stateWith } from '../support/shop.ts';

const ACCOUNT = { bank: '농협', account: '3021234567891', holder: '김영희' };
const OTHER = { ...ACCOUNT, account: '3021234567892' };

function refund(state: RefundState, no = 1, over: Partial<Refund> = {}): Refund {
  return { id: `ref_1-${no}`, paymentId: no, amountKrw: 40_000, state, ...over };
}

function stateOf(refunds: readonly Refund[], over: Partial<State> = {}): State {
  const order = { ...paidOrder(), refundDueKrw: 80_000, paidKrw: 80_000 };
  const payments = [1, 2].map((id) => ({
    ...{ id, amountKrw: 40_000, method: 'bank' as const, refundedKrw: 40_000 },
  }));
  return stateWith(calendarWith(), { order, payments, refunds, ...over });
}

function outcome(work: () => Change<RefundStep>): string {
  try {
    const { refundPatches = [], notices } = work();
    const patches = refundPatches.map(({ state }) => state).join();
    return [patches || 'same', ...notices.map(({ kind }) => kind)].join(' ');
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const TABLE: Readonly<Record<RefundState, readonly [account: string, done: string, fail: string]>> =
  {
    needs_account: ['due refund_due', 'done refund_done', 'conflict'],
    due: ['due refund_due', 'done refund_done', 'failed refund_failed'],
    failed: ['due refund_due', 'done refund_done', 'same'],
    done: ['same', 'same', 'conflict'],
    withdrawn: ['same', 'conflict', 'conflict'],
  };

describe.each(REFUND_STATES)('a refund that is %s', (at) => {
  const state = stateOf([refund(at)]);
  const [account, done, fail] = TABLE[at];

  test('takes an account', () => {
    expect(outcome(() => decideRefundAccount(state, ACCOUNT, 'buyer'))).toBe(account);
  });
  test('is sent', () => {
    expect(outcome(() => decideRefundDone(state, ['ref_1-1'], 'seller'))).toBe(done);
  });
  test('cannot be sent', () => {
    const failure = { refundIds: ['ref_1-1'], reason: null };
    expect(outcome(() => decideRefundFailed(state, failure, 'seller'))).toBe(fail);
  });
  test('is reminded of only while it waits for an account', () => {
    expect(decideRemindRefund(state).answer).toBe(at === 'needs_account');
    expect(decideRemindRefund(stateOf([refund(at, 1, { isReminded: true })])).answer).toBe(false);
  });
});

test('an unknown refund is refused, whatever is done with it', () => {
  const state = stateOf([refund('due')]);
  expect(outcome(() => decideRefundDone(state, ['ref_1-9'], 'seller'))).toBe('not_found');
});

describe('the account', () => {
  test('said again is the same answer, and the seller hears nothing', () => {
    const known = stateOf([refund('due')], { refundAccount: ACCOUNT });
    expect(outcome(() => decideRefundAccount(known, ACCOUNT, 'buyer'))).toBe('same');
  });

  test('said again behind a failure is tried again', () => {
    const known = stateOf([refund('failed')], { refundAccount: ACCOUNT });
    expect(outcome(() => decideRefundAccount(known, ACCOUNT, 'buyer'))).toBe('due refund_due');
  });

  test('is for all that waits; one that replaces another says so', () => {
    const first = decideRefundAccount(
      stateOf([refund('needs_account'), refund('failed', 2)]),
      ACCOUNT,
      'buyer',
    );
    expect(first.notices).toMatchObject([
      { to: { role: 'seller' }, data: { refunds: ['ref_1-1', 'ref_1-2'], isCorrected: false } },
    ]);
    const both = stateOf([refund('due'), refund('due', 2)], { refundAccount: ACCOUNT });
    const corrected = decideRefundAccount(both, OTHER, 'buyer');
    expect(corrected.notices).toMatchObject([{ data: { isCorrected: true } }]);
    expect(corrected.refundPatches).toMatchObject([{ account: OTHER }, { account: OTHER }]);
  });

  test('of what KakaoPay gives back by itself is not wanted', () => {
    const payments = [
      { id: 1, amountKrw: 40_000, method: 'kakaopay', refundedKrw: 40_000 },
    ] as const;
    const state = stateOf([refund('due')], { payments });
    expect(outcome(() => decideRefundAccount(state, ACCOUNT, 'buyer'))).toBe('same');
  });

  test('stands in no event and no notice', () => {
    const { events, notices } = decideRefundAccount(
      stateOf([refund('needs_account')]),
      ACCOUNT,
      'buyer',
    );
    expect(JSON.stringify([events, notices])).not.toMatch(/3021234567891|김영희|농협/);
  });
});

describe('money that is sent', () => {
  test('of two payments is two entries and one message', () => {
    const state = stateOf([refund('due'), refund('due', 2)]);
    const done = decideRefundDone(state, ['ref_1-1', 'ref_1-2'], 'seller');
    expect(done.counter).toMatchObject([
      { kind: 'refund', paymentId: 1, amountKrw: 40_000 },
      { kind: 'refund', paymentId: 2, amountKrw: 40_000 },
    ]);
    expect(done.orders).toMatchObject([{ refundedKrw: 80_000, refundDueKrw: 0 }]);
    expect(done.notices).toMatchObject([{ kind: 'refund_done', data: { amountKrw: 80_000 } }]);
  });

  test('counts once what was sent before', () => {
    const state = stateOf([refund('done'), refund('due', 2)]);
    const done = decideRefundDone(state, ['ref_1-1', 'ref_1-2'], 'seller');
    expect(done.counter).toHaveLength(1);
    expect(done.notices).toMatchObject([{ data: { amountKrw: 40_000 } }]);
  });

  test('says when its buyer acted, so that he hears it at night only if he just did', () => {
    const accountAt = MONDAY_NOON.toISOString();
    const { notices } = decideRefundDone(
      stateOf([refund('due', 1, { accountAt }), refund('due', 2)]),
      ['ref_1-1', 'ref_1-2'],
      'seller',
    );
    expect(notices).toMatchObject([{ data: { actedAt: accountAt } }]);
  });
});

test('one transfer is what stands alike of an order; what can be sent comes first', () => {
  const record = (id: string, orderId: string, state: RefundState) => ({
    ...{ id, storeId: 'peach', orderId, code: orderId, state, amountKrw: 1_000 },
    ...{ account: null, openedAt: '', endedAt: null },
  });
  const transfers = transfersOf([
    record('a', 'ord_1', 'needs_account'),
    record('b', 'ord_2', 'due'),
    record('c', 'ord_2', 'due'),
    record('d', 'ord_2', 'failed'),
  ]);
  expect(transfers).toMatchObject([
    { orderId: 'ord_2', state: 'due', refundIds: ['b', 'c'], amountKrw: 2_000 },
    { orderId: 'ord_2', state: 'failed', refundIds: ['d'] },
    { orderId: 'ord_1', refundIds: ['a'] },
  ]);
});
