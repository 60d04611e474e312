-- What the jobs look for, each by an index of the few rows that still wait for it.

-- Null once the order was reminded, or where no waking moment is left before its end.
ALTER TABLE orders ADD COLUMN remind_at TEXT;
CREATE INDEX orders_to_remind ON orders (remind_at)
  WHERE state = 'awaiting_payment' AND remind_at IS NOT NULL;

-- The date whose number the farmer was asked for last: what a bare number answers.
CREATE TABLE asked_days (
  store_id TEXT PRIMARY KEY REFERENCES stores (id),
  date TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE parcels ADD COLUMN shipped_at TEXT;
-- When the buyer was asked whether it arrived.
ALTER TABLE parcels ADD COLUMN asked_at TEXT;
-- A step that its buyer hears of in the evening and did not yet.
ALTER TABLE parcels ADD COLUMN untold INTEGER NOT NULL DEFAULT 0 CHECK (untold IN (0, 1));
UPDATE parcels SET shipped_at = (
  SELECT max(at) FROM events WHERE events.store_id = parcels.store_id
    AND events.order_id = parcels.order_id AND events.parcel_id = parcels.id AND event = 'shipped')
WHERE state IN ('shipped', 'delivered', 'returned');
CREATE INDEX parcels_unasked ON parcels (store_id, shipped_at)
  WHERE state = 'shipped' AND asked_at IS NULL;
CREATE INDEX parcels_untold ON parcels (store_id, buyer_id) WHERE untold = 1;
CREATE INDEX parcels_unsent ON parcels (store_id, harvest_date)
  WHERE state IN ('scheduled', 'harvested', 'packed');

-- Whoever wants no summary in the evening.
CREATE TABLE daily_status_off (
  person_id TEXT PRIMARY KEY REFERENCES people (id),
  since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
