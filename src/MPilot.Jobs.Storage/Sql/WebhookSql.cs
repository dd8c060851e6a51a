namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of webhook endpoints and their secrets, as every database reads them. Parameters are bound in order.</summary>
internal static class WebhookSql
{
    public const string Insert = """
        INSERT INTO webhook_endpoints (id, tenant, name, url, events, named_only, created_at, disabled_at, disabled_as_gone)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant, name) DO NOTHING
        """;

    public const string Count = "SELECT count(*) FROM webhook_endpoints WHERE tenant = ?";

    public const string Find = Select + " WHERE tenant = ? AND id = ?";

    public const string FindNamed = Select + " WHERE tenant = ? AND name = ?";

    public const string List = Select + " WHERE tenant = ? AND id < ? ORDER BY id DESC LIMIT ?";

    public const string ListAll = Select + " WHERE tenant = ?";

    /// <summary>Changes nothing where another endpoint has the name.</summary>
    public const string Update = """
        UPDATE webhook_endpoints SET name = ?, url = ?, events = ?, named_only = ?, disabled_at = ?, disabled_as_gone = ?
        WHERE tenant = ? AND id = ?
            AND NOT EXISTS (SELECT 1 FROM webhook_endpoints AS other WHERE other.tenant = ? AND other.name = ? AND other.id <> ?)
        """;

    public const string Disable = """
        UPDATE webhook_endpoints SET disabled_at = ?, disabled_as_gone = 1 WHERE tenant = ? AND id = ? AND disabled_at IS NULL
        """;

    public const string Delete = "DELETE FROM webhook_endpoints WHERE tenant = ? AND id = ?";

    public const string FindSecrets = "SELECT secret, created_at, previous, previous_until FROM webhook_secrets WHERE tenant = ? AND owner = ?";

    public const string Rotate = """
        INSERT INTO webhook_secrets (tenant, owner, secret, created_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (tenant, owner) DO UPDATE SET
            previous = webhook_secrets.secret, previous_until = ?, secret = excluded.secret, created_at = excluded.created_at
        """;

    public const string DeleteSecrets = "DELETE FROM webhook_secrets WHERE tenant = ? AND owner = ?";

    private const string Select = """
        SELECT id, tenant, name, url, events, named_only, created_at, disabled_at, disabled_as_gone FROM webhook_endpoints
        """;
}
