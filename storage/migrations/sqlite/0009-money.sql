-- Money as it came in at the bank: one row for each deposit, however many sources told of it.
CREATE TABLE deposits (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  -- The instant at the bank.
  at TEXT NOT NULL,
  amount_krw INTEGER NOT NULL CHECK (amount_krw > 0),
  balance_krw INTEGER,
  source TEXT NOT NULL CHECK (source IN ('file', 'notice', 'forwarded', 'hand')),
  -- `asked`: the seller is asked. `booked`: it pays orders. `none`: no customer's money.
  state TEXT NOT NULL CHECK (state IN ('asked', 'booked', 'none')),
  -- The orders it was matched with or may be for, the likeliest first; ids, not codes.
  orders TEXT NOT NULL CHECK (json_valid(orders)),
  -- Name and remark as the bank wrote them, under the data key: it is nobody's until it is matched.
  sealed BLOB NOT NULL,
  booked_at TEXT NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT;
CREATE INDEX deposits_alike ON deposits (store_id, amount_krw, at);
CREATE INDEX deposits_asked ON deposits (store_id, at) WHERE state = 'asked';
CREATE INDEX deposits_newest ON deposits (store_id, at);
CREATE UNIQUE INDEX deposits_id ON deposits (id);

-- What was done with a deposit, by whom; nothing is taken out of it.
CREATE TABLE deposit_acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  store_id TEXT NOT NULL,
  deposit_id TEXT NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  act TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  FOREIGN KEY (store_id, deposit_id) REFERENCES deposits (store_id, id)
) STRICT;
CREATE INDEX deposit_acts_of ON deposit_acts (store_id, deposit_id);

-- The deposit a payment was booked from, and the payment that an adjustment takes back.
ALTER TABLE ledger ADD COLUMN deposit_id TEXT;
ALTER TABLE ledger ADD COLUMN offsets_id INTEGER REFERENCES ledger (id);
CREATE INDEX ledger_deposit ON ledger (store_id, deposit_id) WHERE deposit_id IS NOT NULL;

-- A refund may be withdrawn with the payment it would return, and its buyer is reminded once of the account.
CREATE TABLE refunds_new (
  store_id TEXT NOT NULL,
  id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  payment_id INTEGER NOT NULL REFERENCES ledger (id),
  amount_krw INTEGER NOT NULL CHECK (amount_krw > 0),
  state TEXT NOT NULL CHECK (state IN ('needs_account', 'due', 'done', 'failed', 'withdrawn')),
  sealed BLOB,
  opened_at TEXT NOT NULL,
  sealed_for TEXT,
  -- When the buyer himself gave the account; null where somebody gave it for him.
  account_at TEXT,
  reminded_at TEXT,
  ended_at TEXT,
  PRIMARY KEY (store_id, id)
) STRICT;
INSERT INTO refunds_new (store_id, id, order_id, payment_id, amount_krw, state, sealed, opened_at, sealed_for)
  SELECT store_id, id, order_id, payment_id, amount_krw, state, sealed, opened_at, sealed_for FROM refunds;
DROP TABLE refunds;
ALTER TABLE refunds_new RENAME TO refunds;
CREATE INDEX refunds_order ON refunds (store_id, order_id);
CREATE INDEX refunds_open ON refunds (store_id, opened_at)
  WHERE state IN ('needs_account', 'due', 'failed');
CREATE INDEX refunds_to_remind ON refunds (opened_at)
  WHERE state = 'needs_account' AND reminded_at IS NULL;

-- A receipt that a buyer asks for (현금영수증, 계산서); what it is to be made out to is personal.
CREATE TABLE receipts (
  store_id TEXT NOT NULL,
  id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'invoice')),
  state TEXT NOT NULL CHECK (state IN ('asked', 'done')),
  sealed BLOB,
  sealed_for TEXT,
  asked_at TEXT NOT NULL,
  done_at TEXT CHECK ((done_at IS NULL) = (state = 'asked')),
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id)
) STRICT;
CREATE INDEX receipts_order ON receipts (store_id, order_id);
CREATE INDEX receipts_asked ON receipts (store_id, asked_at) WHERE state = 'asked';

-- When a part-paid order whose time is over was handed to the seller: it never expires by itself.
ALTER TABLE orders ADD COLUMN handed_at TEXT;
