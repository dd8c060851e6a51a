-- Several nodes deliver events, each those of the shards it holds; a job's events are all in one. A claim is as good as the epoch it was made under.

ALTER TABLE outbox ADD COLUMN shard bigint NOT NULL GENERATED ALWAYS AS (hashtextextended(job, 0) & 63) STORED;
CREATE INDEX outbox_by_shard ON outbox (shard, id);

-- Who takes part; belongs to no tenant.
CREATE TABLE outbox_relays (
    node  text COLLATE "C" PRIMARY KEY,
    epoch bigint NOT NULL
);

CREATE TABLE outbox_shards (
    shard bigint PRIMARY KEY,
    node  text COLLATE "C",
    epoch bigint
);
INSERT INTO outbox_shards (shard) SELECT generate_series(0, 63);
