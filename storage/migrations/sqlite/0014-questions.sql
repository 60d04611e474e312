-- What buyers ask and only the farm can answer; the words are sealed with the asker's key and go with him.
CREATE TABLE questions (
  store_id TEXT NOT NULL REFERENCES stores (id),
  no INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  sealed BLOB NOT NULL,
  asked_at TEXT NOT NULL,
  ended_at TEXT CHECK ((ended_at IS NULL) = (state = 'open')),
  PRIMARY KEY (store_id, no)
) STRICT;
CREATE INDEX questions_open ON questions (store_id, asked_at) WHERE state = 'open';
CREATE INDEX questions_person ON questions (person_id);
CREATE INDEX questions_asked ON questions (asked_at);
CREATE INDEX questions_ended ON questions (ended_at) WHERE ended_at IS NOT NULL;
