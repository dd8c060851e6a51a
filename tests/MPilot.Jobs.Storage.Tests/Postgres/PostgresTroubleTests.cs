using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Postgres;

/// <summary>A server that is away, in the wrong state, or not what the service needs.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresTroubleTests : IAsyncLifetime
{
    private PostgresStore _store = null!;

    private IJobStore Jobs => _store.Ports.Jobs;

    public async Task InitializeAsync() => _store = await PostgresStore.OpenAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Calls_WhenTheServerIsRestarted_FailAsUnavailableAndThenWork()
    {
        await using var server = await PostgresServer.StartAsync("fsync=on");
        await using var database = new PostgresDatabase(server.ConnectionTo(await server.CreateDatabaseAsync()));
        await database.OpenAsync(default);
        var jobs = PostgresStore.PortsOf(database).Jobs;
        var state = await jobs.AcceptedAsync(NewJob());

        await server.StopAsync();
        await Should.ThrowAsync<StoreUnavailableException>(() => jobs.LoadAsync(state.Id, default));
        await Should.ThrowAsync<StoreUnavailableException>(() => jobs.SaveAsync(Save(state, Sending()), default));

        await server.ResumeAsync();
        await jobs.ToldAsync(state, Sending());
        (await jobs.LoadAsync(state.Id, default))!.Version.ShouldBe(2);
    }

    [Fact]
    public async Task WriteAsync_WhenItsBackendIsKilled_IsUnavailableAndLeavesNothing()
    {
        var accept = Accept(NewJob());
        var rows = new Sql.JobRows(accept.State, accept.Events);

        await Should.ThrowAsync<StoreUnavailableException>(() => _store.Database.WriteAsync(
            async session =>
            {
                rows.Insert(session).Send();
                await session.SendAsync();
                await KillBackendsAsync();
                return true;
            },
            default));

        (await Jobs.LoadAsync(accept.State.Id, default)).ShouldBeNull();
        await Jobs.InsertAsync(accept, default);
    }

    [Fact]
    public async Task Calls_WhenIdleConnectionsWereKilled_WorkAgain()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Jobs.AcceptedAsync(NewJob())));
        await KillBackendsAsync();

        var failures = new List<Exception>();
        foreach (var state in states)
        {
            failures.AddRange(new[] { await Record.ExceptionAsync(() => Jobs.LoadAsync(state.Id, default)) }.OfType<Exception>());
        }

        failures.ShouldAllBe(f => f is StoreUnavailableException);
        failures.Count.ShouldBeLessThanOrEqualTo(1, "the first to find out throws all away");
    }

    [Fact]
    public async Task SaveAsync_WhenTheServerOnlyReads_IsUnavailable()
    {
        var state = await Jobs.AcceptedAsync(NewJob());
        await _store.Server.ExecuteAsync($"ALTER DATABASE {_store.Name} SET default_transaction_read_only = on");
        var standby = new PostgresDatabase(_store.Server.ConnectionTo(_store.Name));
        await using (standby)
        {
            await Should.ThrowAsync<StoreUnavailableException>(() => PostgresStore.PortsOf(standby).Jobs.SaveAsync(Save(state, Sending()), default));
            (await PostgresStore.PortsOf(standby).Jobs.LoadAsync(state.Id, default)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task SaveAsync_WhenAnotherTransactionHoldsTheJob_GivesUpInTime()
    {
        var state = await Jobs.AcceptedAsync(NewJob());
        await using var impatient = new PostgresDatabase(_store.Server.ConnectionTo(_store.Name) + ";Command Timeout=1");
        await using var operatorConnection = await _store.Server.ConnectAsync(_store.Name);
        await using var transaction = await operatorConnection.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand("LOCK TABLE jobs", operatorConnection);
        await command.ExecuteNonQueryAsync();

        await Should.ThrowAsync<StoreUnavailableException>(() => PostgresStore.PortsOf(impatient).Jobs.SaveAsync(Save(state, Sending()), default));
        await transaction.RollbackAsync();

        await PostgresStore.PortsOf(impatient).Jobs.SaveAsync(Save(state, Sending()), default);
    }

    [Fact]
    public async Task OpenAsync_WhenMigratedByANewerVersion_Refuses()
    {
        await _store.Server.ExecuteAsync("INSERT INTO migrations (number, name) VALUES (9999, '9999_later.sql')", _store.Name);

        await Should.ThrowAsync<NewerDatabaseException>(() => _store.OpenAnotherAsync());
    }

    [Theory]
    [InlineData(";Options=-c synchronous_commit=off", "synchronous_commit")]
    [InlineData(";Database=nowhere", "3D000")]
    public async Task OpenAsync_WhenTheDatabaseWillNotDo_SaysWhy(string setting, string reason)
    {
        await using var database = new PostgresDatabase(_store.Server.ConnectionTo(_store.Name) + setting);

        (await Should.ThrowAsync<StoreUnavailableException>(() => database.OpenAsync(default))).Message.ShouldContain(reason);
    }

    [Fact]
    public async Task Calls_WhenClosed_AreUnavailable()
    {
        var other = await _store.OpenAnotherAsync();
        await _store.DisposeDatabasesAsync();

        await Should.ThrowAsync<StoreUnavailableException>(() => other.Jobs.LoadAsync("job_1", default));
    }

    [Fact]
    public async Task InsertAsync_WhenTextsHoldWhatNoColumnCan_StoresAndFindsThem()
    {
        var job = NewJob() with { ModelRequested = "a\0b\uD800", RequestId = "req\0" };
        var spec = job.Spec with { Prompt = "p\0\uD800" };
        var state = await Jobs.AcceptedAsync(job with { Spec = spec });

        (await Jobs.ListAsync(new JobQuery(Tenant, 10) { Model = job.ModelRequested }, default)).ShouldHaveSingleItem().Id.ShouldBe(state.Id);
        (await Jobs.LoadAsync("job_\0", default)).ShouldBeNull();
        (await Jobs.LoadAsync(state.Id, default))!.Spec.Prompt.ShouldStartWith("p\0");
    }

    [Fact]
    public async Task TakeAsync_WhenAnotherHoldsTheDatabase_RefusesAndAfterItsEndTakesIt()
    {
        await using (await PostgresOwnership.TakeAsync(_store.Database, isAlone: true, default))
        {
            (await Should.ThrowAsync<DatabaseInUseException>(() => PostgresOwnership.TakeAsync(_store.Database, isAlone: true, default))).Message.ShouldContain(_store.Name);
        }

        await using var next = await PostgresOwnership.TakeAsync(_store.Database, isAlone: true, default);
    }

    [Fact]
    public async Task TakeAsync_WhenOthersShareTheDatabase_SharesItAndKeepsOutWhoHasToBeAlone()
    {
        await using var first = await PostgresOwnership.TakeAsync(_store.Database, isAlone: false, default);
        await using var second = await PostgresOwnership.TakeAsync(_store.Database, isAlone: false, default);

        await Should.ThrowAsync<DatabaseInUseException>(() => PostgresOwnership.TakeAsync(_store.Database, isAlone: true, default));
    }

    private Task KillBackendsAsync()
        => _store.Server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_store.Name}'");
}
