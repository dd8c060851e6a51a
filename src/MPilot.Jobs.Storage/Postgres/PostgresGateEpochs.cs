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

    public async Task<IReadOnlyList<CallInFlight>> ListInFlightAsync(string provider, DateTimeOffset lostSince, CancellationToken cancellationToken)
        => await database.ListAsync(session => session.Prepare(GateSql.ListInFlight).Bind(provider).Bind(provider).Bind(lostSince), GateRows.ReadCall, cancellationToken);

    /// <summary>Keeps the next epoch from being opened before this transaction ends.</summary>
    /// <returns>The statements, which have rows; none where there is no fence.</returns>
    internal static IReadOnlyList<PostgresStatement> Hold(PostgresSession session, GateFence? fence)
        => fence is null
            ? []
            : [session.Prepare(PostgresSql.ShareNumber).Bind(PostgresLocks.Gate(fence.Provider)), GateRows.Find(session, fence)];

    /// <exception cref="GateMovedException">The fence stands no more.</exception>
    internal static void RequireNewest(IReadOnlyList<PostgresStatement> held, GateFence? fence)
    {
        if (fence is not null && held[^1].Rows != 1)
        {
            throw GateRows.Moved(fence);
        }
    }

    private static async Task<long> OpenedAsync(PostgresSession session) => (await session.ReadAsync(row => row.NumberAt(0)!.Value, skip: 1))[0];
}
