-- What waits longest is found without sorting all that is due at the same moment.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'due';

-- Rows that are written again and again keep room on their page for the next version.
ALTER TABLE days SET (fillfactor = 50);
ALTER TABLE counters SET (fillfactor = 50);
ALTER TABLE commits SET (fillfactor = 50);
ALTER TABLE conversations SET (fillfactor = 70);

-- Their old versions are cleared away early, however large the table grows.
ALTER TABLE days SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE counters SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE commits SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE conversations SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000,
  autovacuum_analyze_scale_factor = 0.02);
