using MPilot.Jobs.Storage.Sql;
using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

public sealed class SqliteDeliveriesTests : DeliveryConformance
{
    private SqliteStore? _store;

    public static TheoryData<string> Statements { get; } =
    [
        DeliverySql.Due.ListTargets, DeliverySql.Due.Claimable, DeliverySql.Due.Release, DeliverySql.List, DeliverySql.ListByStatus, DeliverySql.ListByEndpoint,
        DeliverySql.ListByJob, DeliverySql.Prune,
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public Task Statement_WhenPlanned_LooksAtNoRowItDoesNotNeed(string sql) => _store!.Database.ShouldBeFrugalAsync(sql, "deliveries");

    protected override async Task<StorePorts> OpenAsync() => (_store = await SqliteStore.OpenAsync()).Ports;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();
}
