-- The purchase ledger: one row per call that was sent, which outlives its job. Amounts are decimal texts; NULL is unknown.

DROP INDEX attempts_in_flight;
DELETE FROM attempts WHERE sent_at IS NULL;
ALTER TABLE attempts RENAME TO purchases;
ALTER TABLE purchases ADD COLUMN pictures INTEGER NOT NULL DEFAULT 1;
ALTER TABLE purchases ADD COLUMN failure TEXT;
ALTER TABLE purchases ADD COLUMN possible_double INTEGER NOT NULL DEFAULT 0;
ALTER TABLE purchases ADD COLUMN bound TEXT;
ALTER TABLE purchases ADD COLUMN cost TEXT;
ALTER TABLE purchases ADD COLUMN cost_known INTEGER NOT NULL DEFAULT 0;
ALTER TABLE purchases ADD COLUMN currency TEXT;
CREATE INDEX purchases_in_flight ON purchases (job, number, node, epoch) WHERE status IN ('sending', 'accepted');
CREATE INDEX purchases_by_tenant ON purchases (tenant, sent_at);
CREATE INDEX purchases_by_age ON purchases (sent_at);
