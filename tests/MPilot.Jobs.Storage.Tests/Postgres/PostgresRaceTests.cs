using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Storage.Sql;
using MPilot.Jobs.Storage.Tests.Conformance;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Postgres;

/// <summary>Two processes on one database.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresRaceTests : IAsyncLifetime
{
    private PostgresStore _store = null!;
    private StorePorts _one = null!;
    private StorePorts _other = null!;

    public async Task InitializeAsync()
    {
        _store = await PostgresStore.OpenAsync();
        _one = _store.Ports;
        _other = await _store.OpenAnotherAsync();
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task SaveAsync_WhenTwoStoresRaceForOneVersion_OneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            var state = await _one.Jobs.AcceptedAsync(NewJob());

            var saves = Both(8).Select((ports, i) => Record.ExceptionAsync(() => ports.Jobs.SaveAsync(Save(state, Sending(epoch: i)), default)));
            var failures = (await Task.WhenAll(saves)).OfType<Exception>().ToList();

            failures.Count.ShouldBe(7);
            failures.ShouldAllBe(f => f is VersionConflictException);
            (await _other.Jobs.ReadEventsAsync(state.Id, 0, 10, default)).Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task SaveAsync_WhenTheEventsOfTheWinnerArePruned_StillConflicts()
    {
        var state = await _one.Jobs.AcceptedAsync(NewJob());
        await _one.Jobs.ToldAsync(state, Sending());
        await _one.Outbox.DeleteAsync([.. (await _one.ReadOutboxAsync(10)).Select(r => r.Id)], default);
        await _one.Jobs.PruneAsync(Start, Start.AddDays(1), Start, 100, default);

        await Should.ThrowAsync<VersionConflictException>(() => _other.Jobs.SaveAsync(Save(state, Cancel()), default));
    }

    [Fact]
    public async Task InsertAsync_WhenOneKeyIsSentToBoth_OneJobIsMade()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = new IdempotencyKey($"key-{round}", "print", Start.AddDays(1));

            var answers = await Task.WhenAll(Both(8).Select(ports => ports.Jobs.InsertAsync(Accept(NewJob(), key), default)));

            answers.OfType<InsertAnswer.Inserted>().Count().ShouldBe(1);
            var holder = await _one.Jobs.FindKeyAsync(Tenant, key.Key, Start, default);
            answers.OfType<InsertAnswer.Repeats>().Select(r => r.Job).ShouldBe(Enumerable.Repeat(holder!.Job, 7));
        }
    }

    [Fact]
    public async Task InsertAsync_WhenARequestIsRepeatedAtBoth_OneJobIsMadeAndEachListensUnderItsOwnNumber()
    {
        for (var round = 0; round < 20; round++)
        {
            var listener = new Listener("key-1", $"print-{round}", "node-1", 1) { AsksAgain = true, Window = TimeSpan.FromMinutes(10) };

            var answers = await Task.WhenAll(Both(8).Select(ports => ports.Jobs.InsertAsync(Accept(NewJob()) with { Listener = listener }, default)));

            answers.OfType<InsertAnswer.Inserted>().Count().ShouldBe(1);
            answers.OfType<InsertAnswer.Attaches>().Select(a => a.Listener).Order().ShouldBe([2, 3, 4, 5, 6, 7, 8]);
            answers.OfType<InsertAnswer.Attaches>().Select(a => a.Job).Distinct().Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task ReadAsync_WhenAnEarlierTransactionIsNotCommitted_HoldsBackWhatComesAfterIt()
    {
        var (early, late) = (Accept(NewJob()), Accept(NewJob()));
        var rows = new JobRows(early.State, early.Events);
        var written = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var held = _store.Database.WriteAsync(
            async session =>
            {
                rows.Insert(session).Send();
                rows.WriteAround(session, PostgresSql.InsertOutbox, PostgresSql.InsertPositioned);
                await session.SendAsync();
                written.SetResult();
                await release.Task;
                return true;
            },
            default);
        await written.Task;
        await _other.Jobs.InsertAsync(late, default);

        (await _other.ReadOutboxAsync(10)).ShouldBeEmpty();
        (await _other.Outbox.MeasureAsync(default)).Depth.ShouldBe(1);

        release.SetResult();
        await held;
        (await _other.ReadOutboxAsync(10)).Select(r => r.Job).ShouldBe([early.State.Id, late.State.Id]);
    }

    [Fact]
    public async Task ReadAsync_WhileBothWrite_NeverPassesOverARow()
    {
        const int Jobs = 60;
        var writing = Task.WhenAll(Both(Jobs).Select(ports => ports.Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3))));
        var seen = new List<OutboxRow>();
        while (!writing.IsCompleted || (await _one.Outbox.MeasureAsync(default)).Depth > 0)
        {
            var rows = await _one.ReadOutboxAsync(7);
            seen.AddRange(rows);
            await _one.Outbox.DeleteAsync([.. rows.Select(r => r.Id)], default);
        }

        var states = await writing;
        seen.Select(r => r.Id).ShouldBeInOrder();
        seen.Select(r => r.Id).ShouldBeUnique();
        foreach (var state in states)
        {
            seen.Where(r => r.Job == state.Id).Select(r => r.Event.Sequence).ShouldBe(Enumerable.Range(1, (int)state.LastEvent).Select(i => (long)i));
        }
    }

    [Fact]
    public async Task ReadAsync_WhenTheDatabaseWasRestoredIntoAnotherServer_HasTheOldRowsFirst()
    {
        var old = await _one.Jobs.AcceptedAsync(NewJob());
        await ExecuteAsync("UPDATE outbox SET id = id + (1::bigint << 60)");
        (await _one.ReadOutboxAsync(10)).ShouldBeEmpty("its number is that of a transaction to come");

        var reopened = await _store.OpenAnotherAsync();
        var fresh = await reopened.Jobs.AcceptedAsync(NewJob());

        (await reopened.ReadOutboxAsync(10)).Select(r => r.Job).ShouldBe([old.Id, fresh.Id]);
    }

    [Fact]
    public async Task MarkDeletingAsync_WhileAJobAdopts_LeavesTheArtifactToIt()
    {
        var artifact = NewArtifact();
        await _one.Artifacts.AddAsync([artifact], Start.AddSeconds(1), default);
        var adopted = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var adopting = _store.Database.WriteAsync(
            async session =>
            {
                var held = PostgresArtifactLedger.Adopt(session, "job_1", Tenant, [artifact.Artifact.Id], until: null);
                await session.SendAsync();
                PostgresArtifactLedger.RequireLive(held);
                adopted.SetResult();
                await release.Task;
                return true;
            },
            default);
        await adopted.Task;

        (await _other.Artifacts.MarkDeletingAsync(Start.AddDays(1), 100, default)).ShouldBeEmpty();
        release.SetResult();
        await adopting;

        (await _other.Artifacts.MarkDeletingAsync(Start.AddDays(1), 100, default)).ShouldBeEmpty();
        (await _other.Artifacts.FindAsync(artifact.Artifact.Id, default))!.Until.ShouldBeNull();
    }

    [Fact]
    public async Task MarkDeletingAsync_WhenManyAdoptMeanwhile_NoAdoptedArtifactIsLost()
    {
        var artifacts = Enumerable.Range(0, 60).Select(_ => NewArtifact()).ToList();
        await _one.Artifacts.AddAsync(artifacts, Start.AddSeconds(1), default);

        var accepting = artifacts.Zip(Both(60)).Select(
            pair => Record.ExceptionAsync(() => pair.Second.Jobs.InsertAsync(Accept(NewJob(), null, pair.First.Artifact.Id), default))).ToList();
        var marked = new HashSet<string>(StringComparer.Ordinal);
        while (!accepting.TrueForAll(a => a.IsCompleted))
        {
            marked.UnionWith(await _other.Artifacts.MarkDeletingAsync(Start.AddDays(1), 5, default));
        }

        var failures = await Task.WhenAll(accepting);
        foreach (var (artifact, failure) in artifacts.Zip(failures))
        {
            var isLive = await _one.Artifacts.FindAsync(artifact.Artifact.Id, default) is { Until: null };
            isLive.ShouldBe(failure is null);
            (failure is null or Engine.Artifacts.ArtifactGoneException).ShouldBeTrue(failure?.ToString());
        }

        marked.ShouldAllBe(id => artifacts.Exists(a => a.Artifact.Id == id));
    }

    [Fact]
    public async Task OpenAsync_WhenBothMigrateAnEmptyDatabase_BothCanUseIt()
    {
        var name = await _store.Server.CreateDatabaseAsync();
        await using var first = new PostgresDatabase(_store.Server.ConnectionTo(name));
        await using var second = new PostgresDatabase(_store.Server.ConnectionTo(name));

        await Task.WhenAll(first.OpenAsync(default), second.OpenAsync(default));

        var job = await PostgresStore.PortsOf(first).Jobs.AcceptedAsync(NewJob());
        (await PostgresStore.PortsOf(second).Jobs.LoadAsync(job.Id, default)).ShouldNotBeNull();
        (await _store.Server.NumberAsync("SELECT count(*) FROM migrations WHERE number = 1", name)).ShouldBe(1);
    }

    [Fact]
    public async Task ClaimAsync_WhenTwoNodesClaimAtTheSameTime_EachDeliveryIsOnesAlone()
    {
        var endpoint = NewEndpoint();
        await _one.Endpoints.AddAsync(endpoint, "whsec_1", 1, default);
        var epochs = new List<long>();
        for (var node = 0; node < 8; node++)
        {
            epochs.Add(await _one.Nodes.RegisterAsync($"node-{node}", Start.AddDays(1), expireOthers: false, default));
        }

        for (var round = 0; round < 20; round++)
        {
            for (var job = 0; job < 6; job++)
            {
                await _one.Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
            }

            var claims = await Task.WhenAll(Both(8).Select((ports, node) => ports.Deliveries.ClaimAsync(
                new(endpoint.Id, $"node-{node}", epochs[node], Start.AddMinutes(1), 2), default)));

            var claimed = claims.SelectMany(c => c).Select(d => d.Id).ToList();
            claimed.ShouldBeUnique();
            var rest = await _one.Deliveries.ClaimAsync(new(endpoint.Id, "node-0", epochs[0], Start.AddMinutes(1), 100), default);
            claimed.Concat(rest.Select(d => d.Id)).Distinct(StringComparer.Ordinal).Count().ShouldBe(6, "what one of them left is there for the next");
        }
    }

    private IEnumerable<StorePorts> Both(int count) => Enumerable.Range(0, count).Select(i => i % 2 == 0 ? _one : _other);

    private Task ExecuteAsync(string sql) => _store.Server.ExecuteAsync(sql, _store.Name);
}
