-- A change that costs more waits here until its difference is paid; an order has one at most. What it
-- would change is personal and sealed with the buyer's key.
CREATE TABLE open_changes (
  store_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  buyer_id TEXT NOT NULL REFERENCES people (id),
  pay_by TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (store_id, order_id),
  FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id)
) STRICT;

-- The revision in which a row of a frozen list last came to say something else.
ALTER TABLE list_rows ADD COLUMN altered_revision INTEGER;
