using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IPurchaseLedger"/>
public sealed class PostgresPurchaseLedger(PostgresDatabase database) : IPurchaseLedger
{
    public async Task<IReadOnlyList<Purchase>> ListAsync(string job, CancellationToken cancellationToken)
        => await database.ListAsync(session => session.Prepare(PurchaseSql.List).Bind(job), PurchaseRows.Read, cancellationToken);

    public async Task<int> PruneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
        => (int)await database.CountAsync(session => session.Prepare(PurchaseSql.Prune).Bind(before).Bind(limit), cancellationToken);
}
