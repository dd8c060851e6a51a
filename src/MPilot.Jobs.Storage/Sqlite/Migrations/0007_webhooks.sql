-- Who wants to hear of jobs, what is signed for them, and what is on its way. "events" are names with a space between.

CREATE TABLE webhook_endpoints (
    id               TEXT PRIMARY KEY NOT NULL,
    tenant           TEXT NOT NULL,
    name             TEXT NOT NULL,
    url              TEXT NOT NULL,
    events           TEXT NOT NULL,
    named_only       INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    disabled_at      INTEGER,
    disabled_as_gone INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX webhook_endpoints_by_tenant ON webhook_endpoints (tenant, id);
CREATE UNIQUE INDEX webhook_endpoints_by_name ON webhook_endpoints (tenant, name);

-- The owner is an endpoint, or the tenant itself where it is empty.
CREATE TABLE webhook_secrets (
    tenant         TEXT NOT NULL,
    owner          TEXT NOT NULL,
    secret         TEXT NOT NULL,
    created_at     INTEGER NOT NULL,
    previous       TEXT,
    previous_until INTEGER,
    PRIMARY KEY (tenant, owner)
) WITHOUT ROWID;

-- Node and epoch are of the process that tries it just now.
CREATE TABLE deliveries (
    id         TEXT PRIMARY KEY NOT NULL,
    tenant     TEXT NOT NULL,
    target     TEXT NOT NULL,
    endpoint   TEXT,
    url        TEXT,
    job        TEXT,
    sequence   INTEGER NOT NULL,
    event      TEXT NOT NULL,
    format     TEXT NOT NULL,
    about      TEXT,
    status     TEXT NOT NULL,
    outcome    TEXT,
    created_at INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    ended_at   INTEGER,
    attempts   INTEGER NOT NULL,
    tries      INTEGER NOT NULL,
    node       TEXT,
    epoch      INTEGER
) WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries (target, due_at, id) WHERE status = 'pending';
CREATE INDEX deliveries_in_line ON deliveries (job, target, sequence) WHERE status = 'pending';
CREATE INDEX deliveries_claimed ON deliveries (node, epoch) WHERE epoch IS NOT NULL;
CREATE UNIQUE INDEX deliveries_by_tenant ON deliveries (tenant, id);
CREATE INDEX deliveries_by_status ON deliveries (tenant, status, id);
CREATE INDEX deliveries_by_endpoint ON deliveries (tenant, endpoint, id);
CREATE INDEX deliveries_by_job ON deliveries (tenant, job, id);
CREATE INDEX deliveries_ended ON deliveries (ended_at, id) WHERE ended_at IS NOT NULL;

CREATE TABLE delivery_attempts (
    delivery    TEXT NOT NULL,
    number      INTEGER NOT NULL,
    tenant      TEXT NOT NULL,
    at          INTEGER NOT NULL,
    duration    INTEGER NOT NULL,
    outcome     TEXT NOT NULL,
    status_code INTEGER,
    PRIMARY KEY (delivery, number)
) WITHOUT ROWID;
