using MPilot.Jobs.Storage.Sql;
using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

public sealed class SqliteDeliveriesTests : DeliveryConformance
{
    private SqliteStore? _store;

    [Theory]
    [InlineData(DeliverySql.ListDueTargets)]
    [InlineData(DeliverySql.Claimable)]
    [InlineData(DeliverySql.List)]
    [InlineData(DeliverySql.ListByStatus)]
    [InlineData(DeliverySql.ListByEndpoint)]
    [InlineData(DeliverySql.ListByJob)]
    [InlineData(DeliverySql.Prune)]
    [InlineData(DeliverySql.Release)]
    public async Task Statement_WhenPlanned_LooksAtNoRowItDoesNotNeed(string sql)
    {
        var plan = await _store!.Database.WriteAsync(session => session.Explain(sql), default);

        plan.ShouldNotContain(step => step.StartsWith("SCAN deliveries", StringComparison.Ordinal) || step.StartsWith("SCAN due", StringComparison.Ordinal), string.Join('\n', plan));
        plan.ShouldNotContain(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal), string.Join('\n', plan));
    }

    protected override async Task<StorePorts> OpenAsync() => (_store = await SqliteStore.OpenAsync()).Ports;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();
}
