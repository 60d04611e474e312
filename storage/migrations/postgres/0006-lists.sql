-- What a frozen list said with each of its revisions; `hash` as `hashOf` of src/orders/paper.ts makes it.
-- Empty: frozen before revisions were kept, so that up to this one the list reads from what stands.
CREATE TABLE list_revisions (
  store_id text COLLATE "C" NOT NULL,
  date text COLLATE "C" NOT NULL,
  revision bigint NOT NULL CHECK (revision >= 1),
  at text COLLATE "C" NOT NULL,
  cap_boxes bigint NOT NULL CHECK (cap_boxes >= 0),
  total_boxes bigint NOT NULL CHECK (total_boxes >= 0),
  hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (store_id, date, revision)
);

-- A row from one revision on, until its next version. To whom it goes is sealed with the buyer's key, and
-- empty once that is erased.
CREATE TABLE list_versions (
  store_id text COLLATE "C" NOT NULL,
  date text COLLATE "C" NOT NULL,
  "row" bigint NOT NULL CHECK ("row" >= 1),
  revision bigint NOT NULL CHECK (revision >= 1),
  order_id text COLLATE "C" NOT NULL,
  parcel_id text COLLATE "C" NOT NULL,
  buyer_id text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  items text COLLATE "C" NOT NULL CHECK (items IS JSON),
  boxes bigint NOT NULL CHECK (boxes >= 1),
  packages bigint NOT NULL CHECK (packages >= 1),
  added_revision bigint NOT NULL,
  struck_revision bigint,
  altered_revision bigint,
  sealed bytea NOT NULL,
  PRIMARY KEY (store_id, date, "row", revision)
);
CREATE INDEX list_versions_order ON list_versions (store_id, order_id);

INSERT INTO list_revisions (store_id, date, revision, at, cap_boxes, total_boxes, hash)
  SELECT store_id, date, revision, frozen_at, cap_boxes, reserved_boxes, '' FROM days WHERE revision > 0;

-- Which parcels ever came to a date, for a draft as it stood.
CREATE INDEX events_date ON events
  (store_id, coalesce(detail::jsonb ->> 'date', detail::jsonb ->> 'to'))
  WHERE event IN ('scheduled', 'moved');
