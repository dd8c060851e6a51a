using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IPurchaseLedger"/>
public sealed class SqlitePurchaseLedger(SqliteDatabase database) : IPurchaseLedger
{
    public async Task<IReadOnlyList<Purchase>> ListAsync(string job, CancellationToken cancellationToken)
        => await database.ReadAsync(session => session.Prepare(PurchaseSql.List).Bind(job).All(PurchaseRows.Read), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Prepare(PurchaseSql.Prune).Bind(before).Bind(limit).Run(), cancellationToken);
}
