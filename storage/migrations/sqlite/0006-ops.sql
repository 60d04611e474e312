-- A person who asked to be erased, and when that was done: what an open order needs stays until it ends.
ALTER TABLE people ADD COLUMN forget_at TEXT;
ALTER TABLE people ADD COLUMN erased_at TEXT;
CREATE INDEX people_to_forget ON people (forget_at)
  WHERE forget_at IS NOT NULL AND erased_at IS NULL;

-- The person whose key seals the row; null where it is the data key.
ALTER TABLE requests ADD COLUMN sealed_for TEXT;
ALTER TABLE refunds ADD COLUMN sealed_for TEXT;

-- What a change of the data key has sealed anew so far. It takes effect as one transaction at the end.
CREATE TABLE rekeyed (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  was BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
