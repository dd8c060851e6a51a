using Microsoft.Data.Sqlite;

using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Tests.Samples;

using SQLitePCL;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

public sealed class SqliteWriterTests
{
    [Fact]
    public async Task WriteAsync_WhenTheDiskIsFull_IsUnavailableAndRecovers()
    {
        await using var store = await SqliteStore.OpenAsync();
        var jobs = store.Ports.Jobs;
        var kept = await jobs.AcceptedAsync(NewJob());
        await store.Database.WriteAsync(s => s.Prepare("PRAGMA max_page_count = 1").Number(), default);

        var refused = Enumerable.Range(0, 100).Select(_ => Accept(NewJob())).ToList();
        var inserts = refused.Select(i => jobs.InsertAsync(i, default)).ToList();
        await Task.WhenAll(inserts.Select(i => i.ContinueWith(_ => { }, TaskScheduler.Default)));

        inserts.Count(i => i.IsFaulted).ShouldBeGreaterThan(50, "some may fit into pages that are there");
        inserts.Where(i => i.IsFaulted).ShouldAllBe(i => i.Exception!.InnerException is StoreUnavailableException);
        for (var i = 0; i < refused.Count; i++)
        {
            var isStored = await jobs.LoadAsync(refused[i].State.Id, default) is not null;
            isStored.ShouldBe(!inserts[i].IsFaulted);
            (await jobs.ReadEventsAsync(refused[i].State.Id, 0, 9, default)).Count.ShouldBe(isStored ? 1 : 0);
        }

        await store.Database.WriteAsync(s => s.Prepare("PRAGMA max_page_count = 1000000").Number(), default);
        await jobs.ToldAsync(kept, Sending());
        await Task.WhenAll(refused.Where((_, i) => inserts[i].IsFaulted).Select(i => jobs.InsertAsync(i, default)));
    }

    [Fact]
    public async Task WriteAsync_WhenTheCommitFails_FailsTheWholeGroupAndGoesOn()
    {
        await using var store = await SqliteStore.OpenAsync();
        var jobs = store.Ports.Jobs;
        var refuse = false;
        delegate_commit hook = _ => refuse ? 1 : 0;
        await store.Database.WriteAsync(s => Set(s.Handle, hook), default);
        var kept = await jobs.AcceptedAsync(NewJob());

        refuse = true;
        var inserts = Enumerable.Range(0, 20).Select(_ => Accept(NewJob())).ToList();
        foreach (var write in inserts.Select(i => jobs.InsertAsync(i, default)).ToList())
        {
            await Should.ThrowAsync<StoreUnavailableException>(write);
        }

        (await jobs.ListUnfinishedAsync(null, 100, default)).ShouldBe([kept.Id]);
        refuse = false;
        await Task.WhenAll(inserts.Select(i => jobs.InsertAsync(i, default)));
        (await jobs.ListUnfinishedAsync(null, 100, default)).Count.ShouldBe(21);
        GC.KeepAlive(hook);
    }

    [Fact]
    public async Task WriteAsync_WhenAnotherProgramHoldsTheFile_IsUnavailableUntilItLetsGo()
    {
        await using var store = await SqliteStore.OpenAsync(busyTimeout: TimeSpan.Zero);
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store.Path, Pooling = false }.ToString());
        other.Open();
        await using (other.BeginTransaction(deferred: false))
        {
            await Should.ThrowAsync<StoreUnavailableException>(() => store.Ports.Jobs.InsertAsync(Accept(NewJob()), default));
            (await store.Ports.Jobs.ListUnfinishedAsync(null, 10, default)).ShouldBeEmpty("readers do not wait for writers");
        }

        await store.Ports.Jobs.AcceptedAsync(NewJob());
    }

    [Fact]
    public async Task WriteAsync_WhenTheConnectionBreaks_OpensAnother()
    {
        await using var store = await SqliteStore.OpenAsync();
        var before = await store.Database.WriteAsync(s => s, default);

        await Should.ThrowAsync<StoreUnavailableException>(() => store.Database.WriteAsync<int>(
            session =>
            {
                session.Execute("ROLLBACK");
                throw new SqliteException("the disk says no", raw.SQLITE_IOERR);
            },
            default));

        (await store.Database.WriteAsync(s => s, default)).ShouldNotBeSameAs(before);
        await store.Ports.Jobs.AcceptedAsync(NewJob());
    }

    [Fact]
    public async Task WriteAsync_WhenTheWorkThrows_TellsItAloneAndUndoesIt()
    {
        await using var store = await SqliteStore.OpenAsync();
        using var gate = new ManualResetEventSlim();
        var blocker = store.Database.WriteAsync(_ => gate.Wait(TimeSpan.FromMinutes(1)), default);
        var broken = store.Database.WriteAsync<int>(
            s =>
            {
                s.Execute("INSERT INTO nodes (id, epoch, lease_until) VALUES ('x', 1, 1)");
                throw new NotSupportedException("a bug");
            },
            default);
        var fine = store.Ports.Jobs.InsertAsync(Accept(NewJob()), default);
        gate.Set();

        await Should.ThrowAsync<NotSupportedException>(broken);
        await blocker;
        await fine;
        (await store.Database.ReadAsync(s => s.Prepare("SELECT count(*) FROM nodes").Number(), default)).ShouldBe(0);
    }

    [Fact]
    public async Task WriteAsync_WhenCanceledWhileItWaits_NeverRuns()
    {
        await using var store = await SqliteStore.OpenAsync();
        using var gate = new ManualResetEventSlim();
        using var canceling = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var blocker = store.Database.WriteAsync(
            _ =>
            {
                started.SetResult();
                return gate.Wait(TimeSpan.FromMinutes(1));
            },
            default);
        await started.Task;
        var insert = Accept(NewJob());
        var waiting = store.Ports.Jobs.InsertAsync(insert, canceling.Token);

        await canceling.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        gate.Set();
        await blocker;
        await store.Ports.Jobs.AcceptedAsync(NewJob());
        (await store.Ports.Jobs.LoadAsync(insert.State.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task WriteAsync_WhenCanceledAfterItBegan_TellsTheTrueResult()
    {
        await using var store = await SqliteStore.OpenAsync();
        using var gate = new ManualResetEventSlim();
        using var canceling = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var write = store.Database.WriteAsync(
            _ =>
            {
                started.SetResult();
                gate.Wait(TimeSpan.FromMinutes(1));
                return 42;
            },
            canceling.Token);
        await started.Task;

        await canceling.CancelAsync();
        write.IsCompleted.ShouldBeFalse();
        gate.Set();

        (await write).ShouldBe(42);
    }

    private static bool Set(sqlite3 connection, delegate_commit hook)
    {
        raw.sqlite3_commit_hook(connection, hook, null);
        return true;
    }
}
