-- The notice on personal data a person was shown, and when: kept also when he himself is erased.
ALTER TABLE people ADD COLUMN notice_version TEXT;
ALTER TABLE people ADD COLUMN notice_at TEXT CHECK ((notice_at IS NULL) = (notice_version IS NULL));

-- What a seller asks for by word: money to give back, and who complained.
CREATE INDEX refunds_open ON refunds (store_id, opened_at)
  WHERE state IN ('needs_account', 'due', 'failed');
CREATE INDEX events_complained ON events (store_id, at) WHERE event = 'complained';
