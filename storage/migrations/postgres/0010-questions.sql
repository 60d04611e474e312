-- What buyers ask and only the farm can answer; the words are sealed with the asker's key and go with him.
CREATE TABLE questions (
  store_id text COLLATE "C" NOT NULL REFERENCES stores (id),
  no bigint NOT NULL,
  person_id text COLLATE "C" NOT NULL REFERENCES people (id),
  state text COLLATE "C" NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  sealed bytea NOT NULL,
  asked_at text COLLATE "C" NOT NULL,
  ended_at text COLLATE "C" CHECK ((ended_at IS NULL) = (state = 'open')),
  PRIMARY KEY (store_id, no)
);
CREATE INDEX questions_open ON questions (store_id, asked_at) WHERE state = 'open';
CREATE INDEX questions_person ON questions (person_id);
CREATE INDEX questions_asked ON questions (asked_at);
CREATE INDEX questions_ended ON questions (ended_at) WHERE ended_at IS NOT NULL;
