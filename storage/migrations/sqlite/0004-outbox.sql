-- Delivery: whom a row is for, who has it in hand, what was put together, what became of the dead.
ALTER TABLE outbox ADD COLUMN audience TEXT NOT NULL DEFAULT 'buyer'
  CHECK (audience IN ('buyer', 'farmer', 'seller', 'admin'));
UPDATE outbox SET audience = 'farmer' WHERE kind IN ('day_list', 'changed');
UPDATE outbox SET audience = 'seller' WHERE kind IN ('moved_summary', 'report', 'complained');
-- Counts every claim, so that a worker whose lease was taken over can tell.
ALTER TABLE outbox ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;
-- 1 while the row waits for the end of quiet hours: others of the same person need not wait for it.
ALTER TABLE outbox ADD COLUMN put_off INTEGER NOT NULL DEFAULT 0 CHECK (put_off IN (0, 1));
-- Resends after an outcome that nobody knows.
ALTER TABLE outbox ADD COLUMN copies INTEGER NOT NULL DEFAULT 0;
-- Times that somebody replaced its words.
ALTER TABLE outbox ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;
-- The row whose words tell this one too.
ALTER TABLE outbox ADD COLUMN bundle_id INTEGER REFERENCES outbox (id);
ALTER TABLE outbox ADD COLUMN died_at TEXT;
UPDATE outbox SET died_at = coalesce(last_at, created_at) WHERE state = 'dead';
ALTER TABLE outbox ADD COLUMN alarmed_at TEXT;
-- Why somebody dropped it, in his own words.
ALTER TABLE outbox ADD COLUMN why BLOB;

DROP INDEX outbox_held;
CREATE INDEX outbox_waiting ON outbox (person_id, id) WHERE state IN ('held', 'dead');
CREATE INDEX outbox_of_person ON outbox (person_id, due_at) WHERE state = 'due';
CREATE INDEX outbox_bundled ON outbox (bundle_id) WHERE bundle_id IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (died_at) WHERE state = 'dead';

-- When somebody of the staff does not want to be disturbed; null: at any hour.
ALTER TABLE roles ADD COLUMN quiet_from TEXT;
ALTER TABLE roles ADD COLUMN quiet_to TEXT CHECK ((quiet_to IS NULL) = (quiet_from IS NULL));
