-- Times are unix milliseconds, UTC. Ids end in UUIDv7, so their order is the order in which they were made.

CREATE TABLE jobs (
    id           TEXT PRIMARY KEY NOT NULL,
    tenant       TEXT NOT NULL,
    version      INTEGER NOT NULL,
    status       TEXT NOT NULL,
    model        TEXT NOT NULL,
    request_id   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    due_at       INTEGER,
    deadline_at  INTEGER NOT NULL,
    completed_at INTEGER,
    schema       INTEGER NOT NULL,
    state        TEXT NOT NULL
);
CREATE UNIQUE INDEX jobs_by_tenant ON jobs (tenant, id);
CREATE INDEX jobs_unfinished ON jobs (id) WHERE completed_at IS NULL;
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_completed ON jobs (completed_at) WHERE completed_at IS NOT NULL;

CREATE TABLE events (
    job      TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    tenant   TEXT NOT NULL,
    type     TEXT NOT NULL,
    at       INTEGER NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (job, sequence)
) WITHOUT ROWID;
CREATE INDEX events_by_age ON events (at);

CREATE TABLE outbox (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant   TEXT NOT NULL,
    job      TEXT NOT NULL,
    sequence INTEGER NOT NULL
);
CREATE UNIQUE INDEX outbox_by_event ON outbox (job, sequence);

CREATE TABLE attempts (
    job             TEXT NOT NULL,
    number          INTEGER NOT NULL,
    tenant          TEXT NOT NULL,
    status          TEXT NOT NULL,
    provider        TEXT NOT NULL,
    model           TEXT NOT NULL,
    node            TEXT,
    epoch           INTEGER,
    key             TEXT,
    provider_job_id TEXT,
    sent_at         INTEGER,
    ended_at        INTEGER,
    PRIMARY KEY (job, number)
) WITHOUT ROWID;
CREATE INDEX attempts_in_flight ON attempts (job, number, node, epoch) WHERE status IN ('sending', 'accepted');

-- One row per process that ever ran; belongs to no tenant.
CREATE TABLE nodes (
    id          TEXT PRIMARY KEY NOT NULL,
    epoch       INTEGER NOT NULL UNIQUE,
    lease_until INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE artifacts (
    id           TEXT PRIMARY KEY NOT NULL,
    tenant       TEXT NOT NULL,
    role         TEXT NOT NULL,
    content_type TEXT NOT NULL,
    length       INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('live', 'deleting')),
    created_at   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX artifacts_deleting ON artifacts (id) WHERE state = 'deleting';

-- A live artifact has at least one row here; "until" NULL is open-ended. Its owner is a job, or the artifact itself before it is adopted.
CREATE TABLE artifact_refs (
    artifact TEXT NOT NULL,
    owner    TEXT NOT NULL,
    tenant   TEXT NOT NULL,
    until    INTEGER,
    PRIMARY KEY (artifact, owner)
) WITHOUT ROWID;
CREATE INDEX artifact_refs_by_owner ON artifact_refs (owner);
CREATE INDEX artifact_refs_ending ON artifact_refs (until) WHERE until IS NOT NULL;

-- Belongs to no tenant.
CREATE TABLE signing_keys (
    id         TEXT PRIMARY KEY NOT NULL,
    secret     BLOB NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE idempotency (
    tenant      TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    job         TEXT NOT NULL,
    expires_at  INTEGER NOT NULL,
    PRIMARY KEY (tenant, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_by_job ON idempotency (job);
CREATE INDEX idempotency_ending ON idempotency (expires_at);
