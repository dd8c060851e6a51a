using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="ISigningKeys"/>
public sealed class SqliteSigningKeys(SqliteDatabase database) : ISigningKeys
{
    public async Task<IReadOnlyList<SigningKey>> EnsureAsync(SigningKey candidate, CancellationToken cancellationToken)
        => await database.WriteAsync(session => Ensure(session, candidate), cancellationToken);

    private static List<SigningKey> Ensure(SqliteSession session, SigningKey candidate)
    {
        session.Prepare(SigningKeySql.InsertFirst).Bind(candidate.Id).BindBlob(candidate.Secret).Bind(candidate.CreatedAt).Run();
        return session.Prepare(SigningKeySql.ListNewest).All(row => new SigningKey(row.TextAt(0), row.BytesAt(1).ToArray(), row.MomentAt(2)!.Value));
    }
}
