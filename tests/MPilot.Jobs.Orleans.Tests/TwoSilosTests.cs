using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Orleans.Tests;

/// <summary>What only a cluster can get wrong.</summary>
public sealed class TwoSilosTests
{
    private const int HangGuard = 60_000;

    private readonly World _world = new();

    private ScriptedDriver A => _world.Providers["a"];

    [Fact(Timeout = HangGuard)]
    public async Task Gate_WhenBothSilosMakeCalls_KeepsItsLimitOverAll()
    {
        SetLimit(8);
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        var jobs = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => AcceptAsync(cluster, silo: i % 2)));
        var first = await CallsAsync(8);

        A.Auto = call => call.SucceedAsync();
        await Task.WhenAll(first.Select(call => call.SucceedAsync()));
        var final = await Task.WhenAll(jobs.Select(j => _world.Store.WhenFinalAsync(j)));

        final.ShouldAllBe(s => s.Status == JobStatus.Succeeded);
        final.SelectMany(s => s.Attempts).Select(a => a.Node).Distinct().Count().ShouldBe(2, "both silos made calls");
        A.MaxInFlight.ShouldBe(8);
        A.Purchases.Length.ShouldBe(100);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Admit_WhenTheGateGaveRoomAhead_IsNotAskedUntilThatIsUsedUpOrOld()
    {
        (_world.Options.Providers["a"].Concurrency, _world.Options.Providers["a"].MaxQueued) = (1, 128);
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        var node = cluster.GatesOf(1);
        (await AdmitAsync(node)).ShouldBe(new GateAdmission.Admitted(Room: 2));
        (await AdmitAsync(cluster.GatesOf(0))).ShouldBe(new GateAdmission.Admitted(Room: 2));

        for (var i = 0; i < 129; i++)
        {
            await cluster.GatesOf(0).RequestAsync(new("a", "default", $"job_{i}", 1) { AcceptedAt = _world.Time.GetUtcNow() }, default);
        }

        (await AdmitAsync(node)).ShouldBeOfType<GateAdmission.Admitted>("of what it was given");
        (await AdmitAsync(node)).ShouldBeOfType<GateAdmission.Admitted>("the last of it");
        await ShouldBeFullAsync(node);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await ShouldBeFullAsync(cluster.GatesOf(0));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Cancel_WhenToldToTheOtherSilo_StopsTheCall()
    {
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        var job = await AcceptAsync(cluster, silo: 0);
        var call = await A.NextCallAsync();

        await cluster.EngineOf(1).Jobs.TellAsync(job, new JobFact.CancelRequested(_world.Time.GetUtcNow()), CancellationToken.None);

        (await _world.Store.WhenFinalAsync(job)).Status.ShouldBe(JobStatus.Canceled);
        call.Canceled.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Silo_WhenKilledAndTakenOverFrom_TheOtherEndsItsJobs()
    {
        SetLimit(4);
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        var jobs = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => AcceptAsync(cluster, silo: i % 2)));
        var calls = await CallsAsync(4);

        var killed = cluster.NodeOf(1);
        await cluster.KillAsync(1);
        A.Auto = call => call.SucceedAsync();
        foreach (var call in calls.Where(c => !c.Canceled.IsCancellationRequested))
        {
            await call.SucceedAsync();
        }

        await _world.Store.LeaveAsync(killed.Node, killed.Epoch, CancellationToken.None);
        foreach (var state in await EndAsync(cluster, jobs))
        {
            state.Status.ShouldBe(JobStatus.Succeeded, string.Join("; ", state.Attempts));
            _world.Store.EventsOf(state.Id).Count(e => e is JobEvent.Finalized).ShouldBe(1);
        }
    }

    [Fact(Timeout = HangGuard)]
    public async Task Store_WhenAwayForLongerThanTheLease_NobodyStopsAndNothingIsBoughtTwice()
    {
        SetLimit(4);
        var parts = _world.NewProcess();
        await using var cluster = await RunningCluster.StartAsync(parts, lease: TimeSpan.FromSeconds(10));
        var jobs = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => AcceptAsync(cluster, silo: i % 2)));
        var calls = await CallsAsync(4);

        // Back one second before all sweep, and some before they renew their leases.
        parts.Faults.StoreIsAway = true;
        A.Auto = call => call.SucceedAsync();
        await Task.WhenAll(calls.Select(call => call.SucceedAsync()));
        Advance(seconds: 34);
        cluster.NodeOf(0).HasExpired(_world.Time.GetUtcNow()).ShouldBeTrue();
        parts.Faults.StoreIsAway = false;

        (await EndAsync(cluster, jobs)).Select(s => s.Status).ShouldAllBe(status => status == JobStatus.Succeeded);
        A.Purchases.Length.ShouldBe(12);
        foreach (var node in new[] { cluster.NodeOf(0), cluster.NodeOf(1) })
        {
            (await _world.Store.RenewAsync(node.Node, node.Epoch, DateTimeOffset.MaxValue, default)).ShouldBeTrue("nobody took over");
        }
    }

    [Fact(Timeout = HangGuard)]
    public async Task Call_WhenTheNodeOfItsJobIsFull_GoesToTheOther()
    {
        SetLimit(8);
        _world.Options.Jobs.MaxPicturesInFlight = 4;
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        var jobs = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AcceptAsync(cluster, silo: i % 2)));

        await CallsAsync(8);

        var nodes = (await Task.WhenAll(jobs.Select(j => _world.Store.LoadAsync(j, default)))).Select(s => s!.Attempts[0].Node);
        nodes.GroupBy(n => n).Select(g => g.Count()).ShouldBe([4, 4]);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Drain_WhenOneNodeTakesNoMoreCalls_TheOtherMakesThem()
    {
        SetLimit(8);
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        await cluster.EngineOf(0).Runner.DrainAsync();

        var jobs = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AcceptAsync(cluster, silo: i % 2)));
        await CallsAsync(8);

        var nodes = (await Task.WhenAll(jobs.Select(j => _world.Store.LoadAsync(j, default)))).Select(s => s!.Attempts[0].Node);
        nodes.ShouldAllBe(n => n == cluster.NodeOf(1).Node);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Gate_WhenItMovesBetweenGrantAndSend_VoidsTheGrantAndAsksTheNewOne()
    {
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        A.Auto = call => call.SucceedAsync();
        var moved = false;
        cluster.Store.Saving = async save =>
        {
            if (save.Fence is { } fence && !moved)
            {
                moved = true;
                await cluster.MoveGateAsync(fence.Provider);
            }
        };

        var final = await _world.Store.WhenFinalAsync(await AcceptAsync(cluster, silo: 0));

        final.Status.ShouldBe(JobStatus.Succeeded);
        final.Attempts.Length.ShouldBe(1, "nothing was sent under the grant of the gate that moved");
        A.Purchases.Length.ShouldBe(1);
        moved.ShouldBeTrue();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Tell_WhenTheStoreIsAwayOnTheOtherSilo_IsToldSoWhateverTheStoreMet()
    {
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        var jobs = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AcceptAsync(cluster, silo: i % 2)));
        cluster.Store.Saving = _ => throw new StoreUnavailableException("away", new ShouldAssertException("of a library nobody here knows"));

        foreach (var job in jobs)
        {
            await Should.ThrowAsync<StoreUnavailableException>(
                () => cluster.EngineOf(0).Jobs.TellAsync(job, new JobFact.CancelRequested(_world.Time.GetUtcNow()), CancellationToken.None));
        }

        cluster.Store.Saving = null;
    }

    private static Task<GateAdmission> AdmitAsync(IGates node) => node.AdmitAsync("a", "default", default);

    private static async Task ShouldBeFullAsync(IGates node) => (await AdmitAsync(node)).ShouldBeOfType<GateAdmission.Overloaded>();

    /// <summary>No place is kept for callers who wait: nobody does here.</summary>
    private void SetLimit(int calls) => (_world.Options.Providers["a"].Concurrency, _world.Options.Providers["a"].AwaitedReserve) = (calls, 0);

    /// <summary>Orleans finds out by the real clock who is gone: the engine's goes on only as fast as the gate and every job can be reached.</summary>
    private async Task<JobState[]> EndAsync(RunningCluster cluster, string[] jobs)
    {
        var ended = Task.WhenAll(jobs.Select(j => _world.Store.WhenFinalAsync(j)));
        while (!ended.IsCompleted)
        {
            await AdmitAsync(cluster.GatesOf(0));
            await Task.WhenAll(jobs.Select(j => cluster.EngineOf(0).Jobs.TellUntilTakenAsync(j, new JobFact.ClockReached(_world.Time.GetUtcNow()), TimeProvider.System, default)));
            Advance(seconds: 1);
        }

        return await ended;
    }

    private void Advance(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<List<ScriptedCall>> CallsAsync(int count)
    {
        var calls = new List<ScriptedCall>();
        while (calls.Count < count)
        {
            calls.Add(await A.NextCallAsync());
        }

        return calls;
    }

    private async Task<string> AcceptAsync(RunningCluster cluster, int silo)
    {
        var submission = await _world.SubmissionAsync();
        return (await cluster.EngineOf(silo).Jobs.SubmitAsync(submission, CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Accepted>().Job;
    }
}
