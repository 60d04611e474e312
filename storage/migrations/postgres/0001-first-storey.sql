-- The tables as SQLite has them after its first eight migrations, with PostgreSQL's own types. Every text
-- column is COLLATE "C": keys, pages and instants are compared byte by byte, on both engines alike.
-- What only a file needs is missing: the lease of its one server and the work of a change of its key.

CREATE TABLE install (
  name text COLLATE "C" PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);

CREATE TABLE stores (
  id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('open', 'paused', 'archived')),
  policy text COLLATE "C" NOT NULL CHECK (policy IS JSON),
  business text COLLATE "C" CHECK (business IS NULL OR business IS JSON),
  created_at text COLLATE "C" NOT NULL
);

-- Counters of the installation stand under an empty store_id.
CREATE TABLE counters (
  store_id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (store_id, name)
);

CREATE TABLE products (
  store_id text COLLATE "C" NOT NULL REFERENCES stores (id),
  id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  price_krw bigint NOT NULL CHECK (price_krw >= 0),
  origin text COLLATE "C",
  sale_from text COLLATE "C",
  sale_to text COLLATE "C",
  ship_from text COLLATE "C",
  ship_to text COLLATE "C",
  daily_cap_boxes bigint CHECK (daily_cap_boxes >= 0),
  image_url text COLLATE "C",
  description text COLLATE "C",
  state text COLLATE "C" NOT NULL CHECK (state IN ('on_sale', 'sold_out', 'archived')),
  PRIMARY KEY (store_id, id)
);

CREATE TABLE holidays (
  date text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL
);

CREATE TABLE people (
  id text COLLATE "C" PRIMARY KEY,
  sender_hash text COLLATE "C" NOT NULL UNIQUE,
  platform text COLLATE "C" NOT NULL,
  wrapped_key bytea NOT NULL,
  sealed bytea NOT NULL,
  created_at text COLLATE "C" NOT NULL,
  forget_at text COLLATE "C",
  erased_at text COLLATE "C",
  notice_version text COLLATE "C",
  notice_at text COLLATE "C" CHECK ((notice_at IS NULL) = (notice_version IS NULL))
);
CREATE INDEX people_to_forget ON people (forget_at)
  WHERE forget_at IS NOT NULL AND erased_at IS NULL;

CREATE TABLE roles (
  store_id text COLLATE "C" NOT NULL,
  person_id text COLLATE "C" NOT NULL REFERENCES people (id),
  role text COLLATE "C" NOT NULL CHECK (role IN ('farmer', 'seller', 'admin')),
  granted_at text COLLATE "C" NOT NULL,
  quiet_from text COLLATE "C",
  quiet_to text COLLATE "C" CHECK ((quiet_to IS NULL) = (quiet_from IS NULL)),
  PRIMARY KEY (store_id, person_id, role)
);
CREATE INDEX roles_person ON roles (person_id);

CREATE TABLE invites (
  code_hash text COLLATE "C" PRIMARY KEY,
  store_id text COLLATE "C" NOT NULL,
  roles text COLLATE "C" NOT NULL,
  expires_at text COLLATE "C" NOT NULL,
  used_at text COLLATE "C",
  used_by text COLLATE "C",
  CHECK ((used_at IS NULL) = (used_by IS NULL))
);

CREATE TABLE wrong_tries (
  subject text COLLATE "C" NOT NULL,
  at text COLLATE "C" NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (subject, at)
);

CREATE TABLE conversations (
  person_id text COLLATE "C" PRIMARY KEY REFERENCES people (id),
  version bigint NOT NULL,
  sealed bytea NOT NULL,
  updated_at text COLLATE "C" NOT NULL
);

CREATE TABLE requests (
  key text COLLATE "C" PRIMARY KEY,
  body_hash text COLLATE "C",
  sealed bytea NOT NULL,
  at text COLLATE "C" NOT NULL,
  sealed_for text COLLATE "C"
);

