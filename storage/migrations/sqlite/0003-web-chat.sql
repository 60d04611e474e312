-- What stands on a person's page of the web chat, so that a reload or another tab shows it and what is
-- told while the page is closed waits there. AUTOINCREMENT because the id leaves the table: an open
-- page asks for what came after the last one it has shown.
CREATE TABLE page_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id TEXT NOT NULL REFERENCES people (id),
  key TEXT NOT NULL,
  sealed BLOB NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (person_id, key)
) STRICT;
CREATE INDEX page_entries_person ON page_entries (person_id, id);

-- Links that let somebody in without a login. The token itself is never stored; `id` names a link to
-- people. A store_id of '*' means the whole installation. What a link is for stands in `data` by kind.
CREATE TABLE links (
  token_hash TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  store_id TEXT NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data)),
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL CHECK (expires_at > created_at),
  used_at TEXT,
  used_by TEXT REFERENCES people (id),
  revoked_at TEXT,
  CHECK (used_by IS NULL OR used_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_open ON links (expires_at) WHERE revoked_at IS NULL;
