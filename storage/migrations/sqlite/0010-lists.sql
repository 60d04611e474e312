-- What a frozen list said with each of its revisions; `hash` as `hashOf` of src/orders/paper.ts makes it.
-- Empty: frozen before revisions were kept, so that up to this one the list reads from what stands.
CREATE TABLE list_revisions (
  store_id TEXT NOT NULL,
  date TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  at TEXT NOT NULL,
  cap_boxes INTEGER NOT NULL CHECK (cap_boxes >= 0),
  total_boxes INTEGER NOT NULL CHECK (total_boxes >= 0),
  hash TEXT NOT NULL,
  PRIMARY KEY (store_id, date, revision)
) STRICT, WITHOUT ROWID;

-- A row from one revision on, until its next version. To whom it goes is sealed with the buyer's key, and
-- empty once that is erased.
CREATE TABLE list_versions (
  store_id TEXT NOT NULL,
  date TEXT NOT NULL,
  row INTEGER NOT NULL CHECK (row >= 1),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  order_id TEXT NOT NULL,
  parcel_id TEXT NOT NULL,
  buyer_id TEXT NOT NULL,
  code TEXT NOT NULL,
  items TEXT NOT NULL CHECK (json_valid(items)),
  boxes INTEGER NOT NULL CHECK (boxes >= 1),
  packages INTEGER NOT NULL CHECK (packages >= 1),
  added_revision INTEGER NOT NULL,
  struck_revision INTEGER,
  altered_revision INTEGER,
  sealed BLOB NOT NULL,
  PRIMARY KEY (store_id, date, row, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_versions_order ON list_versions (store_id, order_id);

INSERT INTO list_revisions (store_id, date, revision, at, cap_boxes, total_boxes, hash)
  SELECT store_id, date, revision, frozen_at, cap_boxes, reserved_boxes, '' FROM days WHERE revision > 0;

-- Which parcels ever came to a date, for a draft as it stood.
CREATE INDEX events_date ON events
  (store_id, coalesce(json_extract(detail, '$.date'), json_extract(detail, '$.to')))
  WHERE event IN ('scheduled', 'moved');