CREATE TABLE orders (
  store_id text COLLATE "C" NOT NULL REFERENCES stores (id),
  id text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  buyer_id text COLLATE "C" NOT NULL REFERENCES people (id),
  state text COLLATE "C" NOT NULL CHECK (state IN ('awaiting_payment', 'paid', 'expired', 'cancelled')),
  goods_krw bigint NOT NULL CHECK (goods_krw >= 0),
  shipping_krw bigint NOT NULL CHECK (shipping_krw >= 0),
  surcharge_krw bigint NOT NULL CHECK (surcharge_krw >= 0),
  total_krw bigint NOT NULL CHECK (total_krw = goods_krw + shipping_krw + surcharge_krw),
  paid_krw bigint NOT NULL CHECK (paid_krw >= 0),
  refunded_krw bigint NOT NULL CHECK (refunded_krw BETWEEN 0 AND paid_krw),
  refund_due_krw bigint NOT NULL CHECK (refund_due_krw BETWEEN 0 AND paid_krw - refunded_krw),
  pay_by text COLLATE "C" NOT NULL,
  placed_at text COLLATE "C" NOT NULL,
  paid_at text COLLATE "C",
  deposited_at text COLLATE "C",
  booking_seq bigint,
  claimed_paid_at text COLLATE "C",
  terms_version text COLLATE "C" NOT NULL,
  terms text COLLATE "C" NOT NULL CHECK (terms IS JSON),
  sealed bytea NOT NULL,
  remind_at text COLLATE "C",
  PRIMARY KEY (store_id, id),
  -- paid means that nothing is owed, and owing nothing means paid (or ended).
  CHECK (state <> 'paid' OR total_krw - paid_krw + refunded_krw <= 0),
  CHECK (state <> 'awaiting_payment' OR total_krw - paid_krw + refunded_krw > 0),
  CHECK ((paid_at IS NULL) = (booking_seq IS NULL))
);
CREATE INDEX orders_code ON orders (store_id, code, placed_at);
CREATE INDEX orders_bare_code ON orders (code);
CREATE INDEX orders_id ON orders (id);
CREATE INDEX orders_buyer ON orders (buyer_id, placed_at);
CREATE INDEX orders_placed ON orders (store_id, placed_at, id);
CREATE INDEX orders_awaiting ON orders (store_id, placed_at, id) WHERE state = 'awaiting_payment';
CREATE INDEX orders_paid ON orders (store_id, paid_at) WHERE state = 'paid';
CREATE INDEX orders_to_refund ON orders (store_id, refund_due_krw) WHERE refund_due_krw > 0;
CREATE INDEX orders_unpaid ON orders (pay_by) WHERE state = 'awaiting_payment';
CREATE INDEX orders_to_remind ON orders (remind_at)
  WHERE state = 'awaiting_payment' AND remind_at IS NOT NULL;

CREATE TABLE parcels (
  store_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  no bigint NOT NULL,
  buyer_id text COLLATE "C" NOT NULL,
  items text COLLATE "C" NOT NULL CHECK (items IS JSON),
  boxes bigint NOT NULL CHECK (boxes >= 1),
  region text COLLATE "C" NOT NULL CHECK (region IN ('mainland', 'jeju', 'island')),
  shipping_krw bigint NOT NULL,
  surcharge_krw bigint NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'scheduled', 'harvested', 'packed', 'shipped',
    'delivered', 'cancelled', 'returned')),
  wanted_date text COLLATE "C",
  wanted_kind text COLLATE "C" CHECK (wanted_kind IN ('arrive', 'dispatch')),
  harvest_date text COLLATE "C",
  packages text COLLATE "C" NOT NULL CHECK (packages IS JSON),
  deposited_at text COLLATE "C",
  booking_seq bigint,
  sealed bytea NOT NULL,
  shipped_at text COLLATE "C",
  asked_at text COLLATE "C",
  untold bigint NOT NULL DEFAULT 0 CHECK (untold IN (0, 1)),
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id),
  CHECK (state IN ('waiting', 'cancelled') OR harvest_date IS NOT NULL)
);
CREATE INDEX parcels_order ON parcels (store_id, order_id, no);
CREATE INDEX parcels_id ON parcels (id);
CREATE INDEX parcels_day ON parcels (store_id, harvest_date)
  WHERE state NOT IN ('waiting', 'cancelled');
