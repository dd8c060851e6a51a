-- Who belongs to the cluster, as the ADO.NET provider of Orleans 10 keeps it. The provider knows the table orleansquery and its columns, reads its statements
-- by the keys below, fills in the parameters beginning with @, and reads rows by the names of their columns; all other names are ours.
-- A node runs this at its start, under a lock; run again, it changes nothing but statements that are new.

CREATE TABLE IF NOT EXISTS orleansquery (
    querykey  text PRIMARY KEY,
    querytext text NOT NULL
);

-- The version of the whole table: raised with every change, so that of two changes made from the same state only one is made.
CREATE TABLE IF NOT EXISTS cluster_versions (
    deployment text PRIMARY KEY,
    version    integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS cluster_silos (
    deployment    text NOT NULL REFERENCES cluster_versions (deployment),
    address       text NOT NULL,
    port          integer NOT NULL,
    generation    integer NOT NULL,
    name          text NOT NULL,
    host          text NOT NULL,
    status        integer NOT NULL,
    gateway_port  integer,
    suspicions    text,
    started_at    timestamptz NOT NULL,
    alive_at      timestamptz NOT NULL,
    PRIMARY KEY (deployment, address, port, generation)
);

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $$
    WITH made AS (INSERT INTO cluster_versions (deployment) VALUES (@DeploymentId) ON CONFLICT (deployment) DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM made
$$),
('InsertMembershipKey', $$
    WITH raised AS (
        UPDATE cluster_versions SET version = version + 1, changed_at = now()
        WHERE deployment = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT 1 FROM cluster_silos WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING deployment),
    made AS (
        INSERT INTO cluster_silos (deployment, address, port, generation, name, host, status, gateway_port, started_at, alive_at)
        SELECT deployment, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
        RETURNING 1)
    SELECT count(*)::integer FROM made
$$),
('UpdateMembershipKey', $$
    WITH raised AS (
        UPDATE cluster_versions SET version = version + 1, changed_at = now()
        WHERE deployment = @DeploymentId AND version = @Version AND EXISTS (
            SELECT 1 FROM cluster_silos WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING deployment),
    changed AS (
        UPDATE cluster_silos SET status = @Status, suspicions = @SuspectTimes, alive_at = @IAmAliveTime
        FROM raised
        WHERE cluster_silos.deployment = raised.deployment AND address = @Address AND port = @Port AND generation = @Generation
        RETURNING 1)
    SELECT count(*)::integer FROM changed
$$),
('UpdateIAmAlivetimeKey', $$
    UPDATE cluster_silos SET alive_at = @IAmAliveTime
    WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),
('MembershipReadRowKey', $$
    SELECT v.deployment AS deploymentid, s.address, s.port, s.generation, s.name AS siloname, s.host AS hostname, s.status, s.gateway_port AS proxyport,
        s.suspicions AS suspecttimes, s.started_at AS starttime, s.alive_at AS iamalivetime, v.version
    FROM cluster_versions v
    LEFT JOIN cluster_silos s ON s.deployment = v.deployment AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    WHERE v.deployment = @DeploymentId
$$),
('MembershipReadAllKey', $$
    SELECT v.deployment AS deploymentid, s.address, s.port, s.generation, s.name AS siloname, s.host AS hostname, s.status, s.gateway_port AS proxyport,
        s.suspicions AS suspecttimes, s.started_at AS starttime, s.alive_at AS iamalivetime, v.version
    FROM cluster_versions v
    LEFT JOIN cluster_silos s ON s.deployment = v.deployment
    WHERE v.deployment = @DeploymentId
$$),
('GatewaysQueryKey', $$
    SELECT address, gateway_port AS proxyport, generation FROM cluster_silos
    WHERE deployment = @DeploymentId AND status = @Status AND gateway_port > 0
$$),
('CleanupDefunctSiloEntriesKey', $$
    DELETE FROM cluster_silos WHERE deployment = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$$),
('DeleteMembershipTableEntriesKey', $$
    WITH gone AS (DELETE FROM cluster_silos WHERE deployment = @DeploymentId)
    DELETE FROM cluster_versions WHERE deployment = @DeploymentId
$$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext WHERE orleansquery.querytext <> excluded.querytext;
