-- Callers without idempotency key who wait for the answer of a job, and how the same request is recognised when it comes again.
-- Beside the job, not in it: what becomes of an answer must not rewrite the job's row nor compete for its version.

CREATE TABLE answers (
    job         TEXT PRIMARY KEY NOT NULL,
    tenant      TEXT NOT NULL,
    virtual_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    answer      TEXT NOT NULL CHECK (answer IN ('awaited', 'orphaned', 'delivered')),
    changed_at  INTEGER NOT NULL,
    listener    INTEGER NOT NULL,
    node        TEXT NOT NULL,
    epoch       INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX answers_by_request ON answers (tenant, virtual_key, fingerprint, answer, job);
CREATE INDEX answers_awaited ON answers (node, epoch) WHERE answer = 'awaited';
