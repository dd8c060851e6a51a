-- Who wants to hear of jobs, what is signed for them, and what is on its way. "events" are names with a space between.

CREATE TABLE webhook_endpoints (
    id               text COLLATE "C" PRIMARY KEY,
    tenant           text COLLATE "C" NOT NULL,
    name             text COLLATE "C" NOT NULL,
    url              text COLLATE "C" NOT NULL,
    events           text COLLATE "C" NOT NULL,
    named_only       bigint NOT NULL,
    created_at       bigint NOT NULL,
    disabled_at      bigint,
    disabled_as_gone bigint NOT NULL
);
CREATE UNIQUE INDEX webhook_endpoints_by_tenant ON webhook_endpoints (tenant, id);
CREATE UNIQUE INDEX webhook_endpoints_by_name ON webhook_endpoints (tenant, name);

-- The owner is an endpoint, or the tenant itself where it is empty.
CREATE TABLE webhook_secrets (
    tenant         text COLLATE "C" NOT NULL,
    owner          text COLLATE "C" NOT NULL,
    secret         text COLLATE "C" NOT NULL,
    created_at     bigint NOT NULL,
    previous       text COLLATE "C",
    previous_until bigint,
    PRIMARY KEY (tenant, owner)
);

-- Node and epoch are of the process that tries it just now.
CREATE TABLE deliveries (
    id         text COLLATE "C" PRIMARY KEY,
    tenant     text COLLATE "C" NOT NULL,
    target     text COLLATE "C" NOT NULL,
    endpoint   text COLLATE "C",
    url        text COLLATE "C",
    job        text COLLATE "C",
    sequence   bigint NOT NULL,
    event      text COLLATE "C" NOT NULL,
    format     text COLLATE "C" NOT NULL,
    about      text COLLATE "C",
    status     text COLLATE "C" NOT NULL,
    outcome    text COLLATE "C",
    created_at bigint NOT NULL,
    due_at     bigint NOT NULL,
    ended_at   bigint,
    attempts   bigint NOT NULL,
    tries      bigint NOT NULL,
    node       text COLLATE "C",
    epoch      bigint
);
CREATE INDEX deliveries_due ON deliveries (target, due_at, id) WHERE status = 'pending';
CREATE INDEX deliveries_in_line ON deliveries (job, target, sequence) WHERE status = 'pending';
CREATE INDEX deliveries_claimed ON deliveries (node, epoch) WHERE epoch IS NOT NULL;
CREATE UNIQUE INDEX deliveries_by_tenant ON deliveries (tenant, id);
CREATE INDEX deliveries_by_status ON deliveries (tenant, status, id);
CREATE INDEX deliveries_by_endpoint ON deliveries (tenant, endpoint, id);
CREATE INDEX deliveries_by_job ON deliveries (tenant, job, id);
CREATE INDEX deliveries_ended ON deliveries (ended_at, id) WHERE ended_at IS NOT NULL;

CREATE TABLE delivery_attempts (
    delivery    text COLLATE "C" NOT NULL,
    number      bigint NOT NULL,
    tenant      text COLLATE "C" NOT NULL,
    at          bigint NOT NULL,
    duration    bigint NOT NULL,
    outcome     text COLLATE "C" NOT NULL,
    status_code bigint,
    PRIMARY KEY (delivery, number)
);
