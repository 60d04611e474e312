-- The number of the last transaction that each connection committed: whoever lost the answer to a commit
-- finds here whether it was done. (A transaction's own number will not do: what a killed server had not
-- written down is given again after its recovery.)
CREATE TABLE commits (
  link text COLLATE "C" PRIMARY KEY,
  number bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
