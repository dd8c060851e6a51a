-- One row per provider whose gate ever ran in a cluster; belongs to no tenant.
CREATE TABLE gates (
    provider TEXT PRIMARY KEY NOT NULL,
    epoch    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX purchases_in_flight_by_provider ON purchases (provider, job, number) WHERE status IN ('sending', 'accepted');
