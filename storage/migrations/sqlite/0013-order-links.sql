-- Links to an order's page are made of its id and this number, and kept nowhere: a higher one ends those before.
ALTER TABLE orders ADD COLUMN link_generation INTEGER NOT NULL DEFAULT 0 CHECK (link_generation >= 0);
