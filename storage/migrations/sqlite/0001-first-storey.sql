-- Keys start with store_id so that tables can be spread by store. Times are ISO 8601 in UTC, dates
-- YYYY-MM-DD in the store's zone, money whole won. Columns named sealed hold AES-256-GCM values.
-- Tables with long rows keep their rowid: without one SQLite prefers walking a store's whole key over
-- a second index.

CREATE TABLE install (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stores (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'paused', 'archived')),
  policy TEXT NOT NULL CHECK (json_valid(policy)),
  business TEXT CHECK (business IS NULL OR json_valid(business)),
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
  store_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (store_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  price_krw INTEGER NOT NULL CHECK (price_krw >= 0),
  origin TEXT,
  sale_from TEXT,
  sale_to TEXT,
  ship_from TEXT,
  ship_to TEXT,
  daily_cap_boxes INTEGER CHECK (daily_cap_boxes >= 0),
  image_url TEXT,
  description TEXT,
  state TEXT NOT NULL CHECK (state IN ('on_sale', 'sold_out', 'archived')),
  PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE holidays (
  date TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  sender_hash TEXT NOT NULL UNIQUE,
  platform TEXT NOT NULL,
  wrapped_key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE roles (
  store_id TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id),
  role TEXT NOT NULL CHECK (role IN ('farmer', 'seller', 'admin')),
  granted_at TEXT NOT NULL,
  PRIMARY KEY (store_id, person_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX roles_person ON roles (person_id);

CREATE TABLE invites (
  code_hash TEXT PRIMARY KEY,
  store_id TEXT NOT NULL,
  roles TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  used_by TEXT,
  CHECK ((used_at IS NULL) = (used_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE wrong_tries (
  subject TEXT NOT NULL,
  at TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (subject, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
  person_id TEXT PRIMARY KEY REFERENCES people (id),
  version INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE requests (
  key TEXT PRIMARY KEY,
  body_hash TEXT,
  sealed BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE orders (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  buyer_id TEXT NOT NULL REFERENCES people (id),
  state TEXT NOT NULL CHECK (state IN ('awaiting_payment', 'paid', 'expired', 'cancelled')),
  goods_krw INTEGER NOT NULL CHECK (goods_krw >= 0),
  shipping_krw INTEGER NOT NULL CHECK (shipping_krw >= 0),
  surcharge_krw INTEGER NOT NULL CHECK (surcharge_krw >= 0),
  total_krw INTEGER NOT NULL CHECK (total_krw = goods_krw + shipping_krw + surcharge_krw),
  paid_krw INTEGER NOT NULL CHECK (paid_krw >= 0),
  refunded_krw INTEGER NOT NULL CHECK (refunded_krw BETWEEN 0 AND paid_krw),
  refund_due_krw INTEGER NOT NULL CHECK (refund_due_krw BETWEEN 0 AND paid_krw - refunded_krw),
  pay_by TEXT NOT NULL,
  placed_at TEXT NOT NULL,
  paid_at TEXT,
  deposited_at TEXT,
  booking_seq INTEGER,
  claimed_paid_at TEXT,
  terms_version TEXT NOT NULL,
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  sealed BLOB NOT NULL,
  PRIMARY KEY (store_id, id),
  -- paid means that nothing is owed, and owing nothing means paid (or ended).
  CHECK (state <> 'paid' OR total_krw - paid_krw + refunded_krw <= 0),
  CHECK (state <> 'awaiting_payment' OR total_krw - paid_krw + refunded_krw > 0),
  CHECK ((paid_at IS NULL) = (booking_seq IS NULL))
) STRICT;
CREATE INDEX orders_code ON orders (store_id, code, placed_at);
CREATE INDEX orders_bare_code ON orders (code);
CREATE INDEX orders_id ON orders (id);
CREATE INDEX orders_buyer ON orders (buyer_id, placed_at);
CREATE INDEX orders_placed ON orders (store_id, placed_at, id);
CREATE INDEX orders_awaiting ON orders (store_id, placed_at, id) WHERE state = 'awaiting_payment';
CREATE INDEX orders_paid ON orders (store_id, paid_at) WHERE state = 'paid';
CREATE INDEX orders_to_refund ON orders (store_id, refund_due_krw) WHERE refund_due_krw > 0;
CREATE INDEX orders_unpaid ON orders (pay_by) WHERE state = 'awaiting_payment';

CREATE TABLE parcels (
  store_id TEXT NOT NULL,
  id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  no INTEGER NOT NULL,
  buyer_id TEXT NOT NULL,
  items TEXT NOT NULL CHECK (json_valid(items)),
  boxes INTEGER NOT NULL CHECK (boxes >= 1),
  region TEXT NOT NULL CHECK (region IN ('mainland', 'jeju', 'island')),
  shipping_krw INTEGER NOT NULL,
  surcharge_krw INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'scheduled', 'harvested', 'packed', 'shipped',
    'delivered', 'cancelled', 'returned')),
  wanted_date TEXT,
  wanted_kind TEXT CHECK (wanted_kind IN ('arrive', 'dispatch')),
  harvest_date TEXT,
  packages TEXT NOT NULL CHECK (json_valid(packages)),
  deposited_at TEXT,
  booking_seq INTEGER,
  sealed BLOB NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id),
  CHECK (state IN ('waiting', 'cancelled') OR harvest_date IS NOT NULL)
) STRICT;
CREATE INDEX parcels_order ON parcels (store_id, order_id, no);
CREATE INDEX parcels_id ON parcels (id);
CREATE INDEX parcels_day ON parcels (store_id, harvest_date)
  WHERE state NOT IN ('waiting', 'cancelled');
CREATE INDEX parcels_waiting ON parcels (store_id, deposited_at)
  WHERE state = 'waiting' AND booking_seq IS NOT NULL;

-- The numbers that stand in the packages of parcels, to be found by.
CREATE TABLE waybills (
  store_id TEXT NOT NULL,
  waybill TEXT NOT NULL,
  parcel_id TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (store_id, waybill, parcel_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX waybills_parcel ON waybills (store_id, parcel_id);

CREATE TABLE days (
  store_id TEXT NOT NULL,
  date TEXT NOT NULL,
  cap_boxes INTEGER NOT NULL CHECK (cap_boxes >= 0),
  cap_source TEXT NOT NULL CHECK (cap_source IN ('default', 'farmer')),
  reserved_boxes INTEGER NOT NULL CHECK (reserved_boxes >= 0),
  product_boxes TEXT NOT NULL CHECK (json_valid(product_boxes)),
  late_room_boxes INTEGER NOT NULL CHECK (late_room_boxes >= 0),
  revision INTEGER NOT NULL CHECK (revision >= 0),
  frozen_at TEXT,
  -- Above the cap only where it was lowered below what is already harvested.
  flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
  PRIMARY KEY (store_id, date),
  CHECK (reserved_boxes <= cap_boxes OR flagged = 1),
  CHECK ((revision > 0) = (frozen_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE list_rows (
  store_id TEXT NOT NULL,
  date TEXT NOT NULL,
  row INTEGER NOT NULL CHECK (row >= 1),
  parcel_id TEXT NOT NULL,
  added_revision INTEGER NOT NULL,
  struck_revision INTEGER CHECK (struck_revision > added_revision),
  PRIMARY KEY (store_id, date, row)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX list_rows_parcel ON list_rows (store_id, parcel_id)
  WHERE struck_revision IS NULL;

-- AUTOINCREMENT because the id leaves the table: it is the booking order of payments.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  store_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund', 'adjustment')),
  amount_krw INTEGER NOT NULL CHECK (amount_krw > 0),
  method TEXT NOT NULL CHECK (method IN ('bank', 'kakaopay', 'manual')),
  -- The bank's reference and the name on the transfer.
  sealed BLOB,
  returns_id INTEGER REFERENCES ledger (id),
  at TEXT NOT NULL,
  booked_at TEXT NOT NULL,
  CHECK ((kind = 'refund') = (returns_id IS NOT NULL))
) STRICT;
CREATE INDEX ledger_order ON ledger (store_id, order_id);

CREATE TABLE refunds (
  store_id TEXT NOT NULL,
  id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  payment_id INTEGER NOT NULL REFERENCES ledger (id),
  amount_krw INTEGER NOT NULL CHECK (amount_krw > 0),
  state TEXT NOT NULL CHECK (state IN ('needs_account', 'due', 'done', 'failed')),
  sealed BLOB,
  opened_at TEXT NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT;
CREATE INDEX refunds_order ON refunds (store_id, order_id);

CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  store_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  parcel_id TEXT,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  event TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;
CREATE INDEX events_order ON events (store_id, order_id);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  store_id TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id),
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  order_id TEXT,
  data TEXT NOT NULL CHECK (json_valid(data)),
  state TEXT NOT NULL CHECK (state IN ('due', 'held', 'done', 'dead', 'dropped')),
  attempts INTEGER NOT NULL,
  due_at TEXT,
  cause TEXT,
  created_at TEXT NOT NULL,
  first_at TEXT,
  last_at TEXT,
  said BLOB,
  content BLOB,
  CHECK ((state = 'due') = (due_at IS NOT NULL)),
  CHECK (state <> 'dead' OR cause IS NOT NULL)
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'due';
CREATE INDEX outbox_held ON outbox (person_id, id) WHERE state = 'held';

-- The one server on this file; commands beside it never take it.
CREATE TABLE lease (
  name TEXT PRIMARY KEY CHECK (name = 'server'),
  holder TEXT NOT NULL,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  heartbeat_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cron_runs (
  job TEXT NOT NULL,
  store_id TEXT NOT NULL,
  slot TEXT NOT NULL,
  lease_until TEXT,
  finished_at TEXT,
  result TEXT,
  PRIMARY KEY (job, store_id, slot)
) STRICT, WITHOUT ROWID;
