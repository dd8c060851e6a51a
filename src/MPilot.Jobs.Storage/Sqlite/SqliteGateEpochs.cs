using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IGateEpochs"/>
public sealed class SqliteGateEpochs(SqliteDatabase database) : IGateEpochs
{
    public Task<long> OpenAsync(string provider, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Prepare(GateSql.Open).Bind(provider).Number()!.Value, cancellationToken);

    public async Task<IReadOnlyList<CallInFlight>> ListInFlightAsync(string provider, DateTimeOffset lostSince, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.Prepare(GateSql.ListInFlight).Bind(provider).Bind(provider).Bind(lostSince).All(GateRows.ReadCall),
            cancellationToken);
}
