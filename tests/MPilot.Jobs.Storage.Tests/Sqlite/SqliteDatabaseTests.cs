using System.Text;

using Microsoft.Data.Sqlite;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;
using MPilot.Jobs.Storage.Sql;
using MPilot.Jobs.Storage.Sqlite;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

public sealed class SqliteDatabaseTests
{
    [Fact]
    public async Task OpenAsync_WhenClosedBefore_SeesEverything()
    {
        await using var store = await SqliteStore.OpenAsync();
        var state = await store.Ports.Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var epoch = await store.Ports.Nodes.RegisterAsync("a", Start.AddSeconds(9), expireOthers: false, default);

        await store.ReopenAsync();

        JobStateJson.Write((await store.Ports.Jobs.LoadAsync(state.Id, default))!).ShouldBe(JobStateJson.Write(state));
        (await store.Ports.ReadOutboxAsync(100)).Count.ShouldBe((int)state.LastEvent);
        (await store.Ports.Nodes.RegisterAsync("b", Start, expireOthers: false, default)).ShouldBeGreaterThan(epoch);
    }

    [Fact]
    public async Task WriteAsync_WhenAnswered_IsInTheFilesAsACrashWouldLeaveThem()
    {
        await using var store = await SqliteStore.OpenAsync();
        var states = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => store.Ports.Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3))));
        using var crashed = new TemporaryFolder();
        foreach (var file in new[] { "jobs.db", "jobs.db-wal" })
        {
            File.Copy(store.Folder.File(file), crashed.File(file));
        }

        await using var database = new SqliteDatabase(crashed.File("jobs.db"));
        await database.OpenAsync(default);

        var jobs = new SqliteJobStore(database);
        foreach (var state in states)
        {
            JobStateJson.Write((await jobs.LoadAsync(state.Id, default))!).ShouldBe(JobStateJson.Write(state));
        }
    }

    [Fact]
    public async Task WriteAsync_WhenAnswered_IsSeenByAnyOtherConnection()
    {
        await using var store = await SqliteStore.OpenAsync();
        var state = await store.Ports.Jobs.AcceptedAsync(NewJob());

        Query(store.Path, $"SELECT status || version || tenant || model FROM jobs WHERE id = '{state.Id}'").ShouldBe("queued1defaultgpt-image-1.5");
    }

    [Fact]
    public async Task OpenAsync_WhenDone_FlushesEveryCommit()
    {
        await using var store = await SqliteStore.OpenAsync();

        var (mode, synchronous) = await store.Database.WriteAsync(
            s => (s.Prepare("PRAGMA journal_mode").First(r => r.TextAt(0)), s.Prepare("PRAGMA synchronous").Number()), default);

        mode.ShouldBe("wal");
        synchronous.ShouldBe(2);
    }

    [Fact]
    public async Task OpenAsync_WhenANewerVersionMigratedTheFile_RefusesAndLeavesItAlone()
    {
        await using var store = await SqliteStore.OpenAsync();
        await store.Database.DisposeAsync();
        Query(store.Path, "INSERT INTO migrations (number, name) VALUES (9999, '9999_future.sql') RETURNING 1").ShouldBe("1");

        var error = await Should.ThrowAsync<NewerDatabaseException>(() => new SqliteDatabase(store.Path).OpenAsync(default));

        error.Message.ShouldContain("9999");
        Query(store.Path, "SELECT max(number) FROM migrations").ShouldBe("9999");
    }

    [Fact]
    public async Task OpenAsync_WhenTheFileIsNoDatabase_IsUnavailable()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("jobs.db"), new string('x', 10_000));

        await Should.ThrowAsync<StoreUnavailableException>(() => new SqliteDatabase(folder.File("jobs.db")).OpenAsync(default));
    }

    [Fact]
    public async Task OpenAsync_WhenTheFolderIsMissing_MakesIt()
    {
        using var folder = new TemporaryFolder();

        await using var database = new SqliteDatabase(Path.Join(folder.Path, "a", "b", "jobs.db"));
        await database.OpenAsync(default);

        await new SqliteJobStore(database).AcceptedAsync(NewJob());
    }

    [Fact]
    public async Task Calls_WhenNotOpenOrClosed_AreUnavailable()
    {
        using var folder = new TemporaryFolder();
        var database = new SqliteDatabase(folder.File("jobs.db"));
        var jobs = new SqliteJobStore(database);
        await Should.ThrowAsync<StoreUnavailableException>(() => jobs.LoadAsync("job_1", default));
        await Should.ThrowAsync<StoreUnavailableException>(() => jobs.InsertAsync(Accept(NewJob()), default));

        await database.OpenAsync(default);
        await jobs.AcceptedAsync(NewJob());
        await database.DisposeAsync();

        await Should.ThrowAsync<StoreUnavailableException>(() => jobs.LoadAsync("job_1", default));
        await Should.ThrowAsync<StoreUnavailableException>(() => jobs.InsertAsync(Accept(NewJob()), default));
    }

    [Fact]
    public async Task DisposeAsync_WhenWritesWait_FinishesThem()
    {
        await using var store = await SqliteStore.OpenAsync();
        var inserts = Enumerable.Range(0, 300).Select(_ => store.Ports.Jobs.InsertAsync(Accept(NewJob()), default)).ToList();

        await store.Database.DisposeAsync();

        await Task.WhenAll(inserts);
        Query(store.Path, "SELECT count(*) FROM jobs").ShouldBe("300");
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Statements_WhenPlanned_UseAnIndex(string sql)
    {
        await using var store = await SqliteStore.OpenAsync();

        var plan = await store.Database.ReadAsync(s => s.Explain(sql), default);

        plan.ShouldNotContain(step => System.Text.RegularExpressions.Regex.IsMatch(step, "^SCAN (jobs|events|attempts|artifacts|artifact_refs|idempotency|files)$"));
        plan.ShouldNotContain("USE TEMP B-TREE FOR ORDER BY");
    }

    public static TheoryData<string> Statements()
        => [.. new[] { typeof(JobSql), typeof(OutboxSql), typeof(TenantEventSql), typeof(ArtifactSql), typeof(FileSql) }
            .SelectMany(t => t.GetFields())
            .Select(f => (string)f.GetRawConstantValue()!)];

    [Theory]
    [InlineData(nameof(JobSql.List), "jobs_by_tenant (tenant=? AND id<?)")]
    [InlineData(nameof(JobSql.ListByStatus), "jobs_by_status (tenant=? AND status=? AND id<?)")]
    [InlineData(nameof(JobSql.ListByModel), "jobs_by_model (tenant=? AND model=? AND id<?)")]
    [InlineData(nameof(JobSql.ListByStatusAndModel), "jobs_by_status_and_model (tenant=? AND status=? AND model=? AND id<?)")]
    [InlineData(nameof(JobSql.ListByRequest), "jobs_by_request (tenant=? AND request_id=? AND id<?)")]
    public async Task List_WhenPlanned_IsOneRangeOfAnIndex(string statement, string index)
    {
        await using var store = await SqliteStore.OpenAsync();
        var sql = (string)typeof(JobSql).GetField(statement)!.GetRawConstantValue()!;

        var plan = await store.Database.ReadAsync(s => s.Explain(sql), default);

        plan.ShouldBe([$"SEARCH jobs USING INDEX {index}"]);
    }

    [Fact]
    public async Task TenantEvents_WhenPlanned_AreOneRangeOfAnIndex()
    {
        await using var store = await SqliteStore.OpenAsync();

        (await store.Database.ReadAsync(s => s.Explain(TenantEventSql.Read), default)).ShouldBe(["SEARCH events USING INDEX events_by_tenant (tenant=? AND position>?)"]);
    }

    [Fact]
    public async Task OpenAsync_WhenTheFileIsOfTheFirstVersion_KeepsItsJobsAndListsThem()
    {
        var state = Save(Accept(NewJob()).State, Sending(epoch: 7)).State;
        await using var store = await SqliteStore.OpenAsync();
        await store.Database.DisposeAsync();
        File.Delete(store.Path);
        Query(store.Path, Migration("0001_jobs.sql") + $"""
            CREATE TABLE migrations (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL);
            INSERT INTO migrations (number, name) VALUES (1, '0001_jobs.sql');
            INSERT INTO jobs (id, tenant, version, status, model, request_id, created_at, due_at, deadline_at, schema, state)
            VALUES ('{state.Id}', '{Tenant}', 2, 'running', 'm', 'req_1', 0, 0, 0, 1, '{Encoding.UTF8.GetString(JobStateJson.Write(state))}');
            INSERT INTO attempts (job, number, tenant, status, provider, model, node, epoch, key, sent_at)
            VALUES ('{state.Id}', 1, '{Tenant}', 'sending', 'openai', 'm', 'node-1', 7, 'main', 0), ('{state.Id}', 2, '{Tenant}', 'intended', 'openai', 'm', NULL, NULL, NULL, NULL);
            INSERT INTO events (job, sequence, tenant, type, at, body)
            VALUES ('{state.Id}', 1, '{Tenant}', 'job.accepted', 0, '{Encoding.UTF8.GetString(JobEventJson.Write(new JobEvent.Accepted(1, Start)))}');
            """);

        await store.ReopenAsync();

        (await store.Ports.Jobs.ListAsync(new(Tenant, 10) { Status = JobStatus.Running }, default)).Single().Id.ShouldBe(state.Id);
        (await store.Ports.Jobs.ListOrphanedAsync(null, 10, default)).ShouldBe([new(state.Id, 1, 7)]);
        (await store.Ports.Purchases.ListAsync(state.Id, default)).ShouldHaveSingleItem().Cost.ShouldBe(Cost.Unknown);
        await store.Ports.Jobs.ToldAsync(state, Cancel());
        (await store.Ports.Jobs.ReadEventsAsync(state.Id, 0, 10, default))[0].ShouldBe(new JobEvent.Accepted(1, Start));
        (await store.Ports.TenantEvents.ReadAsync(Tenant, long.MinValue, 10, default)).Events.ShouldHaveSingleItem().Event.ShouldBeOfType<JobEvent.CancelRequested>();
    }

    private static string Migration(string name)
    {
        using var stream = typeof(SqliteDatabase).Assembly.GetManifestResourceStream($"sqlite/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string? Query(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
