-- Under which name the store printed each revision: a later one is no change of what was said. Revisions that
-- were made before have the name of now.
ALTER TABLE list_revisions ADD COLUMN store_name text COLLATE "C" NOT NULL DEFAULT '';
UPDATE list_revisions SET store_name =
  coalesce((SELECT name FROM stores WHERE stores.id = list_revisions.store_id), '');
