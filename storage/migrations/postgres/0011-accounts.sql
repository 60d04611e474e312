-- One human being on several platforms: each stays a person with his own key, conversation, roles and orders.
ALTER TABLE people ADD COLUMN account_id text COLLATE "C";
ALTER TABLE people ADD COLUMN linked_at text COLLATE "C"
  CHECK ((linked_at IS NULL) = (account_id IS NULL));
-- 1 where an account wants to hear of us first.
ALTER TABLE people ADD COLUMN preferred bigint NOT NULL DEFAULT 0
  CHECK (preferred = 0 OR (preferred = 1 AND account_id IS NOT NULL));
-- Since when his platform takes nothing that we say first; until he writes again.
ALTER TABLE people ADD COLUMN blocked_at text COLLATE "C";
CREATE INDEX people_account ON people (account_id) WHERE account_id IS NOT NULL;

-- Whose a notice is that is told on another platform of his; null where it is told to whom it belongs.
ALTER TABLE outbox ADD COLUMN owner_id text COLLATE "C" REFERENCES people (id);
-- Times that it went on to another platform because one did not take it.
ALTER TABLE outbox ADD COLUMN moves bigint NOT NULL DEFAULT 0;
CREATE INDEX outbox_away ON outbox (owner_id) WHERE owner_id IS NOT NULL;
