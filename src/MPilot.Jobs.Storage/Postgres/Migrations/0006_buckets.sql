-- Pictures on their way to buckets of callers. "due_at" and "until" come with the end of the job; "url" is a secret, and goes when the row has ended.
-- Node and epoch are of the process that tries it just now.

CREATE TABLE bucket_puts (
    id       text COLLATE "C" PRIMARY KEY,
    tenant   text COLLATE "C" NOT NULL,
    job      text COLLATE "C" NOT NULL,
    slot     bigint NOT NULL,
    target   text COLLATE "C" NOT NULL,
    url      text COLLATE "C",
    status   text COLLATE "C" NOT NULL,
    outcome  text COLLATE "C",
    due_at   bigint,
    until    bigint,
    ended_at bigint,
    attempts bigint NOT NULL,
    node     text COLLATE "C",
    epoch    bigint
);
CREATE INDEX bucket_puts_due ON bucket_puts (target, due_at, id) WHERE status = 'pending';
CREATE INDEX bucket_puts_claimed ON bucket_puts (node, epoch) WHERE epoch IS NOT NULL;
CREATE UNIQUE INDEX bucket_puts_by_job ON bucket_puts (job, slot);
