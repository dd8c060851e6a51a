using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="ISigningKeys"/>
public sealed class SqliteSigningKeys(SqliteDatabase database) : ISigningKeys
{
    public async Task<IReadOnlyList<SigningKey>> EnsureAsync(SigningKey candidate, CancellationToken cancellationToken)
        => await database.WriteAsync(session => Ensure(session, candidate), cancellationToken);

    private static List<SigningKey> Ensure(SqliteSession session, SigningKey candidate)
    {
        SigningKeyRows.InsertFirst(session, candidate);
        return session.Prepare(SigningKeySql.ListNewest).All(SigningKeyRows.Read);
    }
}