CREATE INDEX parcels_waiting ON parcels (store_id, deposited_at)
  WHERE state = 'waiting' AND booking_seq IS NOT NULL;
CREATE INDEX parcels_unasked ON parcels (store_id, shipped_at)
  WHERE state = 'shipped' AND asked_at IS NULL;
CREATE INDEX parcels_untold ON parcels (store_id, buyer_id) WHERE untold = 1;
CREATE INDEX parcels_unsent ON parcels (store_id, harvest_date)
  WHERE state IN ('scheduled', 'harvested', 'packed');

CREATE TABLE waybills (
  store_id text COLLATE "C" NOT NULL,
  waybill text COLLATE "C" NOT NULL,
  parcel_id text COLLATE "C" NOT NULL,
  at text COLLATE "C" NOT NULL,
  PRIMARY KEY (store_id, waybill, parcel_id)
);
CREATE INDEX waybills_parcel ON waybills (store_id, parcel_id);

CREATE TABLE days (
  store_id text COLLATE "C" NOT NULL,
  date text COLLATE "C" NOT NULL,
  cap_boxes bigint NOT NULL CHECK (cap_boxes >= 0),
  cap_source text COLLATE "C" NOT NULL CHECK (cap_source IN ('default', 'farmer')),
  reserved_boxes bigint NOT NULL CHECK (reserved_boxes >= 0),
  product_boxes text COLLATE "C" NOT NULL CHECK (product_boxes IS JSON),
  late_room_boxes bigint NOT NULL CHECK (late_room_boxes >= 0),
  revision bigint NOT NULL CHECK (revision >= 0),
  frozen_at text COLLATE "C",
  -- Above the cap only where it was lowered below what is already harvested.
  flagged bigint NOT NULL CHECK (flagged IN (0, 1)),
  PRIMARY KEY (store_id, date),
  CHECK (reserved_boxes <= cap_boxes OR flagged = 1),
  CHECK ((revision > 0) = (frozen_at IS NOT NULL))
);

CREATE TABLE list_rows (
  store_id text COLLATE "C" NOT NULL,
  date text COLLATE "C" NOT NULL,
  "row" bigint NOT NULL CHECK ("row" >= 1),
  parcel_id text COLLATE "C" NOT NULL,
  added_revision bigint NOT NULL,
  struck_revision bigint CHECK (struck_revision > added_revision),
  altered_revision bigint,
  PRIMARY KEY (store_id, date, "row")
);
CREATE UNIQUE INDEX list_rows_parcel ON list_rows (store_id, parcel_id)
  WHERE struck_revision IS NULL;

-- The id is the booking order of payments; a store's commands are one after another, so it grows in theirs.
CREATE TABLE ledger (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('payment', 'refund', 'adjustment')),
  amount_krw bigint NOT NULL CHECK (amount_krw > 0),
  method text COLLATE "C" NOT NULL CHECK (method IN ('bank', 'kakaopay', 'manual')),
  -- The bank's reference and the name on the transfer.
  sealed bytea,
  returns_id bigint REFERENCES ledger (id),
  at text COLLATE "C" NOT NULL,
  booked_at text COLLATE "C" NOT NULL,
  CHECK ((kind = 'refund') = (returns_id IS NOT NULL))
);
CREATE INDEX ledger_order ON ledger (store_id, order_id);

CREATE TABLE refunds (
  store_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  payment_id bigint NOT NULL REFERENCES ledger (id),
  amount_krw bigint NOT NULL CHECK (amount_krw > 0),
  state text COLLATE "C" NOT NULL CHECK (state IN ('needs_account', 'due', 'done', 'failed')),
  sealed bytea,
  opened_at text COLLATE "C" NOT NULL,
  sealed_for text COLLATE "C",
  PRIMARY KEY (store_id, id)
);
CREATE INDEX refunds_order ON refunds (store_id, order_id);
CREATE INDEX refunds_open ON refunds (store_id, opened_at)
  WHERE state IN ('needs_account', 'due', 'failed');

