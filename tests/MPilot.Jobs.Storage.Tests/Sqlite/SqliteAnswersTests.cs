using MPilot.Jobs.Storage.Sql;
using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

public sealed class SqliteAnswersTests : AnswersConformance
{
    private SqliteStore? _store;

    [Fact]
    public async Task ListAlike_WhenPlanned_ReadsOneRangeOfTheIndex()
    {
        var plan = await _store!.Database.WriteAsync(session => session.Explain(AnswerSql.ListAlike), default);

        plan.ShouldContain(step => step.Contains("answers_by_request (tenant=? AND virtual_key=? AND fingerprint=? AND answer=?)", StringComparison.Ordinal));
        plan.ShouldNotContain(step => step.StartsWith("SCAN answers", StringComparison.Ordinal));
    }

    protected override async Task<StorePorts> OpenAsync() => (_store = await SqliteStore.OpenAsync()).Ports;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();
}
