-- Pictures on their way to buckets of callers. "due_at" and "until" come with the end of the job; "url" is a secret, and goes when the row has ended.
-- Node and epoch are of the process that tries it just now.

CREATE TABLE bucket_puts (
    id       TEXT PRIMARY KEY NOT NULL,
    tenant   TEXT NOT NULL,
    job      TEXT NOT NULL,
    slot     INTEGER NOT NULL,
    target   TEXT NOT NULL,
    url      TEXT,
    status   TEXT NOT NULL,
    outcome  TEXT,
    due_at   INTEGER,
    until    INTEGER,
    ended_at INTEGER,
    attempts INTEGER NOT NULL,
    node     TEXT,
    epoch    INTEGER
) WITHOUT ROWID;
CREATE INDEX bucket_puts_due ON bucket_puts (target, due_at, id) WHERE status = 'pending';
CREATE INDEX bucket_puts_claimed ON bucket_puts (node, epoch) WHERE epoch IS NOT NULL;
CREATE UNIQUE INDEX bucket_puts_by_job ON bucket_puts (job, slot);
