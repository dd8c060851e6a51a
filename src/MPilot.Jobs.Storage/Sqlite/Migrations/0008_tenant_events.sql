-- Where an event stands among all: the id that its row of the outbox had. Events about pictures have none, nor have those that were stored before there
-- were positions: nobody can have asked for what comes after them.

ALTER TABLE events ADD COLUMN position INTEGER;
CREATE INDEX events_by_tenant ON events (tenant, position) WHERE position IS NOT NULL;
