namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of signing keys, as every database reads them. Parameters are bound in order.</summary>
internal static class SigningKeySql
{
    public const string InsertFirst = """
        INSERT INTO signing_keys (id, secret, created_at) SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM signing_keys)
        """;

    public const string ListNewest = "SELECT id, secret, created_at FROM signing_keys ORDER BY created_at DESC, id DESC LIMIT 2";
}
