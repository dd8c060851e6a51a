namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of the artifact ledger, as every database reads them. Parameters are bound in order.</summary>
internal static class ArtifactSql
{
    public const string Insert = """
        INSERT INTO artifacts (id, tenant, role, content_type, length, sha256, state, created_at) VALUES (?, ?, ?, ?, ?, ?, 'live', ?)
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>One open-ended reference decides; without any, the artifact's life is over.</summary>
    public const string Find = """
        SELECT tenant, role, content_type, length, sha256, created_at,
            (SELECT count(*) FROM artifact_refs WHERE artifact = artifacts.id AND until IS NULL),
            coalesce((SELECT max(until) FROM artifact_refs WHERE artifact = artifacts.id), created_at)
        FROM artifacts WHERE id = ? AND state = 'live'
        """;

    public const string IsLive = "SELECT 1 FROM artifacts WHERE id = ? AND tenant = ? AND state = 'live'";

    public const string IsKnown = "SELECT 1 FROM artifacts WHERE id = ?";

    public const string AddRef = """
        INSERT INTO artifact_refs (artifact, owner, tenant, until) VALUES (?, ?, ?, ?)
        ON CONFLICT (artifact, owner) DO UPDATE SET until = excluded.until
        """;

    public const string DropRef = "DELETE FROM artifact_refs WHERE artifact = ? AND owner = ?";

    public const string EndRefs = "UPDATE artifact_refs SET until = ? WHERE owner = ?";

    public const string ListEnded = "SELECT artifact, owner FROM artifact_refs WHERE until < ? ORDER BY until LIMIT ?";

    public const string MarkIfUnowned = """
        UPDATE artifacts SET state = 'deleting'
        WHERE id = ? AND state = 'live' AND NOT EXISTS (SELECT 1 FROM artifact_refs WHERE artifact = artifacts.id)
        """;

    public const string ListDeleting = "SELECT id FROM artifacts WHERE state = 'deleting' ORDER BY id LIMIT ?";

    public const string Remove = "DELETE FROM artifacts WHERE id = ? AND state = 'deleting'";
}
