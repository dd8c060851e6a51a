-- Times are unix milliseconds, UTC. Ids end in UUIDv7, so their order is the order in which they were made: texts are compared byte by byte.
-- States and events are text, not jsonb: what is read is what was written, to the byte, also a \u0000 in a prompt.

CREATE TABLE jobs (
    id           text COLLATE "C" PRIMARY KEY,
    tenant       text COLLATE "C" NOT NULL,
    version      bigint NOT NULL,
    status       text COLLATE "C" NOT NULL,
    model        text COLLATE "C" NOT NULL,
    request_id   text COLLATE "C" NOT NULL,
    created_at   bigint NOT NULL,
    due_at       bigint,
    deadline_at  bigint NOT NULL,
    completed_at bigint,
    schema       bigint NOT NULL,
    state        text NOT NULL
);
CREATE UNIQUE INDEX jobs_by_tenant ON jobs (tenant, id);
CREATE INDEX jobs_unfinished ON jobs (id) WHERE completed_at IS NULL;
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_completed ON jobs (completed_at) WHERE completed_at IS NOT NULL;

-- A page of a tenant's jobs is one range of an index, whatever it is filtered by.
CREATE INDEX jobs_by_status ON jobs (tenant, status, id);
CREATE INDEX jobs_by_model ON jobs (tenant, model, id);
CREATE INDEX jobs_by_status_and_model ON jobs (tenant, status, model, id);
CREATE INDEX jobs_by_request ON jobs (tenant, request_id, id);

CREATE TABLE events (
    job      text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    tenant   text COLLATE "C" NOT NULL,
    type     text COLLATE "C" NOT NULL,
    at       bigint NOT NULL,
    body     text NOT NULL,
    PRIMARY KEY (job, sequence)
);
CREATE INDEX events_by_age ON events (at);

-- The id is the number of the transaction that wrote the row, times 2^20, plus the event's sequence. A sequence of the database would be drawn
-- before the commit, and a reader could pass over a smaller number that is committed later. So the readers take only ids below those of the oldest
-- transaction that still runs: nothing can come before these any more.
CREATE TABLE outbox (
    id       bigint PRIMARY KEY,
    tenant   text COLLATE "C" NOT NULL,
    job      text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL
);
CREATE UNIQUE INDEX outbox_by_event ON outbox (job, sequence);

-- The purchase ledger: one row per call that was sent, which outlives its job. Amounts are decimal texts; NULL is unknown.
CREATE TABLE purchases (
    job             text COLLATE "C" NOT NULL,
    number          bigint NOT NULL,
    tenant          text COLLATE "C" NOT NULL,
    status          text COLLATE "C" NOT NULL,
    provider        text COLLATE "C" NOT NULL,
    model           text COLLATE "C" NOT NULL,
    node            text COLLATE "C",
    epoch           bigint,
    key             text COLLATE "C",
    provider_job_id text COLLATE "C",
    sent_at         bigint NOT NULL,
    ended_at        bigint,
    pictures        bigint NOT NULL,
    failure         text COLLATE "C",
    possible_double bigint NOT NULL,
    bound           text COLLATE "C",
    cost            text COLLATE "C",
    cost_known      bigint NOT NULL,
    currency        text COLLATE "C",
    PRIMARY KEY (job, number)
);
CREATE INDEX purchases_in_flight ON purchases (job, number, node, epoch) WHERE status IN ('sending', 'accepted');
CREATE INDEX purchases_by_tenant ON purchases (tenant, sent_at);
CREATE INDEX purchases_by_age ON purchases (sent_at);

-- One row per process that ever ran; belongs to no tenant.
CREATE TABLE nodes (
    id          text COLLATE "C" PRIMARY KEY,
    epoch       bigint NOT NULL UNIQUE,
    lease_until bigint NOT NULL
);

CREATE TABLE artifacts (
    id           text COLLATE "C" PRIMARY KEY,
    tenant       text COLLATE "C" NOT NULL,
    role         text COLLATE "C" NOT NULL,
    content_type text COLLATE "C" NOT NULL,
    length       bigint NOT NULL,
    sha256       text COLLATE "C" NOT NULL,
    state        text COLLATE "C" NOT NULL CHECK (state IN ('live', 'deleting')),
    created_at   bigint NOT NULL
);
CREATE INDEX artifacts_deleting ON artifacts (id) WHERE state = 'deleting';

-- A live artifact has at least one row here; "until" NULL is open-ended. Its owner is a job, a file, or the artifact itself before it is adopted.
CREATE TABLE artifact_refs (
    artifact text COLLATE "C" NOT NULL,
    owner    text COLLATE "C" NOT NULL,
    tenant   text COLLATE "C" NOT NULL,
    until    bigint,
    PRIMARY KEY (artifact, owner)
);
CREATE INDEX artifact_refs_by_owner ON artifact_refs (owner);
CREATE INDEX artifact_refs_ending ON artifact_refs (until) WHERE until IS NOT NULL;

-- Belongs to no tenant.
CREATE TABLE signing_keys (
    id         text COLLATE "C" PRIMARY KEY,
    secret     bytea NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE idempotency (
    tenant      text COLLATE "C" NOT NULL,
    key         text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    job         text COLLATE "C" NOT NULL,
    expires_at  bigint NOT NULL,
    PRIMARY KEY (tenant, key)
);
CREATE INDEX idempotency_by_job ON idempotency (job);
CREATE INDEX idempotency_ending ON idempotency (expires_at);

-- Pictures uploaded once, to be referred to by edits. A file owns its artifact in artifact_refs until expires_at.
CREATE TABLE files (
    id          text COLLATE "C" PRIMARY KEY,
    tenant      text COLLATE "C" NOT NULL,
    artifact    text COLLATE "C" NOT NULL,
    purpose     text COLLATE "C" NOT NULL,
    format      text COLLATE "C" NOT NULL,
    width       bigint NOT NULL,
    height      bigint NOT NULL,
    frames      bigint NOT NULL,
    has_alpha   bigint NOT NULL,
    orientation bigint NOT NULL,
    created_at  bigint NOT NULL,
    expires_at  bigint NOT NULL
);
CREATE UNIQUE INDEX files_by_tenant ON files (tenant, id);
CREATE INDEX files_by_purpose ON files (tenant, purpose, id);
CREATE INDEX files_ending ON files (expires_at);

-- Callers without idempotency key who wait for the answer of a job, and how the same request is recognised when it comes again.
CREATE TABLE answers (
    job         text COLLATE "C" PRIMARY KEY,
    tenant      text COLLATE "C" NOT NULL,
    virtual_key text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    answer      text COLLATE "C" NOT NULL CHECK (answer IN ('awaited', 'orphaned', 'delivered')),
    changed_at  bigint NOT NULL,
    listener    bigint NOT NULL,
    node        text COLLATE "C" NOT NULL,
    epoch       bigint NOT NULL
);
CREATE INDEX answers_by_request ON answers (tenant, virtual_key, fingerprint, answer, job);
CREATE INDEX answers_awaited ON answers (node, epoch) WHERE answer = 'awaited';
