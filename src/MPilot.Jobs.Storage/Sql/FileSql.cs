namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of uploaded files, as every database reads them. Parameters are bound in order.</summary>
internal static class FileSql
{
    public const string Insert = """
        INSERT INTO files (id, tenant, artifact, purpose, format, width, height, frames, has_alpha, orientation, created_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    public const string Find = Select + "WHERE files.tenant = ? AND files.id = ? AND files.expires_at > ?";

    public const string ListNewest = Select + "WHERE files.tenant = ? AND files.id < ? AND files.expires_at > ? ORDER BY files.id DESC LIMIT ?";

    public const string ListOldest = Select + "WHERE files.tenant = ? AND files.id > ? AND files.expires_at > ? ORDER BY files.id LIMIT ?";

    public const string ListNewestFor
        = Select + "WHERE files.tenant = ? AND files.purpose = ? AND files.id < ? AND files.expires_at > ? ORDER BY files.id DESC LIMIT ?";

    public const string ListOldestFor
        = Select + "WHERE files.tenant = ? AND files.purpose = ? AND files.id > ? AND files.expires_at > ? ORDER BY files.id LIMIT ?";

    public const string Delete = "DELETE FROM files WHERE tenant = ? AND id = ? AND expires_at > ?";

    public const string Prune = "DELETE FROM files WHERE id IN (SELECT id FROM files WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)";

    private const string Select = """
        SELECT files.id, files.tenant, files.artifact, artifacts.content_type, artifacts.length, artifacts.sha256, files.purpose, files.format,
            files.width, files.height, files.frames, files.has_alpha, files.orientation, files.created_at, files.expires_at
        FROM files JOIN artifacts ON artifacts.id = files.artifact

        """;
}
