// The rules about money and about questions, each broken on purpose: on either engine the doctor says which one.
import { expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
import type { Outcome, SeenDeposit } from '../../src/payments/store.ts';
import { ENGINE, openWatched } from '../support/engine.ts';
import { BOOKED, SEEN } from '../support/settlement-histories.ts';
import { MONDAY_NOON, openFarm } from '../support/shop.ts';

const LEDGER = 'what an order has been paid and refunded equals its ledger';
const OPEN = 'open refunds equal what is to be refunded, and no payment is returned twice';
const ONCE =
  'a payment is taken back or refunded at most once over, and each refund that is done is in the ledger';
const NAMED = 'what goes back names a payment of the same order, and so does each refund';
const PLACE = 'an order that is paid has its place from a payment of its own';
const DEPOSIT = 'no deposit pays more than it brought, and only one that is booked pays';
const KEPT = 'what is kept of an order is what it costs, or nothing when it ended';

const ASKED = 'questions are of people who are there, counted on, and few of one person wait';

/** `ord_1` was over-paid and got its refund, `ord_2` is cancelled and waits for it, `ord_3` was taken back. */
const FAULTS: readonly (readonly [rule: string, sql: string])[] = [
  [LEDGER, `UPDATE ledger SET amount_krw = amount_krw + 1 WHERE order_id = 'ord_1'`],
  [LEDGER, `DELETE FROM ledger WHERE order_id = 'ord_1' AND kind = 'refund'`],
  [LEDGER, `UPDATE ledger SET order_id = 'ord_2' WHERE kind = 'adjustment'`],
  [OPEN, `UPDATE refunds SET amount_krw = amount_krw + 1 WHERE order_id = 'ord_2'`],
  [OPEN, `UPDATE refunds SET amount_krw = 100000 WHERE order_id = 'ord_1'`],
  [OPEN, `UPDATE refunds SET state = 'due' WHERE order_id = 'ord_1'`],
  [ONCE, `UPDATE refunds SET state = 'done' WHERE order_id = 'ord_2'`],
  [ONCE, `UPDATE refunds SET state = 'withdrawn' WHERE order_id = 'ord_1'`],
  [ONCE, `UPDATE ledger SET amount_krw = amount_krw + 1 WHERE kind = 'adjustment'`],
  [
    NAMED,
    `UPDATE ledger SET returns_id = (SELECT min(id) FROM ledger WHERE order_id = 'ord_2')
     WHERE kind = 'refund'`,
  ],
  [NAMED, `UPDATE ledger SET offsets_id = NULL WHERE kind = 'adjustment'`],
  [
    NAMED,
    `UPDATE refunds SET payment_id = (SELECT min(id) FROM ledger WHERE order_id = 'ord_2')
     WHERE order_id = 'ord_1'`,
  ],
  [PLACE, `UPDATE orders SET deposited_at = '2026-01-01T00:00:00.000Z' WHERE id = 'ord_1'`],
  [
    PLACE,
    `UPDATE orders SET booking_seq = (SELECT min(id) FROM ledger WHERE order_id = 'ord_2')
     WHERE id = 'ord_1'`,
  ],
  [PLACE, `UPDATE orders SET deposited_at = NULL WHERE id = 'ord_1'`],
  [DEPOSIT, `UPDATE deposits SET amount_krw = amount_krw + 1 WHERE id = 'dep_1'`],
  [DEPOSIT, `UPDATE deposits SET state = 'none' WHERE id = 'dep_1'`],
  [DEPOSIT, `UPDATE deposits SET state = 'booked' WHERE id = 'dep_3'`],
  [DEPOSIT, `UPDATE ledger SET deposit_id = 'dep_none' WHERE order_id = 'ord_2'`],
  [
    KEPT,
    `UPDATE orders SET goods_krw = goods_krw - 1, total_krw = total_krw - 1 WHERE id = 'ord_1'`,
  ],
  [KEPT, `UPDATE orders SET refund_due_krw = refund_due_krw - 1 WHERE id = 'ord_2'`],
  [KEPT, `UPDATE orders SET refund_due_krw = 1 WHERE id = 'ord_1'`],
  [ASKED, `UPDATE questions SET no = no + 1`],
  [ASKED, `UPDATE people SET erased_at = '2026-01-01T00:00:00.000Z'`],
  [ASKED, `UPDATE questions SET state = 'closed', ended_at = '2026-01-01T00:00:00.000Z'`],
  [
    ASKED,
    `INSERT INTO questions SELECT store_id, no - n, person_id, state, sealed, asked_at, ended_at
     FROM questions, (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3) AS more`,
  ],
];

async function openBooks() {
  const watched = await openWatched();
  const { store } = watched;
  const farm = await openFarm(store);
  const book = async (id: string, orderId: string, amountKrw: number) => {
    const at = MONDAY_NOON.toISOString();
    const money = { depositId: id, amountKrw, depositor: null, at, isRevived: false };
    const commands = [ordering.takeDeposit(farm.asked('seller'), orderId, money)];
    const outcome: Outcome = { ...BOOKED, orderIds: [orderId], commands };
    const seen: SeenDeposit = { ...SEEN, at, amountKrw };
    const booking = { storeId: 'peach', now: MONDAY_NOON, id, seen, judge: () => outcome };
    return (await store.bookDeposit(booking)).deposit;
  };
  for (const id of ['ord_1', 'ord_2', 'ord_3']) await farm.place(id);
  const question = { personId: farm.buyerId, text: '선물용 포장도 되나요?' };
  await store.submit(ordering.askQuestion(farm.asked(), question));
  await book('dep_1', 'ord_1', 45_000);
  const [refund] = await store.findRefunds('peach', 'ord_1');
  await store.submit(
    ordering.refundDone(farm.asked('seller'), 'ord_1', [refund?.id ?? 'no refund']),
  );
  await farm.pay('ord_2');
  await farm.cancel('ord_2');
  const third = await book('dep_3', 'ord_3', 40_000);
  const commands = [ordering.takeBackDeposit(farm.asked('seller'), 'ord_3', 'dep_3')];
  const outcome: Outcome = { ...BOOKED, state: 'asked', act: 'undone', commands };
  await store.settleDeposit({ deposit: third, now: MONDAY_NOON, outcome });
  const faults = async () => (await store.doctor()).filter(({ ok }) => !ok).map(({ name }) => name);
  return { ...watched, faults };
}

test.each(FAULTS)(`on ${ENGINE} "%s" notices %s`, async (rule, sql) => {
  const { look, faults, close } = await openBooks();
  expect(await faults()).toEqual([]);
  expect((await look(`${sql} RETURNING 1 AS broken`)).length).toBeGreaterThan(0);
  expect(await faults()).toContain(rule);
  await close();
});

test('every rule about money and questions is among those that are broken here', async () => {
  const { store, close } = await openBooks();
  const known = (await store.doctor()).map(({ name }) => name);
  expect(known).toEqual(expect.arrayContaining([...new Set(FAULTS.map(([rule]) => rule))]));
  await close();
});
