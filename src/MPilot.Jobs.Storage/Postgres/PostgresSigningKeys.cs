using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="ISigningKeys"/>
public sealed class PostgresSigningKeys(PostgresDatabase database) : ISigningKeys
{
    public async Task<IReadOnlyList<SigningKey>> EnsureAsync(SigningKey candidate, CancellationToken cancellationToken)
        => await database.WriteAsync(
            session =>
            {
                session.Prepare(PostgresSql.LockSigningKeys).Send();
                SigningKeyRows.InsertFirst(session, candidate);
                session.Prepare(SigningKeySql.ListNewest);
                return session.ReadAsync(SigningKeyRows.Read);
            },
            cancellationToken);
}
