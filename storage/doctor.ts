// Checks the books against each other: caps, ledger, lists, queue. Each query lists what is wrong.
import type { Check } from '../src/orders/store.ts';

export type Rule = {
  readonly name: string;
  readonly sql: string;
  /** Where PostgreSQL says it otherwise; null where it sees to the rule itself. */
  readonly postgres?: string | null;
};

/** Plain SQL because these are reports that no caller waits for; each row names one fault. */
export const RULES: readonly Rule[] = [
  {
    name: 'reserved boxes equal the live parcels of each date',
    sql: `SELECT d.store_id || ' ' || d.date || ': reserved ' || d.reserved_boxes || ', parcels ' ||
            coalesce(sum(p.boxes), 0) AS fault
          FROM days d LEFT JOIN parcels p ON p.store_id = d.store_id AND p.harvest_date = d.date
            AND p.state NOT IN ('waiting', 'cancelled')
          GROUP BY d.store_id, d.date HAVING d.reserved_boxes <> coalesce(sum(p.boxes), 0)`,
  },
  {
    name: 'every date with live parcels is kept',
    sql: `SELECT DISTINCT p.store_id || ' ' || p.harvest_date AS fault FROM parcels p
          LEFT JOIN days d ON d.store_id = p.store_id AND d.date = p.harvest_date
          WHERE p.state NOT IN ('waiting', 'cancelled') AND d.date IS NULL`,
  },
  {
    name: 'no date is above its cap but for what was harvested before it was lowered',
    sql: `SELECT d.store_id || ' ' || d.date || ': ' || d.reserved_boxes || ' of ' || d.cap_boxes AS fault
          FROM days d WHERE d.reserved_boxes > d.cap_boxes AND (d.flagged = 0 OR EXISTS (
            SELECT 1 FROM parcels p WHERE p.store_id = d.store_id AND p.harvest_date = d.date
              AND p.state = 'scheduled'))`,
  },
  {
    name: 'boxes per product add up to the reserved boxes',
    sql: `SELECT d.store_id || ' ' || d.date AS fault FROM days d WHERE d.reserved_boxes <>
          (SELECT coalesce(sum(value), 0) FROM json_each(d.product_boxes))`,
    postgres: `SELECT d.store_id || ' ' || d.date AS fault FROM days d WHERE d.reserved_boxes <>
          (SELECT coalesce(sum(value::bigint), 0) FROM json_each_text(d.product_boxes::json))`,
  },
  {
    name: 'what an order has been paid and refunded equals its ledger',
    sql: `SELECT o.store_id || ' ' || o.id AS fault FROM orders o
          LEFT JOIN ledger l ON l.store_id = o.store_id AND l.order_id = o.id
          GROUP BY o.store_id, o.id
          HAVING o.paid_krw <> coalesce(sum(CASE l.kind WHEN 'payment' THEN l.amount_krw
                                                 WHEN 'adjustment' THEN -l.amount_krw END), 0)
              OR o.refunded_krw <> coalesce(sum(CASE WHEN l.kind = 'refund' THEN l.amount_krw END), 0)`,
  },
  {
    name: 'open refunds equal what is to be refunded, and no payment is returned twice',
    sql: `SELECT o.store_id || ' ' || o.id AS fault FROM orders o WHERE o.refund_due_krw <>
            (SELECT coalesce(sum(r.amount_krw), 0) FROM refunds r
             WHERE r.store_id = o.store_id AND r.order_id = o.id
               AND r.state IN ('needs_account', 'due', 'failed'))
          UNION ALL
          SELECT r.store_id || ' payment ' || r.payment_id FROM refunds r JOIN ledger l ON l.id = r.payment_id
          WHERE r.state <> 'withdrawn' GROUP BY r.store_id, r.payment_id
          HAVING sum(r.amount_krw) > max(l.amount_krw)`,
  },
  {
    name: 'a payment is taken back or refunded at most once over, and each refund that is done is in the ledger',
    sql: `SELECT p.store_id || ' payment ' || p.id AS fault FROM ledger c
            JOIN ledger p ON p.id = coalesce(c.offsets_id, c.returns_id)
          GROUP BY p.store_id, p.id, p.amount_krw HAVING sum(c.amount_krw) > p.amount_krw
          UNION ALL
          SELECT o.store_id || ' order ' || o.id FROM orders o WHERE o.refunded_krw <>
            (SELECT coalesce(sum(r.amount_krw), 0) FROM refunds r
             WHERE r.store_id = o.store_id AND r.order_id = o.id AND r.state = 'done')`,
  },
  {
    name: 'what goes back names a payment of the same order, and so does each refund',
    sql: `SELECT c.store_id || ' entry ' || c.id AS fault FROM ledger c
            LEFT JOIN ledger p ON p.id = coalesce(c.returns_id, c.offsets_id) AND p.kind = 'payment'
              AND p.store_id = c.store_id AND p.order_id = c.order_id
          WHERE (c.kind <> 'payment' AND p.id IS NULL)
             OR (c.kind = 'adjustment') <> (c.offsets_id IS NOT NULL)
          UNION ALL
          SELECT r.store_id || ' refund ' || r.id FROM refunds r
            LEFT JOIN ledger p ON p.id = r.payment_id AND p.kind = 'payment'
              AND p.store_id = r.store_id AND p.order_id = r.order_id
          WHERE p.id IS NULL`,
  },
  {
    name: 'an order that is paid has its place from a payment of its own',
    sql: `SELECT o.store_id || ' ' || o.id AS fault FROM orders o
            LEFT JOIN ledger p ON p.id = o.booking_seq AND p.kind = 'payment' AND p.at = o.deposited_at
              AND p.store_id = o.store_id AND p.order_id = o.id
          WHERE p.id IS NULL AND (o.booking_seq IS NOT NULL OR o.deposited_at IS NOT NULL)`,
  },
  {
    name: 'no deposit pays more than it brought, and only one that is booked pays',
    sql: `SELECT d.store_id || ' deposit ' || d.id AS fault FROM deposits d
            LEFT JOIN ledger l ON l.store_id = d.store_id AND l.deposit_id = d.id
            LEFT JOIN ledger a ON a.offsets_id = l.id
          GROUP BY d.store_id, d.id, d.state, d.amount_krw
          HAVING coalesce(sum(l.amount_krw), 0) - coalesce(sum(a.amount_krw), 0) <>
            CASE d.state WHEN 'booked' THEN d.amount_krw ELSE 0 END
          UNION ALL
          SELECT l.store_id || ' entry ' || l.id FROM ledger l
            LEFT JOIN deposits d ON d.store_id = l.store_id AND d.id = l.deposit_id
          WHERE l.deposit_id IS NOT NULL AND (d.id IS NULL OR l.kind <> 'payment')`,
  },
  {
    name: 'what is kept of an order is what it costs, or nothing when it ended',
    sql: `SELECT store_id || ' ' || id AS fault FROM orders
          WHERE (state = 'awaiting_payment' AND paid_krw - refunded_krw - refund_due_krw > total_krw)
             OR (state = 'paid' AND paid_krw - refunded_krw - refund_due_krw <> total_krw)
             OR (state IN ('expired', 'cancelled') AND paid_krw - refunded_krw <> refund_due_krw)`,
  },
  {
    name: 'an order costs what its live parcels cost',
    sql: `SELECT o.store_id || ' ' || o.id AS fault FROM orders o
          LEFT JOIN parcels p ON p.store_id = o.store_id AND p.order_id = o.id AND p.state <> 'cancelled'
          LEFT JOIN json_each(p.items) i
          GROUP BY o.store_id, o.id
          HAVING o.goods_krw <> coalesce(sum(json_extract(i.value, '$.boxes') *
            json_extract(i.value, '$.priceKrw')), 0)`,
    postgres: `SELECT o.store_id || ' ' || o.id AS fault FROM orders o
          LEFT JOIN parcels p ON p.store_id = o.store_id AND p.order_id = o.id AND p.state <> 'cancelled'
          LEFT JOIN LATERAL json_array_elements(p.items::json) i ON true
          GROUP BY o.store_id, o.id
          HAVING o.goods_krw <> coalesce(sum((i ->> 'boxes')::bigint * (i ->> 'priceKrw')::bigint), 0)`,
  },
  {
    name: 'parcels go with their order: only paid ones are on a date, none is live when it ended',
    sql: `SELECT p.store_id || ' ' || p.id AS fault FROM parcels p
          JOIN orders o ON o.store_id = p.store_id AND o.id = p.order_id
          WHERE (o.state IN ('awaiting_payment', 'expired') AND p.state NOT IN ('waiting', 'cancelled'))
             OR (o.state = 'cancelled' AND p.state <> 'cancelled')`,
  },
  {
    name: 'every live row of a frozen list is a live parcel of that date, and each such parcel has one',
    sql: `SELECT r.store_id || ' ' || r.date || ' row ' || r.row AS fault FROM list_rows r
          LEFT JOIN parcels p ON p.store_id = r.store_id AND p.id = r.parcel_id
            AND p.harvest_date = r.date AND p.state NOT IN ('waiting', 'cancelled')
          WHERE r.struck_revision IS NULL AND p.id IS NULL
          UNION ALL
          SELECT p.store_id || ' ' || p.id FROM parcels p
          JOIN days d ON d.store_id = p.store_id AND d.date = p.harvest_date AND d.revision > 0
          LEFT JOIN list_rows r ON r.store_id = p.store_id AND r.parcel_id = p.id
            AND r.date = p.harvest_date AND r.struck_revision IS NULL
          WHERE p.state NOT IN ('waiting', 'cancelled') AND r.row IS NULL`,
  },
  {
    name: 'the revisions of a list are without gaps, and the newest holds what the date holds',
    sql: `SELECT d.store_id || ' ' || d.date || ' r' || d.revision AS fault FROM days d
          LEFT JOIN list_revisions k ON k.store_id = d.store_id AND k.date = d.date
          GROUP BY d.store_id, d.date, d.revision
          HAVING coalesce(max(k.revision), 0) <> d.revision
              OR count(k.revision) <> d.revision - coalesce(min(k.revision), 1) + 1
              OR coalesce(sum(CASE WHEN k.hash = '' THEN k.revision END), 1) <>
                 coalesce(min(k.revision), 1)
          UNION ALL
          SELECT k.store_id || ' ' || k.date || ' r' || k.revision FROM list_revisions k
          LEFT JOIN days d ON d.store_id = k.store_id AND d.date = k.date AND d.revision >= k.revision
          WHERE d.date IS NULL OR (d.revision = k.revision AND d.reserved_boxes <> k.total_boxes)`,
  },
  {
    name: 'the first revision of a list and all that changed since are its rows',
    sql: `SELECT r.store_id || ' ' || r.date || ' row ' || r.row AS fault FROM list_rows r
          JOIN days d ON d.store_id = r.store_id AND d.date = r.date
          JOIN list_revisions k ON k.store_id = r.store_id AND k.date = r.date
            AND k.revision = d.revision AND k.hash <> ''
          LEFT JOIN parcels p ON p.store_id = r.store_id AND p.id = r.parcel_id
          LEFT JOIN list_versions v ON v.store_id = r.store_id AND v.date = r.date AND v.row = r.row
            AND v.revision = (SELECT max(n.revision) FROM list_versions n
              WHERE n.store_id = r.store_id AND n.date = r.date AND n.row = r.row)
          WHERE v.row IS NULL OR v.parcel_id <> r.parcel_id OR v.added_revision <> r.added_revision
             OR coalesce(v.struck_revision, 0) <> coalesce(r.struck_revision, 0)
             OR coalesce(v.altered_revision, 0) <> coalesce(r.altered_revision, 0)
             OR (r.struck_revision IS NULL AND v.boxes <> p.boxes)
          UNION ALL
          SELECT v.store_id || ' ' || v.date || ' row ' || v.row FROM list_versions v
          LEFT JOIN list_rows r ON r.store_id = v.store_id AND r.date = v.date AND r.row = v.row
          LEFT JOIN list_revisions k ON k.store_id = v.store_id AND k.date = v.date
            AND k.revision = v.revision AND k.hash <> ''
          WHERE r.row IS NULL OR k.revision IS NULL`,
  },
  {
    name: 'waybills are found on the parcels that have them',
    sql: `SELECT p.store_id || ' ' || p.id AS fault FROM parcels p, json_each(p.packages) k
          WHERE json_extract(k.value, '$.waybill') IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM waybills w WHERE w.store_id = p.store_id AND w.parcel_id = p.id
              AND w.waybill = json_extract(k.value, '$.waybill'))
          UNION ALL
          SELECT w.store_id || ' ' || w.parcel_id FROM waybills w
          LEFT JOIN parcels p ON p.store_id = w.store_id AND p.id = w.parcel_id
          WHERE p.id IS NULL OR w.waybill NOT IN (
            SELECT coalesce(json_extract(value, '$.waybill'), '') FROM json_each(p.packages))`,
    postgres: `SELECT p.store_id || ' ' || p.id AS fault
          FROM parcels p, json_array_elements(p.packages::json) k
          WHERE k ->> 'waybill' IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM waybills w WHERE w.store_id = p.store_id AND w.parcel_id = p.id
              AND w.waybill = k ->> 'waybill')
          UNION ALL
          SELECT w.store_id || ' ' || w.parcel_id FROM waybills w
          LEFT JOIN parcels p ON p.store_id = w.store_id AND p.id = w.parcel_id
          WHERE p.id IS NULL OR w.waybill NOT IN (
            SELECT coalesce(k ->> 'waybill', '') FROM json_array_elements(p.packages::json) k)`,
  },
  {
    name: 'every order has its history and its parcels',
    sql: `SELECT o.store_id || ' ' || o.id AS fault FROM orders o
          WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.store_id = o.store_id
              AND e.order_id = o.id AND e.event = 'placed')
             OR NOT EXISTS (SELECT 1 FROM parcels p WHERE p.store_id = o.store_id AND p.order_id = o.id)`,
  },
  {
    name: 'questions are of people who are there, counted on, and few of one person wait',
    sql: `SELECT q.store_id || ' question ' || q.no AS fault FROM questions q
            LEFT JOIN people p ON p.id = q.person_id
            LEFT JOIN counters c ON c.store_id = q.store_id AND c.name = 'questions'
          WHERE p.id IS NULL OR p.erased_at IS NOT NULL OR c.value IS NULL OR q.no > c.value
             OR (q.state = 'open') <> (q.ended_at IS NULL) OR q.ended_at < q.asked_at
          UNION ALL
          SELECT store_id || ' ' || count(*) || ' questions of one person' FROM questions
          WHERE state = 'open' GROUP BY store_id, person_id HAVING count(*) > 3`,
  },
  {
    name: 'codes are unique within 180 days of one store',
    // One walk in order of code: joining orders with each other takes seconds from 4,000 on.
    sql: `SELECT store_id || ' ' || code AS fault FROM (
            SELECT store_id, code, placed_at, lag(placed_at) OVER (
              PARTITION BY store_id, code ORDER BY placed_at) AS before FROM orders)
          WHERE julianday(placed_at) - julianday(before) < 180`,
    postgres: `SELECT store_id || ' ' || code AS fault FROM (
            SELECT store_id, code, placed_at, lag(placed_at) OVER (
              PARTITION BY store_id, code ORDER BY placed_at) AS before FROM orders) codes
          WHERE placed_at::timestamptz - before::timestamptz < interval '180 days'`,
  },
  {
    name: 'what was told together was told by one message of the same person',
    sql: `SELECT 'message ' || f.id AS fault FROM outbox f JOIN outbox l ON l.id = f.bundle_id
          WHERE f.state <> 'done' OR l.bundle_id IS NOT NULL OR l.person_id <> f.person_id`,
  },
  {
    name: 'an account has two to four people, none of whom is erased, and is told at one place first',
    sql: `SELECT account_id AS fault FROM people WHERE account_id IS NOT NULL GROUP BY account_id
          HAVING count(*) NOT BETWEEN 2 AND 4 OR count(erased_at) > 0 OR sum(preferred) > 1`,
  },
  {
    name: 'what waits with another person is of somebody linked with him',
    sql: `SELECT 'message ' || m.id AS fault FROM outbox m
          JOIN people here ON here.id = m.person_id JOIN people home ON home.id = m.owner_id
          WHERE m.state IN ('due', 'held', 'dead') AND coalesce(m.cause, '') <> 'sending'
            AND (m.audience <> 'buyer' OR m.owner_id = m.person_id
              OR coalesce(here.account_id, here.id) <> coalesce(home.account_id, home.id))`,
  },
  {
    name: 'every reference holds',
    sql: `SELECT "table" || ' ' || rowid AS fault FROM pragma_foreign_key_check`,
    postgres: null,
  },
  {
    name: 'the file is sound',
    sql: `SELECT integrity_check AS fault FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
    postgres: null,
  },
];

export const FAULTS_SHOWN = 5;

/** Looks whether one rule holds; `faultsOf` runs its query. */
export function checkRule(
  { name, sql }: Rule,
  faultsOf: (sql: string) => readonly string[],
): Check {
  const faults = faultsOf(sql);
  const shown = faults.slice(0, FAULTS_SHOWN).join('; ');
  return {
    name,
    ok: faults.length === 0,
    detail: faults.length === 0 ? 'ok' : `${faults.length}: ${shown}`,
  };
}
