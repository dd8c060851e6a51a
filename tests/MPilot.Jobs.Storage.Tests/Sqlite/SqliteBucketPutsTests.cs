using MPilot.Jobs.Storage.Sql;
using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

public sealed class SqliteBucketPutsTests : BucketConformance
{
    private SqliteStore? _store;

    public static TheoryData<string> Statements { get; } = [BucketSql.Due.ListTargets, BucketSql.Due.Claimable, BucketSql.Due.Release, BucketSql.List, BucketSql.DropWaiting, BucketSql.Delete];

    [Theory]
    [MemberData(nameof(Statements))]
    public Task Statement_WhenPlanned_LooksAtNoRowItDoesNotNeed(string sql) => _store!.Database.ShouldBeFrugalAsync(sql, "bucket_puts");

    protected override async Task<StorePorts> OpenAsync() => (_store = await SqliteStore.OpenAsync()).Ports;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();
}
