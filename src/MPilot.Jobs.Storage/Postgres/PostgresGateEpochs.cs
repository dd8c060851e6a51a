using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IGateEpochs"/>
public sealed class PostgresGateEpochs(PostgresDatabase database) : IGateEpochs
{
    public Task<long> OpenAsync(string provider, CancellationToken cancellationToken)
        => database.WriteAsync(
            session =>
            {
                session.Prepare(PostgresSql.LockNumber).Bind(PostgresLocks.Gate(provider)).Send();
                session.Prepare(GateSql.Open).Bind(provider);
                return OpenedAsync(session);
            },
            cancellationToken);

    public async Task<IReadOnlyList<CallInFlight>> ListInFlightAsync(string provider, CancellationToken cancellationToken)
        => await database.ListAsync(session => session.Prepare(GateSql.ListInFlight).Bind(provider), GateRows.ReadCall, cancellationToken);

    /// <summary>Keeps the next epoch from being opened before this transaction ends. Finds one row where the fence still stands.</summary>
    internal static PostgresStatement Hold(PostgresSession session, GateFence fence)
    {
        session.Prepare(PostgresSql.ShareNumber).Bind(PostgresLocks.Gate(fence.Provider)).Send();
        return GateRows.Find(session, fence);
    }

    private static async Task<long> OpenedAsync(PostgresSession session) => (await session.ReadAsync(row => row.NumberAt(0)!.Value, skip: 1))[0];
}
