-- Boxes of unpaid orders by the date estimated for them. What has ended has no estimate any more.
UPDATE parcels SET harvest_date = NULL
WHERE state = 'waiting' AND booking_seq IS NULL AND (store_id, order_id) IN (
  SELECT store_id, id FROM orders WHERE state = 'expired'
);
CREATE INDEX parcels_estimated ON parcels (store_id, harvest_date, boxes)
  WHERE state = 'waiting' AND booking_seq IS NULL AND harvest_date > '';