CREATE TABLE events (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  parcel_id text COLLATE "C",
  at text COLLATE "C" NOT NULL,
  who text COLLATE "C" NOT NULL,
  event text COLLATE "C" NOT NULL,
  detail text COLLATE "C" NOT NULL CHECK (detail IS JSON)
);
CREATE INDEX events_order ON events (store_id, order_id);
CREATE INDEX events_complained ON events (store_id, at) WHERE event = 'complained';

CREATE TABLE outbox (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  store_id text COLLATE "C" NOT NULL,
  person_id text COLLATE "C" NOT NULL REFERENCES people (id),
  key text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL,
  order_id text COLLATE "C",
  data text COLLATE "C" NOT NULL CHECK (data IS JSON),
  state text COLLATE "C" NOT NULL CHECK (state IN ('due', 'held', 'done', 'dead', 'dropped')),
  attempts bigint NOT NULL,
  due_at text COLLATE "C",
  cause text COLLATE "C",
  created_at text COLLATE "C" NOT NULL,
  first_at text COLLATE "C",
  last_at text COLLATE "C",
  said bytea,
  content bytea,
  audience text COLLATE "C" NOT NULL DEFAULT 'buyer'
    CHECK (audience IN ('buyer', 'farmer', 'seller', 'admin')),
  claims bigint NOT NULL DEFAULT 0,
  put_off bigint NOT NULL DEFAULT 0 CHECK (put_off IN (0, 1)),
  copies bigint NOT NULL DEFAULT 0,
  edits bigint NOT NULL DEFAULT 0,
  bundle_id bigint REFERENCES outbox (id),
  died_at text COLLATE "C",
  alarmed_at text COLLATE "C",
  why bytea,
  CHECK ((state = 'due') = (due_at IS NOT NULL)),
  CHECK (state <> 'dead' OR cause IS NOT NULL)
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'due';
CREATE INDEX outbox_waiting ON outbox (person_id, id) WHERE state IN ('held', 'dead');
CREATE INDEX outbox_of_person ON outbox (person_id, due_at) WHERE state = 'due';
CREATE INDEX outbox_bundled ON outbox (bundle_id) WHERE bundle_id IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (died_at) WHERE state = 'dead';

CREATE TABLE cron_runs (
  job text COLLATE "C" NOT NULL,
  store_id text COLLATE "C" NOT NULL,
  slot text COLLATE "C" NOT NULL,
  lease_until text COLLATE "C",
  finished_at text COLLATE "C",
  result text COLLATE "C",
  PRIMARY KEY (job, store_id, slot)
);

CREATE TABLE page_entries (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  person_id text COLLATE "C" NOT NULL REFERENCES people (id),
  key text COLLATE "C" NOT NULL,
  sealed bytea NOT NULL,
  at text COLLATE "C" NOT NULL,
  UNIQUE (person_id, key)
);
CREATE INDEX page_entries_person ON page_entries (person_id, id);

CREATE TABLE links (
  token_hash text COLLATE "C" PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL,
  store_id text COLLATE "C" NOT NULL,
  data text COLLATE "C" NOT NULL CHECK (data IS JSON),
  created_at text COLLATE "C" NOT NULL,
  expires_at text COLLATE "C" NOT NULL CHECK (expires_at > created_at),
  used_at text COLLATE "C",
  used_by text COLLATE "C" REFERENCES people (id),
  revoked_at text COLLATE "C",
  CHECK (used_by IS NULL OR used_at IS NOT NULL)
);
CREATE INDEX links_open ON links (expires_at) WHERE revoked_at IS NULL;

CREATE TABLE asked_days (
  store_id text COLLATE "C" PRIMARY KEY REFERENCES stores (id),
  date text COLLATE "C" NOT NULL,
  at text COLLATE "C" NOT NULL
);

CREATE TABLE daily_status_off (
  person_id text COLLATE "C" PRIMARY KEY REFERENCES people (id),
  since text COLLATE "C" NOT NULL
);

CREATE TABLE open_changes (
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  buyer_id text COLLATE "C" NOT NULL REFERENCES people (id),
  pay_by text COLLATE "C" NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (store_id, order_id),
  FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id)
);
